/* laptop_again.h: a deed that was done on a laptop is done once more, by the function that did it.
 */
#pragma once

#include "care/unit/deed.h"

/* By the signed-in person, on what the deed was done on: ERROR_CONFLICT where that has changed
 * since (of a visit: it has another version than the laptop saw), else as the function itself. A
 * card that was merged into another is that one. */
gboolean laptop_again(Session *session, const char *name, const DeedBody *body, GError **error);
/* The same on whatever stands by now: for whoever has chosen it. */
gboolean laptop_again_over(Session *session, const char *name, const DeedBody *body,
                           GError **error);

/* Whose card it is about by now: one that was merged into another is that one; 0: nobody's, or it
 * is deleted. One that a server does not show to whoever is signed in is still there. */
gboolean laptop_again_client(Session *session, const DeedBody *body, gint64 *client,
                             GError **error);

/* Whether it is about what came of a visit, whose earlier state is kept. */
gboolean laptop_again_is_of_visit(const char *name);
/* Whether it is about a task, of which the first to do something is right. */
gboolean laptop_again_is_of_task(const char *name);
