/* sheet_writer.c: cells gather in one of two batches while the thread writes the other. */
#include "exchange/sheet_writer.h"

#include <signal.h>

/* Cells of a batch: some hundreds of rows. */
#define BATCH_CELLS 8192
#define BATCHES 2

typedef struct {
    lxw_row_t row;
    lxw_col_t column;
    gssize text; /* where it begins in the texts of the batch; -1: it is a number */
    double number;
    lxw_format *format;
} Cell;

typedef struct {
    GArray *cells;  /* Cell */
    GString *texts; /* each with a NUL behind it */
} Batch;

struct SheetWriter {
    lxw_worksheet *sheet;
    Batch batches[BATCHES];
    Batch *filling;
    guint row_begins; /* the first cell of the row that is not yet ended */
    GAsyncQueue *empty, *full; /* Batch *; the writer itself in `full`: there are no more */
    gint fault;                /* an lxw_error, the first; atomic */
    GThread *thread;           /* NULL: there is none to be had, and whoever calls writes */
};

static void write_batch(SheetWriter *writer, Batch *batch)
{
    lxw_error fault = (lxw_error)g_atomic_int_get(&writer->fault);
    for (guint i = 0; i < batch->cells->len && fault == LXW_NO_ERROR; i++) {
        const Cell *cell = &g_array_index(batch->cells, Cell, i);
        fault = cell->text >= 0 ? worksheet_write_string(writer->sheet, cell->row, cell->column,
                                                         batch->texts->str + cell->text, NULL)
                                : worksheet_write_number(writer->sheet, cell->row, cell->column,
                                                         cell->number, cell->format);
    }
    g_atomic_int_set(&writer->fault, (gint)fault);
    g_array_set_size(batch->cells, 0);
    g_string_truncate(batch->texts, 0);
    g_async_queue_push(writer->empty, batch);
}

static gpointer write_all(gpointer data)
{
    SheetWriter *writer = data;
    gpointer batch;
    while ((batch = g_async_queue_pop(writer->full)) != writer)
        write_batch(writer, batch);
    return NULL;
}

/* Signals are for the thread that waits for keys. */
static GThread *start(SheetWriter *writer)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    GThread *thread = g_thread_try_new("sheet", write_all, writer, NULL);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return thread;
}

SheetWriter *sheet_writer_new(lxw_worksheet *sheet)
{
    SheetWriter *writer = g_new0(SheetWriter, 1);
    writer->sheet = sheet;
    writer->empty = g_async_queue_new();
    writer->full = g_async_queue_new();
    for (int i = 0; i < BATCHES; i++) {
        writer->batches[i].cells = g_array_sized_new(FALSE, FALSE, sizeof(Cell), BATCH_CELLS);
        writer->batches[i].texts = g_string_new(NULL);
        g_async_queue_push(writer->empty, &writer->batches[i]);
    }
    writer->filling = g_async_queue_pop(writer->empty);
    writer->thread = start(writer);
    return writer;
}

void sheet_writer_text(SheetWriter *writer, lxw_col_t column, const char *text)
{
    GString *texts = writer->filling->texts;
    const Cell cell = {.column = column, .text = (gssize)texts->len};
    g_string_append(texts, text);
    g_string_append_c(texts, '\0');
    g_array_append_val(writer->filling->cells, cell);
}

void sheet_writer_number(SheetWriter *writer, lxw_col_t column, double number, lxw_format *format)
{
    const Cell cell = {.column = column, .text = -1, .number = number, .format = format};
    g_array_append_val(writer->filling->cells, cell);
}

static void hand_over(SheetWriter *writer)
{
    if (writer->thread != NULL)
        g_async_queue_push(writer->full, writer->filling);
    else
        write_batch(writer, writer->filling);
    writer->filling = g_async_queue_pop(writer->empty);
    writer->row_begins = 0;
}

lxw_error sheet_writer_row(SheetWriter *writer, lxw_row_t row)
{
    GArray *cells = writer->filling->cells;
    for (; writer->row_begins < cells->len; writer->row_begins++)
        g_array_index(cells, Cell, writer->row_begins).row = row;
    if (cells->len >= BATCH_CELLS)
        hand_over(writer);
    return (lxw_error)g_atomic_int_get(&writer->fault);
}

lxw_error sheet_writer_finish(SheetWriter *writer)
{
    hand_over(writer);
    if (writer->thread != NULL) {
        g_async_queue_push(writer->full, writer);
        g_thread_join(writer->thread);
    }
    const lxw_error fault = (lxw_error)writer->fault;
    for (int i = 0; i < BATCHES; i++) {
        g_array_unref(writer->batches[i].cells);
        g_string_free(writer->batches[i].texts, TRUE);
    }
    g_async_queue_unref(writer->empty);
    g_async_queue_unref(writer->full);
    g_free(writer);
    return fault;
}
