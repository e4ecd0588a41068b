/* at_risk.c: the clients who have not taken their visits for a while. */
#include "care/visit/at_risk.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/cards.h"
#include "care/client/client_guard.h"
#include "care/task/task.h"
#include "care/unit/access.h"

/* How such a task is known again (task.item). */
#define TASK_ITEM "at-risk"
#define TASK_DAYS 7

void at_risk_free(AtRisk *row)
{
    if (row == NULL)
        return;
    g_free(row->client_name);
    g_free(row->case_officer);
    g_free(row);
}

/* When the client's latest visit took place; what is recorded of days to come is passed over. */
#define TAKEN                                                                                      \
    "CASE WHEN l.date IS NULL THEN '' WHEN l.date <= :today THEN l.date || ' ' || l.start"         \
    " ELSE COALESCE((SELECT t.date || ' ' || t.start FROM visit t"                                 \
    " WHERE t.client_id = m.client_id AND t.date BETWEEN :from AND :today"                         \
    " AND t.outcome IN ('done', 'done-otherwise') ORDER BY t.date DESC, t.start DESC LIMIT 1), '')" \
    " END"
/* Out of the index of outcomes alone: a city has thousands of them. */
#define RISKS                                                                                      \
    "(SELECT m.client_id, COUNT(*) AS missed, MIN(m.date) AS since, MAX(m.date) AS latest"         \
    " FROM visit m LEFT JOIN latest_visit l ON l.client_id = m.client_id"                          \
    " WHERE m.unit_id = :unit AND m.outcome IN ('cancelled', 'declined', 'no-show')"               \
    " AND m.outcome <> 'done' AND m.stand_in = 0 AND m.date BETWEEN :from AND :today"              \
    " AND m.date || ' ' || m.start > " TAKEN " GROUP BY m.client_id"                               \
    " HAVING COUNT(*) >= :row OR (COUNT(*) >= 2 AND MIN(m.date) <= :long_ago))"
#define ROWS                                                                                       \
    "SELECT c.id, c.name, c.protection, r.missed, r.since, r.latest, c.case_officer_id,"           \
    " s.name, " CLIENT_MAY_OPEN " FROM " RISKS " AS r JOIN client c ON c.id = r.client_id"         \
    " LEFT JOIN staff s ON s.id = c.case_officer_id"                                               \
    " WHERE c.unit_id = :unit AND c.active = 1 AND (:client = 0 OR c.id = :client)"                \
    " AND (:mine = 0 OR c.support_worker_id = :me OR c.case_officer_id = :me)"

const char *at_risk_sql(void)
{
    return ROWS;
}

static AtRisk *from_row(DbStatement *row)
{
    AtRisk *risk = g_new0(AtRisk, 1);
    *risk = (AtRisk){.client_id = db_int(row, 0),
                     .client_name = g_strdup(db_text(row, 1)),
                     .protection = protection_parse(db_text(row, 2)),
                     .missed = (int)db_int(row, 3),
                     .since = date_parse(db_text(row, 4)),
                     .latest = date_parse(db_text(row, 5)),
                     .case_officer_id = db_int(row, 6),
                     .case_officer = g_strdup(db_text(row, 7))};
    return risk;
}

static gint by_urgency(gconstpointer left, gconstpointer right, gpointer cards)
{
    const AtRisk *a = *(AtRisk *const *)left, *b = *(AtRisk *const *)right;
    if (a->missed != b->missed)
        return a->missed > b->missed ? -1 : 1;
    if (a->since != b->since)
        return a->since < b->since ? -1 : 1;
    return cards_compare(cards, a->client_id, b->client_id);
}

static gboolean put_in_order(Session *session, GPtrArray *all, GError **error)
{
    const Cards *cards = cards_of(session, error);
    if (cards != NULL)
        g_ptr_array_sort_with_data(all, by_urgency, (gpointer)cards);
    return cards != NULL;
}

/* Of all clients (0) or one. */
static GPtrArray *read_rows(Session *session, gboolean mine, gint64 client_id, gint64 *closed,
                            GError **error)
{
    char from[DATE_SIZE], today[DATE_SIZE], long_ago[DATE_SIZE];
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)at_risk_free);
    g_autoptr(DbStatement) rows = db_query(
        session_db(session), ROWS,
        DB_PARAMS(CLIENT_GUARD(session), DB_INT("unit", session_unit_id(session)),
                  DB_INT("client", client_id), DB_INT("mine", mine ? 1 : 0),
                  DB_TEXT("from", date_format(clock_today() - AT_RISK_DAYS_BACK, from)),
                  DB_TEXT("today", date_format(clock_today(), today)),
                  DB_TEXT("long_ago", date_format(clock_today() - AT_RISK_DAYS, long_ago)),
                  DB_INT("row", AT_RISK_ROW)),
        error);
    DbStep step = DB_STEP_ERROR;
    *closed = 0;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        if (db_int(rows, 8) != 0)
            g_ptr_array_add(all, from_row(rows));
        else
            (*closed)++;
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

/* The newest such task, if it is open or tells of the same visits. */
static gboolean find_task(Session *session, AtRisk *risk, GError **error)
{
    char time[9];
    g_autoptr(DbStatement) row =
        db_query(session_db(session),
                 "SELECT id, created_ms, done_ms FROM task WHERE client_id = :client"
                 " AND item = '" TASK_ITEM "' ORDER BY id DESC LIMIT 1",
                 DB_PARAMS(DB_INT("client", risk->client_id)), error);
    DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_ROW &&
        (db_is_null(row, 2) || clock_local(db_int(row, 1), time) >= risk->since))
        risk->task_id = db_int(row, 0);
    return step != DB_STEP_ERROR;
}

GPtrArray *at_risk_list(Session *session, gboolean mine, gint64 *closed, GError **error)
{
    gint64 left_out = 0;
    if (!access_require(session, PERMIT_CLIENT_READ, error))
        return NULL;
    g_autoptr(GPtrArray) all = read_rows(session, mine, 0, &left_out, error);
    if (all == NULL)
        return NULL;
    for (guint i = 0; i < all->len; i++)
        if (!find_task(session, g_ptr_array_index(all, i), error))
            return NULL;
    if (all->len > 1 && !put_in_order(session, all, error))
        return NULL;
    if (closed != NULL)
        *closed = left_out;
    return g_steal_pointer(&all);
}

static gboolean add_task(Session *session, AtRisk *risk, GError **error)
{
    char since[DATE_SIZE];
    g_autoptr(Task) task = task_new();
    task->client_id = risk->client_id;
    task->staff_id = risk->case_officer_id;
    task->due_date = clock_today() + TASK_DAYS;
    task->item = g_strdup(TASK_ITEM);
    task->note = g_strdup_printf(
        ngettext("Get in touch: %d visit has not been taken since %s. Ask what could be different.",
                 "Get in touch: %d visits in a row have not been taken since %s. Ask what could be "
                 "different.",
                 (gulong)risk->missed),
        risk->missed, date_format(risk->since, since));
    if (!task_add(session, task, error))
        return FALSE;
    risk->task_id = task->id;
    return TRUE;
}

gboolean at_risk_make_task(Session *session, gint64 client_id, gint64 *task_id, GError **error)
{
    gint64 closed = 0;
    if (!client_require(session, PERMIT_VISIT_RECORD, client_id, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autoptr(GPtrArray) rows =
        tx != NULL ? read_rows(session, FALSE, client_id, &closed, error) : NULL;
    if (rows == NULL)
        return FALSE;
    if (rows->len == 0) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("The client has taken a visit since. Look at the list again."));
        return FALSE;
    }
    AtRisk *risk = g_ptr_array_index(rows, 0);
    if (!find_task(session, risk, error) ||
        (risk->task_id == 0 && !add_task(session, risk, error)) ||
        !db_transaction_commit(tx, error))
        return FALSE;
    *task_id = risk->task_id;
    return TRUE;
}
