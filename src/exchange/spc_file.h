/* spc_file.h: a table of counts, read to be charted: label, count and, where it is a share, of how
 * many. Separator, encoding and decimal comma are found out as for visits; a heading is passed
 * over.
 *
 *   vecka;uteblivna;besök
 *   2026-W20;12;144 */
#pragma once

#include "stats/spc.h"

typedef struct {
    GPtrArray *labels; /* char * */
    GArray *inputs;    /* SpcInput, as many */
    GArray *starts;    /* gsize: where a part begins, rising */
} SpcTable;

/* The most bytes of a file: many times a lifetime of days. */
#define SPC_FILE_MOST (4 << 20)

/* The rows of `bytes`, for this kind of chart. ERROR_INPUT with the line of the first row that does
 * not fit, and what it should be. New. */
SpcTable *spc_table_read(const char *bytes, gsize length, SpcKind kind, GError **error);
void spc_table_free(SpcTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpcTable, spc_table_free)
/* A part begins at the first row on or after `when`, a day or a week (2026-08-17, 2026-W34) where
 * the labels are; else at the row with that label. ERROR_INPUT when there is none, or nothing
 * before. */
gboolean spc_table_begin_part(SpcTable *table, const char *when, GError **error);
/* Leaves out the points of a list, counted from 1: "3,7,12-15". ERROR_INPUT. */
gboolean spc_table_exclude(SpcTable *table, const char *points, GError **error);
/* The chart of it; `freeze` as in spc_new(). New. */
SpcChart *spc_table_chart(const SpcTable *table, SpcKind kind, gsize freeze);
