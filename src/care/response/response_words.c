/* response_words.c: what is said about a response. */
#include "care/response/response_words.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/response/respondent.h"
#include "form/form.h"

static char *closed_state(const Response *response)
{
    char day[DATE_SIZE];
    return g_strdup_printf(C_("form", "begun by %s %s"), response->staff_name,
                           date_format(clock_local(response->begun_ms, NULL), day));
}

char *response_words_state(const Response *response)
{
    if (response->closed)
        return closed_state(response);
    if (response->not_done != NOT_DONE_NONE)
        return g_strdup_printf(_("not done: %s"), not_done_name(response->not_done));
    if (response->completed_ms != 0) {
        char day[DATE_SIZE];
        date_format(clock_local(response->completed_ms, NULL), day);
        return g_strdup_printf(
            response->corrected ? _("completed %s, corrected later") : _("completed %s"), day);
    }
    if (response->at_number > 0)
        return g_strdup_printf(response->corrects_id != 0 ? _("correction begun, at question %d")
                                                          : _("begun, at question %d"),
                               response->at_number);
    return g_strdup(response->at_item != NULL ? _("all gone through, not completed") : _("begun"));
}

char *response_words_detail(const Response *response)
{
    Respondent respondent;
    const gboolean other =
        respondent_parse(response->respondent, &respondent) && respondent == RESPONDENT_PARENT_2;
    g_autofree char *at = response_words_state(response);
    g_autofree char *state =
        other ? g_strdup_printf("%s, %s", respondent_name(respondent), at) : g_strdup(at);
    if (response->closed)
        return g_strdup_printf(_("%s. A team lead takes it over with a reason."), state);
    return response->not_done_words != NULL
               ? g_strdup_printf(_("%s (%s). Begun by %s."), state, response->not_done_words,
                                 response->staff_name)
               : g_strdup_printf(_("%s. Begun by %s."), state, response->staff_name);
}

const char *response_words_title(const Response *response)
{
    return response->title != NULL ? form_text(response->title) : response->form;
}

const char *response_words_subject(const Response *response)
{
    if (response->closed)
        return _("protected identity");
    return response->subject != NULL ? response->subject : _("nobody named yet");
}
