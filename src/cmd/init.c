/* init.c: dagsform init: a new database, its key file and the first user. */
#include "base/i18n.h"
#include "care/unit/making.h"
#include "care/unit/staff.h"
#include "cmd/commands.h"

#include <stdio.h>

int cmd_init(const Command *self, int argc, char **argv)
{
    g_autofree char *unit = NULL, *role_text = NULL, *name = NULL;
    const GOptionEntry entries[] = {
        {"unit", 0, 0, G_OPTION_ARG_STRING, &unit, N_("The unit's name."), "NAME"},
        {"role", 0, 0, G_OPTION_ARG_STRING, &role_text,
         N_("support-worker, case-officer, team-lead or administrator, or the same in words."),
         "ROLE"},
        {"name", 0, 0, G_OPTION_ARG_STRING, &name, N_("The person's name; the login otherwise."),
         "NAME"},
        G_OPTION_ENTRY_NULL,
    };
    CommonOptions common = {0};
    int exit_code;
    if (!cmd_parse(self, entries, &common, &argc, &argv, &exit_code)) {
        common_options_clear(&common);
        return exit_code;
    }
    StaffRole role = ROLE_TEAM_LEAD;
    GError *error = NULL;
    if (!unit || !common.login) {
        fprintf(stderr, "%s\n",
                _("Say the unit with --unit NAME and the first user with --user NAME."));
        common_options_clear(&common);
        return EXIT_USAGE;
    }
    if (role_text && !role_said(role_text, &role, &error)) {
        cmd_fail(error);
        common_options_clear(&common);
        return EXIT_USAGE;
    }
    g_autofree char *database = cmd_database(&common, &error);
    g_autofree char *login = g_strdup(common.login);
    g_autoptr(Secret) passphrase =
        database ? cmd_passphrase(&common, _("Choose a passphrase: "), TRUE, &error) : NULL;
    common_options_clear(&common);
    if (!passphrase)
        return cmd_fail(error);
    SessionOpening opening = {.database = database, .login = login, .passphrase = passphrase};
    g_autoptr(Secret) recovery = NULL;
    g_autoptr(Session) session =
        session_create(&opening, unit, name ? name : login, role, &recovery, &error);
    if (!session)
        return cmd_fail(error);
    cmd_print_recovery(recovery);
    return EXIT_DONE;
}
