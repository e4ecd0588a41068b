/* form_show.c: a form as text that can be read aloud. */
#include "exchange/form_show.h"

#include "base/code.h"
#include "base/i18n.h"
#include "base/text.h"
#include "exchange/form_words.h"
#include "form/flow.h"
#include "form/form_diff.h"
#include "form/form_write.h"

#include <string.h>

typedef struct {
    const char *language;
    FormWords *words;
    GString *text;
} Show;

/* A program's text in the form's language. */
static const char *say(const Show *show, const char *english)
{
    return i18n_text_in(show->language, english);
}

/* A form's text on one line. New. */
static char *line_of(const Show *show, const char *text)
{
    return text_display(form_text_in(text, show->language));
}

/* One line, `margin` blanks in, from a program's text with one %s for a form's text. */
static void put_text(Show *show, int margin, const char *english, const char *text)
{
    if (text == NULL)
        return;
    g_autofree char *line = line_of(show, text);
    g_string_append_printf(show->text, "%*s", margin, "");
    g_string_append_printf(show->text, say(show, english), line);
    g_string_append_c(show->text, '\n');
}

/* --- items --- */

static void put_sentence(const Show *show, gboolean holds, const char *english)
{
    if (holds)
        g_string_append_printf(show->text, " %s", say(show, english));
}

static void put_demands(const Show *show, const FormItem *item)
{
    put_sentence(show, item->required && !item->statutory, N_("Must be answered."));
    put_sentence(show, item->statutory, N_("The law asks for the answer."));
    put_sentence(show, item->own_words, N_("In the person's own words."));
    put_sentence(show, item->repeats && item->type == ITEM_GROUP,
                 N_("Can be filled in several times."));
    put_sentence(show, item->repeats && item->type != ITEM_GROUP,
                 N_("Several answers may be given."));
    if (item->max > 0)
        g_string_append_printf(show->text, say(show, N_(" At most %d.")), item->max);
}

/* "j: Ja"; without a key "- Ja". */
static void put_options(const Show *show, const FormItem *item, int margin)
{
    for (guint i = 0; i < item->options->len; i++) {
        const FormOption *option = item->options->pdata[i];
        g_autofree char *display = line_of(show, option->display);
        char key[8] = "-";
        if (option->key != 0)
            key[g_unichar_to_utf8(option->key, key)] = ':';
        g_string_append_printf(show->text, "%*s%s %s", margin, "", key, display);
        put_sentence(show, option->exclusive, N_("(alone)"));
        g_string_append_c(show->text, '\n');
    }
}

static void put_rules(Show *show, const FormItem *item, int margin)
{
    for (guint i = 0; i < item->constraints->len; i++)
        put_text(show, margin, N_("If the answer cannot be right: “%s”"),
                 ((const FormRule *)item->constraints->pdata[i])->text);
    for (guint i = 0; i < item->warnings->len; i++)
        put_text(show, margin, N_("If the answer is unusual: “%s”"),
                 ((const FormRule *)item->warnings->pdata[i])->text);
}

static void put_initial(Show *show, const FormItem *item, int margin)
{
    const Answer initial = {.kind = ANSWER_VALUE, .value = item->initial};
    if (item->initial == NULL || form_initial_refers(item))
        return;
    g_autofree char *value = flow_value_text(item, &initial, show->language);
    put_text(show, margin, N_("Filled in from the start: %s"), value);
}

static void put_items(Show *show, const GPtrArray *items, int margin);

/* What stands below the item's own line. */
static void put_below(Show *show, const FormItem *item, int margin)
{
    g_autofree char *condition = form_words_condition(show->words, item);
    put_text(show, margin, N_("Help: %s"), item->help);
    if (condition != NULL)
        g_string_append_printf(show->text, "%*s%s\n", margin, "", condition);
    put_options(show, item, margin);
    put_rules(show, item, margin);
    put_initial(show, item, margin);
    put_items(show, item->items, margin);
}

static void put_question(Show *show, const FormItem *item, int margin)
{
    g_autofree char *text = line_of(show, item->text);
    g_string_append_printf(show->text, "%*s", margin, "");
    if (item_is_numbered(item))
        g_string_append_printf(show->text, "%d. ", form_words_number(show->words, item));
    g_string_append(show->text, text);
    if (item->options->len == 0)
        g_string_append_printf(show->text, " (%s)", item_type_words(item->type, show->language));
    put_demands(show, item);
    g_string_append_c(show->text, '\n');
    put_below(show, item, margin + 4);
}

/* A section of the form begins after an empty line. */
static void put_group(Show *show, const FormItem *item, int margin)
{
    g_autofree char *text = line_of(show, item->text != NULL ? item->text : "");
    if (item->parent == NULL)
        g_string_append_c(show->text, '\n');
    g_string_append_printf(show->text, "%*s%s", margin, "", text);
    put_demands(show, item);
    g_string_append_c(show->text, '\n');
    put_below(show, item, margin + 2);
}

static void put_items(Show *show, const GPtrArray *items, int margin)
{
    for (guint i = 0; i < items->len; i++) {
        const FormItem *item = items->pdata[i];
        if (item->type == ITEM_GROUP) {
            put_group(show, item, margin);
        } else if (item->type == ITEM_DISPLAY) {
            g_autofree char *condition = form_words_condition(show->words, item);
            g_autofree char *text = line_of(show, item->text);
            g_string_append_printf(show->text, "%*s%s%s%s\n", margin, "",
                                   condition != NULL ? condition : "", condition != NULL ? " " : "",
                                   text);
            put_text(show, margin + 4, N_("Help: %s"), item->help);
        } else {
            put_question(show, item, margin);
        }
    }
}

/* --- the form --- */

/* A msgid; NULL: nobody in particular. */
static const char *respondent_words(const char *code)
{
    static const CodeWord RESPONDENTS[] = {
        {"case-officer", N_("Answered by the case officer.")},
        {"child", N_("Answered by the child or young person.")},
        {"parent", N_("Answered by a parent.")},
        {"client", N_("Answered by the client.")},
        {"staff", N_("Answered by staff.")},
    };
    int respondent = code_value(RESPONDENTS, G_N_ELEMENTS(RESPONDENTS), code);
    return respondent >= 0 ? RESPONDENTS[respondent].word : NULL;
}

char *form_show(const Form *form, const char *language)
{
    g_autoptr(FormWords) words = form_words_new(form, language);
    Show show = {.language = language, .words = words, .text = g_string_new(NULL)};
    const char *respondent = respondent_words(form->respondent);
    put_text(&show, 0, "%s", form->title);
    g_string_append_printf(show.text,
                           say(&show, N_("Form %s, version %s. Number of questions: %d.")),
                           form->name, form->version, form_questions(form));
    if (respondent != NULL)
        g_string_append_printf(show.text, " %s", say(&show, respondent));
    g_string_append_c(show.text, '\n');
    put_text(&show, 0, N_("Whose words: %s"), form->source);
    put_text(&show, 0, N_("Read aloud first: %s"), form->opening);
    put_items(&show, form->items, 0);
    if (form->closing != NULL)
        g_string_append_c(show.text, '\n');
    put_text(&show, 0, N_("Read aloud at the end: %s"), form->closing);
    return g_string_free(show.text, FALSE);
}
