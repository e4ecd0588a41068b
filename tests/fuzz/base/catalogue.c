/* catalogue.c: any bytes are no catalogue, or one in which every look-up ends and finds text. */
#include <stddef.h>
#include <stdint.h>

#include "base/catalogue.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require_text(const char *found)
{
    if (found != NULL && (*found == '\0' || !g_utf8_validate(found, -1, NULL)))
        g_error("what is found is no text");
}

static void look_up(const Catalogue *catalogue, const char *msgid)
{
    const char *text = catalogue_text(catalogue, msgid);
    const char *one = catalogue_plural(catalogue, msgid, 1);
    require_text(text);
    require_text(one);
    require_text(catalogue_plural(catalogue, msgid, 2));
    if (one != NULL && one != text)
        g_error("the text for one is another");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    g_autoptr(GBytes) file = g_bytes_new(bytes, length);
    g_autoptr(Catalogue) catalogue = catalogue_new(file);
    if (catalogue == NULL)
        return 0;
    /* Its msgids are among the strings of the file; the last one may lack its NUL. */
    g_autofree char *strings = g_malloc0(length + 1);
    memcpy(strings, bytes, length);
    for (size_t at = 0; at < length; at += strlen(strings + at) + 1)
        look_up(catalogue, strings + at);
    return 0;
}
