/* away.c: dagsform away: a part of the unit is taken along on a laptop. */
#include "base/i18n.h"
#include "care/laptop/laptop.h"
#include "cmd/commands.h"
#include "exchange/json_members.h"

#include <stdio.h>

typedef struct {
    CommonOptions common;
    char **guarded; /* --protected */
    char *lost;
    gboolean list;
} AwayCommand;

static void away_command_clear(AwayCommand *command)
{
    common_options_clear(&command->common);
    g_strfreev(command->guarded);
    g_free(command->lost);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(AwayCommand, away_command_clear)

static gboolean list(Session *session, gboolean as_json, GError **error)
{
    g_autoptr(GPtrArray) laptops = laptop_list(session, error);
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_array(json);
    for (guint i = 0; laptops != NULL && i < laptops->len; i++) {
        const Laptop *laptop = g_ptr_array_index(laptops, i);
        char until[DATE_SIZE];
        g_autofree char *words = laptop_words(laptop);
        json_builder_begin_object(json);
        member_int(json, "number", laptop->node);
        member_text(json, "who", laptop->staff_name);
        member_text(json, "until", date_format(laptop->until, until));
        member_int(json, "clients", laptop->clients);
        member_text(json, "state", laptop_state_code(laptop->state));
        json_builder_end_object(json);
        if (!as_json)
            printf("%" G_GINT64_FORMAT ": %s\n", laptop->node, words);
    }
    json_builder_end_array(json);
    g_autofree char *text = as_json && laptops != NULL ? json_text(json) : NULL;
    fputs(text != NULL ? text : "", stdout);
    return laptops != NULL;
}

static gboolean read_number(const char *text, gint64 *node, GError **error)
{
    if (g_ascii_string_to_signed(text, 10, 1, G_MAXINT32, node, NULL))
        return TRUE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                _("%s is no laptop's number. Look at those there are with “dagsform away --list”."),
                text);
    return FALSE;
}

static gboolean lost(Session *session, const char *text, GError **error)
{
    gint64 node = 0;
    if (!read_number(text, &node, error) || !laptop_lost(session, node, error))
        return FALSE;
    printf("%s\n",
           _("Nothing comes home from that laptop any more, and its forms go on here. Whoever "
             "has the file, its key file and the passphrase can still read what was taken "
             "along: tell whoever answers for personal data."));
    return TRUE;
}

static void tell_taken(const char *path, const Laptop *laptop, const Secret *code)
{
    char until[DATE_SIZE];
    fprintf(
        stderr,
        ngettext("%s has %d client and opens until %s with your passphrase. Move it and the two "
                 "files beside it (.keys, .keys.copy) to the laptop.\n",
                 "%s has %d clients and opens until %s with your passphrase. Move it and the two "
                 "files beside it (.keys, .keys.copy) to the laptop.\n",
                 (gulong)laptop->clients),
        path, laptop->clients, date_format(laptop->until, until));
    fprintf(
        stderr, "%s\n",
        _("This is its recovery code, for the unit's safe: with it the file opens also when the "
          "passphrase is forgotten."));
    printf("%.*s\n", (int)code->length, (const char *)code->bytes);
}

static gboolean take(Session *session, const AwayCommand *command, const char *path,
                     const Secret *passphrase, GError **error)
{
    g_autoptr(GArray) guarded = g_array_new(FALSE, FALSE, sizeof(gint64));
    for (char **who = command->guarded; who != NULL && *who != NULL; who++) {
        gint64 id = 0;
        if (!cmd_client(session, *who, &id, error))
            return FALSE;
        g_array_append_val(guarded, id);
    }
    const SessionOpening opening = {
        .database = path, .login = session_login(session), .passphrase = passphrase};
    g_autoptr(Secret) code = NULL;
    g_autoptr(Laptop) laptop = laptop_take_along(session, &opening, guarded, &code, error);
    if (laptop != NULL)
        tell_taken(path, laptop, code);
    return laptop != NULL;
}

static int run(const AwayCommand *command, const char *path)
{
    GError *error = NULL;
    g_autofree char *database = NULL;
    g_autoptr(Secret) passphrase = NULL;
    if (!cmd_who(&command->common, &database, &passphrase, &error))
        return cmd_fail(error);
    const SessionOpening opening = {.database = database,
                                    .login = command->common.login,
                                    .passphrase = passphrase,
                                    .read_only = command->list};
    g_autoptr(Session) session = session_open(&opening, &error);
    if (session == NULL)
        return cmd_fail(error);
    cmd_notices(session);
    const gboolean done = command->list ? list(session, command->common.json, &error)
                          : command->lost != NULL
                              ? lost(session, command->lost, &error)
                              : take(session, command, path, passphrase, &error);
    return done ? EXIT_DONE : cmd_fail(error);
}

int cmd_away(const Command *self, int argc, char **argv)
{
    g_auto(AwayCommand) command = {0};
    const GOptionEntry entries[] = {
        {"protected", 0, 0, G_OPTION_ARG_STRING_ARRAY, &command.guarded,
         N_("Also this client, who has protected identity; may be given several times."),
         "CLIENT-NUMBER"},
        {"list", 0, 0, G_OPTION_ARG_NONE, &command.list,
         N_("Lists the laptops that were taken along."), NULL},
        {"lost", 0, 0, G_OPTION_ARG_STRING, &command.lost,
         N_("The laptop of that number is lost: nothing comes home from it."), "NUMBER"},
        G_OPTION_ENTRY_NULL,
    };
    int exit_code;
    if (!cmd_parse(self, entries, &command.common, &argc, &argv, &exit_code))
        return exit_code;
    if (!command.list && !cmd_without_json(&command.common, "away", NULL))
        return EXIT_USAGE;
    const int ways = (argc == 2) + command.list + (command.lost != NULL);
    if (argc <= 2 && ways == 1 && (command.guarded == NULL || argc == 2))
        return run(&command, argc == 2 ? argv[1] : NULL);
    fprintf(stderr, "%s\n",
            _("Write: dagsform away FILE, dagsform away --list, or dagsform away --lost NUMBER"));
    return EXIT_USAGE;
}
