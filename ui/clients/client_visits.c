/* client_visits.c: the visits on a client's card, and the one that the cursor is on in words. */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/unit/cause.h"
#include "care/visit/outcome_words.h"
#include "care/visit/visit_words.h"
#include "ui/clients/client_private.h"
#include "ui/common/read_on.h"
#include "ui/common/shared.h"
#include "ui/common/when.h"
#include "ui/common/words.h"
#include "ui/visits/visit_row.h"

enum {
    GAP = 2,
    DAY_COLUMNS = 16,
    HOURS_COLUMNS = 13,
    DISTANCE_COLUMNS = 20,
    WHAT_LEAST = 20,
    LIST_LEAST = 5,
    DETAIL_LEAST = 3,
    DETAIL_MOST = 6,
};

/* --- one line ----------------------------------------------------------------------------------
 */

static Style what_style(const Visit *visit)
{
    if (outcome_is_missed(visit->outcome.outcome))
        return STYLE_NOTICE;
    return visit->outcome.outcome == OUTCOME_NONE ? STYLE_NORMAL : STYLE_GOOD;
}

static void append_part(GString *text, char *part)
{
    if (part != NULL && part[0] != '\0')
        g_string_append_printf(text, "%s%s", text->len > 0 ? " · " : "", part);
    g_free(part);
}

/* "Cancelled · orkar inte · phone call: accepted · new time mon 2026-11-30". New. */
static char *what_text(const ClientState *state, const Visit *visit)
{
    const VisitOutcome *outcome = &visit->outcome;
    GString *text = g_string_new(NULL);
    if (outcome->outcome == OUTCOME_NONE)
        append_part(text, g_strdup(visit->date < clock_today() ? _("nothing recorded")
                                                               : C_("visit", "planned")));
    else if (!outcome_words_away(outcome)) /* which its cause says */
        append_part(text, g_strdup(outcome_words_name(outcome)));
    if (outcome->cause != NULL)
        append_part(text, g_strdup(cause_name(app_session(state->app), outcome->cause)));
    append_part(text, outcome_words_alternative(outcome, visit));
    if (visit->new_date != DATE_NONE) {
        g_autofree char *day = when_day(visit->new_date);
        append_part(text, g_strdup_printf(_("new time %s"), day));
    }
    if (outcome->outcome == OUTCOME_NONE || outcome->outcome == OUTCOME_DONE) {
        append_part(text,
                    visit->mode == VISIT_MODE_HOME ? NULL : g_strdup(visit_mode_name(visit->mode)));
        append_part(text, visit_words_staff(visit));
    }
    return g_string_free(text, FALSE);
}

void client_draw_visit(void *data, gconstpointer item, Area line, gboolean selected)
{
    const ClientState *state = data;
    const Visit *visit = item;
    Style plain = selected ? STYLE_SELECTED : STYLE_NORMAL;
    g_autofree char *day = when_day(visit->date);
    g_autofree char *hours = visit_words_hours(visit->start, visit->minutes);
    g_autofree char *distance = words_distance(visit->date, clock_today());
    g_autofree char *what = what_text(state, visit);
    int at = DAY_COLUMNS + HOURS_COLUMNS;
    draw_cell(line, 0, 0, DAY_COLUMNS - 1, plain, FALSE, day);
    draw_cell(line, 0, DAY_COLUMNS, HOURS_COLUMNS - 1, plain, FALSE, hours);
    if (line.columns - at - DISTANCE_COLUMNS >= WHAT_LEAST) {
        draw_cell(line, 0, at, DISTANCE_COLUMNS - 1, selected ? STYLE_SELECTED : STYLE_QUIET, FALSE,
                  distance);
        at += DISTANCE_COLUMNS;
    }
    draw_cell(line, 0, at, line.columns - at, selected ? STYLE_SELECTED : what_style(visit), FALSE,
              what);
}

static void draw_visits_heading(const ClientState *state, Area line)
{
    g_autofree char *coming = g_strdup_printf(
        ngettext("%d coming", "%d coming", (gulong)state->coming), (int)state->coming);
    g_autofree char *past =
        g_strdup_printf(ngettext("%d past", "%d past", (gulong)state->past), (int)state->past);
    int at = draw_text(line, 0, 0, STYLE_HEADING, C_("client", "Visits")) + GAP;
    draw_format(line, 0, at, STYLE_QUIET, "%s, %s", coming, past);
}

/* New. */
static char *empty_visits(App *app)
{
    char series[KEY_NAME_SIZE], visit[KEY_NAME_SIZE];
    if (!access_allows(app_session(app), PERMIT_VISIT_RECORD) &&
        !access_allows(app_session(app), PERMIT_CLIENT_EDIT))
        return g_strdup(_("No visits yet."));
    return g_strdup_printf(_("No visits yet. %s plans visits that recur, %s a single one."),
                           shared_key(app, ACTION_NEW_SERIES, series),
                           shared_key(app, ACTION_NEW_VISIT, visit));
}

static void draw_visit_detail(const ClientState *state, const Visit *visit, Area area)
{
    const VisitOutcome *outcome = &visit->outcome;
    g_autoptr(Detail) detail = detail_new();
    detail_add(detail, C_("visit", "Planned"), words_planned(visit));
    detail_add(detail, _("Two go"), visit_second_text(state->app, visit));
    detail_add(detail, _("Objection"), g_strdup(visit->disputed));
    detail_add(detail, C_("visit", "Outcome"), outcome_words(outcome));
    detail_add(detail, C_("visit", "Cause"), outcome_words_cause(app_session(state->app), outcome));
    detail_add(detail, C_("visit", "Own words"),
               outcome->words != NULL ? g_strdup_printf(_("“%s”"), outcome->words) : NULL);
    detail_add(detail, C_("visit", "Instead"), outcome_words_alternative(outcome, visit));
    detail_add(detail, C_("visit", "New time"), outcome_words_new_time(visit));
    detail_add(detail, C_("visit", "Note"), g_strdup(outcome->note));
    read_on_detail(state->app, detail, area);
}

/* Where the list and the visit in words lie: the same whatever the cursor is on. */
static void split(Area area, Area *list, Area *detail)
{
    int rows = MIN(area.rows - LIST_LEAST - 1, DETAIL_MOST);
    *list = rows >= DETAIL_LEAST ? area_rows(area, 0, area.rows - rows - 1) : area;
    *detail = area_rows(area, rows >= DETAIL_LEAST ? list->rows + 1 : area.rows, -1);
    if (rows >= DETAIL_LEAST)
        draw_rule(area, list->rows);
}

void client_draw_visits(App *app, ClientState *state, Area area)
{
    const Visit *visit = list_selected(state->visits);
    Area list, detail;
    g_autofree char *empty = empty_visits(app);
    draw_visits_heading(state, area_rows(area, 0, 1));
    if (visit == NULL) {
        list_draw(state->visits, area_rows(area, 1, -1), TRUE, empty);
        return;
    }
    split(area_rows(area, 1, -1), &list, &detail);
    draw_visit_detail(state, visit, detail);
    list_draw(state->visits, list, TRUE, empty);
}
