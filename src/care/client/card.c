/* card.c: what one card says. */
#include <string.h>

#include "care/client/cards_private.h"

gint64 card_id(const Card *card)
{
    return card->id;
}

const char *card_name(const Card *card)
{
    return card->text;
}

const char *card_number(const Card *card)
{
    return card->number != 0 ? card->text + card->number : NULL;
}

const char *card_id_number(const Card *card)
{
    return card->id_number != 0 ? card->text + card->id_number : NULL;
}

IdKind card_id_kind(const Card *card)
{
    return (IdKind)card->id_kind;
}

Date card_birth_date(const Card *card)
{
    return card->birth_date;
}

Sex card_sex(const Card *card)
{
    return (Sex)card->sex;
}

gint64 card_merged_into(const Card *card)
{
    return card->merged_into;
}

gboolean card_is_active(const Card *card)
{
    return card->active;
}

gboolean card_is_protected(const Card *card)
{
    return card->guarded;
}

gboolean card_is_assigned_to(const Card *card, gint64 staff_id)
{
    return staff_id != 0 &&
           (card->support_worker_id == staff_id || card->case_officer_id == staff_id);
}

gboolean card_are_alike(const Card *one, const Card *other)
{
    return one->key_length == other->key_length &&
           memcmp(one->text + one->key, other->text + other->key, one->key_length) == 0;
}

static gboolean begins(const char *text, const char *beginning)
{
    while (*beginning != '\0' && *text == *beginning) {
        text++;
        beginning++;
    }
    return *beginning == '\0';
}

gboolean card_is_begun(const Card *card, const char *term)
{
    if ((card->firsts & bit_of(term)) == 0)
        return FALSE;
    for (const char *one = card->text + card->beginnings; *one != '\0'; one += strlen(one) + 1)
        if (begins(one, term))
            return TRUE;
    return FALSE;
}
