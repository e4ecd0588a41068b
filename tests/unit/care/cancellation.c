/* cancel_answers.c: which questions belong to an outcome, in which order, and the draft. */
#include "care/visit/cancellation.h"
#include "care/unit/cause.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* After the standard headers it needs. */
#include <cmocka.h>

/* Answers every question the walk stops at, the cause being one that asks for help; the questions
 * it stopped at as letters. */
static void walk(Outcome outcome, gboolean offers_help, Alternative alternative, GString *stops)
{
    static const char letters[] = "ubtvcfsotn";
    CancelAnswers answers;
    cancel_answers_init(&answers);
    for (CancelAsk ask = cancel_next(&answers, ASK_OUTCOME - 1); ask != ASK_SAVE;
         ask = cancel_next(&answers, (int)ask)) {
        g_string_append_c(stops, letters[ask]);
        answers.answered[ask] = TRUE;
        if (ask == ASK_OUTCOME)
            cancel_answer_outcome(&answers, outcome);
        else if (ask == ASK_BY)
            answers.outcome.by = BY_OTHER;
        else if (ask == ASK_CAUSE)
            cancel_answer_cause(&answers, "MÅ", offers_help);
        else if (ask == ASK_OFFER)
            answers.outcome.alternative = alternative;
    }
    cancel_answers_clear(&answers);
}

static void each_outcome_asks_what_belongs_to_it(void **state)
{
    (void)state;
    static const struct {
        Outcome outcome;
        gboolean help;
        Alternative offer;
        const char
            *stops; /* u outcome, b by, t told/taken, c cause, s source, o offer, n new time */
    } cases[] = {
        {OUTCOME_CANCELLED, TRUE, OFFER_PHONE, "ubtcsotn"},
        {OUTCOME_CANCELLED, TRUE, OFFER_NOTHING, "ubtcson"},
        {OUTCOME_CANCELLED, FALSE, OFFER_NONE, "ubtcsn"},
        {OUTCOME_DECLINED, FALSE, OFFER_NONE, "ucn"},
        {OUTCOME_NO_SHOW, TRUE, OFFER_NOTHING, "ucon"},
        {OUTCOME_UNIT_CANCELLED, FALSE, OFFER_NONE, "ucn"},
        {OUTCOME_REBOOKED, FALSE, OFFER_NONE, "ubtcsn"},
        {OUTCOME_DONE_OTHERWISE, TRUE, OFFER_PHONE, "ucso"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) stops = g_string_new(NULL);
        walk(cases[i].outcome, cases[i].help, cases[i].offer, stops);
        assert_string_equal(stops->str, cases[i].stops);
    }
}

/* From the day's list: the key that opens it, one an answer, and Enter; ten at the most. */
static void the_longest_walk_is_ten_keys(void **state)
{
    (void)state;
    g_autoptr(GString) stops = g_string_new(NULL);
    walk(OUTCOME_CANCELLED, TRUE, OFFER_PHONE, stops);
    assert_true(1 + stops->len + 1 <= 10);
}

/* D5: a relative's word is neither the person's nor the staff's, and need not be asked about. */
static void d5_a_relative_says_why(void **state)
{
    (void)state;
    static const struct {
        CancelledBy by;
        CauseSource source;
    } cases[] = {{BY_CLIENT, SOURCE_CLIENT},
                 {BY_RELATIVE, SOURCE_RELATIVE},
                 {BY_GUARDIAN, SOURCE_RELATIVE},
                 {BY_OTHER, SOURCE_NONE}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        CancelAnswers answers;
        cancel_answers_init(&answers);
        cancel_answer_outcome(&answers, OUTCOME_CANCELLED);
        cancel_answer_by(&answers, cases[i].by);
        cancel_answer_cause(&answers, "ORK", TRUE);
        assert_int_equal(answers.outcome.source, cases[i].source);
        assert_int_equal(cancel_next(&answers, ASK_CAUSE) == ASK_SOURCE,
                         cases[i].source == SOURCE_NONE);
        cancel_answers_clear(&answers);
    }
}

/* D6: what was done in another form is not asked who called it off, but how one met; what has been
 * answered of it stays. */
static void d6_another_form_is_not_called_off(void **state)
{
    (void)state;
    CancelAnswers answers;
    cancel_answers_init(&answers);
    cancel_answer_outcome(&answers, OUTCOME_DONE_OTHERWISE);
    assert_false(cancel_applies(&answers, ASK_BY));
    assert_true(cancel_applies(&answers, ASK_OFFER));
    assert_string_equal(cancel_question(&answers, ASK_OFFER, NULL), "How did you meet instead?");
    cancel_answer_outcome(&answers, OUTCOME_CANCELLED);
    assert_string_equal(cancel_question(&answers, ASK_OFFER, NULL), "");
    cancel_answer_by(&answers, BY_CLIENT);
    cancel_answer_outcome(&answers, OUTCOME_DONE_OTHERWISE);
    VisitOutcome saved;
    cancel_outcome(&answers, &saved);
    assert_int_equal(saved.by, BY_CLIENT);
    visit_outcome_clear(&saved);
    cancel_answers_clear(&answers);
}

/* D2, D6: what was offered and has been carried out already is the same as "in another form". */
static void d2_already_done_is_another_form(void **state)
{
    (void)state;
    CancelAnswers answers;
    VisitOutcome saved;
    cancel_answers_init(&answers);
    cancel_answer_outcome(&answers, OUTCOME_CANCELLED);
    cancel_answer_by(&answers, BY_CLIENT);
    answers.outcome.told = TOLD_PHONE;
    cancel_answer_cause(&answers, "ORK", TRUE);
    answers.outcome.alternative = OFFER_PHONE;
    answers.answered[ASK_OFFER] = answers.answered[ASK_TOLD] = TRUE;
    cancel_answer_taken(&answers, CANCEL_TAKEN_ALREADY, NULL);
    assert_int_equal(cancel_next(&answers, ASK_OUTCOME - 1), ASK_SAVE);
    assert_int_equal(cancel_times(&answers).instead.date, DATE_NONE);
    cancel_outcome(&answers, &saved);
    assert_int_equal(saved.outcome, OUTCOME_DONE_OTHERWISE);
    assert_int_equal(saved.alternative, OFFER_PHONE);
    assert_int_equal(saved.alternative_taken, 1);
    assert_string_equal(saved.cause, "ORK");
    visit_outcome_clear(&saved);
    cancel_answers_clear(&answers);
}

/* D2: a time, a length, or both; what is not said is as proposed. */
static void d2_time_and_length(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        int start, minutes;
        const char *day; /* NULL: as proposed, which is not today */
    } cases[] = {{"14:15", 14 * 60 + 15, 30, NULL},
                 {"9 30", 9 * 60, 30, NULL},
                 {"kl 9", 9 * 60, 30, NULL},
                 {"27/11 9", 9 * 60, 30, "2026-11-27"},
                 {"27.11 9:00 20 min", 9 * 60, 20, "2026-11-27"},
                 {"14:15 20 min", 14 * 60 + 15, 20, NULL},
                 {"14:15, 20 min", 14 * 60 + 15, 20, NULL},
                 {"45 min", 10 * 60, 45, NULL},
                 {"14.15 1:30", 14 * 60 + 15, 90, NULL},
                 {"sedan", 0, 0, NULL},
                 {"14:15 sedan", 0, 0, NULL}};
    const NewTime proposed = {.date = date_parse("2026-11-24"), .start = 10 * 60, .minutes = 30};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        NewTime time;
        gboolean understood = cancel_parse_instead(cases[i].typed, &proposed, &time);
        assert_int_equal(understood, cases[i].minutes != 0);
        if (understood)
            assert_int_equal(time.start, cases[i].start);
        if (understood)
            assert_int_equal(time.minutes, cases[i].minutes);
        if (understood)
            assert_int_equal(time.date,
                             cases[i].day != NULL ? date_parse(cases[i].day) : proposed.date);
    }
}

/* D2: when the alternative is carried out is in the draft. */
static void d2_the_draft_keeps_when(void **state)
{
    (void)state;
    const NewTime instead = {.date = date_parse("2026-11-24"), .start = 855, .minutes = 20};
    CancelAnswers answers, read;
    gint64 version;
    cancel_answers_init(&answers);
    cancel_answers_init(&read);
    answers.outcome.alternative = OFFER_PHONE;
    cancel_answer_outcome(&answers, OUTCOME_CANCELLED);
    cancel_answer_taken(&answers, CANCEL_TAKEN_YES, &instead);
    g_autofree char *draft = cancel_draft_write(&answers, 1);
    assert_true(cancel_draft_read(draft, &read, &version));
    const NewTime found = cancel_times(&read).instead;
    assert_int_equal(found.date, instead.date);
    assert_int_equal(found.start, instead.start);
    assert_int_equal(found.minutes, instead.minutes);
    cancel_answers_clear(&read);
    cancel_answers_clear(&answers);
}

/* Row E: "does not want to say" is nobody's word. */
static void e_what_is_not_said_is_nobodys_word(void **state)
{
    (void)state;
    static const struct {
        const char *cause;
        gboolean says_why;
    } cases[] = {{"ORK", TRUE}, {"ANN", TRUE}, {"VIL", FALSE}, {"OKÄ", FALSE}};
    assert_false(cause_says_why(NULL));
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        CancelAnswers answers;
        cancel_answers_init(&answers);
        cancel_answer_outcome(&answers, OUTCOME_CANCELLED);
        cancel_answer_by(&answers, BY_CLIENT);
        cancel_answer_cause(&answers, cases[i].cause, FALSE);
        assert_int_equal(cancel_applies(&answers, ASK_SOURCE), cases[i].says_why);
        VisitOutcome saved;
        cancel_outcome(&answers, &saved);
        assert_int_equal(saved.source, cases[i].says_why ? SOURCE_CLIENT : SOURCE_NONE);
        visit_outcome_clear(&saved);
        cancel_answers_clear(&answers);
    }
}

static void what_does_not_apply_is_not_saved(void **state)
{
    (void)state;
    CancelAnswers answers;
    cancel_answers_init(&answers);
    cancel_answer_outcome(&answers, OUTCOME_CANCELLED);
    answers.outcome.by = BY_CLIENT;
    answers.outcome.told = TOLD_PHONE;
    answers.outcome.notice = 3;
    cancel_answer_cause(&answers, "ORK", TRUE);
    answers.outcome.alternative = OFFER_WALK;
    answers.outcome.alternative_taken = 1;
    /* Somebody changes their mind: nobody was at home. */
    cancel_answer_outcome(&answers, OUTCOME_NO_SHOW);
    VisitOutcome saved;
    cancel_outcome(&answers, &saved);
    assert_int_equal(saved.outcome, OUTCOME_NO_SHOW);
    assert_int_equal(saved.by, BY_NONE);
    assert_int_equal(saved.told, TOLD_NOT_AT_ALL);
    assert_int_equal(saved.notice, -1);
    assert_string_equal(saved.cause, "ORK");
    /* And what was answered is still in the draft, should they change it back. */
    assert_int_equal(answers.outcome.told, TOLD_PHONE);
    visit_outcome_clear(&saved);
    cancel_answers_clear(&answers);
}

/* Whichever of the two is answered first, both say the same. */
static void what_the_unit_cancels_is_its_outcome(void **state)
{
    (void)state;
    CancelAnswers answers;
    cancel_answers_init(&answers);
    cancel_answer_outcome(&answers, OUTCOME_CANCELLED);
    cancel_answer_by(&answers, BY_UNIT);
    assert_int_equal(answers.outcome.outcome, OUTCOME_UNIT_CANCELLED);
    assert_int_equal(cancel_next(&answers, ASK_BY), ASK_CAUSE);
    cancel_answer_outcome(&answers, OUTCOME_CANCELLED);
    assert_int_equal(answers.outcome.outcome, OUTCOME_CANCELLED);
    assert_int_equal(cancel_next(&answers, ASK_OUTCOME), ASK_BY);
    cancel_answer_by(&answers, BY_RELATIVE);
    assert_int_equal(answers.outcome.outcome, OUTCOME_CANCELLED);
    cancel_answers_clear(&answers);
}

static void arrows_pass_over_what_does_not_apply(void **state)
{
    (void)state;
    CancelAnswers answers;
    cancel_answers_init(&answers);
    assert_int_equal(cancel_step(&answers, ASK_OUTCOME, -1), ASK_OUTCOME);
    assert_int_equal(cancel_step(&answers, ASK_OUTCOME, 1), ASK_SAVE);
    cancel_answer_outcome(&answers, OUTCOME_NO_SHOW);
    assert_int_equal(cancel_step(&answers, ASK_OUTCOME, 1), ASK_CAUSE);
    assert_int_equal(cancel_step(&answers, ASK_SAVE, -1), ASK_NEW_TIME);
    cancel_answers_clear(&answers);
}

static void a_draft_comes_back_whole(void **state)
{
    (void)state;
    CancelAnswers answers, back;
    cancel_answers_init(&answers);
    cancel_answers_init(&back);
    cancel_answer_outcome(&answers, OUTCOME_CANCELLED);
    answers.outcome.by = BY_GUARDIAN;
    answers.outcome.told = TOLD_SMS;
    answers.outcome.notice = 20;
    cancel_answer_cause(&answers, "MÅ", TRUE);
    answers.outcome.words = g_strdup("\"Orkar inte\"\nidag, åäö \\ 🙂");
    answers.outcome.alternative = OFFER_SHORTER;
    answers.outcome.alternative_taken = 0;
    answers.times.new_time = (NewTime){.date = date_from_ymd(2026, 11, 30),
                                       .start = 14 * 60 + 15,
                                       .minutes = 45,
                                       .mode = VISIT_MODE_WALK,
                                       .staff_id = (G_GINT64_CONSTANT(7) << 32) + 3};
    g_autofree char *text = cancel_draft_write(&answers, 4);
    gint64 version = 0;
    assert_true(cancel_draft_read(text, &back, &version));
    assert_int_equal(version, 4);
    assert_string_equal(back.outcome.words, answers.outcome.words);
    assert_int_equal(back.times.new_time.date, answers.times.new_time.date);
    assert_int_equal(back.times.new_time.staff_id, answers.times.new_time.staff_id);
    /* Everything else, by writing it again. */
    g_autofree char *again = cancel_draft_write(&back, 4);
    assert_string_equal(again, text);
    cancel_answers_clear(&answers);
    cancel_answers_clear(&back);
}

/* Found by the fuzz target: a number where a text belongs is no text. */
static void a_draft_of_other_kinds_is_read(void **state)
{
    (void)state;
    CancelAnswers answers;
    gint64 version = 0;
    cancel_answers_init(&answers);
    assert_true(cancel_draft_read("{\"version\":\"x\",\"cause\":5,\"words\":true,\"outcome\":[],"
                                  "\"new_date\":20261130}",
                                  &answers, &version));
    assert_null(answers.outcome.cause);
    assert_null(answers.outcome.words);
    assert_int_equal(answers.times.new_time.date, DATE_NONE);
    cancel_answers_clear(&answers);
}

static void a_foreign_draft_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "{", "[]", "null", "\"text\"", "\xff"};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        CancelAnswers answers;
        gint64 version;
        cancel_answers_init(&answers);
        assert_false(cancel_draft_read(texts[i], &answers, &version));
        assert_int_equal(answers.outcome.outcome, OUTCOME_NONE);
        cancel_answers_clear(&answers);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_outcome_asks_what_belongs_to_it),
        cmocka_unit_test(the_longest_walk_is_ten_keys),
        cmocka_unit_test(d5_a_relative_says_why),
        cmocka_unit_test(d2_already_done_is_another_form),
        cmocka_unit_test(d2_time_and_length),
        cmocka_unit_test(d2_the_draft_keeps_when),
        cmocka_unit_test(d6_another_form_is_not_called_off),
        cmocka_unit_test(e_what_is_not_said_is_nobodys_word),
        cmocka_unit_test(what_does_not_apply_is_not_saved),
        cmocka_unit_test(what_the_unit_cancels_is_its_outcome),
        cmocka_unit_test(arrows_pass_over_what_does_not_apply),
        cmocka_unit_test(a_draft_comes_back_whole),
        cmocka_unit_test(a_foreign_draft_is_refused),
        cmocka_unit_test(a_draft_of_other_kinds_is_read),
    };
    return cmocka_run_group_tests_name("cancel answers", tests, NULL, NULL);
}
