/* commands.c: the table of subcommands. */
#include "cmd/commands.h"

#include "base/i18n.h"

static const Command commands[] = {
    {"init", "--unit NAME --user NAME --role ROLE [--name NAME]",
     N_("Makes a new database for a unit, with its first user."), cmd_init, FALSE},
    {"user", "add|list|role|passwd|revoke|rekey|recover|repair|cost [NAME]",
     N_("Manages those who may sign in."), cmd_user, TRUE},
    {"import", "visits|clients|staff|decisions|tasks|responses FILE [--dry-run] [--map FILE] [--encoding NAME] [--rejected FILE]",
     N_("Reads in visits, clients, staff, decisions, tasks or forms from a file."), cmd_import, TRUE},
    {"export",
     "visits|responses|tasks|week|clients [--from DAY] [--to DAY] [--format csv|xlsx|json|ics] [-o "
     "FILE]",
     N_("Writes what the unit keeps to a file for others."), cmd_export, TRUE},
    {"extract", "CLIENT-NUMBER -o FILE.pdf|FILE.json [--others]",
     N_("Writes all that is kept about one person, for the one it is about."), cmd_extract, TRUE},
    {"report",
     "week [--by SPLIT] [--group NAME|--rest NAME] [--until WEEK] [--weeks N] [--beside] [--pdf "
     "FILE] | risk",
     N_("Prints what the weeks' visits and cancellations say."), cmd_report, TRUE},
    {"group", "list | add|members|rename|end GROUP | join|leave GROUP CLIENT-NUMBER",
     N_("Manages groups of clients, to see their numbers apart."), cmd_group, TRUE},
    {"clients", "doubles | merge KEPT OTHER [--take FIELD,…] [--yes] | unmerge CLIENT | apart ONE OTHER | log CLIENT -o FILE",
     N_("Finds those who have two cards and makes the two one; writes a client's log to a file."), cmd_clients, TRUE},
    {"retention", "propose|list|run|copies | municipality CODE | confirm VERSION | keep CLIENT-NUMBER",
     N_("Proposes whom the unit is to delete by law, and deletes them when two people have said so."),
     cmd_retention, TRUE},
    {"forms", "list | check|show|pot|export|import NAME [--fhir|--pdf] [-o FILE]",
     N_("Lists, checks, shows, exports and imports forms."), cmd_forms, TRUE},
    {"backup", "[--to FOLDER] [--keep DAYS,WEEKS,MONTHS] [--drill]",
     N_("Makes a whole, encrypted copy and reads it through; others may go on working."),
     cmd_backup, TRUE},
    {"restore", "BACKUP --to FOLDER | --replace",
     N_("Puts a backup back; the present database is kept."), cmd_restore, FALSE},
    {"away", "FILE [--protected CLIENT-NUMBER] | --list | --lost NUMBER",
     N_("Takes one's own clients along on a laptop, for two weeks."), cmd_away, TRUE},
    {"home", "FILE", N_("Brings home what was done on a laptop."), cmd_home, TRUE},
    {"check", "", N_("Verifies every page, reference, log entry and the key file."), cmd_check,
     FALSE},
    {"server", "init|user|upgrade|rekey|check|move --unit FILE.unit [--admin ROLE] …",
     N_("Sets up a unit that a PostgreSQL server keeps, and keeps it in order."), cmd_server, TRUE},
    {"demo", "[--size unit|town|city|region] [--seed N]",
     N_("Makes a demo unit with made-up people to try the program on."), cmd_demo, FALSE},
    {"spc", "run|p|u|c|xmr FILE [--freeze N] [--rebase DATE] [--exclude N,…]",
     N_("Charts counts from a file and says what is more than chance."), cmd_spc, TRUE},
    {"idnumber", "NUMBER…", N_("Says what an identity number is and what is wrong with it."),
     cmd_idnumber, TRUE},
};

const Command *cmd_find(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++)
        if (g_str_equal(commands[i].name, name))
            return &commands[i];
    return NULL;
}

char *cmd_overview(void)
{
    GString *text = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(commands); i++)
        g_string_append_printf(text, "  %-10s %s\n", commands[i].name, _(commands[i].summary));
    return g_string_free(text, FALSE);
}
