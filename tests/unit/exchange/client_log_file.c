/* client_log_file.c: the log of one client as a file for whoever asks: all of it, by role, nobody named; and
 * the code of the whole log on a page of its own. */
#include "exchange/client_log_file.h"

#include "care/client/client.h"
#include "care/client/client_guard.h"
#include "care/client/dispute.h"
#include "care/unit/audit_head.h"
#include "care/unit/session_private.h"
#include "exchange/head_pdf.h"
#include "tests/unit/care/fixture.h"
#include "tests/unit/exchange/fixture_paper.h"

#define STAFF "Harriet Handläggare"

typedef struct {
    Fixture unit;
    gint64 client;
} Logged;

static int setup(void **state)
{
    Logged *logged = g_new0(Logged, 1);
    fixture_start(&logged->unit);
    fixture_make_anew(&logged->unit, ROLE_TEAM_LEAD);
    use_build_share();
    g_autoptr(Client) client = client_new();
    client->name = g_strdup("Emil Ärlig");
    client->number = g_strdup("B1");
    client->birth_date = date_parse("1999-09-14");
    assert_ok(client_add(logged->unit.session, client, &error));
    logged->client = client->id;
    client->phone = g_strdup("070-174 06 35");
    assert_ok(client_change(logged->unit.session, client, &error));
    assert_ok(db_run(session_db(logged->unit.session), "UPDATE staff SET name = :name",
                     DB_PARAMS(DB_TEXT("name", STAFF)), &error));
    *state = logged;
    return 0;
}

static int teardown(void **state)
{
    Logged *logged = *state;
    fixture_end(&logged->unit);
    g_free(logged);
    return 0;
}
#define LOG_TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

/* The text of the file; what was written stands in the log by then. New. */
static char *file_of(const Logged *logged, const char *name)
{
    g_autofree char *path = g_build_filename(logged->unit.folder, name, NULL);
    char *text = NULL;
    int entries = 0;
    assert_ok(client_log_write(logged->unit.session, logged->client, path, &entries, &error));
    g_autoptr(GPtrArray) events = client_history(logged->unit.session, logged->client, 99, NULL);
    assert_int_equal(entries, events->len);
    assert_string_equal(((const ClientEvent *)events->pdata[0])->action,
                        "skrev vem som har läst eller ändrat vad till en fil");
    assert_fails(client_log_write(logged->unit.session, logged->client, path, &entries, &error),
                 ERROR_EXISTS);
    if (g_str_has_suffix(name, ".pdf"))
        text = text_of_file(path);
    else
        assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_unlink(path);
    return text;
}

static void all_of_it_and_nobody_is_named(void **state)
{
    static const char *const NAMES[] = {"logg.pdf", "logg.csv", "logg.json"};
    for (gsize i = 0; i < G_N_ELEMENTS(NAMES); i++) {
        g_autofree char *text = file_of(*state, NAMES[i]);
        assert_says(text, "gruppledare");
        assert_says(text, "lade till brukaren");
        assert_says(text, "ändrade kortet");
        assert_says(text, "telefon");
        assert_says(text, "till en fil");
        assert_keeps_quiet(text, "Harriet");
        assert_keeps_quiet(text, "070-174");
    }
}

/* What was typed of others is nobody's to hand out. */
static void what_was_typed_stays_out(void **state)
{
    const Logged *logged = *state;
    g_autoptr(Dispute) said = dispute_new();
    said->client_id = logged->client;
    said->about = DISPUTE_OTHER;
    said->entry = g_strdup("vad grannen Sune sade");
    said->words = g_strdup("Det stämmer inte.");
    said->said_on = clock_today();
    assert_ok(dispute_add(logged->unit.session, said, &error));
    g_autofree char *text = file_of(*state, "logg.json");
    assert_says(text, "säger att något är fel");
    assert_keeps_quiet(text, "Sune");
}

static void of_a_demo_it_says_so(void **state)
{
    Logged *logged = *state;
    logged->unit.session->demo = TRUE;
    g_autofree char *text = file_of(*state, "logg.pdf");
    assert_says(text, "Det här är en demo.");
}

static void only_who_may_open_the_card(void **state)
{
    Logged *logged = *state;
    g_autofree char *path = g_build_filename(logged->unit.folder, "logg.pdf", NULL);
    int entries = 0;
    assert_fails(client_log_write(logged->unit.session, logged->client, "logg.txt", &entries, &error),
                 ERROR_INPUT);
    fixture_user(&logged->unit, "stod", ROLE_SUPPORT_WORKER);
    Session *worker = fixture_open(&logged->unit, "stod");
    assert_fails(client_log_write(worker, logged->client, path, &entries, &error), ERROR_DENIED);
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    session_close(worker);
}

/* What stands on the page is what the log has from then on. */
static void the_code_stands_alone_on_a_page(void **state)
{
    Logged *logged = *state;
    g_autofree char *path = g_build_filename(logged->unit.folder, "kod.pdf", NULL);
    g_autofree char *code = NULL, *none = NULL;
    gint64 later = -1;
    assert_ok(head_paper_write(logged->unit.session, path, &code, &error));
    g_autofree char *text = text_of_file(path);
    assert_says(text, code);
    assert_says(text, "Loggens kod");
    assert_keeps_quiet(text, "Emil");
    assert_int_equal(pages_of_file(path), 1);
    assert_ok(audit_holds(logged->unit.session, code, &later, &error));
    assert_int_equal(later, 0);
    assert_fails(head_paper_write(logged->unit.session, path, &none, &error), ERROR_EXISTS);
    assert_null(none);
    fixture_user(&logged->unit, "stod", ROLE_SUPPORT_WORKER);
    Session *worker = fixture_open(&logged->unit, "stod");
    g_unlink(path);
    assert_fails(head_paper_write(worker, path, &none, &error), ERROR_DENIED);
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    session_close(worker);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        LOG_TEST(all_of_it_and_nobody_is_named),
        LOG_TEST(what_was_typed_stays_out),
        LOG_TEST(of_a_demo_it_says_so),
        LOG_TEST(only_who_may_open_the_card),
        LOG_TEST(the_code_stands_alone_on_a_page),
    };
    return cmocka_run_group_tests_name("client_log_file", tests, NULL, NULL);
}
