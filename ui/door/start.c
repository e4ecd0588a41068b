/* start.c: the first start, when there is no database yet: make a unit, or look at the demo. */
#include "ui/door/start.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "care/unit/making.h"
#include "care/unit/staff.h"
#include "ui/app.h"
#include "ui/common/edit_page.h"

#include <string.h>

enum {
    WIDEST = 72,
    CODE_COLUMNS = 4, /* groups on a line */
    GROUP_COLUMNS = 12,
    GROUP_MOST = 16, /* characters typed to confirm */
};

enum { PATH_UNIT, PATH_DEMO };
enum { ROW_UNIT, ROW_NAME, ROW_LOGIN, ROW_ROLE, ROW_PASSPHRASE, ROW_AGAIN };

typedef enum { STEP_CHOOSE, STEP_UNIT, STEP_CODE } StartStep;

typedef struct {
    StartStep step;
    ChoiceOption paths[2], roles[ROLE_COUNT];
    Choice path;
    Page page;
    Session *session; /* made, while its recovery code is shown */
    Secret *code;
    Field last_group;
    int last_columns;
    gboolean warned; /* that the code has not been confirmed */
    const char *fault;
} StartState;

static gboolean start_enter(App *app, void *data, const void *argument, GError **error)
{
    (void)app, (void)argument, (void)error;
    StartState *state = data;
    const char *const role_keys[ROLE_COUNT] = {
        [ROLE_SUPPORT_WORKER] = C_("role key", "s"),
        [ROLE_CASE_OFFICER] = C_("role key", "c"),
        [ROLE_TEAM_LEAD] = C_("role key", "l"),
        [ROLE_ADMINISTRATOR] = C_("role key", "a"),
    };
    state->paths[0] = (ChoiceOption){g_utf8_get_char(C_("start key", "u")),
                                     _("Make a unit of our own"), PATH_UNIT};
    state->paths[1] = (ChoiceOption){g_utf8_get_char(C_("start key", "d")),
                                     _("Look at the demo, where everybody is made up"), PATH_DEMO};
    choice_init(&state->path, state->paths, 2, -1);
    for (StaffRole role = 0; role < ROLE_COUNT; role++)
        state->roles[role] =
            (ChoiceOption){g_utf8_get_char(role_keys[role]), role_name(role), (int)role};
    field_init(&state->last_group, "", FALSE);
    page_init(&state->page);
    page_field(&state->page, _("The unit's name"),
               _("Such as Boendestöd Norr. It stands at the top of every screen."), "", FALSE);
    page_field(&state->page, _("Your name"), NULL, "", FALSE);
    page_field(&state->page, _("Your user name"),
               _("Short, such as anna. You type it when you come in."), "", FALSE);
    page_choice(&state->page, _("Your role"), NULL, state->roles, ROLE_COUNT, ROLE_TEAM_LEAD);
    g_autofree char *rule = g_strdup_printf(
        _("At least %d characters: a few words that you remember and nobody guesses."),
        PASSPHRASE_CHARACTERS);
    page_secret(&state->page, _("Passphrase"), rule);
    page_secret(&state->page, _("Passphrase again"),
                _("Once more, so that a slip of the finger does not lock you out."));
    return TRUE;
}

static void forget_code(StartState *state)
{
    g_clear_pointer(&state->code, secret_free);
}

static void start_leave(App *app, void *data)
{
    (void)app;
    StartState *state = data;
    page_clear(&state->page);
    field_clear(&state->last_group);
    forget_code(state);
    session_close(state->session);
}

/* --- making a unit -----------------------------------------------------------------------------
 */

static void need(Page *page, int row, const char *sentence)
{
    g_autofree char *text = g_strstrip(g_strdup(page_text(page, row)));
    if (text[0] == '\0')
        page_fault(page, row, sentence);
}

static void check_login(Page *page)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *login = login_normalise(page_text(page, ROW_LOGIN), &error);
    if (login == NULL)
        page_fault(page, ROW_LOGIN, error->message);
}

static void check_passphrase(Page *page)
{
    const Secret *first = page_secret_of(page, ROW_PASSPHRASE);
    const Secret *second = page_secret_of(page, ROW_AGAIN);
    g_autoptr(GError) error = NULL;
    if (first == NULL)
        page_fault(page, ROW_PASSPHRASE, _("Choose a passphrase."));
    else if (!passphrase_check(first, page_text(page, ROW_LOGIN), &error))
        page_fault(page, ROW_PASSPHRASE, error->message);
    else if (second == NULL || !secret_equal(first, second))
        page_fault(page, ROW_AGAIN,
                   _("The two are not the same. Type them once more (Ctrl-U empties a "
                     "field)."));
}

static gboolean check_unit(App *app, Page *page)
{
    edit_page_clear_faults(page);
    need(page, ROW_UNIT, _("Give the unit a name."));
    need(page, ROW_NAME, _("Write your name."));
    check_login(page);
    check_passphrase(page);
    return !edit_page_must_mend(app, page);
}

static void make_unit(App *app, StartState *state)
{
    Page *page = &state->page;
    GError *error = NULL;
    if (!check_unit(app, page))
        return;
    app_say(app, STYLE_STRONG, "%s", _("Making the unit and its keys…"));
    app_draw(app);
    SessionOpening opening = {.database = app_database(app),
                              .login = page_text(page, ROW_LOGIN),
                              .passphrase = page_secret_of(page, ROW_PASSPHRASE)};
    state->session = session_create(
        &opening, page_text(page, ROW_UNIT), page_text(page, ROW_NAME),
        (StaffRole)edit_page_chosen_value(page, ROW_ROLE, ROLE_TEAM_LEAD), &state->code, &error);
    app_say(app, STYLE_NORMAL, "%s", "");
    if (state->session == NULL)
        app_error(app, error);
    else
        state->step = STEP_CODE;
}

/* --- the recovery code -------------------------------------------------------------------------
 */

static const char *last_group(const StartState *state)
{
    const char *hyphen = strrchr((const char *)state->code->bytes, '-');
    return hyphen != NULL ? hyphen + 1 : (const char *)state->code->bytes;
}

static void go_in(App *app, StartState *state)
{
    Session *session = g_steal_pointer(&state->session);
    forget_code(state);
    app_unlocked(app, session);
    if (app_session(app) != NULL)
        app_say(app, STYLE_GOOD, "%s",
                _("The unit is made. Read in a file of visits with F6, or add clients with F3."));
}

static void confirm_code(App *app, StartState *state)
{
    g_autofree char *typed = g_strstrip(g_strdup(field_text(&state->last_group)));
    if (g_ascii_strcasecmp(typed, last_group(state)) == 0) {
        go_in(app, state);
        return;
    }
    state->fault = _("That is not the last group. Look at the end of what you wrote down.");
}

/* Nobody is held: a second F10 leaves although the code has not been written down. */
static gboolean code_key(App *app, StartState *state, const Event *event)
{
    Action action = event->type == EVENT_KEY ? keymap_action(app_keymap(app), IN_START, event->key)
                                             : ACTION_NONE;
    state->fault = NULL;
    if (event->type == EVENT_KEY && event->key == K_ENTER) {
        confirm_code(app, state);
        return TRUE;
    }
    if (field_event(&state->last_group, event, state->last_columns))
        return TRUE;
    if (action == ACTION_QUIT && !state->warned) {
        state->warned = TRUE;
        state->fault = _("The code will not be shown again. Write it down and type its last "
                         "group; or press the key once more to leave without it.");
        return TRUE;
    }
    return action != ACTION_QUIT && action != ACTION_REPAINT && action != ACTION_HELP;
}

/* --- keys --------------------------------------------------------------------------------------
 */

static gboolean choose_key(App *app, StartState *state, const Event *event)
{
    gboolean taken;
    int chosen = choice_event(&state->path, event, &taken);
    if (chosen == PATH_UNIT)
        state->step = STEP_UNIT;
    else if (chosen == PATH_DEMO)
        start_demo(app);
    return taken;
}

static gboolean unit_key(App *app, StartState *state, const Event *event)
{
    gboolean done;
    if (event->type == EVENT_KEY && event->key == K_ESCAPE) {
        state->step = STEP_CHOOSE;
        return TRUE;
    }
    gboolean taken = page_event(&state->page, event, &done);
    if (done)
        make_unit(app, state);
    return taken;
}

static gboolean start_key(App *app, void *data, const Event *event)
{
    StartState *state = data;
    switch (state->step) {
    case STEP_CHOOSE:
        return choose_key(app, state, event);
    case STEP_UNIT:
        return unit_key(app, state, event);
    case STEP_CODE:
        break;
    }
    return code_key(app, state, event);
}

static void start_finish(App *app, void *data)
{
    StartState *state = data;
    if (state->step == STEP_UNIT)
        make_unit(app, state);
    else
        app_say(app, STYLE_QUIET, "%s", _("There is nothing to save yet. Choose one of the two."));
}

/* --- drawing -----------------------------------------------------------------------------------
 */

static void draw_choose(const App *app, StartState *state, Area area)
{
    draw_text(area, 0, 0, STYLE_HEADING, _("Welcome to Dagsform"));
    int row = 2 + draw_paragraph(area, 2, 0, area.columns, STYLE_NORMAL,
                                 _("Dagsform keeps a unit's visits, what came of them, and what "
                                   "the cancellations say. Everything lies on this machine, "
                                   "encrypted."));
    g_autofree char *place =
        g_strdup_printf(_("A unit of your own will lie in %s."), app_database(app));
    row += draw_paragraph(area, row, 0, area.columns, STYLE_QUIET, place);
    choice_draw(&state->path, area_rows(area, row + 1, 2), TRUE);
}

static void draw_unit(StartState *state, Area area)
{
    draw_text(area, 0, 0, STYLE_HEADING, _("A unit of our own"));
    page_draw(&state->page, area_rows(area, 2, area.rows - 3));
    draw_text(area, area.rows - 1, 0, STYLE_QUIET, _("F8 makes the unit. Esc goes back."));
}

/* Returns the row after the last one. */
static int draw_groups(const StartState *state, Area area, int row)
{
    g_auto(GStrv) groups = g_strsplit((const char *)state->code->bytes, "-", -1);
    int count = 0;
    for (; groups[count] != NULL; count++) {
        draw_text(area, row + count / CODE_COLUMNS, 4 + count % CODE_COLUMNS * GROUP_COLUMNS,
                  STYLE_STRONG, groups[count]);
        explicit_bzero(groups[count], strlen(groups[count]));
    }
    return row + (count + CODE_COLUMNS - 1) / CODE_COLUMNS;
}

static void draw_code(StartState *state, Area area)
{
    draw_text(area, 0, 0, STYLE_HEADING, _("The recovery code"));
    int row = 1 + draw_paragraph(area, 1, 0, area.columns, STYLE_NORMAL,
                                 _("Write this down, or print it, and lock it in the unit's safe. "
                                   "It is shown only now. With it, access can be given again when "
                                   "every passphrase is lost; without it, nobody can."));
    row = draw_groups(state, area, row + 1);
    row += 1 + draw_paragraph(area, row + 1, 0, area.columns, STYLE_NORMAL,
                              _("When it is written down: type its last group, and Enter."));
    state->last_columns = GROUP_MOST;
    field_draw(&state->last_group, area_columns(area_rows(area, row, 1), 4, GROUP_MOST), TRUE);
    if (state->fault != NULL)
        draw_paragraph(area, row + 1, 0, area.columns, STYLE_FAULT, state->fault);
}

static void start_draw(App *app, void *data, Area area)
{
    StartState *state = data;
    Area box = area_centre(area, MIN(area.rows, 18), MIN(area.columns, WIDEST));
    if (state->step == STEP_CODE)
        draw_code(state, box);
    else if (state->step == STEP_UNIT)
        draw_unit(state, area_centre(area, area.rows, MIN(area.columns, WIDEST)));
    else
        draw_choose(app, state, box);
}

const Screen screen_start = {
    .name = "start",
    .place = IN_START,
    .title = N_("First start"),
    .state_size = sizeof(StartState),
    .enter = start_enter,
    .draw = start_draw,
    .key = start_key,
    .finish = start_finish,
    .leave = start_leave,
};
