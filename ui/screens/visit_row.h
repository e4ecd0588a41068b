/* visit_row.h: a visit as one line of a list, and as a short detail beside or below it. */
#pragma once

#include "ui/app.h"

/* What a list of visits has beside time, name, age, length, form and outcome. */
typedef struct {
    gboolean day;   /* the visits are of several days */
    gboolean staff; /* of several persons */
} VisitRowShape;

/* As many columns as have room. The list's own mark lies to the left of `line`. */
void visit_row_draw(const VisitRowShape *shape, const Visit *visit, Area line, gboolean selected);
/* The headings above them, for the whole width of the list. */
void visit_row_headings(const VisitRowShape *shape, Area line);

/* Where list and detail lie in what is left of a screen: beside each other when it is wide, else
 * the detail below. Either may come out empty. */
void visit_detail_split(Area area, Area *list, Area *detail);
/* Name, age, phone, outcome, cause, own words, alternative, new time and note, as far as there is
 * room; nothing when `visit` is NULL. */
void visit_detail_draw(App *app, const Visit *visit, Area area);
