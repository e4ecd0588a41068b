/* What a unit that is carried elsewhere leaves, and what is found where it comes to. The carrying
 * itself: tests/postgres/carry.sh. */
#include "care/unit/unit_move.h"

#include "care/client/group.h"
#include "care/unit/session_private.h"
#include "db/db_move.h"
#include "fixture.h"

static void who_opens_it_is_told_where_it_is(void **state)
{
    fixture_wants_file();
    Fixture *fixture = *state;
    g_autoptr(GError) refused = NULL;

    assert_ok(unit_is_here(session_db(fixture->session), FALSE, &error));
    assert_ok(db_meta_set(session_db(fixture->session), DB_MOVED_TO, "/server/vast.unit", &error));
    session_close(g_steal_pointer(&fixture->session));
    assert_null(fixture_try(fixture, "grundare", PASSPHRASE, &refused));
    assert_true(g_error_matches(refused, DAGSFORM_ERROR, ERROR_DENIED));
    assert_non_null(strstr(refused->message, "carried to /server/vast.unit"));
    /* Nor for reading alone, nor to look at it for a backup. */
    g_autoptr(Secret) passphrase = secret_from_text(PASSPHRASE);
    const SessionOpening opening = {
        .database = fixture->database, .login = "grundare", .passphrase = passphrase};
    assert_fails(session_open_to_look(&opening, &error), ERROR_DENIED);
}

/* Also whoever has it open already: what they save would be lost. */
static void who_has_it_open_saves_no_more(void **state)
{
    fixture_wants_file();
    Fixture *fixture = *state;
    Session *other = fixture_open(fixture, "grundare");
    g_autoptr(GError) refused = NULL;
    gint64 made = 0;

    assert_ok(group_add(other, "Norr", &made, &error));
    assert_ok(db_meta_set(session_db(fixture->session), DB_MOVING_TO, "/server/vast.unit", &error));
    assert_false(group_add(other, "Syd", &made, &refused));
    assert_non_null(strstr(refused->message, "being carried"));
    assert_ok(db_run(session_db(fixture->session),
                     "UPDATE meta SET key = '" DB_MOVED_TO "' WHERE key = '" DB_MOVING_TO "'", NULL, &error));
    g_clear_error(&refused);
    assert_false(group_add(other, "Syd", &made, &refused));
    assert_non_null(strstr(refused->message, "carried to /server/vast.unit"));
    assert_int_equal(fixture_int(fixture->session, "SELECT count(*) FROM client_group"), 1);
    session_close(other);
}

/* Nobody gets in while that is broken off, but whoever brings it to its end. */
static void half_carried_it_opens_to_whoever_carries_it(void **state)
{
    fixture_wants_file();
    Fixture *fixture = *state;
    g_autoptr(GError) refused = NULL;

    assert_ok(db_meta_set(session_db(fixture->session), DB_MOVING_TO, "/server/vast.unit", &error));
    session_close(g_steal_pointer(&fixture->session));
    assert_null(fixture_try(fixture, "grundare", PASSPHRASE, &refused));
    assert_true(g_error_matches(refused, DAGSFORM_ERROR, ERROR_DENIED));
    assert_non_null(strstr(refused->message, "being carried"));
    g_autoptr(Secret) passphrase = secret_from_text(PASSPHRASE);
    SessionOpening opening = {
        .database = fixture->database, .login = "grundare", .passphrase = passphrase, .carrying = TRUE};
    assert_ok((fixture->session = session_open(&opening, &error)));
    assert_ok(db_run(session_db(fixture->session), "DELETE FROM meta WHERE key = '" DB_MOVING_TO "'", NULL,
                     &error));
    fixture_reopen(fixture, "grundare");
    assert_ok(db_meta_set(session_db(fixture->session), DB_MOVING_TO, "/server/vast.unit", &error));
    assert_ok(db_run(session_db(fixture->session),
                     "UPDATE meta SET key = '" DB_MOVED_TO "' WHERE key = '" DB_MOVING_TO "'", NULL, &error));
    session_close(g_steal_pointer(&fixture->session));
    assert_fails(session_open(&opening, &error), ERROR_DENIED);
}

static Db *another_place(const Fixture *fixture)
{
    g_autofree char *path = g_build_filename(fixture->folder, "annan.db", NULL);
    Db *db = NULL;

    assert_ok(
        db = db_open(path, vault_data_key(session_vault(fixture->session)), DB_CREATE, &error));
    return db;
}

/* As unit_to_server() does it. */
static void carry(Session *session, Db *to)
{
    assert_ok(db_begin(session->db, &error));
    assert_ok(db_begin(to, &error));
    assert_ok(db_move(session->db, to, NULL, &error));
    Session there = *session;
    there.db = to;
    there.audit_key = NULL;
    assert_int_equal(fixture_faults(&there, NULL), 0);
    assert_ok(audit_write(&there, "move", "meta", 0, 0, NULL, &error));
    assert_int_equal(fixture_faults(&there, NULL), 0);
    secret_free(there.audit_key);
    assert_ok(db_commit(to, &error));
    db_rollback(session->db);
}

static UnitPlace place(Session *session, Db *there)
{
    UnitPlace place = UNIT_PLACE_OTHER;

    assert_ok(unit_place(session->db, there, &place, &error));
    return place;
}

static void this_unit_is_told_from_another(void **state)
{
    fixture_wants_file();
    Fixture *fixture = *state;
    g_autoptr(Db) there = another_place(fixture);

    assert_int_equal(place(fixture->session, there), UNIT_PLACE_EMPTY);
    carry(fixture->session, there);
    assert_int_equal(place(fixture->session, there), UNIT_PLACE_SAME);
    /* Who signs in to bring it to its end has done nothing. */
    fixture_reopen(fixture, "grundare");
    fixture_reopen(fixture, "grundare");
    assert_int_equal(place(fixture->session, there), UNIT_PLACE_SAME);
    assert_ok(audit_note(fixture->session, "read", "client", 1, 1, &error));
    assert_int_equal(place(fixture->session, there), UNIT_PLACE_OTHER);
}

static void a_copy_that_was_not_carried_is_another(void **state)
{
    fixture_wants_file();
    Fixture *fixture = *state;
    g_autoptr(Db) there = another_place(fixture);

    carry(fixture->session, there);
    assert_ok(
        db_run(there, "UPDATE audit SET action = 'read' WHERE action = 'move'", NULL, &error));
    assert_int_equal(place(fixture->session, there), UNIT_PLACE_OTHER);
    assert_ok(
        db_run(there, "UPDATE audit SET action = 'move' WHERE entity = 'meta'", NULL, &error));
    assert_ok(db_run(there,
                     "UPDATE audit SET hash = zeroblob(32) WHERE seq ="
                     " (SELECT MAX(seq) - 1 FROM audit)",
                     NULL, &error));
    assert_int_equal(place(fixture->session, there), UNIT_PLACE_OTHER);
    there->node++;
    assert_int_equal(place(fixture->session, there), UNIT_PLACE_OTHER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(who_opens_it_is_told_where_it_is),
        FIXTURE_TEST(who_has_it_open_saves_no_more),
        FIXTURE_TEST(half_carried_it_opens_to_whoever_carries_it),
        FIXTURE_TEST(this_unit_is_told_from_another),
        FIXTURE_TEST(a_copy_that_was_not_carried_is_another),
    };

    return cmocka_run_group_tests_name("care/unit_move", tests, NULL, NULL);
}
