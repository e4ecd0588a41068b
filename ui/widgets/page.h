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
} FormRow;
typedef struct {
    GArray *rows; /* FormRow */
    int focus;
    int first; /* scrolled to */
} FormPage;
void form_page_init(FormPage *page);
void form_page_clear(FormPage *page);
/* Returns the row's number. */
int form_page_field(FormPage *page, const char *label, const char *hint, const char *text,
                    gboolean many_lines);
int form_page_secret(FormPage *page, const char *label, const char *hint);
int form_page_choice(FormPage *page, const char *label, const char *hint,
                     const ChoiceOption *options, int count, int chosen);
const char *form_page_text(FormPage *page, int row);
int form_page_chosen(FormPage *page, int row);                    /* index, -1 none */
void form_page_fault(FormPage *page, int row, const char *fault); /* NULL clears */
const Secret *form_page_secret_of(FormPage *page, int row);       /* field_secret() */
/* TRUE when taken. `*done` is set when Enter was pressed on the last row. Enter in a field of many
 * lines begins a line; Tab leaves it. Choosing an answer goes on to the next row. */
gboolean form_page_event(FormPage *page, const Event *event, gboolean *done);
void form_page_draw(FormPage *page, Area area);
