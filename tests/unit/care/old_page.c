/* old_page.c: one page of the database put back as it was before. Each is authentic by itself, so
 * what shows is that it does not fit the others any more: an index, a count, the log. */
#include <glib/gstdio.h>

#include "base/paths.h"
#include "care/unit/standing.h"
#include "db/sqlcipher/sqlcipher_private.h"
#include "tests/unit/care/fixture_visit.h"
#include "tests/units/rows.h"

enum { PAGE = 4096 };

/* The account has seen the unit later than that: of the files alone. */
static void forget_last_seen(void)
{
    g_autofree char *path = paths_last_seen();
    g_unlink(path);
}

/* Every row but those of the log, which a sign-in adds to. New. */
static char *read_rows(Session *session)
{
    sqlite3 *handle = NULL;
    const Secret *key = vault_data_key(session_vault(session));
    assert_ok((handle = engine_open(db_path(session_db(session)), NULL, key, TRUE, &error)));
    g_autoptr(GPtrArray) lines = unit_rows(handle);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < lines->len; i++)
        if (!g_str_has_prefix(lines->pdata[i], "audit\t") &&
            !g_str_has_prefix(lines->pdata[i], "meta\t"))
            g_string_append_printf(text, "%s\n", (const char *)lines->pdata[i]);
    sqlite3_close(handle);
    return g_string_free(text, FALSE);
}

/* Whether a sign-in or the check has something to say. */
static gboolean is_told(Session *session)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    return session == NULL || session_notices(session)->len > 0 ||
           !db_check(session_db(session), faults, NULL, NULL, NULL) ||
           !audit_verify(session, faults, NULL, NULL) ||
           !standing_compare(session, TRUE, faults, NULL) ||
           !meeting_verify(session, faults, NULL) || faults->len > 0;
}

typedef struct {
    int pages, hidden; /* that changed; of which another row is read, and nothing shows it */
} Tried;

/* One page, in a unit laid down whole. Whether other rows than `rows` are read now, and nothing
 * shows it. */
static gboolean hides(Fixture *unit, const FixtureFiles *before, const FixtureFiles *after,
                      gsize at, const char *rows)
{
    fixture_lay(unit, after);
    g_autofree char *bytes = g_memdup2(after->bytes[0], after->lengths[0]);
    memcpy(bytes + at, before->bytes[0] + at, PAGE);
    assert_true(g_file_set_contents(unit->database, bytes, (gssize)after->lengths[0], NULL));
    forget_last_seen();
    g_autoptr(Session) session = fixture_try(unit, "grundare", PASSPHRASE, NULL);
    if (is_told(session))
        return FALSE;
    g_autofree char *now = read_rows(session);
    return !g_str_equal(now, rows);
}

/* What `act` changes, put back page by page. */
static Tried put_back(Visits *visits, void (*act)(const Visits *visits))
{
    Fixture *unit = &visits->unit;
    FixtureFiles before = {0}, after = {0};
    Tried tried = {0};
    session_close(g_steal_pointer(&unit->session));
    fixture_keep(unit, &before);
    visits->session = unit->session = fixture_open(unit, "grundare");
    act(visits);
    assert_false(is_told(visits->session));
    g_autofree char *rows = read_rows(visits->session);
    session_close(g_steal_pointer(&unit->session));
    fixture_keep(unit, &after);
    for (gsize at = 0; at + PAGE <= MIN(before.lengths[0], after.lengths[0]); at += PAGE) {
        if (memcmp(before.bytes[0] + at, after.bytes[0] + at, PAGE) == 0)
            continue;
        tried.pages++;
        tried.hidden += hides(unit, &before, &after, at, rows);
    }
    fixture_lay(unit, &after);
    forget_last_seen();
    visits->session = unit->session = fixture_open(unit, "grundare");
    fixture_files_clear(&before);
    fixture_files_clear(&after);
    return tried;
}

static gint64 planned_id;

static void cancel(const Visits *visits)
{
    record(visits, planned_id, came(OUTCOME_NO_SHOW, NULL));
}

static void protect(const Visits *visits)
{
    g_autoptr(Client) client = NULL;
    assert_ok((client = client_open(visits->session, visits->client, &error)));
    client->protection = PROTECTION_MARKED;
    assert_ok(client_change(visits->session, client, &error));
}

static void change_phone(const Visits *visits)
{
    g_autoptr(Client) client = NULL;
    assert_ok((client = client_open(visits->session, visits->client, &error)));
    g_free(client->phone);
    client->phone = g_strdup("070-1");
    assert_ok(client_change(visits->session, client, &error));
}

/* Of the visit, its counts, who may open the card, their indexes and the log. */
static void what_fits_nothing_else_shows(void **state)
{
    Visits *visits = *state;
    planned_id = plan(visits, "2026-11-20", "09:00");
    Tried tried = put_back(visits, cancel);
    assert_true(tried.pages > 5);
    assert_int_equal(tried.hidden, 1); /* the task to find a new time */
    tried = put_back(visits, protect);
    assert_true(tried.pages > 2);
    assert_int_equal(tried.hidden, 0);
    tried = put_back(visits, change_phone);
    assert_true(tried.pages > 2);
    assert_int_equal(tried.hidden, 0); /* the log has what stands on a card */
}

static void note_otherwise(const Visits *visits)
{
    g_autoptr(GPtrArray) tasks = NULL;
    assert_ok((tasks = task_of_client(visits->session, visits->client, &error)));
    Task *task = tasks->pdata[0];
    g_free(task->note);
    task->note = g_strdup("Ring honom klockan tio i stället för nio.");
    assert_ok(task_revise(visits->session, task, &error));
}

static void what_nothing_else_tells_of_does_not(void **state)
{
    Visits *visits = *state;
    g_autoptr(Task) task = task_new();
    task->kind = TASK_OTHER;
    task->client_id = visits->client;
    task->due_date = date_parse("2026-12-01");
    task->note = g_strdup("Ring honom klockan nio.");
    assert_ok(task_add(visits->session, task, &error));
    const Tried tried = put_back(visits, note_otherwise);
    assert_true(tried.pages > 2);
    assert_int_equal(tried.hidden, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(what_fits_nothing_else_shows),
        VISIT_TEST(what_nothing_else_tells_of_does_not),
    };
    return cmocka_run_group_tests_name("care/old_page", tests, NULL, NULL);
}
