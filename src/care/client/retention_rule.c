/* retention_rule.c: who is deleted when, and who is kept. */
#include "care/client/retention_rule.h"

#include "base/code.h"
#include "base/i18n.h"

#include <string.h>

static const CodeWord STATES[RETENTION_COUNT] = {
    [RETENTION_NOT_YET] = {"not-yet", N_("not yet five years")},
    [RETENTION_OPEN] = {"open", N_("something goes on")},
    [RETENTION_KEPT] = {"kept", N_("kept for good")},
    [RETENTION_DUE] = {"due", N_("to be deleted")},
};
CODE_AND_NAME_FUNCTIONS(RetentionState, retention_state, STATES)

static const CodeWord GROUNDS[GROUND_COUNT] = {
    [GROUND_PLACED] = {"placed", N_("placed as a child")},
    [GROUND_COUNTY] = {"county", N_("the county keeps everything for research")},
    [GROUND_MUNICIPALITY] = {"municipality", N_("Göteborg keeps everything for research")},
    [GROUND_BIRTH_DAY] = {"birth-day", N_("born on the 5th, 15th or 25th: kept for research")},
    [GROUND_BIRTH_UNKNOWN] = {"birth-unknown",
                              N_("the day of birth is not known, and could be the 5th, 15th or "
                                 "25th: fill it in on the card")},
};
CODE_AND_NAME_FUNCTIONS(RetentionGround, retention_ground, GROUNDS)

enum { GOTHENBURG = 1480, COUNTY = 100, MONTHS = 12 };

static gboolean county_keeps(int county)
{
    enum { OSTERGOTLAND = 5, GOTLAND = 9, VASTERNORRLAND = 22 };
    return county == OSTERGOTLAND || county == GOTLAND || county == VASTERNORRLAND;
}

/* What came of a placement is never deleted, so it is asked first. */
static RetentionGround ground_of(const RetentionFacts *facts)
{
    if (facts->placed)
        return GROUND_PLACED;
    if (county_keeps(facts->municipality / COUNTY))
        return GROUND_COUNTY;
    if (facts->municipality == GOTHENBURG)
        return GROUND_MUNICIPALITY;
    if (facts->birth_day == 0)
        return GROUND_BIRTH_UNKNOWN;
    return facts->birth_day % 10 == 5 ? GROUND_BIRTH_DAY : GROUND_NONE;
}

RetentionRule retention_rule(const RetentionFacts *facts, Date today)
{
    int year, month, day;
    RetentionRule rule = {.first = date_add_months(facts->last_note, RETENTION_YEARS * MONTHS) + 1,
                          .ground = ground_of(facts)};
    date_to_ymd(rule.first, &year, &month, &day);
    rule.last = date_from_ymd(year + 1, 12, 31);
    rule.state = facts->open                  ? RETENTION_OPEN
                 : today < rule.first         ? RETENTION_NOT_YET
                 : rule.ground != GROUND_NONE ? RETENTION_KEPT
                                              : RETENTION_DUE;
    return rule;
}

int retention_birth_day(Date birth_date, const char *id_number)
{
    enum { DAY_AT = 6, COORDINATION = 60, LAST_DAY = 31 };
    int year, month, day = 0;
    if (birth_date != DATE_NONE)
        date_to_ymd(birth_date, &year, &month, &day);
    else if (id_number != NULL && strlen(id_number) == strlen("YYYYMMDD-NNNN") &&
             g_ascii_isdigit(id_number[DAY_AT]) && g_ascii_isdigit(id_number[DAY_AT + 1]))
        day = (id_number[DAY_AT] - '0') * 10 + id_number[DAY_AT + 1] - '0';
    if (day >= COORDINATION)
        day -= COORDINATION;
    return day <= LAST_DAY ? day : 0;
}

gboolean retention_placed(Date birth_date, Date started)
{
    return started != DATE_NONE &&
           (birth_date == DATE_NONE || date_age(birth_date, started) < RETENTION_CHILD_AGE);
}

int retention_municipality(const char *text)
{
    static const char counties[] = "01 03 04 05 06 07 08 09 10 12 13 14 17 18 19 20 21 22 23 24 25";
    if (text == NULL || strlen(text) != 4 || strspn(text, "0123456789") != 4)
        return 0;
    const char county[] = {text[0], text[1], '\0'};
    const int code = (int)g_ascii_strtoll(text, NULL, 10);
    return strstr(counties, county) != NULL && code % COUNTY != 0 ? code : 0;
}
