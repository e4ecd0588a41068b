/* encoding.c: any bytes become valid UTF-8, or one sentence says which byte does not fit. */
#include <stddef.h>
#include <stdint.h>

#include "base/encoding.h"
#include "base/error.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void convert(const char *bytes, gsize length, Encoding encoding)
{
    g_autoptr(GError) error = NULL;
    gsize written = 0;
    g_autofree char *text = encoding_to_utf8(bytes, length, encoding, &written, &error);
    if ((text == NULL) == (error == NULL))
        g_error("neither a text nor a reason");
    if (text == NULL) {
        if (error->code != ERROR_INPUT || !g_utf8_validate(error->message, -1, NULL))
            g_error("not a sentence");
    } else if (strlen(text) != written || !g_utf8_validate(text, (gssize)written, NULL)) {
        g_error("%s is not UTF-8", encoding_name(encoding));
    }
}

/* A text in UTF-8 with one stray byte is refused: read as another encoding, "Å" would become two
 * letters without a word about it. */
static void refuse_a_stray_byte(const char *bytes, gsize length)
{
    gboolean ascii = TRUE;
    for (gsize i = 0; i < length; i++)
        ascii = ascii && (guchar)bytes[i] < 0x80;
    if (ascii || !g_utf8_validate_len(bytes, length, NULL))
        return;
    g_autofree char *stray = g_malloc(length + 1);
    memcpy(stray, bytes, length);
    stray[length] = '\xFF';
    g_autofree char *text =
        encoding_to_utf8(stray, length + 1, encoding_detect(stray, length + 1), NULL, NULL);
    if (text != NULL)
        g_error("a stray byte has made another encoding");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    const char *text = (const char *)bytes;
    Encoding parsed;
    for (Encoding encoding = ENCODING_UTF8; encoding <= ENCODING_UTF16BE; encoding++) {
        convert(text, length, encoding);
        if (!encoding_parse(encoding_name(encoding), &parsed) || parsed != encoding)
            g_error("%s is not known by its name", encoding_name(encoding));
    }
    convert(text, length, encoding_detect(text, length));
    refuse_a_stray_byte(text, length);
    return 0;
}
