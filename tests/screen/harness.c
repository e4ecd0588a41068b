/* harness.c: the real program in a terminal of its own. */
#include "tests/screen/harness_surroundings.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#include <cmocka.h>

#include "ui/term.h"

#define PASTE_BEGIN "\033[200~"
#define PASTE_END "\033[201~"
enum {
    PATIENCE_MS = 20000,
    ROWS = 24,
    COLUMNS = 80,
};

struct Harness {
    char *folder;
    gboolean own_folder;
    pid_t pid;
    int master, sync;
    gboolean awake, ended;
    int status;
    gboolean shown;  /* the program has said something */
    TermSync done;   /* what it said last */
    TermSync wanted; /* what was sent */
    VTerm *vterm;
    VTermScreen *screen;
    int rows, columns;
    GString *written;
    gsize bytes_before;
    gint64 sent_us, last_us;
    char *row_text;
    /* What must never be: */
    gsize answers;
    gboolean titled, hidden, mouse;
};

/* --- the terminal ------------------------------------------------------------------------------
 */

static int on_property(VTermProp property, VTermValue *value, void *data)
{
    Harness *harness = data;
    if (property == VTERM_PROP_TITLE || property == VTERM_PROP_ICONNAME)
        harness->titled = TRUE;
    if (property == VTERM_PROP_CURSORVISIBLE && !value->boolean)
        harness->hidden = TRUE;
    if (property == VTERM_PROP_MOUSE && value->number != VTERM_PROP_MOUSE_NONE)
        harness->mouse = TRUE;
    return 1;
}

/* What a terminal would send back: the program has asked it something. */
static void on_answer(const char *bytes, size_t length, void *data)
{
    (void)bytes;
    ((Harness *)data)->answers += length;
}

static void make_terminal(Harness *harness)
{
    static const VTermScreenCallbacks callbacks = {.settermprop = on_property};
    harness->vterm = vterm_new(harness->rows, harness->columns);
    vterm_set_utf8(harness->vterm, 1);
    vterm_output_set_callback(harness->vterm, on_answer, harness);
    harness->screen = vterm_obtain_screen(harness->vterm);
    vterm_screen_enable_altscreen(harness->screen, 1);
    vterm_screen_reset(harness->screen, 1);
    vterm_screen_set_callbacks(harness->screen, &callbacks, harness);
}

static void end(Harness *harness)
{
    int status = 0;
    if (harness->ended)
        return;
    waitpid(harness->pid, &status, 0);
    harness->ended = TRUE;
    harness->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* Everything that is there now. */
static void read_screen(Harness *harness)
{
    char bytes[65536];
    for (;;) {
        gssize count = read(harness->master, bytes, sizeof bytes);
        if (count < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (count <= 0) {
            end(harness);
            return;
        }
        harness->last_us = g_get_monotonic_time();
        g_string_append_len(harness->written, bytes, count);
        vterm_input_write(harness->vterm, bytes, (size_t)count);
    }
}

static void read_sync(Harness *harness)
{
    TermSync sync;
    while (read(harness->sync, &sync, sizeof sync) == sizeof sync) {
        harness->shown = TRUE;
        harness->done = sync;
    }
}

void harness_print(const char *what, const char *dump)
{
    fprintf(stderr, "%s:\n%s", what, dump);
}

static void give_up(Harness *harness, const char *what)
{
    g_autofree char *dump = harness_dump(harness);
    kill(harness->pid, SIGKILL);
    end(harness);
    harness_print("The screen was", dump);
    fail_msg("%s", what);
}

static gboolean is_done(const Harness *harness)
{
    return harness->ended || (harness->done.bytes >= harness->wanted.bytes &&
                              harness->done.resizes >= harness->wanted.resizes);
}

static void wait_a_little(Harness *harness, gint64 deadline_us, gboolean also_writable,
                          const char *what)
{
    struct pollfd polled[] = {
        {.fd = harness->master, .events = (short)(POLLIN | (also_writable ? POLLOUT : 0))},
        {.fd = harness->sync, .events = POLLIN},
    };
    gint64 left = (deadline_us - g_get_monotonic_time()) / 1000;
    if (left <= 0)
        give_up(harness, what);
    poll(polled, G_N_ELEMENTS(polled), harness->awake ? 0 : (int)left);
    read_sync(harness);
    read_screen(harness);
}

static gint64 deadline(void)
{
    return g_get_monotonic_time() + PATIENCE_MS * G_GINT64_CONSTANT(1000);
}

static void begin_count(Harness *harness)
{
    read_screen(harness);
    harness->bytes_before = harness->written->len;
    harness->sent_us = harness->last_us = g_get_monotonic_time();
}

/* Until the program has said that it has shown everything; what it wrote before saying so can then
 * be read at once. */
static void wait_done(Harness *harness)
{
    gint64 until = deadline();
    while (!is_done(harness))
        wait_a_little(harness, until, FALSE, "The program did not come to rest.");
    if (!harness->ended)
        read_screen(harness);
}

static void exec_program(const HarnessOptions *options, const char *folder, int sync)
{
    g_autofree char *program = harness_program(options->program);
    g_autofree char *errors = g_build_filename(folder, "stderr", NULL);
    int file = open(errors, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0 || dup2(file, STDERR_FILENO) < 0 || dup2(sync, HARNESS_SYNC_FD) < 0)
        _exit(126);
    /* Where it has that number already dup2() does nothing, and it would be closed by execve(). */
    fcntl(HARNESS_SYNC_FD, F_SETFD, 0);
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    g_ptr_array_add(arguments, program);
    for (const char *const *next = options->arguments; next != NULL && *next != NULL; next++)
        g_ptr_array_add(arguments, (gpointer)*next);
    g_ptr_array_add(arguments, NULL);
    g_auto(GStrv) environment = harness_environment(options, folder);
    execve(program, (char **)arguments->pdata, environment);
    _exit(127);
}

/* A processor that has gone to sleep, or that another program is just using, takes up to some
 * milliseconds to come: as much for any program, and many times what is measured. So the harness
 * keeps one for itself and never sleeps, and the program has the others, where there are any. */
static void share_processors(gboolean program)
{
    cpu_set_t there, first, others;
    int number = 0;
    if (sched_getaffinity(0, sizeof there, &there) != 0)
        return;
    while (!CPU_ISSET(number, &there))
        number++;
    CPU_ZERO(&first);
    CPU_SET(number, &first);
    memset(&others, 0xff, sizeof others);
    CPU_CLR(number, &others);
    sched_setaffinity(0, sizeof first, program ? &others : &first);
}

Harness *harness_start(const HarnessOptions *options)
{
    Harness *harness = g_new0(Harness, 1);
    harness->own_folder = options->folder == NULL;
    harness->folder = options->folder != NULL ? g_strdup(options->folder) : harness_folder_new();
    harness->rows = options->rows > 0 ? options->rows : ROWS;
    harness->columns = options->columns > 0 ? options->columns : COLUMNS;
    harness->awake = options->awake;
    harness->written = g_string_new(NULL);
    make_terminal(harness);
    int sync[2];
    struct winsize size = {.ws_row = (unsigned short)harness->rows,
                           .ws_col = (unsigned short)harness->columns};
    if (pipe2(sync, O_CLOEXEC) != 0)
        fail_msg("pipe2: %s", g_strerror(errno));
    harness->sent_us = harness->last_us = g_get_monotonic_time();
    harness->pid = forkpty(&harness->master, NULL, NULL, &size);
    if (harness->pid < 0)
        fail_msg("forkpty: %s", g_strerror(errno));
    if (options->awake)
        share_processors(harness->pid == 0);
    if (harness->pid == 0)
        exec_program(options, harness->folder, sync[1]);
    close(sync[1]);
    harness->sync = sync[0];
    fcntl(harness->sync, F_SETFL, O_NONBLOCK);
    fcntl(harness->master, F_SETFL, O_NONBLOCK);
    fcntl(harness->master, F_SETFD, FD_CLOEXEC);
    gint64 until = deadline();
    while (!harness->ended && !harness->shown)
        wait_a_little(harness, until, FALSE, "The program showed nothing.");
    if (!harness->ended)
        read_screen(harness);
    return harness;
}

/* --- sending -----------------------------------------------------------------------------------
 */

static void send_bytes(Harness *harness, const char *bytes, gsize length)
{
    gint64 until = deadline();
    harness->wanted.bytes += length;
    while (length > 0 && !harness->ended) {
        gssize written = write(harness->master, bytes, length);
        if (written > 0) {
            bytes += written;
            length -= (gsize)written;
        } else {
            wait_a_little(harness, until, TRUE, "The program took no more keys.");
        }
    }
}

/* Up to the first ESC that begins none of the keys of harness.h. */
static gsize burst_length(const char *keys)
{
    const char *escape = strchr(keys, '\033');
    while (escape != NULL && (escape[1] == '[' || escape[1] == 'O'))
        escape = strchr(escape + 1, '\033');
    return escape != NULL ? (gsize)(escape - keys) + 1 : strlen(keys);
}

void harness_keys(Harness *harness, const char *keys)
{
    begin_count(harness);
    do {
        gsize length = burst_length(keys);
        send_bytes(harness, keys, length);
        wait_done(harness);
        keys += length;
    } while (*keys != '\0');
}

void harness_burst(Harness *harness, const char *bytes)
{
    begin_count(harness);
    send_bytes(harness, bytes, strlen(bytes));
    wait_done(harness);
}

void harness_paste(Harness *harness, const char *text)
{
    begin_count(harness);
    g_autofree char *all = g_strconcat(PASTE_BEGIN, text, PASTE_END, NULL);
    send_bytes(harness, all, strlen(all));
    wait_done(harness);
}

void harness_resize(Harness *harness, int rows, int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    begin_count(harness);
    if (rows == harness->rows && columns == harness->columns)
        return;
    harness->rows = rows;
    harness->columns = columns;
    vterm_set_size(harness->vterm, rows, columns);
    harness->wanted.resizes++;
    ioctl(harness->master, TIOCSWINSZ, &size);
    wait_done(harness);
}

void harness_wait_text(Harness *harness, const char *text)
{
    g_autofree char *what = g_strdup_printf("\"%s\" was never seen.", text);
    gint64 until = deadline();
    read_screen(harness);
    while (!harness_text_contains(harness, text)) {
        if (harness->ended)
            give_up(harness, what);
        wait_a_little(harness, until, FALSE, what);
    }
}

void harness_wait_blank(Harness *harness)
{
    gint64 until = deadline();
    read_screen(harness);
    while (!harness_is_blank(harness))
        wait_a_little(harness, until, FALSE, "The screen was not blanked.");
}

gsize harness_rest(Harness *harness, int milliseconds)
{
    gsize before = harness->written->len;
    gint64 until = g_get_monotonic_time() + milliseconds * G_GINT64_CONSTANT(1000), left;
    struct pollfd polled = {.fd = harness->master, .events = POLLIN};
    while (!harness->ended && (left = until - g_get_monotonic_time()) > 0) {
        poll(&polled, 1, (int)(left / 1000) + 1);
        read_screen(harness);
    }
    if (!harness->ended)
        read_screen(harness);
    return harness->written->len - before;
}

int harness_wait_exit(Harness *harness)
{
    gint64 until = deadline();
    while (!harness->ended)
        wait_a_little(harness, until, FALSE, "The program did not end.");
    return harness->status;
}

static void check_manners(const Harness *harness)
{
    g_autofree char *path = g_build_filename(harness->folder, "stderr", NULL);
    g_autofree char *errors = NULL;
    if (g_file_get_contents(path, &errors, NULL, NULL) && errors[0] != '\0')
        fail_msg("On standard error: %s", errors);
    if (harness->answers > 0)
        fail_msg("The program asked the terminal something.");
    if (harness->titled || harness->hidden)
        fail_msg("The program %s.", harness->titled ? "set a title" : "hid the cursor");
    g_autofree char *settings =
        g_build_filename(harness->folder, "config", "dagsform", "config.ini", NULL);
    if (harness->mouse && !g_file_test(settings, G_FILE_TEST_EXISTS))
        fail_msg("The program took the mouse.");
}

int harness_hang_up(Harness *harness)
{
    close(harness->master);
    harness->master = -1;
    end(harness);
    return harness->status;
}

void harness_stop(Harness *harness)
{
    if (!harness->ended) {
        kill(harness->pid, SIGHUP);
        harness_wait_exit(harness);
    }
    check_manners(harness);
    if (harness->master >= 0)
        close(harness->master);
    close(harness->sync);
    vterm_free(harness->vterm);
    g_string_free(harness->written, TRUE);
    if (harness->own_folder)
        harness_folder_remove(harness->folder);
    else
        g_free(harness->folder);
    g_free(harness->row_text);
    g_free(harness);
}

const char *harness_folder(const Harness *harness)
{
    return harness->folder;
}

int harness_pid(const Harness *harness)
{
    return harness->pid;
}

/* --- looking -----------------------------------------------------------------------------------
 */

static VTermScreenCell cell_at(const Harness *harness, int row, int column)
{
    VTermScreenCell cell = {0};
    vterm_screen_get_cell(harness->screen, (VTermPos){.row = row, .col = column}, &cell);
    return cell;
}

const char *harness_row(Harness *harness, int row)
{
    GString *text = g_string_new(NULL);
    for (int column = 0; column < harness->columns;) {
        VTermScreenCell cell = cell_at(harness, row, column);
        if (cell.chars[0] == 0)
            g_string_append_c(text, ' ');
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++)
            g_string_append_unichar(text, cell.chars[i]);
        column += MAX(cell.width, 1);
    }
    g_free(harness->row_text);
    harness->row_text = g_strchomp(g_string_free(text, FALSE));
    return harness->row_text;
}

int harness_find(Harness *harness, const char *text)
{
    for (int row = 0; row < harness->rows; row++)
        if (strstr(harness_row(harness, row), text) != NULL)
            return row;
    return -1;
}

gboolean harness_text_contains(Harness *harness, const char *text)
{
    return harness_find(harness, text) >= 0;
}

gboolean harness_is_blank(Harness *harness)
{
    for (int row = 0; row < harness->rows; row++)
        if (harness_row(harness, row)[0] != '\0')
            return FALSE;
    return TRUE;
}

void harness_cursor(Harness *harness, int *row, int *column)
{
    VTermPos at;
    vterm_state_get_cursorpos(vterm_obtain_state(harness->vterm), &at);
    *row = at.row;
    *column = at.col;
}

/* The goldens name hues as ANSI numbers them, so that another shade of one changes no golden. */
static int hue_of(int colour)
{
    static const int SHADES[][2] = {{131, 1}, {29, 2}, {130, 3}, {163, 5}, {63, 6}};
    for (gsize i = 0; i < G_N_ELEMENTS(SHADES); i++)
        if (SHADES[i][0] == colour)
            return SHADES[i][1];
    return colour;
}

/* "bold reverse colour 6"; empty for a plain cell. New. */
static char *looks_of(const VTermScreenCell *cell)
{
    GString *looks = g_string_new(NULL);
    if (cell->attrs.bold)
        g_string_append(looks, " bold");
    if (cell->attrs.underline != 0)
        g_string_append(looks, " underline");
    if (cell->attrs.reverse)
        g_string_append(looks, " reverse");
    if (!VTERM_COLOR_IS_DEFAULT_FG(&cell->fg) && VTERM_COLOR_IS_INDEXED(&cell->fg))
        g_string_append_printf(looks, " colour %d", hue_of(cell->fg.indexed.idx));
    if (!VTERM_COLOR_IS_DEFAULT_BG(&cell->bg) && VTERM_COLOR_IS_INDEXED(&cell->bg))
        g_string_append_printf(looks, " ground %d", cell->bg.indexed.idx);
    return g_string_free(looks, FALSE);
}

static void dump_looks(const Harness *harness, int row, GString *dump)
{
    g_autofree char *run = g_strdup("");
    int start = 0;
    for (int column = 0; column <= harness->columns; column++) {
        VTermScreenCell cell = cell_at(harness, row, column);
        char *looks = column < harness->columns ? looks_of(&cell) : g_strdup("");
        if (strcmp(looks, run) != 0) {
            if (run[0] != '\0')
                g_string_append_printf(dump, "%d: %d-%d%s\n", row, start, column - 1, run);
            start = column;
        }
        g_free(run);
        run = looks;
    }
}

char *harness_dump(Harness *harness)
{
    GString *dump = g_string_new(NULL);
    int row, column;
    for (int i = 0; i < harness->rows; i++)
        g_string_append_printf(dump, "%s\n", harness_row(harness, i));
    g_string_append_printf(dump, "--- %d rows, %d columns; looks:\n", harness->rows,
                           harness->columns);
    for (int i = 0; i < harness->rows; i++)
        dump_looks(harness, i, dump);
    harness_cursor(harness, &row, &column);
    g_string_append_printf(dump, "--- cursor: row %d, column %d\n", row, column);
    return g_string_free(dump, FALSE);
}

gsize harness_bytes(const Harness *harness)
{
    return harness->written->len - harness->bytes_before;
}

double harness_milliseconds(const Harness *harness)
{
    return (double)(harness->last_us - harness->sent_us) / 1000;
}

double harness_processor_ms(const Harness *harness)
{
    clockid_t clock;
    struct timespec time = {0};
    if (clock_getcpuclockid(harness->pid, &clock) == 0)
        clock_gettime(clock, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

const GString *harness_written(const Harness *harness)
{
    return harness->written;
}
