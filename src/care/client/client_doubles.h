/* client_doubles.h: two cards that may be one person's, to be looked at by somebody and merged
 * (client_merge.h), or said to be two. Nothing is ever merged by itself. */
#pragma once

#include "care/client/client.h"

typedef enum {
    DOUBLE_NUMBER,  /* one has the other's identity number, written otherwise, as its client number */
    DOUBLE_NAME,    /* called alike, born the same day */
    DOUBLE_REPLACED /* born the same day, a name in common, one with a samordningsnummer and one with a
                     * personnummer: who is registered gets the second instead of the first (2 kap. lag
                     * 2022:1697) */
} DoubleWhy;

typedef struct {
    ClientRow *row[2]; /* the older card first */
    DoubleWhy why;
} Doubles;
void doubles_free(Doubles *doubles);
/* "called alike and born the same day"; translated, static. */
const char *double_why_words(DoubleWhy why);
const char *double_why_code(DoubleWhy why);

/* By name in Swedish order; of those nobody has said are two. None is told of to somebody who may not open
 * both. Array of Doubles *; NULL with `error`. PERMIT_CLIENT_EDIT. */
GPtrArray *client_doubles(Session *session, GError **error);
/* A sentence for the list of what is to be done; NULL: nothing, or not for the signed-in person. New. */
char *client_doubles_wait(Session *session);

/* Says that they are two persons: they are shown no more. In the log ("apart" of "client").
 * PERMIT_CLIENT_EDIT and the right to open both; ERROR_INPUT where it is the same card. */
gboolean client_say_apart(Session *session, gint64 one_id, gint64 other_id, GError **error);
