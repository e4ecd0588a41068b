/* implementation_rows.c: an implementation plan as it is typed on a page, and said. */
#include "care/client/implementation_rows.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"

const char *implementation_rows_source(CauseSource source)
{
    return source == SOURCE_NONE ? _("not said") : cause_source_name(source);
}

char **implementation_rows_values(const Implementation *plan)
{
    char day[DATE_SIZE];
    char **values = g_new0(char *, IMPLEMENTATION_ROW_COUNT + 1);
    const struct {
        ImplementationRow row;
        Date day;
    } days[] = {{IMPLEMENTATION_ROW_DUE, plan->due},
                {IMPLEMENTATION_ROW_ARRIVED, plan->arrived},
                {IMPLEMENTATION_ROW_FOLLOW, plan->follow_up},
                {IMPLEMENTATION_ROW_LETTER, plan->letter}};
    for (gsize i = 0; i < G_N_ELEMENTS(days); i++) {
        const char *text = date_or_null(days[i].day, day);
        values[days[i].row] = g_strdup(text != NULL ? text : "");
    }
    values[IMPLEMENTATION_ROW_PART] = g_strdup_printf("%d", (int)plan->part);
    values[IMPLEMENTATION_ROW_SOURCE] = g_strdup_printf("%d", (int)plan->source);
    values[IMPLEMENTATION_ROW_WORDS] = g_strdup(plan->words != NULL ? plan->words : "");
    return values;
}

/* New; NULL: nothing is written. */
static char *written(const char *text)
{
    g_autofree char *clean = g_strstrip(text_clean(text));
    return clean[0] != '\0' ? g_steal_pointer(&clean) : NULL;
}

/* 0: nothing, or none of `count`. */
static int chosen(const char *value, int count)
{
    const gint64 number = value[0] != '\0' ? g_ascii_strtoll(value, NULL, 10) : 0;
    return number > 0 && number < count ? (int)number : 0;
}

/* A day that is none: the fault of its row. */
static Date take_day(const char *typed, const char **fault)
{
    g_autofree char *text = written(typed);
    const Date day = text != NULL ? date_parse_words(text, clock_today()) : DATE_NONE;
    if (text != NULL && day == DATE_NONE)
        *fault = _("Write the day as 21/11, 2027-11-30 or +4w, or leave it empty.");
    return day;
}

static void find_faults(const Implementation *plan, const char **faults)
{
    const Date today = clock_today();
    if (plan->due == DATE_NONE)
        faults[IMPLEMENTATION_ROW_DUE] = _("Write the day on which the plan is to have come.");
    if (plan->arrived != DATE_NONE && plan->arrived > today)
        faults[IMPLEMENTATION_ROW_ARRIVED] =
            _("Write the day on which the plan came, which is not in the future.");
    if (plan->letter != DATE_NONE && plan->letter > today)
        faults[IMPLEMENTATION_ROW_LETTER] =
            _("Write the day on which the provider was told, which is not in the future.");
    if (plan->follow_up == DATE_NONE || faults[IMPLEMENTATION_ROW_ARRIVED] != NULL)
        return;
    if (plan->arrived == DATE_NONE)
        faults[IMPLEMENTATION_ROW_FOLLOW] = _(
            "A plan that has not come is not followed up. Write the day on which it came, or leave "
            "out the day when it is followed up.");
    else if (plan->follow_up < plan->arrived)
        faults[IMPLEMENTATION_ROW_FOLLOW] =
            _("A plan is followed up after it has come. Change one of the days.");
}

gboolean implementation_rows_take(char *const *values, Implementation *plan,
                                  const char *faults[IMPLEMENTATION_ROW_COUNT])
{
    memset(faults, 0, IMPLEMENTATION_ROW_COUNT * sizeof *faults);
    plan->due = take_day(values[IMPLEMENTATION_ROW_DUE], &faults[IMPLEMENTATION_ROW_DUE]);
    plan->arrived =
        take_day(values[IMPLEMENTATION_ROW_ARRIVED], &faults[IMPLEMENTATION_ROW_ARRIVED]);
    plan->follow_up =
        take_day(values[IMPLEMENTATION_ROW_FOLLOW], &faults[IMPLEMENTATION_ROW_FOLLOW]);
    plan->letter = take_day(values[IMPLEMENTATION_ROW_LETTER], &faults[IMPLEMENTATION_ROW_LETTER]);
    plan->part = (ImplementationPart)chosen(values[IMPLEMENTATION_ROW_PART], HAD_PART_COUNT);
    plan->source = (CauseSource)chosen(values[IMPLEMENTATION_ROW_SOURCE], SOURCE_COUNT);
    g_free(plan->words);
    plan->words = written(values[IMPLEMENTATION_ROW_WORDS]);
    find_faults(plan, faults);
    for (int row = 0; row < IMPLEMENTATION_ROW_COUNT; row++)
        if (faults[row] != NULL)
            return FALSE;
    return TRUE;
}

/* --- in words --------------------------------------------------------------------------------- */

char *implementation_words(const Implementation *plan)
{
    char day[DATE_SIZE];
    if (plan->arrived != DATE_NONE)
        return g_strdup_printf(_("came %s"), date_format(plan->arrived, day));
    date_format(plan->due, day);
    return implementation_is_late(plan, clock_today()) ? g_strdup_printf(_("late since %s"), day)
                                                       : g_strdup_printf(_("due %s"), day);
}

char *implementation_words_done(const Implementation *plan)
{
    char day[DATE_SIZE], later[DATE_SIZE];
    if (plan->arrived == DATE_NONE)
        return g_strdup_printf(_("The plan is awaited until %s."), date_format(plan->due, day));
    date_format(plan->arrived, day);
    return plan->follow_up != DATE_NONE
               ? g_strdup_printf(_("The plan came on %s, and is followed up on %s."), day,
                                 date_format(plan->follow_up, later))
               : g_strdup_printf(_("The plan came on %s."), day);
}
