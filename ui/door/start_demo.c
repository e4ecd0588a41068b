/* start_demo.c: the demo unit that the first start offers.
 *
 * It is made under another name and moved into place when it is whole, so that a demo broken off is
 * never taken for one. */
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "care/unit/making.h"
#include "care/visit/series.h"
#include "exchange/demo.h"
#include "ui/door/start.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define DEMO_LOGIN "led"

static gboolean show_progress(double share, gpointer data)
{
    return app_progress(data, _("Making the demo unit…"), share);
}

static void remove_unit(const char *database)
{
    g_autofree char *keys = vault_path_for(database);
    g_autofree char *copy = vault_copy_path_for(database);
    g_autofree char *journal = g_strconcat(database, "-journal", NULL);
    g_unlink(database);
    g_unlink(journal);
    g_unlink(keys);
    g_unlink(copy);
}

/* The database last: where it is, everything is. */
static gboolean move_unit(const char *from, const char *to, GError **error)
{
    g_autofree char *from_keys = vault_path_for(from);
    g_autofree char *to_keys = vault_path_for(to);
    g_autofree char *from_copy = vault_copy_path_for(from);
    g_autofree char *to_copy = vault_copy_path_for(to);
    g_autofree char *from_journal = g_strconcat(from, "-journal", NULL);
    g_unlink(from_journal); /* empty: the database was closed in order */
    g_rename(from_copy, to_copy);
    if (g_rename(from_keys, to_keys) == 0 && g_rename(from, to) == 0)
        return TRUE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_IO, _("The demo could not be put at %s (%s)."), to,
                g_strerror(errno));
    return FALSE;
}

static gboolean make_demo(App *app, const char *path, const Secret *passphrase, GError **error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *unfinished = g_build_filename(folder, "demo-unfinished.db", NULL);
    g_autoptr(Secret) code = NULL;
    SessionOpening opening = {
        .database = unfinished, .login = "admin", .passphrase = passphrase, .demo = TRUE};
    remove_unit(unfinished);
    g_autoptr(Session) session = session_create(&opening, _("Demo unit"), _("Demo administrator"),
                                                ROLE_ADMINISTRATOR, &code, error);
    if (session == NULL)
        return FALSE;
    gboolean made = demo_fill(session, DEMO_UNIT, DEMO_SEED, show_progress, app, error);
    session_close(g_steal_pointer(&session));
    if (made && move_unit(unfinished, path, error))
        return TRUE;
    remove_unit(unfinished);
    return FALSE;
}

static Session *open_demo(App *app, const char *path, GError **error)
{
    g_autoptr(Secret) passphrase = secret_from_text(DEMO_PASSPHRASE);
    SessionOpening opening = {
        .database = path, .login = DEMO_LOGIN, .passphrase = passphrase, .read_only = TRUE};
    app_progress_begin(app);
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        app_progress(app, _("Making the demo unit…"), 0);
        if (!make_demo(app, path, passphrase, error))
            return NULL;
    }
    app_say(app, STYLE_STRONG, "%s", _("Unlocking…"));
    app_draw(app);
    return session_open(&opening, error);
}

void start_demo(App *app)
{
    GError *error = NULL;
    g_autofree char *folder = paths_user_data(&error);
    g_autofree char *path = folder != NULL ? g_build_filename(folder, "demo.db", NULL) : NULL;
    Session *session = path != NULL ? open_demo(app, path, &error) : NULL;
    if (session == NULL) {
        app_error(app, error);
        return;
    }
    series_lay_out(session, clock_today(), NULL, &error);
    app_set_database(app, path);
    app_unlocked(app, session);
    if (app_session(app) != NULL)
        app_say(app, STYLE_NOTICE, "%s",
                _("Everybody here is made up. F9 lets you come in as somebody else."));
    app_error(app, error);
}
