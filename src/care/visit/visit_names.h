/* visit_names.h: the names that visits of VISITS_ALONE lack, for visit_list.c alone. */
#pragma once

#include "care/visit/visit_list.h"

/* Puts client_name, client_birth, client_protection and staff_name to each of `visits` (Visit *). */
gboolean visit_names_put(VisitNames *names, Session *session, const GPtrArray *visits,
                         GError **error);
