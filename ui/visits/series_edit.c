/* series_edit.c: plans visits that recur: on which weekdays, every or every other week. Below the
 * page stand the rule in words and its first days. */
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/visit/series.h"
#include "care/visit/series_rule.h"
#include "care/visit/visit_propose.h"
#include "ui/app.h"
#include "ui/common/when.h"
#include "ui/common/words.h"
#include "ui/visits/visit_page.h"

#include <string.h>

enum {
    ROW_DAYS, /* the weekdays as words; digits turn them on and off */
    ROW_EVERY,
    ROW_VISIT, /* four rows, VisitPage's */
    ROW_FROM = ROW_VISIT + 4,
    ROW_UNTIL,
    WEEKDAYS = 7,
    PAGE_ROWS = 12,
    DAYS_SHOWN = 4,
    DAYS_AHEAD = 120,
};

typedef struct {
    VisitPage page;
    gint64 series_id; /* drawn at the first attempt to save */
    ChoiceOption every[2];
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
    return parse_days(page_text(&state->page.fields, ROW_DAYS));
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
    if (edit_draft_is_offered(&state->page.draft) || state->page.fields.focus != ROW_DAYS ||
        event->type != EVENT_KEY || event->key < '1' || event->key > '0' + WEEKDAYS)
        return FALSE;
    guint days = days_of(state) ^ 1u << (event->key - '1');
    g_autofree char *text = days_text(days);
    edit_page_set_value(&state->page.fields, ROW_DAYS, text);
    page_fault(&state->page.fields, ROW_DAYS, NULL);
    state->page.fresh = FALSE;
    return TRUE;
}

/* "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"; NULL without a day. New. */
static char *rule_of(SeriesEditState *state)
{
    static const char *const CODES[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    guint days = days_of(state);
    GString *rule = g_string_new("FREQ=WEEKLY");
    if (edit_page_chosen_value(&state->page.fields, ROW_EVERY, 1) == 2)
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
    Page *page = &state->page.fields;
    guint days = days_of(state);
    g_autofree char *named = days_text(days);
    g_autofree char *hint = g_strdup_printf("→ %s", named);
    edit_page_hint(page, ROW_DAYS,
                   days != 0 ? hint
                             : _("1 to 7 turn Monday to Sunday on and off; or type mon thu."));
    visit_rows_hint(&state->page);
    visit_page_date_hint(page, ROW_FROM, _("21/11, fri, tomorrow, v48 tue, 2026-11-21."));
    visit_page_date_hint(page, ROW_UNTIL, _("The last day. Empty: until further notice."));
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
    edit_draft_begin(app, &page->draft, &page->fields, "series", page->client_id, 0, NULL);
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
    Date from = visit_page_date(&state->page.fields, ROW_FROM),
         until = visit_page_date(&state->page.fields, ROW_UNTIL);
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
    g_autofree char *until = g_strstrip(g_strdup(page_text(page, ROW_UNTIL)));
    edit_page_clear_faults(page);
    if (days_of(state) == 0)
        page_fault(page, ROW_DAYS, _("Choose at least one weekday with 1 to 7."));
    visit_rows_check(&state->page);
    if (visit_page_date(page, ROW_FROM) == DATE_NONE)
        page_fault(page, ROW_FROM, _("From which day? 21/11, mon, v48."));
    if (until[0] != '\0' && visit_page_date(page, ROW_UNTIL) == DATE_NONE)
        page_fault(page, ROW_UNTIL, _("Until which day? Leave it empty when it is not known."));
}

static void leave_saved(App *app, SeriesEditState *state)
{
    edit_draft_over(app, &state->page.draft);
    app_pop(app);
    app_say(app, STYLE_GOOD,
            _("The series is planned, and its visits are laid out %d weeks ahead."),
            SERIES_WEEKS_AHEAD);
}

static void save(App *app, SeriesEditState *state)
{
    Page *page = &state->page.fields;
    GError *error = NULL;
    g_autoptr(Series) series = g_new0(Series, 1);
    series->id = state->series_id;
    series->client_id = state->page.client_id;
    series->staff_id = visit_page_staff(&state->page);
    series->rrule = rule_of(state);
    series->starts_on = visit_page_date(page, ROW_FROM);
    series->ends_on = visit_page_date(page, ROW_UNTIL);
    series->start = visit_page_start(&state->page);
    series->minutes = visit_page_minutes(&state->page);
    series->mode = visit_page_mode(&state->page);
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

/* What the visits that are laid out at once clash with; "" for nothing. New. */
static char *days_warning(App *app, SeriesEditState *state, GError **error)
{
    g_autofree char *rule = rule_of(state);
    Date today = clock_today(), from = visit_page_date(&state->page.fields, ROW_FROM),
         until = visit_page_date(&state->page.fields, ROW_UNTIL),
         ahead = today + SERIES_WEEKS_AHEAD * WEEKDAYS;
    Visit planned = {.client_id = state->page.client_id,
                     .staff_id = visit_page_staff(&state->page),
                     .start = visit_page_start(&state->page),
                     .minutes = visit_page_minutes(&state->page)};
    g_autoptr(GArray) days = series_days(rule, from, MAX(from, today),
                                         until != DATE_NONE ? MIN(until, ahead) : ahead, error);
    return days != NULL ? visit_days_warning(app_session(app), &planned, days, error) : NULL;
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
    g_autofree char *warning = days_warning(app, state, &error);
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
    g_autofree char *text = days_text(days);
    edit_page_set_value(&state->page.fields, ROW_DAYS, text);
}

static gboolean series_edit_key(App *app, void *data, const Event *event)
{
    SeriesEditState *state = data;
    VisitPage *page = &state->page;
    gboolean done = FALSE, on_days = page->fields.focus == ROW_DAYS;
    gboolean taken = toggle_key(state, event) || visit_page_event(app, page, event, &done);
    if (on_days && (page->fields.focus != ROW_DAYS || done))
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
