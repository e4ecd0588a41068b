/* key_decoder.c: any bytes are keys, pastes and clicks, the same however the line cuts them up, and
 * after what never ends has been given up the next key is itself. */
#include <stddef.h>
#include <stdint.h>

#include "ui/key_decoder.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void drain(KeyDecoder *decoder, GString *out)
{
    Event event;
    while (key_decoder_next(decoder, &event) == DECODED_EVENT) {
        if (event.type == EVENT_PASTE && !g_utf8_validate(event.text, -1, NULL))
            g_error("a paste is no text");
        if (event.type == EVENT_KEY && event.key == K_NONE)
            g_error("a key is none");
        g_string_append_printf(out, "%d %u %d %d %d %s\n", (int)event.type, (guint)event.key,
                               event.shift, event.row, event.column,
                               event.text != NULL ? event.text : "");
        event_clear(&event);
    }
}

/* Fed `step` bytes at a time. */
static char *decode(const uint8_t *bytes, size_t length, size_t step)
{
    g_autoptr(KeyDecoder) decoder = key_decoder_new();
    key_decoder_add(decoder, "\033[11^", K_F(11));
    key_decoder_add(decoder, "\x1ex", K_F(2));
    GString *out = g_string_new(NULL);
    for (size_t at = 0; at < length; at += step) {
        key_decoder_feed(decoder, (const char *)bytes + at, MIN(step, length - at));
        drain(decoder, out);
    }
    for (int i = 0; i < 2; i++) { /* the text that a broken paste ends with may begin a sequence */
        key_decoder_flush(decoder);
        drain(decoder, out);
    }
    Event event;
    key_decoder_feed(decoder, "q", 1);
    if (key_decoder_next(decoder, &event) != DECODED_EVENT || event.key != 'q')
        g_error("the next key is not itself");
    return g_string_free(out, FALSE);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    g_autofree char *whole = decode(bytes, length, MAX(length, 1));
    g_autofree char *cut = decode(bytes, length, 1);
    if (!g_str_equal(whole, cut))
        g_error("cut up, it is\n%snot\n%s", cut, whole);
    return 0;
}
