/* doubles.c: who may have two cards, in the unit or of one client; and which cards have been merged into
 * the client's. */
#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_doubles.h"
#include "care/client/client_guard.h"
#include "care/client/client_merge.h"
#include "ui/clients/merge.h"
#include "ui/common/dialog.h"
#include "ui/common/rows.h"
#include "ui/common/screens.h"
#include "ui/common/shared.h"
#include "ui/widgets/detail.h"
#include "ui/widgets/list.h"

enum { NAME_COLUMNS = 22, DETAIL_ROWS = 6, HEAD_ROWS = 4 };

/* One line of the list: one of these. */
typedef struct {
    Doubles *doubles;
    ClientMerge *merge;
} Pair;

typedef struct {
    App *app;
    gint64 client_id; /* 0: the whole unit */
    GPtrArray *all;   /* Pair * */
    List *list;
} DoublesState;

static void pair_free(gpointer data)
{
    Pair *pair = data;
    doubles_free(pair->doubles);
    client_merge_free(pair->merge);
    g_free(pair);
}

/* --- fetching --------------------------------------------------------------------------------- */

static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    (void)error;
    return rows_after(((DoublesState *)data)->all, after, limit);
}

static gboolean same(gconstpointer a, gconstpointer b)
{
    const Pair *one = a, *other = b;
    if (one->merge != NULL && other->merge != NULL)
        return one->merge->id == other->merge->id;
    return one->doubles != NULL && other->doubles != NULL &&
           one->doubles->row[0]->id == other->doubles->row[0]->id &&
           one->doubles->row[1]->id == other->doubles->row[1]->id;
}

static void add_pair(GPtrArray *pairs, Doubles *doubles, ClientMerge *merge)
{
    Pair *pair = g_new0(Pair, 1);
    *pair = (Pair){doubles, merge};
    g_ptr_array_add(pairs, pair);
}

static GPtrArray *read_pairs(const DoublesState *state, GError **error)
{
    Session *session = app_session(state->app);
    g_autoptr(GPtrArray) doubles = client_doubles(session, error);
    g_autoptr(GPtrArray) pairs = g_ptr_array_new_with_free_func(pair_free);
    for (guint i = 0; doubles != NULL && i < doubles->len; i++) {
        const Doubles *one = doubles->pdata[i];
        if (state->client_id == 0 || one->row[0]->id == state->client_id ||
            one->row[1]->id == state->client_id)
            add_pair(pairs, g_steal_pointer(&doubles->pdata[i]), NULL);
    }
    if (doubles == NULL || state->client_id == 0)
        return doubles != NULL ? g_steal_pointer(&pairs) : NULL;
    g_autoptr(GPtrArray) merges = client_merges(session, state->client_id, error);
    for (guint i = 0; merges != NULL && i < merges->len; i++)
        add_pair(pairs, NULL, g_steal_pointer(&merges->pdata[i]));
    return merges != NULL ? g_steal_pointer(&pairs) : NULL;
}

static gboolean reload(DoublesState *state, GError **error)
{
    return rows_replace(state->list, &state->all, read_pairs(state, error), error);
}

/* --- drawing ---------------------------------------------------------------------------------- */

/* "Anna Berg, 19990914-2383, B1". New. */
static char *card_words(const ClientRow *row)
{
    char born[DATE_SIZE];
    return g_strdup_printf("%s, %s%s%s", row->name,
                           row->id_number != NULL ? row->id_number
                                                  : date_format(row->birth_date, born),
                           row->number != NULL ? ", " : "", row->number != NULL ? row->number : "");
}

static char *merged_words(const ClientMerge *merge)
{
    g_autofree char *when = clock_text(merge->merged_ms);
    return merge->merged_by != NULL ? g_strdup_printf(_("merged %s by %s"), when, merge->merged_by)
                                    : g_strdup_printf(_("merged %s"), when);
}

static void draw_pair(void *data, gconstpointer row, Area line, gboolean selected)
{
    (void)data;
    const Pair *pair = row;
    const Style style = selected ? STYLE_SELECTED : STYLE_NORMAL;
    g_autofree char *merged = pair->merge != NULL ? merged_words(pair->merge) : NULL;
    draw_cell(line, 0, 0, NAME_COLUMNS - 1, style, FALSE,
              pair->merge != NULL ? pair->merge->closed->name : pair->doubles->row[0]->name);
    draw_cell(line, 0, NAME_COLUMNS, NAME_COLUMNS - 1, style, FALSE,
              pair->merge != NULL ? "" : pair->doubles->row[1]->name);
    draw_cell(line, 0, 2 * NAME_COLUMNS, line.columns - 2 * NAME_COLUMNS,
              merged != NULL ? STYLE_QUIET : style, FALSE,
              merged != NULL ? merged : double_why_words(pair->doubles->why));
}

static const ListClass LIST = {.fetch = fetch, .draw = draw_pair, .same = same};

static void draw_detail(const Pair *pair, Area area)
{
    if (pair == NULL || area.rows <= 0)
        return;
    g_autoptr(Detail) detail = detail_new();
    if (pair->doubles != NULL) {
        detail_add(detail, C_("doubles", "One card"), card_words(pair->doubles->row[0]));
        detail_add(detail, C_("doubles", "The other"), card_words(pair->doubles->row[1]));
        detail_add(detail, C_("doubles", "Alike"), g_strdup(double_why_words(pair->doubles->why)));
    } else {
        const Client *closed = pair->merge->closed;
        detail_add_strong(detail, g_strdup(closed->name));
        detail_add(detail, _("Identity number"), g_strdup(closed->id_number));
        detail_add(detail, _("Client number"), g_strdup(closed->number));
        detail_add(detail, NULL, merged_words(pair->merge));
    }
    detail_draw(detail, area);
}

/* Pairs stand before what is merged. */
static const char *head_words(const DoublesState *state)
{
    return ((const Pair *)state->all->pdata[0])->doubles != NULL
               ? _("These may be one person with two cards. Nothing is merged before you have looked at "
                   "both, side by side.")
               : _("These cards have been merged into the client's. The latest can be made two again.");
}

static void doubles_draw(App *app, void *data, Area area)
{
    const DoublesState *state = data;
    char key[KEY_NAME_SIZE];
    Area list = area, detail = area_rows(area, 0, 0);
    if (!list_is_empty(state->list)) {
        const int head = draw_paragraph(
            area_rows(area, 0, HEAD_ROWS), 0, 0, area.columns, STYLE_NORMAL,
            head_words(state));
        detail_split(area_rows(area, head + 1, -1), DETAIL_ROWS, &list, &detail);
    }
    g_autofree char *empty =
        state->client_id == 0
            ? g_strdup(_("Nobody seems to have two cards."))
            : g_strdup_printf(_("No other card seems to be this person's. If you know of one, %s chooses it."),
                              shared_key(app, ACTION_DOUBLES_OTHER, key));
    list_draw(state->list, list, TRUE, empty);
    draw_detail(list_selected(state->list), detail);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean doubles_enter(App *app, void *data, const void *argument, GError **error)
{
    DoublesState *state = data;
    state->app = app;
    state->client_id = argument != NULL ? *(const gint64 *)argument : 0;
    state->list = list_new(&LIST, state);
    return reload(state, error);
}

static void doubles_resume(App *app, void *data)
{
    DoublesState *state = data;
    GError *error = NULL;
    gint64 stands = state->client_id;
    if (stands != 0 && !client_stands(app_session(app), state->client_id, &stands, &error)) {
        app_error(app, error);
        return;
    }
    state->client_id = stands;
    if (!reload(state, &error))
        app_error(app, error);
}

static void doubles_leave(App *app, void *data)
{
    (void)app;
    DoublesState *state = data;
    list_free(state->list);
    g_clear_pointer(&state->all, g_ptr_array_unref);
}

const Screen screen_doubles = {
    .name = "doubles",
    .place = IN_DOUBLES,
    .title = N_("Two cards of one person"),
    .state_size = sizeof(DoublesState),
    .enter = doubles_enter,
    .resume = doubles_resume,
    .draw = doubles_draw,
    .list = offsetof(DoublesState, list),
    .leave = doubles_leave,
};

void on_doubles(App *app, void *state)
{
    (void)state;
    app_open(app, SCREEN_DOUBLES, NULL);
}

/* --- what is done ----------------------------------------------------------------------------- */

static void undo_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text;
    GError *error = NULL;
    gint64 stayed = 0;
    if (!yes || !app_shows(app, SCREEN_DOUBLES))
        return;
    if (client_merge_undo(app_session(app), *(gint64 *)data, &stayed, &error)) {
        g_autofree char *words = client_merge_stayed_words(stayed);
        shared_resume_top(app);
        app_say(app, STYLE_GOOD, "%s", words);
    } else
        app_error(app, error);
}

void on_doubles_undo(App *app, void *data)
{
    const Pair *pair = list_selected(((const DoublesState *)data)->list);
    if (pair == NULL || pair->merge == NULL) {
        app_say(app, STYLE_QUIET, "%s", _("These cards are not merged. Look at the card again."));
        return;
    }
    g_autofree char *question = g_strdup_printf(
        _("Are the cards to be two again? %s gets back all that came from there; what has been noted "
          "since stays here."),
        pair->merge->closed->name);
    dialog_ask_owning(app, question, undo_answered,
                      g_memdup2(&pair->merge->id, sizeof pair->merge->id), g_free);
}

void on_doubles_open(App *app, void *data)
{
    const DoublesState *state = data;
    const Pair *pair = list_selected(state->list);
    if (pair == NULL) {
        app_say(app, STYLE_QUIET, "%s", _("Nobody seems to have two cards."));
        return;
    }
    if (pair->doubles == NULL) {
        on_doubles_undo(app, data);
        return;
    }
    const gint64 one = pair->doubles->row[0]->id, other = pair->doubles->row[1]->id;
    const gboolean second = other == state->client_id;
    const MergeArgument cards = {.kept = second ? other : one, .closed = second ? one : other};
    app_push(app, &screen_merge, &cards);
}

void on_doubles_apart(App *app, void *data)
{
    GError *error = NULL;
    const Pair *pair = list_selected(((const DoublesState *)data)->list);
    if (pair == NULL || pair->doubles == NULL)
        app_say(app, STYLE_QUIET, "%s", _("They are one card already."));
    else if (client_say_apart(app_session(app), pair->doubles->row[0]->id,
                              pair->doubles->row[1]->id, &error)) {
        shared_resume_top(app);
        app_say(app, STYLE_GOOD, "%s", _("Noted: they are two persons, and are not shown here again."));
    } else
        app_error(app, error);
}

/* One alone, beside the client; 0 with why it is none (static). */
static gint64 other_meant(const GPtrArray *rows, gint64 client_id, const char **why)
{
    gint64 found = 0;
    for (guint i = 0; i < rows->len; i++) {
        const ClientRow *row = rows->pdata[i];
        if (row->id == client_id)
            continue;
        if (found != 0) {
            *why = _("More than one is called so. Type more of the name, or a number.");
            return 0;
        }
        found = row->id;
    }
    *why = found == 0 ? _("Nobody else is found by that. Type a name or a number.") : NULL;
    return found;
}

static void ask_other(App *app, const char *initial);

/* What was typed stands there again where it is not enough. */
static void other_typed(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    GError *error = NULL;
    const char *why = NULL;
    if (!yes || *text == '\0' || !app_shows(app, SCREEN_DOUBLES))
        return;
    const DoublesState *state = app_top_state(app);
    g_autoptr(GPtrArray) rows = client_list(app_session(app), text, FALSE, NULL, 3, &error);
    if (rows == NULL) {
        app_error(app, error);
        return;
    }
    const gint64 other = other_meant(rows, state->client_id, &why);
    if (other != 0) {
        app_push(app, &screen_merge,
                 &(MergeArgument){.kept = state->client_id, .closed = other});
        return;
    }
    ask_other(app, text);
    app_say(app, STYLE_NOTICE, "%s", why);
}

static void ask_other(App *app, const char *initial)
{
    dialog_prompt(app,
                  _("Which other card is the same person's? A name, an identity number or a client "
                    "number."),
                  initial, other_typed, NULL);
}

void on_doubles_other(App *app, void *data)
{
    if (((const DoublesState *)data)->client_id == 0)
        app_say(app, STYLE_QUIET, "%s", _("Open the client's card first, and go on from there."));
    else
        ask_other(app, "");
}
