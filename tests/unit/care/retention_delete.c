/* retention_delete.c: what is deleted is gone, nobody else is touched, and the log is still proved.
 * Issue 10. */
#include "care/client/retention_delete.h"

#include "care/client/client_merge.h"
#include "care/client/client_tables.h"
#include "care/client/group.h"
#include "care/unit/audit_weed.h"
#include "care/visit/meeting.h"
#include "care/visit/summary.h"
#include "care/visit/visit_add.h"
#include "care/visit/visit_record.h"
#include "care/visit/week_cell.h"
#include "tests/unit/care/fixture_retention.h"
#include "tests/units/rows.h"

/* --- a unit that is as it should be ----------------------------------------------------------- */

static void assert_whole(Session *session)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    assert_ok(db_check(session_db(session), faults, NULL, NULL, &error));
    assert_ok(audit_verify(session, faults, NULL, &error));
    assert_ok(summary_verify(session, faults, &error));
    assert_ok(meeting_verify(session, faults, &error));
    assert_ok(week_cells_verify(session, faults, &error));
    if (faults->len > 0)
        fail_msg("%s", (char *)faults->pdata[0]);
}

static void visit_of(Session *session, gint64 client, const char *date)
{
    g_autoptr(Visit) visit = visit_new();
    VisitOutcome what;
    visit->client_id = client;
    visit->date = date_parse(date);
    visit->start = 9 * 60;
    visit->minutes = 60;
    assert_ok(visit_add(session, visit, &error));
    visit_outcome_init(&what);
    what.outcome = OUTCOME_DECLINED;
    what.words = g_strdup("Orkar inte.");
    assert_ok(visit_record(session, visit->id, 1, &what, NULL, NULL, &error));
    visit_outcome_clear(&what);
}

/* The two have visits in the same week, which has been counted. */
static void live(const Gallring *unit)
{
    visit_of(unit->officer, unit->due, "2026-11-17");
    visit_of(unit->officer, unit->other, "2026-11-18");
    const Week week = week_of(date_parse("2026-11-17"));
    assert_ok(week_cells_prepare(unit->officer, week, week, 5, NULL, &error));
    assert_ok(
        db_run(session_db(unit->officer), "UPDATE task SET done_ms = created_ms", NULL, &error));
}

static RetentionResult run(Session *session)
{
    RetentionResult result;
    assert_ok(retention_run(session, NULL, NULL, &result, &error));
    return result;
}

static void confirmed_in_2032(const Gallring *unit)
{
    live(unit);
    propose_in_2032(unit, unit->officer);
    assert_int_equal(confirm(unit->lead), 2);
}

static gint64 of(const Gallring *unit, const char *sql, gint64 client)
{
    gint64 count = -1;
    assert_ok(opened_get_int(session_db(unit->lead), sql, DB_PARAMS(DB_INT("client", client)), -1,
                             &count, &error));
    return count;
}

static void those_who_are_confirmed_are_gone(void **state)
{
    const Gallring *unit = *state;
    RetentionResult none;
    assert_fails(retention_run(unit->lead, NULL, NULL, &none, &error), ERROR_INPUT);
    confirmed_in_2032(unit);
    const RetentionResult result = run(unit->officer);
    assert_int_equal(result.deleted, 2);
    assert_int_equal(result.changed, 0);
    assert_int_equal(of(unit, "SELECT COUNT(*) FROM client WHERE id = :client", unit->due), 0);
    assert_int_equal(of(unit, "SELECT COUNT(*) FROM client WHERE id = :client", unit->kept), 1);
    assert_int_equal(of(unit, "SELECT COUNT(*) FROM client WHERE id = :client", unit->hidden), 1);
    assert_whole(unit->lead);
    g_autoptr(RetentionProposal) after = NULL;
    assert_ok((after = retention_read(unit->lead, &error)));
    assert_int_equal(after->taken, 2);
    assert_fails(retention_run(unit->lead, NULL, NULL, &none, &error), ERROR_INPUT);
}

static void what_was_noted_since_saves_a_client(void **state)
{
    const Gallring *unit = *state;
    confirmed_in_2032(unit);
    visit_of(unit->officer, unit->other, "2032-02-27");
    const RetentionResult result = run(unit->officer);
    assert_int_equal(result.deleted, 1);
    assert_int_equal(result.changed, 1);
    assert_int_equal(of(unit, "SELECT COUNT(*) FROM visit WHERE client_id = :client", unit->other),
                     2);
    assert_int_equal(of(unit, "SELECT COUNT(*) FROM visit WHERE client_id = :client", unit->due),
                     0);
    assert_whole(unit->lead);
}

static gboolean once(double share, gpointer data)
{
    (void)share;
    return (*(int *)data)++ == 0;
}

static void what_is_broken_off_is_gone_on_with(void **state)
{
    const Gallring *unit = *state;
    RetentionResult result;
    int asked = 0;
    confirmed_in_2032(unit);
    assert_fails(retention_run(unit->officer, once, &asked, &result, &error), ERROR_CANCELLED);
    assert_int_equal(result.deleted, 1);
    assert_whole(unit->lead);
    assert_int_equal(run(unit->lead).deleted, 1);
    assert_whole(unit->lead);
}

static void the_log_has_neither_name_nor_number(void **state)
{
    const Gallring *unit = *state;
    confirmed_in_2032(unit);
    assert_true(fixture_int(unit->lead, "SELECT COUNT(*) FROM audit WHERE changes LIKE '%Emil%'") >
                0);
    run(unit->officer);
    assert_int_equal(fixture_int(unit->lead,
                                 "SELECT COUNT(*) FROM audit WHERE changes LIKE '%Emil%'"
                                 " OR changes LIKE '%19990914%'"
                                 " OR changes LIKE '%Orkar%'"),
                     0);
    g_autofree char *wanted = g_strdup_printf(
        "SELECT COUNT(*) FROM audit WHERE action = 'delete' AND client_id IS NULL AND changes ="
        " '{\"clients\":[0,1],\"proposed_by\":[0,%" G_GINT64_FORMAT
        "],\"confirmed_by\":[0,%" G_GINT64_FORMAT "]}'",
        session_staff_id(unit->officer), session_staff_id(unit->lead));
    assert_int_equal(fixture_int(unit->lead, wanted), 2);
    /* Who was opened by whom and when stands. */
    assert_true(of(unit, "SELECT COUNT(*) FROM audit WHERE client_id = :client", unit->due) > 0);
    /* And so it is proved from one sign-in to the next, also under a new key. */
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    assert_ok(audit_go_on(unit->lead, faults, &error));
    assert_int_equal(faults->len, 0);
}

/* --- weeding behind the program's back ---------------------------------------------------------
 */

static const struct {
    const char *what, *sql, *fault;
} forgeries[] = {
    {"emptied, told of nowhere", "UPDATE audit SET changes = NULL WHERE seq = 5",
     "Entry 5 of the audit log is not what was written."},
    {"emptied and put beside the others",
     "INSERT INTO audit_weeded SELECT node, 5, weed, mac FROM audit_weeded ORDER BY seq LIMIT 1;"
     "UPDATE audit SET changes = NULL WHERE seq = 5",
     "Entry 5 of the audit log is not what was written."},
    {"listed, told of by an entry that is another",
     "INSERT INTO audit_weeded SELECT node, 5, 1, mac FROM audit_weeded ORDER BY seq LIMIT 1",
     "There are entries said to be weeded of which the audit log does not tell"},
    {"one more than told",
     "INSERT INTO audit_weeded SELECT node, 2, weed, mac FROM audit_weeded ORDER BY seq LIMIT 1",
     "is not what is weeded"},
    {"a text put back",
     "UPDATE audit SET changes = '{}' WHERE seq = (SELECT MIN(seq) FROM audit_weeded)",
     "is not what was written"},
    {"one less than told, with another's text",
     "DELETE FROM audit_weeded WHERE seq = (SELECT MIN(seq) FROM audit_weeded)",
     "is not what was written"},
    {"when it was done, changed in what is left",
     "UPDATE audit SET at_ms = at_ms + 1 WHERE seq = (SELECT MIN(seq) FROM audit_weeded)",
     "is not what was written"},
    {"what stands for what is left, emptied",
     "UPDATE audit_weeded SET mac = x'' WHERE seq = (SELECT MIN(seq) FROM audit_weeded)",
     "is not what was written"},
    {"the entry that tells, taken away",
     "DELETE FROM audit WHERE seq = (SELECT MAX(weed) FROM audit_weeded)", "has been removed"},
    {"the entry that tells, written otherwise",
     "UPDATE audit SET changes = replace(changes, 'weeded', 'seeded') WHERE action = 'weed'",
     "is not what was written"},
};

static void forged_weedings_show(void **state)
{
    fixture_wants_file();
    const Gallring *unit = *state;
    confirmed_in_2032(unit);
    run(unit->officer);
    Db *db = session_db(unit->officer);
    for (gsize i = 0; i < G_N_ELEMENTS(forgeries); i++) {
        g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
        g_auto(GStrv) parts = g_strsplit(forgeries[i].sql, ";", -1);
        gboolean told = FALSE;
        assert_ok(db_begin(db, &error));
        for (char **part = parts; *part != NULL; part++)
            assert_ok(db_run(db, *part, NULL, &error));
        assert_ok(audit_verify(unit->officer, faults, NULL, &error));
        for (guint j = 0; j < faults->len; j++)
            told = told || strstr(faults->pdata[j], forgeries[i].fault) != NULL;
        if (!told)
            fail_msg("%s: %s", forgeries[i].what,
                     faults->len > 0 ? (char *)faults->pdata[0] : "no fault");
        db_rollback(db);
    }
    assert_int_equal(fixture_faults(unit->officer, NULL), 0);
}

/* The very text that was there, as of a backup: its hash fits, and what was told does not. */
static void a_text_put_back_shows(void **state)
{
    const Gallring *unit = *state;
    g_autofree char *text = NULL;
    confirmed_in_2032(unit);
    Db *db = session_db(unit->officer);
    const DbParam *params = DB_PARAMS(DB_INT("client", unit->due));
    assert_ok(db_get_text(
        db, "SELECT changes, node, seq FROM audit WHERE client_id = :client ORDER BY seq LIMIT 1",
        params, &text, &error));
    assert_non_null(text);
    gint64 seq = 0;
    assert_ok(db_get_int(db, "SELECT MIN(seq) FROM audit WHERE client_id = :client", params, 0,
                         &seq, &error));
    run(unit->officer);
    assert_ok(db_run(
        db, "UPDATE audit SET changes = :text WHERE node = :node AND seq = :seq",
        DB_PARAMS(DB_TEXT("text", text), DB_INT("node", db_node(db)), DB_INT("seq", seq)), &error));
    assert_true(fixture_faults(unit->officer, "is not what is weeded") > 0);
    assert_ok(db_run(db,
                     "DELETE FROM audit_weeded WHERE seq = (SELECT MIN(seq) FROM audit"
                     " WHERE client_id = :client)",
                     params, &error));
    assert_true(fixture_faults(unit->officer, "is not what is weeded") > 0);
}

/* --- copies ----------------------------------------------------------------------------------- */

static void copies_that_hold_them_still_are_named(void **state)
{
    const Gallring *unit = *state;
    g_autofree char *path = g_strconcat(unit->unit.database, ".before-0004", NULL);
    fixture_write(path, "a whole copy");
    g_autoptr(GPtrArray) before = NULL, after = NULL;
    assert_ok((before = retention_copies(unit->lead, &error)));
    assert_int_equal(before->len, 0);
    confirmed_in_2032(unit);
    run(unit->officer);
    assert_ok((after = retention_copies(unit->lead, &error)));
    assert_int_equal(after->len, 1);
    g_autofree char *words = retention_copy_words(after->pdata[0]);
    assert_non_null(strstr(words, "unit.db.before-0004"));
    assert_non_null(strstr(words, "Take it away"));
}

static void write_paper_of(Session *session, gint64 client)
{
    g_autoptr(DbTransaction) tx = NULL;
    assert_ok((tx = db_transaction(session_db(session), &error)));
    assert_ok(audit_write(session, "extract", "client", client, client, NULL, &error));
    assert_ok(db_transaction_commit(tx, &error));
}

/* What was written about them lies somewhere still; that of others is not counted. */
static void papers_about_them_are_counted(void **state)
{
    const Gallring *unit = *state;
    write_paper_of(unit->officer, unit->due);
    write_paper_of(unit->officer, unit->due);
    write_paper_of(unit->officer, unit->kept);
    confirmed_in_2032(unit);
    const RetentionResult result = run(unit->officer);
    assert_int_equal(result.papers, 2);
    g_autofree char *words = retention_papers_words(result.papers),
                    *none = retention_papers_words(0);
    assert_non_null(strstr(words, "2 papers or files"));
    assert_null(none);
}

/* --- a person in every table --------------------------------------------------------------------
 */

#define UNIT "tests/data/units/0046"

/* What people write, by table. */
static const char *const marked[][2] = {
    {"client", "name number phone email address contact"},
    {"visit", "words note"},
    {"visit_version", "state"},
    {"task", "note contact contact_phone"},
    {"consent", "actors scope purpose exceptions"},
    {"decision", "asked_for purpose hours decided_by"},
    {"decision_version", "decided_by reasons"},
    {"care_order", "provider contact contact_phone aims words"},
    {"implementation", "words"},
    {"quote", "words"},
    {"response", "subject not_done_words typed"},
    {"answer", "value note reason"},
    {"call", "note"},
    {"client_reason", "words"},
    {"draft", "body"},
    {"contact_note", "party note words"},
    {"absence", "words"},
    {"risk_note", "words"},
    {"closing", "words"},
    {"dispute", "entry words reason"},
    {"away_proposal", "body"},
    {"client_merge_field", "before after"},
    {"client_former", "value"},
};

static void do_raw(sqlite3 *handle, const char *sql)
{
    char *fault = NULL;
    if (sqlite3_exec(handle, sql, NULL, NULL, &fault) != SQLITE_OK)
        fail_msg("%s: %s", sql, fault);
}

static gint64 count_raw(sqlite3 *handle, const char *sql)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(g_free);
    rows_of(handle, "", sql, rows);
    return rows->len > 0 ? g_ascii_strtoll(strchr(rows->pdata[0], '=') + 1, NULL, 10) : 0;
}

static char *for_client(const char *sql, gint64 client)
{
    g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, client);
    g_auto(GStrv) parts = g_strsplit(sql, ":client", -1);
    return g_strjoinv(id, parts);
}

static sqlite3 *open_raw(const Fixture *unit)
{
    sqlite3 *handle = NULL;
    g_autoptr(Secret) key = NULL;
    assert_ok((key = unit_key(unit->database, "tests/data/units/passphrase", &error)));
    assert_ok((handle = engine_open(unit->database, NULL, key, FALSE, &error)));
    return handle;
}

static Session *sign_in(const Fixture *unit, const char *login)
{
    g_autofree char *passphrase = NULL;
    Session *session = NULL;
    assert_true(g_file_get_contents("tests/data/units/passphrase", &passphrase, NULL, NULL));
    g_autoptr(Secret) secret = secret_from_text(g_strchomp(passphrase));
    const SessionOpening opening = {
        .database = unit->database, .login = login, .passphrase = secret};
    assert_ok((session = session_open(&opening, &error)));
    return session;
}

/* The client B1 has a row in every table, all of them over, and nothing of it goes on. */
static gint64 lay_everywhere(sqlite3 *handle)
{
    const gint64 client = count_raw(handle, "SELECT id FROM client WHERE number = 'B1'");
    static const char *const owned[] = {"response", "placement",    "consent",    "decision",
                                        "task",     "quote",        "care_order", "implementation",
                                        "series",   "client_reason"};
    for (gsize i = 0; i < G_N_ELEMENTS(owned); i++) {
        g_autofree char *sql =
            g_strdup_printf("UPDATE %s SET client_id = %" G_GINT64_FORMAT, owned[i], client);
        do_raw(handle, sql);
    }
    static const char *const over[] = {
        "UPDATE OR IGNORE client_named_staff SET client_id = :client",
        "UPDATE OR IGNORE visit_version SET visit_id = (SELECT MIN(v.id) FROM visit v"
        " WHERE v.client_id = :client)",
        "UPDATE series SET ends_on = '2026-12-01', laid_out_to = '2026-12-01'",
        "UPDATE task SET done_ms = created_ms",
        "UPDATE decision SET decided_on = '2026-11-01', valid_to = '2027-01-01'",
        "INSERT INTO decision_version (decision_id, version, replaced_ms, replaced_by)"
        " SELECT MIN(d.id), 1, 1763000000000, 1 FROM decision d",
        "INSERT INTO care_order (id, unit_id, client_id, decision_id, provider, ordered_on, "
        "created_ms,"
        " created_by) SELECT 7, d.unit_id, :client, MIN(d.id), '-', '2026-11-20', 1763000000000, 1"
        " FROM decision d GROUP BY d.unit_id",
        "INSERT INTO implementation (id, unit_id, client_id, decision_id, order_id, due_on, "
        "arrived_on,"
        " created_ms, created_by) SELECT 7, o.unit_id, :client, o.decision_id, 7, '2026-11-20',"
        " '2026-11-20', 1763000000000, 1 FROM care_order o WHERE o.id = 7",
        "UPDATE response SET completed_ms = continued_ms WHERE completed_ms IS NULL",
        "INSERT INTO call (id, response_id, at_ms, staff_id, result, note) SELECT 7, MIN(r.id),"
        " 1763000000000, MIN(r.staff_id), 'reached', '-' FROM response r",
        "INSERT INTO contact_note (id, unit_id, client_id, mode, day, note, created_ms)"
        " SELECT 7, u.id, :client, 'phone', '2026-11-20', '-', 1763000000000 FROM unit u",
        "INSERT INTO absence (id, unit_id, client_id, cause, from_on, to_on, created_ms, "
        "created_by)"
        " SELECT 7, u.id, :client, 'away-holiday', '2026-11-20', '2026-11-21', 1763000000000, 1"
        " FROM unit u",
        "INSERT INTO closing (id, unit_id, client_id, absence_id, reason, last_on, created_ms,"
        " created_by) SELECT 7, u.id, :client, 7, 'moved', '2026-11-21', 1763000000000, 1 FROM "
        "unit u",
        "UPDATE task SET absence_id = 7 WHERE id = (SELECT MIN(t.id) FROM task t)",
        "INSERT INTO risk_note (id, unit_id, client_id, words, created_ms, ended_ms)"
        " SELECT 7, u.id, :client, '-', 1763000000000, 1763000000000 FROM unit u",
        "INSERT INTO visit_second (visit_id, staff_id, created_ms) SELECT v.id,"
        " (SELECT MIN(s.id) FROM staff s), 1763000000000 FROM visit v WHERE v.client_id = :client"
        " ORDER BY v.id LIMIT 1 ON CONFLICT DO NOTHING",
        "INSERT INTO series_second (series_id, staff_id, created_ms) SELECT r.id,"
        " (SELECT MIN(s.id) FROM staff s), 1763000000000 FROM series r WHERE r.client_id = :client"
        " ORDER BY r.id LIMIT 1 ON CONFLICT DO NOTHING",
        "INSERT INTO out_home (id, unit_id, staff_id, visit_id, out_ms, ring_ms, back_ms)"
        " SELECT 7, v.unit_id, (SELECT MIN(s.id) FROM staff s), v.id, 1763000000000, 1763000000000,"
        " 1763000000000 FROM visit v WHERE v.client_id = :client ORDER BY v.id LIMIT 1",
        "INSERT INTO away (node, unit_id, staff_id, database_id, since_ms, until_on, clients, "
        "state,"
        " state_ms) SELECT 7, s.unit_id, s.id, '-', 1, '2026-12-01', 1, 'home', 1 FROM staff s"
        " ORDER BY s.id LIMIT 1",
        "INSERT INTO away_response (response_id, node) SELECT MIN(r.id), 7 FROM response r",
        "INSERT INTO away_proposal (id, unit_id, node, of_seq, client_id, staff_id, at_ms, name, "
        "body,"
        " why, created_ms) SELECT 7, a.unit_id, a.node, 1, :client, a.staff_id, 1, 'visit-record', "
        "'-',"
        " 'changed', 1 FROM away a WHERE a.node = 7",
        "INSERT INTO dispute (id, unit_id, client_id, about, entry, words, said_on, created_ms,"
        " outcome, settled_ms) SELECT 7, u.id, :client, 'other', '-', '-', '2026-11-20',"
        " 1763000000000, 'stands', 1763000000000 FROM unit u",
        "INSERT INTO call_request (task_id, unit_id, came_ms) SELECT MIN(t.id), MIN(t.unit_id),"
        " 1763000000000 FROM task t WHERE true ON CONFLICT DO NOTHING",
        "INSERT INTO call_reminder (id, unit_id, task_id, at_ms) SELECT 7, u.id,"
        " (SELECT MIN(r.task_id) FROM call_request r), 1763000000000 FROM unit u",
        "INSERT INTO client_merge (id, unit_id, kept_id, closed_id, closed_active, merged_ms, "
        "undone_ms)"
        " SELECT 7, c.unit_id, :client, MIN(c.id), 1, 1763000000000, 1763000000000 FROM client c"
        " WHERE c.id <> :client",
        "INSERT INTO client_merge_row VALUES (7, 'visit', 'moved', 7, '')",
        "INSERT INTO client_merge_field VALUES (7, 'phone', '-', '-')",
        "INSERT INTO client_former SELECT 7, u.id, :client, 7, 'name', '-' FROM unit u",
        "INSERT INTO client_apart SELECT :client, MAX(c.id), 1763000000000, NULL FROM client c",
        "INSERT INTO draft SELECT MIN(s.id), 'client', :client, '-', 1763000000000 FROM staff s",
        "INSERT INTO draft SELECT MIN(s.id), 'cancellation', (SELECT MIN(v.id) FROM visit v"
        " WHERE v.client_id = :client), '-', 1763000000000 FROM staff s"
        " WHERE true ON CONFLICT DO NOTHING",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(over); i++) {
        g_autofree char *sql = for_client(over[i], client);
        do_raw(handle, sql);
    }
    return client;
}

/* "gallra:visit.words:…" of the client's rows, "andra:…" of everybody else's, long enough to lie on
 * pages of their own as well. */
static void mark_all(sqlite3 *handle, gint64 client)
{
    gsize count = 0;
    const ClientTable *tables = client_tables(&count);
    for (gsize i = 0; i < G_N_ELEMENTS(marked); i++) {
        g_auto(GStrv) columns = g_strsplit(marked[i][1], " ", -1);
        const ClientTable *table = NULL;
        for (gsize j = 0; j < count; j++)
            if (g_str_equal(tables[j].name, marked[i][0]))
                table = &tables[j];
        assert_non_null(table);
        g_autofree char *whose = for_client(table->whose, client);
        for (char **column = columns; *column != NULL; column++) {
            g_autofree char *sql = g_strdup_printf(
                "UPDATE %s SET %s = CASE WHEN %s THEN 'gallra:' ELSE 'andra:' END || '%s.%s:'"
                " || hex(randomblob(8)) || CASE WHEN %s"
                " THEN replace(hex(zeroblob(1500)), '0', 'gallra:') ELSE '' END",
                marked[i][0], *column, whose, marked[i][0], *column, whose);
            do_raw(handle, sql);
        }
    }
}

/* How often a text stands in the pages as they are decrypted, the free ones too. */
static int in_pages(sqlite3 *handle, const char *text)
{
    sqlite3_int64 size = 0;
    unsigned char *pages = sqlite3_serialize(handle, "main", &size, 0);
    const gsize length = strlen(text);
    int found = 0;
    assert_non_null(pages);
    for (unsigned char *at = pages;
         (at = memmem(at, (gsize)(pages + size - at), text, length)) != NULL; at += length)
        found++;
    sqlite3_free(pages);
    return found;
}

static void nothing_of_a_person_is_left(void **state)
{
    Fixture *unit = *state;
    gsize count = 0;
    const ClientTable *tables = client_tables(&count);
    fixture_copy(UNIT ".db", unit->database);
    fixture_copy(UNIT ".keys", unit->keys);
    retention_clock("2026-12-05T10:00");
    session_close(sign_in(unit, "eva")); /* brought up to date */
    sqlite3 *handle = open_raw(unit);
    const gint64 client = lay_everywhere(handle);
    mark_all(handle, client);
    do_raw(handle, "UPDATE client SET protection = 'none'");
    const int others = in_pages(handle, "andra:");
    assert_true(in_pages(handle, "gallra:client.address:") > 0);
    assert_true(others > 50);
    assert_true(in_pages(handle, "20000831-2399") > 0);
    sqlite3_close(handle);

    retention_clock("2035-03-01T10:00");
    unit->session = sign_in(unit, "eva");
    assert_ok(retention_municipality_set(unit->session, "0126", &error));
    propose(unit->session);
    handle = open_raw(unit);
    for (gsize i = 0; i < count; i++) {
        g_autofree char *whose = for_client(tables[i].whose, client);
        g_autofree char *sql =
            g_strdup_printf("SELECT COUNT(*) FROM %s WHERE %s", tables[i].name, whose);
        if (count_raw(handle, sql) == 0)
            fail_msg("%s has no row of the client", tables[i].name);
    }
    sqlite3_close(handle);
    session_close(g_steal_pointer(&unit->session));
    unit->session = sign_in(unit, "hand");
    confirm(unit->session);
    /* Nobody but the one. */
    assert_ok(db_run(session_db(unit->session),
                     "UPDATE retention_row SET confirmed_by = NULL WHERE client_id <> :client",
                     DB_PARAMS(DB_INT("client", client)), &error));
    assert_int_equal(run(unit->session).deleted, 1);
    session_close(g_steal_pointer(&unit->session));

    handle = open_raw(unit);
    for (gsize i = 0; i < count; i++) {
        g_autofree char *whose = for_client(tables[i].whose, client);
        g_autofree char *sql =
            g_strdup_printf("SELECT COUNT(*) FROM %s WHERE %s%s", tables[i].name, whose,
                            g_str_equal(tables[i].name, "audit") ? " AND changes IS NOT NULL" : "");
        if (count_raw(handle, sql) != 0)
            fail_msg("%s has rows of the client", tables[i].name);
    }
    assert_int_equal(in_pages(handle, "gallra:"), 0);
    assert_int_equal(in_pages(handle, "20000831-2399"), 0);
    assert_int_equal(in_pages(handle, "Essén"), 0);
    assert_int_equal(in_pages(handle, "andra:"), others);
    sqlite3_close(handle);
    /* Nor does the journal hold anything. */
    g_autofree char *journal = g_strconcat(unit->database, "-journal", NULL);
    GStatBuf status;
    if (g_stat(journal, &status) == 0)
        assert_int_equal(status.st_size, 0);
}

/* A card that was merged into another goes with it, and is neither proposed nor deleted by itself.
 */
static void a_merged_card_goes_with_the_one_it_became(void **state)
{
    const Gallring *unit = *state;
    gint64 merge = 0;
    live(unit);
    assert_ok(client_merge(unit->officer, unit->due, unit->other, 0, &merge, &error));
    propose_in_2032(unit, unit->officer);
    assert_proposal(unit->officer, "due 2, confirmed 0, kept 1, open 0, closed 0");
    assert_ok(db_run(session_db(unit->lead), "DELETE FROM retention_row WHERE client_id <> :client",
                     DB_PARAMS(DB_INT("client", unit->due)), &error));
    assert_int_equal(confirm(unit->lead), 1);
    assert_int_equal(run(unit->officer).deleted, 1);
    assert_int_equal(of(unit, "SELECT COUNT(*) FROM client WHERE id = :client", unit->due), 0);
    assert_int_equal(of(unit, "SELECT COUNT(*) FROM client WHERE id = :client", unit->other), 0);
    assert_int_equal(fixture_int(unit->lead, "SELECT COUNT(*) FROM client_merge"), 0);
    assert_int_equal(fixture_int(unit->lead, "SELECT COUNT(*) FROM client_merge_field"), 0);
    assert_int_equal(fixture_int(unit->lead, "SELECT COUNT(*) FROM client_former"), 0);
    assert_int_equal(
        fixture_int(unit->lead, "SELECT COUNT(*) FROM audit WHERE changes LIKE '%Yusuf%'"), 0);
    assert_whole(unit->lead);
}

/* Who was confirmed before the cards became one is looked at anew. */
static void whoever_was_confirmed_and_merged_since_stays(void **state)
{
    const Gallring *unit = *state;
    gint64 merge = 0;
    confirmed_in_2032(unit);
    assert_ok(client_merge(unit->officer, unit->due, unit->other, 0, &merge, &error));
    const RetentionResult result = run(unit->officer);
    assert_int_equal(result.deleted, 0);
    assert_int_equal(result.changed, 2);
    assert_ok(client_merge_undo(unit->officer, merge, NULL, &error));
    assert_whole(unit->lead);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        RETENTION_TEST(those_who_are_confirmed_are_gone),
        RETENTION_TEST(what_was_noted_since_saves_a_client),
        RETENTION_TEST(what_is_broken_off_is_gone_on_with),
        RETENTION_TEST(the_log_has_neither_name_nor_number),
        RETENTION_TEST(forged_weedings_show),
        RETENTION_TEST(a_text_put_back_shows),
        RETENTION_TEST(copies_that_hold_them_still_are_named),
        RETENTION_TEST(papers_about_them_are_counted),
        RETENTION_TEST(a_merged_card_goes_with_the_one_it_became),
        RETENTION_TEST(whoever_was_confirmed_and_merged_since_stays),
        FIXTURE_TEST_EMPTY(nothing_of_a_person_is_left),
    };
    return cmocka_run_group_tests_name("retention delete", tests, NULL, NULL);
}
