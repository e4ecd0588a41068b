/* tabs.c: the ways in which the week is looked at. */
#include "ui/week/tabs.h"

#include "base/i18n.h"
#include "base/text.h"
#include "ui/common/shared.h"

static const struct {
    Action action;
    const char *name;
} TAB[VIEW_COUNT] = {
    [VIEW_CAUSES] = {ACTION_SPLITS_CAUSES, N_("Causes")},
    [VIEW_INSTEAD] = {ACTION_SPLITS_INSTEAD, N_("Instead")},
    [VIEW_WHO] = {ACTION_SPLITS_WHO, N_("Who and when")},
    [VIEW_GROUPS] = {ACTION_SPLITS_GROUPS, N_("Groups")},
    [VIEW_LINE] = {ACTION_SPLITS_LINE, N_("Line")},
};

/* Columns of them all, each with its key and one blank, and `gap` between. */
static int width(App *app, int gap)
{
    char key[KEY_NAME_SIZE];
    int columns = gap * (VIEW_COUNT - 1);
    for (int i = 0; i < VIEW_COUNT; i++)
        columns += text_width(shared_key(app, TAB[i].action, key)) + 1 + text_width(_(TAB[i].name));
    return columns;
}

/* Beside the week's own review, where there is room: what is counted by the quarter is another screen. */
static void draw_quarter(App *app, Area line, int at)
{
    char key[KEY_NAME_SIZE];
    const char *name = action_row(ACTION_QUARTER)->label;
    const char *pressed = shared_key(app, ACTION_QUARTER, key);
    if (at + text_width(pressed) + 1 + text_width(_(name)) > line.columns)
        return;
    at += draw_text(line, 0, at, STYLE_KEY, pressed);
    draw_format(line, 0, at, STYLE_NORMAL, " %s", _(name));
}

/* What is not shown now is told by its key; brackets say without colour which one is. */
void tabs_draw(App *app, Area line, SplitsView current)
{
    enum { GAP_MOST = 4, GAP_LEAST = 1 };
    char key[KEY_NAME_SIZE];
    int gap = GAP_MOST, at = 0;
    while (gap > GAP_LEAST && width(app, gap) > line.columns)
        gap--;
    for (int i = 0; i < VIEW_COUNT; i++) {
        const gboolean shown = i == (int)current;
        const char *name = _(TAB[i].name);
        at += draw_text(line, 0, at, STYLE_KEY, shared_key(app, TAB[i].action, key));
        at += shown ? draw_format(line, 0, at, STYLE_CHOSEN, "[%s]", name)
                    : draw_format(line, 0, at, STYLE_NORMAL, " %s ", name);
        at += gap - 1;
    }
    if (current == VIEW_COUNT)
        draw_quarter(app, line, at);
}
