/* placement_rows.c: a placement's details as rows of text, and back. */
#include "care/placement/placement_rows.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/pick.h"

#include <string.h>

enum { HALF_YEAR = 183 };

static GPtrArray *pick_institutions(const GPtrArray *all, gint64 institution_id)
{
    GPtrArray *options = pick_new();
    for (guint i = 0; i < all->len; i++) {
        const Institution *institution = all->pdata[i];
        if (institution->active || institution->id == institution_id)
            pick_add(options, institution->name, NULL, institution->id);
    }
    return options;
}

gboolean placement_rows_init(Session *session, PlacementRows *rows, gint64 institution_id,
                             GError **error)
{
    g_autoptr(GPtrArray) all = institution_list(session, NULL, FALSE, error);
    GPtrArray *staff = all != NULL ? pick_staff(session, error) : NULL;
    if (staff == NULL)
        return FALSE;
    placement_rows_clear(rows);
    rows->institutions = pick_institutions(all, institution_id);
    rows->staff = staff;
    rows->all = g_steal_pointer(&all);
    return TRUE;
}

void placement_rows_clear(PlacementRows *rows)
{
    g_clear_pointer(&rows->all, g_ptr_array_unref);
    g_clear_pointer(&rows->institutions, g_ptr_array_unref);
    g_clear_pointer(&rows->staff, g_ptr_array_unref);
}

InstitutionKind placement_rows_kind(const PlacementRows *rows, const char *text)
{
    const PickOption *option = pick_match(rows->institutions, text);
    for (guint i = 0; option != NULL && i < rows->all->len; i++) {
        const Institution *institution = rows->all->pdata[i];
        if (institution->id == option->value)
            return institution->kind;
    }
    return INSTITUTION_OTHER;
}

Placement *placement_rows_new(Session *session, gint64 client_id)
{
    Placement *placement = g_new0(Placement, 1);
    placement->client_id = client_id;
    placement->started_on = placement->ended_on = DATE_NONE;
    if (session_role(session) == ROLE_CASE_OFFICER)
        placement->staff_id = session_staff_id(session);
    return placement;
}

char **placement_rows_values(const PlacementRows *rows, const Placement *placement)
{
    char date[DATE_SIZE];
    char **values = g_new0(char *, PLACEMENT_ROW_COUNT + 1);
    values[PLACEMENT_ROW_INSTITUTION] =
        g_strdup(placement->institution != NULL ? placement->institution : "");
    values[PLACEMENT_ROW_STARTED] = g_strdup(date_format(placement->started_on, date));
    values[PLACEMENT_ROW_ENDED] = g_strdup(date_format(placement->ended_on, date));
    values[PLACEMENT_ROW_STAFF] = g_strdup(pick_name(rows->staff, placement->staff_id));
    values[PLACEMENT_ROW_PARENTS] = g_strdup(placement->two_parents ? "1" : "0");
    return values;
}

static gboolean same_day_of_year(Date a, Date b)
{
    int year, months[2], days[2];
    date_to_ymd(a, &year, &months[0], &days[0]);
    date_to_ymd(b, &year, &months[1], &days[1]);
    return months[0] == months[1] && days[0] == days[1];
}

Date placement_rows_day(const char *text)
{
    Date today = clock_today();
    g_autofree char *typed = g_strstrip(g_strdup(text));
    Date date = typed[0] != '\0' ? date_parse_words(typed, today) : DATE_NONE;
    Date before =
        date != DATE_NONE && date > today ? date_parse_words(typed, today - HALF_YEAR) : DATE_NONE;
    return before != DATE_NONE && before <= today && same_day_of_year(before, date) ? before : date;
}

static gboolean is_blank(const char *text)
{
    g_autofree char *typed = g_strstrip(g_strdup(text));
    return typed[0] == '\0';
}

gboolean placement_rows_take(const PlacementRows *rows, char *const *values, Placement *placement,
                             const char *faults[PLACEMENT_ROW_COUNT])
{
    const PickOption *institution =
        pick_match(rows->institutions, values[PLACEMENT_ROW_INSTITUTION]);
    const PickOption *staff = pick_match(rows->staff, values[PLACEMENT_ROW_STAFF]);
    memset(faults, 0, PLACEMENT_ROW_COUNT * sizeof *faults);
    placement->started_on = placement_rows_day(values[PLACEMENT_ROW_STARTED]);
    placement->ended_on = placement_rows_day(values[PLACEMENT_ROW_ENDED]);
    placement->institution_id = institution != NULL ? institution->value : 0;
    placement->staff_id = staff != NULL ? staff->value : 0;
    placement->two_parents = g_strcmp0(values[PLACEMENT_ROW_PARENTS], "1") == 0;
    if (institution == NULL && !is_blank(values[PLACEMENT_ROW_INSTITUTION]))
        faults[PLACEMENT_ROW_INSTITUTION] = _(
            "More than one begins so, or none. Type more of the name, or leave it empty for now.");
    if (placement->started_on == DATE_NONE)
        faults[PLACEMENT_ROW_STARTED] = _("Which day did it begin? 21/11, 2026-02-01.");
    if (placement->ended_on == DATE_NONE && !is_blank(values[PLACEMENT_ROW_ENDED]))
        faults[PLACEMENT_ROW_ENDED] = _("Write the day as 21/11 or 2026-10-31, or leave it empty.");
    if (staff == NULL && !is_blank(values[PLACEMENT_ROW_STAFF]))
        faults[PLACEMENT_ROW_STAFF] =
            _("Nobody, or more than one, has that name. Type more of it, or leave it empty.");
    for (int row = 0; row < PLACEMENT_ROW_COUNT; row++)
        if (faults[row] != NULL)
            return FALSE;
    return TRUE;
}
