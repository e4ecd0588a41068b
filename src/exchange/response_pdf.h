/* response_pdf.h: what has been answered in one response as readable text on paper: a
 * handlingsplan, an interview, any form. */
#pragma once

#include "form/answers.h"

typedef struct {
    const char *client;                    /* name; NULL: left out */
    const char *id_number;                 /* as it is to be printed; NULL: left out */
    const char *unit, *staff, *respondent; /* NULL: left out */
    const GPtrArray *disputes; /* Dispute *: what the client says is wrong, in anything. NULL: nothing */
    gint64 response_id;        /* by which those of this one are found there */
    Date today;                            /* at each page's head, and for {today} */
    gboolean protected_identity;           /* neither number nor address is printed */
    gboolean signatures; /* lines for the client and the staff at the end, once it is finished */
    gboolean unfinished; /* says so on each page; nobody signs what may still change */
} ResponsePaperAbout;

/* Writes the questions that apply and have an answer (or a note), in the form's order, under their
 * sections, each with its answer, and below it what the client says is wrong in it; own words apart
 * with a bar; "vet ej" and its like in words. What has fallen away or has not been answered is left
 * out, but for what is said of it. `answers` are as flow_new() takes them.
 * A file that is there already is never overwritten. Errors as paper_new() and paper_write(). */
gboolean response_pdf_write(const Form *form, Answers *answers, const ResponsePaperAbout *about,
                            const char *language, gboolean large, const char *path, GError **error);
