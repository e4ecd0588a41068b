/* meeting_pdf.c: the page for the meeting: what stands on it, and what never does. */
#include "exchange/meeting_pdf.h"

#include "care/client/client.h"
#include "care/client/quote.h"
#include "care/improvement/cycle.h"
#include "tests/unit/exchange/fixture_import.h"
#include "tests/unit/exchange/fixture_paper.h"

#define WORDS "Skönt att ni ringde dagen innan."

static gint64 add_work(Session *session)
{
    g_autoptr(Improvement) work = improvement_new(date_parse("2026-08-10"));
    work->name = g_strdup("Fler besök blir av");
    work->aim = g_strdup("Att fler får stöd.");
    work->measure = g_strdup("Andelen, vecka för vecka.");
    work->target = 120;
    assert_ok(improvement_save(session, work, &error));
    return work->id;
}

static void add_cycle(Session *session, gint64 work, const char *name, Date from,
                      const char *prediction, const char *next)
{
    g_autoptr(Cycle) cycle = cycle_new(work, from);
    cycle->name = g_strdup(name);
    cycle->kind = CYCLE_TEST;
    cycle->prediction = g_strdup(prediction);
    cycle->next = g_strdup(next);
    assert_ok(cycle_save(session, cycle, &error));
}

/* Everything in the file; new. */
static char *written(const Fixture *fixture, gint64 work, Date since)
{
    g_autofree char *path = g_build_filename(fixture->folder, "meeting.pdf", NULL);
    g_autoptr(MeetingPaper) paper = NULL;
    assert_ok((paper = meeting_paper_new(fixture->session, work, since, &error)));
    assert_ok(meeting_paper_log(paper, fixture->session, &error));
    assert_ok(meeting_paper_write(paper, path, TRUE, &error));
    char *text = text_of_file(path);
    g_unlink(path);
    return text;
}

static gint64 quote_of(Session *session, const char *words)
{
    g_autoptr(GPtrArray) clients = NULL;
    assert_ok((clients = client_list(session, NULL, FALSE, NULL, 1, &error)));
    g_autoptr(Quote) quote = quote_new();
    quote->client_id = ((const ClientRow *)clients->pdata[0])->id;
    quote->words = g_strdup(words);
    quote->said_on = clock_today();
    assert_ok(quote_add(session, quote, &error));
    return quote->id;
}

static void no_name_is_on_it(const Fixture *fixture, const char *text)
{
    g_autoptr(GPtrArray) clients = NULL;
    assert_ok((clients = client_list(fixture->session, NULL, FALSE, NULL, 999, &error)));
    assert_true(clients->len > 100);
    for (guint i = 0; i < clients->len; i++)
        assert_keeps_quiet(text, ((const ClientRow *)clients->pdata[i])->name);
}

static void everything_for_the_meeting_is_on_it(void **state)
{
    const Fixture *fixture = *state;
    Session *session = fixture->session;
    i18n_init("en");
    g_autoptr(TableImport) import = open_path(fixture, TRUE_FILE);
    run(import, FALSE);
    const Date today = clock_today();
    const gint64 work = add_work(session);
    add_cycle(session, work, "Ringa dagen innan", date_parse("2026-08-20"), "Färre avbokar.",
              "Behåll.");
    add_cycle(session, work, "Kortare besök", today - 5, "Fler orkar.", NULL);
    add_cycle(session, work, "Promenad", today + 7, "Det är lättare ute.", NULL);
    const gint64 quote = quote_of(session, WORDS);

    g_autofree char *text = written(fixture, 0, DATE_NONE);
    const char *const wanted[] = {
        "Fler besök blir av",
        "Att fler får stöd.",
        "The target is 12.0 %.",
        "target 12.0 %", /* beside its line */
        "The median of 26 weeks",
        "Causes, the last two weeks beside the two before",
        "(before ",
        /* The sample says what was done in another form, and offered nothing. */
        "Support in another form, the last two weeks beside the two before",
        "became support in another form",
        "another form was offered for",
        WORDS,
        "Kortare besök, small test",
        "Fler orkar.",
        "What happened is not written yet.",
        "The next test",
        "Promenad, from ",
        "Det är lättare ute.",
        "How it is counted",
        "Page 1 of ",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++)
        assert_says(text, wanted[i]);
    no_name_is_on_it(fixture, text);
    /* Ended before the last meeting: it stands on the line, and nowhere else. */
    assert_keeps_quiet(text, "Färre avbokar.");
    g_autofree char *longer = written(fixture, work, date_parse("2026-08-01"));
    assert_says(longer, "Färre avbokar.");

    assert_ok(quote_withdraw(session, quote, &error));
    g_autofree char *after = written(fixture, work, DATE_NONE);
    assert_keeps_quiet(after, WORDS);
    assert_says(after, "Nobody's words are to be shown this time.");
    assert_int_equal(fixture_int(session, "SELECT count(*) FROM audit WHERE action = 'export'"
                                          " AND entity = 'quote' AND client_id <> 0"),
                     2);
    assert_int_equal(fixture_int(session, "SELECT count(*) FROM audit WHERE action = 'export'"
                                          " AND entity = 'improvement'"),
                     3);
}

/* A unit with nothing in it but the work has a page that says what to agree on. */
static void an_empty_unit_has_a_page(void **state)
{
    const Fixture *fixture = *state;
    i18n_init("en");
    g_autoptr(GError) error = NULL;
    assert_null(meeting_paper_new(fixture->session, 0, DATE_NONE, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_NOT_FOUND));
    const gint64 work = add_work(fixture->session);
    g_autofree char *text = written(fixture, work, DATE_NONE);
    assert_says(text, "No causes are recorded.");
    assert_says(text, "Nothing has been tried since then.");
    assert_says(text, "It is not planned yet: agree on it.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IMPORT_TEST(everything_for_the_meeting_is_on_it),
        IMPORT_TEST(an_empty_unit_has_a_page),
    };
    return cmocka_run_group_tests_name("exchange/meeting_pdf", tests, NULL, NULL);
}
