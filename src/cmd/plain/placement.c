/* placement.c: placements away from home, and those who are asked when one has ended, as
 * lines. */
#include "cmd/plain/walk.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/client/client.h"
#include "care/placement/placement.h"

/* --- in words --------------------------------------------------------------------------------- */

/* "Boendet Björken, 2026-01-12 till 2026-09-30". New. */
static char *placement_line(const Placement *placement)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    const char *where =
        placement->institution != NULL ? placement->institution : _("no institution chosen");
    date_format(placement->started_on, from);
    if (placement->ended_on == DATE_NONE)
        return g_strdup_printf(_("%s, from %s"), where, from);
    return g_strdup_printf(_("%s, %s to %s"), where, from, date_format(placement->ended_on, to));
}

/* "Barnet eller ungdomen: 5 av 24 besvarade". New. */
static char *part_line(const PlacementPart *part)
{
    const char *name = respondent_name(part->respondent);
    if (part->not_done != NOT_DONE_NONE)
        return g_strdup_printf(_("%s: not given, %s"), name, not_done_name(part->not_done));
    if (part->completed)
        return g_strdup_printf(_("%s: completed"), name);
    if (part->response_id != 0)
        return g_strdup_printf(_("%s: %d of %d answered"), name, part->answered, part->questions);
    return g_strdup_printf(part->asked ? _("%s: not begun") : _("%s: not to be asked"), name);
}

/* By when, and why not all are asked. */
static void say_rule(Plain *plain, const Placement *placement)
{
    GError *error = NULL;
    char last[DATE_SIZE];
    ClientRow *client = client_glance(plain->session, placement->client_id, &error);
    if (client == NULL) {
        plain_error(plain, error);
        return;
    }
    PlacementRule rule = placement_rule(client->birth_date, placement->started_on,
                                        placement->ended_on, placement->two_parents);
    g_autofree char *why = placement_rule_text(&rule, placement->institution_kind,
                                               placement->started_on, placement->ended_on);
    if (rule.due)
        plain_say(plain, _("To be followed up at the latest %s."), date_format(rule.last, last));
    if (why != NULL)
        plain_say(plain, "%s", why);
    client_row_free(client);
}

/* --- one of them ------------------------------------------------------------------------------ */

static PlainWalk walk_of(const Placement *placement, const PlacementPart *part)
{
    return (PlainWalk){.response_id = part->response_id,
                       .form = respondent_form(part->respondent),
                       .client_id = placement->client_id,
                       .respondent = respondent_code(part->respondent),
                       .placement_id = placement->id};
}

/* One who is never asked has a response, too, that says why. */
static void note_not_given(Plain *plain, const Placement *placement, const PlacementPart *part)
{
    GError *error = NULL;
    NotDone cause;
    g_autofree char *words = NULL;
    const char *respondent = respondent_code(part->respondent);
    if (!plain_ask_not_done(plain, respondent, part->response_id != 0, &cause, &words))
        return;
    Walk *walk = part->response_id != 0
                     ? walk_open(plain->session, part->response_id, FALSE, &error)
                     : walk_begin(plain->session, respondent_form(part->respondent),
                                  placement->client_id, respondent, placement->id, NULL, &error);
    if (walk != NULL)
        plain_give_up(plain, walk, cause, words);
    plain_error(plain, error);
    walk_close(walk, plain->session);
}

static void choose_act(Plain *plain, const Placement *placement, const PlacementPart *part)
{
    PlainWalk walk = walk_of(placement, part);
    if (part->completed || part->not_done != NOT_DONE_NONE) {
        plain_read_aloud(plain, part->response_id);
        return;
    }
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    g_ptr_array_add(labels, (char *)(part->response_id != 0 ? _("Go on with the interview")
                                                            : _("Begin the interview")));
    g_ptr_array_add(labels, (char *)_("Note why it is not given"));
    g_autofree char *line = part_line(part);
    int index = plain_choose(plain, line, labels);
    if (index == 0)
        plain_walk(plain, &walk);
    else if (index == 1)
        note_not_given(plain, placement, part);
}

/* --- one placement ---------------------------------------------------------------------------- */

/* FALSE when nothing more is to be done with it. `*changed`: it is to be read again. */
static gboolean choose_part(Plain *plain, const Placement *placement, gboolean *changed)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) parts = placement_parts(plain->session, placement, &error);
    if (parts == NULL) {
        plain_error(plain, error);
        return FALSE;
    }
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < parts->len; i++)
        g_ptr_array_add(lines, part_line(parts->pdata[i]));
    g_ptr_array_add(lines, g_strdup(_("Change the placement")));
    int index = plain_choose(plain, _("Who is asked? An empty line goes back."), lines);
    if (index == (int)parts->len) {
        *changed = plain_change_placement(plain, placement->id) != 0;
        return *changed;
    }
    if (index >= 0)
        choose_act(plain, placement, parts->pdata[index]);
    return index >= 0;
}

static void say_placement(Plain *plain, const Placement *placement)
{
    g_autofree char *line = placement_line(placement);
    plain_say(plain, "%s.", line);
    say_rule(plain, placement);
}

void plain_placement(Plain *plain, gint64 placement_id)
{
    GError *error = NULL;
    gboolean changed = FALSE;
    g_autoptr(Placement) placement = placement_open(plain->session, placement_id, &error);
    if (placement != NULL)
        say_placement(plain, placement);
    while (placement != NULL && !plain->ended && choose_part(plain, placement, &changed)) {
        if (!changed)
            continue;
        changed = FALSE;
        placement_free(placement);
        placement = placement_get(plain->session, placement_id, &error);
        if (placement != NULL)
            say_placement(plain, placement);
    }
    plain_error(plain, error);
}

/* --- the list --------------------------------------------------------------------------------- */

void plain_placements(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) placements = placement_of_client(plain->session, client_id, &error);
    if (placements == NULL) {
        plain_error(plain, error);
        return;
    }
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < placements->len; i++)
        g_ptr_array_add(lines, placement_line(placements->pdata[i]));
    g_ptr_array_add(lines, g_strdup(_("A new placement")));
    int index = plain_choose(plain, _("Which placement? An empty line goes back."), lines);
    gint64 added = index == (int)placements->len ? plain_new_placement(plain, client_id) : 0;
    if (added != 0)
        plain_placement(plain, added);
    else if (index >= 0 && index < (int)placements->len)
        plain_placement(plain, ((const Placement *)placements->pdata[index])->id);
}
