/* client_drafts.c: drafts that tell of a client. What is typed is sealed where a server keeps the
 * unit, so it is looked through here. */
#include "care/client/client_drafts.h"

#include <string.h>

#include "care/client/cards.h"
#include "care/client/client_private.h"

typedef struct {
    gint64 staff_id, ref_id;
    char *kind, *body;
} Typed;

static void typed_clear(gpointer data)
{
    Typed *typed = data;
    g_free(typed->kind);
    g_free(typed->body);
}

static GArray *read_typed(Session *session, GError **error)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Typed));
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 "SELECT staff_id, kind, ref_id, body FROM draft"
                 " WHERE kind IN ('task', 'group-members', 'call-request')",
                 NULL, error);
    DbStep step = DB_STEP_ERROR;
    g_array_set_clear_func(all, typed_clear);
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const Typed typed = {db_int(rows, 0), db_int(rows, 2), g_strdup(db_text(rows, 1)),
                             g_strdup(db_text(rows, 3))};
        g_array_append_val(all, typed);
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

/* As a row of a page is kept: between quotation marks. */
static gboolean has_row(const char *body, const char *text)
{
    g_autofree char *row = text != NULL ? g_strdup_printf("\"%s\"", text) : NULL;
    return row != NULL && strstr(body, row) != NULL;
}

/* Whether another client, whose card was not merged, has the very same name. */
static gboolean has_namesake(Session *session, const Client *client, gboolean *has, GError **error)
{
    const Cards *cards = cards_of(session, error);
    *has = FALSE;
    if (cards == NULL)
        return FALSE;
    for (guint i = cards_behind(cards, client->name, 0); i < cards_count(cards); i++) {
        const Card *card = cards_at(cards, i);
        if (!g_str_equal(card_name(card), client->name))
            break;
        *has = *has || (card_id(card) != client->id && card_merged_into(card) == 0);
    }
    return TRUE;
}

/* A number of today, or of a card that was merged into the client's. */
static gboolean has_number(Session *session, const Client *client, const char *body, gboolean *has,
                           GError **error)
{
    static const char *const KINDS[] = {"number", "id_number"};
    *has = has_row(body, client->number) || has_row(body, client->id_number);
    for (gsize kind = 0; !*has && kind < G_N_ELEMENTS(KINDS); kind++) {
        g_autoptr(GPtrArray) former = client_former(session, client->id, KINDS[kind], error);
        if (former == NULL)
            return FALSE;
        for (guint i = 0; i < former->len; i++)
            *has = *has || has_row(body, former->pdata[i]);
    }
    return TRUE;
}

static gboolean tells_of(Session *session, const Client *client, const Typed *typed,
                         gboolean *tells, GError **error)
{
    g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, client->id);
    gboolean namesake = FALSE;
    if (!g_str_equal(typed->kind, "call-request")) {
        *tells = has_row(typed->body, id);
        return TRUE;
    }
    if (!has_number(session, client, typed->body, tells, error))
        return FALSE;
    if (*tells || !has_row(typed->body, client->name))
        return TRUE;
    if (!has_namesake(session, client, &namesake, error))
        return FALSE;
    *tells = !namesake;
    return TRUE;
}

gboolean client_drafts_take(Session *session, gint64 client_id, GError **error)
{
    g_autoptr(GArray) all = read_typed(session, error);
    if (all == NULL || all->len == 0)
        return all != NULL;
    g_autoptr(Client) client = client_read_row(session, client_id, error);
    for (guint i = 0; client != NULL && i < all->len; i++) {
        const Typed *typed = &g_array_index(all, Typed, i);
        gboolean tells = FALSE;
        if (!tells_of(session, client, typed, &tells, error) ||
            (tells && !db_run(session_db(session),
                              "DELETE FROM draft WHERE staff_id = :staff AND kind = :kind"
                              " AND ref_id = :ref",
                              DB_PARAMS(DB_INT("staff", typed->staff_id),
                                        DB_TEXT("kind", typed->kind), DB_INT("ref", typed->ref_id)),
                              error)))
            return FALSE;
    }
    return client != NULL;
}
