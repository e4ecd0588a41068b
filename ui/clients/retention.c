/* retention.c: whom the unit is to delete (gallring): the year's proposal, looked through row by row,
 * confirmed by another, and carried out. */
#include "base/i18n.h"
#include "base/paths.h"
#include "care/client/client_words.h"
#include "care/client/retention_delete.h"
#include "exchange/retention_pdf.h"
#include "ui/clients/retention_keep.h"
#include "ui/common/dialog.h"
#include "ui/common/export_ask.h"
#include "ui/common/rows.h"
#include "ui/common/shared.h"
#include "ui/widgets/detail.h"
#include "ui/widgets/list.h"

enum {
    NAME_COLUMNS = 22,
    HEAD_ROWS = 8,
    DETAIL_ROWS = 7,
};

typedef struct {
    App *app;
    RetentionProposal *proposal; /* NULL: none is made */
    GPtrArray *all;              /* RetentionRow *: the rows of the list */
    List *list;
    char *waits; /* what is to be done next; NULL: nothing */
} RetentionView;

/* --- fetching --------------------------------------------------------------------------------- */

static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    (void)error;
    return rows_after(((RetentionView *)data)->all, after, limit);
}

static gboolean same(gconstpointer a, gconstpointer b)
{
    return ((const RetentionRow *)a)->client_id == ((const RetentionRow *)b)->client_id;
}

static gboolean reload(RetentionView *state, GError **error)
{
    Session *session = app_session(state->app);
    GError *fault = NULL;
    g_autoptr(RetentionProposal) proposal = retention_read(session, &fault);
    if (fault != NULL) {
        g_propagate_error(error, fault);
        return FALSE;
    }
    GPtrArray *rows =
        proposal != NULL ? retention_rows(session, proposal->id, error) : g_ptr_array_new();
    if (!rows_replace(state->list, &state->all, rows, error))
        return FALSE;
    retention_proposal_free(state->proposal);
    state->proposal = g_steal_pointer(&proposal);
    g_free(state->waits);
    state->waits = retention_waits(session);
    return TRUE;
}

/* --- drawing ---------------------------------------------------------------------------------- */

static void draw_client(void *data, gconstpointer row, Area line, gboolean selected)
{
    (void)data;
    const RetentionRow *client = row;
    const gboolean due = client->state == RETENTION_DUE && client->kept_by == NULL;
    const Style style = selected ? STYLE_SELECTED : due ? STYLE_NORMAL : STYLE_QUIET;
    g_autofree char *words = retention_row_words(client);
    draw_cell(line, 0, 0, NAME_COLUMNS - 1, style, FALSE, client->name);
    draw_cell(line, 0, NAME_COLUMNS, line.columns - NAME_COLUMNS, style, FALSE, words);
}

static const ListClass LIST = {.fetch = fetch, .draw = draw_client, .same = same};

/* What is proposed, who is not shown, and what is to be done next. The rows it took. */
static int draw_head(const RetentionView *state, Area area)
{
    int rows = 0;
    if (state->proposal != NULL) {
        g_autofree char *sums = retention_proposal_words(state->proposal);
        g_autofree char *closed = client_words_closed(state->proposal->closed);
        rows = draw_paragraph(area, 0, 0, area.columns, STYLE_NORMAL, sums);
        if (closed != NULL)
            rows += draw_paragraph(area, rows, 0, area.columns, STYLE_QUIET, closed);
    }
    rows += draw_paragraph(area, rows, 0, area.columns,
                           state->waits != NULL ? STYLE_NOTICE : STYLE_QUIET,
                           state->waits != NULL ? state->waits
                                                : _("Nothing is to be done about retention now."));
    return rows + 1;
}

static void draw_detail(const RetentionRow *row, Area area)
{
    char day[DATE_SIZE];
    if (row == NULL || area.rows <= 0)
        return;
    g_autoptr(Detail) detail = detail_new();
    detail_add_strong(detail, row->number != NULL ? g_strdup_printf("%s %s", row->number, row->name)
                                                  : g_strdup(row->name));
    detail_add(detail, C_("retention", "Last note"), g_strdup(date_format(row->last_note, day)));
    detail_add(detail, C_("retention", "What"), retention_row_words(row));
    detail_draw(detail, area);
}

static void retention_draw(App *app, void *data, Area area)
{
    const RetentionView *state = data;
    char key[KEY_NAME_SIZE];
    Area list = area_rows(area, draw_head(state, area_rows(area, 0, HEAD_ROWS)), -1);
    Area detail = area_rows(area, 0, 0);
    if (!list_is_empty(state->list))
        detail_split(list, DETAIL_ROWS, &list, &detail);
    g_autofree char *empty =
        state->proposal == NULL
            ? g_strdup_printf(_("No proposal is made yet. %s makes the year's: whoever has had no note for "
                                "five years is in it, and nobody is deleted by that."),
                              shared_key(app, ACTION_RETENTION_PROPOSE, key))
            : g_strdup(_("Nobody is in the year's proposal. Everything may stay as it is."));
    list_draw(state->list, list, TRUE, empty);
    draw_detail(list_selected(state->list), detail);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean retention_enter(App *app, void *data, const void *argument, GError **error)
{
    (void)argument;
    RetentionView *state = data;
    state->app = app;
    state->list = list_new(&LIST, state);
    return reload(state, error);
}

static void retention_resume(App *app, void *data)
{
    GError *error = NULL;
    if (!reload(data, &error))
        app_error(app, error);
}

static void retention_leave(App *app, void *data)
{
    (void)app;
    RetentionView *state = data;
    list_free(state->list);
    g_clear_pointer(&state->all, g_ptr_array_unref);
    retention_proposal_free(state->proposal);
    g_free(state->waits);
}

static Subject retention_subject(App *app, void *data)
{
    (void)app;
    const RetentionRow *row = list_selected(((const RetentionView *)data)->list);
    return (Subject){.client_id = row != NULL ? row->client_id : 0};
}

const Screen screen_retention = {
    .name = "retention",
    .place = IN_RETENTION,
    .title = N_("Retention"),
    .state_size = sizeof(RetentionView),
    .enter = retention_enter,
    .resume = retention_resume,
    .draw = retention_draw,
    .list = offsetof(RetentionView, list),
    .leave = retention_leave,
    .subject = retention_subject,
};

void on_retention(App *app, void *state)
{
    (void)state;
    app_open(app, SCREEN_RETENTION, NULL);
}

/* --- the proposal ----------------------------------------------------------------------------- */

static void ask_municipality(App *app, const char *initial);

static void propose(App *app)
{
    GError *error = NULL;
    int municipality = 0;
    if (!retention_municipality_read(app_session(app), &municipality, &error)) {
        app_error(app, error);
        return;
    }
    if (municipality == 0) {
        ask_municipality(app, "");
        return;
    }
    g_autoptr(RetentionProposal) made = retention_propose(app_session(app), &error);
    shared_resume_top(app);
    if (made != NULL)
        app_say(app, STYLE_GOOD, "%s", _("The proposal is made. Nobody is deleted by it."));
    else
        app_error(app, error);
}

/* What was typed stands there again when it is none. */
static void municipality_typed(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    GError *error = NULL;
    if (!yes || !app_shows(app, SCREEN_RETENTION))
        return;
    if (retention_municipality_set(app_session(app), text, &error)) {
        propose(app);
        return;
    }
    ask_municipality(app, text);
    app_error(app, error);
}

static void ask_municipality(App *app, const char *initial)
{
    dialog_prompt(app,
                  _("Which municipality does the unit belong to? Its four digits, such as 0126 for "
                    "Huddinge."),
                  initial, municipality_typed, NULL);
}

void on_retention_propose(App *app, void *state)
{
    (void)state;
    propose(app);
}

void on_retention_keep(App *app, void *data)
{
    const RetentionRow *row = list_selected(((const RetentionView *)data)->list);
    if (row == NULL || row->state != RETENTION_DUE)
        app_say(app, STYLE_QUIET, "%s",
                _("The client is not among those to be deleted, and is kept as it is."));
    else
        app_push(app, &screen_retention_keep, row);
}

static void paper_named(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    GError *error = NULL;
    if (!yes || !app_shows(app, SCREEN_RETENTION))
        return;
    const RetentionView *state = app_top_state(app);
    g_autofree char *path = paths_typed(text);
    if (state->proposal != NULL &&
        retention_paper_write(app_session(app), state->proposal, state->all, path, &error))
        app_say(app, STYLE_GOOD, _("The paper lies in %s."), path);
    else
        app_error(app, error);
}

static void say_no_proposal(App *app)
{
    char key[KEY_NAME_SIZE];
    app_say(app, STYLE_QUIET, _("No proposal is made yet. %s makes one."),
            shared_key(app, ACTION_RETENTION_PROPOSE, key));
}

void on_retention_paper(App *app, void *data)
{
    if (((const RetentionView *)data)->proposal == NULL)
        say_no_proposal(app);
    else
        export_ask_paper(app, "retention", paper_named);
}

/* --- confirming ------------------------------------------------------------------------------- */

/* `data` is what was seen when the question was put: a colleague may have changed it since. */
static void confirm_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text;
    GError *error = NULL;
    gint64 count = 0;
    if (!yes || !app_shows(app, SCREEN_RETENTION))
        return;
    const gboolean confirmed = retention_confirm(app_session(app), data, &count, &error);
    shared_resume_top(app);
    if (confirmed)
        app_say(app, STYLE_GOOD,
                ngettext("%d client is confirmed.", "%d clients are confirmed.", (gulong)count),
                (int)count);
    else
        app_error(app, error);
}

void on_retention_confirm(App *app, void *data)
{
    const RetentionView *state = data;
    if (state->proposal == NULL) {
        say_no_proposal(app);
        return;
    }
    RetentionProposal *seen = g_new0(RetentionProposal, 1);
    *seen = (RetentionProposal){.id = state->proposal->id, .version = state->proposal->version};
    dialog_ask_owning(app,
                      _("Is it looked through, and are those to be deleted to be so for good?"),
                      confirm_answered, seen, (GDestroyNotify)retention_proposal_free);
}

/* --- deleting --------------------------------------------------------------------------------- */

static gboolean show_deleting(double share, gpointer data)
{
    return app_progress(data, _("Deleting…"), share);
}

/* How many are gone, and how many stay, in a sentence or two. New. */
static char *result_words(const RetentionResult *result)
{
    g_autofree char *deleted = g_strdup_printf(
        ngettext("%d client is deleted.", "%d clients are deleted.", (gulong)result->deleted),
        (int)result->deleted);
    g_autofree char *papers = retention_papers_words(result->papers);
    if (result->changed == 0)
        return g_strconcat(deleted, papers != NULL ? " " : NULL, papers, NULL);
    g_autofree char *stay =
        g_strdup_printf(ngettext("%d client stays, as something has been noted or begun since.",
                                 "%d clients stay, as something has been noted or begun since.",
                                 (gulong)result->changed),
                        (int)result->changed);
    return g_strconcat(deleted, " ", stay, papers != NULL ? " " : NULL, papers, NULL);
}

/* Which copies still hold those who are gone; nothing where there are none. */
static void tell_copies(App *app)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) copies = retention_copies(app_session(app), &error);
    g_autoptr(GString) text = g_string_new(NULL);
    app_error(app, error);
    for (guint i = 0; copies != NULL && i < copies->len; i++) {
        g_autofree char *words = retention_copy_words(copies->pdata[i]);
        g_string_append_printf(text, "%s%s", i > 0 ? "\n" : "", words);
    }
    if (text->len > 0)
        dialog_tell(app,
                    _("These copies were made before the deletion and hold those who are gone:"),
                    text->str);
}

static void run_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text, (void)data;
    GError *error = NULL;
    RetentionResult result = {0};
    if (!yes || !app_shows(app, SCREEN_RETENTION))
        return;
    app_progress_begin(app);
    const gboolean done =
        retention_run(app_session(app), show_deleting, app, &result, &error);
    g_autofree char *words = result_words(&result);
    shared_resume_top(app);
    if (done) {
        app_say(app, STYLE_GOOD, "%s", words);
        tell_copies(app);
    } else if (result.deleted > 0) {
        app_say(app, STYLE_NOTICE, "%s %s", words, error->message);
        g_clear_error(&error);
    } else {
        app_error(app, error);
    }
}

void on_retention_run(App *app, void *data)
{
    const RetentionView *state = data;
    if (state->proposal == NULL)
        say_no_proposal(app);
    else
        dialog_ask(app, _("Delete for good those who are confirmed?"), run_answered, NULL);
}
