/* series_edit.c: plans visits that recur: on which weekdays, every or every other week. Below the
 * page stand the rule in words and its first days. */
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/series.h"
#include "ui/screens/edit.h"
#include "ui/screens/plan.h"
#include "ui/screens/screens.h"
#include "ui/screens/when.h"
#include "ui/screens/words.h"

#include <string.h>

enum {
    ROW_DAYS, /* the weekdays as words; digits turn them on and off */
    ROW_EVERY,
    ROW_PLAN, /* four rows, PlanRows' */
    ROW_FROM = ROW_PLAN + 4,
    ROW_UNTIL,
    WEEKDAYS = 7,
    PAGE_ROWS = 12,
    SUMMARY_ROWS = 5,
    WIDEST = 80,
    DAYS_SHOWN = 4,
    DAYS_AHEAD = 120,
};

typedef struct {
    gint64 client_id, series_id;
    ClientRow *client;
    FormPage page;
    PlanRows rows;
    ChoiceOption every[2];
    EditDraft draft;
    gboolean fresh;    /* the focus has come to its row just now */
    gint64 no_version; /* a series that is new */
} SeriesEditState;

/* --- weekdays ----------------------------------------------------------------------------------
 */

/* 1 to 7 for "mon", "to" (two letters tell them apart) or "4"; 0 when it is none. */
static int parse_day(const char *word)
{
    if (g_ascii_isdigit(word[0]))
        return word[1] == '\0' && word[0] >= '1' && word[0] <= '0' + WEEKDAYS ? word[0] - '0' : 0;
    for (int day = 1; day <= WEEKDAYS && g_utf8_strlen(word, -1) >= 2; day++) {
        g_autofree char *name = text_fold(date_weekday_name(day));
        if (g_str_has_prefix(name, word))
            return day;
    }
    return 0;
}

/* Which weekdays the row names: "mon thu", "mån, tor", "1 4". Bit 0 is Monday; 0 when a word is not
 * understood. */
static guint parse_days(const char *text)
{
    guint days = 0;
    g_auto(GStrv) words = text_fold_words(text);
    for (char **word = words; *word != NULL; word++) {
        int day = parse_day(*word);
        if (day == 0)
            return 0;
        days |= 1u << (day - 1);
    }
    return days;
}

static guint days_of(SeriesEditState *state)
{
    return parse_days(form_page_text(&state->page, ROW_DAYS));
}

/* The days as the row says them: "mon thu". New. */
static char *days_text(guint days)
{
    GString *text = g_string_new(NULL);
    for (int day = 1; day <= WEEKDAYS; day++)
        if (days & 1u << (day - 1))
            g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "", date_weekday_short(day));
    return g_string_free(text, FALSE);
}

/* 1 to 7 turn a weekday on and off. */
static gboolean toggle_key(SeriesEditState *state, const Event *event)
{
    if (state->page.focus != ROW_DAYS || event->type != EVENT_KEY || event->key < '1' ||
        event->key > '0' + WEEKDAYS)
        return FALSE;
    guint days = days_of(state) ^ 1u << (event->key - '1');
    g_autofree char *text = days_text(days);
    edit_page_set_value(&state->page, ROW_DAYS, text);
    return TRUE;
}

/* "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"; NULL without a day. New. */
static char *rule_of(SeriesEditState *state)
{
    static const char *const CODES[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    guint days = days_of(state);
    GString *rule = g_string_new("FREQ=WEEKLY");
    if (edit_page_chosen_value(&state->page, ROW_EVERY, 1) == 2)
        g_string_append(rule, ";INTERVAL=2");
    const char *before = ";BYDAY=";
    for (int day = 0; day < WEEKDAYS; day++) {
        if ((days & 1u << day) == 0)
            continue;
        g_string_append_printf(rule, "%s%s", before, CODES[day]);
        before = ",";
    }
    return g_string_free(rule, days == 0);
}

/* --- the page ----------------------------------------------------------------------------------
 */

static void refresh(SeriesEditState *state)
{
    FormPage *page = &state->page;
    guint days = days_of(state);
    g_autofree char *named = days_text(days);
    g_autofree char *hint = g_strdup_printf("→ %s", named);
    edit_page_hint(page, ROW_DAYS,
                   days != 0 ? hint
                             : _("1 to 7 turn Monday to Sunday on and off; or type mon thu."));
    plan_rows_hint(&state->rows, page);
    plan_date_hint(page, ROW_FROM, _("21/11, fri, tomorrow, v48 tue, 2026-11-21."));
    plan_date_hint(page, ROW_UNTIL, _("The last day. Empty: until further notice."));
}

static gboolean build(App *app, SeriesEditState *state, GError **error)
{
    FormPage *page = &state->page;
    char today[DATE_SIZE];
    state->every[0] = (ChoiceOption){g_utf8_get_char(C_("series key", "e")), _("every week"), 1};
    state->every[1] =
        (ChoiceOption){g_utf8_get_char(C_("series key", "o")), _("every other week"), 2};
    form_page_field(page, _("Weekdays"), NULL, "", FALSE);
    form_page_choice(page, _("How often"), NULL, state->every, 2, 0);
    if (!plan_rows_build(app, &state->rows, page, state->client, error))
        return FALSE;
    form_page_field(page, _("From"), NULL, date_format(clock_today(), today), FALSE);
    form_page_field(page, _("Until"), NULL, "", FALSE);
    return TRUE;
}

static gboolean series_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    SeriesEditState *state = data;
    state->client_id = *(const gint64 *)argument;
    form_page_init(&state->page);
    state->client = client_glance(app->session, state->client_id, error);
    if (state->client == NULL || !build(app, state, error))
        return FALSE;
    edit_draft_begin(app, &state->draft, &state->page, "series", state->client_id, 0, NULL);
    refresh(state);
    return TRUE;
}

static void series_edit_leave(App *app, void *data)
{
    (void)app;
    SeriesEditState *state = data;
    client_row_free(state->client);
    form_page_clear(&state->page);
    plan_rows_clear(&state->rows);
    edit_draft_clear(&state->draft);
}

/* --- drawing -----------------------------------------------------------------------------------
 */

static void append_days(GString *text, const GArray *days)
{
    for (guint i = 0; i < MIN(days->len, DAYS_SHOWN); i++) {
        g_autofree char *day = when_day(g_array_index(days, Date, i));
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", day);
    }
    if (days->len > DAYS_SHOWN)
        g_string_append(text, " …");
}

/* "First: mon 2026-11-30, thu 2026-12-03 …". New. */
static char *first_days(const char *rule, Date from, Date until)
{
    Date today = clock_today(), first = MAX(from, today);
    Date last = until != DATE_NONE ? MIN(until, first + DAYS_AHEAD) : first + DAYS_AHEAD;
    g_autoptr(GArray) days = series_days(rule, from, first, last, NULL);
    if (days == NULL || days->len == 0)
        return g_strdup(_("There is no such day between the two dates."));
    GString *text = g_string_new(_("The first days: "));
    append_days(text, days);
    return g_string_free(text, FALSE);
}

static void draw_summary(SeriesEditState *state, Area area)
{
    g_autofree char *rule = rule_of(state);
    Date from = plan_date(&state->page, ROW_FROM), until = plan_date(&state->page, ROW_UNTIL);
    if (rule == NULL) {
        draw_paragraph(area, 0, 0, area.columns, STYLE_QUIET,
                       _("Choose at least one weekday; then the first days are shown here."));
        return;
    }
    g_autofree char *words = series_rule_text(rule);
    g_autofree char *plan = plan_text(&state->rows, &state->page);
    g_autofree char *all = g_strdup_printf("%s, %s", words, plan);
    int row = draw_paragraph(area, 0, 0, area.columns, STYLE_STRONG, all);
    if (from == DATE_NONE)
        return;
    g_autofree char *days = first_days(rule, from, until);
    row += draw_paragraph(area, row, 0, area.columns, STYLE_NORMAL, days);
    if (from < clock_today())
        draw_paragraph(area, row, 0, area.columns, STYLE_QUIET,
                       _("Days that have passed are not laid out."));
}

static void series_edit_draw(App *app, void *data, Area area)
{
    (void)app;
    SeriesEditState *state = data;
    Area page = area_columns(area, 0, WIDEST);
    g_autofree char *whom = g_strdup_printf(_("Recurring visits to %s"), state->client->name);
    draw_text(page, 0, 0, STYLE_HEADING, whom);
    if (edit_draft_is_offered(&state->draft)) {
        edit_draft_draw(&state->draft, area_rows(page, 1, -1));
        return;
    }
    int rows = MIN(PAGE_ROWS, page.rows - SUMMARY_ROWS - 3);
    form_page_draw(&state->page, area_rows(page, 2, rows));
    draw_rule(page, rows + 2);
    draw_summary(state, area_rows(page, rows + 3, -1));
}

/* --- saving ------------------------------------------------------------------------------------
 */

static void check(SeriesEditState *state)
{
    FormPage *page = &state->page;
    g_autofree char *until = g_strstrip(g_strdup(form_page_text(page, ROW_UNTIL)));
    edit_page_clear_faults(page);
    if (days_of(state) == 0)
        form_page_fault(page, ROW_DAYS, _("Choose at least one weekday with 1 to 7."));
    plan_rows_check(&state->rows, page);
    if (plan_date(page, ROW_FROM) == DATE_NONE)
        form_page_fault(page, ROW_FROM, _("From which day? 21/11, mon, v48."));
    if (until[0] != '\0' && plan_date(page, ROW_UNTIL) == DATE_NONE)
        form_page_fault(page, ROW_UNTIL,
                        _("Until which day? Leave it empty when it is not known."));
}

static void leave_saved(App *app, SeriesEditState *state)
{
    edit_draft_over(app, &state->draft);
    app_pop(app);
    app_say(app, STYLE_GOOD,
            _("The series is planned, and its visits are laid out %d weeks ahead."),
            SERIES_WEEKS_AHEAD);
}

void series_edit_finish(App *app, void *data)
{
    SeriesEditState *state = data;
    FormPage *page = &state->page;
    if (edit_draft_must_answer(app, &state->draft))
        return;
    check(state);
    if (edit_page_to_fault(page)) {
        app_say(app, STYLE_NOTICE, "%s", _("Look at the marked row."));
        return;
    }
    GError *error = NULL;
    g_autoptr(Series) series = g_new0(Series, 1);
    series->id = state->series_id;
    series->client_id = state->client_id;
    series->staff_id = plan_staff(&state->rows, page);
    series->rrule = rule_of(state);
    series->starts_on = plan_date(page, ROW_FROM);
    series->ends_on = plan_date(page, ROW_UNTIL);
    series->start = plan_start(&state->rows, page);
    series->minutes = plan_minutes(&state->rows, page);
    series->form = plan_form(&state->rows, page);
    gboolean added = series_add(app->session, series, &error);
    state->series_id = series->id;
    if (added)
        leave_saved(app, state);
    else
        app_error(app, error);
}

/* --- keys --------------------------------------------------------------------------------------
 */

static void complete_row(SeriesEditState *state, int row)
{
    plan_row_complete(&state->rows, &state->page, row);
    guint days = days_of(state);
    if (row != ROW_DAYS || days == 0)
        return;
    g_autofree char *text = days_text(days);
    edit_page_set_value(&state->page, ROW_DAYS, text);
}

static gboolean series_edit_key(App *app, void *data, const Event *event)
{
    SeriesEditState *state = data;
    gboolean done = FALSE, taken;
    if (edit_draft_is_offered(&state->draft)) {
        taken = edit_draft_event(app, &state->draft, &state->page, event, &state->no_version);
        refresh(state);
        return taken;
    }
    int row = state->page.focus;
    taken = toggle_key(state, event);
    if (!taken) {
        if (state->fresh)
            edit_page_replace(&state->page, event);
        taken = form_page_event(&state->page, event, &done);
    }
    if (taken)
        form_page_fault(&state->page, row, NULL);
    state->fresh = state->page.focus != row;
    if (state->fresh || done)
        complete_row(state, row);
    refresh(state);
    if (done)
        series_edit_finish(app, state);
    return taken;
}

static void series_edit_save(App *app, void *data)
{
    SeriesEditState *state = data;
    edit_draft_save(app, &state->draft, &state->page, 0);
}

const Screen screen_series_edit = {
    .name = "series-edit",
    .where = IN_EDIT,
    .title = N_("New series"),
    .state_size = sizeof(SeriesEditState),
    .enter = series_edit_enter,
    .draw = series_edit_draw,
    .key = series_edit_key,
    .save = series_edit_save,
    .leave = series_edit_leave,
};
