/* backup.c: dagsform backup: a whole copy of the unit, made while others work, and the drill. */
#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/restore.h"
#include "cmd/commands.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    CommonOptions common;
    char *to, *keep;
    gboolean drill;
    BackupRule rule;
} BackupCommand;

static void backup_command_clear(BackupCommand *command)
{
    common_options_clear(&command->common);
    g_free(command->to);
    g_free(command->keep);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(BackupCommand, backup_command_clear)

/* "7,5,12": at least one day, so that the newest is kept. */
static gboolean read_rule(const char *text, BackupRule *rule)
{
    enum { MOST = 1000 };
    g_auto(GStrv) parts = g_strsplit(text, ",", -1);
    int *places[] = {&rule->days, &rule->weeks, &rule->months};

    if (g_strv_length(parts) != G_N_ELEMENTS(places))
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
        guint64 number;
        if (!g_ascii_string_to_unsigned(g_strstrip(parts[i]), 10, i == 0 ? 1 : 0, MOST, &number,
                                        NULL))
            return FALSE;
        *places[i] = (int)number;
    }
    return TRUE;
}

/* --- what is said ----------------------------------------------------------------------------- */

static void say_made(const Backup *backup)
{
    g_autofree char *size = g_format_size((guint64)backup->bytes);
    g_autofree char *rows = g_strdup_printf("%" G_GINT64_FORMAT, backup->rows);

    printf(_("The backup is made and read through: %s (%s, %s rows).\n"), backup->path, size, rows);
    if (backup->forms > 0)
        printf(ngettext("%u form of your own is in it.\n", "%u forms of your own are in it.\n",
                        backup->forms),
               backup->forms);
    if (backup->gone->len > 0)
        printf(ngettext("%u earlier backup was taken away by the rule.\n",
                        "%u earlier backups were taken away by the rule.\n", backup->gone->len),
               backup->gone->len);
    if (backup->same_disk)
        printf("%s\n", _("It lies on the same disk as the database. Keep one elsewhere too, with "
                         "--to FOLDER."));
}

static void say_drill(const Drill *drill)
{
    say_made(drill->backup);
    if (drill->faults->len == 0)
        printf(
            _("It was restored to another place and opened with your passphrase: all %lld tables "
              "are as in the database, value by value, and the %lld entries of the log are whole "
              "(%s). The restored copy has been taken away again.\n"),
            (long long)drill->tables, (long long)drill->entries, drill->log);
    if (drill->faults->len == 0 && drill->forms > 0)
        printf(ngettext("So was %u form of your own, byte by byte.\n",
                        "So were %u forms of your own, byte by byte.\n", drill->forms),
               drill->forms);
}

static int say_faults(const GPtrArray *faults)
{
    for (guint i = 0; i < faults->len; i++)
        fprintf(stderr, "%s\n", (const char *)faults->pdata[i]);
    return faults->len == 0 ? EXIT_DONE : EXIT_FAILED;
}

static void add_list(JsonBuilder *json, const char *name, const GPtrArray *texts)
{
    json_builder_set_member_name(json, name);
    json_builder_begin_array(json);
    for (guint i = 0; i < texts->len; i++)
        json_builder_add_string_value(json, texts->pdata[i]);
    json_builder_end_array(json);
}

static void add_number(JsonBuilder *json, const char *name, gint64 value)
{
    json_builder_set_member_name(json, name);
    json_builder_add_int_value(json, value);
}

/* `drill` may be NULL. */
static void print_json(const Backup *backup, const Drill *drill)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    g_autofree char *made = clock_text(backup->made_ms);

    json_builder_begin_object(json);
    json_builder_set_member_name(json, "backup");
    json_builder_add_string_value(json, backup->path);
    json_builder_set_member_name(json, "made");
    json_builder_add_string_value(json, made);
    add_number(json, "bytes", backup->bytes);
    add_number(json, "rows", backup->rows);
    add_number(json, "forms", backup->forms);
    json_builder_set_member_name(json, "same_disk");
    json_builder_add_boolean_value(json, backup->same_disk);
    add_list(json, "taken_away", backup->gone);
    if (drill) {
        add_number(json, "tables_compared", drill->tables);
        add_number(json, "log_entries", drill->entries);
        add_number(json, "forms_compared", drill->forms);
    }
    add_list(json, "faults", drill ? drill->faults : backup->faults);
    json_builder_end_object(json);
    g_autoptr(JsonNode) root = json_builder_get_root(json);
    g_autofree char *text = json_to_string(root, TRUE);
    printf("%s\n", text);
}

/* --- what is done ----------------------------------------------------------------------------- */

static int make(const BackupCommand *command, Session *session, const BackupOrder *order,
                GError **error)
{
    g_autoptr(Backup) backup = backup_make(session, order, error);

    if (!backup)
        return EXIT_FAILED;
    if (command->common.json)
        print_json(backup, NULL);
    else
        say_made(backup);
    return say_faults(backup->faults);
}

static int drill(const BackupCommand *command, Session *session, const SessionOpening *opening,
                 const BackupOrder *order, GError **error)
{
    g_autoptr(Drill) found = restore_drill(session, opening, order, error);

    if (!found)
        return EXIT_FAILED;
    if (command->common.json)
        print_json(found->backup, found);
    else
        say_drill(found);
    return say_faults(found->faults);
}

static int backup_once(const BackupCommand *command, const SessionOpening *opening, GError **error)
{
    const BackupOrder order = {.folder = command->to, .rule = &command->rule};
    g_autoptr(Session) session = session_open(opening, error);

    if (!session)
        return EXIT_FAILED;
    cmd_notices(session);
    return command->drill ? drill(command, session, opening, &order, error)
                          : make(command, session, &order, error);
}

static int backup(const BackupCommand *command)
{
    g_autofree char *database = NULL;
    g_autoptr(Secret) passphrase = NULL;
    GError *error = NULL;

    if (!cmd_who(&command->common, &database, &passphrase, &error))
        return cmd_fail(error);
    const SessionOpening opening = {.database = database,
                                    .login = command->common.login,
                                    .passphrase = passphrase,
                                    .read_only = TRUE};
    int exit_code = backup_once(command, &opening, &error);
    /* Another program has drawn a new data key meanwhile: it opens with that. */
    if (g_error_matches(error, DAGSFORM_ERROR, ERROR_KEY_CHANGED)) {
        g_clear_error(&error);
        exit_code = backup_once(command, &opening, &error);
    }
    return error ? cmd_fail(error) : exit_code;
}

int cmd_backup(const Command *self, int argc, char **argv)
{
    g_auto(BackupCommand) command = {.rule = BACKUP_RULE};
    const GOptionEntry entries[] = {
        {"to", 0, 0, G_OPTION_ARG_FILENAME, &command.to,
         N_("Where it is put; otherwise the folder backups beside the database."), "FOLDER"},
        {"keep", 0, 0, G_OPTION_ARG_STRING, &command.keep,
         N_("Of how many days, weeks and months one is kept; otherwise 7,5,12."),
         "DAYS,WEEKS,MONTHS"},
        {"drill", 0, 0, G_OPTION_ARG_NONE, &command.drill,
         N_("Also restores it to another place, compares everything, and says how that went."),
         NULL},
        G_OPTION_ENTRY_NULL,
    };
    int exit_code;

    if (!cmd_parse(self, entries, &command.common, &argc, &argv, &exit_code))
        return exit_code;
    if (argc > 1) {
        fprintf(stderr, _("%s is not needed here. Write: dagsform backup --to FOLDER\n"), argv[1]);
        return EXIT_USAGE;
    }
    if (command.keep && !read_rule(command.keep, &command.rule)) {
        fprintf(stderr,
                _("--keep %s is not understood. Write three numbers, days, weeks and months, the "
                  "first at least 1: --keep 7,5,12\n"),
                command.keep);
        return EXIT_USAGE;
    }
    return backup(&command);
}
