/* text.h: UTF-8 text as a terminal and a Swedish reader see it. Pure functions.
 *
 * Width is that of wcwidth(), which ncurses uses too: agreement with the screen matters more than
 * the newest Unicode. Grapheme boundaries (UAX #29), folding and collation (CLDR sv) are ICU's. */
#pragma once

#include <glib.h>

/* Columns that `text` takes; control characters count 0 (text_display() removes them). */
int text_width(const char *text);
int text_width_n(const char *text, gsize bytes);

/* The longest beginning of `text`, in bytes and at grapheme boundaries, of at most `columns`. */
gsize text_fit(const char *text, int columns);
/* `text` cut to `columns` with "…" at the end where it was cut; never splits a grapheme. New. */
char *text_truncate(const char *text, int columns);

/* One visual row of a wrapped text: bytes [start, end), not counting the blank or the newline
 * where it was broken, and its columns. */
typedef struct {
    gsize start, end;
    int columns;
} TextRow;
/* Rows of `text` at `columns` (≥ 1): at newlines, then at blanks, then within a word too long.
 * Blanks at the break belong to no row; a grapheme wider than `columns` has a row of its own.
 * At least one row, also for "". An array of TextRow; g_array_unref. */
GArray *text_wrap(const char *text, int columns);
/* One of those rows alone: that which begins at `start`, 0 or what the row before answered.
 * `length` is that of the whole text. Returns where the next row begins; more than `length`: this
 * was the last one. A row asks nothing of those before it, and reads on as far as the first word of
 * the next, or the grapheme after that word. */
gsize text_wrap_row(const char *text, gsize length, gsize start, int columns, TextRow *row);

/* The next and previous grapheme boundary from byte offset `at`. */
gsize text_next(const char *text, gsize at);
gsize text_previous(const char *text, gsize at);
/* The next and previous beginning of a word. */
gsize text_next_word(const char *text, gsize at);
gsize text_previous_word(const char *text, gsize at);
/* Lets go of what is kept of the text that one of these looked at last, for when nothing of it may be
 * left. Of the calling thread. */
void text_forget(void);

/* NFC, and what a terminal could act on taken out: C0, C1 and DEL become U+FFFD (newline and tab
 * stay, CR LF and U+2028/2029 are newlines), bidi controls, soft hyphens, blanks without width and
 * U+FEFF vanish. For everything shown or read in. Invalid UTF-8 becomes U+FFFD. New. */
char *text_clean(const char *text);
/* text_clean() with newlines and tabs (and the blanks beside them) as one blank, for one line of a
 * list. New. */
char *text_display(const char *text);

/* For searching: case folded, å ä ö kept as letters of their own but other marks removed
 * (é → e, ü → u, ø → ö, æ → ä), letters that are forms of another as that one (ŋ → n; Kurdish and
 * Persian as Arabic), everything but letters and digits as one blank. New. */
char *text_fold(const char *text);
/* A folded text as somebody types it who has no å ä ö on the keyboard: a, a, o. NULL where it has
 * none of them. New. */
char *text_fold_bare(const char *folded);
/* The words of text_fold(text), NULL-terminated. g_strfreev. */
char **text_fold_words(const char *text);

/* How a name may be begun by whoever looks for it: each of its words with those behind it, run
 * together ("Sara-Lena Öberg": saralenaöberg, lenaöberg, öberg), also without å ä ö (a, a, o) and
 * with two letters in their place (aa, ae, oe). NULL-terminated; g_strfreev. */
char **text_name_beginnings(const char *name);
/* What is looked for: the words as typed, of which each must begin such a text. What hyphens and
 * apostrophes join is one word ("o'brien": obrien), as somebody else writes it. g_strfreev. */
char **text_name_terms(const char *typed);
/* Whether every one of the terms begins the name somewhere. */
gboolean text_name_has(const char *name, char *const *terms);

/* A key whose memcmp() order is the Swedish one (… z å ä ö; V and W apart), in any locale.
 * Bytes without the final NUL. */
GBytes *text_sort_key(const char *text);
int text_collate(const char *a, const char *b);

/* "'" in front of a cell that a spreadsheet would take for a formula (= + - @ tab CR), also one that
 * has such marks already: one of them taken away again gives what it was. New. */
char *text_guard_cell(const char *text);

/* A number with the language's decimal sign: 14.2 → "14,2". New. */
char *text_number(double value, int decimals);
/* A decimal number typed with comma or point; FALSE when it is none. */
gboolean text_parse_number(const char *text, double *value);
