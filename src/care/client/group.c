/* group.c: named groups of clients. */
#include "care/client/group.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/client/cards.h"
#include "care/client/client_guard.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"
#include "care/unit/session_private.h"
#include "care/visit/counted.h"

#define GONE N_("This group is no longer there. Open the list again.")

void group_free(Group *group)
{
    if (group == NULL)
        return;
    g_free(group->name);
    g_free(group);
}

void group_member_free(GroupMember *member)
{
    if (member == NULL)
        return;
    g_free(member->name);
    g_free(member);
}

void group_stay_free(GroupStay *stay)
{
    if (stay == NULL)
        return;
    g_free(stay->name);
    g_free(stay);
}

/* --- reading ---------------------------------------------------------------------------------- */

static gint compare_groups(gconstpointer left, gconstpointer right)
{
    const Group *a = *(Group *const *)left, *b = *(Group *const *)right;
    if ((a->ended_on == DATE_NONE) != (b->ended_on == DATE_NONE))
        return a->ended_on == DATE_NONE ? -1 : 1;
    return text_collate(a->name, b->name);
}

GPtrArray *group_list(Session *session, GError **error)
{
    char today[DATE_SIZE];
    if (!access_require(session, PERMIT_REVIEW, error))
        return NULL;
    g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func((GDestroyNotify)group_free);
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 "SELECT g.id, g.name, g.ended_on, (SELECT COUNT(*) FROM client_group_member m"
                 " WHERE m.group_id = g.id AND m.from_on <= :today"
                 " AND (m.to_on IS NULL OR m.to_on >= :today))"
                 " FROM client_group g WHERE g.unit_id = :unit",
                 DB_PARAMS(DB_TEXT("today", date_format(clock_today(), today)),
                           DB_INT("unit", session_unit_id(session))),
                 error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        Group *group = g_new0(Group, 1);
        *group = (Group){.id = db_int(rows, 0),
                         .name = g_strdup(db_text(rows, 1)),
                         .ended_on = date_parse(db_text(rows, 2)),
                         .members = db_int(rows, 3)};
        g_ptr_array_add(groups, group);
    }
    g_ptr_array_sort(groups, compare_groups);
    return step == DB_STEP_DONE ? g_steal_pointer(&groups) : NULL;
}

Group *group_get(Session *session, gint64 id, GError **error)
{
    g_autoptr(GPtrArray) groups = group_list(session, error);
    for (guint i = 0; groups != NULL && i < groups->len; i++)
        if (((const Group *)groups->pdata[i])->id == id)
            return g_ptr_array_steal_index(groups, i);
    if (groups != NULL)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND, _(GONE));
    return NULL;
}

static char *names_of(const GPtrArray *groups)
{
    GString *names = g_string_new(NULL);
    for (guint i = 0; i < groups->len; i++)
        g_string_append_printf(names, "%s%s", i > 0 ? ", " : "",
                               ((const Group *)g_ptr_array_index(groups, i))->name);
    return g_string_free(names, FALSE);
}

gboolean group_find(Session *session, const char *name, gint64 *id, GError **error)
{
    g_autofree char *line = care_line(name);
    g_autofree char *wanted = g_utf8_casefold(line != NULL ? line : "", -1);
    g_autoptr(GPtrArray) groups = group_list(session, error);
    if (groups == NULL)
        return FALSE;
    for (guint i = 0; i < groups->len; i++) {
        const Group *group = g_ptr_array_index(groups, i);
        g_autofree char *folded = g_utf8_casefold(group->name, -1);
        if (g_str_equal(folded, wanted)) {
            *id = group->id;
            return TRUE;
        }
    }
    g_autofree char *names = names_of(groups);
    if (groups->len == 0)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("There are no groups yet. Add one: dagsform group add NAME"));
    else
        g_set_error(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                    _("There is no group called %s. Choose one of: %s."), name, names);
    return FALSE;
}

static gint compare_members(gconstpointer left, gconstpointer right, gpointer cards)
{
    const GroupMember *a = *(GroupMember *const *)left, *b = *(GroupMember *const *)right;
    const int order = cards_compare(cards, a->client_id, b->client_id);
    return order != 0 ? order : (a->from > b->from) - (a->from < b->from);
}

GPtrArray *group_members(Session *session, gint64 group_id, gint64 *closed, GError **error)
{
    if (!access_require(session, PERMIT_CLIENT_READ, error))
        return NULL;
    gint64 left_out = 0;
    g_autoptr(GPtrArray) members =
        g_ptr_array_new_with_free_func((GDestroyNotify)group_member_free);
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 "SELECT c.id, c.name, c.protection, m.from_on, m.to_on, " CLIENT_MAY_OPEN
                 " FROM client_group_member m JOIN client c ON c.id = m.client_id"
                 " WHERE m.group_id = :group AND c.unit_id = :unit",
                 DB_PARAMS(CLIENT_GUARD(session), DB_INT("group", group_id),
                           DB_INT("unit", session_unit_id(session))),
                 error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        if (db_int(rows, 5) == 0) {
            left_out++;
            continue;
        }
        GroupMember *member = g_new0(GroupMember, 1);
        *member = (GroupMember){.client_id = db_int(rows, 0),
                                .name = g_strdup(db_text(rows, 1)),
                                .protection = protection_parse(db_text(rows, 2)),
                                .from = date_parse(db_text(rows, 3)),
                                .to = date_parse(db_text(rows, 4))};
        g_ptr_array_add(members, member);
    }
    if (closed != NULL)
        *closed = left_out;
    const Cards *cards = step == DB_STEP_DONE ? cards_of(session, error) : NULL;
    if (cards == NULL)
        return NULL;
    g_ptr_array_sort_with_data(members, compare_members, (gpointer)cards);
    return g_steal_pointer(&members);
}

static gint compare_stays(gconstpointer left, gconstpointer right)
{
    const GroupStay *a = *(GroupStay *const *)left, *b = *(GroupStay *const *)right;
    const int order = text_collate(a->name, b->name);
    return order != 0 ? order : (a->from > b->from) - (a->from < b->from);
}

GPtrArray *group_stays(Session *session, gint64 client_id, GError **error)
{
    char today[DATE_SIZE];
    if (!client_require(session, PERMIT_CLIENT_READ, client_id, error))
        return NULL;
    g_autoptr(GPtrArray) stays = g_ptr_array_new_with_free_func((GDestroyNotify)group_stay_free);
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        "SELECT g.id, g.name, m.from_on, m.to_on FROM client_group_member m"
        " JOIN client_group g ON g.id = m.group_id WHERE m.client_id = :client"
        " AND (m.to_on IS NULL OR m.to_on >= :today)",
        DB_PARAMS(DB_INT("client", client_id), DB_TEXT("today", date_format(clock_today(), today))),
        error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        GroupStay *stay = g_new0(GroupStay, 1);
        *stay = (GroupStay){.group_id = db_int(rows, 0),
                            .name = g_strdup(db_text(rows, 1)),
                            .from = date_parse(db_text(rows, 2)),
                            .to = date_parse(db_text(rows, 3))};
        g_ptr_array_add(stays, stay);
    }
    g_ptr_array_sort(stays, compare_stays);
    return step == DB_STEP_DONE ? g_steal_pointer(&stays) : NULL;
}

/* Who may belong to the side that is asked about; and whether visit v does. */
#define MAY_BE(client)                                                                             \
    " AND (:rest = 1 OR " client " IN (SELECT g.client_id FROM client_group_member g"              \
    " WHERE g.group_id = :group))"
#define IS_OF(client)                                                                              \
    " v.stand_in = 0 AND v.date BETWEEN :from AND :to AND :rest = CASE WHEN EXISTS (SELECT 1 FROM" \
    " client_group_member m WHERE m.group_id = :group AND m.client_id = " client                   \
    " AND m.from_on <= v.date AND (m.to_on IS NULL OR m.to_on >= v.date)) THEN 0 ELSE 1 END"

/* By the cards, which is soon done; and where those are too few by the visits, for a server shows some
 * cards to few and none to an administrator. */
#define BY_CARDS                                                                                   \
    "SELECT COUNT(*) FROM (SELECT c.id FROM client c WHERE c.unit_id = :unit" MAY_BE("c.id")       \
    " AND EXISTS (SELECT 1 FROM visit v WHERE v.client_id = c.id AND" IS_OF("c.id")                \
    ") LIMIT :least) AS persons"
#define BY_VISITS                                                                                  \
    "SELECT COUNT(*) FROM (SELECT DISTINCT v.client_id FROM visit v WHERE v.unit_id = :unit"       \
    MAY_BE("v.client_id") " AND" IS_OF("v.client_id") " LIMIT :least) AS persons"

gboolean group_has_persons(Session *session, gint64 group_id, gboolean rest, Date from, Date to,
                           int least, gboolean *enough, GError **error)
{
    static const char *const ways[] = {BY_CARDS, BY_VISITS};
    char first[DATE_SIZE], last[DATE_SIZE];
    gint64 found = 0;
    if (!access_require(session, PERMIT_REVIEW, error))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(ways) && found < least; i++)
        if (!db_get_int(session_db(session), ways[i],
                        DB_PARAMS(DB_INT("unit", session_unit_id(session)),
                                  DB_INT("rest", rest ? 1 : 0), DB_INT("group", group_id),
                                  DB_TEXT("from", date_format(from, first)),
                                  DB_TEXT("to", date_format(to, last)), DB_INT("least", least)),
                        0, &found, error))
            return FALSE;
    *enough = found >= least;
    return TRUE;
}

/* --- groups ----------------------------------------------------------------------------------- */

/* Whether another group than `id` has the name. */
static gboolean is_called_so(Session *session, gint64 id, const char *name, gboolean *others,
                             GError **error)
{
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 "SELECT name, id FROM client_group WHERE unit_id = :unit AND id <> :id",
                 DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_INT("id", id)), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        *others = *others || g_str_equal(db_text(rows, 0), name);
    return step == DB_STEP_DONE;
}

/* The name as it is kept, when no other group (`id`) has it. New. */
static char *tidy_name(Session *session, gint64 id, const char *name, GError **error)
{
    g_autofree char *line = care_line(name);
    gboolean others = FALSE;
    if (line == NULL) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("A group needs a name. Type it and save again."));
        return NULL;
    }
    if (!is_called_so(session, id, line, &others, error))
        return NULL;
    if (others) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_EXISTS,
                    _("There is a group called %s already. Choose another name."), line);
        return NULL;
    }
    return g_steal_pointer(&line);
}

gboolean group_add(Session *session, const char *name, gint64 *id, GError **error)
{
    if (!access_require(session, PERMIT_CLIENT_EDIT, error))
        return FALSE;
    Db *db = session_db(session);
    g_autoptr(DbTransaction) tx = db_transaction(db, error);
    g_autofree char *line = tx != NULL ? tidy_name(session, 0, name, error) : NULL;
    const gint64 made = line != NULL ? db_new_id(db, "client_group", error) : 0;
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "name", NULL, line);
    if (made == 0 ||
        !db_run(db,
                "INSERT INTO client_group (id, unit_id, name, created_ms)"
                " VALUES (:id, :unit, :name, :now)",
                DB_PARAMS(DB_INT("id", made), DB_INT("unit", session_unit_id(session)),
                          DB_TEXT("name", line), DB_INT("now", clock_now_ms())),
                error) ||
        !audit_write(session, "create", "client_group", made, 0, changes, error) ||
        !commit_and_make_sure(session, tx, "SELECT COUNT(*) FROM client_group WHERE id = :id",
                              DB_PARAMS(DB_INT("id", made)), error))
        return FALSE;
    *id = made;
    return TRUE;
}

/* What a group is called; ERROR_NOT_FOUND. New. */
static char *read_name(Session *session, gint64 id, GError **error)
{
    g_autofree char *name = NULL;
    if (db_get_text(session_db(session),
                    "SELECT name, id FROM client_group WHERE id = :id AND unit_id = :unit",
                    DB_PARAMS(DB_INT("id", id), DB_INT("unit", session_unit_id(session))), &name,
                    error) &&
        name == NULL)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND, _(GONE));
    return g_steal_pointer(&name);
}

gboolean group_rename(Session *session, gint64 id, const char *name, GError **error)
{
    if (!access_require(session, PERMIT_CLIENT_EDIT, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autofree char *before = tx != NULL ? read_name(session, id, error) : NULL;
    g_autofree char *line = before != NULL ? tidy_name(session, id, name, error) : NULL;
    if (line == NULL)
        return FALSE;
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "name", before, line);
    return audit_changes_empty(changes) ||
           (db_run(session_db(session), "UPDATE client_group SET name = :name WHERE id = :id",
                   DB_PARAMS(DB_TEXT("name", line), DB_INT("id", id)), error) &&
            audit_write(session, "change", "client_group", id, 0, changes, error) &&
            commit_and_make_sure(
                session, tx, "SELECT COUNT(*) FROM client_group WHERE id = :id AND name = :name",
                DB_PARAMS(DB_INT("id", id), DB_TEXT("name", line)), error));
}

/* --- who belongs to them ---------------------------------------------------------------------- */

typedef struct {
    Date from, to;
} Stay;

/* Those of a client in a group that have not ended before `from`, oldest first. Array of Stay. */
static GArray *stays_from(Session *session, gint64 group_id, gint64 client_id, Date from,
                          GError **error)
{
    char date[DATE_SIZE];
    g_autoptr(GArray) stays = g_array_new(FALSE, FALSE, sizeof(Stay));
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 "SELECT from_on, to_on FROM client_group_member WHERE group_id = :group"
                 " AND client_id = :client AND (to_on IS NULL OR to_on >= :from) ORDER BY from_on",
                 DB_PARAMS(DB_INT("group", group_id), DB_INT("client", client_id),
                           DB_TEXT("from", date_format(from, date))),
                 error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const Stay stay = {date_parse(db_text(rows, 0)), date_parse(db_text(rows, 1))};
        g_array_append_val(stays, stay);
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&stays) : NULL;
}

static gboolean note(Session *session, const char *action, gint64 group_id, gint64 client_id,
                     const Stay *before, const Stay *after, GError **error)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_date(changes, "from_on", before != NULL ? before->from : DATE_NONE,
                       after != NULL ? after->from : DATE_NONE);
    audit_changes_date(changes, "to_on", before != NULL ? before->to : DATE_NONE,
                       after != NULL ? after->to : DATE_NONE);
    return audit_write(session, action, "client_group", group_id, client_id, changes, error);
}

gboolean group_member_add(Session *session, gint64 group_id, gint64 client_id, Date from, Date to,
                          GError **error)
{
    char first[DATE_SIZE], last[DATE_SIZE];
    if (!client_require(session, PERMIT_CLIENT_EDIT, client_id, error))
        return FALSE;
    if (from == DATE_NONE || (to != DATE_NONE && to < from)) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            from == DATE_NONE
                                ? _("Say from which day the client belongs to the group.")
                                : _("The last day lies before the first. Change one of them."));
        return FALSE;
    }
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autofree char *name = tx != NULL ? read_name(session, group_id, error) : NULL;
    g_autoptr(GArray) stays =
        name != NULL ? stays_from(session, group_id, client_id, from, error) : NULL;
    if (stays == NULL)
        return FALSE;
    if (stays->len > 0 && (to == DATE_NONE || g_array_index(stays, Stay, 0).from <= to)) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("The client belongs to %s already, since %s. Choose other days."), name,
                    date_format(g_array_index(stays, Stay, 0).from, first));
        return FALSE;
    }
    const Stay stay = {from, to};
    return db_run(session_db(session),
                  "INSERT INTO client_group_member (group_id, client_id, from_on, to_on)"
                  " VALUES (:group, :client, :from, :to)",
                  DB_PARAMS(DB_INT("group", group_id), DB_INT("client", client_id),
                            DB_TEXT("from", date_format(from, first)),
                            DB_TEXT("to", date_or_null(to, last))),
                  error) &&
           counted_forget_client(session, client_id, from, to, error) &&
           note(session, "join", group_id, client_id, NULL, &stay, error) &&
           commit_and_make_sure(session, tx,
                                "SELECT COUNT(*) FROM client_group_member WHERE group_id = :group"
                                " AND client_id = :client AND from_on = :from",
                                DB_PARAMS(DB_INT("group", group_id), DB_INT("client", client_id),
                                          DB_TEXT("from", first)),
                                error);
}

/* What has not begun by then never was. */
static gboolean end_stay(Session *session, gint64 group_id, gint64 client_id, Stay stay, Date last,
                         GError **error)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    const Stay after = {stay.from, last};
    const DbParam params[] = {DB_INT("group", group_id),
                              DB_INT("client", client_id),
                              DB_TEXT("from", date_format(stay.from, from)),
                              stay.from > last ? (DbParam){.type = DB_TYPE_END}
                                               : DB_TEXT("to", date_format(last, to)),
                              {.type = DB_TYPE_END}};
    return db_run(session_db(session),
                  stay.from > last
                      ? "DELETE FROM client_group_member WHERE group_id = :group"
                        " AND client_id = :client AND from_on = :from"
                      : "UPDATE client_group_member SET to_on = :to WHERE group_id = :group"
                        " AND client_id = :client AND from_on = :from",
                  params, error) &&
           counted_forget_client(session, client_id, MAX(stay.from, last + 1), stay.to, error) &&
           note(session, "leave", group_id, client_id, &stay, stay.from > last ? NULL : &after,
                error);
}

gboolean group_member_end(Session *session, gint64 group_id, gint64 client_id, Date last,
                          GError **error)
{
    if (!client_require(session, PERMIT_CLIENT_EDIT, client_id, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autoptr(GArray) stays =
        tx != NULL ? stays_from(session, group_id, client_id, last + 1, error) : NULL;
    if (stays == NULL)
        return FALSE;
    if (stays->len == 0) {
        g_set_error_literal(
            error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
            _("The client does not belong to the group then. Look at its members."));
        return FALSE;
    }
    for (guint i = 0; i < stays->len; i++)
        if (!end_stay(session, group_id, client_id, g_array_index(stays, Stay, i), last, error))
            return FALSE;
    return db_transaction_commit(tx, error);
}

/* The ids (gint64) of those who belong to it after a day, whoever may open their cards. */
static GArray *clients_after(Session *session, gint64 group_id, Date last, GError **error)
{
    char date[DATE_SIZE];
    g_autoptr(GArray) clients = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        "SELECT DISTINCT client_id FROM client_group_member WHERE group_id = :group"
        " AND (to_on IS NULL OR to_on > :last)",
        DB_PARAMS(DB_INT("group", group_id), DB_TEXT("last", date_format(last, date))), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const gint64 id = db_int(rows, 0);
        g_array_append_val(clients, id);
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&clients) : NULL;
}

gboolean group_end(Session *session, gint64 id, Date last, GError **error)
{
    char date[DATE_SIZE];
    if (!access_require(session, PERMIT_CLIENT_EDIT, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autofree char *name = tx != NULL ? read_name(session, id, error) : NULL;
    g_autoptr(GArray) clients = name != NULL ? clients_after(session, id, last, error) : NULL;
    if (clients == NULL)
        return FALSE;
    for (guint i = 0; i < clients->len; i++) {
        const gint64 client = g_array_index(clients, gint64, i);
        g_autoptr(GArray) stays = stays_from(session, id, client, last + 1, error);
        for (guint k = 0; stays != NULL && k < stays->len; k++)
            if (!end_stay(session, id, client, g_array_index(stays, Stay, k), last, error))
                return FALSE;
        if (stays == NULL)
            return FALSE;
    }
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_date(changes, "ended_on", DATE_NONE, last);
    return db_run(session_db(session), "UPDATE client_group SET ended_on = :last WHERE id = :id",
                  DB_PARAMS(DB_TEXT("last", date_format(last, date)), DB_INT("id", id)), error) &&
           audit_write(session, "change", "client_group", id, 0, changes, error) &&
           db_transaction_commit(tx, error);
}
