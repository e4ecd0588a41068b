/* mo.h: bytes of a catalogue as msgfmt lays them (GNU gettext manual, "The Format of GNU MO
 * Files"), for tests that need a catalogue. */
#pragma once

#include <glib.h>
#include <string.h>

/* Between the forms of a text with plurals; becomes the NUL that stands there in the file. */
#define MO_PLURAL "\001"

typedef struct {
    const char *id, *text;
} MoText;

static inline void mo_number(GString *bytes, guint32 number, gboolean swapped)
{
    guint32 written = swapped ? GUINT32_SWAP_LE_BE(number) : number;
    g_string_append_len(bytes, (const char *)&written, sizeof written);
}

/* `texts` stand in the order of their ids, the heading ("") first if there is one; swapped: in the
 * byte order that is not this machine's. New. */
static inline GString *mo_bytes(const MoText *texts, guint32 count, gboolean swapped)
{
    enum { HEADING = 28, ROW = 8 };
    const guint32 numbers[] = {0x950412de, 0, count, HEADING, HEADING + count * ROW, 0, 0};
    const guint32 start = HEADING + count * 2 * ROW;
    GString *bytes = g_string_new(NULL);
    g_autoptr(GString) strings = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
        mo_number(bytes, numbers[i], swapped);
    for (guint32 i = 0; i < 2 * count; i++) {
        const char *text = i < count ? texts[i].id : texts[i - count].text;
        mo_number(bytes, (guint32)strlen(text), swapped);
        mo_number(bytes, start + (guint32)strings->len, swapped);
        g_string_append_len(strings, text, (gssize)strlen(text) + 1);
    }
    for (gsize i = 0; i < strings->len; i++)
        if (strings->str[i] == *MO_PLURAL)
            strings->str[i] = '\0';
    g_string_append_len(bytes, strings->str, (gssize)strings->len);
    return bytes;
}
