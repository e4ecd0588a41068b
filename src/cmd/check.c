/* check.c: dagsform check: pages, references, counts, the audit chain and the key file. */
#include "base/error.h"
#include "base/i18n.h"
#include "care/client/retention_delete.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/audit_head.h"
#include "care/unit/kept_copies.h"
#include "care/unit/opening.h"
#include "care/unit/staff.h"
#include "care/unit/standing.h"
#include "care/visit/meeting.h"
#include "cmd/commands.h"
#include "exchange/head_pdf.h"

#include <stdio.h>

static void show_progress(double share, gpointer label)
{
    cmd_progress(share, label);
}

/* A step that could not come to its end is a fault like others: the next ones go on. */
static void keep(gboolean done, GError **failed, GPtrArray *faults)
{
    if (!done)
        g_ptr_array_add(faults, g_strdup((*failed)->message));
    g_clear_error(failed);
}

/* Signed in, or, where the database is so damaged that nobody can, for looking alone. */
static Session *open_to_check(const CommonOptions *common, GPtrArray *faults, GError **error)
{
    g_autofree char *database = NULL;
    g_autoptr(Secret) passphrase = NULL;
    g_autoptr(GError) failed = NULL;
    if (!cmd_who(common, &database, &passphrase, error))
        return NULL;
    const SessionOpening opening = {
        .database = database, .login = common->login, .passphrase = passphrase, .read_only = TRUE};
    Session *session = session_open(&opening, &failed);
    if (!session && g_error_matches(failed, DAGSFORM_ERROR, ERROR_CORRUPT) &&
        (session = session_open_to_look(&opening, NULL)))
        g_ptr_array_add(faults, g_strdup(failed->message));
    if (!session)
        g_propagate_error(error, g_steal_pointer(&failed));
    else if (session_form_fault(session)) /* no fault of the database */
        fprintf(stderr, "%s\n", session_form_fault(session));
    return session;
}

/* Whose passphrase is guarded by too little work. */
static gboolean look_for_weak_slots(Session *session, GPtrArray *faults, GError **error)
{
    g_autoptr(GPtrArray) staff = staff_list(session, error);
    for (guint i = 0; staff && i < staff->len; i++) {
        const char *login = ((const Staff *)staff->pdata[i])->login;
        if (login && vault_is_weak(session_vault(session), login))
            g_ptr_array_add(
                faults,
                g_strdup_printf(_("The passphrase of %s is soon guessed from a stolen key file, as "
                                  "a try costs too little. Let %s sign in, or set a new one: "
                                  "dagsform user passwd %s"),
                                login, login, login));
    }
    return staff != NULL;
}

/* What was said at the sign-in and found again is one fault. */
static void take_out_repeats(GPtrArray *faults)
{
    for (guint i = faults->len; i-- > 1;) {
        guint first;
        if (g_ptr_array_find_with_equal_func(faults, faults->pdata[i], g_str_equal, &first) &&
            first < i)
            g_ptr_array_remove_index(faults, i);
    }
}

/* Whether the log still has what was printed once. FALSE with `error` when that is no code. */
static gboolean compare_head(Session *session, const char *code, GPtrArray *faults, GError **error)
{
    g_autoptr(GError) failed = NULL;
    gint64 later = 0;
    if (audit_holds(session, code, &later, &failed))
        printf(ngettext("The log has what was printed, and %lld entry since.\n",
                        "The log has what was printed, and %lld entries since.\n", (gulong)later),
               (long long)later);
    else if (!g_error_matches(failed, DAGSFORM_ERROR, ERROR_INPUT))
        g_ptr_array_add(faults, g_strdup(failed->message));
    else {
        g_propagate_error(error, g_steal_pointer(&failed));
        return FALSE;
    }
    return TRUE;
}

static char *look_through(Session *session, GPtrArray *faults)
{
    const GPtrArray *notices = session_notices(session);
    GError *failed = NULL;
    char *head = NULL;
    for (guint i = 0; i < notices->len; i++)
        g_ptr_array_add(faults, g_strdup(notices->pdata[i]));
    keep(db_check(session_db(session), faults, show_progress, (gpointer)_("Verifying"), &failed),
         &failed, faults);
    keep(audit_verify(session, faults, &head, &failed), &failed, faults);
    keep(standing_compare(session, TRUE, faults, &failed), &failed, faults);
    keep(meeting_verify(session, faults, &failed), &failed, faults);
    keep(vault_verify(session_vault(session), &failed), &failed, faults);
    keep(look_for_weak_slots(session, faults, &failed), &failed, faults);
    take_out_repeats(faults);
    return head;
}

static int tell(const GPtrArray *faults, const char *head, gboolean on_server)
{
    for (guint i = 0; i < faults->len; i++)
        printf("%s\n", (const char *)faults->pdata[i]);
    if (faults->len == 0) {
        printf(
            _("All is well: pages, references, counts, log and key file. The log's code is %s.\n"),
            head);
        return EXIT_DONE;
    }
    if (on_server)
        printf("%s\n", _("Do what is said there, or tell whoever runs the server."));
    else
        printf(ngettext("%u fault was found. Do what is said there; keep the file as it is, and take "
                    "out the last backup.\n",
                    "%u faults were found. Do what is said there; keep the file as it is, and take "
                    "out the last backup.\n",
                    faults->len),
           faults->len);
    return EXIT_FAILED;
}

/* What is not shown cannot be looked at. */
static void tell_of_cards(Session *session)
{
    if (!access_is_shown_clients(session))
        printf("%s\n", _("The server shows an administrator no clients, so no card was looked at. Let "
                         "a case officer or a team lead check too."));
}

/* No fault, but nobody else would see them: they hold whom the unit has long since deleted. */
static void tell_of_copies(Session *session)
{
    g_autoptr(GPtrArray) copies = kept_copies(db_path(session_db(session)));
    if (copies->len > 0)
        printf("%s\n",
               _("Whole copies of the database lie beside it, with all that it held then. Take "
                 "away those that nobody needs any more, each with its key file:"));
    for (guint i = 0; i < copies->len; i++) {
        const KeptCopy *copy = copies->pdata[i];
        char date[DATE_SIZE];
        printf("  %s  %s\n", date_format(copy->date, date), copy->path);
    }
}

/* Those of them, and the backups, that hold people who have been deleted since. */
static void tell_of_deleted(Session *session)
{
    g_autoptr(GPtrArray) copies = retention_copies(session, NULL);
    if (copies != NULL && copies->len > 0)
        printf("%s\n", _("These copies were made before the deletion and hold those who are gone:"));
    for (guint i = 0; copies != NULL && i < copies->len; i++) {
        g_autofree char *words = retention_copy_words(copies->pdata[i]);
        printf("  %s\n", words);
    }
}

/* The code on a page of its own, once all is well. */
static gboolean write_head(Session *session, const char *path, GError **error)
{
    g_autofree char *code = NULL;
    if (!head_paper_write(session, path, &code, error))
        return FALSE;
    printf(_("The log's code %s lies in %s. Keep it printed, outside."), code, path);
    printf("\n");
    return TRUE;
}

static int check(const CommonOptions *common, const char *printed, const char *paper,
                 gboolean anchor)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(Session) session = open_to_check(common, faults, &error);
    if (!session || (faults->len == 0 && !access_require(session, PERMIT_CHECK, &error)))
        return cmd_fail(error);
    if (printed != NULL && !compare_head(session, printed, faults, &error))
        return cmd_fail(error);
    g_autofree char *head = look_through(session, faults);
    const int exit_code = tell(faults, head, db_is_on_server(session_db(session)));
    if (session_tell_swap(session) != NULL)
        printf("%s\n", session_tell_swap(session)); /* of the computer, no fault of the unit */
    tell_of_cards(session);
    tell_of_copies(session);
    tell_of_deleted(session);
    if (anchor && !audit_anchor(session, &error))
        return cmd_fail(error);
    if (paper != NULL && exit_code == EXIT_DONE && !write_head(session, paper, &error))
        return cmd_fail(error);
    return exit_code;
}

int cmd_check(const Command *self, int argc, char **argv)
{
    CommonOptions common = {0};
    g_autofree char *printed = NULL, *paper = NULL;
    gboolean anchor = FALSE;
    const GOptionEntry entries[] = {
        {"head", 0, 0, G_OPTION_ARG_STRING, &printed,
         N_("a code of the log that was printed: whether it has that still"), "CODE"},
        {"paper", 0, 0, G_OPTION_ARG_FILENAME, &paper,
         N_("Writes the log's code on a page of its own, where all is well."), "FILE.pdf"},
        {"syslog", 0, 0, G_OPTION_ARG_NONE, &anchor,
         N_("Hands the log's code to the computer's own log, as once a day."), NULL},
        G_OPTION_ENTRY_NULL};
    int exit_code;
    if (cmd_parse(self, entries, &common, &argc, &argv, &exit_code)) {
        exit_code = EXIT_USAGE;
        if (argc > 1)
            fprintf(stderr, _("%s is not needed here. Write: dagsform check --db FILE\n"), argv[1]);
        else
            exit_code = check(&common, printed, paper, anchor);
    }
    common_options_clear(&common);
    return exit_code;
}
