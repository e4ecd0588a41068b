/* placement_not_done.c: why an interview is not given: one key for the cause, and words. */
#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "ui/common/field_draft.h"
#include "ui/placements/placement_state_private.h"
#include "ui/widgets/choice.h"
#include "ui/widgets/field.h"

enum {
    WIDEST = 72,
    WORDS_ROWS = 3,
    BELOW_ROWS = 5,                            /* of the box, beside causes and words */
    BESIDE_ROWS = WORDS_ROWS + BELOW_ROWS + 2, /* the frame too */
};

typedef struct {
    Respondent respondent;
    gint64 response_id; /* 0: not begun */
    gint64 placement_id, client_id;
    ChoiceOption options[NOT_DONE_COUNT];
    Choice choice;
    Field words;
    FieldDraft draft;
    int words_columns; /* when it was last drawn */
} NotDoneState;

/* --- causes ----------------------------------------------------------------------------------- */

static void build_options(NotDoneState *state, const PlacementPart *part)
{
    const char *const keys[NOT_DONE_COUNT] = {
        [NOT_DONE_DECLINED] = C_("not given key", "d"),
        [NOT_DONE_CONFLICT] = C_("not given key", "c"),
        [NOT_DONE_DISCONTENT] = C_("not given key", "p"),
        [NOT_DONE_NOT_REACHED] = C_("not given key", "r"),
        [NOT_DONE_NO_INTERPRETER] = C_("not given key", "i"),
        [NOT_DONE_UNDER_7] = C_("not given key", "7"),
        [NOT_DONE_NOT_ASKED] = C_("not given key", "n"),
        [NOT_DONE_MISTAKE] = C_("not given key", "m"),
        [NOT_DONE_OTHER] = C_("not given key", "o"),
    };
    int count = 0;
    for (NotDone cause = NOT_DONE_DECLINED; cause < NOT_DONE_COUNT; cause++)
        if (not_done_fits(cause, respondent_code(part->respondent), part->response_id != 0))
            state->options[count++] =
                (ChoiceOption){g_utf8_get_char(keys[cause]), not_done_name(cause), (int)cause};
    choice_init(&state->choice, state->options, count, -1);
    state->choice.one_column = TRUE;
}

static gboolean not_done_enter(App *app, void *data, const void *argument, GError **error)
{
    static const char *const DRAFTS[RESPONDENT_COUNT] = {
        [RESPONDENT_CASE_OFFICER] = "not-given-case-officer",
        [RESPONDENT_CHILD] = "not-given-child",
        [RESPONDENT_PARENT] = "not-given-parent",
        [RESPONDENT_PARENT_2] = "not-given-parent-2",
    };
    (void)error;
    NotDoneState *state = data;
    const NotDoneArgument *from = argument;
    state->respondent = from->part->respondent;
    state->response_id = from->part->response_id;
    state->placement_id = from->placement_id;
    state->client_id = from->client_id;
    build_options(state, from->part);
    field_init(&state->words, "", TRUE);
    field_draft_begin(app, &state->draft, DRAFTS[state->respondent], state->placement_id,
                      (Field *[]){&state->words}, 1);
    return TRUE;
}

static void not_done_keep(App *app, void *data)
{
    field_draft_save(app, &((NotDoneState *)data)->draft);
}

static gboolean not_done_unsaved(App *app, const void *data)
{
    (void)app;
    return field_draft_is_unsaved(&((const NotDoneState *)data)->draft);
}

static void not_done_leave(App *app, void *data)
{
    (void)app;
    NotDoneState *state = data;
    field_draft_clear(&state->draft);
    field_clear(&state->words);
}

/* --- saving ----------------------------------------------------------------------------------- */

/* The response to give up: the one begun, else a new one. New. */
static Response *take_response(App *app, const NotDoneState *state, GError **error)
{
    Form *form = NULL;
    Answers *answers = NULL;
    Response *response;
    if (state->response_id != 0) {
        response = response_open(app_session(app), state->response_id, TRUE, FALSE, &form, &answers,
                                 error);
    } else {
        form = response_form(app_session(app), respondent_form(state->respondent), error);
        response = form != NULL ? response_begin(app_session(app), form, state->client_id,
                                                 respondent_code(state->respondent),
                                                 state->placement_id, NULL, error)
                                : NULL;
    }
    form_free(form);
    answers_free(answers);
    return response;
}

static void save(App *app, NotDoneState *state)
{
    NotDone cause = (NotDone)state->options[state->choice.chosen].value;
    g_autofree char *words = g_strstrip(g_strdup(field_text(&state->words)));
    GError *error = NULL;
    g_autoptr(Response) response = take_response(app, state, &error);
    if (response == NULL || !response_give_up(app_session(app), response, cause,
                                              words[0] != '\0' ? words : NULL, &error)) {
        if (response != NULL)
            response_release(app_session(app), response, NULL);
        app_error(app, error);
        return;
    }
    const char *said = cause == NOT_DONE_MISTAKE ? _("Noted. The interview is still to be done.")
                       : state->response_id != 0 ? _("Noted. What has been answered is kept.")
                                                 : _("Noted.");
    field_draft_over(app, &state->draft);
    app_pop(app);
    app_say(app, STYLE_GOOD, "%s", said);
}

/* --- keys and drawing ------------------------------------------------------------------------- */

static gboolean not_done_key(App *app, void *data, const Event *event)
{
    NotDoneState *state = data;
    gboolean taken;
    if (state->choice.chosen < 0) {
        choice_event(&state->choice, event, &taken);
        return taken;
    }
    if (event->type == EVENT_KEY && event->key == K_ENTER) {
        save(app, state);
        return TRUE;
    }
    if (event->type == EVENT_KEY && (event->key == K_BACK_TAB || event->key == K_TAB)) {
        state->choice.chosen = -1;
        return TRUE;
    }
    return field_event(&state->words, event, state->words_columns);
}

static void not_done_draw(App *app, void *data, Area area)
{
    (void)app;
    NotDoneState *state = data;
    gboolean chosen = state->choice.chosen >= 0;
    Area box = area_centre(area, MIN(state->choice.count + BESIDE_ROWS, area.rows),
                           MIN(area.columns, WIDEST));
    g_autofree char *title =
        g_strdup_printf(_("Not given: %s"), respondent_name(state->respondent));
    draw_box(box, title);
    Area inside = area_inset(box, 1, 2);
    draw_text(inside, 0, 0, STYLE_STRONG, _("Why is the interview not given?"));
    int rows = MIN(state->choice.count, inside.rows - WORDS_ROWS - BELOW_ROWS);
    choice_draw(&state->choice, area_rows(inside, 1, rows), !chosen);
    draw_text(inside, rows + 2, 0, STYLE_LABEL, _("In your own words, if need be"));
    Area words = area_rows(inside, rows + 3, WORDS_ROWS);
    state->words_columns = words.columns;
    field_draw(&state->words, words, chosen);
    draw_text(inside, inside.rows - 1, 0, STYLE_QUIET,
              chosen ? _("Enter saves, Tab changes the cause, Esc goes back.")
                     : _("Press the letter of the cause. Esc goes back."));
}

const Screen screen_not_done = {
    .name = "not-done",
    .place = IN_DIALOG,
    .state_size = sizeof(NotDoneState),
    .overlay = TRUE,
    .enter = not_done_enter,
    .draw = not_done_draw,
    .key = not_done_key,
    .save = not_done_keep,
    .unsaved = not_done_unsaved,
    .leave = not_done_leave,
};
