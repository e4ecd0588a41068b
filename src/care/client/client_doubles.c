/* client_doubles.c: who may have two cards. */
#include "care/client/client_doubles.h"

#include "base/clock.h"
#include "base/code.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/client/cards.h"
#include "care/client/client_guard.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"
#include "care/unit/id_page.h"

static const CodeWord WHYS[] = {
    [DOUBLE_NUMBER] = {"number",
                       N_("the identity number of one is the client number of the other")},
    [DOUBLE_NAME] = {"name", N_("called alike and born the same day")},
    [DOUBLE_REPLACED] = {"replaced",
                         N_("born the same day, one with a samordningsnummer and one with a "
                            "personnummer")},
};

const char *double_why_code(DoubleWhy why)
{
    return code_of(WHYS, G_N_ELEMENTS(WHYS), (int)why);
}

const char *double_why_words(DoubleWhy why)
{
    return _(WHYS[why].word);
}

void doubles_free(Doubles *doubles)
{
    if (doubles == NULL)
        return;
    client_row_free(doubles->row[0]);
    client_row_free(doubles->row[1]);
    g_free(doubles);
}

/* --- finding ---------------------------------------------------------------------------------- */

typedef struct {
    gint64 one, other;
    DoubleWhy why;
} Pair;

/* Pairs of cards that may both be opened, each once, the older card first. */
typedef struct {
    const Cards *cards;
    GArray *pairs; /* Pair */
} Finding;

/* Of several reasons the first one stands. */
static void add_pair(Finding *finding, const Card *a, const Card *b, DoubleWhy why)
{
    const Pair pair = {MIN(card_id(a), card_id(b)), MAX(card_id(a), card_id(b)), why};
    for (guint i = 0; i < finding->pairs->len; i++) {
        const Pair *there = &g_array_index(finding->pairs, Pair, i);
        if (there->one == pair.one && there->other == pair.other)
            return;
    }
    g_array_append_val(finding->pairs, pair);
}

/* A client number of ten or twelve characters as an identity number: as it stands, and written as
 * one is, with the centuries that it may be of. "": it is none. */
enum { WAYS = 3, LONGEST = 64 };
static void as_identity(const char *number, char written[WAYS][LONGEST])
{
    char plain[13] = "";
    gsize count = 0;
    for (int i = 0; i < WAYS; i++)
        written[i][0] = '\0';
    for (const char *at = number; at != NULL && *at != '\0'; at++) {
        if (*at == '-' || *at == ' ')
            continue;
        if (count == sizeof plain - 1)
            return;
        plain[count++] = *at;
    }
    if (count != 10 && count != 12)
        return;
    g_strlcpy(written[0], number, LONGEST);
    if (count == 12) {
        g_snprintf(written[1], LONGEST, "%.8s-%s", plain, plain + 8);
        return;
    }
    g_snprintf(written[1], LONGEST, "19%.6s-%s", plain, plain + 6);
    g_snprintf(written[2], LONGEST, "20%.6s-%s", plain, plain + 6);
}

static void find_number(Finding *finding, const Card *card, GHashTable *by_number)
{
    char written[WAYS][LONGEST];
    as_identity(card_number(card), written);
    for (int i = 0; i < WAYS; i++) {
        const Card *other =
            written[i][0] != '\0' ? g_hash_table_lookup(by_number, written[i]) : NULL;
        if (other != NULL && other != card)
            add_pair(finding, card, other, DOUBLE_NUMBER);
    }
}

static void find_numbers(Finding *finding)
{
    g_autoptr(GHashTable) by_number =
        g_hash_table_new(g_str_hash, g_str_equal); /* the cards' own */
    for (guint i = 0; i < cards_count(finding->cards); i++) {
        const Card *card = cards_at(finding->cards, i);
        if (card_merged_into(card) == 0 && card_id_number(card) != NULL)
            g_hash_table_insert(by_number, (gpointer)card_id_number(card), (gpointer)card);
    }
    for (guint i = 0; i < cards_count(finding->cards); i++)
        if (card_merged_into(cards_at(finding->cards, i)) == 0)
            find_number(finding, cards_at(finding->cards, i), by_number);
}

static void find_names(Finding *finding)
{
    for (guint i = 0; i < cards_count(finding->cards); i++) {
        const Card *card = cards_at(finding->cards, i);
        for (guint k = i + 1; k < cards_count(finding->cards); k++) {
            const Card *other = cards_at(finding->cards, k);
            if (!card_are_alike(card, other))
                break;
            if (card_birth_date(card) != DATE_NONE &&
                card_birth_date(card) == card_birth_date(other) && card_merged_into(card) == 0 &&
                card_merged_into(other) == 0)
                add_pair(finding, card, other, DOUBLE_NAME);
        }
    }
}

static gboolean have_a_name_in_common(const char *one, const char *other)
{
    g_auto(GStrv) names = text_fold_words(one), others = text_fold_words(other);
    for (char **name = names; *name != NULL; name++)
        if (g_strv_contains((const char *const *)others, *name))
            return TRUE;
    return FALSE;
}

static gboolean replaces(const Card *first, const Card *second)
{
    return card_id_kind(second) == ID_PERSONNUMMER && card_merged_into(second) == 0 &&
           card_birth_date(first) == card_birth_date(second) &&
           have_a_name_in_common(card_name(first), card_name(second));
}

static void find_replaced(Finding *finding)
{
    for (guint i = 0; i < cards_count(finding->cards); i++) {
        const Card *first = cards_at(finding->cards, i);
        if (card_id_kind(first) != ID_SAMORDNINGSNUMMER || card_merged_into(first) != 0 ||
            card_birth_date(first) == DATE_NONE)
            continue;
        for (guint k = 0; k < cards_count(finding->cards); k++)
            if (replaces(first, cards_at(finding->cards, k)))
                add_pair(finding, first, cards_at(finding->cards, k), DOUBLE_REPLACED);
    }
}

/* Those two of which somebody has said that they are two persons. */
static gboolean leave_out_said(Session *session, GArray *pairs, GError **error)
{
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        "SELECT x.client_id, x.other_id FROM client_apart x JOIN client c ON c.id = x.client_id"
        " WHERE c.unit_id = :unit",
        DB_PARAMS(DB_INT("unit", session_unit_id(session))), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        for (guint i = pairs->len; i > 0; i--) {
            const Pair *pair = &g_array_index(pairs, Pair, i - 1);
            if (pair->one == db_int(rows, 0) && pair->other == db_int(rows, 1))
                g_array_remove_index(pairs, i - 1);
        }
    return step == DB_STEP_DONE;
}

/* A page of them at a time: two ids each. */
static gboolean leave_out_closed(Session *session, GArray *pairs, GError **error)
{
    g_autoptr(GArray) open = g_array_new(FALSE, FALSE, sizeof(Pair));
    for (guint from = 0; from < pairs->len; from += ID_PAGE / 2) {
        gint64 ids[ID_PAGE];
        gboolean may[ID_PAGE];
        const guint count = MIN(pairs->len - from, ID_PAGE / 2);
        for (guint i = 0; i < count; i++) {
            ids[2 * i] = g_array_index(pairs, Pair, from + i).one;
            ids[2 * i + 1] = g_array_index(pairs, Pair, from + i).other;
        }
        if (!client_may_open_each(session, ids, 2 * count, may, error))
            return FALSE;
        for (guint i = 0; i < count; i++)
            if (may[2 * i] && may[2 * i + 1])
                g_array_append_val(open, g_array_index(pairs, Pair, from + i));
    }
    g_array_set_size(pairs, 0);
    g_array_append_vals(pairs, open->data, open->len);
    return TRUE;
}

static GArray *read_pairs(Session *session, GError **error)
{
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
    Finding finding = {.cards = cards_of(session, error), .pairs = pairs};
    if (finding.cards == NULL)
        return NULL;
    find_numbers(&finding);
    find_names(&finding);
    find_replaced(&finding);
    return pairs->len == 0 || (leave_out_said(session, pairs, error) &&
                               leave_out_closed(session, pairs, error))
               ? g_steal_pointer(&pairs)
               : NULL;
}

static gint by_name(gconstpointer left, gconstpointer right, gpointer cards)
{
    const Doubles *a = *(Doubles *const *)left, *b = *(Doubles *const *)right;
    return cards_compare(cards, a->row[0]->id, b->row[0]->id);
}

GPtrArray *client_doubles(Session *session, GError **error)
{
    if (!access_require(session, PERMIT_CLIENT_EDIT, error))
        return NULL;
    g_autoptr(GArray) pairs = read_pairs(session, error);
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)doubles_free);
    for (guint i = 0; pairs != NULL && i < pairs->len; i++) {
        const Pair *pair = &g_array_index(pairs, Pair, i);
        Doubles *doubles = g_new0(Doubles, 1);
        g_ptr_array_add(all, doubles);
        doubles->why = pair->why;
        if ((doubles->row[0] = client_known(session, pair->one, error)) == NULL ||
            (doubles->row[1] = client_known(session, pair->other, error)) == NULL)
            return NULL;
    }
    const Cards *cards = pairs != NULL ? cards_of(session, error) : NULL;
    if (cards == NULL)
        return NULL;
    g_ptr_array_sort_with_data(all, by_name, (gpointer)cards);
    return g_steal_pointer(&all);
}

char *client_doubles_wait(Session *session)
{
    if (!access_allows(session, PERMIT_CLIENT_EDIT))
        return NULL;
    g_autoptr(GArray) pairs = read_pairs(session, NULL);
    if (pairs == NULL || pairs->len == 0)
        return NULL;
    return g_strdup_printf(ngettext("%u person may have two cards: look at them side by side.",
                                    "%u persons may have two cards: look at them side by side.",
                                    pairs->len),
                           pairs->len);
}

/* --- saying that they are two ------------------------------------------------------------------
 */

gboolean client_say_apart(Session *session, gint64 one_id, gint64 other_id, GError **error)
{
    if (one_id == other_id) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("That is the same card. Choose the other one of the two."));
        return FALSE;
    }
    if (!client_require(session, PERMIT_CLIENT_EDIT, one_id, error) ||
        !client_require_open(session, other_id, error))
        return FALSE;
    const DbParam *pair =
        DB_PARAMS(DB_INT("one", MIN(one_id, other_id)), DB_INT("other", MAX(one_id, other_id)));
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_int(changes, "other_id", 0, other_id);
    return tx != NULL &&
           db_run(session_db(session),
                  "INSERT INTO client_apart (client_id, other_id, said_ms, said_by)"
                  " VALUES (:one, :other, :now, :me) ON CONFLICT (client_id, other_id) DO NOTHING",
                  DB_PARAMS(DB_INT("one", MIN(one_id, other_id)),
                            DB_INT("other", MAX(one_id, other_id)), DB_INT("now", clock_now_ms()),
                            DB_INT_OR_NULL("me", session_staff_id(session))),
                  error) &&
           audit_write(session, "apart", "client", one_id, one_id, changes, error) &&
           commit_and_make_sure(session, tx,
                                "SELECT COUNT(*) FROM client_apart WHERE client_id = :one"
                                " AND other_id = :other",
                                pair, error);
}
