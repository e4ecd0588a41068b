/* export_text.c: rows as CSV and as JSON. */
#include "exchange/csv.h"
#include "exchange/export_private.h"
#include "exchange/json_members.h"

#include <string.h>

/* "0.1255": a share of some hundred visits has no more. */
#define SHARE_FORMAT "%.4f"
#define NUMBER_SIZE 32

/* --- CSV -------------------------------------------------------------------------------------- */

/* A day, a time or a number; "" for none. Returns `buffer`, of NUMBER_SIZE. */
static const char *number_text(CellType type, double number, char decimal, char *buffer)
{
    buffer[0] = '\0';
    if (isnan(number))
        return buffer;
    switch (type) {
    case CELL_INTEGER:
        g_ascii_formatd(buffer, NUMBER_SIZE, "%.0f", number);
        break;
    case CELL_SHARE:
        g_strdelimit(g_ascii_formatd(buffer, NUMBER_SIZE, SHARE_FORMAT, number), ".", decimal);
        break;
    case CELL_DATE:
        date_format((Date)number, buffer);
        break;
    case CELL_TIME:
        time_format((int)number, buffer);
        break;
    case CELL_TEXT:
        break;
    }
    return buffer;
}

static void put_cells(Export *export, const char *const *cells, int count)
{
    if (export->order->strict)
        csv_append_strict(export->text, cells, count);
    else
        csv_append(export->text, cells, count, ';');
}

static gboolean csv_begin(Export *export, GError **error)
{
    (void)error;
    const char *cells[COLUMNS_MOST];
    int count = 0;
    if (!export->order->strict)
        g_string_append(export->text, "\xef\xbb\xbf");
    for (guint i = 0; i < export->table->count; i++)
        if (export_has(export, i))
            cells[count++] = export_heading(export, i);
    put_cells(export, cells, count);
    return TRUE;
}

static gboolean csv_row(Export *export, const ExportCell *row, GError **error)
{
    const char *cells[COLUMNS_MOST];
    char numbers[COLUMNS_MOST][NUMBER_SIZE];
    const char decimal = export->order->strict ? '.' : ',';
    int count = 0;
    for (guint i = 0; i < export->table->count; i++) {
        const CellType type = export->table->columns[i].type;
        if (!export_has(export, i))
            continue;
        cells[count] = type == CELL_TEXT
                           ? row[i].text
                           : number_text(type, row[i].number, decimal, numbers[count]);
        count++;
    }
    put_cells(export, cells, count);
    return export_flush(export, FALSE, error);
}

static gboolean csv_end(Export *export, GError **error)
{
    (void)export;
    (void)error;
    return TRUE;
}

const ExportWriter export_writer_csv = {csv_begin, csv_row, csv_end, NULL};

/* --- JSON ------------------------------------------------------------------------------------- */

static gboolean json_begin(Export *export, GError **error)
{
    (void)error;
    g_string_append_c(export->text, '[');
    return TRUE;
}

static void add_member(JsonBuilder *json, const ExportColumn *column, const ExportCell *cell)
{
    char buffer[NUMBER_SIZE];
    if (column->type == CELL_TEXT)
        member_text(json, column->code, cell->code != NULL ? cell->code : cell->text);
    else if (isnan(cell->number))
        member_text(json, column->code, NULL);
    else if (column->type == CELL_INTEGER)
        member_int(json, column->code, (gint64)cell->number);
    else if (column->type == CELL_SHARE)
        member_number(json, column->code, round(cell->number * 1e4) / 1e4);
    else
        member_text(json, column->code, number_text(column->type, cell->number, '.', buffer));
}

static gboolean json_row(Export *export, const ExportCell *row, GError **error)
{
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    for (guint i = 0; i < export->table->count; i++)
        if (export_has(export, i))
            add_member(json, &export->table->columns[i], &row[i]);
    json_builder_end_object(json);
    g_autoptr(JsonNode) root = json_builder_get_root(json);
    g_autoptr(JsonGenerator) generator = json_generator_new();
    json_generator_set_root(generator, root);
    g_string_append(export->text, export->result->rows > 1 ? ",\n" : "\n");
    json_generator_to_gstring(generator, export->text);
    return export_flush(export, FALSE, error);
}

static gboolean json_end(Export *export, GError **error)
{
    (void)error;
    g_string_append(export->text, export->result->rows > 0 ? "\n]\n" : "]\n");
    return TRUE;
}

const ExportWriter export_writer_json = {json_begin, json_row, json_end, NULL};
