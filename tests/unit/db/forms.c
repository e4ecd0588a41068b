/* forms.c: what the steps of the schema make of forms answered before them. */
#include "tests/unit/db/fixture.h"

/* The house as it was at version `number`. */
static Db *open_at(const Fixture *f, int number)
{
    gsize count, taken = 0;
    const Migration *list = migrate_embedded(&count);
    while (taken < count && list[taken].number <= number)
        taken++;
    DbOptions options = {.migrations = list, .migration_count = taken};
    Db *db = NULL;
    assert_ok(db = db_open_with(f->path, f->key, DB_CREATE, &options, &error));
    return db;
}

static void run(Db *db, const char *sql)
{
    assert_ok(engine_exec(db->handle, db->path, sql, &error));
}

static void add_unit(Db *db)
{
    run(db, "INSERT INTO unit (id, name, created_ms) VALUES (1, 'Enheten', 1);"
            "INSERT INTO staff (id, unit_id, login, name, code, role, created_ms)"
            " VALUES (2, 1, 'eva', 'Eva', 'E', 'team-lead', 1);"
            "INSERT INTO form_version (hash, name, version, body, first_seen_ms)"
            " VALUES ('h', 'aktualisering', '1', 'x', 1)");
}

static void add_response(Db *db, int id, const char *answers)
{
    g_autofree char *sql = g_strdup_printf(
        "INSERT INTO response (id, unit_id, staff_id, form, form_hash, title, begun_ms,"
        " continued_ms) VALUES (%d, 1, 2, 'aktualisering', 'h', 'Aktualisering', 1, 1);"
        "INSERT INTO answer (response_id, item, instance, kind, value, saved_ms)"
        " SELECT %d, item, '', kind, value, 1 FROM (%s)",
        id, id, answers);
    run(db, sql);
}

/* A6: an intake that was closed stays closed, and one whose question a unit had renamed is closed.
 */
static void a6_protected_intakes_are_closed(void **state)
{
    Fixture *f = *state;
    static const struct {
        const char *answers;
        int wanted;
    } cases[] = {
        {"SELECT 'namn' item, 'value' kind, 'Anna' value", 0},
        {"SELECT 'skydd-slag' item, 'value' kind, 'none' value", 0},
        {"SELECT 'skydd-slag' item, 'unknown' kind, NULL value", 0},
        {"SELECT 'skydd-slag' item, 'value' kind, 'marked' value", 1},
        {"SELECT 'skydd-slag' item, 'value' kind, 'eget' value", 1},
        {"SELECT 'sekretess' item, 'value' kind, 'population' value", 1},
        {"SELECT 'sekretess' item, 'value' kind, 'fictitious' value", 1},
    };
    Db *before = open_at(f, 2);
    add_unit(before);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        add_response(before, 10 + (int)i, cases[i].answers);
    db_close(before);
    g_autoptr(Db) db = NULL;
    assert_ok(db = db_open(f->path, f->key, 0, &error));
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *sql =
            g_strdup_printf("SELECT is_protected FROM response WHERE id = %d", 10 + (int)i);
        if (fixture_int(db, sql) != cases[i].wanted)
            fail_msg("%s", cases[i].answers);
    }
}

/* The case officer's completed follow-up of a placement at institution `id`, with one answer to
 * where it was; "" is no answer. Numbers from `id` * 10 + `nth`. */
static void add_follow_up(Db *db, int id, int nth, const char *where)
{
    g_autofree char *sql = g_strdup_printf(
        "INSERT INTO placement (id, unit_id, client_id, institution_id, started_on, created_ms)"
        " VALUES (%1$d, 1, 3, %2$d, '2026-01-01', 1);"
        "INSERT INTO response (id, unit_id, staff_id, placement_id, form, form_hash, title,"
        " begun_ms, continued_ms, completed_ms)"
        " VALUES (%1$d, 1, 2, %1$d, 'ubu-handlaggare', 'h', 'x', 1, 1, 1);"
        "INSERT INTO answer (response_id, item, kind, value, saved_ms)"
        " SELECT %1$d, 'boendeform', 'value', '%3$s', 1 WHERE '%3$s' <> '';"
        "INSERT INTO answer (response_id, item, kind, value, saved_ms)"
        " VALUES (%1$d, 'bor-nu', 'value', 'foster', 1)",
        id * 10 + nth, id, where);
    run(db, sql);
}

/* A15: a jourhem becomes a kind of its own, where it was always said to be one. */
static void a15_emergency_foster_homes_are_told_apart(void **state)
{
    Fixture *f = *state;
    static const struct {
        const char *before, *said[2], *wanted;
    } cases[] = {
        {"foster-home", {NULL, NULL}, "foster-home"},
        {"foster-home", {"", NULL}, "foster-home"},
        {"foster-home", {"foster", NULL}, "foster-home"},
        {"foster-home", {"emergency-foster", NULL}, "emergency-foster-home"},
        {"foster-home", {"emergency-foster", "emergency-foster"}, "emergency-foster-home"},
        {"foster-home", {"emergency-foster", "foster"}, "foster-home"},
        {"foster-home", {"", "emergency-foster"}, "emergency-foster-home"},
        {"hvb", {"emergency-foster", NULL}, "hvb"},
        {"supported-housing", {NULL, NULL}, "supported-housing"},
        {"training-flat", {NULL, NULL}, "training-flat"},
        {"sis", {NULL, NULL}, "sis"},
        {"other", {"emergency-foster", NULL}, "other"},
    };
    Db *before = open_at(f, 12);
    add_unit(before);
    run(before, "INSERT INTO client (id, unit_id, name, name_key, created_ms)"
                " VALUES (3, 1, 'Barn Ett', X'00', 1)");
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *sql =
            g_strdup_printf("INSERT INTO institution (id, unit_id, name, kind, active, created_ms)"
                            " VALUES (%zu, 1, 'Hem %zu', '%s', %zu, 7)",
                            10 + i, i, cases[i].before, i % 2);
        run(before, sql);
        for (gsize nth = 0; nth < 2 && cases[i].said[nth]; nth++)
            add_follow_up(before, 10 + (int)i, (int)nth, cases[i].said[nth]);
    }
    db_close(before);
    g_autoptr(Db) db = NULL;
    assert_ok(db = db_open(f->path, f->key, 0, &error));
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *sql =
            g_strdup_printf("SELECT count(*) FROM institution WHERE id = %zu AND unit_id = 1"
                            " AND name = 'Hem %zu' AND kind = '%s' AND active = %zu"
                            " AND created_ms = 7",
                            10 + i, i, cases[i].wanted, i % 2);
        if (fixture_int(db, sql) != 1)
            fail_msg("case %zu: %s", i, cases[i].before);
    }
    g_autoptr(GError) refused = NULL;
    assert_false(engine_exec(db->handle, db->path,
                             "UPDATE institution SET kind = 'foster-home or other' WHERE id = 10",
                             &refused));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a6_protected_intakes_are_closed),
        T(a15_emergency_foster_homes_are_told_apart),
    };

    if (!secret_init(NULL))
        return 1;
    return cmocka_run_group_tests_name("db/forms", tests, NULL, NULL);
}
