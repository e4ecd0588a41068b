/* form_pdf.c: the questions of a form, one after another, with room for the answers. */
#include "exchange/form_pdf.h"

#include "base/i18n.h"
#include "exchange/form_words.h"
#include "exchange/paper.h"

#include <string.h>

#define LINES_LONG 3 /* for a text; a string has one */

typedef struct {
    const Form *form;
    const char *language;
    FormWords *words;
    Paper *paper;
} Blank;

static const char *text_of(const Blank *blank, const char *english)
{
    return i18n_text_in(blank->language, english);
}

/* --- answers --- */

static gboolean is_closed(const FormItem *item)
{
    return item->type != ITEM_TEXT && item->type != ITEM_STRING;
}

/* "Vet ej" and "Vill inte svara": a question with lines is simply left empty, and so is one that
 * need not be answered. What the law asks for must have an answer. */
static gboolean offers_none(const Blank *blank, const FormItem *item)
{
    return is_closed(item) && !item->statutory &&
           (blank->form->kind == FORM_KIND_INTERVIEW || item->required);
}

/* The options from `from` on as (const char *) texts. */
static GPtrArray *option_texts(const Blank *blank, const FormItem *item, guint from, guint to)
{
    GPtrArray *texts = g_ptr_array_new();
    for (guint i = from; i < to; i++) {
        const FormOption *option = g_ptr_array_index(item->options, i);
        g_ptr_array_add(texts, (gpointer)form_text_in(option->display, blank->language));
    }
    return texts;
}

static gboolean has_text(const GPtrArray *texts, const char *text)
{
    for (guint i = 0; i < texts->len; i++)
        if (strcmp(g_ptr_array_index(texts, i), text) == 0)
            return TRUE;
    return FALSE;
}

/* What is an answer without being one, unless the form has such options itself. */
static void add_none(const Blank *blank, const FormItem *item, GPtrArray *texts)
{
    static const char *const NONE[] = {"Vet ej", "Vill inte svara"};
    for (guint i = 0; offers_none(blank, item) && i < G_N_ELEMENTS(NONE); i++) {
        const char *text = form_text_in(NONE[i], blank->language);
        if (!has_text(texts, text))
            g_ptr_array_add(texts, (gpointer)text);
    }
}

static void put_ticks(const Blank *blank, GPtrArray *texts)
{
    if (texts->len == 0)
        return;
    paper_ticks(blank->paper, (const char *const *)texts->pdata, (int)texts->len);
}

static void put_none(const Blank *blank, const FormItem *item)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    add_none(blank, item, texts);
    if (texts->len > 0)
        paper_keep(blank->paper);
    put_ticks(blank, texts);
}

/* How many options, from the first on, have the keys 1, 2, 3 …: steps of a scale. */
static guint scale_steps(const FormItem *item)
{
    enum { LEAST = 3, MOST = 7 };
    guint steps = 0;
    while (steps < item->options->len &&
           ((FormOption *)g_ptr_array_index(item->options, steps))->key == '1' + steps)
        steps++;
    return !item->repeats && steps >= LEAST && steps <= MOST ? steps : 0;
}

static void put_choice(const Blank *blank, const FormItem *item)
{
    const guint steps = scale_steps(item);
    if (steps > 0) {
        g_autoptr(GPtrArray) scale = option_texts(blank, item, 0, steps);
        paper_scale(blank->paper, (const char *const *)scale->pdata, (int)scale->len);
        paper_keep(blank->paper);
    }
    g_autoptr(GPtrArray) rest = option_texts(blank, item, steps, item->options->len);
    add_none(blank, item, rest);
    put_ticks(blank, rest);
    if (item->type == ITEM_OPEN_CHOICE) {
        paper_keep(blank->paper);
        paper_label_line(blank->paper, text_of(blank, N_("Something else:")));
    }
}

static void put_boolean(const Blank *blank, const FormItem *item)
{
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    g_ptr_array_add(texts, (gpointer)form_text_in("Ja", blank->language));
    g_ptr_array_add(texts, (gpointer)form_text_in("Nej", blank->language));
    add_none(blank, item, texts);
    put_ticks(blank, texts);
    g_autofree char *skip = form_words_skip(blank->words, item);
    if (skip != NULL) {
        paper_keep(blank->paper);
        paper_note(blank->paper, skip);
    }
}

static void put_room(const Blank *blank, const FormItem *item)
{
    switch (item->type) {
    case ITEM_BOOLEAN:
        put_boolean(blank, item);
        break;
    case ITEM_CHOICE:
    case ITEM_OPEN_CHOICE:
        put_choice(blank, item);
        break;
    case ITEM_INTEGER:
        paper_boxes(blank->paper, PAPER_NUMBER, NULL);
        put_none(blank, item);
        break;
    case ITEM_DATE:
        paper_boxes(blank->paper, PAPER_DATE, text_of(blank, N_("Year – month – day")));
        put_none(blank, item);
        break;
    case ITEM_TIME:
        paper_boxes(blank->paper, PAPER_TIME, text_of(blank, N_("Hour : minute")));
        put_none(blank, item);
        break;
    case ITEM_DECIMAL:
        paper_lines(blank->paper, 1);
        put_none(blank, item);
        break;
    default:
        paper_lines(blank->paper, item->type == ITEM_TEXT ? LINES_LONG : 1);
    }
}

/* --- items --- */

static void put_items(const Blank *blank, const GPtrArray *items, int level);

/* On which condition, what helps to answer, how many answers: one paragraph. */
static void put_notes(const Blank *blank, const FormItem *item)
{
    const gboolean several = item->type != ITEM_GROUP && item->repeats;
    g_autofree char *condition = form_words_condition(blank->words, item);
    g_autofree char *help = form_words_blank(blank->words, item->help, FALSE);
    const char *const parts[] = {condition, help,
                                 several ? text_of(blank, N_("You may tick several.")) : NULL};
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        if (parts[i] != NULL && parts[i][0] != '\0')
            g_string_append_printf(text, "%s%s", text->len > 0 ? " " : "", parts[i]);
    if (text->len == 0)
        return;
    paper_note(blank->paper, text->str);
    paper_keep(blank->paper);
}

static void put_question(const Blank *blank, const FormItem *item)
{
    g_autofree char *text = form_words_blank(blank->words, item->text, FALSE);
    paper_question(blank->paper, item_is_numbered(item) ? form_words_number(blank->words, item) : 0,
                   text);
    paper_indent(blank->paper, 1);
    put_notes(blank, item);
    put_room(blank, item);
    paper_indent(blank->paper, 0);
}

static void put_display(const Blank *blank, const FormItem *item)
{
    g_autofree char *text = form_words_blank(blank->words, item->text, FALSE);
    g_autofree char *condition = form_words_condition(blank->words, item);
    g_autofree char *both = condition != NULL ? g_strdup_printf("%s %s", condition, text) : NULL;
    paper_text(blank->paper, both != NULL ? both : text);
    paper_keep(blank->paper); /* it leads to the next question */
}

/* Room for so many of a repeating group: more of a short one than of a long one. */
static int room_for(const FormItem *group)
{
    enum { LEAST = 2, MOST = 4, QUESTIONS = 8 };
    return group->repeats ? CLAMP(QUESTIONS / MAX((int)group->items->len, 1), LEAST, MOST) : 1;
}

static void put_group(const Blank *blank, const FormItem *group, int level)
{
    g_autofree char *text = form_words_blank(blank->words, group->text, FALSE);
    const int repetitions = room_for(group);
    for (int number = 1; number <= repetitions; number++) {
        g_autofree char *counted =
            repetitions == 1
                ? g_strdup(text)
                : g_strdup_printf(text_of(blank, N_("%s (%d of %d)")), text, number, repetitions);
        if (text[0] != '\0')
            paper_heading(blank->paper, level, counted);
        if (number == 1)
            put_notes(blank, group);
        put_items(blank, group->items, MIN(level + 1, 3));
    }
    if (repetitions > 1)
        paper_note(blank->paper, text_of(blank, N_("If you need room for more, go on on a sheet of "
                                                   "your own.")));
}

static void put_items(const Blank *blank, const GPtrArray *items, int level)
{
    for (guint i = 0; i < items->len; i++) {
        const FormItem *item = g_ptr_array_index(items, i);
        if (item->type == ITEM_GROUP)
            put_group(blank, item, level);
        else if (item->type == ITEM_DISPLAY)
            put_display(blank, item);
        else
            put_question(blank, item);
    }
}

/* --- the whole --- */

static void put_opening(const Blank *blank)
{
    paper_heading(blank->paper, 1, form_text_in(blank->form->title, blank->language));
    const Form *form = blank->form;
    const char *text = form->opening_on_paper != NULL ? form->opening_on_paper : form->opening;
    g_autofree char *opening = form_words_blank(blank->words, text, TRUE);
    paper_text(blank->paper, opening);
    paper_strong(blank->paper, text_of(blank, N_("How to fill in the form")));
    paper_keep(blank->paper);
    paper_text(
        blank->paper,
        text_of(blank, N_("Tick the box beside your answer, or write on the lines. Where the "
                          "lines do not do, go on on a sheet of your own and write the "
                          "number of the question there.")));
    paper_label_line(blank->paper, text_of(blank, N_("Date:")));
    paper_label_line(blank->paper, text_of(blank, N_("Filled in by:")));
    paper_label_line(blank->paper, text_of(blank, N_("Case number (the unit fills it in):")));
}

static void put_closing(const Blank *blank)
{
    const Form *form = blank->form;
    g_autofree char *closing = form_words_blank(blank->words, form->closing, TRUE);
    paper_heading(blank->paper, 2, text_of(blank, N_("When you are done")));
    paper_text(blank->paper, closing);
    paper_keep(blank->paper);
    paper_strong(blank->paper, text_of(blank, N_("Send or hand in the form to:")));
    paper_keep(blank->paper);
    paper_lines(blank->paper, 3);
    g_autofree char *version =
        g_strdup_printf(text_of(blank, N_("Form: %s, version %s.")), form->name, form->version);
    paper_note(blank->paper, version);
    if (form->source != NULL) {
        g_autofree char *source =
            g_strdup_printf(text_of(blank, N_("Whose words the questions are: %s")),
                            form_text_in(form->source, blank->language));
        paper_note(blank->paper, source);
    }
}

gboolean form_pdf_write(const Form *form, const char *language, gboolean large, const char *path,
                        GError **error)
{
    const PaperHead head = {.title = form_text_in(form->title, language),
                            .language = language,
                            .large = large,
                            .form = TRUE,
                            .date = DATE_NONE};
    g_autoptr(Paper) paper = paper_new(&head, error);
    if (paper == NULL)
        return FALSE;
    g_autoptr(FormWords) words = form_words_new(form, language);
    const Blank blank = {form, language, words, paper};
    put_opening(&blank);
    paper_columns(paper, TRUE);
    put_items(&blank, form->items, 2);
    put_closing(&blank);
    return paper_write(paper, path, FALSE, error);
}
