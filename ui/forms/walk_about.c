/* walk_about.c: how one talks: language of the questions, mode, interpreter, time used, and the
 * calls that have been made; over the walker. */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "ui/common/edit_page.h"
#include "ui/common/when.h"
#include "ui/forms/walk_state_private.h"
#include "ui/widgets/page.h"

enum {
    WIDEST = 92,
    MARGIN = 2,
    FORM_ROWS = 7,
    CALLS_MOST = 6,
    LANGUAGE_COUNT = 3,
};

enum { ROW_LANGUAGE, ROW_MODE, ROW_INTERPRETER, ROW_MINUTES };

static const char *const LANGUAGES[LANGUAGE_COUNT] = {"sv", "en", "fi"};

typedef struct {
    Walk *walk;
    Page page;
    ChoiceOption languages[LANGUAGE_COUNT], modes[MODE_COUNT], interpreter[2];
    GPtrArray *calls; /* Call * */
} AboutState;

static gunichar mode_key(ResponseMode mode)
{
    switch (mode) {
    case MODE_PHONE:
        return g_utf8_get_char(C_("key of talking by phone", "p"));
    case MODE_MEETING:
        return g_utf8_get_char(C_("key of talking at a meeting", "m"));
    case MODE_CAR:
        return g_utf8_get_char(C_("key of talking in a car", "c"));
    case MODE_POST:
        return g_utf8_get_char(C_("key of answers by post", "o"));
    default:
        return g_utf8_get_char(C_("key of answers by computer", "d"));
    }
}

static void add_rows(AboutState *state)
{
    const Response *response = walk_response(state->walk);
    const char *const names[] = {_("Swedish"), _("English"), _("Finnish")};
    int language = -1;
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        state->languages[i] = (ChoiceOption){LANGUAGES[i][0], names[i], i};
        if (g_strcmp0(response->language, LANGUAGES[i]) == 0)
            language = i;
    }
    for (int i = MODE_PHONE; i < MODE_COUNT; i++)
        state->modes[i - MODE_PHONE] =
            (ChoiceOption){mode_key((ResponseMode)i), response_mode_name((ResponseMode)i), i};
    state->interpreter[0] = (ChoiceOption){g_utf8_get_char(C_("key", "y")), _("Yes"), 1};
    state->interpreter[1] = (ChoiceOption){g_utf8_get_char(C_("key", "n")), _("No"), 0};
    g_autofree char *minutes =
        response->minutes_used > 0 ? g_strdup_printf("%d", response->minutes_used) : g_strdup("");
    page_init(&state->page);
    page_choice(&state->page, _("Language of the questions"), NULL, state->languages,
                LANGUAGE_COUNT, language);
    page_choice(&state->page, _("How you talk"), NULL, state->modes, MODE_COUNT - MODE_PHONE,
                (int)response->mode - MODE_PHONE);
    page_choice(&state->page, _("Interpreter"), NULL, state->interpreter, 2,
                response->interpreter ? 0 : 1);
    page_field(&state->page, _("Time used"), _("Minutes, such as 25. Enter saves."), minutes,
               FALSE);
}

static gboolean about_enter(App *app, void *data, const void *argument, GError **error)
{
    AboutState *state = data;
    state->walk = (Walk *)argument;
    state->calls = call_list(app_session(app), walk_response(state->walk)->id, error);
    if (state->calls == NULL)
        return FALSE;
    add_rows(state);
    return TRUE;
}

static void about_leave(App *app, void *data)
{
    AboutState *state = data;
    (void)app;
    page_clear(&state->page);
    g_clear_pointer(&state->calls, g_ptr_array_unref);
}

/* The minutes in the field, 0 where there are none; FALSE: that is no time. */
static gboolean parse_minutes(const AboutState *state, int *minutes)
{
    g_autofree char *text = g_strstrip(g_strdup(page_text(&state->page, ROW_MINUTES)));
    *minutes = 0;
    return text[0] == '\0' || length_parse(text, minutes);
}

/* FALSE with a fault on the row. */
static gboolean check_minutes(AboutState *state)
{
    int minutes;
    gboolean good = parse_minutes(state, &minutes);
    page_fault(&state->page, ROW_MINUTES,
               good ? NULL : _("That is no time. Write minutes, such as 25, or 1:10."));
    return good;
}

typedef struct {
    const char *language;
    ResponseMode mode;
    gboolean interpreter;
    int minutes;
} Talk;

/* As the rows have it; minutes that are none leave those of before. */
static Talk read_talk(const AboutState *state)
{
    const Page *page = &state->page;
    Talk talk = {
        .language = LANGUAGES[edit_page_chosen_value(page, ROW_LANGUAGE, 0)],
        .mode = (ResponseMode)edit_page_chosen_value(page, ROW_MODE, MODE_NONE),
        .interpreter = edit_page_chosen_value(page, ROW_INTERPRETER, 0) == 1,
    };
    if (!parse_minutes(state, &talk.minutes))
        talk.minutes = walk_response(state->walk)->minutes_used;
    return talk;
}

static gboolean about_unsaved(App *app, const void *data)
{
    const AboutState *state = data;
    const Response *response = walk_response(state->walk);
    const Talk talk = read_talk(state);
    (void)app;
    return g_strcmp0(talk.language, response->language) != 0 || talk.mode != response->mode ||
           talk.interpreter != response->interpreter || talk.minutes != response->minutes_used;
}

/* Commits what differs, one after the other. */
static gboolean keep(Session *session, Walk *walk, const Talk *talk, GError **error)
{
    const Response *response = walk_response(walk);
    return (g_strcmp0(talk->language, response->language) == 0 ||
            walk_set_language(walk, session, talk->language, error)) &&
           (talk->mode == response->mode || walk_set_mode(walk, session, talk->mode, error)) &&
           (talk->interpreter == response->interpreter ||
            walk_set_interpreter(walk, session, talk->interpreter, error)) &&
           (talk->minutes == response->minutes_used ||
            walk_set_minutes(walk, session, talk->minutes, error));
}

static void about_save(App *app, void *data)
{
    AboutState *state = data;
    GError *error = NULL;
    check_minutes(state);
    const Talk talk = read_talk(state);
    if (!keep(app_session(app), state->walk, &talk, &error))
        app_error(app, error);
}

static gboolean about_key(App *app, void *data, const Event *event)
{
    AboutState *state = data;
    gboolean done;
    gboolean taken = page_event(&state->page, event, &done);
    if (done && check_minutes(state))
        app_pop(app);
    return taken;
}

/* "2026-11-23 10:42  busy, Anna Berg. Again 2026-11-24 14:00. He sounded tired." New. */
static char *call_text(const Call *call)
{
    char time[9], date[DATE_SIZE], back[DATE_SIZE];
    date_format(clock_local(call->at_ms, time), date);
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text, "%s %.5s  %s, %s", date, time, call_result_name(call->result),
                           call->who != NULL ? call->who : "–");
    if (call->back_date != DATE_NONE) {
        g_autofree char *again =
            time_after_day(date_format(call->back_date, back), call->back_time);
        g_string_append_printf(text, _(". Again %s"), again);
    }
    if (call->note != NULL)
        g_string_append_printf(text, ". %s", call->note);
    return g_strdup(text->str);
}

/* From `row` down, the last one first; returns the rows they take. */
static int draw_calls(const AboutState *state, Area area, int row)
{
    const int first = row;
    for (guint i = 0; i < state->calls->len; i++) {
        g_autofree char *text = call_text(state->calls->pdata[i]);
        row += draw_paragraph(area, row, 0, area.columns, STYLE_NORMAL, text);
    }
    if (state->calls->len == 0)
        row += draw_paragraph(area, row, 0, area.columns, STYLE_QUIET,
                              _("No call has been noted yet."));
    return row - first;
}

static void about_draw(App *app, void *data, Area area)
{
    AboutState *state = data;
    (void)app;
    const int columns = MIN(area.columns, WIDEST);
    const Area measure = {.columns = columns - 2 * (1 + MARGIN)};
    const int calls = 1 + CLAMP(draw_calls(state, measure, 0), 1, CALLS_MOST);
    Area box = area_centre(area, FORM_ROWS + calls + 4, columns);
    draw_box(box, _("The talk"));
    Area inside = area_inset(box, 1, 1 + MARGIN);
    page_draw(&state->page, area_rows(inside, 1, MAX(inside.rows - calls - 1, 1)));
    Area below = area_rows(inside, MAX(inside.rows - calls, 0), calls);
    draw_rule(below, 0);
    draw_calls(state, area_rows(below, 1, -1), 0);
}

const Screen screen_about = {
    .name = "about",
    .place = IN_DIALOG,
    .state_size = sizeof(AboutState),
    .overlay = TRUE,
    .enter = about_enter,
    .draw = about_draw,
    .key = about_key,
    .save = about_save,
    .unsaved = about_unsaved,
    .leave = about_leave,
};
