/* i18n.h: the message catalogue. msgids are English; sv, en and fi are complete. */
#pragma once

#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) (text)
/* The same English word in two senses: C_("visit outcome", "Cancelled"). */
const char *i18n_context(const char *context_and_id, const char *id);
#define C_(context, text) i18n_context(context "\004" text, text)
#define NC_(context, text) (text)

/* Chooses the language of all texts: `lang` ("sv", "en", "fi") or, when NULL, the first of
 * LANGUAGE, LC_ALL, LC_MESSAGES and LANG that names one of them; Swedish otherwise, so a bare
 * "C.UTF-8" is Swedish. Works without any locale installed. An unknown `lang` returns FALSE
 * and leaves Swedish. Call once, before threads and before any text. */
int i18n_init(const char *lang);

/* The language in use, "sv", "en" or "fi". Never NULL; static. */
const char *i18n_language(void);

/* `text`, a form's text (its msgid is Swedish), in the language `lang`, whatever the program's own
 * language is; `text` itself where there is no translation. Catalogue "dagsform-forms". */
const char *i18n_form_text(const char *lang, const char *text);
