/* lines.c: lines out and lines in.
 *
 * Signals that end the program are held back but for the time it waits for input. So they come
 * between two lines, never in the middle of a save, and what is open can be closed. */
#include "cmd/plain/lines.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/idle_clock.h"
#include "base/text.h"
#include "care/unit/access.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define LOCK NC_("command", "lock")

/* --- out -------------------------------------------------------------------------------------- */

/* Broken at the terminal's columns, between words; without the last end of line. */
static void put_rows(Plain *plain, const char *text)
{
    if (plain->columns == 0) {
        fputs(text, plain->out);
        return;
    }
    g_autoptr(GArray) rows = text_wrap(text, plain->columns);
    for (guint i = 0; i < rows->len; i++) {
        const TextRow *row = &g_array_index(rows, TextRow, i);
        fprintf(plain->out, "%s%.*s", i > 0 ? "\n" : "", (int)(row->end - row->start),
                text + row->start);
    }
}

static void say(Plain *plain, const char *format, va_list arguments)
{
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    /* No terminal obeys what somebody typed: control characters are not passed on. */
    g_autofree char *clean = text_clean(text);
    put_rows(plain, clean);
    fputc('\n', plain->out);
    fflush(plain->out);
}

void plain_say(Plain *plain, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(plain, format, arguments);
    va_end(arguments);
}

static void end_of_script(Plain *plain)
{
    plain->refused = TRUE;
    if (plain->talks || plain->keep_going || plain->ended)
        return;
    plain->ended = TRUE;
    plain_say(plain,
              _("It ends here, at line %u: the lines after it might answer other questions than "
                "they were written for. What was said to be saved is saved."),
              plain->line);
}

void plain_refuse(Plain *plain, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(plain, format, arguments);
    va_end(arguments);
    end_of_script(plain);
}

void plain_error(Plain *plain, GError *error)
{
    g_autoptr(GError) owned = error;
    if (owned == NULL)
        return;
    plain_say(plain, "%s", owned->message);
    end_of_script(plain);
}

/* --- in --------------------------------------------------------------------------------------- */

static const int ENDING[] = {SIGINT, SIGTERM, SIGHUP};
static volatile sig_atomic_t caught;

static void on_signal(int number)
{
    caught = number;
}

void plain_catch_signals(Plain *plain)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigset_t held;
    sigemptyset(&action.sa_mask);
    sigemptyset(&held);
    for (gsize i = 0; i < G_N_ELEMENTS(ENDING); i++) {
        sigaddset(&held, ENDING[i]);
        sigaction(ENDING[i], &action, NULL);
    }
    sigprocmask(SIG_BLOCK, &held, &plain->while_waiting);
}

/* A signal that is held back is heard also while lines are at hand. */
static gboolean is_told_to_end(Plain *plain)
{
    sigset_t pending;
    if (plain->signal_number == 0 && sigpending(&pending) == 0)
        for (gsize i = 0; i < G_N_ELEMENTS(ENDING); i++)
            if (sigismember(&pending, ENDING[i]))
                plain->signal_number = ENDING[i];
    return plain->signal_number != 0;
}

/* How long to wait for a line; NULL: for ever. */
static const struct timespec *patience(const Plain *plain, struct timespec *time)
{
    *time = (struct timespec){.tv_sec = (time_t)plain->lock_minutes * 60};
    return plain->talks && plain->lock_minutes > 0 ? time : NULL;
}

/* What comes after so long, when a lid was closed meanwhile, is no part of a passphrase. */
static void lock_by_itself(Plain *plain)
{
    plain->locked = TRUE;
    tcflush(STDIN_FILENO, TCIFLUSH);
}

/* FALSE at the end of input, when a signal has come, and when it locks. */
static gboolean wait_for_input(Plain *plain)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    struct timespec time;
    const struct timespec *longest = patience(plain, &time);
    const gint64 end = idle_clock_ms() + (gint64)time.tv_sec * 1000;
    int found;
    do
        found = ppoll(&input, 1, longest, &plain->while_waiting);
    while (found < 0 && errno == EINTR && caught == 0);
    plain->signal_number = caught;
    if (longest != NULL && caught == 0 && (found == 0 || idle_clock_ms() >= end))
        lock_by_itself(plain);
    return found > 0 && caught == 0 && !plain->locked;
}

/* FALSE at the end of input. */
static gboolean read_more(Plain *plain)
{
    char bytes[4096];
    ssize_t count = -1;
    while (wait_for_input(plain)) {
        count = read(STDIN_FILENO, bytes, sizeof bytes);
        if (count >= 0 || (errno != EINTR && errno != EAGAIN))
            break;
    }
    if (count > 0)
        g_string_append_len(plain->waiting, bytes, count);
    return count > 0;
}

/* Skips to the end of a line that is too long; FALSE when there is none. */
static gboolean skip_line(Plain *plain)
{
    char *end;
    while ((end = memchr(plain->waiting->str, '\n', plain->waiting->len)) == NULL) {
        g_string_truncate(plain->waiting, 0);
        if (!read_more(plain))
            return FALSE;
    }
    g_string_erase(plain->waiting, 0, end - plain->waiting->str + 1);
    return TRUE;
}

/* The bytes of a line without its end (LF, or CR LF); the last one needs none. NULL at the end of
 * input. `*too_long`: it was, and has been passed over. */
static GString *take_line(Plain *plain, gboolean *too_long)
{
    char *end = NULL;
    *too_long = FALSE;
    for (gsize looked = 0; end == NULL;) {
        end = memchr(plain->waiting->str + looked, '\n', plain->waiting->len - looked);
        looked = plain->waiting->len;
        if (end == NULL && looked > PLAIN_LINE_MOST) {
            *too_long = TRUE;
            return skip_line(plain) ? g_string_new(NULL) : NULL;
        }
        if (end == NULL && !read_more(plain))
            break;
    }
    if (plain->signal_number != 0 || plain->locked || (end == NULL && plain->waiting->len == 0))
        return NULL;
    gsize length = end != NULL ? (gsize)(end - plain->waiting->str) : plain->waiting->len;
    GString *line = g_string_new_len(plain->waiting->str, (gssize)length);
    g_string_erase(plain->waiting, 0, (gssize)MIN(length + 1, plain->waiting->len));
    if (line->len > 0 && line->str[line->len - 1] == '\r')
        g_string_truncate(line, line->len - 1);
    return line;
}

typedef enum { NOT_THE_WORD, BEGINS_THE_WORD, IS_THE_WORD } WordFit;

static WordFit fits(const char *word, const char *typed)
{
    g_autofree char *whole = text_fold(word), *bare = text_fold_bare(whole);
    const char *as[] = {whole, bare};
    WordFit best = NOT_THE_WORD;
    for (gsize i = 0; i < G_N_ELEMENTS(as) && *typed != '\0'; i++) {
        if (as[i] != NULL && g_str_equal(as[i], typed))
            return IS_THE_WORD;
        if (as[i] != NULL && g_str_has_prefix(as[i], typed))
            best = BEGINS_THE_WORD;
    }
    return best;
}

/* The command that locks is taken wherever a line is read. */
static gboolean is_lock_command(const char *line)
{
    g_autofree char *typed = plain_is_command(line) ? text_fold(line + 1) : NULL;
    return typed != NULL &&
           (fits(plain_word(LOCK), typed) == IS_THE_WORD || fits(LOCK, typed) == IS_THE_WORD);
}

char *plain_read_raw(Plain *plain)
{
    while (!plain->ended && !is_told_to_end(plain)) {
        gboolean too_long;
        g_autoptr(GString) line = take_line(plain, &too_long);
        if (line == NULL)
            break;
        plain->line++;
        if (too_long)
            plain_refuse(plain, "%s",
                         _("That line is too long, and nothing of it was taken. Divide it into "
                           "several."));
        else if (!g_utf8_validate(line->str, (gssize)line->len, NULL))
            plain_refuse(plain, "%s",
                         _("That line is not UTF-8, and nothing of it was taken. Set the terminal "
                           "or the file to UTF-8 and write it again."));
        else if (!(plain->locked = is_lock_command(line->str)))
            return g_strdup(line->str);
        if (plain->locked)
            break;
    }
    plain->ended = TRUE;
    return NULL;
}

char *plain_read(Plain *plain, const char *prompt)
{
    if (prompt != NULL && !plain->ended) {
        put_rows(plain, prompt);
        fputc(plain->talks ? ' ' : '\n', plain->out);
        fflush(plain->out);
    }
    char *line = plain_read_raw(plain);
    if (line == NULL && prompt != NULL && plain->talks)
        fputc('\n', plain->out);
    return line != NULL ? g_strstrip(line) : NULL;
}

void plain_unread(Plain *plain, const char *line)
{
    g_string_prepend_c(plain->waiting, '\n');
    g_string_prepend(plain->waiting, line);
    plain->line--;
}

gboolean plain_has_more(Plain *plain)
{
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    return memchr(plain->waiting->str, '\n', plain->waiting->len) != NULL || poll(&input, 1, 0) > 0;
}

/* --- questions -------------------------------------------------------------------------------- */

/* Whether `typed` begins `text` or one of the words in it; both folded. */
static gboolean begins_word(const char *text, const char *typed)
{
    gsize length = strlen(typed);
    for (const char *at = text; length > 0 && at != NULL; at = strchr(at, ' ')) {
        at += *at == ' ';
        if (strncmp(at, typed, length) == 0)
            return TRUE;
    }
    return FALSE;
}

/* The only text that begins so, or is just that; -1 after saying that there is none, or which. */
static int choose_by_words(Plain *plain, const GPtrArray *texts, const char *line)
{
    g_autofree char *typed = text_fold(line);
    g_autoptr(GString) fitting = g_string_new(NULL);
    int found = -1, count = 0;
    for (guint i = 0; i < texts->len; i++) {
        g_autofree char *text = text_fold(texts->pdata[i]);
        if (g_str_equal(text, typed))
            return (int)i;
        if (!begins_word(text, typed))
            continue;
        found = (int)i;
        count++;
        g_string_append_printf(fitting, "\n  %u  %s", i + 1, (const char *)texts->pdata[i]);
    }
    if (count > 1)
        plain_refuse(plain, "%s%s", _("More than one begins so:"), fitting->str);
    else if (count == 0)
        plain_refuse(plain,
                     _("Type a number from 1 to %u, the beginning of a word in one of them, or an "
                       "empty line to go back."),
                     texts->len);
    return count == 1 ? found : -1;
}

int plain_meant(Plain *plain, const GPtrArray *texts, const char *line)
{
    guint64 number;
    return g_ascii_string_to_unsigned(line, 10, 1, texts->len, &number, NULL)
               ? (int)number - 1
               : choose_by_words(plain, texts, line);
}

static void say_menu(Plain *plain, const char *question, const GPtrArray *texts)
{
    plain_say(plain, "%s", question);
    for (guint i = 0; i < texts->len; i++)
        plain_say(plain, "  %u  %s", i + 1, (const char *)texts->pdata[i]);
}

/* Whether the line is the one command that is known outside a form and a cancellation; what is
 * none is refused. */
static gboolean asks_for_help(Plain *plain, const char *line)
{
    static const char *const COMMANDS[] = {NC_("command", "help")};
    const char *rest;
    return plain_command(plain, line, COMMANDS, G_N_ELEMENTS(COMMANDS), &rest) >= 0;
}

char *plain_ask(Plain *plain, const char *prompt)
{
    for (;;) {
        g_autofree char *line = plain_read(plain, prompt);
        if (line == NULL || !plain_is_command(line))
            return g_steal_pointer(&line);
        if (asks_for_help(plain, line))
            plain_say(plain,
                      _("Type what is asked for, and Enter. An empty line takes what is said of it "
                        "or goes back, and .%s locks."),
                      plain_word(LOCK));
    }
}

static void obey_in_menu(Plain *plain, const char *line, const char *question,
                         const GPtrArray *texts)
{
    if (!asks_for_help(plain, line))
        return;
    plain_say(plain, "%s",
              _("Type the number of a line or the beginning of a word in it. An empty line goes "
                "back."));
    say_menu(plain, question, texts);
}

int plain_choose(Plain *plain, const char *question, const GPtrArray *texts)
{
    if (plain->ended)
        return -1;
    say_menu(plain, question, texts);
    for (int index = -1; index < 0;) {
        g_autofree char *line = plain_read(plain, _("Number:"));
        if (line == NULL || *line == '\0')
            return -1;
        if (plain_is_command(line))
            obey_in_menu(plain, line, question, texts);
        else
            index = plain_meant(plain, texts, line);
        if (index >= 0)
            return index;
    }
    return -1;
}

int plain_yes_or_no(const char *line)
{
    g_autofree char *typed = text_fold(line);
    g_autofree char *yes = text_fold(_("Yes")), *no = text_fold(_("No"));
    if (*typed == '\0')
        return -1;
    return g_str_has_prefix(yes, typed) ? 1 : g_str_has_prefix(no, typed) ? 0 : -1;
}

gboolean plain_yes(Plain *plain, const char *question)
{
    g_autofree char *whole = g_strdup_printf("%s %s", question, _("(yes or no)"));
    for (const char *prompt = whole;; prompt = _("Yes or no:")) {
        g_autofree char *line = plain_ask(plain, prompt);
        int answer = line != NULL ? plain_yes_or_no(line) : 0;
        if (answer >= 0)
            return answer > 0;
        plain_refuse(plain, "%s", _("Answer yes or no."));
    }
}

gboolean plain_day_asked(Plain *plain, const char *prompt, Date *day)
{
    for (;;) {
        g_autofree char *line = plain_ask(plain, prompt);
        if (line == NULL || *line == '\0')
            return FALSE;
        *day = date_parse_words(line, clock_today());
        if (*day != DATE_NONE)
            return TRUE;
        plain_refuse(plain, "%s",
                     _("That was not understood as a date. Type for instance 21/11, tomorrow or "
                       "fri."));
    }
}

void plain_menu(Plain *plain, const char *question, const PlainEntry *entries, gsize count,
                gint64 id)
{
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    g_autoptr(GPtrArray) allowed = g_ptr_array_new();
    for (gsize i = 0; i < count; i++)
        if (access_allows(plain->session, entries[i].permit)) {
            g_ptr_array_add(labels, (char *)_(entries[i].label));
            g_ptr_array_add(allowed, (gpointer)&entries[i]);
        }
    for (int index = 0; labels->len > 0 && index >= 0 && !plain->ended;) {
        index = plain_choose(plain, question, labels);
        if (index >= 0)
            ((const PlainEntry *)allowed->pdata[index])->run(plain, id);
    }
}

/* --- commands --------------------------------------------------------------------------------- */

const char *plain_word(const char *word)
{
    g_autofree char *key = g_strconcat("command\004", word, NULL);
    return i18n_context(key, word);
}

gboolean plain_is_command(const char *line)
{
    return line[0] == '.' && (line[1] == '\0' || g_unichar_isalpha(g_utf8_get_char(line + 1)));
}

int plain_command(Plain *plain, const char *line, const char *const *words, gsize count,
                  const char **rest)
{
    gsize length = strcspn(line + 1, " \t");
    g_autofree char *word = g_strndup(line + 1, length), *typed = text_fold(word);
    g_autoptr(GString) fitting = g_string_new(NULL);
    int found = -1, number = 0;
    *rest = line + 1 + length + strspn(line + 1 + length, " \t");
    for (gsize i = 0; i < count; i++) {
        WordFit here = MAX(fits(plain_word(words[i]), typed), fits(words[i], typed));
        if (here == IS_THE_WORD)
            return (int)i;
        if (here == NOT_THE_WORD)
            continue;
        found = (int)i;
        number++;
        g_string_append_printf(fitting, "%s.%s", number > 1 ? ", " : "", plain_word(words[i]));
    }
    if (number == 1)
        return found;
    if (number > 1)
        plain_refuse(plain, _("More than one command begins so: %s."), fitting->str);
    else
        plain_refuse(plain, _("There is no such command. .%s tells them."), plain_word("help"));
    return -1;
}
