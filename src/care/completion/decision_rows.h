/* decision_rows.h: a decision entered on the card, as the rows of a page, the same on the full
 * screen and in the lines of --plain. */
#pragma once

#include "care/completion/decision_entry.h"

typedef enum {
    DECISION_ROW_KIND, /* a DecisionEntry */
    DECISION_ROW_LAW,  /* 0: socialtjänstlagen, 1: LSS */
    DECISION_ROW_SUPPORT,
    DECISION_ROW_DECIDED,
    DECISION_ROW_FROM,
    DECISION_ROW_TO,
    DECISION_ROW_MONTH,
    DECISION_ROW_SECTION,
    DECISION_ROW_REASONS,
    DECISION_ROW_BY,
    DECISION_ROW_DELEGATION,
    DECISION_ROW_COUNT
} DecisionRow;
enum { DECISION_LAWS = 2 };
const char *decision_rows_law(int law); /* translated */
/* Of a new one, which goes on from `latest` (NULL: none): law, support, hours, who decides.
 * g_strfreev. */
char **decision_rows_values(Session *session, const Decision *latest);
/* Of one that is corrected, as it stands. g_strfreev. */
char **decision_rows_of(const Decision *decision);
/* Puts what the rows say into it. An empty day of decision is today, an empty first day that one,
 * and an empty section what the law has. `faults` gets what cannot be used of each row, and what to
 * do (translated, static; NULL: nothing). FALSE when there is a fault. */
gboolean decision_rows_take(char *const *values, Decision *decision,
                            const char *faults[DECISION_ROW_COUNT]);
/* What an empty section stands for, by law and the day typed. Static. */
const char *decision_rows_section(char *const *values);
/* "Noted: Extended, to 2027-11-30. 3 visits that no decision reaches are to be settled." New. */
char *decision_rows_done(const Decision *decision, gint64 after);
/* "Corrected: Extended, to 2027-11-30. …"; new. */
char *decision_rows_corrected(const Decision *decision, gint64 after);
