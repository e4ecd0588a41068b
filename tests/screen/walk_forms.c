/* Each form that comes with the program, walked by keys from its first question to the completed
 * form. The test reads the question's number on the screen and looks up in the form what kind of
 * answer it takes. */
#include "tests/screen/fixture_walk.h"

enum { STEPS_MOST = 1000 };

/* A number of Skatteverket's for tests that no client of the demo has. */
#define TEST_NUMBER "18900322-9805"

/* A question as the screen names it: a follow-up has the number of the one it goes on with. */
typedef struct {
    int number; /* 0: no question */
    gboolean follow_up;
} Asked;

static const FormItem *find_asked(const GPtrArray *items, const Asked *asked, int *number)
{
    for (guint i = 0; items != NULL && i < items->len; i++) {
        const FormItem *item = items->pdata[i];
        *number += item_is_numbered(item);
        if (item_is_question(item) && *number == asked->number &&
            item->follow_up == asked->follow_up)
            return item;
        const FormItem *inside = find_asked(item->items, asked, number);
        if (inside != NULL)
            return inside;
    }
    return NULL;
}

static Asked asked_here(Harness *harness)
{
    int row = harness_find(harness, "Fråga ");
    Asked asked = {0};
    if (row >= 0)
        sscanf(strstr(harness_row(harness, row), "Fråga "), "Fråga %d av", &asked.number);
    asked.follow_up =
        asked.number > 0 && strstr(harness_row(harness, row), ", en följdfråga") != NULL;
    return asked;
}

static gboolean is_asked(Harness *harness, const Asked *asked)
{
    Asked here = asked_here(harness);
    return here.number == asked->number && here.follow_up == asked->follow_up;
}

/* Left out: a SIP whose consent is withdrawn is not completed. */
#define WITHDRAWN "consent.withdrawn_on"

/* What is typed: the first option; a day that one of the rules may refuse, `attempt` by attempt. */
static char *keys_for(const FormItem *item, int attempt)
{
    static const char *const DAYS[] = {"2026-11-23", "2026-11-22", "2026-11-24",
                                       "2026-12-21", "2027-05-03", "1990-01-19"};
    gboolean chosen = item->options != NULL && item->options->len > 0;
    if (g_strcmp0(item->maps_to, WITHDRAWN) == 0)
        return g_strdup(PRESS_TAB);
    gunichar key = chosen ? ((FormOption *)item->options->pdata[0])->key : 0;
    switch (item->type) {
    case ITEM_BOOLEAN:
        return g_strdup("j");
    case ITEM_CHOICE:
    case ITEM_OPEN_CHOICE:
        return g_strdup_printf("%c%s", key != 0 ? (char)key : '1',
                               item->repeats ? PRESS_ENTER : "");
    case ITEM_DATE:
        return g_strconcat(PRESS_CTRL_U, DAYS[attempt % (int)G_N_ELEMENTS(DAYS)], PRESS_ENTER,
                           NULL);
    case ITEM_TIME:
        return g_strdup("930" PRESS_ENTER);
    case ITEM_INTEGER:
    case ITEM_DECIMAL:
        return g_strdup(attempt % 2 == 0 ? PRESS_CTRL_U "45" PRESS_ENTER
                                         : PRESS_CTRL_U "14" PRESS_ENTER);
    case ITEM_TEXT:
        return g_strdup("Så som det sades." PRESS_TAB);
    default:
        return g_strdup(g_strcmp0(item->maps_to, "client.id_number") == 0
                            ? TEST_NUMBER PRESS_ENTER
                            : "Vera Åkerlund" PRESS_ENTER);
    }
}

static void answer_here(Harness *harness, const Form *form, const Asked *asked)
{
    enum { ATTEMPTS = 8 };
    int number = 0;
    const FormItem *item = find_asked(form->items, asked, &number);
    assert_non_null(item);
    for (int attempt = 0; attempt < ATTEMPTS && is_asked(harness, asked); attempt++) {
        g_autofree char *keys = keys_for(item, attempt);
        harness_keys(harness, keys);
        if (harness_text_contains(harness, "Skäl, eller Esc"))
            harness_keys(harness, "Det stämmer." PRESS_ENTER);
    }
    if (!is_asked(harness, asked))
        return;
    g_autofree char *dump = harness_dump(harness);
    fail_msg("Question %d, %s, takes no answer:\n%s", asked->number, item->link_id, dump);
}

static void walk_whole(const char *name)
{
    WalkTest test = walk_start(name, NULL);
    g_autofree char *path = g_strdup_printf("forms/%s.yaml", name);
    g_autoptr(Form) form = form_load(path, NULL, NULL);
    assert_non_null(form);
    g_autoptr(GHashTable) asked = g_hash_table_new(NULL, NULL);
    for (int step = 0; step < STEPS_MOST; step++) {
        Asked here = asked_here(test.harness);
        if (harness_text_contains(test.harness, "[Enter] Översikt"))
            break;
        if (here.number > 0)
            answer_here(test.harness, form, &here);
        else
            harness_keys(test.harness, PRESS_ENTER);
        if (here.number > 0)
            g_hash_table_add(asked, GINT_TO_POINTER(here.number));
    }
    assert_true(g_hash_table_size(asked) > 0);
    harness_keys(test.harness, PRESS_ENTER);
    fixture_caret_on(test.harness, ">");
    harness_keys(test.harness, PRESS_F8 "j");
    fixture_sees(test.harness, "Klart");
    harness_keys(test.harness, PRESS_ESCAPE);
    fixture_sees(test.harness, "· Formulär");

    g_autoptr(Session) session = fixture_session(test.folder, "hand");
    Walk *walk = walk_read(session, test.id, NULL);
    assert_non_null(walk);
    assert_true(walk_response(walk)->completed_ms > 0);
    /* Each was asked that applies, but for what the program knows. */
    for (int i = flow_next(walk_flow(walk), -1, 1); i >= 0; i = flow_next(walk_flow(walk), i, 1)) {
        const FlowStep *at = flow_step(walk_flow(walk), i);
        assert_true(flow_is_answered(walk_flow(walk), i) ||
                    g_strcmp0(at->item->maps_to, WITHDRAWN) == 0);
        if (!g_hash_table_contains(asked, GINT_TO_POINTER(at->number)))
            assert_non_null(at->item->known);
    }
    walk_close(walk, session);
    walk_stop(&test);
}

#define WALKS(test, form)                                                                          \
    static void test(void **unused)                                                                \
    {                                                                                              \
        (void)unused;                                                                              \
        walk_whole(form);                                                                          \
    }
WALKS(intake, "aktualisering")
WALKS(sip, "sip")
WALKS(plan, "handlingsplan")
WALKS(plan_of_two_questions, "handlingsplan-tva-fragor")
WALKS(placement_case_officer, "ubu-handlaggare")
WALKS(placement_child, "ubu-ungdom")
WALKS(placement_parent, "ubu-foralder")

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intake),
        cmocka_unit_test(sip),
        cmocka_unit_test(plan),
        cmocka_unit_test(plan_of_two_questions),
        cmocka_unit_test(placement_case_officer),
        cmocka_unit_test(placement_child),
        cmocka_unit_test(placement_parent),
    };
    return cmocka_run_group_tests_name("walk_forms", tests, fixture_make, fixture_remove);
}
