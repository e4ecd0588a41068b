/* splits_draw.c: the visits of some weeks split every way: rows of values with their figures,
 * beside those of other weeks or of the rest of the unit. */
#include "ui/week/splits.h"

#include <math.h>

#include "base/i18n.h"
#include "base/text.h"
#include "exchange/breakdown_words.h"
#include "exchange/week_words.h"
#include "ui/common/shared.h"
#include "ui/week/tabs.h"

enum {
    FIGURE_COLUMNS = 9,
    WEEK_COLUMNS = 5,
    LABEL_LEAST = 20,
    GROUP_LEAST = 29, /* of a group, whose name is the unit's own */
    LABEL_MOST = 44,
    LABEL_INDENT = 2,
    MARK_COLUMNS = 2, /* list.c's */
    WIDEST = 150,
    ROWS_LEAST = 5, /* of the list, before a sentence is left out */
};

/* --- figures ---------------------------------------------------------------------------------- */

typedef enum {
    FIGURE_PERSONS,
    FIGURE_PLANNED,
    FIGURE_PART,    /* what the share is of: not taken, or behind the causes */
    FIGURE_SHARE,   /* of the visits, or of those behind the causes */
    FIGURE_BESIDE,  /* the same of the other weeks, or of the rest */
    FIGURE_CHANGED, /* not taken, or done in another form */
    FIGURE_OFFERED,
    FIGURE_TAKEN,
    FIGURE_TOOK_PLACE,
    FIGURE_REBOOKED,
    FIGURE_SUPPORT, /* of those changed, how many became support in another form */
    FIGURE_SUPPORT_BESIDE,
    FIGURE_COUNT
} Figure;

/* In the order in which they are left out where there is no room: the last first. */
static const Figure FIGURES[VIEW_COUNT][8] = {
    [VIEW_CAUSES] = {FIGURE_PART, FIGURE_SHARE, FIGURE_BESIDE, FIGURE_COUNT},
    [VIEW_INSTEAD] = {FIGURE_CHANGED, FIGURE_OFFERED, FIGURE_TAKEN, FIGURE_TOOK_PLACE,
                      FIGURE_SUPPORT, FIGURE_SUPPORT_BESIDE, FIGURE_REBOOKED, FIGURE_COUNT},
    [VIEW_WHO] = {FIGURE_PART, FIGURE_SHARE, FIGURE_BESIDE, FIGURE_PLANNED, FIGURE_COUNT},
    [VIEW_GROUPS] = {FIGURE_PART, FIGURE_SHARE, FIGURE_BESIDE, FIGURE_SUPPORT,
                     FIGURE_SUPPORT_BESIDE, FIGURE_PERSONS, FIGURE_PLANNED, FIGURE_COUNT},
};

static const char *figure_heading(const SplitsChoice *choice, Figure figure)
{
    switch (figure) {
    case FIGURE_PERSONS:
        return C_("column of figures", "persons");
    case FIGURE_PLANNED:
        return C_("column of figures", "planned");
    case FIGURE_PART:
        return choice->view == VIEW_GROUPS ? C_("column of figures", "missed")
                                           : C_("column of figures", "visits");
    case FIGURE_SHARE:
        return C_("column of figures", "share");
    case FIGURE_CHANGED:
        return C_("column of figures", "changed");
    case FIGURE_OFFERED:
        return C_("column of figures", "offered");
    case FIGURE_TAKEN:
        return C_("column of figures", "taken");
    case FIGURE_TOOK_PLACE:
        return C_("column of figures", "held");
    case FIGURE_REBOOKED:
        return C_("column of figures", "new time");
    case FIGURE_SUPPORT:
        return C_("column of figures", "support");
    default:
        return choice->beside == BESIDE_REST || choice->view == VIEW_GROUPS
                   ? C_("column of figures", "rest")
               : choice->beside == BESIDE_BEFORE ? C_("column of figures", "before")
                                                 : C_("column of figures", "beside");
    }
}

/* The causes' share is one of the visits behind them, which all of them are together. */
static double share_of(const SplitsRow *row, const Breakdown *of, const SplitCounts *counts)
{
    if (counts == NULL)
        return NAN;
    return split_is_behind(row->split) || row->split == SPLIT_OFFER
               ? breakdown_share(of, row->split, counts)
               : breakdown_rate(of, counts);
}

/* New. */
static char *share_text(double share)
{
    return isnan(share) ? g_strdup("–") : week_words_share(share);
}

static char *count_text(gint64 count)
{
    return g_strdup_printf("%d", (int)count);
}

/* New; "" where the row has none. */
static char *figure_text(SplitsView view, const SplitsRow *row, Figure figure)
{
    const SplitCounts *now = row->now, *beside = row->beside;
    const gboolean all_causes = view == VIEW_CAUSES && row->split == SPLIT_ALL;
    switch (figure) {
    case FIGURE_PERSONS:
        return count_text(now->persons);
    case FIGURE_PLANNED:
        return split_is_behind(row->split) ? g_strdup("") : count_text(now->planned);
    case FIGURE_PART:
        return count_text(breakdown_part(all_causes ? SPLIT_CAUSE : row->split, now));
    case FIGURE_SHARE:
        return all_causes ? g_strdup("") : share_text(share_of(row, row->of, now));
    case FIGURE_BESIDE:
        return all_causes ? g_strdup("") : share_text(share_of(row, row->besides, beside));
    case FIGURE_CHANGED:
        return count_text(breakdown_part(SPLIT_OFFER, now));
    case FIGURE_OFFERED:
        return count_text(now->offered);
    case FIGURE_TAKEN:
        return count_text(now->taken);
    case FIGURE_TOOK_PLACE:
        return count_text(now->took_place);
    case FIGURE_REBOOKED:
        return count_text(now->rebooked);
    case FIGURE_SUPPORT:
        return share_text(breakdown_support(now));
    default:
        return share_text(beside != NULL ? breakdown_support(beside) : NAN);
    }
}

/* --- one row ---------------------------------------------------------------------------------- */

/* How the columns of a line lie: the label, of the causes one for each week, and the figures. */
typedef struct {
    int label, figures, weeks;
} Columns;

static Columns fit(const SplitsData *data, int columns)
{
    Columns fitted = {0};
    int room = columns - (data->choice.view == VIEW_GROUPS ? GROUP_LEAST : LABEL_LEAST);
    for (const Figure *figure = FIGURES[data->choice.view]; *figure != FIGURE_COUNT; figure++)
        fitted.figures += room >= (fitted.figures + 1) * FIGURE_COLUMNS;
    room -= fitted.figures * FIGURE_COLUMNS;
    if (data->choice.view == VIEW_CAUSES && data->group == NULL)
        fitted.weeks = CLAMP(room / WEEK_COLUMNS, 0, (int)data->now->week_count);
    fitted.label =
        MIN(columns - fitted.figures * FIGURE_COLUMNS - fitted.weeks * WEEK_COLUMNS, LABEL_MOST);
    return fitted;
}

/* The visits that the figures of a view are of. */
static const char *all_of(SplitsView view)
{
    switch (view) {
    case VIEW_CAUSES:
        return _("Not as planned");
    case VIEW_INSTEAD:
        return _("All of these");
    default:
        return _("All visits");
    }
}

static const char *label_of(const SplitsState *state, const SplitsRow *row)
{
    if (row->group != NULL)
        return row->group->name;
    if (row->heading)
        return split_name(row->split);
    if (row->split == SPLIT_ALL)
        return all_of(state->data->choice.view);
    return breakdown_words_value(app_session(state->app), row->split, row->value);
}

/* Of the last weeks, as many as there is room for; without a row the weeks themselves. */
static void draw_weeks(const SplitsData *data, const SplitsRow *row, Columns columns, Area line,
                       Style style)
{
    for (int i = 0; i < columns.weeks; i++) {
        const guint week = data->now->week_count - (guint)(columns.weeks - i);
        const int at = columns.label + i * WEEK_COLUMNS;
        g_autofree char *text = NULL;
        if (row == NULL)
            text = g_strdup_printf(C_("week on an axis", "w%d"),
                                   week_add(data->choice.from, (int)week) % 100);
        else if (row->row != NULL && row->row->weeks != NULL)
            text = count_text(breakdown_part(SPLIT_CAUSE, &row->row->weeks[week]));
        draw_cell(line, 0, at, WEEK_COLUMNS, style, TRUE, text != NULL ? text : "");
    }
}

void splits_draw_row(void *data, gconstpointer item, Area line, gboolean selected)
{
    const SplitsState *state = data;
    const SplitsRow *row = item;
    const SplitsView view = state->data->choice.view;
    const Columns columns = fit(state->data, line.columns);
    const Style style = selected ? STYLE_SELECTED : row->heading ? STYLE_HEADING : STYLE_NORMAL;
    const int indent = row->value != NULL || row->hidden > 0 ? LABEL_INDENT : 0;
    g_autofree char *hidden =
        row->hidden > 0
            ? g_strdup_printf(ngettext("%d other", "%d others", (gulong)row->hidden), row->hidden)
            : NULL;
    draw_fill(line, 0, 0, line.columns, style);
    draw_cell(line, 0, indent, columns.label - indent, style, FALSE,
              hidden != NULL ? hidden : label_of(state, row));
    if (row->heading)
        return;
    if (row->now == NULL) {
        draw_cell(line, 0, columns.label, line.columns - columns.label, style, FALSE,
                  _("  not shown: few persons"));
        return;
    }
    draw_weeks(state->data, row, columns, line, style);
    int at = columns.label + columns.weeks * WEEK_COLUMNS;
    for (int i = 0; i < columns.figures; i++, at += FIGURE_COLUMNS) {
        g_autofree char *text = figure_text(view, row, FIGURES[view][i]);
        draw_cell(line, 0, at, FIGURE_COLUMNS, style, TRUE, text);
    }
}

/* --- the whole -------------------------------------------------------------------------------- */

static void draw_columns(const SplitsData *data, Area line)
{
    const Columns columns = fit(data, line.columns);
    draw_weeks(data, NULL, columns, line, STYLE_QUIET);
    int at = columns.label + columns.weeks * WEEK_COLUMNS;
    for (int i = 0; i < columns.figures; i++, at += FIGURE_COLUMNS)
        draw_cell(line, 0, at, FIGURE_COLUMNS, STYLE_QUIET, TRUE,
                  figure_heading(&data->choice, FIGURES[data->choice.view][i]));
}

/* What is shown, of which weeks and whom, and what stands beside it. New. */
static char *heading_text(const SplitsData *data)
{
    const SplitsChoice *choice = &data->choice;
    g_autofree char *weeks = breakdown_words_period(&data->now->query);
    GString *text = g_string_new(weeks);
    if (data->group != NULL)
        g_string_append_printf(text, _(", the group %s"), data->group);
    if (choice->view == VIEW_GROUPS || choice->beside == BESIDE_REST) {
        g_string_append_printf(text, ", %s", _("beside the rest of the unit"));
    } else {
        g_autofree char *other = breakdown_words_weeks(&data->other->query);
        g_string_append_printf(text, _(", beside %s"), other);
    }
    return g_string_free(text, FALSE);
}

/* What the view says in a sentence or two. New. */
static char *said_text(const SplitsData *data)
{
    if (data->now->too_few)
        return breakdown_words_too_few();
    if (data->now->rows[SPLIT_ALL]->len == 0)
        return g_strdup("");
    char *support =
        data->choice.view == VIEW_INSTEAD ? breakdown_words_support(&data->now->all) : NULL;
    return support != NULL ? support : breakdown_words_whole(data->now);
}

/* New. */
static char *empty_text(App *app, const SplitsData *data)
{
    char key[KEY_NAME_SIZE];
    if (data->choice.view == VIEW_GROUPS)
        return g_strdup_printf(
            _("There are no groups yet. %s makes one: those a new way of working "
              "is tried with, for instance."),
            shared_key(app, ACTION_GROUP_NEW, key));
    return g_strdup(data->now->too_few ? "" : _("No visits were planned in these weeks."));
}

void splits_draw(App *app, void *state_, Area area)
{
    SplitsState *state = state_;
    const SplitsData *data = state->data;
    g_autofree char *heading = heading_text(data), *said = said_text(data);
    g_autofree char *empty = empty_text(app, data);
    tabs_draw(app, area_rows(area, 0, 1), data->choice.view);
    int row = 1 + draw_paragraph(area, 1, 0, area.columns, STYLE_STRONG, heading);
    g_autoptr(GArray) lines = text_wrap(said, area.columns);
    if (said[0] != '\0' &&
        (data->now->too_few || area.rows - row - (int)lines->len >= ROWS_LEAST + 1))
        row += draw_paragraph(area, row, 0, area.columns, STYLE_NORMAL, said);
    Area table = area_columns(area_rows(area, row, -1), 0, MIN(area.columns, WIDEST));
    if (!list_is_empty(state->list))
        draw_columns(data, area_columns(area_rows(table, 0, 1), MARK_COLUMNS, -1));
    list_draw(state->list, area_rows(table, 1, -1), TRUE, empty);
}
