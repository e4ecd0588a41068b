/* respondent.h: those who are asked when a placement has ended. */
#pragma once

#include "base/error.h"

typedef enum {
    RESPONDENT_CASE_OFFICER,
    RESPONDENT_CHILD,
    RESPONDENT_PARENT,
    RESPONDENT_PARENT_2, /* where both parents are asked, each in an interview of their own */
    RESPONDENT_COUNT
} Respondent;
const char *respondent_code(Respondent respondent); /* "case-officer"; but of the
                                                     * other parent as in Form.respondent */
const char *respondent_name(Respondent respondent); /* translated */
const char *respondent_form(Respondent respondent); /* "ubu-handlaggare" */
/* In the language `lang` ("sv"), whatever the program's own is. */
const char *respondent_name_in(Respondent respondent, const char *lang);
gboolean respondent_parse(const char *code, Respondent *respondent);
/* By its code, or its name in any of the program's languages. */
gboolean respondent_said(const char *said, Respondent *respondent);
