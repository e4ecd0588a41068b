/* plain_lines.c: lines out and lines in. */
#include "cmd/plain.h"

#include "base/i18n.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void plain_say(Plain *plain, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    /* No terminal obeys what somebody typed: control characters are not passed on. */
    g_autofree char *clean = text_clean(text);
    fprintf(plain->out, "%s\n", clean);
    fflush(plain->out);
}

void plain_error(Plain *plain, GError *error)
{
    if (error != NULL)
        plain_say(plain, "%s", error->message);
    g_clear_error(&error);
}

char *plain_read_raw(Plain *plain)
{
    char *line = NULL;
    gsize end = 0;
    g_autoptr(GError) error = NULL;
    GIOStatus status = plain->ended ? G_IO_STATUS_EOF
                                    : g_io_channel_read_line(plain->in, &line, NULL, &end, &error);
    if (status == G_IO_STATUS_NORMAL) {
        line[end] = '\0';
        return line;
    }
    if (error != NULL && g_error_matches(error, G_CONVERT_ERROR, G_CONVERT_ERROR_ILLEGAL_SEQUENCE))
        plain_say(plain, "%s",
                  _("What was typed is not UTF-8, so it ends here. What was said to "
                    "be saved is saved."));
    g_free(line);
    plain->ended = TRUE;
    return NULL;
}

char *plain_read(Plain *plain, const char *prompt)
{
    if (prompt != NULL) {
        fprintf(plain->out, "%s ", prompt);
        fflush(plain->out);
    }
    char *line = plain_read_raw(plain);
    if (line == NULL && prompt != NULL)
        fputc('\n', plain->out);
    return line != NULL ? g_strstrip(line) : NULL;
}

int plain_choose(Plain *plain, const char *question, const GPtrArray *texts)
{
    plain_say(plain, "%s", question);
    for (guint i = 0; i < texts->len; i++)
        plain_say(plain, "  %u  %s", i + 1, (const char *)texts->pdata[i]);
    for (;;) {
        g_autofree char *line = plain_read(plain, _("Number:"));
        if (line == NULL || *line == '\0')
            return -1;
        char *end;
        long number = strtol(line, &end, 10);
        if (*end == '\0' && number >= 1 && number <= (long)texts->len)
            return (int)number - 1;
        plain_say(plain, _("Type a number from 1 to %u, or an empty line to go back."), texts->len);
    }
}

gboolean plain_yes(Plain *plain, const char *question)
{
    g_autofree char *prompt = g_strdup_printf("%s %s", question, _("(yes or no)"));
    for (;;) {
        g_autofree char *line = plain_read(plain, prompt);
        if (line == NULL)
            return FALSE;
        g_autofree char *typed = text_fold(line);
        g_autofree char *yes = text_fold(_("Yes")), *no = text_fold(_("No"));
        if (*typed != '\0' && g_str_has_prefix(yes, typed))
            return TRUE;
        if (*typed != '\0' && g_str_has_prefix(no, typed))
            return FALSE;
        plain_say(plain, "%s", _("Answer yes or no."));
    }
}

static gboolean begins(const char *line, const char *word, const char **rest)
{
    gsize length = strcspn(line, " ");
    if (length == 0 || strlen(word) < length || strncmp(line, word, length) != 0)
        return FALSE;
    *rest = line + length + strspn(line + length, " ");
    return TRUE;
}

const char *plain_word(const char *word)
{
    g_autofree char *key = g_strconcat("command\004", word, NULL);
    return i18n_context(key, word);
}

gboolean plain_is(const char *line, const char *word, const char **rest)
{
    return line[0] == '.' &&
           (begins(line + 1, plain_word(word), rest) || begins(line + 1, word, rest));
}
