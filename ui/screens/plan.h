/* plan.h: what the pages for a single visit and for a series have in common: time, length, form and
 * who carries it out. */
#pragma once

#include "care/visit.h"
#include "ui/screens/edit_page.h"

typedef struct {
    GPtrArray *staff; /* PickOption * */
    ChoiceOption forms[FORM_COUNT];
    int time, length, form, who; /* rows of the page */
} PlanRows;

/* The client to plan for; client_glance(). The support worker is the one to carry it out, else a
 * signed-in support worker. Adds the four rows. FALSE with `error`. */
gboolean plan_rows_build(App *app, PlanRows *rows, FormPage *page, const ClientRow *client,
                         GError **error);
void plan_rows_clear(PlanRows *rows);

/* What they say so far; -1, 0 where nothing is understood yet. */
int plan_start(const PlanRows *rows, FormPage *page);
int plan_minutes(const PlanRows *rows, FormPage *page);
VisitForm plan_form(const PlanRows *rows, FormPage *page);
gint64 plan_staff(const PlanRows *rows, FormPage *page);

/* Puts a fault on each of the rows that cannot be used. */
void plan_rows_check(const PlanRows *rows, FormPage *page);
void plan_rows_hint(const PlanRows *rows, FormPage *page);
/* When the focus leaves `row`. */
void plan_row_complete(const PlanRows *rows, FormPage *page, int row);
/* "10:00-11:00, home visit, Anna Berg"; what is not understood yet is left out. New. */
char *plan_text(const PlanRows *rows, FormPage *page);

/* A date row: under it stands the day that is meant. `empty` for an empty row. */
Date plan_date(FormPage *page, int row);
void plan_date_hint(FormPage *page, int row, const char *empty);
