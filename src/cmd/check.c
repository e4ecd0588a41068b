/* check.c: dagsform check: pages, references, counts, the audit chain and the key file. */
#include "base/i18n.h"
#include "care/unit/audit.h"
#include "care/visit/meeting.h"
#include "cmd/cmd.h"
#include "cmd/commands.h"

#include <stdio.h>

static void show_progress(double share, gpointer label)
{
    cmd_progress(share, label);
}

/* The key file's faults are faults of the whole, not a failure of the check. */
static void check_key_file(Session *session, GPtrArray *faults)
{
    g_autoptr(GError) fault = NULL;
    if (!vault_verify(session_vault(session), &fault))
        g_ptr_array_add(faults, g_strdup(fault->message));
}

static int check(const CommonOptions *common)
{
    GError *error = NULL;
    g_autoptr(Session) session = cmd_session(common, TRUE, &error);
    if (!session || !access_require(session, PERMIT_CHECK, &error))
        return cmd_fail(error);
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *head = NULL;
    if (!db_check(session_db(session), faults, show_progress, (gpointer)_("Verifying"), &error) ||
        !audit_verify(session, faults, &head, &error) || !meeting_verify(session, faults, &error))
        return cmd_fail(error);
    check_key_file(session, faults);
    for (guint i = 0; i < faults->len; i++)
        printf("%s\n", (const char *)faults->pdata[i]);
    if (faults->len > 0) {
        printf(
            ngettext("%u fault was found. Keep the file as it is, and take out the last backup.\n",
                     "%u faults were found. Keep the file as it is, and take out the last "
                     "backup.\n",
                     faults->len),
            faults->len);
        return EXIT_FAILED;
    }
    printf(_("All is well: pages, references, counts, log and key file. The log's code is %s.\n"),
           head);
    return EXIT_DONE;
}

int cmd_check(int argc, char **argv)
{
    CommonOptions common = {0};
    int exit_code;
    if (cmd_parse(cmd_find("check"), NULL, &common, &argc, &argv, &exit_code)) {
        exit_code = EXIT_USAGE;
        if (argc > 1)
            fprintf(stderr, _("%s is not needed here. Write: dagsform check --db FILE\n"), argv[1]);
        else
            exit_code = check(&common);
    }
    common_options_clear(&common);
    return exit_code;
}
