/* response_value.c: how a form was answered, why it was not, and what came of a call: as stored and
 * as shown. */
#include "care/response/response_value.h"

#include "base/code.h"
#include "base/i18n.h"
#include "care/response/respondent.h"

static const CodeWord MODES[MODE_COUNT] = {
    [MODE_PHONE] = {"phone", N_("by phone")},      [MODE_MEETING] = {"meeting", N_("at a meeting")},
    [MODE_CAR] = {"car", N_("in the car")},        [MODE_POST] = {"post", N_("by post")},
    [MODE_DIGITAL] = {"digital", N_("digitally")},
};
CODE_AND_NAME_FUNCTIONS(ResponseMode, response_mode, MODES)

static const CodeWord CAUSES[NOT_DONE_COUNT] = {
    [NOT_DONE_DECLINED] = {"declined", N_("did not want to")},
    [NOT_DONE_CONFLICT] = {"conflict", N_("conflict with the case officer")},
    [NOT_DONE_DISCONTENT] = {"discontent", N_("discontented with the placement")},
    [NOT_DONE_NOT_REACHED] = {"not-reached", N_("not reached")},
    [NOT_DONE_NO_INTERPRETER] = {"no-interpreter", N_("no interpreter to be had")},
    [NOT_DONE_UNDER_7] = {"under-7", N_("younger than 7 years")},
    [NOT_DONE_NOT_ASKED] = {"not-asked", N_("was never asked")},
    [NOT_DONE_MISTAKE] = {"mistake", N_("begun by mistake")},
    [NOT_DONE_OTHER] = {"other", N_("another cause")},
};
CODE_AND_NAME_FUNCTIONS(NotDone, not_done, CAUSES)

gboolean response_mode_said(const char *said, ResponseMode *mode)
{
    const int found = code_value_said(MODES, MODE_COUNT, said);
    if (found >= 0)
        *mode = (ResponseMode)found;
    return found >= 0;
}

gboolean not_done_said(const char *said, NotDone *cause)
{
    const int found = code_value_said(CAUSES, NOT_DONE_COUNT, said);
    if (found >= 0)
        *cause = (NotDone)found;
    return found >= 0;
}

/* The case officer's part of the interviews is filled in whether or not the others answer: causes
 * of a talk are none of it. */
gboolean not_done_fits(NotDone cause, const char *respondent, gboolean begun)
{
    Respondent part;
    gboolean interview = respondent != NULL && respondent_parse(respondent, &part);
    gboolean talk = !interview || part != RESPONDENT_CASE_OFFICER;
    switch (cause) {
    case NOT_DONE_NOT_REACHED:
    case NOT_DONE_OTHER:
        return TRUE;
    case NOT_DONE_DECLINED:
    case NOT_DONE_NO_INTERPRETER:
        return talk;
    case NOT_DONE_CONFLICT:
    case NOT_DONE_DISCONTENT:
        return talk && interview;
    case NOT_DONE_NOT_ASKED:
        return interview;
    case NOT_DONE_UNDER_7:
        return interview && part == RESPONDENT_CHILD;
    case NOT_DONE_MISTAKE:
        return begun;
    case NOT_DONE_NONE:
    case NOT_DONE_COUNT:
        break;
    }
    return FALSE;
}

void response_free(Response *response)
{
    if (response == NULL)
        return;
    g_free(response->form);
    g_free(response->form_hash);
    g_free(response->respondent);
    g_free(response->language);
    g_free(response->at_item);
    g_free(response->at_instance);
    g_free(response->typed);
    g_free(response->not_done_words);
    g_free(response->title);
    g_free(response->subject);
    g_free(response->staff_name);
    g_free(response);
}

void response_set_text(char **text, const char *to)
{
    char *copy = g_strdup(to);
    g_free(*text);
    *text = copy;
}
