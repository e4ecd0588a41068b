/* screen.c: what the one at the keys waits for, on the city demo in a terminal of 120 × 40. Times
 * are from the key to the last byte written for it; bytes are those of one key. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/demo.h"
#include "tests/bench/harness.h"
#include "tests/screen/harness.h"

#define STARTS 15
#define UNLOCKS 7
#define MOVES 1000
#define VISITS_OF_A_SCREEN 9

typedef struct {
    Harness *harness;
    const char *folder;
    const char *database;
    const char *peer;
} Bench;

/* --- starting --------------------------------------------------------------------------------- */

static Harness *start_on(const Bench *bench, const char *database, const char *program)
{
    const char *const arguments[] = {"--db", database, "--user", "led", NULL};
    const HarnessOptions options = {.rows = 40,
                                    .columns = 120,
                                    .language = "en",
                                    .folder = bench->folder,
                                    .program = program,
                                    .arguments = program ? NULL : arguments,
                                    .now = bench_setting("DAGSFORM_NOW"),
                                    .awake = TRUE};

    return harness_start(&options);
}

/* `program` NULL: the program itself, on the city. */
static Harness *start(const Bench *bench, const char *program)
{
    return start_on(bench, bench->database, program);
}

static void measure_start(const Bench *bench)
{
    g_autoptr(GArray) own = bench_samples();
    g_autoptr(GArray) peer = bench_samples();

    for (int i = 0; i < STARTS; i++) {
        Harness *program = start(bench, NULL);
        bench_add(own, harness_milliseconds(program));
        harness_stop(program);
        program = start(bench, bench->peer);
        bench_add(peer, harness_milliseconds(program));
        harness_stop(program);
    }
    bench_at_most("exec to the unlock screen", bench_quantile(own, 0.5), "ms", 50,
                  "curses alone %.1f ms", bench_quantile(peer, 0.5));
}

/* The engine alone: keyed, set, its schema read. */
static double open_bare(const Bench *bench)
{
    g_autoptr(GArray) times = bench_samples();
    Session *session = bench_session(bench->database, "led");
    g_autoptr(Secret) key = secret_copy(vault_data_key(session_vault(session))->bytes,
                                        vault_data_key(session_vault(session))->length);

    session_close(session);
    for (int i = 0; i < UNLOCKS; i++) {
        const double before = bench_ms();
        sqlite3 *bare = bench_bare(bench->database, key);
        sqlite3_stmt *first = bench_prepare(bare, "SELECT count(*) FROM unit");
        bench_run(first);
        bench_add(times, bench_ms() - before);
        sqlite3_finalize(first);
        sqlite3_close(bare);
    }
    return bench_quantile(times, 0.5);
}

/* The city has the cheapest key derivation there is, which takes about a tenth of a millisecond. */
static void measure_unlock(const Bench *bench)
{
    g_autoptr(GArray) times = bench_samples();

    for (int i = 0; i < UNLOCKS; i++) {
        if (i > 0)
            harness_keys(bench->harness, PRESS_F9);
        harness_keys(bench->harness, DEMO_PASSPHRASE);
        harness_keys(bench->harness, PRESS_ENTER);
        bench_add(times, harness_milliseconds(bench->harness));
    }
    bench_at_most("unlock to the first list", bench_quantile(times, 0.5), "ms", 50,
                  "engine opened alone %.1f ms", open_bare(bench));
}

/* --- moving ----------------------------------------------------------------------------------- */

typedef struct {
    GArray *times, *bytes;               /* the cursor goes to the next line */
    GArray *scroll_times, *scroll_bytes; /* the list is moved under it */
    GArray *processor;                   /* of either, with what is fetched ahead */
} Moves;

static void moves_init(Moves *moves)
{
    *moves = (Moves){bench_samples(), bench_samples(), bench_samples(), bench_samples(),
                     bench_samples()};
}

static void moves_clear(Moves *moves)
{
    g_array_unref(moves->times);
    g_array_unref(moves->bytes);
    g_array_unref(moves->scroll_times);
    g_array_unref(moves->scroll_bytes);
    g_array_unref(moves->processor);
}

static void move_down(Harness *harness, Moves *moves)
{
    int before, after, column;
    const double processor = harness_processor_ms(harness);

    harness_cursor(harness, &before, &column);
    harness_keys(harness, PRESS_DOWN);
    harness_cursor(harness, &after, &column);
    /* Nothing is written at the end of a list. */
    if (harness_bytes(harness) == 0)
        return;
    bench_add(moves->processor, harness_processor_ms(harness) - processor);
    bench_add(after != before ? moves->times : moves->scroll_times, harness_milliseconds(harness));
    bench_add(after != before ? moves->bytes : moves->scroll_bytes, (double)harness_bytes(harness));
}

/* Down a part of the list, to its top, and again, until there are enough. */
static void gather_moves(Harness *harness, Moves *moves)
{
    moves_init(moves);
    for (int i = 0; i < MOVES; i++) {
        if (i % 100 == 60)
            harness_keys(harness, PRESS_HOME);
        move_down(harness, moves);
    }
    harness_keys(harness, PRESS_HOME);
}

static void measure_moves(Harness *harness, const char *list, const Moves *peer)
{
    Moves moves;
    g_autofree char *time = g_strdup_printf("cursor in %s, p99", list);
    g_autofree char *bytes = g_strdup_printf("cursor in %s, most bytes", list);
    g_autofree char *scroll = g_strdup_printf("line scrolled in %s, p99", list);
    g_autofree char *scroll_bytes = g_strdup_printf("line scrolled in %s, median", list);

    gather_moves(harness, &moves);
    if (moves.times->len > 0) {
        bench_at_most(time, bench_quantile(moves.times, 0.99), "ms", 1,
                      "median %.2f ms; processor time p99 %.2f; curses alone %.2f, p99 %.2f",
                      bench_quantile(moves.times, 0.5), bench_quantile(moves.processor, 0.99),
                      bench_quantile(peer->times, 0.5), bench_quantile(peer->times, 0.99));
        /* The marked row stands whole beside the list. */
        bench_at_most(bytes, bench_quantile(moves.bytes, 1), "bytes", 1000,
                      "curses alone %.0f bytes", bench_quantile(peer->bytes, 1));
    }
    if (moves.scroll_times->len > 0) {
        bench_at_most(scroll, bench_quantile(moves.scroll_times, 0.99), "ms", 1, "median %.2f ms",
                      bench_quantile(moves.scroll_times, 0.5));
        bench_note(scroll_bytes, bench_quantile(moves.scroll_bytes, 0.5), "bytes",
                   "a screen has %d", 120 * 40);
    }
    moves_clear(&moves);
}

/* --- screens ---------------------------------------------------------------------------------- */

static void press(Harness *harness, const char *const *keys)
{
    for (; *keys; keys++)
        harness_keys(harness, *keys);
}

/* What is measured is the last of `keys`; `seen` stands on the screen then. */
static const struct {
    const char *what, *keys[4], *back[3], *seen;
} SCREENS[] = {
    {"Today, the whole unit", {PRESS_F5, PRESS_F2}, {NULL}, "whole unit"},
    {"Today, a day on", {PRESS_RIGHT}, {NULL}, "whole unit"},
    {"Today, the unit's week", {PRESS_F5, PRESS_F2, "v"}, {"v"}, "whole unit"},
    {"Clients", {PRESS_F3}, {PRESS_F2}, "Clients"},
    {"To do", {PRESS_F5}, {PRESS_F2}, "To do"},
    {"the week's visits", {PRESS_F4, PRESS_ENTER}, {PRESS_ESCAPE, PRESS_F2}, "Visits"},
    {"a cancellation", {"a"}, {PRESS_ESCAPE}, "Cancel"},
    {"a client's card", {"o"}, {PRESS_ESCAPE}, "Client number"},
    {"help", {"?"}, {PRESS_ESCAPE}, "Help"},
    {"reading in", {PRESS_F6}, {PRESS_ESCAPE}, "Read in"},
    {"forms begun", {"6"}, {PRESS_ESCAPE}, "Begun by you"},
    {"a client's forms", {"f"}, {PRESS_ESCAPE}, "Forms"},
};

static void expect(Harness *harness, const char *what, const char *seen)
{
    if (harness_text_contains(harness, seen))
        return;
    g_autofree char *screen = harness_dump(harness);
    fprintf(stderr, "\"%s\" is not on the screen of %s:\n%s", seen, what, screen);
    exit(1);
}

static void measure_screens(Harness *harness)
{
    for (gsize i = 0; i < G_N_ELEMENTS(SCREENS); i++) {
        g_autoptr(GArray) times = bench_samples();
        g_autofree char *what = g_strdup_printf("screen: %s", SCREENS[i].what);
        gsize bytes = 0;
        for (int n = 0; n < VISITS_OF_A_SCREEN; n++) {
            press(harness, SCREENS[i].keys);
            bench_add(times, harness_milliseconds(harness));
            bytes = MAX(bytes, harness_bytes(harness));
            expect(harness, SCREENS[i].what, SCREENS[i].seen);
            press(harness, SCREENS[i].back);
        }
        bench_at_most(what, bench_quantile(times, 1), "ms", 20,
                      "slowest of %d; median %.1f ms, %zu bytes", VISITS_OF_A_SCREEN,
                      bench_quantile(times, 0.5), bytes);
    }
}

static void measure_review(Harness *harness)
{
    g_autoptr(GArray) times = bench_samples();

    for (int i = 0; i < 10; i++) {
        harness_keys(harness, PRESS_F4);
        bench_add(times, harness_milliseconds(harness));
        for (int week = 0; week < 5; week++) {
            harness_keys(harness, PRESS_LEFT);
            bench_add(times, harness_milliseconds(harness));
        }
        harness_keys(harness, PRESS_F2);
    }
    bench_at_most("the week's review on the screen", bench_quantile(times, 1), "ms", 30,
                  "slowest of %u; median %.1f ms", times->len, bench_quantile(times, 0.5));
}

static void measure_search(Harness *harness)
{
    static const char *const typed[] = {"anders", "mo", "ali", "jo", "b10", "1999", "s b"};
    g_autoptr(GArray) times = bench_samples();

    harness_keys(harness, PRESS_F3);
    for (gsize i = 0; i < G_N_ELEMENTS(typed); i++) {
        for (const char *c = typed[i]; *c; c++) {
            harness_keys(harness, (const char[]){*c, '\0'});
            bench_add(times, harness_milliseconds(harness));
        }
        for (const char *c = typed[i]; *c; c++)
            harness_keys(harness, PRESS_BACKSPACE);
    }
    bench_at_most("a letter of a search on the screen", bench_quantile(times, 1), "ms", 5,
                  "slowest of %u; median %.1f ms", times->len, bench_quantile(times, 0.5));
    harness_keys(harness, PRESS_F2);
}

static void measure_lists(const Bench *bench)
{
    Moves peer;
    Harness *harness = start(bench, bench->peer);

    moves_init(&peer);
    for (int i = 0; i < MOVES; i++)
        move_down(harness, &peer);
    harness_stop(harness);
    harness = bench->harness;
    harness_keys(harness, "i");
    measure_moves(harness, "Today", &peer);
    harness_keys(harness, PRESS_F3);
    measure_moves(harness, "Clients", &peer);
    harness_keys(harness, PRESS_F4);
    harness_keys(harness, PRESS_ENTER);
    measure_moves(harness, "Visits", &peer);
    harness_keys(harness, PRESS_ESCAPE);
    harness_keys(harness, PRESS_F5);
    measure_moves(harness, "To do", &peer);
    harness_keys(harness, PRESS_F2);
    moves_clear(&peer);
}

/* --- at rest ---------------------------------------------------------------------------------- */

/* A number out of /proc/PID/FILE: the one behind `name`. */
static gint64 proc_number(int pid, const char *file, const char *name)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/%s", pid, file);
    g_autofree char *text = NULL;
    const char *found;

    if (!g_file_get_contents(path, &text, NULL, NULL) || !(found = strstr(text, name)))
        return 0;
    return g_ascii_strtoll(found + strlen(name), NULL, 10);
}

/* utime and stime of proc(5), the 14th and 15th field. */
static gint64 cpu_ticks(int pid)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/stat", pid);
    g_autofree char *text = NULL;

    if (!g_file_get_contents(path, &text, NULL, NULL))
        return 0;
    g_auto(GStrv) fields = g_strsplit(strrchr(text, ')') + 2, " ", -1);
    return g_ascii_strtoll(fields[11], NULL, 10) + g_ascii_strtoll(fields[12], NULL, 10);
}

static double resident_mb(Harness *harness, const char *name)
{
    return (double)proc_number(harness_pid(harness), "status", name) / 1024;
}

/* A form begun, and on paper: that loads the libraries for it, and their fonts. */
static void put_on_paper(const Bench *bench)
{
    g_autofree char *path = g_build_filename(bench->folder, "intake.pdf", NULL);
    g_autofree char *keys = g_strconcat(PRESS_F8 "p1" PRESS_CTRL_U, path, PRESS_ENTER, NULL);

    harness_keys(bench->harness, "6n" PRESS_ENTER);
    harness_keys(bench->harness, keys);
    expect(bench->harness, "a form on paper", "The paper lies in");
    bench_note("a form put on paper", harness_milliseconds(bench->harness), "ms",
               "the first one: the fonts are looked for");
    harness_keys(bench->harness, PRESS_ESCAPE);
    harness_keys(bench->harness, PRESS_ESCAPE);
    harness_keys(bench->harness, PRESS_F2);
}

static void measure_memory(const Bench *bench)
{
    Harness *peer = start(bench, bench->peer);
    const double alone = resident_mb(peer, "VmRSS:");
    const double before = resident_mb(bench->harness, "VmRSS:");

    harness_stop(peer);
    put_on_paper(bench);
    bench_at_most("resident memory, every screen and paper", resident_mb(bench->harness, "VmRSS:"),
                  "MB", 32, "before form and paper %.1f MB; curses alone %.1f MB", before, alone);
}

/* What the derivation of a key takes is given back. */
static void measure_real_key(const Bench *bench)
{
    Harness *harness = start_on(bench, bench_setting("BENCH_UNIT"), NULL);

    harness_keys(harness, DEMO_PASSPHRASE);
    harness_keys(harness, PRESS_ENTER);
    expect(harness, "unlocking", "whole unit");
    bench_at_most("resident memory, a real key derived", resident_mb(harness, "VmRSS:"), "MB", 32,
                  "while it was derived %.0f MB; it took %.0f ms", resident_mb(harness, "VmHWM:"),
                  harness_milliseconds(harness));
    harness_stop(harness);
}

/* The weeks that a review shows are counted while nobody presses a key, once. */
static void measure_rest(const Bench *bench)
{
    const int pid = harness_pid(bench->harness);
    const double begun = bench_ms();
    gint64 ticks, before;

    do {
        before = cpu_ticks(pid);
        g_usleep(G_USEC_PER_SEC);
        ticks = cpu_ticks(pid) - before;
    } while (ticks > 1 && bench_ms() - begun < 120e3);
    bench_note("until it rests, once", (bench_ms() - begun) / 1000, "s",
               "every week of the city is counted; a key goes before it");
}

static void measure_idle(const Bench *bench)
{
    const int pid = harness_pid(bench->harness);
    const double seconds = g_ascii_strtod(bench_setting("BENCH_IDLE"), NULL);
    const gint64 ticks = cpu_ticks(pid), written = proc_number(pid, "io", "wchar:");

    g_usleep((gulong)(seconds * G_USEC_PER_SEC));
    bench_at_most("bytes written while idle", (double)(proc_number(pid, "io", "wchar:") - written),
                  "bytes", 0, "%.0f seconds, screen and files", seconds);
    bench_at_most("processor while idle", (double)(cpu_ticks(pid) - ticks), "ticks", 1,
                  "%.0f seconds of 100 ticks", seconds);
}

int main(void)
{
    Bench bench = {.database = bench_setting("BENCH_CITY"), .peer = bench_setting("BENCH_PEER")};
    g_autofree char *folder = harness_folder_new();

    bench_start();
    bench.folder = folder;
    measure_start(&bench);
    bench.harness = start(&bench, NULL);
    measure_unlock(&bench);
    measure_screens(bench.harness);
    measure_review(bench.harness);
    measure_search(bench.harness);
    measure_lists(&bench);
    measure_memory(&bench);
    measure_real_key(&bench);
    measure_rest(&bench);
    measure_idle(&bench);
    harness_stop(bench.harness);
    harness_folder_remove(g_steal_pointer(&folder));
    return 0;
}
