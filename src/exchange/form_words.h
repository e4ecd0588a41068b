/* form_words.h: a form's conditions and texts in words, as they stand on paper. Pure. */
#pragma once

#include "form/form.h"

typedef struct FormWords FormWords;
/* `form` and `language` must outlive it. */
FormWords *form_words_new(const Form *form, const char *language);
void form_words_free(FormWords *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FormWords, form_words_free)

/* The question's number in the form, as in FlowStep; 0 for displays and groups. */
int form_words_number(const FormWords *words, const FormItem *item);

/* "Svara bara om svaret på fråga 7 är ”Ja”."; of a group "Svara på frågorna 8–12 bara om …"; of a
 * display "Om …:". NULL when the item has no condition. New. */
char *form_words_condition(const FormWords *words, const FormItem *item);
/* "Om svaret är ”Nej”: gå till fråga 12.": of a yes/no question whose next questions all hang on
 * one of its answers. NULL when there is nothing to skip. New. */
char *form_words_skip(const FormWords *words, const FormItem *item);

/* A text in the form's language, with a line to write on where the screen fills in a name or a day.
 * In a greeting (an opening or a closing text) a name that follows its first words ("Hej …!") is
 * left out instead. New. */
char *form_words_blank(const FormWords *words, const char *text, gboolean greeting);
