/* database.c: what keeps the unit's database safe, for team lead and administrator: the backups,
 * the data key, and the log's code. */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "care/laptop/laptop.h"
#include "care/unit/access.h"
#include "care/unit/audit_head.h"
#include "care/unit/backup.h"
#include "care/unit/keys.h"
#include "exchange/head_pdf.h"
#include "ui/app.h"
#include "ui/common/dialog.h"
#include "ui/common/export_ask.h"
#include "ui/common/shared.h"

enum { WIDEST = 80 };

typedef struct {
    gint64 last_ms; /* of the latest backup; 0: none */
    guint count;    /* of those that lie beside the database */
    char *code;     /* the log's; NULL: not to be had */
    gboolean on_server;
    char *no_key; /* why no new data key is given here; NULL: it is */
    char *laptops;  /* that are away, a line each; NULL: none */
} DatabaseState;

/* Those that are away, of those whom it concerns (laptop_list()). New; NULL: none. */
static char *away_text(Session *session)
{
    g_autoptr(GPtrArray) laptops = laptop_list(session, NULL);
    GString *text = g_string_new(NULL);
    for (guint i = 0; laptops != NULL && i < laptops->len; i++) {
        const Laptop *laptop = laptops->pdata[i];
        g_autofree char *words = laptop_words(laptop);
        if (laptop->state == LAPTOP_OUT)
            g_string_append_printf(text, "%" G_GINT64_FORMAT ": %s\n", laptop->node, words);
    }
    if (text->len > 0)
        g_string_append(text, _("One that is lost is shut out with: dagsform away --lost NUMBER"));
    return g_string_free(text, text->len == 0);
}

static gboolean reload(App *app, DatabaseState *state, GError **error)
{
    Session *session = app_session(app);
    g_free(state->code);
    state->on_server = db_is_on_server(session_db(session));
    g_autoptr(GError) refused = NULL;
    g_free(state->no_key);
    state->no_key = db_may_rekey(session_db(session), &refused) ? NULL : g_strdup(refused->message);
    g_autofree char *folder = backup_folder(session);
    g_autoptr(GPtrArray) shelf = backup_shelf(folder, vault_database_id(session_vault(session)));
    state->count = shelf->len;
    state->code = audit_head(session, NULL);
    g_free(state->laptops);
    state->laptops = away_text(session);
    return backup_last(session, &state->last_ms, error);
}

/* --- drawing ---------------------------------------------------------------------------------- */

enum { PARTS = 4 };
typedef struct {
    const char *heading;
    char *text; /* NULL: it is not shown */
} Part;

/* With `gap` blank rows between the parts; the rows it takes. */
static int draw_parts(Area area, const Part *parts, int gap)
{
    int row = 0;
    for (int i = 0; i < PARTS; i++) {
        if (parts[i].text == NULL)
            continue;
        row += row > 0 ? gap : 0;
        draw_text(area, row, 0, STYLE_HEADING, parts[i].heading);
        row += 1 + draw_paragraph(area, row + 1, 0, area.columns, STYLE_NORMAL, parts[i].text);
    }
    return row;
}

/* New. */
static char *backups_text(App *app, const DatabaseState *state)
{
    char key[KEY_NAME_SIZE];
    if (db_is_on_server(session_db(app_session(app))))
        return g_strdup(
            _("The unit lies on a server, and whoever runs it makes the backups. Keep a copy of "
              "the key file elsewhere, or none of them opens."));
    g_autofree char *when = state->last_ms != 0 ? clock_text(state->last_ms) : NULL;
    g_autofree char *last = when != NULL
                                ? g_strdup_printf(_("The latest backup was made %s."), when)
                                : g_strdup(_("No backup of this database has been made."));
    g_autofree char *there =
        state->count > 0
            ? g_strdup_printf(ngettext("%u lies in the folder backups beside the database.",
                                       "%u lie in the folder backups beside the database.",
                                       state->count),
                              state->count)
            : g_strdup(_("There is none in the folder backups beside the database."));
    g_autofree char *how = g_strdup_printf(
        _("%s makes one now: encrypted, with the unit's own forms, and read through. Others work "
          "on "
          "meanwhile. Keep one on another disk too: dagsform backup --to FOLDER. It is put back "
          "with: dagsform restore"),
        shared_key(app, ACTION_BACKUP, key));
    return g_strdup_printf("%s %s\n%s", last, there, how);
}

/* New; NULL: whoever looks gives no new key. */
static char *key_text(App *app, const DatabaseState *state)
{
    char key[KEY_NAME_SIZE];
    if (!access_allows(app_session(app), PERMIT_USERS))
        return NULL;
    if (state->no_key != NULL)
        return g_strdup(state->no_key);
    return g_strdup_printf(_("%s gives the database a new one. Nobody needs a new passphrase. "
                             "Backups made before still have the old one."),
                           shared_key(app, ACTION_NEW_KEY, key));
}

/* New; NULL: there is no code. */
static char *code_text(App *app, const DatabaseState *state)
{
    char key[KEY_NAME_SIZE];
    if (state->code == NULL)
        return NULL;
    return g_strdup_printf(
        _("Code now: %s. %s writes it on a page of its own. Kept elsewhere it shows later if the "
          "log's end was cut off: dagsform check --head CODE"),
        state->code, shared_key(app, ACTION_HEAD_PAPER, key));
}

static void database_draw(App *app, void *data, Area area)
{
    const DatabaseState *state = data;
    Area page = area_columns(area, 0, MIN(area.columns, WIDEST));
    Part parts[PARTS] = {
        {_("Backups"), backups_text(app, state)},
        {_("The data key"), key_text(app, state)},
        {_("The log"), code_text(app, state)},
        {_("Laptops away"), g_strdup(state->laptops)},
    };
    const gboolean fits = draw_parts(area_rows(page, 0, 0), parts, 1) <= area.rows;
    if (draw_parts(page, parts, fits ? 1 : 0) > area.rows)
        draw_text(page, area.rows - 1, page.columns - 1, STYLE_QUIET, "…");
    for (int i = 0; i < PARTS; i++)
        g_free(parts[i].text);
    draw_caret(page, 0, 0);
}

/* Whoever runs the server does that. */
static gboolean database_absent(const void *data, Action action)
{
    const DatabaseState *state = data;
    return state->on_server && (action == ACTION_BACKUP || action == ACTION_NEW_KEY);
}

/* --- the screen ------------------------------------------------------------------------------- */

static gboolean database_enter(App *app, void *data, const void *argument, GError **error)
{
    (void)argument;
    return access_require(app_session(app), PERMIT_BACKUP, error) && reload(app, data, error);
}

static void database_resume(App *app, void *data)
{
    GError *error = NULL;
    if (!reload(app, data, &error))
        app_error(app, error);
}

static void database_leave(App *app, void *data)
{
    (void)app;
    DatabaseState *state = data;
    g_free(state->code);
    g_free(state->no_key);
    g_free(state->laptops);
}

const Screen screen_database = {
    .name = "database",
    .place = IN_DATABASE,
    .title = N_("The database"),
    .state_size = sizeof(DatabaseState),
    .enter = database_enter,
    .resume = database_resume,
    .draw = database_draw,
    .absent = database_absent,
    .leave = database_leave,
};

void on_database(App *app, void *state)
{
    (void)state;
    app_switch(app, SCREEN_DATABASE, NULL);
}

/* --- a backup --------------------------------------------------------------------------------- */

static gboolean show_backup(double share, gpointer data)
{
    return app_progress(data, share < 0.5 ? _("Making the backup…") : _("Reading it through…"),
                        share);
}

static void tell_backup(App *app, const Backup *backup)
{
    g_autofree char *size = g_format_size((guint64)backup->bytes);
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text, "%s (%s)\n", backup->path, size);
    if (backup->forms > 0)
        g_string_append_printf(text,
                               ngettext("%u form of your own is in it.",
                                        "%u forms of your own are in it.", backup->forms),
                               backup->forms);
    if (backup->same_disk)
        g_string_append_printf(
            text, "\n%s",
            _("It lies on the same disk as the database. Keep one elsewhere too, "
              "with: dagsform backup --to FOLDER"));
    for (guint i = 0; i < backup->faults->len; i++)
        g_string_append_printf(text, "\n%s", (const char *)backup->faults->pdata[i]);
    dialog_tell(app,
                backup->faults->len == 0 ? _("The backup is made and read through")
                                         : _("The backup is made, but something is amiss"),
                text->str);
}

void on_backup(App *app, void *data)
{
    GError *error = NULL;
    const BackupRule rule = BACKUP_RULE;
    const BackupOrder order = {.rule = &rule, .progress = show_backup, .data = app};
    app_progress_begin(app);
    g_autoptr(Backup) backup = backup_make(app_session(app), &order, &error);
    if (backup == NULL) {
        app_error(app, error);
        return;
    }
    database_resume(app, data);
    tell_backup(app, backup);
}

/* --- the log's code --------------------------------------------------------------------------- */

static void head_named(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    GError *error = NULL;
    if (!yes || !app_shows(app, SCREEN_DATABASE))
        return;
    g_autofree char *path = paths_typed(text), *code = NULL;
    const gboolean done = head_paper_write(app_session(app), path, &code, &error);
    shared_resume_top(app);
    if (done)
        app_say(app, STYLE_GOOD, _("The log's code %s lies in %s. Keep it printed, outside."), code,
                path);
    else
        app_error(app, error);
}

void on_head_paper(App *app, void *data)
{
    (void)data;
    export_ask_paper(app, _("code"), head_named);
}

/* --- a new data key --------------------------------------------------------------------------- */

/* The file is written first, and then read through. */
static gboolean show_new_key(double share, gpointer data)
{
    app_wait_share(data,
                   share < KEY_PROOF
                       ? _("The database is being encrypted anew. This must not be broken off…")
                       : _("Reading it through…"),
                   share);
    return TRUE;
}

static void new_key_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text, (void)data;
    GError *error = NULL;
    if (!yes || !app_shows(app, SCREEN_DATABASE))
        return;
    const DbWatch watch = {show_new_key, app};
    app_progress_begin(app);
    show_new_key(0, app); /* while it waits for whoever is saving */
    const gboolean done = session_new_key(app_session(app), &watch, &error);
    shared_resume_top(app);
    if (done)
        app_say(app, STYLE_GOOD, "%s",
                _("The database has a new data key, and everybody signs in as before. Backups made "
                  "before still have the old one."));
    else
        app_error(app, error);
}

void on_new_key(App *app, void *data)
{
    (void)data;
    dialog_ask(app,
               _("Give the database a new data key? Others who have it open are asked to sign in "
                 "again."),
               new_key_answered, NULL);
}
