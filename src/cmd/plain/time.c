/* time.c: whether a time is taken although something speaks against it, as lines. */
#include "cmd/plain/plain.h"

#include "base/i18n.h"
#include "care/visit/visit_propose.h"

gboolean plain_takes_time(Plain *plain, const Visit *visit, const NewTime *time)
{
    GError *error = NULL;
    g_autofree char *warning = visit_time_warning(plain->session, visit, time, &error);
    plain_error(plain, error);
    if (warning == NULL || warning[0] == '\0')
        return TRUE;
    g_autofree char *question = g_strdup_printf("%s %s", warning, _("Take it all the same?"));
    return plain_yes(plain, question);
}
