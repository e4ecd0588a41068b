/* demo_private.h: what the demo's people are made of, and the parts of making it. */
#pragma once

#include "care/unit/session.h"

extern const char *const demo_id_numbers[];
extern const gsize demo_id_number_count;
extern const char *const demo_women[];
extern const gsize demo_women_count;
extern const char *const demo_men[];
extern const gsize demo_men_count;
extern const char *const demo_family_names[];
extern const gsize demo_family_names_count;
/* Those who have been placed away from home, the oldest in the middle; the last is under seven. */
#define DEMO_CHILDREN 3
extern const char *const demo_child_numbers[DEMO_CHILDREN];

/* Adds institutions, children, their placements and the interviews about them, as the user "hand",
 * who must be there: the unit's people have been committed. Not inside a transaction. */
gboolean demo_walks_fill(Session *session, guint32 seed, GError **error);
