/* visit_page.h: what the pages for a single visit and for a series have in common: the client, the
 * rows for time, length, mode and who carries it out, and how keys, draft and drawing go. */
#pragma once

#include "care/visit/visit.h"
#include "ui/common/dialog.h"
#include "ui/common/edit_page.h"

typedef struct {
    gint64 client_id;
    ClientRow *client; /* client_glance() */
    Page fields;
    EditDraft draft;
    gboolean fresh; /* the focus has come to its row just now */
    /* The four rows of visit_rows_build(). */
    GPtrArray *staff; /* PickOption * */
    ChoiceOption modes[VISIT_MODE_COUNT];
    int time, length, mode, who; /* rows of the page, one after the other */
} VisitPage;

/* For Screen.enter: the page without rows. The screen adds its own, those of visit_rows_build() in
 * their place, and calls edit_draft_begin() last. FALSE with `error`. */
gboolean visit_page_init(App *app, VisitPage *page, gint64 client_id, GError **error);
/* Adds the four rows. The support worker is the one to carry it out, else a signed-in support
 * worker. FALSE with `error`. */
gboolean visit_rows_build(App *app, VisitPage *page, GError **error);
void visit_page_clear(VisitPage *page);
/* A key goes to the offered draft, else to the page, whose four rows are completed when they are
 * left. TRUE when taken; `*done` as from page_event(). */
gboolean visit_page_event(App *app, VisitPage *page, const Event *event, gboolean *done);
/* For Screen.save. */
void visit_page_save(App *app, VisitPage *page);
/* The heading, and below it `rows` of the page; `*summary` gets what is left under a rule. FALSE
 * when the offered draft stands there instead. */
gboolean visit_page_draw(VisitPage *page, Area area, const char *heading, int rows, Area *summary);

/* What the four rows say so far; -1, 0 where nothing is understood yet. */
int visit_page_start(VisitPage *page);
int visit_page_minutes(VisitPage *page);
VisitMode visit_page_mode(VisitPage *page);
gint64 visit_page_staff(VisitPage *page);

/* Puts a fault on each of them that cannot be used. */
void visit_rows_check(VisitPage *page);
void visit_rows_hint(VisitPage *page);
/* "10:00-11:00, home visit, Anna Berg"; what is not understood yet is left out. New. */
char *visit_page_text(VisitPage *page);

/* Asks whether to save although `warning` speaks against the time. */
void visit_page_ask(App *app, const char *warning, DialogAnswer *answer);

/* A date row: under it stands the day that is meant. `empty` for an empty row. */
Date visit_page_date(Page *page, int row);
void visit_page_date_hint(Page *page, int row, const char *empty);
