/* making.h: a unit is made: key file, database and first user. */
#pragma once

#include "care/unit/opening.h"

/* Makes database, key file, unit and first user, whose role is `role`. `recovery_code` is shown
 * once. On failure nothing is left behind. ERROR_EXISTS when either file is there;
 * ERROR_INPUT when DAGSFORM_NOW sets the clock and it is to be no demo. */
Session *session_create(const SessionOpening *opening, const char *unit_name,
                        const char *staff_name, StaffRole role, Secret **recovery_code,
                        GError **error);
