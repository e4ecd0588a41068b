/* paper.h: a document on A4 as PDF: headings, paragraphs in any script, things to tick and lines to
 * write on. What is put in comes out in that order; nothing is drawn before paper_write().
 *
 * Two sizes of print. Large print (18 points, for low vision) is left aligned with a ragged right
 * edge, with wide leading, black alone, no italics and nothing smaller than 16 points; the ordinary
 * size (11 points; 10 of a form to fill in) has no italics either. A heading never stands last on a
 * page, a question never without its first choice, and a paragraph leaves no single line behind.
 *
 * The PDF is tagged (headings, paragraphs, lists), has its headings as an outline and tells its
 * language, so that a screen reader can read it. Its metadata hold the title, the language, the day
 * and the program's name, nothing else.
 *
 * All texts are UTF-8 in the document's language and are cleaned (text_clean); NULL is as "". */
#pragma once

#include "base/date.h"
#include "base/error.h"

typedef struct {
    const char *title; /* stands in the metadata and at each page's foot: never a person's name */
    const char *language; /* "sv", "en", "fi" */
    gboolean large;
    gboolean
        form; /* to be filled in by hand: smaller, so that it takes fewer sheets; not of `large` */
    const char *unit; /* at each page's head; NULL: none */
    const char
        *person; /* whom it is about: at each page's foot, never in the metadata; NULL: none */
    gboolean unfinished; /* says so at each page's head: it must not be taken for what was agreed */
    Date date;           /* at each page's head, and in the metadata; DATE_NONE: none */
} PaperHead;

typedef struct Paper Paper;
/* ERROR_NOT_FOUND when the computer has no font at all. `head` need not outlive the call. */
Paper *paper_new(const PaperHead *head, GError **error);
void paper_free(Paper *paper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Paper, paper_free)
const char *paper_language(const Paper *paper);
gboolean paper_is_large(const Paper *paper);

/* --- text --- */

/* Level 1 (the document's title) to 3. */
void paper_heading(Paper *paper, int level, const char *text);
/* Paragraphs: a line break begins a new one. */
void paper_text(Paper *paper, const char *text);
/* A hint or an instruction: a little smaller. */
void paper_note(Paper *paper, const char *text);
void paper_strong(Paper *paper, const char *text);
/* A person's own words: with a bar at the left edge. */
void paper_quote(Paper *paper, const char *text);
/* "Day: Saturday 21 November 2026", the label in a column of its own; above the value in large
 * print. */
void paper_value(Paper *paper, const char *label, const char *value);
/* The same where there is one: NULL, "" and DATE_NONE leave it out. */
void paper_value_if_any(Paper *paper, const char *label, const char *value);
void paper_day_if_any(Paper *paper, const char *label, Date day);
void paper_bullet(Paper *paper, const char *text);
/* A numbered point or question: the number (0: none) hangs at the left, the text is bold. */
void paper_question(Paper *paper, int number, const char *text);
void paper_point(Paper *paper, int number, const char *text); /* the same, not bold */

/* --- charts --- */

typedef struct {
    gsize point; /* from 0 */
    const char *text;
} PaperMark;
typedef struct {
    const double *values;     /* `count`, none under 0; NAN: no point, and no line across it */
    const char *const *names; /* `count`, along the foot: as many as have room */
    gsize count;
    double centre;               /* a dashed line; NAN: none */
    double target;               /* a double line; NAN: none */
    const char *centre_label, *target_label; /* beside their lines; NULL: none */
    const double *lower, *upper; /* `count` each, dashed; NULL: none */
    const PaperMark *marks;      /* dated changes: an upright dashed line with its text */
    gsize mark_count;
    gboolean share; /* the values are shares, written as percent */
} PaperChart;
/* A line from point to point from 0 up, as vectors. A screen reader finds a figure with the texts
 * of its axes; what it says stands as text of its own below, where everybody has it. */
void paper_chart(Paper *paper, const PaperChart *chart);
/* A bar of `share` (0-1) of the longest there can be, with a label before and a value behind it.
 * Bars that follow each other are a list. */
void paper_bar(Paper *paper, const char *label, double share, const char *value);
/* The same with what it was before below it as a thinner bar, and the value of both. */
void paper_bar_pair(Paper *paper, const char *label, double share, double before,
                    const char *value);

/* --- to fill in by hand --- */

/* Boxes to tick with their texts, beside each other in as many columns as fit, read row by row.
 * Each is an item of a list to a screen reader. `count` may be 0. */
void paper_ticks(Paper *paper, const char *const *texts, int count);
/* Boxes in one row with the texts below, evenly spread; as paper_ticks() where it is too narrow. */
void paper_scale(Paper *paper, const char *const *texts, int count);
/* Lines to write on, a hand's height apart. */
void paper_lines(Paper *paper, int count);
/* A label with one line to write on. */
void paper_label_line(Paper *paper, const char *label);
typedef enum { PAPER_DATE, PAPER_TIME, PAPER_NUMBER } PaperBoxes;
/* Boxes for digits, `hint` ("year, month, day") beside them. */
void paper_boxes(Paper *paper, PaperBoxes boxes, const char *hint);
/* A line for a signature and one for the day, with `who` above and the captions below them. */
void paper_signature(Paper *paper, const char *who, const char *name, const char *day);

/* --- the whole --- */

/* What follows stands `steps` indents in (0: at the margin; 1: under a question's text). */
void paper_indent(Paper *paper, int steps);
/* What follows stands in two columns, from here to the end of each page and again from its top, or
 * again over the whole width. Only of a `form`; else nothing changes. */
void paper_columns(Paper *paper, gboolean begin);
/* What was put last stays on the page, and in the column, of what comes next. */
void paper_keep(Paper *paper);
/* What comes next begins a new page. */
void paper_break(Paper *paper);
int paper_pages(Paper *paper);

/* Writes the PDF to a file of its own in the folder of `path`, readable by its owner alone, syncs
 * it, and gives it its name. ERROR_EXISTS where there is such a file and `replace` is FALSE;
 * ERROR_READONLY, ERROR_FULL, ERROR_NOT_FOUND (no such folder) and ERROR_IO as the disk says;
 * ERROR_INPUT when no font on the computer can write a letter of the text. Nothing is left then. */
gboolean paper_write(Paper *paper, const char *path, gboolean replace, GError **error);
