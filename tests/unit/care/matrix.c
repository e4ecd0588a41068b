/* matrix: who may do what: a row for each thing done, a column for each role. What is expected is
 * written out by hand here, and not read from role.c; each cell is tried with the function itself. The
 * client `own` is the support worker's; tests/cli/matrix.sh is the same for the command line. */
#include "care/client/client_reason.h"
#include "care/client/log_review.h"
#include "care/improvement/improvement.h"
#include "care/placement/placement.h"
#include "care/unit/access.h"
#include "tests/unit/care/fixture_response.h"

typedef struct {
    Desk *desk;
    gint64 own, colleagues, hidden;
} Laid;

typedef gboolean Try(Session *session, const Laid *laid, GError **error);

static gboolean card_of(Session *session, gint64 id, GError **error)
{
    g_autoptr(Client) client = client_open(session, id, error);
    return client != NULL;
}
static gboolean own_card(Session *session, const Laid *laid, GError **error)
{
    return card_of(session, laid->own, error);
}
static gboolean colleagues_card(Session *session, const Laid *laid, GError **error)
{
    return card_of(session, laid->colleagues, error);
}
static gboolean hidden_card(Session *session, const Laid *laid, GError **error)
{
    return card_of(session, laid->hidden, error);
}
static gboolean card_changed(Session *session, const Laid *laid, GError **error)
{
    g_autoptr(Client) client = client_open(laid->desk->lead, laid->own, error);
    assert_non_null(client);
    g_free(client->phone);
    client->phone = g_strdup_printf("08-%" G_GINT64_FORMAT, session_staff_id(session));
    return client_change(session, client, error);
}
static gboolean client_added(Session *session, const Laid *laid, GError **error)
{
    (void)laid;
    g_autoptr(Client) client = client_new();
    client->name = g_strdup("Ny Brukare");
    client->active = TRUE;
    return client_add(session, client, error);
}
static gboolean visit_planned(Session *session, const Laid *laid, GError **error)
{
    g_autoptr(Visit) visit = planned_visit(&laid->desk->visits, "2026-11-27", "09:00");
    visit->client_id = laid->own;
    return visit_add(session, visit, error);
}
static gboolean task_given(Session *session, const Laid *laid, GError **error)
{
    g_autoptr(Task) task = task_new();
    task->client_id = laid->own;
    task->due_date = clock_today();
    return task_add(session, task, error);
}
static gboolean begins(Session *session, const Laid *laid, const char *name, gint64 client,
                       GError **error)
{
    g_autoptr(Form) form = response_form(laid->desk->lead, name, error);
    assert_non_null(form);
    g_autoptr(Response) response =
        response_begin(session, form, client, form->respondent, 0, NULL, error);
    return response != NULL;
}
static gboolean plan_begun(Session *session, const Laid *laid, GError **error)
{
    return begins(session, laid, "handlingsplan-tva-fragor", laid->own, error);
}
static gboolean intake_begun(Session *session, const Laid *laid, GError **error)
{
    return begins(session, laid, "aktualisering", 0, error);
}
static gboolean placed(Session *session, const Laid *laid, GError **error)
{
    g_autoptr(GPtrArray) all = placement_of_client(session, laid->own, error);
    return all != NULL;
}
static gboolean reason_given(Session *session, const Laid *laid, GError **error)
{
    return client_give_reason(session, laid->colleagues, REASON_URGENT, NULL, error);
}
static gboolean log_read(Session *session, const Laid *laid, GError **error)
{
    (void)laid;
    g_autoptr(GPtrArray) all = log_colleagues(session, clock_today() - 9, clock_today(), error);
    return all != NULL;
}
static gboolean log_sampled(Session *session, const Laid *laid, GError **error)
{
    (void)laid;
    g_autoptr(GPtrArray) all = log_sample(session, date_parse("2026-10-01"), error);
    return all != NULL;
}
static gboolean reasons_read(Session *session, const Laid *laid, GError **error)
{
    (void)laid;
    g_autoptr(GPtrArray) all = reason_list(session, TRUE, 9, error);
    return all != NULL;
}
static gboolean role_set(Session *session, const Laid *laid, GError **error)
{
    (void)laid;
    return staff_set_role(session, "hjalmar", ROLE_CASE_OFFICER, error);
}
static gboolean reviewed(Session *session, const Laid *laid, GError **error)
{
    (void)laid;
    return access_require(session, PERMIT_REVIEW, error);
}
static gboolean read_in(Session *session, const Laid *laid, GError **error)
{
    (void)laid;
    return access_require(session, PERMIT_IMPORT, error);
}
static gboolean improved(Session *session, const Laid *laid, GError **error)
{
    (void)laid;
    return access_require(session, PERMIT_IMPROVE, error);
}
static gboolean backed_up(Session *session, const Laid *laid, GError **error)
{
    (void)laid;
    return access_require(session, PERMIT_BACKUP, error);
}

/* Support worker, case officer, team lead, administrator. In an order in which the reason, which opens
 * the colleague's card for the day, comes last but one. */
static const struct {
    const char *what, *expected;
    Try *try;
} rows[] = {
    {"opens the card of their own client", "yyy-", own_card},
    {"opens the card of a colleague's client", "-yy-", colleagues_card},
    {"opens the card of somebody protected", "----", hidden_card},
    {"changes a card", "-yy-", card_changed},
    {"adds a client", "-yy-", client_added},
    {"plans a visit", "yyy-", visit_planned},
    {"gives a task", "yyy-", task_given},
    {"begins a plan", "yyy-", plan_begun},
    {"begins an intake", "-yy-", intake_begun},
    {"sees placements", "-yy-", placed},
    {"sees the week's counts", "yyyy", reviewed},
    {"reads in a file", "-yyy", read_in},
    {"leads improvement work", "--y-", improved},
    {"looks at the log", "--y-", log_read},
    {"looks at the month's sample", "--y-", log_sampled},
    {"looks at the reasons", "--y-", reasons_read},
    {"makes a backup", "--yy", backed_up},
    {"manages users", "---y", role_set},
    {"gives a reason", "yyy-", reason_given},
    {"opens a colleague's card after that", "yyy-", colleagues_card},
};

static void test_each_cell(void **state)
{
    Desk *desk = *state;
    const DbParam *nobody = DB_PARAMS(DB_INT("id", desk->visits.other));
    assert_ok(db_run(session_db(desk->lead), "UPDATE client SET support_worker_id = NULL WHERE id = :id",
                     nobody, &error));
    fixture_user(&desk->visits.unit, "lena", ROLE_TEAM_LEAD);
    g_autoptr(Session) lead = fixture_open(&desk->visits.unit, "lena"); /* named on no card */
    fixture_user(&desk->visits.unit, "ada", ROLE_ADMINISTRATOR);
    g_autoptr(Session) ada = fixture_open(&desk->visits.unit, "ada");
    const Laid laid = {desk, desk->client, desk->visits.other, desk->hidden};
    Session *const sessions[] = {desk->worker, desk->officer, lead, ada};
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++)
        for (gsize role = 0; role < G_N_ELEMENTS(sessions); role++) {
            g_autoptr(GError) error = NULL;
            const gint64 denied = fixture_int(
                desk->lead, "SELECT count(*) FROM audit WHERE action = 'denied'");
            const gboolean done = rows[i].try(sessions[role], &laid, &error);
            const gboolean logged =
                fixture_int(desk->lead, "SELECT count(*) FROM audit WHERE action = 'denied'") ==
                denied + 1;
            if (done != (rows[i].expected[role] == 'y') ||
                (!done && (!logged || !g_error_matches(error, DAGSFORM_ERROR, ERROR_DENIED))))
                fail_msg("%s %s: %s", role_code((StaffRole)role), rows[i].what,
                         done            ? "done"
                         : error != NULL ? error->message
                                         : "no sentence");
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {DESK_TEST(test_each_cell)};
    return cmocka_run_group_tests_name("care/matrix", tests, NULL, NULL);
}
