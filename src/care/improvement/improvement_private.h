/* improvement_private.h: what the three files of improvement work share. */
#pragma once

#include "care/unit/session.h"

/* Text of several lines as it is stored: text_clean() without blanks at its ends. New; NULL where
 * nothing is left. */
char *improvement_words(const char *text);
/* The name as it is stored; ERROR_INPUT with `missing` when there is none, or when it is too long.
 * New. */
char *improvement_checked_name(const char *name, const char *missing, GError **error);
/* Sets ERROR_CONFLICT, naming who changed the row of `entity` last. */
void improvement_conflict(Session *session, const char *entity, gint64 id, GError **error);
