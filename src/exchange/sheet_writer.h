/* sheet_writer.h: the cells of a sheet, written by a thread of their own while whoever has them reads
 * on. Nobody else touches the sheet or its workbook between sheet_writer_new() and
 * sheet_writer_finish(). What goes wrong is told later, by the next sheet_writer_row(). */
#pragma once

#include <glib.h>
#include <xlsxwriter.h>

typedef struct SheetWriter SheetWriter;
SheetWriter *sheet_writer_new(lxw_worksheet *sheet);
/* A cell of the row begun; the text is copied, the format stays the caller's. */
void sheet_writer_text(SheetWriter *writer, lxw_col_t column, const char *text);
void sheet_writer_number(SheetWriter *writer, lxw_col_t column, double number, lxw_format *format);
/* The row ends: its cells are row `row`'s. What the library has said so far. */
lxw_error sheet_writer_row(SheetWriter *writer, lxw_row_t row);
/* Waits until all is written, and frees the writer. */
lxw_error sheet_writer_finish(SheetWriter *writer);
