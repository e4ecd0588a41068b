/* catalogue.h: the texts of one language, read from a file that msgfmt made (GNU gettext manual,
 * "The Format of GNU MO Files").
 *
 * A file is read whole and every part of it is checked before the first look-up, so a file that is
 * cut short or damaged is no catalogue at all, and a look-up cannot fail. It is not mapped: a
 * mapped file that is written anew while the program runs would take the program with it. */
#pragma once

#include <glib.h>

typedef struct Catalogue Catalogue;

/* The catalogue in the file `path`; NULL when there is none, or it is not whole. Free it with
 * catalogue_free(). */
Catalogue *catalogue_open(const char *path);

/* The same from the bytes of such a file, in either byte order. Keeps a reference to `bytes`. */
Catalogue *catalogue_new(GBytes *bytes);

void catalogue_free(Catalogue *catalogue);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Catalogue, catalogue_free)

/* The translation of `msgid`, valid UTF-8; NULL when there is none. An msgid with a context is
 * "CONTEXT\004ID". The empty msgid is the heading of the file and has no translation. What the
 * functions return belongs to the catalogue. They allocate nothing. */
const char *catalogue_text(const Catalogue *catalogue, const char *msgid);

/* The translation of the text whose msgid for one is `one`, for `n` things. NULL when there is
 * none, or when the catalogue's Plural-Forms are others than "nplurals=2; plural=(n != 1)", which
 * Swedish, English and Finnish share and which holds where nothing is said. */
const char *catalogue_plural(const Catalogue *catalogue, const char *one, gulong n);
