/* The terminal itself: what is written for a key, pastes, windows of any size, being stopped, hung
 * up and killed. Run on screens of its own (--probe), so that it fails only for the terminal. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/secret.h"
#include "tests/screen/harness.h"
#include "ui/app.h"
#include "ui/common/dialog.h"
#include "ui/handlers.h"
#include "ui/widgets/list.h"
#include "ui/widgets/page.h"

/* --- the probe ---------------------------------------------------------------------------------
 */

enum { ROWS = 5000 };

static GPtrArray *probe_fetch(void *data, gconstpointer after, int limit, GError **error)
{
    (void)data, (void)error;
    GPtrArray *rows = g_ptr_array_new_with_free_func(g_free);
    for (int next = after != NULL ? *(const int *)after + 1 : 0;
         next < ROWS && (int)rows->len < limit; next++)
        g_ptr_array_add(rows, g_memdup2(&next, sizeof next));
    return rows;
}

/* As full as rows are: time, name, number, what is planned, what came of it, who. */
static void probe_row(void *data, gconstpointer row, Area line, gboolean selected)
{
    (void)data;
    int number = *(const int *)row;
    Style style = selected ? STYLE_SELECTED : STYLE_NORMAL;
    draw_format(line, 0, 0, style, "%02d:%02d", number / 60 % 24, number % 60);
    draw_format(line, 0, 8, style, "Åsa-Märta Öström %d", number);
    draw_text(line, 0, 34, style, "hembesök 60 min");
    draw_text(line, 0, 54, style, number % 3 == 0 ? "avbokat: mår dåligt" : "genomfört");
    draw_text(line, 0, 80, style, "Birgitta Lindqvist");
}

static gboolean probe_same(gconstpointer a, gconstpointer b)
{
    return *(const int *)a == *(const int *)b;
}

static const ListClass PROBE_CLASS = {.fetch = probe_fetch, .draw = probe_row, .same = probe_same};

typedef struct {
    List *list;
} ListState;

static gboolean list_enter(App *app, void *data, const void *argument, GError **error)
{
    (void)app, (void)argument;
    ListState *state = data;
    state->list = list_new(&PROBE_CLASS, NULL);
    return list_restart(state->list, error);
}

static void list_screen_draw(App *app, void *data, Area area)
{
    (void)app;
    list_draw(((ListState *)data)->list, area, TRUE, "nothing");
}

static void told_answer(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    app_say(app, STYLE_NORMAL, "answer %s %s", yes ? "yes" : "no", text != NULL ? text : "-");
}

/* Something that takes time and cannot be hurried: until it is broken off. */
static void work(App *app)
{
    while (app_progress(app, "working", 0.5))
        continue;
    app_say(app, STYLE_NORMAL, "broken off");
}

static gboolean list_key(App *app, void *data, const Event *event)
{
    if (event->type == EVENT_KEY && event->key == 'k')
        dialog_ask(app, "Shall it be?", told_answer, NULL);
    else if (event->type == EVENT_KEY && event->key == 'p')
        dialog_prompt(app, "Which?", "abc", told_answer, NULL);
    else if (event->type == EVENT_KEY && event->key == 't')
        dialog_tell(app, "Title", "A text to read.");
    else if (event->type == EVENT_KEY && event->key == 'w')
        work(app);
    else if (event->type == EVENT_KEY && event->key == 'x')
        raise(SIGSEGV);
    else if (event->type == EVENT_KEY && event->key == 'm')
        app_say(app, STYLE_NORMAL, "key m");
    else
        return list_event(((ListState *)data)->list, event, NULL);
    return TRUE;
}

static void list_leave(App *app, void *data)
{
    (void)app;
    list_free(((ListState *)data)->list);
}

static const Screen LIST = {
    .name = "list",
    .place = IN_HELP, /* where only the actions of every screen are */
    .title = "List",
    .state_size = sizeof(ListState),
    .enter = list_enter,
    .draw = list_screen_draw,
    .key = list_key,
    .leave = list_leave,
};

static gboolean fields_enter(App *app, void *data, const void *argument, GError **error)
{
    (void)app, (void)argument, (void)error;
    page_init(data);
    page_field(data, "Line", NULL, "", FALSE);
    page_field(data, "Area", NULL, "", TRUE);
    page_secret(data, "Secret", NULL);
    return TRUE;
}

static void fields_draw(App *app, void *data, Area area)
{
    (void)app;
    page_draw(data, area_rows(area, 0, area.rows - 1));
    draw_format(area, area.rows - 1, 0, STYLE_NORMAL, "area %zu bytes", strlen(page_text(data, 1)));
}

static gboolean fields_key(App *app, void *data, const Event *event)
{
    (void)app;
    gboolean done;
    return page_event(data, event, &done);
}

static void fields_leave(App *app, void *data)
{
    (void)app;
    page_clear(data);
}

static const Screen FIELDS = {
    .name = "fields",
    .place = IN_HELP,
    .title = "Fields",
    .state_size = sizeof(Page),
    .enter = fields_enter,
    .draw = fields_draw,
    .key = fields_key,
    .leave = fields_leave,
};

static int probe(const char *name)
{
    g_autoptr(GError) error = NULL;
    i18n_init(NULL);
    g_autoptr(Config) config = NULL;
    if (!secret_init(&error) || !clock_init(&error) || (config = config_load(NULL, &error)) == NULL)
        return 2;
    TermOptions options = {.mouse = config->mouse,
                           .theme = theme_choose(config->theme),
                           .escape_delay_ms = config->escape_delay_ms};
    if (!term_start(&options, &error))
        return 2;
    const Screen *screen = strcmp(name, "list") == 0 ? &LIST : &FIELDS;
    const Screen *const screens[SCREEN_COUNT] = {
        [SCREEN_TODAY] = screen, [SCREEN_UNLOCK] = screen, [SCREEN_HELP] = &screen_help};
    const AppParts parts = {screens, action_handlers, SCREEN_TODAY, SCREEN_UNLOCK};
    App *app = app_new(g_steal_pointer(&config), "probe.db", &parts);
    app_open(app, SCREEN_TODAY, NULL);
    app_run(app);
    app_free(app);
    term_stop();
    return 0;
}

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UNDER_SANITIZER 1
#endif
#endif
#ifndef UNDER_SANITIZER
#define UNDER_SANITIZER 0
#endif

/* --- the tests ---------------------------------------------------------------------------------
 */

static Harness *start(const char *name, HarnessOptions options)
{
    static char path[4096];
    gssize length = readlink("/proc/self/exe", path, sizeof path - 1);
    assert_true(length > 0);
    path[length] = '\0';
    const char *const arguments[] = {"--probe", name, NULL};
    options.program = path;
    options.arguments = arguments;
    if (options.language == NULL)
        options.language = "en";
    return harness_start(&options);
}

static void assert_cursor(Harness *harness, int row, int column)
{
    int at_row, at_column;
    harness_cursor(harness, &at_row, &at_column);
    assert_int_equal(at_row, row);
    assert_int_equal(at_column, column);
}

static void a_move_writes_little(void **unused)
{
    (void)unused;
    Harness *harness = start("list", (HarnessOptions){.rows = 40, .columns = 120});
    assert_cursor(harness, 1, 1);
    gsize most = 0;
    for (int i = 1; i < 300; i++) { /* past the last row shown and the first page */
        harness_keys(harness, PRESS_DOWN);
        most = MAX(most, harness_bytes(harness));
        assert_cursor(harness, MIN(i, 36) + 1, 1);
    }
    for (int i = 0; i < 60; i++) {
        harness_keys(harness, PRESS_UP);
        most = MAX(most, harness_bytes(harness));
    }
    print_message("at most %zu bytes for one move\n", most);
    if (most > 300)
        fail_msg("%zu bytes for one move", most);
    assert_true(harness_text_contains(harness, "> 03:59   Åsa-Märta Öström 239"));
    harness_stop(harness);
}

static void nothing_changed_is_nothing_written(void **unused)
{
    (void)unused;
    Harness *harness = start("list", (HarnessOptions){0});
    harness_keys(harness, PRESS_UP);
    assert_int_equal(harness_bytes(harness), 0);
    harness_keys(harness, "\033[99~"); /* a sequence that nobody knows */
    assert_int_equal(harness_bytes(harness), 0);
    harness_keys(harness, "!");
    assert_true(harness_text_contains(harness, "There is nothing on that key here."));
    harness_keys(harness, "!");
    assert_int_equal(harness_bytes(harness), 0);
    harness_keys(harness, PRESS_CTRL_L);
    assert_true(harness_bytes(harness) > 500);
    harness_stop(harness);
}

static void keys_typed_ahead_are_kept(void **unused)
{
    (void)unused;
    Harness *harness = start("list", (HarnessOptions){0});
    harness_keys(harness, PRESS_DOWN PRESS_DOWN "k"
                                                "n" PRESS_DOWN "py" PRESS_ENTER PRESS_DOWN);
    assert_cursor(harness, 5, 1);
    harness_keys(harness, "p" PRESS_BACKSPACE "d\r");
    assert_true(harness_text_contains(harness, "answer yes abd"));
    harness_keys(harness, "k" PRESS_ESCAPE "m");
    assert_true(harness_text_contains(harness, "key m"));
    harness_keys(harness, "t");
    assert_true(harness_text_contains(harness, "A text to read."));
    harness_keys(harness, " ");
    assert_false(harness_text_contains(harness, "A text to read."));
    harness_keys(harness, "k" PRESS_ESCAPE);
    assert_true(harness_text_contains(harness, "answer no -"));
    harness_stop(harness);
}

/* C1: what a terminal answers, and Alt with a letter. */
static void an_answer_of_the_terminal_is_no_keys(void **unused)
{
    (void)unused;
    static const char *const BURSTS[] = {"\033]11;rgb:1k1m/1m1m/1m1m\033\\",
                                         "\033]11;mmm\a",
                                         "\033Pk\033\\",
                                         "\033_m\033\\",
                                         "\033^m\033\\",
                                         "\033Xm\033\\",
                                         "\033m",
                                         "\033]11;mm",
                                         "\033[1;"};
    Harness *harness = start("list", (HarnessOptions){0});
    for (gsize i = 0; i < G_N_ELEMENTS(BURSTS); i++) {
        harness_burst(harness, BURSTS[i]);
        assert_false(harness_text_contains(harness, "key m"));
        assert_false(harness_text_contains(harness, "Shall it be?"));
    }
    harness_keys(harness, "m"); /* the last two have been given up */
    assert_true(harness_text_contains(harness, "key m"));
    harness_stop(harness);
}

static void long_work_is_broken_off_and_keeps_keys(void **unused)
{
    (void)unused;
    Harness *harness = start("list", (HarnessOptions){0});
    harness_keys(harness, "w" PRESS_DOWN PRESS_DOWN PRESS_ESCAPE "m");
    assert_true(harness_text_contains(harness, "key m"));
    assert_cursor(harness, 3, 1);
    harness_stop(harness);
}

static void a_paste_is_text_however_long(void **unused)
{
    (void)unused;
    Harness *harness = start("fields", (HarnessOptions){0});
    harness_keys(harness, "linje" PRESS_TAB);
    harness_paste(harness, "a\033[A\r\nb\tq\001c\033OP");
    assert_true(harness_text_contains(harness, "area 19 bytes"));
    harness_keys(harness, PRESS_CTRL_Z);
    assert_true(harness_text_contains(harness, "area 0 bytes"));
    g_autofree char *megabyte = g_strnfill(1 << 20, 'x');
    harness_paste(harness, megabyte);
    assert_true(harness_text_contains(harness, "area 1048576 bytes"));
    harness_keys(harness, PRESS_CTRL_Z "ö");
    assert_true(harness_text_contains(harness, "area 2 bytes"));
    harness_keys(harness, PRESS_TAB);
    harness_paste(harness, "lösen ord");
    assert_true(harness_text_contains(harness, "Secret  •••••••••"));
    assert_null(strstr(harness_written(harness)->str, "lösen"));
    harness_stop(harness);
}

static void a_paste_without_a_field_is_no_keys(void **unused)
{
    (void)unused;
    Harness *harness = start("list", (HarnessOptions){0});
    harness_paste(harness, "xkpw");
    assert_true(harness_text_contains(harness, "There is no field here to paste into."));
    harness_stop(harness);
}

static void every_window_size_will_do(void **unused)
{
    (void)unused;
    static const int SIZES[][2] = {{1, 1},   {2, 2},    {1, 200}, {15, 200}, {16, 60}, {100, 60},
                                   {3, 300}, {100, 10}, {16, 59}, {50, 150}, {24, 80}};
    Harness *harness = start("fields", (HarnessOptions){0});
    harness_keys(harness, "kvar" PRESS_TAB "också");
    for (gsize i = 0; i < G_N_ELEMENTS(SIZES); i++) {
        harness_resize(harness, SIZES[i][0], SIZES[i][1]);
        int row, column;
        harness_cursor(harness, &row, &column);
        assert_true(row >= 0 && row < SIZES[i][0] && column >= 0 && column < SIZES[i][1]);
        gboolean small = SIZES[i][0] < 16 || SIZES[i][1] < 60;
        assert_int_equal(harness_text_contains(harness, "kvar"), !small);
        if (small)
            harness_keys(harness, "bort");
        if (SIZES[i][1] >= 150 && small)
            assert_true(harness_text_contains(harness, "This window is too small"));
    }
    assert_true(harness_text_contains(harness, "Line    kvar"));
    assert_true(harness_text_contains(harness, "Area    också"));
    assert_true(harness_text_contains(harness, "area 6 bytes"));
    harness_stop(harness);
}

static void without_colour_there_is_none(void **unused)
{
    (void)unused;
    Harness *harness = start("list", (HarnessOptions){.no_color = TRUE});
    harness_keys(harness, PRESS_DOWN "k");
    g_autofree char *dump = harness_dump(harness);
    assert_null(strstr(dump, "colour"));
    assert_non_null(strstr(dump, "reverse"));
    assert_false(
        g_regex_match_simple("\033\\[[0-9;]*[34][0-79]m", harness_written(harness)->str, 0, 0));
    harness_stop(harness);
}

/* D17: a theme with a ground of its own lays it under every cell, also under what is erased. */
static void test_d17_a_theme_lays_its_ground(void **unused)
{
    (void)unused;
    char *folder = harness_folder_new();
    harness_folder_write(folder, "config/dagsform/config.ini", "[screen]\ntheme = light\n");
    Harness *harness = start("list", (HarnessOptions){.folder = folder});
    harness_keys(harness, PRESS_DOWN);
    g_autofree char *dump = harness_dump(harness);
    for (int row = 0; row < 24; row++) {
        g_autofree char *first = g_strdup_printf("(?m)^%d: 0-[0-9]+ .*ground 231$", row);
        g_autofree char *last = g_strdup_printf("(?m)^%d: [0-9]+-79 .*ground 231$", row);
        if (!g_regex_match_simple(first, dump, 0, 0) || !g_regex_match_simple(last, dump, 0, 0))
            fail_msg("row %d is not on the theme's ground:\n%s", row, dump);
    }
    harness_stop(harness);
    harness_folder_remove(folder);
}

static void the_mouse_is_left_alone_unless_asked_for(void **unused)
{
    (void)unused;
    Harness *harness = start("list", (HarnessOptions){0});
    assert_null(strstr(harness_written(harness)->str, "\033[?100"));
    assert_non_null(strstr(harness_written(harness)->str, "\033[?2004h"));
    harness_stop(harness);
    char *folder = harness_folder_new();
    harness_folder_write(folder, "config/dagsform/config.ini", "[screen]\nmouse = true\n");
    harness = start("list", (HarnessOptions){.folder = folder});
    assert_non_null(strstr(harness_written(harness)->str, "\033[?1000h"));
    harness_keys(harness, "\033[<0;10;6M\033[<0;10;6m");
    assert_cursor(harness, 5, 1);
    kill(harness_pid(harness), SIGTERM);
    assert_int_equal(harness_wait_exit(harness), 0);
    assert_non_null(strstr(harness_written(harness)->str, "\033[?1000l"));
    harness_stop(harness);
    harness_folder_remove(folder);
}

/* What a terminal is given back with: nothing on it, nothing above it, no mode left on. */
static void assert_restored(Harness *harness)
{
    const char *written = harness_written(harness)->str;
    assert_true(harness_is_blank(harness));
    assert_non_null(strstr(written, "\033[3J"));
    assert_non_null(strstr(written, "\033[?1049l"));
    assert_non_null(strstr(written, "\033[?2004l"));
}

static void hanging_up_leaves_in_good_order(void **unused)
{
    (void)unused;
    static const int SIGNALS[] = {SIGHUP, SIGTERM, SIGINT};
    for (gsize i = 0; i < G_N_ELEMENTS(SIGNALS); i++) {
        Harness *harness = start("list", (HarnessOptions){0});
        kill(harness_pid(harness), SIGNALS[i]);
        assert_int_equal(harness_wait_exit(harness), 0);
        assert_restored(harness);
        harness_stop(harness);
    }
}

/* A terminal without an alternate screen keeps what is cleared as a whole in its history. */
static void what_is_cleared_is_overwritten_first(void **unused)
{
    (void)unused;
    const char *const environment[] = {"TERM=vt100", NULL};
    Harness *harness = start("list", (HarnessOptions){.environment = environment});
    const gsize before = harness_written(harness)->len;
    kill(harness_pid(harness), SIGTERM);
    assert_int_equal(harness_wait_exit(harness), 0);
    assert_true(harness_is_blank(harness));
    const char *written = harness_written(harness)->str + before;
    const char *cleared = strstr(written, "\033[J");
    assert_non_null(cleared);
    int dots = 0;
    for (; written < cleared; written++)
        dots += *written == '.';
    assert_true(dots >= 24 * 80 - 1);
    harness_stop(harness);
}

static void dying_restores_the_terminal(void **unused)
{
    (void)unused;
    if (UNDER_SANITIZER)
        skip(); /* its own handler stays, and tells where */
    Harness *harness = start("list", (HarnessOptions){0});
    harness_keys(harness, "x");
    assert_int_equal(harness_wait_exit(harness), 128 + SIGSEGV);
    assert_restored(harness);
    harness_stop(harness);
}

static void stopping_blanks_the_screen(void **unused)
{
    (void)unused;
    Harness *harness = start("list", (HarnessOptions){0});
    harness_keys(harness, PRESS_DOWN);
    int status;
    kill(harness_pid(harness), SIGTSTP);
    assert_int_equal(waitpid(harness_pid(harness), &status, WUNTRACED), harness_pid(harness));
    assert_true(WIFSTOPPED(status));
    harness_wait_blank(harness);
    kill(harness_pid(harness), SIGCONT);
    harness_wait_text(harness, "> 00:01   Åsa-Märta Öström 1");
    harness_keys(harness, PRESS_DOWN);
    assert_cursor(harness, 3, 1);
    harness_stop(harness);
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--probe") == 0)
        return probe(argv[2]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_move_writes_little),
        cmocka_unit_test(nothing_changed_is_nothing_written),
        cmocka_unit_test(keys_typed_ahead_are_kept),
        cmocka_unit_test(an_answer_of_the_terminal_is_no_keys),
        cmocka_unit_test(long_work_is_broken_off_and_keeps_keys),
        cmocka_unit_test(a_paste_is_text_however_long),
        cmocka_unit_test(a_paste_without_a_field_is_no_keys),
        cmocka_unit_test(every_window_size_will_do),
        cmocka_unit_test(without_colour_there_is_none),
        cmocka_unit_test(test_d17_a_theme_lays_its_ground),
        cmocka_unit_test(the_mouse_is_left_alone_unless_asked_for),
        cmocka_unit_test(hanging_up_leaves_in_good_order),
        cmocka_unit_test(what_is_cleared_is_overwritten_first),
        cmocka_unit_test(dying_restores_the_terminal),
        cmocka_unit_test(stopping_blanks_the_screen),
    };
    return cmocka_run_group_tests_name("terminal", tests, NULL, NULL);
}
