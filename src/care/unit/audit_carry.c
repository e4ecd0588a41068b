/* audit_carry.c: taking in the log of a computer that was away. */
#include "care/unit/audit_carry.h"

#include "base/error.h"
#include "base/i18n.h"
#include "care/unit/audit.h"
#include "care/unit/audit_carried_private.h"
#include "care/unit/session_private.h"

#include <string.h>

#define HASH_BYTES AUDIT_HASH_BYTES

#define CHAIN "SELECT " AUDIT_ROW " FROM audit WHERE node = :node ORDER BY seq"

typedef struct {
    Session *home, *away;
    gint64 node;       /* of `away` */
    const Secret *key; /* that the unit's own log is written under now */
    AuditMark at;      /* how far it is at home */
} Carrying;

static gboolean is_whole(const Carrying *carrying, GError **error)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);

    if (!audit_verify(carrying->away, faults, NULL, error))
        return FALSE;
    if (faults->len == 0)
        return TRUE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_CORRUPT,
                _("The log of %s is not whole, so it was not taken in. %s"),
                db_path(carrying->away->db), (const char *)faults->pdata[0]);
    return FALSE;
}

/* What was weeded in one of the two has no changes there. */
static gboolean is_same(const AuditRow *one, const AuditRow *other)
{
    return one->seq == other->seq && one->at_ms == other->at_ms &&
           one->staff_id == other->staff_id && strcmp(one->action, other->action) == 0 &&
           strcmp(one->entity, other->entity) == 0 && one->entity_id == other->entity_id &&
           one->client_id == other->client_id &&
           (one->changes == NULL || other->changes == NULL ||
            strcmp(one->changes, other->changes) == 0);
}

/* Steps `theirs` past all that is at home already. */
static gboolean pass_known(Carrying *carrying, DbStatement *theirs, GError **error)
{
    g_autoptr(DbStatement) ours =
        db_query(carrying->home->db, CHAIN, DB_PARAMS(DB_INT("node", carrying->node)), error);
    DbStep step = DB_STEP_ERROR;

    while (ours != NULL && (step = db_step(ours, error)) == DB_STEP_ROW) {
        const AuditRow known = audit_row_of(ours);
        const DbStep met = db_step(theirs, error);
        gsize length = 0;
        const void *hash = db_blob(ours, AUDIT_ROW_HASH, &length);
        if (met == DB_STEP_ERROR)
            return FALSE;
        const AuditRow row = met == DB_STEP_ROW ? audit_row_of(theirs) : (AuditRow){0};
        if (met != DB_STEP_ROW || !is_same(&known, &row)) {
            g_set_error(error, DAGSFORM_ERROR, ERROR_CORRUPT,
                        _("The log of %s does not go on from what came home before: it is an older "
                          "copy, or another. Nothing was taken in."),
                        db_path(carrying->away->db));
            return FALSE;
        }
        carrying->at.seq = known.seq;
        memcpy(carrying->at.hash, hash, MIN(length, HASH_BYTES));
    }
    return step == DB_STEP_DONE;
}

static gboolean take_rest(Carrying *carrying, DbStatement *theirs, GError **error)
{
    DbStep step;

    while ((step = db_step(theirs, error)) == DB_STEP_ROW) {
        AuditRow row = audit_row_of(theirs);
        guint8 hash[HASH_BYTES];
        row.node = carrying->node;
        audit_hash_row(carrying->key, "entry", carrying->at.hash, &row, hash);
        if (!audit_row_write(carrying->home, &row, hash, error))
            return FALSE;
        carrying->at.seq = row.seq;
        memcpy(carrying->at.hash, hash, HASH_BYTES);
    }
    return step == DB_STEP_DONE;
}

static gboolean tell(const Carrying *carrying, const AuditMark *before, GError **error)
{
    g_autofree char *from = audit_mark_text(before), *to = audit_mark_text(&carrying->at);
    g_autoptr(AuditChanges) changes = audit_changes_new();

    audit_changes_text(changes, AUDIT_CARRY_FIELD, from, to);
    return audit_write(carrying->home, AUDIT_CARRY, "audit", carrying->node, 0, changes, error);
}

static gboolean carry(Carrying *carrying, gint64 *entries, GError **error)
{
    g_autoptr(DbStatement) theirs =
        db_query(carrying->away->db, CHAIN, DB_PARAMS(DB_INT("node", carrying->node)), error);

    if (theirs == NULL || !pass_known(carrying, theirs, error))
        return FALSE;
    const AuditMark before = carrying->at;
    if (!take_rest(carrying, theirs, error))
        return FALSE;
    *entries = carrying->at.seq - before.seq;
    return *entries == 0 || tell(carrying, &before, error);
}

gboolean audit_carry_home(Session *home, Session *away, gint64 *entries, GError **error)
{
    Carrying carrying = {.home = home, .away = away, .node = db_node(away->db)};

    *entries = 0;
    if (carrying.node == 0 || carrying.node == db_node(home->db)) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("%s is no computer that was away: its log is the unit's own."),
                    db_path(away->db));
        return FALSE;
    }
    if (!is_whole(&carrying, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(home->db, error);
    carrying.key = tx != NULL ? audit_epoch_key(home, error) : NULL;
    return carrying.key != NULL && carry(&carrying, entries, error) &&
           db_transaction_commit(tx, error);
}
