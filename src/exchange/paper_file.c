/* paper_file.c: the last touch on the PDF's bytes. */
#include "exchange/paper_private.h"

#include <string.h>

/* The number that follows `name` in the trailer, the last words of the file; -1 when there is
 * none. */
static gint64 trailer_number(const GByteArray *bytes, const char *name)
{
    enum { TRAILER = 512 };
    const gsize length = MIN(bytes->len, TRAILER);
    if (length == 0)
        return -1;
    g_autofree char *end = g_strndup((const char *)bytes->data + bytes->len - length, length);
    const char *at = g_strrstr(end, name);
    if (at == NULL)
        return -1;
    at += strlen(name);
    return g_ascii_isdigit(*at) ? g_ascii_strtoll(at, NULL, 10) : -1;
}

/* The inside of the dictionary of object `number`: between "<<" and the last ">>". New; NULL when
 * it is not written as cairo writes it. */
static char *object_inside(const char *bytes, gsize length, gint64 number)
{
    g_autofree char *head = g_strdup_printf("\n%" G_GINT64_FORMAT " 0 obj\n<<", number);
    const char *start = memmem(bytes, length, head, strlen(head));
    if (start == NULL)
        return NULL;
    start += strlen(head);
    const char *end = memmem(start, length - (gsize)(start - bytes), "endobj", 6);
    const char *close = end != NULL ? g_strrstr_len(start, end - start, ">>") : NULL;
    return close != NULL ? g_strndup(start, (gsize)(close - start)) : NULL;
}

/* What the catalogue does not say by itself: a later cairo may say some of it. New. */
static char *additions(const char *inside, const char *language)
{
    GString *added = g_string_new(NULL);
    if (strstr(inside, "/Lang") == NULL)
        g_string_append_printf(added, "   /Lang (%s)\n", language);
    if (strstr(inside, "/MarkInfo") == NULL)
        g_string_append(added, "   /MarkInfo << /Marked true >>\n");
    if (strstr(inside, "/ViewerPreferences") == NULL)
        g_string_append(added, "   /ViewerPreferences << /DisplayDocTitle true >>\n");
    return g_string_free(added, FALSE);
}

void paper_add_catalogue(GByteArray *bytes, const char *language)
{
    const char *text = (const char *)bytes->data;
    const gsize length = bytes->len;
    const gint64 root = trailer_number(bytes, "/Root ");
    const gint64 size = trailer_number(bytes, "/Size ");
    const gint64 info = trailer_number(bytes, "/Info ");
    const gint64 before = trailer_number(bytes, "startxref\n");
    g_autofree char *inside = root > 0 ? object_inside(text, length, root) : NULL;
    if (inside == NULL || size <= root || info < 0 || before < 0)
        return;
    g_autofree char *more = additions(inside, language);
    g_autofree char *object =
        g_strdup_printf("%" G_GINT64_FORMAT " 0 obj\n<<%s%s>>\nendobj\n", root, inside, more);
    g_autofree char *tail =
        g_strdup_printf("xref\n%" G_GINT64_FORMAT " 1\n%010" G_GSIZE_FORMAT " 00000 n \ntrailer\n"
                        "<< /Size %" G_GINT64_FORMAT "\n   /Root %" G_GINT64_FORMAT " 0 R\n"
                        "   /Info %" G_GINT64_FORMAT " 0 R\n   /Prev %" G_GINT64_FORMAT "\n>>\n"
                        "startxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n",
                        root, length, size, root, info, before, length + strlen(object));
    g_byte_array_append(bytes, (const guint8 *)object, (guint)strlen(object));
    g_byte_array_append(bytes, (const guint8 *)tail, (guint)strlen(tail));
}
