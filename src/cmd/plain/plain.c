/* plain.c: dagsform --plain: signing in, and what to do. */
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/log_review.h"
#include "care/unit/access.h"
#include "care/unit/audit_head.h"
#include "care/unit/backup.h"
#include "care/unit/laptop_mark.h"
#include "care/unit/opening.h"
#include "care/visit/series.h"
#include "cmd/cmd.h"

#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define INTAKE "aktualisering"

/* --- what to do ------------------------------------------------------------------------------- */

static void plain_intake(Plain *plain, gint64 unused)
{
    (void)unused;
    plain_walk(plain, &(PlainWalk){.form = INTAKE});
}

static const PlainEntry MENU[] = {
    {N_("The day's visits"), PERMIT_CLIENT_READ, plain_day},
    {N_("Clients"), PERMIT_CLIENT_READ, plain_clients},
    {N_("Forms that are begun"), PERMIT_WALK, plain_begun},
    {N_("To do"), PERMIT_CLIENT_READ, plain_tasks},
    {N_("Somebody rang and is to be called back"), PERMIT_VISIT_RECORD, plain_new_call},
    {N_("A colleague is away, and who covers"), PERMIT_VISIT_RECORD, plain_covers},
    {N_("New intake"), PERMIT_INTERVIEW, plain_intake},
    {N_("The week"), PERMIT_REVIEW, plain_week},
    {N_("Improvement work"), PERMIT_REVIEW, plain_improvements},
    {N_("Groups of clients"), PERMIT_REVIEW, plain_groups},
    {N_("New client"), PERMIT_CLIENT_EDIT, plain_new_client},
    {N_("Institutions"), PERMIT_INTERVIEW, plain_institutions},
    {N_("The log: who has opened whose card"), PERMIT_LOG, plain_log},
    {N_("Two cards of one person"), PERMIT_CLIENT_EDIT, plain_doubles},
    {N_("Retention: whom to delete"), PERMIT_CLIENT_EDIT, plain_retention},
    {N_("Out on a visit, or back"), PERMIT_VISIT_RECORD, plain_out_now},
    {N_("Read in a file"), PERMIT_IMPORT, plain_import},
    {N_("Make a backup now"), PERMIT_BACKUP, plain_backup},
    {N_("New data key"), PERMIT_USERS, plain_new_key},
    {N_("Code to keep outside, on paper"), PERMIT_BACKUP, plain_head_paper},
};

static void say_welcome(Plain *plain)
{
    plain_say(plain, session_is_demo(plain->session) ? _("%s (demo). Signed in: %s.") : "%s. %s.",
              session_unit_name(plain->session), session_staff_name(plain->session));
    if (clock_is_pinned()) {
        g_autofree char *now = clock_text(clock_now_ms());
        plain_say(plain, _("The clock is set to %s."), now);
    }
    for (guint i = 0; i < session_notices(plain->session)->len; i++)
        plain_say(plain, "%s", (char *)session_notices(plain->session)->pdata[i]);
    g_autofree char *laptop = laptop_mark_tell(plain->session);
    if (laptop != NULL)
        plain_say(plain, "%s", laptop);
    if (session_tell_swap(plain->session) != NULL)
        plain_say(plain, "%s", session_tell_swap(plain->session));
    plain_say_out(plain);
    g_autofree char *tries = session_tell_tries(plain->session);
    if (tries != NULL)
        plain_say(plain, "%s", tries);
    g_autofree char *late =
        backup_late(plain->session, plain->backup_days,
                    _("Make one with “Make a backup now” below, or with: dagsform backup"));
    if (late != NULL)
        plain_say(plain, "%s", late);
    g_autofree char *waits = log_waits(plain->session);
    if (waits != NULL)
        plain_say(plain, "%s", waits);
    if (session_form_fault(plain->session) != NULL)
        plain_say(plain, "%s", session_form_fault(plain->session));
    if (session_lacks_room(plain->session))
        plain_say(plain, "%s",
                  _("The disk is full, so you can only read: make room, and start again."));
    else if (db_is_read_only(session_db(plain->session)))
        plain_say(plain, "%s",
                  _("The database can only be read now. Nothing that you change can be saved."));
}

static void run(Plain *plain)
{
    GError *error = NULL;
    gboolean writes = !db_is_read_only(session_db(plain->session));
    say_welcome(plain);
    if (writes && !series_lay_out(plain->session, clock_today(), NULL, &error))
        plain_error(plain, error);
    if (!access_allows(plain->session, PERMIT_CLIENT_READ))
        plain_say(plain, "%s", permit_refusal(PERMIT_CLIENT_READ));
    else if (writes)
        plain_offer(plain);
    plain_menu(plain, _("What do you want to do? An empty line leaves."), MENU, G_N_ELEMENTS(MENU),
               0);
}

/* --- signing in ------------------------------------------------------------------------------- */

static void forget_line(char *line)
{
    if (line != NULL)
        explicit_bzero(line, strlen(line));
    g_free(line);
}

/* The one who sits at the terminal is asked who it is. FALSE with `error`. */
static gboolean ask_login(Plain *plain, CommonOptions *options, GError **error)
{
    if (options->login == NULL && plain->talks) {
        char *line = plain_read(plain, _("User name:"));
        options->login = line != NULL && *line != '\0' ? g_strdup(line) : NULL;
        forget_line(line);
    }
    if (options->login == NULL)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("Say who you are with --user NAME."));
    else if (options->passphrase_file == NULL && !plain->talks)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("The lines come from a file or another program, so the passphrase "
                              "must too: give it with --passphrase-file FILE."));
    else
        return TRUE;
    return FALSE;
}

static Session *open_session(const CommonOptions *options, GError **error)
{
    g_autofree char *database = cmd_database(options, error);
    g_autoptr(Secret) passphrase =
        database != NULL ? cmd_sign_in_secret(options, error) : NULL;
    const SessionOpening opening = {
        .database = database, .login = options->login, .passphrase = passphrase, .read_only = TRUE};
    return passphrase != NULL ? session_open(&opening, error) : NULL;
}

/* A slip of the finger at the terminal is asked about again. */
static Session *sign_in(Plain *plain, CommonOptions *options, GError **error)
{
    if (!ask_login(plain, options, error))
        return NULL;
    for (;;) {
        GError *fault = NULL;
        Session *session = open_session(options, &fault);
        if (session != NULL)
            return session;
        if (!plain->talks || options->passphrase_file != NULL ||
            !(g_error_matches(fault, DAGSFORM_ERROR, ERROR_PASSPHRASE) ||
              g_error_matches(fault, DAGSFORM_ERROR, ERROR_BUSY))) {
            g_propagate_error(error, fault);
            return NULL;
        }
        plain_error(plain, fault);
        plain->refused = FALSE;
    }
}

/* --- locking ---------------------------------------------------------------------------------- */

/* Begins anew after a lock. At a terminal it is the person who must know the passphrase, not a
 * file. FALSE with `error`. */
static gboolean unlock_again(Plain *plain, CommonOptions *options, GError **error)
{
    plain->locked = plain->ended = FALSE;
    if (plain->talks)
        g_clear_pointer(&options->passphrase_file, g_free);
    plain_say(plain, "%s", _("Locked."));
    /* The passphrase can be broken off at once. */
    sigprocmask(SIG_SETMASK, &plain->while_waiting, NULL);
    plain->session = sign_in(plain, options, error);
    plain_catch_signals(plain);
    return plain->session != NULL;
}

/* Works until it ends, and from the start again each time it has been locked. FALSE with `error`
 * when it is not unlocked again. */
static gboolean work(Plain *plain, CommonOptions *options, GError **error)
{
    do {
        run(plain);
        g_clear_pointer(&plain->session, session_close);
        if (plain->signal_number != 0 || !plain->locked)
            return TRUE;
    } while (unlock_again(plain, options, error));
    return FALSE;
}

/* --- the whole -------------------------------------------------------------------------------- */

static int columns_of(int terminal)
{
    enum { READABLE = 100, NARROWEST = 20 };
    struct winsize size = {0};
    if (!isatty(terminal))
        return 0;
    if (ioctl(terminal, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return 80;
    return CLAMP((int)size.ws_col, NARROWEST, READABLE);
}

/* Ends as the signal would have ended it. */
static void end_by_signal(int number)
{
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, number);
    signal(number, SIG_DFL);
    sigprocmask(SIG_UNBLOCK, &one, NULL);
    raise(number);
}

int plain_run(int argc, char **argv, const PlainSettings *settings)
{
    static const Command self = {"--plain", "[--keep-going]",
                                 N_("The program as lines, one question at a time."), NULL, FALSE};
    g_auto(CommonOptions) options = {0};
    gboolean plain_given = FALSE, keep_going = FALSE;
    int exit_code = EXIT_DONE;
    const GOptionEntry own[] = {
        {"plain", 0, 0, G_OPTION_ARG_NONE, &plain_given, N_("Lines instead of the full screen."),
         NULL},
        {"keep-going", 0, 0, G_OPTION_ARG_NONE, &keep_going,
         N_("Goes on after a line of a script that is not taken."), NULL},
        G_OPTION_ENTRY_NULL,
    };
    if (!cmd_parse(&self, own, &options, &argc, &argv, &exit_code))
        return exit_code;
    g_autoptr(GString) waiting = g_string_new(NULL);
    Plain plain = {.out = stdout,
                   .waiting = waiting,
                   .talks = isatty(STDIN_FILENO),
                   .keep_going = keep_going,
                   .columns = columns_of(STDOUT_FILENO),
                   .lock_minutes = settings->lock_minutes,
                   .backup_days = settings->backup_days};
    GError *error = NULL;
    plain.session = sign_in(&plain, &options, &error);
    if (plain.session == NULL)
        return cmd_fail(error);
    if (settings->syslog)
        audit_anchor(plain.session, NULL);
    plain_catch_signals(&plain);
    if (!work(&plain, &options, &error))
        return cmd_fail(error);
    if (plain.signal_number != 0)
        end_by_signal(plain.signal_number);
    return plain.refused && !plain.talks ? EXIT_FAILED : EXIT_DONE;
}
