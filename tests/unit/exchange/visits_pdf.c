/* visits_pdf.c: a client's visits on paper: what stands on it, for whom it is written, and that it
 * is logged. */
#include "exchange/visits_pdf.h"

#include "care/client/dispute.h"
#include "tests/unit/care/fixture_visit.h"
#include "tests/unit/exchange/fixture_paper.h"

static char *written(const Visits *visits, const VisitsPaperOrder *order)
{
    g_autofree char *path = g_build_filename(visits->unit.folder, "visits.pdf", NULL);
    g_autoptr(VisitsPaper) paper = NULL;
    assert_ok((paper = visits_paper_new(visits->session, order, &error)));
    assert_ok(visits_paper_log(paper, visits->session, &error));
    assert_ok(visits_paper_write(paper, path, TRUE, &error));
    char *text = text_of_file(path);
    g_unlink(path);
    return text;
}

static VisitsPaperOrder all_of(gint64 client)
{
    return (VisitsPaperOrder){
        .client_id = client, .from = DATE_NONE, .to = DATE_NONE, .words = TRUE};
}

static gint64 exports(const Visits *visits)
{
    return fixture_int(visits->session,
                       "SELECT count(*) FROM audit WHERE action = 'export' AND entity = 'visit'"
                       " AND client_id <> 0");
}

static void each_visit_is_on_it(void **state)
{
    const Visits *visits = *state;
    i18n_init("en");
    record(visits, plan(visits, "2026-11-16", "09:00"), came(OUTCOME_DONE, NULL));
    record(visits, plan(visits, "2026-11-18", "10:30"), everything());
    plan(visits, "2026-11-30", "08:15");
    g_autofree char *text = NULL, *few = NULL, *quiet = NULL;
    VisitsPaperOrder order = all_of(visits->client);
    text = written(visits, &order);
    const char *const wanted[] = {
        "Visits, 2026-11-16 – 2026-11-30",
        "Emil Ärlig",
        "2 visits were planned, 1 took place",
        "Share not taken: 50.0 %.",
        "Mon 2026-11-16",
        "Wed 2026-11-18 10:30",
        "Orkar inte",
        "Cancelled",
        "Jag \"orkar\" inte, säger hon.",
        "Mon 2026-11-30 08:15",
        "planned",
        "A planned visit counts once",
        "Something else was offered at 1 visit",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++)
        assert_says(text, wanted[i]);
    assert_keeps_quiet(text, "08-123 45");
    assert_int_equal(exports(visits), 1);

    order.words = FALSE;
    order.to = date_parse("2026-11-18");
    quiet = written(visits, &order);
    assert_keeps_quiet(quiet, "säger hon");
    assert_keeps_quiet(quiet, "2026-11-30");
    order.to = date_parse("2026-11-01");
    order.from = date_parse("2026-11-01");
    few = written(visits, &order);
    assert_says(few, "There are no visits in these days.");
}

/* What the client says is wrong stands by the visit, and not where no words are wanted. */
static void an_objection_stands_by_its_visit(void **state)
{
    const Visits *visits = *state;
    VisitsPaperOrder order = all_of(visits->client);
    g_autoptr(Dispute) dispute = dispute_new();
    i18n_init("en");
    dispute->client_id = visits->client;
    dispute->about = DISPUTE_VISIT;
    dispute->about_id = plan(visits, "2026-11-16", "09:00");
    dispute->entry = g_strdup("Visit");
    dispute->words = g_strdup("Ingen kom.");
    dispute->said_on = date_parse("2026-11-20");
    assert_ok(dispute_add(visits->session, dispute, &error));
    g_autofree char *text = written(visits, &order);
    assert_says(text, "Ingen kom.");
    order.words = FALSE;
    g_autofree char *quiet = written(visits, &order);
    assert_keeps_quiet(quiet, "Ingen kom.");
}

/* A protected card's visits are for those who may open it, and a colleague's asking is logged. */
static void a_protected_client_is_closed(void **state)
{
    Visits *visits = *state;
    i18n_init("en");
    const VisitsPaperOrder order = all_of(visits->hidden);
    g_autofree char *mine = written(visits, &order);
    assert_says(mine, "Siv Skyddad");
    fixture_user(&visits->unit, "stod", ROLE_SUPPORT_WORKER);
    fixture_reopen(&visits->unit, "stod");
    visits->session = visits->unit.session;
    g_autoptr(GError) error = NULL;
    assert_null(visits_paper_new(visits->session, &order, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_DENIED));
    assert_int_equal(
        fixture_int(visits->session, "SELECT count(*) FROM audit WHERE action = 'denied'"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(each_visit_is_on_it),
        VISIT_TEST(an_objection_stands_by_its_visit),
        VISIT_TEST(a_protected_client_is_closed),
    };
    return cmocka_run_group_tests_name("exchange/visits_pdf", tests, NULL, NULL);
}
