/* outcome.c: every outcome, word and code, and the rules between them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "care/visit/outcome.h"

typedef const char *(*TextOf)(int value);
typedef gboolean (*Parse)(const char *code, int *value);

#define WRAP(type, name, name_of, parse_of)                                                        \
    static const char *code_of_##name(int value)                                                   \
    {                                                                                              \
        return name##_code((type)value);                                                           \
    }                                                                                              \
    static const char *text_of_##name(int value)                                                   \
    {                                                                                              \
        return name_of((type)value);                                                               \
    }                                                                                              \
    static gboolean parse_##name(const char *code, int *value)                                     \
    {                                                                                              \
        type parsed = (type)*value;                                                                \
        gboolean known = parse_of(code, &parsed);                                                  \
        *value = (int)parsed;                                                                      \
        return known;                                                                              \
    }
WRAP(Outcome, outcome, outcome_name, outcome_parse)
WRAP(CancelledBy, cancelled_by, cancelled_by_name, cancelled_by_parse)
WRAP(ToldBy, told_by, told_by_name, told_by_parse)
WRAP(CauseSource, cause_source, cause_source_name, cause_source_parse)
WRAP(Alternative, alternative, alternative_name, alternative_parse)
WRAP(VisitMode, visit_mode, visit_mode_name, visit_mode_parse)

static const struct {
    TextOf code, name;
    Parse parse;
    gboolean zero_is_none;
    const char *codes[OFFER_COUNT + 1];
} SETS[] = {
    {code_of_outcome,
     text_of_outcome,
     parse_outcome,
     TRUE,
     {"done", "done-otherwise", "cancelled", "declined", "no-show", "unit-cancelled", "rebooked"}},
    {code_of_cancelled_by,
     text_of_cancelled_by,
     parse_cancelled_by,
     TRUE,
     {"client", "relative", "guardian", "staff", "unit", "other"}},
    {code_of_told_by,
     text_of_told_by,
     parse_told_by,
     TRUE,
     {"phone", "sms", "on-site", "none", "other"}},
    {code_of_cause_source,
     text_of_cause_source,
     parse_cause_source,
     TRUE,
     {"client", "staff", "relative"}},
    {code_of_alternative,
     text_of_alternative,
     parse_alternative,
     TRUE,
     {"nothing", "phone", "video", "shorter", "walk", "other-place", "other-person"}},
    {code_of_visit_mode,
     text_of_visit_mode,
     parse_visit_mode,
     FALSE,
     {"home", "phone", "video", "walk", "elsewhere"}},
};

static void test_codes_and_names(void **state)
{
    (void)state;
    for (gsize s = 0; s < G_N_ELEMENTS(SETS); s++) {
        int first = SETS[s].zero_is_none ? 1 : 0, count = 0;
        while (SETS[s].codes[count] != NULL)
            count++;
        for (int i = 0; i < count; i++) {
            int value = -7;
            assert_string_equal(SETS[s].code(first + i), SETS[s].codes[i]);
            assert_string_not_equal(SETS[s].name(first + i), "");
            assert_true(SETS[s].parse(SETS[s].codes[i], &value));
            assert_int_equal(value, first + i);
        }
        assert_null(SETS[s].code(first + count));
        assert_string_equal(SETS[s].name(first + count), "");
    }
}

static void test_no_code(void **state)
{
    (void)state;
    for (gsize s = 0; s < G_N_ELEMENTS(SETS); s++) {
        int value = 1;
        assert_int_equal(SETS[s].parse(NULL, &value), SETS[s].zero_is_none);
        assert_int_equal(value, SETS[s].zero_is_none ? 0 : 1);
        assert_int_equal(SETS[s].parse("", &value), SETS[s].zero_is_none);
        value = 1;
        assert_false(SETS[s].parse("Done", &value));
        assert_false(SETS[s].parse("phone ", &value));
        assert_int_equal(value, 1);
        if (SETS[s].zero_is_none) {
            assert_null(SETS[s].code(0));
            assert_string_equal(SETS[s].name(0), "");
        }
    }
}

static void test_outcome_rules(void **state)
{
    (void)state;
    static const struct {
        gboolean missed, cause;
    } RULES[OUTCOME_COUNT] = {
        [OUTCOME_NONE] = {FALSE, FALSE},          [OUTCOME_DONE] = {FALSE, FALSE},
        [OUTCOME_DONE_OTHERWISE] = {FALSE, TRUE}, [OUTCOME_CANCELLED] = {TRUE, TRUE},
        [OUTCOME_DECLINED] = {TRUE, TRUE},        [OUTCOME_NO_SHOW] = {TRUE, TRUE},
        [OUTCOME_UNIT_CANCELLED] = {FALSE, TRUE}, [OUTCOME_REBOOKED] = {FALSE, TRUE},
    };
    for (Outcome o = OUTCOME_NONE; o < OUTCOME_COUNT; o++) {
        assert_int_equal(outcome_is_missed(o), RULES[o].missed);
        assert_int_equal(outcome_has_cause(o), RULES[o].cause);
    }
    assert_false(outcome_has_cause(OUTCOME_COUNT));
}

static void test_what_the_unit_cancels(void **state)
{
    (void)state;
    for (Outcome o = OUTCOME_NONE; o < OUTCOME_COUNT; o++)
        for (CancelledBy by = BY_NONE; by < BY_COUNT; by++)
            assert_int_equal(outcome_by(o, by),
                             o == OUTCOME_CANCELLED && by == BY_UNIT ? OUTCOME_UNIT_CANCELLED : o);
}

static void test_alternative_mode(void **state)
{
    (void)state;
    static const VisitMode MODES[OFFER_COUNT] = {
        [OFFER_NONE] = VISIT_MODE_HOME,
        [OFFER_NOTHING] = VISIT_MODE_HOME,
        [OFFER_PHONE] = VISIT_MODE_PHONE,
        [OFFER_VIDEO] = VISIT_MODE_VIDEO,
        [OFFER_SHORTER] = VISIT_MODE_HOME,
        [OFFER_WALK] = VISIT_MODE_WALK,
        [OFFER_OTHER_PLACE] = VISIT_MODE_ELSEWHERE,
        [OFFER_OTHER_PERSON] = VISIT_MODE_HOME,
    };
    for (Alternative a = OFFER_NONE; a < OFFER_COUNT; a++)
        assert_int_equal(alternative_mode(a), MODES[a]);
}

static void test_notice(void **state)
{
    (void)state;
    static const struct {
        int days, minute, start, hours;
    } CASES[] = {
        {0, 480, 480, 0},  {0, 480, 539, 0},      {0, 480, 540, 1}, {0, 600, 540, 0},
        {1, 480, 479, 23}, {1, 480, 480, 24},     {-1, 0, 1439, 0}, {1, 1410, 1410, 24},
        {0, 0, 1410, 23},  {365, 480, 480, 8760}, {1, 1439, 0, 0},  {2, 1439, 0, 24},
    };
    Date today = 20000;
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++)
        assert_int_equal(
            notice_hours(today, CASES[i].minute, today + CASES[i].days, CASES[i].start),
            CASES[i].hours);
    assert_string_equal(notice_band_name(-1), "");
    assert_ptr_equal(notice_band_name(24), notice_band_name(240));
    assert_ptr_equal(notice_band_name(1), notice_band_name(23));
    assert_string_not_equal(notice_band_name(0), notice_band_name(1));
    assert_string_not_equal(notice_band_name(23), notice_band_name(24));
}

/* Row E: 40 minutes before is not "without notice", and nobody counts to 193 hours. */
static void test_e_notice_in_words(void **state)
{
    (void)state;
    static const struct {
        int hours;
        const char *text;
    } CASES[] = {{0, "less than an hour"}, {1, "1 hour"},  {2, "2 hours"},  {24, "24 hours"},
                 {47, "47 hours"},         {48, "2 days"}, {193, "8 days"}, {215, "8 days"}};
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *text = notice_text(CASES[i].hours);
        assert_string_equal(text, CASES[i].text);
    }
    assert_string_equal(notice_band_name(0), "less than an hour before");
}

/* D5: whoever tells the cause, it is their word. */
static void test_d5_whose_word(void **state)
{
    (void)state;
    static const CauseSource SOURCES[BY_COUNT] = {
        [BY_CLIENT] = SOURCE_CLIENT,     [BY_RELATIVE] = SOURCE_RELATIVE,
        [BY_GUARDIAN] = SOURCE_RELATIVE, [BY_STAFF] = SOURCE_STAFF,
        [BY_UNIT] = SOURCE_STAFF,
    };
    for (CancelledBy by = BY_NONE; by < BY_COUNT; by++)
        assert_int_equal(cause_source_by(by), SOURCES[by]);
    CauseSource source = SOURCE_NONE;
    assert_true(cause_source_parse("relative", &source));
    assert_int_equal(source, SOURCE_RELATIVE);
    assert_string_equal(cause_source_name(source), "a relative's or guardian's words");
}

int main(void)
{
    i18n_init("en");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes_and_names), cmocka_unit_test(test_no_code),
        cmocka_unit_test(test_outcome_rules),   cmocka_unit_test(test_alternative_mode),
        cmocka_unit_test(test_notice),          cmocka_unit_test(test_e_notice_in_words),
        cmocka_unit_test(test_d5_whose_word),   cmocka_unit_test(test_what_the_unit_cancels),
    };
    return cmocka_run_group_tests_name("care/outcome", tests, NULL, NULL);
}
