/* walk.c: one response walked through: going about, answering, text kept, and that nothing is shown
 * as answered that is not on the disk. */
#include "care/response/walk.h"
#include "care/client/dispute.h"
#include "tests/unit/care/fixture_response.h"

#define FORM                                                                                       \
    "name: prov\nversion: \"1\"\ntitle: Prov\nkind: walk\nrespondent: client\n"                    \
    "opening: Hej {client.first}, det är {staff} på {unit}.\nitem:\n"                            \
    "  - {linkId: inledning, type: display, text: Läs upp.}\n"                                    \
    "  - {linkId: ja, type: boolean, text: Ja?, required: true}\n"                                 \
    "  - linkId: mer\n    type: text\n    text: Berätta mer.\n"                                   \
    "    enableWhen: [{question: ja, operator: \"=\", answer: true}]\n"                            \
    "  - linkId: dag\n    type: date\n    text: Vilken dag?\n"                                     \
    "    constraint: [{operator: \">=\", answer: today, text: \"Dagen har varit, "                 \
    "{client.first}.\"}]\n"                                                                        \
    "    warning: [{operator: \"<=\", answer: today+7, text: Är det inte långt bort?}]\n"        \
    "  - linkId: val\n    type: open-choice\n    text: Vilka?\n    repeats: true\n"                \
    "    answerOption:\n      - {code: a, display: Alfa, key: a}\n"                                \
    "      - {code: b, display: Beta, key: b}\n"                                                   \
    "      - {code: x, display: Inget, key: i, exclusive: true}\n"                                 \
    "  - linkId: lag\n    type: string\n    text: Lagens fråga?\n    statutory: true\n"           \
    "  - linkId: mal\n    type: group\n    text: Mål\n    repeats: true\n    item:\n"             \
    "      - {linkId: vad, type: string, text: Vad?}\n"                                            \
    "      - {linkId: nar, type: string, text: När?}\n"                                           \
    "  - {linkId: text, type: text, text: Anteckna., beside: [lag, vad, nar]}\n"

typedef struct {
    Walk *walk;
    Session *session;
} Walking;

static void walking_clear(Walking *walking)
{
    walk_close(walking->walk, walking->session);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Walking, walking_clear)

static Walking begin_walk(const Desk *desk)
{
    Walking walking = {.session = desk->worker};
    ship_text(desk, "prov", FORM);
    assert_ok(
        (walking.walk = walk_begin(desk->worker, "prov", desk->client, "client", 0, "sv", &error)));
    return walking;
}

/* Lets go and goes on, as after a lock. */
static void reopen(Walking *walking)
{
    gint64 id = walk_response(walking->walk)->id;
    walk_close(walking->walk, walking->session);
    assert_ok((walking->walk = walk_open(walking->session, id, FALSE, &error)));
}

static void assert_at(const Walk *walk, const char *item, const char *instance)
{
    const FlowStep *step = walk_step(walk);
    assert_non_null(step);
    assert_string_equal(step->item->link_id, item);
    assert_string_equal(step->instance, instance);
}

static WalkResult try(const Walking *walking, const char *typed, const char *reason)
{
    g_autofree char *sentence = NULL;
    g_autoptr(GError) error = NULL;
    WalkResult result =
        walk_answer_typed(walking->walk, walking->session, typed, reason, &sentence, &error);
    assert_int_equal(sentence != NULL, result == WALK_REFUSED || result == WALK_DOUBTFUL);
    assert_int_equal(error != NULL, result == WALK_FAILED);
    return result;
}

static void say(const Walking *walking, const char *typed)
{
    assert_int_equal(try(walking, typed, NULL), WALK_SAVED);
}

static void forward(const Walking *walking)
{
    assert_ok(walk_forward(walking->walk, walking->session, &error));
}

static void go_to(const Walking *walking, const char *item, const char *instance)
{
    int index = flow_find(walk_flow(walking->walk), item, instance);
    assert_true(index >= 0);
    assert_ok(walk_go(walking->walk, walking->session, index, &error));
}

static const char *value_of(const Walk *walk, const char *item)
{
    const Answer *answer = answers_get(walk_answers(walk), item, "");
    return answer != NULL ? answer->value : NULL;
}

/* --- going about ------------------------------------------------------------------------------ */

static void test_begins_at_the_first_question(void **state)
{
    g_auto(Walking) walking = begin_walk(*state);
    assert_at(walking.walk, "ja", "");
    assert_int_equal(walk_saved_ms(walking.walk), 0);
    assert_false(walk_is_read_only(walking.walk));
    g_autofree char *opening = walk_text(walking.walk, walk_form(walking.walk)->opening);
    assert_string_equal(opening, "Hej Emil, det är bertil på Enheten.");
}

static void test_going(void **state)
{
    g_auto(Walking) walking = begin_walk(*state);
    assert_ok(walk_back(walking.walk, walking.session, &error));
    assert_at(walking.walk, "ja", "");
    forward(&walking);
    assert_at(walking.walk, "dag", "");
    assert_ok(walk_back(walking.walk, walking.session, &error));
    say(&walking, "ja");
    assert_at(walking.walk, "ja", "");
    forward(&walking);
    assert_at(walking.walk, "mer", "");
    assert_ok(walk_to_unanswered(walking.walk, walking.session, &error));
    assert_at(walking.walk, "dag", "");
    /* A display or a head is passed over. */
    assert_ok(walk_go(walking.walk, walking.session, 0, &error));
    assert_at(walking.walk, "ja", "");
    for (int i = 0; i < 20; i++)
        forward(&walking);
    assert_true(walk_at_end(walking.walk));
    assert_null(walk_step(walking.walk));
    assert_null(walk_answer_here(walking.walk));
    assert_ok(walk_back(walking.walk, walking.session, &error));
    assert_at(walking.walk, "text", "");
}

static void test_goes_on_where_it_stopped(void **state)
{
    g_auto(Walking) walking = begin_walk(*state);
    say(&walking, "ja");
    /* Cut off before the next question was drawn: it stands there all the same. */
    reopen(&walking);
    assert_at(walking.walk, "mer", "");
    assert_string_equal(value_of(walking.walk, "ja"), "true");
    go_to(&walking, "lag", "");
    reopen(&walking);
    assert_at(walking.walk, "lag", "");
    assert_int_equal(walk_response(walking.walk)->at_number, 5);
    for (int i = 0; i < 20; i++)
        forward(&walking);
    reopen(&walking);
    assert_true(walk_at_end(walking.walk));
}

/* A16: opening one, and going about in it, moves it up in no list and gives it no new time; where
 * one was is kept. */
static void test_a16_looking_is_not_saving(void **state)
{
    const Desk *desk = *state;
    Walking walking = begin_walk(desk);
    gint64 id = walk_response(walking.walk)->id;
    say(&walking, "ja");
    gint64 answered = walk_saved_ms(walking.walk);
    walk_close(walking.walk, walking.session);
    set_clock("2026-11-22 11:30");
    g_autoptr(Response) later = begin(desk->worker, "liten", desk->client);
    g_autoptr(Answers) answers = answers_new();
    answer(desk->worker, later, answers, "ja", "", "true");
    set_clock("2026-11-22 12:00");
    assert_ok((walking.walk = walk_open(walking.session, id, FALSE, &error)));
    assert_int_equal(walk_saved_ms(walking.walk), answered);
    assert_ok(walk_forward(walking.walk, walking.session, &error));
    assert_ok(walk_type(walking.walk, walking.session, TYPED_NOTHING, NULL, &error));
    assert_false(walk_has_moved(walking.walk));
    assert_ok(walk_forward(walking.walk, walking.session, &error));
    assert_int_equal(walk_saved_ms(walking.walk), answered);
    walk_close(walking.walk, walking.session);
    g_autoptr(GPtrArray) list = NULL;
    assert_ok((list = response_unfinished(desk->worker, TRUE, 10, &error)));
    assert_int_equal(list->len, 2);
    assert_int_equal(((Response *)list->pdata[0])->id, later->id);
    assert_int_equal(((Response *)list->pdata[1])->continued_ms, answered);
    assert_string_equal(((Response *)list->pdata[1])->at_item, "val");
    /* Whoever looks is at it all the same. */
    Form *form = NULL;
    Answers *given = NULL;
    assert_ok((walking.walk = walk_open(walking.session, id, FALSE, &error)));
    assert_fails(response_open(desk->officer, id, TRUE, FALSE, &form, &given, &error), ERROR_BUSY);
    walk_close(walking.walk, walking.session);
}

/* What was opened to be looked at leaves nothing; what was said in it, everything. */
static void test_looked_at(void **state)
{
    const Desk *desk = *state;
    Walking walking = begin_walk(desk);
    forward(&walking);
    walk_close(walking.walk, walking.session);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM response"), 0);
    assert_int_equal(logged(desk->lead, "remove", "response"), 1);
    walking = begin_walk(desk);
    assert_ok(walk_note(walking.walk, walking.session, "bara en anteckning", &error));
    walk_close(walking.walk, walking.session);
    walking = begin_walk(desk);
    assert_ok(walk_type(walking.walk, walking.session, TYPED_ANSWER, "ja", &error));
    walk_close(walking.walk, walking.session);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM response"), 2);
    assert_sound(desk->lead);
}

/* --- answering -------------------------------------------------------------------------------- */

static void test_checks(void **state)
{
    g_auto(Walking) walking = begin_walk(*state);
    go_to(&walking, "dag", "");
    assert_int_equal(try(&walking, "kanske", NULL), WALK_REFUSED);
    assert_int_equal(try(&walking, "2026-11-01", NULL), WALK_REFUSED);
    assert_int_equal(try(&walking, "2026-12-24", NULL), WALK_DOUBTFUL);
    assert_null(value_of(walking.walk, "dag"));
    assert_int_equal(try(&walking, "2026-12-24", "Julafton passar"), WALK_SAVED);
    reopen(&walking);
    const Answer *answer = answers_get(walk_answers(walking.walk), "dag", "");
    assert_string_equal(answer->value, "2026-12-24");
    assert_string_equal(answer->reason, "Julafton passar");
    /* A hard one is not overridden by any reason; its sentence has the name filled in. */
    go_to(&walking, "dag", "");
    g_autofree char *sentence = NULL;
    assert_int_equal(
        walk_answer(walking.walk, walking.session, "2026-11-01", "därför", &sentence, NULL),
        WALK_REFUSED);
    assert_string_equal(sentence, "Dagen har varit, Emil.");
    assert_string_equal(value_of(walking.walk, "dag"), "2026-12-24");
    /* An answer without fault needs no reason, and the old one goes with the old answer. */
    say(&walking, "imorgon");
    assert_null(answers_get(walk_answers(walking.walk), "dag", "")->reason);
}

static void test_kinds_and_notes(void **state)
{
    g_auto(Walking) walking = begin_walk(*state);
    go_to(&walking, "lag", "");
    say(&walking, "ett svar som står kvar");
    go_to(&walking, "ja", "");
    assert_ok(walk_note(walking.walk, walking.session, "tvekar", &error));
    assert_ok(walk_answer_kind(walking.walk, walking.session, ANSWER_REFUSED, &error));
    assert_string_equal(walk_answer_here(walking.walk)->note, "tvekar");
    reopen(&walking);
    const Answer *answer = answers_get(walk_answers(walking.walk), "ja", "");
    assert_int_equal(answer->kind, ANSWER_REFUSED);
    assert_string_equal(answer->note, "tvekar");
    go_to(&walking, "ja", "");
    say(&walking, "nej");
    assert_string_equal(walk_answer_here(walking.walk)->note, "tvekar");
    /* What is taken back is asked again. */
    go_to(&walking, "lag", "");
    say(&walking, "");
    reopen(&walking);
    assert_at(walking.walk, "lag", "");
    say(&walking, "ett svar som står kvar");
    go_to(&walking, "ja", "");
    assert_ok(walk_answer_kind(walking.walk, walking.session, ANSWER_NONE, &error));
    assert_ok(walk_note(walking.walk, walking.session, "", &error));
    reopen(&walking);
    assert_null(answers_get(walk_answers(walking.walk), "ja", ""));
    assert_at(walking.walk, "ja", "");
}

static void toggle(const Walking *walking, const char *code)
{
    const FormItem *item = walk_step(walking->walk)->item;
    g_autofree char *value = walk_toggle(walking->walk, form_option(item, code));
    g_autofree char *sentence = NULL;
    assert_int_equal(walk_answer(walking->walk, walking->session, value, NULL, &sentence, NULL),
                     WALK_SAVED);
}

static void test_toggles(void **state)
{
    g_auto(Walking) walking = begin_walk(*state);
    go_to(&walking, "lag", "");
    say(&walking, "ett svar som står kvar");
    go_to(&walking, "val", "");
    toggle(&walking, "b");
    toggle(&walking, "a");
    assert_string_equal(value_of(walking.walk, "val"), "a b");
    toggle(&walking, "b");
    assert_string_equal(value_of(walking.walk, "val"), "a");
    g_autofree char *sentence = NULL;
    assert_int_equal(
        walk_answer(walking.walk, walking.session, "a =egna ord", NULL, &sentence, NULL),
        WALK_SAVED);
    toggle(&walking, "b");
    assert_string_equal(value_of(walking.walk, "val"), "a b =egna ord");
    toggle(&walking, "x");
    assert_string_equal(value_of(walking.walk, "val"), "x");
    /* One stays where one is while there is more to choose. */
    reopen(&walking);
    assert_at(walking.walk, "val", "");
    toggle(&walking, "a");
    assert_string_equal(value_of(walking.walk, "val"), "a");
    toggle(&walking, "a");
    assert_null(value_of(walking.walk, "val"));
    reopen(&walking);
    assert_at(walking.walk, "val", "");
}

static void test_typed(void **state)
{
    g_auto(Walking) walking = begin_walk(*state);
    TypedIn in;
    say(&walking, "ja");
    forward(&walking);
    assert_ok(walk_type(walking.walk, walking.session, TYPED_ANSWER, "Det började n", &error));
    gint64 saved = walk_saved_ms(walking.walk);
    set_clock("2026-11-22T10:05");
    assert_ok(walk_type(walking.walk, walking.session, TYPED_ANSWER, "Det började n", &error));
    assert_int_equal(walk_saved_ms(walking.walk), saved); /* nothing new, nothing written */
    reopen(&walking);
    assert_at(walking.walk, "mer", "");
    assert_string_equal(walk_typed(walking.walk, &in), "Det började n");
    assert_int_equal(in, TYPED_ANSWER);
    assert_null(value_of(walking.walk, "mer"));
    say(&walking, "Det började när jag flyttade.");
    assert_null(walk_typed(walking.walk, &in));
    assert_int_equal(in, TYPED_NOTHING);
    reopen(&walking);
    assert_null(walk_typed(walking.walk, &in));
    assert_string_equal(value_of(walking.walk, "mer"), "Det började när jag flyttade.");
    assert_ok(walk_type(walking.walk, walking.session, TYPED_NOTE, "halv", &error));
    forward(&walking);
    reopen(&walking);
    assert_null(walk_typed(walking.walk, &in));
    set_clock("2026-11-22T10:00");
}

/* Another window of the same person takes it over: the first one is told, and shows what is on the
 * disk. */
static void test_nothing_is_shown_that_is_not_saved(void **state)
{
    const Desk *desk = *state;
    g_auto(Walking) walking = begin_walk(desk);
    say(&walking, "ja");
    g_auto(Walking) other = {.session = desk->worker};
    assert_ok(
        (other.walk = walk_open(desk->worker, walk_response(walking.walk)->id, FALSE, &error)));
    assert_ok(walk_go(walking.walk, walking.session, 0, &error));
    assert_int_equal(try(&walking, "nej", NULL), WALK_FAILED);
    assert_string_equal(value_of(walking.walk, "ja"), "true");
    assert_true(flow_find(walk_flow(walking.walk), "mer", "") >= 0);
    assert_fails(walk_note(walking.walk, walking.session, "n", &error), ERROR_CONFLICT);
    assert_null(walk_answer_here(walking.walk)->note);
    assert_fails(walk_type(walking.walk, walking.session, TYPED_ANSWER, "t", &error),
                 ERROR_CONFLICT);
    assert_null(walk_response(walking.walk)->typed);
    go_to(&walking, "vad", "1");
    assert_fails(walk_add_repetition(walking.walk, walking.session, &error), ERROR_CONFLICT);
    assert_int_equal(walk_repetitions(walking.walk), 1);
    assert_fails(walk_set_language(walking.walk, walking.session, "fi", &error), ERROR_CONFLICT);
    assert_string_equal(walk_response(walking.walk)->language, "sv");
    assert_ok(walk_go(other.walk, other.session, 0, &error));
    say(&other, "nej");
}

/* --- repetitions ------------------------------------------------------------------------------ */

static void test_repetitions(void **state)
{
    g_auto(Walking) walking = begin_walk(*state);
    assert_null(walk_group(walking.walk));
    assert_int_equal(walk_repetition(walking.walk), 0);
    assert_int_equal(walk_repetitions(walking.walk), 0);
    go_to(&walking, "vad", "1");
    assert_string_equal(walk_group(walking.walk)->link_id, "mal");
    say(&walking, "ett");
    assert_ok(walk_add_repetition(walking.walk, walking.session, &error));
    assert_at(walking.walk, "vad", "2");
    assert_int_equal(walk_repetition(walking.walk), 2);
    say(&walking, "två");
    assert_ok(walk_add_repetition(walking.walk, walking.session, &error));
    say(&walking, "tre");
    reopen(&walking);
    go_to(&walking, "vad", "2");
    assert_int_equal(walk_repetitions(walking.walk), 3);
    assert_ok(walk_remove_repetition(walking.walk, walking.session, &error));
    assert_at(walking.walk, "vad", "1");
    reopen(&walking);
    assert_string_equal(answers_get(walk_answers(walking.walk), "vad", "2")->value, "tre");
    assert_null(answers_get(walk_answers(walking.walk), "vad", "3"));
    /* What was said in the repetition before is at hand. */
    go_to(&walking, "nar", "1");
    say(&walking, "i vår");
    go_to(&walking, "nar", "2");
    g_autofree char *before = walk_value_before(walking.walk, walking.session, NULL);
    assert_string_equal(before, "i vår");
}

static void test_beside(void **state)
{
    g_auto(Walking) walking = begin_walk(*state);
    g_autofree char *none = walk_beside(walking.walk, form_item(walk_form(walking.walk), "ja"));
    assert_null(none);
    go_to(&walking, "lag", "");
    say(&walking, "svar");
    go_to(&walking, "vad", "1");
    say(&walking, "Boendet");
    forward(&walking);
    say(&walking, "nu");
    assert_ok(walk_add_repetition(walking.walk, walking.session, &error));
    say(&walking, "Ekonomin");
    g_autofree char *beside = walk_beside(walking.walk, form_item(walk_form(walking.walk), "text"));
    assert_string_equal(beside,
                        "Lagens fråga? svar\n1. Boendet (nu)\n2. Ekonomin\nThe time is 10:00");
}

/* A form whose first step is a question. */
static Walk *begin_meeting(const Desk *desk)
{
    Walk *walk = NULL;
    ship_text(desk, "motet",
              "name: motet\nversion: \"1\"\ntitle: Mötet\nkind: walk\nrespondent: client\nitem:\n"
              "  - {linkId: forst, type: string, text: Först?}\n"
              "  - {linkId: sen, type: string, text: Sedan?}\n"
              "  - {linkId: text, type: text, text: Anteckna., beside: [forst]}\n");
    assert_ok((walk = walk_begin(desk->worker, "motet", desk->client, "client", 0, "sv", &error)));
    return walk;
}

/* To the first question and no further, and from the last to the overview when none is left. */
static void test_at_the_edges(void **state)
{
    const Desk *desk = *state;
    g_auto(Walking) walking = {.walk = begin_meeting(desk), .session = desk->worker};
    assert_true(walk_at_start(walking.walk));
    assert_ok(walk_back(walking.walk, walking.session, &error));
    assert_at(walking.walk, "forst", "");
    forward(&walking);
    assert_false(walk_at_start(walking.walk));
    assert_ok(walk_back(walking.walk, walking.session, &error));
    assert_at(walking.walk, "forst", "");
    assert_false(walk_is_begun(walking.walk));
    go_to(&walking, "text", "");
    say(&walking, "Slut");
    assert_true(walk_is_begun(walking.walk));
    static const char *const LEFT[] = {"forst", "sen"};
    for (gsize i = 0; i < G_N_ELEMENTS(LEFT); i++) {
        assert_ok(walk_to_unanswered(walking.walk, walking.session, &error));
        assert_at(walking.walk, LEFT[i], "");
        say(&walking, "svar");
    }
    assert_ok(walk_to_unanswered(walking.walk, walking.session, &error));
    assert_true(walk_at_end(walking.walk));
}

/* Also the first question of a form; none that is not named. */
static void test_beside_the_first_question(void **state)
{
    const Desk *desk = *state;
    g_auto(Walking) walking = {.session = desk->worker};
    walking.walk = begin_meeting(desk);
    const FormItem *text = form_item(walk_form(walking.walk), "text");
    g_autofree char *nothing = walk_beside(walking.walk, text);
    assert_string_equal(nothing, "The time is 10:00");
    say(&walking, "Kaffe");
    go_to(&walking, "sen", "");
    say(&walking, "Bullar");
    g_autofree char *beside = walk_beside(walking.walk, text);
    assert_string_equal(beside, "Först? Kaffe\nThe time is 10:00");
}

/* --- the end ---------------------------------------------------------------------------------- */

static void assert_points(const Walk *walk, guint count, const char *first)
{
    g_autoptr(GArray) points = walk_open_points(walk);
    assert_int_equal(points->len, count);
    if (first != NULL) {
        assert_true(g_array_index(points, OpenPoint, 0).hard);
        const FlowStep *step =
            flow_step(walk_flow(walk), g_array_index(points, OpenPoint, 0).index);
        assert_string_equal(step->item->link_id, first);
    }
}

static void test_completing(void **state)
{
    const Desk *desk = *state;
    g_auto(Walking) walking = begin_walk(desk);
    assert_points(walking.walk, 2, "ja");
    say(&walking, "ja");
    assert_points(walking.walk, 1, "lag");
    forward(&walking);
    say(&walking, "mer text");
    go_to(&walking, "lag", "");
    assert_ok(walk_answer_kind(walking.walk, walking.session, ANSWER_UNKNOWN, &error));
    assert_points(walking.walk, 1, "lag");
    assert_fails(walk_complete(walking.walk, walking.session, &error), ERROR_INPUT);
    say(&walking, "ett svar");
    go_to(&walking, "ja", "");
    say(&walking, "nej");
    assert_int_equal(walk_fallen_away(walking.walk), 1);
    assert_points(walking.walk, 0, NULL);
    assert_ok(walk_complete(walking.walk, walking.session, &error));
    assert_true(walk_is_read_only(walking.walk));
    assert_null(value_of(walking.walk, "mer"));
    assert_fails(walk_note(walking.walk, walking.session, "sent", &error), ERROR_READONLY);

    g_auto(Walking) read = {.session = desk->worker};
    assert_ok((read.walk = walk_read(desk->worker, walk_response(walking.walk)->id, &error)));
    assert_true(walk_is_read_only(read.walk));
    assert_true(walk_at_end(read.walk));
    assert_null(walk_form_changes(read.walk));
    g_autoptr(Dispute) dispute = dispute_new();
    dispute->client_id = desk->client;
    dispute->about = DISPUTE_RESPONSE;
    dispute->about_id = walk_response(walking.walk)->id;
    dispute->field = dispute_question("lag", "");
    dispute->entry = g_strdup("Formuläret");
    dispute->words = g_strdup("Det sa jag inte.");
    dispute->said_on = clock_today();
    assert_ok(dispute_add(desk->lead, dispute, &error));
    g_autofree char *nothing = walk_disputed_here(read.walk);
    assert_null(nothing);
    g_auto(Walking) correction = {.session = desk->worker};
    assert_ok(
        (correction.walk = walk_correct(desk->worker, walk_response(walking.walk)->id, &error)));
    g_autofree char *elsewhere = walk_disputed_here(correction.walk);
    assert_null(elsewhere);
    go_to(&correction, "lag", "");
    g_autofree char *said = walk_disputed_here(correction.walk);
    assert_non_null(strstr(said, "Det sa jag inte."));
    say(&correction, "ett bättre svar");
    assert_ok(walk_complete(correction.walk, correction.session, &error));
    /* A correction of the correction has it still. */
    g_auto(Walking) second = {.session = desk->worker};
    assert_ok(
        (second.walk = walk_correct(desk->worker, walk_response(correction.walk)->id, &error)));
    go_to(&second, "lag", "");
    g_autofree char *still = walk_disputed_here(second.walk);
    assert_non_null(strstr(still, "Det sa jag inte."));
    assert_string_equal(value_of(read.walk, "lag"), "ett svar");
}

/* One that is read is read aloud in any language, and nothing around its answers is changed. */
static void test_given_up(void **state)
{
    const Desk *desk = *state;
    const Call call = {.result = CALL_REACHED, .back_date = DATE_NONE, .back_time = -1};
    g_auto(Walking) walking = begin_walk(desk);
    Walk *walk = walking.walk;
    Session *session = walking.session;
    say(&walking, "ja");
    assert_ok(walk_set_mode(walk, session, MODE_MEETING, &error));
    assert_true(walk_saved_ms(walk) != 0);
    assert_ok(walk_call(walk, session, &call, &error));
    assert_ok(walk_give_up(walk, session, NOT_DONE_DECLINED, NULL, &error));
    assert_true(walk_is_read_only(walk));
    assert_int_equal(walk_response(walk)->not_done, NOT_DONE_DECLINED);
    assert_fails(walk_set_mode(walk, session, MODE_PHONE, &error), ERROR_READONLY);
    assert_fails(walk_set_interpreter(walk, session, TRUE, &error), ERROR_READONLY);
    assert_fails(walk_set_minutes(walk, session, 5, &error), ERROR_READONLY);
    assert_fails(walk_set_client(walk, session, 0, &error), ERROR_READONLY);
    assert_fails(walk_call(walk, session, &call, &error), ERROR_READONLY);
    assert_fails(walk_give_up(walk, session, NOT_DONE_CONFLICT, NULL, &error), ERROR_READONLY);
    assert_int_equal(walk_response(walk)->mode, MODE_MEETING);
    assert_ok(walk_set_language(walk, session, "fi", &error));
    assert_string_equal(walk_response(walk)->language, "fi");
    g_auto(Walking) again = {.session = session};
    assert_ok((again.walk = walk_read(session, walk_response(walk)->id, &error)));
    assert_string_equal(walk_response(again.walk)->language, "sv");
}

/* D12: who has been named once is proposed where they are asked for again. */
static void test_d12_nobody_is_typed_twice(void **state)
{
    const Desk *desk = *state;
    g_auto(Walking) walking = {.session = desk->officer};
    ship_text(desk, "moten",
              "name: moten\nversion: \"1\"\ntitle: Möten\nkind: walk\nitem:\n"
              "  - linkId: ska\n    type: group\n    text: Ska\n    repeats: true\n    item:\n"
              "      - {linkId: vem, type: string, text: Vem?}\n"
              "      - {linkId: roll, type: string, text: Roll?}\n"
              "  - linkId: kom\n    type: group\n    text: Kom\n    repeats: true\n    item:\n"
              "      - {linkId: har, type: string, text: Vem?, initial: \"=vem\"}\n"
              "      - {linkId: som, type: string, text: Roll?, initial: \"=roll\"}\n"
              "  - {linkId: sist, type: text, text: Sist?}\n");
    assert_ok(
        (walking.walk = walk_begin(desk->officer, "moten", desk->client, NULL, 0, "sv", &error)));
    say(&walking, "Stina Ek");
    forward(&walking);
    say(&walking, "Mamma");
    go_to(&walking, "vem", "1");
    assert_ok(walk_add_repetition(walking.walk, walking.session, &error));
    say(&walking, "Bo Ek");
    forward(&walking);
    say(&walking, "Granne");
    go_to(&walking, "har", "1");
    g_autofree char *first = walk_proposal(walking.walk);
    assert_string_equal(first, "Stina Ek");
    assert_ok(walk_add_repetition(walking.walk, walking.session, &error));
    g_autofree char *second = walk_proposal(walking.walk);
    assert_string_equal(second, "Bo Ek");
    assert_null(value_of(walking.walk, "har")); /* nothing is said before it is taken */
    /* A role is that of whom it stands with, in whatever order they are named. */
    go_to(&walking, "som", "1");
    g_autofree char *of_first = walk_proposal(walking.walk);
    assert_string_equal(of_first, "Mamma");
    go_to(&walking, "har", "1");
    say(&walking, "Bo Ek");
    forward(&walking);
    g_autofree char *of_chosen = walk_proposal(walking.walk);
    assert_string_equal(of_chosen, "Granne");
    go_to(&walking, "har", "1");
    say(&walking, "Siv Ek");
    forward(&walking);
    assert_null(walk_proposal(walking.walk));
}

/* D12: one more is asked for when a repeating group ends, also where another begins, and then it is
 * of the one that has ended until something is in the other. */
static void test_d12_one_more_is_asked_for(void **state)
{
    const Desk *desk = *state;
    g_auto(Walking) walking = {.session = desk->officer};
    ship_text(desk, "moten",
              "name: moten\nversion: \"1\"\ntitle: Möten\nkind: walk\nitem:\n"
              "  - linkId: ska\n    type: group\n    text: Ska\n    repeats: true\n    item:\n"
              "      - {linkId: vem, type: string, text: Vem?}\n"
              "  - linkId: kom\n    type: group\n    text: Kom\n    repeats: true\n    item:\n"
              "      - {linkId: har, type: string, text: Vem?}\n"
              "      - {linkId: som, type: string, text: Roll?}\n"
              "  - {linkId: sist, type: text, text: Sist?}\n");
    assert_ok(
        (walking.walk = walk_begin(desk->officer, "moten", desk->client, NULL, 0, "sv", &error)));
    assert_null(walk_group_ended(walking.walk));
    go_to(&walking, "har", "1");
    assert_string_equal(walk_group_ended(walking.walk)->link_id, "ska");
    assert_ok(walk_back_into_group(walking.walk, walking.session, &error));
    assert_at(walking.walk, "vem", "1");
    assert_ok(walk_add_repetition(walking.walk, walking.session, &error));
    assert_at(walking.walk, "vem", "2");
    assert_null(walk_group_ended(walking.walk)); /* in the middle of it */
    go_to(&walking, "som", "1");
    say(&walking, "Granne");
    assert_null(walk_group_ended(walking.walk));
    go_to(&walking, "har", "1");
    assert_null(walk_group_ended(walking.walk)); /* more of it means something now */
    assert_ok(walk_add_repetition(walking.walk, walking.session, &error));
    assert_at(walking.walk, "har", "2");
    go_to(&walking, "sist", "");
    assert_string_equal(walk_group_ended(walking.walk)->link_id, "kom");
}

#define INTERVIEW                                                                                  \
    "name: intervju\nversion: \"1\"\ntitle: Intervju\nkind: interview\nrespondent: child\nitem:\n" \
    "  - {linkId: ja, type: boolean, text: Ja?}\n"                                                 \
    "  - linkId: mer\n    type: text\n    text: Berätta mer.\n"                                   \
    "    enableWhen: [{question: ja, operator: \"=\", answer: true}]\n"                            \
    "  - {linkId: sist, type: string, text: Sist?}\n"

/* A14: nobody completes an interview in which nothing was asked, and what was not asked is said. */
static void test_a14_an_interview_is_not_completed_without_a_word(void **state)
{
    const Desk *desk = *state;
    g_auto(Walking) walking = {.session = desk->officer};
    ship_text(desk, "intervju", INTERVIEW);
    assert_ok((walking.walk =
                   walk_begin(desk->officer, "intervju", desk->client, "child", 0, "sv", &error)));
    assert_points(walking.walk, 1, "ja");
    assert_fails(walk_complete(walking.walk, walking.session, &error), ERROR_INPUT);
    assert_int_equal(walk_rest_not_asked(walking.walk, walking.session, NULL), 2);
    assert_points(walking.walk, 1, "ja");
    assert_fails(walk_complete(walking.walk, walking.session, &error), ERROR_INPUT);
    go_to(&walking, "ja", "");
    say(&walking, "ja");
    assert_points(walking.walk, 1, "mer");
    assert_fails(walk_complete(walking.walk, walking.session, &error), ERROR_INPUT);
    reopen(&walking);
    assert_int_equal(answers_get(walk_answers(walking.walk), "sist", "")->kind, ANSWER_NOT_ASKED);
    assert_int_equal(walk_rest_not_asked(walking.walk, walking.session, NULL), 1);
    assert_points(walking.walk, 0, NULL);
    assert_ok(walk_complete(walking.walk, walking.session, &error));
    assert_int_equal(walk_rest_not_asked(walking.walk, walking.session, NULL), -1);
}

static void test_another_version(void **state)
{
    const Desk *desk = *state;
    g_auto(Walking) walking = begin_walk(desk);
    say(&walking, "ja");
    g_autofree char *path = shipped_path(desk, "prov");
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_auto(GStrv) parts = g_strsplit(text, "Lagens fråga?", 2);
    g_autofree char *newer = g_strjoinv("Vad säger lagen?", parts);
    fixture_write(path, newer);
    reopen(&walking);
    const GPtrArray *changes = walk_form_changes(walking.walk);
    assert_non_null(changes);
    assert_int_equal(changes->len, 1);
    assert_string_equal(form_item(walk_form(walking.walk), "lag")->text, "Lagens fråga?");
    /* Without the file it opens as it was asked. */
    assert_int_equal(g_remove(path), 0);
    reopen(&walking);
    assert_string_equal(value_of(walking.walk, "ja"), "true");
}

static void test_language(void **state)
{
    const Desk *desk = *state;
    g_auto(Walking) walking = {.session = desk->worker};
    assert_ok((walking.walk = walk_begin(desk->worker, "handlingsplan-tva-fragor", desk->client,
                                         "client", 0, NULL, &error)));
    assert_string_equal(walk_response(walking.walk)->language, "en");
    assert_ok(walk_set_language(walking.walk, walking.session, "sv", &error));
    assert_ok(walk_set_mode(walking.walk, walking.session, MODE_PHONE, &error));
    reopen(&walking);
    assert_string_equal(walk_response(walking.walk)->language, "sv");
    assert_ok(walk_set_mode(walking.walk, walking.session, MODE_CAR, &error));
    assert_ok(walk_set_interpreter(walking.walk, walking.session, TRUE, &error));
    assert_ok(walk_set_minutes(walking.walk, walking.session, 25, &error));
    reopen(&walking);
    assert_int_equal(walk_response(walking.walk)->mode, MODE_CAR);
    assert_true(walk_response(walking.walk)->interpreter);
    assert_int_equal(walk_response(walking.walk)->minutes_used, 25);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        DESK_TEST(test_begins_at_the_first_question),
        DESK_TEST(test_going),
        DESK_TEST(test_goes_on_where_it_stopped),
        DESK_TEST(test_a16_looking_is_not_saving),
        DESK_TEST(test_looked_at),
        DESK_TEST(test_checks),
        DESK_TEST(test_kinds_and_notes),
        DESK_TEST(test_toggles),
        DESK_TEST(test_typed),
        DESK_TEST(test_nothing_is_shown_that_is_not_saved),
        DESK_TEST(test_repetitions),
        DESK_TEST(test_beside),
        DESK_TEST(test_beside_the_first_question),
        DESK_TEST(test_at_the_edges),
        DESK_TEST(test_completing),
        DESK_TEST(test_given_up),
        DESK_TEST(test_d12_nobody_is_typed_twice),
        DESK_TEST(test_d12_one_more_is_asked_for),
        DESK_TEST(test_a14_an_interview_is_not_completed_without_a_word),
        DESK_TEST(test_another_version),
        DESK_TEST(test_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
