/* cover.c: who covers for a colleague: said, changed, ended, read. */
#include "care/unit/cover.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"

#define WORD_LENGTH_MAX 4000

Cover *cover_new(void)
{
    Cover *cover = g_new0(Cover, 1);
    cover->from = cover->to = clock_today();
    cover->version = 1;
    return cover;
}

void cover_free(Cover *cover)
{
    if (cover == NULL)
        return;
    g_free(cover->word);
    g_free(cover->staff_name);
    g_free(cover->cover_name);
    g_free(cover);
}

/* --- reading ---------------------------------------------------------------------------------- */

#define COLUMNS                                                                                    \
    "SELECT k.id, k.staff_id, k.cover_id, k.from_on, k.to_on, k.word, k.version, k.withdrawn_ms,"  \
    " s.name, z.name FROM cover k JOIN staff s ON s.id = k.staff_id"                               \
    " JOIN staff z ON z.id = k.cover_id"

static Cover *from_row(DbStatement *row)
{
    Cover *cover = cover_new();
    cover->id = db_int(row, 0);
    cover->staff_id = db_int(row, 1);
    cover->cover_id = db_int(row, 2);
    cover->from = date_parse(db_text(row, 3));
    cover->to = date_parse(db_text(row, 4));
    cover->word = g_strdup(db_text(row, 5));
    cover->version = db_int(row, 6);
    cover->withdrawn = !db_is_null(row, 7);
    cover->staff_name = g_strdup(db_text(row, 8));
    cover->cover_name = g_strdup(db_text(row, 9));
    return cover;
}

static GPtrArray *from_rows(DbStatement *rows, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)cover_free);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(all, from_row(rows));
    return step == DB_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

static Cover *read_one(Session *session, gint64 id, GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session_db(session), COLUMNS " WHERE k.id = :id AND k.unit_id = :unit",
                 DB_PARAMS(DB_INT("id", id), DB_INT("unit", session_unit_id(session))), error);
    const DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("That is no longer there. Look at the list again."));
    return step == DB_STEP_ROW ? from_row(row) : NULL;
}

/* `all`: the signed-in person may say it for everybody. */
static gboolean sees_all(Session *session, gboolean *all, GError **error)
{
    return access_require(session, PERMIT_VISIT_RECORD, error) &&
           client_sees_unit(session, all, error);
}

static gboolean may_set(Session *session, gint64 staff_id, GError **error)
{
    gboolean all = FALSE;
    if (!sees_all(session, &all, error))
        return FALSE;
    if (all || staff_id == session_staff_id(session))
        return TRUE;
    audit_note(session, "denied", "cover", staff_id, 0, NULL);
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_DENIED,
                        _("Who covers for a colleague is said by the colleague, a case officer or "
                          "a team lead. Ask one of them."));
    return FALSE;
}

gboolean cover_may_set(Session *session, gint64 staff_id)
{
    gboolean all = FALSE;
    return access_allows(session, PERMIT_VISIT_RECORD) &&
           client_sees_unit(session, &all, NULL) &&
           (all || staff_id == session_staff_id(session));
}

Cover *cover_get(Session *session, gint64 id, GError **error)
{
    g_autoptr(Cover) cover = read_one(session, id, error);
    return cover != NULL && may_set(session, cover->staff_id, error) ? g_steal_pointer(&cover)
                                                                      : NULL;
}

GPtrArray *cover_list(Session *session, GError **error)
{
    gboolean all = FALSE;
    char today[DATE_SIZE];
    if (!sees_all(session, &all, error))
        return NULL;
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        COLUMNS " WHERE k.unit_id = :unit AND k.to_on >= :today AND k.withdrawn_ms IS NULL"
                " AND (:all = 1 OR k.staff_id = :me) ORDER BY k.from_on, k.id",
        DB_PARAMS(DB_INT("unit", session_unit_id(session)),
                  DB_TEXT("today", date_format(clock_today(), today)), DB_INT("all", all),
                  DB_INT("me", session_staff_id(session))),
        error);
    return from_rows(rows, error);
}

GPtrArray *cover_of_me(Session *session, Date day, GError **error)
{
    char date[DATE_SIZE];
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        COLUMNS " WHERE k.unit_id = :unit AND (k.cover_id = :me OR k.staff_id = :me)"
                " AND k.to_on >= :day AND k.from_on <= :day AND k.withdrawn_ms IS NULL"
                " ORDER BY s.name, k.id",
        DB_PARAMS(DB_INT("unit", session_unit_id(session)),
                  DB_INT("me", session_staff_id(session)),
                  DB_TEXT("day", date_format(day, date))),
        error);
    return from_rows(rows, error);
}

/* --- checking --------------------------------------------------------------------------------- */

static gboolean refuse(GError **error, const char *sentence)
{
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, sentence);
    return FALSE;
}

static gboolean check(const Cover *cover, GError **error)
{
    if (cover->staff_id == 0)
        return refuse(error, _("Write who is away."));
    if (cover->cover_id == 0)
        return refuse(error, _("Write who covers."));
    if (cover->staff_id == cover->cover_id)
        return refuse(error, _("Nobody covers for themselves. Choose a colleague."));
    if (cover->from == DATE_NONE || cover->to == DATE_NONE)
        return refuse(error, _("Write the first and the last day."));
    if (cover->to < cover->from)
        return refuse(error, _("The last day away is before the first one. Change one of the "
                               "days."));
    if (cover->word != NULL && g_utf8_strlen(cover->word, -1) > WORD_LENGTH_MAX)
        return refuse(error, _("The note is too long. Shorten it."));
    return TRUE;
}

/* Whoever covers, is ill too and says so: what they cover is a third colleague's, so that it goes along
 * only where somebody says it who sees all. */
static gboolean says_it_alone(Session *session, const Cover *other)
{
    gboolean all = FALSE;
    return other->cover_id == session_staff_id(session) && sees_all(session, &all, NULL) && !all;
}

static void refuse_for(Session *session, const Cover *cover, const Cover *other, GError **error)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    date_format(other->from, from);
    date_format(other->to, to);
    if (other->staff_id == cover->staff_id)
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("%s covers for %s already, %s to %s. Change that instead."),
                    other->cover_name, other->staff_name, from, to);
    else if (other->staff_id == cover->cover_id)
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("%s is away too, %s to %s. Choose somebody else."), other->staff_name, from,
                    to);
    else if (says_it_alone(session, other))
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("You cover for %s, %s to %s. Tell a case officer or the team lead, who says "
                      "who covers for you: then that goes along."),
                    other->staff_name, from, to);
    else
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("%s covers for %s, %s to %s. Give that to somebody else first."),
                    other->cover_name, other->staff_name, from, to);
}

/* What goes on to somebody must not go on to nobody: whoever covers is there. Inside the
 * transaction. */
static gboolean check_others(Session *session, const Cover *cover, GError **error)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    g_autoptr(DbStatement) row = db_query(
        session_db(session),
        COLUMNS " WHERE k.unit_id = :unit AND k.id <> :id AND k.withdrawn_ms IS NULL"
                " AND k.from_on <= :to AND k.to_on >= :from AND (k.staff_id = :staff"
                " OR k.staff_id = :cover OR k.cover_id = :staff) ORDER BY k.from_on LIMIT 1",
        DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_INT("id", cover->id),
                  DB_TEXT("from", date_format(cover->from, from)),
                  DB_TEXT("to", date_format(cover->to, to)), DB_INT("staff", cover->staff_id),
                  DB_INT("cover", cover->cover_id)),
        error);
    const DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step != DB_STEP_ROW)
        return step == DB_STEP_DONE;
    g_autoptr(Cover) other = from_row(row);
    refuse_for(session, cover, other, error);
    return FALSE;
}

/* Both are there, and whoever covers sees visits. */
static gboolean check_people(Session *session, const Cover *cover, GError **error)
{
    gint64 found = 0;
    if (!db_get_int(session_db(session),
                    "SELECT COUNT(*) FROM staff WHERE unit_id = :unit AND active = 1"
                    " AND (id = :staff OR (id = :cover AND role <> 'administrator'))",
                    DB_PARAMS(DB_INT("unit", session_unit_id(session)),
                              DB_INT("staff", cover->staff_id), DB_INT("cover", cover->cover_id)),
                    0, &found, error))
        return FALSE;
    return found == 2 ||
           refuse(error, _("Whoever covers must see visits, which an administrator does not. Choose "
                           "a support worker, a case officer or a team lead."));
}

/* --- what it comes to ------------------------------------------------------------------------- */

/* Protected identity, and whoever covers is not named on the card. */
#define CLOSED "(SELECT c.id FROM client c WHERE c.unit_id = :unit AND c.protection <> 'none' AND "    \
    CLIENT_IS_NAMED " = 0)"
#define THEIR_VISITS                                                                               \
    "SELECT COUNT(*) FROM visit v WHERE v.staff_id = :staff AND v.date >= :from AND v.date <= :to"   \
    " AND v.outcome IS NULL AND v.client_id"
#define THEIR_TASKS                                                                                \
    "SELECT COUNT(*) FROM task t WHERE t.staff_id = :staff AND t.done_ms IS NULL"                    \
    " AND t.due_date <= :to AND "
#define MINUTE(time)                                                                               \
    "(CAST(SUBSTR(" time ", 1, 2) AS INTEGER) * 60 + CAST(SUBSTR(" time ", 4, 2) AS INTEGER))"
#define OWN_AT_THE_TIME                                                                            \
    " AND EXISTS (SELECT 1 FROM visit w WHERE (w.staff_id = :me OR (w.id <> v.id AND w.id IN"        \
    " (SELECT z.visit_id FROM visit_second z WHERE z.staff_id = :me))) AND w.date = v.date"          \
    " AND w.outcome IS NULL AND " MINUTE("w.start") " < " MINUTE("v.start") " + v.minutes"           \
    " AND " MINUTE("v.start") " < " MINUTE("w.start") " + w.minutes)"

/* On which only one goes where two were to: the colleague went along, or whoever covers does. */
#define ALONE                                                                                      \
    "SELECT COUNT(*) FROM visit_second y JOIN visit v ON v.id = y.visit_id WHERE v.date >= :from"   \
    " AND v.date <= :to AND v.outcome IS NULL AND (y.staff_id = :staff OR (y.staff_id = :me"       \
    " AND v.staff_id = :staff))"

static gboolean count(Session *session, const Cover *cover, CoverDone *done, GError **error)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    g_autoptr(DbStatement) row = db_query(
        session_db(session),
        "SELECT (" THEIR_VISITS " NOT IN " CLOSED "), (" THEIR_TASKS
        "(t.client_id IS NULL OR t.client_id NOT IN " CLOSED ")), (" THEIR_VISITS " IN " CLOSED
        "), (" THEIR_TASKS "t.client_id IN " CLOSED "), (" THEIR_VISITS
        " NOT IN " CLOSED OWN_AT_THE_TIME "), (" ALONE ")",
        DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_INT("me", cover->cover_id),
                  DB_INT("staff", cover->staff_id),
                  DB_TEXT("from", date_format(MAX(cover->from, clock_today()), from)),
                  DB_TEXT("to", date_format(cover->to, to))),
        error);
    if (row == NULL || db_step(row, error) != DB_STEP_ROW)
        return FALSE;
    *done = (CoverDone){.visits = (int)db_int(row, 0),
                        .tasks = (int)db_int(row, 1),
                        .closed = (int)(db_int(row, 2) + db_int(row, 3)),
                        .clashes = (int)db_int(row, 4),
                        .alone = (int)db_int(row, 5)};
    return TRUE;
}

/* --- writing ---------------------------------------------------------------------------------- */

/* The word itself is not in the log, which could not be weeded of it. */
static gboolean log_change(Session *session, const char *action, const Cover *before,
                           const Cover *after, GError **error)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_int(changes, "staff_id", before != NULL ? before->staff_id : 0, after->staff_id);
    audit_changes_int(changes, "cover_id", before != NULL ? before->cover_id : 0, after->cover_id);
    audit_changes_date(changes, "from_on", before != NULL ? before->from : DATE_NONE, after->from);
    audit_changes_date(changes, "to_on", before != NULL ? before->to : DATE_NONE, after->to);
    return audit_write(session, action, "cover", after->id, 0, changes, error);
}

/* Draws the id when it is 0; one that is there changes nothing. */
static gboolean insert(Session *session, Cover *cover, GError **error)
{
    Db *db = session_db(session);
    char from[DATE_SIZE], to[DATE_SIZE];
    const gint64 given = cover->id;
    if (given == 0 && (cover->id = db_new_id(db, "cover", error)) == 0)
        return FALSE;
    if (!db_run(db,
                "INSERT INTO cover (id, unit_id, staff_id, cover_id, from_on, to_on, word,"
                " created_ms, created_by) VALUES (:id, :unit, :staff, :cover, :from, :to, :word,"
                " :now, :me) ON CONFLICT (id) DO NOTHING",
                DB_PARAMS(DB_INT("id", cover->id), DB_INT("unit", session_unit_id(session)),
                          DB_INT("staff", cover->staff_id), DB_INT("cover", cover->cover_id),
                          DB_TEXT("from", date_format(cover->from, from)),
                          DB_TEXT("to", date_format(cover->to, to)), DB_TEXT("word", cover->word),
                          DB_INT("now", clock_now_ms()), DB_INT("me", session_staff_id(session))),
                error))
        return FALSE;
    return (given != 0 && db_changes(db) == 0) || /* it came through the first time */
           log_change(session, "create", NULL, cover, error);
}

static gboolean update(Session *session, const Cover *before, const Cover *after, GError **error)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    return db_run(session_db(session),
                  "UPDATE cover SET staff_id = :staff, cover_id = :cover, from_on = :from,"
                  " to_on = :to, word = :word, withdrawn_ms = :withdrawn, version = version + 1"
                  " WHERE id = :id",
                  DB_PARAMS(DB_INT("staff", after->staff_id), DB_INT("cover", after->cover_id),
                            DB_TEXT("from", date_format(after->from, from)),
                            DB_TEXT("to", date_format(after->to, to)),
                            DB_TEXT("word", after->word),
                            DB_INT_IF("withdrawn", clock_now_ms(), after->withdrawn),
                            DB_INT("id", after->id)),
                  error) &&
           log_change(session, after->withdrawn ? "remove" : "change", before, after, error);
}

/* --- what the colleague covers themselves ------------------------------------------------------ */

/* What it covers from `from` to `to`, for `cover_id`. New. */
static Cover *part_of(const Cover *whole, Date from, Date to, gint64 cover_id)
{
    Cover *part = cover_new();
    part->staff_id = whole->staff_id;
    part->cover_id = cover_id;
    part->from = from;
    part->to = to;
    part->word = g_strdup(whole->word);
    return part;
}

/* Days of `other` go to whoever covers in `cover`; those before and after stay. New: what went. */
static Cover *take_along(Session *session, const Cover *cover, Cover *other, GError **error)
{
    const Date from = MAX(cover->from, other->from), to = MIN(cover->to, other->to);
    g_autoptr(Cover) gone = part_of(other, from, to, cover->cover_id);
    g_autoptr(Cover) before = read_one(session, other->id, error);
    g_autoptr(Cover) rest = NULL;
    if (before == NULL)
        return NULL;
    if (other->from < from && to < other->to)
        rest = part_of(other, to + 1, other->to, other->cover_id);
    if (other->from < from)
        other->to = from - 1;
    else if (to < other->to)
        other->from = to + 1;
    else
        other->cover_id = cover->cover_id;
    return update(session, before, other, error) &&
                   (other->cover_id == cover->cover_id || insert(session, gone, error)) &&
                   (rest == NULL || insert(session, rest, error))
               ? g_steal_pointer(&gone)
               : NULL;
}

/* Array of Cover *: what went along. What may not, check_others() tells of. */
static GPtrArray *pass_on(Session *session, const Cover *cover, GError **error)
{
    gboolean all = FALSE;
    char from[DATE_SIZE], to[DATE_SIZE];
    g_autoptr(GPtrArray) gone = g_ptr_array_new_with_free_func((GDestroyNotify)cover_free);
    if (!sees_all(session, &all, error))
        return NULL;
    if (!all)
        return g_steal_pointer(&gone);
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        COLUMNS " WHERE k.unit_id = :unit AND k.withdrawn_ms IS NULL AND k.cover_id = :staff"
                " AND k.staff_id <> :cover AND k.from_on <= :to AND k.to_on >= :from"
                " ORDER BY k.from_on, k.id",
        DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_INT("staff", cover->staff_id),
                  DB_INT("cover", cover->cover_id), DB_TEXT("from", date_format(cover->from, from)),
                  DB_TEXT("to", date_format(cover->to, to))),
        error);
    g_autoptr(GPtrArray) others = from_rows(rows, error);
    g_clear_pointer(&rows, db_statement_release);
    for (guint i = 0; others != NULL && i < others->len; i++) {
        Cover *went = take_along(session, cover, others->pdata[i], error);
        if (went == NULL)
            return NULL;
        g_ptr_array_add(gone, went);
    }
    return others != NULL ? g_steal_pointer(&gone) : NULL;
}

static gboolean count_all(Session *session, const Cover *cover, const GPtrArray *gone,
                          CoverDone *done, GError **error)
{
    if (!count(session, cover, done, error))
        return FALSE;
    for (guint i = 0; i < gone->len; i++) {
        CoverDone along;
        if (!count(session, gone->pdata[i], &along, error))
            return FALSE;
        done->visits += along.visits;
        done->tasks += along.tasks;
        done->closed += along.closed;
        done->clashes += along.clashes;
        done->alone += along.alone;
        done->passed++;
    }
    return TRUE;
}

/* --- adding and changing ---------------------------------------------------------------------- */

gboolean cover_add(Session *session, Cover *cover, CoverDone *done, GError **error)
{
    CoverDone scratch;
    if (!check(cover, error) || !may_set(session, cover->staff_id, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autoptr(GPtrArray) gone = tx != NULL && check_people(session, cover, error)
                                    ? pass_on(session, cover, error)
                                    : NULL;
    return gone != NULL && check_others(session, cover, error) && insert(session, cover, error) &&
           count_all(session, cover, gone, done != NULL ? done : &scratch, error) &&
           commit_and_make_sure(session, tx, "SELECT COUNT(*) FROM cover WHERE id = :id",
                                DB_PARAMS(DB_INT("id", cover->id)), error);
}

/* Where it has begun and somebody else goes on: the first one's last day was yesterday. */
static gboolean hand_on(Session *session, const Cover *before, Cover *after, GError **error)
{
    g_autoptr(Cover) over = read_one(session, before->id, error);
    if (over == NULL)
        return FALSE;
    over->to = clock_today() - 1;
    after->id = 0;
    after->from = clock_today();
    return update(session, before, over, error) && check_others(session, after, error) &&
           insert(session, after, error);
}

static gboolean same(const Cover *a, const Cover *b)
{
    return a->staff_id == b->staff_id && a->cover_id == b->cover_id && a->from == b->from &&
           a->to == b->to && g_strcmp0(a->word, b->word) == 0 && a->withdrawn == b->withdrawn;
}

static gboolean must_be_as_opened(const Cover *before, gint64 version, GError **error)
{
    if (before->version == version && !before->withdrawn)
        return TRUE;
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                        _("Somebody has changed this since you opened it. Look at it again, and "
                          "save once more if yours is right."));
    return FALSE;
}

gboolean cover_change(Session *session, Cover *cover, CoverDone *done, GError **error)
{
    CoverDone scratch;
    if (!check(cover, error) || !may_set(session, cover->staff_id, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autoptr(Cover) before = tx != NULL ? read_one(session, cover->id, error) : NULL;
    if (before == NULL || !may_set(session, before->staff_id, error))
        return FALSE;
    if (done == NULL)
        done = &scratch;
    if (same(before, cover))
        return count(session, cover, done, error);
    const gboolean goes_on = (before->staff_id != cover->staff_id ||
                              before->cover_id != cover->cover_id) &&
                             before->from < clock_today() && cover->to >= clock_today();
    if (!must_be_as_opened(before, cover->version, error) ||
        !check_people(session, cover, error) ||
        !(goes_on ? hand_on(session, before, cover, error)
                  : check_others(session, cover, error) && update(session, before, cover, error)))
        return FALSE;
    return count(session, cover, done, error) &&
           commit_and_make_sure(session, tx,
                                "SELECT COUNT(*) FROM cover WHERE id = :id AND version = :version",
                                DB_PARAMS(DB_INT("id", cover->id),
                                          DB_INT("version", goes_on ? 1 : cover->version + 1)),
                                error);
}

gboolean cover_end(Session *session, gint64 id, GError **error)
{
    g_autoptr(Cover) seen = cover_get(session, id, error);
    if (seen == NULL)
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autoptr(Cover) before = tx != NULL ? read_one(session, id, error) : NULL;
    g_autoptr(Cover) after = before != NULL ? read_one(session, id, error) : NULL;
    if (after == NULL)
        return FALSE;
    if (after->from >= clock_today())
        after->withdrawn = TRUE;
    else
        after->to = MIN(after->to, clock_today() - 1);
    return same(before, after) ||
           (update(session, before, after, error) &&
            commit_and_make_sure(session, tx,
                                 "SELECT COUNT(*) FROM cover WHERE id = :id AND version > :version",
                                 DB_PARAMS(DB_INT("id", id), DB_INT("version", before->version)),
                                 error));
}
