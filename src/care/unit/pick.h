/* pick.h: a text that stands for one of many, such as a colleague or a language: it is typed by the
 * beginnings of its words, so a list of any length costs one line of a form. */
#pragma once

#include "care/unit/session.h"

typedef struct {
    char *name;
    char *code; /* typed instead of the name; NULL where none */
    gint64 value;
} PickOption;
/* GPtrArray of PickOption *; g_ptr_array_unref. */
GPtrArray *pick_new(void);
void pick_add(GPtrArray *options, const char *name, const char *code, gint64 value);

/* The active staff by name; where two have the same name the code stands behind it. */
GPtrArray *pick_staff(Session *session, GError **error);
/* Also those who have left, for showing names. */
GPtrArray *pick_staff_all(Session *session, GError **error);
/* Languages spoken in Swedish care, by ISO 639-1 code. */
GPtrArray *pick_languages(void);

/* The one whose name or code `text` is, else the only one with words that begin so. NULL when there
 * is none or more than one. */
const PickOption *pick_match(const GPtrArray *options, const char *text);
/* The name of `value`; "" when it is not among them. */
const char *pick_name(const GPtrArray *options, gint64 value);
/* What to say under the field: who is meant, or which ones it could be; NULL when nobody is. New.
 */
char *pick_hint(const GPtrArray *options, const char *text);
