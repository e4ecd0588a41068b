/* retention.c: dagsform retention: whom the unit is to delete (gallring). */
#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_words.h"
#include "care/client/retention_delete.h"
#include "cmd/commands.h"
#include "exchange/json_members.h"
#include "exchange/retention_pdf.h"

#include <stdio.h>

typedef struct {
    CommonOptions common;
    char *why, *again, *pdf;
} RetentionCommand;

static void retention_command_clear(RetentionCommand *command)
{
    common_options_clear(&command->common);
    g_free(command->why);
    g_free(command->again);
    g_free(command->pdf);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(RetentionCommand, retention_command_clear)

/* --- what there is ---------------------------------------------------------------------------- */

static void say_json(const RetentionProposal *proposal, const GPtrArray *rows)
{
    char day[DATE_SIZE];
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    member_int(json, "year", proposal->year);
    member_int(json, "version", proposal->version);
    member_int(json, "municipality", proposal->municipality);
    member_int(json, "due", proposal->due);
    member_int(json, "confirmed", proposal->confirmed);
    member_int(json, "kept", proposal->kept);
    member_int(json, "open", proposal->open);
    member_int(json, "deleted", proposal->taken);
    member_int(json, "closed", proposal->closed);
    json_builder_set_member_name(json, "clients");
    json_builder_begin_array(json);
    for (guint i = 0; i < rows->len; i++) {
        const RetentionRow *row = rows->pdata[i];
        json_builder_begin_object(json);
        member_text(json, "number", row->number);
        member_text(json, "name", row->name);
        member_text(json, "state", retention_state_code(row->state));
        member_text(json, "ground", retention_ground_code(row->ground));
        member_text(json, "last_note", date_format(row->last_note, day));
        member_text(json, "first", date_format(row->first, day));
        member_text(json, "last", date_format(row->last, day));
        member_text(json, "kept_by", row->kept_by);
        member_text(json, "kept_why", row->kept_why);
        member_text(json, "look_again", date_or_null(row->look_again, day));
        member_text(json, "confirmed_by", row->confirmed_by);
        json_builder_end_object(json);
    }
    json_builder_end_array(json);
    json_builder_end_object(json);
    g_autofree char *text = json_text(json);
    fputs(text, stdout);
}

static void say_rows(const RetentionProposal *proposal, const GPtrArray *rows)
{
    g_autofree char *head = retention_proposal_words(proposal);
    g_autofree char *closed = client_words_closed(proposal->closed);
    printf("%s\n", head);
    for (guint i = 0; i < rows->len; i++) {
        char day[DATE_SIZE];
        const RetentionRow *row = rows->pdata[i];
        g_autofree char *words = retention_row_words(row);
        printf("%s %s, ", row->number != NULL ? row->number : "–", row->name);
        printf(_("last note %s: %s"), date_format(row->last_note, day), words);
        printf("\n");
    }
    if (closed != NULL)
        printf("%s\n", closed);
    if (proposal->due > proposal->confirmed) {
        printf(_("Whoever did not make it confirms it, once it is looked through: dagsform retention "
                 "confirm %d"),
               (int)proposal->version);
        printf("\n");
    }
}

static gboolean list(Session *session, const RetentionCommand *command, const char *unused,
                     GError **error)
{
    (void)unused;
    g_autoptr(RetentionProposal) proposal = retention_require(session, error);
    g_autoptr(GPtrArray) rows =
        proposal != NULL ? retention_rows(session, proposal->id, error) : NULL;
    if (rows == NULL)
        return FALSE;
    if (command->pdf != NULL)
        return retention_paper_write(session, proposal, rows, command->pdf, error);
    if (command->common.json)
        say_json(proposal, rows);
    else
        say_rows(proposal, rows);
    return TRUE;
}

static gboolean propose(Session *session, const RetentionCommand *command, const char *unused,
                        GError **error)
{
    g_autoptr(RetentionProposal) proposal = retention_propose(session, error);
    return proposal != NULL && list(session, command, unused, error);
}

static gboolean copies(Session *session, const RetentionCommand *command, const char *unused,
                       GError **error)
{
    (void)command;
    (void)unused;
    g_autoptr(GPtrArray) all = retention_copies(session, error);
    if (all != NULL && all->len > 0)
        printf("%s\n", _("These copies were made before the deletion and hold those who are gone:"));
    for (guint i = 0; all != NULL && i < all->len; i++) {
        g_autofree char *words = retention_copy_words(all->pdata[i]);
        printf("%s\n", words);
    }
    return all != NULL;
}

/* --- what is done ----------------------------------------------------------------------------- */

static gboolean municipality(Session *session, const RetentionCommand *command, const char *said,
                             GError **error)
{
    (void)command;
    return retention_municipality_set(session, said, error);
}

static gboolean keep(Session *session, const RetentionCommand *command, const char *who,
                     GError **error)
{
    gint64 client = 0;
    const Date again = command->again != NULL ? date_parse_words(command->again, clock_today())
                                              : DATE_NONE;
    return cmd_client(session, who, &client, error) &&
           retention_keep(session, client, command->why, again, error);
}

static gboolean confirm(Session *session, const RetentionCommand *command, const char *version,
                        GError **error)
{
    (void)command;
    gint64 count = 0;
    g_autoptr(RetentionProposal) seen = retention_require(session, error);
    if (seen == NULL)
        return FALSE;
    seen->version = g_ascii_strtoll(version, NULL, 10);
    if (!retention_confirm(session, seen, &count, error))
        return FALSE;
    printf(ngettext("%d client is confirmed. It is deleted by: dagsform retention run",
                    "%d clients are confirmed. They are deleted by: dagsform retention run",
                    (gulong)count),
           (int)count);
    printf("\n");
    return TRUE;
}

static gboolean run(Session *session, const RetentionCommand *command, const char *unused,
                    GError **error)
{
    RetentionResult result;
    cmd_catch_interrupts();
    const gboolean done =
        retention_run(session, cmd_progress, (gpointer)_("Deleting"), &result, error);
    if (result.deleted > 0 || done) {
        printf(ngettext("%d client is deleted.", "%d clients are deleted.", (gulong)result.deleted),
               (int)result.deleted);
        printf("\n");
    }
    if (result.changed > 0) {
        printf(ngettext("%d client stays, as something has been noted or begun since.",
                        "%d clients stay, as something has been noted or begun since.",
                        (gulong)result.changed),
               (int)result.changed);
        printf("\n");
    }
    g_autofree char *papers = retention_papers_words(result.papers);
    if (papers != NULL)
        printf("%s\n", papers);
    return done && copies(session, command, unused, error);
}

/* --- what is asked for ------------------------------------------------------------------------ */

static const struct {
    const char *name;
    int words; /* after it */
    gboolean reads, json;
    gboolean (*act)(Session *, const RetentionCommand *, const char *word, GError **);
} acts[] = {
    {"propose", 0, FALSE, TRUE, propose}, {"list", 0, TRUE, TRUE, list},
    {"keep", 1, FALSE, FALSE, keep},      {"confirm", 1, FALSE, FALSE, confirm},
    {"run", 0, FALSE, FALSE, run},        {"copies", 0, TRUE, FALSE, copies},
    {"municipality", 1, FALSE, FALSE, municipality},
};

static int act(const RetentionCommand *command, gsize which, const char *word)
{
    GError *error = NULL;
    if (!acts[which].json && !cmd_without_json(&command->common, "retention", acts[which].name))
        return EXIT_USAGE;
    g_autoptr(Session) session = cmd_session(&command->common, acts[which].reads, &error);
    return session != NULL && acts[which].act(session, command, word, &error) ? EXIT_DONE
                                                                               : cmd_fail(error);
}

int cmd_retention(const Command *self, int argc, char **argv)
{
    g_auto(RetentionCommand) command = {0};
    const GOptionEntry entries[] = {
        {"why", 0, 0, G_OPTION_ARG_STRING, &command.why, N_("Why the client is kept."), "WORDS"},
        {"again", 0, 0, G_OPTION_ARG_STRING, &command.again,
         N_("The day from which it is asked again."), "DATE"},
        {"pdf", 0, 0, G_OPTION_ARG_FILENAME, &command.pdf,
         N_("The list on paper, for the file: a new PDF."), "FILE"},
        G_OPTION_ENTRY_NULL,
    };
    int exit_code;
    if (!cmd_parse(self, entries, &command.common, &argc, &argv, &exit_code))
        return exit_code;
    for (gsize i = 0; argc >= 2 && i < G_N_ELEMENTS(acts); i++)
        if (g_str_equal(argv[1], acts[i].name) && argc == 2 + acts[i].words)
            return act(&command, i, acts[i].words > 0 ? argv[2] : NULL);
    fprintf(stderr, "%s\n",
            _("Write: dagsform retention propose|list|run|copies, retention municipality CODE, "
              "retention confirm VERSION, or retention keep CLIENT-NUMBER --why WORDS --again DAY"));
    return EXIT_USAGE;
}
