/* page.h: a page of rows as lines: what the full screen has as a page of fields (a visit, a series,
 * a client, a placement). The rows are asked for one after the other, read once more and then
 * saved. What has been answered is kept as the page's own draft (draft_rows.h) after each row, so
 * that it is gone on with after a kill, here or on the full screen. */
#pragma once

#include "care/unit/draft_rows.h"
#include "cmd/plain/lines.h"

typedef struct {
    const char *label;          /* translated */
    const char *help;           /* translated: what to type; NULL */
    const char *const *options; /* of a choice: translated, in the order of their values; NULL */
    int count;                  /* of them */
    int first;                  /* the value of the first one */
    gboolean hyphen;            /* "-" is an answer; else it empties the row */
    gboolean day;               /* a day, in any words: kept as it is written in full */
} PlainRow;

typedef struct PlainPage PlainPage;
struct PlainPage {
    Plain *plain;
    const char *title; /* translated: what it is, and about whom */
    const PlainRow *rows;
    guint count;
    char **values; /* as draft_rows.h has them; owned */
    char **base;   /* what they were filled from; owned, NULL: something new */
    gint64 version;
    DraftKept kept;  /* kind and ref_id are the caller's */
    gboolean is_new; /* begins with each row in turn, not with all of them read */
    void *data;      /* the caller's */
    /* What cannot be used of each of `values`, and what to do: translated, NULL: nothing. */
    void (*check)(PlainPage *page, char *const *values, const char **faults);
    /* Instead of that: of `text` on a row. New. */
    char *(*fault)(PlainPage *page, guint row, const char *text);
    /* What is meant by it in full, where it is no day, to be said and kept in its place; NULL: just
     * that. New. */
    char *(*meant)(PlainPage *page, guint row, const char *text);
    /* What follows of all rows, in words; may be NULL. */
    void (*say)(PlainPage *page);
    /* Saves the values, asking what is to be asked first. TRUE when it is done; else it has been
     * said why not, and nothing is lost. */
    gboolean (*save)(PlainPage *page);
};

/* What `check` says of a row when `text` stood in it; for a `fault` that knows of an exception.
 * New. */
char *plain_page_fault(PlainPage *page, guint row, const char *text);
/* Walks the page to its end. TRUE when it was saved. */
gboolean plain_page(PlainPage *page);
/* Somebody else has saved it meanwhile: `theirs` (taken) are its rows now. What only they have
 * changed is taken over; of what both have, `mine` stays and theirs is said. */
void plain_page_merge(PlainPage *page, char **theirs, gint64 version);
void plain_page_clear(PlainPage *page);
