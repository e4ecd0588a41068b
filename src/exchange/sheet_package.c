/* sheet_package.c: the parts of an XLSX file: ZIP by libzip, which looks at each part's checksum;
 * XML by GLib, which knows no document types and no entities but the five of XML itself. */
#include "base/error.h"
#include "base/i18n.h"
#include "exchange/sheet_private.h"

#include <string.h>
#include <zip.h>

/* Bytes of a part when it is unpacked, those that may pass without anything that stands in it being
 * understood, and how deep elements may lie: nothing that a spreadsheet writes comes near. */
#define PART_MOST ((guint64)2 << 30)
#define TOKEN_MOST (4 << 20)
#define DEPTH_MOST 64
#define PIECE (64 << 10)

struct SheetPackage {
    zip_t *zip;
};

gboolean sheet_broken(GError **error)
{
    g_set_error_literal(
        error, DAGSFORM_ERROR, ERROR_INPUT,
        _("The file is broken, or no spreadsheet that can be read here (XLSX). Open "
          "it in the spreadsheet program and save it again, as XLSX or CSV."));
    return FALSE;
}

gboolean sheet_too_large(GError **error)
{
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                        _("The spreadsheet holds more than can be read in at once. Save it in "
                          "several files."));
    return FALSE;
}

SheetPackage *sheet_package_open(const char *bytes, gsize length, GError **error)
{
    zip_error_t fault;
    zip_error_init(&fault);
    zip_source_t *source = zip_source_buffer_create(bytes, length, 0, &fault);
    zip_t *zip = source != NULL ? zip_open_from_source(source, ZIP_RDONLY, &fault) : NULL;
    if (zip == NULL) {
        zip_source_free(source);
        zip_error_fini(&fault);
        sheet_broken(error);
        return NULL;
    }
    SheetPackage *package = g_new0(SheetPackage, 1);
    package->zip = zip;
    return package;
}

void sheet_package_free(SheetPackage *package)
{
    if (package == NULL)
        return;
    zip_discard(package->zip);
    g_free(package);
}

static zip_int64_t find(const SheetPackage *package, const char *part)
{
    return zip_name_locate(package->zip, part, ZIP_FL_NOCASE);
}

gboolean sheet_package_has(const SheetPackage *package, const char *part)
{
    return find(package, part) >= 0;
}

/* --- XML -------------------------------------------------------------------------------------- */

typedef struct {
    const SheetEvents *events;
    gpointer data;
    int depth;
    guint64 passed; /* bytes since something was understood */
} Reading;

static const char *local(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon != NULL ? colon + 1 : name;
}

const char *sheet_attribute(const char *name, const char **names, const char **values)
{
    for (; *names != NULL; names++, values++)
        if (strcmp(local(*names), name) == 0)
            return *values;
    return NULL;
}

gboolean sheet_is_true(const char *value)
{
    return g_strcmp0(value, "1") == 0 || g_strcmp0(value, "true") == 0;
}

static void on_begin(GMarkupParseContext *context, const char *name, const char **names,
                     const char **values, gpointer data, GError **error)
{
    (void)context;
    Reading *reading = data;
    reading->passed = 0;
    if (++reading->depth > DEPTH_MOST)
        sheet_broken(error);
    else
        reading->events->begin(reading->data, local(name), names, values, error);
}

static void on_end(GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
    (void)context;
    Reading *reading = data;
    reading->passed = 0;
    reading->depth--;
    if (reading->events->end != NULL)
        reading->events->end(reading->data, local(name), error);
}

static void on_text(GMarkupParseContext *context, const char *text, gsize length, gpointer data,
                    GError **error)
{
    (void)context;
    Reading *reading = data;
    if (reading->events->text != NULL)
        reading->events->text(reading->data, text, length, error);
}

/* Remarks and instructions say nothing; a document type may not be there (part 2, 7.2.2). */
static void on_beside(GMarkupParseContext *context, const char *text, gsize length, gpointer data,
                      GError **error)
{
    (void)context;
    (void)data;
    if (length >= 9 && strncmp(text, "<!DOCTYPE", 9) == 0)
        sheet_broken(error);
}

static gboolean read_pieces(zip_file_t *file, GMarkupParseContext *context, Reading *reading,
                            GError **error)
{
    g_autofree char *piece = g_malloc(PIECE);
    guint64 all = 0;
    zip_int64_t got;
    while ((got = zip_fread(file, piece, PIECE)) > 0) {
        const gsize mark = all == 0 && got >= 3 && memcmp(piece, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
        all += (guint64)got;
        reading->passed += (guint64)got;
        if (all > PART_MOST || reading->passed > TOKEN_MOST)
            return sheet_too_large(error);
        /* A name in it that is no UTF-8 is told, and still taken (GLib 2.74). */
        if (!g_markup_parse_context_parse(context, piece + mark, got - (gssize)mark, error) ||
            *error != NULL)
            return FALSE;
    }
    return got == 0 ? g_markup_parse_context_end_parse(context, error) : sheet_broken(error);
}

gboolean sheet_package_read(SheetPackage *package, const char *part, const SheetEvents *events,
                            gpointer data, GError **error)
{
    const GMarkupParser parser = {on_begin, on_end, on_text, on_beside, NULL};
    Reading reading = {.events = events, .data = data};
    const zip_int64_t at = find(package, part);
    zip_file_t *file = at >= 0 ? zip_fopen_index(package->zip, (zip_uint64_t)at, 0) : NULL;
    if (file == NULL)
        return sheet_broken(error);
    GError *fault = NULL;
    GMarkupParseContext *context =
        g_markup_parse_context_new(&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &reading, NULL);
    const gboolean good = read_pieces(file, context, &reading, &fault);
    g_markup_parse_context_free(context);
    zip_fclose(file);
    if (good)
        return TRUE;
    /* What GLib says of XML is of no use to whoever has the file. */
    if (g_error_matches(fault, DAGSFORM_ERROR, ERROR_INPUT))
        g_propagate_error(error, fault);
    else {
        g_clear_error(&fault);
        sheet_broken(error);
    }
    return FALSE;
}

/* --- relations -------------------------------------------------------------------------------- */

typedef struct {
    const char *kind, *id;
    char *target;
} Relation;

static gboolean on_relation(gpointer data, const char *name, const char **names,
                            const char **values, GError **error)
{
    (void)error;
    Relation *wanted = data;
    const char *target = sheet_attribute("Target", names, values);
    const char *type = sheet_attribute("Type", names, values);
    const char *end = type != NULL ? strrchr(type, '/') : NULL;
    if (wanted->target != NULL || strcmp(name, "Relationship") != 0 || target == NULL ||
        end == NULL || strcmp(end + 1, wanted->kind) != 0 ||
        (wanted->id != NULL && g_strcmp0(sheet_attribute("Id", names, values), wanted->id) != 0))
        return TRUE;
    wanted->target = g_strdup(target);
    return TRUE;
}

char *sheet_package_related(SheetPackage *package, const char *from, const char *kind,
                            const char *id, GError **error)
{
    static const SheetEvents events = {on_relation, NULL, NULL};
    Relation wanted = {.kind = kind, .id = id};
    const char *slash = strrchr(from, '/');
    g_autofree char *folder = g_strndup(from, slash != NULL ? (gsize)(slash + 1 - from) : 0);
    g_autofree char *part =
        g_strconcat(folder, "_rels/", slash != NULL ? slash + 1 : from, ".rels", NULL);
    if (!sheet_package_has(package, part))
        return NULL;
    const gboolean good = sheet_package_read(package, part, &events, &wanted, error);
    g_autofree char *target = wanted.target;
    if (!good || target == NULL)
        return NULL;
    g_autofree char *whole =
        target[0] == '/' ? g_strdup(target) : g_strconcat("/", folder, target, NULL);
    g_autofree char *plain = g_canonicalize_filename(whole, "/");
    return g_strdup(plain + 1);
}
