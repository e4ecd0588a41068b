/* server.c: dagsform server: a unit that a PostgreSQL server keeps, set up and kept in order. */
#include "base/i18n.h"
#include "base/paths.h"
#include "care/unit/logins.h"
#include "care/unit/making.h"
#include "care/unit/opening.h"
#include "care/unit/server_key.h"
#include "care/unit/staff.h"
#include "care/unit/unit_move.h"
#include "cmd/commands.h"
#include "db/db_server.h"
#include "exchange/json_members.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    CommonOptions common;
    char *unit, *hosts, *host_database, *ca, *admin, *unit_name, *name;
    int port;
    char *to;         /* of move: a file, not a server */
    Session *session; /* of move and rekey: signed in to the unit */
} ServerCommand;

static void server_command_clear(ServerCommand *command)
{
    common_options_clear(&command->common);
    g_free(command->unit);
    g_free(command->hosts);
    g_free(command->host_database);
    g_free(command->ca);
    g_free(command->admin);
    g_free(command->unit_name);
    g_free(command->name);
    g_free(command->to);
    session_close(command->session);
}

/* ---- whoever sets it up ---------------------------------------------------------------------- */

/* Where libpq has no password by its own means, it is asked for; ends with a NUL. New. */
static Secret *admin_password(const char *role, GError **error)
{
    g_autofree char *prompt = g_strdup_printf(_("Password of the role %s at the server: "), role);
    g_autoptr(Secret) typed = secret_read_passphrase_tty(prompt, error);

    if (typed == NULL)
        return NULL;
    Secret *text = secret_new(typed->length + 1);
    memcpy(text->bytes, typed->bytes, typed->length);
    return text;
}

typedef gboolean AdminAct(const ServerCommand *command, const DbAdmin *admin,
                          const Secret *passphrase, GError **error);

/* Without a password first. */
static gboolean as_admin(const ServerCommand *command, const Secret *passphrase, AdminAct *act,
                         GError **error)
{
    g_autoptr(GError) failed = NULL;
    gboolean asked = FALSE;
    DbAdmin admin = {.role = command->admin, .asked = &asked};

    if (act(command, &admin, passphrase, &failed))
        return TRUE;
    if (!asked || !isatty(STDIN_FILENO)) {
        g_propagate_error(error, g_steal_pointer(&failed));
        return FALSE;
    }
    g_autoptr(Secret) password = admin_password(command->admin, error);
    admin.password = password;
    return password != NULL && act(command, &admin, passphrase, error);
}

/* ---- init ------------------------------------------------------------------------------------ */

static gboolean make_unit(const ServerCommand *command, const DbAdmin *admin,
                          const Secret *passphrase, GError **error)
{
    g_auto(GStrv) hosts = g_strsplit(command->hosts, ",", -1);
    const UnitServer server = {.place = {.hosts = hosts,
                                         .port = command->port,
                                         .database = command->host_database,
                                         .ca = command->ca},
                               .admin = *admin};
    const SessionOpening opening = {.database = command->unit,
                                    .login = command->common.login,
                                    .passphrase = passphrase,
                                    .server = &server};
    const char *name = command->name ? command->name : command->common.login;
    g_autoptr(Secret) recovery = NULL;
    g_autoptr(Session) session =
        session_create(&opening, command->unit_name, name, ROLE_ADMINISTRATOR, &recovery, error);

    if (session == NULL)
        return FALSE;
    cmd_print_recovery(recovery);
    return TRUE;
}

static int server_init(const ServerCommand *command)
{
    GError *error = NULL;

    if (!command->unit || !command->hosts || !command->host_database || !command->admin ||
        !command->unit_name || !command->common.login) {
        fprintf(
            stderr, "%s\n",
            _("Write: dagsform server init --unit FILE.unit --unit-name NAME --hosts HOST[,HOST] "
              "--database NAME [--port N] [--ca FILE] --admin ROLE --user NAME [--name NAME]"));
        return EXIT_USAGE;
    }
    g_autoptr(Secret) passphrase =
        cmd_passphrase(&command->common, _("Choose a passphrase: "), TRUE, &error);
    return passphrase != NULL && as_admin(command, passphrase, make_unit, &error) ? EXIT_DONE
                                                                                  : cmd_fail(error);
}

/* What is signed in to is given as --unit too. */
static void take_unit(ServerCommand *command)
{
    if (command->unit != NULL && command->common.database == NULL)
        command->common.database = g_steal_pointer(&command->unit);
}

/* ---- user, upgrade --------------------------------------------------------------------------- */

static char *unit_of(const ServerCommand *command, GError **error)
{
    return command->unit ? g_strdup(command->unit) : cmd_database(&command->common, error);
}

/* Whoever has a slot in the key file can do this who is let in as the admin: nobody may be able to
 * sign in at the server just now. */
static Vault *open_vault(const ServerCommand *command, const Secret *passphrase, char **unit,
                         GError **error)
{
    g_autofree char *login = login_normalise(command->common.login, error);
    g_autofree char *path = login ? unit_of(command, error) : NULL;
    g_autofree char *real = path ? paths_behind(path) : NULL;
    g_autofree char *keys = real ? vault_path_for(real) : NULL;
    Vault *vault = keys ? vault_open(keys, login, passphrase, error) : NULL;

    if (vault != NULL)
        *unit = g_steal_pointer(&real);
    return vault;
}

static void tell_lacking(const char *lacking)
{
    if (lacking != NULL)
        printf(_("These have nothing in the key file, so they get none: %s. Give each a passphrase "
                 "with: "
                 "dagsform user passwd NAME\n"),
               lacking);
}

static gboolean set_logins(const ServerCommand *command, const DbAdmin *admin,
                           const Secret *passphrase, GError **error)
{
    g_autofree char *unit = NULL, *lacking = NULL;
    g_autoptr(Vault) vault = open_vault(command, passphrase, &unit, error);

    if (vault == NULL || !logins_set_all(unit, vault, admin, &lacking, error))
        return FALSE;
    printf("%s\n",
           _("Everybody who may sign in has a new password at the server, and signs in with their "
             "passphrase as before. Copies of the unit's file elsewhere are to be replaced by this "
             "one. Who has the unit open is asked to sign in again."));
    tell_lacking(lacking);
    return TRUE;
}

static gboolean upgrade(const ServerCommand *command, const DbAdmin *admin,
                        const Secret *passphrase, GError **error)
{
    g_autofree char *unit = NULL;
    g_autoptr(Vault) vault = open_vault(command, passphrase, &unit, error);

    if (vault == NULL || !logins_bring_up(unit, vault, admin, error))
        return FALSE;
    printf("%s\n", _("The unit on the server is as this version needs it."));
    return TRUE;
}

static int with_vault(const ServerCommand *command, AdminAct *act)
{
    GError *error = NULL;

    if (!command->admin || !command->common.login) {
        fprintf(stderr, "%s\n",
                _("Say who sets the unit up at the server with --admin ROLE, and who opens the key "
                  "file "
                  "with --user NAME."));
        return EXIT_USAGE;
    }
    g_autoptr(Secret) passphrase = cmd_sign_in_secret(&command->common, &error);
    return passphrase != NULL && as_admin(command, passphrase, act, &error) ? EXIT_DONE
                                                                            : cmd_fail(error);
}

/* ---- move ------------------------------------------------------------------------------------ */

static gboolean carry_to_server(const ServerCommand *command, const DbAdmin *admin,
                                const Secret *passphrase, GError **error)
{
    g_auto(GStrv) hosts = g_strsplit(command->hosts ? command->hosts : "", ",", -1);
    const DbServerPlace place = {.hosts = hosts,
                                 .port = command->port,
                                 .database = command->host_database,
                                 .ca = command->ca};
    const DbWatch watch = {cmd_progress, (gpointer)_("Carrying the unit")};
    g_autofree char *lacking = NULL;

    (void)passphrase;
    if (!unit_to_server(command->session, command->unit, command->hosts ? &place : NULL, admin,
                        &watch, &lacking, error))
        return FALSE;
    printf(
        _("The unit is in %s now. Everybody opens that, with the key file beside it, and signs in "
          "as before. The file %s stays as it was, and tells whoever opens it.\n"),
        command->unit, db_path(session_db(command->session)));
    tell_lacking(lacking);
    return TRUE;
}

static gboolean carry_to_file(const ServerCommand *command, const DbAdmin *admin,
                              const Secret *passphrase, GError **error)
{
    const DbWatch watch = {cmd_progress, (gpointer)_("Carrying the unit")};

    (void)passphrase;
    if (!unit_to_file(command->session, command->to, admin, &watch, error))
        return FALSE;
    printf(
        _("The unit is in the file %s now, with the key file beside it. Everybody signs in there "
          "as before. What is on the server stays as it was, and tells whoever opens it.\n"),
        command->to);
    return TRUE;
}

static int server_move(ServerCommand *command, const char *from)
{
    GError *error = NULL;

    if (!command->admin || !command->common.login || !from || !command->to == !command->unit ||
        !command->hosts != !command->host_database) {
        fprintf(
            stderr, "%s\n",
            _("Write: dagsform server move FILE.db --unit FILE.unit --hosts HOST[,HOST] "
              "--database NAME --admin ROLE --user NAME, or back: dagsform server move FILE.unit "
              "--to FILE.db --admin ROLE --user NAME"));
        return EXIT_USAGE;
    }
    g_free(command->common.database);
    command->common.database = g_strdup(from);
    command->common.carrying = TRUE;
    command->session = cmd_session(&command->common, FALSE, &error);
    if (command->session == NULL)
        return cmd_fail(error);
    if (db_is_on_server(session_db(command->session)) == !command->to) {
        fprintf(stderr, "%s\n",
                command->to ? _("The unit is a file already. To copy it write: dagsform backup")
                            : _("The unit is kept by a server already."));
        return EXIT_USAGE;
    }
    cmd_catch_interrupts();
    return as_admin(command, NULL, command->to ? carry_to_file : carry_to_server, &error)
               ? EXIT_DONE
               : cmd_fail(error);
}

/* ---- rekey ----------------------------------------------------------------------------------- */

static gboolean draw_key(const ServerCommand *command, const DbAdmin *admin,
                         const Secret *passphrase, GError **error)
{
    const DbWatch watch = {cmd_progress, (gpointer)_("Encrypting anew")};

    (void)passphrase;
    if (!server_key_draw(command->session, admin, &watch, error))
        return FALSE;
    printf("%s\n",
           _("The unit has a new data key, and everybody signs in as before. Who has it open is asked "
             "to sign in again. Copies of the key file elsewhere are to be replaced by this one; but keep "
             "one from before as long as the server has backups from before."));
    return TRUE;
}

static gboolean is_of_server(const ServerCommand *command)
{
    if (db_is_on_server(session_db(command->session)))
        return TRUE;
    fprintf(stderr, "%s\n", _("The unit is a file and no server's. Write: dagsform user rekey"));
    return FALSE;
}

/* As a person, since whoever runs the database is none of the unit: what the one may the other need
 * not. */
static int server_rekey(ServerCommand *command)
{
    GError *error = NULL;

    if (!command->admin || !command->common.login) {
        fprintf(stderr, "%s\n",
                _("Write: dagsform server rekey --unit FILE.unit --admin ROLE --user NAME"));
        return EXIT_USAGE;
    }
    take_unit(command);
    command->session = cmd_session(&command->common, FALSE, &error);
    if (command->session == NULL)
        return cmd_fail(error);
    if (!is_of_server(command))
        return EXIT_USAGE;
    return as_admin(command, NULL, draw_key, &error) ? EXIT_DONE : cmd_fail(error);
}

/* ---- check ----------------------------------------------------------------------------------- */

static void say_facts(const DbServerFacts *facts)
{
    g_autoptr(GPtrArray) words = db_server_facts_words(facts);

    for (guint i = 0; i < words->len; i++)
        printf("%s\n", (const char *)words->pdata[i]);
}

static void say_faults(const GPtrArray *faults)
{
    for (guint i = 0; i < faults->len; i++)
        printf("%s\n", (const char *)faults->pdata[i]);
    printf("%s\n", faults->len == 0 ? _("The server is as the unit needs it.")
                                    : _("Do what is said there, or tell whoever runs the server."));
}

static void say_json(const DbServerFacts *facts, const GPtrArray *faults)
{
    g_autoptr(JsonBuilder) json = json_builder_new();

    json_builder_begin_object(json);
    member_text(json, "server", facts->host);
    member_text(json, "postgresql", facts->version);
    member_text(json, "encrypted", facts->encrypted);
    member_text(json, "confirmed_by", facts->confirms);
    json_builder_set_member_name(json, "faults");
    json_builder_begin_array(json);
    for (guint i = 0; i < faults->len; i++)
        json_builder_add_string_value(json, faults->pdata[i]);
    json_builder_end_array(json);
    json_builder_end_object(json);
    g_autofree char *text = json_text(json);
    fputs(text, stdout);
}

static int server_check(ServerCommand *command)
{
    GError *error = NULL;

    take_unit(command);
    g_autoptr(Session) session = cmd_session(&command->common, TRUE, &error);
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    if (session == NULL)
        return cmd_fail(error);
    if (!db_is_on_server(session_db(session))) {
        fprintf(stderr, "%s\n", _("The unit is a file and no server's. Write: dagsform check"));
        return EXIT_USAGE;
    }
    g_autoptr(DbServerFacts) facts = db_server_facts(session_db(session));
    if (!command->common.json)
        say_facts(facts);
    if (!db_check(session_db(session), faults, NULL, NULL, &error))
        return cmd_fail(error);
    if (command->common.json)
        say_json(facts, faults);
    else
        say_faults(faults);
    return faults->len == 0 ? EXIT_DONE : EXIT_FAILED;
}

/* ---- the command ----------------------------------------------------------------------------- */

static int run_server(ServerCommand *command, int argc, char **argv)
{
    const char *act = argc >= 2 ? argv[1] : "";

    if (!g_str_equal(act, "check") && !cmd_without_json(&command->common, "server", act))
        return EXIT_USAGE;
    if (g_str_equal(act, "move") && argc <= 3)
        return server_move(command, argc == 3 ? argv[2] : NULL);
    if (argc != 2)
        act = "";
    if (g_str_equal(act, "init"))
        return server_init(command);
    if (g_str_equal(act, "user"))
        return with_vault(command, set_logins);
    if (g_str_equal(act, "upgrade"))
        return with_vault(command, upgrade);
    if (g_str_equal(act, "rekey"))
        return server_rekey(command);
    if (g_str_equal(act, "check"))
        return server_check(command);
    fprintf(stderr, "%s\n", _("Write: dagsform server init|user|upgrade|rekey|check|move"));
    return EXIT_USAGE;
}

int cmd_server(const Command *self, int argc, char **argv)
{
    ServerCommand command = {0};
    const GOptionEntry entries[] = {
        {"unit", 0, 0, G_OPTION_ARG_FILENAME, &command.unit,
         N_("The unit's file, NAME.unit; the key file lies beside it."), "FILE"},
        {"unit-name", 0, 0, G_OPTION_ARG_STRING, &command.unit_name, N_("The unit's name."),
         "NAME"},
        {"hosts", 0, 0, G_OPTION_ARG_STRING, &command.hosts,
         N_("The servers, with commas between them: names, or a folder of sockets of this "
            "computer."),
         "HOSTS"},
        {"database", 0, 0, G_OPTION_ARG_STRING, &command.host_database,
         N_("The unit's database on the server, empty and with the collation C."), "NAME"},
        {"port", 0, 0, G_OPTION_ARG_INT, &command.port, N_("The servers' port; 5432 otherwise."),
         "N"},
        {"ca", 0, 0, G_OPTION_ARG_FILENAME, &command.ca,
         N_("The certificate of the authority that signs for the servers."), "FILE"},
        {"admin", 0, 0, G_OPTION_ARG_STRING, &command.admin,
         N_("The role that sets the unit up: the database is theirs, and they may make roles."),
         "ROLE"},
        {"name", 0, 0, G_OPTION_ARG_STRING, &command.name,
         N_("The person's name; the login otherwise."), "NAME"},
        {"to", 0, 0, G_OPTION_ARG_FILENAME, &command.to,
         N_("The new file that a unit is carried into from its server."), "FILE"},
        G_OPTION_ENTRY_NULL,
    };
    int exit_code;
    if (cmd_parse(self, entries, &command.common, &argc, &argv, &exit_code))
        exit_code = run_server(&command, argc, argv);
    server_command_clear(&command);
    return exit_code;
}
