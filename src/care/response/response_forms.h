/* response_forms.h: the forms in force that can be walked. */
#pragma once

#include "care/unit/session.h"
#include "form/form.h"

/* The form `name` in force (the unit's own before the shipped one), for beginning. Loaded anew at
 * each call; ERROR_INPUT with file, line and remedy where the unit's own is faulty. */
Form *response_form(Session *session, const char *name, GError **error);
/* Whether the file of the form `name` in force is to the byte the one that `form` was made from:
 * told without loading it. FALSE too where it cannot be read. */
gboolean response_form_is_same(Session *session, const char *name, const Form *form);
/* The names of all forms that can be walked, kind FORM_KIND_WALK and FORM_KIND_INTERVIEW: shipped
 * and the unit's own, by title in Swedish order. Array of Form *. One that is faulty is left out,
 * and a sentence about it appended to `faults` (char *; may be NULL). */
GPtrArray *response_forms(Session *session, GPtrArray *faults, GError **error);
