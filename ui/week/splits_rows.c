/* splits_rows.c: what the screens splits and groups show: fetched whole, and as rows. */
#include "ui/week/splits.h"

#include "base/error.h"
#include "base/i18n.h"
#include "care/client/group.h"

/* --- fetching --------------------------------------------------------------------------------- */

/* The one that is looked at; 0: the whole unit, as beside all of them. */
static gint64 group_of(const SplitsChoice *choice)
{
    return choice->view == VIEW_GROUPS ? 0 : choice->group_id;
}

static BreakdownQuery query_now(const SplitsChoice *choice)
{
    return (BreakdownQuery){.from = choice->from,
                            .to = choice->to,
                            .group_id = group_of(choice),
                            .by_week = choice->view == VIEW_CAUSES};
}

static BreakdownQuery query_other(const SplitsChoice *choice)
{
    BreakdownQuery query = query_now(choice);
    if (choice->beside == BESIDE_REST && query.group_id != 0) {
        query.rest = TRUE;
    } else if (choice->beside == BESIDE_WEEKS) {
        query.from = choice->other_from;
        query.to = choice->other_to;
    } else {
        query.to = week_add(choice->from, -1);
        query.from = week_add(query.to, -week_between(choice->from, choice->to));
    }
    return query;
}

static void group_free_row(gpointer data)
{
    SplitsGroup *group = data;
    g_free(group->name);
    breakdown_free(group->members);
    breakdown_free(group->rest);
    g_free(group);
}

void splits_data_free(SplitsData *data)
{
    if (data == NULL)
        return;
    g_free(data->group);
    breakdown_free(data->now);
    breakdown_free(data->other);
    g_clear_pointer(&data->groups, g_ptr_array_unref);
    g_free(data);
}

/* New. */
static char *group_text(const Group *group)
{
    char ended[DATE_SIZE];
    return group->ended_on == DATE_NONE ? g_strdup(group->name)
                                        : g_strdup_printf(_("%s (ended %s)"), group->name,
                                                          date_format(group->ended_on, ended));
}

static gboolean add_group(SplitsData *data, Session *session, const Group *of, GError **error)
{
    BreakdownQuery query = query_now(&data->choice);
    SplitsGroup *group = g_new0(SplitsGroup, 1);
    g_ptr_array_add(data->groups, group);
    query.group_id = group->id = of->id;
    query.whole = TRUE;
    group->name = group_text(of);
    group->members = breakdown_new(session, &query, error);
    query.rest = TRUE;
    group->rest = group->members != NULL ? breakdown_new(session, &query, error) : NULL;
    return group->rest != NULL;
}

static gboolean read_groups(SplitsData *data, Session *session, GError **error)
{
    const SplitsChoice *choice = &data->choice;
    g_autoptr(GPtrArray) groups = group_list(session, error);
    if (groups == NULL)
        return FALSE;
    for (guint i = 0; i < groups->len; i++) {
        const Group *group = groups->pdata[i];
        if (group->id == group_of(choice))
            data->group = group_text(group);
        if (choice->view == VIEW_GROUPS && !add_group(data, session, group, error))
            return FALSE;
    }
    if (group_of(choice) == 0 || data->group != NULL)
        return TRUE;
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                        _("The group is not there any more. Choose another one."));
    return FALSE;
}

SplitsData *splits_data_new(Session *session, const SplitsChoice *choice, GError **error)
{
    g_autoptr(SplitsData) data = g_new0(SplitsData, 1);
    const BreakdownQuery now = query_now(choice), other = query_other(choice);
    data->choice = *choice;
    data->groups = g_ptr_array_new_with_free_func(group_free_row);
    data->now = breakdown_new(session, &now, error);
    data->other = data->now != NULL ? breakdown_new(session, &other, error) : NULL;
    return data->other != NULL && read_groups(data, session, error) ? g_steal_pointer(&data) : NULL;
}

/* --- rows ------------------------------------------------------------------------------------- */

static void add_row(GPtrArray *rows, SplitsRow row)
{
    g_ptr_array_add(rows, g_memdup2(&row, sizeof row));
}

/* `of` and `besides` are the same split of two periods, or of a group and the rest. What is not
 * shown stands in one row below the others. */
static void add_values(GPtrArray *rows, Split split, const Breakdown *of, const Breakdown *besides)
{
    const GPtrArray *values = of->rows[split];
    if (values->len == 0)
        return;
    add_row(rows, (SplitsRow){.split = split, .heading = TRUE, .of = of, .besides = besides});
    int hidden = 0;
    for (guint i = 0; i < values->len; i++) {
        const BreakdownRow *row = values->pdata[i];
        if (row->hidden) {
            hidden++;
            continue;
        }
        const BreakdownRow *other = breakdown_find(besides, split, row->value);
        add_row(rows, (SplitsRow){.split = split,
                                  .value = row->value,
                                  .row = row,
                                  .now = &row->counts,
                                  .beside = other == NULL || other->hidden ? NULL : &other->counts,
                                  .of = of,
                                  .besides = besides});
    }
    if (hidden > 0)
        add_row(rows,
                (SplitsRow){.split = split, .hidden = hidden, .of = of, .besides = besides});
}

static void add_all(GPtrArray *rows, const Breakdown *of, const Breakdown *besides,
                    const SplitsGroup *group)
{
    const GPtrArray *whole = of->rows[SPLIT_ALL];
    add_row(rows, (SplitsRow){.split = SPLIT_ALL,
                              .row = group == NULL && whole->len > 0 ? whole->pdata[0] : NULL,
                              .now = of->too_few ? NULL : &of->all,
                              .beside = besides->too_few ? NULL : &besides->all,
                              .of = of,
                              .besides = besides,
                              .group = group});
}

GPtrArray *splits_rows(const SplitsData *data)
{
    static const Split VIEWS[VIEW_COUNT][SPLIT_COUNT] = {
        [VIEW_CAUSES] = {SPLIT_CAUSE},
        [VIEW_INSTEAD] = {SPLIT_CAUSE, SPLIT_OFFER},
        [VIEW_WHO] = {SPLIT_BY, SPLIT_NOTICE, SPLIT_WEEKDAY, SPLIT_HOUR, SPLIT_FIRST, SPLIT_AGE,
                      SPLIT_SEX},
    };
    GPtrArray *rows = g_ptr_array_new_with_free_func(g_free);
    const SplitsView view = data->choice.view;
    for (guint i = 0; i < data->groups->len; i++) {
        const SplitsGroup *group = data->groups->pdata[i];
        add_all(rows, group->members, group->rest, group);
    }
    if (view == VIEW_GROUPS || data->now->rows[SPLIT_ALL]->len == 0)
        return rows;
    add_all(rows, data->now, data->other, NULL);
    for (const Split *split = VIEWS[view]; *split != SPLIT_ALL; split++)
        add_values(rows, *split, data->now, data->other);
    return rows;
}
