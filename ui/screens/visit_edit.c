/* visit_edit.c: plans a single visit for a client. Beside the page stands what the day has already.
 */
#include "base/clock.h"
#include "base/i18n.h"
#include "ui/screens/edit.h"
#include "ui/screens/pick.h"
#include "ui/screens/plan.h"
#include "ui/screens/screens.h"
#include "ui/screens/when.h"
#include "ui/screens/words.h"

#include <string.h>

enum {
    ROW_DATE, /* first; the others are PlanRows' */
    PAGE_ROWS = 10,
    WIDEST = 80,
    DAY_MOST = 12, /* visits of a day that are looked at */
};

typedef struct {
    gint64 client_id, visit_id; /* the id is drawn at the first attempt to save */
    ClientRow *client;
    FormPage page;
    PlanRows rows;
    EditDraft draft;
    gboolean fresh;    /* the focus has come to its row just now */
    gint64 no_version; /* a visit that is new */
    /* What the client and the staff have that day, read when either changes. */
    Date day;
    gint64 day_staff;
    GPtrArray *client_day, *staff_day; /* Visit *; may be NULL */
} VisitEditState;

/* --- the day -----------------------------------------------------------------------------------
 */

static GPtrArray *visits_of_day(App *app, Date day, gint64 client_id, gint64 staff_id)
{
    VisitQuery query = {.from = day,
                        .to = day,
                        .client_id = client_id,
                        .staff_id = staff_id,
                        .outcome = OUTCOME_NONE};
    return visit_list(app->session, &query, NULL, DAY_MOST, NULL);
}

static void look_at_day(App *app, VisitEditState *state)
{
    Date day = plan_date(&state->page, ROW_DATE);
    gint64 staff = plan_staff(&state->rows, &state->page);
    if (day == state->day && staff == state->day_staff)
        return;
    g_clear_pointer(&state->client_day, g_ptr_array_unref);
    g_clear_pointer(&state->staff_day, g_ptr_array_unref);
    state->day = day;
    state->day_staff = staff;
    if (day == DATE_NONE)
        return;
    state->client_day = visits_of_day(app, day, state->client_id, 0);
    if (staff != 0)
        state->staff_day = visits_of_day(app, day, 0, staff);
}

static void refresh(App *app, VisitEditState *state)
{
    plan_date_hint(&state->page, ROW_DATE, _("21/11, fri, tomorrow, v48 tue, 2026-11-21."));
    plan_rows_hint(&state->rows, &state->page);
    look_at_day(app, state);
}

/* --- drawing -----------------------------------------------------------------------------------
 */

static gboolean overlaps(const Visit *visit, int start, int minutes)
{
    return start >= 0 && visit->start < start + minutes && start < visit->start + visit->minutes;
}

/* The day's visits on one line, those at the same time in words. Returns the rows. */
static int draw_day(VisitEditState *state, Area area, int row, const char *who,
                    const GPtrArray *visits, gboolean names)
{
    int start = plan_start(&state->rows, &state->page);
    int minutes = plan_minutes(&state->rows, &state->page), clash = 0;
    GString *text = g_string_new(NULL);
    if (visits == NULL)
        return 0;
    g_string_append_printf(text, _("%s has that day: "), who);
    for (guint i = 0; i < visits->len; i++) {
        const Visit *visit = visits->pdata[i];
        g_autofree char *hours = when_hours(visit->start, visit->minutes);
        g_string_append_printf(text, "%s%s%s%s", i > 0 ? ", " : "", hours, names ? " " : "",
                               names ? visit->client_name : "");
        clash += overlaps(visit, start, minutes);
    }
    if (visits->len == 0)
        g_string_append(text, _("nothing planned"));
    int rows = draw_paragraph(area, row, 0, area.columns, STYLE_NORMAL, text->str);
    g_string_free(text, TRUE);
    if (clash > 0)
        rows += draw_paragraph(area, row + rows, 0, area.columns, STYLE_NOTICE,
                               _("Some of it is at the same time. It can be saved all the same."));
    return rows;
}

static void draw_summary(VisitEditState *state, Area area)
{
    Date date = plan_date(&state->page, ROW_DATE);
    g_autofree char *plan = plan_text(&state->rows, &state->page);
    g_autofree char *day = date != DATE_NONE ? words_day(date) : g_strdup(_("no day yet"));
    g_autofree char *all = g_strdup_printf("%s, %s", day, plan);
    int row = draw_paragraph(area, 0, 0, area.columns, STYLE_STRONG, all);
    row += draw_day(state, area, row + 1, state->client->name, state->client_day, FALSE) + 1;
    draw_day(state, area, row, pick_name(state->rows.staff, state->day_staff), state->staff_day,
             TRUE);
}

static void visit_edit_draw(App *app, void *data, Area area)
{
    (void)app;
    VisitEditState *state = data;
    Area page = area_columns(area, 0, WIDEST);
    g_autofree char *whom = g_strdup_printf(_("A visit to %s"), state->client->name);
    draw_text(page, 0, 0, STYLE_HEADING, whom);
    if (edit_draft_is_offered(&state->draft)) {
        edit_draft_draw(&state->draft, area_rows(page, 1, -1));
        return;
    }
    int rows = MIN(PAGE_ROWS, page.rows - 8);
    form_page_draw(&state->page, area_rows(page, 2, rows));
    draw_rule(page, rows + 2);
    draw_summary(state, area_rows(page, rows + 3, -1));
}

/* --- saving ------------------------------------------------------------------------------------
 */

static void leave_saved(App *app, VisitEditState *state, Date date, int start)
{
    char time[TIME_SIZE];
    g_autofree char *day = words_day(date);
    g_autofree char *name = g_strdup(state->client->name);
    edit_draft_over(app, &state->draft);
    app_pop(app);
    app_say(app, STYLE_GOOD, _("A visit to %s is planned: %s, %s."), name, day,
            time_format(start, time));
}

void visit_edit_finish(App *app, void *data)
{
    VisitEditState *state = data;
    FormPage *page = &state->page;
    if (edit_draft_must_answer(app, &state->draft))
        return;
    edit_page_clear_faults(page);
    if (plan_date(page, ROW_DATE) == DATE_NONE)
        form_page_fault(page, ROW_DATE, _("Which day? 21/11, fri, tomorrow, v48 tue."));
    plan_rows_check(&state->rows, page);
    if (edit_page_to_fault(page)) {
        app_say(app, STYLE_NOTICE, "%s", _("Look at the marked row."));
        return;
    }
    GError *error = NULL;
    g_autoptr(Visit) visit = visit_new();
    visit->id = state->visit_id;
    visit->client_id = state->client_id;
    visit->staff_id = plan_staff(&state->rows, page);
    visit->date = plan_date(page, ROW_DATE);
    visit->start = plan_start(&state->rows, page);
    visit->minutes = plan_minutes(&state->rows, page);
    visit->form = plan_form(&state->rows, page);
    gboolean added = visit_add(app->session, visit, &error);
    state->visit_id = visit->id;
    if (added)
        leave_saved(app, state, visit->date, visit->start);
    else
        app_error(app, error);
}

/* --- the screen --------------------------------------------------------------------------------
 */

static gboolean visit_edit_enter(App *app, void *data, const void *argument, GError **error)
{
    VisitEditState *state = data;
    state->client_id = *(const gint64 *)argument;
    state->day = DATE_NONE;
    form_page_init(&state->page);
    state->client = client_glance(app->session, state->client_id, error);
    if (state->client == NULL)
        return FALSE;
    form_page_field(&state->page, _("Day"), NULL, "", FALSE);
    if (!plan_rows_build(app, &state->rows, &state->page, state->client, error))
        return FALSE;
    edit_draft_begin(app, &state->draft, &state->page, "visit", state->client_id, 0, NULL);
    refresh(app, state);
    return TRUE;
}

static void visit_edit_leave(App *app, void *data)
{
    (void)app;
    VisitEditState *state = data;
    client_row_free(state->client);
    form_page_clear(&state->page);
    plan_rows_clear(&state->rows);
    edit_draft_clear(&state->draft);
    g_clear_pointer(&state->client_day, g_ptr_array_unref);
    g_clear_pointer(&state->staff_day, g_ptr_array_unref);
}

static gboolean visit_edit_key(App *app, void *data, const Event *event)
{
    VisitEditState *state = data;
    gboolean done = FALSE, taken;
    if (edit_draft_is_offered(&state->draft)) {
        taken = edit_draft_event(app, &state->draft, &state->page, event, &state->no_version);
        refresh(app, state);
        return taken;
    }
    int row = state->page.focus;
    if (state->fresh)
        edit_page_replace(&state->page, event);
    taken = form_page_event(&state->page, event, &done);
    if (taken)
        form_page_fault(&state->page, row, NULL);
    state->fresh = state->page.focus != row;
    if (state->fresh || done)
        plan_row_complete(&state->rows, &state->page, row);
    refresh(app, state);
    if (done)
        visit_edit_finish(app, state);
    return taken;
}

static void visit_edit_save(App *app, void *data)
{
    VisitEditState *state = data;
    edit_draft_save(app, &state->draft, &state->page, 0);
}

const Screen screen_visit_edit = {
    .name = "visit-edit",
    .where = IN_EDIT,
    .title = N_("New visit"),
    .state_size = sizeof(VisitEditState),
    .enter = visit_edit_enter,
    .draw = visit_edit_draw,
    .key = visit_edit_key,
    .save = visit_edit_save,
    .leave = visit_edit_leave,
};

/* From Today and from the card: for the client that the cursor is on. */
void on_new_visit(App *app, void *data)
{
    const Screen *screen = app_top(app);
    gint64 id = screen->client_id != NULL ? screen->client_id(app, data) : 0;
    if (id != 0)
        app_push(app, &screen_visit_edit, &id);
    else if (app_switch(app, &screen_clients, NULL))
        app_say(app, STYLE_NOTICE, "%s",
                _("Whom is the visit for? Find the client, open the card with Enter, and press n."));
}
