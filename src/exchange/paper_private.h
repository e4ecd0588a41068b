/* paper_private.h: what paper.c, paper_fill.c and paper_chart.c (what stands on
 * a row), paper_page.c (which page a
 * row comes on, and drawing it) and paper_file.c (what the PDF tells beside) share. */
#pragma once

#include "exchange/paper.h"
#include "exchange/paper_library.h"

/* In points (1/72 inch), like all lengths here. ISO 216 A4. */
#define PAGE_WIDTH 595.28
#define PAGE_HEIGHT 841.89

/* What one size of print looks like. */
typedef struct {
    double margin;      /* at the left and right */
    double top, bottom; /* from the page's edge to the rows, with a head above them */
    double body, note, small;
    double heading[3];
    double leading;                 /* line height over the font's own */
    double indent;                  /* of a question's text */
    double label;                   /* width of the labels' column; 0: labels stand above */
    double box;                     /* side of a box to tick */
    double cell_width, cell_height; /* of a box for a digit */
    double write;                   /* between two lines to write on */
    double pen;                     /* thickness of lines */
    double question;                /* room above a question */
    int columns;                    /* that paper_columns() begins: 1 or 2 */
    double gutter;                  /* between two columns */
} PaperStyle;

typedef enum {
    PIECE_LINE, /* one line of a layout, (x, y) its baseline's left end */
    PIECE_BOX,  /* a frame, (x, y) its upper left corner */
    PIECE_RULE, /* a horizontal line from (x, y) */
    PIECE_BAR,  /* a thick vertical line down from (x, y) */
    PIECE_FILL, /* a black rectangle, (x, y) its upper left corner */
    PIECE_PATH, /* lines from point to point; `width` is that of the pen */
} PieceKind;

typedef struct {
    PieceKind kind;
    double x, y; /* from the row's upper left corner, which is at the left margin */
    double width, height;
    PangoLayout *layout; /* owned; it keeps its line */
    int line;
    GArray *path; /* double: x and y of each point; owned */
    gboolean dashed;
    int item; /* of several elements side by side in one row: which one it belongs to, from 0 */
} Piece;

typedef enum { TAG_P, TAG_H1, TAG_H2, TAG_H3, TAG_LI, TAG_FIGURE } PaperTag;

/* What is never split over two pages. */
typedef struct {
    double before; /* room above, left out at the top of a page */
    double height;
    gboolean keep;     /* on the page of the next row */
    gboolean new_page; /* begins a page */
    int block;         /* rows of one block are one element of the PDF's structure */
    PaperTag tag;
    char *outline;  /* its text in the outline; NULL: not there. Owned */
    GArray *pieces; /* Piece */
    int columns;    /* how many stand beside each other where the row stands */
    int page;       /* from 0; set by paper_paginate() */
    double x, y;    /* from the left margin and the page's upper edge; set by paper_paginate() */
} PaperRow;

struct Paper {
    char *title, *language, *unit;
    char *person; /* "" for none */
    gboolean unfinished;
    Date date;
    gboolean large;
    const PaperStyle *style;
    double top; /* from a page's upper edge to its rows */
    PangoFontMap *fonts;
    PangoContext *context;
    GPtrArray *rows; /* PaperRow * */
    int block;       /* of the rows being put */
    double indent;
    double before; /* room that the next row gets above */
    int columns;   /* of the rows being put */
    gboolean break_next;
    char *unknown; /* the first character that no font has; NULL: none */
};

/* A layout of `text` in `size` points, `width` wide (-1: one line). New. */
PangoLayout *paper_layout(Paper *paper, const char *text, double size, gboolean bold, double width);
double paper_layout_width(PangoLayout *layout);
/* How wide a column is where so many stand beside each other. */
double paper_column_width(const Paper *paper, int columns);
/* From the indent to the right edge of the column. */
double paper_text_room(const Paper *paper);

/* What is put next is a new element, `before` below the last one. */
void paper_begin_block(Paper *paper, double before);
PaperRow *paper_add_row(Paper *paper, PaperTag tag, double height);
void paper_add_piece(PaperRow *row, PieceKind kind, double x, double y, double width,
                     double height);
/* All lines of the layout in one row, from (x, down); the height they take. */
double paper_add_lines(PaperRow *row, PangoLayout *layout, double x, double down);
/* A row for each line, in the block begun. The first two and the last two stay together. Returns
 * the first row. */
PaperRow *paper_add_layout(Paper *paper, PaperTag tag, PangoLayout *layout, double x);
/* The rows from number `from` on stay with what comes next. */
void paper_keep_from(Paper *paper, guint from);

/* Gives every row its page and place; the number of pages. */
int paper_paginate(Paper *paper);
/* The whole document as PDF. NULL when cairo fails (no memory, a broken font). New. */
GByteArray *paper_draw(Paper *paper);
/* Adds to a PDF, as an incremental update (ISO 32000-1, 7.5.6), what cairo 1.16 cannot say: the
 * language of its text, that it is tagged, and that a viewer shows its title. `bytes` stay as they
 * are when the catalogue is not found as cairo writes it. */
void paper_add_catalogue(GByteArray *bytes, const char *language);
