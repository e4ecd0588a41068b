/* institutions.c: the unit's list of those who give care away from home. Letters search. */
#include "base/i18n.h"
#include "base/text.h"
#include "ui/app.h"
#include "ui/common/rows.h"
#include "ui/common/shared.h"
#include "ui/placements/institution.h"
#include "ui/widgets/detail.h"
#include "ui/widgets/search_list.h"

enum {
    KIND_COLUMNS = 22, /* at least */
    KIND_SHARE = 3,    /* of a line */
    COUNT_COLUMNS = 14,
    USE_COLUMNS = 11,
    NAME_LEAST = 20,
    MARK_COLUMNS = 2, /* list.c's */
    SEARCH_COLUMNS = 32,
};

typedef struct {
    App *app;
    SearchList search;
    GPtrArray *found; /* Institution *: the rows of the list */
} InstitutionsState;

/* --- the list --------------------------------------------------------------------------------- */

static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    (void)error;
    return rows_after(((InstitutionsState *)data)->found, after, limit);
}

static gboolean same(gconstpointer a, gconstpointer b)
{
    return ((const Institution *)a)->id == ((const Institution *)b)->id;
}

/* The count and the use have room only in a wide line; an institution out of use says so behind its
 * kind in a narrow one. */
static void draw_parts(Area line, Style style, const char *name, const char *kind,
                       const char *count, const char *use)
{
    gboolean wide = line.columns >= NAME_LEAST + KIND_COLUMNS + COUNT_COLUMNS + USE_COLUMNS;
    int kind_columns = MAX(line.columns / KIND_SHARE, KIND_COLUMNS);
    int right = kind_columns + (wide ? COUNT_COLUMNS + USE_COLUMNS : USE_COLUMNS);
    int at = line.columns - right;
    draw_cell(line, 0, 0, at - 1, style, FALSE, name);
    draw_cell(line, 0, at, kind_columns - 1, style, FALSE, kind);
    at += kind_columns;
    if (wide) {
        draw_cell(line, 0, at, COUNT_COLUMNS - 2, style, TRUE, count);
        at += COUNT_COLUMNS;
    }
    draw_cell(line, 0, at, line.columns - at, style, FALSE, use);
}

static void draw_institution(void *data, gconstpointer row, Area line, gboolean selected)
{
    (void)data;
    const Institution *institution = row;
    Style style = selected ? STYLE_SELECTED : institution->active ? STYLE_NORMAL : STYLE_QUIET;
    g_autofree char *count = g_strdup_printf("%" G_GINT64_FORMAT, institution->placements);
    draw_parts(line, style, institution->name, institution_kind_name(institution->kind), count,
               institution->active ? "" : _("not in use"));
}

static const ListClass LIST = {.fetch = fetch, .draw = draw_institution, .same = same};

/* The list looks at its old rows once more while it fetches the new ones. */
static gboolean read_found(InstitutionsState *state, gboolean restart, GError **error)
{
    GPtrArray *found =
        institution_list(app_session(state->app), search_list_text(&state->search), FALSE, error);
    if (found == NULL)
        return FALSE;
    GPtrArray *before = state->found;
    state->found = found;
    gboolean read =
        restart ? list_restart(state->search.list, error) : list_reload(state->search.list, error);
    g_clear_pointer(&before, g_ptr_array_unref);
    state->search.in_list = state->search.in_list && !list_is_empty(state->search.list);
    return read;
}

/* --- drawing ---------------------------------------------------------------------------------- */

/* Why there is nothing, and what to do. New. */
static char *empty_text(App *app, InstitutionsState *state)
{
    char key[KEY_NAME_SIZE];
    shared_key(app, ACTION_INSTITUTION_NEW, key);
    return g_strdup_printf(search_list_text(&state->search)[0] != '\0'
                               ? _("No institution in the list has that name. %s adds it.")
                               : _("There are no institutions in the list yet. %s adds the first."),
                           key);
}

/* What a line has cut or left out. */
static void draw_detail(const Institution *institution, Area area)
{
    if (institution == NULL || area.rows <= 0)
        return;
    g_autoptr(Detail) detail = detail_new();
    detail_add_strong(detail, g_strdup(institution->name));
    detail_add(detail, C_("column of institutions", "Kind"),
               g_strdup(institution_kind_name(institution->kind)));
    detail_add(detail, C_("column of institutions", "Placements"),
               g_strdup_printf("%" G_GINT64_FORMAT, institution->placements));
    detail_add(detail, NULL, institution->active ? NULL : g_strdup(_("not in use")));
    detail_draw(detail, area);
}

static void institutions_draw(App *app, void *data, Area area)
{
    InstitutionsState *state = data;
    int at = draw_text(area, 0, 0, STYLE_LABEL, _("Search")) + 1;
    Area field = area_columns(area_rows(area, 0, 1), at, MIN(SEARCH_COLUMNS, area.columns - at));
    Area list = area_rows(area, 2, -1), detail = area_rows(area, 0, 0);
    if (!list_is_empty(state->search.list)) {
        detail_split(list, 0, &list, &detail);
        draw_parts(area_columns(area_rows(list, 0, 1), MARK_COLUMNS, -1), STYLE_QUIET,
                   C_("column of institutions", "Name"), C_("column of institutions", "Kind"),
                   C_("column of institutions", "Placements"), "");
        list = area_rows(list, 1, -1);
    }
    g_autofree char *none = empty_text(app, state);
    search_list_draw(&state->search, list, none, field);
    draw_detail(list_selected(state->search.list), detail);
}

/* --- keys ------------------------------------------------------------------------------------- */

static void search(App *app, InstitutionsState *state)
{
    GError *error = NULL;
    state->search.in_list = FALSE;
    if (!read_found(state, TRUE, &error))
        app_error(app, error);
}

static gboolean institutions_key(App *app, void *data, const Event *event)
{
    InstitutionsState *state = data;
    GError *error = NULL;
    gboolean again, taken = search_list_event(&state->search, event, &again, &error);
    app_error(app, error);
    if (again)
        search(app, state);
    return taken;
}

/* --- actions ---------------------------------------------------------------------------------- */

static const Institution *selected(App *app, InstitutionsState *state)
{
    const Institution *institution = list_selected(state->search.list);
    if (institution == NULL) {
        g_autofree char *none = empty_text(app, state);
        app_say(app, STYLE_NOTICE, "%s", none);
    }
    return institution;
}

/* The new or changed one has the cursor, also when it is not what was searched for. */
static void show_saved(App *app, gint64 id)
{
    InstitutionsState *state = app_top_state(app);
    const Institution saved = {.id = id};
    GError *error = NULL;
    search_list_set_text(&state->search, "");
    if (!read_found(state, FALSE, &error) || !list_select(state->search.list, &saved, &error)) {
        app_error(app, error);
        return;
    }
    state->search.in_list = TRUE;
    app_say(app, STYLE_GOOD, "%s", _("Saved."));
}

void on_institution_change(App *app, void *data)
{
    const Institution *institution = selected(app, data);
    if (institution != NULL)
        app_push(app, &screen_institution,
                 &(InstitutionArgument){.institution = institution, .saved = show_saved});
}

void on_institution_new(App *app, void *data)
{
    InstitutionsState *state = data;
    const char *typed = list_is_empty(state->search.list) ? search_list_text(&state->search) : NULL;
    app_push(app, &screen_institution, &(InstitutionArgument){.name = typed, .saved = show_saved});
}

void on_institution_use(App *app, void *data)
{
    InstitutionsState *state = data;
    const Institution *institution = selected(app, state);
    GError *error = NULL;
    if (institution == NULL)
        return;
    Institution changed = *institution;
    g_autofree char *name = g_strdup(institution->name);
    changed.name = name;
    changed.active = !institution->active;
    if (!institution_change(app_session(app), &changed, &error) ||
        !read_found(state, FALSE, &error)) {
        app_error(app, error);
        return;
    }
    app_say(app, STYLE_GOOD,
            changed.active ? _("%s is in use again.")
                           : _("%s is no longer offered for new placements. Earlier ones keep it."),
            name);
}

void on_institutions(App *app, void *state)
{
    (void)state;
    app_open(app, SCREEN_INSTITUTIONS, NULL);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean institutions_enter(App *app, void *data, const void *argument, GError **error)
{
    (void)argument;
    InstitutionsState *state = data;
    state->app = app;
    search_list_init(&state->search, &LIST, state);
    return read_found(state, TRUE, error);
}

static void institutions_resume(App *app, void *data)
{
    GError *error = NULL;
    if (!read_found(data, FALSE, &error))
        app_error(app, error);
}

static void institutions_leave(App *app, void *data)
{
    (void)app;
    InstitutionsState *state = data;
    search_list_clear(&state->search);
    g_clear_pointer(&state->found, g_ptr_array_unref);
}

const Screen screen_institutions = {
    .name = "institutions",
    .place = IN_INSTITUTIONS,
    .title = N_("Institutions"),
    .state_size = sizeof(InstitutionsState),
    .enter = institutions_enter,
    .resume = institutions_resume,
    .draw = institutions_draw,
    .key = institutions_key,
    .leave = institutions_leave,
};
