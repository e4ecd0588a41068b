/* visit_detail.c: a visit in some lines of words, beside or below the list it stands in. */
#include "base/i18n.h"
#include "base/text.h"
#include "care/cause.h"
#include "ui/screens/visit_row.h"
#include "ui/screens/words.h"

enum {
    WIDE_COLUMNS = 104,  /* from here on the detail lies beside the list */
    DETAIL_PERCENT = 30, /* of the width */
    DETAIL_LEAST = 38,
    DETAIL_ROWS = 6, /* below the list */
    LIST_LEAST = 5,
    LABEL_GAP = 2,
};

static void draw_ruler(Area area, int column)
{
    for (int row = 0; row < area.rows; row++)
        draw_text(area, row, column, STYLE_QUIET, "│");
}

void visit_detail_split(Area area, Area *list, Area *detail)
{
    if (area.columns >= WIDE_COLUMNS) {
        int width = MAX(area.columns * DETAIL_PERCENT / 100, DETAIL_LEAST);
        *list = area_columns(area, 0, area.columns - width - 3);
        *detail = area_columns(area, area.columns - width, -1);
        draw_ruler(area, area.columns - width - 2);
        return;
    }
    int rows = CLAMP(area.rows - LIST_LEAST - 1, 0, DETAIL_ROWS);
    *list = rows > 0 ? area_rows(area, 0, area.rows - rows - 1) : area;
    *detail = area_rows(area, area.rows - rows, -1);
    if (rows > 0)
        draw_rule(area, area.rows - rows - 1);
}

typedef struct {
    const char *label;
    char *text; /* owned */
} Line;

static void line_clear(gpointer data)
{
    g_free(((Line *)data)->text);
}

/* Takes `text`, which may be NULL. */
static void add(GArray *lines, const char *label, char *text)
{
    Line line = {label, text};
    if (text != NULL && text[0] != '\0')
        g_array_append_val(lines, line);
    else
        g_free(text);
}

static char *phone_text(const Visit *visit)
{
    if (visit->client_protection != PROTECTION_NONE)
        return g_strdup(_("on the card (protected)"));
    return g_strdup(visit->client_phone != NULL ? visit->client_phone : "–");
}

static char *cause_text(App *app, const VisitOutcome *outcome)
{
    if (outcome->cause == NULL)
        return NULL;
    g_autoptr(GString) text = g_string_new(cause_name(app->session, outcome->cause));
    if (outcome->cause_further != NULL)
        g_string_append_printf(text, ", %s", cause_name(app->session, outcome->cause_further));
    if (outcome->source != SOURCE_NONE)
        g_string_append_printf(text, " (%s)", cause_source_name(outcome->source));
    return g_strdup(text->str);
}

/* Beside the list, whose lines are long enough, length and person are not said twice: what changes
 * at every step of the cursor is what goes over a slow line. */
static char *plan_text(const Visit *visit, gboolean beside)
{
    if (!beside)
        return words_plan(visit);
    return visit->form != FORM_HOME ? g_strdup(visit_form_name(visit->form)) : NULL;
}

static GArray *detail_lines(App *app, const Visit *visit, gboolean beside)
{
    const VisitOutcome *outcome = &visit->outcome;
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(Line));
    g_array_set_clear_func(lines, line_clear);
    add(lines, C_("visit", "Phone"), phone_text(visit));
    add(lines, C_("visit", "Outcome"), words_outcome(outcome));
    add(lines, C_("visit", "Cause"), cause_text(app, outcome));
    if (outcome->words != NULL)
        add(lines, C_("visit", "Own words"), g_strdup_printf(_("“%s”"), outcome->words));
    add(lines, C_("visit", "Instead"), words_alternative(outcome, visit->alternative_outcome));
    add(lines, C_("visit", "New time"), words_new_time(visit));
    add(lines, C_("visit", "Planned"), plan_text(visit, beside));
    add(lines, C_("visit", "Note"), g_strdup(outcome->note));
    return lines;
}

/* "Anna Berg (protected population registration), 34 years". */
static char *person_text(const Visit *visit)
{
    g_autoptr(GString) text = g_string_new(visit->client_name);
    if (visit->client_protection != PROTECTION_NONE)
        g_string_append_printf(text, " (%s)", protection_name(visit->client_protection));
    if (visit->client_birth != DATE_NONE) {
        int age = date_age(visit->client_birth, visit->date);
        g_string_append(text, ", ");
        g_string_append_printf(text, ngettext("%d year", "%d years", (gulong)age), age);
    }
    return g_strdup(text->str);
}

void visit_detail_draw(App *app, const Visit *visit, Area area)
{
    if (visit == NULL || area.rows <= 0)
        return;
    g_autofree char *person = person_text(visit);
    int row = draw_paragraph(area, 0, 0, area.columns, STYLE_STRONG, person), label_columns = 0;
    g_autoptr(GArray) lines = detail_lines(app, visit, area.rows > DETAIL_ROWS);
    for (guint i = 0; i < lines->len; i++)
        label_columns = MAX(label_columns, text_width(g_array_index(lines, Line, i).label));
    int left = label_columns + LABEL_GAP;
    for (guint i = 0; i < lines->len && row < area.rows; i++) {
        const Line *line = &g_array_index(lines, Line, i);
        draw_text(area, row, 0, STYLE_QUIET, line->label);
        row += draw_paragraph(area, row, left, area.columns - left, STYLE_NORMAL, line->text);
    }
}
