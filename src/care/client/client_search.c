/* Lists of clients: windows in Swedish order of name, and search by the beginnings of name words
 * or of a number, over the cards in memory. What only tables know of those found is asked about a
 * page of them at a time. */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "care/client/cards.h"
#include "care/client/client_private.h"
#include "care/unit/access.h"
#include "care/unit/id_page.h"

#define WORDS_MOST 4 /* words that count; further ones are passed over */
#define NUMBER_LEAST 2

/* What was typed of an identity number: with the century or without. */
#define ID_NUMBERS 5
/* ... and of a client number: as typed and in capitals. */
#define CLIENT_NUMBERS 2

#define COLUMNS                                                                                    \
    "SELECT c.id, c.protection, c.support_worker_id, s.name, c.active, " CLIENT_MAY_OPEN ","       \
    " CASE WHEN c.support_worker_id = :me OR c.case_officer_id = :me THEN 1 ELSE 0 END,"           \
    " c.case_officer_id, " CLIENT_STANDING
#define FROM                                                                                       \
    " FROM client c LEFT JOIN staff s ON s.id = c.support_worker_id WHERE c.unit_id = :unit"

typedef enum {
    SEARCH_ALL,
    SEARCH_WORDS,
    SEARCH_NUMBER,
    SEARCH_NOTHING,
} SearchKind;

/* What was typed; NULL behind the last. */
typedef struct {
    SearchKind kind;
    char *words[WORDS_MOST + 1];
    char *numbers[CLIENT_NUMBERS + 1], *id_numbers[ID_NUMBERS + 1];
} Search;

static void free_all(char **texts)
{
    for (; *texts != NULL; texts++)
        g_free(*texts);
}

static void search_clear(Search *search)
{
    free_all(search->words);
    free_all(search->numbers);
    free_all(search->id_numbers);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Search, search_clear)

static gint longest_first(gconstpointer a, gconstpointer b)
{
    gsize first = strlen(*(char *const *)a), second = strlen(*(char *const *)b);
    return (first < second) - (first > second);
}

static void search_words(Search *search, const char *text)
{
    g_auto(GStrv) words = text_name_terms(text);
    guint count = g_strv_length(words);

    qsort(words, count, sizeof *words, longest_first);
    search->kind = count == 0 ? SEARCH_ALL : SEARCH_WORDS;
    for (guint i = 0; i < WORDS_MOST && i < count; i++)
        search->words[i] = g_strdup(words[i]);
}

/* "19990914" + "2383" with the hyphen of the normal form where it is due. New. */
static char *number_prefix(const char *century, const char *digits)
{
    g_autofree char *all = g_strconcat(century, digits, NULL);

    if (strlen(all) <= 8)
        return g_steal_pointer(&all);
    return g_strdup_printf("%.8s-%s", all, all + 8);
}

/* A client number as typed and in capitals; an identity number with the century typed or left out,
 * or unbroken (a reservnummer of Stockholm). */
static void search_number(Search *search, const char *text)
{
    static const char *const centuries[] = {"", "18", "19", "20"};
    g_autofree char *typed = g_strstrip(text_clean(text));
    g_autofree char *capitals = g_utf8_strup(typed, -1);
    g_autoptr(GString) plain = g_string_new(NULL);

    for (const char *c = capitals; *c; c = g_utf8_next_char(c)) {
        gunichar letter = g_utf8_get_char(c);
        if (g_unichar_isalnum(letter))
            g_string_append_unichar(plain, letter);
    }
    search->kind = plain->len >= NUMBER_LEAST ? SEARCH_NUMBER : SEARCH_NOTHING;
    search->numbers[0] = g_steal_pointer(&typed);
    search->numbers[1] = g_steal_pointer(&capitals);
    search->id_numbers[0] = g_strdup(plain->str);
    for (guint i = 0; g_str_is_ascii(plain->str) && i < G_N_ELEMENTS(centuries); i++)
        search->id_numbers[i + 1] = number_prefix(centuries[i], plain->str);
}

static Search search_parse(const char *text)
{
    Search search = {.kind = SEARCH_ALL};
    g_autofree char *clean = text ? text_clean(text) : NULL;
    gboolean digit = FALSE;

    for (const char *c = clean; c && *c; c++)
        digit = digit || g_ascii_isdigit(*c);
    if (digit)
        search_number(&search, clean);
    else if (clean)
        search_words(&search, clean);
    return search;
}

void client_row_free(ClientRow *row)
{
    if (!row)
        return;
    g_free(row->name);
    g_free(row->number);
    g_free(row->id_number);
    g_free(row->support_worker);
    g_free(row);
}

/* --- what is found ---------------------------------------------------------------------------- */

typedef enum {
    FOUND_NOT,
    FOUND,
    FOUND_IF_OPEN, /* by an identity number alone, which finds nobody whose card may not be opened:
                    * it could be found out digit by digit */
} Found;

/* Who is looked for, and where one is in looking. */
typedef struct {
    Session *session;
    const Cards *cards;
    const Search *search;
    gboolean own, others; /* those assigned to the signed-in person, and the others */
    gboolean ended;       /* without a search those too whose help has ended */
    gboolean own_first;   /* all of one's own, then all others */
    gboolean sees_unit;
    GArray *need; /* gint64, in order: whom somebody who does not see the unit works with */
    guint at;
    gboolean among_others; /* own_first: past one's own */
} Looking;

static void looking_clear(Looking *looking)
{
    if (looking->need != NULL)
        g_array_unref(looking->need);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Looking, looking_clear)

static int compare_ids(gconstpointer a, gconstpointer b)
{
    const gint64 one = *(const gint64 *)a, other = *(const gint64 *)b;
    return (one > other) - (one < other);
}

/* Only for narrowing: what may be opened of them is said by CLIENT_MAY_OPEN. */
static gboolean read_need(Looking *looking, GError **error)
{
    Session *session = looking->session;
    if (!client_sees_unit(session, &looking->sees_unit, error))
        return FALSE;
    if (looking->sees_unit)
        return TRUE;
    looking->need = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(DbStatement) rows =
        db_query(session_db(session), "SELECT DISTINCT o.id FROM " CLIENTS_OWN " o",
                 DB_PARAMS(CLIENT_GUARD(session)), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const gint64 id = db_int(rows, 0);
        g_array_append_val(looking->need, id);
    }
    g_array_sort(looking->need, compare_ids);
    return step == DB_STEP_DONE;
}

static gboolean looking_begin(Looking *looking, GError **error)
{
    const SearchKind kind = looking->search->kind;
    looking->cards = cards_of(looking->session, error);
    return looking->cards != NULL &&
           ((kind != SEARCH_ALL && kind != SEARCH_NUMBER) || read_need(looking, error));
}

static gboolean is_needed(const Looking *looking, const Card *card)
{
    const gint64 id = card_id(card);
    return looking->sees_unit || g_array_binary_search(looking->need, &id, compare_ids, NULL);
}

static gboolean has_words(const Search *search, const Card *card)
{
    for (char *const *word = search->words; *word != NULL; word++)
        if (!card_is_begun(card, *word))
            return FALSE;
    return TRUE;
}

static gboolean has_number(const Looking *looking, const Card *card, CardNumber kind,
                           char *const *typed)
{
    for (; *typed != NULL; typed++)
        if (card_number_begins(looking->cards, card, kind, *typed))
            return TRUE;
    return FALSE;
}

static Found find_number(const Looking *looking, const Card *card)
{
    const Search *search = looking->search;
    if (has_number(looking, card, CARD_NUMBER, search->numbers))
        return FOUND;
    return (card_is_protected(card) || is_needed(looking, card)) &&
                   has_number(looking, card, CARD_ID_NUMBER, search->id_numbers)
               ? FOUND_IF_OPEN
               : FOUND_NOT;
}

static Found find_card(const Looking *looking, const Card *card, gboolean own, gboolean others)
{
    if (card_merged_into(card) != 0 ||
        (!(own && others) && card_is_assigned_to(card, session_staff_id(looking->session)) != own))
        return FOUND_NOT;
    switch (looking->search->kind) {
    case SEARCH_ALL:
        return (looking->ended || card_is_active(card)) && is_needed(looking, card) ? FOUND
                                                                                    : FOUND_NOT;
    case SEARCH_WORDS:
        return has_words(looking->search, card) ? FOUND : FOUND_NOT;
    case SEARCH_NUMBER:
        return find_number(looking, card);
    default:
        return FOUND_NOT;
    }
}

/* The next one, and how it was found; FALSE: there are no more. */
static gboolean look_on(Looking *looking, guint *index, Found *found)
{
    for (;;) {
        const gboolean own = looking->own && !looking->among_others;
        const gboolean others = looking->others && (!looking->own_first || looking->among_others);
        while (looking->at < cards_count(looking->cards)) {
            *index = looking->at++;
            *found = find_card(looking, cards_at(looking->cards, *index), own, others);
            if (*found != FOUND_NOT)
                return TRUE;
        }
        if (!looking->own_first || looking->among_others)
            return FALSE;
        looking->among_others = TRUE;
        looking->at = 0;
    }
}

/* --- pages ------------------------------------------------------------------------------------ */

/* Without what the card says. */
static ClientRow *row_read(DbStatement *rows, gboolean *open)
{
    ClientRow *row = g_new0(ClientRow, 1);
    *open = db_int(rows, 5) != 0;
    row->id = db_int(rows, 0);
    row->birth_date = DATE_NONE;
    row->protection = protection_parse(db_text(rows, 1));
    row->support_worker_id = db_int(rows, 2);
    row->support_worker = g_strdup(db_text(rows, 3));
    row->active = db_int(rows, 4) != 0;
    row->mine = db_int(rows, 6) != 0;
    row->case_officer_id = db_int(rows, 7);
    row->standing = standing_of(row->active, *open ? db_text(rows, 8) : NULL);
    return row;
}

static void row_fill(ClientRow *row, gboolean open, const char *name, const char *number,
                     const char *id_number, Date birth_date)
{
    row->name = g_strdup(name);
    row->number = g_strdup(number);
    row->id_number = open ? g_strdup(id_number) : NULL;
    row->birth_date = open ? birth_date : DATE_NONE;
}

typedef struct {
    guint index[ID_PAGE]; /* among the cards */
    gint64 ids[ID_PAGE];
    Found found[ID_PAGE];
    ClientRow *rows[ID_PAGE]; /* NULL: is not to be shown */
    guint count;
} Page;

static void page_clear(Page *page)
{
    for (guint i = 0; i < page->count; i++)
        client_row_free(page->rows[i]);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Page, page_clear)

static void page_take(Page *page, const Looking *looking, DbStatement *rows)
{
    gboolean open = FALSE;
    ClientRow *row = row_read(rows, &open);
    guint i = 0;
    while (i < page->count && page->ids[i] != row->id)
        i++;
    if (i == page->count || (page->found[i] == FOUND_IF_OPEN && !open)) {
        client_row_free(row);
        return;
    }
    const Card *card = cards_at(looking->cards, page->index[i]);
    row_fill(row, open, card_name(card), card_number(card), card_id_number(card),
             card_birth_date(card));
    row->alike = cards_are_alike(looking->cards, page->index[i]);
    page->rows[i] = row;
}

/* The next ones, at most `most`. */
static gboolean page_read(Page *page, Looking *looking, guint most, GError **error)
{
    Session *session = looking->session;
    DbParam params[ID_PAGE_PARAMS];
    while (page->count < MIN(most, ID_PAGE) &&
           look_on(looking, &page->index[page->count], &page->found[page->count])) {
        page->ids[page->count] = card_id(cards_at(looking->cards, page->index[page->count]));
        page->count++;
    }
    if (page->count == 0)
        return TRUE;
    g_autoptr(DbStatement) rows = db_query(
        session_db(session), COLUMNS FROM " AND c.id IN " ID_PAGE_SQL,
        id_page_params(params,
                       DB_PARAMS(CLIENT_GUARD(session), DB_INT("unit", session_unit_id(session))),
                       page->ids, page->count),
        error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        page_take(page, looking, rows);
    return step == DB_STEP_DONE;
}

/* The next rows into `list`, until it has `limit` or there are no more. */
static gboolean rows_read(Looking *looking, GPtrArray *list, guint limit, GError **error)
{
    for (gboolean more = TRUE; more && list->len < limit;) {
        g_auto(Page) page = {.count = 0};
        if (!page_read(&page, looking, limit - list->len, error))
            return FALSE;
        more = page.count > 0;
        for (guint i = 0; i < page.count; i++)
            if (page.rows[i] != NULL)
                g_ptr_array_add(list, g_steal_pointer(&page.rows[i]));
    }
    return TRUE;
}

static GPtrArray *list_clients(Looking *looking, const char *typed, const ClientRow *after,
                               int limit, GError **error)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)client_row_free);
    g_auto(Search) search = search_parse(typed);

    looking->search = &search;
    if (!access_require(looking->session, PERMIT_CLIENT_READ, error))
        return NULL;
    if (search.kind == SEARCH_NOTHING)
        return g_steal_pointer(&list);
    if (!looking_begin(looking, error))
        return NULL;
    if (after != NULL)
        looking->at = cards_behind(looking->cards, after->name, after->id);
    return rows_read(looking, list, (guint)limit, error) ? g_steal_pointer(&list) : NULL;
}

GPtrArray *client_list(Session *session, const char *search, gboolean mine, const ClientRow *after,
                       int limit, GError **error)
{
    g_auto(Looking) looking = {.session = session, .own = TRUE, .others = !mine, .ended = !mine};
    return list_clients(&looking, search, after, limit, error);
}

GPtrArray *client_list_own_first(Session *session, const char *search, const ClientRow *after,
                                 int limit, GError **error)
{
    g_auto(Looking) looking = {.session = session,
                               .own = TRUE,
                               .others = TRUE,
                               .own_first = TRUE,
                               .among_others = after != NULL && !after->mine};
    return list_clients(&looking, search, after, limit, error);
}

static gboolean count_clients(Looking *looking, gint64 most, gint64 *count, GError **error)
{
    guint index;
    Found found;
    g_autoptr(GPtrArray) list = NULL;
    if (looking->search->kind == SEARCH_NUMBER) {
        list = g_ptr_array_new_with_free_func((GDestroyNotify)client_row_free);
        if (!rows_read(looking, list, (guint)most, error))
            return FALSE;
        *count = list->len;
        return TRUE;
    }
    while (*count < most && look_on(looking, &index, &found))
        (*count)++;
    return TRUE;
}

gboolean client_count(Session *session, const char *search, gboolean mine, gint64 *count,
                      GError **error)
{
    g_auto(Search) typed = search_parse(search);
    g_auto(Looking) looking = {.session = session, .search = &typed, .own = TRUE, .others = !mine};

    *count = 0;
    if (!access_require(session, PERMIT_CLIENT_READ, error))
        return FALSE;
    if (typed.kind == SEARCH_NOTHING)
        return TRUE;
    return looking_begin(&looking, error) &&
           count_clients(&looking, typed.kind == SEARCH_ALL ? G_MAXINT64 : CLIENTS_COUNTED + 1,
                         count, error);
}

ClientRow *client_known(Session *session, gint64 id, GError **error)
{
    gboolean open = FALSE;
    g_autoptr(DbStatement) found =
        db_query(session_db(session),
                 COLUMNS ", c.name, c.number, c.id_number, c.birth_date" FROM " AND c.id = :id",
                 DB_PARAMS(CLIENT_GUARD(session), DB_INT("id", id),
                           DB_INT("unit", session_unit_id(session))),
                 error);
    DbStep step = found != NULL ? db_step(found, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("This client is no longer there. Open the list again."));
    if (step != DB_STEP_ROW)
        return NULL;
    ClientRow *row = row_read(found, &open);
    row_fill(row, open, db_text(found, 9), db_text(found, 10), db_text(found, 11),
             date_parse(db_text(found, 12)));
    return row;
}

ClientRow *client_glance(Session *session, gint64 id, GError **error)
{
    return access_require(session, PERMIT_CLIENT_READ, error) ? client_known(session, id, error)
                                                              : NULL;
}
