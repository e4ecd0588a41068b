/* What somebody has begun to type is kept for that person, offered newest first, and gone when it
 * is dropped. */
#include "care/unit/draft.h"
#include "tests/unit/care/fixture_visit.h"

static void at(const char *when)
{
    g_setenv("DAGSFORM_NOW", when, TRUE);
    assert_ok(clock_init(&error));
}

static void assert_list(Session *session, const char *wanted)
{
    g_autoptr(GPtrArray) drafts = NULL;
    g_autoptr(GString) all = g_string_new(NULL);

    assert_ok(drafts = draft_list(session, &error));
    for (guint i = 0; i < drafts->len; i++) {
        const Draft *draft = drafts->pdata[i];
        g_string_append_printf(all, "%s %d %s;", draft->kind, (int)draft->ref_id, draft->body);
    }
    assert_string_equal(all->str, wanted);
}

static void kept_newest_first(void **state)
{
    Session *session = ((Visits *)*state)->session;
    g_autoptr(Draft) draft = NULL;

    assert_list(session, "");
    at("2026-11-22T10:00");
    assert_ok(draft_save(session, "client", 0, "{\"name\":\"Alva\"}", &error));
    at("2026-11-22T10:01");
    assert_ok(draft_save(session, DRAFT_CANCELLATION, 7, "{}", &error));
    assert_list(session, "cancellation 7 {};client 0 {\"name\":\"Alva\"};");
    at("2026-11-22T10:02");
    assert_ok(draft_save(session, "client", 0, "{\"name\":\"Bo\"}", &error));
    assert_list(session, "client 0 {\"name\":\"Bo\"};cancellation 7 {};");
    assert_ok(draft = draft_load(session, "client", 0, &error));
    assert_string_equal(draft->body, "{\"name\":\"Bo\"}");
}

static void gone_when_dropped(void **state)
{
    Session *session = ((Visits *)*state)->session;
    g_autoptr(GError) failed = NULL;

    assert_ok(draft_save(session, "client", 3, "{}", &error));
    assert_ok(draft_save(session, "client", 4, "{}", &error));
    assert_ok(draft_drop(session, "client", 3, &error));
    assert_list(session, "client 4 {};");
    assert_null(draft_load(session, "client", 3, &failed));
    assert_null(failed);
}

static void nobody_elses(void **state)
{
    Visits *visits = *state;

    assert_ok(draft_save(visits->session, "client", 3, "{}", &error));
    fixture_user(&visits->unit, "bo", ROLE_SUPPORT_WORKER);
    session_close(visits->session);
    visits->session = visits->unit.session = fixture_open(&visits->unit, "bo");
    assert_list(visits->session, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(kept_newest_first),
        VISIT_TEST(gone_when_dropped),
        VISIT_TEST(nobody_elses),
    };

    return cmocka_run_group_tests_name("care/draft", tests, NULL, NULL);
}
