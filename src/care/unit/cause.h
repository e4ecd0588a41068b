/* cause.h: the causes of a cancellation: the choice list "orsak" of avbokning.yaml in force, and
 * the names of causes that earlier versions of the file had. */
#pragma once

#include "care/unit/session.h"

/* The option in force for a code; NULL when it has left the file. */
const FormOption *cause_option(Session *session, const char *code);
/* What a code is called, in the program's language: from the file in force, else from the newest
 * kept version that has it, else what an absence is called (away_cause.h), else the code itself. Owned by the session. */
const char *cause_name(Session *session, const char *code);
/* Whether it is somebody's word why: "does not want to say" and "unknown" of avbokning.yaml are
 * nobody's. FALSE for NULL. Pure. */
gboolean cause_says_why(const char *code);

/* Keeps the form's text in form_version if this version is new, and which version is in force. At
 * opening. Writes nothing when there is nothing new, or in a database open for reading only. */
gboolean cause_keep_form(Session *session, const Form *form, GError **error);
