/* walk_overview.c: all questions of a form with their answers and what is left to do: before it is
 * completed, and when an old one is read. */
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/client/dispute.h"
#include "care/response/response_words.h"
#include "care/task/task.h"
#include "ui/common/dialog.h"
#include "ui/common/read_on.h"
#include "ui/common/rows.h"
#include "ui/common/shared.h"
#include "ui/forms/walk_state_private.h"
#include "ui/widgets/list.h"

enum {
    NUMBER_COLUMNS = 6, /* "! 123 " */
    GAP = 2,
    LIST_MARK = 2,
    DETAIL_ROWS = 7,
    LIST_LEAST = 6,
    ANSWER_SHARE = 2, /* the answer has half of what the number leaves */
    DETAIL_WIDEST = 96,
};

typedef struct {
    int index; /* in the flow; of a heading that of its first question; -1: none */
    int number;
    gboolean heading, answered;
    char *key; /* dispute_question() */
    char *question, *answer, *note;
    char *part;     /* number and question, to be named by */
    char *disputed; /* what the client says is wrong in it; NULL: nothing */
    char *sentence; /* what is left to do; NULL: nothing */
    gboolean hard;
} Line;

typedef struct {
    App *app;
    Walk *walk;
    gboolean owned;
    gboolean hidden;     /* an answer is kept out of sight (walk_is_hidden) */
    gboolean show;       /* ... and has been asked for */
    GPtrArray *lines;    /* Line * */
    GPtrArray *disputes; /* Dispute *: what the client says is wrong, in anything; may be NULL */
    List *list;
    int open, hard;
} OverviewState;

const Walk *overview_walk(const void *state)
{
    return ((const OverviewState *)state)->walk;
}

/* --- what there is ---------------------------------------------------------------------------- */

static void line_free(gpointer data)
{
    Line *line = data;
    g_free(line->key);
    g_free(line->part);
    g_free(line->disputed);
    g_free(line->question);
    g_free(line->answer);
    g_free(line->note);
    g_free(line->sentence);
    g_free(line);
}

static Line *add_line(OverviewState *state, int index)
{
    Line *line = g_new0(Line, 1);
    line->index = index;
    g_ptr_array_add(state->lines, line);
    return line;
}

static void add_section(OverviewState *state, int section, int index)
{
    const FormItem *item = flow_section(walk_flow(state->walk), section);
    if (item->type != ITEM_GROUP || item->text == NULL)
        return;
    Line *line = add_line(state, index);
    line->heading = TRUE;
    line->question = walk_text(state->walk, item->text);
}

/* New. */
static char *answer_text(OverviewState *state, const FormItem *item, const Answer *answer)
{
    char key[KEY_NAME_SIZE];
    if (answer == NULL || answer->kind != ANSWER_VALUE || !walk_is_hidden(state->walk, item))
        return walk_value_text(state->walk, item, answer);
    state->hidden = TRUE;
    if (state->show)
        return walk_value_shown(state->walk, item, answer);
    return g_strdup_printf(_("hidden (%s shows it)"),
                           shared_key(state->app, ACTION_OVERVIEW_SHOW, key));
}

/* New; NULL: nothing. `field` as dispute_beside() has it. */
static char *disputed_text(const OverviewState *state, const char *field)
{
    return state->disputes != NULL ? walk_disputed(state->walk, state->disputes, field) : NULL;
}

static void add_question(OverviewState *state, int index)
{
    const FlowStep *step = flow_step(walk_flow(state->walk), index);
    const Answer *answer =
        answers_get(walk_answers(state->walk), step->item->link_id, step->instance);
    Line *line = add_line(state, index);
    g_autofree char *text = walk_text(state->walk, step->item->text);
    line->number = step->number;
    line->question = step->instance[0] != '\0'
                         ? g_strdup_printf("%s (%s)", text != NULL ? text : "", step->instance)
                         : g_strdup(text != NULL ? text : "");
    line->part = g_strdup_printf("%d. %s", line->number, line->question);
    line->key = dispute_question(step->item->link_id, step->instance);
    line->disputed = disputed_text(state, line->key);
    line->answered = answer != NULL && answer->kind != ANSWER_NONE;
    line->answer = answer_text(state, step->item, answer);
    if (answer != NULL)
        line->note = g_strdup(answer->note);
}

static void mark_open(OverviewState *state)
{
    g_autoptr(GArray) points = walk_open_points(state->walk);
    state->open = (int)points->len;
    state->hard = 0;
    for (guint p = 0; p < points->len; p++) {
        const OpenPoint *point = &g_array_index(points, OpenPoint, p);
        state->hard += point->hard ? 1 : 0;
        for (guint i = 0; i < state->lines->len; i++) {
            Line *line = state->lines->pdata[i];
            if (line->heading || line->index != point->index)
                continue;
            line->sentence = g_strdup(point->sentence);
            line->hard = point->hard;
        }
    }
}

static void read_disputed(OverviewState *state)
{
    const Response *response = walk_response(state->walk);
    g_clear_pointer(&state->disputes, g_ptr_array_unref);
    if (response->client_id != 0)
        state->disputes = dispute_of_client(app_session(state->app), response->client_id, NULL);
}

static void gather(OverviewState *state)
{
    read_disputed(state);
    const Flow *flow = walk_flow(state->walk);
    int section = -1;
    g_ptr_array_set_size(state->lines, 0);
    state->hidden = FALSE;
    for (int i = flow_next(flow, -1, 1); i >= 0; i = flow_next(flow, i, 1)) {
        if (flow_step(flow, i)->section != section)
            add_section(state, section = flow_step(flow, i)->section, i);
        add_question(state, i);
    }
    state->open = state->hard = 0;
    if (!walk_is_read_only(state->walk))
        mark_open(state);
}

/* --- the list --------------------------------------------------------------------------------- */

static GPtrArray *fetch(void *data, gconstpointer after, int limit, GError **error)
{
    OverviewState *state = data;
    (void)error;
    return rows_after(state->lines, after, limit);
}

static gboolean same_line(gconstpointer a, gconstpointer b)
{
    const Line *one = a, *other = b;
    return one->index == other->index && one->heading == other->heading;
}

/* How wide question and answer are in a line of `columns`. */
static void share(int columns, int *question, int *answer)
{
    *answer = (columns - NUMBER_COLUMNS) / ANSWER_SHARE;
    *question = columns - NUMBER_COLUMNS - *answer - GAP;
}

static void draw_line(void *data, gconstpointer row, Area area, gboolean selected)
{
    const Line *line = row;
    (void)data;
    if (line->heading) {
        draw_text(area, 0, 0, selected ? STYLE_SELECTED : STYLE_HEADING, line->question);
        return;
    }
    int question, answer;
    share(area.columns, &question, &answer);
    const char *mark = line->sentence != NULL   ? line->hard ? "!" : "?"
                       : line->disputed != NULL ? "*"
                                                : " ";
    g_autofree char *number = g_strdup_printf("%s %3d", mark, line->number);
    Style open = mark[0] != ' ' ? STYLE_NOTICE : STYLE_QUIET;
    draw_text(area, 0, 0, selected ? STYLE_SELECTED : open, number);
    draw_cell(area, 0, NUMBER_COLUMNS, question, STYLE_NORMAL, FALSE, line->question);
    draw_cell(area, 0, NUMBER_COLUMNS + question + GAP, answer,
              line->answered ? STYLE_STRONG : STYLE_QUIET, FALSE,
              line->answered ? line->answer : "–");
}

static int highlit(void *data, int columns)
{
    (void)data;
    return MIN(NUMBER_COLUMNS - 1, columns);
}

static const ListClass LIST = {
    .fetch = fetch, .draw = draw_line, .same = same_line, .highlit = highlit};

/* --- entering --------------------------------------------------------------------------------- */

static void go_to_index(OverviewState *state, int index)
{
    for (guint i = 0; i < state->lines->len; i++) {
        const Line *line = state->lines->pdata[i];
        if (!line->heading && line->index == index)
            list_select(state->list, line, NULL);
    }
}

/* From the end of the walk: where something is left to do. */
static void go_to_open(OverviewState *state)
{
    for (guint i = 0; i < state->lines->len; i++) {
        const Line *line = state->lines->pdata[i];
        if (line->sentence == NULL)
            continue;
        list_select(state->list, line, NULL);
        return;
    }
}

static gboolean overview_enter(App *app, void *data, const void *argument, GError **error)
{
    OverviewState *state = data;
    const OverviewArgument *from = argument;
    state->app = app;
    state->walk = from->walk;
    state->owned = from->owned;
    state->lines = g_ptr_array_new_with_free_func(line_free);
    state->list = list_new(&LIST, state);
    gather(state);
    if (!list_restart(state->list, error))
        return FALSE;
    if (walk_at_end(state->walk))
        go_to_open(state);
    else
        go_to_index(state, walk_index(state->walk));
    return TRUE;
}

/* The cursor stays where it is. */
static void gather_again(App *app, OverviewState *state, gboolean show)
{
    GError *error = NULL;
    const Line *selected = list_selected(state->list);
    int index = selected != NULL ? selected->index : -1;
    state->show = show;
    gather(state);
    if (!list_restart(state->list, &error))
        app_error(app, error);
    go_to_index(state, index);
}

static void overview_resume(App *app, void *data)
{
    gather_again(app, data, FALSE);
}

/* One that is only read is opened again from its list. */
static gboolean overview_passes(const void *data)
{
    return ((const OverviewState *)data)->owned;
}

/* What of a form that is being answered is typed stays with the walk. */
static void overview_forget(App *app, void *data)
{
    (void)app;
    OverviewState *state = data;
    g_ptr_array_set_size(state->lines, 0);
    g_clear_pointer(&state->disputes, g_ptr_array_unref);
}

static void overview_leave(App *app, void *data)
{
    OverviewState *state = data;
    list_free(state->list);
    g_ptr_array_unref(state->lines);
    g_clear_pointer(&state->disputes, g_ptr_array_unref);
    if (state->owned)
        walk_close(state->walk, app_session(app));
}

static char *overview_subtitle(App *app, void *data)
{
    const OverviewState *state = data;
    (void)app;
    return g_strdup(form_text(walk_form(state->walk)->title));
}

static Subject overview_subject(App *app, void *data)
{
    (void)app;
    const OverviewState *state = data;
    const Response *response = walk_response(state->walk);
    const Line *line = list_selected(state->list);
    return (Subject){.client_id = response->client_id,
                     .kind = SUBJECT_RESPONSE,
                     .row = response,
                     .part = line != NULL ? line->key : NULL,
                     .part_name = line != NULL ? line->part : NULL};
}

/* --- drawing ---------------------------------------------------------------------------------- */

/* "Completed 2026-11-23 10:42 by Anna Berg." or how much is left. New. */
static char *summary_text(App *app, const OverviewState *state)
{
    char key[KEY_NAME_SIZE];
    const Response *response = walk_response(state->walk);
    FlowProgress all = flow_progress(walk_flow(state->walk), -1);
    char time[9], date[DATE_SIZE];
    if (response->completed_ms != 0) {
        Date day = clock_local(response->completed_ms, time);
        return g_strdup_printf(response->corrected
                                   ? _("Completed %s %.5s. A later correction holds in its place.")
                                   : _("Completed %s %.5s."),
                               date_format(day, date), time);
    }
    if (response->not_done != NOT_DONE_NONE)
        return g_strdup_printf(_("Not carried out: %s."), not_done_name(response->not_done));
    g_autofree char *answered =
        g_strdup_printf(_("%d of %d answered."), all.answered, all.questions);
    if (state->open == 0)
        return g_strdup_printf(_("%s It can be completed with %s."), answered,
                               shared_key(app, ACTION_OVERVIEW_COMPLETE, key));
    return g_strdup_printf(
        ngettext("%s %d point is left.", "%s %d points are left.", (gulong)state->open), answered,
        state->open);
}

static int draw_head(App *app, const OverviewState *state, Area area)
{
    const char *subject = walk_response(state->walk)->subject;
    g_autofree char *summary = summary_text(app, state);
    g_autofree char *text =
        subject != NULL ? g_strdup_printf("%s · %s", subject, summary) : g_strdup(summary);
    const GPtrArray *changes = walk_form_changes(state->walk);
    int rows = draw_paragraph(area, 0, 0, area.columns, STYLE_STRONG, text);
    g_autofree char *disputed = disputed_text(state, NULL);
    if (disputed != NULL) {
        g_autofree char *said =
            g_strdup_printf(_("The person says that something here is wrong: %s"), disputed);
        rows += draw_paragraph(area, rows, 0, area.columns, STYLE_NOTICE, said);
    }
    const GPtrArray *told = walk_contradictions(state->walk);
    for (guint i = 0; i < told->len; i++)
        rows += draw_paragraph(area, rows, 0, area.columns, STYLE_NOTICE, told->pdata[i]);
    if (changes == NULL || changes->len == 0)
        return rows;
    rows += draw_paragraph(area, rows, 0, area.columns, STYLE_NOTICE,
                           _("The form has been changed since this one was begun:"));
    for (guint i = 0; i < changes->len; i++)
        rows +=
            draw_paragraph(area, rows, GAP, area.columns - GAP, STYLE_NORMAL, changes->pdata[i]);
    return rows;
}

static gboolean is_cut(const char *text, int columns)
{
    return strchr(text, '\n') != NULL || text_width(text) > columns;
}

/* What the line has no room for, and no more: that would be written anew at each step. */
static int draw_line_detail(gconstpointer what, Area area, int row)
{
    const Line *line = what;
    const int width = MIN(area.columns, DETAIL_WIDEST), first = row;
    int question, answer;
    share(area.columns - LIST_MARK, &question, &answer);
    if (line->sentence != NULL)
        row += draw_paragraph(area, row, 0, width, line->hard ? STYLE_FAULT : STYLE_NOTICE,
                              line->sentence);
    if (line->disputed != NULL) {
        g_autofree char *said =
            g_strdup_printf(_("The person says that something here is wrong: %s"), line->disputed);
        row += draw_paragraph(area, row, 0, width, STYLE_NOTICE, said);
    }
    if (is_cut(line->question, question))
        row += draw_paragraph(area, row, 0, width, STYLE_QUIET, line->question);
    if (line->answered && is_cut(line->answer, answer))
        row += draw_paragraph(area, row, 0, width, STYLE_STRONG, line->answer);
    if (line->note != NULL) {
        g_autofree char *note = g_strdup_printf(_("Note: %s"), line->note);
        row += draw_paragraph(area, row, 0, width, STYLE_QUIET, note);
    }
    return row - first;
}

static void draw_detail(App *app, const Line *line, Area area)
{
    if (line == NULL || area.rows <= 0)
        return;
    draw_rule(area, 0);
    if (!line->heading)
        read_on_draw(app, draw_line_detail, line, area_rows(area, 1, -1));
}

static void overview_draw(App *app, void *data, Area area)
{
    OverviewState *state = data;
    int head = draw_head(app, state, area_rows(area, 0, area.rows / 2));
    Area body = area_rows(area, MIN(head, area.rows / 2) + 1, -1);
    int detail = body.rows >= LIST_LEAST + DETAIL_ROWS ? DETAIL_ROWS : 0;
    list_draw(state->list, area_rows(body, 0, body.rows - detail), TRUE,
              _("This form has no questions that apply."));
    draw_detail(app, list_selected(state->list), area_rows(body, body.rows - detail, detail));
}

/* Of the keys of its place, what one that is only read, or one that goes on, has no use for. */
static gboolean overview_idle(const void *data, Action action)
{
    const OverviewState *state = data;
    const gboolean read = walk_is_read_only(state->walk);
    switch (action) {
    case ACTION_OVERVIEW_GO:
    case ACTION_OVERVIEW_OPEN:
    case ACTION_OVERVIEW_COMPLETE:
        return read;
    case ACTION_OVERVIEW_REST:
        return read || walk_form(state->walk)->kind != FORM_KIND_INTERVIEW;
    case ACTION_OVERVIEW_CORRECT:
        return !read || walk_response(state->walk)->completed_ms == 0;
    default:
        return FALSE;
    }
}

/* --- keys ------------------------------------------------------------------------------------- */

/* That it is not changed here, and how it is all the same. */
static void say_read_only(App *app, const Response *response)
{
    char key[KEY_NAME_SIZE];
    if (response->completed_ms != 0)
        app_say(app, STYLE_QUIET,
                _("This one is only read. A correction is begun with %s; the old one is kept."),
                shared_key(app, ACTION_OVERVIEW_CORRECT, key));
    else if (response->placement_id != 0)
        app_say(app, STYLE_QUIET,
                _("It was not carried out, so it is only read. %s on the placement takes it up "
                  "again."),
                shared_key(app, ACTION_PART_TAKE_UP, key));
    else
        app_say(app, STYLE_QUIET,
                _("It was not carried out, so it is only read. %s among the client's forms takes "
                  "it up again."),
                shared_key(app, ACTION_RESPONSE_TAKE_UP, key));
}

void on_overview_go(App *app, void *data)
{
    OverviewState *state = data;
    const Line *line = list_selected(state->list);
    GError *error = NULL;
    if (line == NULL)
        return;
    if (walk_is_read_only(state->walk)) {
        say_read_only(app, walk_response(state->walk));
        return;
    }
    if (!walk_go(state->walk, app_session(app), line->index, &error)) {
        app_error(app, error);
        return;
    }
    app_pop(app);
}

void on_overview_show(App *app, void *data)
{
    OverviewState *state = data;
    if (state->hidden)
        gather_again(app, state, !state->show);
    else
        app_say(app, STYLE_QUIET, _("There is no hidden address in this form."));
}

void on_overview_open(App *app, void *data)
{
    OverviewState *state = data;
    int count = (int)state->lines->len, here = list_position(state->list);
    for (int i = 1; i <= count; i++) {
        const Line *line = state->lines->pdata[(here + i) % count];
        if (line->sentence == NULL)
            continue;
        list_select(state->list, line, NULL);
        return;
    }
    app_say(app, STYLE_QUIET, _("Nothing is left to do."));
}

void on_overview_rest(App *app, void *data)
{
    OverviewState *state = data;
    GError *error = NULL;
    if (walk_form(state->walk)->kind != FORM_KIND_INTERVIEW || walk_is_read_only(state->walk)) {
        app_say(app, STYLE_QUIET,
                _("Only in an interview that goes on is every question to have an answer."));
        return;
    }
    int count = walk_rest_not_asked(state->walk, app_session(app), &error);
    if (count < 0) {
        app_error(app, error);
        return;
    }
    gather_again(app, state, state->show);
    app_say(app, STYLE_GOOD,
            ngettext("%d question is said not to have been asked.",
                     "%d questions are said not to have been asked.", (gulong)count),
            count);
}

/* A call to go on with it is done with when it is completed. */
static int count_to_do(const GPtrArray *tasks)
{
    int count = 0;
    for (guint i = 0; tasks != NULL && i < tasks->len; i++)
        count += ((const Task *)tasks->pdata[i])->done_ms == 0 ? 1 : 0;
    return count;
}

static void complete_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text, (void)data;
    OverviewState *state = app_top_state(app);
    GError *error = NULL;
    if (!yes || app_top(app) != &screen_overview)
        return;
    if (!walk_complete(state->walk, app_session(app), &error)) {
        app_error(app, error);
        return;
    }
    overview_resume(app, state);
    g_autoptr(GPtrArray) tasks =
        task_of(app_session(app), walk_response(state->walk)->id, 0, &error);
    int left = count_to_do(tasks);
    if (error != NULL)
        app_error(app, error);
    else if (left > 0)
        app_say(app, STYLE_GOOD,
                ngettext("Completed. %d task from it is among those to do.",
                         "Completed. %d tasks from it are among those to do.", (gulong)left),
                left);
    else
        app_say(app, STYLE_GOOD, _("Completed. A change is made as a correction from now on."));
}

/* What completing leaves without an answer, and what it drops: "" or sentences with a blank behind.
 * New. */
static char *effects_text(const OverviewState *state)
{
    FlowProgress all = flow_progress(walk_flow(state->walk), -1);
    int unanswered = all.questions - all.answered, fallen = walk_fallen_away(state->walk);
    g_autoptr(GString) text = g_string_new(NULL);
    if (unanswered > 0)
        g_string_append_printf(text,
                               ngettext("%d question has no answer. ",
                                        "%d questions have no answer. ", (gulong)unanswered),
                               unanswered);
    if (fallen > 0)
        g_string_append_printf(
            text,
            ngettext("%d answer to a question that no longer applies is dropped. ",
                     "%d answers to questions that no longer apply are dropped. ", (gulong)fallen),
            fallen);
    return g_strdup(text->str);
}

void on_overview_complete(App *app, void *data)
{
    OverviewState *state = data;
    if (walk_is_read_only(state->walk)) {
        if (walk_response(state->walk)->completed_ms != 0)
            app_say(app, STYLE_QUIET, _("It is completed already."));
        else
            say_read_only(app, walk_response(state->walk));
        return;
    }
    if (state->open > 0) {
        on_overview_open(app, state);
        app_say(app, STYLE_NOTICE,
                ngettext("%d point is left first. The cursor is on it.",
                         "%d points are left first. The cursor is on the next of them.",
                         (gulong)state->open),
                state->open);
        return;
    }
    g_autofree char *effects = effects_text(state);
    const Response *response = walk_response(state->walk);
    g_autofree char *question = g_strdup_printf(
        /* Translators: title of a form, whom it is about, sentences with a blank behind. */
        _("Complete “%s” for %s? %sAfterwards it is changed by a correction only."),
        response_words_title(response), response_words_subject(response), effects);
    dialog_ask(app, question, complete_answered, NULL);
}

/* To the question that the cursor is on: it is most often the one to correct. */
static gboolean go_along(App *app, const OverviewState *state, Walk *correction, GError **error)
{
    const Line *line = list_selected(state->list);
    if (line == NULL)
        return TRUE;
    const FlowStep *step = flow_step(walk_flow(state->walk), line->index);
    int index = flow_find(walk_flow(correction), step->item->link_id, step->instance);
    return index < 0 || walk_go(correction, app_session(app), index, error);
}

void on_overview_correct(App *app, void *data)
{
    OverviewState *state = data;
    GError *error = NULL;
    if (walk_is_read_only(state->walk) && walk_response(state->walk)->completed_ms == 0) {
        say_read_only(app, walk_response(state->walk));
        return;
    }
    if (!walk_is_read_only(state->walk)) {
        app_say(app, STYLE_QUIET,
                _("Only a completed form is corrected. This one can be changed "
                  "as it is."));
        return;
    }
    Walk *correction = walk_correct(app_session(app), walk_response(state->walk)->id, &error);
    if (correction == NULL || !go_along(app, state, correction, &error)) {
        walk_close(correction, app_session(app));
        app_error(app, error);
        return;
    }
    WalkArgument argument = {.response_id = walk_response(correction)->id};
    walk_close(correction, app_session(app));
    app_pop(app);
    if (app_open(app, SCREEN_WALK, &argument))
        app_say(app, STYLE_NOTICE,
                _("This is the correction. The completed one is kept until it is completed."));
}

const Screen screen_overview = {
    .name = "overview",
    .place = IN_OVERVIEW,
    .title = N_("Overview"),
    .state_size = sizeof(OverviewState),
    .enter = overview_enter,
    .resume = overview_resume,
    .passes = overview_passes,
    .forget = overview_forget,
    .draw = overview_draw,
    .list = offsetof(OverviewState, list),
    .leave = overview_leave,
    .subtitle = overview_subtitle,
    .subject = overview_subject,
    .idle = overview_idle,
};
