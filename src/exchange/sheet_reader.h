/* sheet_reader.h: a spreadsheet's own file (XLSX, ECMA-376 part 1) as the text that the spreadsheet
 * would save: the first sheet that is shown, each cell by its format as far as it is a day or a
 * time. What formulas reckon is taken as it was last reckoned; nothing is reckoned here. */
#pragma once

#include <glib.h>

/* Whether the bytes begin as such a file does, or as an older one (XLS, and XLSX with a password).
 */
gboolean sheet_reader_is_book(const char *bytes, gsize length);
gboolean sheet_reader_is_old_book(const char *bytes, gsize length);

/* A row a line, empty ones too, with ';' between the cells; a line break in a cell stands in quotes
 * and begins no line; what begins as a formula does has a mark in front (text_guard_cell). Days are
 * "2026-11-30", times "08:30", both "2026-11-30 08:30"; a truth is "1" or "0", an error what the
 * spreadsheet shows ("#N/A"). No trailing empty cells. UTF-8 with a NUL behind it; `*sheet`: its
 * name, new. ERROR_INPUT with one sentence for what is broken, too large or holds no sheet. Pure.
 * New. */
char *sheet_reader_text(const char *bytes, gsize length, gsize *text_length, char **sheet,
                        GError **error);
