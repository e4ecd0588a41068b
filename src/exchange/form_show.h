/* form_show.h: a form as text to be read, and as a template for its translators. Pure. */
#pragma once

#include "form/form.h"

/* The whole form in `language` as lines that can be read aloud: each question with its number, how
 * it is answered, its options with their keys, its conditions and rules in words. New. */
char *form_show(const Form *form, const char *language);

/* A gettext template (POT) of the texts of `count` forms, each once, in their order, with every
 * file and line it stands on. The msgids are Swedish. Without a date, so that it changes only when
 * a text does. New. */
char *form_pot(const Form *const *forms, const char *const *files, gsize count);
