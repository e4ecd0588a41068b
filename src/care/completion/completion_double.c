/* completion_double.c: whether somebody whom a form is about has a card already. */
#include "care/completion/completion_double.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/client/cards.h"
#include "care/client/client_private.h"
#include "care/completion/completion_mapping_private.h"

static int by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* A name whatever the order of its words: "berg, anna" is "Anna Berg". New. */
static char *name_key(const char *name)
{
    g_auto(GStrv) words = text_fold_words(name);
    qsort(words, g_strv_length(words), sizeof *words, by_text);
    return g_strjoinv(" ", words);
}

/* Whoever comes here before who does not, then the older card. */
static gboolean comes_first(const Card *card, const Card *other)
{
    if (card_is_active(card) != card_is_active(other))
        return card_is_active(card);
    return card_id(card) < card_id(other);
}

/* The client born that day who is called so; 0: nobody. FALSE on error. */
static gboolean find_by_name(Session *session, const char *name, Date birth, gint64 *id,
                             GError **error)
{
    const Card *best = NULL;
    g_autofree char *key = name_key(name);
    const Cards *cards = cards_of(session, error);
    *id = 0;
    for (guint i = 0; cards != NULL && *key != '\0' && i < cards_count(cards); i++) {
        const Card *card = cards_at(cards, i);
        if (card_birth_date(card) != birth || (best != NULL && !comes_first(card, best)))
            continue;
        g_autofree char *theirs = name_key(card_name(card));
        if (strcmp(key, theirs) == 0)
            best = card;
    }
    if (best != NULL)
        *id = card_merged_into(best) != 0 ? card_merged_into(best) : card_id(best);
    return cards != NULL;
}

/* Whoever may not open the card of somebody with protected identity does not learn from a number,
 * or from a name and a day, whose they are. */
static ClientRow *told_of(Session *session, gint64 id, GError **error)
{
    ClientRow *row = client_glance(session, id, error);
    if (row != NULL && row->protection != PROTECTION_NONE && !client_may_open(session, id)) {
        g_clear_pointer(&row->name, g_free);
        g_clear_pointer(&row->number, g_free);
        row->birth_date = DATE_NONE;
    }
    return row;
}

ClientRow *completion_find_double(Session *session, const Form *form, const Answers *answers,
                                  GError **error)
{
    Date today = clock_today();
    g_autoptr(Mapping) mapping = mapping_new(form, answers, today);
    const char *number = mapping_text(mapping, "client.id_number");
    const char *name = mapping_text(mapping, "client.name");
    Date birth = mapping_date(mapping, "client.birth_date");
    gint64 found = 0;
    IdNumber id = {.birth = DATE_NONE};
    if (number != NULL && idnumber_parse(number, today, &id) &&
        !client_find(session, id.number, NULL, &found, error))
        return NULL;
    if (id.birth != DATE_NONE)
        birth = id.birth;
    if (found == 0 && name != NULL && birth != DATE_NONE &&
        !find_by_name(session, name, birth, &found, error))
        return NULL;
    return found != 0 ? told_of(session, found, error) : NULL;
}

const char *completion_double_hidden(void)
{
    return _("There may be a card for this person already, and it is protected. Ask the team lead "
             "before you go on.");
}
