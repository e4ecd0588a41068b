/* key_decoder.c: bytes from a terminal made into keys.
 *
 * Sources: ECMA-48 5.4 (control sequences), xterm's ctlseqs (PC-style function keys, bracketed
 * paste, SGR mouse), console_codes(4). */
#include "ui/key_decoder.h"

#include <string.h>

#include "base/text.h"

#define ESC '\033'
#define PASTE_END "\033[201~"
enum {
    SEQUENCE_SIZE = 16,
    BUFFER_SIZE = 8192, /* so that typing never moves the buffer and leaves a copy behind */
    PARAMETERS = 3,
};

typedef struct {
    char bytes[SEQUENCE_SIZE];
    gsize length;
    Key key;
} KeySequence;

struct KeyDecoder {
    GString *bytes;
    gsize at;        /* decoded so far */
    gsize scanned;   /* of a paste: no end before here */
    gboolean paste;  /* between 200~ and 201~ */
    gboolean string; /* between ESC ] and its end, and its kin */
    gboolean flush;  /* what is there will not become more */
    GArray *sequences;
};

/* What a decoding step made of the bytes before it. */
typedef enum {
    STEP_KEY,     /* or a click: the event is filled in */
    STEP_NOTHING, /* bytes passed over */
    STEP_PARTIAL,
    STEP_NO_SEQUENCE, /* none that is known */
} Step;

KeyDecoder *key_decoder_new(void)
{
    KeyDecoder *decoder = g_new0(KeyDecoder, 1);
    decoder->bytes = g_string_sized_new(BUFFER_SIZE);
    decoder->sequences = g_array_new(FALSE, FALSE, sizeof(KeySequence));
    return decoder;
}

void key_decoder_free(KeyDecoder *decoder)
{
    if (decoder == NULL)
        return;
    explicit_bzero(decoder->bytes->str, decoder->bytes->len);
    g_string_free(decoder->bytes, TRUE);
    g_array_unref(decoder->sequences);
    g_free(decoder);
}

void key_decoder_add(KeyDecoder *decoder, const char *sequence, Key key)
{
    KeySequence entry = {.length = strlen(sequence), .key = key};
    if (entry.length < 2 || entry.length >= SEQUENCE_SIZE || (guchar)sequence[0] >= K_SPACE)
        return;
    memcpy(entry.bytes, sequence, entry.length);
    g_array_append_val(decoder->sequences, entry);
}

void key_decoder_feed(KeyDecoder *decoder, const char *bytes, gsize length)
{
    decoder->flush = FALSE;
    g_string_append_len(decoder->bytes, bytes, (gssize)length);
}

void key_decoder_flush(KeyDecoder *decoder)
{
    decoder->flush = TRUE;
}

static void consume(KeyDecoder *decoder, gsize length)
{
    explicit_bzero(decoder->bytes->str + decoder->at, length);
    decoder->at += length;
    if (decoder->at == decoder->bytes->len) {
        decoder->at = 0;
        g_string_truncate(decoder->bytes, 0);
    }
}

static Step give_key(Event *event, Key key)
{
    if (key == K_NONE)
        return STEP_NOTHING;
    *event = (Event){.type = EVENT_KEY, .key = key};
    return STEP_KEY;
}

/* What xterm adds up, plus one, as the second parameter. */
enum { SHIFT = 1, CONTROL = 4 };

static Step give_modified_key(Event *event, Key key, int modifiers)
{
    if (key == K_HOME && (modifiers & CONTROL) != 0)
        key = K_TOP;
    else if (key == K_END && (modifiers & CONTROL) != 0)
        key = K_BOTTOM;
    Step step = give_key(event, key);
    if (step == STEP_KEY)
        event->shift = (modifiers & SHIFT) != 0;
    return step;
}

/* A control sequence: ESC [ parameters intermediates final. */
typedef struct {
    const char *parameters;
    gsize parameters_length;
    char final;
    gsize length;
    int numbers[PARAMETERS];
} ControlSequence;

static void read_numbers(ControlSequence *sequence)
{
    int count = 0;
    for (gsize i = 0; i < sequence->parameters_length && count < PARAMETERS; i++) {
        char c = sequence->parameters[i];
        if (g_ascii_isdigit(c))
            sequence->numbers[count] = MIN(sequence->numbers[count] * 10 + c - '0', 9999);
        else if (c == ';')
            count++;
    }
}

/* STEP_KEY: `sequence` is whole. STEP_NOTHING: it is broken off before its `length`. */
static Step read_control_sequence(const char *bytes, gsize length, ControlSequence *sequence)
{
    *sequence = (ControlSequence){.parameters = bytes + 2};
    gsize at = 2;
    while (at < length && bytes[at] >= 0x30 && bytes[at] <= 0x3f)
        at++;
    sequence->parameters_length = at - 2;
    gboolean rxvt_shift = at == 3 && at < length && bytes[at] == '$'; /* ESC [ digit $ is whole */
    while (!rxvt_shift && at < length && bytes[at] >= 0x20 && bytes[at] <= 0x2f)
        at++;
    if (at == length)
        return STEP_PARTIAL;
    sequence->length = at;
    if (!rxvt_shift && (bytes[at] < 0x40 || bytes[at] > 0x7e))
        return STEP_NOTHING;
    sequence->final = bytes[at];
    sequence->length = at + 1;
    read_numbers(sequence);
    return STEP_KEY;
}

static Key key_of_letter(char letter, gboolean control)
{
    switch (letter) {
    case 'A':
        return K_UP;
    case 'B':
        return K_DOWN;
    case 'C':
        return control ? K_WORD_RIGHT : K_RIGHT;
    case 'D':
        return control ? K_WORD_LEFT : K_LEFT;
    case 'H':
        return K_HOME;
    case 'F':
        return K_END;
    case 'M':
        return K_ENTER;
    case 'Z':
        return K_BACK_TAB;
    case 'P':
    case 'Q':
    case 'R':
    case 'S':
        return K_F(letter - 'P' + 1);
    default:
        return K_NONE;
    }
}

/* ESC [ number ~, as the VT220 had them. */
static Key key_of_number(int number)
{
    static const Key KEYS[] = {
        [1] = K_HOME,      [2] = K_INSERT, [3] = K_DELETE, [4] = K_END,    [5] = K_PAGE_UP,
        [6] = K_PAGE_DOWN, [7] = K_HOME,   [8] = K_END,    [11] = K_F(1),  [12] = K_F(2),
        [13] = K_F(3),     [14] = K_F(4),  [15] = K_F(5),  [17] = K_F(6),  [18] = K_F(7),
        [19] = K_F(8),     [20] = K_F(9),  [21] = K_F(10), [23] = K_F(11), [24] = K_F(12),
    };
    return number > 0 && number < (int)G_N_ELEMENTS(KEYS) ? KEYS[number] : K_NONE;
}

/* SGR mouse: ESC [ < button ; column ; row M, "m" when released. */
static Step decode_mouse(const ControlSequence *sequence, Event *event)
{
    int button = sequence->numbers[0];
    if (sequence->final == 'm')
        return STEP_NOTHING;
    if (button == 64 || button == 65)
        return give_key(event, button == 64 ? K_UP : K_DOWN);
    if ((button & ~0x1c) != 0) /* others than the left one, and movements */
        return STEP_NOTHING;
    *event = (Event){.type = EVENT_CLICK,
                     .column = MAX(sequence->numbers[1] - 1, 0),
                     .row = MAX(sequence->numbers[2] - 1, 0)};
    return STEP_KEY;
}

static Step decode_control_sequence(KeyDecoder *decoder, const char *bytes, gsize length,
                                    gsize *taken, Event *event)
{
    ControlSequence sequence;
    Step step = read_control_sequence(bytes, length, &sequence);
    *taken = sequence.length;
    if (step != STEP_KEY)
        return step;
    if (sequence.final == '[' && sequence.parameters_length == 0) { /* Linux console: F1-F5 */
        if (length == 3)
            return STEP_PARTIAL;
        *taken = 4;
        return give_key(event,
                        bytes[3] >= 'A' && bytes[3] <= 'E' ? K_F(bytes[3] - 'A' + 1) : (Key)K_NONE);
    }
    if ((sequence.final == 'M' || sequence.final == 'm') && sequence.parameters_length > 0 &&
        sequence.parameters[0] == '<')
        return decode_mouse(&sequence, event);
    if (sequence.final == '~' && sequence.numbers[0] == 200) {
        decoder->paste = TRUE;
        return STEP_NOTHING;
    }
    int modifiers = MAX(sequence.numbers[1] - 1, 0);
    if (sequence.final == '~')
        return give_modified_key(event, key_of_number(sequence.numbers[0]), modifiers);
    if (sequence.final == '$' || sequence.final == '^') /* rxvt: with Shift, with Ctrl */
        return give_modified_key(event, key_of_number(sequence.numbers[0]),
                                 sequence.final == '$' ? SHIFT : CONTROL);
    if (sequence.final >= 'a' && sequence.final <= 'd' && sequence.parameters_length == 0)
        return give_modified_key(event, key_of_letter(g_ascii_toupper(sequence.final), FALSE),
                                 SHIFT);
    Key key = key_of_letter(sequence.final, (modifiers & CONTROL) != 0);
    return give_modified_key(event, sequence.final == 'M' ? (Key)K_NONE : key, modifiers);
}

/* ESC O letter; rxvt sends small letters with Ctrl. */
static Step decode_ss3(const char *bytes, gsize length, gsize *taken, Event *event)
{
    if (length == 2)
        return STEP_PARTIAL;
    *taken = 3;
    Key key = bytes[2] == 'c'   ? (Key)K_WORD_RIGHT
              : bytes[2] == 'd' ? (Key)K_WORD_LEFT
                                : key_of_letter(bytes[2], FALSE);
    return key != K_NONE ? give_key(event, key) : STEP_NO_SEQUENCE;
}

/* terminfo's own sequences go before the general ones. */
static Step decode_added(const KeyDecoder *decoder, const char *bytes, gsize length, gsize *taken,
                         Event *event)
{
    gboolean partial = FALSE;
    const KeySequence *best = NULL;
    for (guint i = 0; i < decoder->sequences->len; i++) {
        const KeySequence *entry = &g_array_index(decoder->sequences, KeySequence, i);
        if (memcmp(entry->bytes, bytes, MIN(entry->length, length)) != 0)
            continue;
        if (entry->length > length)
            partial = TRUE;
        else if (best == NULL || entry->length > best->length)
            best = entry;
    }
    if (best != NULL) {
        *taken = best->length;
        return give_key(event, best->key);
    }
    return partial ? STEP_PARTIAL : STEP_NO_SEQUENCE;
}

static Step decode_character(const char *bytes, gsize length, gsize *taken, Event *event)
{
    *taken = 1;
    guchar first = (guchar)bytes[0];
    if (first == '\0')
        return give_key(event, K_CTRL_SPACE);
    if (first == '\n')
        return give_key(event, K_ENTER);
    if (first == 0x08 || first == 0x7f)
        return give_key(event, K_BACKSPACE);
    if (first < 0x80)
        return give_key(event, first);
    /* No character begins so (RFC 3629), though GLib would wait for six bytes. */
    if (first >= 0xf5)
        return STEP_NOTHING;
    gunichar character = g_utf8_get_char_validated(bytes, (gssize)length);
    /* GLib takes a NUL for the end of the text; from a terminal it is a key, and the character is
     * broken off before it. */
    if (character == (gunichar)-2)
        return memchr(bytes, '\0', MIN(length, 4)) == NULL ? STEP_PARTIAL : STEP_NOTHING;
    if (character == (gunichar)-1 || !key_is_text(character))
        return STEP_NOTHING;
    *taken = (gsize)g_unichar_to_utf8(character, NULL);
    return give_key(event, character);
}

/* What follows an ESC at once belongs to it: only an ESC alone, or before another, is the key. */
static Step decode_escape(KeyDecoder *decoder, const char *bytes, gsize length, gsize *taken,
                          Event *event)
{
    if (length == 1)
        return STEP_PARTIAL;
    Event with_alt;
    switch (bytes[1]) {
    case ESC:
        return give_key(event, K_ESCAPE);
    case '[':
        return decode_control_sequence(decoder, bytes, length, taken, event);
    case 'O':
        return decode_ss3(bytes, length, taken, event);
    case ']': /* OSC, DCS, APC, PM, SOS: a terminal's answer to somebody's question */
    case 'P':
    case '_':
    case '^':
    case 'X':
        *taken = 2;
        decoder->string = TRUE;
        return STEP_NOTHING;
    default:
        if (decode_character(bytes + 1, length - 1, taken, &with_alt) == STEP_PARTIAL)
            return STEP_PARTIAL;
        ++*taken;
        return STEP_NO_SEQUENCE;
    }
}

static Step decode_sequence(KeyDecoder *decoder, const char *bytes, gsize length, gsize *taken,
                            Event *event)
{
    Step added = decode_added(decoder, bytes, length, taken, event);
    if (added == STEP_KEY || bytes[0] != ESC)
        return added;
    Step step = decode_escape(decoder, bytes, length, taken, event);
    if (step != STEP_NO_SEQUENCE)
        return step;
    return added == STEP_PARTIAL ? STEP_PARTIAL : STEP_NOTHING;
}

/* The beginning of a sequence of which nothing more will come. */
static Step give_up_sequence(const char *bytes, gsize length, gsize *taken, Event *event)
{
    if (bytes[0] == ESC && length > 1) {
        *taken = length;
        return STEP_NOTHING;
    }
    return decode_character(bytes, length, taken, event);
}

static Step decode_step(KeyDecoder *decoder, Event *event)
{
    const char *bytes = decoder->bytes->str + decoder->at;
    gsize length = decoder->bytes->len - decoder->at;
    gsize taken = 1;
    Step step = STEP_NO_SEQUENCE;
    if ((guchar)bytes[0] < K_SPACE)
        step = decode_sequence(decoder, bytes, length, &taken, event);
    if (step == STEP_NO_SEQUENCE)
        step = decode_character(bytes, length, &taken, event);
    if (step == STEP_PARTIAL && decoder->flush)
        step = give_up_sequence(bytes, length, &taken, event);
    if (step == STEP_PARTIAL && !decoder->flush)
        return step;
    consume(decoder, step == STEP_PARTIAL ? 1 : taken);
    return step == STEP_PARTIAL ? STEP_NOTHING : step;
}

/* Terminals send the ends of lines as CR. */
static char *paste_text(const char *bytes, gsize length)
{
    GString *text = g_string_sized_new(length + 1);
    for (gsize i = 0; i < length; i++) {
        if (bytes[i] == '\r' && i + 1 < length && bytes[i + 1] == '\n')
            continue;
        if (bytes[i] != '\0')
            g_string_append_c(text, bytes[i] == '\r' ? '\n' : bytes[i]);
    }
    char *clean = text_clean(text->str);
    explicit_bzero(text->str, text->len);
    g_string_free(text, TRUE);
    return clean;
}

static Decoded decode_paste(KeyDecoder *decoder, Event *event)
{
    const gsize end_length = strlen(PASTE_END);
    const char *bytes = decoder->bytes->str + decoder->at;
    gsize length = decoder->bytes->len - decoder->at;
    const char *end =
        memmem(bytes + decoder->scanned, length - decoder->scanned, PASTE_END, end_length);
    if (end == NULL && !decoder->flush) {
        decoder->scanned = length >= end_length ? length - end_length + 1 : 0;
        return DECODED_PASTING;
    }
    gsize text_length = end != NULL ? (gsize)(end - bytes) : length;
    *event = (Event){.type = EVENT_PASTE, .text = paste_text(bytes, text_length)};
    consume(decoder, end != NULL ? text_length + end_length : length);
    decoder->paste = FALSE;
    decoder->scanned = 0;
    return DECODED_EVENT;
}

/* How many bytes belong to a string. It ends with ESC \ or, as xterm has it, BEL; CAN, SUB and any
 * other sequence break it off (ECMA-48 8.3.143; the VT500's states). */
static gsize string_length(const char *bytes, gsize length, gboolean *ended)
{
    gsize at = 0;
    while (at < length && memchr("\033\a\030\032", bytes[at], 4) == NULL)
        at++;
    *ended = FALSE;
    if (at == length)
        return length;
    if (bytes[at] == ESC && at + 1 == length)
        return at; /* what follows will tell */
    if (bytes[at] == ESC && bytes[at + 1] == ESC)
        return at + 1;
    *ended = TRUE;
    if (bytes[at] == ESC)
        return bytes[at + 1] == '\\' ? at + 2 : at;
    return at + 1;
}

/* FALSE: it goes on. Nothing of it is kept, so it may be of any length. */
static gboolean pass_string(KeyDecoder *decoder)
{
    gboolean ended = FALSE;
    gsize taken;
    do {
        taken = string_length(decoder->bytes->str + decoder->at, decoder->bytes->len - decoder->at,
                              &ended);
        consume(decoder, taken);
    } while (!ended && taken > 0);
    if (!ended && decoder->flush)
        consume(decoder, decoder->bytes->len - decoder->at);
    decoder->string = !ended && !decoder->flush;
    return !decoder->string;
}

Decoded key_decoder_next(KeyDecoder *decoder, Event *event)
{
    for (;;) {
        if (decoder->paste)
            return decode_paste(decoder, event);
        if (decoder->string && !pass_string(decoder))
            return DECODED_PARTIAL;
        if (decoder->at == decoder->bytes->len) {
            decoder->flush = FALSE;
            return DECODED_NONE;
        }
        Step step = decode_step(decoder, event);
        if (step == STEP_KEY)
            return DECODED_EVENT;
        if (step == STEP_PARTIAL)
            return g_str_equal(decoder->bytes->str + decoder->at, "\033") ? DECODED_ESCAPE
                                                                          : DECODED_PARTIAL;
    }
}
