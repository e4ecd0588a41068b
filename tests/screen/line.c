/* The line of weeks and the improvement work: read to the point, by arrows alone, and written by a
 * team lead. */
#include "care/improvement/cycle.h"
#include "care/improvement/improvement.h"
#include "care/improvement/week_note.h"
#include "tests/screen/fixture_kill.h"

#define UNTIL 202647

static void show(Harness *harness, const char *language)
{
    harness_keys(harness, "3v");
    fixture_goldens(harness, "line", language);
    harness_keys(harness, "v" PRESS_LEFT PRESS_LEFT);
    fixture_goldens(harness, "line-p", language);
    harness_keys(harness, "pp");
    fixture_goldens(harness, "line-104", language);
    harness_keys(harness, "f");
    fixture_goldens(harness, "improvements", language);
    harness_keys(harness, PRESS_ENTER);
    fixture_goldens(harness, "improvement", language);
    harness_keys(harness, PRESS_ENTER);
    fixture_goldens(harness, "cycle-edit", language);
    harness_keys(harness, PRESS_ESCAPE "e");
    fixture_goldens(harness, "improvement-edit", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    fixture_in_both("led", NULL, show);
}

static void show_plain(Harness *harness, const char *language)
{
    harness_keys(harness, "3vv");
    fixture_goldens(harness, "line-no-color", language);
}

static void without_colours(void **unused)
{
    (void)unused;
    fixture_in_both("led", &(HarnessOptions){.no_color = TRUE}, show_plain);
}

/* Each week is told in a sentence as the cursor comes to it, and a step is cheap. */
static void each_week_is_read(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    gsize most = 0;
    harness_keys(harness, "3vv");
    fixture_sees(harness, "Vecka 47: 14,0 %, 67 av 480 besök. Gränser ");
    for (int i = 0; i < 11; i++) {
        harness_keys(harness, PRESS_LEFT);
        most = MAX(most, harness_bytes(harness));
    }
    fixture_sees(harness, "Vecka 36: ");
    fixture_sees(harness, "En ändring börjar:");
    if (most > FIXTURE_STEP_ABOVE)
        fail_msg("A step took %zu bytes.", most);
    harness_keys(harness, PRESS_HOME);
    fixture_sees(harness, "Vecka 22: ");
    harness_keys(harness, PRESS_LEFT);
    fixture_sees(harness, "Det här är linjens första vecka.");
    harness_keys(harness, PRESS_END PRESS_RIGHT);
    fixture_sees(harness, "Det här är linjens sista vecka.");
    harness_keys(harness, "p");
    fixture_sees(harness, "vecka 48 2025–47 2026, p-diagram");
    harness_keys(harness, "pv");
    fixture_sees(harness, "vecka 48 2024–47 2026, seriediagram");
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "Uteblivna: 6"); /* those not taken alone, of 480 */
    fixture_sees(harness, "besök. Vecka 47");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* The five ways of looking at the week stand beside each other: one key from any of them to any
 * other, the weeks chosen stay, and the week's review lies under each. */
static void each_way_is_one_key_from_each(void **unused)
{
    (void)unused;
    static const struct {
        const char *key, *shown;
    } WAYS[] = {{"r", "[Orsaker]"},
                {"i", "[I stället]"},
                {"t", "[Vem och när]"},
                {"g", "[Grupper]"},
                {"v", "[Linje]"}};
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    for (gsize from = 0; from < G_N_ELEMENTS(WAYS); from++)
        for (gsize to = 0; to < G_N_ELEMENTS(WAYS); to++) {
            if (from == to)
                continue;
            harness_keys(harness, "3");
            harness_keys(harness, WAYS[from].key);
            fixture_sees(harness, WAYS[from].shown);
            harness_keys(harness, WAYS[to].key);
            fixture_sees(harness, WAYS[to].shown);
            harness_keys(harness, PRESS_ESCAPE);
            fixture_sees(harness, "Andel som inte blev av: ");
        }
    harness_keys(harness, "rdv40-v45" PRESS_ENTER "v");
    fixture_sees(harness, "vecka 20–45, seriediagram");
    harness_keys(harness, "t");
    fixture_sees(harness, "2026-W40 till 2026-W45");
    harness_stop(harness);
    harness_folder_remove(folder);
}

static void a_note_is_kept_and_taken_away(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    harness_keys(harness, "3v" PRESS_LEFT "nInfluensa i huset" PRESS_CTRL_S);
    fixture_sees(harness, "Anteckningen är sparad.");
    fixture_sees(harness, "Anteckning: Influensa i huset");
    {
        g_autoptr(Session) session = fixture_session(folder, "stod");
        g_autoptr(GPtrArray) notes = week_note_list(session, UNTIL - 1, UNTIL, NULL);
        assert_int_equal(notes->len, 1);
        const WeekNote *note = notes->pdata[0];
        assert_int_equal(note->week, UNTIL - 1);
        assert_string_equal(note->words, "Influensa i huset");
    }
    harness_keys(harness, "n" PRESS_CTRL_U PRESS_CTRL_S);
    assert_false(harness_text_contains(harness, "Influensa"));
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* Nothing typed is ever lost: not in a note on a week either, whatever ends the program; what is
 * kept and what is not is told as the keys go. */
static void a_killed_note_is_offered_again(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    harness_keys(harness, "3vnInfluensa i huset");
    fixture_sees(harness, "Inte sparat än.");
    fixture_kill_when_kept(harness, folder, "led", "Influensa i huset");

    harness = fixture_open(folder, "led", NULL);
    harness_keys(harness, "3vn");
    fixture_sees(harness, "och hade inte sparat");
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "Influensa i huset");
    harness_keys(harness, " och snö" PRESS_CTRL_S);
    fixture_sees(harness, "Anteckning: Influensa i huset och snö");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* Another wrote on the same week meanwhile: what was typed stays to be saved again. */
static void a_note_is_not_written_over(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    harness_keys(harness, "3vnMin");
    {
        g_autoptr(Session) session = fixture_session(folder, "led");
        assert_true(week_note_save(session, UNTIL, NULL, "Den andras", NULL));
    }
    harness_keys(harness, PRESS_CTRL_S);
    fixture_sees(harness, "har ändrat det här medan du hade det öppet.");
    fixture_sees(harness, "Den andra sparade: Den andras");
    fixture_sees(harness, "Min");
    harness_keys(harness, PRESS_CTRL_S);
    fixture_sees(harness, "Anteckning: Min");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* Written down, left, taken up again as a draft, saved; then a change in it, which stands on the
 * line. */
static void a_work_and_a_change_are_written(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    harness_keys(harness, "3fnKortare besök" PRESS_ESCAPE);
    harness_keys(harness, "n" PRESS_ENTER);
    fixture_sees(harness, "Kortare besök");
    harness_keys(harness, PRESS_TAB PRESS_TAB PRESS_TAB "mycket" PRESS_CTRL_S);
    fixture_sees(harness, "Ett tal från 0 till 100, eller ingenting.");
    harness_keys(harness, PRESS_CTRL_U "9,5" PRESS_CTRL_S);
    fixture_sees(harness, "högst 9,5 % som inte blir av");
    harness_keys(harness,
                 "n"
                 "En halvtimme" PRESS_BACK_TAB "t" PRESS_TAB PRESS_CTRL_U "2/11" PRESS_TAB "n"
                 "Fler orkar." PRESS_CTRL_S);
    fixture_sees(harness, "Sparat.");
    fixture_sees(harness, "En halvtimme");
    {
        g_autoptr(Session) session = fixture_session(folder, "stod");
        g_autoptr(GPtrArray) works = improvement_list(session, NULL);
        assert_int_equal(works->len, 2);
        const Improvement *work = works->pdata[0];
        assert_string_equal(work->name, "Kortare besök");
        assert_int_equal(work->target, 95);
        g_autoptr(GPtrArray) cycles = cycle_list(session, work->id, NULL);
        assert_int_equal(cycles->len, 1);
        const Cycle *cycle = cycles->pdata[0];
        assert_int_equal(cycle->kind, CYCLE_TEST);
        assert_int_equal(cycle->from, date_parse("2026-11-02"));
        assert_false(cycle->rebase);
        assert_string_equal(cycle->prediction, "Fler orkar.");
    }
    harness_keys(harness, "3v");
    fixture_sees(harness, "En halvtimme");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* The page for the meeting is a file of its own, and the log knows of it. */
static void the_page_for_the_meeting_is_written(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    g_autofree char *path = g_build_filename(folder, "meeting.pdf", NULL);
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, "3f" PRESS_ENTER "p");
    fixture_sees(harness, "Var ska papperet ligga?");
    harness_keys(harness, PRESS_CTRL_U);
    harness_keys(harness, path);
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "Papperet ligger i ");
    assert_true(g_file_test(path, G_FILE_TEST_IS_REGULAR));
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* Everybody reads it all; who does not write it is told who does. */
static void others_read(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", &(HarnessOptions){.rows = 20, .columns = 60});
    harness_keys(harness, "3vn");
    fixture_sees(harness, "Förbättringsarbeten och an");
    harness_keys(harness, "f" PRESS_ENTER PRESS_ENTER);
    fixture_sees(harness, "Vad vi tror: De som mår dåligt avbokar mindre");
    harness_keys(harness, PRESS_ESCAPE "n");
    fixture_sees(harness, "Förbättringsarbeten och an");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* What a box has no room for is gone through, and is closed by another key. */
static void long_words_are_gone_through(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    harness_keys(harness, "3f" PRESS_ENTER PRESS_ENTER PRESS_TAB PRESS_TAB PRESS_TAB PRESS_CTRL_U);
    harness_paste(harness, "Rad 1\nRad 2\nRad 3\nRad 4\nRad 5\nRad 6\nRad 7\nRad 8\nRad 9\n"
                           "Rad 10\nRad 11\nRad 12\nRad 13\nRad 14");
    harness_keys(harness, PRESS_CTRL_S);
    harness_stop(harness);
    harness = fixture_open(folder, "stod", &(HarnessOptions){.rows = 20, .columns = 60});
    harness_keys(harness, "3f" PRESS_ENTER PRESS_ENTER);
    fixture_sees(harness, "Vad vi tror: Rad 1");
    fixture_sees(harness, "Det finns mer nedanför: PgDn.");
    assert_false(harness_text_contains(harness, "Rad 14"));
    harness_golden(harness, "dialog-long-sv-60x20");
    harness_keys(harness, PRESS_PAGE_DOWN PRESS_PAGE_DOWN);
    fixture_sees(harness, "Rad 14");
    fixture_sees(harness, "ett samtal.");
    fixture_sees(harness, "Tryck en tangent för att fortsätta.");
    harness_keys(harness, PRESS_UP PRESS_UP);
    fixture_sees(harness, "Det finns mer nedanför: PgDn.");
    harness_keys(harness, PRESS_ENTER);
    assert_false(harness_text_contains(harness, "PgDn"));
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(without_colours),
        cmocka_unit_test(each_week_is_read),
        cmocka_unit_test(each_way_is_one_key_from_each),
        cmocka_unit_test(a_note_is_kept_and_taken_away),
        cmocka_unit_test(a_killed_note_is_offered_again),
        cmocka_unit_test(a_note_is_not_written_over),
        cmocka_unit_test(a_work_and_a_change_are_written),
        cmocka_unit_test(the_page_for_the_meeting_is_written),
        cmocka_unit_test(others_read),
        cmocka_unit_test(long_words_are_gone_through),
    };
    return cmocka_run_group_tests_name("line", tests, fixture_make, fixture_remove);
}
