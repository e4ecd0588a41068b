/* improvement_words.c: improvement work in words. */
#include "ui/improvement/improvement_words.h"

#include "base/i18n.h"
#include "exchange/week_words.h"

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
