/* unit_file.c: any bytes as the file of a unit on a server: refused with a reason, or read; and
 * what is read says nothing more to libpq than it may, and is read the same when it has been
 * written. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "db/server/unit_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* The quotes of libpq's words that no backslash stands before: two for each. */
static guint quotes_of(const char *words)
{
    guint quotes = 0;

    for (const char *at = words; *at; at++) {
        if (*at == '\\')
            at++;
        else if (*at == '\'')
            quotes++;
    }
    return quotes;
}

static void look_at(const UnitFile *unit)
{
    g_autofree char *words = unit_file_words(unit);
    g_autofree char *text = unit_file_text(unit, "/srv/unit");
    g_autoptr(UnitFile) again = unit_file_parse(text, strlen(text), "/srv/unit", NULL);
    g_autofree char *same = again ? unit_file_words(again) : NULL;

    if (quotes_of(words) != (unit->ca ? 16 : 12))
        g_error("more words than there are: %s", words);
    if (unit->ca == NULL && strstr(words, "host='/") == NULL)
        g_error("a plain connection: %s", words);
    if (g_strcmp0(words, same) != 0)
        g_error("%s is read as %s", words, same);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(UnitFile) unit = unit_file_parse((const char *)bytes, length, "/srv/unit", &error);

    if ((unit != NULL) != (error == NULL))
        g_error("a refusal without a reason, or a reason without a refusal");
    if (unit != NULL)
        look_at(unit);
    return 0;
}
