/* response_held.c: who has a response open, who takes it over, and who is refused. */
#include "tests/unit/care/fixture_response.h"

static void assert_conflict(Session *session, Response *response, const char *wanted)
{
    g_autoptr(Answers) answers = answers_new();
    gint64 rows =
        count_of(session, "SELECT COUNT(*) FROM answer WHERE response_id = :id", response->id);
    answers_set(answers, "antal", "", ANSWER_VALUE, "99");
    for (int way = 0; way < 4; way++) {
        g_autoptr(GError) conflict = NULL;
        gint64 saved = way == 0   ? save(session, response, answers, "antal", "", &conflict)
                       : way == 1 ? save(session, response, answers, NULL, NULL, &conflict)
                       : way == 2 ? response_save_typed(session, response, &conflict)
                                  : response_save_head(session, response, &conflict);
        assert_int_equal(saved, 0);
        assert_true(g_error_matches(conflict, DAGSFORM_ERROR, ERROR_CONFLICT));
        assert_non_null(strstr(conflict->message, wanted));
    }
    assert_int_equal(
        count_of(session, "SELECT COUNT(*) FROM answer WHERE response_id = :id", response->id),
        rows);
}

static void test_a_colleague_takes_over(void **state)
{
    const Desk *desk = *state;
    Form *form = NULL;
    Answers *given = NULL;
    g_autoptr(Response) mine = begin(desk->worker, "liten", desk->client);
    g_autoptr(Answers) answers = answers_new();
    answer(desk->worker, mine, answers, "antal", "", "1");
    {
        g_autoptr(GError) busy = NULL;
        assert_null(response_open(desk->officer, mine->id, TRUE, FALSE, &form, &given, &busy));
        assert_true(g_error_matches(busy, DAGSFORM_ERROR, ERROR_BUSY));
        assert_non_null(strstr(busy->message, "bertil"));
        assert_null(form);
        assert_null(given);
    }
    answer(desk->worker, mine, answers, "antal", "", "2");
    g_auto(Opened) theirs = {0};
    assert_ok((theirs.response = response_open(desk->officer, mine->id, TRUE, TRUE, &theirs.form,
                                               &theirs.answers, &error)));
    assert_same_answers(theirs.answers, answers);
    assert_int_equal(logged(desk->lead, "take-over", "response"), 1);
    assert_conflict(desk->worker, mine, "harriet");
    answer(desk->officer, theirs.response, theirs.answers, "antal", "", "3");
    /* Nobody's release lets go of another's hold. */
    assert_ok(response_release(desk->worker, mine, &error));
    answer(desk->officer, theirs.response, theirs.answers, "antal", "", "4");
    /* Left: the first goes on at once, and that is in the log too. */
    assert_ok(response_release(desk->officer, theirs.response, &error));
    g_auto(Opened) again = open_it(desk->worker, mine->id, TRUE);
    assert_string_equal(answers_get(again.answers, "antal", "")->value, "4");
    assert_int_equal(logged(desk->lead, "take-over", "response"), 2);
    assert_conflict(desk->officer, theirs.response, "bertil");
}

/* Cut off in it, and not going on now: it is the holder's to let go of, and a colleague's hold
 * stands. */
static void test_let_go(void **state)
{
    const Desk *desk = *state;
    gboolean dropped;
    g_autoptr(Answers) answers = answers_new();
    g_autoptr(Response) mine = begin(desk->worker, "liten", desk->client);
    answer(desk->worker, mine, answers, "antal", "", "2");
    assert_int_equal(mine->held_by, session_staff_id(desk->worker));
    assert_ok(response_let_go(desk->officer, mine->id, &dropped, &error));
    assert_false(dropped);
    {
        g_auto(Opened) read = open_it(desk->lead, mine->id, FALSE);
        assert_int_equal(read.response->held_by, session_staff_id(desk->worker));
    }
    assert_ok(response_let_go(desk->worker, mine->id, &dropped, &error));
    assert_false(dropped);
    g_auto(Opened) left = open_it(desk->lead, mine->id, FALSE);
    assert_false(left.response->held);
    assert_int_equal(left.response->held_by, 0);
    g_auto(Opened) theirs = open_it(desk->officer, mine->id, TRUE);
    assert_int_equal(theirs.response->held_by, session_staff_id(desk->officer));
}

/* Cut off before anything was said: declined, it is gone as if it had been left. */
static void test_let_go_of_an_empty_one(void **state)
{
    const Desk *desk = *state;
    gboolean dropped;
    g_autoptr(Response) mine = begin(desk->worker, "liten", desk->client);
    assert_ok(response_let_go(desk->officer, mine->id, &dropped, &error));
    assert_false(dropped);
    assert_ok(response_let_go(desk->worker, mine->id, &dropped, &error));
    assert_true(dropped);
    assert_int_equal(count_of(desk->lead, "SELECT COUNT(*) FROM response WHERE id = :id", mine->id),
                     0);
    assert_int_equal(logged(desk->lead, "remove", "response"), 1);
}

static void test_left_for_ten_minutes(void **state)
{
    const Desk *desk = *state;
    Form *form = NULL;
    Answers *given = NULL;
    g_autoptr(Response) mine = begin(desk->worker, "liten", desk->client);
    set_clock("2026-11-22T10:09:59");
    assert_fails(response_open(desk->officer, mine->id, TRUE, FALSE, &form, &given, &error),
                 ERROR_BUSY);
    set_clock("2026-11-22T10:10");
    g_auto(Opened) theirs = open_it(desk->officer, mine->id, TRUE);
    assert_int_equal(theirs.response->staff_id, session_staff_id(desk->worker));
    assert_conflict(desk->worker, mine, "harriet");
}

static void test_in_two_places(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Session) elsewhere = fixture_open(&desk->visits.unit, "bertil");
    g_autoptr(Response) first = begin(desk->worker, "liten", desk->client);
    g_auto(Opened) second = open_it(elsewhere, first->id, TRUE);
    assert_conflict(desk->worker, first, "another place");
    answer(elsewhere, second.response, second.answers, "antal", "", "5");
    /* It is one's own: no trace but that it was begun. */
    assert_int_equal(
        fixture_int(desk->lead, "SELECT COUNT(*) FROM audit WHERE entity = 'response'"), 1);
    /* Another person with the same response in hand writes nothing either. */
    g_autoptr(Answers) answers = answers_new();
    answers_set(answers, "antal", "", ANSWER_VALUE, "6");
    assert_fails(save(desk->officer, second.response, answers, "antal", "", &error),
                 ERROR_CONFLICT);
}

static void test_reading_is_logged(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Response) mine = begin(desk->worker, "liten", desk->client);
    g_auto(Opened) own = open_it(desk->worker, mine->id, FALSE);
    assert_int_equal(own.response->holder, 0);
    assert_int_equal(logged(desk->lead, "read", "response"), 0);
    g_auto(Opened) others = open_it(desk->lead, mine->id, FALSE);
    assert_int_equal(logged(desk->lead, "read", "response"), 1);
    assert_int_equal(others.response->holder, 0);
    Form *form = NULL;
    Answers *given = NULL;
    assert_fails(response_open(desk->lead, 17, FALSE, FALSE, &form, &given, &error),
                 ERROR_NOT_FOUND);
}

static void test_protected(void **state)
{
    const Desk *desk = *state;
    Form *form = NULL;
    Answers *given = NULL;
    g_autoptr(Response) secret = begin(desk->lead, "liten", desk->hidden);
    g_autoptr(Answers) said = answers_new();
    answer(desk->lead, secret, said, "antal", "", "3");
    assert_ok(response_release(desk->lead, secret, &error));
    for (int hold = 0; hold < 2; hold++)
        assert_fails(response_open(desk->worker, secret->id, hold, TRUE, &form, &given, &error),
                     ERROR_DENIED);
    assert_int_equal(logged(desk->lead, "denied", "client"), 2);
    assert_fails(response_of_client(desk->worker, desk->hidden, &error), ERROR_DENIED);
    assert_fails(response_latest(desk->worker, desk->hidden, "liten", &given, &error),
                 ERROR_DENIED);
    g_autoptr(GPtrArray) theirs = NULL, ours = NULL;
    assert_ok((theirs = response_unfinished(desk->worker, FALSE, 10, &error)));
    assert_int_equal(theirs->len, 0);
    assert_ok((ours = response_unfinished(desk->lead, FALSE, 10, &error)));
    assert_int_equal(ours->len, 1);
    /* An interview is not opened by everyone either. */
    g_autoptr(Response) interview = begin(desk->officer, "ubu-ungdom", desk->client);
    assert_fails(response_open(desk->worker, interview->id, FALSE, FALSE, &form, &given, &error),
                 ERROR_DENIED);
    assert_fails(call_list(desk->worker, interview->id, &error), ERROR_DENIED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(test_a_colleague_takes_over),
        DESK_TEST(test_let_go),
        DESK_TEST(test_let_go_of_an_empty_one),
        DESK_TEST(test_left_for_ten_minutes),
        DESK_TEST(test_in_two_places),
        DESK_TEST(test_reading_is_logged),
        DESK_TEST(test_protected),
    };
    return cmocka_run_group_tests_name("care/response_held", tests, NULL, NULL);
}
