/* cards.h: the unit's clients, opened in the session's memory: what is searched and what lists are
 * put in order by. On a server names and numbers are sealed, so that no statement can compare them;
 * so it is done here for a file too, and there is one way.
 *
 * Free text is never searched (förordning 2001:637, 15 §). Who may see whom is not known here: that
 * stays with the guard's statements (client_guard.h), which are asked about a page of ids at once.
 *
 * They lie in locked memory that is wiped with the session, are read when first needed, and those that
 * another program has changed anew. Not to be used any more after the next cards_of() or
 * cards_changed(). */
#pragma once

#include "base/idnumber.h"
#include "care/unit/session.h"

typedef struct Cards Cards;
typedef struct Card Card;

/* NULL with `error`. The session's. */
const Cards *cards_of(Session *session, GError **error);

/* Inside the transaction that has changed what is kept here of a client, or added or deleted one:
 * every program reads that client's card anew. 0: several, or what other cards of theirs said
 * (client_former): all of them. A transaction that is rolled back takes it back. */
gboolean cards_changed(Session *session, gint64 client_id, GError **error);
/* The same of one that was added, and is so: nothing is read again. */
typedef struct {
    gint64 id, support_worker_id, case_officer_id;
    const char *name, *number, *id_number;
    IdKind id_kind;
    Date birth_date;
    Sex sex;
    gboolean active, guarded; /* guarded: by a protection */
} NewCard;
gboolean cards_added(Session *session, const NewCard *added, GError **error);

/* In Swedish order of names, those of one name by id. */
guint cards_count(const Cards *cards);
const Card *cards_at(const Cards *cards, guint index);
/* NULL: there is none. */
const Card *cards_find(const Cards *cards, gint64 id);
/* Where the ones behind this name and id begin. */
guint cards_behind(const Cards *cards, const char *name, gint64 id);
/* For sorting lists of clients: the order of two ids; those who are not there come last. */
int cards_compare(const Cards *cards, gint64 one, gint64 other);
/* Whether another client, whose card was not merged, has the very same name. */
gboolean cards_are_alike(const Cards *cards, guint index);

gint64 card_id(const Card *card);
const char *card_name(const Card *card);
const char *card_number(const Card *card);    /* NULL: none */
const char *card_id_number(const Card *card); /* NULL: none */
IdKind card_id_kind(const Card *card);
Sex card_sex(const Card *card);
Date card_birth_date(const Card *card);    /* DATE_NONE: not known */
gint64 card_merged_into(const Card *card); /* 0: it stands by itself */
gboolean card_is_active(const Card *card);
gboolean card_is_protected(const Card *card);
gboolean card_is_assigned_to(const Card *card, gint64 staff_id);
gboolean card_are_alike(const Card *one, const Card *other); /* the very same name */
/* Whether a name of it, or of a card that was merged into it, is begun so (text_name_terms());
 * never of one that was merged itself. */
gboolean card_is_begun(const Card *card, const char *term);

typedef enum { CARD_NUMBER, CARD_ID_NUMBER, CARD_NUMBER_KINDS } CardNumber;

/* Those whose client or identity number this is, or with `former` was on a card that was merged
 * into theirs; but the client `but`. NULL: nobody, or `number` is NULL. */
const Card *cards_with_number(const Cards *cards, CardNumber kind, const char *number,
                              gboolean former, gint64 but);
/* Whether such a number, of today or former, begins so. */
gboolean card_number_begins(const Cards *cards, const Card *card, CardNumber kind,
                            const char *beginning);
