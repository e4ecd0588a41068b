/* visit_plan.h: what the pages for a single visit and for a series have in common: the client, the
 * rows for time, length, form and who carries it out, and how keys, draft and drawing go. */
#pragma once

#include "care/visit/visit.h"
#include "ui/common/edit_page.h"

typedef struct {
    gint64 client_id;
    ClientRow *client; /* client_glance() */
    FormPage page;
    EditDraft draft;
    gboolean fresh; /* the focus has come to its row just now */
    /* The four rows of plan_rows_build(). */
    GPtrArray *staff; /* PickOption * */
    ChoiceOption forms[FORM_COUNT];
    int time, length, form, who; /* rows of the page */
} PlanPage;

/* For Screen.enter: the page without rows. The screen adds its own, those of plan_rows_build() in
 * their place, and calls edit_draft_begin() last. FALSE with `error`. */
gboolean plan_page_init(App *app, PlanPage *plan, gint64 client_id, GError **error);
/* Adds the four rows. The support worker is the one to carry it out, else a signed-in support
 * worker. FALSE with `error`. */
gboolean plan_rows_build(App *app, PlanPage *plan, GError **error);
void plan_page_clear(PlanPage *plan);
/* A key goes to the offered draft, else to the page, whose four rows are completed when they are
 * left. TRUE when taken; `*done` as from form_page_event(). */
gboolean plan_page_event(App *app, PlanPage *plan, const Event *event, gboolean *done);
/* For Screen.save. */
void plan_page_save(App *app, PlanPage *plan);
/* The heading, and below it `rows` of the page; `*summary` gets what is left under a rule. FALSE
 * when the offered draft stands there instead. */
gboolean plan_page_draw(PlanPage *plan, Area area, const char *heading, int rows, Area *summary);

/* What the four rows say so far; -1, 0 where nothing is understood yet. */
int plan_start(PlanPage *plan);
int plan_minutes(PlanPage *plan);
VisitForm plan_form(PlanPage *plan);
gint64 plan_staff(PlanPage *plan);

/* Puts a fault on each of them that cannot be used. */
void plan_rows_check(PlanPage *plan);
void plan_rows_hint(PlanPage *plan);
/* "10:00-11:00, home visit, Anna Berg"; what is not understood yet is left out. New. */
char *plan_text(PlanPage *plan);

/* A date row: under it stands the day that is meant. `empty` for an empty row. */
Date plan_date(FormPage *page, int row);
void plan_date_hint(FormPage *page, int row, const char *empty);
