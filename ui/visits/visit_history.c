/* visit_history.c: what was recorded on a visit, newest first, over the screen that shows it. */
#include "ui/visits/visit_history.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/unit/cause.h"
#include "care/unit/staff.h"
#include "care/visit/visit_history.h"
#include "care/visit/visit_list.h"
#include "ui/app.h"
#include "ui/common/words.h"

enum {
    WIDEST = 76,
    INDENT = 2,
};

typedef struct {
    char *title, *text;
    int first;      /* row scrolled to */
    int rows, room; /* of the text, and for it, when it was last drawn */
} HistoryState;

/* `visit`: beside which it is known what came of the alternative; NULL: that is not known. */
static void append_state(App *app, GString *text, const VisitOutcome *outcome, const Visit *visit)
{
    g_autofree char *what = words_outcome(outcome), *instead = words_alternative(outcome, visit);
    g_string_append_printf(text, "%s\n", what);
    if (outcome->cause != NULL)
        g_string_append_printf(text, _("Cause: %s\n"),
                               cause_name(app_session(app), outcome->cause));
    if (outcome->words != NULL)
        g_string_append_printf(text, _("Own words: “%s”\n"), outcome->words);
    if (instead != NULL)
        g_string_append_printf(text, _("Instead: %s\n"), instead);
    if (outcome->note != NULL)
        g_string_append_printf(text, _("Note: %s\n"), outcome->note);
}

static gboolean append_present(App *app, GString *text, const Visit *visit, GError **error)
{
    if (visit->recorded_ms != 0) {
        g_autoptr(Staff) staff = staff_get(app_session(app), visit->recorded_by, error);
        if (staff == NULL)
            return FALSE;
        g_autofree char *moment = clock_text(visit->recorded_ms);
        g_string_append_printf(text, _("Now, recorded %s by %s:\n"), moment, staff->name);
    } else {
        g_string_append(text, _("Now:\n"));
    }
    append_state(app, text, &visit->outcome, visit);
    return TRUE;
}

static gboolean history_enter(App *app, void *data, const void *argument, GError **error)
{
    HistoryState *state = data;
    gint64 id = *(const gint64 *)argument;
    g_autoptr(Visit) visit = visit_get(app_session(app), id, error);
    g_autoptr(GPtrArray) versions =
        visit != NULL ? visit_history(app_session(app), id, error) : NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    if (versions == NULL || !append_present(app, text, visit, error))
        return FALSE;
    for (guint i = 0; i < versions->len; i++) {
        const VisitVersion *version = versions->pdata[i];
        g_autofree char *moment = clock_text(version->replaced_ms);
        g_string_append_printf(text, _("\nBefore, until %s changed it %s:\n"),
                               version->replaced_by != NULL ? version->replaced_by : "–", moment);
        append_state(app, text, &version->outcome, NULL);
    }
    char date[DATE_SIZE], time[TIME_SIZE];
    state->title = g_strdup_printf("%s, %s %s", visit->client_name, date_format(visit->date, date),
                                   time_format(visit->start, time));
    state->text = text_clean(g_strchomp(text->str));
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
    .leave = history_leave,
};
