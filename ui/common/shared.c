/* shared.c: small things that several screens do alike. */
#include "ui/common/shared.h"

#include "base/i18n.h"

const char *shared_key(App *app, Action action, char *buffer)
{
    return key_label(keymap_key(app_keymap(app), action), buffer);
}

gboolean shared_begins_with_own(App *app)
{
    return session_role(app_session(app)) == ROLE_SUPPORT_WORKER;
}

void shared_resume_top(App *app)
{
    const Screen *screen = app_top(app);
    if (screen->resume != NULL)
        screen->resume(app, app_top_state(app));
}

static void say_nothing_chosen(App *app)
{
    app_say(app, STYLE_QUIET, _("There is nothing on this line. Choose a line of the list first."));
}

const Visit *shared_visit(App *app)
{
    const Screen *screen = app_top(app);
    const Visit *visit = screen->visit != NULL ? screen->visit(app, app_top_state(app)) : NULL;
    if (visit == NULL)
        say_nothing_chosen(app);
    return visit;
}

gint64 shared_client(App *app)
{
    const Screen *screen = app_top(app);
    gint64 id = screen->client_id != NULL ? screen->client_id(app, app_top_state(app)) : 0;
    if (id == 0)
        say_nothing_chosen(app);
    return id;
}

const Response *shared_response(App *app)
{
    const Screen *screen = app_top(app);
    const Response *response =
        screen->response != NULL ? screen->response(app, app_top_state(app)) : NULL;
    if (response == NULL)
        say_nothing_chosen(app);
    return response;
}
