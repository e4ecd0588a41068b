/* fixture_sheet.h: XLSX files made here, part by part, so that each can be wrong. */
#pragma once

#include <glib.h>
#include <string.h>
#include <zip.h>

#define TYPES "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define RELATION(id, type, target)                                                                 \
    "<Relationship Id='" id "' Type='" TYPES type "' Target='" target "'/>"

/* The parts of a workbook; what is NULL is as a spreadsheet writes it, "" is left out. */
typedef struct {
    const char *rows;     /* inside sheetData */
    const char *sheet;    /* the whole part instead */
    const char *texts;    /* inside sst */
    const char *formats;  /* inside styleSheet */
    const char *workbook; /* inside workbook */
    gboolean stored;      /* nothing is deflated, which costs more than all the rest */
} Book;

static inline void add_part(zip_t *zip, const char *name, const char *text)
{
    char *copy = strdup(text);
    zip_source_t *source = zip_source_buffer(zip, copy, strlen(text), 1);
    if (zip_file_add(zip, name, source, 0) < 0)
        g_error("%s", zip_strerror(zip));
}

static inline void add_wrapped(zip_t *zip, const char *name, const char *element, const char *text)
{
    g_autofree char *whole = g_strdup_printf(
        "<?xml version='1.0' encoding='UTF-8'?>\n<%s xmlns='urn:x' xmlns:r='urn:r'>%s</%s>",
        element, text, element);
    add_part(zip, name, whole);
}

/* What the archive holds when `fill` has put its parts there. New. */
static inline GBytes *archive(void (*fill)(zip_t *zip, const void *data), const void *data)
{
    zip_error_t fault;
    zip_stat_t about;
    zip_error_init(&fault);
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &fault);
    zip_source_keep(source);
    zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, &fault);
    fill(zip, data);
    if (zip_close(zip) != 0 || zip_source_stat(source, &about) != 0 || zip_source_open(source) != 0)
        g_error("no archive");
    char *bytes = g_malloc(about.size);
    if (zip_source_read(source, bytes, about.size) != (zip_int64_t)about.size)
        g_error("no archive");
    zip_source_close(source);
    zip_source_free(source);
    return g_bytes_new_take(bytes, about.size);
}

static inline void fill_parts(zip_t *zip, const void *data)
{
    const Book *book = data;
    add_wrapped(zip, "_rels/.rels", "Relationships",
                RELATION("rId1", "officeDocument", "xl/workbook.xml"));
    add_wrapped(zip, "xl/_rels/workbook.xml.rels", "Relationships",
                RELATION("rId1", "worksheet", "worksheets/sheet1.xml")
                    RELATION("rId2", "chartsheet", "chartsheets/sheet1.xml")
                        RELATION("rId3", "styles", "styles.xml")
                            RELATION("rId4", "sharedStrings", "/xl/sharedStrings.xml"));
    add_wrapped(zip, "xl/workbook.xml", "workbook",
                book->workbook != NULL
                    ? book->workbook
                    : "<sheets><sheet name='Lista' sheetId='1' r:id='rId1'/></sheets>");
    add_wrapped(zip, "xl/styles.xml", "styleSheet", book->formats != NULL ? book->formats : "");
    add_wrapped(zip, "xl/sharedStrings.xml", "sst", book->texts != NULL ? book->texts : "");
    if (book->sheet != NULL) {
        if (*book->sheet)
            add_part(zip, "xl/worksheets/sheet1.xml", book->sheet);
        return;
    }
    g_autofree char *rows = g_strconcat("<sheetData>", book->rows, "</sheetData>", NULL);
    add_wrapped(zip, "xl/worksheets/sheet1.xml", "worksheet", rows);
}

static inline void fill_book(zip_t *zip, const void *data)
{
    const Book *book = data;
    fill_parts(zip, data);
    for (zip_int64_t i = 0; book->stored && i < zip_get_num_entries(zip, 0); i++)
        zip_set_file_compression(zip, (zip_uint64_t)i, ZIP_CM_STORE, 0);
}

static inline GBytes *book_of(Book book)
{
    return archive(fill_book, &book);
}
