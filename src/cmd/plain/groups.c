/* groups.c: named groups of clients as lines: made, renamed and ended, and who belongs to them. */
#include "cmd/plain/page.h"
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_words.h"
#include "care/client/group.h"
#include "care/unit/access.h"
#include "care/unit/pick.h"

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

/* --- a client in a group ---------------------------------------------------------------------- */

/* The rows and drafts are those of ui/clients/member_edit.c and group_edit.c. */
enum { MEMBER_WHO, MEMBER_FROM, MEMBER_TO, MEMBER_ROWS };

static char *day_fault(const char *text, gboolean needed)
{
    return (text[0] == '\0' && !needed) || date_parse_words(text, clock_today()) != DATE_NONE
               ? NULL
               : g_strdup(_("Which day? Write it as 21/11 or 2026-10-31."));
}

/* The only client that is meant by a name or a number; NULL: none, or more than one. */
static ClientRow *meant_client(Plain *plain, const char *typed)
{
    g_autoptr(GPtrArray) found =
        typed[0] != '\0' ? client_list(plain->session, typed, FALSE, NULL, 2, NULL) : NULL;
    return found != NULL && found->len == 1 ? g_ptr_array_steal_index(found, 0) : NULL;
}

static char *member_fault(PlainPage *page, guint row, const char *text)
{
    if (row != MEMBER_WHO)
        return day_fault(text, row == MEMBER_FROM);
    ClientRow *client = meant_client(page->plain, text);
    const gboolean meant = client != NULL;
    client_row_free(client);
    return meant ? NULL
                 : g_strdup(_("Nobody, or more than one, is meant by that. Type more of the name, "
                              "or the whole number."));
}

/* Whoever has namesakes is kept by what was typed. */
static char *member_meant(PlainPage *page, guint row, const char *text)
{
    g_assert(row == MEMBER_WHO);
    ClientRow *client = meant_client(page->plain, text);
    ClientRow *alone = client != NULL ? meant_client(page->plain, client->name) : NULL;
    char *name = alone != NULL ? g_strdup(alone->name) : NULL;
    if (client != NULL && alone == NULL)
        plain_say(page->plain, "%s.", client->name);
    client_row_free(client);
    client_row_free(alone);
    return name;
}

static char **member_values(void)
{
    char **values = g_new0(char *, MEMBER_ROWS + 1), today[DATE_SIZE];
    values[MEMBER_WHO] = g_strdup("");
    values[MEMBER_FROM] = g_strdup(date_format(clock_today(), today));
    values[MEMBER_TO] = g_strdup("");
    return values;
}

static gboolean save_member(PlainPage *page)
{
    GError *error = NULL;
    ClientRow *client = meant_client(page->plain, page->values[MEMBER_WHO]);
    const Date from = date_parse(page->values[MEMBER_FROM]);
    const Date to = date_parse(page->values[MEMBER_TO]);
    const gboolean saved =
        client != NULL &&
        group_member_add(page->plain->session, page->kept.ref_id, client->id, from, to, &error);
    client_row_free(client);
    say_saved(page->plain, saved, error);
    return saved;
}

void plain_new_member(Plain *plain, gint64 group_id)
{
    const PlainRow rows[MEMBER_ROWS] = {
        [MEMBER_WHO] = {.label = _("Client"),
                        .help = _("Type more of a name, a client number or an identity number.")},
        [MEMBER_FROM] = {.label = C_("group", "From"),
                         .help = _("The first day in the group: today, 21/11, 2026-02-01."),
                         .day = TRUE},
        [MEMBER_TO] = {.label = C_("group", "Last day"),
                       .help = _("Leave it empty until further notice."),
                       .day = TRUE},
    };
    PlainPage page = {
        .plain = plain,
        .title = _("A client in a group"),
        .rows = rows,
        .count = MEMBER_ROWS,
        .values = member_values(),
        .kept = {.kind = DRAFT_GROUP_MEMBERS, .ref_id = group_id},
        .is_new = TRUE,
        .fault = member_fault,
        .meant = member_meant,
        .save = save_member,
    };
    plain_page(&page);
    plain_page_clear(&page);
}

static char *last_day_fault(PlainPage *page, guint row, const char *text)
{
    (void)page;
    (void)row;
    return day_fault(text, TRUE);
}

static gboolean save_last_day(PlainPage *page)
{
    GError *error = NULL;
    const gint64 *group_id = page->data;
    const gboolean saved = group_member_end(page->plain->session, *group_id, page->kept.ref_id,
                                            date_parse(page->values[0]), &error);
    say_saved(page->plain, saved, error);
    return saved;
}

void plain_last_day(Plain *plain, gint64 group_id, gint64 client_id, const char *name)
{
    const PlainRow rows[] = {
        {.label = C_("group", "Last day"),
         .help = _("The last day in the group: today, 21/11, 2026-02-01."),
         .day = TRUE},
    };
    char **values = g_new0(char *, G_N_ELEMENTS(rows) + 1), today[DATE_SIZE];
    values[0] = g_strdup(date_format(clock_today(), today));
    PlainPage page = {
        .plain = plain,
        .title = name,
        .rows = rows,
        .count = G_N_ELEMENTS(rows),
        .values = values,
        .kept = {.kind = DRAFT_GROUP_MEMBER_END, .ref_id = client_id},
        .version = group_id,
        .is_new = TRUE,
        .data = &group_id,
        .fault = last_day_fault,
        .save = save_last_day,
    };
    plain_page(&page);
    plain_page_clear(&page);
}

static void end_member(Plain *plain, gint64 group_id)
{
    g_autoptr(GPtrArray) members = members_of(plain, group_id, FALSE);
    if (members == NULL)
        return;
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < members->len; i++)
        g_ptr_array_add(lines, member_line(members->pdata[i]));
    const int index = plain_choose(plain, _("Which client? An empty line goes back."), lines);
    if (index < 0)
        return;
    const GroupMember *member = members->pdata[index];
    plain_last_day(plain, group_id, member->client_id, member->name);
}

/* --- from the client's side ------------------------------------------------------------------- */

/* PickOption *: the groups that go on. NULL after saying why not. */
static GPtrArray *groups_that_go_on(Plain *plain)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) all = group_list(plain->session, &error);
    plain_error(plain, error);
    if (all == NULL)
        return NULL;
    GPtrArray *groups = pick_new();
    for (guint i = 0; i < all->len; i++) {
        const Group *group = all->pdata[i];
        if (group->ended_on == DATE_NONE)
            pick_add(groups, group->name, NULL, group->id);
    }
    return groups;
}

static char *stay_fault(PlainPage *page, guint row, const char *text)
{
    if (row != MEMBER_WHO)
        return day_fault(text, row == MEMBER_FROM);
    return pick_match(page->data, text) != NULL
               ? NULL
               : g_strdup(_("No group, or more than one, has that name. Type more of it."));
}

static char *stay_meant(PlainPage *page, guint row, const char *text)
{
    (void)row;
    const PickOption *group = pick_match(page->data, text);
    return group != NULL ? g_strdup(group->name) : NULL;
}

static gboolean save_stay(PlainPage *page)
{
    GError *error = NULL;
    const PickOption *group = pick_match(page->data, page->values[MEMBER_WHO]);
    const gboolean saved =
        group != NULL && group_member_add(page->plain->session, group->value, page->kept.ref_id,
                                          date_parse(page->values[MEMBER_FROM]),
                                          date_parse(page->values[MEMBER_TO]), &error);
    say_saved(page->plain, saved, error);
    return saved;
}

void plain_new_stay(Plain *plain, gint64 client_id)
{
    const PlainRow rows[MEMBER_ROWS] = {
        [MEMBER_WHO] = {.label = _("Group"), .help = _("Type the beginning of the group's name.")},
        [MEMBER_FROM] = {.label = C_("group", "From"),
                         .help = _("The first day in the group: today, 21/11, 2026-02-01."),
                         .day = TRUE},
        [MEMBER_TO] = {.label = C_("group", "Last day"),
                       .help = _("Leave it empty until further notice."),
                       .day = TRUE},
    };
    g_autoptr(GPtrArray) groups = groups_that_go_on(plain);
    if (groups == NULL)
        return;
    PlainPage page = {
        .plain = plain,
        .title = _("A client in a group"),
        .rows = rows,
        .count = MEMBER_ROWS,
        .values = member_values(),
        .kept = {.kind = DRAFT_GROUP_MEMBER, .ref_id = client_id},
        .is_new = TRUE,
        .data = groups,
        .fault = stay_fault,
        .meant = stay_meant,
        .save = save_stay,
    };
    plain_page(&page);
    plain_page_clear(&page);
}

/* New. */
static char *stay_line(const GroupStay *stay)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    date_format(stay->from, from);
    return stay->to == DATE_NONE
               ? g_strdup_printf(_("%s, since %s: say the last day"), stay->name, from)
               : g_strdup_printf(_("%s, %s to %s: say another last day"), stay->name, from,
                                 date_format(stay->to, to));
}

void plain_groups_of(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) stays = group_stays(plain->session, client_id, &error);
    plain_error(plain, error);
    if (stays == NULL)
        return;
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(lines, g_strdup(_("Add the client to a group")));
    for (guint i = 0; i < stays->len; i++)
        g_ptr_array_add(lines, stay_line(stays->pdata[i]));
    const int index = plain_choose(plain, _("Groups. Which one? An empty line goes back."), lines);
    const GroupStay *stay = index > 0 ? stays->pdata[index - 1] : NULL;
    if (index == 0)
        plain_new_stay(plain, client_id);
    else if (stay != NULL)
        plain_last_day(plain, stay->group_id, client_id, stay->name);
}

char *plain_member_end(Plain *plain, const Draft *draft, gint64 *group_id)
{
    g_auto(GStrv) values = NULL, base = NULL;
    if (!draft_rows_read(draft->body, 1, NULL, &values, &base, group_id) || *group_id == 0)
        return NULL;
    ClientRow *client = client_glance(plain->session, draft->ref_id, NULL);
    g_autoptr(Group) group = group_get(plain->session, *group_id, NULL);
    char *name = client != NULL && group != NULL
                     ? g_strdup_printf("%s, %s", client->name, group->name)
                     : NULL;
    client_row_free(client);
    return name;
}

/* --- a group ---------------------------------------------------------------------------------- */

enum { GROUP_NAME, GROUP_ENDED, GROUP_ROWS };

static char *group_fault(PlainPage *page, guint row, const char *text)
{
    if (row != GROUP_ENDED)
        return NULL;
    return text[0] == '\0' && page->base[GROUP_ENDED][0] != '\0'
               ? g_strdup(_("The group has ended. Make a new one to go on."))
               : day_fault(text, FALSE);
}

static gboolean save_changed(PlainPage *page, GError **error)
{
    Session *session = page->plain->session;
    const gint64 id = page->kept.ref_id;
    char *const *is = page->values, *const *was = page->base;
    return (g_str_equal(is[GROUP_NAME], was[GROUP_NAME]) ||
            group_rename(session, id, is[GROUP_NAME], error)) &&
           (g_str_equal(is[GROUP_ENDED], was[GROUP_ENDED]) ||
            group_end(session, id, date_parse(is[GROUP_ENDED]), error));
}

static gboolean save_group(PlainPage *page)
{
    GError *error = NULL;
    gint64 id;
    const gboolean saved =
        page->is_new ? group_add(page->plain->session, page->values[GROUP_NAME], &id, &error)
                     : save_changed(page, &error);
    say_saved(page->plain, saved, error);
    return saved;
}

/* The rows as they stand; a new group has no last day. */
static char **group_values(const Group *group)
{
    char **values = g_new0(char *, GROUP_ROWS + 1), ended[DATE_SIZE];
    values[GROUP_NAME] = g_strdup(group != NULL ? group->name : "");
    if (group != NULL)
        values[GROUP_ENDED] = g_strdup(date_format(group->ended_on, ended));
    return values;
}

void plain_edit_group(Plain *plain, gint64 id)
{
    const PlainRow rows[GROUP_ROWS] = {
        [GROUP_NAME] = {.label = C_("group", "Name"),
                        .help = _("What the meeting calls it: those who try the new way, those who "
                                  "have a plan.")},
        [GROUP_ENDED] = {.label = C_("group", "Ended"),
                         .help = _("The last day on which anybody belongs to it. Leave it empty "
                                   "while the group goes on."),
                         .day = TRUE},
    };
    GError *error = NULL;
    g_autoptr(Group) group = id != 0 ? group_get(plain->session, id, &error) : NULL;
    plain_error(plain, error);
    if (id != 0 && group == NULL)
        return;
    PlainPage page = {
        .plain = plain,
        .title = _("A group of clients"),
        .rows = rows,
        .count = group != NULL ? GROUP_ROWS : 1,
        .values = group_values(group),
        .base = group != NULL ? group_values(group) : NULL,
        .kept = {.kind = DRAFT_GROUP, .ref_id = id},
        .is_new = group == NULL,
        .fault = group_fault,
        .save = save_group,
    };
    plain_page(&page);
    plain_page_clear(&page);
}

static void open_group(Plain *plain, const Group *group)
{
    static const PlainEntry ENTRIES[] = {
        {N_("Add a client"), PERMIT_CLIENT_EDIT, plain_new_member},
        {N_("A client's last day in the group"), PERMIT_CLIENT_EDIT, end_member},
        {N_("Change its name or last day"), PERMIT_CLIENT_EDIT, plain_edit_group},
    };
    g_autoptr(GPtrArray) members = members_of(plain, group->id, TRUE);
    if (members != NULL && access_allows(plain->session, PERMIT_CLIENT_EDIT))
        plain_menu(plain, group->name, ENTRIES, G_N_ELEMENTS(ENTRIES), group->id);
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
        plain_edit_group(plain, 0);
    return index >= 0;
}

void plain_groups(Plain *plain, gint64 unused)
{
    (void)unused;
    while (!plain->ended && choose_group(plain))
        continue;
}
