/* completion_names_private.h: people and languages by what they are called in a form. Pure. */
#pragma once

#include "base/error.h"

/* Whose name, login or code it is, folded; 0 when nobody, or more than one, is called so. Whoever
 * has every word of it in their name will do, unless `exact` wants the whole name. Array of Staff *
 * in `staff`. */
gint64 staff_called(const GPtrArray *staff, const char *name, gboolean exact);
/* The names in "Anna Berg, Bo Ek och Cia Dal": commas, lines, and "and" in the three languages
 * stand between them. g_strfreev. */
char **names_in(const char *text);
/* "fi" from "finska", "suomi", "Finnish"; NULL where no two-letter code fits. New. */
char *language_code_of(const char *words);
/* "finska" from "fi", in the program's language; NULL where it is no language's two-letter code.
 * New. */
char *language_word(const char *code);
