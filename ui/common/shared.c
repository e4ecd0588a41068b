/* shared.c: small things that several screens do alike. */
#include "ui/common/shared.h"

#include "base/i18n.h"
#include "care/visit/out.h"

const char *shared_key(App *app, Action action, char *buffer)
{
    return key_label(keymap_key(app_keymap(app), action), buffer);
}

gboolean shared_begins_with_own(App *app)
{
    return session_role(app_session(app)) == ROLE_SUPPORT_WORKER;
}

gboolean shared_passes(const void *state)
{
    (void)state;
    return TRUE;
}

gboolean shared_out(App *app, char **words, GError **error)
{
    g_autoptr(GPtrArray) out = out_list(app_session(app), error);
    if (out == NULL)
        return FALSE;
    g_free(*words);
    *words = out_words(app_session(app), out);
    return TRUE;
}

gboolean shared_read_name(App *app, gint64 client_id, char **name, GError **error)
{
    if (*name != NULL)
        return TRUE;
    ClientRow *client = client_glance(app_session(app), client_id, error);
    if (client != NULL)
        *name = g_strdup(client->name);
    client_row_free(client);
    return *name != NULL;
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

/* The row of the list that the cursor is on, when it is of `kind`; else says so. */
static gconstpointer chosen_row(App *app, SubjectKind kind)
{
    Subject subject = app_subject(app);
    gconstpointer row = subject.kind == kind ? subject.row : NULL;
    if (row == NULL)
        say_nothing_chosen(app);
    return row;
}

const Visit *shared_visit(App *app)
{
    return chosen_row(app, SUBJECT_VISIT);
}

const Response *shared_response(App *app)
{
    return chosen_row(app, SUBJECT_RESPONSE);
}

gboolean shared_find(App *app, gint64 client_id, SubjectKind kind, gconstpointer row)
{
    const Screen *screen = app_top(app);
    const Subject subject = {.client_id = client_id, .kind = kind, .row = row};
    return screen->find != NULL && screen->find(app, app_top_state(app), subject);
}

gboolean shared_find_visit(App *app, const Visit *visit)
{
    return shared_find(app, visit->client_id, SUBJECT_VISIT, visit);
}

gint64 shared_client(App *app)
{
    Subject subject = app_subject(app);
    if (subject.client_id == 0)
        say_nothing_chosen(app);
    return subject.client_id;
}
