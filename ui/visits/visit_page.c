/* visit_page.c: the page on which visits are planned: time, length, mode and staff. */
#include "ui/visits/visit_page.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/pick.h"
#include "care/visit/visit_typed.h"
#include "care/visit/visit_words.h"
#include "ui/common/words.h"

enum {
    WIDEST = 80,
    ROWS_BESIDE = 8, /* heading, rule and what stands below it */
};

/* --- the four rows -----------------------------------------------------------------------------
 */

static char *typed(Page *fields, int row)
{
    return g_strstrip(g_strdup(page_text(fields, row)));
}

static void build_modes(VisitPage *page)
{
    const char *const keys[VISIT_MODE_COUNT] = {
        [VISIT_MODE_HOME] = C_("visit form key", "h"),
        [VISIT_MODE_PHONE] = C_("visit form key", "t"),
        [VISIT_MODE_VIDEO] = C_("visit form key", "v"),
        [VISIT_MODE_WALK] = C_("visit form key", "w"),
        [VISIT_MODE_ELSEWHERE] = C_("visit form key", "e"),
    };
    for (VisitMode mode = 0; mode < VISIT_MODE_COUNT; mode++)
        page->modes[mode] =
            (ChoiceOption){g_utf8_get_char(keys[mode]), visit_mode_name(mode), (int)mode};
}

gboolean visit_rows_build(App *app, VisitPage *page, GError **error)
{
    Page *fields = &page->fields;
    page->staff = pick_staff(app_session(app), error);
    if (page->staff == NULL)
        return FALSE;
    build_modes(page);
    page->time = page_field(fields, _("Time"), _("When it begins: 10, 8:30, 0830."), "", FALSE);
    page->length = page_field(fields, _("Length"), NULL, "60", FALSE);
    page->mode = page_choice(fields, C_("visit", "Form"), NULL, page->modes, VISIT_MODE_COUNT,
                             VISIT_MODE_HOME);
    page->who = page_field(
        fields, _("Staff"), NULL,
        visit_typed_first_staff(app_session(app), page->staff, page->client->support_worker_id),
        FALSE);
    return TRUE;
}

int visit_page_start(VisitPage *page)
{
    return visit_typed_start(page_text(&page->fields, page->time));
}

int visit_page_minutes(VisitPage *page)
{
    return visit_typed_minutes(page_text(&page->fields, page->length));
}

VisitMode visit_page_mode(VisitPage *page)
{
    return (VisitMode)edit_page_chosen_value(&page->fields, page->mode, VISIT_MODE_HOME);
}

gint64 visit_page_staff(VisitPage *page)
{
    const PickOption *who = pick_match(page->staff, page_text(&page->fields, page->who));
    return who != NULL ? who->value : 0;
}

void visit_rows_check(VisitPage *page)
{
    for (int row = 0; row < TIME_ROW_COUNT; row++) {
        g_autofree char *text = edit_page_value(&page->fields, page->time + row);
        page_fault(&page->fields, page->time + row, visit_typed_time_fault(row, text, page->staff));
    }
}

static void hint_length(VisitPage *page)
{
    int minutes = visit_page_minutes(page);
    g_autofree char *hint =
        minutes > 0
            ? g_strdup_printf(ngettext("→ %d minute", "→ %d minutes", (gulong)minutes), minutes)
            : NULL;
    edit_page_hint(&page->fields, page->length,
                   hint != NULL ? hint : _("Minutes, or hours as 1:30."));
}

void visit_rows_hint(VisitPage *page)
{
    Page *fields = &page->fields;
    g_autofree char *who = typed(fields, page->who);
    g_autofree char *meant = pick_hint(page->staff, who);
    int start = visit_page_start(page);
    char time[TIME_SIZE];
    g_autofree char *at = start >= 0 ? g_strdup_printf("→ %s", time_format(start, time)) : NULL;
    edit_page_hint(fields, page->time, at != NULL ? at : _("When it begins: 10, 8:30, 0830."));
    hint_length(page);
    edit_page_hint(fields, page->who,
                   who[0] == '\0'  ? _("Type the beginning of a name or a code. Empty: nobody yet.")
                   : meant != NULL ? meant
                                   : _("Nobody of that name works in the unit."));
}

static void complete_row(VisitPage *page, int row)
{
    if (row != page->who)
        return;
    const PickOption *meant = pick_match(page->staff, page_text(&page->fields, row));
    if (meant != NULL)
        edit_page_set_value(&page->fields, row, meant->name);
}

static void append_part(GString *text, const char *part)
{
    if (part[0] != '\0')
        g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", part);
}

char *visit_page_text(VisitPage *page)
{
    GString *text = g_string_new(NULL);
    int start = visit_page_start(page), minutes = visit_page_minutes(page);
    if (start >= 0 && minutes > 0) {
        g_autofree char *hours = visit_words_hours(start, minutes);
        append_part(text, hours);
    }
    append_part(text, visit_mode_name(visit_page_mode(page)));
    append_part(text, pick_name(page->staff, visit_page_staff(page)));
    return g_string_free(text, FALSE);
}

void visit_page_ask(App *app, const char *warning, DialogAnswer *answer)
{
    g_autofree char *question = g_strdup_printf("%s %s", warning, _("Save it all the same?"));
    dialog_ask(app, question, answer, NULL);
}

/* --- dates -------------------------------------------------------------------------------------
 */

Date visit_page_date(Page *fields, int row)
{
    return visit_typed_day(page_text(fields, row));
}

void visit_page_date_hint(Page *fields, int row, const char *empty)
{
    g_autofree char *text = typed(fields, row);
    Date date = visit_page_date(fields, row), today = clock_today();
    if (text[0] == '\0' || date == DATE_NONE) {
        edit_page_hint(fields, row,
                       text[0] == '\0' ? empty
                                       : _("Not understood yet: 21/11, fri, tomorrow, v48 tue, "
                                           "2026-11-21."));
        return;
    }
    g_autofree char *day = words_day(date);
    g_autofree char *distance = words_distance(date, today);
    g_autofree char *hint = g_strdup_printf("→ %s (%s)", day, distance);
    edit_page_hint(fields, row, hint);
}

/* --- the page ----------------------------------------------------------------------------------
 */

gboolean visit_page_init(App *app, VisitPage *page, gint64 client_id, GError **error)
{
    page->client_id = client_id;
    page_init(&page->fields);
    page->client = client_glance(app_session(app), client_id, error);
    return page->client != NULL;
}

void visit_page_clear(VisitPage *page)
{
    client_row_free(page->client);
    page_clear(&page->fields);
    g_clear_pointer(&page->staff, g_ptr_array_unref);
    edit_draft_clear(&page->draft);
}

gboolean visit_page_event(App *app, VisitPage *page, const Event *event, gboolean *done)
{
    Page *fields = &page->fields;
    int row = fields->focus;
    gint64 no_version = 0;
    *done = FALSE;
    if (edit_draft_is_offered(&page->draft))
        return edit_draft_event(app, &page->draft, fields, event, &no_version);
    if (page->fresh)
        edit_page_replace(fields, event);
    gboolean taken = page_event(fields, event, done);
    if (taken)
        page_fault(fields, row, NULL);
    page->fresh = fields->focus != row;
    if (page->fresh || *done)
        complete_row(page, row);
    return taken;
}

void visit_page_save(App *app, VisitPage *page)
{
    edit_draft_save(app, &page->draft, &page->fields, 0);
}

gboolean visit_page_draw(VisitPage *page, Area area, const char *heading, int rows, Area *summary)
{
    Area inner = area_columns(area, 0, WIDEST);
    draw_text(inner, 0, 0, STYLE_HEADING, heading);
    if (edit_draft_is_offered(&page->draft)) {
        edit_draft_draw(&page->draft, area_rows(inner, 1, -1));
        return FALSE;
    }
    rows = MIN(rows, inner.rows - ROWS_BESIDE);
    page_draw(&page->fields, area_rows(inner, 2, rows));
    draw_rule(inner, rows + 2);
    *summary = area_rows(inner, rows + 3, -1);
    return TRUE;
}
