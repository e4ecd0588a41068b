/* app_actions.c: the actions that belong to no screen. */
#include "base/i18n.h"
#include "ui/app.h"
#include "ui/common/dialog.h"
#include "ui/term.h"

void on_repaint(App *app, void *state)
{
    (void)app, (void)state;
    term_repaint();
}

void on_lock(App *app, void *state)
{
    (void)state;
    app_lock(app);
}

static void leave_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text, (void)data;
    if (yes)
        app_pop(app);
}

void on_back(App *app, void *state)
{
    (void)state;
    if (app_depth(app) > 1 && app_would_lose(app))
        dialog_ask(app,
                   _("What you typed last is not saved. Copy it first if you need it. Leave all "
                     "the same?"),
                   leave_answered, NULL);
    else if (app_depth(app) > 1)
        app_pop(app);
    else
        app_say(app, STYLE_QUIET, _("There is nothing to go back to from here."));
}

static void quit_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text, (void)data;
    if (yes)
        app_quit(app);
}

void on_quit(App *app, void *state)
{
    (void)state;
    if (app_session(app) == NULL && app_holds_back(app))
        dialog_ask(app,
                   _("What was typed last could not be saved, and is lost when the program is "
                     "left. Unlock to save it or copy it. Leave all the same?"),
                   quit_answered, NULL);
    else
        app_quit(app);
}

void on_edit_save(App *app, void *state)
{
    if (app_top(app)->finish != NULL)
        app_top(app)->finish(app, state);
}
