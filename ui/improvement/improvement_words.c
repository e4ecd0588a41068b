/* improvement_words.c: improvement work in words, and the days of its pages. */
#include "ui/improvement/improvement_words.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "exchange/week_words.h"
#include "ui/common/edit_page.h"
#include "ui/common/words.h"

char *improvement_words_days(const Improvement *improvement)
{
    char begun[DATE_SIZE], ended[DATE_SIZE];
    date_format(improvement->begun_on, begun);
    if (improvement->ended_on == DATE_NONE)
        return g_strdup_printf("%s –", begun);
    return g_strdup_printf("%s – %s", begun, date_format(improvement->ended_on, ended));
}

char *improvement_words_target(const Improvement *improvement)
{
    if (improvement->target == IMPROVEMENT_NO_TARGET)
        return NULL;
    g_autofree char *share = week_words_share(improvement->target / 1000.0);
    return g_strdup_printf(_("at most %s not taken"), share);
}

char *improvement_words_kind(const Cycle *cycle)
{
    return cycle->rebase ? g_strdup_printf(_("%s, limits begin anew"), cycle_kind_name(cycle->kind))
                         : g_strdup(cycle_kind_name(cycle->kind));
}

static char *typed(const Page *page, int row)
{
    return g_strstrip(g_strdup(page_text(page, row)));
}

Date improvement_day(const Page *page, int row)
{
    g_autofree char *text = typed(page, row);
    return text[0] != '\0' ? date_parse_words(text, clock_today()) : DATE_NONE;
}

void improvement_hint_day(Page *page, int row, const char *empty)
{
    g_autofree char *text = typed(page, row);
    const Date date = improvement_day(page, row);
    if (date == DATE_NONE) {
        edit_page_hint(page, row,
                       text[0] == '\0' ? empty
                                       : _("Not understood yet: 21/11, fri, tomorrow, v48 tue, "
                                           "2026-11-21."));
        return;
    }
    g_autofree char *day = words_day(date);
    g_autofree char *hint = g_strdup_printf("→ %s", day);
    edit_page_hint(page, row, hint);
}

void improvement_complete_day(Page *page, int row)
{
    char text[DATE_SIZE];
    const Date date = improvement_day(page, row);
    if (date != DATE_NONE)
        edit_page_set_value(page, row, date_format(date, text));
}
