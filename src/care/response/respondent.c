/* respondent.c: the three who are asked when a placement has ended. */
#include "care/response/respondent.h"

#include "base/i18n.h"

static const struct {
    const char *code, *name, *form;
} RESPONDENTS[RESPONDENT_COUNT] = {
    [RESPONDENT_CASE_OFFICER] = {"case-officer", N_("Case officer"), "ubu-handlaggare"},
    [RESPONDENT_CHILD] = {"child", N_("Child or young person"), "ubu-ungdom"},
    [RESPONDENT_PARENT] = {"parent", N_("Parent"), "ubu-foralder"},
};

const char *respondent_code(Respondent respondent)
{
    return RESPONDENTS[respondent].code;
}

const char *respondent_name(Respondent respondent)
{
    return _(RESPONDENTS[respondent].name);
}

const char *respondent_form(Respondent respondent)
{
    return RESPONDENTS[respondent].form;
}

gboolean respondent_parse(const char *code, Respondent *respondent)
{
    for (Respondent r = RESPONDENT_CASE_OFFICER; r < RESPONDENT_COUNT; r++)
        if (g_strcmp0(code, RESPONDENTS[r].code) == 0) {
            *respondent = r;
            return TRUE;
        }
    return FALSE;
}
