/* Placements: a client's list, one placement with its three respondents, its page of fields, and
 * the unit's institutions. */
#include "tests/screen/fixture.h"

#include "care/client/client.h"
#include "care/placement/placement.h"

#define CARD(number) PRESS_F3 number PRESS_DOWN PRESS_ENTER
#define SEVERAL CARD("B2001") "k"                /* three placements, the latest goes on */
#define BROKEN_OFF CARD("B2000") "k" PRESS_ENTER /* the only one, with a call to the parent */
#define YOUNG CARD("B2002") "k" PRESS_ENTER      /* younger than seven */
#define NONE CARD("B1003") "k"

/* --- what they look like ---------------------------------------------------------------------- */

static void show(Harness *harness, const char *language)
{
    harness_keys(harness, SEVERAL);
    fixture_goldens(harness, "placements", language);
    harness_keys(harness, PRESS_ENTER);
    fixture_goldens(harness, "placement-goes-on", language);
    harness_keys(harness, PRESS_ENTER);
    fixture_goldens(harness, "placement-goes-on-asks", language);
    harness_keys(harness, PRESS_ESCAPE);
    harness_keys(harness, PRESS_ESCAPE);
    harness_keys(harness, PRESS_DOWN PRESS_ENTER PRESS_DOWN);
    fixture_goldens(harness, "placement-given-up", language);
    harness_keys(harness, PRESS_DOWN "b");
    fixture_goldens(harness, "placement-not-given", language);
    harness_keys(harness, PRESS_ESCAPE);
    harness_keys(harness, "e");
    fixture_goldens(harness, "placement-edit", language);
    harness_keys(harness, "Villa" PRESS_CTRL_U "Provhemmet" PRESS_ENTER);
    fixture_goldens(harness, "placement-institution", language);
    harness_keys(harness, PRESS_ESCAPE);
    harness_keys(harness, PRESS_TAB);
}

static void show_parts(Harness *harness, const char *language)
{
    harness_keys(harness, BROKEN_OFF PRESS_DOWN);
    fixture_goldens(harness, "placement", language);
    harness_keys(harness, "s");
    fixture_goldens(harness, "placement-calls", language);
    harness_keys(harness, PRESS_ESCAPE);
    harness_keys(harness, "i");
    fixture_goldens(harness, "institutions", language);
    harness_keys(harness, "prov" PRESS_DOWN PRESS_ENTER);
    fixture_goldens(harness, "institution-change", language);
}

static void show_nothing(Harness *harness, const char *language)
{
    harness_keys(harness, NONE);
    fixture_goldens(harness, "placements-none", language);
    harness_keys(harness, PRESS_ESCAPE);
    harness_keys(harness, PRESS_ESCAPE);
    harness_keys(harness, YOUNG);
    fixture_goldens(harness, "placement-young", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    fixture_in_both("hand", NULL, show);
    fixture_in_both("hand", NULL, show_parts);
    fixture_in_both("hand", NULL, show_nothing);
}

/* A unit of one's own has no institutions: the first is added from the search. */
static void a_unit_without_institutions(void **unused)
{
    (void)unused;
    static const char *const LANGUAGES[] = {"sv", "en"};
    for (gsize i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        char *folder = harness_folder_new();
        g_autofree char *database = g_build_filename(folder, "own.db", NULL);
        g_autofree char *passphrase = g_build_filename(folder, "passphrase", NULL);
        harness_folder_write(folder, "passphrase", DEMO_PASSPHRASE "\n");
        g_free(harness_command(folder, "init", "--db", database, "--unit", "Boendestöd Söder",
                               "--user", "anna", "--role", "case-officer", "--passphrase-file",
                               passphrase, NULL));
        const char *const arguments[] = {"--db", database, "--user", "anna", NULL};
        Harness *harness = harness_start(
            &(HarnessOptions){.folder = folder, .arguments = arguments, .language = LANGUAGES[i]});
        harness_keys(harness, FIXTURE_UNLOCK "6i");
        fixture_goldens(harness, "institutions-none", LANGUAGES[i]);
        harness_keys(harness, "Provhemmet" PRESS_F8 "h");
        fixture_caret_on(harness, "Provhemmet");
        fixture_goldens(harness, "institutions-first", LANGUAGES[i]);
        harness_stop(harness);
        harness_folder_remove(folder);
    }
}

/* --- work ------------------------------------------------------------------------------------- */

static const HarnessOptions ENGLISH = {.language = "en"};

/* The latest of the client's placements; the caller frees it. */
static Placement *latest(Session *session, const char *number)
{
    g_autoptr(GPtrArray) clients = client_list(session, number, FALSE, NULL, 2, NULL);
    assert_non_null(clients);
    assert_int_equal(clients->len, 1);
    g_autoptr(GPtrArray) all =
        placement_of_client(session, ((const ClientRow *)clients->pdata[0])->id, NULL);
    assert_non_null(all);
    return g_ptr_array_steal_index(all, 0);
}

/* From the card to the first interview: an institution that is not in the list, days as people
 * write them. */
static void a_new_placement(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", &ENGLISH);
    harness_keys(harness, NONE "n");
    fixture_sees(harness, "A placement of");
    harness_keys(harness, PRESS_CTRL_S);
    fixture_sees(harness, "Look at the marked row.");
    harness_keys(harness, PRESS_UP "Provhemmet" PRESS_ENTER);
    fixture_sees(harness, "New institution in the list");
    harness_keys(harness, "s");
    fixture_sees(harness, "The institution is in the list.");
    harness_keys(harness, "15/12"); /* not the one ahead */
    fixture_sees(harness, "Monday 2025-12-15");
    harness_keys(harness, PRESS_ENTER "20/11");
    fixture_sees(harness, "The client was 81 years old");
    harness_keys(harness, PRESS_ENTER PRESS_ENTER PRESS_ENTER);
    fixture_sees(harness, "The placement is added.");
    fixture_sees(harness, "Provhemmet, supported housing");
    fixture_sees(harness, "not asked");
    harness_stop(harness);
    Session *session = fixture_session(folder, "hand");
    g_autoptr(Placement) placement = latest(session, "B1003");
    assert_string_equal(placement->institution, "Provhemmet");
    assert_int_equal(placement->started_on, date_parse("2025-12-15"));
    assert_int_equal(placement->ended_on, date_parse("2026-11-20"));
    assert_int_equal(placement->staff_id, session_staff_id(session));
    session_close(session);
    harness_folder_remove(folder);
}

/* A15: a kind of its own, chosen with its own key; what the law says of it is said while one types,
 * and on the page. */
static void a15_an_emergency_foster_home(void **unused)
{
    (void)unused;
    static const char said[] = "at most two months";
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", &ENGLISH);
    harness_keys(harness, NONE "n" PRESS_TAB "15/11");
    fixture_sees(harness, "It is followed up when it has ended.");
    assert_false(harness_text_contains(harness, said));
    harness_keys(harness, PRESS_UP "Provhemmet" PRESS_ENTER "e");
    fixture_sees(harness, said);
    harness_keys(harness, PRESS_CTRL_S);
    fixture_sees(harness, "Provhemmet, emergency foster home");
    fixture_sees(harness, said);
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* Given up before it was begun, and taken up again; and what a key does where there is nothing for
 * it. */
static void not_given_and_taken_up(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", &ENGLISH);
    harness_keys(harness, YOUNG);
    fixture_sees(harness, "78 days left");
    harness_keys(harness, "u");
    fixture_sees(harness, "has not been noted as not given");
    harness_keys(harness, "s");
    fixture_sees(harness, "No calls have been noted");
    harness_keys(harness, PRESS_DOWN "b7");
    fixture_sees(harness, "Enter saves, Tab changes the cause");
    harness_keys(harness, PRESS_TAB "r"
                                    "Inget telefonnummer" PRESS_ENTER);
    fixture_sees(harness, "Noted.");
    fixture_sees(harness, "not given: not reached");
    fixture_sees(harness, "“Inget telefonnummer”");
    harness_keys(harness, "b");
    fixture_sees(harness, "It is noted already.");
    /* Read, it says how it is taken up, and not that it is corrected. */
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "Not carried out: not reached.");
    assert_false(harness_text_contains(harness, "Complete"));
    assert_false(harness_text_contains(harness, "r Correct"));
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "u on the placement takes it up");
    harness_keys(harness, "r");
    fixture_sees(harness, "u on the placement takes it up");
    harness_keys(harness, PRESS_ESCAPE "u");
    fixture_sees(harness, "taken up again");
    fixture_sees(harness, "0 of 21 answered");
    /* The last one it waits for. */
    harness_keys(harness, "bm" PRESS_ENTER);
    fixture_sees(harness, "still to be done");
    harness_keys(harness, PRESS_UP "bo" PRESS_ENTER PRESS_DOWN PRESS_DOWN "bd" PRESS_ENTER);
    fixture_sees(harness, "Followed up.");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* From the list of tasks to the placement, and from there to the interview. */
static void from_a_task(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", &ENGLISH);
    harness_keys(harness, "4" PRESS_END);
    fixture_caret_on(harness, "Interview: Parent");
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "foster home");
    harness_keys(harness, PRESS_DOWN PRESS_DOWN PRESS_ENTER);
    fixture_sees(harness, "0 of 18 answered");
    harness_keys(harness, PRESS_ESCAPE);
    fixture_sees(harness, "Who is asked");
    fixture_caret_on(harness, "not begun");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* D13: both parents are asked; the other one has an interview of their own, which is begun from the
 * placement and given up like any other. */
static void d13_two_parents(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", &ENGLISH);
    harness_keys(harness, YOUNG);
    assert_false(harness_text_contains(harness, "The other parent"));
    harness_keys(harness, "e" PRESS_TAB PRESS_TAB PRESS_TAB PRESS_TAB);
    fixture_sees(harness, "each has an interview of their own");
    harness_keys(harness, PRESS_RIGHT PRESS_ENTER);
    fixture_sees(harness, "The other parent");
    harness_keys(harness, PRESS_END PRESS_ENTER);
    fixture_sees(harness, "0 of 18 answered");
    harness_keys(harness, PRESS_ESCAPE);
    fixture_sees(harness, "Who is asked");
    harness_keys(harness, "bd" PRESS_ENTER);
    fixture_caret_on(harness, "not given");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* Somebody else has moved the last day meanwhile: it is shown, what was typed here stays, and is
 * saved when one saves again. */
static void changed_by_two(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", &ENGLISH);
    harness_keys(harness, CARD("B2002") "k" PRESS_ENTER "e");
    Session *led = fixture_session(folder, "led");
    g_autoptr(Placement) theirs = latest(led, "B2002");
    theirs->started_on = date_parse("2026-06-01");
    theirs->ended_on = date_parse("2026-11-12");
    assert_true(placement_save(led, theirs, NULL));
    session_close(led);
    harness_keys(harness, PRESS_TAB PRESS_TAB "10/11" PRESS_CTRL_S);
    fixture_sees(harness, "changed this placement while you had it open");
    fixture_sees(harness, "2026-06-01");
    fixture_sees(harness, "In the placement now: 2026-11-12");
    fixture_caret_on(harness, "10/11");
    harness_keys(harness, PRESS_CTRL_S);
    fixture_sees(harness, "Saved.");
    fixture_sees(harness, "Placed 2026-06-01 to 2026-11-10.");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* What was typed outlives a kill. */
static void a_draft_is_offered(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", &ENGLISH);
    harness_keys(harness, CARD("B2002") "kn" PRESS_TAB "1/9" PRESS_F9);
    harness_stop(harness);
    harness = fixture_open(folder, "hand", &ENGLISH);
    harness_keys(harness, CARD("B2002") "kn");
    fixture_sees(harness, "had not saved. Go on with that?");
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "1/9");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* Taken out of use, an institution is no longer offered; renamed, it keeps its placements. */
static void institutions_in_and_out_of_use(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "led", &ENGLISH);
    harness_keys(harness, "6i"
                          "exempelv" PRESS_F7);
    fixture_sees(harness, "no longer offered");
    harness_keys(harness, PRESS_ENTER PRESS_CTRL_U "familjehem 14" PRESS_ENTER PRESS_ENTER);
    fixture_sees(harness, "Familjehem 14 is in the list already.");
    harness_keys(harness, PRESS_CTRL_U "Villa Provvik" PRESS_ENTER PRESS_ENTER);
    fixture_caret_on(harness, "Villa Provvik");
    fixture_caret_on(harness, "not in use");
    harness_keys(harness, PRESS_ESCAPE);
    harness_keys(harness, CARD("B2002") "kn"
                                        "villa");
    fixture_sees(harness, "Not in the list.");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* Support workers have no interviews: the key says who has. */
static void only_for_those_with_interviews(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", &ENGLISH);
    harness_keys(harness, CARD("B2002") "2k"); /* standing in for a colleague */
    fixture_sees(harness, "Intakes and interviews are done by case officers and team leads.");
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(a_unit_without_institutions),
        cmocka_unit_test(a_new_placement),
        cmocka_unit_test(a15_an_emergency_foster_home),
        cmocka_unit_test(not_given_and_taken_up),
        cmocka_unit_test(from_a_task),
        cmocka_unit_test(d13_two_parents),
        cmocka_unit_test(changed_by_two),
        cmocka_unit_test(a_draft_is_offered),
        cmocka_unit_test(institutions_in_and_out_of_use),
        cmocka_unit_test(only_for_those_with_interviews),
    };
    return cmocka_run_group_tests_name("placement", tests, fixture_make, fixture_remove);
}
