/* walk_call.c: hanging up: how the call went, when to call again, a note; over the walker. */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "ui/common/edit_page.h"
#include "ui/common/field_draft.h"
#include "ui/common/when.h"
#include "ui/forms/walk_state_private.h"
#include "ui/widgets/page.h"

enum {
    WIDEST = 76,
    MARGIN = 2,
    HEIGHT = 15,
    HEAD_ROWS = 2,
};

enum { ROW_RESULT, ROW_AGAIN, ROW_NOTE };

typedef struct {
    WalkState *walker;
    Page page;
    FieldDraft draft;
    ChoiceOption results[CALL_COUNT];
} CallState;

/* One key each, in the program's language. */
static gunichar result_key(CallResult result)
{
    switch (result) {
    case CALL_REACHED:
        return g_utf8_get_char(C_("key of a call that was answered", "r"));
    case CALL_NO_ANSWER:
        return g_utf8_get_char(C_("key of a call without answer", "n"));
    case CALL_BUSY:
        return g_utf8_get_char(C_("key of a call to a busy line", "b"));
    case CALL_WRONG_NUMBER:
        return g_utf8_get_char(C_("key of a call to a wrong number", "w"));
    default:
        return g_utf8_get_char(C_("key of a call wanted at another time", "l"));
    }
}

static const char *again_hint(void)
{
    return _("Day and time, such as tomorrow 14, fri 10:30. Empty: no new call.");
}

static gboolean call_enter(App *app, void *data, const void *argument, GError **error)
{
    CallState *state = data;
    (void)error;
    state->walker = (WalkState *)argument;
    for (int i = 0; i < CALL_COUNT; i++)
        state->results[i] =
            (ChoiceOption){result_key((CallResult)i), call_result_name((CallResult)i), i};
    page_init(&state->page);
    page_choice(&state->page, _("How did it go?"), NULL, state->results, CALL_COUNT, -1);
    page_field(&state->page, _("Call again"), again_hint(), "", FALSE);
    page_field(&state->page, _("Note"), _("Enter saves and goes back."), "", FALSE);
    field_draft_begin(app, &state->draft, DRAFT_CALL, walk_response(state->walker->walk)->id,
                      (Field *[]){&g_array_index(state->page.rows, PageRow, ROW_AGAIN).field,
                                  &g_array_index(state->page.rows, PageRow, ROW_NOTE).field},
                      2);
    return TRUE;
}

static void call_save(App *app, void *data)
{
    field_draft_save(app, &((CallState *)data)->draft);
}

static gboolean call_unsaved(App *app, const void *data)
{
    (void)app;
    return field_draft_is_unsaved(&((const CallState *)data)->draft);
}

static void call_leave(App *app, void *data)
{
    CallState *state = data;
    (void)app;
    field_draft_clear(&state->draft);
    page_clear(&state->page);
}

/* When to call again: DATE_NONE for not at all. FALSE when it is not understood, or has passed. */
static gboolean read_again(CallState *state, Call *call)
{
    const char *text = page_text(&state->page, ROW_AGAIN);
    g_autofree char *typed = g_strstrip(g_strdup(text));
    call->back_date = DATE_NONE;
    call->back_time = -1;
    const char *fault = NULL;
    if (typed[0] != '\0' &&
        !date_parse_moment(typed, clock_today(), &call->back_date, &call->back_time))
        fault = _("That day or time was not understood. Write it as 30/11 14:15.");
    else if (call->back_date != DATE_NONE && call->back_date < clock_today())
        fault = _("That day has passed. Choose a day from today on.");
    page_fault(&state->page, ROW_AGAIN, fault);
    return fault == NULL;
}

/* "onsdag 25 november 2026 14:00". New. */
static char *again_text(const Call *call)
{
    g_autofree char *day = form_date_text(call->back_date, i18n_language());
    return time_after_day(day, call->back_time);
}

/* What is understood stands under the row while it is typed. */
static void hint_again(CallState *state)
{
    Call call = {0};
    gboolean empty = page_text(&state->page, ROW_AGAIN)[0] == '\0';
    gboolean understood = !empty && read_again(state, &call);
    g_autofree char *again = understood ? again_text(&call) : NULL;
    page_fault(&state->page, ROW_AGAIN, NULL);
    edit_page_hint(&state->page, ROW_AGAIN, understood ? again : again_hint());
}

static void say_kept(App *app, const Call *call, int number)
{
    g_autofree char *again = again_text(call);
    if (call->back_date == DATE_NONE)
        app_say(app, STYLE_GOOD, _("The call is noted and everything is saved."));
    else if (number > 0)
        app_say(
            app, STYLE_GOOD,
            _("The call is noted. The next one, %s, stands among what is to be done and opens at "
              "question %d."),
            again, number);
    else
        app_say(app, STYLE_GOOD,
                _("The call is noted. The next one, %s, stands among what is to be done."), again);
}

static void finish(App *app, CallState *state)
{
    WalkState *walker = state->walker;
    Call call = {.note = (char *)page_text(&state->page, ROW_NOTE)};
    GError *error = NULL;
    int result = page_chosen(&state->page, ROW_RESULT);
    if (result < 0) {
        page_fault(&state->page, ROW_RESULT, _("Choose one by its letter."));
        state->page.focus = ROW_RESULT;
        return;
    }
    if (!read_again(state, &call)) {
        state->page.focus = ROW_AGAIN;
        return;
    }
    call.result = (CallResult)result;
    call.note = call.note[0] != '\0' ? call.note : NULL;
    if (!walk_call(walker->walk, app_session(app), &call, &error)) {
        walk_fault(app, walker, error);
        return;
    }
    const FlowStep *step = walk_step(walker->walk);
    int number = step != NULL ? step->number : 0;
    field_draft_over(app, &state->draft);
    app_pop(app); /* this box, with its field that holds the note */
    call.note = NULL;
    walk_save(app, walker);
    if (!walk_is_kept(walker))
        return; /* the text stays on the screen, and it has been said why */
    app_pop(app);
    say_kept(app, &call, number);
}

static gboolean call_key(App *app, void *data, const Event *event)
{
    CallState *state = data;
    gboolean done;
    gboolean taken = page_event(&state->page, event, &done);
    if (taken)
        page_fault(&state->page, ROW_RESULT, NULL);
    if (taken)
        hint_again(state);
    if (done)
        finish(app, state);
    return taken;
}

static void call_draw(App *app, void *data, Area area)
{
    CallState *state = data;
    (void)app;
    gboolean kept = walk_is_kept(state->walker) && state->walker->lost == NULL;
    Area box = area_centre(area, HEIGHT, MIN(area.columns, WIDEST));
    draw_box(box, _("Hang up"));
    Area inside = area_inset(box, 1, 1 + MARGIN);
    int rows =
        draw_paragraph(inside, 0, 0, inside.columns, kept ? STYLE_QUIET : STYLE_NOTICE,
                       kept ? _("Everything is saved. Esc goes back to the call.")
                            : _("What you typed last is not saved yet. Esc goes back to it."));
    page_draw(&state->page, area_rows(inside, MAX(rows + 1, HEAD_ROWS), -1));
}

const Screen screen_call = {
    .name = "call",
    .place = IN_DIALOG,
    .state_size = sizeof(CallState),
    .overlay = TRUE,
    .enter = call_enter,
    .draw = call_draw,
    .key = call_key,
    .save = call_save,
    .unsaved = call_unsaved,
    .leave = call_leave,
};
