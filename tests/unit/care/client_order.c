/* client_order.c: D7: one's own clients come first, and who has the same name as another is known.
 */
#include "tests/unit/care/fixture_visit.h"

enum { CLIENTS = 40, EACH = 7 };

static gint64 add(const Visits *visits, const char *name, gboolean mine)
{
    g_autoptr(Client) client = client_new();
    client->name = g_strdup(name);
    client->active = TRUE;
    client->support_worker_id = mine ? session_staff_id(visits->session) : visits->staff;
    assert_ok(client_add(visits->session, client, &error));
    return client->id;
}

/* All pages of a search, read `EACH` at a time: "+name" one's own, "-name" another's. New. */
static GString *read_all(const Visits *visits, const char *search, int *rows)
{
    GString *text = g_string_new(NULL);
    g_autoptr(GPtrArray) page = NULL;
    *rows = 0;
    for (;;) {
        const ClientRow *after = page != NULL ? page->pdata[page->len - 1] : NULL;
        GPtrArray *next = NULL;
        assert_ok((next = client_list_own_first(visits->session, search, after, EACH, &error)));
        if (page != NULL)
            g_ptr_array_unref(page);
        page = next;
        for (guint i = 0; i < page->len; i++) {
            const ClientRow *row = page->pdata[i];
            g_string_append_printf(text, "%s%s;", row->mine ? "+" : "-", row->name);
        }
        *rows += (int)page->len;
        if (page->len < EACH)
            return text;
    }
}

static void test_d7_own_first(void **state)
{
    const Visits *visits = *state;
    GString *own = g_string_new(NULL), *others = g_string_new(NULL);
    for (int i = 0; i < CLIENTS; i++) {
        g_autofree char *name = g_strdup_printf("Berit Nummer%02d", i);
        gboolean mine = i % 4 == 1;
        add(visits, name, mine);
        g_string_append_printf(mine ? own : others, "%s%s;", mine ? "+" : "-", name);
    }
    g_string_append(own, others->str);
    int rows;
    g_autoptr(GString) found = read_all(visits, "be nu", &rows);
    assert_string_equal(found->str, own->str);
    assert_int_equal(rows, CLIENTS);
    /* Everybody: each once. */
    g_autoptr(GString) all = read_all(visits, "", &rows);
    gint64 count = 0;
    assert_ok(client_count(visits->session, "", FALSE, &count, &error));
    assert_int_equal(rows, count);
    assert_true(g_str_has_prefix(all->str, "+Berit Nummer01;+Berit Nummer05;"));
    g_string_free(own, TRUE);
    g_string_free(others, TRUE);
}

static void test_d7_alike(void **state)
{
    const Visits *visits = *state;
    add(visits, "Anna Berg", TRUE);
    add(visits, "Anna Berg", FALSE);
    add(visits, "Anna Bergman", FALSE);
    g_autoptr(GPtrArray) found = NULL;
    assert_ok((found = client_list_own_first(visits->session, "anna", NULL, EACH, &error)));
    assert_int_equal(found->len, 3);
    for (guint i = 0; i < found->len; i++) {
        const ClientRow *row = found->pdata[i];
        assert_int_equal(row->alike, g_str_equal(row->name, "Anna Berg"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(test_d7_own_first),
        VISIT_TEST(test_d7_alike),
    };
    return cmocka_run_group_tests_name("care/client_order", tests, NULL, NULL);
}
