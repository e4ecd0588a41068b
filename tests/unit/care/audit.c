/* The audit log: what is written, and that no change of it goes unseen. */
#include "care/unit/audit_head.h"
#include "fixture.h"

#include <json-glib/json-glib.h>

/* Three more entries with and without changes. */
static void write_some(Session *session)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();

    audit_changes_text(changes, "name", "Åsa \"Ö\"", "rad\n\\två\x01");
    audit_changes_int(changes, "active", 0, 1);
    assert_ok(db_begin(session_db(session), &error));
    assert_ok(audit_write(session, "change", "client", 7, 7, changes, &error));
    assert_ok(audit_write(session, "read", "client", 7, 7, NULL, &error));
    assert_ok(audit_write(session, "export", "visit", 0, 0, NULL, &error));
    assert_ok(db_commit(session_db(session), &error));
}

static void run(Session *session, const char *sql)
{
    assert_ok(db_run(session_db(session), sql, NULL, &error));
}

static void changes_are_json(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *json = NULL;

    write_some(fixture->session);
    assert_ok(db_get_text(session_db(fixture->session),
                          "SELECT changes, node, seq FROM audit WHERE entity_id = 7 AND action = 'change'",
                          NULL, &json, &error));
    g_autoptr(JsonNode) node = json_from_string(json, NULL);
    assert_non_null(node);
    JsonArray *name = json_object_get_array_member(json_node_get_object(node), "name");
    assert_string_equal(json_array_get_string_element(name, 0), "Åsa \"Ö\"");
    assert_string_equal(json_array_get_string_element(name, 1), "rad\n\\två\x01");
    JsonArray *active = json_object_get_array_member(json_node_get_object(node), "active");
    assert_int_equal(json_array_get_int_element(active, 1), 1);
}

static void unchanged_fields_are_left_out(void **state)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();

    (void)state;
    audit_changes_text(changes, "name", "Eva", "Eva");
    audit_changes_text(changes, "phone", NULL, NULL);
    audit_changes_int(changes, "active", 1, 1);
    assert_true(audit_changes_empty(changes));
    assert_true(audit_changes_empty(NULL));
    audit_changes_text(changes, "phone", NULL, "");
    assert_false(audit_changes_empty(changes));
}

static void sound_log_has_no_fault(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *head = NULL, *later = NULL;

    write_some(fixture->session);
    assert_ok(audit_verify(fixture->session, faults, &head, &error));
    assert_int_equal(faults->len, 0);
    assert_ok(audit_note(fixture->session, "read", "client", 1, 1, &error));
    assert_ok(audit_verify(fixture->session, faults, &later, &error));
    assert_int_equal(faults->len, 0);
    assert_string_not_equal(head, later);
    assert_int_equal(fixture_int(fixture->session, "SELECT count(*) - max(seq) FROM audit"), 0);
}

/* What somebody who holds the data key but not the audit key might do to the log. */
static const struct {
    const char *sql, *fault;
} forgeries[] = {
    {"UPDATE audit SET staff_id = staff_id + 1 WHERE seq = 2", "Entry 2 "},
    {"UPDATE audit SET at_ms = at_ms - 1 WHERE seq = 1", "Entry 1 "},
    {"UPDATE audit SET action = 'change' WHERE action = 'read'", "not what was written"},
    {"UPDATE audit SET changes = NULL WHERE changes IS NOT NULL AND entity = 'client'",
     "not what was written"},
    {"UPDATE audit SET client_id = NULL WHERE action = 'read'", "not what was written"},
    {"UPDATE audit SET hash = zeroblob(32) WHERE seq = 2", "Entry 2 "},
    {"UPDATE audit SET hash = x'00' WHERE seq = 2", "Entry 2 "},
    {"DELETE FROM audit WHERE seq = 3", "Entry 3 of the audit log has been removed"},
    {"DELETE FROM audit WHERE seq IN (2, 3)", "Entries 2 to 3 "},
    {"DELETE FROM audit WHERE seq = 1", "Entry 1 of the audit log has been removed"},
    {"DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)", "The end of the audit log"},
    {"DELETE FROM audit WHERE seq > 1", "The end of the audit log"},
    {"DELETE FROM audit", "has been emptied"},
    {"DELETE FROM meta WHERE key = 'audit_mac'", "The end of the audit log"},
    {"INSERT INTO audit (node, seq, at_ms, staff_id, action, entity, hash)"
     " SELECT max(node), max(seq) + 1, 0, 0, 'read', 'client', zeroblob(32) FROM audit",
     "not what was written"},
};

static void forgeries_show(void **state)
{
    fixture_wants_file();
    Fixture *fixture = *state;

    write_some(fixture->session);
    for (guint i = 0; i < G_N_ELEMENTS(forgeries); i++) {
        assert_ok(db_begin(session_db(fixture->session), &error));
        run(fixture->session, forgeries[i].sql);
        fixture_faults(fixture->session, forgeries[i].fault);
        /* Going on does not cover it up. */
        write_some(fixture->session);
        assert_true(fixture_faults(fixture->session, NULL) > 0);
        db_rollback(session_db(fixture->session));
        assert_int_equal(fixture_faults(fixture->session, NULL), 0);
    }
}

/* B12: a log without its beginning, and without the mark that tells of it. */
static void test_b12_an_emptied_log_shows_for_good(void **state)
{
    Fixture *fixture = *state;
    Session *session = fixture->session;

    write_some(session);
    run(session, "DELETE FROM audit");
    run(session, "DELETE FROM meta WHERE key = 'audit_mac'");
    assert_int_equal(fixture_faults(session, "The audit log has been emptied"), 1);
    fixture_reopen(fixture, "grundare");
    const GPtrArray *notices = session_notices(fixture->session);
    assert_true(notices->len > 0);
    assert_non_null(strstr(notices->pdata[0], "The audit log has been emptied"));
    write_some(fixture->session);
    fixture_faults(fixture->session, "Entry 1 of the audit log has been removed");
    fixture_reopen(fixture, "grundare");
    assert_non_null(strstr(session_notices(fixture->session)->pdata[0], "does not begin with"));
}

/* B12: entries that are sound, but not the ones that the log began with: here by the program's own
 * hand, whose first entry is then no making of a unit. */
static void test_b12_another_beginning_shows(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);

    run(fixture->session, "UPDATE audit SET action = 'change' WHERE seq = 1");
    assert_ok(audit_glance(fixture->session, faults, &error));
    assert_int_equal(faults->len, 1);
    assert_non_null(strstr(faults->pdata[0], "does not begin with"));
    run(fixture->session, "UPDATE audit SET action = 'create' WHERE seq = 1");
    g_ptr_array_set_size(faults, 0);
    assert_ok(audit_glance(fixture->session, faults, &error));
    assert_int_equal(faults->len, 0);
    run(fixture->session, "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)");
    assert_ok(audit_glance(fixture->session, faults, &error));
    assert_int_equal(faults->len, 1);
    assert_non_null(strstr(faults->pdata[0], "The end of the audit log"));
}

static void renumbered_row_shows(void **state)
{
    Fixture *fixture = *state;
    Session *session = fixture->session;

    write_some(session);
    run(session, "DELETE FROM audit WHERE seq = 3");
    run(session, "UPDATE audit SET seq = 3 WHERE seq = 4");
    fixture_faults(session, "Entry 3 ");
}

static void many_faults_are_summed_up(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);

    for (int i = 0; i < 10; i++)
        write_some(fixture->session);
    run(fixture->session, "UPDATE audit SET at_ms = 1");
    assert_ok(audit_verify(fixture->session, faults, NULL, &error));
    assert_int_equal(faults->len, 21);
    assert_non_null(strstr(faults->pdata[20], "more faults"));
}

static void rolled_back_entry_leaves_no_gap(void **state)
{
    Fixture *fixture = *state;
    Session *session = fixture->session;

    assert_ok(db_begin(session_db(session), &error));
    assert_ok(audit_write(session, "read", "client", 1, 1, NULL, &error));
    db_rollback(session_db(session));
    write_some(session);
    assert_int_equal(fixture_faults(session, NULL), 0);
}

/* What the session remembers of its own last entry goes with the entry. */
static void what_a_savepoint_takes_back_leaves_no_gap(void **state)
{
    Fixture *fixture = *state;
    Session *session = fixture->session;
    gint64 before = 0, after = 0;

    assert_ok(audit_last(session, &before, &error));
    assert_ok(db_begin(session_db(session), &error));
    assert_ok(audit_write(session, "read", "client", 7, 7, NULL, &error));
    assert_ok(db_begin(session_db(session), &error));
    assert_ok(audit_write(session, "read", "client", 8, 8, NULL, &error));
    db_rollback(session_db(session));
    assert_ok(audit_write(session, "read", "client", 9, 9, NULL, &error));
    assert_ok(audit_write(session, "read", "client", 10, 10, NULL, &error));
    assert_ok(db_commit(session_db(session), &error));
    assert_ok(audit_last(session, &after, &error));
    assert_int_equal(after, before + 3);
    assert_int_equal(fixture_faults(session, NULL), 0);
}

static void chain_goes_on_across_sessions(void **state)
{
    Fixture *fixture = *state;

    write_some(fixture->session);
    fixture_reopen(fixture, "grundare");
    write_some(fixture->session);
    assert_int_equal(fixture_faults(fixture->session, NULL), 0);
}

/* How many faults a walk from what was proved before tells of; `fault` is in the first of them. */
static guint gone_on(Session *session, const char *fault)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);

    assert_ok(audit_go_on(session, faults, &error));
    if (fault)
        assert_non_null(strstr(faults->pdata[0], fault));
    return faults->len;
}

/* The newest entries are walked along at each sign-in, and those that were are not walked again. */
static void a_sign_in_goes_on_from_what_was_proved(void **state)
{
    Fixture *fixture = *state;

    assert_ok(db_begin(session_db(fixture->session), &error));
    for (int i = 0; i < 1200; i++)
        assert_ok(audit_write(fixture->session, "read", "client", 1, 1, NULL, &error));
    assert_ok(db_commit(session_db(fixture->session), &error));
    fixture_reopen(fixture, "grundare");
    Session *session = fixture->session;
    g_autofree char *proved = db_meta_get(session_db(session), "audit_proved", NULL);
    assert_non_null(proved);
    assert_true(g_ascii_strtoll(proved, NULL, 10) > 1200);

    run(session, "UPDATE audit SET entity_id = 2 WHERE seq = 5");
    assert_int_equal(gone_on(session, NULL), 0);
    assert_true(fixture_faults(session, "Entry 5 ") > 0);
    /* Somebody who moves the mark cannot seal it. */
    run(session, "UPDATE meta SET value = (SELECT value FROM meta WHERE key = 'audit_mac')"
                 " WHERE key = 'audit_proved'");
    assert_true(gone_on(session, "Entry 5 ") > 0);
    run(session, "UPDATE audit SET entity_id = 1 WHERE seq = 5");

    write_some(session);
    run(session, "UPDATE audit SET staff_id = 99 WHERE seq = (SELECT max(seq) - 1 FROM audit)");
    fixture_reopen(fixture, "grundare");
    assert_non_null(strstr(session_notices(fixture->session)->pdata[0], "is not what was written"));
}

/* What was printed is found again, as it is typed from paper; a log whose end was cut off, or that
 * was put back and worked in, is told from it also where its own chain is whole. */
static void a_cut_tail_shows_by_the_code(void **state)
{
    Fixture *fixture = *state;
    gint64 later = -1;

    write_some(fixture->session);
    g_autofree char *before = NULL, *head = NULL;
    assert_ok((before = audit_head(fixture->session, &error)));
    g_autofree char *mac = db_meta_get(session_db(fixture->session), "audit_mac", NULL);
    write_some(fixture->session);
    assert_ok((head = audit_head(fixture->session, &error)));
    assert_ok(audit_holds(fixture->session, head, &later, &error));
    assert_int_equal(later, 0);
    g_autofree char *capitals = g_ascii_strup(before, -1);
    g_autofree char *typed = g_strconcat(" ", capitals, " ", NULL);
    assert_ok(audit_holds(fixture->session, typed, &later, &error));
    assert_int_equal(later, 3);
    assert_fails(audit_holds(fixture->session, "17", &later, &error), ERROR_INPUT);
    assert_fails(audit_holds(fixture->session, "", &later, &error), ERROR_INPUT);
    /* As it was: the tail with its mark. */
    const DbParam *tail = DB_PARAMS(DB_INT("seq", g_ascii_strtoll(before, NULL, 10)));
    assert_ok(
        db_run(session_db(fixture->session), "DELETE FROM audit WHERE seq > :seq", tail, &error));
    assert_ok(db_meta_set(session_db(fixture->session), "audit_mac", mac, &error));
    assert_int_equal(fixture_faults(fixture->session, NULL), 0);
    assert_fails(audit_holds(fixture->session, head, &later, &error), ERROR_CORRUPT);
    assert_ok(audit_holds(fixture->session, before, &later, &error));
    for (int i = 0; i < 3; i++)
        assert_ok(audit_note(fixture->session, "read", "client", 9, 9, &error));
    assert_int_equal(fixture_faults(fixture->session, NULL), 0);
    assert_fails(audit_holds(fixture->session, head, &later, &error), ERROR_CORRUPT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(changes_are_json),
        cmocka_unit_test(unchanged_fields_are_left_out),
        FIXTURE_TEST(sound_log_has_no_fault),
        FIXTURE_TEST(forgeries_show),
        FIXTURE_TEST(test_b12_an_emptied_log_shows_for_good),
        FIXTURE_TEST(test_b12_another_beginning_shows),
        FIXTURE_TEST(renumbered_row_shows),
        FIXTURE_TEST(many_faults_are_summed_up),
        FIXTURE_TEST(rolled_back_entry_leaves_no_gap),
        FIXTURE_TEST(what_a_savepoint_takes_back_leaves_no_gap),
        FIXTURE_TEST(chain_goes_on_across_sessions),
        FIXTURE_TEST(a_sign_in_goes_on_from_what_was_proved),
        FIXTURE_TEST(a_cut_tail_shows_by_the_code),
    };
    return cmocka_run_group_tests_name("care/audit", tests, NULL, NULL);
}
