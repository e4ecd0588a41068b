/* client_private.h: the state of a client's card, for client.c, client_draw.c, client_at_hand.c and
 * client_visits.c. */
#pragma once

#include "care/client/client.h"
#include "care/client/dispute.h"
#include "care/client/plan.h"
#include "care/visit/series.h"
#include "ui/app.h"
#include "ui/widgets/list.h"

typedef struct {
    App *app;
    gint64 id;
    Client *client;    /* NULL when it may no longer be opened */
    GPtrArray *series; /* Series *, ended ones left out */
    GPtrArray *staff;  /* PickOption *, for names */
    Plan *plan;        /* what is agreed for a hard day; NULL: nothing */
    GPtrArray *disputes; /* Dispute *: what the client says is wrong */
    char *grounds;     /* decision and consents in force, in a line; NULL: none */
    char *closed;      /* why and when the help ended, in a line; NULL: it goes on */
    char *away;        /* when and why the client is away, now or next; NULL */
    char *risk;        /* that there is a note on risk to be read; NULL */
    List *visits;
    gint64 coming, past;   /* how many */
    gboolean show_address; /* of a protected client: it was asked for */
    gboolean stale;        /* the page for its details has been open */
    gint64 ending;         /* the series whose last day, or other worker, is asked for */
    Date handing;          /* from when another worker has it */
} ClientState;

/* "Monday every week 10:00-11:00, phone call, Anna Berg, until 2026-12-24". New. */
char *client_series_text(const ClientState *state, const Series *series);
/* The card on top is read anew: what lies above it has changed it. */
void client_card_is_stale(App *app);
void client_draw(App *app, void *state, Area area);
/* Of client_at_hand.c: plan and grounds, fetched anew; FALSE with `error`. */
gboolean client_fetch_at_hand(ClientState *state, GError **error);
void client_clear_at_hand(ClientState *state);
/* A line for each that there is, in at most `rows`. Returns the rows it took. */
int client_draw_at_hand(const ClientState *state, Area area, int labels, int rows);
/* Of client_visits.c: heading, list, and the visit that the cursor is on. */
void client_draw_visits(App *app, ClientState *state, Area area);
/* Of the list of visits. */
void client_draw_visit(void *state, gconstpointer visit, Area line, gboolean selected);
