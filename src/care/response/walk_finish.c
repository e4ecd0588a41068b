/* walk_finish.c: what is around the answers of a walk, and its end. */
#include "care/response/walk_private.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/idnumber.h"
#include "care/completion/completion_stop.h"

/* --- around the answers ----------------------------------------------------------------------- */

static gboolean commit_head(Walk *walk, Session *session, GError **error)
{
    gint64 saved = response_save_head(session, walk->response, error);
    if (saved != 0)
        walk->saved_ms = saved;
    return saved != 0;
}

gboolean walk_set_language(Walk *walk, Session *session, const char *language, GError **error)
{
    char *before = walk->response->language;
    if (walk->read_only) {
        /* read aloud in another language; nothing is written */
        walk->response->language = g_strdup(language);
        g_free(before);
        return TRUE;
    }
    walk->response->language = g_strdup(language);
    if (!commit_head(walk, session, error)) {
        g_free(walk->response->language);
        walk->response->language = before;
        return FALSE;
    }
    g_free(before);
    return TRUE;
}

gboolean walk_set_mode(Walk *walk, Session *session, ResponseMode mode, GError **error)
{
    ResponseMode before = walk->response->mode;
    if (!walk_may_change(walk, error))
        return FALSE;
    walk->response->mode = mode;
    if (!commit_head(walk, session, error)) {
        walk->response->mode = before;
        return FALSE;
    }
    return TRUE;
}

gboolean walk_set_interpreter(Walk *walk, Session *session, gboolean interpreter, GError **error)
{
    gboolean before = walk->response->interpreter;
    if (!walk_may_change(walk, error))
        return FALSE;
    walk->response->interpreter = interpreter;
    if (!commit_head(walk, session, error)) {
        walk->response->interpreter = before;
        return FALSE;
    }
    return TRUE;
}

gboolean walk_set_minutes(Walk *walk, Session *session, int minutes, GError **error)
{
    int before = walk->response->minutes_used;
    if (!walk_may_change(walk, error))
        return FALSE;
    walk->response->minutes_used = minutes;
    if (!commit_head(walk, session, error)) {
        walk->response->minutes_used = before;
        return FALSE;
    }
    return TRUE;
}

gboolean walk_set_client(Walk *walk, Session *session, gint64 client_id, GError **error)
{
    gint64 before = walk->response->client_id;
    if (!walk_may_change(walk, error))
        return FALSE;
    walk->response->client_id = client_id;
    if (!commit_head(walk, session, error)) {
        walk->response->client_id = before;
        return FALSE;
    }
    walk_learn(walk, session);
    walk_fill_in(walk);
    return TRUE;
}

gboolean walk_call(Walk *walk, Session *session, const Call *call, GError **error)
{
    if (!walk_may_change(walk, error))
        return FALSE;
    if (!walk_at_end(walk))
        walk_mark(walk, walk->index);
    return call_add(session, walk->response, call, error);
}

/* --- the end ---------------------------------------------------------------------------------- */

static void open_point_clear(gpointer point)
{
    g_free(((OpenPoint *)point)->sentence);
}

/* Whether a question must be left with an answer. In an interview that is each that applies: what
 * nobody was asked is no result, and is said to be so. */
static gboolean must_be_answered(const Walk *walk, const FormItem *item)
{
    return item->required || item->statutory || walk->form->kind == FORM_KIND_INTERVIEW;
}

/* What is wrong with a question in itself, whatever its answer is; NULL: nothing. New. */
static char *missing(const Walk *walk, const FlowStep *step)
{
    const Answer *answer = answers_get(walk->answers, step->item->link_id, step->instance);
    AnswerKind kind = answer != NULL ? answer->kind : ANSWER_NONE;
    if (must_be_answered(walk, step->item) && kind == ANSWER_NONE)
        return g_strdup_printf(
            _("Question %d has no answer yet. Answer it, or say why not with one "
              "of the keys for that."),
            step->number);
    if (step->item->statutory && kind != ANSWER_VALUE)
        return g_strdup_printf(_("The law asks for an answer to question %d. Give one."),
                               step->number);
    return NULL;
}

const char *walk_number_fault(const Walk *walk, int index)
{
    if (index >= flow_count(walk->flow))
        return NULL;
    const FlowStep *step = flow_step(walk->flow, index);
    const Answer *answer = answers_get(walk->answers, step->item->link_id, step->instance);
    IdNumber id;
    if (g_strcmp0(step->item->maps_to, "client.id_number") != 0 || answer == NULL ||
        answer->kind != ANSWER_VALUE || idnumber_parse(answer->value, clock_today(), &id))
        return NULL;
    return idnumber_fault_text(id.fault);
}

static AnswerKind kind_at(const Walk *walk, int index)
{
    const FlowStep *step = flow_step(walk->flow, index);
    const Answer *answer = answers_get(walk->answers, step->item->link_id, step->instance);
    return answer != NULL ? answer->kind : ANSWER_NONE;
}

/* An interview in which nothing has been asked was not given. */
static gboolean was_given(const Walk *walk)
{
    gboolean given = walk->form->kind != FORM_KIND_INTERVIEW;
    for (int i = walk_next(walk, -1, 1); i >= 0 && !given; i = walk_next(walk, i, 1))
        given = kind_at(walk, i) != ANSWER_NONE && kind_at(walk, i) != ANSWER_NOT_ASKED;
    return given;
}

/* In the place of all other points, for they would be mended in vain. */
static void say_not_given(const Walk *walk, GArray *points)
{
    OpenPoint point = {.index = flow_next(walk->flow, -1, 1), .hard = TRUE};
    point.sentence = g_strdup(_("Nothing has been asked yet. An interview that is not given is not "
                                "completed: note why among the client's forms or placements."));
    g_array_append_val(points, point);
}

/* flow_check_step(), and what is doubtful whatever the form. */
static CheckLevel check_here(const Walk *walk, int index, char **said)
{
    const FlowStep *step = flow_step(walk->flow, index);
    const Answer *answer = answers_get(walk->answers, step->item->link_id, step->instance);
    CheckLevel level = flow_check_step(walk->flow, index, said);
    if (level != CHECK_OK || answer == NULL || answer->kind != ANSWER_VALUE ||
        answer->reason != NULL)
        return level;
    *said = walk_doubt(walk, step, answer->value);
    return *said != NULL ? CHECK_WARNING : CHECK_OK;
}

/* What stops the whole form stands at the question to change. */
static void say_stopped(const Walk *walk, GArray *points)
{
    const FormItem *item = NULL;
    OpenPoint point = {.hard = TRUE};
    point.sentence = completion_stop(walk->form, walk->answers, clock_today(),
                                     walk->response->corrects_id != 0, &item);
    if (point.sentence == NULL)
        return;
    point.index = MAX(item != NULL ? flow_find(walk->flow, item->link_id, "") : 0, 0);
    for (guint i = 0; i < points->len; i++)
        if (g_array_index(points, OpenPoint, i).index == point.index) {
            g_free(point.sentence);
            return;
        }
    g_array_append_val(points, point);
}

GArray *walk_open_points(const Walk *walk)
{
    GArray *points = g_array_new(FALSE, FALSE, sizeof(OpenPoint));
    g_array_set_clear_func(points, open_point_clear);
    if (!was_given(walk)) {
        say_not_given(walk, points);
        return points;
    }
    for (int i = flow_next(walk->flow, -1, 1); i >= 0; i = flow_next(walk->flow, i, 1)) {
        g_autofree char *said = NULL;
        OpenPoint point = {.index = i, .hard = TRUE};
        if (walk_knows(walk, flow_step(walk->flow, i)->item))
            continue;
        point.sentence = missing(walk, flow_step(walk->flow, i));
        if (point.sentence == NULL)
            point.sentence = g_strdup(walk_number_fault(walk, i));
        if (point.sentence == NULL) {
            CheckLevel level = check_here(walk, i, &said);
            const FormFills fills = walk_fills(walk);
            point.hard = level == CHECK_FAULT;
            point.sentence = level != CHECK_OK ? form_fill(said, i18n_language(), &fills) : NULL;
        }
        if (point.sentence != NULL)
            g_array_append_val(points, point);
    }
    say_stopped(walk, points);
    return points;
}

int walk_fallen_away(const Walk *walk)
{
    g_autoptr(GPtrArray) fallen = flow_fallen_away(walk->flow);
    return (int)fallen->len;
}

gboolean walk_complete(Walk *walk, Session *session, GError **error)
{
    if (!walk_may_change(walk, error))
        return FALSE;
    g_autoptr(GArray) points = walk_open_points(walk);
    if (points->len > 0) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            g_array_index(points, OpenPoint, 0).sentence);
        return FALSE;
    }
    if (!response_complete(session, walk->response, walk->form, walk->answers, error))
        return FALSE;
    flow_refresh(walk->flow);
    walk->index = flow_count(walk->flow);
    walk->moved = FALSE;
    walk->read_only = TRUE;
    return TRUE;
}

gboolean walk_give_up(Walk *walk, Session *session, NotDone cause, const char *words,
                      GError **error)
{
    if (!walk_may_change(walk, error) ||
        !response_give_up(session, walk->response, cause, words, error))
        return FALSE;
    walk->moved = FALSE;
    walk->read_only = TRUE;
    return TRUE;
}
