/* second.h: two go (två går): a second worker on a visit, or on the visits of a series from one on. The visit
 * stays whose it is; the second has it in their day and their calendar, and may open the card as with a visit
 * of their own (client_guard.h). */
#pragma once

#include "care/unit/session.h"
#include "care/visit/visit.h"

/* Who goes along (0: nobody), and by name (may be NULL). No right is asked for: for what shows the visit. */
gboolean second_of(Session *session, gint64 visit_id, gint64 *staff_id, char **name, GError **error);
/* The name, and where one of the two is away that day, or is the one who covers for the other, or where the
 * client's identity has been protected since from whoever was to go along, that somebody else is to. Of a visit that is recorded the name alone. Translated. New; NULL: nobody goes along. */
char *second_words(Session *session, const Visit *visit);
/* What speaks against it, in a sentence: what the second has at that time. "" when nothing does. New. */
char *second_warning(Session *session, const Visit *visit, gint64 staff_id, GError **error);
/* `staff_id` goes along (0: nobody does any more); with `series` on every visit of its series from that day on
 * that is not recorded, and on those laid out later. ERROR_INPUT: the visit's own worker; somebody who may not
 * open the card of a protected client; a series where there is none. PERMIT_VISIT_RECORD and the right to see
 * the visit. */
gboolean second_set(Session *session, gint64 visit_id, gint64 staff_id, gboolean series,
                    GError **error);
