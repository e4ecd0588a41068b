/* choose.c: which one of several. */
#include "ui/screens/choose.h"

#include "base/i18n.h"
#include "base/text.h"
#include "ui/widgets/choice.h"

enum { WIDEST = 100, DIGITS = 9 };

typedef struct {
    char *title;
    GArray *ids;
    GPtrArray *texts; /* the options' labels */
    GArray *options;  /* ChoiceOption; value: index of the id */
    Choice choice;
    void (*chosen)(App *app, gint64 id);
} ChooseState;

static gboolean choose_enter(App *app, void *data, const void *argument, GError **error)
{
    (void)app, (void)error;
    ChooseState *state = data;
    const Choose *from = argument;
    state->title = g_strdup(from->title);
    state->ids = g_array_ref(from->ids);
    state->texts = g_ptr_array_ref(from->texts);
    state->chosen = from->chosen;
    state->options = g_array_new(FALSE, FALSE, sizeof(ChoiceOption));
    for (guint i = 0; i < state->texts->len; i++) {
        ChoiceOption option = {i < DIGITS ? '1' + i : 0, state->texts->pdata[i], (int)i};
        g_array_append_val(state->options, option);
    }
    choice_init(&state->choice, (const ChoiceOption *)(void *)state->options->data,
                (int)state->options->len, -1);
    return TRUE;
}

static void choose_leave(App *app, void *data)
{
    (void)app;
    ChooseState *state = data;
    g_free(state->title);
    g_array_unref(state->ids);
    g_ptr_array_unref(state->texts);
    g_array_unref(state->options);
}

static gboolean choose_key(App *app, void *data, const Event *event)
{
    ChooseState *state = data;
    gboolean taken;
    int index = choice_event(&state->choice, event, &taken);
    if (index < 0)
        return taken;
    gint64 id = g_array_index(state->ids, gint64, (guint)index);
    void (*chosen)(App *, gint64) = state->chosen;
    app_pop(app);
    chosen(app, id);
    return TRUE;
}

static void choose_draw(App *app, void *data, Area area)
{
    (void)app;
    ChooseState *state = data;
    Area box = area_centre(area, (int)state->texts->len + 4, MIN(area.columns, WIDEST));
    draw_box(box, state->title);
    Area inside = area_inset(box, 1, 2);
    choice_draw(&state->choice, area_rows(inside, 0, inside.rows - 2), TRUE);
    draw_text(inside, inside.rows - 1, 0, STYLE_QUIET, _("Esc goes back."));
}

const Screen screen_choose = {
    .name = "choose",
    .where = IN_DIALOG,
    .state_size = sizeof(ChooseState),
    .overlay = TRUE,
    .enter = choose_enter,
    .draw = choose_draw,
    .key = choose_key,
    .leave = choose_leave,
};
