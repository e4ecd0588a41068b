/* term.c: the screen, by ncursesw. */
#include "ui/term.h"

#include <curses.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"
#include "ui/term_input_private.h"
#include "ui/term_private.h"

/* Where terminfo does not name them: xterm's, which other terminals pass over. */
#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
#define MOUSE_ON "\033[?1000h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1000l"

static struct {
    gboolean on;
    SCREEN *screen;
    char *enter, *leave; /* the modes that curses does not know of */
    char *erase_saved;   /* terminfo's E3: clears the scrollback */
    gboolean remembers;  /* without an alternate screen: what is cleared goes to the scrollback */
} terminal;

static const struct {
    const char *capability;
    Key key;
} CAPABILITIES[] = {
    {"kcuu1", K_UP},     {"kcud1", K_DOWN},      {"kcub1", K_LEFT},       {"kcuf1", K_RIGHT},
    {"khome", K_HOME},   {"kend", K_END},        {"kpp", K_PAGE_UP},      {"knp", K_PAGE_DOWN},
    {"kich1", K_INSERT}, {"kdch1", K_DELETE},    {"kbs", K_BACKSPACE},    {"kcbt", K_BACK_TAB},
    {"kent", K_ENTER},   {"kLFT5", K_WORD_LEFT}, {"kRIT5", K_WORD_RIGHT}, {"kf1", K_F(1)},
    {"kf2", K_F(2)},     {"kf3", K_F(3)},        {"kf4", K_F(4)},         {"kf5", K_F(5)},
    {"kf6", K_F(6)},     {"kf7", K_F(7)},        {"kf8", K_F(8)},         {"kf9", K_F(9)},
    {"kf10", K_F(10)},   {"kf11", K_F(11)},      {"kf12", K_F(12)},
};

/* A terminfo string without its padding ("$<5>"); NULL when there is none. New. */
static char *capability(const char *name)
{
    const char *value = tigetstr(name);
    if (value == NULL || value == (const char *)-1)
        return NULL;
    GString *text = g_string_new(NULL);
    while (*value != '\0') {
        const char *end = g_str_has_prefix(value, "$<") ? strchr(value, '>') : NULL;
        if (end != NULL)
            value = end + 1;
        else
            g_string_append_c(text, *value++);
    }
    return g_string_free(text, FALSE);
}

static void append_capability(GString *text, const char *name)
{
    g_autofree char *value = capability(name);
    g_string_append(text, value != NULL ? value : "");
}

static void write_all(const char *text)
{
    gsize length = strlen(text);
    while (length > 0) {
        gssize written = write(STDOUT_FILENO, text, length);
        if (written <= 0)
            return;
        text += written;
        length -= (gsize)written;
    }
}

static KeyDecoder *new_decoder(void)
{
    KeyDecoder *decoder = key_decoder_new();
    for (gsize i = 0; i < G_N_ELEMENTS(CAPABILITIES); i++) {
        g_autofree char *sequence = capability(CAPABILITIES[i].capability);
        if (sequence != NULL)
            key_decoder_add(decoder, sequence, CAPABILITIES[i].key);
    }
    return decoder;
}

/* A terminal with an alternate screen of ECMA-48's kind is taken to know or pass over the rest. */
static void find_modes(gboolean mouse)
{
    g_autofree char *alternate = capability("smcup");
    gboolean modern = alternate != NULL && g_str_has_prefix(alternate, "\033[");
    g_autofree char *paste_on = capability("BE");
    g_autofree char *paste_off = capability("BD");
    terminal.remembers = alternate == NULL;
    const char *on = paste_on != NULL ? paste_on : modern ? PASTE_ON : "";
    const char *off = paste_off != NULL ? paste_off : modern ? PASTE_OFF : "";
    terminal.enter = g_strconcat(on, mouse && modern ? MOUSE_ON : "", NULL);
    terminal.leave = g_strconcat(mouse && modern ? MOUSE_OFF : "", off, NULL);
    terminal.erase_saved = capability("E3");
}

/* What a dying program writes: everything off, nothing personal left. New. */
static char *restore_text(void)
{
    GString *text = g_string_new(terminal.leave);
    append_capability(text, "sgr0");
    append_capability(text, "clear");
    append_capability(text, "rmkx");
    append_capability(text, "rmcup");
    if (terminal.erase_saved != NULL)
        g_string_append(text, terminal.erase_saved);
    return g_string_free(text, FALSE);
}

/* Curses takes a terminal that cannot move its cursor and writes what nobody could read. */
static gboolean places_cursor(void)
{
    g_autofree char *address = capability("cup");
    g_autofree char *clear = capability("clear");
    return address != NULL && clear != NULL;
}

static gboolean start_screen(GError **error)
{
    const char *name = g_getenv("TERM");
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("The full screen needs a terminal. In a script, use a subcommand: "
                              "dagsform --help lists them."));
        return FALSE;
    }
    terminal.screen = newterm(NULL, stdout, stdin);
    if (terminal.screen != NULL && places_cursor())
        return TRUE;
    if (terminal.screen != NULL) {
        reset_shell_mode();
        delscreen(terminal.screen);
        terminal.screen = NULL;
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("A terminal of the kind \"%s\" cannot show the full screen: set TERM to the "
                      "kind it is, such as xterm-256color, or use a subcommand (dagsform --help)."),
                    name != NULL ? name : "");
        return FALSE;
    }
    g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                _("The terminal \"%s\" is not known here. Set TERM to one that is, such as "
                  "xterm-256color."),
                name != NULL ? name : "");
    return FALSE;
}

/* The first 16 colours are whatever the terminal likes: without the others, bold, underline and
 * reverse say it. */
static void choose_looks(ThemeName theme)
{
    gboolean colour = theme != THEME_MONOCHROME && has_colors() && start_color() == OK &&
                      use_default_colors() == OK && COLORS >= 256;
    draw_start(colour ? theme : THEME_MONOCHROME);
}

static void resize_screen(void)
{
    struct winsize size = {0};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
        return;
    resizeterm(size.ws_row, size.ws_col);
    term_repaint(); /* a terminal lays what it showed anew as it pleases */
}

/* Nothing personal is left on a screen that somebody else goes on with. */
static void suspend_screen(void)
{
    term_blank();
    write_all(terminal.leave);
    endwin();
    if (terminal.erase_saved != NULL)
        write_all(terminal.erase_saved);
    kill(getpid(), SIGSTOP);
}

/* After a stop; by SIGSTOP there was no warning of it. */
static void resume_screen(void)
{
    reset_prog_mode();
    resize_screen();
    term_repaint();
    refresh();
    write_all(terminal.enter);
}

static const ScreenHooks HOOKS = {
    .resize = resize_screen, .suspend = suspend_screen, .resume = resume_screen};

gboolean term_start(const TermOptions *options, GError **error)
{
    if (!start_screen(error))
        return FALSE;
    find_modes(options->mouse);
    g_autofree char *restore = restore_text();
    reset_shell_mode();
    fatal_start(restore);
    reset_prog_mode();
    if (!input_start(new_decoder(), options->escape_delay_ms, &HOOKS, error)) {
        fatal_stop();
        endwin();
        return FALSE;
    }
    raw();
    noecho();
    nonl();
    typeahead(-1); /* a frame is written whole or not begun */
    keypad(stdscr, TRUE);
    idlok(stdscr, TRUE);
    leaveok(stdscr, FALSE);
    choose_looks(options->theme);
    terminal.on = TRUE;
    refresh();
    write_all(terminal.enter);
    return TRUE;
}

void term_stop(void)
{
    if (!terminal.on)
        return;
    term_blank();
    write_all(terminal.leave);
    endwin();
    if (terminal.erase_saved != NULL)
        write_all(terminal.erase_saved);
    input_stop();
    fatal_stop();
    delscreen(terminal.screen);
    g_free(terminal.enter);
    g_free(terminal.leave);
    g_free(terminal.erase_saved);
    memset(&terminal, 0, sizeof terminal);
}

gboolean term_is_on(void)
{
    return terminal.on;
}

void term_size(int *rows, int *columns)
{
    getmaxyx(stdscr, *rows, *columns);
}

void term_next(Event *event, int timeout_ms)
{
    input_next(event, timeout_ms);
}

gboolean term_pending(void)
{
    return input_pending();
}

gboolean term_take_escape(void)
{
    return input_take_escape();
}

void term_drop_input(void)
{
    input_drop();
}

void term_frame_begin(void)
{
    attr_set(A_NORMAL, 0, NULL);
    erase();
    draw_caret_forget();
}

void term_frame_end(void)
{
    int row, column;
    if (!draw_caret_place(&row, &column))
        row = column = 0;
    move(row, column);
    refresh();
}

/* Before a screen is cleared that would be remembered. */
static void write_over(void)
{
    if (!terminal.remembers)
        return;
    for (int row = 0; row < LINES; row++)
        mvhline(row, 0, '.', COLS);
    refresh();
    erase();
}

void term_repaint(void)
{
    write_over();
    clearok(curscr, TRUE);
}

void term_blank(void)
{
    write_over();
    term_frame_begin();
    term_frame_end();
}

