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

#define DEMO_CLIENTS 212 /* of the smallest one */
#define FIRST_CLIENT_NUMBER 1000
/* Whether the client of that index, whose number is FIRST_CLIENT_NUMBER more, has a plan of two
 * questions: some of those of the case officer who signs in. */
gboolean demo_has_plan(guint index);

/* Adds institutions, children, their placements and the interviews about them, and the plans of those who have one, as the user "hand",
 * who must be there: the unit's people have been committed. Not inside a transaction. */
gboolean demo_walks_fill(Session *session, guint32 seed, GError **error);
