/* export_rows.c: what an export is called, and a row on its way from a table to a writer. */
#include "base/code.h"
#include "base/error.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/client/client.h"
#include "exchange/export_private.h"

/* Rows between two calls of progress, and bytes that are worth a write. */
#define PROGRESS_EVERY 1024
#define FLUSH_BYTES (256 << 10)

static const CodeWord WHATS[EXPORT_WHAT_COUNT] = {
    [EXPORT_VISITS] = {"visits", N_("Visits")},    [EXPORT_RESPONSES] = {"responses", N_("Forms")},
    [EXPORT_TASKS] = {"tasks", N_("To do")},       [EXPORT_WEEK] = {"week", N_("Week")},
    [EXPORT_CLIENTS] = {"clients", N_("Clients")},
};
CODE_AND_NAME_FUNCTIONS(ExportWhat, export_what, WHATS)

static const CodeWord FORMATS[EXPORT_FORMAT_COUNT] = {
    [EXPORT_CSV] = {"csv", NULL},
    [EXPORT_XLSX] = {"xlsx", NULL},
    [EXPORT_JSON] = {"json", NULL},
    [EXPORT_ICS] = {"ics", NULL},
};
CODE_FUNCTIONS(ExportFormat, export_format, FORMATS)

gboolean export_has(const Export *export, guint column)
{
    return export->order->words || !export->table->columns[column].words;
}

const char *export_heading(const Export *export, guint column)
{
    const ExportColumn *about = &export->table->columns[column];
    Outcome outcome = OUTCOME_NONE;
    if (about->heading != NULL)
        return i18n_text(about->heading);
    outcome_parse(about->code, &outcome);
    return outcome_name(outcome);
}

gboolean export_takes(Export *export, gint64 client, Protection protection)
{
    if (protection == PROTECTION_NONE)
        return TRUE;
    if (!export->order->protected) {
        export->result->protected ++;
        return FALSE;
    }
    for (guint i = 0; i < export->protected->len; i++)
        if (g_array_index(export->protected, gint64, i) == client)
            return TRUE;
    if (client != 0)
        g_array_append_val(export->protected, client);
    return TRUE;
}

/* Whether a program may act on something in the text: what was typed is clean, what an older
 * program has kept need not be. */
static gboolean is_clean(const char *text)
{
    for (const guchar *c = (const guchar *)text; *c; c++)
        if ((*c < 0x20 && *c != '\n' && *c != '\t') || *c == 0x7f ||
            (*c == 0xc2 && c[1] >= 0x80 && c[1] < 0xa0))
            return FALSE;
    return TRUE;
}

static gboolean go_on(Export *export, GError **error)
{
    const ExportOrder *order = export->order;
    const gint64 rows = export->result->rows;
    if (order->progress == NULL || rows % PROGRESS_EVERY != 0 ||
        order->progress(export->expected > 0 ? MIN((double)rows / (double)export->expected, 1.0)
                                             : 0,
                        order->progress_data))
        return TRUE;
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CANCELLED,
                        _("The export was broken off. No file was written."));
    return FALSE;
}

gboolean export_add(Export *export, const ExportCell *cells, GError **error)
{
    const guint count = export->table->count;
    ExportCell clean[COLUMNS_MOST];
    char *mended[COLUMNS_MOST];
    guint mends = 0;
    for (guint i = 0; i < count; i++) {
        clean[i] = cells[i];
        if (cells[i].text != NULL && !is_clean(cells[i].text))
            clean[i].text = mended[mends++] = text_clean(cells[i].text);
    }
    export->result->rows++;
    const gboolean good = export->writer->row(export, clean, error) && go_on(export, error);
    while (mends > 0)
        g_free(mended[--mends]);
    return good;
}

gboolean export_flush(Export *export, gboolean all, GError **error)
{
    GString *text = export->text;
    if (export->draft == NULL || (!all && text->len < FLUSH_BYTES))
        return TRUE;
    const gboolean good = file_draft_write(export->draft, text->str, text->len, error);
    g_string_truncate(text, 0);
    return good;
}

static void client_row_destroy(gpointer row)
{
    client_row_free(row);
}

GHashTable *export_clients(Session *session, GError **error)
{
    enum { PAGE = 500 };
    g_autoptr(GHashTable) clients =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, client_row_destroy);
    const ClientRow *after = NULL;
    for (guint count = PAGE; count == PAGE;) {
        g_autoptr(GPtrArray) page = client_list(session, NULL, FALSE, after, PAGE, error);
        if (page == NULL)
            return NULL;
        count = page->len;
        g_ptr_array_set_free_func(page, NULL);
        for (guint i = 0; i < page->len; i++) {
            ClientRow *row = page->pdata[i];
            g_hash_table_insert(clients, &row->id, row);
            after = row;
        }
    }
    return g_steal_pointer(&clients);
}

Protection export_protection(GHashTable *clients, gint64 client_id)
{
    const ClientRow *row = g_hash_table_lookup(clients, &client_id);
    return row != NULL ? row->protection : PROTECTION_NONE;
}

gboolean export_within(const ExportOrder *order, Date date)
{
    return (order->from == DATE_NONE || date >= order->from) &&
           (order->to == DATE_NONE || date <= order->to);
}
