/* visit_row.h: a visit as one line of a list, and whole beside or below it. What a step of the
 * cursor changes goes over a slow line: only day, time and name are highlit. */
#pragma once

#include "care/visit/visit.h"
#include "ui/app.h"
#include "ui/widgets/detail.h"

/* Of detail_split(): rows below a list of visits. */
#define VISIT_DETAIL_ROWS 6

/* What a list of visits has beside time, name, age, length, mode, outcome and its reasons. */
typedef struct {
    Session *session;
    gboolean day;       /* the visits are of several days */
    gboolean staff;     /* of several persons */
    gboolean phone;     /* somebody will be called; without it one looks for why */
    gboolean one_cause; /* all have the same, so that it need not be said */
} VisitRowShape;

/* As many columns as have room. The list's own mark lies to the left of `line`. */
void visit_row_draw(const VisitRowShape *shape, const Visit *visit, Area line, gboolean selected);
/* Where its name ends, for ListClass. */
int visit_row_highlit(const VisitRowShape *shape, int columns);
/* The headings above them, for the whole width of the list. */
void visit_row_headings(const VisitRowShape *shape, Area line);

/* Phone, outcome, cause, own words, alternative, new time, what was planned and note, as far as
 * there is room; nothing when `visit` is NULL. */
void visit_detail_draw(App *app, const Visit *visit, Area area);
/* Who goes along. New; NULL: nobody. */
char *visit_second_text(App *app, const Visit *visit);
