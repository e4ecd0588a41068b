/* response_closed.c: an intake of somebody with protected identity, who has no card yet that could
 * be closed: to whom it is open, and how a team lead takes it over. */
#include "care/task/task.h"
#include "tests/unit/care/fixture_response.h"

/* It is closed from the moment on that the protection is known. */
static void test_protected_intake(void **state)
{
    const Desk *desk = *state;
    Form *form = NULL;
    Answers *given = NULL;
    g_autoptr(Response) intake = begin(desk->officer, "aktualisering", 0);
    g_autoptr(Answers) answers = answers_new();
    static const struct {
        const char *said;
        guint shown;
    } cases[] = {{"none", 1}, {"marked", 0}, {"fictitious", 0}, {"none", 1}, {"population", 0}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        answer(desk->officer, intake, answers, "skydd-slag", "", cases[i].said);
        g_autoptr(GPtrArray) theirs = NULL, own = NULL;
        assert_ok((theirs = response_unfinished(desk->other, FALSE, 10, &error)));
        assert_int_equal(theirs->len, cases[i].shown);
        assert_ok((own = response_unfinished(desk->officer, TRUE, 10, &error)));
        assert_int_equal(own->len, 1);
    }
    for (int hold = 0; hold < 2; hold++)
        assert_fails(response_open(desk->lead, intake->id, hold, TRUE, &form, &given, &error),
                     ERROR_DENIED);
    assert_fails(call_list(desk->lead, intake->id, &error), ERROR_DENIED);
    assert_int_equal(logged(desk->lead, "denied", "response"), 3);
    g_auto(Opened) again = open_it(desk->officer, intake->id, TRUE);
    assert_string_equal(answers_get(again.answers, "skydd-slag", "")->value, "population");
}

/* A6: it is what the question is mapped to that counts, not what a unit calls it. */
static void test_a6_protection_by_what_it_maps_to(void **state)
{
    const Desk *desk = *state;
    g_autofree char *path = shipped_path(desk, "aktualisering"), *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_autoptr(GString) renamed = g_string_new(text);
    assert_true(g_string_replace(renamed, "skydd-slag", "sekretess", 0) > 1);
    ship_text(desk, "aktualisering", renamed->str);
    g_autoptr(Response) intake = begin(desk->officer, "aktualisering", 0);
    g_autoptr(Answers) answers = answers_new();
    answer(desk->officer, intake, answers, "namn", "", "Hemlig Person");
    static const struct {
        const char *said;
        gboolean closed;
    } cases[] = {{"none", FALSE}, {"population", TRUE}, {"none", FALSE}, {"marked", TRUE}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        answer(desk->officer, intake, answers, "sekretess", "", cases[i].said);
        assert_int_equal(intake->is_protected, cases[i].closed);
        g_autoptr(GPtrArray) theirs = NULL;
        assert_ok((theirs = response_unfinished(desk->other, FALSE, 10, &error)));
        assert_int_equal(theirs->len, cases[i].closed ? 0 : 1);
    }
    Form *form = NULL;
    Answers *given = NULL;
    assert_fails(response_open(desk->other, intake->id, FALSE, FALSE, &form, &given, &error),
                 ERROR_DENIED);
    g_auto(Opened) again = open_it(desk->officer, intake->id, TRUE);
    assert_true(again.response->is_protected);
    answers_set(answers, "sekretess", "", ANSWER_UNKNOWN, NULL);
    assert_ok(save(desk->officer, again.response, answers, NULL, NULL, &error) > 0);
    assert_false(again.response->is_protected);
}

/* Those of `session` among the unit's, as one line: "form, subject, closed". New. */
static char *seen(Session *session, gboolean mine)
{
    g_autoptr(GPtrArray) list = NULL;
    assert_ok((list = response_unfinished(session, mine, 10, &error)));
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < list->len; i++) {
        const Response *response = list->pdata[i];
        g_string_append_printf(text, "%s, %s, %s%s", response->form,
                               response->subject != NULL ? response->subject : "-",
                               response->staff_name, response->closed ? ", closed" : "");
    }
    return g_string_free(text, FALSE);
}

static void assert_seen(Session *session, gboolean mine, const char *wanted)
{
    g_autofree char *text = seen(session, mine);
    assert_string_equal(text, wanted);
}

/* An intake of somebody protected, begun by the case officer and left. Its id. */
static gint64 begin_closed(const Desk *desk)
{
    g_autoptr(Response) intake = begin(desk->officer, "aktualisering", 0);
    g_autoptr(Answers) answers = answers_new();
    intake->subject = g_strdup("Hemlig Person");
    answer(desk->officer, intake, answers, "namn", "", "Hemlig Person");
    answer(desk->officer, intake, answers, "skydd-slag", "", "marked");
    intake->typed = g_strdup("Hemlig gata");
    intake->typed_in = TYPED_ANSWER;
    g_free(intake->at_item);
    intake->at_item = g_strdup("adress");
    intake->at_number = 30;
    assert_ok(response_save_typed(desk->officer, intake, &error) > 0);
    assert_ok(response_release(desk->officer, intake, &error));
    return intake->id;
}

/* A team lead sees that it is there and by whom, and no more, until they take it over with a reason
 * that stands in the log. From then on it is open to them, and to who began it. */
static void test_closed_is_taken_over(void **state)
{
    const Desk *desk = *state;
    Form *form = NULL;
    Answers *given = NULL;
    gint64 id = begin_closed(desk);
    assert_seen(desk->lead, FALSE, "aktualisering, -, harriet, closed");
    assert_seen(desk->lead, TRUE, "");
    assert_seen(desk->other, FALSE, "");
    assert_seen(desk->worker, FALSE, "");
    {
        g_autoptr(GPtrArray) list = NULL;
        assert_ok((list = response_unfinished(desk->lead, FALSE, 10, &error)));
        const Response *closed = list->pdata[0];
        assert_null(closed->typed);
        assert_null(closed->at_item);
        assert_int_equal(closed->at_number, 0);
        assert_int_equal(closed->begun_ms, clock_now_ms());
    }
    assert_fails(response_take_closed(desk->other, id, "Hon är sjuk", &error), ERROR_DENIED);
    assert_fails(response_take_closed(desk->worker, id, "Hon är sjuk", &error), ERROR_DENIED);
    static const char *const NO_REASONS[] = {NULL, "", "  \n", "...", "17"};
    for (gsize i = 0; i < G_N_ELEMENTS(NO_REASONS); i++)
        assert_fails(response_take_closed(desk->lead, id, NO_REASONS[i], &error), ERROR_INPUT);
    g_autofree char *too_long = g_strnfill(501, 'x');
    assert_fails(response_take_closed(desk->lead, id, too_long, &error), ERROR_INPUT);
    assert_fails(response_open(desk->lead, id, TRUE, TRUE, &form, &given, &error), ERROR_DENIED);
    assert_int_equal(logged(desk->lead, "take-over", "response"), 0);

    for (int twice = 0; twice < 2; twice++)
        assert_ok(response_take_closed(desk->lead, id, "Harriet är sjuk", &error));
    assert_int_equal(logged(desk->lead, "take-over", "response"), 1);
    assert_int_equal(count_of(desk->lead,
                              "SELECT COUNT(*) FROM audit WHERE action = 'take-over'"
                              " AND entity_id = :id AND changes LIKE '%\"Harriet är sjuk\"%'",
                              id),
                     1);
    assert_seen(desk->lead, TRUE, "aktualisering, Hemlig Person, harriet");
    assert_seen(desk->other, FALSE, "");
    {
        g_auto(Opened) lead = open_it(desk->lead, id, TRUE);
        assert_string_equal(answers_get(lead.answers, "namn", "")->value, "Hemlig Person");
        assert_string_equal(lead.response->typed, "Hemlig gata");
        assert_ok(response_release(desk->lead, lead.response, &error));
    }
    /* She is back, and goes on: it is closed to the lead again. */
    g_auto(Opened) back = open_it(desk->officer, id, TRUE);
    assert_int_equal(back.response->id, id);
    assert_seen(desk->lead, FALSE, "aktualisering, -, harriet, closed");
    assert_fails(response_open(desk->lead, id, FALSE, FALSE, &form, &given, &error), ERROR_DENIED);
    assert_sound(desk->lead);
}

/* It is for the day when they are away: not while they are at it, nor when it is completed. */
static void test_closed_is_not_taken_from_hands(void **state)
{
    const Desk *desk = *state;
    gint64 id = begin_closed(desk);
    g_auto(Opened) hers = open_it(desk->officer, id, TRUE);
    assert_fails(response_take_closed(desk->lead, id, "Vill se", &error), ERROR_BUSY);
    set_clock("2026-11-22T10:10");
    assert_ok(response_take_closed(desk->lead, id, "Hon gick hem sjuk", &error));
    assert_int_equal(response_save_typed(desk->officer, hers.response, NULL), 0);
    gint64 other = begin_closed(desk);
    g_auto(Opened) again = open_it(desk->officer, other, TRUE);
    assert_ok(response_give_up(desk->officer, again.response, NOT_DONE_DECLINED, NULL, &error));
    assert_fails(response_take_closed(desk->lead, other, "Vill se", &error), ERROR_CONFLICT);
}

/* The task to call back that it has is no way round. */
static void test_task_of_closed(void **state)
{
    const Desk *desk = *state;
    gint64 id = begin_closed(desk);
    g_auto(Opened) hers = open_it(desk->officer, id, TRUE);
    const Call call = {.result = CALL_LATER,
                       .back_date = date_parse("2026-11-24"),
                       .back_time = -1,
                       .note = (char *)"Ring till systern"};
    assert_ok(call_add(desk->officer, hers.response, &call, &error));
    g_autoptr(GPtrArray) theirs = NULL, own = NULL;
    assert_ok((theirs = task_list(desk->lead, (TaskFilter){0}, NULL, 9, &error)));
    assert_ok((own = task_list(desk->officer, (TaskFilter){0}, NULL, 9, &error)));
    assert_int_equal(theirs->len, 0);
    const Task *task = own->pdata[0];
    assert_string_equal(task->note, "Ring till systern");
    assert_fails(task_finish(desk->lead, task->id, NULL, &error), ERROR_DENIED);
    assert_ok(response_release(desk->officer, hers.response, &error));
    assert_ok(response_take_closed(desk->lead, id, "Harriet är sjuk", &error));
    assert_ok(task_finish(desk->lead, task->id, NULL, &error));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(test_protected_intake),     DESK_TEST(test_a6_protection_by_what_it_maps_to),
        DESK_TEST(test_closed_is_taken_over), DESK_TEST(test_closed_is_not_taken_from_hands),
        DESK_TEST(test_task_of_closed),
    };
    return cmocka_run_group_tests_name("care/response_closed", tests, NULL, NULL);
}
