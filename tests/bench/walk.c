/* walk.c: forms being walked through, on the demo unit: an answer committed beside the same rows
 * written by the bare engine, and what the one at the keys waits for in a terminal of 120 × 40.
 *
 * The unit is made twice: on the disk, and in memory where a sync costs nothing. What is measured
 * there is what lies beyond the disk's own sync. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "care/client/client.h"
#include "care/response/walk.h"
#include "exchange/demo.h"
#include "tests/bench/harness.h"
#include "tests/screen/harness.h"

#define MEMORY "/dev/shm"
/* At the keys, and without a screen: the list of forms begun has the first one's alone. */
#define LOGIN "hand"
#define ANSWERS "led"
#define FORM "ubu-ungdom"
#define INTAKE "aktualisering"
#define INTAKE_SEVERAL "info-given" /* a question of the intake with a column of options */
#define INTAKE_TEXT "viktigt-ord"   /* ... and one with a long text, whatever is answered before */

#define PAIRS 200
#define WARM_UP 10
#define SCALES 6 /* the form begins with so many questions from 1 to 5 */
#define STEPS 5
#define KEYS 300
#define MOVES 200
#define LONG_TEXT 10000
#define VISITS_OF_A_SCREEN 9

/* --- a unit ----------------------------------------------------------------------------------- */

typedef struct {
    char *folder, *database;
} Unit;

static Unit unit_new(const char *parent)
{
    Unit unit = {.folder = g_build_filename(parent, "dagsform-bench-XXXXXX", NULL)};

    if (!g_mkdtemp(unit.folder)) {
        fprintf(stderr, "No folder can be made in %s: %s\n", parent, g_strerror(errno));
        exit(1);
    }
    unit.database = g_build_filename(unit.folder, "demo.db", NULL);
    g_free(harness_command(unit.folder, "demo", "--db", unit.database, NULL));
    return unit;
}

static void unit_clear(Unit *unit)
{
    harness_folder_remove(unit->folder);
    g_free(unit->database);
}

/* Begins the form about the first client by name. */
static Walk *begin(Session *session)
{
    g_autoptr(GPtrArray) clients = NULL;
    Walk *walk = NULL;

    BENCH_OK(clients = client_list(session, NULL, FALSE, NULL, 1, &error));
    const ClientRow *client = clients->pdata[0];
    BENCH_OK(walk = walk_begin(session, FORM, client->id, NULL, 0, "en", &error));
    return walk;
}

/* --- an answer committed ---------------------------------------------------------------------- */

/* What response_save() writes for one answer, by statements that are ready. */
typedef enum { BEGIN, TOUCH, ANSWER, COMMIT, BARE } Bare;
static const char *const BARE_SQL[BARE] = {
    [BEGIN] = "BEGIN IMMEDIATE",
    [TOUCH] = "UPDATE response SET at_item = :next, at_instance = '', at_number = 1, typed = NULL,"
              " typed_in = NULL, subject = CASE WHEN client_id IS NULL THEN NULL END,"
              " is_protected = 0, continued_ms = 1795420800000, seen_ms = 1795420800000,"
              " saves = saves + 1 WHERE id = :id"
              " AND holder = :holder AND held_by = :me AND completed_ms IS NULL"
              " AND not_done IS NULL",
    [ANSWER] = "INSERT INTO answer (response_id, item, instance, kind, value, saved_ms)"
               " VALUES (:id, :item, '', 'value', :value, 1795420800000)"
               " ON CONFLICT (response_id, item, instance) DO UPDATE SET kind = excluded.kind,"
               " value = excluded.value, note = excluded.note, reason = excluded.reason,"
               " saved_ms = excluded.saved_ms",
    [COMMIT] = "COMMIT",
};

typedef struct {
    Session *session;
    Walk *walk;  /* answered by the program */
    Walk *other; /* ... and by the bare engine: a response like it */
    sqlite3_stmt *bare[BARE];
    GArray *own, *alone, *syncs; /* samples; a sync is the bare engine's COMMIT */
} Answering;

static void bind_int(sqlite3_stmt *statement, const char *name, gint64 value)
{
    const int index = sqlite3_bind_parameter_index(statement, name);

    if (index > 0)
        sqlite3_bind_int64(statement, index, value);
}

static void bind_text(sqlite3_stmt *statement, const char *name, const char *value)
{
    const int index = sqlite3_bind_parameter_index(statement, name);

    if (index > 0)
        sqlite3_bind_text(statement, index, value, -1, SQLITE_TRANSIENT);
}

static void answering_start(Answering *answering, const Unit *unit)
{
    *answering = (Answering){.session = bench_session(unit->database, ANSWERS),
                             .own = bench_samples(),
                             .alone = bench_samples(),
                             .syncs = bench_samples()};
    answering->walk = begin(answering->session);
    answering->other = begin(answering->session);
    const Response *other = walk_response(answering->other);
    for (int i = 0; i < BARE; i++) {
        sqlite3_stmt *statement =
            bench_prepare(session_db(answering->session)->handle, BARE_SQL[i]);
        bind_int(statement, ":id", other->id);
        bind_int(statement, ":holder", other->holder);
        bind_int(statement, ":me", session_staff_id(answering->session));
        answering->bare[i] = statement;
    }
}

static void answering_clear(Answering *answering)
{
    for (int i = 0; i < BARE; i++)
        sqlite3_finalize(answering->bare[i]);
    walk_close(answering->walk, answering->session);
    walk_close(answering->other, answering->session);
    session_close(answering->session);
    g_array_unref(answering->own);
    g_array_unref(answering->alone);
    g_array_unref(answering->syncs);
}

static void answer_own(Answering *answering, const char *value, gboolean counts)
{
    g_autofree char *sentence = NULL;
    const double before = bench_ms();

    BENCH_OK(walk_answer(answering->walk, answering->session, value, NULL, &sentence, &error) ==
             WALK_SAVED);
    if (counts)
        bench_add(answering->own, bench_ms() - before);
}

static void answer_bare(Answering *answering, const char *value, gboolean counts)
{
    const Flow *flow = walk_flow(answering->walk);
    const int here = walk_index(answering->walk);

    bind_text(answering->bare[ANSWER], ":item", flow_step(flow, here)->item->link_id);
    bind_text(answering->bare[ANSWER], ":value", value);
    bind_text(answering->bare[TOUCH], ":next",
              flow_step(flow, flow_next(flow, here, 1))->item->link_id);
    const double before = bench_ms();
    for (int i = 0; i < COMMIT; i++)
        bench_run(answering->bare[i]);
    const double ready = bench_ms();
    bench_run(answering->bare[COMMIT]);
    if (!counts)
        return;
    bench_add(answering->alone, bench_ms() - before);
    bench_add(answering->syncs, bench_ms() - ready);
}

/* Round the scales; each answer is another one than the time before. */
static void gather_answers(Answering *answering)
{
    const Flow *flow = walk_flow(answering->walk);
    int at = -1;

    for (int i = 0; i < WARM_UP + PAIRS; i++) {
        const char value[] = {(char)('1' + i / SCALES % STEPS), '\0'};
        at = flow_next(flow, i % SCALES == 0 ? -1 : at, 1);
        BENCH_OK(walk_go(answering->walk, answering->session, at, &error));
        if (i % 2 == 0)
            answer_own(answering, value, i >= WARM_UP);
        answer_bare(answering, value, i >= WARM_UP);
        if (i % 2 != 0)
            answer_own(answering, value, i >= WARM_UP);
    }
}

static void measure_answers(const Unit *unit, const char *where)
{
    Answering answering;
    g_autofree char *what = g_strdup_printf("an answer committed %s", where);
    g_autofree char *what_99 = g_strdup_printf("an answer committed %s, p99", where);

    answering_start(&answering, unit);
    gather_answers(&answering);
    const double own = bench_quantile(answering.own, 0.5);
    const double alone = bench_quantile(answering.alone, 0.5);
    bench_at_most(what, own / alone, "times", 1.3,
                  "median %.2f ms; the engine alone, same rows and settings %.2f ms, its COMMIT "
                  "%.2f ms",
                  own, alone, bench_quantile(answering.syncs, 0.5));
    bench_note(what_99, bench_quantile(answering.own, 0.99), "ms",
               "the engine alone %.2f ms, its COMMIT %.2f ms",
               bench_quantile(answering.alone, 0.99), bench_quantile(answering.syncs, 0.99));
    answering_clear(&answering);
}

/* --- on the screen ---------------------------------------------------------------------------- */

static void expect(Harness *harness, const char *seen)
{
    if (harness_text_contains(harness, seen))
        return;
    g_autofree char *screen = harness_dump(harness);
    fprintf(stderr, "\"%s\" is not on the screen:\n%s", seen, screen);
    exit(1);
}

/* Down the list of forms begun, to that of `client`. */
static void select_form(Harness *harness, const char *client)
{
    int row, column, before = -1;

    for (;;) {
        harness_cursor(harness, &row, &column);
        if (row == before)
            expect(harness, client);
        if (row == before || strstr(harness_row(harness, row), client))
            return;
        before = row;
        harness_keys(harness, PRESS_DOWN);
    }
}

/* The program on a question of the form begun about `client`, or of a new intake (NULL). */
static Harness *open_form(const Unit *unit, const char *client)
{
    const char *const arguments[] = {"--db", unit->database, "--user", LOGIN, NULL};
    const HarnessOptions options = {.rows = 40,
                                    .columns = 120,
                                    .language = "en",
                                    .folder = unit->folder,
                                    .arguments = arguments,
                                    .now = bench_setting("DAGSFORM_NOW"),
                                    .awake = TRUE};
    Harness *harness = harness_start(&options);

    harness_keys(harness, DEMO_PASSPHRASE PRESS_ENTER "6");
    if (client)
        select_form(harness, client);
    harness_keys(harness, client ? PRESS_ENTER : "n");
    if (!client)
        harness_keys(harness, PRESS_ENTER);
    expect(harness, "Question ");
    return harness;
}

static void jump(Harness *harness, int number)
{
    g_autofree char *keys = g_strdup_printf(PRESS_F7 "%d" PRESS_ENTER, number);

    harness_keys(harness, keys);
}

typedef struct {
    GArray *times, *bytes; /* each of one key, to the last byte written for it */
} Samples;

static Samples samples_new(void)
{
    return (Samples){bench_samples(), bench_samples()};
}

static void samples_clear(Samples *samples)
{
    g_array_unref(samples->times);
    g_array_unref(samples->bytes);
}

static void press(Harness *harness, const char *key, Samples *samples)
{
    harness_keys(harness, key);
    bench_add(samples->times, harness_milliseconds(harness));
    bench_add(samples->bytes, (double)harness_bytes(harness));
}

/* --- from question to question ---------------------------------------------------------------- */

/* Questions in the order of their numbers, with or without those that are not asked. */
static void number_questions(const GPtrArray *items, GPtrArray *questions)
{
    for (guint i = 0; i < items->len; i++) {
        FormItem *item = items->pdata[i];
        if (item->type != ITEM_GROUP && item->type != ITEM_DISPLAY)
            g_ptr_array_add(questions, item);
        number_questions(item->items, questions);
    }
}

/* The number on the screen of a question, from 1. */
static int number_of(const char *name, const char *link_id)
{
    g_autofree char *file = g_strconcat(name, ".yaml", NULL);
    g_autofree char *path = g_build_filename(bench_setting("BENCH_FORMS"), file, NULL);
    g_autoptr(GPtrArray) questions = g_ptr_array_new();
    Form *form = NULL;
    int number = 0;

    BENCH_OK(form = form_load(path, NULL, &error));
    number_questions(form->items, questions);
    for (guint i = 0; i < questions->len && number == 0; i++) {
        if (g_str_equal(((const FormItem *)questions->pdata[i])->link_id, link_id))
            number = (int)i + 1;
    }
    form_free(form);
    return number;
}

/* 0 behind the last one. */
static int question_here(Harness *harness)
{
    const int row = harness_find(harness, "Question ");
    int number = 0;

    if (row >= 0)
        sscanf(strstr(harness_row(harness, row), "Question "), "Question %d of", &number);
    return number;
}

/* One answer, another one than in the round before; what is measured is the key that gives it. */
static void answer(Harness *harness, const FormItem *item, int round, Samples *samples)
{
    char key[8] = {0};

    if (item->type == ITEM_BOOLEAN) {
        press(harness, round % 2 == 0 ? "y" : "n", samples);
    } else if (item->type == ITEM_CHOICE && !item->repeats) {
        const FormOption *option = item->options->pdata[(guint)round % item->options->len];
        g_unichar_to_utf8(option->key, key);
        press(harness, key, samples);
    } else if (item->type == ITEM_TEXT || item->type == ITEM_STRING) {
        harness_keys(harness, "Maten. ");
        press(harness, PRESS_TAB, samples);
    } else {
        harness_keys(harness, PRESS_TAB);
    }
}

/* The interview begun, one question answered, and open on the screen. */
static Harness *open_interview(const Unit *unit)
{
    Session *session = bench_session(unit->database, LOGIN);
    Walk *walk = begin(session);
    g_autofree char *client = g_strdup(walk_response(walk)->subject);
    g_autofree char *sentence = NULL;

    BENCH_OK(walk_answer(walk, session, "1", NULL, &sentence, &error) == WALK_SAVED);
    walk_close(walk, session);
    session_close(session);
    return open_form(unit, client);
}

/* Each key comes behind a bare transaction on the same file, so that both meet the same disk. */
static void gather_keys(const Unit *unit, Samples *samples, GArray **syncs)
{
    g_autofree char *path = g_build_filename(bench_setting("BENCH_FORMS"), FORM ".yaml", NULL);
    g_autoptr(GPtrArray) questions = g_ptr_array_new();
    Harness *harness = open_interview(unit);
    Answering beside;
    Form *form = NULL;
    int round = 0;

    answering_start(&beside, unit);
    BENCH_OK(form = form_load(path, NULL, &error));
    number_questions(form->items, questions);
    while (samples->times->len < KEYS) {
        const int number = question_here(harness);
        if (number == 0) {
            round++;
            jump(harness, 1);
            continue;
        }
        answer_bare(&beside, round % 2 == 0 ? "1" : "2", TRUE);
        answer(harness, questions->pdata[number - 1], round, samples);
    }
    *syncs = g_array_ref(beside.syncs);
    answering_clear(&beside);
    form_free(form);
    harness_keys(harness, PRESS_ESCAPE); /* not interrupted: the next start offers nothing */
    harness_stop(harness);
}

static void measure_keys(const Unit *disk, const Unit *memory)
{
    Samples there = samples_new(), here = samples_new();
    g_autoptr(GArray) syncs = NULL;
    g_autoptr(GArray) none = NULL;

    gather_keys(disk, &there, &syncs);
    gather_keys(memory, &here, &none);
    const double key = bench_quantile(there.times, 0.5), sync = bench_quantile(syncs, 0.5);
    bench_at_most("key to the next question, no sync, p99", bench_quantile(here.times, 0.99), "ms",
                  5, "median %.2f ms; slowest of %u %.2f ms", bench_quantile(here.times, 0.5),
                  here.times->len, bench_quantile(here.times, 1));
    bench_at_most("key to the next question, beyond sync", key - sync, "ms", 5,
                  "medians: the key %.2f ms, a bare COMMIT before it %.2f ms", key, sync);
    bench_note("key to the next question, p99", bench_quantile(there.times, 0.99), "ms",
               "a bare COMMIT before it %.2f ms", bench_quantile(syncs, 0.99));
    bench_at_most("key to the next question, median", bench_quantile(here.bytes, 0.5), "bytes", 300,
                  "most %.0f bytes; a screen has %d", bench_quantile(here.bytes, 1), 120 * 40);
    samples_clear(&there);
    samples_clear(&here);
}

/* --- within a question ------------------------------------------------------------------------ */

/* It must be there: keys that another question takes would measure something else. */
static void jump_to(Harness *harness, const char *link_id)
{
    const int number = number_of(INTAKE, link_id);

    jump(harness, number);
    if (number == 0 || question_here(harness) != number) {
        fprintf(stderr, "The question %s of the intake was not come to.\n", link_id);
        exit(1);
    }
}

static void measure_choices(Harness *harness)
{
    Samples samples = samples_new();

    jump_to(harness, INTAKE_SEVERAL);
    harness_keys(harness, PRESS_DOWN PRESS_DOWN);
    for (int i = 0; i < MOVES; i++)
        press(harness, i % 4 < 2 ? PRESS_DOWN : PRESS_UP, &samples);
    bench_at_most("cursor among the choices, p99", bench_quantile(samples.times, 0.99), "ms", 1,
                  "median %.2f ms", bench_quantile(samples.times, 0.5));
    bench_at_most("cursor among the choices, most bytes", bench_quantile(samples.bytes, 1), "bytes",
                  300, "median %.0f bytes", bench_quantile(samples.bytes, 0.5));
    samples_clear(&samples);
}

/* A letter that breaks a line moves the rows below it: that is the most it writes. */
static void print_typing(const char *what, Samples *samples)
{
    bench_at_most(what, bench_quantile(samples->times, 0.99), "ms", 1,
                  "median %.2f ms, %.0f bytes, most %.0f", bench_quantile(samples->times, 0.5),
                  bench_quantile(samples->bytes, 0.5), bench_quantile(samples->bytes, 1));
    samples_clear(samples);
}

/* Letters at the end of a long text and in the middle of it. */
static void measure_typing(Harness *harness)
{
    static const char LINE[] = "Att få sova, och att slippa vara rädd när det ringer på dörren. ";
    g_autoptr(GString) text = g_string_new(NULL);
    Samples end = samples_new(), middle = samples_new();

    while (text->len < LONG_TEXT)
        g_string_append(text, LINE);
    jump_to(harness, INTAKE_TEXT);
    harness_paste(harness, text->str);
    for (int i = 0; i < MOVES; i++)
        press(harness, "a", &end);
    for (int i = 0; i < 20; i++)
        harness_keys(harness, PRESS_UP);
    for (int i = 0; i < MOVES; i++)
        press(harness, i % 6 == 5 ? " " : "a", &middle);
    harness_keys(harness, PRESS_TAB);
    print_typing("a letter at the end of 10 kB, p99", &end);
    print_typing("a letter within 10 kB, p99", &middle);
}

/* --- screens ---------------------------------------------------------------------------------- */

/* What is measured is `key`; `back` leads to where it began. */
static void measure_screen(Harness *harness, const char *what, const char *key, const char *seen,
                           const char *back)
{
    g_autofree char *name = g_strdup_printf("screen: %s", what);
    Samples samples = samples_new();

    for (int n = 0; n < VISITS_OF_A_SCREEN; n++) {
        press(harness, key, &samples);
        expect(harness, seen);
        harness_keys(harness, back);
    }
    bench_at_most(name, bench_quantile(samples.times, 1), "ms", 20,
                  "slowest of %d; median %.1f ms, %.0f bytes", VISITS_OF_A_SCREEN,
                  bench_quantile(samples.times, 0.5), bench_quantile(samples.bytes, 1));
    samples_clear(&samples);
}

static void measure_screens(Harness *harness)
{
    measure_screen(harness, "the overview of the intake", PRESS_F8, "Overview", PRESS_ESCAPE);
    harness_keys(harness, PRESS_ESCAPE);
    select_form(harness, "First contact");
    measure_screen(harness, "an intake opened again", PRESS_ENTER, "Question ", PRESS_ESCAPE);
    harness_keys(harness, PRESS_ENTER);
}

/* --- at rest ---------------------------------------------------------------------------------- */

/* A number out of /proc/PID/FILE: the one behind `name`. */
static double proc_number(Harness *harness, const char *file, const char *name)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/%s", harness_pid(harness), file);
    g_autofree char *text = NULL;
    const char *found;

    if (!g_file_get_contents(path, &text, NULL, NULL) || !(found = strstr(text, name)))
        return 0;
    return (double)g_ascii_strtoll(found + strlen(name), NULL, 10);
}

static void measure_idle(Harness *harness)
{
    const double seconds = g_ascii_strtod(bench_setting("BENCH_IDLE"), NULL);

    harness_rest(harness, 3000); /* where one is has been saved */
    const double written = proc_number(harness, "io", "wchar:");
    harness_rest(harness, (int)(seconds * 1000));
    bench_at_most("bytes written while idle in a form",
                  proc_number(harness, "io", "wchar:") - written, "bytes", 0,
                  "%.0f seconds, screen and files", seconds);
}

int main(void)
{
    g_autofree char *disk_folder = g_path_get_dirname(bench_setting("BENCH_CITY"));
    g_autofree char *bin = g_path_get_dirname(bench_setting("DAGSFORM"));
    g_autofree char *share = g_build_filename(bin, "..", "share", NULL);

    g_setenv("DAGSFORM_SHARE", share, TRUE);
    bench_start();
    Unit disk = unit_new(disk_folder), memory = unit_new(MEMORY);
    measure_answers(&disk, "on the disk");
    measure_answers(&memory, "without its sync");
    measure_keys(&disk, &memory);
    Harness *harness = open_form(&disk, NULL);
    measure_choices(harness);
    measure_typing(harness);
    measure_screens(harness);
    measure_idle(harness);
    harness_stop(harness);
    unit_clear(&disk);
    unit_clear(&memory);
    return 0;
}
