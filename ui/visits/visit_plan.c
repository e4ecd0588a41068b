/* visit_plan.c: the page on which visits are planned: time, length, form and staff. */
#include "ui/visits/visit_plan.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "ui/common/pick.h"
#include "ui/common/when.h"
#include "ui/common/words.h"

enum {
    WIDEST = 80,
    ROWS_BESIDE = 8, /* heading, rule and what stands below it */
};

/* --- the four rows -----------------------------------------------------------------------------
 */

static char *typed(FormPage *page, int row)
{
    return g_strstrip(g_strdup(form_page_text(page, row)));
}

static void build_forms(PlanPage *plan)
{
    const char *const keys[FORM_COUNT] = {
        [FORM_HOME] = C_("visit form key", "h"),      [FORM_PHONE] = C_("visit form key", "t"),
        [FORM_VIDEO] = C_("visit form key", "v"),     [FORM_WALK] = C_("visit form key", "w"),
        [FORM_ELSEWHERE] = C_("visit form key", "e"),
    };
    for (VisitForm form = 0; form < FORM_COUNT; form++)
        plan->forms[form] =
            (ChoiceOption){g_utf8_get_char(keys[form]), visit_form_name(form), (int)form};
}

static const char *first_staff(App *app, const PlanPage *plan)
{
    const char *name = pick_name(plan->staff, plan->client->support_worker_id);
    if (name[0] == '\0' && session_role(app_session(app)) == ROLE_SUPPORT_WORKER)
        name = pick_name(plan->staff, session_staff_id(app_session(app)));
    return name;
}

gboolean plan_rows_build(App *app, PlanPage *plan, GError **error)
{
    FormPage *page = &plan->page;
    plan->staff = pick_staff(app_session(app), error);
    if (plan->staff == NULL)
        return FALSE;
    build_forms(plan);
    plan->time = form_page_field(page, _("Time"), _("When it begins: 10, 8:30, 0830."), "", FALSE);
    plan->length = form_page_field(page, _("Length"), NULL, "60", FALSE);
    plan->form =
        form_page_choice(page, C_("visit", "Form"), NULL, plan->forms, FORM_COUNT, FORM_HOME);
    plan->who = form_page_field(page, _("Staff"), NULL, first_staff(app, plan), FALSE);
    return TRUE;
}

int plan_start(PlanPage *plan)
{
    g_autofree char *text = typed(&plan->page, plan->time);
    return time_parse(text);
}

int plan_minutes(PlanPage *plan)
{
    int minutes = 0;
    when_parse_length(form_page_text(&plan->page, plan->length), &minutes);
    return minutes;
}

VisitForm plan_form(PlanPage *plan)
{
    return (VisitForm)edit_page_chosen_value(&plan->page, plan->form, FORM_HOME);
}

gint64 plan_staff(PlanPage *plan)
{
    const PickOption *who = pick_match(plan->staff, form_page_text(&plan->page, plan->who));
    return who != NULL ? who->value : 0;
}

void plan_rows_check(PlanPage *plan)
{
    FormPage *page = &plan->page;
    g_autofree char *who = typed(page, plan->who);
    if (plan_start(plan) < 0)
        form_page_fault(page, plan->time, _("Write the time as 10, 8:30 or 0830."));
    if (plan_minutes(plan) == 0)
        form_page_fault(page, plan->length,
                        _("Write the length in minutes, such as 60, or as 1:30."));
    if (who[0] != '\0' && plan_staff(plan) == 0)
        form_page_fault(page, plan->who,
                        _("Nobody, or more than one, has that name. Type more of it, or leave it "
                          "empty."));
}

static void hint_length(PlanPage *plan)
{
    int minutes = plan_minutes(plan);
    g_autofree char *hint =
        minutes > 0
            ? g_strdup_printf(ngettext("→ %d minute", "→ %d minutes", (gulong)minutes), minutes)
            : NULL;
    edit_page_hint(&plan->page, plan->length,
                   hint != NULL ? hint : _("Minutes, or hours as 1:30."));
}

void plan_rows_hint(PlanPage *plan)
{
    FormPage *page = &plan->page;
    g_autofree char *who = typed(page, plan->who);
    g_autofree char *meant = pick_hint(plan->staff, who);
    int start = plan_start(plan);
    char time[TIME_SIZE];
    g_autofree char *at = start >= 0 ? g_strdup_printf("→ %s", time_format(start, time)) : NULL;
    edit_page_hint(page, plan->time, at != NULL ? at : _("When it begins: 10, 8:30, 0830."));
    hint_length(plan);
    edit_page_hint(page, plan->who,
                   who[0] == '\0'  ? _("Type the beginning of a name or a code. Empty: nobody yet.")
                   : meant != NULL ? meant
                                   : _("Nobody of that name works in the unit."));
}

static void complete_row(PlanPage *plan, int row)
{
    if (row != plan->who)
        return;
    const PickOption *meant = pick_match(plan->staff, form_page_text(&plan->page, row));
    if (meant != NULL)
        edit_page_set_value(&plan->page, row, meant->name);
}

static void append_part(GString *text, const char *part)
{
    if (part[0] != '\0')
        g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", part);
}

char *plan_text(PlanPage *plan)
{
    GString *text = g_string_new(NULL);
    int start = plan_start(plan), minutes = plan_minutes(plan);
    if (start >= 0 && minutes > 0) {
        g_autofree char *hours = when_hours(start, minutes);
        append_part(text, hours);
    }
    append_part(text, visit_form_name(plan_form(plan)));
    append_part(text, pick_name(plan->staff, plan_staff(plan)));
    return g_string_free(text, FALSE);
}

/* --- dates -------------------------------------------------------------------------------------
 */

Date plan_date(FormPage *page, int row)
{
    g_autofree char *text = typed(page, row);
    return text[0] != '\0' ? date_parse_words(text, clock_today()) : DATE_NONE;
}

void plan_date_hint(FormPage *page, int row, const char *empty)
{
    g_autofree char *text = typed(page, row);
    Date date = plan_date(page, row), today = clock_today();
    if (text[0] == '\0' || date == DATE_NONE) {
        edit_page_hint(page, row,
                       text[0] == '\0' ? empty
                                       : _("Not understood yet: 21/11, fri, tomorrow, v48 tue, "
                                           "2026-11-21."));
        return;
    }
    g_autofree char *day = words_day(date);
    g_autofree char *distance = words_distance(date, today);
    g_autofree char *hint = g_strdup_printf("→ %s (%s)", day, distance);
    edit_page_hint(page, row, hint);
}

/* --- the page ----------------------------------------------------------------------------------
 */

gboolean plan_page_init(App *app, PlanPage *plan, gint64 client_id, GError **error)
{
    plan->client_id = client_id;
    form_page_init(&plan->page);
    plan->client = client_glance(app_session(app), client_id, error);
    return plan->client != NULL;
}

void plan_page_clear(PlanPage *plan)
{
    client_row_free(plan->client);
    form_page_clear(&plan->page);
    g_clear_pointer(&plan->staff, g_ptr_array_unref);
    edit_draft_clear(&plan->draft);
}

gboolean plan_page_event(App *app, PlanPage *plan, const Event *event, gboolean *done)
{
    FormPage *page = &plan->page;
    int row = page->focus;
    gint64 no_version = 0;
    *done = FALSE;
    if (edit_draft_is_offered(&plan->draft))
        return edit_draft_event(app, &plan->draft, page, event, &no_version);
    if (plan->fresh)
        edit_page_replace(page, event);
    gboolean taken = form_page_event(page, event, done);
    if (taken)
        form_page_fault(page, row, NULL);
    plan->fresh = page->focus != row;
    if (plan->fresh || *done)
        complete_row(plan, row);
    return taken;
}

void plan_page_save(App *app, PlanPage *plan)
{
    edit_draft_save(app, &plan->draft, &plan->page, 0);
}

gboolean plan_page_draw(PlanPage *plan, Area area, const char *heading, int rows, Area *summary)
{
    Area page = area_columns(area, 0, WIDEST);
    draw_text(page, 0, 0, STYLE_HEADING, heading);
    if (edit_draft_is_offered(&plan->draft)) {
        edit_draft_draw(&plan->draft, area_rows(page, 1, -1));
        return FALSE;
    }
    rows = MIN(rows, page.rows - ROWS_BESIDE);
    form_page_draw(&plan->page, area_rows(page, 2, rows));
    draw_rule(page, rows + 2);
    *summary = area_rows(page, rows + 3, -1);
    return TRUE;
}
