/* A table without its indexes while many rows come: they are there again afterwards, or after a
 * rollback. */
#include "tests/unit/db/fixture.h"

#define SCHEMA                                                                                     \
    "SELECT group_concat(name || sql, ';') FROM"                                                   \
    " (SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY "     \
    "name)"

static char *schema(Db *db)
{
    char *text = NULL;
    assert_ok(db_get_text(db, SCHEMA, NULL, &text, &error));
    return text;
}

static Db *open_whole(const Fixture *f)
{
    g_autoptr(GError) error = NULL;
    Db *db = db_open(f->path, f->key, DB_CREATE, &error);
    assert_non_null(db);
    return db;
}

static void all_but_one_go_and_come_back(void **state)
{
    g_autoptr(Db) db = open_whole(*state);
    g_autofree char *before = schema(db);
    g_autoptr(DbIndexes) indexes = NULL;

    assert_non_null(strstr(before, "visit_of_staff"));
    assert_ok(db_begin(db, &error));
    assert_ok((indexes = db_indexes_take_away(db, "visit", "visit_of_client", &error)));
    g_autofree char *between = schema(db);
    assert_null(strstr(between, "visit_of_staff"));
    assert_non_null(strstr(between, "visit_of_client"));
    assert_non_null(strstr(between, "task_of_visit"));
    assert_ok(db_indexes_lay_again(indexes, &error));
    assert_ok(db_commit(db, &error));
    g_autofree char *after = schema(db);
    assert_string_equal(after, before);
}

static void a_rollback_brings_them_back(void **state)
{
    g_autoptr(Db) db = open_whole(*state);
    g_autofree char *before = schema(db);
    g_autoptr(DbIndexes) indexes = NULL;

    assert_ok(db_begin(db, &error));
    assert_ok((indexes = db_indexes_take_away(db, "visit", "visit_of_client", &error)));
    db_rollback(db);
    g_autofree char *after = schema(db);
    assert_string_equal(after, before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(all_but_one_go_and_come_back),
        T(a_rollback_brings_them_back),
    };
    if (!secret_init(NULL))
        return 1;
    return cmocka_run_group_tests_name("db/indexes", tests, NULL, NULL);
}
