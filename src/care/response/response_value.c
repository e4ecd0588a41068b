/* response_value.c: how a form was answered, why it was not, and what came of a call: as stored and
 * as shown. */
#include "care/response/response_value.h"

#include "base/i18n.h"
#include "care/response/respondent.h"

typedef struct {
    const char *code; /* NULL: nothing is stored */
    const char *name;
} Word;

static const Word MODES[MODE_COUNT] = {
    [MODE_NONE] = {NULL, ""},
    [MODE_PHONE] = {"phone", N_("by phone")},
    [MODE_MEETING] = {"meeting", N_("at a meeting")},
    [MODE_CAR] = {"car", N_("in the car")},
    [MODE_POST] = {"post", N_("by post")},
    [MODE_DIGITAL] = {"digital", N_("digitally")},
};

static const Word CAUSES[NOT_DONE_COUNT] = {
    [NOT_DONE_NONE] = {NULL, ""},
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

static const char *name_of(const Word *word)
{
    return word->name[0] != '\0' ? _(word->name) : "";
}

/* The place of `code` among `words`; -1: not there. */
static int place_of(const Word *words, int count, const char *code)
{
    for (int i = 0; i < count; i++)
        if (g_strcmp0(words[i].code, code) == 0)
            return i;
    return -1;
}

const char *response_mode_code(ResponseMode mode)
{
    return MODES[mode].code;
}

const char *response_mode_name(ResponseMode mode)
{
    return name_of(&MODES[mode]);
}

gboolean response_mode_parse(const char *code, ResponseMode *mode)
{
    int place = place_of(MODES, MODE_COUNT, code);
    if (place >= 0)
        *mode = (ResponseMode)place;
    return place >= 0;
}

const char *not_done_code(NotDone cause)
{
    return CAUSES[cause].code;
}

const char *not_done_name(NotDone cause)
{
    return name_of(&CAUSES[cause]);
}

gboolean not_done_parse(const char *code, NotDone *cause)
{
    int place = place_of(CAUSES, NOT_DONE_COUNT, code);
    if (place >= 0)
        *cause = (NotDone)place;
    return place >= 0;
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
