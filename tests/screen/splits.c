/* The week split every way, and the groups of clients. */
#include "care/client/client.h"
#include "care/client/group.h"
#include "care/visit/visit_list.h"
#include "stats/breakdown.h"
#include "tests/screen/fixture.h"

/* The first `count` clients of the list are in a group from the beginning of the year. */
static gint64 make_group(Session *session, const char *name, int count)
{
    g_autoptr(GError) error = NULL;
    gint64 group = 0;
    g_autoptr(GPtrArray) clients = client_list(session, NULL, FALSE, NULL, count, &error);
    g_assert_no_error(error);
    assert_true(group_add(session, name, &group, &error));
    for (guint i = 0; i < clients->len; i++)
        if (!group_member_add(session, group, ((const ClientRow *)clients->pdata[i])->id,
                              date_parse("2026-01-01"), DATE_NONE, &error))
            fail_msg("%s", error->message);
    return group;
}

static char *folder_with_groups(void)
{
    char *folder = fixture_folder();
    g_autoptr(Session) session = fixture_session(folder, "led");
    make_group(session, "Nytt arbetssätt", 25);
    make_group(session, "Två frågor", 3);
    return folder;
}

static void in_both(const char *login, const HarnessOptions *options,
                    void (*show)(Harness *, const char *))
{
    static const char *const LANGUAGES[] = {"sv", "en"};
    for (gsize i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        char *folder = folder_with_groups();
        HarnessOptions own = options != NULL ? *options : (HarnessOptions){0};
        own.language = LANGUAGES[i];
        Harness *harness = fixture_open(folder, login, &own);
        show(harness, LANGUAGES[i]);
        harness_stop(harness);
        harness_folder_remove(folder);
    }
}

static void show(Harness *harness, const char *language)
{
    harness_keys(harness, "3r");
    fixture_goldens(harness, "splits-causes", language);
    harness_keys(harness, "i");
    fixture_goldens(harness, "splits-instead", language);
    harness_keys(harness, "t");
    fixture_goldens(harness, "splits-who", language);
    harness_keys(harness, "g");
    fixture_goldens(harness, "groups", language);
    harness_keys(harness, "m");
    fixture_goldens(harness, "group", language);
    harness_keys(harness, "n");
    fixture_goldens(harness, "member-edit", language);
    harness_keys(harness, PRESS_ESCAPE PRESS_ESCAPE "e");
    fixture_goldens(harness, "group-edit", language);
    harness_keys(harness, PRESS_ESCAPE "ru2"); /* the first of them */
    fixture_goldens(harness, "splits-group", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    in_both("led", NULL, show);
}

static void show_plain(Harness *harness, const char *language)
{
    harness_keys(harness, "3i");
    fixture_goldens(harness, "splits-no-color", language);
}

static void without_colours(void **unused)
{
    (void)unused;
    in_both("led", &(HarnessOptions){.no_color = TRUE}, show_plain);
}

/* How many visits the screen of those behind a figure tells of, also the closed ones. */
static int visits_told(Harness *harness)
{
    int told = 0;
    for (int row = 0; row < 43; row++) {
        const char *text = harness_row(harness, row);
        const char *listed = strstr(text, " besök. 2026-");
        while (listed != NULL && listed > text && g_ascii_isdigit(listed[-1]))
            listed--;
        if (listed != NULL)
            told += atoi(listed);
        if (strstr(text, " besök till syns") != NULL)
            told += atoi(text + strspn(text, " "));
    }
    return told;
}

/* The row that the caret is on has this figure in the first column after its label. */
static int figure_here(Harness *harness, int column)
{
    int row, unused;
    harness_cursor(harness, &row, &unused);
    g_autofree char *cells = g_utf8_substring(harness_row(harness, row), column, column + 9);
    return atoi(g_strstrip(cells));
}

#define LABEL 47 /* margin, mark and label in a wide window */

/* Each number opens the visits behind it: as many. */
static void each_number_opens_its_visits(void **unused)
{
    (void)unused;
    char *folder = folder_with_groups();
    Harness *harness = fixture_open(folder, "led", &(HarnessOptions){.rows = 43, .columns = 132});
    int opened = 0;
    harness_keys(harness, "3t");
    for (int i = 0; i < 34; i++) {
        int row, column;
        harness_cursor(harness, &row, &column);
        const int figure = figure_here(harness, LABEL);
        if (figure > 0) {
            harness_keys(harness, PRESS_ENTER);
            if (visits_told(harness) != figure) {
                g_autofree char *dump = harness_dump(harness);
                fail_msg("%d visits, not %d:\n%s", visits_told(harness), figure, dump);
            }
            harness_keys(harness, PRESS_ESCAPE);
            opened++;
        }
        harness_keys(harness, PRESS_DOWN);
    }
    assert_in_range(opened, 20, 34);
    /* Those who were unwell: offered, taken, and what took place. */
    harness_keys(harness, "i" PRESS_DOWN PRESS_DOWN);
    fixture_caret_on(harness, "Mår dåligt psykiskt");
    for (int figure = 1; figure < 4; figure++) {
        const int expected = figure_here(harness, LABEL + 9 * figure);
        g_autofree char *keys = g_strdup_printf(PRESS_ENTER "%d", figure + 1);
        assert_true(expected > 0);
        harness_keys(harness, keys);
        fixture_sees(harness, "Orsak: Mår dåligt psykiskt.");
        assert_int_equal(visits_told(harness), expected);
        harness_keys(harness, PRESS_ESCAPE);
    }
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* Any weeks beside any others; what is not understood stays to be mended. */
static void any_two_periods(void **unused)
{
    (void)unused;
    char *folder = folder_with_groups();
    Harness *harness = fixture_open(folder, "led", &(HarnessOptions){.rows = 43, .columns = 132});
    harness_keys(harness, "3t");
    fixture_sees(harness, "Vecka 2026-W44 till 2026-W47, bredvid vecka 2026-W40 till 2026-W43");
    harness_keys(harness, PRESS_LEFT);
    fixture_sees(harness, "Vecka 2026-W40 till 2026-W43, bredvid vecka 2026-W36 till 2026-W39");
    harness_keys(harness, PRESS_RIGHT "p");
    fixture_sees(harness, "Vecka 2026-W35 till 2026-W47, bredvid vecka 2026-W22 till 2026-W34");
    harness_keys(harness, "dv40-soon" PRESS_ENTER);
    fixture_sees(harness, "Det gick inte att förstå som veckor.");
    fixture_sees(harness, "v40-soon");
    harness_keys(harness, PRESS_CTRL_U "v40-v41" PRESS_ENTER);
    fixture_sees(harness, "Vecka 2026-W40 till 2026-W41, bredvid vecka 2026-W38 till 2026-W39");
    harness_keys(harness, "b22026-W20 2026-W23" PRESS_ENTER);
    fixture_sees(harness, "Vecka 2026-W40 till 2026-W41, bredvid vecka 2026-W20 till 2026-W23");
    harness_keys(harness, "r");
    fixture_sees(harness, "bredvid vecka 2026-W20 till 2026-W23");
    harness_keys(harness, "b1");
    fixture_sees(harness, "bredvid vecka 2026-W38 till 2026-W39");
    harness_keys(harness, "v");
    fixture_sees(harness, "–41, seriediagram");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* A group beside the rest: the same numbers as of breakdown_new(); of few persons nothing. */
static void a_group_beside_the_rest(void **unused)
{
    (void)unused;
    char *folder = folder_with_groups();
    g_autofree char *members = NULL, *rest = NULL;
    {
        g_autoptr(Session) session = fixture_session(folder, "led");
        gint64 group = 0;
        assert_true(group_find(session, "nytt arbetssätt", &group, NULL));
        g_autoptr(Breakdown) in =
            breakdown_new(session, &(BreakdownQuery){.from = 202644, .to = 202647, .group_id = group}, NULL);
        g_autoptr(Breakdown) out =
            breakdown_new(session, &(BreakdownQuery){.from = 202644, .to = 202647, .group_id = group, .rest = TRUE}, NULL);
        assert_true(in->all.missed > 0 && out->all.missed > in->all.missed);
        members = g_strdup_printf("%d", (int)in->all.missed);
        rest = g_strdup_printf("%.1f %%", 100 * breakdown_rate(out, &out->all));
    }
    g_strdelimit(rest, ".", ',');
    Harness *harness = fixture_open(folder, "led", &(HarnessOptions){.rows = 43, .columns = 132});
    harness_keys(harness, "3g");
    fixture_caret_on(harness, "Nytt arbetssätt");
    fixture_caret_on(harness, members);
    fixture_caret_on(harness, rest);
    harness_keys(harness, PRESS_ENTER);
    assert_int_equal(visits_told(harness), atoi(members));
    harness_keys(harness, PRESS_ESCAPE PRESS_END);
    fixture_caret_on(harness, "visas inte: få personer");
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "de skulle berätta om få personer");
    harness_keys(harness, "tu2");
    fixture_sees(harness, "gruppen Nytt arbetssätt, bredvid resten av enheten");
    fixture_caret_on(harness, rest);
    harness_keys(harness, "r"); /* of single causes too, and nothing week by week */
    fixture_sees(harness, "gruppen Nytt arbetssätt, bredvid resten av enheten");
    fixture_sees(harness, "visas inte: få personer");
    assert_false(harness_text_contains(harness, "v46"));
    harness_keys(harness, "u5");
    fixture_sees(harness, "färre än 5 personer");
    harness_keys(harness, "u1");
    fixture_sees(harness, "bredvid vecka 2026-W40 till 2026-W43");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* The demo has two. */
static char *folder_without_groups(void)
{
    char *folder = fixture_folder();
    g_autoptr(Session) session = fixture_session(folder, "led");
    g_autoptr(GError) error = NULL;
    if (!db_run(session_db(session), "DELETE FROM client_group_member", NULL, &error) ||
        !db_run(session_db(session), "DELETE FROM client_group", NULL, &error))
        fail_msg("%s", error->message);
    return folder;
}

/* Made, renamed and ended, and nothing typed is lost. */
static void groups_are_made_and_ended(void **unused)
{
    (void)unused;
    char *folder = folder_without_groups();
    Harness *harness = fixture_open(folder, "led", NULL);
    harness_keys(harness, "3g");
    fixture_sees(harness, "Det finns inga grupper än. n gör en");
    harness_keys(harness, "nDe unga" PRESS_ESCAPE);
    fixture_sees(harness, "Det finns inga grupper än.");
    harness_keys(harness, "n" PRESS_ENTER);
    fixture_sees(harness, "De unga");
    harness_keys(harness, PRESS_F8);
    fixture_caret_on(harness, "De unga");
    harness_keys(harness, "n" PRESS_F8);
    fixture_sees(harness, "En grupp behöver ett namn.");
    harness_keys(harness, "de unga" PRESS_ESCAPE);
    harness_keys(harness, "e 18–25" PRESS_F8);
    fixture_caret_on(harness, "De unga 18–25");
    harness_keys(harness, "mn"
                          "bäckman m");
    fixture_sees(harness, "→ Maria Bäckman");
    harness_keys(harness, PRESS_TAB PRESS_CTRL_U "2026-11-01" PRESS_F8);
    fixture_caret_on(harness, "Maria Bäckman");
    fixture_sees(harness, "sedan 2026-11-01");
    harness_keys(harness, "x" PRESS_CTRL_U "2026-11-20" PRESS_F8);
    fixture_sees(harness, "2026-11-01 till 2026-11-20");
    harness_keys(harness, "x");
    fixture_sees(harness, "Det har slutat redan.");
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "Maria Bäckman");
    /* From the card. */
    harness_keys(harness, "m1de un" PRESS_F8 "m");
    fixture_sees(harness, "De unga 18–25, sedan 2026-11-23: ange sista dagen");
    harness_keys(harness, "2" PRESS_CTRL_U "imorgon" PRESS_F8 "m");
    fixture_sees(harness, "De unga 18–25, 2026-11-23 till 2026-11-24");
    harness_keys(harness, PRESS_ESCAPE PRESS_ESCAPE PRESS_ESCAPE);
    harness_keys(harness, "e" PRESS_TAB "2026-11-30" PRESS_F8);
    fixture_caret_on(harness, "De unga 18–25 (slutade");
    harness_keys(harness, "e" PRESS_TAB PRESS_CTRL_U PRESS_F8);
    fixture_sees(harness, "Gruppen har slutat.");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* Who may not change clients sees the numbers; an administrator no visits. */
static void by_role(void **unused)
{
    (void)unused;
    char *folder = folder_with_groups();
    Harness *stod = fixture_open(folder, "stod", &(HarnessOptions){.rows = 24, .columns = 80});
    harness_keys(stod, "3g");
    fixture_caret_on(stod, "Nytt arbetssätt");
    harness_keys(stod, "n");
    fixture_sees(stod, "ändras av handläggare och gruppledare");
    harness_keys(stod, "m");
    fixture_sees(stod, "sedan 2026-01-01");
    harness_stop(stod);
    Harness *admin = fixture_open(folder, "admin", NULL);
    harness_keys(admin, "3t");
    fixture_sees(admin, "Veckodag");
    harness_keys(admin, PRESS_ENTER);
    fixture_sees(admin, "Alla besök");
    harness_keys(admin, "gm");
    fixture_sees(admin, "Nytt arbetssätt");
    harness_stop(admin);
    harness_folder_remove(folder);
}

/* One of the members becomes protected, and is nobody's. */
static void a_protected_member_is_left_out(void **unused)
{
    (void)unused;
    char *folder = folder_with_groups();
    {
        g_autoptr(Session) session = fixture_session(folder, "led");
        g_autoptr(GError) error = NULL;
        g_autoptr(GPtrArray) rows = client_list(session, "adam ahmadi", FALSE, NULL, 1, &error);
        g_autoptr(Client) client =
            client_open(session, ((const ClientRow *)rows->pdata[0])->id, &error);
        client->protection = PROTECTION_MARKED;
        client->support_worker_id = client->case_officer_id = 0;
        if (!client_change(session, client, &error))
            fail_msg("%s", error->message);
    }
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, "3gm");
    fixture_sees(harness, "1 person visas inte, eftersom du inte får öppna kortet.");
    assert_false(harness_text_contains(harness, "Adam Ahmadi"));
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* From each view of the week, as from the week itself. */
static void one_goes_straight_to_other_screens(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", NULL);
    static const char *const VIEWS[] = {"r", "g", "v", "k", "l"};
    for (gsize i = 0; i < G_N_ELEMENTS(VIEWS); i++) {
        harness_keys(harness, "3");
        fixture_sees(harness, "· Veckan");
        harness_keys(harness, VIEWS[i]);
        harness_keys(harness, "1");
        fixture_sees(harness, "· Idag");
    }
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(without_colours),
        cmocka_unit_test(each_number_opens_its_visits),
        cmocka_unit_test(any_two_periods),
        cmocka_unit_test(a_group_beside_the_rest),
        cmocka_unit_test(groups_are_made_and_ended),
        cmocka_unit_test(by_role),
        cmocka_unit_test(a_protected_member_is_left_out),
        cmocka_unit_test(one_goes_straight_to_other_screens),
    };
    return cmocka_run_group_tests_name("splits", tests, fixture_make, fixture_remove);
}
