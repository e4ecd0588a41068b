/* walk_hidden.c: the address of somebody with protected identity is kept out of sight in a form,
 * and is stored all the same. */
#include "care/response/walk.h"
#include "tests/unit/care/fixture_response.h"

#define ADDRESS "Hemliga gatan 7"

typedef struct {
    Walk *walk;
    Session *session;
} Walking;

static void walking_clear(Walking *walking)
{
    walk_close(walking->walk, walking->session);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Walking, walking_clear)

static Walking begin_intake(Session *session, gint64 client)
{
    Walking walking = {.session = session};
    assert_ok((walking.walk = walk_begin(session, "aktualisering", client, NULL, 0, "sv", &error)));
    return walking;
}

static void go_to(const Walking *walking, const char *item)
{
    int index = flow_find(walk_flow(walking->walk), item, "");
    assert_true(index >= 0);
    assert_ok(walk_go(walking->walk, walking->session, index, &error));
}

static void give(const Walking *walking, const char *item, const char *value)
{
    g_autofree char *sentence = NULL;
    go_to(walking, item);
    assert_ok(walk_answer(walking->walk, walking->session, value, "Så är det.", &sentence,
                          &error) == WALK_SAVED);
}

/* What is said of the answer to `item`, and what it says to whoever has asked for it. */
static void assert_said(const Walking *walking, const char *item, const char *said,
                        const char *shown)
{
    const FormItem *asked = form_item(walk_form(walking->walk), item);
    const Answer *answer = answers_get(walk_answers(walking->walk), item, "");
    g_autofree char *text = walk_value_text(walking->walk, asked, answer);
    g_autofree char *plainly = walk_value_shown(walking->walk, asked, answer);
    assert_string_equal(text, said);
    assert_string_equal(plainly, shown);
}

static void test_by_what_is_said(void **state)
{
    const Desk *desk = *state;
    g_auto(Walking) walking = begin_intake(desk->officer, 0);
    assert_said(&walking, "adress", "", "");
    give(&walking, "skydd-slag", "none");
    give(&walking, "adress", ADDRESS);
    give(&walking, "telefon", "08-123 45 67");
    assert_said(&walking, "adress", ADDRESS, ADDRESS);
    give(&walking, "skydd-slag", "marked");
    assert_said(&walking, "adress", "hidden", ADDRESS);
    /* As on the card: the telephone is seen. */
    assert_said(&walking, "telefon", "08-123 45 67", "08-123 45 67");
    /* No value, nothing to hide. */
    go_to(&walking, "adress");
    assert_ok(walk_answer_kind(walking.walk, walking.session, ANSWER_UNKNOWN, &error));
    const FormItem *address = form_item(walk_form(walking.walk), "adress");
    g_autofree char *unknown = walk_value_text(
        walking.walk, address, answers_get(walk_answers(walking.walk), "adress", ""));
    assert_string_equal(unknown, "Vet ej");
}

/* The card counts whatever is said in the form, from the moment the intake is tied to it. */
static void test_by_the_card(void **state)
{
    const Desk *desk = *state;
    {
        g_auto(Walking) walking = begin_intake(desk->lead, desk->hidden);
        give(&walking, "skydd-slag", "none");
        give(&walking, "adress", ADDRESS);
        assert_said(&walking, "adress", "hidden", ADDRESS);
    }
    g_auto(Walking) tied = begin_intake(desk->lead, 0);
    give(&tied, "skydd-slag", "none");
    give(&tied, "adress", ADDRESS);
    assert_said(&tied, "adress", ADDRESS, ADDRESS);
    assert_ok(walk_set_client(tied.walk, tied.session, desk->hidden, &error));
    assert_said(&tied, "adress", "hidden", ADDRESS);
    g_auto(Walking) open = begin_intake(desk->lead, desk->client);
    give(&open, "skydd-slag", "none");
    give(&open, "adress", ADDRESS);
    assert_said(&open, "adress", ADDRESS, ADDRESS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(test_by_what_is_said),
        DESK_TEST(test_by_the_card),
    };
    return cmocka_run_group_tests_name("care/walk_hidden", tests, NULL, NULL);
}
