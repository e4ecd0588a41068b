/* client_groups.c: from the card: which groups the client belongs to, into another one, and out of
 * one. */
#include "base/i18n.h"
#include "care/client/group.h"
#include "ui/clients/client_private.h"
#include "ui/common/choose.h"
#include "ui/common/screens.h"

/* `group_id` 0: into another one; else its end. */
static void chosen(App *app, gint64 group_id, gint64 client_id)
{
    app_open(app, SCREEN_MEMBER_EDIT,
             &(MemberEditArgument){.client_id = client_id, .group_id = group_id});
}

/* New. */
static char *stay_text(const GroupStay *stay)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    return stay->to == DATE_NONE
               ? g_strdup_printf(_("%s, since %s: say the last day"), stay->name,
                                 date_format(stay->from, from))
               : g_strdup_printf(_("%s, %s to %s: say another last day"), stay->name,
                                 date_format(stay->from, from), date_format(stay->to, to));
}

void on_client_groups(App *app, void *data)
{
    const ClientState *state = data;
    GError *error = NULL;
    g_autoptr(GPtrArray) groups = group_list(app_session(app), &error);
    g_autoptr(GPtrArray) stays =
        groups != NULL ? group_stays(app_session(app), state->id, &error) : NULL;
    if (stays == NULL) {
        app_error(app, error);
        return;
    }
    if (groups->len == 0) {
        app_say(app, STYLE_QUIET, "%s", _("There are no groups yet. They are made at the week."));
        return;
    }
    Choose *choose = choose_new(_("Groups"), chosen, state->id);
    choose_add(choose, 0, _("Add the client to a group"));
    for (guint i = 0; i < stays->len; i++) {
        const GroupStay *stay = stays->pdata[i];
        g_autofree char *text = stay_text(stay);
        choose_add(choose, stay->group_id, text);
    }
    choose_ask(app, choose);
}
