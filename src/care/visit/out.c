/* out.c: who is out on a visit, and when somebody rings. */
#include "care/visit/out.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"
#include "care/unit/session_private.h"
#include "care/visit/visit_row.h"

#define MARGIN 30
#define HOUR 60
#define DAY_MS (DAY_MINUTES * 60000LL)

void out_free(Out *out)
{
    if (out == NULL)
        return;
    g_free(out->staff_name);
    g_free(out->client_name);
    g_free(out->client_phone);
    g_free(out);
}

gboolean out_is_on(Session *session, const Visit *visit)
{
    return visit->date == clock_today() &&
           (visit->staff_id == session_staff_id(session) ||
            g_strcmp0(visit->covered_by, session_staff_name(session)) == 0);
}

int out_proposed(const Visit *visit, Date today, int minute)
{
    int ring = minute + HOUR;
    if (visit != NULL && visit->date == today && visit->start + visit->minutes > minute)
        ring = visit->start + visit->minutes + MARGIN;
    return MIN(ring, DAY_MINUTES - 1);
}

gint64 out_moment(const char *text)
{
    g_autofree char *clean = care_line(text);
    if (clean == NULL)
        return 0;
    g_strdelimit(clean, ".", ':');
    const int minute = time_parse(clean);
    const gint64 moment = minute >= 0 ? clock_moment(clock_today(), minute) : 0;
    return moment > clock_now_ms() ? moment : 0;
}

/* --- reading ---------------------------------------------------------------------------------- */

GPtrArray *out_list(Session *session, GError **error)
{
    if (!access_require(session, PERMIT_CLIENT_READ, error))
        return NULL;
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 "SELECT o.id, o.staff_id, o.visit_id, o.out_ms, o.ring_ms, s.name,"
                 " CASE WHEN " VISIT_SEEN " THEN 1 ELSE 0 END, c.protection, v.start,"
                 " c.name, c.phone, c.id"
                 " FROM out_home o JOIN staff s ON s.id = o.staff_id"
                 " LEFT JOIN visit v ON v.id = o.visit_id LEFT JOIN client c ON c.id = v.client_id"
                 " WHERE o.unit_id = :unit AND o.back_ms IS NULL ORDER BY o.ring_ms, o.id",
                 DB_PARAMS(DB_INT("unit", session_unit_id(session)), CLIENT_GUARD(session)), error);
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)out_free);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        Out *out = g_new0(Out, 1);
        out->id = db_int(rows, 0);
        out->staff_id = db_int(rows, 1);
        out->visit_id = db_int(rows, 2);
        out->out_ms = db_int(rows, 3);
        out->ring_ms = db_int(rows, 4);
        out->staff_name = g_strdup(db_text(rows, 5));
        const gboolean seen = db_int(rows, 6) != 0;
        if (seen)
            out->client_name = g_strdup(db_text(rows, 9));
        if (seen && g_strcmp0(db_text(rows, 7), "none") == 0)
            out->client_phone = g_strdup(db_text(rows, 10));
        out->visit_start = db_is_null(rows, 8) ? -1 : time_parse(db_text(rows, 8));
        g_ptr_array_add(all, out);
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

gboolean out_is_late(const Out *out)
{
    return out->ring_ms <= clock_now_ms();
}

const Out *out_to_end(Session *session, const GPtrArray *all)
{
    for (guint i = 0; all != NULL && i < all->len; i++)
        if (((const Out *)all->pdata[i])->staff_id == session_staff_id(session))
            return all->pdata[i];
    for (guint i = 0; all != NULL && i < all->len; i++)
        if (out_is_late(all->pdata[i]))
            return all->pdata[i];
    return NULL;
}

/* --- in words --------------------------------------------------------------------------------- */

/* "10:30", with its day where that is another. New. */
static char *moment_words(gint64 ms)
{
    char time[sizeof "HH:MM:SS"], date[DATE_SIZE];
    const Date day = clock_local(ms, time);
    time[sizeof "HH:MM" - 1] = '\0';
    return day == clock_today() ? g_strdup(time)
                                : g_strdup_printf("%s %s", date_format(day, date), time);
}

/* "Maria Bäckman 08:30, 070-174 06 05", as far as it may be told. New. */
static char *where_words(const Out *out)
{
    char time[TIME_SIZE];
    if (out->visit_start < 0)
        return NULL;
    time_format(out->visit_start, time);
    if (out->client_name == NULL)
        return g_strdup_printf(_("from a visit %s"), time);
    g_autofree char *phone =
        out->client_phone != NULL ? g_strdup_printf(" (%s)", out->client_phone) : NULL;
    return g_strdup_printf(_("from %s%s %s"), out->client_name, phone != NULL ? phone : "", time);
}

static void add_sentence(GString *text, const Out *out, gboolean own)
{
    g_autofree char *ring = moment_words(out->ring_ms);
    g_autofree char *where = where_words(out);
    if (text->len > 0)
        g_string_append_c(text, ' ');
    if (own && out_is_late(out))
        g_string_append_printf(text, _("You were to be back %s: say that you are."), ring);
    else if (own)
        g_string_append_printf(text, _("You are out; somebody rings %s."), ring);
    else
        g_string_append_printf(text,
                               _("LATE: %s was to be back %s%s%s. Ring, and say when it is "
                                 "settled."),
                               out->staff_name, ring, where != NULL ? ", " : "",
                               where != NULL ? where : "");
}

char *out_words(Session *session, const GPtrArray *all)
{
    g_autoptr(GString) text = g_string_new(NULL);
    const gint64 me = session_staff_id(session);
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const Out *out = all->pdata[i];
        if (out->staff_id != me && out_is_late(out))
            add_sentence(text, out, FALSE);
    }
    for (guint i = 0; all != NULL && i < all->len; i++)
        if (((const Out *)all->pdata[i])->staff_id == me)
            add_sentence(text, all->pdata[i], TRUE);
    return text->len > 0 ? g_strdup(text->str) : NULL;
}

/* --- writing ---------------------------------------------------------------------------------- */

static gboolean refuse(GError **error, const char *sentence)
{
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, sentence);
    return FALSE;
}

static gboolean client_of(Session *session, gint64 visit_id, gint64 *client_id, GError **error)
{
    *client_id = 0;
    return visit_id == 0 ||
           db_get_int(session_db(session), "SELECT client_id FROM visit WHERE id = :id",
                      DB_PARAMS(DB_INT("id", visit_id)), 0, client_id, error);
}

static gboolean write_out(Session *session, gint64 id, gboolean is_new, gint64 visit_id,
                          gint64 ring_ms, GError **error)
{
    return db_run(session_db(session),
                  is_new ? "INSERT INTO out_home (id, unit_id, staff_id, visit_id, out_ms, ring_ms)"
                           " VALUES (:id, :unit, :me, :visit, :now, :ring)"
                         : "UPDATE out_home SET visit_id = :visit, ring_ms = :ring"
                           " WHERE id = :id AND unit_id = :unit AND staff_id = :me"
                           " AND out_ms <= :now",
                  DB_PARAMS(DB_INT("id", id), DB_INT("unit", session_unit_id(session)),
                            DB_INT("me", session_staff_id(session)),
                            DB_INT_OR_NULL("visit", visit_id), DB_INT("now", clock_now_ms()),
                            DB_INT("ring", ring_ms)),
                  error);
}

gboolean out_go(Session *session, gint64 visit_id, gint64 ring_ms, gint64 *id, GError **error)
{
    Db *db = session_db(session);
    gint64 client_id = 0;
    if (!access_require(session, PERMIT_VISIT_RECORD, error) ||
        (visit_id != 0 && !visit_require(session, PERMIT_VISIT_RECORD, visit_id, error)))
        return FALSE;
    if (ring_ms <= clock_now_ms() || ring_ms > clock_now_ms() + DAY_MS)
        return refuse(error, _("Write a time later today, as 10:30: somebody rings then."));
    g_autoptr(DbTransaction) tx = db_transaction(db, error);
    if (tx == NULL ||
        !db_get_int(db,
                    "SELECT id FROM out_home WHERE unit_id = :unit AND staff_id = :me"
                    " AND back_ms IS NULL ORDER BY id LIMIT 1",
                    DB_PARAMS(DB_INT("unit", session_unit_id(session)),
                              DB_INT("me", session_staff_id(session))),
                    0, id, error) ||
        !client_of(session, visit_id, &client_id, error))
        return FALSE;
    const gboolean is_new = *id == 0;
    if (is_new && (*id = db_new_id(db, "out_home", error)) == 0)
        return FALSE;
    g_autofree char *ring = clock_text(ring_ms);
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "ring", NULL, ring);
    return write_out(session, *id, is_new, visit_id, ring_ms, error) &&
           audit_write(session, is_new ? "create" : "change", "out", *id, client_id, changes,
                       error) &&
           commit_and_make_sure(session, tx,
                                "SELECT COUNT(*) FROM out_home WHERE id = :id AND ring_ms = :ring",
                                DB_PARAMS(DB_INT("id", *id), DB_INT("ring", ring_ms)), error);
}

gboolean out_end(Session *session, gint64 id, GError **error)
{
    gint64 visit_id = 0, client_id = 0, open = 0;
    Db *db = session_db(session);
    const DbParam *of = DB_PARAMS(DB_INT("id", id), DB_INT("unit", session_unit_id(session)));
    if (!access_require(session, PERMIT_VISIT_RECORD, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(db, error);
    if (tx == NULL ||
        !db_get_int(db,
                    "SELECT COUNT(*) FROM out_home WHERE id = :id AND unit_id = :unit"
                    " AND back_ms IS NULL",
                    of, 0, &open, error) ||
        !db_get_int(db, "SELECT visit_id FROM out_home WHERE id = :id AND unit_id = :unit", of, 0,
                    &visit_id, error) ||
        !client_of(session, visit_id, &client_id, error))
        return FALSE;
    if (open == 0)
        return TRUE; /* settled already */
    g_autofree char *now = clock_text(clock_now_ms());
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "back", NULL, now);
    return db_run(db, "UPDATE out_home SET back_ms = :now, ended_by = :me WHERE id = :id",
                  DB_PARAMS(DB_INT("now", clock_now_ms()), DB_INT("me", session_staff_id(session)),
                            DB_INT("id", id)),
                  error) &&
           audit_write(session, "end", "out", id, client_id, changes, error) &&
           commit_and_make_sure(session, tx,
                                "SELECT COUNT(*) FROM out_home WHERE id = :id"
                                " AND back_ms IS NOT NULL",
                                DB_PARAMS(DB_INT("id", id)), error);
}
