/* visit_edit.c: plans a single visit for a client. Beside the page stands what the day has already.
 */
#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/pick.h"
#include "care/visit/visit_add.h"
#include "care/visit/visit_list.h"
#include "care/visit/visit_propose.h"
#include "care/visit/visit_record.h"
#include "care/visit/visit_typed.h"
#include "care/visit/visit_words.h"
#include "ui/common/screens.h"
#include "ui/common/words.h"
#include "ui/visits/visit_page.h"

#include <string.h>

enum {
    PAGE_ROWS = 10,
    DAY_MOST = 12, /* visits of a day that are looked at */
};

typedef struct {
    VisitPage page;
    gint64 visit_id; /* drawn at the first attempt to save */
    /* What the client and the staff have that day, read when either changes. */
    Date day;
    gint64 day_staff;
    GPtrArray *client_day, *staff_day; /* Visit *; may be NULL */
    Visit *instead_of;                 /* NULL: a visit of its own */
    NewTime looked;                    /* the time that `warning` is about */
    char *warning;                     /* visit_time_warning(); NULL: no whole time yet */
} VisitEditState;

/* The time as the page says it; FALSE while it is not whole. */
static gboolean time_of_page(VisitEditState *state, NewTime *time)
{
    *time = (NewTime){.date = visit_page_date(&state->page.fields, VISIT_ROW_DAY),
                      .start = visit_page_start(&state->page),
                      .minutes = visit_page_minutes(&state->page),
                      .mode = visit_page_mode(&state->page),
                      .staff_id = visit_page_staff(&state->page)};
    return time->date != DATE_NONE && time->start >= 0 && time->minutes > 0;
}

/* --- the day -----------------------------------------------------------------------------------
 */

static GPtrArray *visits_of_day(App *app, Date day, gint64 client_id, gint64 staff_id)
{
    VisitQuery query = {.from = day,
                        .to = day,
                        .client_id = client_id,
                        .staff_id = staff_id,
                        .outcome = OUTCOME_NONE};
    return visit_list(app_session(app), &query, NULL, DAY_MOST, NULL);
}

static void look_at_day(App *app, VisitEditState *state)
{
    Date day = visit_page_date(&state->page.fields, VISIT_ROW_DAY);
    gint64 staff = visit_page_staff(&state->page);
    if (day == state->day && staff == state->day_staff)
        return;
    g_clear_pointer(&state->client_day, g_ptr_array_unref);
    g_clear_pointer(&state->staff_day, g_ptr_array_unref);
    state->day = day;
    state->day_staff = staff;
    if (day == DATE_NONE)
        return;
    state->client_day = visits_of_day(app, day, state->page.client_id, 0);
    if (staff != 0)
        state->staff_day = visits_of_day(app, day, 0, staff);
}

/* What speaks against the time, read when the time changes. */
static void look_at_time(App *app, VisitEditState *state)
{
    NewTime time;
    gboolean whole = time_of_page(state, &time);
    const NewTime *looked = &state->looked;
    if (whole && state->warning != NULL && time.date == looked->date &&
        time.start == looked->start && time.minutes == looked->minutes &&
        time.staff_id == looked->staff_id)
        return;
    g_clear_pointer(&state->warning, g_free);
    state->looked = time;
    Visit visit = {.id = state->instead_of != NULL ? state->instead_of->id : 0,
                   .client_id = state->page.client_id};
    if (whole)
        state->warning = visit_time_warning(app_session(app), &visit, &time, NULL);
}

static void refresh(App *app, VisitEditState *state)
{
    visit_page_date_hint(&state->page.fields, VISIT_ROW_DAY,
                         _("21/11, fri, tomorrow, v48 tue, 2026-11-21."));
    visit_rows_hint(&state->page);
    look_at_day(app, state);
    look_at_time(app, state);
}

/* --- drawing -----------------------------------------------------------------------------------
 */

/* The day's visits on one line. Returns the rows. */
static int draw_day(Area area, int row, const char *who, const GPtrArray *visits, gboolean names)
{
    GString *text = g_string_new(NULL);
    if (visits == NULL)
        return 0;
    g_string_append_printf(text, _("%s has that day: "), who);
    for (guint i = 0; i < visits->len; i++) {
        const Visit *visit = visits->pdata[i];
        g_autofree char *hours = visit_words_hours(visit->start, visit->minutes);
        g_string_append_printf(text, "%s%s%s%s", i > 0 ? ", " : "", hours, names ? " " : "",
                               names ? visit->client_name : "");
    }
    if (visits->len == 0)
        g_string_append(text, _("nothing planned"));
    int rows = draw_paragraph(area, row, 0, area.columns, STYLE_NORMAL, text->str);
    g_string_free(text, TRUE);
    return rows;
}

static void draw_summary(VisitEditState *state, Area area)
{
    Date date = visit_page_date(&state->page.fields, VISIT_ROW_DAY);
    g_autofree char *rest = visit_page_text(&state->page);
    g_autofree char *day = date != DATE_NONE ? words_day(date) : g_strdup(_("no day yet"));
    g_autofree char *all = g_strdup_printf("%s, %s", day, rest);
    int row = draw_paragraph(area, 0, 0, area.columns, STYLE_STRONG, all);
    if (state->warning != NULL && state->warning[0] != '\0')
        row += draw_paragraph(area, row, 0, area.columns, STYLE_NOTICE, state->warning);
    row += draw_day(area, row + 1, state->page.client->name, state->client_day, FALSE) + 1;
    draw_day(area, row, pick_name(state->page.staff, state->day_staff), state->staff_day, TRUE);
}

/* Whom it is for, and instead of what. New. */
static char *heading_text(const VisitEditState *state)
{
    const Visit *instead_of = state->instead_of;
    if (instead_of == NULL)
        return g_strdup_printf(_("A visit to %s"), state->page.client->name);
    g_autofree char *when = visit_words_time(instead_of->date, instead_of->start);
    return g_strdup_printf(_("A new time for %s, instead of %s"), state->page.client->name, when);
}

static void visit_edit_draw(App *app, void *data, Area area)
{
    (void)app;
    VisitEditState *state = data;
    Area summary;
    g_autofree char *whom = heading_text(state);
    if (visit_page_draw(&state->page, area, whom, PAGE_ROWS, &summary))
        draw_summary(state, summary);
}

/* --- saving ------------------------------------------------------------------------------------
 */

static void leave_saved(App *app, VisitEditState *state, Date date, int start)
{
    char time[TIME_SIZE];
    g_autofree char *day = words_day(date);
    g_autofree char *name = g_strdup(state->page.client->name);
    gboolean rebooked = state->instead_of != NULL;
    edit_draft_over(app, &state->page.draft);
    app_pop(app);
    app_say(app, STYLE_GOOD,
            rebooked ? _("A new time for %s is planned: %s, %s. The task is done.")
                     : _("A visit to %s is planned: %s, %s."),
            name, day, time_format(start, time));
}

static gboolean save_visit(App *app, VisitEditState *state, const NewTime *time, GError **error)
{
    g_autoptr(Visit) visit = visit_new();
    visit->id = state->visit_id;
    visit->client_id = state->page.client_id;
    visit->staff_id = time->staff_id;
    visit->date = time->date;
    visit->start = time->start;
    visit->minutes = time->minutes;
    visit->mode = time->mode;
    gboolean added = visit_add(app_session(app), visit, error);
    state->visit_id = visit->id;
    return added;
}

static void save(App *app, VisitEditState *state)
{
    GError *error = NULL;
    NewTime time;
    time_of_page(state, &time);
    if (state->instead_of != NULL ? visit_rebook(app_session(app), state->instead_of, &time, &error)
                                  : save_visit(app, state, &time, &error))
        leave_saved(app, state, time.date, time.start);
    else
        app_error(app, error);
}

static void save_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text, (void)data;
    if (yes)
        save(app, app_top_state(app));
}

static void visit_edit_finish(App *app, void *data)
{
    VisitEditState *state = data;
    Page *page = &state->page.fields;
    if (edit_draft_must_answer(app, &state->page.draft))
        return;
    edit_page_clear_faults(page);
    page_fault(page, VISIT_ROW_DAY, visit_typed_day_fault(page_text(page, VISIT_ROW_DAY)));
    visit_rows_check(&state->page);
    if (edit_page_must_mend(app, page))
        return;
    look_at_time(app, state);
    if (state->warning != NULL && state->warning[0] != '\0')
        visit_page_ask(app, state->warning, save_answered);
    else
        save(app, state);
}

/* --- the screen --------------------------------------------------------------------------------
 */

static gboolean fill(App *app, VisitEditState *state, GError **error)
{
    VisitPage *page = &state->page;
    const char *staff = page_text(&page->fields, page->who);
    g_auto(GStrv) rows =
        visit_typed_rows(app_session(app), page->staff, staff, state->instead_of, error);
    for (int row = 0; rows != NULL && row < VISIT_ROW_COUNT; row++)
        edit_page_set_value(&page->fields, row, rows[row]);
    return rows != NULL;
}

static gboolean visit_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    VisitEditState *state = data;
    VisitPage *page = &state->page;
    const VisitEditArgument *asked = argument;
    gboolean new_time = asked->instead_of != 0;
    state->day = DATE_NONE;
    if (!visit_page_init(app, page, asked->client_id, error))
        return FALSE;
    page_field(&page->fields, _("Day"), NULL, "", FALSE);
    if (!visit_rows_build(app, page, error))
        return FALSE;
    if (new_time &&
        (state->instead_of = visit_get(app_session(app), asked->instead_of, error)) == NULL)
        return FALSE;
    if (!fill(app, state, error))
        return FALSE;
    edit_draft_begin(app, &page->draft, &page->fields, new_time ? DRAFT_NEW_TIME : DRAFT_VISIT,
                     new_time ? asked->instead_of : page->client_id, 0, NULL);
    refresh(app, state);
    return TRUE;
}

static void visit_edit_leave(App *app, void *data)
{
    (void)app;
    VisitEditState *state = data;
    visit_page_clear(&state->page);
    visit_free(state->instead_of);
    g_free(state->warning);
    g_clear_pointer(&state->client_day, g_ptr_array_unref);
    g_clear_pointer(&state->staff_day, g_ptr_array_unref);
}

static gboolean visit_edit_key(App *app, void *data, const Event *event)
{
    VisitEditState *state = data;
    gboolean done, taken = visit_page_event(app, &state->page, event, &done);
    refresh(app, state);
    if (done)
        visit_edit_finish(app, state);
    return taken;
}

static void visit_edit_save(App *app, void *data)
{
    VisitEditState *state = data;
    visit_page_save(app, &state->page);
}

static gboolean visit_edit_unsaved(App *app, const void *data)
{
    VisitPage *page = &((VisitEditState *)data)->page;
    (void)app;
    return edit_draft_is_unsaved(&page->draft, &page->fields, 0);
}

const Screen screen_visit_edit = {
    .name = "visit-edit",
    .place = IN_EDIT,
    .title = N_("New visit"),
    .state_size = sizeof(VisitEditState),
    .enter = visit_edit_enter,
    .draw = visit_edit_draw,
    .key = visit_edit_key,
    .finish = visit_edit_finish,
    .save = visit_edit_save,
    .unsaved = visit_edit_unsaved,
    .leave = visit_edit_leave,
};

/* From Today and from the card: for the client that the cursor is on. */
void on_new_visit(App *app, void *data)
{
    (void)data;
    gint64 id = app_subject(app).client_id;
    if (id != 0)
        app_open(app, SCREEN_VISIT_EDIT, &(VisitEditArgument){.client_id = id});
    else if (app_switch(app, SCREEN_CLIENTS, NULL))
        app_say(
            app, STYLE_NOTICE, "%s",
            _("Whom is the visit for? Find the client, open the card with Enter, and press n."));
}
