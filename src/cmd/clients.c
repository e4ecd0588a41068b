/* clients.c: dagsform clients: two cards of one person, found and made one, or told apart again; and
 * who has read or changed what of a client. */
#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_doubles.h"
#include "care/client/client_merge.h"
#include "cmd/commands.h"
#include "exchange/client_log_file.h"
#include "exchange/json_members.h"

#include <stdio.h>

typedef struct {
    CommonOptions common;
    char *take, *output;
    gboolean yes;
} ClientsCommand;

static void clients_command_clear(ClientsCommand *command)
{
    common_options_clear(&command->common);
    g_free(command->take);
    g_free(command->output);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(ClientsCommand, clients_command_clear)

/* A card without a number is called by what `doubles` prints of it, "#7". */
static gboolean find(Session *session, const char *who, gint64 *id, GError **error)
{
    if (who[0] != '#')
        return cmd_client(session, who, id, error);
    *id = g_ascii_strtoll(who + 1, NULL, 10);
    return TRUE;
}

/* --- doubles ---------------------------------------------------------------------------------- */

static void add_card(JsonBuilder *json, const ClientRow *row)
{
    char born[DATE_SIZE];
    json_builder_begin_object(json);
    member_int(json, "id", row->id);
    member_text(json, "number", row->number);
    member_text(json, "id_number", row->id_number);
    member_text(json, "name", row->name);
    member_text(json, "birth_date", date_or_null(row->birth_date, born));
    json_builder_end_object(json);
}

static char *doubles_json(const GPtrArray *all)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_array(json);
    for (guint i = 0; i < all->len; i++) {
        const Doubles *doubles = all->pdata[i];
        json_builder_begin_object(json);
        member_text(json, "why", double_why_code(doubles->why));
        json_builder_set_member_name(json, "cards");
        json_builder_begin_array(json);
        add_card(json, doubles->row[0]);
        add_card(json, doubles->row[1]);
        json_builder_end_array(json);
        json_builder_end_object(json);
    }
    json_builder_end_array(json);
    return json_text(json);
}

static void say_card(const ClientRow *row)
{
    char born[DATE_SIZE];
    printf("#%" G_GINT64_FORMAT " %s, %s, %s", row->id, row->name,
           row->id_number != NULL ? row->id_number : date_format(row->birth_date, born),
           row->number != NULL ? row->number : _("no client number"));
}

static gboolean doubles(Session *session, const ClientsCommand *command, char **words,
                        GError **error)
{
    (void)words;
    g_autoptr(GPtrArray) all = client_doubles(session, error);
    if (all == NULL)
        return FALSE;
    g_autofree char *json = command->common.json ? doubles_json(all) : NULL;
    if (json != NULL)
        fputs(json, stdout);
    else if (all->len == 0)
        printf("%s\n", _("Nobody seems to have two cards."));
    for (guint i = 0; json == NULL && i < all->len; i++) {
        const Doubles *one = all->pdata[i];
        say_card(one->row[0]);
        printf("\n");
        say_card(one->row[1]);
        printf("\n  %s\n", double_why_words(one->why));
    }
    return TRUE;
}

/* --- merge ------------------------------------------------------------------------------------ */

static gboolean read_fields(const char *take, guint *fields, GError **error)
{
    g_auto(GStrv) codes = g_strsplit(take != NULL ? take : "", ",", -1);
    for (char **code = codes; *code != NULL; code++) {
        const int field = client_merge_field_parse(*code);
        if (field < 0) {
            g_autoptr(GString) known = g_string_new(client_merge_field_code((MergeField)0));
            for (int i = 1; i < MERGE_FIELD_COUNT; i++)
                g_string_append_printf(known, ", %s", client_merge_field_code((MergeField)i));
            g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                        _("%s is no field of a card. Choose among: %s."), *code, known->str);
            return FALSE;
        }
        *fields |= MERGE_BIT(field);
    }
    return TRUE;
}

/* What would be kept, field by field where they differ. */
static gboolean say_merge(Session *session, const Client *kept, const Client *closed, guint fields,
                          GError **error)
{
    ClientRows rows = {0};
    const guint differing = client_merge_differing(kept, closed);
    if (!client_rows_init(session, &rows, kept, error))
        return FALSE;
    printf(_("%s is kept, with all that is on the other card: %s"), kept->name, closed->name);
    printf("\n");
    for (MergeField field = 0; field < MERGE_FIELD_COUNT; field++) {
        const gboolean taken = (fields & MERGE_BIT(field)) != 0;
        g_autofree char *stays = client_merge_words(&rows, taken ? closed : kept, field);
        g_autofree char *goes = client_merge_words(&rows, taken ? kept : closed, field);
        if ((differing & MERGE_BIT(field)) == 0)
            continue;
        printf(_("  %s: %s, and not: %s"), client_merge_field_name(field), stays, goes);
        printf("\n");
    }
    client_rows_clear(&rows);
    printf("%s\n", _("If that is right, write it once more with --yes. It can be undone with: dagsform "
                     "clients unmerge"));
    return TRUE;
}

static void say_json(const char *name, gint64 value)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    member_int(json, name, value);
    json_builder_end_object(json);
    g_autofree char *text = json_text(json);
    fputs(text, stdout);
}

static gboolean merge(Session *session, const ClientsCommand *command, char **words, GError **error)
{
    gint64 kept_id = 0, closed_id = 0, merge_id = 0;
    guint fields = 0;
    if (!read_fields(command->take, &fields, error) || !find(session, words[0], &kept_id, error) ||
        !find(session, words[1], &closed_id, error))
        return FALSE;
    g_autoptr(Client) kept = client_open(session, kept_id, error);
    g_autoptr(Client) closed = kept != NULL ? client_open(session, closed_id, error) : NULL;
    if (closed == NULL)
        return FALSE;
    fields |= client_merge_proposed(kept, closed);
    if (!command->yes)
        return say_merge(session, kept, closed, fields, error);
    if (!client_merge(session, kept_id, closed_id, fields, &merge_id, error))
        return FALSE;
    if (command->common.json)
        say_json("merge", merge_id);
    else
        printf(_("The two cards are one now: %s"), kept->name), printf("\n");
    return TRUE;
}

/* --- unmerge, apart --------------------------------------------------------------------------- */

/* The one whose closed card had the number said; without such a one the latest. */
static gint64 merge_meant(const GPtrArray *merges, const char *said)
{
    const ClientMerge *meant = merges->pdata[0];
    IdNumber number;
    const gboolean personal = idnumber_parse(said, clock_today(), &number);
    for (guint i = 0; i < merges->len; i++) {
        const ClientMerge *merge = merges->pdata[i];
        if (g_strcmp0(merge->closed->number, said) == 0 ||
            (personal && g_strcmp0(merge->closed->id_number, number.number) == 0))
            meant = merge;
    }
    return meant->id;
}

static gboolean unmerge(Session *session, const ClientsCommand *command, char **words,
                        GError **error)
{
    gint64 client = 0, stayed = 0;
    if (!find(session, words[0], &client, error))
        return FALSE;
    g_autoptr(GPtrArray) merges = client_merges(session, client, error);
    if (merges == NULL)
        return FALSE;
    if (merges->len == 0) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("No other card has been merged into this client's."));
        return FALSE;
    }
    if (!client_merge_undo(session, merge_meant(merges, words[0]), &stayed, error))
        return FALSE;
    g_autofree char *said = client_merge_stayed_words(stayed);
    if (command->common.json)
        say_json("stayed", stayed);
    else
        printf("%s\n", said);
    return TRUE;
}

static gboolean apart(Session *session, const ClientsCommand *command, char **words, GError **error)
{
    (void)command;
    gint64 one = 0, other = 0;
    return find(session, words[0], &one, error) && find(session, words[1], &other, error) &&
           client_say_apart(session, one, other, error);
}

/* --- the log ---------------------------------------------------------------------------------- */

static gboolean client_log(Session *session, const ClientsCommand *command, char **words,
                           GError **error)
{
    gint64 client = 0;
    int entries = 0;
    if (!find(session, words[0], &client, error) ||
        !client_log_write(session, client, command->output, &entries, error))
        return FALSE;
    printf(ngettext("%d entry of the log is in %s. Nobody is named there but the client.",
                    "%d entries of the log are in %s. Nobody is named there but the client.",
                    (gulong)entries),
           entries, command->output);
    printf("\n");
    return TRUE;
}

/* --- what is asked for ------------------------------------------------------------------------ */

static const struct {
    const char *name;
    int words; /* after it */
    gboolean reads, json, writes; /* into --output */
    gboolean (*act)(Session *, const ClientsCommand *, char **words, GError **);
} acts[] = {
    {"doubles", 0, TRUE, TRUE, FALSE, doubles},
    {"merge", 2, FALSE, TRUE, FALSE, merge},
    {"unmerge", 1, FALSE, TRUE, FALSE, unmerge},
    {"apart", 2, FALSE, FALSE, FALSE, apart},
    {"log", 1, FALSE, FALSE, TRUE, client_log},
};

static int run(const ClientsCommand *command, gsize act, char **words)
{
    GError *error = NULL;
    if (!acts[act].json && !cmd_without_json(&command->common, "clients", acts[act].name))
        return EXIT_USAGE;
    g_autoptr(Session) session = cmd_session(&command->common, acts[act].reads, &error);
    return session != NULL && acts[act].act(session, command, words, &error) ? EXIT_DONE
                                                                             : cmd_fail(error);
}

int cmd_clients(const Command *self, int argc, char **argv)
{
    g_auto(ClientsCommand) command = {0};
    const GOptionEntry entries[] = {
        {"take", 0, 0, G_OPTION_ARG_STRING, &command.take,
         N_("What is taken from the other card, beside what the kept one lacks."), "FIELD,…"},
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &command.output,
         N_("The new file for the log: .pdf to be read, .csv for a spreadsheet, .json for programs."),
         "FILE"},
        {"yes", 0, 0, G_OPTION_ARG_NONE, &command.yes,
         N_("Merges them. Without it you are shown what would be kept."), NULL},
        G_OPTION_ENTRY_NULL,
    };
    int exit_code;
    if (!cmd_parse(self, entries, &command.common, &argc, &argv, &exit_code))
        return exit_code;
    for (gsize i = 0; argc >= 2 && i < G_N_ELEMENTS(acts); i++)
        if (g_str_equal(argv[1], acts[i].name) && argc == 2 + acts[i].words &&
            acts[i].writes == (command.output != NULL))
            return run(&command, i, argv + 2);
    fprintf(stderr, "%s\n",
            _("Write: dagsform clients doubles, clients merge KEPT OTHER, clients unmerge CLIENT, "
              "clients apart ONE OTHER, or clients log CLIENT -o FILE.pdf, with client numbers."));
    return EXIT_USAGE;
}
