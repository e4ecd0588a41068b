/* catalogue.c: the file's two tables become one sorted array, in which a look-up searches. */
#include "base/catalogue.h"

#include <string.h>

/* The heading of the file: seven numbers of four bytes. Two more belong to a hash table, which
 * needs no reading: the texts are sorted. */
enum { AT_MAGIC = 0, AT_REVISION = 4, AT_COUNT = 8, AT_IDS = 12, AT_TEXTS = 16, HEADING = 28 };
enum { NUMBER = 4, TABLE_ROW = 2 * NUMBER };
#define MAGIC 0x950412deu
/* A higher one is another format; the low half only tells of additions. */
#define REVISION_MAJOR_LAST 1

/* Both end in a NUL; a text with plurals holds one form behind the other. */
typedef struct {
    const char *id;
    const char *text;
    gsize length; /* of all of `text` */
} Entry;

struct Catalogue {
    GBytes *bytes;
    Entry *entries; /* in the order of strcmp() of their ids */
    guint32 count;
    gboolean counts; /* its Plural-Forms are the known ones */
};

/* ---- reading --------------------------------------------------------------------------------- */

typedef struct {
    const char *bytes;
    gsize length;
    gboolean swapped; /* written in the other byte order */
} File;

/* `at` lies at least four bytes before the end. */
static guint32 number_at(const File *file, gsize at)
{
    guint32 number;
    memcpy(&number, file->bytes + at, sizeof number);
    return file->swapped ? GUINT32_SWAP_LE_BE(number) : number;
}

/* The string that the table row at `row` points to; NULL when it is not wholly in the file. */
static const char *string_at(const File *file, gsize row, gsize *length)
{
    guint64 size = number_at(file, row), start = number_at(file, row + NUMBER);
    if (start + size >= file->length || file->bytes[start + size] != '\0')
        return NULL;
    *length = (gsize)size;
    return file->bytes + start;
}

static gboolean read_heading(File *file, GBytes *bytes)
{
    file->bytes = g_bytes_get_data(bytes, &file->length);
    file->swapped = FALSE;
    if (file->length < HEADING)
        return FALSE;
    file->swapped = number_at(file, AT_MAGIC) != MAGIC;
    return number_at(file, AT_MAGIC) == MAGIC &&
           number_at(file, AT_REVISION) >> 16 <= REVISION_MAJOR_LAST;
}

/* Where the table that `at` points to begins; 0 when its rows are not all in the file. */
static gsize table_at(const File *file, gsize at, guint32 count)
{
    guint64 start = number_at(file, at);
    return start + (guint64)count * TABLE_ROW <= file->length ? (gsize)start : 0;
}

/* Each form of a text by itself: a NUL is no UTF-8 to the validator. */
static gboolean is_utf8(const char *text, gsize length)
{
    for (const char *form = text; form <= text + length; form += strlen(form) + 1)
        if (!g_utf8_validate(form, -1, NULL))
            return FALSE;
    return TRUE;
}

static gboolean read_entries(Catalogue *catalogue, const File *file)
{
    guint32 count = number_at(file, AT_COUNT);
    gsize ids = table_at(file, AT_IDS, count), texts = table_at(file, AT_TEXTS, count);
    if (ids == 0 || texts == 0)
        return FALSE;

    catalogue->entries = g_new(Entry, count);
    catalogue->count = count;
    for (guint32 i = 0; i < count; i++) {
        Entry *entry = &catalogue->entries[i];
        gsize id_length;
        entry->id = string_at(file, ids + (gsize)i * TABLE_ROW, &id_length);
        entry->text = string_at(file, texts + (gsize)i * TABLE_ROW, &entry->length);
        if (entry->id == NULL || entry->text == NULL || !is_utf8(entry->text, entry->length) ||
            (i > 0 && strcmp(entry[-1].id, entry->id) >= 0))
            return FALSE;
    }
    return TRUE;
}

/* Whether the line Plural-Forms of the heading says n != 1, however it is spaced and bracketed. */
static gboolean counts_as_known(const char *heading)
{
    static const char NAME[] = "Plural-Forms:", KNOWN[] = "nplurals=2;plural=n!=1";
    const char *at = strstr(heading, NAME), *known = KNOWN;
    if (at == NULL)
        return TRUE;
    for (at += strlen(NAME); *at != '\0' && *at != '\n'; at++) {
        if (strchr(" \t()", *at) != NULL)
            continue;
        if (*known == '\0')
            return *at == ';';
        if (*at != *known++)
            return FALSE;
    }
    return *known == '\0';
}

Catalogue *catalogue_new(GBytes *bytes)
{
    g_autoptr(Catalogue) catalogue = g_new0(Catalogue, 1);
    File file;
    catalogue->bytes = g_bytes_ref(bytes);
    if (!read_heading(&file, bytes) || !read_entries(catalogue, &file))
        return NULL;
    /* Being empty, the id of the heading comes first. */
    gboolean headed = catalogue->count > 0 && *catalogue->entries[0].id == '\0';
    catalogue->counts = !headed || counts_as_known(catalogue->entries[0].text);
    return g_steal_pointer(&catalogue);
}

Catalogue *catalogue_open(const char *path)
{
    char *contents = NULL;
    gsize length;
    if (!g_file_get_contents(path, &contents, &length, NULL))
        return NULL;
    g_autoptr(GBytes) bytes = g_bytes_new_take(contents, length);
    return catalogue_new(bytes);
}

void catalogue_free(Catalogue *catalogue)
{
    if (catalogue == NULL)
        return;
    g_bytes_unref(catalogue->bytes);
    g_free(catalogue->entries);
    g_free(catalogue);
}

/* ---- looking up ------------------------------------------------------------------------------ */

/* The entry of `msgid`, unless it is the heading or has an empty text; else NULL. */
static const Entry *find(const Catalogue *catalogue, const char *msgid)
{
    guint32 low = 0, high = *msgid != '\0' ? catalogue->count : 0;
    while (low < high) {
        guint32 middle = low + (high - low) / 2;
        const Entry *entry = &catalogue->entries[middle];
        int order = strcmp(msgid, entry->id);
        if (order == 0)
            return *entry->text != '\0' ? entry : NULL;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const char *catalogue_text(const Catalogue *catalogue, const char *msgid)
{
    const Entry *entry = find(catalogue, msgid);
    return entry != NULL ? entry->text : NULL;
}

const char *catalogue_plural(const Catalogue *catalogue, const char *one, gulong n)
{
    const Entry *entry = catalogue->counts ? find(catalogue, one) : NULL;
    gsize first = entry != NULL ? strlen(entry->text) : 0;
    if (entry == NULL || first == entry->length)
        return NULL; /* not there, or a text with one form only */
    const char *many = entry->text + first + 1;
    if (n == 1)
        return entry->text;
    return *many != '\0' ? many : NULL;
}
