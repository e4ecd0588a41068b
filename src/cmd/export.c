/* export.c: dagsform export: what the unit keeps, as a file for others. */
#include "exchange/export.h"

#include "base/file_draft.h"
#include "base/i18n.h"
#include "care/client/client.h"
#include "cmd/commands.h"
#include "exchange/visits_pdf.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    CommonOptions common;
    char *from, *to, *format, *output, *client, *pdf;
    gboolean rfc4180, words, protected, names, mine, replace;
} ExportCommand;

static void export_command_clear(ExportCommand *command)
{
    common_options_clear(&command->common);
    g_free(command->from);
    g_free(command->to);
    g_free(command->format);
    g_free(command->output);
    g_free(command->client);
    g_free(command->pdf);
}

static gboolean to_stdout(const ExportCommand *command)
{
    return command->output == NULL || g_str_equal(command->output, "-");
}

/* What is said of it is for whoever reads standard error, for the rows may go to standard output.
 */
static void tell(const ExportCommand *command, const ExportResult *result)
{
    if (result->rows == 0)
        fprintf(
            stderr, "%s\n",
            _("There is nothing to export of those days, so there are no rows but the headings."));
    if (result->protected > 0)
        fprintf(
            stderr,
            ngettext("%d row is left out: of somebody with protected identity, or whose card you "
                     "may not open. With --protected the first is written, where you may open it.",
                     "%d rows are left out: of persons with protected identity, or whose card you "
                     "may not open. With --protected the first are written, where you may open "
                     "them.",
                     (gulong)result->protected),
            (int)result->protected);
    if (result->protected > 0)
        fprintf(stderr, "\n");
    if (!to_stdout(command))
        printf(ngettext("%d row was written to %s.\n", "%d rows were written to %s.\n",
                        (gulong)result->rows),
               (int)result->rows, command->output);
}

static int write_out(const ExportCommand *command, ExportOrder *order)
{
    GError *error = NULL;
    ExportResult result;
    VisitQuery one = {.outcome = -1};
    g_autoptr(Session) session = cmd_session(&command->common, FALSE, &error);
    if (session == NULL ||
        (command->client != NULL && !cmd_client(session, command->client, &one.client_id, &error)))
        return cmd_fail(error);
    if (command->client != NULL)
        order->visits = &one;
    cmd_catch_interrupts();
    if (!to_stdout(command)) {
        if (!export_file(session, order, command->output, command->replace, &result, &error))
            return cmd_fail(error);
    } else {
        g_autoptr(GString) text = export_text(session, order, &result, &error);
        if (text == NULL)
            return cmd_fail(error);
        if (fwrite(text->str, 1, text->len, stdout) != text->len || fflush(stdout) != 0) {
            file_draft_fault(_("Standard output"), errno, &error);
            return cmd_fail(error);
        }
    }
    tell(command, &result);
    return EXIT_DONE;
}

/* --- a client's visits on paper ----------------------------------------------------------------
 */

/* A paper about somebody with protected identity is asked for as such. */
static gboolean may_be_printed(Session *session, gint64 client_id, gboolean asked, GError **error)
{
    ClientRow *client = client_glance(session, client_id, error);
    const gboolean found = client != NULL;
    const gboolean good = found && (client->protection == PROTECTION_NONE || asked);
    client_row_free(client);
    if (found && !good)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_DENIED,
                            _("The client has protected identity. With --protected the paper is "
                              "written, where you may open the card."));
    return good;
}

static int write_paper(const ExportCommand *command, const ExportOrder *order)
{
    GError *error = NULL;
    VisitsPaperOrder of = {.from = order->from, .to = order->to, .words = order->words};
    g_autoptr(Session) session = cmd_session(&command->common, FALSE, &error);
    if (session == NULL || !cmd_client(session, command->client, &of.client_id, &error) ||
        !may_be_printed(session, of.client_id, command->protected, &error))
        return cmd_fail(error);
    g_autoptr(VisitsPaper) paper = visits_paper_new(session, &of, &error);
    if (paper == NULL || !visits_paper_log(paper, session, &error) ||
        !visits_paper_write(paper, command->pdf, command->replace, &error))
        return cmd_fail(error);
    printf(ngettext("%d row was written to %s.\n", "%d rows were written to %s.\n",
                    visits_paper_count(paper)),
           (int)visits_paper_count(paper), command->pdf);
    return EXIT_DONE;
}

/* Without --format as the file is called; CSV where that says nothing. */
static gboolean choose_format(const ExportCommand *command, ExportFormat *format)
{
    const char *ending = command->output != NULL ? strrchr(command->output, '.') : NULL;
    *format = command->common.json ? EXPORT_JSON : EXPORT_CSV;
    if (command->format != NULL) {
        if (export_format_parse(command->format, format))
            return TRUE;
        fprintf(stderr, _("%s is no format. See: dagsform export --help\n"), command->format);
        return FALSE;
    }
    if (!command->common.json && ending != NULL)
        export_format_parse(ending + 1, format);
    return TRUE;
}

static gboolean choose_day(const char *text, Date *day)
{
    *day = text != NULL ? date_parse(text) : DATE_NONE;
    if (text == NULL || *day != DATE_NONE)
        return TRUE;
    fprintf(stderr, _("%s is no day. Write it as 2026-11-21.\n"), text);
    return FALSE;
}

static int run_export(const ExportCommand *command, const char *what)
{
    ExportOrder order = {.words = command->words,
                         .protected = command->protected,
                         .names = command->names,
                         .strict = command->rfc4180,
                         .mine = command->mine,
                         .progress = to_stdout(command) ? NULL : cmd_progress,
                         .progress_data = (gpointer)_("Exporting")};
    if (!export_what_parse(what, &order.what)) {
        fprintf(stderr,
                _("There is nothing called %s to export. Choose visits, responses, tasks, "
                  "week or clients.\n"),
                what);
        return EXIT_USAGE;
    }
    if (!choose_day(command->from, &order.from) || !choose_day(command->to, &order.to) ||
        !choose_format(command, &order.format))
        return EXIT_USAGE;
    if (order.from != DATE_NONE && order.to != DATE_NONE && order.from > order.to) {
        fprintf(stderr, "%s\n", _("The first day is after the last one. Change one of them."));
        return EXIT_USAGE;
    }
    if ((command->client != NULL || command->pdf != NULL) && order.what != EXPORT_VISITS) {
        fprintf(stderr, "%s\n", _("--client and --pdf belong to dagsform export visits."));
        return EXIT_USAGE;
    }
    if (command->pdf != NULL && command->client == NULL) {
        fprintf(stderr, "%s\n", _("The paper is about one client: say whom with --client NUMBER."));
        return EXIT_USAGE;
    }
    return command->pdf != NULL ? write_paper(command, &order) : write_out(command, &order);
}

int cmd_export(const Command *self, int argc, char **argv)
{
    ExportCommand command = {0};
    const GOptionEntry entries[] = {
        {"from", 0, 0, G_OPTION_ARG_STRING, &command.from, N_("The first day."), "DAY"},
        {"to", 0, 0, G_OPTION_ARG_STRING, &command.to, N_("The last day."), "DAY"},
        {"format", 0, 0, G_OPTION_ARG_STRING, &command.format,
         N_("csv, xlsx, json or ics; otherwise as the file is called."), "FORMAT"},
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &command.output,
         N_("The file to write; - or none is standard output."), "FILE"},
        {"replace", 0, 0, G_OPTION_ARG_NONE, &command.replace,
         N_("Writes over a file that is there."), NULL},
        {"client", 0, 0, G_OPTION_ARG_STRING, &command.client,
         N_("Of visits one client's only, by client number or identity number."), "NUMBER"},
        {"pdf", 0, 0, G_OPTION_ARG_FILENAME, &command.pdf,
         N_("A client's visits on paper, with their sums."), "FILE"},
        {"words", 0, 0, G_OPTION_ARG_NONE, &command.words,
         N_("With own words and notes; the log shows whose."), NULL},
        {"protected", 0, 0, G_OPTION_ARG_NONE, &command.protected,
         N_("With those who have protected identity; the log shows whom."), NULL},
        {"names", 0, 0, G_OPTION_ARG_NONE, &command.names,
         N_("A calendar with the names of your own clients, of none with protected identity."),
         NULL},
        {"mine", 0, 0, G_OPTION_ARG_NONE, &command.mine, N_("Of tasks and clients one's own only."),
         NULL},
        {"rfc4180", 0, 0, G_OPTION_ARG_NONE, &command.rfc4180,
         N_("CSV to the letter of RFC 4180, for programs: commas, decimal points, no mark in front "
            "of what a spreadsheet takes for a formula."),
         NULL},
        G_OPTION_ENTRY_NULL,
    };
    int exit_code;
    if (cmd_parse(self, entries, &command.common, &argc, &argv, &exit_code)) {
        exit_code = EXIT_USAGE;
        if (argc == 2)
            exit_code = run_export(&command, argv[1]);
        else
            fprintf(stderr, "%s\n",
                    _("Say what to export: dagsform export visits, responses, tasks, week or "
                      "clients."));
    }
    export_command_clear(&command);
    return exit_code;
}
