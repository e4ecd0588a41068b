/* laptop_slice.c: what goes along on a laptop, and what stays. */
#include "care/laptop/laptop_slice.h"

#include "care/client/client_named.h"
#include "care/client/risk_note.h"
#include "db/sqlcipher/sqlcipher_private.h"
#include "tests/unit/care/fixture_laptop.h"

static const SliceTable *find(const char *name)
{
    gsize count = 0;
    const SliceTable *tables = laptop_slice_tables(&count);
    for (gsize i = 0; i < count; i++)
        if (strcmp(tables[i].name, name) == 0)
            return &tables[i];
    return NULL;
}

static sqlite3 *open_schema(const Away *away)
{
    sqlite3 *handle = NULL;
    const Secret *key = vault_data_key(session_vault(away->visits.session));
    assert_ok((handle = engine_open(away->visits.unit.database, NULL, key, FALSE, &error)));
    return handle;
}

static const char *text(sqlite3_stmt *row, int column)
{
    return (const char *)sqlite3_column_text(row, column);
}

static sqlite3_stmt *ask_engine(sqlite3 *handle, const char *sql, const char *table)
{
    sqlite3_stmt *rows = NULL;
    assert_int_equal(sqlite3_prepare_v2(handle, sql, -1, &rows, NULL), SQLITE_OK);
    if (table != NULL)
        sqlite3_bind_text(rows, 1, table, -1, SQLITE_TRANSIENT);
    return rows;
}

/* The columns of a table as the list has them: "id:i client_id:i!client". */
static char *column_words(sqlite3 *handle, const char *table)
{
    GString *words = g_string_new(NULL);
    sqlite3_stmt *rows = ask_engine(handle,
                                    "SELECT p.name, p.type, p.\"notnull\" <> 0 OR p.pk <> 0,"
                                    " (SELECT f.\"table\" FROM pragma_foreign_key_list(?1) f"
                                    " WHERE f.\"from\" = p.name) FROM pragma_table_info(?1) p",
                                    table);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        const char *type = text(rows, 1), *to = text(rows, 3);
        g_string_append_printf(words, "%s%s:%s", words->len > 0 ? " " : "", text(rows, 0),
                               strcmp(type, "INTEGER") == 0 ? "i"
                               : strcmp(type, "TEXT") == 0  ? "t"
                                                            : "b");
        if (to != NULL)
            g_string_append_printf(words, "%s%s", sqlite3_column_int(rows, 2) != 0 ? "!" : ">", to);
    }
    sqlite3_finalize(rows);
    return g_string_free(words, FALSE);
}

static void every_table_of_the_schema_is_listed_with_every_column(void **state)
{
    fixture_wants_file();
    sqlite3 *handle = open_schema(*state);
    sqlite3_stmt *rows =
        ask_engine(handle, "SELECT name FROM sqlite_schema WHERE type = 'table'", NULL);
    gsize count = 0;
    guint found = 0;
    int missing = 0;
    for (; sqlite3_step(rows) == SQLITE_ROW; found++) {
        const SliceTable *table = find(text(rows, 0));
        g_autofree char *columns = column_words(handle, text(rows, 0));
        if (table == NULL || (table->columns == NULL) == (table->why_not == NULL) ||
            (table->columns != NULL && strcmp(table->columns, columns) != 0))
            print_error("%s: %s\n", text(rows, 0), columns), missing++;
    }
    sqlite3_finalize(rows);
    sqlite3_close(handle);
    laptop_slice_tables(&count);
    assert_int_equal(count, found);
    assert_int_equal(missing, 0);
}

static void what_is_pointed_at_stands_before(void **state)
{
    (void)state;
    gsize count = 0;
    const SliceTable *tables = laptop_slice_tables(&count);
    for (gsize i = 0; i < count; i++) {
        g_auto(GStrv) words =
            g_strsplit(tables[i].columns != NULL ? tables[i].columns : "", " ", -1);
        for (char **word = words; *word != NULL; word++) {
            const char *to = strpbrk(*word, "!>");
            const SliceTable *target = to != NULL ? find(to + 1) : NULL;
            if (target != NULL && target->columns != NULL && target > &tables[i])
                fail_msg("%s stands before %s", tables[i].name, target->name);
        }
    }
}

static gint64 count_of(Session *session, const char *sql)
{
    return fixture_int(session, sql);
}

static void the_own_clients_go_along_and_nobody_elses(void **state)
{
    Away *away = *state;
    Visits *visits = &away->visits;
    const gint64 near = plan(visits, "2026-11-30", "10:00");
    plan(visits, "2026-10-01", "10:00");
    plan(visits, "2027-01-15", "10:00");
    leave(away);
    assert_int_equal(count_of(away->laptop, "SELECT COUNT(*) FROM client"), 1);
    assert_int_equal(count_of(away->laptop, "SELECT id FROM client"), visits->client);
    assert_int_equal(count_of(away->laptop, "SELECT COUNT(*) FROM visit"), 1);
    assert_int_equal(count_of(away->laptop, "SELECT id FROM visit"), near);
    assert_int_equal(count_of(away->laptop, "SELECT COUNT(*) FROM staff"),
                     count_of(visits->session, "SELECT COUNT(*) FROM staff"));
    assert_int_equal(fixture_faults(away->laptop, NULL), 0);
}

static void nothing_of_it_points_nowhere_and_its_counts_are_true(void **state)
{
    Away *away = *state;
    Visits *visits = &away->visits;
    /* The new time lies past the four weeks, its own new time at home. */
    const gint64 missed = plan(visits, "2026-11-20", "10:00");
    record_with_time(visits, missed, came(OUTCOME_CANCELLED, "sjuk"), "2027-01-20", "10:00");
    const gint64 old = plan(visits, "2026-10-01", "10:00");
    record_with_time(visits, old, came(OUTCOME_NO_SHOW, "ork"), "2026-11-24", "10:00");
    leave(away);
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    assert_ok(db_check(session_db(away->laptop), faults, NULL, NULL, &error));
    assert_ok(meeting_verify(away->laptop, faults, &error));
    for (guint i = 0; i < faults->len; i++)
        print_error("%s\n", (const char *)faults->pdata[i]);
    assert_int_equal(faults->len, 0);
    assert_int_equal(count_of(away->laptop, "SELECT COUNT(*) FROM visit"), 4);
    assert_int_equal(count_of(away->laptop,
                              "SELECT COUNT(*) FROM visit v JOIN visit n ON n.id = v.new_visit_id"),
                     2);
}

static void what_is_about_them_goes_along(void **state)
{
    Away *away = *state;
    Visits *visits = &away->visits;
    g_autoptr(ContactNote) note = contact_note_new(visits->client);
    note->note = g_strdup("Ringde om å och ö");
    assert_ok(contact_note_add(visits->session, note, &error));
    g_autoptr(ContactNote) better = contact_note_new(visits->client);
    better->note = g_strdup("Ringde om ås");
    better->corrects_id = note->id;
    assert_ok(contact_note_add(visits->session, better, &error));
    for (int i = 0; i < 2; i++) {
        g_autoptr(Task) task = task_new();
        task->client_id = i == 0 ? visits->client : visits->other;
        task->due_date = date_parse("2026-11-25");
        assert_ok(task_add(visits->session, task, &error));
    }
    leave(away);
    assert_int_equal(count_of(away->laptop, "SELECT COUNT(*) FROM contact_note"), 2);
    assert_int_equal(count_of(away->laptop,
                              "SELECT COUNT(*) FROM contact_note o JOIN contact_note n"
                              " ON n.id = o.replaced_id WHERE n.note = 'Ringde om ås'"),
                     1);
    assert_int_equal(count_of(away->laptop, "SELECT COUNT(*) FROM task"), 1);
}

static void protected_identity_goes_along_by_name_alone(void **state)
{
    Away *away = *state;
    Visits *visits = &away->visits;
    assert_ok(client_name_staff(visits->session, visits->hidden, away->berit, TRUE, &error));
    leave(away);
    assert_int_equal(
        count_of(away->laptop, "SELECT COUNT(*) FROM client WHERE protection <> 'none'"), 0);
    g_autofree char *path = g_strconcat(away->path, ".2.db", NULL);
    g_autoptr(GArray) guarded = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_array_append_val(guarded, visits->hidden);
    g_autoptr(Laptop) laptop = NULL;
    assert_ok((laptop = try_to_take(away, path, guarded, &error)));
    assert_int_equal(laptop->clients, 2);
    /* Nobody's whose card is closed to one. */
    home_as(away, "carl");
    g_autofree char *third = g_strconcat(away->path, ".3.db", NULL);
    assert_fails(try_to_take(away, third, guarded, &error), ERROR_DENIED);
    assert_false(g_file_test(third, G_FILE_TEST_EXISTS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        AWAY_TEST(every_table_of_the_schema_is_listed_with_every_column),
        AWAY_TEST(what_is_pointed_at_stands_before),
        AWAY_TEST(the_own_clients_go_along_and_nobody_elses),
        AWAY_TEST(nothing_of_it_points_nowhere_and_its_counts_are_true),
        AWAY_TEST(what_is_about_them_goes_along),
        AWAY_TEST(protected_identity_goes_along_by_name_alone),
    };
    return cmocka_run_group_tests_name("laptop_slice", tests, NULL, NULL);
}
