/* B14: what is left in the program's memory when it is locked, whatever screen is open. Names,
 * identity numbers and free text are looked for in all that the program can write to, as UTF-8, as
 * ICU's UTF-16 and as the cells of curses. */
#include <curses.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "care/client/client.h"
#include "care/client/client_reason.h"
#include "care/client/contact_note.h"
#include "care/client/dispute.h"
#include "care/client/group.h"
#include "care/client/quote.h"
#include "care/task/task.h"
#include "care/unit/staff.h"
#include "tests/screen/fixture_forms.h"
#include "tests/screen/fixture_laptop.h"

#define CARD(number) PRESS_F3 number PRESS_DOWN PRESS_ENTER

/* --- what is looked for ----------------------------------------------------------------------- */

enum { PAIRS = 0x10000, LETTERS = 0x250 };

typedef struct {
    guint which; /* of the words */
    const char *bytes;
    gsize length;
} Needle;

typedef struct {
    GPtrArray *words;     /* char * */
    guint8 begins[256];   /* whether one begins with that byte: few do, and all are asked about */
    GArray *pairs[PAIRS]; /* of Needle, by their first two bytes; NULL: none */
    GArray *letters[LETTERS]; /* of guint, by their first letter; NULL: none */
    GPtrArray *spelt;         /* gunichar *, one for each word */
} Sought;

static void add_needle(Sought *sought, guint which, const char *bytes, gsize length)
{
    const Needle needle = {which, bytes, length};
    const guint pair = (guint)(guchar)bytes[0] << 8 | (guchar)bytes[1];
    sought->begins[(guchar)bytes[0]] = TRUE;
    if (sought->pairs[pair] == NULL)
        sought->pairs[pair] = g_array_new(FALSE, FALSE, sizeof(Needle));
    g_array_append_val(sought->pairs[pair], needle);
}

static void seek(Sought *sought, const char *word)
{
    const guint which = sought->words->len;
    glong units;
    char *own = g_strdup(word);
    gunichar2 *wide = g_utf8_to_utf16(word, -1, NULL, &units, NULL);
    gunichar *letters = g_utf8_to_ucs4_fast(word, -1, NULL);
    g_ptr_array_add(sought->words, own);
    g_ptr_array_add(sought->spelt, letters);
    add_needle(sought, which, own, strlen(own));
    add_needle(sought, which, (const char *)wide, (gsize)units * sizeof *wide);
    if (letters[0] >= LETTERS)
        return;
    if (sought->letters[letters[0]] == NULL)
        sought->letters[letters[0]] = g_array_new(FALSE, FALSE, sizeof which);
    g_array_append_val(sought->letters[letters[0]], which);
}

/* What is typed into a unit in which every kind of text is kept. */
#define OF_NOTE "Zinkvit anteckning om hälsan"
#define OF_WORDS "Zinkvita ord av syster"
#define OF_DISPUTE "Zinkvit invändning mot adressen"
#define OF_QUOTE "Zinkvita dagar är skönast"
#define OF_TASK "Zinkvit sak att minnas"
#define OF_REASON "Zinkvit brand i huset"
#define OF_FILE "Emil Ärlig" /* in the file that is read in */

/* Everybody's name and identity number, the own words at visits, and the texts above. */
static Sought *all_words(const char *folder)
{
    static const char *const TEXTS[] = {OF_NOTE,
                                        OF_WORDS,
                                        OF_DISPUTE,
                                        OF_QUOTE,
                                        OF_TASK,
                                        OF_REASON,
                                        OF_FILE,
                                        LAPTOP_WORDS,
                                        "När jag inte har sovit orkar jag",
                                        "Psykiatrimottagningen i Huddinge",
                                        "Inget om min ekonomi."};
    g_autoptr(Session) session = fixture_session(folder, "led");
    g_autoptr(GPtrArray) clients = client_list(session, NULL, FALSE, NULL, 1000, NULL);
    Sought *sought = g_new0(Sought, 1);
    sought->words = g_ptr_array_new();
    sought->spelt = g_ptr_array_new();
    assert_true(clients != NULL && clients->len > 200);
    for (guint i = 0; i < clients->len; i++) {
        const ClientRow *client = clients->pdata[i];
        seek(sought, client->name);
        if (client->id_number != NULL)
            seek(sought, client->id_number);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(TEXTS); i++)
        seek(sought, TEXTS[i]);
    g_autoptr(GHashTable) met = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(DbStatement) own = db_query(
        session_db(session), "SELECT words, id FROM visit WHERE words IS NOT NULL", NULL, NULL);
    assert_non_null(own);
    while (db_step(own, NULL) == DB_STEP_ROW)
        if (strlen(db_text(own, 0)) > 12 && g_hash_table_add(met, g_strdup(db_text(own, 0))))
            seek(sought, db_text(own, 0));
    return sought;
}

static void look_in_cells(const char *bytes, gsize length, const Sought *sought, gboolean *found)
{
    for (gsize at = 0; at + sizeof(gunichar) <= length; at += sizeof(gunichar)) {
        const gunichar *here = (const gunichar *)(const void *)(bytes + at);
        if (*here >= LETTERS || sought->letters[*here] == NULL)
            continue;
        for (guint i = 0; i < sought->letters[*here]->len; i++) {
            const guint which = g_array_index(sought->letters[*here], guint, i);
            const gunichar *letters = sought->spelt->pdata[which];
            gsize n = 0;
            while (letters[n] != 0 && at + n * sizeof(cchar_t) + sizeof *here <= length &&
                   here[n * sizeof(cchar_t) / sizeof *here] == letters[n])
                n++;
            found[which] = found[which] || letters[n] == 0;
        }
    }
}

/* Marks in `found` which of them stand in the bytes from `bytes` on. */
static void look(const char *bytes, gsize length, const Sought *sought, gboolean *found)
{
    for (gsize at = 0; at + 2 <= length; at++) {
        if (!sought->begins[(guchar)bytes[at]])
            continue;
        const GArray *here = sought->pairs[(guint)(guchar)bytes[at] << 8 | (guchar)bytes[at + 1]];
        for (guint i = 0; here != NULL && i < here->len; i++) {
            const Needle *needle = &g_array_index(here, Needle, i);
            found[needle->which] =
                found[needle->which] || (at + needle->length <= length &&
                                         memcmp(bytes + at, needle->bytes, needle->length) == 0);
        }
    }
    look_in_cells(bytes, length, sought, found);
}

/* How many of them stand anywhere in what the program can write to; -1 where nobody may look. */
static int in_memory(int pid, const Sought *sought, GString *left)
{
    g_autofree char *maps_path = g_strdup_printf("/proc/%d/maps", pid);
    g_autofree char *memory_path = g_strdup_printf("/proc/%d/mem", pid);
    g_autofree gboolean *found = g_new0(gboolean, sought->words->len);
    int memory = open(memory_path, O_RDONLY | O_CLOEXEC), count = 0;
    FILE *maps = fopen(maps_path, "re");
    char line[512];

    if (memory < 0 || maps == NULL)
        return -1;
    while (fgets(line, sizeof line, maps) != NULL) {
        unsigned long from, to;
        char rights[5];
        if (sscanf(line, "%lx-%lx %4s", &from, &to, rights) != 3 || rights[0] != 'r' ||
            rights[1] != 'w')
            continue;
        g_autofree char *bytes = g_malloc(to - from);
        const gssize got = pread(memory, bytes, to - from, (off_t)from);
        if (got > 0)
            look(bytes, (gsize)got, sought, found);
    }
    for (guint i = 0; i < sought->words->len; i++) {
        count += found[i];
        if (found[i] && left != NULL)
            g_string_append_printf(left, "%s\"%s\"", left->len > 0 ? ", " : "",
                                   (char *)sought->words->pdata[i]);
    }
    fclose(maps);
    close(memory);
    return count;
}

/* --- the unit --------------------------------------------------------------------------------- */

static void must(gboolean done, GError *error)
{
    if (!done)
        fail_msg("%s", error->message);
}

/* Somebody about whom every kind of text is kept. */
static void write_about(const char *folder)
{
    g_autoptr(Session) session = fixture_session(folder, "hand");
    const gint64 client = forms_client_id(session);
    GError *error = NULL;
    g_autoptr(ContactNote) note = contact_note_new(client);
    note->note = g_strdup(OF_NOTE);
    note->words = g_strdup(OF_WORDS);
    must(contact_note_add(session, note, &error), error);
    g_autoptr(Dispute) dispute = dispute_new();
    dispute->client_id = client;
    dispute->about = DISPUTE_OTHER;
    dispute->entry = g_strdup("Adressen");
    dispute->words = g_strdup(OF_DISPUTE);
    dispute->said_on = date_parse("2026-11-20");
    must(dispute_add(session, dispute, &error), error);
    g_autoptr(Quote) quote = quote_new();
    quote->client_id = client;
    quote->words = g_strdup(OF_QUOTE);
    quote->said_on = date_parse("2026-11-20");
    must(quote_add(session, quote, &error), error);
    g_autoptr(Task) task = task_new();
    task->kind = TASK_OTHER;
    task->client_id = client;
    task->note = g_strdup(OF_TASK);
    task->due_date = date_parse("2026-11-02");
    must(task_add(session, task, &error), error);
}

static char *full_folder(void)
{
    char *folder = fixture_folder();
    forms_make_plan(folder);
    forms_make_intake(folder);
    forms_begin(folder, "hand", "sip", 2);
    write_about(folder);
    laptop_make_proposal(folder);
    {
        g_autoptr(Session) session = fixture_session(folder, "led");
        gint64 group = 0;
        GError *error = NULL;
        must(group_add(session, "Nytt arbetssätt", &group, &error), error);
        must(group_member_add(session, group, forms_client_id(session), date_parse("2026-01-01"),
                              DATE_NONE, &error),
             error);
    }
    {
        g_autoptr(Session) session = fixture_session(folder, "stod");
        g_autoptr(GPtrArray) other = client_list(session, "ahlström", FALSE, NULL, 1, NULL);
        GError *error = NULL;
        must(client_give_reason(session, ((const ClientRow *)other->pdata[0])->id, REASON_OTHER,
                                OF_REASON, &error),
             error);
    }
    return folder;
}

/* --- the ways --------------------------------------------------------------------------------- */

/* What is done before the program is locked: to every screen there is, by its name. What something
 * half typed is about stays with it (`about`: a page of fields, a form that is answered): their
 * name, of which the unit has two, and what the page was filled with. */
typedef struct {
    const char *screen, *login, *keys, *sees;
    int about;
} Way;

static const Way WAYS[] = {
    {"today", "hand", "1", NULL, 0},
    {"today", "hand", "1" PRESS_LEFT PRESS_LEFT PRESS_LEFT "mh", NULL, 0},
    {"today", "hand", "1" PRESS_F3 PRESS_PAGE_DOWN "bäckman" PRESS_ENTER "43" PRESS_F3, NULL, 0},
    {"clients", "hand", PRESS_F3 PRESS_END PRESS_HOME PRESS_PAGE_DOWN PRESS_PAGE_DOWN, "Brukare",
     0},
    {"client", "hand", FORMS_CARD, FORMS_CLIENT, 0},
    {"client-log", "hand", FORMS_CARD "l", "Vem som har läst", 0},
    {"client-edit", "hand", FORMS_CARD "e", NULL, 3},
    {"choose", "led", FORMS_CARD "m", "Grupper", 0},
    {"consents", "hand", FORMS_CARD "c", "Psykiatrimottagningen", 0},
    {"quote-edit", "hand", FORMS_CARD "cn", "Citat", 0},
    {"dispute-settle", "hand", FORMS_CARD "cr", "Vad det ledde till", 0},
    {"dispute-edit", "hand", FORMS_CARD "t" PRESS_ENTER, NULL, 0},
    {"contacts", "hand", FORMS_CARD "j", OF_NOTE, 0},
    {"contact-edit", "hand", FORMS_CARD "je", "Zinkvit anteckning", 2},
    {"responses", "hand", FORMS_CARD "f", NULL, 0},
    {"overview", "hand", FORMS_CARD "f" PRESS_DOWN PRESS_ENTER, NULL, 0},
    {"walk", "hand", "6" PRESS_ENTER, "SIP", 2},
    {"about", "hand", "6" PRESS_ENTER "\024", NULL, 2},
    {"call", "hand", "6" PRESS_ENTER PRESS_F10, NULL, 2},
    {"overview", "hand", "6" PRESS_ENTER PRESS_F8, NULL, 2},
    {"walks", "hand", "6", NULL, 0},
    {"client-named", "hand", FORMS_CARD "b", NULL, 0},
    {"decision-edit", "hand", FORMS_CARD "cb", NULL, 0},
    {"order-edit", "hand", FORMS_CARD "cbb" PRESS_CTRL_S "u", NULL, 0},
    {"implementation-edit", "hand", FORMS_CARD "cbb" PRESS_CTRL_S "g", NULL, 0},
    {"quarter", "led", "3k", NULL, 0},
    {"decision-correct", "hand", FORMS_CARD "cbb" PRESS_CTRL_S "e", NULL, 0},
    {"consent-edit", "hand", FORMS_CARD "cs", NULL, 0},
    {"absence-edit", "hand", FORMS_CARD "r", "Borta", 0},
    {"cover-edit", "led", "9", NULL, 1}, /* a colleague has a client's name */
    {"risk-edit", "led", FORMS_CARD "!", NULL, 0},
    {"out-edit", "led", "y", NULL, 0},
    {"second-edit", "led", FORMS_CARD "=", NULL, 2},
    {"closing-edit", "hand", FORMS_CARD "z", "Insatsen avslutas", 0},
    {"series-edit", "hand", FORMS_CARD "s", NULL, 3},
    {"visit-edit", "hand", FORMS_CARD "n", NULL, 3},
    {"placements", "hand", CARD("B2001") "k", "Placeringar", 0},
    {"placement", "hand", CARD("B2001") "k" PRESS_DOWN PRESS_ENTER, NULL, 0},
    {"placement-edit", "hand", CARD("B2001") "kn", NULL, 3},
    {"not-done", "hand", CARD("B2001") "k" PRESS_ENTER PRESS_DOWN "b", NULL, 0},
    {"institutions", "hand", CARD("B2001") "ki", "Boenden", 0},
    {"institution", "hand", CARD("B2001") "ki" PRESS_F8, NULL, 0},
    {"tasks", "hand", "4", OF_TASK, 0},
    {"tasks", "hand", "4/" FORMS_CLIENT PRESS_ENTER, "Bara de med", 0},
    {"task-edit", "hand", "4n", NULL, 0},
    {"task-give", "hand", "4v", NULL, 2},
    {"call-edit", "hand", FORMS_CARD PRESS_F12, NULL, 2},
    {"retention", "led", "4x", "Gallring", 0},
    {"proposal", "led", LAPTOP_PROPOSAL, LAPTOP_WORDS, 0},
    {"doubles", "led", FORMS_CARD "d", "Två kort", 0},
    {"merge", "led", FORMS_CARD "d" PRESS_F8 "B2001" PRESS_ENTER, FORMS_CLIENT, 0},
    {"cancel", "hand", "a", NULL, 2},
    {"visit-history", "hand", "1h", NULL, 0},
    {"dialog", "hand", FORMS_CARD "fp", NULL, 0},
    {"week", "led", "3", NULL, 0},
    {"visits", "led", "3" PRESS_ENTER, NULL, 0},
    {"splits", "led", "3r", NULL, 0},
    {"groups", "led", "3g", "Nytt arbetssätt", 0},
    {"group", "led", "3gm", FORMS_CLIENT, 0},
    {"group-edit", "led", "3gn", NULL, 0},
    {"member-edit", "led", "3gmx", NULL, 2},
    {"line", "led", "3v", NULL, 0},
    {"note-edit", "led", "3vn", NULL, 0},
    {"at-risk", "led", "3l", NULL, 0},
    {"improvements", "led", "3f", NULL, 0},
    {"improvement", "led", "3f" PRESS_ENTER, NULL, 0},
    {"cycle-edit", "led", "3f" PRESS_ENTER PRESS_ENTER, NULL, 0},
    {"improvement-edit", "led", "3fn", NULL, 0},
    {"log", "led", "7", NULL, 0},
    {"log-rows", "led", "7s", OF_REASON, 0},
    {"database", "led", "0", NULL, 0},
    {"import", "led", "5tests/data/besok-2026-v20-v45.csv" PRESS_ENTER, "12517 rader", 0},
};

/* Nobody is looked for on these: nobody is signed in, there are only keys; a row of the proposal of
 * 2032 is typed into like any other page. */
static const char *const WITHOUT[] = {"start", "unlock", "help", "retention-keep"};

static gboolean is_way(const char *screen)
{
    for (gsize i = 0; i < G_N_ELEMENTS(WITHOUT); i++)
        if (g_str_equal(WITHOUT[i], screen))
            return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(WAYS); i++)
        if (g_str_equal(WAYS[i].screen, screen))
            return TRUE;
    return FALSE;
}

/* Every `const Screen` of ui/ has a way here: a new one gets its own. */
static void every_screen_is_tried(void **unused)
{
    (void)unused;
    g_autoptr(GRegex) screen =
        g_regex_new("const Screen \\w+ = \\{\\s*\\.name = \"([^\"]+)\"", 0, 0, NULL);
    g_autoptr(GDir) floors = g_dir_open("ui", 0, NULL);
    int count = 0, missing = 0;
    assert_non_null(floors);
    for (const char *floor; (floor = g_dir_read_name(floors)) != NULL;) {
        g_autofree char *folder = g_build_filename("ui", floor, NULL);
        g_autoptr(GDir) files = g_dir_open(folder, 0, NULL);
        for (const char *name; files != NULL && (name = g_dir_read_name(files)) != NULL;) {
            g_autofree char *path = g_build_filename(folder, name, NULL);
            g_autofree char *text = NULL;
            g_autoptr(GMatchInfo) match = NULL;
            assert_true(g_file_get_contents(path, &text, NULL, NULL));
            for (g_regex_match(screen, text, 0, &match); g_match_info_matches(match);
                 g_match_info_next(match, NULL)) {
                g_autofree char *found = g_match_info_fetch(match, 1);
                count++;
                if (is_way(found))
                    continue;
                print_error("No way to \"%s\" (%s) is tried.\n", found, path);
                missing++;
            }
        }
    }
    assert_true(count > 50);
    assert_int_equal(missing, 0);
}

/* What is found before it is locked, which shows that looking finds; -1 where nobody may look. A file's
 * engine has pages of names at every screen, but a server sends no more than is asked for. */
static int try_way(const char *folder, const Way *way, const Sought *sought, GString *faults)
{
    Harness *harness = fixture_open(folder, way->login, NULL);
    g_autoptr(GString) left = g_string_new(NULL);
    harness_keys(harness, way->keys);
    if (way->sees != NULL)
        fixture_sees(harness, way->sees);
    const int before = in_memory(harness_pid(harness), sought, NULL);
    g_autofree char *seen = harness_dump(harness);
    harness_keys(harness, PRESS_F9);
    fixture_sees(harness, "Lås upp");
    const int after = in_memory(harness_pid(harness), sought, left);
    /* One goes on, and nothing is wrong. */
    harness_keys(harness, FIXTURE_UNLOCK);
    assert_false(harness_text_contains(harness, "Lås upp"));
    harness_stop(harness);
    print_message("%s: %d while unlocked, %d locked: %s\n", way->screen, before, after, left->str);
    assert_true(before < 0 || before > 50 || g_getenv("DAGSFORM_TEST_SERVER") != NULL);
    if (before >= 0 && after > way->about)
        g_string_append_printf(faults, "%s (%s): %s\n%s\n", way->screen, way->keys, left->str,
                               seen);
    return before;
}

static void b14_no_name_is_left_in_memory(void **unused)
{
    (void)unused;
    char *folder = full_folder();
    const Sought *sought = all_words(folder);
    g_autoptr(GString) faults = g_string_new(NULL);
    int most = 0;
    for (gsize i = 0; most >= 0 && i < G_N_ELEMENTS(WAYS); i++) {
        const int found = try_way(folder, &WAYS[i], sought, faults);
        most = found < 0 ? -1 : MAX(most, found);
    }
    if (most < 0)
        print_message("# nobody but root may look into it here\n");
    else
        assert_true(most > 50);
    harness_folder_remove(folder);
    if (faults->len > 0)
        fail_msg("Left in memory:\n%s", faults->str);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_screen_is_tried),
                                       cmocka_unit_test(b14_no_name_is_left_in_memory)};
    return cmocka_run_group_tests_name("memory", tests, fixture_make, fixture_remove);
}
