/* risk_note.c: what whoever goes to a client must know to be safe. */
#include "care/client/risk_note.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/client/client_guard.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"

void risk_note_free(RiskNote *note)
{
    if (note == NULL)
        return;
    g_free(note->words);
    g_free(note->staff_name);
    g_free(note);
}

/* --- who sees it ------------------------------------------------------------------------------ */

gboolean risk_may_see(Session *session, gint64 client_id)
{
    gint64 sees = 0;
    return db_get_int(
               session_db(session),
               "SELECT CASE WHEN " CLIENT_MAY_OPEN " = 1 AND (" CLIENT_IS_NAMED " = 1"
               " OR EXISTS (SELECT 1 FROM staff l WHERE l.id = :me AND l.role = 'team-lead')"
               " OR EXISTS (SELECT 1 FROM visit g WHERE g.client_id = c.id AND g.date = :own_day"
               " AND (g.staff_id = :me OR EXISTS (SELECT 1 FROM visit_second y"
               " WHERE y.visit_id = g.id AND y.staff_id = :me) OR " COVERS_ON(
                   "g.staff_id", "g.date") ")))"
                                           " THEN 1 ELSE 0 END FROM client c WHERE c.id = :client",
               DB_PARAMS(DB_INT("client", client_id), CLIENT_GUARD(session)), 0, &sees, NULL) &&
           sees == 1;
}

const char *risk_note_not_seen(void)
{
    return _(
        "The note on risk is read and written by those who go to the client that day, by those "
        "assigned, and by the team lead. Tell one of them.");
}

/* --- reading ---------------------------------------------------------------------------------- */

/* Of several that stand: another one that is written makes the highest number grow, and one that
 * comes by a merge their count. The running number alone leaves room for both. */
#define MARK "COALESCE(MAX(r.id % 4294967296) * 1024 + COUNT(*), 0)"
#define COLUMNS                                                                                    \
    "SELECT r.id, r.client_id, r.words, s.name, r.created_ms FROM risk_note r"                     \
    " LEFT JOIN staff s ON s.id = r.staff_id"
#define STANDS " WHERE r.client_id = :client AND r.ended_ms IS NULL"

static RiskNote *from_row(DbStatement *row)
{
    RiskNote *note = g_new0(RiskNote, 1);
    note->id = db_int(row, 0);
    note->client_id = db_int(row, 1);
    note->words = g_strdup(db_text(row, 2));
    note->staff_name = g_strdup(db_text(row, 3));
    note->created_ms = db_int(row, 4);
    return note;
}

static gboolean log_read(Session *session, gint64 client_id, GError **error)
{
    g_autoptr(GArray) read = g_array_new(FALSE, FALSE, sizeof client_id);
    g_array_append_val(read, client_id);
    return audit_words(session, "risk_note", read, error);
}

/* A later one beside an earlier: `note` says what both do, and who wrote the later. */
static void add_later(RiskNote *note, RiskNote *later)
{
    char *words = g_strconcat(note->words, "\n", later->words, NULL);
    g_free(note->words);
    note->words = words;
    note->created_ms = later->created_ms;
    g_free(note->staff_name);
    note->staff_name = g_steal_pointer(&later->staff_name);
    risk_note_free(later);
}

/* As risk_note_of() numbers what stands; 0: nothing does. */
static gboolean standing_id(Session *session, gint64 client_id, gint64 *id, GError **error)
{
    return db_get_int(session_db(session), "SELECT " MARK " FROM risk_note r" STANDS,
                      DB_PARAMS(DB_INT("client", client_id)), 0, id, error);
}

/* There are several where cards that had one each were merged. Their mark comes first: whoever
 * writes one in between is then told of, not written over. */
static gboolean read_standing(Session *session, gint64 client_id, RiskNote **note, GError **error)
{
    gint64 mark = 0;
    *note = NULL;
    if (!standing_id(session, client_id, &mark, error))
        return FALSE;
    g_autoptr(DbStatement) rows =
        db_query(session_db(session), COLUMNS STANDS " ORDER BY r.created_ms, r.id",
                 DB_PARAMS(DB_INT("client", client_id)), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        RiskNote *one = from_row(rows);
        if (*note == NULL)
            *note = one;
        else
            add_later(*note, one);
    }
    if (step != DB_STEP_DONE)
        g_clear_pointer(note, risk_note_free);
    else if (*note != NULL)
        (*note)->id = mark;
    return step == DB_STEP_DONE;
}

RiskNote *risk_note_of(Session *session, gint64 client_id, GError **error)
{
    RiskNote *found = NULL;
    if (!client_require(session, PERMIT_CLIENT_READ, client_id, error) ||
        !risk_may_see(session, client_id) || !read_standing(session, client_id, &found, error))
        return NULL;
    g_autoptr(RiskNote) note = found;
    return note != NULL && log_read(session, client_id, error) ? g_steal_pointer(&note) : NULL;
}

gboolean risk_note_stands(Session *session, gint64 client_id)
{
    gint64 id = 0;
    return client_id != 0 && standing_id(session, client_id, &id, NULL) && id != 0 &&
           risk_may_see(session, client_id);
}

static GPtrArray *read_all(Session *session, gint64 client_id, GError **error)
{
    g_autoptr(DbStatement) rows =
        db_query(session_db(session), COLUMNS " WHERE r.client_id = :client ORDER BY r.id DESC",
                 DB_PARAMS(DB_INT("client", client_id)), error);
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)risk_note_free);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(all, from_row(rows));
    return step == DB_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

GPtrArray *risk_note_all(Session *session, gint64 client_id, GError **error)
{
    if (!client_require(session, PERMIT_CLIENT_READ, client_id, error))
        return NULL;
    g_autoptr(GPtrArray) all = read_all(session, client_id, error);
    return all != NULL && (all->len == 0 || log_read(session, client_id, error))
               ? g_steal_pointer(&all)
               : NULL;
}

/* --- writing ---------------------------------------------------------------------------------- */

static gboolean refuse(GError **error, DagsformError code, const char *sentence)
{
    g_set_error_literal(error, DAGSFORM_ERROR, (int)code, sentence);
    return FALSE;
}

static gboolean end(Session *session, gint64 client_id, GError **error)
{
    return db_run(session_db(session),
                  "UPDATE risk_note SET ended_ms = :now, ended_by = :me"
                  " WHERE client_id = :client AND ended_ms IS NULL",
                  DB_PARAMS(DB_INT("now", clock_now_ms()), DB_INT("me", session_staff_id(session)),
                            DB_INT("client", client_id)),
                  error);
}

static gboolean insert(Session *session, gint64 client_id, const char *words, gint64 *id,
                       GError **error)
{
    Db *db = session_db(session);
    return (*id = db_new_id(db, "risk_note", error)) != 0 &&
           db_run(db,
                  "INSERT INTO risk_note (id, unit_id, client_id, words, staff_id, created_ms)"
                  " VALUES (:id, :unit, :client, :words, :me, :now)",
                  DB_PARAMS(DB_INT("id", *id), DB_INT("unit", session_unit_id(session)),
                            DB_INT("client", client_id), DB_TEXT("words", words),
                            DB_INT("me", session_staff_id(session)), DB_INT("now", clock_now_ms())),
                  error);
}

gboolean risk_note_write(Session *session, gint64 client_id, const char *words, gint64 before_id,
                         GError **error)
{
    g_autofree char *clean = g_strstrip(text_clean(words != NULL ? words : ""));
    gint64 stands = 0, last = 0, id = 0;
    if (!client_require(session, PERMIT_VISIT_RECORD, client_id, error))
        return FALSE;
    if (!risk_may_see(session, client_id)) {
        audit_note(session, "denied", "risk_note", 0, client_id, NULL);
        return refuse(error, ERROR_DENIED, risk_note_not_seen());
    }
    if (g_utf8_strlen(clean, -1) > RISK_NOTE_MOST)
        return refuse(error, ERROR_INPUT, _("The note is too long. Shorten it."));
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    if (tx == NULL || !standing_id(session, client_id, &stands, error) ||
        !db_get_int(session_db(session), "SELECT COALESCE(MAX(r.id), 0) FROM risk_note r" STANDS,
                    DB_PARAMS(DB_INT("client", client_id)), 0, &last, error))
        return FALSE;
    if (stands != before_id)
        return refuse(error, ERROR_CONFLICT,
                      _("Somebody has written another note on risk meanwhile. Read it first."));
    if (stands == 0 && clean[0] == '\0')
        return TRUE;
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_int(changes, "stands", stands != 0, clean[0] != '\0');
    if (!end(session, client_id, error) ||
        (clean[0] != '\0' && !insert(session, client_id, clean, &id, error)))
        return FALSE;
    return audit_write(session, id == 0 ? "end" : "create", "risk_note", id != 0 ? id : last,
                       client_id, changes, error) &&
           commit_and_make_sure(
               session, tx,
               "SELECT COUNT(*) FROM client c WHERE c.id = :client AND ((:id <> 0 AND"
               " EXISTS (SELECT 1 FROM risk_note n WHERE n.id = :id)) OR (:id = 0 AND"
               " NOT EXISTS (SELECT 1 FROM risk_note r" STANDS ")))",
               DB_PARAMS(DB_INT("id", id), DB_INT("client", client_id)), error);
}
