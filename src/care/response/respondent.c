/* respondent.c: those who are asked when a placement has ended. */
#include "care/response/respondent.h"

#include "base/code.h"
#include "base/i18n.h"

static const CodeWord RESPONDENTS[RESPONDENT_COUNT] = {
    [RESPONDENT_CASE_OFFICER] = {"case-officer", N_("Case officer")},
    [RESPONDENT_CHILD] = {"child", N_("Child or young person")},
    [RESPONDENT_PARENT] = {"parent", N_("Parent")},
    [RESPONDENT_PARENT_2] = {"parent-2", N_("The other parent")},
};
CODE_AND_NAME_FUNCTIONS(Respondent, respondent, RESPONDENTS)

const char *respondent_name_in(Respondent respondent, const char *lang)
{
    return i18n_text_in(lang, RESPONDENTS[respondent].word);
}

gboolean respondent_said(const char *said, Respondent *respondent)
{
    const int found = code_value_said(RESPONDENTS, RESPONDENT_COUNT, said);
    if (found >= 0)
        *respondent = (Respondent)found;
    return found >= 0;
}

const char *respondent_form(Respondent respondent)
{
    static const char *const FORMS[RESPONDENT_COUNT] = {
        [RESPONDENT_CASE_OFFICER] = "ubu-handlaggare",
        [RESPONDENT_CHILD] = "ubu-ungdom",
        [RESPONDENT_PARENT] = "ubu-foralder",
        [RESPONDENT_PARENT_2] = "ubu-foralder",
    };
    return FORMS[respondent];
}
