/* placement_words.h: what lists and pages say about a placement. Every text is translated and new.
 */
#pragma once

#include "care/placement/placement.h"

/* "2026-02-01 to 2026-10-31", "from 2026-02-01". */
char *placement_words_days(const Placement *placement);
/* "Villa Ängen, supported housing"; "no institution chosen". */
char *placement_words_where(const Placement *placement);
/* What is to be done by when, seen from `today`: "To be followed up at the latest 2027-01-29: 68
 * days left.", "Followed up."; NULL when the rules ask for nothing. `left`: how many respondents
 * are neither done nor given up. */
char *placement_words_due(const PlacementRule *rule, int left, Date today);
/* Whether it must be seen to soon: within two weeks, or overdue. */
gboolean placement_is_urgent(const PlacementRule *rule, int left, Date today);
