/* group.c: dagsform group: named groups of clients, and who belongs to them. */
#include "care/client/group.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_words.h"
#include "cmd/commands.h"
#include "exchange/json_members.h"

#include <stdio.h>
#include <string.h>

typedef struct {
    CommonOptions common;
    char *from, *to, *new_name;
    Date first, last; /* what these say */
} GroupCommand;

static void group_command_clear(GroupCommand *command)
{
    common_options_clear(&command->common);
    g_free(command->from);
    g_free(command->to);
    g_free(command->new_name);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(GroupCommand, group_command_clear)

static gboolean list(Session *session, const GroupCommand *command, gint64 group, const char *who,
                     GError **error)
{
    (void)group;
    (void)who;
    char ended[DATE_SIZE];
    g_autoptr(GPtrArray) groups = group_list(session, error);
    if (groups == NULL)
        return FALSE;
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_array(json);
    for (guint i = 0; i < groups->len; i++) {
        const Group *row = g_ptr_array_index(groups, i);
        const char *until = date_or_null(row->ended_on, ended);
        json_builder_begin_object(json);
        member_text(json, "name", row->name);
        member_int(json, "members", row->members);
        member_text(json, "ended", until);
        json_builder_end_object(json);
        if (command->common.json)
            continue;
        printf(ngettext("%s: %d person today", "%s: %d persons today", (gulong)row->members),
               row->name, (int)row->members);
        if (until != NULL)
            printf(_(", ended %s"), until);
        printf("\n");
    }
    json_builder_end_array(json);
    g_autofree char *text = command->common.json ? json_text(json) : NULL;
    fputs(text != NULL ? text : "", stdout);
    return TRUE;
}

static gboolean members(Session *session, const GroupCommand *command, gint64 group,
                        const char *who, GError **error)
{
    (void)command;
    (void)who;
    char from[DATE_SIZE], to[DATE_SIZE];
    gint64 closed = 0;
    g_autoptr(GPtrArray) all = group_members(session, group, &closed, error);
    if (all == NULL)
        return FALSE;
    for (guint i = 0; i < all->len; i++) {
        const GroupMember *row = g_ptr_array_index(all, i);
        if (row->to == DATE_NONE)
            printf(_("%s, since %s\n"), row->name, date_format(row->from, from));
        else
            printf(_("%s, from %s to %s\n"), row->name, date_format(row->from, from),
                   date_format(row->to, to));
    }
    g_autofree char *left_out = client_words_closed(closed);
    if (left_out != NULL)
        printf("%s\n", left_out);
    return TRUE;
}

static gboolean rename_(Session *session, const GroupCommand *command, gint64 group,
                        const char *who, GError **error)
{
    (void)who;
    return group_rename(session, group, command->new_name != NULL ? command->new_name : "", error);
}

static gboolean end(Session *session, const GroupCommand *command, gint64 group, const char *who,
                    GError **error)
{
    (void)who;
    return group_end(session, group, command->last, error);
}

static gboolean join(Session *session, const GroupCommand *command, gint64 group, const char *who,
                     GError **error)
{
    gint64 client = 0;
    return cmd_client(session, who, &client, error) &&
           group_member_add(session, group, client, command->first,
                            command->to != NULL ? command->last : DATE_NONE, error);
}

static gboolean leave(Session *session, const GroupCommand *command, gint64 group, const char *who,
                      GError **error)
{
    gint64 client = 0;
    return cmd_client(session, who, &client, error) &&
           group_member_end(session, group, client, command->last, error);
}

/* --- what is asked for ------------------------------------------------------------------------ */

static const struct {
    const char *name;
    int words; /* after it: none, a group, or a group and a client */
    gboolean reads;
    gboolean (*act)(Session *, const GroupCommand *, gint64 group, const char *who, GError **);
} acts[] = {
    {"list", 0, TRUE, list},       {"members", 1, TRUE, members}, {"add", 1, FALSE, NULL},
    {"rename", 1, FALSE, rename_}, {"end", 1, FALSE, end},        {"join", 2, FALSE, join},
    {"leave", 2, FALSE, leave},
};

static gboolean read_days(GroupCommand *command, GError **error)
{
    const char *wrong = NULL;
    command->first = command->last = clock_today();
    if (command->from != NULL &&
        (command->first = date_parse_words(command->from, clock_today())) == DATE_NONE)
        wrong = command->from;
    if (command->to != NULL &&
        (command->last = date_parse_words(command->to, clock_today())) == DATE_NONE)
        wrong = command->to;
    if (wrong != NULL)
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT, _("%s is no day. Write it as 2026-11-22."),
                    wrong);
    return wrong == NULL;
}

static int run(GroupCommand *command, gsize act, char **argv)
{
    GError *error = NULL;
    gint64 group = 0;
    if (!g_str_equal(acts[act].name, "list") &&
        !cmd_without_json(&command->common, "group", acts[act].name))
        return EXIT_USAGE;
    g_autoptr(Session) session = cmd_session(&command->common, acts[act].reads, &error);
    if (session == NULL || !read_days(command, &error))
        return cmd_fail(error);
    const gboolean done =
        acts[act].act == NULL
            ? group_add(session, argv[2], &group, &error)
            : (acts[act].words == 0 || group_find(session, argv[2], &group, &error)) &&
                  acts[act].act(session, command, group, acts[act].words > 1 ? argv[3] : NULL,
                                &error);
    return done ? EXIT_DONE : cmd_fail(error);
}

int cmd_group(const Command *self, int argc, char **argv)
{
    g_auto(GroupCommand) command = {0};
    const GOptionEntry entries[] = {
        {"from", 0, 0, G_OPTION_ARG_STRING, &command.from,
         N_("The first day in the group; otherwise today."), "DATE"},
        {"to", 0, 0, G_OPTION_ARG_STRING, &command.to, N_("The last day in the group."), "DATE"},
        {"name", 0, 0, G_OPTION_ARG_STRING, &command.new_name, N_("The group's new name."), "NAME"},
        G_OPTION_ENTRY_NULL,
    };
    int exit_code;
    if (!cmd_parse(self, entries, &command.common, &argc, &argv, &exit_code))
        return exit_code;
    for (gsize i = 0; argc >= 2 && i < G_N_ELEMENTS(acts); i++)
        if (g_str_equal(argv[1], acts[i].name) && argc == 2 + acts[i].words)
            return run(&command, i, argv);
    fprintf(
        stderr, "%s\n",
        _("Write: dagsform group list, dagsform group add|members|rename|end GROUP, or dagsform "
          "group join|leave GROUP CLIENT-NUMBER"));
    return EXIT_USAGE;
}
