/* app_actions.c: the actions that belong to no screen. */
#include "base/i18n.h"
#include "ui/app.h"
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

void on_back(App *app, void *state)
{
    (void)state;
    if (app->stack->len > 1)
        app_pop(app);
    else
        app_say(app, STYLE_QUIET, _("There is nothing to go back to from here."));
}

void on_quit(App *app, void *state)
{
    (void)state;
    app_quit(app);
}
