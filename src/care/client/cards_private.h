/* cards_private.h: the cards as they lie in memory. For cards.c, which reads them,
 * cards_find.c, which keeps them in order, and card.c, which tells what one says. */
#pragma once

#include "base/secret.h"
#include "care/client/cards.h"

/* A client. The texts stand one behind the other in `text`, each with its NUL: the name, then those
 * whose places are noted. */
struct Card {
    gint64 id, merged_into, support_worker_id, case_officer_id;
    guint64
        firsts; /* bit_of() of what the beginnings begin with: most cards need no further look */
    Date birth_date;
    guint32 number, id_number; /* 0: none */
    guint32 beginnings, key, key_length;
    guint8 id_kind, sex, active, guarded, former;
    char text[];
};

/* What a client had for a number on a card that was merged. */
typedef struct {
    gint64 client_id;
    CardNumber kind;
    char text[];
} Former;

/* Of the numbers of the card at the same place of `by_id`; 0: none. */
typedef struct {
    guint32 of[CARD_NUMBER_KINDS];
} Hashes;

struct Cards {
    char *marks;                /* META_CARDS of when they were read; NULL: none yet */
    gsize turn;                 /* db_turn() in which it was looked at or written last */
    GArray *changed;            /* gint64: to be read anew */
    guint again;                /* how many were, since all were */
    GPtrArray *blocks;          /* Secret: where all of it lies */
    gsize left;                 /* of the last one, at its end */
    GPtrArray *by_name, *by_id; /* const Card * */
    GPtrArray *former;          /* const Former *, by client */
    Secret *hashes;             /* Hashes; with room for more */
};

/* Of the first byte of a text. */
static inline guint64 bit_of(const char *text)
{
    return (guint64)1 << ((guchar)*text & 63);
}

/* Behind the last by id; in order of names after cards_sort(). */
void cards_append(Cards *cards, Card *card);
void cards_sort(Cards *cards);
/* One more, in its place; and one less, where it is there. */
void cards_put_in(Cards *cards, Card *card);
void cards_take_away(Cards *cards, gint64 id);
/* Tells those of whom there are former numbers. */
void cards_mark_former(Cards *cards);
