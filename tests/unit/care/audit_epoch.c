/* B10: the key of the audit log changes with the data key, so that whoever knows the old keys can
 * write nothing anew in it that is not noticed. */
#include "care/unit/audit_epoch.h"

#include "care/unit/keys.h"
#include "care/unit/session_private.h"
#include "fixture.h"

#include <sodium.h>

/* What somebody who was shut out still knows. */
typedef struct {
    Secret *data, *audit, *log; /* the data key, the slots' audit key, the log's */
    gint64 border;              /* the last entry under that key */
} Known;

static void known_clear(Known *known)
{
    secret_free(known->data);
    secret_free(known->audit);
    secret_free(known->log);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Known, known_clear)

static Secret *again(const Secret *secret)
{
    return secret_copy(secret->bytes, secret->length);
}

/* A new data key, as a revoke brings it in; what was known before it. */
static Known rekey(Fixture *fixture)
{
    Session *session = fixture->session;
    const Secret *log = NULL;

    assert_ok((log = audit_epoch_key(session, &error)));
    Known known = {.data = again(vault_data_key(session_vault(session))),
                   .audit = again(vault_audit_key(session_vault(session))),
                   .log = again(log)};
    fixture_user(fixture, "bort", ROLE_SUPPORT_WORKER);
    assert_ok(staff_revoke(session, "bort", NULL, &error));
    known.border =
        fixture_int(session, "SELECT first_seq - 1 FROM audit_epoch ORDER BY epoch DESC LIMIT 1");
    return known;
}

/* The same, where nobody asks what was before. */
static void rekey_alone(Fixture *fixture)
{
    Known known = rekey(fixture);

    known_clear(&known);
}

/* The canonical row of audit.c, written down here once more, as a forger would. */
static void add_int(crypto_generichash_state *state, gint64 value)
{
    const guint64 bytes = GUINT64_TO_LE((guint64)value);
    crypto_generichash_update(state, (const guint8 *)&bytes, sizeof bytes);
}

static void add_text(crypto_generichash_state *state, const char *text)
{
    const guint32 bytes = GUINT32_TO_LE(text != NULL ? (guint32)strlen(text) : G_MAXUINT32);
    crypto_generichash_update(state, (const guint8 *)&bytes, sizeof bytes);
    if (text != NULL)
        crypto_generichash_update(state, (const guint8 *)text, strlen(text));
}

static void set_hash(Session *session, gint64 seq, const guint8 *hash)
{
    assert_ok(db_run(session_db(session), "UPDATE audit SET hash = :hash WHERE seq = :seq",
                     DB_PARAMS(DB_BLOB("hash", hash, 32), DB_INT("seq", seq)), &error));
}

/* Hashes the entries `from` to `to` anew under `key`, so that the chain between them is whole. */
static void forge(Session *session, const Secret *key, gint64 from, gint64 to)
{
    guint8 hash[32];

    for (gint64 seq = from; seq <= to; seq++) {
        g_autoptr(DbStatement) row = NULL;
        crypto_generichash_state state;
        gsize length;

        assert_ok((row = db_query(session_db(session),
                                  "SELECT a.at_ms, a.staff_id, a.action, a.entity, a.entity_id,"
                                  " a.client_id, a.changes, b.hash, a.node FROM audit a JOIN audit b ON"
                                  " b.seq = a.seq - 1 WHERE a.seq = :seq",
                                  DB_PARAMS(DB_INT("seq", seq)), &error)));
        assert_int_equal(db_step(row, NULL), DB_STEP_ROW);
        crypto_generichash_init(&state, key->bytes, key->length, sizeof hash);
        add_text(&state, "entry");
        const void *before = db_blob(row, 7, &length);
        crypto_generichash_update(&state, before, length);
        add_int(&state, seq);
        add_int(&state, db_int(row, 0));
        add_int(&state, db_int(row, 1));
        add_text(&state, db_text(row, 2));
        add_text(&state, db_text(row, 3));
        add_int(&state, db_int(row, 4));
        add_int(&state, db_int(row, 5));
        add_text(&state, db_text(row, 6));
        crypto_generichash_final(&state, hash, sizeof hash);
        g_clear_pointer(&row, db_statement_release);
        set_hash(session, seq, hash);
    }
}

static void run(Session *session, const char *sql)
{
    assert_ok(db_run(session_db(session), sql, NULL, &error));
}

static void b10_the_log_goes_on_under_another_key(void **state)
{
    Fixture *fixture = *state;
    g_auto(Known) first = rekey(fixture);
    g_auto(Known) second = rekey(fixture);
    g_auto(Known) third = rekey(fixture);
    const Secret *now = NULL;

    assert_ok((now = audit_epoch_key(fixture->session, &error)));
    assert_true(secret_equal(first.log, first.audit));
    assert_false(secret_equal(first.log, second.log));
    assert_false(secret_equal(second.log, third.log));
    assert_false(secret_equal(third.log, now));
    assert_int_equal(fixture_int(fixture->session,
                                 "SELECT count(*) FROM audit_epoch e JOIN audit a ON a.seq ="
                                 " e.first_seq AND a.action = 'rekey' AND a.entity_id = e.epoch"),
                     3);
    assert_int_equal(fixture_faults(fixture->session, NULL), 0);
    fixture_reopen(fixture, "grundare");
    assert_int_equal(session_notices(fixture->session)->len, 0);
    assert_int_equal(fixture_faults(fixture->session, NULL), 0);
}

/* The forger of these tests forges well: without a new key there is nothing to notice. */
static void the_forgery_itself_is_sound(void **state)
{
    Fixture *fixture = *state;
    Session *session = fixture->session;

    run(session, "UPDATE audit SET staff_id = 99 WHERE seq = 2");
    assert_true(fixture_faults(session, "Entry 2 ") > 0);
    forge(session, vault_audit_key(session_vault(session)), 2,
          fixture_int(session, "SELECT max(seq) FROM audit"));
    /* All but the end, which is sealed on its own. */
    assert_int_equal(fixture_faults(session, "The end of the audit log"), 1);
}

static void b10_an_old_entry_rewritten_under_the_old_key_shows(void **state)
{
    Fixture *fixture = *state;
    g_auto(Known) known = rekey(fixture);
    g_autofree char *fault = g_strdup_printf("Entry %d ", (int)known.border + 1);

    run(fixture->session, "UPDATE audit SET staff_id = 99 WHERE seq = 2");
    forge(fixture->session, known.log, 2, known.border);
    assert_int_equal(fixture_faults(fixture->session, fault), 1);
}

/* Also of the entries of the epoch after the next, under the key that lies in the database. */
static void b10_an_epoch_in_between_cannot_be_written_anew(void **state)
{
    Fixture *fixture = *state;
    rekey_alone(fixture);
    g_auto(Known) second = rekey(fixture);
    g_autofree char *fault = g_strdup_printf("Entry %d ", (int)second.border + 1);

    run(fixture->session, "UPDATE audit SET staff_id = 99"
                          " WHERE seq = (SELECT max(first_seq) - 1 FROM audit_epoch)");
    forge(fixture->session, second.log, second.border, second.border);
    assert_int_equal(fixture_faults(fixture->session, fault), 1);
}

/* By the program's own hand, under the old key. */
static void append_under(Session *session, const Secret *key)
{
    audit_epoch_forget(session);
    session->audit_key = again(key);
    assert_ok(audit_note(session, "read", "client", 9, 9, &error));
    audit_epoch_forget(session);
}

static void b10_an_entry_appended_under_the_old_key_shows(void **state)
{
    Fixture *fixture = *state;
    g_auto(Known) known = rekey(fixture);

    append_under(fixture->session, known.log);
    assert_true(fixture_faults(fixture->session, "is not what was written") > 0);
    fixture_reopen(fixture, "grundare");
    assert_true(session_notices(fixture->session)->len > 0);
    assert_true(fixture_faults(fixture->session, "is not what was written") > 0);
}

/* Whatever is done to the table of epochs. */
static void b10_the_table_of_epochs_gives_no_way_in(void **state)
{
    fixture_wants_file();
    static const char *const acts[] = {
        "DELETE FROM audit_epoch",
        "UPDATE audit_epoch SET first_seq = first_seq + 1",
        "UPDATE audit_epoch SET first_seq = 1",
        "UPDATE audit_epoch SET key_before = zeroblob(32)",
        "UPDATE audit_epoch SET key_before = x''",
        "UPDATE audit_epoch SET mark = zeroblob(32), key_before = zeroblob(32)",
        "INSERT INTO audit_epoch SELECT 2, max(seq) + 1, zeroblob(32), zeroblob(32), 0 FROM audit",
    };
    Fixture *fixture = *state;
    rekey_alone(fixture);
    Session *session = fixture->session;

    for (guint i = 0; i < G_N_ELEMENTS(acts); i++) {
        assert_ok(db_begin(session_db(session), &error));
        run(session, acts[i]);
        audit_epoch_forget(session);
        if (fixture_faults(session, NULL) == 0)
            fail_msg("not noticed: %s", acts[i]);
        db_rollback(session_db(session));
        audit_epoch_forget(session);
        assert_int_equal(fixture_faults(session, NULL), 0);
    }
}

/* The database as it was, beside the key file as it is. */
static void b10_an_old_file_does_not_open_with_the_new_key_file(void **state)
{
    fixture_wants_file();
    Fixture *fixture = *state;
    g_autofree char *old = g_strconcat(fixture->database, ".gammal", NULL);

    fixture_copy(fixture->database, old);
    rekey_alone(fixture);
    session_close(g_steal_pointer(&fixture->session));
    fixture_copy(old, fixture->database);
    assert_fails(fixture_try(fixture, "grundare", PASSPHRASE, &error), ERROR_CORRUPT);
}

/* Everything that somebody who was shut out can do: the database from before, and a key file that seals
 * the old data key anew to everybody in it, with a higher generation than any. Both fit together, and
 * who signs in is told by what was last seen of the log. */
static void b10_the_old_key_sealed_anew_to_everybody_is_noticed(void **state)
{
    fixture_wants_file();
    Fixture *fixture = *state;
    g_autofree char *copy = vault_copy_path_for(fixture->database);
    g_autofree char *old = g_strconcat(fixture->database, ".gammal", NULL);
    g_autofree char *old_keys = g_strconcat(fixture->keys, ".gammal", NULL);

    fixture_copy(fixture->database, old);
    fixture_copy(fixture->keys, old_keys);
    g_auto(Known) known = rekey(fixture);
    fixture_reopen(fixture, "grundare");
    assert_int_equal(session_notices(fixture->session)->len, 0);
    session_close(g_steal_pointer(&fixture->session));
    fixture_copy(old, fixture->database);
    fixture_copy(old_keys, fixture->keys);
    fixture_copy(old_keys, copy);
    /* The forger's own hand: the program's, with the old keys. */
    g_autoptr(Secret) passphrase = secret_from_text(PASSPHRASE);
    g_autoptr(Vault) forged = NULL;
    assert_ok((forged = vault_open(fixture->keys, "grundare", passphrase, &error)));
    assert_true(secret_equal(vault_data_key(forged), known.data));
    for (int i = 0; i < 9; i++)
        assert_ok(vault_set_passphrase(forged, "grundare", passphrase, &error));
    g_autofree char *generation =
        g_strdup_printf("%" G_GUINT64_FORMAT, vault_generation(forged));
    Db *db = NULL;
    assert_ok((db = db_open(fixture->database, known.data, DB_READ_WRITE, &error)));
    assert_ok(db_begin(db, &error) && db_meta_set(db, "key_generation", generation, &error) &&
              db_commit(db, &error));
    db_close(db);
    fixture->session = fixture_open(fixture, "grundare");
    g_autoptr(GString) told = g_string_new(NULL);
    for (guint i = 0; i < session_notices(fixture->session)->len; i++)
        g_string_append(told, session_notices(fixture->session)->pdata[i]);
    assert_non_null(strstr(told->str, "The log no longer has what stood in it"));
}

/* The plug is pulled after each of the steps; the next sign-in brings the change to its end, and what
 * was recorded before and after it stands. */
static void b10_an_interrupted_change_leaves_a_whole_log(void **state)
{
    fixture_wants_file();
    Fixture *fixture = *state;

    for (int steps = 1; steps <= 4; steps++) {
        Session *session = fixture->session;
        Vault *vault = session_vault(session);
        assert_ok(vault_rotate_begin(vault, NULL, &error));
        if (steps >= 2)
            assert_ok(db_rekey(session_db(session), vault_next_key(vault), NULL, &error));
        if (steps >= 3)
            assert_ok(audit_turn(session, &error));
        if (steps >= 4)
            assert_ok(vault_rotate_finish(vault, &error));
        /* Whoever works on meanwhile leaves their entries. */
        assert_ok(audit_note(session, "read", "client", 9, 9, &error));
        assert_int_equal(fixture_faults(session, NULL), 0);
        fixture_reopen(fixture, "grundare");
        assert_null(vault_next_key(session_vault(fixture->session)));
        assert_int_equal(fixture_int(fixture->session, "SELECT count(*) FROM audit_epoch"), steps);
        assert_int_equal(fixture_faults(fixture->session, NULL), 0);
    }
}

/* What had been proved before the change is not walked again after it. */
static void what_was_proved_stays_proved(void **state)
{
    Fixture *fixture = *state;

    assert_ok(db_begin(session_db(fixture->session), &error));
    for (int i = 0; i < 1200; i++)
        assert_ok(audit_write(fixture->session, "read", "client", 1, 1, NULL, &error));
    assert_ok(db_commit(session_db(fixture->session), &error));
    fixture_reopen(fixture, "grundare");
    rekey_alone(fixture);
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    run(fixture->session, "UPDATE audit SET entity_id = 2 WHERE seq = 5");
    assert_ok(audit_go_on(fixture->session, faults, &error));
    assert_int_equal(faults->len, 0);
    assert_true(fixture_faults(fixture->session, "Entry 5 ") > 0);
}

/* As a server keeps them: nobody who reads there has a key of the log, and the log is as whole as before. */
static void on_a_server_the_key_before_lies_sealed(void **state)
{
    Fixture *fixture = *state;
    Session *session = fixture->session;
    g_auto(Known) first = rekey(fixture);
    g_auto(Known) second = rekey(fixture);
    gint64 there = 0;

    assert_ok(db_begin(session_db(session), &error));
    for (int times = 0; times < 2; times++)
        assert_ok(audit_epochs_lay(session, TRUE, &error));
    assert_int_equal(fixture_faults(session, NULL), 0);
    assert_int_equal(
        fixture_int(session, "SELECT count(*) FROM audit_epoch WHERE length(key_before) > 32"), 2);
    const Secret *const keys[] = {first.log, second.log};
    for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
        assert_ok(db_get_int(session_db(session),
                             "SELECT count(*) FROM audit_epoch WHERE key_before = :key",
                             DB_PARAMS(DB_BLOB("key", keys[i]->bytes, 32)), 0, &there, &error));
        assert_int_equal(there, 0);
    }
    /* None opens in another's place. */
    assert_ok(db_begin(session_db(session), &error));
    run(session, "UPDATE audit_epoch SET key_before ="
                 " (SELECT key_before FROM audit_epoch WHERE epoch = 2) WHERE epoch = 1");
    assert_true(fixture_faults(session, NULL) > 0);
    db_rollback(session_db(session));
    assert_ok(audit_epochs_lay(session, FALSE, &error));
    assert_ok(db_get_int(session_db(session),
                         "SELECT count(*) FROM audit_epoch WHERE key_before = :key",
                         DB_PARAMS(DB_BLOB("key", first.log->bytes, 32)), 0, &there, &error));
    assert_int_equal(there, 1);
    assert_int_equal(fixture_faults(session, NULL), 0);
    assert_ok(db_commit(session_db(session), &error));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(b10_the_log_goes_on_under_another_key),
        FIXTURE_TEST(the_forgery_itself_is_sound),
        FIXTURE_TEST(b10_an_old_entry_rewritten_under_the_old_key_shows),
        FIXTURE_TEST(b10_an_epoch_in_between_cannot_be_written_anew),
        FIXTURE_TEST(b10_an_entry_appended_under_the_old_key_shows),
        FIXTURE_TEST(b10_the_table_of_epochs_gives_no_way_in),
        FIXTURE_TEST(b10_an_old_file_does_not_open_with_the_new_key_file),
        FIXTURE_TEST(b10_the_old_key_sealed_anew_to_everybody_is_noticed),
        FIXTURE_TEST(b10_an_interrupted_change_leaves_a_whole_log),
        FIXTURE_TEST(what_was_proved_stays_proved),
        FIXTURE_TEST(on_a_server_the_key_before_lies_sealed),
    };
    return cmocka_run_group_tests_name("care/audit_epoch", tests, NULL, NULL);
}
