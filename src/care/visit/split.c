/* split.c: by what visits are split: one function over the facts of a visit. */
#include "care/visit/split.h"

#include <string.h>

#include "base/code.h"
#include "base/i18n.h"
#include "care/client/client_private.h"

static const CodeWord SPLITS[SPLIT_COUNT] = {
    [SPLIT_ALL] = {"all", NULL},
    [SPLIT_CAUSE] = {"cause", N_("Cause")},
    [SPLIT_BY] = {"by", N_("Called off by")},
    [SPLIT_NOTICE] = {"notice", N_("Notice")},
    [SPLIT_WEEKDAY] = {"weekday", N_("Weekday")},
    [SPLIT_HOUR] = {"hour", N_("Time of day")},
    [SPLIT_FIRST] = {"first", N_("First visit or later")},
    [SPLIT_AGE] = {"age", N_("Age")},
    [SPLIT_SEX] = {"sex", N_("Sex")},
    [SPLIT_OFFER] = {"instead", N_("Offered instead")},
};
CODE_AND_NAME_FUNCTIONS(Split, split, SPLITS)

/* --- values ----------------------------------------------------------------------------------- */

/* The bands of notice, with the least hours of each; the words are notice_band_name()'s. */
static const struct {
    const char *code;
    int from;
} NOTICES[] = {{"day", 24}, {"hours", 1}, {"none", 0}};

/* 18–25 is the age group of the young that boendestöd works with apart. */
static const struct {
    const char *code, *name;
    int from;
} AGES[] = {
    {"0-17", N_("under 18 years"), 0},    {"18-25", N_("18–25 years"), 18},
    {"26-40", N_("26–40 years"), 26},     {"41-64", N_("41–64 years"), 41},
    {"65-", N_("65 years or older"), 65},
};

static const char *const WEEKDAYS[] = {"1", "2", "3", "4", "5", "6", "7"};
static const char *const HOURS[] = {"00", "01", "02", "03", "04", "05", "06", "07",
                                    "08", "09", "10", "11", "12", "13", "14", "15",
                                    "16", "17", "18", "19", "20", "21", "22", "23"};

static const char *notice_value(int hours)
{
    for (gsize i = 0; hours >= 0 && i < G_N_ELEMENTS(NOTICES); i++)
        if (hours >= NOTICES[i].from)
            return NOTICES[i].code;
    return "";
}

static const char *age_value(Date birth, Date on)
{
    if (birth == DATE_NONE || birth > on)
        return "";
    const int age = date_age(birth, on);
    gsize band = G_N_ELEMENTS(AGES) - 1;
    while (band > 0 && age < AGES[band].from)
        band--;
    return AGES[band].code;
}

static const char *or_empty(const char *code)
{
    return code != NULL ? code : "";
}

/* Not taken, or done in another form: what another form of support could come in place of. */
static gboolean asks_for_other(const VisitFacts *facts)
{
    return outcome_is_missed(facts->outcome) || facts->outcome == OUTCOME_DONE_OTHERWISE;
}

const char *split_value(Split split, const VisitFacts *facts)
{
    if (split_is_behind(split) && !outcome_has_cause(facts->outcome))
        return NULL;
    switch (split) {
    case SPLIT_ALL:
        return "";
    case SPLIT_CAUSE:
        return or_empty(facts->cause);
    case SPLIT_BY:
        return or_empty(cancelled_by_code(facts->by));
    case SPLIT_NOTICE:
        return notice_value(facts->notice);
    case SPLIT_WEEKDAY:
        return WEEKDAYS[date_weekday(facts->date) - 1];
    case SPLIT_HOUR:
        return HOURS[CLAMP(facts->start / 60, 0, 23)];
    case SPLIT_FIRST:
        return facts->first ? "first" : "later";
    case SPLIT_AGE:
        return age_value(facts->birth, facts->date);
    case SPLIT_SEX:
        return facts->sex == SEX_UNKNOWN ? "" : sex_code(facts->sex);
    case SPLIT_OFFER:
        return asks_for_other(facts) ? or_empty(alternative_code(facts->alternative)) : NULL;
    case SPLIT_COUNT:
        break;
    }
    return NULL;
}

/* --- names and order -------------------------------------------------------------------------- */

static const char *unknown_name(Split split)
{
    switch (split) {
    case SPLIT_ALL:
        return "";
    case SPLIT_CAUSE:
        return _("No cause given");
    case SPLIT_BY:
        return _("nobody, or not said");
    case SPLIT_OFFER:
        return _("nothing is recorded");
    default:
        return _("not known");
    }
}

static const char *age_name(const char *value)
{
    for (gsize i = 0; i < G_N_ELEMENTS(AGES); i++)
        if (g_str_equal(value, AGES[i].code))
            return i18n_text(AGES[i].name);
    return value;
}

static const char *notice_name(const char *value)
{
    for (gsize i = 0; i < G_N_ELEMENTS(NOTICES); i++)
        if (g_str_equal(value, NOTICES[i].code))
            return notice_band_name(NOTICES[i].from);
    return value;
}

const char *split_value_name(Split split, const char *value)
{
    CancelledBy by;
    Alternative alternative;
    Sex sex;
    if (*value == '\0')
        return unknown_name(split);
    switch (split) {
    case SPLIT_BY:
        return cancelled_by_parse(value, &by) ? cancelled_by_name(by) : value;
    case SPLIT_NOTICE:
        return notice_name(value);
    case SPLIT_WEEKDAY:
        return *value >= '1' && *value <= '7' ? date_weekday_name(*value - '0') : value;
    case SPLIT_FIRST:
        return g_str_equal(value, "first") ? _("the first visit") : _("a later visit");
    case SPLIT_AGE:
        return age_name(value);
    case SPLIT_SEX:
        return sex_parse(value, &sex) ? sex_name(sex) : value;
    case SPLIT_OFFER:
        return alternative_parse(value, &alternative) ? alternative_name(alternative) : value;
    default:
        return value;
    }
}

/* Where a value stands among those that have an order of their own. */
static int rank(Split split, const char *value)
{
    CancelledBy by;
    Alternative alternative;
    Sex sex;
    if (*value == '\0')
        return G_MAXINT;
    if (split == SPLIT_BY && cancelled_by_parse(value, &by))
        return (int)by;
    if (split == SPLIT_OFFER && alternative_parse(value, &alternative))
        return (int)alternative;
    if (split == SPLIT_SEX && sex_parse(value, &sex))
        return (int)sex;
    if (split == SPLIT_NOTICE)
        for (gsize i = 0; i < G_N_ELEMENTS(NOTICES); i++)
            if (g_str_equal(value, NOTICES[i].code))
                return (int)i;
    return 0;
}

int split_compare(Split split, const char *a, const char *b)
{
    const int first = rank(split, a), second = rank(split, b);
    return first != second ? (first > second) - (first < second) : strcmp(a, b);
}

gboolean split_is_behind(Split split)
{
    return split == SPLIT_CAUSE || split == SPLIT_BY || split == SPLIT_NOTICE;
}

gboolean split_is_personal(Split split)
{
    return split == SPLIT_AGE || split == SPLIT_SEX;
}

/* --- counts ----------------------------------------------------------------------------------- */

void split_count(SplitCounts *counts, const VisitFacts *facts)
{
    const gboolean missed = outcome_is_missed(facts->outcome);
    const gboolean otherwise = facts->outcome == OUTCOME_DONE_OTHERWISE;
    const gboolean offered = otherwise || (missed && facts->alternative > OFFER_NOTHING);
    const gboolean taken = otherwise || (offered && facts->alternative_taken == 1);
    if (outcome_counts(facts->outcome)) {
        counts->planned++;
        counts->recorded += facts->outcome != OUTCOME_NONE;
    }
    counts->missed += missed;
    counts->otherwise += otherwise;
    counts->behind += outcome_has_cause(facts->outcome);
    counts->offered += offered;
    counts->taken += taken;
    counts->took_place += otherwise || (taken && facts->carried_out);
    counts->rebooked +=
        missed && facts->new_date != DATE_NONE && facts->new_date <= facts->date + REBOOKED_DAYS;
}

void split_add(SplitCounts *counts, const SplitCounts *other, int sign)
{
    counts->planned += sign * other->planned;
    counts->recorded += sign * other->recorded;
    counts->missed += sign * other->missed;
    counts->otherwise += sign * other->otherwise;
    counts->behind += sign * other->behind;
    counts->offered += sign * other->offered;
    counts->taken += sign * other->taken;
    counts->took_place += sign * other->took_place;
    counts->rebooked += sign * other->rebooked;
    counts->persons += sign * other->persons;
}
