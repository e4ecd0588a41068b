/* walk_answer.c: answering in a walk. The answers are changed, committed, and put back as they were
 * when the database does not take them: what is shown as answered is on the disk. */
#include "care/response/walk_private.h"

#include "base/clock.h"
#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

/* --- one answer ------------------------------------------------------------------------------- */

/* An answer as it was before a change. */
typedef struct {
    AnswerKind kind;
    char *value, *note, *reason;
} Before;

static void before_take(Before *before, const Answer *answer)
{
    *before = (Before){0};
    if (answer != NULL)
        *before = (Before){answer->kind, g_strdup(answer->value), g_strdup(answer->note),
                           g_strdup(answer->reason)};
}

static void before_clear(Before *before)
{
    g_free(before->value);
    g_free(before->note);
    g_free(before->reason);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Before, before_clear)

static void put(Answers *answers, const FlowStep *at, const Before *to)
{
    const char *item = at->item->link_id;
    answers_set(answers, item, at->instance, to->kind, to->value);
    answers_set_note(answers, item, at->instance, to->note);
    answers_set_reason(answers, item, at->instance, to->reason);
}

/* An intake is called by the name given in it until it has a card. */
static char *subject_after(const Walk *walk, const FlowStep *at, const Before *to)
{
    gboolean names = walk->response->client_id == 0 &&
                     g_strcmp0(at->item->maps_to, "client.name") == 0 && to->kind == ANSWER_VALUE;
    return g_strdup(names ? to->value : walk->response->subject);
}

/* Makes the answer where one is `to`, commits it and that one is at the question `step` further on.
 */
static gboolean commit(Walk *walk, Session *session, const Before *to, int step, GError **error)
{
    /* The step's item and instance outlive a refresh of the flow; the step itself does not. */
    const FlowStep at = *walk_step(walk);
    g_auto(Before) before = {0};
    before_take(&before, walk_answer_here(walk));
    char *subject = walk->response->subject;
    walk->response->subject = subject_after(walk, &at, to);
    put(walk->answers, &at, to);
    flow_refresh(walk->flow);
    walk_fill_in(walk);
    int next = step == 0 ? walk->index : walk_next(walk, walk->index, step);
    walk_mark(walk, next >= 0 ? next : flow_count(walk->flow));
    gint64 saved =
        walk->settled ? response_save_all(session, walk->response, walk->form, walk->answers, error)
                      : response_save(session, walk->response, walk->form, walk->answers,
                                      at.item->link_id, at.instance, error);
    if (saved == 0) {
        g_free(walk->response->subject);
        walk->response->subject = subject;
        put(walk->answers, &at, &before);
        flow_refresh(walk->flow);
        walk_fill_in(walk);
        walk_mark(walk, walk->index);
        return FALSE;
    }
    g_free(subject);
    walk->saved_ms = saved;
    walk->moved = FALSE;
    walk->settled = FALSE;
    return TRUE;
}

static const char *known_text(void)
{
    return _("The program knows this from the identity number, the card or the placement. If it is "
             "wrong, change it there.");
}

WalkResult walk_answer(Walk *walk, Session *session, const char *value, const char *reason,
                       char **sentence, GError **error)
{
    *sentence = NULL;
    if (!walk_may_change(walk, error))
        return WALK_FAILED;
    const FlowStep *step = walk_step(walk);
    const Answer *answer = walk_answer_here(walk);
    gboolean empty = value == NULL || *value == '\0';
    if (walk_knows(walk, step->item)) {
        *sentence = g_strdup(known_text());
        return WALK_REFUSED;
    }
    g_autofree char *said = NULL;
    CheckLevel level =
        empty ? CHECK_OK : flow_check(walk->flow, step->item, step->instance, value, &said);
    if (level == CHECK_OK && !empty && (said = walk_doubt(walk, step, value)) != NULL)
        level = CHECK_WARNING;
    if (level == CHECK_FAULT || (level == CHECK_WARNING && (reason == NULL || *reason == '\0'))) {
        const FormFills fills = walk_fills(walk);
        *sentence = form_fill(said, i18n_language(), &fills);
        return level == CHECK_FAULT ? WALK_REFUSED : WALK_DOUBTFUL;
    }
    g_auto(Before) to = {.kind = empty ? ANSWER_NONE : ANSWER_VALUE,
                         .value = g_strdup(empty ? NULL : value),
                         .note = g_strdup(answer != NULL ? answer->note : NULL),
                         .reason = g_strdup(level == CHECK_WARNING ? reason : NULL)};
    return commit(walk, session, &to, empty || step->item->repeats ? 0 : 1, error) ? WALK_SAVED
                                                                                   : WALK_FAILED;
}

WalkResult walk_answer_typed(Walk *walk, Session *session, const char *typed, const char *reason,
                             char **sentence, GError **error)
{
    const FlowStep *step = walk_step(walk);
    gboolean empty = typed == NULL || *typed == '\0';
    g_autofree char *value = empty ? NULL : flow_parse(walk->flow, step->item, typed);
    if (value != NULL || empty)
        return walk_answer(walk, session, value, reason, sentence, error);
    /* What is not understood is no stored answer either, and the check says what would be. */
    if (flow_check(walk->flow, step->item, step->instance, typed, sentence) == CHECK_OK)
        *sentence = g_strdup(_("That was not understood as an answer. Write it another way."));
    return WALK_REFUSED;
}

gboolean walk_answer_kind(Walk *walk, Session *session, AnswerKind kind, GError **error)
{
    if (!walk_may_change(walk, error))
        return FALSE;
    const Answer *answer = walk_answer_here(walk);
    if (walk_knows(walk, walk_step(walk)->item)) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, known_text());
        return FALSE;
    }
    g_auto(Before) to = {.kind = kind, .note = g_strdup(answer != NULL ? answer->note : NULL)};
    return commit(walk, session, &to, kind != ANSWER_NONE, error);
}

gboolean walk_note(Walk *walk, Session *session, const char *note, GError **error)
{
    if (!walk_may_change(walk, error))
        return FALSE;
    g_auto(Before) to = {0};
    before_take(&to, walk_answer_here(walk));
    g_free(to.note);
    to.note = g_strdup(note);
    return commit(walk, session, &to, 0, error);
}

char *walk_toggle(const Walk *walk, const FormOption *option)
{
    const FormItem *item = walk_step(walk)->item;
    const Answer *answer = walk_answer_here(walk);
    if (!item->repeats)
        return g_strdup(option->code);
    gboolean on = !answers_has_code(answer, option->code);
    g_autoptr(GString) value = g_string_new(NULL);
    for (guint i = 0; i < item->options->len; i++) {
        const FormOption *other = item->options->pdata[i];
        gboolean chosen = other == option ? on : answers_has_code(answer, other->code);
        if (other != option && on && (option->exclusive || other->exclusive))
            chosen = FALSE;
        if (chosen)
            g_string_append_printf(value, "%s%s", value->len > 0 ? " " : "", other->code);
    }
    const char *words = answers_own_words(answer);
    if (words != NULL && !(on && option->exclusive))
        g_string_append_printf(value, "%s=%s", value->len > 0 ? " " : "", words);
    return value->len > 0 ? g_strdup(value->str) : NULL;
}

static const char *value_at(const Walk *walk, const char *link_id, const char *instance)
{
    const Answer *answer = answers_get(walk->answers, link_id, instance);
    return answer != NULL && answer->kind == ANSWER_VALUE ? answer->value : NULL;
}

/* Where `chosen` is the answer to `link_id`: an instance owned by the flow. NULL: nowhere. */
static const char *instance_of(const Walk *walk, const char *link_id, const char *chosen)
{
    for (int i = flow_next(walk->flow, -1, 1); i >= 0; i = flow_next(walk->flow, i, 1)) {
        const FlowStep *step = flow_step(walk->flow, i);
        if (g_str_equal(step->item->link_id, link_id) &&
            g_strcmp0(value_at(walk, link_id, step->instance), chosen) == 0)
            return step->instance;
    }
    return NULL;
}

/* The repetition that `other` is looked up in for `step`: the same one, until somebody or something
 * has been chosen here by what stands beside `other`; then that one's, for a role belongs to its
 * person. NULL: none. */
static const char *instance_meant(const Walk *walk, const FlowStep *step, const FormItem *other)
{
    const GPtrArray *beside = step->item->parent != NULL ? step->item->parent->items : NULL;
    for (guint i = 0; beside != NULL && i < beside->len && beside->pdata[i] != step->item; i++) {
        const FormItem *item = beside->pdata[i];
        const FormItem *named =
            form_initial_refers(item) ? form_item(walk->form, item->initial + 1) : NULL;
        const char *chosen = value_at(walk, item->link_id, step->instance);
        if (chosen != NULL && named != NULL && named->parent == other->parent)
            return instance_of(walk, named->link_id, chosen);
    }
    return step->instance;
}

char *walk_proposal(const Walk *walk)
{
    const FlowStep *step = walk_step(walk);
    const char *initial = step != NULL ? step->item->initial : NULL;
    if (initial == NULL || !form_initial_refers(step->item))
        return g_strdup(initial);
    const FormItem *other = form_item(walk->form, initial + 1);
    const char *instance = other != NULL ? instance_meant(walk, step, other) : NULL;
    const Answer *answer =
        instance != NULL ? answers_get(walk->answers, other->link_id, instance) : NULL;
    return answer != NULL && answer->kind == ANSWER_VALUE ? walk_value_text(walk, other, answer)
                                                          : NULL;
}

char *walk_value_before(Walk *walk, Session *session, GError **error)
{
    const FlowStep *step = walk_step(walk);
    g_autoptr(GError) fault = NULL;
    if (step == NULL)
        return NULL;
    char *value = response_value_before(session, walk->response, walk->answers, step->item->link_id,
                                        step->instance, &fault);
    if (fault != NULL)
        g_propagate_error(error, g_steal_pointer(&fault));
    else if (value == NULL)
        value = walk_proposal(walk);
    return value;
}

/* --- repetitions ------------------------------------------------------------------------------ */

static const FormItem *group_of(const FlowStep *step)
{
    const FormItem *group = step != NULL ? step->item->parent : NULL;
    while (group != NULL && !group->repeats)
        group = group->parent;
    return group;
}

const FormItem *walk_group(const Walk *walk)
{
    return group_of(walk_step(walk));
}

static gboolean lies_in(const FormItem *item, const FormItem *group)
{
    while (item != NULL && item != group)
        item = item->parent;
    return item != NULL;
}

/* There is one repetition of the group that one is at the beginning of, and nothing in it yet. */
static gboolean is_untouched(const Walk *walk, const FormItem *group)
{
    gboolean answered = FALSE;
    for (int i = walk->index; i >= 0 && lies_in(flow_step(walk->flow, i)->item, group);
         i = flow_next(walk->flow, i, 1))
        answered = answered || flow_is_answered(walk->flow, i);
    return !answered && walk_repetitions(walk) == 1;
}

const FormItem *walk_group_ended(const Walk *walk)
{
    int before = walk_next(walk, walk->index, -1);
    const FormItem *group = before >= 0 ? group_of(flow_step(walk->flow, before)) : NULL;
    const FormItem *here = walk_group(walk);
    if (group == NULL || here == NULL)
        return group;
    return !lies_in(here, group) && !lies_in(group, here) && is_untouched(walk, here) ? group
                                                                                      : NULL;
}

gboolean walk_back_into_group(Walk *walk, Session *session, GError **error)
{
    return walk_group_ended(walk) == NULL || walk_back(walk, session, error);
}

/* The instance that the group around itself lies in: "2" of "2.1", "" of "2". New. */
static char *instance_around(const FlowStep *step)
{
    const char *point = strrchr(step->instance, '.');
    return point != NULL ? g_strndup(step->instance, (gsize)(point - step->instance))
                         : g_strdup("");
}

int walk_repetition(const Walk *walk)
{
    const FlowStep *step = walk_step(walk);
    if (walk_group(walk) == NULL)
        return 0;
    const char *point = strrchr(step->instance, '.');
    return atoi(point != NULL ? point + 1 : step->instance);
}

int walk_repetitions(const Walk *walk)
{
    const FormItem *group = walk_group(walk);
    if (group == NULL)
        return 0;
    g_autofree char *around = instance_around(walk_step(walk));
    return answers_repetitions(walk->answers, group, around);
}

static void copy_answer(const Answer *answer, gpointer to)
{
    answers_set(to, answer->link_id, answer->instance, answer->kind, answer->value);
    answers_set_note(to, answer->link_id, answer->instance, answer->note);
    answers_set_reason(to, answer->link_id, answer->instance, answer->reason);
}

/* Commits all answers after repetitions have moved. On failure `before` is put back; else it is
 * freed. Either way it is taken. */
static gboolean commit_all(Walk *walk, Session *session, Answers *before, GError **error)
{
    gint64 saved = response_save_all(session, walk->response, walk->form, walk->answers, error);
    if (saved == 0) {
        answers_free(walk->answers);
        walk->answers = before;
        flow_free(walk->flow);
        walk->flow = flow_new(walk->form, walk->answers, clock_today());
        return FALSE;
    }
    answers_free(before);
    walk->saved_ms = saved;
    walk->settled = FALSE;
    flow_refresh(walk->flow);
    return TRUE;
}

int walk_rest_not_asked(Walk *walk, Session *session, GError **error)
{
    int count = 0;
    if (!walk_may_change(walk, error))
        return -1;
    Answers *before = answers_new();
    answers_foreach(walk->answers, copy_answer, before);
    /* It is no answer to a condition, so no question comes or goes by it. */
    for (int i = flow_next(walk->flow, -1, 1); i >= 0; i = flow_next(walk->flow, i, 1)) {
        const FlowStep *step = flow_step(walk->flow, i);
        if (flow_is_answered(walk->flow, i))
            continue;
        answers_set(walk->answers, step->item->link_id, step->instance, ANSWER_NOT_ASKED, NULL);
        count++;
    }
    return commit_all(walk, session, before, error) ? count : -1;
}

/* The first question of the group's repetition `number`. */
static void go_to_repetition(Walk *walk, const FormItem *group, const char *around, int number)
{
    g_autofree char *instance =
        *around != '\0' ? g_strdup_printf("%s.%d", around, number) : g_strdup_printf("%d", number);
    int head = flow_find(walk->flow, group->link_id, instance);
    int first = flow_next(walk->flow, head, 1);
    walk->index = first >= 0 ? first : flow_count(walk->flow);
    walk_mark(walk, walk->index);
    walk->moved = TRUE;
}

gboolean walk_add_repetition(Walk *walk, Session *session, GError **error)
{
    const FormItem *group = walk_group(walk);
    int count = walk_repetitions(walk);
    if (group == NULL || count >= ANSWERS_REPETITIONS_MAX || !walk_may_change(walk, error))
        return FALSE;
    g_autofree char *around = instance_around(walk_step(walk));
    Answers *before = answers_new();
    answers_foreach(walk->answers, copy_answer, before);
    answers_add_repetition(walk->answers, group, around);
    if (!commit_all(walk, session, before, error))
        return FALSE;
    go_to_repetition(walk, group, around, count + 1);
    return TRUE;
}

gboolean walk_remove_repetition(Walk *walk, Session *session, GError **error)
{
    const FormItem *group = walk_group(walk);
    if (group == NULL || !walk_may_change(walk, error))
        return FALSE;
    int number = walk_repetition(walk);
    g_autofree char *around = instance_around(walk_step(walk));
    Answers *before = answers_new();
    answers_foreach(walk->answers, copy_answer, before);
    answers_remove_repetition(walk->answers, group, around, number);
    if (!commit_all(walk, session, before, error))
        return FALSE;
    go_to_repetition(walk, group, around, MAX(number - 1, 1));
    return TRUE;
}
