/* draft_rows.h: the drafts of a page of rows: a visit, a series, a client, a placement. The full
 * screen and the lines of --plain keep them alike, so that what was begun in one is gone on with in
 * the other. The body is {"version": n, "values": [...], "base": [...]}: a text for each row, in
 * the page's order; of a choice the chosen value in digits, "" where nothing is chosen. */
#pragma once

#include "care/unit/draft.h"

/* Draft.kind and whose id Draft.ref_id is. */
#define DRAFT_VISIT "visit"                 /* the client's */
#define DRAFT_NEW_TIME "new-time"           /* of the visit that was not taken */
#define DRAFT_SERIES "series"               /* the client's */
#define DRAFT_CLIENT "client"               /* the client's; 0: a new one */
#define DRAFT_PLACEMENT "placement"         /* the placement's */
#define DRAFT_NEW_PLACEMENT "new-placement" /* the client's */
#define DRAFT_IMPROVEMENT "improvement"     /* the improvement work's; 0: a new one */
#define DRAFT_CYCLE "cycle"                 /* the change's */
#define DRAFT_NEW_CYCLE "new-cycle"         /* the improvement work's */
#define DRAFT_WEEK_NOTE "week-note"         /* the Week */
#define DRAFT_QUOTE "quote"                 /* the client's */
#define DRAFT_CONTACT "contact"             /* the client's */
#define DRAFT_CONTACT_CORRECTION "contact-correction" /* the note's */
#define DRAFT_DECISION "decision"           /* the client's */
#define DRAFT_DECISION_CHANGE "decision-change" /* the decision's */
#define DRAFT_ORDER "order"                 /* the decision's */
#define DRAFT_ORDER_CHANGE "order-change"   /* the order's */
#define DRAFT_PLAN "implementation"         /* the decision's */
#define DRAFT_PLAN_CHANGE "implementation-change" /* the plan's */
#define DRAFT_CONSENT "consent"             /* the client's */
#define DRAFT_CONSENT_CHANGE "consent-change" /* the consent's that it takes the place of */
#define DRAFT_RISK "risk-note"              /* the client's */
#define DRAFT_SECOND "second"               /* the visit's */
#define DRAFT_OUT "out"                     /* 0 */
#define DRAFT_ABSENCE "absence"             /* the client's */
#define DRAFT_ABSENCE_CHANGE "absence-change" /* the absence's */
#define DRAFT_CLOSING "closing"               /* the client's */
#define DRAFT_CLOSING_CHANGE "closing-change" /* the closing's */
#define DRAFT_CALL_REQUEST "call-request"   /* 0 */
#define DRAFT_COVER "cover"                 /* 0 */
#define DRAFT_COVER_CHANGE "cover-change"   /* the cover's */
#define DRAFT_TASK_GIVE "task-give"         /* the task's */
#define DRAFT_TASK "task"                   /* 0: a new one */
#define DRAFT_INSTITUTION "institution"     /* the institution's; 0: a new one */
#define DRAFT_CALL "call"                   /* the response's */
#define DRAFT_TAKE_OVER "take-over"         /* the response's */
#define DRAFT_KEEP "retention-keep"         /* the client's */
#define DRAFT_REASON "reason"               /* the client's */
#define DRAFT_GROUP "group"                   /* the group's; 0: a new one */
#define DRAFT_GROUP_MEMBERS "group-members"   /* the group's: a client is added to it */
#define DRAFT_GROUP_MEMBER "group-member"     /* the client's, who is added to a group */
#define DRAFT_GROUP_MEMBER_END "group-member-end" /* the client's; its version is the group's id */
#define DRAFT_FOUND "log-found"             /* the first day of the month */

/* `version`: of what the page was filled from. `base`: the rows as they were then; NULL: something
 * new. New. */
char *draft_rows_write(char *const *values, char *const *base, gint64 version);
/* FALSE when the body is none of ours, or has none of the rows of a page of `count`; then nothing is
 * changed. A row that has come to the end of the page since it was kept is as `own` (the page's rows as
 * they stand) has it; NULL: then the body must have all of them. `*values` and `*base` (which may be
 * NULL) are new; g_strfreev. */
gboolean draft_rows_read(const char *body, guint count, char *const *own, char ***values,
                         char ***base, gint64 *version);
/* What becomes of a row that somebody else has changed meanwhile: `base` is how it was, `mine` what
 * is typed, `theirs` what stands there now. NULL `base` is unknown: then both may have changed it.
 */
typedef enum { ROW_IS_MINE, ROW_IS_THEIRS, ROW_IS_BOTH } RowMerge;
RowMerge draft_rows_merge(const char *mine, const char *base, const char *theirs);

/* What is kept of a page. */
typedef struct {
    const char *kind;
    gint64 ref_id;
    char *entered; /* the body of the page as it was opened; owned */
    char *kept;    /* as it was last kept; owned, NULL: not at all */
} DraftKept;
void draft_kept_clear(DraftKept *kept);
/* Whether `body` is something that is not kept. */
gboolean draft_kept_lacks(const DraftKept *kept, const char *body);
/* Keeps it where it is, and drops the draft where the page is again as it was opened. `*saved` (may
 * be NULL) tells whether something was written. */
gboolean draft_kept_save(Session *session, DraftKept *kept, const char *body, gboolean *saved,
                         GError **error);
/* Throws away what is kept. */
gboolean draft_kept_drop(Session *session, DraftKept *kept, GError **error);
