/* dialog.c: a question over the screen. One screen for its three kinds. */
#include "ui/common/dialog.h"

#include "base/i18n.h"
#include "base/text.h"
#include "ui/app.h"
#include "ui/common/field_draft.h"
#include "ui/widgets/choice.h"
#include "ui/widgets/field.h"

enum {
    WIDEST = 72,
    MARGIN = 2, /* columns inside the frame */
    KEY_LABEL_SIZE = 24,
    YES = 0,
    NO = 1,
};

typedef enum { DIALOG_ASK, DIALOG_TELL, DIALOG_PROMPT } DialogKind;

typedef struct {
    DialogKind kind;
    const char *title, *text, *initial;
    const char *draft; /* of a prompt: its kind; NULL: none is kept */
    gint64 draft_ref;
    DialogAnswer *answer;
    gpointer data;
    GDestroyNotify free_data;
} DialogArgument;

typedef struct {
    DialogKind kind;
    char *title, *text;
    DialogAnswer *answer;
    gpointer data;
    GDestroyNotify free_data; /* NULL: the data is not the dialog's own */
    ChoiceOption options[2];
    Choice choice;
    Field field;
    FieldDraft draft;
    int columns;    /* of the field when it was last drawn */
    int first;      /* row of the text that is drawn first */
    int last, room; /* the most it may be, and how many rows are seen; as drawn last */
} DialogState;

static gunichar letter(const char *text)
{
    return g_utf8_get_char(text);
}

static gboolean dialog_enter(App *app, void *data, const void *argument, GError **error)
{
    (void)error;
    DialogState *state = data;
    const DialogArgument *from = argument;
    state->kind = from->kind;
    state->title = g_strdup(from->title);
    state->text = g_strdup(from->text);
    state->answer = from->answer;
    state->data = from->data;
    state->free_data = from->free_data;
    state->options[YES] = (ChoiceOption){letter(C_("key", "y")), C_("answer", "yes"), YES};
    state->options[NO] = (ChoiceOption){letter(C_("key", "n")), C_("answer", "no"), NO};
    choice_init(&state->choice, state->options, 2, -1);
    if (from->kind == DIALOG_PROMPT)
        field_init(&state->field, from->initial, FALSE);
    if (from->draft != NULL)
        field_draft_begin(app, &state->draft, from->draft, from->draft_ref,
                          (Field *[]){&state->field}, 1);
    return TRUE;
}

static void dialog_save(App *app, void *data)
{
    field_draft_save(app, &((DialogState *)data)->draft);
}

static gboolean dialog_unsaved(App *app, const void *data)
{
    (void)app;
    return field_draft_is_unsaved(&((const DialogState *)data)->draft);
}

static gboolean dialog_passes(const void *data)
{
    return ((const DialogState *)data)->kind != DIALOG_PROMPT;
}

static void dialog_leave(App *app, void *data)
{
    (void)app;
    DialogState *state = data;
    g_free(state->title);
    g_free(state->text);
    if (state->kind == DIALOG_PROMPT)
        field_clear(&state->field);
    field_draft_clear(&state->draft);
    if (state->free_data != NULL)
        state->free_data(state->data);
}

/* The dialog is gone when its answer is told. */
static void finish(App *app, DialogState *state, gboolean yes)
{
    DialogAnswer *answer = state->answer;
    gpointer data = state->data;
    GDestroyNotify free_data = g_steal_pointer(&state->free_data);
    g_autofree char *text =
        state->kind == DIALOG_PROMPT ? g_strdup(field_text(&state->field)) : NULL;
    app_pop(app);
    if (answer != NULL)
        answer(app, yes, text, data);
    if (free_data != NULL)
        free_data(data);
}

static gboolean ask_event(App *app, DialogState *state, const Event *event)
{
    gboolean taken;
    int chosen = choice_event(&state->choice, event, &taken);
    if (chosen >= 0)
        finish(app, state, chosen == YES);
    return taken;
}

static gboolean prompt_event(App *app, DialogState *state, const Event *event)
{
    if (event->type != EVENT_KEY || event->key != K_ENTER)
        return field_event(&state->field, event, state->columns);
    finish(app, state, TRUE);
    return TRUE;
}

/* A text that has no room is gone through by the page, one that is only told also by the row. */
static gboolean scroll(DialogState *state, Key key)
{
    const gboolean tells = state->kind == DIALOG_TELL;
    const int page = MAX(state->room - 1, 1);
    const int rows = key == K_PAGE_DOWN || (tells && key == K_SPACE) ? page
                     : key == K_PAGE_UP                              ? -page
                     : tells && key == K_DOWN                        ? 1
                     : tells && key == K_UP                          ? -1
                                                                     : 0;
    if (state->last == 0 || rows == 0)
        return FALSE;
    state->first = CLAMP(state->first + rows, 0, state->last);
    return TRUE;
}

/* Every key is a dialog's own but those for locking and drawing anew. */
static gboolean dialog_key(App *app, void *data, const Event *event)
{
    DialogState *state = data;
    gboolean escape = event->type == EVENT_KEY && event->key == K_ESCAPE;
    if (event->type == EVENT_KEY && scroll(state, event->key))
        return TRUE;
    if (escape || (state->kind == DIALOG_TELL && event->type == EVENT_KEY &&
                   keymap_action(app_keymap(app), IN_DIALOG, event->key) == ACTION_NONE)) {
        finish(app, state, FALSE);
        return TRUE;
    }
    return state->kind == DIALOG_ASK      ? ask_event(app, state, event)
           : state->kind == DIALOG_PROMPT ? prompt_event(app, state, event)
                                          : FALSE;
}

/* New; NULL: none. */
static char *hint_of(const DialogState *state)
{
    char key[KEY_LABEL_SIZE];
    if (state->kind == DIALOG_TELL && state->first < state->last)
        return g_strdup_printf(_("More below: %s."), key_label(K_PAGE_DOWN, key));
    return state->kind == DIALOG_TELL     ? g_strdup(_("Press any key to go on."))
           : state->kind == DIALOG_PROMPT ? g_strdup(_("Enter goes on, Esc goes back."))
                                          : NULL;
}

static int answer_rows(const DialogState *state, int columns)
{
    return state->kind == DIALOG_ASK      ? choice_rows(&state->choice, columns)
           : state->kind == DIALOG_PROMPT ? 3
                                          : 1;
}

static void draw_answer(DialogState *state, Area area)
{
    int row = 0;
    if (state->kind == DIALOG_ASK)
        choice_draw(&state->choice, area, TRUE);
    if (state->kind == DIALOG_PROMPT) {
        state->columns = area.columns;
        field_draw(&state->field, area_rows(area, 0, 1), TRUE);
        row = 2;
    }
    if (state->kind == DIALOG_TELL)
        draw_caret(area, 0, 0);
    g_autofree char *hint = hint_of(state);
    draw_text(area, row, 0, STYLE_QUIET, hint);
}

/* The text, from the row it is scrolled to; beside it a mark where it goes on. */
static void draw_words(DialogState *state, const char *text, int rows, Area area, int inner)
{
    state->room = area.rows;
    state->last = MAX(rows - area.rows, 0);
    state->first = CLAMP(state->first, 0, state->last);
    draw_paragraph(area, -state->first, 0, inner, STYLE_NORMAL, text);
    if (state->first > 0)
        draw_text(area, 0, inner, STYLE_STRONG, "↑");
    if (state->first < state->last)
        draw_text(area, area.rows - 1, inner, STYLE_STRONG, "↓");
}

static void dialog_draw(App *app, void *data, Area area)
{
    (void)app;
    DialogState *state = data;
    int columns = MIN(area.columns, WIDEST), inner = columns - 2 - 2 * MARGIN;
    if (inner < 1)
        return;
    g_autofree char *text = text_clean(state->text);
    g_autoptr(GArray) lines = text_wrap(text, inner);
    int answer = answer_rows(state, inner);
    Area box = area_centre(area, (int)lines->len + answer + 5, columns);
    draw_box(box, state->title);
    Area inside = area_columns(area_inset(box, 1, 1), MARGIN, inner + 1);
    int room = MAX(inside.rows - answer - 1, 0); /* the answer is never pushed out */
    int top = inside.rows >= (int)lines->len + answer + 3 ? 1 : 0;
    draw_words(state, text, (int)lines->len, area_rows(inside, top, room), inner);
    inside.columns = inner;
    draw_answer(state, area_rows(inside, MAX(inside.rows - answer - top, 0), answer));
}

static const Screen dialog_screen = {
    .name = "dialog",
    .place = IN_DIALOG,
    .state_size = sizeof(DialogState),
    .overlay = TRUE,
    .enter = dialog_enter,
    .draw = dialog_draw,
    .key = dialog_key,
    .passes = dialog_passes,
    .save = dialog_save,
    .unsaved = dialog_unsaved,
    .leave = dialog_leave,
};

void dialog_ask(App *app, const char *question, DialogAnswer *answer, gpointer data)
{
    DialogArgument argument = {
        .kind = DIALOG_ASK, .text = question, .answer = answer, .data = data};
    app_push(app, &dialog_screen, &argument);
}

void dialog_ask_owning(App *app, const char *question, DialogAnswer *answer, gpointer data,
                       GDestroyNotify free_data)
{
    DialogArgument argument = {.kind = DIALOG_ASK,
                               .text = question,
                               .answer = answer,
                               .data = data,
                               .free_data = free_data};
    app_push(app, &dialog_screen, &argument);
}

void dialog_tell(App *app, const char *title, const char *text)
{
    DialogArgument argument = {.kind = DIALOG_TELL, .title = title, .text = text};
    app_push(app, &dialog_screen, &argument);
}

void dialog_prompt(App *app, const char *question, const char *initial, DialogAnswer *answer,
                   gpointer data)
{
    DialogArgument argument = {.kind = DIALOG_PROMPT,
                               .text = question,
                               .initial = initial,
                               .answer = answer,
                               .data = data};
    app_push(app, &dialog_screen, &argument);
}

void dialog_write_owning(App *app, const char *question, const char *draft, gint64 draft_ref,
                         DialogAnswer *answer, gpointer data, GDestroyNotify free_data)
{
    DialogArgument argument = {.kind = DIALOG_PROMPT,
                               .text = question,
                               .initial = "",
                               .draft = draft,
                               .draft_ref = draft_ref,
                               .answer = answer,
                               .data = data,
                               .free_data = free_data};
    app_push(app, &dialog_screen, &argument);
}

void dialog_write(App *app, const char *question, const char *draft, gint64 draft_ref,
                  DialogAnswer *answer, gpointer data)
{
    dialog_write_owning(app, question, draft, draft_ref, answer, data, NULL);
}
