/* response_row_private.h: a response as it lies in the database, and who may see it. For the files
 * of care; everyone else uses response.h. */
#pragma once

#include "care/response/response_value.h"
#include "care/unit/session.h"

/* SQL: whether response r is closed to :me: an intake in which it has been said that the person is
 * protected, and that has no card yet that could be closed. It stays open to those who have heard
 * it: who began it, and who had it open last. */
#define RESPONSE_CLOSED                                                                            \
    "(r.client_id IS NULL AND r.is_protected = 1 AND r.staff_id <> :me"                            \
    " AND COALESCE(r.held_by, 0) <> :me)"

/* SQL: every column of responses r, with client c, who began it s and who holds it h; :me is who
 * asks. */
#define RESPONSES                                                                                  \
    "SELECT r.id, r.client_id, r.staff_id, r.placement_id, r.corrects_id, r.form, r.form_hash,"    \
    " r.title, r.interview, r.respondent, r.language, r.mode, r.interpreter, r.minutes_used,"      \
    " r.at_item, r.at_instance, r.at_number, r.typed_in, r.typed, r.begun_ms, r.continued_ms,"     \
    " r.completed_ms, r.not_done, r.not_done_words, r.holder, r.held_by, h.name, s.name,"          \
    " r.subject, CASE WHEN EXISTS (SELECT 1 FROM response k"                     \
    " WHERE k.corrects_id = r.id AND k.completed_ms IS NOT NULL) THEN 1 ELSE 0 END,"               \
    " CASE WHEN " RESPONSE_CLOSED " THEN 1 ELSE 0 END, r.is_protected, r.seen_ms,"                 \
    " c.name, c.id"                                                                                \
    " FROM response r JOIN staff s ON s.id = r.staff_id LEFT JOIN staff h ON h.id = r.held_by"     \
    " LEFT JOIN client c ON c.id = r.client_id"
/* The response that the query stands at. Caller frees. */
Response *response_from_row(DbStatement *row);

/* A response as it lies in the database, with what is nobody's business outside. */
typedef struct {
    Response *response;
    gint64 holder;     /* 0: nobody has it open */
    gint64 held_by;    /* who has it, or had it last */
    gint64 seen_ms;    /* when they last did something in it */
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

/* The right to open the card; of no card everybody has it. The refusal is logged. */
gboolean response_may_open_card(Session *session, gint64 client_id, GError **error);
/* PERMIT_INTERVIEW or PERMIT_WALK. */
gboolean response_require(Session *session, gboolean interview, GError **error);
/* A number that no opening had before. */
gint64 response_draw_holder(void);

/* After an UPDATE of the row of someone who holds it: TRUE when it was changed; else
 * ERROR_CONFLICT says who has it now, or what has become of it. */
gboolean response_was_held(Session *session, const Response *response, GError **error);
#define RESPONSE_HELD                                                                              \
    " WHERE id = :id AND holder = :holder AND held_by = :me AND completed_ms IS NULL"              \
    " AND not_done IS NULL"
