/* text.c: how wide a text is, where it may be cut, and its rows.
 *
 * Nearly all text here is Latin, and these functions run for each cell drawn. So a character below
 * U+0300 before another such is known to be a grapheme of its own (only CR LF is not), and ICU is
 * asked about the rest. */
#include "base/text.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>
#include <wchar.h>

static const char ELLIPSIS[] = "…";

/* --- width ------------------------------------------------------------------------------------ */

int text_width_n(const char *text, gsize bytes)
{
    int columns = 0;
    for (gsize i = 0; i < bytes;) {
        guchar byte = (guchar)text[i];
        if (byte < 0x80) {
            columns += byte >= 0x20 && byte != 0x7F ? 1 : 0;
            i++;
            continue;
        }
        gunichar c = g_utf8_get_char_validated(text + i, (gssize)(bytes - i));
        if (c == (gunichar)-1 || c == (gunichar)-2) {
            /* A stray byte is shown as U+FFFD. */
            columns++;
            i++;
            continue;
        }
        columns += MAX(wcwidth((wchar_t)c), 0);
        i += (gsize)g_utf8_skip[byte];
    }
    return columns;
}

int text_width(const char *text)
{
    return text_width_n(text, strlen(text));
}

/* --- boundaries ------------------------------------------------------------------------------- */

static void close_breaker(gpointer breaker)
{
    ubrk_close(breaker);
}

static GPrivate graphemes_kept = G_PRIVATE_INIT(close_breaker);
static GPrivate words_kept = G_PRIVATE_INIT(close_breaker);

void text_forget(void)
{
    g_private_replace(&graphemes_kept, NULL);
    g_private_replace(&words_kept, NULL);
}

/* Opening a breaker takes some 100 µs and its rules never change; but it keeps a place in the text,
 * so each thread has its own. */
static UBreakIterator *breaker_of(GPrivate *kept, UBreakIteratorType type)
{
    UBreakIterator *breaker = g_private_get(kept);
    if (breaker == NULL) {
        UErrorCode status = U_ZERO_ERROR;
        breaker = ubrk_open(type, "sv", NULL, 0, &status);
        if (U_FAILURE(status))
            g_error("ICU has no break rules: %s", u_errorName(status));
        g_private_set(kept, breaker);
    }
    return breaker;
}

/* The breaker set on `text`; what it says are byte offsets. */
static UBreakIterator *set_breaker(UBreakIterator *breaker, const char *text, gsize length)
{
    UErrorCode status = U_ZERO_ERROR;
    UText view = UTEXT_INITIALIZER;
    utext_openUTF8(&view, text, (int64_t)length, &status);
    ubrk_setUText(breaker, &view, &status);
    utext_close(&view);
    return breaker;
}

static UBreakIterator *grapheme_breaker(const char *text, gsize length)
{
    return set_breaker(breaker_of(&graphemes_kept, UBRK_CHARACTER), text, length);
}

static UBreakIterator *word_breaker(const char *text, gsize length)
{
    return set_breaker(breaker_of(&words_kept, UBRK_WORD), text, length);
}

/* The way through the graphemes of a text. */
typedef struct {
    const char *text;
    gsize length;
    UBreakIterator *breaker; /* NULL until something else than ASCII is met */
} Graphemes;

static gboolean is_ascii(char c)
{
    return (guchar)c < 0x80;
}

/* The bytes of a character below U+0300, where the first combining mark stands; 0: of another. */
static gsize plain_length(const char *at)
{
    guchar first = (guchar)at[0];
    if (first < 0x80)
        return 1;
    return first >= 0xC2 && first < 0xCC && ((guchar)at[1] & 0xC0) == 0x80 ? 2 : 0;
}

static gsize grapheme_end(Graphemes *graphemes, gsize at)
{
    if (at >= graphemes->length)
        return graphemes->length;
    /* The NUL at the end counts as the plain character after. */
    gsize plain = plain_length(graphemes->text + at);
    if (plain > 0 && plain_length(graphemes->text + at + plain) > 0 && graphemes->text[at] != '\r')
        return at + plain;
    if (graphemes->breaker == NULL)
        graphemes->breaker = grapheme_breaker(graphemes->text, graphemes->length);
    int32_t end = ubrk_following(graphemes->breaker, (int32_t)at);
    return end == UBRK_DONE ? graphemes->length : (gsize)end;
}

gsize text_next(const char *text, gsize at)
{
    Graphemes graphemes = {text, strlen(text), NULL};
    return grapheme_end(&graphemes, at);
}

gsize text_previous(const char *text, gsize at)
{
    gsize length = strlen(text);
    if (at > length)
        at = length;
    if (at <= 1)
        return 0;
    if (is_ascii(text[at - 1]) && is_ascii(text[at - 2]) && text[at - 1] != '\n')
        return at - 1;
    int32_t start = ubrk_preceding(grapheme_breaker(text, length), (int32_t)at);
    return start == UBRK_DONE ? 0 : (gsize)start;
}

gsize text_next_word(const char *text, gsize at)
{
    gsize length = strlen(text);
    if (at >= length)
        return length;
    UBreakIterator *breaker = word_breaker(text, length);
    int32_t start = ubrk_following(breaker, (int32_t)at);
    while (start != UBRK_DONE) {
        int32_t end = ubrk_next(breaker);
        /* The status tells what stands before the boundary: a word, or blanks and signs. */
        if (end != UBRK_DONE && ubrk_getRuleStatus(breaker) >= UBRK_WORD_NONE_LIMIT)
            return (gsize)start;
        start = end;
    }
    return length;
}

gsize text_previous_word(const char *text, gsize at)
{
    gsize length = strlen(text);
    UBreakIterator *breaker = word_breaker(text, length);
    int32_t start = ubrk_preceding(breaker, (int32_t)MIN(at, length));
    while (start != UBRK_DONE && start > 0) {
        ubrk_following(breaker, start);
        if (ubrk_getRuleStatus(breaker) >= UBRK_WORD_NONE_LIMIT)
            return (gsize)start;
        start = ubrk_preceding(breaker, start);
    }
    return 0;
}

/* --- cutting ---------------------------------------------------------------------------------- */

gsize text_fit(const char *text, int columns)
{
    Graphemes graphemes = {text, strlen(text), NULL};
    gsize at = 0;
    for (int used = 0; at < graphemes.length;) {
        gsize end = grapheme_end(&graphemes, at);
        used += text_width_n(text + at, end - at);
        if (used > columns)
            break;
        at = end;
    }
    return at;
}

char *text_truncate(const char *text, int columns)
{
    if (columns <= 0)
        return g_strdup("");
    if (text[text_fit(text, columns)] == '\0')
        return g_strdup(text);
    gsize kept = text_fit(text, columns - 1);
    char *cut = g_malloc(kept + sizeof ELLIPSIS);
    memcpy(cut, text, kept);
    memcpy(cut + kept, ELLIPSIS, sizeof ELLIPSIS);
    return cut;
}

/* --- rows ------------------------------------------------------------------------------------- */

/* The row being filled. Blanks after its last word hang over the edge, they never make a row. */
typedef struct {
    TextRow row;       /* `end` is where the next grapheme goes */
    gboolean has_word; /* something else than the blanks it may begin with */
    gboolean has_gap;  /* there is a run of blanks behind a word, where it can be broken */
    gsize gap, resume; /* that run */
    int gap_columns;   /* of what stands before it */
} Filling;

static void begin_row(Filling *filling, gsize at)
{
    *filling = (Filling){.row = {.start = at, .end = at}};
}

static void add_blank(Filling *filling, int columns)
{
    gsize at = filling->row.end++;
    gboolean goes_on = filling->has_gap && filling->resume == at;
    if (!goes_on && filling->has_word) {
        filling->has_gap = TRUE;
        filling->gap = at;
        filling->gap_columns = filling->row.columns;
    }
    filling->resume = at + 1;
    filling->row.columns += columns;
}

/* The row without the blanks at its end that hang over the edge. */
static TextRow cut_row(TextRow row, const char *text, int columns)
{
    while (row.columns > columns && row.end > row.start &&
           (text[row.end - 1] == ' ' || text[row.end - 1] == '\t'))
        row.columns -= text[--row.end] == ' ' ? 1 : 0;
    return row;
}

/* Ends the row at its last gap, or in the middle of a word. Returns where the next one begins. */
static gsize break_row(const Filling *filling, const char *text, int columns, TextRow *row)
{
    if (!filling->has_gap) {
        *row = cut_row(filling->row, text, columns);
        return filling->row.end;
    }
    *row = filling->row;
    row->end = filling->gap;
    row->columns = filling->gap_columns;
    return filling->resume;
}

static gsize fill_row(Graphemes *graphemes, gsize start, int columns, TextRow *row)
{
    const char *text = graphemes->text;
    Filling filling;
    begin_row(&filling, start);
    gsize at = start;
    while (at < graphemes->length && text[at] != '\n') {
        gsize next = grapheme_end(graphemes, at);
        if (text[next - 1] == '\n') /* CR LF */
            next--;
        int width = text_width_n(text + at, next - at);
        if (next == at + 1 && (text[at] == ' ' || text[at] == '\t')) {
            add_blank(&filling, width);
        } else {
            if (filling.row.columns + width > columns && at > start)
                return break_row(&filling, text, columns, row);
            filling.row.columns += width;
            filling.row.end = next;
            filling.has_word = TRUE;
        }
        at = next;
    }
    *row = cut_row(filling.row, text, columns);
    return at + 1;
}

gsize text_wrap_row(const char *text, gsize length, gsize start, int columns, TextRow *row)
{
    Graphemes graphemes = {text, length, NULL};
    return fill_row(&graphemes, start, MAX(columns, 1), row);
}

GArray *text_wrap(const char *text, int columns)
{
    Graphemes graphemes = {text, strlen(text), NULL};
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(TextRow));
    TextRow row;
    for (gsize start = 0; start <= graphemes.length;) {
        start = fill_row(&graphemes, start, MAX(columns, 1), &row);
        g_array_append_val(rows, row);
    }
    return rows;
}
