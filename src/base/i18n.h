/* i18n.h: the message catalogue. msgids are English, which so needs no catalogue; sv and fi are
 * complete. */
#pragma once

#include <glib.h>

/* The names that <libintl.h> and <glib/gi18n.h> give them, and that xgettext looks for. Neither is
 * included: the program reads its catalogues itself (i18n.c says why). */
#define _(text) i18n_text(text)
#define ngettext(one, many, n) i18n_plural(one, many, n)
#define N_(text) (text)
/* The same English word in two senses: C_("visit outcome", "Cancelled"). */
#define C_(context, text) i18n_context(context "\004" text, text)
#define NC_(context, text) (text)

/* The text in the program's language; `text` itself, `one` for n = 1 or `many` where there is no
 * translation, and before i18n_init(). Static: nothing to free. The compiler checks the arguments
 * of a printf against the msgids, and msgfmt --check-format the translations against them. */
const char *i18n_text(const char *text) G_GNUC_FORMAT(1);
const char *i18n_plural(const char *one, const char *many, gulong n) G_GNUC_FORMAT(1)
    G_GNUC_FORMAT(2);
const char *i18n_context(const char *context_and_id, const char *id) G_GNUC_FORMAT(2);

/* Chooses the language of all texts: `lang` ("sv", "en", "fi") or, when NULL, the first of
 * LANGUAGE, LC_ALL, LC_MESSAGES and LANG that names one of them; Swedish otherwise, so a bare
 * "C.UTF-8" is Swedish. Works without any locale installed. An unknown `lang` returns FALSE
 * and leaves Swedish. Call before any text is asked for; another call changes the language. One
 * thread asks for all texts: a catalogue is read when its first text is wanted. */
int i18n_init(const char *lang);

/* The language in use, "sv", "en" or "fi". Never NULL; static. */
const char *i18n_language(void);

/* `text`, a form's text (its msgid is Swedish), in the language `lang`, whatever the program's own
 * language is; `text` itself where there is no translation. Catalogue "dagsform-forms". */
const char *i18n_form_text(const char *lang, const char *text);

/* A program text (msgid English, marked with N_() where it stands) in the language `lang`, whatever
 * the program's own language is: for papers given to somebody who reads another. `text` itself
 * where there is no translation or no such language. */
const char *i18n_text_in(const char *lang, const char *text) G_GNUC_FORMAT(2);
