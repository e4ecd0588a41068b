/* unlock.c: who are you, and with which passphrase. The first screen, and the one after locking. */
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "care/client/log_review.h"
#include "care/unit/audit_head.h"
#include "care/unit/backup.h"
#include "care/unit/laptop_mark.h"
#include "care/unit/opening.h"
#include "care/unit/staff.h"
#include "care/visit/series.h"
#include "exchange/demo.h"
#include "ui/app.h"
#include "ui/common/dialog.h"
#include "ui/common/shared.h"
#include "ui/door/own_path.h"
#include "ui/forms/walks.h"
#include "ui/widgets/page.h"
#include "vault/own_file.h"
#include "vault/vault_own.h"

#include <string.h>

enum {
    ROW_LOGIN,
    ROW_PASSPHRASE,
    ROW_OWN_FILE, /* only of whoever needs it */
    WIDEST = 66,
    LOST_AFTER = 3, /* wrong passphrases: then it is said what helps */
};

typedef struct {
    Page page;
    char *fault;
    char *file_of;      /* the login that the row of the key file is for; NULL: there is none */
    int tries;          /* with a wrong passphrase */
    gboolean unlocking; /* while the key is derived */
} UnlockState;

/* Neither database nor key file can tell before they are open, so the name does. */
static gboolean looks_like_demo(const App *app)
{
    g_autofree char *name = g_path_get_basename(app_database(app));
    return g_str_has_prefix(name, "demo");
}

/* A row for the key file that `login` needs, with the place where it lay last. */
static void ask_for_file(UnlockState *state, const char *login, const char *path)
{
    if (state->file_of == NULL)
        page_field(&state->page, _("Your own key file"),
                   _("Where it lies, such as on a stick: drop it here, or type its path."),
                   path != NULL ? path : "", FALSE);
    g_free(state->file_of);
    state->file_of = g_strdup(login);
}

static gboolean unlock_enter(App *app, void *data, const void *argument, GError **error)
{
    (void)argument, (void)error;
    UnlockState *state = data;
    const char *login = app_login(app) != NULL ? app_login(app) : looks_like_demo(app) ? "led" : "";
    page_init(&state->page);
    page_field(&state->page, _("User name"), NULL, login, FALSE);
    page_secret(&state->page, _("Passphrase"), NULL);
    g_autofree char *path = own_path_known(app_database(app), login);
    if (path != NULL)
        ask_for_file(state, login, path);
    state->page.focus = login[0] != '\0' ? ROW_PASSPHRASE : ROW_LOGIN;
    return TRUE;
}

static void unlock_leave(App *app, void *data)
{
    (void)app;
    UnlockState *state = data;
    page_clear(&state->page);
    g_free(state->fault);
    g_free(state->file_of);
}

/* --- unlocking ---------------------------------------------------------------------------------
 */

static void set_fault(UnlockState *state, const char *fault)
{
    g_free(state->fault);
    state->fault = g_strdup(fault);
}

static void empty_passphrase(UnlockState *state)
{
    const Event empty = {.type = EVENT_KEY, .key = K_CTRL('U')};
    gboolean done;
    state->page.focus = ROW_PASSPHRASE;
    page_event(&state->page, &empty, &done);
}

static void fail(UnlockState *state, GError *error)
{
    set_fault(state, error->message);
    if (g_error_matches(error, DAGSFORM_ERROR, ERROR_PASSPHRASE)) {
        state->tries++;
        empty_passphrase(state);
    }
    g_error_free(error);
}

/* One sentence stands where all messages do; several are there to be read one after another. */
static void say_all(App *app, const GPtrArray *sentences)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (sentences->len == 1)
        app_say(app, STYLE_NOTICE, "%s", (char *)sentences->pdata[0]);
    for (guint i = 0; i < sentences->len; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? "\n\n" : "", (char *)sentences->pdata[i]);
    if (sentences->len > 1)
        dialog_tell(app, _("Before you begin"), text->str);
}

/* What the person should know from the start; the program works all the same. */
static void say_first_things(App *app, GError *laying_out)
{
    Session *session = app_session(app);
    if (laying_out != NULL)
        app_error(app, laying_out);
    if (laying_out != NULL || session == NULL)
        return; /* without a session the first screen could not be entered, and has said why */
    if (app_config(app)->syslog)
        audit_anchor(session, NULL);
    g_autoptr(GPtrArray) sentences = g_ptr_array_new_with_free_func(g_free);
    char *tries = session_tell_tries(session);
    if (app_only_reads(app) != NULL)
        g_ptr_array_add(sentences, g_strdup(app_only_reads(app)));
    for (guint i = 0; i < session_notices(session)->len; i++)
        g_ptr_array_add(sentences, g_strdup(session_notices(session)->pdata[i]));
    char *laptop = laptop_mark_tell(session);
    if (laptop != NULL)
        g_ptr_array_add(sentences, laptop);
    if (session_tell_swap(session) != NULL)
        g_ptr_array_add(sentences, g_strdup(session_tell_swap(session)));
    if (tries != NULL)
        g_ptr_array_add(sentences, tries);
    char key[KEY_NAME_SIZE];
    g_autofree char *how =
        g_strdup_printf(_("Make one now: key %s."), shared_key(app, ACTION_DATABASE, key));
    char *late = backup_late(session, app_config(app)->backup_days, how);
    if (late != NULL)
        g_ptr_array_add(sentences, late);
    char *waits = log_waits(session);
    if (waits != NULL)
        g_ptr_array_add(sentences, waits);
    if (session_form_fault(session) != NULL)
        g_ptr_array_add(sentences, g_strdup(session_form_fault(session)));
    say_all(app, sentences);
}

/* Where the key file lies, as it is typed or was known; NULL: `login` is not known to need one. New. */
static char *file_given(const UnlockState *state, const char *login)
{
    if (g_strcmp0(state->file_of, login) != 0 || page_text(&state->page, ROW_OWN_FILE)[0] == '\0')
        return NULL;
    return paths_typed(page_text(&state->page, ROW_OWN_FILE));
}

/* The vault says who needs one. */
static void need_file(App *app, UnlockState *state, const char *login)
{
    g_autofree char *keys = vault_path_for(app_database(app));
    g_autofree char *known = own_path_known(app_database(app), login);
    g_autofree char *normal = login_normalise(login, NULL);
    if (normal == NULL || !own_file_is_needed_at(keys, normal))
        return;
    ask_for_file(state, login, known);
    state->page.focus = ROW_OWN_FILE;
}

static void try_to_unlock(App *app, UnlockState *state)
{
    GError *error = NULL;
    const Secret *passphrase = page_secret_of(&state->page, ROW_PASSPHRASE);
    SessionOpening opening = {.database = app_database(app),
                              .login = page_text(&state->page, ROW_LOGIN),
                              .passphrase = passphrase,
                              .read_only = TRUE};
    set_fault(state, NULL);
    if (passphrase == NULL || opening.login[0] == '\0') {
        set_fault(state, _("Type both your user name and your passphrase."));
        state->page.focus = opening.login[0] == '\0' ? ROW_LOGIN : ROW_PASSPHRASE;
        return;
    }
    g_autofree char *file = file_given(state, opening.login);
    g_autoptr(Secret) both = file != NULL ? own_file_join(passphrase, file, &error) : NULL;
    if (error != NULL) {
        state->page.focus = ROW_OWN_FILE;
        fail(state, error);
        return;
    }
    if (both != NULL)
        opening.passphrase = both;
    state->unlocking = TRUE;
    app_draw(app);
    Session *session = session_open(&opening, &error);
    state->unlocking = FALSE;
    if (g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT))
        need_file(app, state, opening.login);
    if (session == NULL || !app_may_unlock(app, session, &error)) {
        g_clear_pointer(&session, session_close);
        fail(state, error);
        return;
    }
    if (file != NULL)
        own_path_keep(app_database(app), opening.login, file);
    series_lay_out(session, clock_today(), NULL, &error);
    app_unlocked(app, session);
    say_first_things(app, error);
    if (app_session(app) != NULL && app_shows(app, SCREEN_TODAY))
        walks_offer(app);
}

static gboolean unlock_key(App *app, void *data, const Event *event)
{
    UnlockState *state = data;
    gboolean done;
    if (event->type == EVENT_KEY && event->key == K_ESCAPE) {
        set_fault(state, NULL);
        empty_passphrase(state);
        return TRUE;
    }
    gboolean taken = page_event(&state->page, event, &done);
    if (done)
        try_to_unlock(app, state);
    return taken;
}

/* --- drawing -----------------------------------------------------------------------------------
 */

static void draw_demo_help(Area area, int row)
{
    row += draw_paragraph(area, row, 0, area.columns, STYLE_NORMAL,
                          _("This is the demo; everybody in it is made up. Come in as stod "
                            "(support worker), hand (case officer), led (team lead) or admin "
                            "(administrator)."));
    g_autofree char *text = g_strdup_printf(_("The passphrase of them all: %s"), DEMO_PASSPHRASE);
    draw_paragraph(area, row, 0, area.columns, STYLE_STRONG, text);
}

static void draw_lost_help(Area area, int row)
{
    draw_paragraph(area, row, 0, area.columns, STYLE_QUIET,
                   _("Is the passphrase lost? An administrator gives you a new one, "
                     "and nothing that you have recorded is lost."));
}

static void unlock_draw(App *app, void *data, Area area)
{
    UnlockState *state = data;
    Area box = area_centre(area, MIN(area.rows, 16), MIN(area.columns, WIDEST));
    draw_text(box, 0, 0, STYLE_HEADING, app_screens_of(app) != NULL ? _("Locked") : _("Welcome"));
    g_autofree char *where = g_strdup_printf(_("Unit's database: %s"), app_database(app));
    draw_cell(box, 1, 0, box.columns, STYLE_QUIET, FALSE, where);
    const int rows = state->file_of != NULL ? 3 : 2;
    page_draw(&state->page, area_rows(box, 3, rows));
    int row = 4 + rows;
    if (state->unlocking)
        row += draw_paragraph(box, row, 0, box.columns, STYLE_STRONG, _("Unlocking…"));
    else if (state->fault != NULL)
        row += draw_paragraph(box, row, 0, box.columns, STYLE_FAULT, state->fault);
    else
        row += draw_paragraph(box, row, 0, box.columns, STYLE_QUIET,
                              _("Enter opens. F10 leaves the program."));
    row++;
    if (looks_like_demo(app))
        draw_demo_help(box, row);
    else if (state->tries >= LOST_AFTER)
        draw_lost_help(box, row);
}

const Screen screen_unlock = {
    .name = "unlock",
    .place = IN_UNLOCK,
    .title = N_("Unlock"),
    .state_size = sizeof(UnlockState),
    .enter = unlock_enter,
    .draw = unlock_draw,
    .key = unlock_key,
    .leave = unlock_leave,
};
