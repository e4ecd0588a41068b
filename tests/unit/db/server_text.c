/* server_statement.c: a statement in the server's words, without a server. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/server/server_private.h"

static void names_become_numbers(void **state)
{
    static const struct {
        const char *sql, *numbered, *names;
    } cases[] = {
        {"SELECT 1", "SELECT 1", ""},
        {"SELECT a FROM t WHERE b = :b AND c = :c_2", "SELECT a FROM t WHERE b = $1 AND c = $2",
         "b c_2"},
        {"SELECT :b, :c, :b", "SELECT $1, $2, $1", "b c"},
        {"SELECT ':b', \":c\", :d -- :e\n, :f /* :g */",
         "SELECT ':b', \":c\", $1 -- :e\n, $2 /* :g */", "d f"},
        {"SELECT 'it''s :b', :c", "SELECT 'it''s :b', $1", "c"},
        {"SELECT :a/*server: UNION SELECT :b*/ LIMIT :a", "SELECT $1 UNION SELECT $2 LIMIT $1", "a b"},
        {"SELECT '/*server:' /*server :a*/", "SELECT '/*server:' /*server :a*/", ""},
        {"SELECT 1 /*server: 2", "SELECT 1  2", ""},
    };

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(GStrv) names = NULL;
        int count = -1;
        g_autofree char *text = server_numbered(cases[i].sql, &names, &count);
        g_autofree char *all = g_strjoinv(" ", names);
        assert_string_equal(text, cases[i].numbered);
        assert_string_equal(all, cases[i].names);
        assert_int_equal(count, g_strv_length(names));
    }
}

static void what_writes_is_known(void **state)
{
    static const char *const reads[] = {"SELECT 1",
                                        "  select 1",
                                        "(SELECT 1) UNION SELECT 2",
                                        "WITH a AS (SELECT 1) SELECT * FROM a",
                                        "VALUES (1)",
                                        "EXPLAIN SELECT 1"};
    static const char *const writes[] = {"INSERT INTO a VALUES (1)",
                                         "UPDATE a SET b = 1",
                                         "DELETE FROM a",
                                         "DROP TABLE a",
                                         "WITH a AS (SELECT 1) INSERT INTO b SELECT * FROM a",
                                         "SELECTED"};

    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(reads); i++)
        assert_false(server_writes(reads[i]));
    for (gsize i = 0; i < G_N_ELEMENTS(writes); i++)
        assert_true(server_writes(writes[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_become_numbers),
        cmocka_unit_test(what_writes_is_known),
    };

    return cmocka_run_group_tests_name("db/server_text", tests, NULL, NULL);
}
