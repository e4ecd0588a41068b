/* placement_draw.c: the page of one placement. */
#include "base/clock.h"
#include "base/i18n.h"
#include "care/response/response_words.h"
#include "ui/common/shared.h"
#include "ui/placements/placement_state_private.h"
#include "ui/placements/placement_words.h"

int placement_left(const PlacementState *state)
{
    int left = 0;
    for (guint i = 0; i < state->parts->len; i++) {
        const PlacementPart *part = state->parts->pdata[i];
        left +=
            part->asked && !part->completed && !part->correcting && part->not_done == NOT_DONE_NONE;
    }
    return left;
}

enum {
    NAME_COLUMNS = 24,
    STATE_COLUMNS = 30,
    GAP = 2,
    MARK_COLUMNS = 2, /* list.c's */
    PAGE_MOST = 100,  /* wider lines are harder to follow */
};

/* --- the respondents -------------------------------------------------------------------------- */

/* New. */
static char *state_text(const PlacementState *state, const PlacementPart *part)
{
    if (part->completed)
        return g_strdup(C_("interview", "completed"));
    if (part->not_done != NOT_DONE_NONE)
        return g_strdup_printf(_("not given: %s"), not_done_name(part->not_done));
    if (part->response_id == 0)
        return g_strdup(part->asked                               ? C_("interview", "not begun")
                        : state->placement->ended_on == DATE_NONE ? C_("interview", "not yet")
                                                                  : C_("interview", "not asked"));
    return g_strdup_printf(part->correcting ? _("correction: %d of %d answered")
                                            : _("%d of %d answered"),
                           part->answered, part->questions);
}

/* Who and when have room only in a line that is not narrow: else they stand below the list. */
static void draw_cells(Area line, const Style *styles, const char *const *texts)
{
    int who = line.columns - NAME_COLUMNS - STATE_COLUMNS - 2 * GAP;
    int state = who < NAME_COLUMNS ? line.columns - NAME_COLUMNS - GAP : STATE_COLUMNS;
    const int widths[] = {NAME_COLUMNS, state, who < NAME_COLUMNS ? 0 : who};
    for (int i = 0, at = 0; i < (int)G_N_ELEMENTS(widths); at += widths[i++] + GAP)
        draw_cell(line, 0, at, widths[i], styles[i], FALSE, texts[i]);
}

void placement_draw_part(void *data, gconstpointer row, Area line, gboolean selected)
{
    const PlacementPart *part = row;
    gboolean done = part->completed || part->not_done != NOT_DONE_NONE || !part->asked;
    Style style = selected ? STYLE_SELECTED : STYLE_NORMAL;
    Style what = selected          ? STYLE_SELECTED
                 : part->completed ? STYLE_GOOD
                 : done            ? STYLE_QUIET
                                   : STYLE_STRONG;
    const Style styles[] = {style, what, STYLE_NORMAL};
    g_autofree char *state = state_text(data, part);
    g_autofree char *when = part->response_id != 0 ? clock_words(part->continued_ms) : g_strdup("");
    g_autofree char *who =
        part->staff_name != NULL ? g_strdup_printf("%s, %s", part->staff_name, when) : g_strdup("");
    const char *const texts[] = {respondent_name(part->respondent), state, who};
    draw_cells(line, styles, texts);
}

/* --- below the list --------------------------------------------------------------------------- */

/* What has been done with the interview, in sentences. New. */
static char *told_text(const PlacementState *state, const PlacementPart *part)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (part->response_id == 0)
        return g_strdup(part->asked ? _("Nobody has begun this interview.")
                        : state->placement->ended_on == DATE_NONE
                            ? _("This interview is for when the placement has ended.")
                            : _("The rules do not ask for this interview."));
    g_autofree char *when = clock_words(part->continued_ms);
    const char *who = part->staff_name != NULL ? part->staff_name : "–";
    if (part->completed)
        g_string_append_printf(text, _("Completed: %s, %s."), who, when);
    else if (part->not_done != NOT_DONE_NONE)
        g_string_append_printf(text, _("Not given, %s: %s, %s."), not_done_name(part->not_done),
                               who, when);
    else
        g_string_append_printf(text, _("%d of %d questions answered: %s, %s."), part->answered,
                               part->questions, who, when);
    if (part->not_done_words != NULL)
        g_string_append_printf(text, _(" “%s”"), part->not_done_words);
    if (part->calls > 0)
        g_string_append_printf(
            text, ngettext(" %d call made.", " %d calls made.", (gulong)part->calls), part->calls);
    return g_strdup(text->str);
}

/* What the keys do here. New. */
static char *keys_text(App *app, const PlacementPart *part)
{
    char open[KEY_NAME_SIZE], not_done[KEY_NAME_SIZE], take_up[KEY_NAME_SIZE];
    shared_key(app, ACTION_PART_OPEN, open);
    shared_key(app, ACTION_PART_NOT_DONE, not_done);
    shared_key(app, ACTION_PART_TAKE_UP, take_up);
    if (part->completed)
        return g_strdup_printf(_("%s reads it, and corrects it if need be."), open);
    if (part->not_done != NOT_DONE_NONE)
        return g_strdup_printf(_("%s takes it up again; %s reads what was answered."), take_up,
                               open);
    if (part->response_id != 0)
        return g_strdup_printf(_("%s goes on where it stopped; %s notes why it is not given."),
                               open, not_done);
    return g_strdup_printf(_("%s begins it; %s notes why it is not given."), open, not_done);
}

static void draw_detail(const PlacementState *state, Area area)
{
    const PlacementPart *part = list_selected(state->list);
    if (part == NULL || area.rows <= 0)
        return;
    g_autofree char *told = told_text(state, part);
    g_autofree char *keys = keys_text(state->app, part);
    draw_rule(area, 0);
    draw_text(area, 1, 0, STYLE_STRONG, respondent_name(part->respondent));
    int row = 2 + draw_paragraph(area, 2, 0, area.columns, STYLE_NORMAL, told);
    draw_paragraph(area, row, 0, area.columns, STYLE_QUIET, keys);
}

/* --- the placement ---------------------------------------------------------------------------- */

/* Returns the rows it took. */
static int draw_head(const PlacementState *state, Area area)
{
    const Placement *placement = state->placement;
    Date today = clock_today();
    int left = placement_left(state);
    g_autofree char *where = placement_words_where(placement);
    g_autofree char *days = placement_words_days(placement);
    g_autofree char *due = placement_words_due(&state->rule, left, today);
    g_autofree char *why = placement_rule_text(&state->rule, placement->institution_kind,
                                               placement->started_on, placement->ended_on);
    Style urgent = placement_is_urgent(&state->rule, left, today) ? STYLE_NOTICE : STYLE_STRONG;
    int row = draw_paragraph(area, 0, 0, area.columns,
                             placement->institution != NULL ? STYLE_HEADING : STYLE_QUIET, where);
    g_autofree char *officer =
        state->officer != NULL
            ? g_strdup_printf(_("Placed %s. Followed up by %s."), days, state->officer)
            : g_strdup_printf(_("Placed %s. Followed up by whoever can."), days);
    row += draw_paragraph(area, row, 0, area.columns, STYLE_NORMAL, officer);
    if (due != NULL)
        row += draw_paragraph(area, row, 0, area.columns, left > 0 ? urgent : STYLE_GOOD, due);
    if (why != NULL)
        row += draw_paragraph(area, row, 0, area.columns, STYLE_NORMAL, why);
    return row;
}

void placement_draw(App *app, void *data, Area area)
{
    (void)app;
    PlacementState *state = data;
    const Style styles[] = {STYLE_QUIET, STYLE_QUIET, STYLE_QUIET};
    const char *const heads[] = {C_("column of interviews", "Who is asked"),
                                 C_("column of interviews", "State"),
                                 C_("column of interviews", "Last")};
    Area page = area_columns(area, 0, MIN(area.columns, PAGE_MOST));
    const int list_rows = (int)state->parts->len;
    int row = draw_head(state, page);
    row += page.rows > row + list_rows + 5 ? 1 : 0;
    draw_cells(area_columns(area_rows(page, row, 1), MARK_COLUMNS, -1), styles, heads);
    list_draw(state->list, area_rows(page, row + 1, list_rows), TRUE, "");
    row += 1 + list_rows;
    draw_detail(state, area_rows(page, row, -1));
}
