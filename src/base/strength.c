/* strength.c: a passphrase as the words, numbers and signs that it is made of.
 *
 * No dictionary: what a word is worth follows from its length, so that it holds for Swedish,
 * Finnish and all other languages, and the list here is only what stands first on everybody's. */
#include "base/strength.h"

#include <string.h>

/* What is worth little, in tenths of a bit. */
enum {
    AGAIN = 10,
    COMMON = 30,
    PATTERN = 40,
    YEAR = 60,
    DISGUISED = 20, /* more than the word: 0 for o, 4 for a */
    DIGIT = 33,
    SIGN = 40,
    ONE_OF_ALL = 50,  /* a sign of what is mixed at random */
    RANDOM_RUNS = 4,  /* changes of kind in what nobody has as a word */
    VOWELS_OF = 5,    /* fewer than one letter of so many: no word */
    FEWEST_STEPS = 3, /* abc */
    FEWEST_KEYS = 4,
};

/* Apart by blanks; with å ä ö or without. */
static const char COMMON_WORDS[] =
    "lösenord lösen lösenfras hemlig hemligt hemlighet password passord passphrase secret "
    "admin administrator user login test demo dagsform boendestöd boendestödjare handläggare "
    "gruppledare kommun kommunen socialtjänst socialtjänsten enhet enheten huddinge "
    "stockholm sverige sweden välkommen welcome hejsan hej hallå letmein iloveyou älskar "
    "dragon monkey master sunshine princess football fotboll hammarby djurgården salasana "
    "sommar sommaren höst hösten vinter vintern våren januari februari mars april maj juni "
    "juli augusti september oktober november december måndag tisdag onsdag torsdag fredag "
    "lördag söndag ett två tre fyra fem sex sju åtta nio tio one two three four five";
static const char *const KEYS[] = {"qwertyuiopå", "asdfghjklöä", "zxcvbnm", "qazwsxedcrfv",
                                   "1q2w3e4r5t6y"};

typedef struct {
    const gunichar *at;
    gsize length;
} Run;

typedef enum { KIND_BLANK, KIND_LETTER, KIND_DIGIT, KIND_SIGN } Kind;

typedef struct {
    const char *login;
    gboolean common;
} Estimate;

static Kind kind_of(gunichar c)
{
    if (g_unichar_isspace(c) || g_unichar_iscntrl(c))
        return KIND_BLANK;
    if (g_unichar_isdigit(c))
        return KIND_DIGIT;
    return g_unichar_isalpha(c) || g_unichar_ismark(c) ? KIND_LETTER : KIND_SIGN;
}

/* The letter without its ring or dots. */
static gunichar bare(gunichar c)
{
    return c == 0xE5 || c == 0xE4 ? 'a' : c == 0xF6 ? 'o' : c;
}

/* What a digit or a sign stands for in a word that is disguised. */
static gunichar undisguised(gunichar c)
{
    static const char signs[] = "0134578@$!", letters[] = "oieastbasi";
    const char *found = c > 0 && c < 0x80 ? strchr(signs, (int)c) : NULL;
    return found ? (gunichar)letters[found - signs] : g_unichar_tolower(c);
}

static gboolean same_letter(gunichar typed, gunichar listed)
{
    gunichar plain = undisguised(typed);
    return plain == listed || plain == bare(listed);
}

/* Whether the run is `word`, which ends at a blank too. */
static gboolean is_word(const Run *run, const char *word)
{
    gsize i = 0;
    for (; i < run->length && *word && same_letter(run->at[i], g_utf8_get_char(word)); i++)
        word = g_utf8_next_char(word);
    return i == run->length && (*word == '\0' || *word == ' ');
}

static gboolean is_common(const Estimate *estimate, const Run *run)
{
    if (estimate->login && *estimate->login && is_word(run, estimate->login))
        return TRUE;
    for (const char *word = COMMON_WORDS; word; word = strchr(word, ' ')) {
        word += *word == ' ';
        if (is_word(run, word))
            return TRUE;
    }
    return FALSE;
}

static gboolean same_run(const Run *a, const Run *b)
{
    gsize i = 0;
    while (a->length == b->length && i < a->length &&
           g_unichar_tolower(a->at[i]) == g_unichar_tolower(b->at[i]))
        i++;
    return a->length == b->length && i == a->length;
}

/* aaa, abc, 321. */
static gboolean is_in_steps(const Run *run)
{
    if (run->length < FEWEST_STEPS)
        return FALSE;
    gint64 step = (gint64)run->at[1] - (gint64)run->at[0];
    for (gsize i = 1; i < run->length; i++)
        if ((gint64)run->at[i] - (gint64)run->at[i - 1] != step)
            return FALSE;
    return step >= -1 && step <= 1;
}

/* Whether the run stands in `row` from its letter `from` on, forward or backward. */
static gboolean is_from(const Run *run, const char *row, glong from, int step)
{
    glong length = g_utf8_strlen(row, -1);
    for (gsize i = 0; i < run->length; i++, from += step)
        if (from < 0 || from >= length ||
            g_unichar_tolower(run->at[i]) != g_utf8_get_char(g_utf8_offset_to_pointer(row, from)))
            return FALSE;
    return TRUE;
}

static gboolean is_of_keys(const Run *run)
{
    if (run->length < FEWEST_KEYS)
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(KEYS); i++)
        for (glong from = 0; from < g_utf8_strlen(KEYS[i], -1); from++)
            if (is_from(run, KEYS[i], from, 1) || is_from(run, KEYS[i], from, -1))
                return TRUE;
    return FALSE;
}

/* The length of what the run repeats; its own where it repeats nothing. */
static gsize period(const Run *run)
{
    for (gsize length = 1; length * 2 <= run->length; length++) {
        gsize i = length;
        while (i < run->length && run->at[i] == run->at[i - length])
            i++;
        if (i == run->length)
            return length;
    }
    return run->length;
}

/* Of other than Latin letters nothing is known, so they are taken for a word. */
static gboolean reads_as_word(const Run *run)
{
    enum { LATIN_ENDS = 0x250 };
    gsize vowels = 0;
    for (gsize i = 0; i < run->length; i++)
        vowels += run->at[i] >= LATIN_ENDS || g_utf8_strchr("aeiouyåäö", -1, undisguised(run->at[i])) != NULL;
    return run->length < 6 || vowels * VOWELS_OF >= run->length;
}

/* By how many words of that length people have to choose from. */
static int word_bits(const Run *run)
{
    static const int by_length[] = {0, 30, 60, 90, 110, 120};
    if (!reads_as_word(run))
        return (int)run->length * SIGN;
    return run->length < G_N_ELEMENTS(by_length) ? by_length[run->length]
           : run->length < 10                    ? 130
                                                 : 140;
}

static gboolean is_year(const Run *run)
{
    return run->length == 4 &&
           ((run->at[0] == '1' && run->at[1] == '9') || (run->at[0] == '2' && run->at[1] == '0'));
}

static int plain_run_bits(Estimate *estimate, const Run *run, Kind kind)
{
    if (kind == KIND_LETTER && is_common(estimate, run)) {
        estimate->common = TRUE;
        return COMMON;
    }
    if (kind == KIND_LETTER)
        return word_bits(run);
    if (kind == KIND_DIGIT)
        return is_year(run) ? YEAR : (int)run->length * DIGIT;
    return SIGN + (int)(run->length - 1) * SIGN * 3 / 4;
}

static int run_bits(Estimate *estimate, const Run *run, Kind kind)
{
    const Run repeated = {run->at, period(run)};
    if (is_in_steps(run) || is_of_keys(run)) {
        estimate->common = TRUE;
        return PATTERN;
    }
    if (repeated.length == run->length)
        return plain_run_bits(estimate, run, kind);
    estimate->common = TRUE;
    return plain_run_bits(estimate, &repeated, kind) + AGAIN;
}

/* The run of one kind from `from` on; a capital begins a new word. */
static Run next_run(const Run *chunk, gsize from, Kind *kind)
{
    gsize end = from + 1;
    *kind = kind_of(chunk->at[from]);
    while (end < chunk->length && kind_of(chunk->at[end]) == *kind &&
           !(g_unichar_isupper(chunk->at[end]) && g_unichar_islower(chunk->at[end - 1])))
        end++;
    return (Run){chunk->at + from, end - from};
}

static int bits_of_runs(Estimate *estimate, const Run *chunk, gsize from, int *runs)
{
    int bits = 0;
    for (*runs = 0; from < chunk->length; ++*runs) {
        Kind kind;
        const Run run = next_run(chunk, from, &kind);
        bits += run_bits(estimate, &run, kind);
        from += run.length;
    }
    return bits;
}

/* How long the chunk is without the digits and signs at its end. */
static gsize stem_length(const Run *chunk)
{
    gsize length = chunk->length;
    while (length > 0 && kind_of(chunk->at[length - 1]) != KIND_LETTER)
        length--;
    return length;
}

static gsize letters_in(const Run *chunk)
{
    gsize letters = 0;
    for (gsize i = 0; i < chunk->length; i++)
        letters += kind_of(chunk->at[i]) == KIND_LETTER;
    return letters;
}

/* Whether all are letters, some of them disguised. */
static gboolean is_disguised_word(const Run *chunk)
{
    gsize i = 0, letters = letters_in(chunk);
    while (i < chunk->length && g_unichar_isalpha(undisguised(chunk->at[i])))
        i++;
    return i == chunk->length && letters > 0 && letters < chunk->length;
}

static int chunk_bits(Estimate *estimate, const Run *chunk)
{
    const Run stem = {chunk->at, stem_length(chunk)};
    int runs;

    if (stem.length > 0 && is_common(estimate, &stem)) {
        estimate->common = TRUE;
        return COMMON + bits_of_runs(estimate, chunk, stem.length, &runs);
    }
    if (is_of_keys(chunk)) {
        estimate->common = TRUE;
        return PATTERN;
    }
    int bits = bits_of_runs(estimate, chunk, 0, &runs);
    if (is_disguised_word(chunk))
        return MIN(bits, word_bits(chunk) + DISGUISED);
    return runs > RANDOM_RUNS && letters_in(chunk) > 0 ? MAX(bits, (int)chunk->length * ONE_OF_ALL)
                                                       : bits;
}

/* The next word between blanks from `*from` on; of no length at the end. */
static Run next_chunk(const Run *all, gsize *from)
{
    while (*from < all->length && kind_of(all->at[*from]) == KIND_BLANK)
        ++*from;
    Run chunk = {all->at + *from, 0};
    for (; *from < all->length && kind_of(all->at[*from]) != KIND_BLANK; ++*from)
        chunk.length++;
    return chunk;
}

/* Whether the same word stands before it. */
static gboolean came_before(const Run *all, const Run *chunk)
{
    gsize from = 0;
    for (Run other = next_chunk(all, &from); other.at < chunk->at; other = next_chunk(all, &from))
        if (same_run(&other, chunk))
            return TRUE;
    return FALSE;
}

int strength_bits(const Secret *passphrase, const char *login, gboolean *common)
{
    g_autoptr(Secret) letters = secret_new((passphrase->length + 1) * sizeof(gunichar));
    gunichar *at = (gunichar *)(void *)letters->bytes;
    const char *text = (const char *)passphrase->bytes, *end = text + passphrase->length;
    Run all = {at, 0};
    Estimate estimate = {.login = login};
    int bits = 0;
    gsize from = 0;

    for (; text < end; text = g_utf8_next_char(text))
        at[all.length++] = g_utf8_get_char(text);
    for (Run chunk = next_chunk(&all, &from); chunk.length > 0; chunk = next_chunk(&all, &from)) {
        gboolean again = came_before(&all, &chunk);
        estimate.common = estimate.common || again;
        bits += again ? AGAIN : chunk_bits(&estimate, &chunk);
    }
    *common = estimate.common;
    return bits / 10;
}
