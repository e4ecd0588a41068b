/* groups.c: named groups of clients as lines: made, renamed and ended, and who belongs to them. */
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_words.h"
#include "care/client/group.h"
#include "care/unit/access.h"

/* --- members ---------------------------------------------------------------------------------- */

/* New. */
static char *member_line(const GroupMember *member)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    date_format(member->from, from);
    return member->to == DATE_NONE ? g_strdup_printf(_("%s, since %s"), member->name, from)
                                   : g_strdup_printf(_("%s, from %s to %s"), member->name, from,
                                                     date_format(member->to, to));
}

/* Who belongs to the group, said where `say`. NULL after saying why not. */
static GPtrArray *members_of(Plain *plain, gint64 group_id, gboolean say)
{
    GError *error = NULL;
    gint64 closed = 0;
    GPtrArray *members = group_members(plain->session, group_id, &closed, &error);
    g_autofree char *left_out = client_words_closed(closed);
    plain_error(plain, error);
    if (members == NULL || !say)
        return members;
    for (guint i = 0; i < members->len; i++) {
        g_autofree char *line = member_line(members->pdata[i]);
        plain_say(plain, "%s", line);
    }
    if (left_out != NULL)
        plain_say(plain, "%s", left_out);
    return members;
}

static void say_saved(Plain *plain, gboolean saved, GError *error)
{
    if (saved)
        plain_say(plain, "%s", _("Saved."));
    plain_error(plain, error);
}

static void add_member(Plain *plain, gint64 group_id)
{
    GError *error = NULL;
    Date from;
    const gint64 client_id = plain_find_client(plain);
    if (client_id != 0 &&
        plain_day_asked(plain, _("The first day in the group: today, 21/11, 2026-02-01."), &from))
        say_saved(plain,
                  group_member_add(plain->session, group_id, client_id, from, DATE_NONE, &error),
                  error);
}

static void end_member(Plain *plain, gint64 group_id)
{
    GError *error = NULL;
    Date last;
    g_autoptr(GPtrArray) members = members_of(plain, group_id, FALSE);
    if (members == NULL)
        return;
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < members->len; i++)
        g_ptr_array_add(lines, member_line(members->pdata[i]));
    const int index = plain_choose(plain, _("Which client? An empty line goes back."), lines);
    if (index < 0 ||
        !plain_day_asked(plain, _("The last day in the group: today, 21/11, 2026-02-01."), &last))
        return;
    const gint64 client_id = ((const GroupMember *)members->pdata[index])->client_id;
    say_saved(plain, group_member_end(plain->session, group_id, client_id, last, &error), error);
}

/* --- a group ---------------------------------------------------------------------------------- */

static void rename_group(Plain *plain, gint64 group_id)
{
    GError *error = NULL;
    g_autofree char *name = plain_ask(plain, _("Its name:"));
    if (name != NULL && *name != '\0')
        say_saved(plain, group_rename(plain->session, group_id, name, &error), error);
}

static void end_group(Plain *plain, gint64 group_id)
{
    GError *error = NULL;
    Date last;
    if (plain_day_asked(plain, _("The last day on which anybody belongs to it:"), &last))
        say_saved(plain, group_end(plain->session, group_id, last, &error), error);
}

static void open_group(Plain *plain, const Group *group)
{
    static const PlainEntry ENTRIES[] = {
        {N_("Add a client"), PERMIT_CLIENT_EDIT, add_member},
        {N_("A client's last day in the group"), PERMIT_CLIENT_EDIT, end_member},
        {N_("Change its name"), PERMIT_CLIENT_EDIT, rename_group},
        {N_("The group's last day"), PERMIT_CLIENT_EDIT, end_group},
    };
    g_autoptr(GPtrArray) members = members_of(plain, group->id, TRUE);
    if (members != NULL && access_allows(plain->session, PERMIT_CLIENT_EDIT))
        plain_menu(plain, group->name, ENTRIES, G_N_ELEMENTS(ENTRIES), group->id);
}

static void make_group(Plain *plain)
{
    GError *error = NULL;
    gint64 id;
    g_autofree char *name = plain_ask(plain, _("Its name:"));
    if (name != NULL && *name != '\0')
        say_saved(plain, group_add(plain->session, name, &id, &error), error);
}

/* --- all of them ------------------------------------------------------------------------------ */

/* New. */
static char *group_line(const Group *group)
{
    char ended[DATE_SIZE];
    g_autofree char *members = g_strdup_printf(
        ngettext("%s: %d person today", "%s: %d persons today", (gulong)group->members),
        group->name, (int)group->members);
    if (group->ended_on == DATE_NONE)
        return g_steal_pointer(&members);
    g_autofree char *end = g_strdup_printf(_(", ended %s"), date_format(group->ended_on, ended));
    return g_strconcat(members, end, NULL);
}

/* FALSE when nothing more is to be done. */
static gboolean choose_group(Plain *plain)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) groups = group_list(plain->session, &error);
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    plain_error(plain, error);
    if (groups == NULL)
        return FALSE;
    for (guint i = 0; i < groups->len; i++)
        g_ptr_array_add(lines, group_line(groups->pdata[i]));
    if (access_allows(plain->session, PERMIT_CLIENT_EDIT))
        g_ptr_array_add(lines, g_strdup(_("Make a group")));
    else if (groups->len == 0)
        plain_say(plain, "%s", _("There are no groups yet."));
    const int index = lines->len > 0
                          ? plain_choose(plain, _("Which group? An empty line goes back."), lines)
                          : -1;
    if (index >= 0 && index < (int)groups->len)
        open_group(plain, groups->pdata[index]);
    else if (index >= 0)
        make_group(plain);
    return index >= 0;
}

void plain_groups(Plain *plain, gint64 unused)
{
    (void)unused;
    while (!plain->ended && choose_group(plain))
        continue;
}
