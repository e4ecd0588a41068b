/* series_edit.c: plans visits that recur: on which weekdays, every or every other week. Below the
 * page stand the rule in words and its first days. */
#include "base/clock.h"
#include "base/i18n.h"
#include "care/visit/series.h"
#include "care/visit/series_rule.h"
#include "care/visit/series_words.h"
#include "care/visit/visit_propose.h"
#include "care/visit/visit_typed.h"
#include "ui/app.h"
#include "ui/common/words.h"
#include "ui/visits/visit_page.h"

#include <string.h>

enum {
    WEEKDAYS = 7,
    PAGE_ROWS = 12,
};

typedef struct {
    VisitPage page;
    gint64 series_id; /* drawn at the first attempt to save */
    ChoiceOption every[2];
} SeriesEditState;

/* --- weekdays ----------------------------------------------------------------------------------
 */

static guint days_of(SeriesEditState *state)
{
    return weekdays_parse(page_text(&state->page.fields, SERIES_ROW_DAYS));
}

/* 1 to 7 turn a weekday on and off. */
static gboolean toggle_key(SeriesEditState *state, const Event *event)
{
    if (edit_draft_is_offered(&state->page.draft) || state->page.fields.focus != SERIES_ROW_DAYS ||
        event->type != EVENT_KEY || event->key < '1' || event->key > '0' + WEEKDAYS)
        return FALSE;
    guint days = days_of(state) ^ 1u << (event->key - '1');
    g_autofree char *text = weekdays_short(days);
    edit_page_set_value(&state->page.fields, SERIES_ROW_DAYS, text);
    page_fault(&state->page.fields, SERIES_ROW_DAYS, NULL);
    state->page.fresh = FALSE;
    return TRUE;
}

/* NULL without a day. New. */
static char *rule_of(SeriesEditState *state)
{
    return series_weekly_rule(days_of(state),
                              edit_page_chosen_value(&state->page.fields, SERIES_ROW_EVERY, 1));
}

/* --- the page ----------------------------------------------------------------------------------
 */

static void refresh(SeriesEditState *state)
{
    Page *page = &state->page.fields;
    guint days = days_of(state);
    g_autofree char *named = weekdays_short(days);
    g_autofree char *hint = g_strdup_printf("→ %s", named);
    edit_page_hint(page, SERIES_ROW_DAYS,
                   days != 0 ? hint
                             : _("1 to 7 turn Monday to Sunday on and off; or type mon thu."));
    visit_rows_hint(&state->page);
    visit_page_date_hint(page, SERIES_ROW_FROM, _("21/11, fri, tomorrow, v48 tue, 2026-11-21."));
    visit_page_date_hint(page, SERIES_ROW_UNTIL, _("The last day. Empty: until further notice."));
}

static gboolean build(App *app, SeriesEditState *state, GError **error)
{
    Page *page = &state->page.fields;
    char today[DATE_SIZE];
    state->every[0] = (ChoiceOption){g_utf8_get_char(C_("series key", "e")), _("every week"), 1};
    state->every[1] =
        (ChoiceOption){g_utf8_get_char(C_("series key", "o")), _("every other week"), 2};
    page_field(page, _("Weekdays"), NULL, "", FALSE);
    page_choice(page, _("How often"), NULL, state->every, 2, 0);
    if (!visit_rows_build(app, &state->page, error))
        return FALSE;
    page_field(page, _("From"), NULL, date_format(clock_today(), today), FALSE);
    page_field(page, _("Until"), NULL, "", FALSE);
    return TRUE;
}

static gboolean series_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    SeriesEditState *state = data;
    VisitPage *page = &state->page;
    if (!visit_page_init(app, page, *(const gint64 *)argument, error) || !build(app, state, error))
        return FALSE;
    edit_draft_begin(app, &page->draft, &page->fields, DRAFT_SERIES, page->client_id, 0, NULL);
    refresh(state);
    return TRUE;
}

static void series_edit_leave(App *app, void *data)
{
    (void)app;
    SeriesEditState *state = data;
    visit_page_clear(&state->page);
}

/* --- drawing -----------------------------------------------------------------------------------
 */

static void draw_summary(SeriesEditState *state, Area area)
{
    g_autofree char *rule = rule_of(state);
    Date from = visit_page_date(&state->page.fields, SERIES_ROW_FROM),
         until = visit_page_date(&state->page.fields, SERIES_ROW_UNTIL);
    if (rule == NULL) {
        draw_paragraph(area, 0, 0, area.columns, STYLE_QUIET,
                       _("Choose at least one weekday; then the first days are shown here."));
        return;
    }
    g_autofree char *words = series_rule_text(rule);
    g_autofree char *rest = visit_page_text(&state->page);
    g_autofree char *all = g_strdup_printf("%s, %s", words, rest);
    int row = draw_paragraph(area, 0, 0, area.columns, STYLE_STRONG, all);
    if (from == DATE_NONE)
        return;
    g_autofree char *days = series_words_first_days(rule, from, until);
    row += draw_paragraph(area, row, 0, area.columns, STYLE_NORMAL, days);
    if (from < clock_today())
        draw_paragraph(area, row, 0, area.columns, STYLE_QUIET,
                       _("Days that have passed are not laid out."));
}

static void series_edit_draw(App *app, void *data, Area area)
{
    (void)app;
    SeriesEditState *state = data;
    Area summary;
    g_autofree char *whom = g_strdup_printf(_("Recurring visits to %s"), state->page.client->name);
    if (visit_page_draw(&state->page, area, whom, PAGE_ROWS, &summary))
        draw_summary(state, summary);
}

/* --- saving ------------------------------------------------------------------------------------
 */

static void check(SeriesEditState *state)
{
    Page *page = &state->page.fields;
    for (int row = 0; row < SERIES_ROW_COUNT; row++) {
        g_autofree char *text = edit_page_value(page, row);
        page_fault(page, row, visit_typed_series_fault(row, text, state->page.staff));
    }
}

static void leave_saved(App *app, SeriesEditState *state)
{
    edit_draft_over(app, &state->page.draft);
    app_pop(app);
    app_say(app, STYLE_GOOD,
            _("The series is planned, and its visits are laid out %d weeks ahead."),
            SERIES_WEEKS_AHEAD);
}

/* As the page says it, which has been checked. */
static Series *series_of_page(SeriesEditState *state)
{
    g_auto(GStrv) rows = edit_page_values(&state->page.fields);
    Series *series = visit_typed_series(rows, state->page.staff);
    series->id = state->series_id;
    series->client_id = state->page.client_id;
    return series;
}

static void save(App *app, SeriesEditState *state)
{
    GError *error = NULL;
    g_autoptr(Series) series = series_of_page(state);
    gboolean added = series_add(app_session(app), series, &error);
    state->series_id = series->id;
    if (added)
        leave_saved(app, state);
    else
        app_error(app, error);
}

static void save_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text, (void)data;
    if (yes)
        save(app, app_top_state(app));
}

static void series_edit_finish(App *app, void *data)
{
    SeriesEditState *state = data;
    GError *error = NULL;
    if (edit_draft_must_answer(app, &state->page.draft))
        return;
    check(state);
    if (edit_page_must_mend(app, &state->page.fields))
        return;
    g_autoptr(Series) series = series_of_page(state);
    g_autofree char *warning = visit_series_warning(app_session(app), series, &error);
    if (warning == NULL)
        app_error(app, error);
    else if (warning[0] != '\0')
        visit_page_ask(app, warning, save_answered);
    else
        save(app, state);
}

/* --- keys --------------------------------------------------------------------------------------
 */

/* The weekdays are written out when their row is left. */
static void complete_days(SeriesEditState *state)
{
    guint days = days_of(state);
    if (days == 0)
        return;
    g_autofree char *text = weekdays_short(days);
    edit_page_set_value(&state->page.fields, SERIES_ROW_DAYS, text);
}

static gboolean series_edit_key(App *app, void *data, const Event *event)
{
    SeriesEditState *state = data;
    VisitPage *page = &state->page;
    gboolean done = FALSE, on_days = page->fields.focus == SERIES_ROW_DAYS;
    gboolean taken = toggle_key(state, event) || visit_page_event(app, page, event, &done);
    if (on_days && (page->fields.focus != SERIES_ROW_DAYS || done))
        complete_days(state);
    refresh(state);
    if (done)
        series_edit_finish(app, state);
    return taken;
}

static void series_edit_save(App *app, void *data)
{
    SeriesEditState *state = data;
    visit_page_save(app, &state->page);
}

static gboolean series_edit_unsaved(App *app, const void *data)
{
    VisitPage *page = &((SeriesEditState *)data)->page;
    (void)app;
    return edit_draft_is_unsaved(&page->draft, &page->fields, 0);
}

const Screen screen_series_edit = {
    .name = "series-edit",
    .place = IN_EDIT,
    .title = N_("New series"),
    .state_size = sizeof(SeriesEditState),
    .enter = series_edit_enter,
    .draw = series_edit_draw,
    .key = series_edit_key,
    .finish = series_edit_finish,
    .save = series_edit_save,
    .unsaved = series_edit_unsaved,
    .leave = series_edit_leave,
};
