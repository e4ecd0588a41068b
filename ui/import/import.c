/* import.c: reads in a file of rows: which file, what is in it, and then. */
#include "base/error.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "ui/app.h"
#include "ui/common/dialog.h"
#include "ui/common/rows.h"
#include "ui/import/import_path.h"
#include "ui/import/import_private.h"

#include <string.h>

enum { SAMPLE_ROWS = 6 };

/* --- the file ----------------------------------------------------------------------------------
 */

static void close_file(ImportState *state)
{
    g_clear_pointer(&state->import, table_import_free);
    g_clear_pointer(&state->sample, g_ptr_array_unref);
    g_clear_pointer(&state->fault, g_free);
    g_ptr_array_set_size(state->faults, 0);
    list_restart(state->refused, NULL);
    state->counted = state->done = FALSE;
    state->column = 0;
}

/* Those that `import` has found, for the list: the refused rows, then the remarks. */
static void take_faults(ImportState *state)
{
    const GPtrArray *const found[] = {table_import_faults(state->import),
                                      table_import_remarks(state->import)};
    g_ptr_array_set_size(state->faults, 0);
    for (gsize k = 0; k < G_N_ELEMENTS(found); k++)
        for (guint i = 0; i < found[k]->len; i++)
            g_ptr_array_add(state->faults, found[k]->pdata[i]);
    list_restart(state->refused, NULL);
}

static gboolean show_looking(double share, gpointer data)
{
    return app_progress(data, _("Looking through the file…"), share);
}

static gboolean show_reading(double share, gpointer data)
{
    return app_progress(data, _("Reading in the file…"), share);
}

static void set_fault(ImportState *state, GError *error)
{
    g_free(state->fault);
    state->fault = error != NULL ? g_strdup(error->message) : NULL;
    g_clear_error(&error);
}

/* Counts what reading it in would do. */
static void count_rows(App *app, ImportState *state)
{
    GError *error = NULL;
    app_progress_begin(app);
    state->counted =
        table_import_run(state->import, TRUE, show_looking, app, &state->result, &error);
    set_fault(state, error);
    take_faults(state);
}

/* What a column can be read as. */
static void offer_kinds(ImportState *state, ImportWhat what)
{
    int count = 0;
    for (ColumnKind kind = 0; kind < COLUMN_COUNT; kind++)
        if (import_what_has(what, kind)) {
            state->kinds[count] =
                (ChoiceOption){(gunichar)('a' + count), column_name(kind), (int)kind};
            count++;
        }
    choice_init(&state->kind, state->kinds, count, -1);
}

/* Opens `path`; what was open before stays when it cannot be. */
static gboolean open_file(App *app, ImportState *state, const char *path, GError **error)
{
    ImportOptions options = {.what = state->what,
                             .path = path,
                             .encoding_given = state->encoding_given,
                             .encoding = state->encoding};
    TableImport *import = table_import_open(app_session(app), &options, error);
    if (import == NULL)
        return FALSE;
    g_autofree char *file = g_strdup(path);
    close_file(state);
    state->import = import;
    state->encoding = table_import_encoding(import);
    g_free(state->file);
    state->file = g_steal_pointer(&file);
    state->sample = table_import_sample(import, SAMPLE_ROWS);
    offer_kinds(state, table_import_what(import));
    return TRUE;
}

static void say_how(App *app, Style style)
{
    app_say(app, style, "%s", _("Type the file's name. Tab completes it."));
}

static void open_typed(App *app, ImportState *state)
{
    GError *error = NULL;
    g_autofree char *path = paths_typed(field_text(&state->path));
    state->encoding_given = FALSE;
    state->what = IMPORT_ANY;
    if (path[0] == '\0') {
        say_how(app, STYLE_NOTICE);
        return;
    }
    if (!open_file(app, state, path, &error)) {
        app_error(app, error);
        return;
    }
    state->step = STEP_LOOK;
    count_rows(app, state);
}

/* The meanings chosen for the columns, to be put on the same file opened again. New. */
static GArray *kinds_of(const ImportState *state)
{
    GArray *kinds = g_array_new(FALSE, FALSE, sizeof(ColumnKind));
    for (int i = 0; i < table_import_columns(state->import); i++) {
        const ColumnKind kind = table_import_column(state->import, i);
        g_array_append_val(kinds, kind);
    }
    return kinds;
}

/* The same file once more, with the columns as they were `chosen`. */
static gboolean open_again(App *app, ImportState *state, const GArray *chosen, GError **error)
{
    g_autofree char *file = g_strdup(state->file);
    int column = state->column;
    if (!open_file(app, state, file, error))
        return FALSE;
    for (int i = 0; i < MIN((int)chosen->len, table_import_columns(state->import)); i++)
        table_import_set_column(state->import, i, g_array_index(chosen, ColumnKind, i));
    state->column = MIN(column, table_import_columns(state->import) - 1);
    return TRUE;
}

/* --- actions -----------------------------------------------------------------------------------
 */

void on_import(App *app, void *data)
{
    (void)data;
    app_switch(app, SCREEN_IMPORT, NULL);
}

/* With a place for the count. */
static const char *read_in_format(ImportWhat what, gulong count)
{
    switch (what) {
    case IMPORT_CLIENTS:
        return ngettext("%d client was read in.", "%d clients were read in.", count);
    case IMPORT_TASKS:
        return ngettext("%d task was read in.", "%d tasks were read in.", count);
    case IMPORT_STAFF:
        return ngettext("%d member of staff was read in.", "%d members of staff were read in.",
                        count);
    case IMPORT_DECISIONS:
        return ngettext("%d decision was read in.", "%d decisions were read in.", count);
    case IMPORT_RESPONSES:
        return ngettext("%d row of forms was read in.", "%d rows of forms were read in.", count);
    default:
        return ngettext("%d visit was read in.", "%d visits were read in.", count);
    }
}

void on_import_run(App *app, void *data)
{
    ImportState *state = data;
    GError *error = NULL;
    if (state->step == STEP_PATH) {
        open_typed(app, state);
        return;
    }
    ImportResult result;
    app_progress_begin(app);
    state->step = STEP_LOOK;
    gboolean done = table_import_run(state->import, FALSE, show_reading, app, &result, &error);
    take_faults(state);
    if (!done) {
        app_error(app, error);
        return;
    }
    state->result = result;
    state->counted = state->done = TRUE;
    g_clear_pointer(&state->fault, g_free);
    const int taken = result.imported + result.changed;
    if (taken == 0)
        app_say(app, STYLE_NOTICE, "%s", _("There was nothing new in the file."));
    else
        app_say(app, STYLE_GOOD, read_in_format(table_import_what(state->import), (gulong)taken),
                taken);
}

static void leave_map(App *app, ImportState *state)
{
    GError *error = NULL;
    state->step = STEP_LOOK;
    if (state->counted)
        return;
    table_import_remember(state->import, &error);
    app_error(app, error);
    count_rows(app, state);
}

void on_import_map(App *app, void *data)
{
    ImportState *state = data;
    if (state->step == STEP_PATH)
        app_say(app, STYLE_QUIET, "%s", _("Open a file first."));
    else if (state->step == STEP_MAP)
        leave_map(app, state);
    else
        state->step = STEP_MAP;
}

/* The next thing that it can be taken for. What each column was said to be goes with what it was.
 */
void on_import_what(App *app, void *data)
{
    ImportState *state = data;
    GError *error = NULL;
    if (state->step == STEP_PATH) {
        app_say(app, STYLE_QUIET, "%s", _("Open a file first."));
        return;
    }
    const ImportWhat before = state->what;
    const ImportWhat now = table_import_what(state->import);
    g_autofree char *file = g_strdup(state->file);
    state->what = now + 1 < IMPORT_WHAT_COUNT ? now + 1 : IMPORT_ANY + 1;
    if (!open_file(app, state, file, &error)) {
        state->what = before;
        app_error(app, error);
        return;
    }
    state->step = STEP_LOOK;
    count_rows(app, state);
    app_say(app, STYLE_QUIET, _("Taken for: %s."), import_what_name(state->what));
}

/* The next one in which the bytes can be read at all. */
void on_import_encoding(App *app, void *data)
{
    ImportState *state = data;
    Encoding now = state->encoding;
    if (state->step == STEP_PATH) {
        app_say(app, STYLE_QUIET, "%s", _("Open a file first."));
        return;
    }
    g_autoptr(GArray) chosen = kinds_of(state);
    state->encoding_given = TRUE;
    for (int step = 1; step <= ENCODING_UTF16BE; step++) {
        state->encoding = (Encoding)((now + step) % (ENCODING_UTF16BE + 1));
        if (!open_again(app, state, chosen, NULL))
            continue;
        count_rows(app, state);
        app_say(app, STYLE_QUIET, _("Read as %s."), encoding_name(state->encoding));
        return;
    }
    state->encoding = now;
    app_say(app, STYLE_QUIET, "%s", _("The file can be read in no other encoding."));
}

static void refused_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    if (!yes || !app_shows(app, SCREEN_IMPORT))
        return;
    ImportState *state = app_top_state(app);
    GError *error = NULL;
    g_autofree char *path = paths_typed(text);
    if (state->import == NULL || !table_import_write_rejected(state->import, path, &error))
        app_error(app, error);
    else
        app_say(app, STYLE_GOOD, _("The refused rows are in %s. Mend them and read that file in."),
                path);
}

void on_import_rejected(App *app, void *data)
{
    ImportState *state = data;
    if (state->import == NULL || table_import_faults(state->import)->len == 0) {
        app_say(app, STYLE_QUIET, "%s", _("No rows are refused."));
        return;
    }
    g_autofree char *path = import_path_refused(state->file);
    dialog_prompt(app,
                  _("To which file shall the refused rows be written? It holds personal "
                    "data: take it away when it has been read in."),
                  path, refused_answered, NULL);
}

/* --- keys --------------------------------------------------------------------------------------
 */

static void complete(ImportState *state)
{
    g_ptr_array_set_size(state->candidates, 0);
    g_autofree char *text = import_path_complete(field_text(&state->path), state->candidates);
    if (strcmp(text, field_text(&state->path)) == 0)
        return;
    edit_set_text(state->path.edit, text);
    edit_set_caret(state->path.edit, strlen(text));
}

static gboolean path_key(App *app, ImportState *state, const Event *event)
{
    Key key = event->type == EVENT_KEY ? event->key : K_NONE;
    if (key == K_TAB) {
        complete(state);
        return TRUE;
    }
    g_ptr_array_set_size(state->candidates, 0);
    if (key == K_ENTER) {
        open_typed(app, state);
        return TRUE;
    }
    if (key == K_UP || key == K_DOWN) {
        say_how(app, STYLE_QUIET);
        return TRUE;
    }
    return field_event(&state->path, event, state->path_columns);
}

static gboolean look_key(App *app, ImportState *state, const Event *event)
{
    GError *error = NULL;
    if (event->type == EVENT_KEY && event->key == K_ESCAPE) {
        state->step = STEP_PATH;
        return TRUE;
    }
    gboolean taken = list_event(state->refused, event, &error);
    app_error(app, error);
    return taken;
}

static void set_kind(ImportState *state, int kind)
{
    table_import_set_column(state->import, state->column, (ColumnKind)kind);
    state->counted = state->done = FALSE;
}

static gboolean map_key(App *app, ImportState *state, const Event *event)
{
    int last = table_import_columns(state->import) - 1;
    gboolean taken = FALSE;
    if (event->type != EVENT_KEY)
        return FALSE;
    if (event->key == K_ESCAPE || event->key == K_ENTER) {
        leave_map(app, state);
        return TRUE;
    }
    if (event->key == K_UP || event->key == K_DOWN) {
        state->column = CLAMP(state->column + (event->key == K_UP ? -1 : 1), 0, last);
        return TRUE;
    }
    if (!key_is_text(event->key) || event->key == K_SPACE)
        return FALSE;
    int chosen = choice_event(&state->kind, event, &taken);
    if (chosen < 0)
        return taken;
    set_kind(state, state->kinds[chosen].value);
    state->column = MIN(state->column + 1, last);
    return TRUE;
}

static gboolean import_key(App *app, void *data, const Event *event)
{
    ImportState *state = data;
    switch (state->step) {
    case STEP_PATH:
        return path_key(app, state, event);
    case STEP_LOOK:
        return look_key(app, state, event);
    case STEP_MAP:
        break;
    }
    return map_key(app, state, event);
}

/* --- the screen --------------------------------------------------------------------------------
 */

static GPtrArray *fetch_refused(void *data, gconstpointer after, int limit, GError **error)
{
    (void)error;
    return rows_after(((ImportState *)data)->faults, after, limit);
}

static gboolean same_fault(gconstpointer a, gconstpointer b)
{
    return a == b;
}

static const ListClass refused_rows = {
    .fetch = fetch_refused, .draw = import_draw_refused, .same = same_fault};

static gboolean import_enter(App *app, void *data, const void *argument, GError **error)
{
    ImportState *state = data;
    const char *path = argument;
    if (!access_require(app_session(app), PERMIT_IMPORT, error))
        return FALSE;
    field_init(&state->path, path != NULL ? path : "", FALSE);
    state->candidates = g_ptr_array_new_with_free_func(g_free);
    state->faults = g_ptr_array_new();
    state->refused = list_new(&refused_rows, state);
    offer_kinds(state, IMPORT_VISITS);
    if (path != NULL)
        open_typed(app, state);
    return TRUE;
}

/* The file is opened anew when the program is unlocked. */
static void import_forget(App *app, void *data)
{
    (void)app;
    ImportState *state = data;
    const int column = state->column;
    if (state->import == NULL)
        return;
    state->chosen = kinds_of(state);
    close_file(state);
    state->column = column;
}

static void import_resume(App *app, void *data)
{
    ImportState *state = data;
    GError *error = NULL;
    g_autoptr(GArray) chosen = g_steal_pointer(&state->chosen);
    if (chosen == NULL)
        return;
    if (!open_again(app, state, chosen, &error)) {
        close_file(state);
        state->step = STEP_PATH;
        app_error(app, error);
        return;
    }
    count_rows(app, state);
}

static void import_leave(App *app, void *data)
{
    (void)app;
    ImportState *state = data;
    if (state->refused == NULL)
        return; /* it was never entered */
    close_file(state);
    g_clear_pointer(&state->chosen, g_array_unref);
    list_free(state->refused);
    g_ptr_array_unref(state->faults);
    g_ptr_array_unref(state->candidates);
    field_clear(&state->path);
    g_free(state->file);
}

static char *import_subtitle(App *app, void *data)
{
    (void)app;
    ImportState *state = data;
    return state->step == STEP_PATH ? NULL : g_path_get_basename(state->file);
}

/* Of a file that is not open there are no columns, and of one without faults nothing is refused. */
static gboolean import_idle(const void *data, Action action)
{
    const ImportState *state = data;
    if (action == ACTION_IMPORT_REJECTED)
        return state->import == NULL || table_import_faults(state->import)->len == 0;
    return (action == ACTION_IMPORT_MAP || action == ACTION_IMPORT_WHAT) &&
           state->step == STEP_PATH;
}

const Screen screen_import = {
    .name = "import",
    .place = IN_IMPORT,
    .title = N_("Read in"),
    .state_size = sizeof(ImportState),
    .enter = import_enter,
    .resume = import_resume,
    .forget = import_forget,
    .draw = import_draw,
    .key = import_key,
    .leave = import_leave,
    .subtitle = import_subtitle,
    .idle = import_idle,
};
