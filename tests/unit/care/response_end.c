/* response_end.c: responses completed, corrected, given up and taken up again. */
#include "care/placement/placement.h"
#include "tests/unit/care/fixture_response.h"

static void complete(Session *session, Response *response, Answers *answers)
{
    g_autoptr(Form) form = NULL;
    assert_ok((form = response_form(session, response->form, &error)));
    assert_ok(response_complete(session, response, form, answers, &error));
}

/* A completed small form with `value` as its answer. Its id. */
static gint64 completed(Session *session, gint64 client, const char *value)
{
    g_autoptr(Response) response = begin(session, "liten", client);
    g_autoptr(Answers) answers = answers_new();
    answer(session, response, answers, "antal", "", value);
    complete(session, response, answers);
    return response->id;
}

static gint64 open_tasks(const Desk *desk)
{
    return fixture_int(desk->lead, "SELECT COUNT(*) FROM task WHERE done_ms IS NULL");
}

static void call_later(Session *session, Response *response)
{
    const Call call = {
        .result = CALL_LATER, .back_date = date_parse("2026-11-24"), .back_time = -1};
    assert_ok(call_add(session, response, &call, &error));
}

/* --- completing ------------------------------------------------------------------------------- */

static void test_complete(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Response) response = begin(desk->worker, "liten", desk->client);
    g_autoptr(Answers) answers = answers_new();
    answer(desk->worker, response, answers, "ja", "", "true");
    answer(desk->worker, response, answers, "mer", "", "Faller bort");
    answer(desk->worker, response, answers, "ja", "", "false");
    answers_set_note(answers, "antal", "", "Bara en anteckning");
    assert_ok(save(desk->worker, response, answers, "antal", "", &error));
    response->typed = g_strdup("ofärdigt");
    response->typed_in = TYPED_ANSWER;
    assert_ok(response_save_typed(desk->worker, response, &error));
    call_later(desk->worker, response);
    assert_int_equal(open_tasks(desk), 1);
    set_clock("2026-11-22T10:15");
    complete(desk->worker, response, answers);

    assert_int_equal(response->completed_ms, clock_now_ms());
    assert_null(response->typed);
    assert_null(answers_get(answers, "mer", ""));
    assert_int_equal(open_tasks(desk), 0);
    g_auto(Opened) read = open_it(desk->worker, response->id, FALSE);
    assert_same_answers(read.answers, answers);
    assert_string_equal(answers_get(read.answers, "antal", "")->note, "Bara en anteckning");
    assert_int_equal(read.response->completed_ms, clock_now_ms());
    assert_null(read.response->typed);
    assert_null(read.response->at_item);
    assert_false(read.response->held);
    assert_false(read.response->corrected);
    /* One answer and a note: the log counts the answer. The reading is logged, one's own too. */
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM audit WHERE action = 'complete'"
                                             " AND changes = '{\"answers\":[0,1]}'"),
                     1);
    assert_int_equal(logged(desk->lead, "read", "response"), 1);
    assert_sound(desk->lead);
}

static void test_completed_is_never_changed(void **state)
{
    const Desk *desk = *state;
    Form *form = NULL;
    Answers *given = NULL;
    g_autoptr(Response) response = begin(desk->worker, "liten", desk->client);
    g_autoptr(Answers) answers = answers_new();
    answer(desk->worker, response, answers, "antal", "", "1");
    gint64 holder = response->holder;
    complete(desk->worker, response, answers);
    answers_set(answers, "antal", "", ANSWER_VALUE, "2");
    for (int with_old_hold = 0; with_old_hold < 2; with_old_hold++) {
        response->holder = with_old_hold ? holder : 0;
        assert_fails(save(desk->worker, response, answers, "antal", "", &error), ERROR_CONFLICT);
        assert_fails(save(desk->worker, response, answers, NULL, NULL, &error), ERROR_CONFLICT);
        assert_fails(response_save_head(desk->worker, response, &error), ERROR_CONFLICT);
        assert_fails(response_give_up(desk->worker, response, NOT_DONE_OTHER, NULL, &error),
                     ERROR_CONFLICT);
    }
    assert_fails(response_open(desk->worker, response->id, TRUE, TRUE, &form, &given, &error),
                 ERROR_CONFLICT);
    const Call call = {.result = CALL_BUSY, .back_date = DATE_NONE, .back_time = -1};
    assert_fails(call_add(desk->worker, response, &call, &error), ERROR_CONFLICT);
    g_auto(Opened) read = open_it(desk->worker, response->id, FALSE);
    assert_fails(response_complete(desk->worker, read.response, read.form, read.answers, &error),
                 ERROR_CONFLICT);
    assert_string_equal(answers_get(read.answers, "antal", "")->value, "1");
}

static void test_complete_fails_whole(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Form) form = NULL;
    g_autoptr(Response) response = begin(desk->officer, "handlingsplan-tva-fragor", desk->client);
    g_autoptr(Answers) answers = answers_new();
    assert_ok((form = response_form(desk->officer, response->form, &error)));
    answer(desk->officer, response, answers, "svart", "", "Trötthet");
    answer(desk->officer, response, answers, "ringa-dag", "", "2026-12-01");
    answer(desk->officer, response, answers, "ringa", "", "true");
    answer(desk->officer, response, answers, "uppfoljning-hjalpt", "", "Faller bort");
    call_later(desk->officer, response);
    g_autofree char *before = describe(answers);
    /* The very last thing that is written fails. */
    fixture_refuse(desk->officer, "audit", "NEW.action = 'complete'");
    g_autoptr(GError) failed = NULL;
    assert_false(response_complete(desk->officer, response, form, answers, &failed));
    assert_non_null(failed);
    g_autofree char *after = describe(answers);
    assert_string_equal(after, before);
    assert_int_equal(response->completed_ms, 0);
    assert_int_equal(open_tasks(desk), 1);
    fixture_take(desk->officer, "audit");
    {
        g_auto(Opened) still = open_it(desk->lead, response->id, FALSE);
        assert_same_answers(still.answers, answers);
        assert_true(still.response->held);
    }
    /* The same hold goes on. */
    answer(desk->officer, response, answers, "da", "", "Ring");
    assert_ok(response_complete(desk->officer, response, form, answers, &error));
    assert_null(answers_get(answers, "uppfoljning-hjalpt", ""));
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM task WHERE kind = 'follow-up'"),
                     1);
    assert_sound(desk->lead);
}

static void test_intake_gets_its_card(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Response) intake = begin(desk->officer, "aktualisering", 0);
    g_autoptr(Answers) answers = answers_new();
    intake->subject = g_strdup("Nils Ny");
    answer(desk->officer, intake, answers, "namn", "", "Nils Ny");
    complete(desk->officer, intake, answers);
    assert_true(intake->client_id != 0);
    g_auto(Opened) read = open_it(desk->officer, intake->id, FALSE);
    assert_int_equal(read.response->client_id, intake->client_id);
    assert_string_equal(read.response->subject, "Nils Ny");
    /* It stays an intake: not everyone reads it. */
    g_autoptr(GPtrArray) theirs = NULL, ours = NULL;
    make_own(desk->lead, intake->client_id, desk->worker);
    assert_ok((theirs = response_of_client(desk->worker, intake->client_id, &error)));
    assert_int_equal(theirs->len, 0);
    assert_ok((ours = response_of_client(desk->lead, intake->client_id, &error)));
    assert_int_equal(ours->len, 1);
}

/* --- correcting ------------------------------------------------------------------------------- */

static void test_correction_chain(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Response) latest = NULL, second = NULL, third = NULL;
    gint64 first = completed(desk->worker, desk->client, "1");
    assert_ok((second = response_correct(desk->officer, first, &error)));
    assert_int_equal(second->corrects_id, first);
    assert_int_equal(second->staff_id, session_staff_id(desk->officer));
    assert_string_equal(second->subject, "Emil Ärlig");
    assert_int_equal(logged(desk->lead, "correct", "response"), 1);
    /* Begun already, by a colleague who is named. */
    g_autoptr(GError) begun = NULL;
    assert_null(response_correct(desk->worker, first, &begun));
    assert_true(g_error_matches(begun, DAGSFORM_ERROR, ERROR_EXISTS));
    assert_non_null(strstr(begun->message, "harriet"));
    assert_fails(response_correct(desk->worker, second->id, &error), ERROR_INPUT);
    assert_fails(response_correct(desk->worker, 17, &error), ERROR_NOT_FOUND);

    g_auto(Opened) draft = open_it(desk->officer, second->id, TRUE);
    assert_string_equal(answers_get(draft.answers, "antal", "")->value, "1");
    answer(desk->officer, draft.response, draft.answers, "antal", "", "2");
    /* Until it is completed the first one stands. */
    g_autoptr(Answers) standing = NULL;
    assert_ok((latest = response_latest(desk->worker, desk->client, "liten", &standing, &error)));
    assert_int_equal(latest->id, first);
    assert_string_equal(answers_get(standing, "antal", "")->value, "1");
    assert_ok(response_complete(desk->officer, draft.response, draft.form, draft.answers, &error));
    {
        g_auto(Opened) kept = open_it(desk->worker, first, FALSE);
        assert_true(kept.response->corrected);
        assert_string_equal(answers_get(kept.answers, "antal", "")->value, "1");
    }
    assert_fails(response_correct(desk->worker, first, &error), ERROR_EXISTS);
    assert_ok((third = response_correct(desk->worker, second->id, &error)));
    g_autoptr(Answers) answers = NULL;
    g_clear_pointer(&latest, response_free);
    assert_ok((latest = response_latest(desk->worker, desk->client, "liten", &answers, &error)));
    assert_int_equal(latest->id, second->id);
    assert_string_equal(answers_get(answers, "antal", "")->value, "2");
    assert_sound(desk->lead);
}

/* A correction that was given up is none: another may be begun, and then it is not taken up. */
static void test_correction_given_up(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Response) one = NULL, other = NULL;
    gint64 first = completed(desk->worker, desk->client, "1");
    assert_ok((one = response_correct(desk->worker, first, &error)));
    assert_ok(response_give_up(desk->worker, one, NOT_DONE_MISTAKE, NULL, &error));
    assert_ok(response_take_up(desk->worker, one->id, &error));
    {
        g_auto(Opened) again = open_it(desk->worker, one->id, TRUE);
        assert_ok(response_give_up(desk->worker, again.response, NOT_DONE_MISTAKE, NULL, &error));
    }
    assert_ok((other = response_correct(desk->officer, first, &error)));
    assert_fails(response_take_up(desk->worker, one->id, &error), ERROR_EXISTS);
}

static void test_latest(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Answers) answers = NULL;
    g_autoptr(GError) none = NULL;
    assert_null(response_latest(desk->worker, desk->client, "liten", &answers, &none));
    assert_null(none);
    completed(desk->worker, desk->client, "1");
    completed(desk->worker, desk->visits.other, "2");
    gint64 last = completed(desk->worker, desk->client, "3"); /* in the same millisecond */
    g_autoptr(Response) draft = begin(desk->worker, "liten", desk->client);
    g_autoptr(Response) latest = NULL;
    assert_ok((latest = response_latest(desk->worker, desk->client, "liten", &answers, &error)));
    assert_int_equal(latest->id, last);
    assert_string_equal(answers_get(answers, "antal", "")->value, "3");
    /* Which is also what the key for the value before gives. */
    g_autoptr(Answers) nothing = answers_new();
    g_autofree char *value = NULL;
    assert_ok((value = response_value_before(desk->worker, draft, nothing, "antal", "", &error)));
    assert_string_equal(value, "3");
    /* An interview is not read in passing by whoever may not open it. */
    g_autoptr(Response) interview = begin(desk->officer, "ubu-ungdom", desk->client);
    complete(desk->officer, interview, nothing);
    g_autoptr(Answers) theirs = NULL;
    assert_fails(response_latest(desk->worker, desk->client, "ubu-ungdom", &theirs, &error),
                 ERROR_DENIED);
}

/* --- giving up -------------------------------------------------------------------------------- */

static void test_give_up_and_take_up(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Response) response = begin(desk->worker, "liten", desk->client);
    g_autoptr(Answers) answers = answers_new();
    answer(desk->worker, response, answers, "antal", "", "1");
    call_later(desk->worker, response);
    assert_fails(response_give_up(desk->worker, response, NOT_DONE_NONE, NULL, &error),
                 ERROR_INPUT);
    assert_ok(response_give_up(desk->worker, response, NOT_DONE_DECLINED, "Vill inte mer", &error));
    assert_int_equal(response->not_done, NOT_DONE_DECLINED);
    assert_int_equal(open_tasks(desk), 0);
    g_autoptr(GPtrArray) open = NULL, all = NULL;
    assert_ok((open = response_unfinished(desk->lead, FALSE, 10, &error)));
    assert_int_equal(open->len, 0);
    assert_ok((all = response_of_client(desk->lead, desk->client, &error)));
    assert_string_equal(((Response *)g_ptr_array_index(all, 0))->not_done_words, "Vill inte mer");
    Form *form = NULL;
    Answers *given = NULL;
    assert_fails(response_open(desk->worker, response->id, TRUE, FALSE, &form, &given, &error),
                 ERROR_CONFLICT);
    assert_fails(save(desk->worker, response, answers, "antal", "", &error), ERROR_CONFLICT);
    {
        g_auto(Opened) read = open_it(desk->worker, response->id, FALSE);
        assert_int_equal(read.response->not_done, NOT_DONE_DECLINED);
        assert_same_answers(read.answers, answers);
    }
    for (int twice = 0; twice < 2; twice++)
        assert_ok(response_take_up(desk->officer, response->id, &error));
    assert_int_equal(logged(desk->lead, "give-up", "response"), 1);
    assert_int_equal(logged(desk->lead, "take-up", "response"), 1);
    g_auto(Opened) again = open_it(desk->officer, response->id, TRUE);
    assert_int_equal(again.response->not_done, NOT_DONE_NONE);
    assert_null(again.response->not_done_words);
    answer(desk->officer, again.response, again.answers, "antal", "", "2");
    assert_fails(response_take_up(desk->worker, 17, &error), ERROR_NOT_FOUND);
    assert_sound(desk->lead);
}

/* The follow-up task of the placement is ticked off with the respondent's part. */
static void test_placement(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Client) child = client_new();
    child->name = g_strdup("Ali Ung");
    child->birth_date = date_parse("2012-03-04");
    assert_ok(client_add(desk->officer, child, &error));
    g_autoptr(Placement) placement = g_new0(Placement, 1);
    placement->client_id = child->id;
    placement->started_on = date_parse("2026-01-10");
    placement->ended_on = date_parse("2026-11-01");
    assert_ok(placement_save(desk->officer, placement, &error));
    gint64 before = open_tasks(desk);
    assert_int_equal(before, RESPONDENT_PARENT_2);

    g_autoptr(Form) form = NULL;
    g_autoptr(Response) response = NULL;
    assert_ok((form = response_form(desk->officer, "ubu-ungdom", &error)));
    assert_fails(
        response_begin(desk->officer, form, desk->client, "child", placement->id, NULL, &error),
        ERROR_NOT_FOUND);
    assert_ok((response = response_begin(desk->officer, form, child->id, "child", placement->id,
                                         NULL, &error)));
    {
        /* Begun by mistake: the follow-up is still to be done. */
        g_autoptr(Response) mistake = NULL;
        assert_ok((mistake = response_begin(desk->officer, form, child->id, "child", placement->id,
                                            NULL, &error)));
        assert_ok(response_give_up(desk->officer, mistake, NOT_DONE_MISTAKE, NULL, &error));
        assert_int_equal(open_tasks(desk), before);
    }
    assert_ok(response_give_up(desk->officer, response, NOT_DONE_NOT_REACHED, NULL, &error));
    assert_int_equal(open_tasks(desk), before - 1);
    assert_ok(response_take_up(desk->officer, response->id, &error));
    assert_int_equal(open_tasks(desk), before);
    g_auto(Opened) again = open_it(desk->officer, response->id, TRUE);
    assert_ok(response_complete(desk->officer, again.response, again.form, again.answers, &error));
    assert_int_equal(open_tasks(desk), before - 1);
    g_autoptr(GPtrArray) all = NULL;
    assert_ok((all = response_of_placement(desk->lead, placement->id, &error)));
    assert_int_equal(all->len, 2);
    assert_int_equal(((Response *)g_ptr_array_index(all, 1))->id, response->id);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(test_complete),
        DESK_TEST(test_completed_is_never_changed),
        DESK_TEST(test_complete_fails_whole),
        DESK_TEST(test_intake_gets_its_card),
        DESK_TEST(test_correction_chain),
        DESK_TEST(test_correction_given_up),
        DESK_TEST(test_latest),
        DESK_TEST(test_give_up_and_take_up),
        DESK_TEST(test_placement),
    };
    return cmocka_run_group_tests_name("care/response_end", tests, NULL, NULL);
}
