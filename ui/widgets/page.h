/* page.h: a page of labelled fields and choices that is walked with Tab, Enter and the arrows:
 * client, visit, series, unit. */
#pragma once

#include "ui/widgets/choice.h"
#include "ui/widgets/field.h"

typedef struct {
    char *label; /* translated; owned */
    char *hint;  /* shown while it has the focus; owned, may be NULL */
    char *fault; /* set by the screen's check; owned, NULL when all is well */
    gboolean is_choice;
    Field field;
    Choice choice;
    int columns; /* private: of the field when it was last drawn */
} PageRow;
typedef struct {
    GArray *rows; /* PageRow */
    int focus;
    int first; /* scrolled to */
    int spare; /* private: rows that no row takes, for a text that needs more of them */
    gboolean wraps; /* private: there is room for a long line to go on below */
} Page;
void page_init(Page *page);
void page_clear(Page *page);
/* Returns the row's number. */
int page_field(Page *page, const char *label, const char *hint, const char *text,
               gboolean many_lines);
int page_secret(Page *page, const char *label, const char *hint);
int page_choice(Page *page, const char *label, const char *hint, const ChoiceOption *options,
                int count, int chosen);
const char *page_text(const Page *page, int row);
int page_chosen(Page *page, int row);                    /* index, -1 none */
void page_fault(Page *page, int row, const char *fault); /* NULL clears */
const Secret *page_secret_of(Page *page, int row);       /* field_secret() */
/* TRUE when taken. `*done` is set when Enter was pressed on the last row. Enter in a field of many
 * lines begins a line; Tab leaves it. Choosing an answer goes on to the next row. */
gboolean page_event(Page *page, const Event *event, gboolean *done);
void page_draw(Page *page, Area area);
