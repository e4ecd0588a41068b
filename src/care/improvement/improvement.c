/* improvement.c: improvement work: read and saved. */
#include "care/improvement/improvement.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/improvement/improvement_private.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"
#include "care/unit/session_private.h"

Improvement *improvement_new(Date begun_on)
{
    Improvement *improvement = g_new0(Improvement, 1);
    improvement->target = IMPROVEMENT_NO_TARGET;
    improvement->begun_on = begun_on;
    improvement->ended_on = DATE_NONE;
    return improvement;
}

void improvement_free(Improvement *improvement)
{
    if (improvement == NULL)
        return;
    g_free(improvement->name);
    g_free(improvement->aim);
    g_free(improvement->measure);
    g_free(improvement);
}

/* --- shared with cycles and notes --------------------------------------------------------------
 */

char *improvement_words(const char *text)
{
    g_autofree char *clean = text != NULL ? g_strstrip(text_clean(text)) : NULL;
    return clean != NULL && clean[0] != '\0' ? g_steal_pointer(&clean) : NULL;
}

char *improvement_checked_name(const char *name, const char *missing, GError **error)
{
    g_autofree char *line = care_line(name);
    if (line == NULL)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, missing);
    else if (g_utf8_strlen(line, -1) > IMPROVEMENT_NAME_MAX)
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("The name is longer than %d characters. Shorten it."), IMPROVEMENT_NAME_MAX);
    else
        return g_steal_pointer(&line);
    return NULL;
}

void improvement_conflict(Session *session, const char *entity, gint64 id, GError **error)
{
    g_autofree char *who = NULL;
    g_autoptr(GError) unread = NULL;
    db_get_text(session_db(session),
                "SELECT s.name FROM audit a JOIN staff s ON s.id = a.staff_id"
                " WHERE a.entity = :entity AND a.entity_id = :id AND a.node = :node ORDER BY a.seq "
                "DESC LIMIT 1",
                DB_PARAMS(DB_TEXT("entity", entity), DB_INT("id", id),
                          DB_INT("node", db_node(session_db(session)))),
                &who, &unread);
    g_set_error(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                _("%s changed this while you had it open. Look at it once more, then save."),
                who != NULL ? who : _("Somebody"));
}

/* --- reading ---------------------------------------------------------------------------------- */

#define COLUMNS                                                                                    \
    "SELECT id, name, aim, measure, COALESCE(target, -1), begun_on, ended_on, version"             \
    " FROM improvement WHERE unit_id = :unit"

static Improvement *from_row(DbStatement *row)
{
    Improvement *improvement = improvement_new(date_parse(db_text(row, 5)));
    improvement->id = db_int(row, 0);
    improvement->name = g_strdup(db_text(row, 1));
    improvement->aim = g_strdup(db_text(row, 2));
    improvement->measure = g_strdup(db_text(row, 3));
    improvement->target = (int)db_int(row, 4);
    improvement->ended_on = date_parse(db_text(row, 6));
    improvement->version = db_int(row, 7);
    return improvement;
}

GPtrArray *improvement_list(Session *session, GError **error)
{
    if (!access_require(session, PERMIT_REVIEW, error))
        return NULL;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)improvement_free);
    g_autoptr(DbStatement) rows =
        db_query(session_db(session), COLUMNS " ORDER BY begun_on DESC, id DESC",
                 DB_PARAMS(DB_INT("unit", session_unit_id(session))), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(all, from_row(rows));
    return step == DB_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

gboolean improvement_find(Session *session, const char *name, gint64 *id, GError **error)
{
    g_autofree char *line = care_line(name);
    g_autofree char *wanted = g_utf8_casefold(line != NULL ? line : "", -1);
    g_autoptr(GPtrArray) all = improvement_list(session, error);
    g_autoptr(GString) names = g_string_new(NULL);
    if (all == NULL)
        return FALSE;
    for (guint i = 0; i < all->len; i++) {
        const Improvement *each = all->pdata[i];
        g_autofree char *folded = g_utf8_casefold(each->name, -1);
        *id = each->id;
        if (g_str_equal(folded, wanted))
            return TRUE;
        g_string_append_printf(names, "%s%s", i > 0 ? ", " : "", each->name);
    }
    if (all->len == 0)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("There is no improvement work yet."));
    else
        g_set_error(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                    _("There is no improvement work called %s. Choose one of: %s."), name,
                    names->str);
    return FALSE;
}

Improvement *improvement_get(Session *session, gint64 id, GError **error)
{
    if (!access_require(session, PERMIT_REVIEW, error))
        return NULL;
    g_autoptr(DbStatement) row =
        db_query(session_db(session), COLUMNS " AND id = :id",
                 DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_INT("id", id)), error);
    DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("The improvement work is no longer there. Look at the list again."));
    return step == DB_STEP_ROW ? from_row(row) : NULL;
}

int improvement_target(const GPtrArray *all, Date day)
{
    for (guint i = 0; i < all->len; i++) {
        const Improvement *improvement = all->pdata[i];
        if (improvement->target != IMPROVEMENT_NO_TARGET && improvement->begun_on <= day &&
            (improvement->ended_on == DATE_NONE || improvement->ended_on >= day))
            return improvement->target;
    }
    return IMPROVEMENT_NO_TARGET;
}

/* --- saving ----------------------------------------------------------------------------------- */

static gboolean check(const Improvement *improvement, GError **error)
{
    const char *wrong = NULL;
    if (improvement->begun_on == DATE_NONE)
        wrong = _("An improvement work needs the day it began. Type it and save again.");
    else if (improvement->ended_on != DATE_NONE && improvement->ended_on < improvement->begun_on)
        wrong = _("The work ends before it begins. Change one of the days.");
    else if (improvement->target < IMPROVEMENT_NO_TARGET || improvement->target > 1000)
        wrong = _("The target is a share: a number from 0 to 100 percent.");
    if (wrong != NULL)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, wrong);
    return wrong == NULL;
}

/* As it is stored; NULL with ERROR_INPUT. New. */
static Improvement *checked(const Improvement *given, GError **error)
{
    g_autofree char *name = improvement_checked_name(
        given->name, _("An improvement work needs a name. Type it and save again."), error);
    if (name == NULL || !check(given, error))
        return NULL;
    Improvement *after = improvement_new(given->begun_on);
    after->id = given->id;
    after->name = g_steal_pointer(&name);
    after->aim = improvement_words(given->aim);
    after->measure = improvement_words(given->measure);
    after->target = given->target;
    after->ended_on = given->ended_on;
    after->version = given->version;
    return after;
}

static AuditChanges *compare(const Improvement *before, const Improvement *after)
{
    AuditChanges *changes = audit_changes_new();
    audit_changes_text(changes, "name", before->name, after->name);
    audit_changes_text(changes, "aim", before->aim, after->aim);
    audit_changes_text(changes, "measure", before->measure, after->measure);
    audit_changes_int(changes, "target", before->target, after->target);
    audit_changes_date(changes, "begun_on", before->begun_on, after->begun_on);
    audit_changes_date(changes, "ended_on", before->ended_on, after->ended_on);
    return changes;
}

static gboolean insert(Session *session, Improvement *after, GError **error)
{
    static const Improvement nothing = {
        .target = IMPROVEMENT_NO_TARGET, .begun_on = DATE_NONE, .ended_on = DATE_NONE};
    Db *db = session_db(session);
    char begun[DATE_SIZE], ended[DATE_SIZE];
    if (after->id == 0 && (after->id = db_new_id(db, "improvement", error)) == 0)
        return FALSE;
    if (!db_run(
            db,
            "INSERT INTO improvement (id, unit_id, name, aim, measure, target, begun_on,"
            " ended_on, created_ms) VALUES (:id, :unit, :name, :aim, :measure, :target, :begun,"
            " :ended, :now) ON CONFLICT (id) DO NOTHING",
            DB_PARAMS(DB_INT("id", after->id), DB_INT("unit", session_unit_id(session)),
                      DB_TEXT("name", after->name), DB_TEXT("aim", after->aim),
                      DB_TEXT("measure", after->measure),
                      DB_INT_IF("target", after->target, after->target != IMPROVEMENT_NO_TARGET),
                      DB_TEXT("begun", date_format(after->begun_on, begun)),
                      DB_TEXT("ended", date_or_null(after->ended_on, ended)),
                      DB_INT("now", clock_now_ms())),
            error))
        return FALSE;
    if (db_changes(db) == 0)
        return TRUE; /* it came through the first time */
    g_autoptr(AuditChanges) changes = compare(&nothing, after);
    return audit_write(session, "create", "improvement", after->id, 0, changes, error);
}

static gboolean update(Session *session, const Improvement *after, GError **error)
{
    char begun[DATE_SIZE], ended[DATE_SIZE];
    g_autoptr(Improvement) before = improvement_get(session, after->id, error);
    if (before == NULL)
        return FALSE;
    g_autoptr(AuditChanges) changes = compare(before, after);
    if (audit_changes_empty(changes))
        return TRUE;
    if (before->version != after->version) {
        improvement_conflict(session, "improvement", after->id, error);
        return FALSE;
    }
    return db_run(
               session_db(session),
               "UPDATE improvement SET name = :name, aim = :aim, measure = :measure,"
               " target = :target, begun_on = :begun, ended_on = :ended, version = version + 1"
               " WHERE id = :id",
               DB_PARAMS(DB_TEXT("name", after->name), DB_TEXT("aim", after->aim),
                         DB_TEXT("measure", after->measure),
                         DB_INT_IF("target", after->target, after->target != IMPROVEMENT_NO_TARGET),
                         DB_TEXT("begun", date_format(after->begun_on, begun)),
                         DB_TEXT("ended", date_or_null(after->ended_on, ended)),
                         DB_INT("id", after->id)),
               error) &&
           audit_write(session, "change", "improvement", after->id, 0, changes, error);
}

gboolean improvement_save(Session *session, Improvement *improvement, GError **error)
{
    g_autoptr(Improvement) after = NULL;
    if (!access_require(session, PERMIT_IMPROVE, error) ||
        (after = checked(improvement, error)) == NULL)
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    if (tx == NULL ||
        !(after->version == 0 ? insert(session, after, error) : update(session, after, error)))
        return FALSE;
    improvement->id = after->id;
    return db_get_int(session_db(session), "SELECT version FROM improvement WHERE id = :id",
                      DB_PARAMS(DB_INT("id", after->id)), 0, &improvement->version, error) &&
           commit_and_make_sure(
               session, tx,
               "SELECT COUNT(*) FROM improvement WHERE id = :id AND version >= :version",
               DB_PARAMS(DB_INT("id", after->id), DB_INT("version", improvement->version)), error);
}
