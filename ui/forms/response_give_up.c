/* response_give_up.c: a form that is not gone on with, and why, by one key; and taken up again. */
#include "base/i18n.h"
#include "care/response/response.h"
#include "care/response/response_words.h"
#include "ui/app.h"
#include "ui/common/choose.h"
#include "ui/common/shared.h"
#include "ui/forms/walks.h"

static gboolean give_up(App *app, gint64 id, NotDone cause, GError **error)
{
    Form *form = NULL;
    g_autoptr(Answers) answers = NULL;
    g_autoptr(Response) response =
        response_open(app_session(app), id, TRUE, FALSE, &form, &answers, error);
    form_free(form);
    if (response == NULL)
        return FALSE;
    gboolean given_up = response_give_up(app_session(app), response, cause, NULL, error);
    if (!given_up)
        response_release(app_session(app), response, NULL);
    return given_up;
}

static void cause_chosen(App *app, gint64 cause, gint64 id)
{
    char key[KEY_NAME_SIZE];
    GError *error = NULL;
    if (!give_up(app, id, (NotDone)cause, &error)) {
        app_error(app, error);
        return;
    }
    walks_gave_up(app, id);
    shared_resume_top(app);
    app_say(app, STYLE_GOOD, _("Noted. What has been answered is kept. %s takes it up again."),
            shared_key(app, ACTION_RESPONSE_TAKE_UP, key));
}

static void ask_cause(App *app, const Response *response)
{
    g_autofree char *title =
        g_strdup_printf(_("%s: why is it not gone on with?"), response_words_title(response));
    Choose *choose = choose_new(title, cause_chosen, response->id);
    for (NotDone cause = NOT_DONE_NONE; cause < NOT_DONE_COUNT; cause++)
        if (not_done_fits(cause, response->respondent, TRUE))
            choose_add(choose, cause, not_done_name(cause));
    choose_ask(app, choose);
}

void on_response_give_up(App *app, void *state)
{
    (void)state;
    char key[KEY_NAME_SIZE];
    const Response *response = shared_response(app);
    if (response == NULL)
        return;
    if (response->completed_ms != 0)
        app_say(app, STYLE_QUIET,
                _("This form is completed. Open it to read it, or make a correction."));
    else if (response->not_done != NOT_DONE_NONE)
        app_say(app, STYLE_QUIET, _("It is noted already. %s takes the form up again."),
                shared_key(app, ACTION_RESPONSE_TAKE_UP, key));
    else
        ask_cause(app, response);
}

/* The one that the cursor is on; where only unfinished ones are listed, the one given up last. */
static gint64 to_take_up(App *app)
{
    if (app_shows(app, SCREEN_WALKS)) {
        gint64 id = walks_given_up(app);
        if (id == 0)
            app_say(app, STYLE_QUIET, _("No form has been given up here just now."));
        return id;
    }
    const Response *response = shared_response(app);
    if (response != NULL && response->not_done == NOT_DONE_NONE)
        app_say(app, STYLE_QUIET, _("This form has not been given up."));
    return response != NULL && response->not_done != NOT_DONE_NONE ? response->id : 0;
}

void on_response_take_up(App *app, void *state)
{
    (void)state;
    GError *error = NULL;
    gint64 id = to_take_up(app);
    if (id == 0)
        return;
    if (!response_take_up(app_session(app), id, &error)) {
        app_error(app, error);
        return;
    }
    walks_gave_up(app, 0);
    shared_resume_top(app);
    app_say(app, STYLE_GOOD, _("The form is taken up again. You can go on with it."));
}
