/* A client's journal: notes of calls, meetings and letters; nothing of them is lost, and nothing is
 * written over. */
#include "tests/screen/fixture_forms.h"

#define JOURNAL FORMS_CARD "j"

static void show_none(Harness *harness, const char *language)
{
    harness_keys(harness, JOURNAL);
    fixture_goldens(harness, "journal-none", language);
    harness_keys(harness, "n");
    fixture_goldens(harness, "journal-new", language);
}

static void at_every_size_in_both_languages(void **unused)
{
    (void)unused;
    fixture_in_both("stod", NULL, show_none);
}

/* As the telephone rings: from the card to a note in few keys; then a correction. */
static void a_call_is_noted_and_corrected(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, JOURNAL "n" PRESS_CTRL_S);
    fixture_sees(harness, "Skriv vad som sades eller kom in.");
    harness_keys(harness,
                 "Systern ringde. Maria är på sjukhus." PRESS_TAB "Hon är i goda händer." PRESS_TAB
                 "t" PRESS_CTRL_U "Lena Bäckman, syster" PRESS_TAB PRESS_CTRL_U "i går" PRESS_TAB
                 "9.30" PRESS_CTRL_S);
    fixture_sees(harness, "Anteckningen står i journalen.");
    fixture_sees(harness, "sön 2026-11-22 09:30");
    harness_golden(harness, "journal-sv-80x24");
    harness_keys(harness, "e");
    harness_keys(harness, PRESS_CTRL_U "Systern ringde. Maria är hemma igen." PRESS_CTRL_S);
    fixture_sees(harness, "Anteckningen är rättad.");
    fixture_sees(harness, "rättad");
    harness_golden(harness, "journal-corrected-sv-80x24");
    fixture_sees(harness, "> sön");
    harness_keys(harness, PRESS_DOWN "e");
    fixture_sees(harness, "Anteckningen är redan rättad.");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* One key from a visit, and from somebody who rang: who, when and what about stand there, and what
 * is typed stays through a kill of the page. */
static void it_begins_with_the_visit_or_the_call(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, FORMS_CARD ",");
    fixture_sees(harness, "● [m] Möte");
    fixture_sees(harness, "Tid         08:30");
    harness_golden(harness, "journal-of-visit-sv-80x24");
    harness_keys(harness, "Vi gick till affären." PRESS_ESCAPE ",");
    fixture_sees(harness, "hade inte sparat");
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "Vi gick till affären.");
    harness_keys(harness, PRESS_CTRL_S);
    fixture_sees(harness, "Anteckningen står i journalen.");
    harness_keys(harness, "j");
    fixture_sees(harness, "Vi gick till affären.");
    harness_keys(harness,
                 PRESS_ESCAPE PRESS_F12 "Lena Bäckman, syster" PRESS_TAB "070-1" PRESS_TAB PRESS_TAB
                                        "Om nycklarna" PRESS_CTRL_S);
    fixture_sees(harness, "ringer tillbaka senast");
    harness_keys(harness, "4/ring" PRESS_ENTER PRESS_END PRESS_UP);
    fixture_sees(harness, "Ring tillbaka: Lena Bäckman, syster");
    harness_keys(harness, ",");
    fixture_sees(harness, "Om nycklarna");
    fixture_sees(harness, "Lena Bäckman, syster");
    harness_golden(harness, "journal-of-call-sv-80x24");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* What the client says is wrong in a note stands beside that note, and beside no other. */
static void what_is_said_to_be_wrong_stands_beside_the_note(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, JOURNAL "nHan vill sluta." PRESS_CTRL_S);
    harness_keys(harness, "nHan ringde." PRESS_CTRL_S);
    harness_keys(harness, PRESS_DOWN);
    fixture_sees(harness, "Han vill sluta.");
    harness_keys(harness, "t");
    fixture_sees(harness, "Journal: ");
    harness_keys(harness, "Det sa jag inte." PRESS_CTRL_S);
    fixture_sees(harness, "Invändning  “Det sa jag inte.”");
    harness_golden(harness, "journal-disputed-sv-80x24");
    harness_keys(harness, PRESS_UP);
    fixture_sees(harness, "Han ringde.");
    assert_false(harness_text_contains(harness, "Det sa jag inte."));
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* Killed in the middle of a sentence. */
static void what_was_being_written_is_offered(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, JOURNAL "nSystern ringde." PRESS_ESCAPE);
    fixture_sees(harness, "Inget är antecknat än.");
    harness_keys(harness, "n");
    fixture_sees(harness, "hade inte sparat");
    harness_keys(harness, PRESS_ENTER);
    fixture_sees(harness, "Systern ringde.");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* About whom it is, is said also when the program has been locked meanwhile. */
static void whom_it_is_about_outlives_the_lock(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "hand", NULL);
    harness_keys(harness, FORMS_CARD "jn");
    fixture_sees(harness, "Anteckning i journalen · Maria Bäckman");
    harness_keys(harness, PRESS_F9 FIXTURE_UNLOCK);
    fixture_sees(harness, "Anteckning i journalen · Maria Bäckman");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* While it is written in, a note has the rows that the page has to spare. */
static void a_note_grows_as_it_is_written(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, JOURNAL "n");
    harness_paste(harness, "Rad 1\nRad 2\nRad 3\nRad 4\nRad 5\nRad 6\nRad 7");
    fixture_sees(harness, "Rad 1");
    fixture_sees(harness, "Rad 7");
    fixture_sees(harness, " Tid");
    harness_golden(harness, "journal-written-sv-80x24");
    harness_keys(harness, PRESS_ENTER "Rad 8" PRESS_ENTER "Rad 9" PRESS_ENTER "Rad 10");
    assert_false(harness_text_contains(harness, "Rad 1 "));
    fixture_sees(harness, "Rad 10");
    fixture_sees(harness, " Tid");
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* What has no room below the list is read on by one key, to its end and from its beginning again.
 */
static void a_long_note_is_read_to_its_end(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    Harness *harness = fixture_open(folder, "stod", NULL);
    harness_keys(harness, JOURNAL "n");
    for (int row = 1; row < 24; row++) {
        g_autofree char *line = g_strdup_printf("Rad %d.\n", row);
        harness_paste(harness, line);
    }
    harness_keys(harness, "Sist.");
    harness_keys(harness, PRESS_CTRL_S);
    fixture_sees(harness, "Rad 1.");
    fixture_sees(harness, "[Blanksteg] mer");
    assert_false(harness_text_contains(harness, "Sist."));
    harness_keys(harness, " ");
    fixture_sees(harness, "Sist.");
    fixture_sees(harness, "Theo Ek, antecknat");
    assert_false(harness_text_contains(harness, "[Blanksteg]"));
    harness_keys(harness, " ");
    fixture_sees(harness, "[Blanksteg] mer");
    harness_keys(harness, " " PRESS_UP);
    fixture_sees(harness, " Telefonsamtal");
    harness_golden(harness, "journal-long-sv-80x24");
    harness_resize(harness, 43, 132);
    harness_keys(harness, " ");
    fixture_sees(harness, "Allt som står där syns.");
    harness_stop(harness);
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whom_it_is_about_outlives_the_lock),
        cmocka_unit_test(at_every_size_in_both_languages),
        cmocka_unit_test(it_begins_with_the_visit_or_the_call),
        cmocka_unit_test(a_call_is_noted_and_corrected),
        cmocka_unit_test(what_is_said_to_be_wrong_stands_beside_the_note),
        cmocka_unit_test(what_was_being_written_is_offered),
        cmocka_unit_test(a_note_grows_as_it_is_written),
        cmocka_unit_test(a_long_note_is_read_to_its_end),
    };
    return cmocka_run_group_tests_name("journal", tests, fixture_make, fixture_remove);
}
