/* institution.c: those who give care away from home; the list is the unit's own. */
#include <string.h>

#include "base/clock.h"
#include "base/code.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/placement/institution.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"
#include "care/unit/session_private.h"

#define NAME_LENGTH_MAX 200

static const CodeWord KINDS[INSTITUTION_KIND_COUNT] = {
    [INSTITUTION_HVB] = {"hvb", N_("care home (HVB)")},
    [INSTITUTION_SUPPORTED_HOUSING] = {"supported-housing", N_("supported housing")},
    [INSTITUTION_TRAINING_FLAT] = {"training-flat", N_("training flat")},
    [INSTITUTION_SIS] = {"sis", N_("state home (SiS)")},
    [INSTITUTION_FOSTER_HOME] = {"foster-home", N_("foster home")},
    [INSTITUTION_EMERGENCY_FOSTER_HOME] = {"emergency-foster-home", N_("emergency foster home")},
    [INSTITUTION_OTHER] = {"other", N_("another kind of home")},
};
CODE_AND_NAME_FUNCTIONS(InstitutionKind, institution_kind, KINDS)

gboolean institution_kind_said(const char *said, InstitutionKind *kind)
{
    const int found = code_value_said(KINDS, INSTITUTION_KIND_COUNT, said);
    if (found >= 0)
        *kind = (InstitutionKind)found;
    return found >= 0;
}

void institution_free(Institution *institution)
{
    if (institution == NULL)
        return;
    g_free(institution->name);
    g_free(institution);
}

/* --- reading ---------------------------------------------------------------------------------- */

static Institution *institution_from_row(DbStatement *row)
{
    Institution *institution = g_new0(Institution, 1);
    institution->id = db_int(row, 0);
    institution->name = g_strdup(db_text(row, 1));
    institution->kind = INSTITUTION_OTHER;
    institution_kind_parse(db_text(row, 2), &institution->kind);
    institution->active = db_int(row, 3) != 0;
    institution->placements = db_int(row, 4);
    return institution;
}

static gint by_name(gconstpointer a, gconstpointer b)
{
    const Institution *first = *(Institution *const *)a, *second = *(Institution *const *)b;
    int order = text_collate(first->name, second->name);
    return order != 0 ? order : (first->id > second->id) - (first->id < second->id);
}

/* All of the unit's, in no order. */
static GPtrArray *read_all(Session *session, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)institution_free);
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 "SELECT i.id, i.name, i.kind, i.active,"
                 " (SELECT COUNT(*) FROM placement p WHERE p.institution_id = i.id)"
                 " FROM institution i WHERE i.unit_id = :unit",
                 DB_PARAMS(DB_INT("unit", session_unit_id(session))), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(all, institution_from_row(rows));
    return step == DB_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

GPtrArray *institution_list(Session *session, const char *search, gboolean active_only,
                            GError **error)
{
    if (!access_require(session, PERMIT_INTERVIEW, error))
        return NULL;
    g_autoptr(GPtrArray) all = read_all(session, error);
    g_auto(GStrv) wanted = text_name_terms(search != NULL ? search : "");
    if (all == NULL)
        return NULL;
    for (guint i = all->len; i > 0; i--) {
        const Institution *institution = g_ptr_array_index(all, i - 1);
        if ((active_only && !institution->active) || !text_name_has(institution->name, wanted))
            g_ptr_array_remove_index(all, i - 1);
    }
    g_ptr_array_sort(all, by_name);
    return g_steal_pointer(&all);
}

/* --- changing --------------------------------------------------------------------------------- */

/* The name as it is stored; ERROR_INPUT when there is none. New. */
static char *checked_name(const char *name, GError **error)
{
    g_autofree char *line = care_line(name);
    if (line == NULL) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("An institution needs a name. Type it and save again."));
        return NULL;
    }
    if (g_utf8_strlen(line, -1) > NAME_LENGTH_MAX) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("The name is longer than %d characters. Shorten it."), NAME_LENGTH_MAX);
        return NULL;
    }
    return g_steal_pointer(&line);
}

/* Whether another than `id` is called so, or an error has been set. */
static gboolean name_is_taken(Session *session, const char *name, gint64 id, GError **error)
{
    g_autoptr(GPtrArray) all = read_all(session, error);
    g_autofree char *folded = text_fold(name);
    if (all == NULL)
        return TRUE;
    for (guint i = 0; i < all->len; i++) {
        const Institution *other = g_ptr_array_index(all, i);
        g_autofree char *theirs = text_fold(other->name);
        if (other->id == id || strcmp(theirs, folded) != 0)
            continue;
        g_set_error(error, DAGSFORM_ERROR, ERROR_EXISTS,
                    other->active ? _("%s is in the list already. Choose it there.")
                                  : _("%s is in the list already, but not in use. Take it into use "
                                      "again in the list of institutions."),
                    other->name);
        return TRUE;
    }
    return FALSE;
}

static gboolean log_change(Session *session, const char *action, const Institution *before,
                           const Institution *after, GError **error)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "name", before != NULL ? before->name : NULL, after->name);
    audit_changes_text(changes, "kind", before != NULL ? KINDS[before->kind].code : NULL,
                       KINDS[after->kind].code);
    audit_changes_int(changes, "active", before != NULL ? before->active : FALSE, after->active);
    return audit_write(session, action, "institution", after->id, 0, changes, error);
}

static gboolean insert(Session *session, Institution *institution, GError **error)
{
    Db *db = session_db(session);
    if (institution->id == 0 && (institution->id = db_new_id(db, "institution", error)) == 0)
        return FALSE;
    return db_run(db,
                  "INSERT INTO institution (id, unit_id, name, kind, active, created_ms)"
                  " VALUES (:id, :unit, :name, :kind, :active, :now) ON CONFLICT (id) DO NOTHING",
                  DB_PARAMS(DB_INT("id", institution->id), DB_INT("unit", session_unit_id(session)),
                            DB_TEXT("name", institution->name),
                            DB_TEXT("kind", KINDS[institution->kind].code),
                            DB_INT("active", institution->active), DB_INT("now", clock_now_ms())),
                  error);
}

gboolean institution_add(Session *session, Institution *institution, GError **error)
{
    if (!access_require(session, PERMIT_INTERVIEW, error))
        return FALSE;
    char *name = checked_name(institution->name, error);
    if (name == NULL)
        return FALSE;
    g_free(institution->name);
    institution->name = name;
    institution->active = TRUE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    gint64 given = institution->id;
    if (tx == NULL || name_is_taken(session, name, given, error) ||
        !insert(session, institution, error))
        return FALSE;
    if (given != 0 && db_changes(session_db(session)) == 0)
        return TRUE; /* it came through the first time */
    return log_change(session, "create", NULL, institution, error) &&
           commit_and_make_sure(session, tx, "SELECT COUNT(*) FROM institution WHERE id = :id",
                                DB_PARAMS(DB_INT("id", institution->id)), error);
}

static Institution *read_one(Session *session, gint64 id, GError **error)
{
    g_autoptr(DbStatement) row = db_query(
        session_db(session),
        "SELECT id, name, kind, active, 0 FROM institution WHERE id = :id AND unit_id = :unit",
        DB_PARAMS(DB_INT("id", id), DB_INT("unit", session_unit_id(session))), error);
    DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("The institution is no longer there. Look at the list again."));
    return step == DB_STEP_ROW ? institution_from_row(row) : NULL;
}

static gboolean write_change(Session *session, const Institution *before, const Institution *after,
                             GError **error)
{
    return db_run(session_db(session),
                  "UPDATE institution SET name = :name, kind = :kind, active = :active"
                  " WHERE id = :id",
                  DB_PARAMS(DB_TEXT("name", after->name), DB_TEXT("kind", KINDS[after->kind].code),
                            DB_INT("active", after->active), DB_INT("id", after->id)),
                  error) &&
           log_change(session, "change", before, after, error);
}

gboolean institution_change(Session *session, const Institution *institution, GError **error)
{
    if (!access_require(session, PERMIT_INTERVIEW, error))
        return FALSE;
    g_autofree char *name = checked_name(institution->name, error);
    g_autoptr(DbTransaction) tx = name != NULL ? db_transaction(session_db(session), error) : NULL;
    if (tx == NULL)
        return FALSE;
    Institution after = {.id = institution->id,
                         .name = name,
                         .kind = institution->kind,
                         .active = institution->active != FALSE};
    g_autoptr(Institution) before = read_one(session, after.id, error);
    if (before == NULL)
        return FALSE;
    if (strcmp(before->name, name) == 0 && before->kind == after.kind &&
        before->active == after.active)
        return TRUE;
    return !name_is_taken(session, name, after.id, error) &&
           write_change(session, before, &after, error) &&
           commit_and_make_sure(session, tx,
                                "SELECT COUNT(*) FROM institution WHERE id = :id AND name = :name"
                                " AND kind = :kind AND active = :active",
                                DB_PARAMS(DB_INT("id", after.id), DB_TEXT("name", name),
                                          DB_TEXT("kind", KINDS[after.kind].code),
                                          DB_INT("active", after.active)),
                                error);
}
