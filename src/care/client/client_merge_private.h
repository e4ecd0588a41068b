/* client_merge_private.h: what client_merge.c and its neighbours share: who moves what, inside the
 * transaction of client_merge() or client_merge_undo(). What is done is noted in client_merge_row. */
#pragma once

#include "care/client/client.h"
#include "care/unit/audit.h"

/* All rows of client_tables.h that move, from the closed card to the kept one; and back, with what has
 * been made on them since. */
gboolean client_merge_move_rows(Session *session, gint64 merge_id, gint64 closed, gint64 kept,
                                GError **error);
gboolean client_merge_give_back(Session *session, gint64 merge_id, gint64 closed, gint64 kept,
                                GError **error);

/* Groups: the kept card gets each day that either was a member. Back: as it was, unless the kept card's
 * days have been changed since; then those stay. */
gboolean client_merge_unite_groups(Session *session, gint64 merge_id, gint64 closed, gint64 kept,
                                   GError **error);
gboolean client_merge_part_groups(Session *session, gint64 merge_id, gint64 closed, gint64 kept,
                                  GError **error);

/* Who may open the kept card: of those named on either, who might open both. Before a field is written.
 * ERROR_INPUT where somebody whom `after` (the card as it is to be) assigns might not have opened a
 * protected one of the two. `changes` gets who is named and who no more. */
gboolean client_merge_narrow_named(Session *session, gint64 merge_id, const Client *kept,
                                   const Client *closed, const Client *after,
                                   AuditChanges *changes, GError **error);
/* Back; `widen`: also those who were named before. */
gboolean client_merge_restore_named(Session *session, gint64 merge_id, gint64 kept, gboolean widen,
                                    AuditChanges *changes, GError **error);
