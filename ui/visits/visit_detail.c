/* visit_detail.c: a visit in some lines of words, beside or below the list it stands in. */
#include "base/i18n.h"
#include "base/text.h"
#include "care/unit/cause.h"
#include "ui/common/words.h"
#include "ui/visits/visit_row.h"

enum {
    DETAIL_ROWS = 6,
    LIST_LEAST = 5,
    LABEL_GAP = 2,
};

void visit_detail_split(Area area, Area *list, Area *detail)
{
    int room = CLAMP(area.rows - LIST_LEAST - 1, 0, DETAIL_ROWS);
    int rows = area.columns < VISIT_ROW_WIDE ? room : 0;
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

static GArray *detail_lines(App *app, const Visit *visit)
{
    const VisitOutcome *outcome = &visit->outcome;
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(Line));
    g_array_set_clear_func(lines, line_clear);
    add(lines, C_("visit", "Phone"), phone_text(visit));
    add(lines, C_("visit", "Outcome"), words_outcome(outcome));
    add(lines, C_("visit", "Cause"), words_cause(app_session(app), outcome));
    if (outcome->words != NULL)
        add(lines, C_("visit", "Own words"), g_strdup_printf(_("“%s”"), outcome->words));
    add(lines, C_("visit", "Instead"), words_alternative(outcome, visit->alternative_outcome));
    add(lines, C_("visit", "New time"), words_new_time(visit));
    add(lines, C_("visit", "Planned"), words_planned(visit));
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

/* So that the texts stand in the same column for every visit. */
static int label_columns(void)
{
    const char *const labels[] = {C_("visit", "Phone"),   C_("visit", "Outcome"),
                                  C_("visit", "Cause"),   C_("visit", "Own words"),
                                  C_("visit", "Instead"), C_("visit", "New time"),
                                  C_("visit", "Planned"), C_("visit", "Note")};
    int widest = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(labels); i++)
        widest = MAX(widest, text_width(labels[i]));
    return widest;
}

void visit_detail_draw(App *app, const Visit *visit, Area area)
{
    if (visit == NULL || area.rows <= 0)
        return;
    g_autofree char *person = person_text(visit);
    int row = draw_paragraph(area, 0, 0, area.columns, STYLE_STRONG, person);
    int left = label_columns() + LABEL_GAP;
    g_autoptr(GArray) lines = detail_lines(app, visit);
    for (guint i = 0; i < lines->len && row < area.rows; i++) {
        const Line *line = &g_array_index(lines, Line, i);
        draw_text(area, row, 0, STYLE_QUIET, line->label);
        row += draw_paragraph(area, row, left, area.columns - left, STYLE_NORMAL, line->text);
    }
}
