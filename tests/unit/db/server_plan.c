/* server_plan.c: which parameters of a statement are sealed, read from its text alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "db/server/server_plan.h"
#include "db/server/server_private.h"

/* "PARAM>TABLE.COLUMN[KEY KEY]" of each that is sealed, with "!" behind one that is used elsewhere
 * too; NULL, with `error`, where it is refused. New. */
static char *plan_of(const char *sql, GError **error)
{
    g_auto(GStrv) names = NULL;
    int count = 0;
    SealedPlan plan = {0};
    GString *out = g_string_new(NULL);

    g_free(server_numbered(sql, &names, &count));
    const gboolean made = sealed_plan_make(sql, names, count, &plan, error);
    for (guint i = 0; i < plan.sealed->len; i++) {
        const SealedParam *one = &g_array_index(plan.sealed, SealedParam, i);
        g_string_append_printf(out, "%s%s>%s.%s[", i > 0 ? " " : "", names[one->param],
                               one->table->name, one->column);
        for (guint k = 0; k < sealed_key_count(one->table); k++)
            g_string_append_printf(out, "%s%s", k > 0 ? " " : "", names[one->keys[k]]);
        g_string_append(out, one->elsewhere ? "]!" : "]");
    }
    sealed_plan_clear(&plan);
    return g_string_free(out, !made);
}

typedef struct {
    const char *sql, *plan;
} Case;

static void are_planned(const Case *cases, gsize count)
{
    for (gsize i = 0; i < count; i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *plan = plan_of(cases[i].sql, &error);
        if (plan == NULL)
            fail_msg("%s: %s", cases[i].sql, error->message);
        assert_string_equal(plan, cases[i].plan);
    }
}

static void are_refused(const char *const *statements, gsize count)
{
    for (gsize i = 0; i < count; i++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *plan = plan_of(statements[i], &error);
        if (plan != NULL)
            fail_msg("%s: not refused, but %s", statements[i], plan);
        assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INTERNAL));
    }
}

/* ---- written ----------------------------------------------------------------------------------
 */

static void what_is_written_is_sealed_in_its_row(void **state)
{
    static const Case cases[] = {
        {"INSERT INTO client (id, name, active) VALUES (:id, :name, :active)",
         "name>client.name[id]"},
        {"INSERT INTO client (name, id) VALUES (:n, :i)", "n>client.name[i]"},
        {"INSERT INTO answer (response_id, item, instance, value) VALUES (:r, :item, :nth, :v)",
         "v>answer.value[r item nth]"},
        {"INSERT INTO staff (id, name) VALUES (:id, :name)", ""},
        {"INSERT INTO client (id, name) VALUES (:id, NULL)", ""},
        {"UPDATE client SET name = :name, active = :active WHERE id = :id AND unit_id = :unit",
         "name>client.name[id]"},
        {"UPDATE client SET active = 0 WHERE id = :id", ""},
        {"DELETE FROM client WHERE id = :id", ""},
    };

    (void)state;
    are_planned(cases, G_N_ELEMENTS(cases));
}

static void an_upsert_seals_both_times(void **state)
{
    static const Case cases[] = {
        {"INSERT INTO draft (staff_id, kind, body) VALUES (:staff, :kind, :body)"
         " ON CONFLICT (staff_id, kind) DO UPDATE SET body = :body",
         "body>draft.body[staff kind] body>draft.body[staff kind]"},
        {"INSERT INTO draft (staff_id, kind, body) VALUES (:staff, :kind, :body)"
         " ON CONFLICT (staff_id, kind) DO UPDATE SET body = excluded.body",
         "body>draft.body[staff kind]"},
    };

    (void)state;
    are_planned(cases, G_N_ELEMENTS(cases));
}

static void one_of_several_parameters_is_sealed_too(void **state)
{
    static const Case cases[] = {
        {"UPDATE visit SET note = COALESCE(:note, note), minutes = :minutes WHERE id = :id",
         "note>visit.note[id]"},
        {"UPDATE visit SET words = CASE WHEN outcome IS NULL THEN :words ELSE words END"
         " WHERE id = :id",
         "words>visit.words[id]"},
    };

    (void)state;
    are_planned(cases, G_N_ELEMENTS(cases));
}

static void a_parameter_used_elsewhere_is_marked(void **state)
{
    static const Case cases[] = {
        {"UPDATE visit SET words = :text, cause = :text WHERE id = :id", "text>visit.words[id]!"},
        {"UPDATE visit SET words = :text, note = :text WHERE id = :id",
         "text>visit.words[id]! text>visit.note[id]!"},
        {"UPDATE visit SET words = :text, cause = :cause WHERE id = :id", "text>visit.words[id]"},
    };

    (void)state;
    are_planned(cases, G_N_ELEMENTS(cases));
}

static void without_the_rows_key_it_is_refused(void **state)
{
    static const char *const refused[] = {
        "UPDATE client SET name = :name WHERE number IS NULL",
        "UPDATE client SET name = :name WHERE unit_id = :unit",
        "INSERT INTO client (name, unit_id) VALUES (:name, :unit)",
        "INSERT INTO answer (response_id, item, value) VALUES (:r, :item, :v)",
    };

    (void)state;
    are_refused(refused, G_N_ELEMENTS(refused));
}

static void what_is_copied_from_row_to_row_is_refused(void **state)
{
    static const char *const refused[] = {
        "INSERT INTO visit (id, words) SELECT :id, v.words FROM visit v WHERE v.id = :other",
        "INSERT INTO client (id, name) SELECT id, name FROM client",
    };
    static const Case cases[] = {
        {"INSERT INTO visit (id, words, date) SELECT :id, :words, date FROM visit WHERE id = "
         ":other",
         "words>visit.words[id]"},
        {"INSERT INTO visit (id, words) SELECT :id, NULL FROM series", ""},
    };

    (void)state;
    are_refused(refused, G_N_ELEMENTS(refused));
    are_planned(cases, G_N_ELEMENTS(cases));
}

/* ---- asked ------------------------------------------------------------------------------------
 */

static void what_a_server_cannot_do_is_refused(void **state)
{
    static const char *const refused[] = {
        "SELECT id FROM client WHERE name = :name",
        "SELECT id FROM client WHERE number = :number AND unit_id = :unit",
        "SELECT id FROM client WHERE name LIKE :begins",
        "SELECT id FROM client WHERE birth_date < :day",
        "SELECT id FROM client WHERE birth_date > :day",
        "SELECT id FROM client WHERE birth_date BETWEEN :a AND :b",
        "SELECT id FROM client WHERE :day < birth_date",
        "SELECT id FROM client WHERE number IN (:a, :b)",
        "SELECT id FROM client ORDER BY name",
        "SELECT COUNT(*) FROM client GROUP BY sex",
        "SELECT id FROM client WHERE \"name\" = :name",
        "SELECT id FROM client WHERE id = :id/*server: ORDER BY name*/",
        "SELECT COALESCE(name, :nobody) FROM client",
        "SELECT id, LENGTH(words) FROM visit",
        "SELECT name || :more FROM client",
        "SELECT v.id FROM visit v JOIN client c ON c.id = v.client_id WHERE c.name = :name",
        "SELECT v.id FROM visit v JOIN client c ON c.id = v.client_id ORDER BY c.name",
        "UPDATE client SET active = 0 WHERE name = :name",
        "UPDATE client SET name = :name WHERE id = :id AND phone IS DISTINCT FROM sex",
        "UPDATE client SET name = :name WHERE id = :id AND name IS NOT DISTINCT FROM phone",
    };

    (void)state;
    are_refused(refused, G_N_ELEMENTS(refused));
}

static void what_a_server_can_do_is_let_through(void **state)
{
    static const Case cases[] = {
        {"SELECT c.name, c.id FROM client c WHERE c.id = :id", ""},
        {"SELECT id FROM client WHERE name IS NULL OR phone IS NOT NULL", ""},
        {"SELECT id FROM visit WHERE words <> ''", ""},
        /* An alias stands for its table: the staff's names are not sealed, the clients' are. */
        {"SELECT s.id FROM staff s JOIN client c ON c.case_officer_id = s.id WHERE s.name = :name",
         ""},
        {"SELECT s.id FROM staff s JOIN client c ON c.case_officer_id = s.id ORDER BY s.name", ""},
    };

    (void)state;
    are_planned(cases, G_N_ELEMENTS(cases));
}

static void within_one_row_the_same_is_found(void **state)
{
    static const Case cases[] = {
        {"SELECT 1 FROM visit WHERE id = :id AND words = :words", "words>visit.words[id]"},
        {"SELECT 1 FROM visit v WHERE v.id = :id AND v.words = :words", "words>visit.words[id]"},
        {"SELECT 1 FROM draft WHERE staff_id = :me AND kind = :kind AND body = :body",
         "body>draft.body[me kind]"},
    };
    static const char *const refused[] = {
        "SELECT 1 FROM draft WHERE staff_id = :me AND body = :body",
        /* Another table's key. */
        "SELECT 1 FROM visit v JOIN client c ON c.id = v.client_id WHERE c.id = :id"
        " AND v.words = :words",
    };

    (void)state;
    are_planned(cases, G_N_ELEMENTS(cases));
    are_refused(refused, G_N_ELEMENTS(refused));
}

static void comments_and_quoted_text_are_passed_by(void **state)
{
    static const Case cases[] = {
        {"SELECT id FROM client /* WHERE name = :name */ WHERE id = :id", ""},
        {"SELECT id FROM client -- ORDER BY name\n WHERE id = :id", ""},
        {"SELECT 'name = :name', id FROM client WHERE id = :id", ""},
        {"SELECT 'it''s ORDER BY name', id FROM client", ""},
        {"SELECT id FROM client WHERE id = :id/*server: AND active = 1*/", ""},
        {"INSERT INTO client /* (id) */ (id, name) VALUES (:id, -- ,\n :name)",
         "name>client.name[id]"},
    };

    (void)state;
    are_planned(cases, G_N_ELEMENTS(cases));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_sealed_in_its_row),
        cmocka_unit_test(an_upsert_seals_both_times),
        cmocka_unit_test(one_of_several_parameters_is_sealed_too),
        cmocka_unit_test(a_parameter_used_elsewhere_is_marked),
        cmocka_unit_test(without_the_rows_key_it_is_refused),
        cmocka_unit_test(what_is_copied_from_row_to_row_is_refused),
        cmocka_unit_test(what_a_server_cannot_do_is_refused),
        cmocka_unit_test(what_a_server_can_do_is_let_through),
        cmocka_unit_test(within_one_row_the_same_is_found),
        cmocka_unit_test(comments_and_quoted_text_are_passed_by),
    };

    return cmocka_run_group_tests_name("db/server_plan", tests, NULL, NULL);
}
