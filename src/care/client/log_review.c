/* log_review.c: who has opened whose card, by colleague, and the month's sample. */
#include "care/client/log_review.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/client/client_event.h"
#include "care/client/client_guard.h"
#include "care/client/client_reason.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/session_private.h"

#include <string.h>

void log_colleague_free(LogColleague *colleague)
{
    if (colleague == NULL)
        return;
    g_free(colleague->name);
    g_free(colleague);
}

void log_opening_free(LogOpening *opening)
{
    if (opening == NULL)
        return;
    g_free(opening->staff_name);
    g_free(opening->client_name);
    g_free(opening->what);
    g_free(opening->reason);
    g_free(opening);
}

void log_signed_clear(LogSigned *sign)
{
    g_clear_pointer(&sign->who, g_free);
    g_clear_pointer(&sign->found, g_free);
}

/* --- by colleague ----------------------------------------------------------------------------- */

#define READ " a.action = 'read' AND a.client_id IS NOT NULL AND a.at_ms >= :from AND a.at_ms < :to"

GPtrArray *log_colleagues(Session *session, Date from, Date to, GError **error)
{
    if (!access_require(session, PERMIT_LOG, error) ||
        !audit_note(session, "look", "audit", 0, 0, error))
        return NULL;
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)log_colleague_free);
    g_autoptr(DbStatement) rows =
        db_query(session->db,
                 "SELECT s.id, s.name, COUNT(DISTINCT a.client_id), COUNT(*),"
                 " (SELECT COUNT(*) FROM client_reason g WHERE g.staff_id = s.id"
                 " AND g.given_ms >= :from AND g.given_ms < :to)"
                 " FROM audit a JOIN staff s ON s.id = a.staff_id WHERE" READ
                 " GROUP BY s.id, s.name ORDER BY 4 DESC, s.id",
                 DB_PARAMS(DB_INT("from", clock_moment(from, 0)), DB_INT("to", clock_moment(to + 1, 0))), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        LogColleague *colleague = g_new0(LogColleague, 1);
        *colleague = (LogColleague){.staff_id = db_int(rows, 0),
                                    .name = g_strdup(db_text(rows, 1)),
                                    .clients = db_int(rows, 2),
                                    .openings = db_int(rows, 3),
                                    .reasons = db_int(rows, 4)};
        g_ptr_array_add(list, colleague);
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&list) : NULL;
}

/* --- openings --------------------------------------------------------------------------------- */

/* The reason is that of the day: none is older than a day, and the days are compared as local ones. */
#define OPENINGS                                                                                   \
    "SELECT a.seq, a.at_ms, a.staff_id, s.name, a.client_id, c.name, " CLIENT_MAY_OPEN ","         \
    " a.entity, g.reason, g.words, g.day, a.node, c.id, g.id FROM audit a JOIN client c ON c.id = " CLIENT_NOW( \
        "a.client_id")                                                                             \
    " JOIN staff s ON s.id = a.staff_id"                                                           \
    " LEFT JOIN client_reason g ON g.id = (SELECT MAX(r.id) FROM client_reason r"                  \
    " WHERE r.client_id = a.client_id AND r.staff_id = a.staff_id AND r.given_ms <= a.at_ms"       \
    " AND r.given_ms > a.at_ms - 86400000) WHERE" READ

static char *reason_words(DbStatement *row, gint64 at_ms)
{
    Reason reason;
    if (db_is_null(row, 8) || date_parse(db_text(row, 10)) != clock_local(at_ms, NULL))
        return NULL;
    if (!db_is_null(row, 9))
        return g_strdup(db_text(row, 9));
    return g_strdup(reason_parse(db_text(row, 8), &reason) ? reason_name(reason) : db_text(row, 8));
}

static LogOpening *opening_from_row(DbStatement *row)
{
    LogOpening *opening = g_new0(LogOpening, 1);
    opening->seq = db_int(row, 0);
    opening->node = db_int(row, 11);
    opening->at_ms = db_int(row, 1);
    opening->staff_id = db_int(row, 2);
    opening->staff_name = g_strdup(db_text(row, 3));
    opening->client_id = db_int(row, 4);
    opening->client_name = db_int(row, 6) != 0 ? g_strdup(db_text(row, 5)) : NULL;
    opening->what = g_strdup(client_event_name(db_text(row, 7), "read"));
    opening->reason = reason_words(row, opening->at_ms);
    return opening;
}

GPtrArray *log_openings(Session *session, gint64 staff_id, Date from, Date to, int limit,
                        GError **error)
{
    if (!access_require(session, PERMIT_LOG, error) ||
        !audit_note(session, "look", "audit", 0, 0, error))
        return NULL;
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)log_opening_free);
    g_autoptr(DbStatement) rows = db_query(
        session->db, OPENINGS " AND a.staff_id = :staff ORDER BY a.at_ms DESC, a.node DESC, a.seq DESC LIMIT :limit",
        DB_PARAMS(CLIENT_GUARD(session), DB_INT("from", clock_moment(from, 0)),
                  DB_INT("to", clock_moment(to + 1, 0)), DB_INT("staff", staff_id),
                  DB_INT("limit", limit)),
        error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(list, opening_from_row(rows));
    return step == DB_STEP_DONE ? g_steal_pointer(&list) : NULL;
}

/* --- the month's sample ----------------------------------------------------------------------- */

const char *log_pick_name(LogPick pick)
{
    return pick == PICK_REASON ? _("a reason was given")
           : pick == PICK_NAME ? _("same surname")
           : pick == PICK_LOT  ? _("by lot")
                               : "";
}

Date log_last_month(void)
{
    int year, month, day;
    date_to_ymd(clock_today(), &year, &month, &day);
    return date_add_months(date_from_ymd(year, month, 1), -1);
}

static Date month_end(Date month)
{
    return date_add_months(month, 1) - 1;
}

/* The last word of each, as it is searched for. */
static gboolean same_surname(const char *one, const char *other)
{
    g_auto(GStrv) first = text_fold_words(one), second = text_fold_words(other);
    const guint most = g_strv_length(first), least = g_strv_length(second);
    return most > 1 && least > 1 && strcmp(first[most - 1], second[least - 1]) == 0;
}

static LogPick pick_of(DbStatement *row, gint64 at_ms)
{
    g_autofree char *reason = reason_words(row, at_ms);
    return reason != NULL                                      ? PICK_REASON
           : same_surname(db_text(row, 3), db_text(row, 5)) ? PICK_NAME
                                                               : PICK_NONE;
}

/* Those by rule; the order is the lot's, by which the first LOG_LOT of the others are taken. */
static gboolean take_sample(DbStatement *rows, GPtrArray *sample, GError **error)
{
    g_autoptr(GHashTable) met = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    guint lot = 0;
    DbStep step;
    while ((step = db_step(rows, error)) == DB_STEP_ROW) {
        LogPick pick = pick_of(rows, db_int(rows, 1));
        char *pair = g_strdup_printf("%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT, db_int(rows, 2),
                                     db_int(rows, 4));
        gboolean again = !g_hash_table_add(met, pair);
        if (again || (pick == PICK_NONE && lot++ >= LOG_LOT))
            continue;
        LogOpening *opening = opening_from_row(rows);
        opening->pick = pick == PICK_NONE ? PICK_LOT : pick;
        g_ptr_array_add(sample, opening);
    }
    return step == DB_STEP_DONE;
}

static gint by_time(gconstpointer a, gconstpointer b)
{
    const LogOpening *one = *(LogOpening *const *)a, *other = *(LogOpening *const *)b;
    if (one->at_ms != other->at_ms)
        return one->at_ms > other->at_ms ? 1 : -1;
    if (one->node != other->node)
        return one->node > other->node ? 1 : -1;
    return (one->seq > other->seq) - (one->seq < other->seq);
}

GPtrArray *log_sample(Session *session, Date month, GError **error)
{
    if (!access_require(session, PERMIT_LOG, error) ||
        !audit_note(session, "look", "audit", 0, 0, error))
        return NULL;
    g_autoptr(GPtrArray) sample = g_ptr_array_new_with_free_func((GDestroyNotify)log_opening_free);
    g_autoptr(DbStatement) rows =
        db_query(session->db, OPENINGS " ORDER BY a.hash",
                 DB_PARAMS(CLIENT_GUARD(session), DB_INT("from", clock_moment(month, 0)),
                           DB_INT("to", clock_moment(month_end(month) + 1, 0))),
                 error);
    if (rows == NULL || !take_sample(rows, sample, error))
        return NULL;
    g_ptr_array_sort(sample, by_time);
    return g_steal_pointer(&sample);
}

/* --- signing it off --------------------------------------------------------------------------- */

/* "2026-10". */
static const char *month_text(Date month, char text[DATE_SIZE])
{
    date_format(month, text);
    text[strlen("2026-10")] = '\0';
    return text;
}

gboolean log_signed(Session *session, Date month, LogSigned *sign, GError **error)
{
    char text[DATE_SIZE];
    *sign = (LogSigned){0};
    if (!access_require(session, PERMIT_LOG, error))
        return FALSE;
    g_autoptr(DbStatement) row =
        db_query(session->db,
                 "SELECT s.name, l.found, l.signed_ms, l.id FROM log_review l JOIN staff s"
                 " ON s.id = l.staff_id WHERE l.unit_id = :unit AND l.month = :month",
                 DB_PARAMS(DB_INT("unit", session->unit_id), DB_TEXT("month", month_text(month, text))),
                 error);
    DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_ROW)
        *sign = (LogSigned){.who = g_strdup(db_text(row, 0)),
                            .found = g_strdup(db_text(row, 1)),
                            .signed_ms = db_int(row, 2)};
    return step != DB_STEP_ERROR;
}

static gboolean count_openings(Session *session, Date month, gint64 *count, GError **error)
{
    return db_get_int(session->db, "SELECT COUNT(*) FROM audit a WHERE" READ,
                      DB_PARAMS(DB_INT("from", clock_moment(month, 0)),
                                DB_INT("to", clock_moment(month_end(month) + 1, 0))),
                      0, count, error);
}

static gboolean write_sign(Session *session, Date month, gint64 looked_at, const char *found,
                           GError **error)
{
    char text[DATE_SIZE];
    gint64 openings = 0, id = db_new_id(session->db, "log_review", error);
    if (id == 0 || !count_openings(session, month, &openings, error) ||
        !db_run(session->db,
                "INSERT INTO log_review (id, unit_id, month, staff_id, openings, looked_at, found,"
                " signed_ms) VALUES (:id, :unit, :month, :me, :openings, :looked, :found, :now)"
                " ON CONFLICT (unit_id, month) DO NOTHING",
                DB_PARAMS(DB_INT("id", id), DB_INT("unit", session->unit_id),
                          DB_TEXT("month", month_text(month, text)),
                          DB_INT("me", session->staff_id), DB_INT("openings", openings),
                          DB_INT("looked", looked_at), DB_TEXT("found", found),
                          DB_INT("now", clock_now_ms())),
                error))
        return FALSE;
    if (db_changes(session->db) == 0) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_EXISTS,
                            _("This month's sample is signed already."));
        return FALSE;
    }
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "month", NULL, text);
    audit_changes_int(changes, "looked_at", 0, looked_at);
    audit_changes_text(changes, "found", NULL, found);
    return audit_write(session, "sign", "log_review", id, 0, changes, error);
}

gboolean log_sign(Session *session, Date month, const char *found, GError **error)
{
    g_autofree char *line = care_line(found);
    const char *wrong = NULL;
    if (!access_require(session, PERMIT_LOG, error))
        return FALSE;
    if (month_end(month) >= clock_today())
        wrong = _("The month is not over. Sign it when it is.");
    else if (line != NULL && g_utf8_strlen(line, -1) > LOG_FOUND_MOST)
        wrong = _("What was found is longer than 1000 characters. Shorten it.");
    if (wrong != NULL) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, wrong);
        return FALSE;
    }
    g_autoptr(GPtrArray) sample = log_sample(session, month, error);
    if (sample == NULL)
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session->db, error);
    return tx != NULL && write_sign(session, month, sample->len, line, error) &&
           db_transaction_commit(tx, error);
}

gboolean log_due(Session *session, Date *month, GError **error)
{
    g_auto(LogSigned) sign = {0};
    gint64 openings = 0;
    const Date last = log_last_month();
    *month = DATE_NONE;
    if (!log_signed(session, last, &sign, error) || !count_openings(session, last, &openings, error))
        return FALSE;
    if (sign.signed_ms == 0 && openings > 0)
        *month = last;
    return TRUE;
}

char *log_waits(Session *session)
{
    gint64 reasons = 0;
    Date month = DATE_NONE;
    if (!access_allows(session, PERMIT_LOG) || !reason_count(session, &reasons, NULL) ||
        !log_due(session, &month, NULL) || (reasons == 0 && month == DATE_NONE))
        return NULL;
    g_autofree char *given =
        reasons > 0 ? g_strdup_printf(ngettext("%d reason for opening a colleague's client",
                                               "%d reasons for opening a colleague's client",
                                               (gulong)reasons),
                                      (int)reasons)
                    : NULL;
    char text[DATE_SIZE];
    g_autofree char *sample =
        month != DATE_NONE ? g_strdup_printf(_("the log's sample of %s"), month_text(month, text))
                           : NULL;
    return g_strdup_printf(_("To look through: %s%s%s."), given != NULL ? given : "",
                           given != NULL && sample != NULL ? ", " : "",
                           sample != NULL ? sample : "");
}
