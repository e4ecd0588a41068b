/* plan.c: time, length, form and staff of a visit that is planned. */
#include "ui/screens/plan.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "ui/screens/pick.h"
#include "ui/screens/when.h"
#include "ui/screens/words.h"

static char *typed(FormPage *page, int row)
{
    return g_strstrip(g_strdup(form_page_text(page, row)));
}

static void build_forms(PlanRows *rows)
{
    const char *const keys[FORM_COUNT] = {
        [FORM_HOME] = C_("visit form key", "h"),      [FORM_PHONE] = C_("visit form key", "t"),
        [FORM_VIDEO] = C_("visit form key", "v"),     [FORM_WALK] = C_("visit form key", "w"),
        [FORM_ELSEWHERE] = C_("visit form key", "e"),
    };
    for (VisitForm form = 0; form < FORM_COUNT; form++)
        rows->forms[form] =
            (ChoiceOption){g_utf8_get_char(keys[form]), visit_form_name(form), (int)form};
}

static const char *first_staff(App *app, const PlanRows *rows, const ClientRow *client)
{
    const char *name = pick_name(rows->staff, client->support_worker_id);
    if (name[0] == '\0' && session_role(app->session) == ROLE_SUPPORT_WORKER)
        name = pick_name(rows->staff, session_staff_id(app->session));
    return name;
}

gboolean plan_rows_build(App *app, PlanRows *rows, FormPage *page, const ClientRow *client,
                         GError **error)
{
    rows->staff = pick_staff(app->session, error);
    if (rows->staff == NULL)
        return FALSE;
    build_forms(rows);
    rows->time = form_page_field(page, _("Time"), _("When it begins: 10, 8:30, 0830."), "", FALSE);
    rows->length = form_page_field(page, _("Length"), NULL, "60", FALSE);
    rows->form = form_page_choice(page, _("Form"), NULL, rows->forms, FORM_COUNT, FORM_HOME);
    rows->who = form_page_field(page, _("Staff"), NULL, first_staff(app, rows, client), FALSE);
    return TRUE;
}

void plan_rows_clear(PlanRows *rows)
{
    g_clear_pointer(&rows->staff, g_ptr_array_unref);
}

int plan_start(const PlanRows *rows, FormPage *page)
{
    g_autofree char *text = typed(page, rows->time);
    return time_parse(text);
}

int plan_minutes(const PlanRows *rows, FormPage *page)
{
    int minutes = 0;
    when_parse_length(form_page_text(page, rows->length), &minutes);
    return minutes;
}

VisitForm plan_form(const PlanRows *rows, FormPage *page)
{
    return (VisitForm)edit_page_chosen_value(page, rows->form, FORM_HOME);
}

gint64 plan_staff(const PlanRows *rows, FormPage *page)
{
    const PickOption *who = pick_match(rows->staff, form_page_text(page, rows->who));
    return who != NULL ? who->value : 0;
}

void plan_rows_check(const PlanRows *rows, FormPage *page)
{
    g_autofree char *who = typed(page, rows->who);
    if (plan_start(rows, page) < 0)
        form_page_fault(page, rows->time, _("Write the time as 10, 8:30 or 0830."));
    if (plan_minutes(rows, page) == 0)
        form_page_fault(page, rows->length,
                        _("Write the length in minutes, such as 60, or as 1:30."));
    if (who[0] != '\0' && plan_staff(rows, page) == 0)
        form_page_fault(page, rows->who,
                        _("Nobody, or more than one, has that name. Type more of it, or leave it "
                          "empty."));
}

static void hint_length(const PlanRows *rows, FormPage *page)
{
    int minutes = plan_minutes(rows, page);
    g_autofree char *hint =
        minutes > 0
            ? g_strdup_printf(ngettext("→ %d minute", "→ %d minutes", (gulong)minutes), minutes)
            : NULL;
    edit_page_hint(page, rows->length, hint != NULL ? hint : _("Minutes, or hours as 1:30."));
}

void plan_rows_hint(const PlanRows *rows, FormPage *page)
{
    g_autofree char *who = typed(page, rows->who);
    g_autofree char *meant = pick_hint(rows->staff, who);
    int start = plan_start(rows, page);
    char time[TIME_SIZE];
    g_autofree char *at = start >= 0 ? g_strdup_printf("→ %s", time_format(start, time)) : NULL;
    edit_page_hint(page, rows->time, at != NULL ? at : _("When it begins: 10, 8:30, 0830."));
    hint_length(rows, page);
    edit_page_hint(page, rows->who,
                   who[0] == '\0'  ? _("Type the beginning of a name or a code. Empty: nobody yet.")
                   : meant != NULL ? meant
                                   : _("Nobody of that name works in the unit."));
}

void plan_row_complete(const PlanRows *rows, FormPage *page, int row)
{
    if (row != rows->who)
        return;
    const PickOption *meant = pick_match(rows->staff, form_page_text(page, row));
    if (meant != NULL)
        edit_page_set_value(page, row, meant->name);
}

static void append_part(GString *text, const char *part)
{
    if (part[0] != '\0')
        g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", part);
}

char *plan_text(const PlanRows *rows, FormPage *page)
{
    GString *text = g_string_new(NULL);
    int start = plan_start(rows, page), minutes = plan_minutes(rows, page);
    if (start >= 0 && minutes > 0) {
        g_autofree char *hours = when_hours(start, minutes);
        append_part(text, hours);
    }
    append_part(text, visit_form_name(plan_form(rows, page)));
    append_part(text, pick_name(rows->staff, plan_staff(rows, page)));
    return g_string_free(text, FALSE);
}

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
