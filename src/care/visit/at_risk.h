/* at_risk.h: whom the unit may be about to lose: clients who have not taken their visits for a
 * while.
 *
 * Three visits in a row that were cancelled, declined or not attended; or at least two, and all
 * there were, for two weeks: who declines regularly for more than two weeks is asked why, and the
 * case officer is told (the routine of a municipality; an unwanted end begins so more often than
 * with a no). Any visit that took place begins anew, also one in another form. */
#pragma once

#include "base/date.h"
#include "care/client/protection.h"
#include "care/unit/session.h"

#define AT_RISK_ROW 3   /* not taken in a row */
#define AT_RISK_DAYS 14 /* or two, over so many days */
/* No visit further back is looked at. */
#define AT_RISK_DAYS_BACK 84

typedef struct {
    gint64 client_id;
    char *client_name;
    Protection protection;
    int missed;             /* in a row, up to now */
    Date since, latest;     /* the first and the latest of these */
    gint64 case_officer_id; /* 0: none */
    char *case_officer;     /* NULL: none */
    gint64 task_id; /* the task made of it that is open, or was made since `since`; 0: none */
} AtRisk;
void at_risk_free(AtRisk *row);

/* The active ones, the most missed first, then the longest ago, then by name; `mine`: those of the
 * signed-in person. `closed` (may be NULL) is how many are left out because their card may not be
 * opened. Array of AtRisk *. Costs the visits not taken of the last weeks, read out of an index.
 * PERMIT_CLIENT_READ. */
GPtrArray *at_risk_list(Session *session, gboolean mine, gint64 *closed, GError **error);
/* The text behind it. */
const char *at_risk_sql(void);
/* Gives the client's case officer (the whole unit, where there is none) the task to get in touch
 * within a week; one there is already is given back. ERROR_NOT_FOUND when the client is not at risk
 * any more. PERMIT_VISIT_RECORD, and the right to open the card. */
gboolean at_risk_make_task(Session *session, gint64 client_id, gint64 *task_id, GError **error);
