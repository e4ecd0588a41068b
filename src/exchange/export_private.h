/* export_private.h: what the files of export share: tables that give rows, and writers that take
 * them. */
#pragma once

#include "base/file_draft.h"
#include "exchange/export.h"

#include <math.h>

typedef enum {
    CELL_TEXT,
    CELL_INTEGER,
    CELL_SHARE, /* 0-1 */
    CELL_DATE,  /* a Date */
    CELL_TIME,  /* minutes of the day */
} CellType;

typedef struct {
    const char *code;    /* of the JSON member; of visits also column_code() */
    const char *heading; /* msgid; of visits column_name(); NULL: outcome_name() of the code */
    CellType type;
    int width;      /* in characters, for a spreadsheet */
    gboolean words; /* only written when words are asked for */
} ExportColumn;

/* One cell of a row; texts are the table's until the next row. */
typedef struct {
    const char *text; /* CELL_TEXT: NULL where there is none */
    const char *code; /* what it is in JSON instead, in any language; NULL: the text */
    double number;    /* the other types; NAN where there is none */
} ExportCell;

#define CELL_OF_TEXT(t) ((ExportCell){.text = (t), .number = NAN})
#define CELL_OF_CODE(c, t) ((ExportCell){.text = (t), .code = (c), .number = NAN})
#define CELL_OF_NUMBER(n) ((ExportCell){.number = (n)})
#define CELL_OF_NUMBER_IF(n, there) ((ExportCell){.number = (there) ? (double)(n) : NAN})
#define CELL_OF_DATE(d) CELL_OF_NUMBER_IF(d, (d) != DATE_NONE)
#define CELL_OF_TIME(m) CELL_OF_NUMBER_IF(m, (m) >= 0)

#define COLUMNS_MOST 32

typedef struct Export Export;

typedef struct {
    const char *entity; /* the table's name in the log */
    const ExportColumn *columns;
    guint count;
    /* Gives every row to export_add(). */
    gboolean (*rows)(Export *export, GError **error);
} ExportTable;
extern const ExportTable export_table_visits, export_table_responses, export_table_tasks,
    export_table_week, export_table_clients, export_table_calendar;

typedef struct {
    gboolean (*begin)(Export *export, GError **error);
    gboolean (*row)(Export *export, const ExportCell *cells, GError **error);
    gboolean (*end)(Export *export, GError **error);
    void (*free)(gpointer data); /* of export->writing; NULL: it has none */
} ExportWriter;
extern const ExportWriter export_writer_csv, export_writer_json, export_writer_xlsx,
    export_writer_ical;

struct Export {
    Session *session;
    const ExportOrder *order;
    const ExportTable *table;
    const ExportWriter *writer;
    gpointer writing;  /* the writer's own */
    FileDraft *draft;  /* NULL: into `text` alone */
    GString *text;     /* what is not yet in the draft */
    gint64 expected;   /* rows; 0: not known */
    GArray *protected; /* gint64: clients with protected identity whose rows are written */
    ExportResult *result;
};

/* Whether rows of somebody with this protection are written; those left out are counted. `client`
 * is noted for the log. */
gboolean export_takes(Export *export, gint64 client, Protection protection);
/* Writes a row: a cell for each column of the table. ERROR_CANCELLED. */
gboolean export_add(Export *export, const ExportCell *cells, GError **error);
/* Whether the column is written, and what stands above it: translated, static. */
gboolean export_has(const Export *export, guint column);
const char *export_heading(const Export *export, guint column);
/* Puts what has gathered in `text` into the draft, when it is worth it or `all`. */
gboolean export_flush(Export *export, gboolean all, GError **error);

/* Every client that lists show the signed-in person, by id: gint64 * → ClientRow *. New. */
GHashTable *export_clients(Session *session, GError **error);
/* What protects one of them; PROTECTION_NONE for nobody. */
Protection export_protection(GHashTable *clients, gint64 client_id);
/* Whether the day is one of those asked for. */
gboolean export_within(const ExportOrder *order, Date date);
