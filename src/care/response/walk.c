/* walk.c: opening a walk, its texts, and going about in it.
 *
 * Where one is needs no commit of its own at every step: it goes with the next answer, with what is
 * typed, and when the walk is closed. The overview is the place with an empty linkId. */
#include "care/response/walk_private.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client.h"
#include "form/form_diff.h"

#define OVERVIEW ""

/* --- opening and closing ---------------------------------------------------------------------- */

static void walk_free(Walk *walk)
{
    flow_free(walk->flow);
    answers_free(walk->answers);
    form_free(walk->form);
    response_free(walk->response);
    g_free(walk->staff);
    g_free(walk->unit);
    client_free(walk->card);
    placement_free(walk->placement);
    answers_free(walk->corrected);
    g_clear_pointer(&walk->versions, g_array_unref);
    g_clear_pointer(&walk->disputes, g_ptr_array_unref);
    g_clear_pointer(&walk->changes, g_ptr_array_unref);
    g_ptr_array_unref(walk->contradictions);
    g_free(walk);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Walk, walk_free)

/* What the form in force has that this version has not. That it is gone or faulty is no reason not
 * to open what was asked. */
static void compare_versions(Walk *walk, Session *session)
{
    if (response_form_is_same(session, walk->response->form, walk->form))
        return;
    g_autoptr(Form) form = response_form(session, walk->response->form, NULL);
    if (form != NULL && !g_str_equal(form->hash, walk->form->hash))
        walk->changes = form_diff(walk->form, form);
}

/* Where it stopped; else the first question that has no answer; else the overview. */
static int place_of(const Walk *walk)
{
    const Response *response = walk->response;
    if (response->at_item != NULL && g_str_equal(response->at_item, OVERVIEW))
        return flow_count(walk->flow);
    int index = response->at_item == NULL
                    ? walk_next(walk, -1, 1)
                    : flow_find(walk->flow, response->at_item, response->at_instance);
    if (index < 0)
        index = flow_next_unanswered(walk->flow, -1);
    return index >= 0 ? index : flow_count(walk->flow);
}

/* Takes `response`, `form` and `answers`. */
static Walk *walk_make(Session *session, Response *response, Form *form, Answers *answers,
                       gboolean read_only)
{
    Walk *walk = g_new0(Walk, 1);
    walk->response = response;
    walk->form = form;
    walk->answers = answers;
    walk->read_only = read_only;
    walk->flow = flow_new(form, answers, clock_today());
    walk->saved_ms = response->at_item != NULL ? response->continued_ms : 0;
    walk->staff_id = session_staff_id(session);
    walk->staff = g_strdup(session_staff_name(session));
    walk->unit = g_strdup(session_unit_name(session));
    walk->contradictions = g_ptr_array_new_with_free_func(g_free);
    walk_learn(walk, session);
    walk_learn_corrected(walk, session);
    walk_contradict(walk);
    if (!read_only)
        walk_fill_in(walk);
    walk->index = place_of(walk);
    compare_versions(walk, session);
    return walk;
}

Walk *walk_begin(Session *session, const char *name, gint64 client_id, const char *respondent,
                 gint64 placement_id, const char *language, GError **error)
{
    g_autoptr(Form) form = response_form(session, name, error);
    g_autoptr(Response) response =
        form != NULL
            ? response_begin(session, form, client_id, respondent, placement_id, language, error)
            : NULL;
    if (response == NULL)
        return NULL;
    return walk_make(session, g_steal_pointer(&response), g_steal_pointer(&form), answers_new(),
                     FALSE);
}

static Walk *open_response(Session *session, gint64 response_id, gboolean hold, gboolean take_over,
                           GError **error)
{
    Form *form = NULL;
    Answers *answers = NULL;
    Response *response =
        response_open(session, response_id, hold, take_over, &form, &answers, error);
    return response != NULL ? walk_make(session, response, form, answers, !hold) : NULL;
}

Walk *walk_open(Session *session, gint64 response_id, gboolean take_over, GError **error)
{
    return open_response(session, response_id, TRUE, take_over, error);
}

Walk *walk_read(Session *session, gint64 response_id, GError **error)
{
    Walk *walk = open_response(session, response_id, FALSE, FALSE, error);
    if (walk != NULL)
        walk->index = flow_count(walk->flow);
    return walk;
}

Walk *walk_correct(Session *session, gint64 response_id, GError **error)
{
    g_autoptr(Response) response = response_correct(session, response_id, error);
    return response != NULL ? walk_open(session, response->id, FALSE, error) : NULL;
}

gboolean walk_close(Walk *walk, Session *session)
{
    if (walk == NULL)
        return FALSE;
    if (session != NULL && !walk->read_only && session_staff_id(session) == walk->staff_id) {
        g_autoptr(GError) ignored = NULL;
        if (walk->moved && !response_save_place(session, walk->response, &ignored))
            g_clear_error(&ignored);
        response_release(session, walk->response, &ignored);
    }
    gboolean dropped = walk->response->dropped;
    walk_free(walk);
    return dropped;
}

/* --- what it is ------------------------------------------------------------------------------- */

const Response *walk_response(const Walk *walk)
{
    return walk->response;
}

const Form *walk_form(const Walk *walk)
{
    return walk->form;
}

const Answers *walk_answers(const Walk *walk)
{
    return walk->answers;
}

const Flow *walk_flow(const Walk *walk)
{
    return walk->flow;
}

gboolean walk_is_read_only(const Walk *walk)
{
    return walk->read_only;
}

gint64 walk_saved_ms(const Walk *walk)
{
    return walk->saved_ms;
}

const GPtrArray *walk_form_changes(const Walk *walk)
{
    return walk->changes;
}

FormFills walk_fills(const Walk *walk)
{
    return (FormFills){.client = walk->response->subject,
                       .staff = walk->staff,
                       .unit = walk->unit,
                       .today = clock_today()};
}

char *walk_text(const Walk *walk, const char *text)
{
    const FormFills fills = walk_fills(walk);
    return text != NULL ? form_fill(text, walk->response->language, &fills) : NULL;
}

gboolean walk_is_hidden(const Walk *walk, const FormItem *item)
{
    /* Of an intake what has been said counts, for there is no card yet. */
    return g_strcmp0(item->maps_to, "client.address") == 0 &&
           (walk->is_protected || walk->response->is_protected);
}

char *walk_value_text(const Walk *walk, const FormItem *item, const Answer *answer)
{
    if (answer != NULL && answer->kind == ANSWER_VALUE && walk_is_hidden(walk, item))
        return g_strdup(C_("answer", "hidden"));
    return walk_value_shown(walk, item, answer);
}

char *walk_value_shown(const Walk *walk, const FormItem *item, const Answer *answer)
{
    return flow_value_text(item, answer, walk->response->language);
}

int walk_index(const Walk *walk)
{
    return walk->index;
}

gboolean walk_at_end(const Walk *walk)
{
    return walk->index >= flow_count(walk->flow);
}

gboolean walk_has_moved(const Walk *walk)
{
    return walk->moved;
}

const FlowStep *walk_step(const Walk *walk)
{
    return walk_at_end(walk) ? NULL : flow_step(walk->flow, walk->index);
}

const Answer *walk_answer_here(const Walk *walk)
{
    const FlowStep *step = walk_step(walk);
    return step != NULL ? answers_get(walk->answers, step->item->link_id, step->instance) : NULL;
}

gboolean walk_may_change(const Walk *walk, GError **error)
{
    if (walk->read_only)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_READONLY,
                            _("This form is completed. Make a correction to change it: the one "
                              "from before is kept."));
    return !walk->read_only;
}

/* --- going about ------------------------------------------------------------------------------ */

void walk_mark(Walk *walk, int index)
{
    const FlowStep *step = index < flow_count(walk->flow) ? flow_step(walk->flow, index) : NULL;
    g_free(walk->response->at_item);
    g_free(walk->response->at_instance);
    walk->response->at_item = g_strdup(step != NULL ? step->item->link_id : OVERVIEW);
    walk->response->at_instance = g_strdup(step != NULL ? step->instance : "");
    walk->response->at_number = step != NULL ? step->number : 0;
}

/* An answer is committed together with the next place, so going on from it is no news. */
static gboolean is_marked(const Walk *walk, int index)
{
    const Response *response = walk->response;
    const FlowStep *step = index < flow_count(walk->flow) ? flow_step(walk->flow, index) : NULL;
    return g_strcmp0(response->at_item, step != NULL ? step->item->link_id : OVERVIEW) == 0 &&
           g_strcmp0(response->at_instance, step != NULL ? step->instance : "") == 0;
}

int walk_next(const Walk *walk, int index, int direction)
{
    do
        index = flow_next(walk->flow, index, direction);
    while (index >= 0 && walk_knows(walk, flow_step(walk->flow, index)->item));
    return index;
}

gboolean walk_at_start(const Walk *walk)
{
    return walk->index == walk_next(walk, -1, 1);
}

gboolean walk_is_begun(const Walk *walk)
{
    gboolean begun = FALSE;
    for (int i = walk_next(walk, -1, 1); i >= 0 && !begun; i = walk_next(walk, i, 1))
        begun = flow_is_answered(walk->flow, i);
    return begun;
}

/* The question at `index`, or the first one after it. */
static int question_from(const Walk *walk, int index)
{
    int found = index >= flow_count(walk->flow) ? -1 : flow_next(walk->flow, index - 1, 1);
    return found >= 0 ? found : flow_count(walk->flow);
}

gboolean walk_go(Walk *walk, Session *session, int index, GError **error)
{
    int to = question_from(walk, MAX(index, 0));
    if (walk->read_only || to == walk->index) {
        walk->index = to;
        return TRUE;
    }
    if (walk->response->typed != NULL && !walk_type(walk, session, TYPED_NOTHING, NULL, error))
        return FALSE;
    walk->moved = walk->moved || !is_marked(walk, to);
    walk_mark(walk, to);
    walk->index = to;
    return TRUE;
}

gboolean walk_forward(Walk *walk, Session *session, GError **error)
{
    int next = walk_next(walk, walk->index, 1);
    return walk_at_end(walk) ||
           walk_go(walk, session, next >= 0 ? next : flow_count(walk->flow), error);
}

gboolean walk_back(Walk *walk, Session *session, GError **error)
{
    int before = walk_next(walk, walk->index, -1);
    return before < 0 || walk_go(walk, session, before, error);
}

gboolean walk_to_unanswered(Walk *walk, Session *session, GError **error)
{
    int next = flow_next_unanswered(walk->flow, walk->index);
    return walk_go(walk, session, next >= 0 ? next : flow_count(walk->flow), error);
}

/* --- what is being typed ---------------------------------------------------------------------- */

static gboolean keep_place(Walk *walk, Session *session, GError **error)
{
    if (walk->moved && !response_save_place(session, walk->response, error))
        return FALSE;
    walk->moved = FALSE;
    return TRUE;
}

gboolean walk_type(Walk *walk, Session *session, TypedIn in, const char *text, GError **error)
{
    Response *response = walk->response;
    gboolean empty = text == NULL || *text == '\0';
    if (walk->read_only)
        return empty || walk_may_change(walk, error);
    g_autofree char *typed = empty ? NULL : g_strdup(text);
    TypedIn typed_in = empty ? TYPED_NOTHING : in;
    if (typed_in == response->typed_in && g_strcmp0(typed, response->typed) == 0)
        return keep_place(walk, session, error);
    char *before = response->typed;
    TypedIn before_in = response->typed_in;
    walk_mark(walk, walk->index);
    response->typed = typed;
    response->typed_in = typed_in;
    gint64 saved = response_save_typed(session, response, error);
    if (saved == 0) {
        response->typed = before;
        response->typed_in = before_in;
        return FALSE;
    }
    g_free(before);
    typed = NULL;
    walk->moved = FALSE;
    walk->saved_ms = saved;
    return TRUE;
}

const char *walk_typed(const Walk *walk, TypedIn *in)
{
    *in = walk->response->typed_in;
    return walk->response->typed;
}
