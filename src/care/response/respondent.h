/* respondent.h: the three who are asked when a placement has ended. */
#pragma once

#include "base/error.h"

typedef enum {
    RESPONDENT_CASE_OFFICER,
    RESPONDENT_CHILD,
    RESPONDENT_PARENT,
    RESPONDENT_COUNT
} Respondent;
const char *respondent_code(Respondent respondent); /* as in Form.respondent: "case-officer" */
const char *respondent_name(Respondent respondent); /* translated */
const char *respondent_form(Respondent respondent); /* "ubu-handlaggare" */
gboolean respondent_parse(const char *code, Respondent *respondent);
/* By its code, or its name in any of the program's languages. */
gboolean respondent_said(const char *said, Respondent *respondent);
