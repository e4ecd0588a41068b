/* D8: room is used. A wide window shows what a narrow one must leave out. */
#include "care/client/client.h"
#include "care/client/client_guard.h"
#include "care/visit/visit_list.h"
#include "care/visit/visit_record.h"
#include "tests/screen/fixture.h"

#define CARD(number) PRESS_F3 number PRESS_DOWN PRESS_ENTER

/* What stands to the right of the rule; NULL: no rule in that row. */
static const char *beside(Harness *harness, int row)
{
    const char *rule = strstr(harness_row(harness, row), " │ ");
    return rule != NULL ? rule + strlen(" │ ") : NULL;
}

/* All of it, in one line with a blank between words. New. */
static char *all_beside(Harness *harness, int rows)
{
    GString *text = g_string_new(NULL);
    for (int row = 0; row < rows; row++) {
        const char *part = beside(harness, row);
        while (part != NULL && *part == ' ')
            part++;
        if (part != NULL && *part != '\0')
            g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "", part);
    }
    return g_string_free(text, FALSE);
}

static void assert_beside(Harness *harness, int rows, const char *text)
{
    g_autofree char *all = all_beside(harness, rows);
    if (strstr(all, text) == NULL) {
        g_autofree char *dump = harness_dump(harness);
        fail_msg("\"%s\" is not in \"%s\":\n%s", text, all, dump);
    }
}

/* D8: the row that the cursor is on stands whole beside the list. */
static void d8_every_list_has_its_row_beside_it(void **unused)
{
    (void)unused;
    static const struct {
        const char *login, *keys, *beside;
    } LISTS[] = {
        {"stod", "1", "Maria Bäckman, 39 år"},
        {"led", "1v", "Planerat"},
        {"led", "3" PRESS_ENTER, "Annika Hägg, 50 år"},
        {"led", PRESS_F3 "bäckman" PRESS_DOWN, "Maria Bäckman"},
        {"led", "4", "Senast "},
        {"hand", "6", "Påbörjat av Karin Novak."},
        {"hand", CARD("B2001") "k", "Placeringen pågår."},
        {"hand", CARD("B2001") "ki" PRESS_DOWN, "Placeringar"},
    };
    char *folder = fixture_folder();
    for (gsize i = 0; i < G_N_ELEMENTS(LISTS); i++) {
        Harness *harness =
            fixture_open(folder, LISTS[i].login, &(HarnessOptions){.rows = 43, .columns = 132});
        harness_keys(harness, LISTS[i].keys);
        assert_beside(harness, 43, LISTS[i].beside);
        harness_resize(harness, 24, FIXTURE_ALONE + 1);
        assert_beside(harness, 24, LISTS[i].beside);
        harness_resize(harness, 24, FIXTURE_ALONE);
        g_autofree char *none = all_beside(harness, 24);
        assert_string_equal(none, "");
        harness_stop(harness);
    }
    harness_folder_remove(folder);
}

/* The number of a client whose card the login may not open. New. */
static char *closed_number(const char *folder, const char *login)
{
    Session *lead = fixture_session(folder, "led");
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) rows = client_list(lead, NULL, FALSE, NULL, 1000, &error);
    g_assert_no_error(error);
    session_close(lead);
    Session *session = fixture_session(folder, login);
    char *number = NULL;
    for (guint i = 0; i < rows->len && number == NULL; i++) {
        const ClientRow *row = rows->pdata[i];
        if (row->protection != PROTECTION_NONE && !client_may_open(session, row->id))
            number = g_strdup(row->number);
    }
    g_clear_pointer(&rows, g_ptr_array_unref);
    session_close(session);
    assert_non_null(number);
    return number;
}

/* D8: of a client with protected identity no more is said beside the list than in it. */
static void d8_protected_stays_protected(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    g_autofree char *number = closed_number(folder, "stod");
    Harness *harness = fixture_open(folder, "stod", &(HarnessOptions){.rows = 43, .columns = 132});
    harness_keys(harness, PRESS_F3);
    harness_keys(harness, number);
    harness_keys(harness, PRESS_DOWN PRESS_F11);
    assert_beside(harness, 43, number);
    assert_beside(harness, 43, "skyddad");
    g_autofree char *all = all_beside(harness, 43);
    assert_null(strstr(all, "Ålder"));
    assert_null(strstr(all, "Personnummer"));
    harness_stop(harness);
    harness_folder_remove(folder);
}

#define LONG_WORDS                                                                                   \
    "Jag sov inte alls i natt och grannen borrade hela morgonen, så jag orkar inte ta emot någon " \
    "hemma, men en promenad på onsdag när det är lugnt vid sjön vill jag gärna ta."

/* The first of one's own visits today, cancelled; what was offered is a call on another day. */
static void cancel_first(const char *folder, const char *words, gboolean carried_out)
{
    Session *session = fixture_session(folder, "stod");
    g_autoptr(GError) error = NULL;
    VisitQuery query = {.from = date_parse("2026-11-23"),
                        .to = date_parse("2026-11-23"),
                        .staff_id = session_staff_id(session),
                        .outcome = -1};
    g_autoptr(GPtrArray) visits = visit_list(session, &query, NULL, 1, &error);
    g_assert_no_error(error);
    const Visit *visit = visits->pdata[0];
    VisitOutcome what, done;
    visit_outcome_init(&what);
    visit_outcome_init(&done);
    what.outcome = OUTCOME_CANCELLED;
    what.cause = (char *)"MÅ";
    what.words = (char *)words;
    what.alternative = OFFER_WALK;
    what.alternative_taken = 1;
    done.outcome = OUTCOME_DONE;
    VisitTimes times = VISIT_TIMES_NONE;
    times.instead = (NewTime){.date = date_parse("2026-11-25"), .start = 600, .minutes = 30};
    if (!visit_record(session, visit->id, visit->version, &what, &times, NULL, &error))
        fail_msg("%s", error->message);
    query.from = query.to = date_parse("2026-11-25");
    g_autoptr(GPtrArray) later = visit_list(session, &query, NULL, 50, &error);
    g_assert_no_error(error);
    for (guint i = 0; carried_out && i < later->len; i++) {
        const Visit *walk = later->pdata[i];
        if (walk->origin_id == visit->id &&
            !visit_record(session, walk->id, walk->version, &done, &VISIT_TIMES_NONE, NULL, &error))
            fail_msg("%s", error->message);
    }
    session_close(session);
}

/* D8: long words stand there to their end. */
static void d8_own_words_are_whole(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    cancel_first(folder, LONG_WORDS, FALSE);
    Harness *harness = fixture_open(folder, "stod", &(HarnessOptions){.rows = 43, .columns = 132});
    harness_keys(harness, PRESS_HOME);
    fixture_caret_on(harness, "Avbokat");
    assert_beside(harness, 43, "orkar inte ta emot");
    assert_beside(harness, 43, "gärna ta.”");
    /* Where they have no room it is seen that there is more. */
    harness_resize(harness, 20, 60);
    fixture_sees(harness, "[Blanksteg] mer");
    assert_false(harness_text_contains(harness, "gärna ta.”"));
    for (int i = 0; i < 3 && !harness_text_contains(harness, "gärna ta.”"); i++)
        harness_keys(harness, " ");
    fixture_sees(harness, "gärna ta.”");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* D8: an alternative on another day is told where the visit it came in place of stands. */
static void d8_an_alternative_on_another_day_is_told(void **unused)
{
    (void)unused;
    for (int carried_out = 0; carried_out < 2; carried_out++) {
        char *folder = fixture_folder();
        cancel_first(folder, NULL, carried_out);
        Harness *harness =
            fixture_open(folder, "stod", &(HarnessOptions){.rows = 43, .columns = 132});
        harness_keys(harness, PRESS_HOME);
        assert_beside(harness, 43,
                      carried_out ? "en promenad: tackade ja, blev av 25/11"
                                  : "en promenad: tackade ja, 25/11 10:00");
        harness_resize(harness, 24, 80);
        fixture_sees(harness, carried_out ? "en promenad: tackade ja, blev av 25/11"
                                          : "en promenad: tackade ja, 25/11 10:00");
        harness_stop(harness);
        harness_folder_remove(folder);
    }
}

/* D8: what the window has more of the chart gets. */
static void d8_the_chart_grows_with_the_window(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", &(HarnessOptions){.rows = 43, .columns = 132});
    harness_keys(harness, "3");
    const int axis = harness_find(harness, "└");
    assert_in_range(harness_find(harness, "Annan vårdtid"), 38, 40); /* the last of the causes */
    fixture_sees(harness, "v Linje"); /* which has its own screen, with more in it */
    harness_resize(harness, 60, 132);
    assert_int_equal(harness_find(harness, "└"), axis + 17);
    harness_resize(harness, 24, 80);
    fixture_sees(harness, "v Linje");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* D8: what the yellow bar means takes no row from the causes. */
static void d8_the_legend_takes_no_row(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    harness_keys(harness, "3");
    const int causes = harness_find(harness, "Orsaker, andelar av");
    fixture_sees(harness, "█ Enhetens egen orsak");
    assert_int_equal(harness_find(harness, "Mår dåligt psykiskt"), causes + 1);
    assert_int_equal(harness_find(harness, "█ Enhetens egen orsak"), causes - 1);
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(d8_every_list_has_its_row_beside_it),
        cmocka_unit_test(d8_protected_stays_protected),
        cmocka_unit_test(d8_own_words_are_whole),
        cmocka_unit_test(d8_an_alternative_on_another_day_is_told),
        cmocka_unit_test(d8_the_chart_grows_with_the_window),
        cmocka_unit_test(d8_the_legend_takes_no_row),
    };
    return cmocka_run_group_tests_name("room", tests, fixture_make, fixture_remove);
}
