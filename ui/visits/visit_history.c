/* visit_history.c: what was recorded on a visit, newest first, over the screen that shows it. */
#include "ui/visits/visit_history.h"

#include "base/i18n.h"
#include "base/text.h"
#include "care/visit/outcome_words.h"
#include "care/visit/visit_list.h"
#include "ui/app.h"
#include "ui/common/shared.h"

enum {
    WIDEST = 76,
    INDENT = 2,
};

typedef struct {
    char *title, *text;
    int first;      /* row scrolled to */
    int rows, room; /* of the text, and for it, when it was last drawn */
} HistoryState;

static gboolean history_enter(App *app, void *data, const void *argument, GError **error)
{
    HistoryState *state = data;
    gint64 id = *(const gint64 *)argument;
    g_autoptr(Visit) visit = visit_get(app_session(app), id, error);
    g_autofree char *text =
        visit != NULL ? outcome_words_history(app_session(app), visit, error) : NULL;
    if (text == NULL)
        return FALSE;
    char date[DATE_SIZE], time[TIME_SIZE];
    state->title = g_strdup_printf("%s, %s %s", visit->client_name, date_format(visit->date, date),
                                   time_format(visit->start, time));
    state->text = text_clean(text);
    return TRUE;
}

static void history_leave(App *app, void *data)
{
    (void)app;
    HistoryState *state = data;
    g_free(state->title);
    g_free(state->text);
}

static void history_draw(App *app, void *data, Area area)
{
    (void)app;
    HistoryState *state = data;
    int columns = MIN(area.columns, WIDEST), inner = MAX(columns - 2 - 2 * INDENT, 1);
    g_autoptr(GArray) lines = text_wrap(state->text, inner);
    Area box = area_centre(area, (int)lines->len + 4, columns);
    draw_box(box, state->title);
    Area inside = area_columns(area_inset(box, 2, 1), INDENT, inner);
    state->rows = (int)lines->len;
    state->room = MAX(inside.rows, 1);
    for (int row = 0; row < inside.rows && state->first + row < state->rows; row++) {
        const TextRow *line = &g_array_index(lines, TextRow, state->first + row);
        g_autofree char *part = g_strndup(state->text + line->start, line->end - line->start);
        draw_text(inside, row, 0, STYLE_NORMAL, part);
    }
    if (state->first + inside.rows < state->rows)
        draw_text(box, box.rows - 1, INDENT, STYLE_STRONG, _(" more below: Down "));
    draw_caret(inside, 0, 0);
}

static gboolean history_key(App *app, void *data, const Event *event)
{
    HistoryState *state = data;
    int page = 0;
    if (event->type != EVENT_KEY)
        return FALSE;
    switch (event->key) {
    case K_ENTER:
        app_pop(app);
        return TRUE;
    case K_UP:
        page = -1;
        break;
    case K_DOWN:
        page = 1;
        break;
    case K_PAGE_UP:
        page = -state->room;
        break;
    case K_PAGE_DOWN:
        page = state->room;
        break;
    default:
        return FALSE;
    }
    state->first = CLAMP(state->first + page, 0, MAX(state->rows - state->room, 0));
    return TRUE;
}

const Screen screen_visit_history = {
    .name = "visit-history",
    .place = IN_DIALOG,
    .state_size = sizeof(HistoryState),
    .overlay = TRUE,
    .enter = history_enter,
    .draw = history_draw,
    .key = history_key,
    .passes = shared_passes,
    .leave = history_leave,
};
