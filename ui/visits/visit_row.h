/* visit_row.h: a visit as one line of a list. What a step of the cursor changes goes over a slow
 * line: only day, time and name are highlit, and in a wide window the lines themselves say why and
 * in whose words. Only in a narrow one does a detail below the list say so of the chosen visit. */
#pragma once

#include "care/visit/visit.h"
#include "ui/app.h"

/* Columns of an area from which the lines say it all. */
#define VISIT_ROW_WIDE 104

/* What a list of visits has beside time, name, age, length, mode, outcome and its reasons. */
typedef struct {
    Session *session;
    gboolean day;       /* the visits are of several days */
    gboolean staff;     /* of several persons */
    gboolean phone;     /* somebody will be called */
    gboolean one_cause; /* all have the same, so that it need not be said */
} VisitRowShape;

/* As many columns as have room. The list's own mark lies to the left of `line`. */
void visit_row_draw(const VisitRowShape *shape, const Visit *visit, Area line, gboolean selected);
/* Where its name ends, for ListClass. */
int visit_row_highlit(const VisitRowShape *shape, int columns);
/* The headings above them, for the whole width of the list. */
void visit_row_headings(const VisitRowShape *shape, Area line);

/* Where list and detail lie in what is left of a screen, with a rule between them. The detail comes
 * out empty in a wide window and in a very low one. */
void visit_detail_split(Area area, Area *list, Area *detail);
/* Phone, outcome, cause, own words, alternative, new time, what was planned and note, as far as
 * there is room; nothing when `visit` is NULL. */
void visit_detail_draw(App *app, const Visit *visit, Area area);
