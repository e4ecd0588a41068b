/* merge.c: two cards of one person side by side: which is kept, and of each field which is. */
#include "ui/clients/merge.h"

#include "base/i18n.h"
#include "care/client/client_merge.h"
#include "ui/app.h"
#include "ui/common/dialog.h"
#include "ui/common/rows.h"
#include "ui/widgets/detail.h"
#include "ui/widgets/list.h"

enum { LABEL_COLUMNS = 17, MARK_COLUMNS = 2, DETAIL_ROWS = 5, HEAD_ROWS = 4 };

typedef struct {
    App *app;
    gint64 id[2];   /* the kept one first */
    Client *card[2];
    ClientRows names;
    guint taken;    /* fields from the other card */
    guint differing;
    GPtrArray *all; /* Field * */
    List *list;
} MergeState;

/* One line: what each says. */
typedef struct {
    MergeField field;
    char *says[2];
} Field;

static void field_free(gpointer data)
{
    Field *field = data;
    g_free(field->says[0]);
    g_free(field->says[1]);
    g_free(field);
}

static gboolean is_taken(const MergeState *state, MergeField field)
{
    return (state->taken & MERGE_BIT(field)) != 0;
}

/* --- fetching --------------------------------------------------------------------------------- */

static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    (void)error;
    return rows_after(((MergeState *)data)->all, after, limit);
}

static gboolean same(gconstpointer a, gconstpointer b)
{
    return ((const Field *)a)->field == ((const Field *)b)->field;
}

static void let_go(MergeState *state)
{
    g_clear_pointer(&state->card[0], client_free);
    g_clear_pointer(&state->card[1], client_free);
    client_rows_clear(&state->names);
}

static GPtrArray *read_fields(MergeState *state)
{
    GPtrArray *fields = g_ptr_array_new_with_free_func(field_free);
    for (MergeField field = 0; field < MERGE_FIELD_COUNT; field++) {
        Field *one = g_new0(Field, 1);
        one->field = field;
        for (int i = 0; i < 2; i++)
            one->says[i] = client_merge_words(&state->names, state->card[i], field);
        g_ptr_array_add(fields, one);
    }
    return fields;
}

/* Both cards are opened, which stands in the log. */
static gboolean read_cards(MergeState *state, GError **error)
{
    let_go(state);
    for (int i = 0; i < 2; i++)
        if ((state->card[i] = client_open(app_session(state->app), state->id[i], error)) == NULL)
            return FALSE;
    if (!client_rows_init(app_session(state->app), &state->names, state->card[0], error))
        return FALSE;
    state->differing = client_merge_differing(state->card[0], state->card[1]);
    return rows_replace(state->list, &state->all, read_fields(state), error);
}

/* --- drawing ---------------------------------------------------------------------------------- */

/* The one that is kept has a mark, and the strong letters; where they say the same, neither. */
static void draw_side(const MergeState *state, const Field *field, int side, Area cell, Style style)
{
    const gboolean differs = (state->differing & MERGE_BIT(field->field)) != 0;
    const gboolean kept = differs && is_taken(state, field->field) == (side == 1);
    draw_cell(cell, 0, 0, MARK_COLUMNS, style, FALSE, kept ? "●" : "");
    draw_cell(cell, 0, MARK_COLUMNS, cell.columns - MARK_COLUMNS - 1,
              kept || style == STYLE_SELECTED ? style : STYLE_QUIET, FALSE, field->says[side]);
}

static int side_columns(Area area)
{
    return (area.columns - LABEL_COLUMNS) / 2;
}

static void draw_field(void *data, gconstpointer row, Area line, gboolean selected)
{
    const Field *field = row;
    const int side = side_columns(line);
    draw_cell(line, 0, 0, LABEL_COLUMNS - 1, selected ? STYLE_SELECTED : STYLE_NORMAL, FALSE,
              client_merge_field_name(field->field));
    for (int i = 0; i < 2; i++)
        draw_side(data, field, i, area_columns(line, LABEL_COLUMNS + i * side, side), STYLE_NORMAL);
}

static int highlit(void *data, int columns)
{
    (void)data, (void)columns;
    return LABEL_COLUMNS;
}

static const ListClass LIST = {
    .fetch = fetch, .draw = draw_field, .same = same, .highlit = highlit};

static void draw_detail(const MergeState *state, const Field *field, Area area)
{
    if (field == NULL || area.rows <= 0)
        return;
    const int side = is_taken(state, field->field) ? 1 : 0;
    g_autoptr(Detail) detail = detail_new();
    detail_add_strong(detail, g_strdup(client_merge_field_name(field->field)));
    detail_add(detail, C_("merge", "Is kept"), g_strdup(field->says[side]));
    detail_add(detail, C_("merge", "Is not"),
               (state->differing & MERGE_BIT(field->field)) != 0 ? g_strdup(field->says[1 - side])
                                                                 : NULL);
    detail_draw(detail, area);
}

static void merge_draw(App *app, void *data, Area area)
{
    (void)app;
    const MergeState *state = data;
    Area list, detail;
    const int head = draw_paragraph(
        area_rows(area, 0, HEAD_ROWS), 0, 0, area.columns, STYLE_NORMAL,
        _("All visits, forms, decisions and notes of both will be on the card that is kept. Choose what the "
          "card is to say where they differ."));
    Area rest = area_rows(area, head + 1, -1);
    Area heading = area_rows(rest, 0, 1);
    detail_split(area_rows(rest, 1, -1), DETAIL_ROWS, &list, &detail);
    heading = area_columns(heading, 2, list.columns - 2);
    const int side = side_columns(heading);
    draw_cell(heading, 0, LABEL_COLUMNS + MARK_COLUMNS, side - MARK_COLUMNS, STYLE_QUIET, FALSE,
              _("The card that is kept"));
    draw_cell(heading, 0, LABEL_COLUMNS + side + MARK_COLUMNS, side - MARK_COLUMNS, STYLE_QUIET, FALSE,
              _("The card that is closed"));
    list_draw(state->list, list, TRUE, "");
    draw_detail(state, list_selected(state->list), detail);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean merge_enter(App *app, void *data, const void *argument, GError **error)
{
    MergeState *state = data;
    const MergeArgument *cards = argument;
    state->app = app;
    state->id[0] = cards->kept;
    state->id[1] = cards->closed;
    state->list = list_new(&LIST, state);
    if (!read_cards(state, error))
        return FALSE;
    state->taken = client_merge_proposed(state->card[0], state->card[1]);
    return TRUE;
}

static void merge_resume(App *app, void *data)
{
    MergeState *state = data;
    GError *error = NULL;
    if (state->card[0] == NULL && !read_cards(state, &error))
        app_error(app, error);
}

static void merge_forget(App *app, void *data)
{
    (void)app;
    let_go(data);
}

static void merge_leave(App *app, void *data)
{
    (void)app;
    MergeState *state = data;
    list_free(state->list);
    g_clear_pointer(&state->all, g_ptr_array_unref);
    let_go(state);
}

const Screen screen_merge = {
    .name = "merge",
    .place = IN_MERGE,
    .title = N_("Two cards side by side"),
    .state_size = sizeof(MergeState),
    .enter = merge_enter,
    .resume = merge_resume,
    .forget = merge_forget,
    .draw = merge_draw,
    .list = offsetof(MergeState, list),
    .leave = merge_leave,
};

/* --- what is done ----------------------------------------------------------------------------- */

void on_merge_take(App *app, void *data)
{
    MergeState *state = data;
    const Field *field = list_selected(state->list);
    if (field == NULL)
        return;
    if ((state->differing & MERGE_BIT(field->field)) == 0)
        app_say(app, STYLE_QUIET, "%s", _("Both cards say the same there."));
    else
        state->taken ^= MERGE_BIT(field->field);
}

/* What was chosen of each card stays chosen. */
void on_merge_swap(App *app, void *data)
{
    MergeState *state = data;
    GError *error = NULL;
    const gint64 kept = state->id[0];
    state->id[0] = state->id[1];
    state->id[1] = kept;
    state->taken = state->differing & ~state->taken;
    if (!read_cards(state, &error))
        app_error(app, error);
}

static void merge_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text, (void)data;
    GError *error = NULL;
    gint64 merge = 0;
    if (!yes || app_top(app) != &screen_merge)
        return;
    const MergeState *state = app_top_state(app);
    if (!client_merge(app_session(app), state->id[0], state->id[1], state->taken, &merge, &error)) {
        app_error(app, error);
        return;
    }
    app_pop(app);
    app_say(app, STYLE_GOOD, "%s", _("The two cards are one now. It can be undone from the card."));
}

void on_merge_do(App *app, void *data)
{
    const MergeState *state = data;
    if (state->card[0] == NULL)
        return;
    g_autofree char *question = g_strdup_printf(
        _("Are %s and %s the same person? Then the cards become one, and the log says so."),
        state->card[0]->name, state->card[1]->name);
    dialog_ask(app, question, merge_answered, NULL);
}
