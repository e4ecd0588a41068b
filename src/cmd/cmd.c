/* cmd.c: what the subcommands share. */
#include "cmd/cmd.h"

#include "base/clock.h"
#include "base/confine.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "care/client/client.h"
#include "care/unit/laptop_mark.h"
#include "care/unit/opening.h"
#include "vault/own_file.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void common_options_clear(CommonOptions *options)
{
    g_clear_pointer(&options->database, g_free);
    g_clear_pointer(&options->login, g_free);
    g_clear_pointer(&options->passphrase_file, g_free);
    g_clear_pointer(&options->key_file, g_free);
    g_clear_pointer(&options->language, g_free);
}

/* "--db FILE". New. */
static char *option_text(const GOptionEntry *entry)
{
    return g_strdup_printf("--%s%s%s", entry->long_name, entry->arg_description ? " " : "",
                           entry->arg_description ? entry->arg_description : "");
}

static int widest_option(const GOptionEntry *entries)
{
    int widest = 0;
    for (const GOptionEntry *entry = entries; entry && entry->long_name; entry++) {
        g_autofree char *option = option_text(entry);
        widest = MAX(widest, (int)strlen(option));
    }
    return widest;
}

static void print_entries(const GOptionEntry *entries, int columns)
{
    for (const GOptionEntry *entry = entries; entry && entry->long_name; entry++) {
        if (entry->flags & G_OPTION_FLAG_HIDDEN)
            continue;
        g_autofree char *option = option_text(entry);
        printf("  %-*s  %s\n", columns, option, _(entry->description));
    }
}

static void print_help(const Command *command, const GOptionEntry *own, const GOptionEntry *common)
{
    printf("dagsform %s %s\n%s\n\n", command->name, command->usage, _(command->summary));
    const int columns = MAX(widest_option(own), widest_option(common));
    print_entries(own, columns);
    print_entries(common, columns);
}

gboolean cmd_without_json(const CommonOptions *common, const char *command, const char *act)
{
    if (common->json)
        fprintf(stderr, _("dagsform %s%s%s does not answer in JSON. Leave out --json.\n"), command,
                act ? " " : "", act ? act : "");
    return !common->json;
}

gboolean cmd_parse(const Command *command, const GOptionEntry *entries, CommonOptions *common,
                   int *argc, char ***argv, int *exit_code)
{
    gboolean help = FALSE;
    const GOptionEntry shared[] = {
        {"db", 0, 0, G_OPTION_ARG_FILENAME, &common->database, N_("The database file."), "FILE"},
        {"user", 0, 0, G_OPTION_ARG_STRING, &common->login, N_("The login to sign in with."),
         "NAME"},
        {"passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &common->passphrase_file,
         N_("A file whose first line is the passphrase; keep it closed to others."), "FILE"},
        {"key-file", 0, 0, G_OPTION_ARG_FILENAME, &common->key_file,
         N_("Your own key file, if you need one to sign in."), "FILE"},
        {"lang", 0, 0, G_OPTION_ARG_STRING, &common->language, N_("sv, en or fi."), "LANG"},
        {"json", 0, command->json ? 0 : G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &common->json,
         N_("Answers in JSON."), NULL},
        {"help", 'h', 0, G_OPTION_ARG_NONE, &help, N_("Shows this text."), NULL},
        G_OPTION_ENTRY_NULL,
    };
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_option_context_set_help_enabled(context, FALSE);
    if (entries)
        g_option_context_add_main_entries(context, entries, NULL);
    g_option_context_add_main_entries(context, shared, NULL);
    g_autoptr(GError) error = NULL;
    if (!g_option_context_parse(context, argc, argv, &error)) {
        fprintf(stderr, _("That was not understood (%s). See: dagsform %s --help\n"),
                error->message, command->name);
        *exit_code = EXIT_USAGE;
        return FALSE;
    }
    if (help) {
        print_help(command, entries, shared);
        *exit_code = EXIT_DONE;
        return FALSE;
    }
    *exit_code = EXIT_USAGE;
    /* That one sets up what is not there yet. */
    if (!g_str_equal(command->name, "server"))
        cmd_stay_off_network(common->database);
    return command->json || cmd_without_json(common, command->name, NULL);
}

char *cmd_database(const CommonOptions *options, GError **error)
{
    if (options->database)
        return g_strdup(options->database);
    g_autofree char *folder = paths_user_data(error);
    return folder ? g_build_filename(folder, "dagsform.db", NULL) : NULL;
}

void cmd_stay_off_network(const char *database)
{
    g_autofree char *real = database ? realpath(database, NULL) : NULL;
    if (real == NULL || !db_names_server(real))
        confine_network();
}

/* Where a file lies, also one that a link leads to. New. */
static char *folder_of(const char *path)
{
    g_autofree char *real = realpath(path, NULL);
    return g_path_get_dirname(real ? real : path);
}

void cmd_confine(const CommonOptions *unit, const char *written)
{
    g_autofree char *database = unit ? cmd_database(unit, NULL) : NULL;
    g_autofree char *of_unit = database ? folder_of(database) : NULL;
    g_autofree char *of_written = written ? folder_of(written) : NULL;
    const char *const folders[] = {of_unit ? of_unit : of_written, of_unit ? of_written : NULL,
                                   NULL};
    confine_files(folders);
}

static Secret *passphrase_from_file(const char *path, GError **error)
{
    gboolean exposed = FALSE;
    Secret *passphrase = secret_read_passphrase_file(path, &exposed, error);
    if (passphrase && exposed)
        fprintf(stderr, _("Others can read the passphrase file %s. Close it with: chmod 600 %s\n"),
                path, path);
    return passphrase;
}

Secret *cmd_passphrase(const CommonOptions *options, const char *prompt, gboolean confirm,
                       GError **error)
{
    if (options->passphrase_file)
        return passphrase_from_file(options->passphrase_file, error);
    g_autoptr(Secret) passphrase = secret_read_passphrase_tty(prompt, error);
    if (!passphrase || !confirm)
        return g_steal_pointer(&passphrase);
    g_autoptr(Secret) again = secret_read_passphrase_tty(_("The same once more: "), error);
    if (!again)
        return NULL;
    if (!secret_equal(again, passphrase)) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("The two passphrases differ. Nothing was changed; try again."));
        return NULL;
    }
    return g_steal_pointer(&passphrase);
}

Secret *cmd_sign_in_secret(const CommonOptions *options, GError **error)
{
    g_autoptr(Secret) passphrase = cmd_passphrase(options, _("Passphrase: "), FALSE, error);

    if (passphrase == NULL || options->key_file == NULL)
        return g_steal_pointer(&passphrase);
    return own_file_join(passphrase, options->key_file, error);
}

gboolean cmd_who(const CommonOptions *options, char **database, Secret **passphrase, GError **error)
{
    g_autofree char *path = cmd_database(options, error);
    if (!path)
        return FALSE;
    if (!options->login) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("Say who you are with --user NAME."));
        return FALSE;
    }
    *passphrase = cmd_sign_in_secret(options, error);
    *database = *passphrase ? g_steal_pointer(&path) : NULL;
    return *passphrase != NULL;
}

gboolean cmd_client(Session *session, const char *who, gint64 *id, GError **error)
{
    IdNumber number;
    const gboolean personal = idnumber_parse(who, clock_today(), &number);
    if (!client_find(session, personal ? number.number : NULL, who, id, error))
        return FALSE;
    if (*id == 0)
        g_set_error(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                    _("There is no client with the number %s. Give the client number, or the "
                      "identity number."),
                    who);
    return *id != 0;
}

void cmd_notices(Session *session)
{
    const GPtrArray *notices = session_notices(session);

    if (session_form_fault(session))
        fprintf(stderr, "%s\n", session_form_fault(session));
    for (guint i = 0; i < notices->len; i++)
        fprintf(stderr, "%s\n", (const char *)notices->pdata[i]);
    g_autofree char *laptop = laptop_mark_tell(session);
    if (laptop != NULL)
        fprintf(stderr, "%s\n", laptop);
    if (session_tell_swap(session) != NULL)
        fprintf(stderr, "%s\n", session_tell_swap(session));
}

Session *cmd_session(const CommonOptions *options, gboolean reads, GError **error)
{
    g_autofree char *database = NULL;
    g_autoptr(Secret) passphrase = NULL;
    if (!cmd_who(options, &database, &passphrase, error))
        return NULL;
    SessionOpening opening = {.database = database,
                              .login = options->login,
                              .passphrase = passphrase,
                              .carrying = options->carrying,
                              .read_only = reads};
    Session *session = session_open(&opening, error);
    if (session)
        cmd_notices(session);
    /* Only a person has typed the passphrase: a timer has it in a file, and reads nothing. */
    g_autofree char *tries =
        session && !options->passphrase_file ? session_tell_tries(session) : NULL;
    if (tries)
        fprintf(stderr, "%s\n", tries);
    return session;
}

void cmd_print_recovery(const Secret *code)
{
    fprintf(stderr, "%s\n",
            _("This is the recovery code. It is shown only now: print it or write it down and "
              "lock it in the unit's safe. With it, access can be given again when passphrases "
              "are lost."));
    printf("%.*s\n", (int)code->length, (const char *)code->bytes);
}

int cmd_fail(GError *error)
{
    fprintf(stderr, "%s\n", error ? error->message : _("Something failed without saying why."));
    g_clear_error(&error);
    return EXIT_FAILED;
}

static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

void cmd_catch_interrupts(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = on_interrupt};
    sigemptyset(&action.sa_mask);
    for (gsize i = 0; i < G_N_ELEMENTS(numbers); i++)
        sigaction(numbers[i], &action, NULL);
}

gboolean cmd_progress(double share, gpointer label)
{
    if (isatty(STDERR_FILENO)) {
        enum { WIDTH = 40 };
        char bar[WIDTH + 1];
        int filled = (int)(CLAMP(share, 0.0, 1.0) * WIDTH);
        for (int i = 0; i < WIDTH; i++)
            bar[i] = i < filled ? '#' : '.';
        bar[WIDTH] = '\0';
        fprintf(stderr, "\r%s [%s] %3.0f %%%s", (const char *)label, bar, share * 100,
                share >= 1 ? "\n" : "");
    }
    return !interrupted;
}
