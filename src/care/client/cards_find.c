/* cards_find.c: the cards in order of names and of ids, and by number. */
#include <string.h>

#include "base/text.h"
#include "care/client/cards_private.h"

/* --- order ------------------------------------------------------------------------------------ */

static int compare_keys(const guint8 *one, gsize length, gint64 id, const Card *other)
{
    const int order = memcmp(one, other->text + other->key, MIN(length, (gsize)other->key_length));
    if (order != 0)
        return order;
    if (length != other->key_length)
        return length < other->key_length ? -1 : 1;
    return (id > other->id) - (id < other->id);
}

static int compare_cards(const Card *one, const Card *other)
{
    return compare_keys((const guint8 *)one->text + one->key, one->key_length, one->id, other);
}

static gint by_name(gconstpointer left, gconstpointer right)
{
    return compare_cards(*(const Card *const *)left, *(const Card *const *)right);
}

/* Where a key and an id would stand, behind those before or equal to it. */
static guint place_by_name(const Cards *cards, const guint8 *key, gsize length, gint64 id)
{
    guint from = 0, to = cards->by_name->len;
    while (from < to) {
        const guint middle = from + (to - from) / 2;
        if (compare_keys(key, length, id, cards->by_name->pdata[middle]) >= 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* Where the first one stands whose id is not below this. */
static guint place_by_id(const Cards *cards, gint64 id)
{
    guint from = 0, to = cards->by_id->len;
    while (from < to) {
        const guint middle = from + (to - from) / 2;
        if (((const Card *)cards->by_id->pdata[middle])->id < id)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

guint cards_count(const Cards *cards)
{
    return cards->by_name->len;
}

const Card *cards_at(const Cards *cards, guint index)
{
    return cards->by_name->pdata[index];
}

const Card *cards_find(const Cards *cards, gint64 id)
{
    const guint at = place_by_id(cards, id);
    const Card *card = at < cards->by_id->len ? cards->by_id->pdata[at] : NULL;
    return card != NULL && card->id == id ? card : NULL;
}

guint cards_behind(const Cards *cards, const char *name, gint64 id)
{
    gsize length;
    g_autoptr(GBytes) key = text_sort_key(name);
    const guint8 *bytes = g_bytes_get_data(key, &length);
    return place_by_name(cards, bytes, length, id);
}

int cards_compare(const Cards *cards, gint64 one, gint64 other)
{
    const Card *a = cards_find(cards, one), *b = cards_find(cards, other);
    if (a != NULL && b != NULL)
        return compare_cards(a, b);
    return (a == NULL) - (b == NULL);
}

gboolean cards_are_alike(const Cards *cards, guint index)
{
    const Card *card = cards_at(cards, index);
    for (guint i = index; i > 0 && card_are_alike(cards_at(cards, i - 1), card); i--)
        if (cards_at(cards, i - 1)->merged_into == 0)
            return TRUE;
    for (guint i = index + 1; i < cards_count(cards) && card_are_alike(cards_at(cards, i), card);
         i++)
        if (cards_at(cards, i)->merged_into == 0)
            return TRUE;
    return FALSE;
}

/* --- numbers ---------------------------------------------------------------------------------- */

static guint32 hash_of(const char *number)
{
    return number != NULL ? MAX(g_str_hash(number), 1) : 0;
}

static Hashes *hashes_from(const Cards *cards, guint at)
{
    return (Hashes *)(void *)cards->hashes->bytes + at;
}

/* Among those of `by_id`, which `card` is not one of yet. */
static void put_in_hashes(Cards *cards, guint at, const Card *card)
{
    const gsize had = cards->by_id->len * sizeof(Hashes);
    if (had + sizeof(Hashes) > cards->hashes->length) {
        Secret *more = secret_new(cards->hashes->length * 2);
        memcpy(more->bytes, cards->hashes->bytes, had);
        secret_free(cards->hashes);
        cards->hashes = more;
    }
    Hashes *here = hashes_from(cards, at);
    memmove(here + 1, here, had - at * sizeof *here);
    *here = (Hashes){{hash_of(card_number(card)), hash_of(card_id_number(card))}};
}

static void take_from_hashes(Cards *cards, guint at)
{
    Hashes *here = hashes_from(cards, at);
    memmove(here, here + 1, (cards->by_id->len - at - 1) * sizeof *here);
}

static const char *number_of(const Card *card, CardNumber kind)
{
    return kind == CARD_NUMBER ? card_number(card) : card_id_number(card);
}

static const Card *with_former(const Cards *cards, CardNumber kind, const char *number, gint64 but)
{
    for (guint i = 0; i < cards->former->len; i++) {
        const Former *former = cards->former->pdata[i];
        if (former->kind == kind && former->client_id != but && g_str_equal(former->text, number))
            return cards_find(cards, former->client_id);
    }
    return NULL;
}

const Card *cards_with_number(const Cards *cards, CardNumber kind, const char *number,
                              gboolean former, gint64 but)
{
    if (number == NULL)
        return NULL;
    if (former)
        return with_former(cards, kind, number, but);
    const guint32 hash = hash_of(number);
    const Hashes *hashes = hashes_from(cards, 0);
    for (guint i = 0; i < cards->by_id->len; i++) {
        const Card *card = cards->by_id->pdata[i];
        if (hashes[i].of[kind] == hash && card->id != but &&
            g_str_equal(number_of(card, kind), number))
            return card;
    }
    return NULL;
}

gboolean card_number_begins(const Cards *cards, const Card *card, CardNumber kind,
                            const char *beginning)
{
    const char *number = number_of(card, kind);
    if (number != NULL && g_str_has_prefix(number, beginning))
        return TRUE;
    for (guint i = 0; card->former && i < cards->former->len; i++) {
        const Former *former = cards->former->pdata[i];
        if (former->client_id == card->id && former->kind == kind &&
            g_str_has_prefix(former->text, beginning))
            return TRUE;
    }
    return FALSE;
}

/* --- put in and taken away -------------------------------------------------------------------- */

void cards_append(Cards *cards, Card *card)
{
    put_in_hashes(cards, cards->by_id->len, card);
    g_ptr_array_add(cards->by_id, card);
    g_ptr_array_add(cards->by_name, card);
}

void cards_sort(Cards *cards)
{
    g_ptr_array_sort(cards->by_name, by_name);
}

void cards_take_away(Cards *cards, gint64 id)
{
    const Card *card = cards_find(cards, id);
    if (card == NULL)
        return;
    const guint at = place_by_id(cards, id);
    const guint behind =
        place_by_name(cards, (const guint8 *)card->text + card->key, card->key_length, card->id);
    take_from_hashes(cards, at);
    g_ptr_array_remove_index(cards->by_id, at);
    g_ptr_array_remove_index(cards->by_name, behind - 1);
}

void cards_put_in(Cards *cards, Card *card)
{
    const guint at = place_by_id(cards, card->id);
    const guint place =
        place_by_name(cards, (const guint8 *)card->text + card->key, card->key_length, card->id);
    put_in_hashes(cards, at, card);
    g_ptr_array_insert(cards->by_id, (gint)at, card);
    g_ptr_array_insert(cards->by_name, (gint)place, card);
}

void cards_mark_former(Cards *cards)
{
    for (guint i = 0; i < cards->former->len; i++) {
        const Former *former = cards->former->pdata[i];
        const guint at = place_by_id(cards, former->client_id);
        Card *card = at < cards->by_id->len ? cards->by_id->pdata[at] : NULL;
        if (card != NULL && card->id == former->client_id)
            card->former = TRUE;
    }
}
