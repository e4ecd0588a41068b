/* migration.c: the steps of the schema compiled in, and their text in the engine's words. */
#include "db/migration.h"

#include <string.h>

static const Migration embedded[] = {
#include "schema.inc"
};

const Migration *migrate_embedded(gsize *count)
{
    *count = G_N_ELEMENTS(embedded);
    return embedded;
}

#define SQLITE_ONLY "/*sqlite:"

/* The end of what begins at `at` with `open` and ends with `close`; the text's end if it does
 * not. */
static const char *skip_past(const char *at, const char *close, gsize open)
{
    const char *end = strstr(at + open, close);

    return end ? end + strlen(close) : at + strlen(at);
}

static void append_word(GString *out, const char *word, gsize length)
{
    static const char *const words[][2] = {{"BIGINT", "INTEGER"}, {"BYTEA", "BLOB"}};

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        if (strlen(words[i][0]) == length && strncmp(word, words[i][0], length) == 0) {
            g_string_append(out, words[i][1]);
            return;
        }
    }
    g_string_append_len(out, word, (gssize)length);
}

char *migrate_dialect(const char *text)
{
    GString *out = g_string_sized_new(strlen(text));

    for (const char *at = text, *end; *at; at = end) {
        if (g_str_has_prefix(at, SQLITE_ONLY)) {
            end = skip_past(at, "*/", 2);
            at += strlen(SQLITE_ONLY);
            g_string_append_len(out, at, MAX(end - 2 - at, 0));
            continue;
        }
        if (g_str_has_prefix(at, "/*")) {
            end = skip_past(at, "*/", 2);
        } else if (g_str_has_prefix(at, "--")) {
            end = skip_past(at, "\n", 2);
        } else if (*at == '\'') {
            end = skip_past(at, "'", 1);
        } else if (*at == '"') {
            end = skip_past(at, "\"", 1);
        } else if (sql_is_word(*at)) {
            for (end = at; sql_is_word(*end); end++)
                ;
            append_word(out, at, (gsize)(end - at));
            continue;
        } else {
            end = at + 1;
        }
        g_string_append_len(out, at, end - at);
    }
    return g_string_free(out, FALSE);
}
