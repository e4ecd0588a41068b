/* client_merge.h: two cards of one person made one, so that nothing is lost and it can be undone.
 *
 * One card is kept. All that hangs on the other is given to it, by client_tables.h; the other is closed,
 * stays with what it says, and points at the kept one: it is in no list, and whoever still has it is led
 * to the kept one (client_stands() of client_guard.h). Where both have the like, it is decided so:
 *
 * - A field of the card: whichever is chosen; with the identity number goes the birth date. The value that
 *   is not kept is not lost: a name or a number finds the kept card from then on, and all stand in the
 *   extract.
 * - Protected identity: the stricter of the two. Of those named on either, who might open both stay named;
 *   whoever is assigned must have been among them.
 * - Days in a group: each day that either was in it, once.
 * - Decisions, consents and answered forms: all of both. What holds is said by their days, as ever.
 * - What one colleague has half typed on both cards on the same page, and a reason for opening both that a
 *   colleague gave on one day: the closed card's stays with it, and is there again when it is undone.
 *
 * Undoing gives back exactly the rows that were moved, with what has been made on them since (a visit's
 * task), and the fields that were changed. What has come to the kept card since, and a field that was
 * changed since, stays there. */
#pragma once

#include "care/client/client_merge_field.h"

/* Makes them one; `fields` are taken from the closed card. Fills in `*merge_id`. One transaction, one
 * entry in the log ("merge" of "client"). ERROR_INPUT where it is the same card, or somebody would be
 * assigned who may not open both; ERROR_NOT_FOUND where one is closed already. PERMIT_CLIENT_EDIT and the
 * right to open both. */
gboolean client_merge(Session *session, gint64 kept_id, gint64 closed_id, guint fields,
                      gint64 *merge_id, GError **error);
/* Undoes it, with one entry in the log ("unmerge"). `*stayed` (may be NULL): how much has come to the kept
 * card since, and stays there. ERROR_CONFLICT where something contradicts it: the kept card was merged
 * into another since, it has got a number of the closed one by hand, or a card that was merged into it
 * since changed what this one had changed: a field, who is in a group; or this one changed who may open
 * the kept card, or that it is in use, which that card may ask for too.
 * PERMIT_CLIENT_EDIT and the right to open the kept card. */
gboolean client_merge_undo(Session *session, gint64 merge_id, gint64 *stayed, GError **error);
/* That it is undone, and what stayed, in a sentence. New. */
char *client_merge_stayed_words(gint64 stayed);

/* What the kept card said before. */
typedef struct {
    MergeField field;
    char *before; /* as client_merge_value(), never NULL */
} MergeReplaced;

/* A card that was made one with another, and is still. */
typedef struct {
    gint64 id;      /* of the merge */
    Client *closed; /* with its numbers, as before */
    gint64 merged_ms;
    char *merged_by;     /* NULL: by recovery */
    GArray *replaced;    /* MergeReplaced: what was given up for it */
} ClientMerge;
void client_merge_free(ClientMerge *merge);
/* Those of a card, the latest first. Array of ClientMerge *; NULL with
 * `error`. PERMIT_CLIENT_READ and the right to open the card. */
GPtrArray *client_merges(Session *session, gint64 kept_id, GError **error);
