/* client_merge_groups.c: one card's days in groups of what were two, each day once, and back. */
#include "care/client/client_merge_private.h"

typedef struct {
    gint64 group, client;
    char from[DATE_SIZE], to[DATE_SIZE]; /* "" to: it goes on */
} Stay;

#define INSERT                                                                                     \
    "INSERT INTO client_group_member (group_id, client_id, from_on, to_on) VALUES (:group, :client," \
    " :from, :to) ON CONFLICT (group_id, client_id, from_on) DO NOTHING"

/* Of the groups that the closed card is in, the days of both. */
#define STAYS                                                                                      \
    "SELECT m.group_id, m.client_id, m.from_on, COALESCE(m.to_on, '') FROM client_group_member m"  \
    " WHERE (m.client_id = :closed OR m.client_id = :kept) AND m.group_id IN (SELECT o.group_id"   \
    " FROM client_group_member o WHERE o.client_id = :closed)"                                     \
    " ORDER BY m.group_id, m.from_on, m.client_id"

static GArray *read_stays(Session *session, const char *sql, const DbParam *params, GError **error)
{
    g_autoptr(GArray) stays = g_array_new(FALSE, FALSE, sizeof(Stay));
    g_autoptr(DbStatement) rows = db_query(session_db(session), sql, params, error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        Stay stay = {.group = db_int(rows, 0), .client = db_int(rows, 1)};
        g_strlcpy(stay.from, db_text(rows, 2), sizeof stay.from);
        g_strlcpy(stay.to, db_text(rows, 3), sizeof stay.to);
        g_array_append_val(stays, stay);
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&stays) : NULL;
}

static gboolean insert(Session *session, const Stay *stay, GError **error)
{
    return db_run(session_db(session), INSERT,
                  DB_PARAMS(DB_INT("group", stay->group), DB_INT("client", stay->client),
                            DB_TEXT("from", stay->from),
                            DB_TEXT("to", stay->to[0] != '\0' ? stay->to : NULL)),
                  error);
}

static gboolean note(Session *session, gint64 merge_id, const char *how, const Stay *stay,
                     GError **error)
{
    g_autofree char *days = g_strconcat(stay->from, " ", stay->to, NULL);
    return db_run(session_db(session),
                  "INSERT INTO client_merge_row (merge_id, table_name, how, row_id, row_text)"
                  " VALUES (:merge, 'client_group_member', :how, :group, :days)",
                  DB_PARAMS(DB_INT("merge", merge_id), DB_TEXT("how", how),
                            DB_INT("group", stay->group), DB_TEXT("days", days)),
                  error);
}

/* Whether `next`, which does not begin earlier, begins while `stay` lasts. */
static gboolean overlaps(const Stay *stay, const Stay *next)
{
    return stay->group == next->group &&
           (stay->to[0] == '\0' || g_strcmp0(next->from, stay->to) <= 0);
}

/* By group and first day, of one client; those that overlap become one. Pure. */
static GArray *unite(const GArray *stays, gint64 client)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(Stay));
    for (guint i = 0; i < stays->len; i++) {
        const Stay *next = &g_array_index(stays, Stay, i);
        Stay *last = all->len > 0 ? &g_array_index(all, Stay, all->len - 1) : NULL;
        if (last == NULL || !overlaps(last, next)) {
            g_array_append_vals(all, next, 1);
            g_array_index(all, Stay, all->len - 1).client = client;
        } else if (next->to[0] == '\0' ||
                   (last->to[0] != '\0' && g_strcmp0(next->to, last->to) > 0))
            g_strlcpy(last->to, next->to, sizeof last->to);
    }
    return all;
}

gboolean client_merge_unite_groups(Session *session, gint64 merge_id, gint64 closed, gint64 kept,
                                   GError **error)
{
    g_autoptr(GArray) stays = read_stays(
        session, STAYS, DB_PARAMS(DB_INT("closed", closed), DB_INT("kept", kept)), error);
    if (stays == NULL)
        return FALSE;
    g_autoptr(GArray) united = unite(stays, kept);
    for (guint i = 0; i < stays->len; i++) {
        const Stay *stay = &g_array_index(stays, Stay, i);
        if (!note(session, merge_id, stay->client == closed ? "moved" : "taken", stay, error) ||
            !db_run(session_db(session),
                    "DELETE FROM client_group_member WHERE group_id = :group AND client_id = :client"
                    " AND from_on = :from",
                    DB_PARAMS(DB_INT("group", stay->group), DB_INT("client", stay->client),
                              DB_TEXT("from", stay->from)),
                    error))
            return FALSE;
    }
    for (guint i = 0; i < united->len; i++)
        if (!note(session, merge_id, "given", &g_array_index(united, Stay, i), error) ||
            !insert(session, &g_array_index(united, Stay, i), error))
            return FALSE;
    return TRUE;
}

/* What was noted as `how`, as stays of `client`. */
static GArray *noted(Session *session, gint64 merge_id, const char *how, gint64 client,
                     GError **error)
{
    return read_stays(session,
                      "SELECT r.row_id, :client, SUBSTR(r.row_text, 1, 10), SUBSTR(r.row_text, 12)"
                      " FROM client_merge_row r WHERE r.merge_id = :merge AND r.how = :how"
                      " AND r.table_name = 'client_group_member' ORDER BY r.row_id, r.row_text",
                      DB_PARAMS(DB_INT("client", client), DB_INT("merge", merge_id),
                                DB_TEXT("how", how)),
                      error);
}

/* The days of one group, in a line. New. */
static char *days_in(const GArray *stays, gint64 group)
{
    GString *days = g_string_new(NULL);
    for (guint i = 0; i < stays->len; i++) {
        const Stay *stay = &g_array_index(stays, Stay, i);
        if (stay->group == group)
            g_string_append_printf(days, "%s %s,", stay->from, stay->to);
    }
    return g_string_free(days, FALSE);
}

/* The groups in which the kept card's days have been changed since keep them. */
static gboolean put_back(Session *session, const GArray *now, const GArray *given,
                         const GArray *taken, GError **error)
{
    for (guint i = 0; i < given->len; i++) {
        const Stay *stay = &g_array_index(given, Stay, i);
        g_autofree char *was = days_in(given, stay->group), *is = days_in(now, stay->group);
        if (g_str_equal(was, is) &&
            !db_run(session_db(session),
                    "DELETE FROM client_group_member WHERE group_id = :group AND client_id = :client"
                    " AND from_on = :from",
                    DB_PARAMS(DB_INT("group", stay->group), DB_INT("client", stay->client),
                              DB_TEXT("from", stay->from)),
                    error))
            return FALSE;
    }
    for (guint i = 0; i < taken->len; i++) {
        const Stay *stay = &g_array_index(taken, Stay, i);
        g_autofree char *was = days_in(given, stay->group), *is = days_in(now, stay->group);
        if (g_str_equal(was, is) && !insert(session, stay, error))
            return FALSE;
    }
    return TRUE;
}

gboolean client_merge_part_groups(Session *session, gint64 merge_id, gint64 closed, gint64 kept,
                                  GError **error)
{
    g_autoptr(GArray) given = noted(session, merge_id, "given", kept, error);
    g_autoptr(GArray) taken = given != NULL ? noted(session, merge_id, "taken", kept, error) : NULL;
    g_autoptr(GArray) moved =
        taken != NULL ? noted(session, merge_id, "moved", closed, error) : NULL;
    g_autoptr(GArray) now =
        moved != NULL ? read_stays(session,
                                   "SELECT m.group_id, m.client_id, m.from_on,"
                                   " COALESCE(m.to_on, '') FROM client_group_member m"
                                   " WHERE m.client_id = :kept ORDER BY m.group_id, m.from_on",
                                   DB_PARAMS(DB_INT("kept", kept)), error)
                      : NULL;
    if (now == NULL || !put_back(session, now, given, taken, error))
        return FALSE;
    for (guint i = 0; i < moved->len; i++)
        if (!insert(session, &g_array_index(moved, Stay, i), error))
            return FALSE;
    return TRUE;
}
