/* import_private.h: the state of reading in a file, for import.c and import_draw.c. */
#pragma once

#include "exchange/table_import.h"
#include "ui/app.h"
#include "ui/widgets/choice.h"
#include "ui/widgets/field.h"
#include "ui/widgets/list.h"

typedef enum {
    STEP_PATH, /* which file */
    STEP_LOOK, /* what is in it, and what reading it in would do */
    STEP_MAP,  /* which column is what */
} ImportStep;

typedef struct {
    ImportStep step;
    Field path;
    int path_columns;      /* of the field when it was last drawn */
    GPtrArray *candidates; /* char *: what Tab found */
    char *file;            /* that is open */
    TableImport *import;
    ImportWhat what; /* that somebody has said it is; IMPORT_ANY: nobody */
    /* While the program is locked, instead of that: what its columns were chosen to be. */
    GArray *chosen; /* of ColumnKind; NULL */
    gboolean encoding_given;
    Encoding encoding;
    GPtrArray *sample; /* GStrv: the first rows */
    ImportResult result;
    gboolean counted;  /* `result` is of this mapping */
    gboolean done;     /* it has been read in */
    char *fault;       /* why it could not be counted; NULL */
    GPtrArray *faults; /* ImportFault *, the import's own, and its remarks: for the list */
    List *refused;
    int column;                       /* that the cursor is on */
    ChoiceOption kinds[COLUMN_COUNT]; /* those that rows of that kind can have */
    Choice kind;
} ImportState;

/* Of the list of refused rows. */
void import_draw_refused(void *state, gconstpointer fault, Area line, gboolean selected);
void import_draw(App *app, void *state, Area area);
