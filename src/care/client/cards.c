/* cards.c: the unit's clients in memory. */
#include <string.h>

#include "base/text.h"
#include "care/client/cards_private.h"
#include "care/client/client_codes.h"
#include "care/client/protection.h"
#include "care/unit/session_private.h"

/* A mark for each of the latest changes of a card, the newest first, and whose card it was: "MARK:ID
 * MARK:ID …". Whoever has read the cards finds among them how far that was, and reads those that were changed
 * since; or all, where there is no such mark any more, or one of 0: several. A mark is no number that
 * counts: after a transaction that was rolled back somebody else's would be the same. */
#define META_CARDS "cards"
#define MARK_SIZE 17
#define MARKS 32

/* Cards that were read again lie on in locked memory. */
#define READ_AGAIN 500

#define BLOCK ((gsize)64 << 10)

static void block_free(gpointer block)
{
    secret_free(block);
}

static Cards *cards_new(void)
{
    Cards *cards = g_new0(Cards, 1);
    cards->changed = g_array_new(FALSE, FALSE, sizeof(gint64));
    cards->blocks = g_ptr_array_new_with_free_func(block_free);
    cards->by_name = g_ptr_array_new();
    cards->by_id = g_ptr_array_new();
    cards->former = g_ptr_array_new();
    cards->hashes = secret_new(BLOCK);
    return cards;
}

static void cards_free(Cards *cards)
{
    g_free(cards->marks);
    g_array_unref(cards->changed);
    g_ptr_array_unref(cards->by_name);
    g_ptr_array_unref(cards->by_id);
    g_ptr_array_unref(cards->former);
    secret_free(cards->hashes);
    g_ptr_array_unref(cards->blocks);
    g_free(cards);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Cards, cards_free)

/* Of locked memory, zeroed; it goes with the cards. */
static gpointer take(Cards *cards, gsize size)
{
    size = (size + 15) / 16 * 16;
    if (size > cards->left) {
        cards->left = MAX(size, BLOCK);
        g_ptr_array_add(cards->blocks, secret_new(cards->left));
    }
    const Secret *block = cards->blocks->pdata[cards->blocks->len - 1];
    cards->left -= size;
    return block->bytes + (block->length - size - cards->left);
}

/* --- one card --------------------------------------------------------------------------------- */

/* A zero-ended text, or bytes, behind the others; where it stands. */
static guint32 add_text(GString *all, const char *text, gsize length)
{
    const gsize at = all->len;
    g_string_append_len(all, text, (gssize)length);
    g_string_append_c(all, '\0');
    return (guint32)at;
}

static guint32 add_number(GString *all, const char *number)
{
    return number != NULL ? add_text(all, number, strlen(number)) : 0;
}

/* Returns the bits of what they begin with. */
static guint64 add_beginnings(GString *all, const char *name)
{
    guint64 firsts = 0;
    g_auto(GStrv) beginnings = text_name_beginnings(name);
    for (char **one = beginnings; *one != NULL; one++)
        if (**one != '\0') {
            add_text(all, *one, strlen(*one));
            firsts |= bit_of(*one);
        }
    return firsts;
}

/* Names of cards that were merged, by client: gint64 * → GPtrArray of char *. */
static guint64 add_former_names(GString *all, GHashTable *names, gint64 client_id)
{
    guint64 firsts = 0;
    const GPtrArray *former = g_hash_table_lookup(names, &client_id);
    for (guint i = 0; former != NULL && i < former->len; i++)
        firsts |= add_beginnings(all, former->pdata[i]);
    return firsts;
}

static GHashTable *names_new(void)
{
    return g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free,
                                 (GDestroyNotify)g_ptr_array_unref);
}

#define CARD                                                                                       \
    "SELECT c.id, c.merged_into, c.support_worker_id, c.case_officer_id, c.active, c.id_kind,"     \
    " c.protection, c.birth_date, c.name, c.number, c.id_number, c.sex FROM client c"              \
    " WHERE c.unit_id = :unit"

static Card *make_card(Cards *cards, Card head, const char *name, const char *number,
                       const char *id_number, GHashTable *former_names)
{
    g_autoptr(GBytes) key = text_sort_key(name);
    g_autoptr(GString) text = g_string_sized_new(256);
    add_text(text, name, strlen(name));
    head.number = add_number(text, number);
    head.id_number = add_number(text, id_number);
    head.beginnings = (guint32)text->len;
    if (head.merged_into == 0) {
        head.firsts = add_beginnings(text, name);
        head.firsts |= add_former_names(text, former_names, head.id);
    }
    head.key_length = (guint32)g_bytes_get_size(key);
    g_string_append_c(text, '\0');
    head.key = add_text(text, g_bytes_get_data(key, NULL), head.key_length);
    Card *card = take(cards, sizeof *card + text->len);
    *card = head;
    memcpy(card->text, text->str, text->len);
    return card;
}

static Card *read_card(Cards *cards, DbStatement *row, GHashTable *former_names)
{
    IdKind kind = ID_NONE;
    Sex sex = SEX_UNKNOWN;
    Card head = {.id = db_int(row, 0),
                 .merged_into = db_int(row, 1),
                 .support_worker_id = db_int(row, 2),
                 .case_officer_id = db_int(row, 3),
                 .birth_date = date_parse(db_text(row, 7)),
                 .active = db_int(row, 4) != 0,
                 .guarded = protection_parse(db_text(row, 6)) != PROTECTION_NONE};
    id_kind_parse(db_text(row, 5), &kind);
    sex_parse(db_text(row, 11), &sex);
    head.id_kind = (guint8)kind;
    head.sex = (guint8)sex;
    return make_card(cards, head, db_text(row, 8), db_text(row, 9), db_text(row, 10), former_names);
}

/* Of one that was just added: nothing has been merged with it. */
static Card *new_card(Cards *cards, const NewCard *client)
{
    const Card head = {.id = client->id,
                       .support_worker_id = client->support_worker_id,
                       .case_officer_id = client->case_officer_id,
                       .birth_date = client->birth_date,
                       .id_kind = (guint8)client->id_kind,
                       .sex = (guint8)client->sex,
                       .active = client->active != FALSE,
                       .guarded = client->guarded != FALSE};
    g_autoptr(GHashTable) none = names_new();
    return make_card(cards, head, client->name, client->number, client->id_number, none);
}

/* --- reading ---------------------------------------------------------------------------------- */

static void note_name(GHashTable *names, gint64 client_id, const char *name)
{
    GPtrArray *all = g_hash_table_lookup(names, &client_id);
    if (all == NULL) {
        all = g_ptr_array_new_with_free_func(g_free);
        g_hash_table_insert(names, g_memdup2(&client_id, sizeof client_id), all);
    }
    g_ptr_array_add(all, g_strdup(name));
}

static void note_number(Cards *cards, gint64 client_id, CardNumber kind, const char *number)
{
    const gsize length = strlen(number) + 1;
    Former *former = take(cards, sizeof *former + length);
    former->client_id = client_id;
    former->kind = kind;
    memcpy(former->text, number, length);
    g_ptr_array_add(cards->former, former);
}

/* Names into `names`; numbers, unless `cards` is NULL, among its. */
static gboolean read_former(DbStatement *rows, Cards *cards, GHashTable *names, GError **error)
{
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const char *kind = db_text(rows, 2), *value = db_text(rows, 3);
        if (g_str_equal(kind, "name"))
            note_name(names, db_int(rows, 1), value);
        else if (cards != NULL)
            note_number(cards, db_int(rows, 1),
                        g_str_equal(kind, "number") ? CARD_NUMBER : CARD_ID_NUMBER, value);
    }
    return step == DB_STEP_DONE;
}

static gboolean read_clients(Session *session, Cards *cards, GHashTable *names, GError **error)
{
    g_autoptr(DbStatement) rows = db_query(session->db, CARD " ORDER BY c.id",
                                           DB_PARAMS(DB_INT("unit", session->unit_id)), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        cards_append(cards, read_card(cards, rows, names));
    cards_sort(cards);
    cards_mark_former(cards);
    return step == DB_STEP_DONE;
}

static Cards *read_all(Session *session, char *marks, GError **error)
{
    g_autoptr(Cards) cards = cards_new();
    g_autoptr(GHashTable) names = names_new();
    g_autoptr(DbStatement) former = db_query(
        session->db,
        "SELECT f.id, f.client_id, f.kind, f.value FROM client_former f WHERE f.unit_id = :unit",
        DB_PARAMS(DB_INT("unit", session->unit_id)), error);
    cards->marks = marks;
    return read_former(former, cards, names, error) && read_clients(session, cards, names, error)
               ? g_steal_pointer(&cards)
               : NULL;
}

/* --- one that was changed --------------------------------------------------------------------- */

/* What it said before lies on in locked memory, until all are read anew. */
static gboolean read_one(Session *session, Cards *cards, gint64 id, GError **error)
{
    g_autoptr(GHashTable) names = names_new();
    g_autoptr(DbStatement) former =
        db_query(session->db,
                 "SELECT f.id, f.client_id, f.kind, f.value FROM client_former f"
                 " WHERE f.client_id = :id",
                 DB_PARAMS(DB_INT("id", id)), error);
    if (!read_former(former, NULL, names, error))
        return FALSE;
    g_autoptr(DbStatement) row =
        db_query(session->db, CARD " AND c.id = :id",
                 DB_PARAMS(DB_INT("unit", session->unit_id), DB_INT("id", id)), error);
    const DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_ERROR)
        return FALSE;
    cards_take_away(cards, id);
    if (step == DB_STEP_ROW)
        cards_put_in(cards, read_card(cards, row, names));
    cards_mark_former(cards);
    return TRUE;
}

static gboolean read_changed(Session *session, Cards *cards, GError **error)
{
    for (guint i = 0; i < cards->changed->len; i++)
        if (!read_one(session, cards, g_array_index(cards->changed, gint64, i), error))
            return FALSE;
    cards->again += cards->changed->len;
    g_array_set_size(cards->changed, 0);
    return TRUE;
}

static void note_changed(Cards *cards, gint64 client_id)
{
    for (guint i = 0; i < cards->changed->len; i++)
        if (g_array_index(cards->changed, gint64, i) == client_id)
            return;
    g_array_append_val(cards->changed, client_id);
}

/* --- what was changed since ------------------------------------------------------------------- */

static gboolean are_same(const char *one, const char *other)
{
    return one != NULL && other != NULL && strncmp(one, other, MARK_SIZE) == 0;
}

/* What `marks` tell of, up to that of `cards`. FALSE: all are to be read. */
static gboolean catch_up(Cards *cards, const char *marks)
{
    g_auto(GStrv) changes = g_strsplit(marks != NULL ? marks : "", " ", -1);
    guint since = 0;

    while (changes[since] != NULL && !are_same(changes[since], cards->marks))
        since++;
    if (changes[since] == NULL)
        return FALSE;
    for (guint i = 0; i < since; i++) {
        const gint64 id = strlen(changes[i]) > MARK_SIZE
                              ? g_ascii_strtoll(changes[i] + MARK_SIZE, NULL, 10)
                              : 0;
        if (id == 0)
            return FALSE;
        note_changed(cards, id);
    }
    g_free(cards->marks);
    cards->marks = g_strdup(marks);
    return cards->again + cards->changed->len <= READ_AGAIN;
}

/* Of the change of a card, before those of `before` (NULL: nobody knows which). New. */
static char *marks_with(const char *before, gint64 client_id)
{
    g_auto(GStrv) older = g_strsplit(before != NULL ? before : "", " ", MARKS);
    GString *marks = g_string_new(NULL);

    g_string_printf(marks, "%08x%08x:%" G_GINT64_FORMAT, g_random_int(), g_random_int(),
                    client_id);
    for (guint i = 0; older[i] != NULL && i + 1 < MARKS; i++)
        g_string_append_printf(marks, " %s", older[i]);
    return g_string_free(marks, FALSE);
}

/* --- the session's ---------------------------------------------------------------------------- */

static void let_go(Session *session)
{
    g_clear_pointer(&session->cards, cards_free);
}

/* Whether nobody can have changed a card since that was looked at. */
static gboolean is_looked_at(const Session *session)
{
    const gsize turn = db_turn(session->db);
    return session->cards != NULL && turn != 0 && session->cards->turn == turn;
}

/* `*marks` is NULL where no card was changed yet. */
static gboolean read_marks(Session *session, char **marks, GError **error)
{
    return db_get_text(session->db, "SELECT value FROM meta WHERE key = :key",
                       DB_PARAMS(DB_TEXT("key", META_CARDS)), marks, error);
}

/* What was read before may be older than what others have written since: then those are read again, or all of
 * it goes. */
static gboolean look_at_marks(Session *session, char **marks, GError **error)
{
    if (!read_marks(session, marks, error))
        return FALSE;
    Cards *cards = session->cards;
    if (cards == NULL || are_same(cards->marks, *marks) || (cards->marks == NULL && *marks == NULL))
        return TRUE;
    if (!catch_up(cards, *marks))
        let_go(session);
    return TRUE;
}

/* Whoever has read them before sees whether they still hold. */
static gboolean look(Session *session, GError **error)
{
    g_autofree char *marks = NULL;
    if (is_looked_at(session))
        return TRUE;
    if (!look_at_marks(session, &marks, error))
        return FALSE;
    if (session->cards == NULL) {
        session->free_cards = cards_free;
        session->cards = read_all(session, g_steal_pointer(&marks), error);
    }
    if (session->cards != NULL)
        session->cards->turn = db_turn(session->db);
    return session->cards != NULL;
}

const Cards *cards_of(Session *session, GError **error)
{
    if (!look(session, error))
        return NULL;
    if (!read_changed(session, session->cards, error)) {
        let_go(session);
        return NULL;
    }
    return session->cards;
}

static gboolean are_the_last(Session *session, GError **error)
{
    g_autofree char *marks = NULL;
    return is_looked_at(session) || look_at_marks(session, &marks, error);
}

/* Another mark each time: after a savepoint that was rolled back the one before shows that. Who has not read
 * the cards does not know what was changed before. */
static gboolean set_mark(Session *session, gint64 client_id, GError **error)
{
    Cards *cards = session->cards;
    g_autofree char *marks = marks_with(cards != NULL ? cards->marks : NULL, client_id);
    if (!db_meta_set(session->db, META_CARDS, marks, error))
        return FALSE;
    if (cards != NULL) {
        g_free(cards->marks);
        cards->marks = g_steal_pointer(&marks);
        cards->turn = db_turn(session->db);
    }
    return TRUE;
}

gboolean cards_changed(Session *session, gint64 client_id, GError **error)
{
    if (client_id == 0)
        let_go(session);
    if (session->cards != NULL && !are_the_last(session, error))
        return FALSE;
    if (session->cards != NULL)
        note_changed(session->cards, client_id);
    return set_mark(session, client_id, error);
}

gboolean cards_added(Session *session, const NewCard *added, GError **error)
{
    /* Whether a protected one is seen is the server's to say. */
    if (added->guarded)
        return cards_changed(session, added->id, error);
    if (session->cards != NULL && !are_the_last(session, error))
        return FALSE;
    if (session->cards != NULL) {
        cards_take_away(session->cards, added->id);
        cards_put_in(session->cards, new_card(session->cards, added));
    }
    return set_mark(session, added->id, error);
}
