/* choose.c: which one of several. The first nine have a digit each. */
#include "ui/common/choose.h"

#include "base/i18n.h"
#include "ui/common/shared.h"
#include "ui/widgets/choice.h"

enum {
    WIDEST = 100,
    MARGIN = 2, /* columns inside the frame */
    DIGITS = 9,
};

struct Choose {
    char *title;
    GArray *ids;      /* gint64 */
    GPtrArray *texts; /* char *, one for each */
    GArray *options;  /* ChoiceOption; value: index of the id */
    Choice choice;
    ChooseAnswer *answer;
    gint64 about;
};

Choose *choose_new(const char *title, ChooseAnswer *answer, gint64 about)
{
    Choose *choose = g_new0(Choose, 1);
    choose->title = g_strdup(title);
    choose->ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    choose->texts = g_ptr_array_new_with_free_func(g_free);
    choose->options = g_array_new(FALSE, FALSE, sizeof(ChoiceOption));
    choose->answer = answer;
    choose->about = about;
    return choose;
}

void choose_free(Choose *choose)
{
    g_free(choose->title);
    g_array_unref(choose->ids);
    g_ptr_array_unref(choose->texts);
    g_array_unref(choose->options);
    g_free(choose);
}

void choose_add(Choose *choose, gint64 id, const char *text)
{
    guint index = choose->ids->len;
    char *own = g_strdup(text);
    ChoiceOption option = {index < DIGITS ? '1' + index : 0, own, (int)index};
    g_array_append_val(choose->ids, id);
    g_ptr_array_add(choose->texts, own);
    g_array_append_val(choose->options, option);
}

/* --- the screen ------------------------------------------------------------------------------- */

typedef struct {
    Choose *choose;
} ChooseState;

static gboolean choose_enter(App *app, void *data, const void *argument, GError **error)
{
    (void)app, (void)error;
    ChooseState *state = data;
    Choose *choose = *(Choose *const *)argument;
    choice_init(&choose->choice, (const ChoiceOption *)(void *)choose->options->data,
                (int)choose->options->len, -1);
    choose->choice.one_column = TRUE;
    state->choose = choose;
    return TRUE;
}

static void choose_leave(App *app, void *data)
{
    (void)app;
    choose_free(((ChooseState *)data)->choose);
}

static gboolean choose_key(App *app, void *data, const Event *event)
{
    Choose *choose = ((ChooseState *)data)->choose;
    gboolean taken;
    int index = choice_event(&choose->choice, event, &taken);
    if (index < 0)
        return taken;
    gint64 id = g_array_index(choose->ids, gint64, (guint)index), about = choose->about;
    ChooseAnswer *answer = choose->answer;
    app_pop(app);
    answer(app, id, about);
    return TRUE;
}

static void choose_draw(App *app, void *data, Area area)
{
    (void)app;
    Choose *choose = ((ChooseState *)data)->choose;
    int columns = MIN(area.columns, WIDEST);
    int rows = choice_rows(&choose->choice, columns - 2 - 2 * MARGIN);
    Area box = area_centre(area, rows + 4, columns);
    draw_box(box, choose->title);
    Area inside = area_inset(box, 1, 1 + MARGIN);
    choice_draw(&choose->choice, area_rows(inside, 0, inside.rows - 2), TRUE);
    draw_text(inside, inside.rows - 1, 0, STYLE_QUIET, _("Esc goes back."));
}

static const Screen SCREEN = {
    .name = "choose",
    .place = IN_DIALOG,
    .state_size = sizeof(ChooseState),
    .overlay = TRUE,
    .enter = choose_enter,
    .draw = choose_draw,
    .key = choose_key,
    .passes = shared_passes,
    .leave = choose_leave,
};

void choose_ask(App *app, Choose *choose)
{
    app_push(app, &SCREEN, &choose);
}
