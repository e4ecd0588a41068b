/* client_find.c: who has a number or a name, for reading files in and for cards that are written.
 */
#include "care/client/cards.h"
#include "care/client/client_private.h"
#include "care/unit/id_page.h"

gboolean client_find(Session *session, const char *id_number, const char *number, gint64 *id,
                     GError **error)
{
    *id = 0;
    const Cards *cards = cards_of(session, error);
    if (cards == NULL)
        return FALSE;
    const Card *found = cards_with_number(cards, CARD_ID_NUMBER, id_number, FALSE, 0);
    if (found == NULL)
        found = cards_with_number(cards, CARD_ID_NUMBER, id_number, TRUE, 0);
    if (found == NULL)
        found = cards_with_number(cards, CARD_NUMBER, number, FALSE, 0);
    if (found == NULL)
        found = cards_with_number(cards, CARD_NUMBER, number, TRUE, 0);
    if (found != NULL)
        *id = card_id(found);
    return TRUE;
}

GPtrArray *client_former(Session *session, gint64 id, const char *kind, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 "SELECT value, id FROM client_former WHERE client_id = :id AND kind = :kind"
                 " ORDER BY id",
                 DB_PARAMS(DB_INT("id", id), DB_TEXT("kind", kind)), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(names, g_strdup(db_text(rows, 0)));
    return step == DB_STEP_DONE ? g_steal_pointer(&names) : NULL;
}

/* Of a card that was merged the number is taken away; whether it had one is told there. */
static gboolean had_number(Session *session, gint64 id, gboolean *had, GError **error)
{
    gint64 found = 0;
    gboolean read =
        db_get_int(session_db(session),
                   "SELECT COUNT(*) FROM client_merge m WHERE m.closed_id = :id"
                   " AND m.undone_ms IS NULL"
                   " AND (m.closed_number IS NOT NULL OR m.closed_id_number IS NOT NULL)",
                   DB_PARAMS(DB_INT("id", id)), 0, &found, error);
    *had = found > 0;
    return read;
}

static gboolean is_unnumbered(const Card *card, const char *name, Date birth)
{
    return card_number(card) == NULL && card_id_number(card) == NULL &&
           card_birth_date(card) == birth && g_str_equal(card_name(card), name);
}

/* Of several the one whose card is oldest. */
gboolean client_find_unnumbered(Session *session, const char *name, Date birth, gint64 *id,
                                GError **error)
{
    gint64 oldest = G_MAXINT64;
    *id = 0;
    const Cards *cards = cards_of(session, error);
    if (cards == NULL)
        return FALSE;
    const guint first = cards_behind(cards, name, 0);
    for (guint i = first; i < cards_count(cards); i++) {
        gboolean had = FALSE;
        const Card *card = cards_at(cards, i);
        if (!card_are_alike(card, cards_at(cards, first)))
            break;
        if (card_id(card) > oldest || !is_unnumbered(card, name, birth))
            continue;
        if (card_merged_into(card) != 0 && !had_number(session, card_id(card), &had, error))
            return FALSE;
        if (had)
            continue;
        oldest = card_id(card);
        *id = card_merged_into(card) != 0 ? card_merged_into(card) : card_id(card);
    }
    return TRUE;
}

gboolean client_find_holder(Session *session, const Client *client, gint64 *id, const char **number,
                            char **name, GError **error)
{
    *id = 0;
    const Cards *cards = cards_of(session, error);
    if (cards == NULL)
        return FALSE;
    const Card *found = NULL;
    *number = client->id_number;
    for (int former = 0; found == NULL && former <= 1; former++)
        found = cards_with_number(cards, CARD_ID_NUMBER, client->id_number, former, client->id);
    if (found == NULL)
        *number = client->number;
    for (int former = 0; found == NULL && former <= 1; former++)
        found = cards_with_number(cards, CARD_NUMBER, client->number, former, client->id);
    if (found != NULL) {
        *id = card_id(found);
        *name = g_strdup(card_name(found));
    }
    return TRUE;
}
