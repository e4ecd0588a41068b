/* user.c: dagsform user: those who may sign in. */
#include "base/i18n.h"
#include "base/text.h"
#include "care/unit/keys.h"
#include "care/unit/opening.h"
#include "care/unit/staff.h"
#include "cmd/commands.h"
#include "vault/own_file.h"
#include "vault/vault_calibrate.h"
#include "vault/vault_own.h"

#include <json-glib/json-glib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    CommonOptions common;
    char *role, *name, *code, *new_passphrase_file, *recovery_file, *new_key_file;
    gboolean without_key_file;
} UserCommand;

static void user_command_clear(UserCommand *command)
{
    common_options_clear(&command->common);
    g_free(command->role);
    g_free(command->name);
    g_free(command->code);
    g_free(command->new_passphrase_file);
    g_free(command->recovery_file);
    g_free(command->new_key_file);
}

static Secret *new_passphrase(const UserCommand *command, GError **error)
{
    CommonOptions options = {.passphrase_file = command->new_passphrase_file};
    return cmd_passphrase(&options, _("New passphrase: "), TRUE, error);
}

/* The same, with the key file that the user needs from now on: the new one, which is made, or the one
 * given at sign-in, if `kept`. */
static Secret *new_secret(const UserCommand *command, gboolean kept, GError **error)
{
    g_autoptr(Secret) passphrase = new_passphrase(command, error);
    const char *file = command->new_key_file != NULL ? command->new_key_file
                       : kept                        ? command->common.key_file
                                                     : NULL;

    if (passphrase == NULL || file == NULL)
        return g_steal_pointer(&passphrase);
    if (command->new_key_file != NULL && !own_file_make(file, error))
        return NULL;
    return own_file_join(passphrase, file, error);
}

/* Of a user that was not given it, nobody needs it. */
static gboolean give_up_file(const UserCommand *command)
{
    if (command->new_key_file != NULL)
        g_unlink(command->new_key_file);
    return FALSE;
}

static void say_file(const UserCommand *command, const char *login)
{
    if (command->new_key_file != NULL)
        printf(_("%s also needs the key file %s to sign in. Keep it on a stick, away from the "
                 "computer, and a copy of it in the unit's safe.\n"),
               login, command->new_key_file);
}

static gboolean user_add(Session *session, const UserCommand *command, const char *login,
                         GError **error)
{
    StaffRole role = ROLE_SUPPORT_WORKER;
    if (command->role && !role_said(command->role, &role, error))
        return FALSE;
    g_autoptr(Secret) passphrase = new_secret(command, FALSE, error);
    if (!passphrase)
        return FALSE;
    if (!staff_add_user(session, login, command->name ? command->name : login, command->code, role,
                        passphrase, error))
        return give_up_file(command);
    printf(_("%s can sign in now, as %s.\n"), login, role_name(role));
    say_file(command, login);
    return TRUE;
}

/* One line of the list, in columns: one Å takes two bytes. */
static void print_person(const Staff *person)
{
    enum { LOGIN_COLUMNS = 20, NAME_COLUMNS = 28 };
    const int after_login = MAX(LOGIN_COLUMNS - text_width(person->login), 0);
    const int after_name = MAX(NAME_COLUMNS - text_width(person->name), 0);
    printf("%s%*s %s%*s %s%s\n", person->login, after_login, "", person->name, after_name, "",
           role_name(person->role), person->active ? "" : _(" (closed)"));
}

static gboolean user_list(Session *session, const UserCommand *command, const char *login,
                          GError **error)
{
    (void)login;
    g_autoptr(GPtrArray) staff = staff_list(session, error);
    if (!staff)
        return FALSE;
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_array(json);
    for (guint i = 0; i < staff->len; i++) {
        const Staff *person = staff->pdata[i];
        if (!person->login)
            continue;
        if (!command->common.json)
            print_person(person);
        json_builder_begin_object(json);
        json_builder_set_member_name(json, "login");
        json_builder_add_string_value(json, person->login);
        json_builder_set_member_name(json, "name");
        json_builder_add_string_value(json, person->name);
        json_builder_set_member_name(json, "role");
        json_builder_add_string_value(json, role_code(person->role));
        json_builder_set_member_name(json, "active");
        json_builder_add_boolean_value(json, person->active);
        json_builder_end_object(json);
    }
    json_builder_end_array(json);
    if (command->common.json) {
        g_autoptr(JsonNode) root = json_builder_get_root(json);
        g_autofree char *text = json_to_string(root, TRUE);
        printf("%s\n", text);
    }
    return TRUE;
}

static gboolean user_role(Session *session, const UserCommand *command, const char *login,
                          GError **error)
{
    StaffRole role;
    if (!role_said(command->role, &role, error) || !staff_set_role(session, login, role, error))
        return FALSE;
    printf(_("%s is now %s.\n"), login, role_name(role));
    return TRUE;
}

/* Nobody loses the need of a key file by mistake. */
static gboolean says_what_of_file(const UserCommand *command, const char *login, gboolean kept,
                                  GError **error)
{
    if (command->new_key_file != NULL || command->without_key_file || kept)
        return TRUE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                _("%s also needs a key file to sign in. Make a new one with --new-key-file FILE, or "
                  "let a passphrase be enough with --without-key-file."),
                login);
    return FALSE;
}

static gboolean user_passwd(Session *session, const UserCommand *command, const char *login,
                            GError **error)
{
    g_autofree char *known = login_normalise(login, error);
    if (!known)
        return FALSE;
    const gboolean needs = own_file_is_needed(session_vault(session), known);
    const gboolean kept = needs && command->common.key_file != NULL && !command->without_key_file &&
                          g_str_equal(known, session_login(session));
    if (needs && !says_what_of_file(command, known, kept, error))
        return FALSE;
    g_autoptr(Secret) passphrase = new_secret(command, kept, error);
    if (!passphrase)
        return FALSE;
    if (!staff_set_passphrase(session, known, passphrase, error))
        return give_up_file(command);
    printf(_("%s has a new passphrase.\n"), known);
    say_file(command, known);
    return TRUE;
}

static gboolean user_revoke(Session *session, const UserCommand *command, const char *login,
                            GError **error)
{
    const DbWatch watch = {cmd_progress, (gpointer)_("Encrypting anew")};
    (void)command;
    if (!staff_revoke(session, login, &watch, error))
        return FALSE;
    if (db_is_on_server(session_db(session)))
        printf(_("%s can no longer sign in, neither here nor at the server. Whoever runs the database draws "
                 "a new data key with: dagsform server rekey\n"),
               login);
    else
        printf(_("%s can no longer sign in, and the database has a new data key. Backups made before "
                 "still have the old one.\n"),
               login);
    return TRUE;
}

static gboolean user_rekey(Session *session, const UserCommand *command, const char *unused,
                           GError **error)
{
    const DbWatch watch = {cmd_progress, (gpointer)_("Encrypting anew")};
    (void)command, (void)unused;
    if (!session_new_key(session, &watch, error))
        return FALSE;
    printf("%s\n", _("The database has a new data key, and everybody signs in as before. Backups made "
                     "before still have the old one."));
    return TRUE;
}

/* What a try costs: what the unit asks for, but never less than half a second on this computer. */
static void say_cost(Session *session)
{
    const gint64 pass_us = vault_pass_us();
    const int passes = MAX(session_passes(session), (int)vault_passes(pass_us));
    printf(ngettext("A try of a new passphrase takes %d pass over 256 MB: %.1f seconds on this "
                    "computer.\n",
                    "A try of a new passphrase takes %d passes over 256 MB: %.1f seconds on this "
                    "computer.\n",
                    (gulong)passes),
           passes, (double)(passes * pass_us) / G_USEC_PER_SEC);
}

static gboolean user_cost(Session *session, const UserCommand *command, const char *passes,
                          GError **error)
{
    (void)command;
    guint64 number = 0;
    if (passes != NULL) {
        /* What is no number is none between them either. */
        if (!g_ascii_string_to_unsigned(passes, 10, 0, G_MAXINT, &number, NULL))
            number = 0;
        if (!session_set_passes(session, (int)number, error))
            return FALSE;
    }
    say_cost(session);
    if (passes != NULL)
        printf("%s\n", _("Who has a cheaper one gets the same at the next sign-in."));
    return TRUE;
}

/* On standard output alone, so that it can be printed and nothing else. */
static void print_code(const Secret *code)
{
    fprintf(stderr, "%s\n",
            _("The recovery code is replaced by this one; lock it in the unit's safe."));
    printf("%.*s\n", (int)code->length, (const char *)code->bytes);
}

/* Who can sign in by the list of users, but has no slot in the key file. */
static gboolean say_who_lacks_a_slot(Session *session, GError **error)
{
    g_autoptr(GPtrArray) staff = staff_list(session, error);
    g_autoptr(GString) logins = g_string_new(NULL);
    for (guint i = 0; staff && i < staff->len; i++) {
        const Staff *person = staff->pdata[i];
        if (person->login && person->active &&
            !vault_has_login(session_vault(session), person->login))
            g_string_append_printf(logins, "%s%s", logins->len > 0 ? ", " : "", person->login);
    }
    if (logins->len > 0)
        fprintf(stderr,
                _("These users need a new passphrase each, since what opened for them could not be "
                  "kept: %s. Give it with: dagsform user passwd NAME\n"),
                logins->str);
    return staff != NULL;
}

static gboolean say_repaired(Session *session, const Secret *fresh, GError **error)
{
    fprintf(stderr, "%s\n",
            _("The key file has been written anew. Tell whoever looks after the "
              "computer: its disk may be failing."));
    if (!say_who_lacks_a_slot(session, error))
        return FALSE;
    if (fresh)
        print_code(fresh);
    return TRUE;
}

/* Opens a damaged key file by what is left of one's own slot. */
static gboolean user_repair(const UserCommand *command, GError **error)
{
    g_autoptr(Secret) fresh = NULL;
    SessionOpening opening = {.login = command->common.login};
    g_autofree char *database = NULL;
    g_autoptr(Secret) passphrase = NULL;
    if (!cmd_who(&command->common, &database, &passphrase, error))
        return FALSE;
    opening.database = database;
    opening.passphrase = passphrase;
    g_autoptr(Session) session = session_repair(&opening, &fresh, error);
    return session && say_repaired(session, fresh, error);
}

/* Ends with a NUL beyond its length. New. */
static Secret *recovery_code(const UserCommand *command, GError **error)
{
    CommonOptions options = {.passphrase_file = command->recovery_file};
    g_autoptr(Secret) code = cmd_passphrase(&options, _("Recovery code: "), FALSE, error);
    if (!code)
        return NULL;
    Secret *text = secret_new(code->length + 1);
    memcpy(text->bytes, code->bytes, code->length);
    return text;
}

/* With the recovery code: gives `login` a new passphrase, and draws a new code. A damaged key file
 * is written anew on the way. */
static gboolean user_recover(const UserCommand *command, const char *login, GError **error)
{
    g_autofree char *database = cmd_database(&command->common, error);
    g_autoptr(Secret) code = database ? recovery_code(command, error) : NULL;
    g_autoptr(Secret) passphrase = NULL, fresh = NULL;
    g_autoptr(GError) failed = NULL;
    if (!code)
        return FALSE;
    g_autoptr(Session) session =
        session_open_recovery(database, (const char *)code->bytes, &failed);
    gboolean damaged = g_error_matches(failed, DAGSFORM_ERROR, ERROR_CORRUPT);
    if (!session && !damaged) {
        g_propagate_error(error, g_steal_pointer(&failed));
        return FALSE;
    }
    passphrase = new_passphrase(command, error);
    if (!passphrase)
        return FALSE;
    if (damaged) {
        session = session_repair_recovery(database, (const char *)code->bytes, login, passphrase,
                                          &fresh, error);
        if (!session || !say_repaired(session, NULL, error))
            return FALSE;
    } else if (!staff_set_passphrase(session, login, passphrase, error) ||
               !staff_new_recovery(session, &fresh, error)) {
        return FALSE;
    }
    fprintf(stderr, _("%s has a new passphrase, and the recovery code has been used.\n"), login);
    print_code(fresh);
    return TRUE;
}

typedef gboolean UserAct(Session *, const UserCommand *, const char *login, GError **);
static const struct {
    const char *name;
    gboolean takes_word, reads;  /* what only reads answers in JSON too */
    UserAct *act;                /* NULL: without signing in as usual */
} acts[] = {
    {"add", TRUE, FALSE, user_add},       {"list", FALSE, TRUE, user_list},
    {"role", TRUE, FALSE, user_role},     {"passwd", TRUE, FALSE, user_passwd},
    {"revoke", TRUE, FALSE, user_revoke}, {"recover", TRUE, FALSE, NULL},
    {"repair", FALSE, FALSE, NULL},       {"rekey", FALSE, FALSE, user_rekey},
    {"cost", FALSE, FALSE, user_cost},    {"cost", TRUE, FALSE, user_cost},
};

static gboolean takes_role(const char *act)
{
    return g_str_equal(act, "add") || g_str_equal(act, "role");
}

static int run_user(const UserCommand *command, int argc, char **argv)
{
    for (gsize i = 0; argc >= 2 && i < G_N_ELEMENTS(acts); i++) {
        if (!g_str_equal(argv[1], acts[i].name) || argc != 2 + acts[i].takes_word)
            continue;
        GError *error = NULL;
        const char *login = argc == 3 ? argv[2] : NULL;
        if (!acts[i].reads && !cmd_without_json(&command->common, "user", acts[i].name))
            return EXIT_USAGE;
        if (!acts[i].act)
            return (login ? user_recover(command, login, &error) : user_repair(command, &error))
                       ? EXIT_DONE
                       : cmd_fail(error);
        g_autoptr(Session) session = cmd_session(&command->common, acts[i].reads, &error);
        return session && acts[i].act(session, command, login, &error) ? EXIT_DONE
                                                                       : cmd_fail(error);
    }
    if (argc == 4 && takes_role(argv[1]))
        fprintf(stderr, _("The role is given with --role: dagsform user %s %s --role %s\n"),
                argv[1], argv[2], argv[3]);
    else
        fprintf(stderr, "%s\n",
                _("Write: dagsform user add|role|passwd|revoke|recover NAME, or dagsform user "
                  "list|rekey|repair|cost"));
    return EXIT_USAGE;
}

int cmd_user(const Command *self, int argc, char **argv)
{
    UserCommand command = {0};
    const GOptionEntry entries[] = {
        {"role", 0, 0, G_OPTION_ARG_STRING, &command.role,
         N_("support-worker, case-officer, team-lead or administrator, or the same in words."),
         "ROLE"},
        {"name", 0, 0, G_OPTION_ARG_STRING, &command.name, N_("The person's name."), "NAME"},
        {"code", 0, 0, G_OPTION_ARG_STRING, &command.code,
         N_("The person's code in the planning system."), "CODE"},
        {"new-passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &command.new_passphrase_file,
         N_("A file whose first line is the new passphrase."), "FILE"},
        {"new-key-file", 0, 0, G_OPTION_ARG_FILENAME, &command.new_key_file,
         N_("A key file to be made, which the user then needs beside the passphrase."), "FILE"},
        {"without-key-file", 0, 0, G_OPTION_ARG_NONE, &command.without_key_file,
         N_("The passphrase is enough from now on."), NULL},
        {"recovery-file", 0, 0, G_OPTION_ARG_FILENAME, &command.recovery_file,
         N_("A file whose first line is the recovery code."), "FILE"},
        G_OPTION_ENTRY_NULL,
    };
    int exit_code;
    if (cmd_parse(self, entries, &command.common, &argc, &argv, &exit_code))
        exit_code = run_user(&command, argc, argv);
    user_command_clear(&command);
    return exit_code;
}
