/* forms.c: forms begun, completed and new, as lists of lines; and one read aloud. */
#include "cmd/plain/walk.h"

#include "base/i18n.h"
#include "care/client/plan.h"
#include "care/response/response_words.h"

enum { RESPONSES_MOST = 50 };

/* --- lists ------------------------------------------------------------------------------------ */

/* "Handlingsplan, Anna Berg: påbörjad, vid fråga 17". New. */
static char *response_line(const Plain *plain, const Response *response)
{
    const char *title = response_words_title(response);
    const char *subject = response_words_subject(response);
    g_autofree char *state = response_words_state(response);
    if (response->staff_id == session_staff_id(plain->session) || response->completed_ms != 0 ||
        response->closed)
        return g_strdup_printf("%s, %s: %s", title, subject, state);
    return g_strdup_printf("%s, %s: %s (%s)", title, subject, state, response->staff_name);
}

/* TRUE when it is open to the user from now on. */
static gboolean take_closed(Plain *plain, const Response *response)
{
    GError *error = NULL;
    plain_say(plain, "%s",
              _("The form is about somebody with protected identity and was begun by a colleague. "
                "What you write here stands in the log."));
    g_autofree char *reason =
        plain_ask(plain, _("Why do you take it over? An empty line goes back:"));
    if (reason == NULL || *reason == '\0')
        return FALSE;
    gboolean taken = response_take_closed(plain->session, response->id, reason, &error);
    plain_error(plain, error);
    return taken;
}

static void open_response(Plain *plain, const Response *response)
{
    if (response->closed && !take_closed(plain, response))
        return;
    if (response->completed_ms != 0 || response->not_done != NOT_DONE_NONE)
        plain_read_aloud(plain, response->id);
    else
        plain_walk(plain, &(PlainWalk){.response_id = response->id});
}

/* With `more` (may be NULL) as a last line. TRUE when that was chosen. */
static gboolean choose_response(Plain *plain, const GPtrArray *responses, const char *more)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < responses->len; i++)
        g_ptr_array_add(lines, response_line(plain, responses->pdata[i]));
    if (more != NULL)
        g_ptr_array_add(lines, g_strdup(more));
    if (lines->len == 0) {
        plain_say(plain, "%s", _("There is no form here."));
        return FALSE;
    }
    int index = plain_choose(plain, _("Which form? An empty line goes back."), lines);
    if (index >= 0 && index < (int)responses->len)
        open_response(plain, responses->pdata[index]);
    return index == (int)responses->len;
}

/* Those that `mine` has not. */
static GPtrArray *of_others(const Plain *plain, const GPtrArray *all)
{
    GPtrArray *others = g_ptr_array_new();
    for (guint i = 0; i < all->len; i++) {
        const Response *response = all->pdata[i];
        if (response->staff_id != session_staff_id(plain->session))
            g_ptr_array_add(others, all->pdata[i]);
    }
    return others;
}

void plain_begun(Plain *plain, gint64 unused)
{
    (void)unused;
    GError *error = NULL;
    g_autoptr(GPtrArray) mine = response_unfinished(plain->session, TRUE, RESPONSES_MOST, &error);
    g_autoptr(GPtrArray) all =
        mine != NULL ? response_unfinished(plain->session, FALSE, RESPONSES_MOST, &error) : NULL;
    if (all == NULL) {
        plain_error(plain, error);
        return;
    }
    g_autoptr(GPtrArray) others = of_others(plain, all);
    if (mine->len == 0 && others->len == 0)
        plain_say(plain, "%s", _("Nothing is waiting to be gone on with."));
    else if (choose_response(plain, mine,
                             others->len > 0 ? _("Those that others in the unit have begun")
                                             : NULL))
        choose_response(plain, others, NULL);
}

void plain_forms_of(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) responses = response_of_client(plain->session, client_id, &error);
    if (responses != NULL)
        choose_response(plain, responses, NULL);
    plain_error(plain, error);
}

/* Interviews belong to a placement and begin there. */
void plain_new_form(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) forms = response_forms(plain->session, faults, &error);
    g_autoptr(GPtrArray) walks = g_ptr_array_new();
    g_autoptr(GPtrArray) titles = g_ptr_array_new();
    for (guint i = 0; forms != NULL && i < forms->len; i++) {
        const Form *form = forms->pdata[i];
        if (form->kind != FORM_KIND_WALK)
            continue;
        g_ptr_array_add(walks, forms->pdata[i]);
        g_ptr_array_add(titles, (char *)form_text(form->title));
    }
    for (guint i = 0; i < faults->len; i++)
        plain_say(plain, "%s", (const char *)faults->pdata[i]);
    plain_error(plain, error);
    if (titles->len == 0) {
        plain_say(plain, "%s", _("There is no form here."));
        return;
    }
    int index = plain_choose(plain, _("Which form? An empty line goes back."), titles);
    if (index < 0)
        return;
    const Form *form = walks->pdata[index];
    plain_walk(
        plain,
        &(PlainWalk){.form = form->name, .client_id = client_id, .respondent = form->respondent});
}

/* Read aloud where there are answers, else asked. */
void plain_plan_of(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    g_autoptr(Plan) plan = plan_of_client(plain->session, client_id, &error);
    if (error != NULL)
        plain_error(plain, error);
    else if (plan != NULL)
        plain_read_aloud(plain, plan->response_id);
    else
        plain_walk(plain, &(PlainWalk){.form = PLAN_FORM, .client_id = client_id});
}

/* --- reading aloud ---------------------------------------------------------------------------- */

/* The form as a whole, or one of its questions that have an answer. */
static void choose_disputed(Plain *plain, const Walk *walk)
{
    const Flow *flow = walk_flow(walk);
    const Response *response = walk_response(walk);
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(lines, g_strdup(_("The form as a whole")));
    g_ptr_array_add(keys, NULL);
    for (int i = flow_next(flow, -1, 1); i >= 0; i = flow_next(flow, i, 1)) {
        const FlowStep *step = flow_step(flow, i);
        if (!flow_is_answered(flow, i))
            continue;
        g_autofree char *text = walk_text(walk, step->item->text);
        g_ptr_array_add(lines, g_strdup_printf("%d. %s", step->number, text != NULL ? text : ""));
        g_ptr_array_add(keys, dispute_question(step->item->link_id, step->instance));
    }
    const int index = plain_choose(plain, _("What does the person say is wrong?"), lines);
    if (index < 0)
        return;
    g_autofree char *entry =
        index > 0 ? g_strdup_printf("%s, %s", response->title, (const char *)lines->pdata[index])
                  : g_strdup(response->title);
    plain_new_dispute(plain, response->client_id,
                      &(PlainDisputed){DISPUTE_RESPONSE, response->id, keys->pdata[index], entry});
}

/* What can be done with it when it has been read. */
static void offer_more(Plain *plain, const Walk *walk)
{
    GError *error = NULL;
    const Response *response = walk_response(walk);
    if (db_is_read_only(session_db(plain->session)))
        return;
    if (response->not_done != NOT_DONE_NONE) {
        if (plain_yes(plain, _("Take it up again?")) &&
            response_take_up(plain->session, response->id, &error))
            plain_walk(plain, &(PlainWalk){.response_id = response->id});
        plain_error(plain, error);
    } else if (!response->corrected && plain_yes(plain, _("Make a correction?"))) {
        plain_walk(plain, &(PlainWalk){.response_id = response->id, .correct = TRUE});
    } else if (plain_yes(plain, _("Write it on paper?"))) {
        plain_walk_paper(plain, walk);
    } else if (response->client_id != 0 &&
               plain_yes(plain, _("Does the person say that something here is wrong?"))) {
        choose_disputed(plain, walk);
    }
}

void plain_read_aloud(Plain *plain, gint64 response_id)
{
    GError *error = NULL;
    Walk *walk = walk_read(plain->session, response_id, &error);
    if (walk == NULL) {
        plain_error(plain, error);
        return;
    }
    const Response *response = walk_response(walk);
    g_autofree char *line = response_line(plain, response);
    plain_say(plain, "%s.", line);
    if (response->not_done_words != NULL)
        plain_say(plain, "“%s”", response->not_done_words);
    g_autoptr(GPtrArray) disputes = plain_read_disputes(plain, response->client_id);
    plain_say_beside(plain, disputes,
                     &(PlainDisputed){DISPUTE_RESPONSE, response->id, DISPUTE_WHOLE, NULL});
    plain_walk_say_answers(plain, walk);
    plain_walk_offer_hidden(plain, walk);
    offer_more(plain, walk);
    walk_close(walk, plain->session);
}
