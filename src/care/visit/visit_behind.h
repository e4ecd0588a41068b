/* visit_behind.h: the visits behind a figure of the week's review, in their order. */
#pragma once

#include "care/visit/visit_list.h"

/* As visit_list(), of which it is made; but without a cause (`query->cause` "") and whatever came
 * of them (`query->outcome` -1) they are those to whose outcome a cause belongs: the visits that
 * took place have none to give. */
GPtrArray *visit_behind(Session *session, const VisitQuery *query, const Visit *after, int limit,
                        GError **error);
/* How many they are, and how many of persons with protected identity are left out: visit_count()
 * and visit_count_closed(). */
gboolean visit_behind_count(Session *session, const VisitQuery *query, gint64 *count,
                            gint64 *closed, GError **error);
/* Whether it asks for those without a cause. */
gboolean visit_behind_lacks_cause(const VisitQuery *query);
