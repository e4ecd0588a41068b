/* improvement_rows.c: improvement work and its changes as rows. */
#include "care/improvement/improvement_rows.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"

static char *copy_of(const char *text)
{
    return g_strdup(text != NULL ? text : "");
}

static void take_text(char *const *values, int row, char **text)
{
    g_free(*text);
    *text = g_strstrip(g_strdup(values[row]));
}

static gboolean is_faultless(const char *const *faults, int count)
{
    for (int row = 0; row < count; row++)
        if (faults[row] != NULL)
            return FALSE;
    return TRUE;
}

/* The day that a row means; DATE_NONE: none, or not understood. */
static Date day_of(const char *text)
{
    g_autofree char *typed = g_strstrip(g_strdup(text));
    return typed[0] != '\0' ? date_parse_words(typed, clock_today()) : DATE_NONE;
}

/* --- a work ----------------------------------------------------------------------------------- */

static char *target_text(const Improvement *improvement)
{
    if (improvement->target == IMPROVEMENT_NO_TARGET)
        return g_strdup("");
    return text_number(improvement->target / 10.0, improvement->target % 10 != 0);
}

/* FALSE when what is typed is no share. */
static gboolean parse_target(const char *text, int *target)
{
    g_autofree char *number = g_strdelimit(g_strdup(text), "%", ' ');
    double value;
    g_strstrip(number);
    *target = IMPROVEMENT_NO_TARGET;
    if (number[0] == '\0')
        return TRUE;
    if (!text_parse_number(number, &value) || !(value >= 0 && value <= 100))
        return FALSE;
    *target = (int)lround(value * 10);
    return TRUE;
}

char **improvement_rows_values(const Improvement *improvement)
{
    char begun[DATE_SIZE], ended[DATE_SIZE];
    char **values = g_new0(char *, IMPROVEMENT_ROW_COUNT + 1);
    values[IMPROVEMENT_ROW_NAME] = copy_of(improvement->name);
    values[IMPROVEMENT_ROW_AIM] = copy_of(improvement->aim);
    values[IMPROVEMENT_ROW_MEASURE] = copy_of(improvement->measure);
    values[IMPROVEMENT_ROW_TARGET] = target_text(improvement);
    values[IMPROVEMENT_ROW_BEGUN] = g_strdup(date_format(improvement->begun_on, begun));
    values[IMPROVEMENT_ROW_ENDED] = g_strdup(date_format(improvement->ended_on, ended));
    return values;
}

gboolean improvement_rows_take(char *const *values, Improvement *improvement,
                               const char *faults[IMPROVEMENT_ROW_COUNT])
{
    memset(faults, 0, IMPROVEMENT_ROW_COUNT * sizeof *faults);
    take_text(values, IMPROVEMENT_ROW_NAME, &improvement->name);
    take_text(values, IMPROVEMENT_ROW_AIM, &improvement->aim);
    take_text(values, IMPROVEMENT_ROW_MEASURE, &improvement->measure);
    improvement->begun_on = day_of(values[IMPROVEMENT_ROW_BEGUN]);
    improvement->ended_on = day_of(values[IMPROVEMENT_ROW_ENDED]);
    if (improvement->name[0] == '\0')
        faults[IMPROVEMENT_ROW_NAME] = _("Give it a name.");
    if (!parse_target(values[IMPROVEMENT_ROW_TARGET], &improvement->target))
        faults[IMPROVEMENT_ROW_TARGET] = _("A number from 0 to 100, or nothing.");
    if (improvement->begun_on == DATE_NONE)
        faults[IMPROVEMENT_ROW_BEGUN] = _("Which day did it begin? 21/11, 2026-02-01.");
    if (improvement->ended_on == DATE_NONE && values[IMPROVEMENT_ROW_ENDED][0] != '\0')
        faults[IMPROVEMENT_ROW_ENDED] =
            _("Write the day as 21/11 or 2026-10-31, or leave it empty.");
    return is_faultless(faults, IMPROVEMENT_ROW_COUNT);
}

/* --- a change --------------------------------------------------------------------------------- */

char **cycle_rows_values(const Cycle *cycle)
{
    char from[DATE_SIZE];
    char **values = g_new0(char *, CYCLE_ROW_COUNT + 1);
    values[CYCLE_ROW_KIND] = g_strdup_printf("%d", (int)cycle->kind);
    values[CYCLE_ROW_NAME] = copy_of(cycle->name);
    values[CYCLE_ROW_FROM] = g_strdup(date_format(cycle->from, from));
    values[CYCLE_ROW_REBASE] = g_strdup(cycle->rebase ? "1" : "0");
    values[CYCLE_ROW_PREDICTION] = copy_of(cycle->prediction);
    values[CYCLE_ROW_HAPPENED] = copy_of(cycle->happened);
    values[CYCLE_ROW_LEARNED] = copy_of(cycle->learned);
    values[CYCLE_ROW_NEXT] = copy_of(cycle->next);
    return values;
}

gboolean cycle_rows_take(char *const *values, Cycle *cycle, const char *faults[CYCLE_ROW_COUNT])
{
    memset(faults, 0, CYCLE_ROW_COUNT * sizeof *faults);
    cycle->kind = g_str_equal(values[CYCLE_ROW_KIND], "1") ? CYCLE_TEST : CYCLE_CHANGE;
    cycle->rebase = g_str_equal(values[CYCLE_ROW_REBASE], "1");
    cycle->from = day_of(values[CYCLE_ROW_FROM]);
    take_text(values, CYCLE_ROW_NAME, &cycle->name);
    take_text(values, CYCLE_ROW_PREDICTION, &cycle->prediction);
    take_text(values, CYCLE_ROW_HAPPENED, &cycle->happened);
    take_text(values, CYCLE_ROW_LEARNED, &cycle->learned);
    take_text(values, CYCLE_ROW_NEXT, &cycle->next);
    if (cycle->name[0] == '\0')
        faults[CYCLE_ROW_NAME] = _("Give it a name.");
    if (cycle->from == DATE_NONE)
        faults[CYCLE_ROW_FROM] = _("Which day did it begin? 21/11, 2026-02-01.");
    return is_faultless(faults, CYCLE_ROW_COUNT);
}
