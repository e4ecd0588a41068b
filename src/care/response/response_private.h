/* response_private.h: what the files about responses share. Everyone else uses response.h. */
#pragma once

#include "care/response/response.h"

/* SQL: whether response r is closed to :me: an intake in which it has been said that the person is
 * protected, and that has no card yet that could be closed. It stays open to those who have heard
 * it: who began it, and who had it open last. The linkId is one that a unit that words the form
 * anew keeps. */
#define RESPONSE_CLOSED                                                                            \
    "(r.client_id IS NULL AND r.staff_id <> :me AND COALESCE(r.held_by, 0) <> :me"                 \
    " AND EXISTS (SELECT 1 FROM answer p WHERE p.response_id = r.id AND p.item = 'skydd-slag'"     \
    " AND p.value <> 'none'))"

/* A response as it lies in the database, with what is nobody's business outside. */
typedef struct {
    Response *response;
    gint64 holder;     /* 0: nobody has it open */
    gint64 held_by;    /* who has it, or had it last */
    char *holder_name; /* of held_by */
    gboolean interview;
} ResponseRow;
void response_row_free(ResponseRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(ResponseRow, response_row_free)

/* The row for someone with the permission for it, and for its client's card: else the refusal is
 * logged. ERROR_NOT_FOUND. */
ResponseRow *response_row_allowed(Session *session, gint64 id, GError **error);
/* The same where it may also be closed to them (RESPONSE_CLOSED). */
ResponseRow *response_row_permitted(Session *session, gint64 id, GError **error);
/* As response_row_allowed(), read in the transaction that it begins, and that is the caller's to
 * commit: asked before it first, so that a refusal stays in the log. */
ResponseRow *response_row_begin(Session *session, gint64 id, DbTransaction **tx, GError **error);
/* The same of the newest of the client's that is completed and not corrected; NULL without error
 * when there is none. The card is the caller's to ask for. */
ResponseRow *response_row_latest(Session *session, gint64 client_id, const char *form,
                                 GError **error);
Answers *response_read_answers(Session *session, gint64 id, GError **error);
/* Makes the rows those of `answers`; what is there already stays untouched. Inside a transaction.
 */
gboolean response_write_answers(Session *session, gint64 id, const Answers *answers, gint64 now,
                                GError **error);

/* PERMIT_INTERVIEW or PERMIT_WALK. */
gboolean response_require(Session *session, gboolean interview, GError **error);
/* Sets a text to a copy of another. */
void response_set_text(char **text, const char *to);
/* A number that no opening had before. */
gint64 response_draw_holder(void);

/* After an UPDATE of the row of someone who holds it: TRUE when it was changed; else
 * ERROR_CONFLICT says who has it now, or what has become of it. */
gboolean response_was_held(Session *session, const Response *response, GError **error);
#define RESPONSE_HELD                                                                              \
    " WHERE id = :id AND holder = :holder AND held_by = :me AND completed_ms IS NULL"              \
    " AND not_done IS NULL"

/* Whether a correction of the response `id` is under way or completed; it is named in the
 * ERROR_EXISTS. `but` is not counted. Inside a transaction. */
gboolean response_not_corrected(Session *session, gint64 id, gint64 but, GError **error);

/* Ticks off the open tasks to call back for this response. Inside a transaction. */
gboolean call_close_tasks(Session *session, gint64 response_id, const char *how, GError **error);
gboolean call_result_parse(const char *code, CallResult *result);
