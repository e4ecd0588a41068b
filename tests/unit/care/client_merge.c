/* client_merge.c: two cards made one lose nothing, and come apart again as they were. */
#include "care/client/client_merge.h"

#include "care/client/client_guard.h"
#include "care/client/client_named.h"
#include "care/client/client_tables.h"
#include "care/client/dispute.h"
#include "care/client/group.h"
#include "care/unit/standing.h"
#include "care/visit/series.h"
#include "db/sqlcipher/sqlcipher_private.h"
#include "care/client/client_doubles.h"
#include "tests/unit/care/fixture_client.h"
#include "tests/unit/care/fixture_response.h"
#include "tests/units/rows.h"

static sqlite3 *open_raw(Session *session)
{
    sqlite3 *handle = NULL;
    const Secret *key = vault_data_key(session_vault(session));
    assert_ok((handle = engine_open(db_path(session_db(session)), NULL, key, FALSE, &error)));
    return handle;
}

/* The log, what is counted anew, and what is kept of merging. */
static gboolean is_left_out(const char *line)
{
    static const char *const tables[] = {"audit",     "audit_weeded", "client_merge", "client_merge_row",
                                         "week_cell", "week_counted", "meta",         "id_counter",
                                         "client_merge_field"};
    for (gsize i = 0; i < G_N_ELEMENTS(tables); i++)
        if (g_str_has_prefix(line, tables[i]) && line[strlen(tables[i])] == '\t')
            return TRUE;
    return FALSE;
}

/* Every other row, without a card's version, which only ever grows. */
static GPtrArray *contents(Session *session)
{
    sqlite3 *handle = open_raw(session);
    g_autoptr(GRegex) version = g_regex_new("\tversion=[0-9]+", 0, 0, NULL);
    g_autoptr(GPtrArray) all = unit_rows(handle);
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < all->len; i++)
        if (!is_left_out(all->pdata[i]))
            g_ptr_array_add(lines, g_str_has_prefix(all->pdata[i], "client\t")
                                       ? g_regex_replace(version, all->pdata[i], -1, 0, "", 0, NULL)
                                       : g_strdup(all->pdata[i]));
    sqlite3_close(handle);
    return lines;
}

static void assert_same_contents(const GPtrArray *before, const GPtrArray *after)
{
    for (guint i = 0; i < MAX(before->len, after->len); i++) {
        const char *one = i < before->len ? before->pdata[i] : "-";
        const char *other = i < after->len ? after->pdata[i] : "-";
        if (!g_str_equal(one, other))
            fail_msg("%s\n%s", one, other);
    }
}

static gint64 of(const Visits *visits, const char *sql, gint64 client)
{
    return ask(visits, sql, client);
}

/* As many rows of each kind as chance has it, on both cards. */
static void fill(const Visits *visits, GRand *chance)
{
    const gint64 both[] = {visits->client, visits->other};
    for (int i = 0; i < 12; i++) {
        const gint64 client = both[g_rand_int_range(chance, 0, 2)];
        g_autofree char *day = g_strdup_printf("2026-11-%02d", g_rand_int_range(chance, 1, 29));
        g_autofree char *start = g_strdup_printf("%02d:00", 8 + i);
        g_autoptr(Visit) visit = planned_visit(visits, day, start);
        visit->client_id = client;
        assert_ok(visit_add(visits->session, visit, &error));
        if (g_rand_boolean(chance))
            record(visits, visit->id, came(g_rand_boolean(chance) ? OUTCOME_DONE : OUTCOME_NO_SHOW, NULL));
        g_autoptr(Task) task = task_new();
        task->client_id = client;
        task->due_date = date_parse("2026-12-01");
        if (g_rand_boolean(chance))
            assert_ok(task_add(visits->session, task, &error));
        g_autoptr(Dispute) dispute = dispute_new();
        dispute->client_id = client;
        dispute->about = DISPUTE_OTHER;
        dispute->entry = g_strdup("x");
        dispute->words = g_strdup("y");
        dispute->said_on = date_parse("2026-11-20");
        if (g_rand_boolean(chance))
            assert_ok(dispute_add(visits->session, dispute, &error));
    }
}

static const char *const COUNTED[] = {
    "SELECT COUNT(*) FROM visit WHERE client_id = :id",
    "SELECT COUNT(*) FROM task WHERE client_id = :id",
    "SELECT COUNT(*) FROM dispute WHERE client_id = :id",
};

static void merged_and_undone_is_as_before(void **state)
{
    fixture_wants_file();
    const Visits *visits = *state;
    g_autoptr(GRand) chance = g_rand_new_with_seed(47);
    for (int round = 0; round < 8; round++) {
        gint64 merge = 0, stayed = -1, wanted[G_N_ELEMENTS(COUNTED)];
        fill(visits, chance);
        g_autoptr(GPtrArray) before = contents(visits->session);
        for (gsize i = 0; i < G_N_ELEMENTS(COUNTED); i++)
            wanted[i] = of(visits, COUNTED[i], visits->client) + of(visits, COUNTED[i], visits->other);
        assert_ok(client_merge(visits->session, visits->client, visits->other,
                               (guint)g_rand_int_range(chance, 0, 1 << MERGE_FIELD_COUNT), &merge,
                               &error));
        for (gsize i = 0; i < G_N_ELEMENTS(COUNTED); i++) {
            assert_int_equal(of(visits, COUNTED[i], visits->client), wanted[i]);
            assert_int_equal(of(visits, COUNTED[i], visits->other), 0);
        }
        assert_counts_true(visits);
        assert_ok(client_merge_undo(visits->session, merge, &stayed, &error));
        assert_int_equal(stayed, 0);
        assert_counts_true(visits);
        g_autoptr(GPtrArray) after = contents(visits->session);
        assert_same_contents(before, after);
    }
}

/* Also the check, which holds each card against the log. */
static void assert_as_logged(const Visits *visits)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    assert_ok(standing_compare(visits->session, TRUE, faults, &error));
    if (faults->len > 0)
        fail_msg("%s", (const char *)faults->pdata[0]);
}

static void replace(char **text, const char *with)
{
    g_free(*text);
    *text = g_strdup(with);
}

static void the_card_is_as_the_log_has_it(void **state)
{
    const Visits *visits = *state;
    const gint64 both[] = {visits->client, visits->other};
    for (gsize i = 0; i < G_N_ELEMENTS(both); i++) {
        g_autoptr(Client) client = NULL;
        assert_ok((client = client_open(visits->session, both[i], &error)));
        replace(&client->phone, i == 0 ? "070-1740605" : "070-1740606");
        replace(&client->address, i == 0 ? "Gatan 1" : "Gatan 2");
        replace(&client->email, i == 0 ? "a@example.org" : "b@example.org");
        replace(&client->contact, i == 0 ? "Syster" : "Bror");
        replace(&client->language, i == 0 ? "fi" : "ar");
        client->case_officer_id = i == 0 ? 0 : session_staff_id(visits->session);
        assert_ok(client_change(visits->session, client, &error));
    }
    for (guint fields = 0; fields < 1 << MERGE_FIELD_COUNT;
         fields += fields == 0 ? 1 : fields + 3) {
        gint64 merge = 0;
        assert_as_logged(visits);
        assert_ok(
            client_merge(visits->session, visits->client, visits->other, fields, &merge, &error));
        assert_as_logged(visits);
        assert_ok(client_merge_undo(visits->session, merge, NULL, &error));
        assert_as_logged(visits);
    }
    gint64 merge = 0;
    assert_ok(client_merge(visits->session, visits->client, visits->other,
                           (1 << MERGE_FIELD_COUNT) - 1, &merge, &error));
    assert_as_logged(visits);
    assert_ok(client_merge_undo(visits->session, merge, NULL, &error));
    assert_as_logged(visits);
}

static void what_came_since_stays(void **state)
{
    const Visits *visits = *state;
    gint64 merge = 0, stayed = 0;
    plan(visits, "2026-11-24", "09:00");
    assert_ok(client_merge(visits->session, visits->other, visits->client, 0, &merge, &error));
    g_autoptr(Visit) later = planned_visit(visits, "2026-11-25", "09:00");
    later->client_id = visits->other;
    set_clock("2026-11-22T10:05");
    assert_ok(clock_init(&error));
    assert_ok(visit_add(visits->session, later, &error));
    assert_ok(client_merge_undo(visits->session, merge, &stayed, &error));
    assert_int_equal(stayed, 1);
    assert_int_equal(of(visits, COUNTED[0], visits->other), 1);
    assert_int_equal(of(visits, COUNTED[0], visits->client), 1);
    assert_fails(client_merge_undo(visits->session, merge, &stayed, &error), ERROR_CONFLICT);
}

/* What has been made on a row that was moved goes back with it. */
static void what_was_made_on_a_moved_row_goes_back_with_it(void **state)
{
    const Visits *visits = *state;
    gint64 merge = 0, stayed = -1;
    const gint64 visit = plan(visits, "2026-11-20", "09:00");
    assert_ok(client_merge(visits->session, visits->other, visits->client, 0, &merge, &error));
    set_clock("2026-11-22T10:05");
    assert_ok(clock_init(&error));
    record_with_time(visits, visit, came(OUTCOME_CANCELLED, "ork"), "2026-11-24", "09:00");
    assert_int_equal(of(visits, COUNTED[0], visits->other), 2);
    assert_ok(client_merge_undo(visits->session, merge, &stayed, &error));
    assert_int_equal(stayed, 0);
    assert_int_equal(of(visits, COUNTED[0], visits->client), 2);
    assert_int_equal(of(visits, COUNTED[1], visits->other), 0);
    assert_counts_true(visits);
}

/* The week's counts are those of before, though the first visit of two is now one. */
static void the_weeks_count_as_before(void **state)
{
    const Visits *visits = *state;
    gint64 merge = 0, group = 0;
    const Week week = week_of(date_parse("2026-11-17"));
    g_autoptr(Visit) visit = planned_visit(visits, "2026-11-18", "09:00");
    record(visits, plan(visits, "2026-11-17", "09:00"), came(OUTCOME_NO_SHOW, NULL));
    visit->client_id = visits->other;
    assert_ok(visit_add(visits->session, visit, &error));
    record(visits, visit->id, came(OUTCOME_DONE, NULL));
    assert_ok(group_add(visits->session, "Norr", &group, &error));
    assert_ok(group_member_add(visits->session, group, visits->client, date_parse("2026-11-01"),
                               date_parse("2026-11-17"), &error));
    assert_ok(group_member_add(visits->session, group, visits->other, date_parse("2026-11-10"),
                               DATE_NONE, &error));
    assert_counts_true(visits);
    const gint64 cells = ask(visits, "SELECT SUM(recorded * 1000 + missed) FROM week_cell WHERE week = :id", week);
    assert_ok(client_merge(visits->session, visits->client, visits->other, 0, &merge, &error));
    assert_counts_true(visits);
    assert_int_equal(ask(visits, "SELECT SUM(recorded * 1000 + missed) FROM week_cell WHERE week = :id", week), cells);
    assert_int_equal(ask(visits, "SELECT COUNT(*) FROM client_group_member WHERE client_id = :id"
                                 " AND from_on = '2026-11-01' AND to_on IS NULL",
                         visits->client),
                     1);
}

/* The stricter protection, and only those who might open both. */
static void whoever_might_open_one_alone_may_no_more(void **state)
{
    const Desk *desk = *state;
    const Visits *visits = &desk->visits;
    gint64 merge = 0;
    assert_true(client_may_open(desk->officer, visits->client));
    /* Nor does the support worker of the open one come to the protected one so. */
    assert_fails(client_merge(desk->lead, visits->client, visits->hidden, 0, &merge, &error),
                 ERROR_INPUT);
    assert_ok(client_merge(desk->lead, visits->client, visits->hidden,
                           MERGE_BIT(MERGE_SUPPORT_WORKER), &merge, &error));
    assert_false(client_may_open(desk->worker, visits->client));
    assert_false(client_may_open(desk->officer, visits->client));
    assert_true(client_may_open(desk->lead, visits->client));
    assert_ok(client_merge_undo(desk->lead, merge, NULL, &error));
    assert_true(client_may_open(desk->officer, visits->client));
    assert_false(client_may_open(desk->officer, visits->hidden));
    assert_fails(client_merge(desk->officer, visits->client, visits->hidden, 0, &merge, &error),
                 ERROR_DENIED);
    assert_fails(client_merge(desk->worker, visits->client, visits->other, 0, &merge, &error),
                 ERROR_DENIED);
    assert_fails(client_merge(desk->lead, visits->client, visits->client, 0, &merge, &error),
                 ERROR_INPUT);
}

static void assert_named(const Client *before, const Client *after)
{
    assert_string_equal(after->name, before->name);
    assert_int_equal(after->protection, before->protection);
    assert_int_equal(after->active, before->active);
}

/* Whoever may open the kept card undoes it, though the other one is closed to them again then. */
static void it_is_undone_by_whoever_may_not_open_the_other(void **state)
{
    const Desk *desk = *state;
    const Visits *visits = &desk->visits;
    gint64 merge = 0;
    g_autoptr(Client) before = NULL, after = NULL;
    g_autoptr(GPtrArray) merges = NULL;
    assert_ok((before = client_open(desk->lead, visits->hidden, &error)));
    g_autoptr(Visit) visit = planned_visit(visits, "2026-11-24", "09:00");
    visit->client_id = visits->hidden;
    assert_ok(visit_add(desk->lead, visit, &error));
    assert_ok(client_merge(desk->lead, visits->client, visits->hidden,
                           MERGE_BIT(MERGE_SUPPORT_WORKER), &merge, &error));
    assert_ok(client_name_staff(desk->lead, visits->client, session_staff_id(desk->officer), TRUE,
                                &error));
    assert_ok((merges = client_merges(desk->officer, visits->client, &error)));
    assert_int_equal(merges->len, 1);
    assert_ok(client_merge_undo(desk->officer, merge, NULL, &error));
    assert_false(client_may_open(desk->officer, visits->hidden));
    assert_true(client_may_open(desk->officer, visits->client));
    assert_int_equal(of(visits, "SELECT client_id FROM visit WHERE id = :id", visit->id), visits->hidden);
    assert_ok((after = client_open(desk->lead, visits->hidden, &error)));
    assert_named(before, after);
}

/* Whoever was named for the merging alone, and is assigned no more, may open the kept card no more then. */
static void it_is_undone_by_whoever_may_not_open_the_kept_one_then(void **state)
{
    const Desk *desk = *state;
    const Visits *visits = &desk->visits;
    gint64 merge = 0;
    g_autoptr(Client) kept = NULL, before = NULL, merged = NULL, after = NULL;
    assert_ok((kept = client_open(desk->lead, visits->client, &error)));
    kept->protection = PROTECTION_MARKED;
    kept->case_officer_id = session_staff_id(desk->lead);
    assert_ok(client_change(desk->lead, kept, &error));
    assert_ok((before = client_open(desk->lead, visits->hidden, &error)));
    assert_ok(client_merge(desk->lead, visits->client, visits->hidden,
                           MERGE_BIT(MERGE_CASE_OFFICER) | MERGE_BIT(MERGE_SUPPORT_WORKER), &merge,
                           &error));
    assert_ok((merged = client_open(desk->lead, visits->client, &error)));
    merged->case_officer_id = session_staff_id(desk->officer);
    assert_ok(client_change(desk->lead, merged, &error));
    assert_ok(client_merge_undo(desk->lead, merge, NULL, &error));
    assert_false(client_may_open(desk->lead, visits->client));
    assert_true(client_may_open(desk->officer, visits->client));
    assert_ok((after = client_open(desk->lead, visits->hidden, &error)));
    assert_named(before, after);
    assert_fails(client_merge_undo(desk->officer, merge, NULL, &error), ERROR_CONFLICT);
}

/* --- a unit with something in every table ------------------------------------------------------ */

#define UNIT "tests/data/units/0046"

static int unit_setup(void **state)
{
    Fixture *unit = g_new0(Fixture, 1);
    g_autofree char *passphrase = NULL;
    fixture_start(unit);
    g_unsetenv("DAGSFORM_NOW"); /* it was worked in later than the other tests stand */
    assert_ok(clock_init(&error));
    fixture_copy(UNIT ".db", unit->database);
    fixture_copy(UNIT ".keys", unit->keys);
    assert_true(g_file_get_contents("tests/data/units/passphrase", &passphrase, NULL, NULL));
    g_autoptr(Secret) secret = secret_from_text(g_strchomp(passphrase));
    const SessionOpening opening = {
        .database = unit->database, .login = "eva", .passphrase = secret};
    assert_ok((unit->session = session_open(&opening, &error)));
    *state = unit;
    return 0;
}

static GArray *all_clients(Session *session)
{
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(GPtrArray) rows = NULL;
    assert_ok((rows = client_list(session, NULL, FALSE, NULL, 100, &error)));
    for (guint i = 0; i < rows->len; i++) {
        const gint64 id = ((ClientRow *)rows->pdata[i])->id;
        if (client_may_open(session, id))
            g_array_append_val(ids, id);
    }
    assert_true(ids->len > 1);
    return ids;
}

/* What the unit has nothing of: what somebody has half typed, a reason, a kept card, a group. */
static void fill_the_rest(Session *session, const GArray *clients)
{
    for (guint i = 0; i < clients->len; i++) {
        const gint64 client = g_array_index(clients, gint64, i);
        static const char *const sql[] = {
            "INSERT INTO draft (staff_id, kind, ref_id, body, saved_ms) SELECT s.id, 'contact', :id,"
            " 'x', 1 FROM staff s WHERE s.id % 2 = :id % 2 ON CONFLICT DO NOTHING",
            "INSERT INTO draft (staff_id, kind, ref_id, body, saved_ms) SELECT s.id,"
            " 'dispute-card-phone', :id, 'x', 1 FROM staff s WHERE s.id > 0 ON CONFLICT DO NOTHING",
            "INSERT INTO client_reason (id, unit_id, client_id, staff_id, day, reason, given_ms)"
            " SELECT (:id % 1000) * 1000 + s.id % 1000, s.unit_id, :id, s.id, '2026-11-2' || (:id % 3),"
            " 'stand-in', 1 FROM staff s WHERE s.id > 0 ON CONFLICT DO NOTHING",
            "INSERT INTO retention_row (proposal_id, client_id, state, last_note, first_on, last_on,"
            " proposed_by, kept_by, kept_why) SELECT p.id, :id, 'due', '2020-01-01', '2025-01-02',"
            " '2026-12-31', p.made_by, p.made_by, 'x' FROM retention_proposal p WHERE :id % 2 = 0"
            " ON CONFLICT DO NOTHING",
            "INSERT INTO absence (id, unit_id, client_id, cause, from_on, to_on, created_ms,"
            " created_by) SELECT :id, u.id, :id, 'away-other', '2026-11-01', '2026-11-02', 1, 1"
            " FROM unit u WHERE u.id > 0 ON CONFLICT DO NOTHING",
            "INSERT INTO closing (id, unit_id, client_id, absence_id, reason, last_on, created_ms,"
            " created_by, reopened_on) SELECT :id, u.id, :id, :id, 'moved', '2026-10-31', 1, 1,"
            " '2026-11-03' FROM unit u WHERE u.id > 0 ON CONFLICT DO NOTHING",
            "INSERT INTO decision (id, unit_id, client_id, created_ms) SELECT :id + 100000, u.id, :id, 1"
            " FROM unit u WHERE u.id > 0 ON CONFLICT DO NOTHING",
            "INSERT INTO care_order (id, unit_id, client_id, decision_id, provider, ordered_on,"
            " created_ms, created_by) SELECT :id, u.id, :id, :id + 100000, 'x', '2026-11-20', 1, 1 FROM unit u"
            " WHERE u.id > 0 ON CONFLICT DO NOTHING",
            "INSERT INTO implementation (id, unit_id, client_id, decision_id, order_id, due_on,"
            " created_ms, created_by) SELECT :id, u.id, :id, :id + 100000, :id, '2026-12-04', 1, 1 FROM unit u"
            " WHERE u.id > 0 ON CONFLICT DO NOTHING",
            "INSERT INTO risk_note (id, unit_id, client_id, words, created_ms) SELECT :id, u.id, :id,"
            " 'x', 1 FROM unit u WHERE u.id > 0 ON CONFLICT DO NOTHING",
            "INSERT INTO away (node, unit_id, staff_id, database_id, since_ms, until_on, clients, state,"
            " state_ms) SELECT 7, s.unit_id, s.id, 'x', 1, '2026-12-01', 1, 'home', 1 FROM staff s"
            " WHERE s.id = (SELECT MIN(o.id) FROM staff o) AND :id > 0 ON CONFLICT DO NOTHING",
            "INSERT INTO away_proposal (id, unit_id, node, of_seq, client_id, staff_id, at_ms, name, body,"
            " why, created_ms) SELECT :id, a.unit_id, a.node, 1, :id, a.staff_id, 1, 'visit-record', 'x',"
            " 'changed', 1 FROM away a WHERE a.node = 7 ON CONFLICT DO NOTHING",
            "INSERT INTO client_group_member (group_id, client_id, from_on, to_on) SELECT g.id, :id,"
            " '2026-0' || (1 + :id % 3) || '-01', '2026-0' || (3 + :id % 3) || '-15'"
            " FROM client_group g WHERE g.id > 0 ON CONFLICT DO NOTHING",
        };
        for (gsize j = 0; j < G_N_ELEMENTS(sql); j++)
            assert_ok(db_run(session_db(session), sql[j], DB_PARAMS(DB_INT("id", client)), &error));
    }
}

static void note_moved(Session *session, GHashTable *moved)
{
    g_autoptr(DbStatement) rows = NULL;
    assert_ok((rows = db_query(session_db(session),
                               "SELECT DISTINCT table_name FROM client_merge_row", NULL, &error)));
    while (db_step(rows, NULL) == DB_STEP_ROW)
        g_hash_table_add(moved, g_strdup(db_text(rows, 0)));
}

/* Each client of it with each other one. */
static void every_row_of_a_unit_comes_back(void **state)
{
    const Fixture *unit = *state;
    Session *session = unit->session;
    g_autoptr(GRand) chance = g_rand_new_with_seed(11);
    g_autoptr(GHashTable) moved = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GArray) ids = all_clients(session);
    fill_the_rest(session, ids);
    g_autoptr(GPtrArray) before = contents(session);
    for (guint i = 0; i < ids->len; i++) {
        const gint64 kept = g_array_index(ids, gint64, i);
        const gint64 closed = g_array_index(ids, gint64, (i + 1) % ids->len);
        const gint64 third = g_array_index(ids, gint64, (i + 2) % ids->len);
        gint64 merge = 0, further = 0;
        assert_ok(client_merge(session, kept, closed,
                               (guint)g_rand_int_range(chance, 0, 1 << MERGE_FIELD_COUNT), &merge,
                               &error));
        if (third != kept)
            assert_ok(client_merge(session, third, kept,
                                   (guint)g_rand_int_range(chance, 0, 1 << MERGE_FIELD_COUNT),
                                   &further, &error));
        assert_int_equal(fixture_faults(session, NULL), 0);
        note_moved(session, moved);
        if (third != kept)
            assert_ok(client_merge_undo(session, further, NULL, &error));
        assert_ok(client_merge_undo(session, merge, NULL, &error));
        g_autoptr(GPtrArray) after = contents(session);
        assert_same_contents(before, after);
    }
    assert_int_equal(fixture_faults(session, NULL), 0);
    gsize count = 0;
    const ClientTable *tables = client_tables(&count);
    for (gsize i = 0; i < count; i++)
        if (tables[i].move != NULL && !g_hash_table_contains(moved, tables[i].name))
            fail_msg("no row of %s was moved", tables[i].name);
}

/* Two into each, the older one undone first where it can be. */
static void every_row_comes_back_in_either_order(void **state)
{
    const Fixture *unit = *state;
    Session *session = unit->session;
    g_autoptr(GRand) chance = g_rand_new_with_seed(12);
    g_autoptr(GArray) ids = all_clients(session);
    int alone = 0, refused = 0;
    fill_the_rest(session, ids);
    assert_ok(db_run(session_db(session), "DELETE FROM client_group_member WHERE client_id % 3 = 0",
                     NULL, &error));
    g_autoptr(GPtrArray) before = contents(session);
    for (guint i = 0; ids->len > 2 && i < ids->len; i++) {
        const gint64 kept = g_array_index(ids, gint64, i);
        gint64 merges[2] = {0};
        for (guint j = 0; j < G_N_ELEMENTS(merges); j++)
            assert_ok(client_merge(session, kept,
                                   g_array_index(ids, gint64, (i + 1 + j) % ids->len),
                                   MERGE_BIT(g_rand_int_range(chance, 0, MERGE_FIELD_COUNT)),
                                   &merges[j], &error));
        g_autoptr(GError) failed = NULL;
        const gboolean done = client_merge_undo(session, merges[0], NULL, &failed);
        assert_true(done || g_error_matches(failed, DAGSFORM_ERROR, ERROR_CONFLICT));
        assert_int_equal(fixture_faults(session, NULL), 0);
        assert_ok(client_merge_undo(session, merges[1], NULL, &error));
        if (!done)
            assert_ok(client_merge_undo(session, merges[0], NULL, &error));
        alone += done;
        refused += !done;
        g_autoptr(GPtrArray) after = contents(session);
        assert_same_contents(before, after);
    }
    assert_true(alone > 0 && refused > 0);
    print_message("%d undone before a later one, %d not\n", alone, refused);
}

/* --- what is seen of it ------------------------------------------------------------------------ */

static int found(Session *session, const char *search, gint64 wanted)
{
    g_autoptr(GPtrArray) rows = NULL;
    assert_ok((rows = client_list(session, search, FALSE, NULL, 10, &error)));
    for (guint i = 0; i < rows->len; i++)
        assert_int_equal(((ClientRow *)rows->pdata[i])->id, wanted);
    return (int)rows->len;
}

static void the_kept_card_is_found_by_what_the_other_was(void **state)
{
    Fixture *unit = *state;
    Session *session = unit->session;
    gint64 merge = 0, id = 0, count = 0, stands = 0;
    const gint64 kept = add(session, "Anna Berg", NUMBER_WOMAN, "B1");
    const gint64 closed = add(session, "Anna Lind", NUMBER_OTHER, "B2");
    assert_ok(client_merge(session, kept, closed, MERGE_BIT(MERGE_ID_NUMBER), &merge, &error));
    assert_int_equal(found(session, "lind", kept), 1);
    assert_int_equal(found(session, "l", kept), 1);
    assert_int_equal(found(session, "B2", kept), 1);
    assert_int_equal(found(session, NUMBER_WOMAN, kept), 1);
    assert_int_equal(found(session, NUMBER_OTHER, kept), 1);
    assert_int_equal(found(session, NULL, kept), 1);
    assert_ok(client_count(session, NULL, FALSE, &count, &error));
    assert_int_equal(count, 1);
    assert_ok(client_find(session, NUMBER_WOMAN, NULL, &id, &error));
    assert_int_equal(id, kept);
    assert_ok(client_find(session, NULL, "B2", &id, &error));
    assert_int_equal(id, kept);
    assert_ok(client_stands(session, closed, &stands, &error));
    assert_int_equal(stands, kept);
    assert_fails(client_open(session, closed, &error), ERROR_NOT_FOUND);
    /* Nobody else gets what the person had. */
    g_autoptr(Client) other = client_new();
    other->name = g_strdup("Carl Berg");
    other->number = g_strdup("B2");
    assert_fails(client_add(session, other, &error), ERROR_EXISTS);
    other->number[1] = '3';
    other->id_number = g_strdup(NUMBER_WOMAN);
    assert_fails(client_add(session, other, &error), ERROR_EXISTS);
    assert_ok(client_merge_undo(session, merge, NULL, &error));
    assert_int_equal(found(session, "lind", closed), 1);
    assert_int_equal(found(session, NUMBER_WOMAN, kept), 1);
    assert_int_equal(found(session, NUMBER_OTHER, closed), 1);
}

static void a_merge_is_one_entry_in_the_log_of_the_kept_card(void **state)
{
    Fixture *unit = *state;
    Session *session = unit->session;
    gint64 merge = 0;
    const gint64 kept = add(session, "Anna Berg", NUMBER_WOMAN, "B1");
    const gint64 closed = add(session, "Anna Lind", NULL, "B2");
    g_autoptr(Client) card = NULL;
    assert_ok((card = client_open(session, closed, &error)));
    const gint64 before = fixture_int(session, "SELECT MAX(seq) FROM audit");
    assert_ok(client_merge(session, kept, closed, MERGE_BIT(MERGE_NAME), &merge, &error));
    assert_int_equal(fixture_int(session, "SELECT MAX(seq) FROM audit"), before + 1);
    g_autoptr(GPtrArray) events = NULL;
    assert_ok((events = client_history(session, kept, 10, &error)));
    assert_int_equal(events->len, 4); /* two cards added, one opened */
    assert_string_equal(((ClientEvent *)events->pdata[0])->action,
                        "merged another card of the same person into this one");
    assert_ok(client_merge_undo(session, merge, NULL, &error));
    assert_int_equal(fixture_int(session, "SELECT MAX(seq) FROM audit"), before + 2);
    /* Whoever had the card open is told who has changed it. */
    g_autoptr(Client) stale = client_new();
    stale->id = closed;
    stale->version = card->version;
    stale->name = g_strdup("Anna Lindh");
    assert_fails(client_change(session, stale, &error), ERROR_CONFLICT);
}

static gint64 ask_stands(Session *session, gint64 client)
{
    gint64 stands = 0;
    assert_ok(client_stands(session, client, &stands, &error));
    return stands;
}

/* Two at once: the second finds the card closed. */
static void two_who_merge_do_it_once(void **state)
{
    Fixture *unit = *state;
    gint64 merge = 0, second = 0;
    const gint64 one = add(unit->session, "Anna Berg", NUMBER_WOMAN, "B1");
    const gint64 other = add(unit->session, "Anna Lind", NULL, "B2");
    const gint64 third = add(unit->session, "Anna Lund", NULL, "B3");
    g_autoptr(Session) colleague = fixture_open(unit, "led");
    assert_ok(client_merge(unit->session, one, other, 0, &merge, &error));
    assert_fails(client_merge(colleague, other, one, 0, &second, &error), ERROR_NOT_FOUND);
    assert_fails(client_merge(colleague, third, other, 0, &second, &error), ERROR_NOT_FOUND);
    assert_ok(client_merge(colleague, one, third, MERGE_BIT(MERGE_NUMBER), &second, &error));
    assert_ok(client_merge_undo(colleague, second, NULL, &error));
    assert_ok(client_merge_undo(colleague, merge, NULL, &error));
    assert_fails(client_merge_undo(unit->session, merge, NULL, &error), ERROR_CONFLICT);
}

/* An earlier one can be undone before a later one, unless both changed the same. */
static void an_older_one_is_undone_by_itself(void **state)
{
    Fixture *unit = *state;
    gint64 older = 0, later = 0;
    const gint64 one = add(unit->session, "Anna Berg", NUMBER_WOMAN, "B1");
    const gint64 other = add(unit->session, "Anna Lind", NULL, "B2");
    const gint64 third = add(unit->session, "Anna Lund", NULL, "B3");
    assert_ok(client_merge(unit->session, one, other, MERGE_BIT(MERGE_NAME), &older, &error));
    assert_ok(client_merge(unit->session, one, third, MERGE_BIT(MERGE_NUMBER), &later, &error));
    assert_ok(client_merge_undo(unit->session, older, NULL, &error));
    g_autoptr(Client) card = NULL;
    assert_ok((card = client_open(unit->session, one, &error)));
    assert_string_equal(card->name, "Anna Berg");
    assert_string_equal(card->number, "B3");
    assert_int_equal(ask_stands(unit->session, other), other);
    assert_int_equal(ask_stands(unit->session, third), one);
    assert_ok(client_merge_undo(unit->session, later, NULL, &error));
    assert_ok(client_merge(unit->session, one, other, MERGE_BIT(MERGE_NAME), &older, &error));
    assert_ok(client_merge(unit->session, one, third, MERGE_BIT(MERGE_NAME), &later, &error));
    assert_fails(client_merge_undo(unit->session, older, NULL, &error), ERROR_CONFLICT);
    assert_ok(client_merge_undo(unit->session, later, NULL, &error));
    assert_ok(client_merge_undo(unit->session, older, NULL, &error));
}

/* A number that the kept card was given by hand is the other card's. */
static void what_contradicts_it_is_told(void **state)
{
    Fixture *unit = *state;
    Session *session = unit->session;
    gint64 merge = 0;
    const gint64 kept = add(session, "Anna Berg", NULL, NULL);
    const gint64 closed = add(session, "Anna Lind", NUMBER_OTHER, "B2");
    assert_ok(client_merge(session, kept, closed, 0, &merge, &error));
    g_autoptr(Client) card = NULL;
    assert_ok((card = client_open(session, kept, &error)));
    card->number = g_strdup("B2");
    assert_ok(client_change(session, card, &error));
    assert_fails(client_merge_undo(session, merge, NULL, &error), ERROR_CONFLICT);
    g_clear_pointer(&card->number, g_free);
    assert_ok(client_change(session, card, &error));
    assert_ok(client_merge_undo(session, merge, NULL, &error));
}

/* --- who may have two -------------------------------------------------------------------------- */

static guint doubles(Session *session)
{
    g_autoptr(GPtrArray) all = NULL;
    g_autofree char *waits = client_doubles_wait(session);
    assert_ok((all = client_doubles(session, &error)));
    assert_true((waits != NULL) == (all->len > 0));
    return all->len;
}

static void doubles_are_found_and_told_apart(void **state)
{
    Fixture *unit = *state;
    Session *session = unit->session;
    const gint64 one = add(session, "Anna Berg", NUMBER_WOMAN, NULL);
    assert_int_equal(doubles(session), 0);
    const gint64 other = add(session, "Nora Falk", NULL, "9909142383");
    assert_int_equal(doubles(session), 1);
    assert_ok(client_say_apart(session, other, one, &error));
    assert_int_equal(doubles(session), 0);
    g_autoptr(Client) alike = client_new();
    alike->name = g_strdup("Anna Berg");
    alike->birth_date = date_parse("1999-09-14");
    assert_ok(client_add(session, alike, &error));
    g_autoptr(GPtrArray) all = NULL;
    assert_ok((all = client_doubles(session, &error)));
    assert_int_equal(all->len, 1);
    const Doubles *pair = all->pdata[0];
    assert_int_equal(pair->row[0]->id, one);
    assert_int_equal(pair->row[1]->id, alike->id);
    assert_int_equal(pair->why, DOUBLE_NAME);
    gint64 merge = 0;
    assert_ok(client_merge(session, one, alike->id, 0, &merge, &error));
    assert_int_equal(doubles(session), 0);
    /* Who had a samordningsnummer, until now. */
    const gint64 before = add(session, "Ali Berg Noor", NUMBER_OTHER, NULL);
    g_autoptr(Client) now = client_new();
    now->name = g_strdup("Noor, Ali");
    now->birth_date = date_parse("1999-02-27");
    assert_ok(client_add(session, now, &error));
    assert_int_equal(doubles(session), 0);
    for (int i = 0; i < 2; i++)
        assert_ok(db_run(session_db(session),
                         i == 0 ? "UPDATE client SET id_kind = 'samordningsnummer' WHERE id = :id"
                                : "UPDATE client SET id_kind = 'personnummer' WHERE id = :id",
                         DB_PARAMS(DB_INT("id", i == 0 ? before : now->id)), &error));
    fixture_cards_changed(session);
    assert_int_equal(doubles(session), 1);
    assert_ok(db_run(session_db(session), "UPDATE client SET name = :name WHERE id = :id",
                     DB_PARAMS(DB_INT("id", now->id), DB_TEXT("name", "Bo Ek")), &error));
    fixture_cards_changed(session);
    assert_int_equal(doubles(session), 0); /* many are born on a day */
}

/* Of somebody protected only those learn who may open both. */
static void a_protected_double_is_not_given_away(void **state)
{
    const Desk *desk = *state;
    /* Whoever makes the second card is told nothing; whoever may open both has it to do at once. */
    assert_int_equal(doubles(desk->lead), 0);
    assert_true(add_client(desk->officer, "Siv Skyddad", PROTECTION_NONE) != 0);
    assert_int_equal(doubles(desk->officer), 0);
    assert_int_equal(doubles(desk->lead), 1);
    g_autofree char *lead_waits = client_doubles_wait(desk->lead);
    g_autofree char *officer_waits = client_doubles_wait(desk->officer);
    g_autofree char *worker_waits = client_doubles_wait(desk->worker);
    assert_non_null(lead_waits);
    assert_null(officer_waits);
    assert_null(worker_waits);
    assert_fails(client_doubles(desk->worker, &error), ERROR_DENIED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(merged_and_undone_is_as_before),
        VISIT_TEST(the_card_is_as_the_log_has_it),
        VISIT_TEST(what_came_since_stays),
        VISIT_TEST(what_was_made_on_a_moved_row_goes_back_with_it),
        VISIT_TEST(the_weeks_count_as_before),
        DESK_TEST(whoever_might_open_one_alone_may_no_more),
        DESK_TEST(it_is_undone_by_whoever_may_not_open_the_other),
        DESK_TEST(it_is_undone_by_whoever_may_not_open_the_kept_one_then),
        cmocka_unit_test_setup_teardown(every_row_of_a_unit_comes_back, unit_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(every_row_comes_back_in_either_order, unit_setup,
                                        fixture_teardown),
        UNIT_TEST(the_kept_card_is_found_by_what_the_other_was),
        UNIT_TEST(a_merge_is_one_entry_in_the_log_of_the_kept_card),
        UNIT_TEST(two_who_merge_do_it_once),
        UNIT_TEST(an_older_one_is_undone_by_itself),
        UNIT_TEST(what_contradicts_it_is_told),
        UNIT_TEST(doubles_are_found_and_told_apart),
        DESK_TEST(a_protected_double_is_not_given_away),
    };
    return cmocka_run_group_tests_name("care/client_merge", tests, NULL, NULL);
}
