/* dispute.h: what a client says is wrong in what is kept about them. It is noted (antecknas) beside the
 * thing itself, and nothing is erased: the wording is that of 21 b § LSS (1993:387), as domain.md §8
 * has it. Whoever may change the card then says what came of it: it was corrected, in the usual way,
 * which keeps the value before; or it stands, and why (art. 16 and 12.4 of the General Data Protection
 * Regulation, (EU) 2016/679). */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

typedef enum {
    DISPUTE_CARD,
    DISPUTE_VISIT,    /* a visit and what is noted of it */
    DISPUTE_RESPONSE, /* a form */
    DISPUTE_DECISION,
    DISPUTE_NOTE, /* of the journal */
    DISPUTE_OTHER, /* anything else that is kept: said in `entry` alone */
    DISPUTE_ABOUT_COUNT
} DisputeAbout;

typedef enum { DISPUTE_OPEN, DISPUTE_CORRECTED, DISPUTE_STANDS, DISPUTE_OUTCOME_COUNT } DisputeOutcome;
const char *dispute_outcome_name(DisputeOutcome outcome); /* translated: "it stands" */

typedef struct {
    gint64 id, client_id;
    DisputeAbout about;
    gint64 about_id; /* the visit's, the form's, the decision's, the note's; 0: none, or it is gone */
    char *field;     /* of the card, as DISPUTE_FIELDS has it; of a form dispute_question(); NULL: of
                        the whole */
    char *entry;     /* what it is about, in words */
    char *words;     /* what the person says */
    Date said_on;
    DisputeOutcome outcome;
    char *reason; /* of the outcome; NULL: none */
    /* Read beside it: */
    char *taken_by, *settled_by;   /* names; NULL: nobody, or recovery */
    gint64 created_ms, settled_ms; /* settled_ms 0: open */
} Dispute;
Dispute *dispute_new(void);
Dispute *dispute_copy(const Dispute *dispute);
void dispute_free(Dispute *dispute);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Dispute, dispute_free)

/* A client's: the open ones first, then the latest first. Those about an interview are for whoever may
 * do one. PERMIT_CLIENT_READ and the right to open the card. Array of Dispute *. */
GPtrArray *dispute_of_client(Session *session, gint64 client_id, GError **error);
/* Notes it, and gives the client's case officer (the whole unit where there is none) the task to answer
 * within DISPUTE_DAYS; fills in the id. A call with the id that an earlier one filled in changes
 * nothing. ERROR_INPUT; ERROR_NOT_FOUND where what it is about is none of the client's.
 * PERMIT_VISIT_RECORD, of an interview PERMIT_INTERVIEW, and the right to open the card. */
gboolean dispute_add(Session *session, Dispute *dispute, GError **error);
/* Says what came of an open one and does its task. `reason` may be NULL where it was corrected.
 * ERROR_INPUT; ERROR_CONFLICT where something else has been said meanwhile. PERMIT_CLIENT_EDIT and the
 * right to open the card. */
gboolean dispute_settle(Session *session, gint64 id, DisputeOutcome outcome, const char *reason,
                        GError **error);
/* One month from when it was said at the most: art. 12.3 of the regulation. */
#define DISPUTE_DAYS 28

/* The fields of the card that can be named: code and name (msgid). Ends with NULL. */
typedef struct {
    const char *field, *name;
} DisputeField;
extern const DisputeField DISPUTE_FIELDS[];

/* "“I moved in May.” (2026-11-20). Not answered yet." New. */
char *dispute_sentence(const Dispute *dispute, const char *language);
/* The same of a row that has words, said_on, outcome and reason from column `column` on, in the program's
 * language; NULL where there is none. New. */
char *dispute_sentence_of_row(DbStatement *row, int column);
/* Of `field` where it is a question's. New. */
char *dispute_question(const char *link_id, const char *instance);
/* Those of `disputes` that are about this: sentences in a paragraph each, NULL where there are none.
 * `field` NULL: whatever the field, which is then named; DISPUTE_WHOLE: those of the whole. New. */
#define DISPUTE_WHOLE ""
char *dispute_beside(const GPtrArray *disputes, DisputeAbout about, gint64 about_id,
                     const char *field, const char *language);
/* Draft.kind of a page for one; static. Draft.ref_id is what it is about, else the client. */
const char *dispute_draft(DisputeAbout about, const char *field);
#define DRAFT_SETTLE "dispute-settle" /* the dispute's */

/* One as the rows of a page, and what came of it, the same on the full screen and in the lines of
 * --plain; as quote_rows_take(). The outcome's row is a DisputeOutcome in digits. */
typedef enum { DISPUTE_ROW_ENTRY, DISPUTE_ROW_WORDS, DISPUTE_ROW_SAID, DISPUTE_ROW_COUNT } DisputeRow;
gboolean dispute_rows_take(char *const *values, Dispute *dispute,
                           const char *faults[DISPUTE_ROW_COUNT]);
typedef enum { SETTLE_ROW_OUTCOME, SETTLE_ROW_REASON, SETTLE_ROW_COUNT } SettleRow;
gboolean settle_rows_take(char *const *values, DisputeOutcome *outcome, char **reason,
                          const char *faults[SETTLE_ROW_COUNT]);
