/* client_merge.c: two cards made one, and apart again. */
#include "care/client/client_merge.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/cards.h"
#include "care/client/client_merge_private.h"
#include "care/client/client_private.h"
#include "care/unit/access.h"
#include "care/unit/commit.h"
#include "care/visit/counted.h"

#define ACTIVE "active"
#define PROTECTION "protection"

/* What is counted from the visits of both, before and after they have moved. */
static gboolean settle(Session *session, gint64 one, gint64 other, GError **error)
{
    const gint64 both[] = {one, other};
    for (gsize i = 0; i < G_N_ELEMENTS(both); i++)
        if (!counted_settle_first(session, both[i], error) ||
            !counted_settle_latest(session, both[i], error) ||
            !counted_forget_client(session, both[i], DATE_NONE, DATE_NONE, error))
            return FALSE;
    return TRUE;
}

/* --- fields ----------------------------------------------------------------------------------- */

/* The card as it is to be. New. */
static Client *chosen(Session *session, const Client *kept, const Client *closed, guint fields,
                      GError **error)
{
    Client *after = client_read_row(session, kept->id, error);
    if ((fields & MERGE_BIT(MERGE_ID_NUMBER)) != 0 && closed->birth_date != DATE_NONE)
        fields |= MERGE_BIT(MERGE_BIRTH_DATE);
    for (MergeField field = 0; after != NULL && field < MERGE_FIELD_COUNT; field++) {
        g_autofree char *value = client_merge_value(closed, field);
        if ((fields & MERGE_BIT(field)) != 0)
            client_merge_set_value(after, field, value);
    }
    if (after == NULL)
        return NULL;
    after->protection = MAX(kept->protection, closed->protection);
    after->active = kept->active || closed->active;
    return after;
}

static gboolean write_field(Session *session, gint64 merge_id, const char *field,
                            const char *before, const char *after, AuditChanges *changes,
                            GError **error)
{
    audit_changes_text(changes, field, before, after);
    return db_run(session_db(session),
                  "INSERT INTO client_merge_field (merge_id, field, before, after)"
                  " VALUES (:merge, :field, :before, :after)",
                  DB_PARAMS(DB_INT("merge", merge_id), DB_TEXT("field", field),
                            DB_TEXT("before", before), DB_TEXT("after", after)),
                  error);
}

static const char *yes_or_no(gboolean yes)
{
    return yes ? "1" : "0";
}

/* The protection stands there also where it is as it was: see restore_fields(). */
static gboolean write_fields(Session *session, gint64 merge_id, const Client *kept,
                             const Client *after, AuditChanges *changes, GError **error)
{
    for (MergeField field = 0; field < MERGE_FIELD_COUNT; field++) {
        g_autofree char *old = client_merge_value(kept, field);
        g_autofree char *new = client_merge_value(after, field);
        if (g_strcmp0(old, new) != 0 && !write_field(session, merge_id, client_merge_field_code(field),
                                                     old, new, changes, error))
            return FALSE;
    }
    return (kept->active == after->active ||
            write_field(session, merge_id, ACTIVE, yes_or_no(kept->active),
                        yes_or_no(after->active), changes, error)) &&
           write_field(session, merge_id, PROTECTION, protection_code(kept->protection),
                       protection_code(after->protection), changes, error);
}

/* What the person was called, or had for a number, on a card, and the kept card will not say. */
static gboolean write_former(Session *session, gint64 merge_id, const Client *card,
                             const Client *after, GError **error)
{
    static const MergeField found_by[] = {MERGE_NAME, MERGE_NUMBER, MERGE_ID_NUMBER};
    for (gsize i = 0; i < G_N_ELEMENTS(found_by); i++) {
        gint64 id = 0;
        g_autofree char *value = client_merge_value(card, found_by[i]);
        g_autofree char *now = client_merge_value(after, found_by[i]);
        if (value == NULL || g_strcmp0(value, now) == 0)
            continue;
        if ((id = db_new_id(session_db(session), "client_former", error)) == 0 ||
            !db_run(session_db(session),
                    "INSERT INTO client_former (id, unit_id, client_id, merge_id, kind, value)"
                    " VALUES (:id, :unit, :client, :merge, :kind, :value)",
                    DB_PARAMS(DB_INT("id", id), DB_INT("unit", session_unit_id(session)),
                              DB_INT("client", after->id), DB_INT("merge", merge_id),
                              DB_TEXT("kind", client_merge_field_code(found_by[i])),
                              DB_TEXT("value", value)),
                    error))
            return FALSE;
    }
    return TRUE;
}

/* --- merging ---------------------------------------------------------------------------------- */

static gboolean write_merge(Session *session, gint64 merge_id, const Client *kept,
                            const Client *closed, GError **error)
{
    return db_run(session_db(session),
                  "INSERT INTO client_merge (id, unit_id, kept_id, closed_id, closed_number,"
                  " closed_id_number, closed_active, merged_ms, merged_by) VALUES (:id, :unit, :kept,"
                  " :closed, :number, :id_number, :active, :now, :me)",
                  DB_PARAMS(DB_INT("id", merge_id), DB_INT("unit", session_unit_id(session)),
                            DB_INT("kept", kept->id), DB_INT("closed", closed->id),
                            DB_TEXT("number", closed->number),
                            DB_TEXT("id_number", closed->id_number),
                            DB_INT("active", closed->active != FALSE),
                            DB_INT("now", clock_now_ms()),
                            DB_INT_OR_NULL("me", session_staff_id(session))),
                  error);
}

/* It has no number any more, as no two may have one. */
static gboolean close_card(Session *session, const Client *kept, const Client *closed,
                           GError **error)
{
    return db_run(session_db(session),
                  "UPDATE client SET number = NULL, id_number = NULL, active = 0,"
                  " merged_into = :kept, version = version + 1 WHERE id = :closed",
                  DB_PARAMS(DB_INT("kept", kept->id), DB_INT("closed", closed->id)), error) &&
           client_was_written(session, error);
}

/* The standing of everybody is held against the entries of a card by its id (standing.h), so that of both
 * is the kept one's. */
static gboolean write_log(Session *session, const char *action, gint64 kept, gint64 closed,
                          AuditChanges *changes, GError **error)
{
    audit_changes_int(changes, "closed_id", 0, closed);
    return audit_write(session, action, "client", kept, kept, changes, error);
}

static gboolean merge(Session *session, const Client *kept, const Client *closed, guint fields,
                      gint64 merge_id, GError **error)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();
    g_autoptr(Client) after = chosen(session, kept, closed, fields, error);
    return after != NULL && write_merge(session, merge_id, kept, closed, error) &&
           settle(session, kept->id, closed->id, error) &&
           client_merge_narrow_named(session, merge_id, kept, closed, after, changes, error) &&
           client_merge_unite_groups(session, merge_id, closed->id, kept->id, error) &&
           client_merge_move_rows(session, merge_id, closed->id, kept->id, error) &&
           close_card(session, kept, closed, error) &&
           write_former(session, merge_id, closed, after, error) &&
           write_former(session, merge_id, kept, after, error) &&
           cards_changed(session, 0, error) &&
           write_fields(session, merge_id, kept, after, changes, error) &&
           client_write_unlogged(session, after, error) &&
           settle(session, kept->id, closed->id, error) &&
           write_log(session, "merge", kept->id, closed->id, changes, error);
}

gboolean client_merge(Session *session, gint64 kept_id, gint64 closed_id, guint fields,
                      gint64 *merge_id, GError **error)
{
    g_autoptr(Client) kept = NULL, closed = NULL;
    *merge_id = 0;
    if (kept_id == closed_id) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("That is the same card. Choose the other one of the two."));
        return FALSE;
    }
    if (!access_require(session, PERMIT_CLIENT_EDIT, error) ||
        !client_require_open(session, kept_id, error) ||
        !client_require_open(session, closed_id, error))
        return FALSE;
    /* Once more within, as somebody else may have merged one of them meanwhile. */
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    return tx != NULL && (kept = client_read_allowed(session, kept_id, error)) != NULL &&
           (closed = client_read_allowed(session, closed_id, error)) != NULL &&
           (*merge_id = db_new_id(session_db(session), "client_merge", error)) != 0 &&
           merge(session, kept, closed, fields, *merge_id, error) &&
           commit_and_make_sure(session, tx, "SELECT COUNT(*) FROM client_merge WHERE id = :id",
                                DB_PARAMS(DB_INT("id", *merge_id)), error);
}

/* --- undoing ---------------------------------------------------------------------------------- */

typedef struct {
    gint64 id, kept, closed, merged_ms;
    char *number, *id_number;
    gboolean active, undone;
} Merge;

static void merge_clear(Merge *one)
{
    g_free(one->number);
    g_free(one->id_number);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Merge, merge_clear)

static gboolean read_merge(Session *session, gint64 id, Merge *one, GError **error)
{
    g_autoptr(DbStatement) row = db_query(
        session_db(session),
        "SELECT kept_id, closed_id, merged_ms, closed_number, closed_id_number, closed_active,"
        " undone_ms, id FROM client_merge WHERE id = :id AND unit_id = :unit",
        DB_PARAMS(DB_INT("id", id), DB_INT("unit", session_unit_id(session))), error);
    DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("These cards are not merged. Look at the card again."));
    if (step != DB_STEP_ROW)
        return FALSE;
    *one = (Merge){.id = id,
                   .kept = db_int(row, 0),
                   .closed = db_int(row, 1),
                   .merged_ms = db_int(row, 2),
                   .number = g_strdup(db_text(row, 3)),
                   .id_number = g_strdup(db_text(row, 4)),
                   .active = db_int(row, 5) != 0,
                   .undone = !db_is_null(row, 6)};
    return TRUE;
}

/* A field that was changed since stays as it is. Whether it was. */
static gboolean restore_field(Client *after, const char *code, const char *before,
                              const char *merged)
{
    const int field = client_merge_field_parse(code);
    g_autofree char *now = g_str_equal(code, PROTECTION) ? g_strdup(protection_code(after->protection))
                           : g_str_equal(code, ACTIVE) ? g_strdup(yes_or_no(after->active))
                                                       : client_merge_value(after, (MergeField)field);
    if (g_strcmp0(now, merged) != 0)
        return FALSE;
    if (g_str_equal(code, PROTECTION))
        after->protection = protection_parse(before);
    else if (g_str_equal(code, ACTIVE))
        after->active = g_str_equal(before, "1");
    else
        client_merge_set_value(after, (MergeField)field, before);
    return TRUE;
}

/* `after` becomes as it was before; `*widen`: its protection too. */
static gboolean restore_fields(Session *session, const Merge *one, Client *after, gboolean *widen,
                               AuditChanges *changes, GError **error)
{
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 "SELECT field, before, after, merge_id FROM client_merge_field WHERE merge_id = :merge",
                 DB_PARAMS(DB_INT("merge", one->id)), error);
    DbStep step = DB_STEP_ERROR;
    *widen = FALSE;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const char *code = db_text(rows, 0), *before = db_text(rows, 1), *merged = db_text(rows, 2);
        if (!restore_field(after, code, before, merged))
            continue;
        audit_changes_text(changes, code, merged, before);
        *widen = *widen || g_str_equal(code, PROTECTION);
    }
    return step == DB_STEP_DONE;
}

static gboolean refuse(GError **error, const char *sentence)
{
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CONFLICT, sentence);
    return FALSE;
}

/* What two merges into one card have both changed, or may both ask for. */
#define TOUCHED_SINCE                                                                              \
    "SELECT COUNT(*) FROM client_merge l WHERE l.kept_id = :kept AND l.id > :id"                   \
    " AND l.undone_ms IS NULL AND (EXISTS (SELECT 1 FROM client_merge_field f"                     \
    " JOIN client_merge_field o ON o.field = f.field WHERE f.merge_id = :id AND o.merge_id = l.id" \
    " AND f.field <> '" PROTECTION "') OR EXISTS (SELECT 1 FROM client_merge_field f"              \
    " WHERE f.merge_id = :id AND (f.field = '" ACTIVE "' OR (f.field = '" PROTECTION "'"           \
    " AND :guarded = 1))) OR EXISTS (SELECT 1 FROM client_merge_row r"                             \
    " WHERE r.merge_id = :id AND r.table_name = 'client_named_staff')"                             \
    " OR EXISTS (SELECT 1 FROM client_merge_row r JOIN client_merge_row o"                         \
    " ON o.table_name = r.table_name AND o.row_id = r.row_id WHERE r.merge_id = :id"               \
    " AND o.merge_id = l.id AND r.table_name = 'client_group_member'))"

/* Whether the merge made the protection another. */
static gboolean read_guarded(Session *session, gint64 merge_id, gboolean *guarded, GError **error)
{
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 "SELECT before, after, merge_id, field FROM client_merge_field"
                 " WHERE merge_id = :merge AND field = '" PROTECTION "'",
                 DB_PARAMS(DB_INT("merge", merge_id)), error);
    DbStep step = DB_STEP_ERROR;
    *guarded = FALSE;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        *guarded = *guarded || g_strcmp0(db_text(rows, 0), db_text(rows, 1)) != 0;
    return step == DB_STEP_DONE;
}

static gboolean check_undo(Session *session, const Merge *one, GError **error)
{
    gint64 later = 0;
    if (one->undone)
        return refuse(error, _("The merging is undone already."));
    gboolean guarded = FALSE;
    if (!client_require_open(session, one->kept, error) ||
        !read_guarded(session, one->id, &guarded, error) ||
        !db_get_int(session_db(session), TOUCHED_SINCE,
                    DB_PARAMS(DB_INT("kept", one->kept), DB_INT("id", one->id),
                              DB_INT("guarded", guarded)),
                    0, &later, error))
        return FALSE;
    return later == 0 ||
           refuse(error, _("Another card that has been merged into this one since changed the same. Undo "
                         "that first."));
}

static gboolean check_numbers(const Merge *one, const Client *after, GError **error)
{
    const gboolean number = one->number != NULL && g_strcmp0(one->number, after->number) == 0;
    if (!number && (one->id_number == NULL || g_strcmp0(one->id_number, after->id_number) != 0))
        return TRUE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                _("The card has got the number %s since, which is the other card's. Take it away from "
                  "this one first."),
                number ? one->number : one->id_number);
    return FALSE;
}

static gboolean reopen_card(Session *session, const Merge *one, GError **error)
{
    return db_run(session_db(session),
                  "UPDATE client SET number = :number, id_number = :id_number, active = :active,"
                  " merged_into = NULL, version = version + 1 WHERE id = :closed",
                  DB_PARAMS(DB_TEXT("number", one->number), DB_TEXT("id_number", one->id_number),
                            DB_INT("active", one->active), DB_INT("closed", one->closed)),
                  error) &&
           client_was_written(session, error) && cards_changed(session, 0, error);
}

static gboolean write_undone(Session *session, const Merge *one, GError **error)
{
    return db_run(session_db(session),
                  "UPDATE client_merge SET undone_ms = :now, undone_by = :me WHERE id = :id",
                  DB_PARAMS(DB_INT("now", clock_now_ms()),
                            DB_INT_OR_NULL("me", session_staff_id(session)), DB_INT("id", one->id)),
                  error) &&
           client_was_written(session, error);
}

/* What has been made on the kept card since, and does not go back. */
static gboolean count_since(Session *session, const Merge *one, gint64 *stayed, GError **error)
{
    gint64 unasked = 0;
    return db_get_int(session_db(session),
                      "SELECT COUNT(*) FROM audit a WHERE a.client_id = :kept AND a.at_ms > :since"
                      " AND a.action = 'create' AND NOT EXISTS (SELECT 1 FROM client_merge_row r"
                      " WHERE r.merge_id = :merge AND r.table_name = a.entity"
                      " AND r.how = 'moved' AND r.row_id = a.entity_id)",
                      DB_PARAMS(DB_INT("kept", one->kept), DB_INT("since", one->merged_ms),
                                DB_INT("merge", one->id)),
                      0, stayed != NULL ? stayed : &unasked, error);
}

/* Whoever was named for the merging alone loses the kept card, and on a server sees nothing of it from
 * then on, so the names come last. */
static gboolean undo(Session *session, const Merge *one, gint64 *stayed, GError **error)
{
    gboolean widen = FALSE;
    g_autoptr(AuditChanges) changes = audit_changes_new();
    g_autoptr(Client) after = client_read_allowed(session, one->kept, error);
    return after != NULL && settle(session, one->kept, one->closed, error) &&
           client_merge_give_back(session, one->id, one->closed, one->kept, error) &&
           client_merge_part_groups(session, one->id, one->closed, one->kept, error) &&
           count_since(session, one, stayed, error) &&
           restore_fields(session, one, after, &widen, changes, error) &&
           check_numbers(one, after, error) &&
           db_run(session_db(session), "DELETE FROM client_former WHERE merge_id = :merge",
                  DB_PARAMS(DB_INT("merge", one->id)), error) &&
           cards_changed(session, 0, error) && client_write_unlogged(session, after, error) &&
           reopen_card(session, one, error) &&
           settle(session, one->kept, one->closed, error) && write_undone(session, one, error) &&
           client_merge_restore_named(session, one->id, one->kept, widen, changes, error) &&
           write_log(session, "unmerge", one->kept, one->closed, changes, error);
}

gboolean client_merge_undo(Session *session, gint64 merge_id, gint64 *stayed, GError **error)
{
    g_auto(Merge) one = {0};
    if (!access_require(session, PERMIT_CLIENT_EDIT, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    return tx != NULL && read_merge(session, merge_id, &one, error) &&
           check_undo(session, &one, error) && undo(session, &one, stayed, error) &&
           commit_and_make_sure(
               session, tx,
               "SELECT COUNT(*) FROM client_merge WHERE id = :id AND undone_ms IS NOT NULL",
               DB_PARAMS(DB_INT("id", merge_id)), error);
}

char *client_merge_stayed_words(gint64 stayed)
{
    if (stayed == 0)
        return g_strdup(_("The cards are two again, as they were."));
    return g_strdup_printf(ngettext("The cards are two again. %d thing that has been noted since stays "
                                    "with the one that was kept.",
                                    "The cards are two again. %d things that have been noted since stay "
                                    "with the one that was kept.",
                                    (gulong)stayed),
                           (int)stayed);
}

/* --- those of a card -------------------------------------------------------------------------- */

static void replaced_clear(gpointer data)
{
    g_free(((MergeReplaced *)data)->before);
}

void client_merge_free(ClientMerge *merge)
{
    if (merge == NULL)
        return;
    client_free(merge->closed);
    g_free(merge->merged_by);
    g_array_unref(merge->replaced);
    g_free(merge);
}

static gboolean read_replaced(Session *session, ClientMerge *one, GError **error)
{
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 "SELECT field, before, merge_id FROM client_merge_field WHERE merge_id = :merge"
                 " AND before IS NOT NULL ORDER BY field",
                 DB_PARAMS(DB_INT("merge", one->id)), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const int field = client_merge_field_parse(db_text(rows, 0));
        MergeReplaced replaced = {.field = (MergeField)field};
        if (field < 0)
            continue;
        replaced.before = g_strdup(db_text(rows, 1));
        g_array_append_val(one->replaced, replaced);
    }
    return step == DB_STEP_DONE;
}

static ClientMerge *merge_from_row(DbStatement *row)
{
    ClientMerge *one = g_new0(ClientMerge, 1);
    *one = (ClientMerge){.id = db_int(row, 0),
                         .closed = client_new(),
                         .merged_ms = db_int(row, 4),
                         .merged_by = g_strdup(db_text(row, 5)),
                         .replaced = g_array_new(FALSE, FALSE, sizeof(MergeReplaced))};
    g_array_set_clear_func(one->replaced, replaced_clear);
    one->closed->id = db_int(row, 1);
    one->closed->number = g_strdup(db_text(row, 2));
    one->closed->id_number = g_strdup(db_text(row, 3));
    return one;
}

/* The rest of the closed card, with the numbers that it had. */
static gboolean complete(Session *session, ClientMerge *one, GError **error)
{
    Client *closed = client_read_row(session, one->closed->id, error);
    if (closed == NULL)
        return FALSE;
    client_merge_set_value(closed, MERGE_NUMBER, one->closed->number);
    client_merge_set_value(closed, MERGE_ID_NUMBER, one->closed->id_number);
    client_free(one->closed);
    one->closed = closed;
    return read_replaced(session, one, error);
}

GPtrArray *client_merges(Session *session, gint64 kept_id, GError **error)
{
    if (!client_require(session, PERMIT_CLIENT_READ, kept_id, error))
        return NULL;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)client_merge_free);
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        "SELECT m.id, m.closed_id, m.closed_number, m.closed_id_number, m.merged_ms, s.name"
        " FROM client_merge m JOIN client c ON c.id = m.closed_id AND c.merged_into = :kept"
        " LEFT JOIN staff s ON s.id = m.merged_by WHERE m.undone_ms IS NULL ORDER BY m.id DESC",
        DB_PARAMS(DB_INT("kept", kept_id)), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(all, merge_from_row(rows));
    if (step != DB_STEP_DONE)
        return NULL;
    g_clear_pointer(&rows, db_statement_release);
    for (guint i = 0; i < all->len; i++)
        if (!complete(session, all->pdata[i], error))
            return NULL;
    return g_steal_pointer(&all);
}
