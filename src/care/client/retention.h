/* retention.h: whom the unit is to delete (gallring): a proposal a year, looked through on a list,
 * and confirmed by somebody else than whoever made it. retention_delete.h deletes.
 *
 * Somebody with protected identity is named to, kept and confirmed by those alone who may open the
 * card; others see how many there are. Whoever may change a card may: PERMIT_CLIENT_EDIT. */
#pragma once

#include "care/client/retention_rule.h"
#include "care/unit/session.h"

/* The unit's municipality, SCB's four digits ("0126"); 0 while nobody has said it. */
gboolean retention_municipality_read(Session *session, int *code, GError **error);
/* ERROR_INPUT when it is none. Logged. */
gboolean retention_municipality_set(Session *session, const char *text, GError **error);

typedef struct {
    gint64 id, version;
    int year, municipality;
    gint64 made_ms;
    char *made_by;
    gint64 due, confirmed, kept, open; /* clients; `kept` by rule or by somebody's reason */
    gint64 taken;                      /* deleted by it */
    gint64 closed; /* of these, with protected identity and closed to the reader */
} RetentionProposal;
void retention_proposal_free(RetentionProposal *proposal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(RetentionProposal, retention_proposal_free)

/* Makes this year's proposal, or makes it anew: what was kept or confirmed stands. Logged, with how
 * many alone. ERROR_INPUT while the municipality is not known. */
RetentionProposal *retention_propose(Session *session, GError **error);
/* The latest; NULL without error when there is none. */
RetentionProposal *retention_read(Session *session, GError **error);
/* The same; ERROR_NOT_FOUND when there is none. */
RetentionProposal *retention_require(Session *session, GError **error);
/* "Proposal of 2032 for municipality 0126, made 2032-03-01 10:00 by Eva: to be deleted 3, of them confirmed
 * 2; kept 1; where something goes on 0; deleted 0." New. */
char *retention_proposal_words(const RetentionProposal *proposal);

typedef struct {
    gint64 client_id;
    char *name, *number; /* number may be NULL */
    RetentionState state;
    RetentionGround ground;
    Date last_note, first, last;
    char *kept_by, *kept_why; /* NULL: nobody keeps the client by a reason */
    Date look_again;          /* DATE_NONE with that */
    char *confirmed_by;       /* NULL: not confirmed */
} RetentionRow;
void retention_row_free(RetentionRow *row);
/* Those that are due first, by name. Array of RetentionRow *. */
GPtrArray *retention_rows(Session *session, gint64 proposal_id, GError **error);
/* "to be deleted", "kept for good: born on …", "kept by Eva until 2027-01-10: a matter in court".
 * New. */
char *retention_row_words(const RetentionRow *row);

/* Keeps a client all the same, with a reason and the day from which it is asked again; a
 * confirmation is taken back by it. Logged. ERROR_INPUT where they will not do (retention_keep.h). */
gboolean retention_keep(Session *session, gint64 client_id, const char *why, Date look_again,
                        GError **error);
/* Confirms what is due of the proposal that was `seen`; `*count` of them. ERROR_DENIED for whoever
 * made it; ERROR_CONFLICT when it has changed since. Logged, with how many alone. */
gboolean retention_confirm(Session *session, const RetentionProposal *seen, gint64 *count,
                           GError **error);

/* Why and until when somebody keeps a client who was to be deleted, for the client who asks what is kept;
 * `*row` is NULL where nobody does. PERMIT_CLIENT_READ and the right to open the card. */
gboolean retention_kept(Session *session, gint64 client_id, RetentionRow **row, GError **error);

/* What waits for whoever is signed in, in a sentence of Att göra: a proposal to make this year, to
 * confirm, to carry out. NULL: nothing, or another role. New. */
char *retention_waits(Session *session);
