/* client_named.c: who may open the card of a client with protected identity. Those assigned stand
 * above; below is the list of those named, which whoever may change the card adds to and takes
 * from. */
#include "ui/clients/client_named.h"

#include "base/i18n.h"
#include "care/client/client.h"
#include "care/client/client_named.h"
#include "care/unit/pick.h"
#include "care/unit/staff.h"
#include "ui/app.h"
#include "ui/common/rows.h"
#include "ui/widgets/field.h"
#include "ui/widgets/list.h"

enum {
    WIDEST = 72,
    ROWS_LEAST = 14,
    ROWS_BESIDE = 11, /* of the box, beside the list */
    BELOW_ROWS = 5,   /* of the field, its note, and the keys, with blanks above */
    NAME_COLUMNS = 28,
};

typedef struct {
    App *app;
    gint64 client_id;
    char *assigned;   /* those who need not be named, in a sentence */
    GPtrArray *staff; /* PickOption *: who can be named */
    GPtrArray *all;   /* PickOption *: also who has left */
    GPtrArray *named; /* Staff *: the rows of the list */
    List *list;
    Field field;
    int field_columns; /* when it was last drawn */
    gboolean may_edit; /* else there is no field */
    gboolean in_list;  /* the caret is on a row, not in the field */
} NamedState;

/* --- the list ----------------------------------------------------------------------------------
 */

static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    (void)error;
    return rows_after(((NamedState *)data)->named, after, limit);
}

static gboolean same(gconstpointer a, gconstpointer b)
{
    return ((const Staff *)a)->id == ((const Staff *)b)->id;
}

static void draw_person(void *data, gconstpointer item, Area line, gboolean selected)
{
    const NamedState *state = data;
    const Staff *person = item;
    Style style = selected ? STYLE_SELECTED : person->active ? STYLE_NORMAL : STYLE_QUIET;
    const char *what = person->active ? role_name(person->role) : _("has left the unit");
    draw_cell(line, 0, 0, NAME_COLUMNS - 1, style, FALSE, pick_name(state->all, person->id));
    draw_cell(line, 0, NAME_COLUMNS, line.columns - NAME_COLUMNS, style, FALSE, what);
}

static const ListClass LIST = {.fetch = fetch, .draw = draw_person, .same = same};

static gboolean reload(NamedState *state, GError **error)
{
    gboolean read =
        rows_replace(state->list, &state->named,
                     client_named_staff(app_session(state->app), state->client_id, error), error);
    state->in_list = state->in_list && !list_is_empty(state->list);
    return read;
}

/* --- adding and taking away --------------------------------------------------------------------
 */

static void add_meant(App *app, NamedState *state)
{
    const PickOption *meant = pick_match(state->staff, field_text(&state->field));
    GError *error = NULL;
    if (meant == NULL) {
        app_say(app, STYLE_NOTICE, "%s",
                _("Nobody, or more than one, has that name. Type more of it."));
        return;
    }
    if (!client_name_staff(app_session(app), state->client_id, meant->value, TRUE, &error) ||
        !reload(state, &error)) {
        app_error(app, error);
        return;
    }
    const Staff added = {.id = meant->value};
    list_select(state->list, &added, NULL);
    edit_set_text(state->field.edit, "");
    app_say(app, STYLE_GOOD, _("%s is named and may open the card."), meant->name);
}

static void take_away(App *app, NamedState *state)
{
    const Staff *person = list_selected(state->list);
    GError *error = NULL;
    if (person == NULL)
        return;
    g_autofree char *name = g_strdup(pick_name(state->all, person->id));
    if (client_name_staff(app_session(app), state->client_id, person->id, FALSE, &error) &&
        reload(state, &error))
        app_say(app, STYLE_GOOD, _("%s is no longer named."), name);
    else
        app_error(app, error);
}

/* --- keys --------------------------------------------------------------------------------------
 */

/* The first arrow only goes from the field to the list. */
static gboolean list_keys(App *app, NamedState *state, const Event *event)
{
    GError *error = NULL;
    gboolean key = event->type == EVENT_KEY, was_in_list = state->in_list;
    if (!was_in_list && key && (event->key == K_HOME || event->key == K_END))
        return FALSE;
    if (!was_in_list && key && (event->key == K_UP || event->key == K_DOWN)) {
        state->in_list = !list_is_empty(state->list);
        return TRUE;
    }
    gboolean taken = list_event(state->list, event, &error);
    app_error(app, error);
    if (taken)
        state->in_list = !list_is_empty(state->list);
    return taken;
}

static gboolean named_key(App *app, void *data, const Event *event)
{
    NamedState *state = data;
    gboolean key = event->type == EVENT_KEY;
    if (key && event->key == K_ENTER && field_text(&state->field)[0] == '\0') {
        app_pop(app);
        return TRUE;
    }
    if (key && event->key == K_ENTER) {
        add_meant(app, state);
        return TRUE;
    }
    if (key && event->key == K_DELETE && state->in_list && state->may_edit) {
        take_away(app, state);
        return TRUE;
    }
    if (list_keys(app, state, event))
        return TRUE;
    if (!state->may_edit || !field_event(&state->field, event, state->field_columns))
        return FALSE;
    state->in_list = FALSE;
    return TRUE;
}

/* --- drawing -----------------------------------------------------------------------------------
 */

static void draw_field(NamedState *state, Area area)
{
    const char *typed = field_text(&state->field);
    g_autofree char *meant = pick_hint(state->staff, typed);
    int at = draw_text(area, 0, 0, STYLE_LABEL, _("Add")) + 1;
    state->field_columns = MIN(NAME_COLUMNS, area.columns - at);
    field_draw(&state->field, area_columns(area_rows(area, 0, 1), at, state->field_columns),
               !state->in_list);
    draw_cell(area, 1, 0, area.columns, STYLE_QUIET, FALSE,
              meant != NULL      ? meant
              : typed[0] == '\0' ? _("Type the beginning of a name or a code.")
                                 : _("Nobody of that name works in the unit."));
}

static void named_draw(App *app, void *data, Area area)
{
    (void)app;
    NamedState *state = data;
    int rows = MAX(ROWS_LEAST, (int)state->named->len + ROWS_BESIDE);
    Area box = area_centre(area, MIN(rows, area.rows), MIN(area.columns, WIDEST));
    draw_box(box, _("Who may open the card"));
    Area inside = area_inset(box, 1, 2);
    int below = state->may_edit ? BELOW_ROWS : 2;
    int top = draw_paragraph(inside, 0, 0, inside.columns, STYLE_NORMAL, state->assigned) + 1;
    list_draw(state->list, area_rows(inside, top, inside.rows - top - below),
              state->in_list || !state->may_edit, _("Nobody else is named."));
    if (state->may_edit)
        draw_field(state, area_rows(inside, inside.rows - below + 1, 2));
    draw_text(inside, inside.rows - 1, 0, STYLE_QUIET,
              state->may_edit ? _("Enter adds, Delete takes away, Esc goes back.")
                              : _("Esc goes back."));
}

/* --- the screen --------------------------------------------------------------------------------
 */

/* New. */
static char *assigned_text(const NamedState *state, const Client *client)
{
    const char *worker = pick_name(state->all, client->support_worker_id);
    const char *officer = client->case_officer_id != client->support_worker_id
                              ? pick_name(state->all, client->case_officer_id)
                              : "";
    gboolean both = worker[0] != '\0' && officer[0] != '\0';
    g_autofree char *names = g_strconcat(worker, both ? ", " : "", officer, NULL);
    return names[0] != '\0' ? g_strdup_printf(_("Those assigned may always open it: %s."), names)
                            : g_strdup(_("Nobody is assigned to the client."));
}

static gboolean named_enter(App *app, void *data, const void *argument, GError **error)
{
    NamedState *state = data;
    const Client *client = argument;
    state->app = app;
    state->client_id = client->id;
    state->may_edit = access_allows(app_session(app), PERMIT_CLIENT_EDIT);
    state->list = list_new(&LIST, state);
    field_init(&state->field, "", FALSE);
    state->staff = pick_staff(app_session(app), error);
    state->all = state->staff != NULL ? pick_staff_all(app_session(app), error) : NULL;
    if (state->all == NULL)
        return FALSE;
    state->assigned = assigned_text(state, client);
    state->named = client_named_staff(app_session(app), client->id, error);
    if (state->named == NULL || !list_restart(state->list, error))
        return FALSE;
    state->in_list = !list_is_empty(state->list);
    return TRUE;
}

static void named_resume(App *app, void *data)
{
    NamedState *state = data;
    GError *error = NULL;
    if (!reload(state, &error))
        app_error(app, error);
}

static void named_leave(App *app, void *data)
{
    (void)app;
    NamedState *state = data;
    list_free(state->list);
    field_clear(&state->field);
    g_free(state->assigned);
    g_clear_pointer(&state->staff, g_ptr_array_unref);
    g_clear_pointer(&state->all, g_ptr_array_unref);
    g_clear_pointer(&state->named, g_ptr_array_unref);
}

const Screen screen_client_named = {
    .name = "client-named",
    .place = IN_DIALOG,
    .state_size = sizeof(NamedState),
    .overlay = TRUE,
    .enter = named_enter,
    .resume = named_resume,
    .draw = named_draw,
    .key = named_key,
    .leave = named_leave,
};
