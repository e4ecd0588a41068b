/* Lists of clients: windows in Swedish order of name, and search by the beginnings of name words
 * or of a number. Every search is a range on an index; free text is never searched (förordning
 * 2001:637, 15 §). */
#include <string.h>

#include "base/i18n.h"
#include "base/text.h"
#include "care/client/client_names.h"
#include "care/client/client_private.h"
#include "care/unit/access.h"

#define WORDS_MOST 4 /* words that count; further ones are passed over */
#define NUMBER_LEAST 2
#define RANGES 7

#define COLUMNS                                                                                    \
    "SELECT c.id, c.name, c.number, c.id_number, c.birth_date, c.protection, c.support_worker_id," \
    " s.name, c.active, c.name_key, " CLIENT_MAY_OPEN ","                                          \
    " CASE WHEN c.support_worker_id = :me OR c.case_officer_id = :me THEN 1 ELSE 0 END,"           \
    " CASE WHEN EXISTS (SELECT 1 FROM client a WHERE a.unit_id = c.unit_id"                        \
    " AND a.name_key = c.name_key AND a.id <> c.id AND a.merged_into IS NULL) THEN 1 ELSE 0 END,"  \
    " c.case_officer_id, " CLIENT_STANDING
#define ROWS COLUMNS " FROM client c LEFT JOIN staff s ON s.id = c.support_worker_id WHERE "

/* Whose one is are gathered once, by index. */
#define MINE(id)                                                                                   \
    "(:mine = 0 OR " id " IN (SELECT m.id FROM client m WHERE m.support_worker_id = :me"           \
    " UNION SELECT m.id FROM client m WHERE m.case_officer_id = :me))"
#define OF_UNIT                                                                                    \
    "c.unit_id = :unit AND c.id NOT IN (SELECT d.id FROM client d WHERE d.merged_into IS NOT "     \
    "NULL)"                                                                                        \
    " AND " MINE("c.id")
/* Whose help has ended is found by a search, and stands in no list of those one works with. */
#define STILL_HERE " AND c.active = 1"
/* Without a search: whoever sees the unit sees all. */
#define BY_NEED " AND (" CLIENT_SEES_UNIT " OR c.id IN " CLIENTS_OWN ")"
#define WINDOW_OF_CLIENTS                                                                          \
    " AND (c.name_key, c.id) > (:key, :after) ORDER BY c.name_key, c.id LIMIT :limit"

/* The longest word goes first. One letter is read in the order of the names and no further than is
 * shown; of more letters few clients are left, which are gathered and put in order. No client's own
 * row is read but those shown. The clients of each further word are gathered once, from
 * neighbouring rows of the index; a look at every client's words would be one at another place for
 * each. */
#define OF_LETTER " FROM client_word w WHERE w.unit_id = :unit AND w.word = :p1" FURTHER_WORDS
#define OF_WORDS                                                                                   \
    " FROM client_word w WHERE w.unit_id = :unit AND w.word >= :p1 AND w.word < :e1" FURTHER_WORDS
#define FURTHER_WORD(n)                                                                            \
    " AND (:p" n " = '' OR w.client_id IN (SELECT f.client_id FROM client_word f"                  \
    " WHERE f.unit_id = :unit AND f.word >= :p" n " AND f.word < :e" n "))"
#define FURTHER_WORDS                                                                              \
    FURTHER_WORD("2") FURTHER_WORD("3") FURTHER_WORD("4") " AND " MINE("w.client_id")
#define WINDOW_OF_WORDS                                                                            \
    " AND (w.name_key, w.client_id) > (:key, :after)"                                              \
    " ORDER BY w.name_key, w.client_id LIMIT :limit"
#define ROWS_OF(words)                                                                             \
    COLUMNS " FROM (" words WINDOW_OF_WORDS ") h JOIN client c ON c.id = h.client_id"              \
            " LEFT JOIN staff s ON s.id = c.support_worker_id ORDER BY h.name_key, h.client_id"

/* What was typed of a number, as ranges: each is looked up in the indexes in its turn. Written once
 * for every kind of number, because the first digit typed waits for the statement to be prepared. A
 * number that is withheld finds nobody, or it could be found out digit by digit. A number that a
 * card had which was merged into another finds that one. */
#define TYPED                                                                                      \
    "(SELECT 'number' AS kind, :p1 AS low, :e1 AS high UNION ALL SELECT 'number', :p2, :e2"        \
    " UNION ALL SELECT 'id_number', :p3, :e3 UNION ALL SELECT 'id_number', :p4, :e4"               \
    " UNION ALL SELECT 'id_number', :p5, :e5 UNION ALL SELECT 'id_number', :p6, :e6"               \
    " UNION ALL SELECT 'id_number', :p7, :e7) t"
#define NUMBERS                                                                                    \
    "SELECT c.id FROM " TYPED " CROSS JOIN client c WHERE t.kind = 'number'"                       \
    " AND c.unit_id = :unit AND c.number >= t.low AND c.number < t.high"                           \
    " UNION ALL SELECT c.id FROM " TYPED " CROSS JOIN client c WHERE t.kind = 'id_number'"         \
    " AND c.unit_id = :unit AND c.id_number >= t.low AND c.id_number < t.high"                     \
    " AND " CLIENT_MAY_OPEN " = 1"                                                                 \
    " UNION ALL SELECT c.id FROM " TYPED " CROSS JOIN client_former f JOIN client c"               \
    " ON c.id = f.client_id WHERE f.unit_id = :unit AND f.kind = t.kind AND f.value >= t.low"      \
    " AND f.value < t.high AND (t.kind = 'number' OR " CLIENT_MAY_OPEN " = 1)"
#define BY_NUMBER " AND c.id IN (" NUMBERS ")"

#define COUNT_OF(clients) "SELECT count(*) FROM (" clients " LIMIT :most) t"

typedef enum {
    SEARCH_ALL,
    SEARCH_LETTER, /* of each word one letter */
    SEARCH_WORDS,
    SEARCH_NUMBER,
    SEARCH_NOTHING,
} SearchKind;

/* What was typed, as ranges [from, to). */
typedef struct {
    SearchKind kind;
    char *from[RANGES], *to[RANGES];
} Search;

static gboolean is_letter(const char *word)
{
    return *word && *g_utf8_next_char(word) == '\0';
}

static void search_clear(Search *search)
{
    for (int i = 0; i < RANGES; i++) {
        g_free(search->from[i]);
        g_free(search->to[i]);
    }
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Search, search_clear)

static void set_range(Search *search, int i, const char *prefix)
{
    search->from[i] = g_strdup(prefix);
    search->to[i] = text_range_end(prefix);
}

/* One letter stands as a word of its own: nothing else need be looked through. */
static void set_word(Search *search, int i, const char *word)
{
    search->from[i] = g_strdup(word);
    search->to[i] = is_letter(word) ? g_strconcat(word, " ", NULL) : text_range_end(word);
}

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
    search->kind = count == 0 ? SEARCH_ALL : is_letter(words[0]) ? SEARCH_LETTER : SEARCH_WORDS;
    for (guint i = 0; i < WORDS_MOST; i++)
        set_word(search, (int)i, i < count ? words[i] : "");
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
    set_range(search, 0, typed);
    set_range(search, 1, capitals);
    set_range(search, 2, plain->str);
    for (guint i = 0; i < G_N_ELEMENTS(centuries); i++) {
        const gboolean ascii = g_str_is_ascii(plain->str);
        g_autofree char *prefix = ascii ? number_prefix(centuries[i], plain->str) : NULL;
        set_range(search, (int)i + 3, prefix ? prefix : plain->str);
    }
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
    if (row->sort_key)
        g_bytes_unref(row->sort_key);
    g_free(row);
}

static ClientRow *client_row_copy(const ClientRow *row)
{
    ClientRow *copy = g_memdup2(row, sizeof *row);
    copy->name = g_strdup(row->name);
    copy->number = g_strdup(row->number);
    copy->id_number = g_strdup(row->id_number);
    copy->support_worker = g_strdup(row->support_worker);
    copy->sort_key = g_bytes_ref(row->sort_key);
    return copy;
}

static ClientRow *row_read(DbStatement *rows)
{
    ClientRow *row = g_new0(ClientRow, 1);
    const char *birth = db_text(rows, 4);
    gsize length = 0;
    const void *key = db_blob(rows, 9, &length);

    row->id = db_int(rows, 0);
    row->name = g_strdup(db_text(rows, 1));
    row->number = g_strdup(db_text(rows, 2));
    row->birth_date = DATE_NONE;
    if (db_int(rows, 10) != 0) {
        row->id_number = g_strdup(db_text(rows, 3));
        row->birth_date = birth ? date_parse(birth) : DATE_NONE;
    }
    row->protection = protection_parse(db_text(rows, 5));
    row->support_worker_id = db_int(rows, 6);
    row->support_worker = g_strdup(db_text(rows, 7));
    row->active = db_int(rows, 8) != 0;
    row->standing = standing_of(row->active, db_int(rows, 10) != 0 ? db_text(rows, 14) : NULL);
    row->mine = db_int(rows, 11) != 0;
    row->alike = db_int(rows, 12) != 0;
    row->case_officer_id = db_int(rows, 13);
    row->sort_key = g_bytes_new(key, length);
    return row;
}

/* Parameters gathered one by one; the list ends itself (DB_TYPE_END is 0). */
typedef struct {
    DbParam list[28];
    int count;
} Params;

static void params_search(Params *params, Session *session, const Search *search)
{
    static const char *const from[RANGES] = {"p1", "p2", "p3", "p4", "p5", "p6", "p7"};
    static const char *const to[RANGES] = {"e1", "e2", "e3", "e4", "e5", "e6", "e7"};
    int ranges = search->kind == SEARCH_ALL      ? 0
                 : search->kind == SEARCH_NUMBER ? RANGES
                                                 : WORDS_MOST;

    params->list[params->count++] = DB_INT("unit", session_unit_id(session));
    for (int i = 0; i < ranges; i++) {
        params->list[params->count++] = DB_TEXT(from[i], search->from[i]);
        if (i > 0 || search->kind != SEARCH_LETTER)
            params->list[params->count++] = DB_TEXT(to[i], search->to[i]);
    }
}

static void params_mine(Params *params, Session *session, gboolean mine)
{
    params->list[params->count++] = DB_INT("mine", mine ? 1 : 0);
    params->list[params->count++] = DB_INT("me", session_staff_id(session));
}

/* Of CLIENT_GUARD(), beside :me. */
static void params_guard(Params *params, Session *session)
{
    params->list[params->count++] = DB_TEXT("own_day", client_guard_day(session));
    params->list[params->count++] = DB_TEXT("own_since", client_guard_since(session));
}

static void params_window(Params *params, const ClientRow *after, int limit)
{
    gsize length = 0;
    const void *key = after ? g_bytes_get_data(after->sort_key, &length) : "";

    params->list[params->count++] = DB_BLOB("key", key, (gssize)length);
    params->list[params->count++] = DB_INT("after", after ? after->id : 0);
    params->list[params->count++] = DB_INT("limit", limit);
}

/* `ended`: without a search those too whose help has ended. */
static GPtrArray *list_clients(Session *session, const char *search, gboolean mine, gboolean ended,
                               const ClientRow *after, int limit, GError **error)
{
    static const char *const sql[] = {
        [SEARCH_ALL] = ROWS OF_UNIT BY_NEED STILL_HERE WINDOW_OF_CLIENTS,
        [SEARCH_LETTER] = ROWS_OF("SELECT w.name_key, w.client_id" OF_LETTER),
        [SEARCH_WORDS] = ROWS_OF("SELECT DISTINCT w.name_key, w.client_id" OF_WORDS),
        [SEARCH_NUMBER] = ROWS OF_UNIT BY_NUMBER WINDOW_OF_CLIENTS,
    };
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)client_row_free);
    g_auto(Search) typed = search_parse(search);
    Params params = {.count = 0};

    if (!access_require(session, PERMIT_CLIENT_READ, error))
        return NULL;
    if (typed.kind == SEARCH_NOTHING)
        return g_steal_pointer(&list);
    params_search(&params, session, &typed);
    params_mine(&params, session, mine);
    params_guard(&params, session);
    params_window(&params, after, limit);
    const gboolean everybody = ended && typed.kind == SEARCH_ALL;
    g_autoptr(DbStatement) rows = db_query(
        session_db(session), everybody ? ROWS OF_UNIT BY_NEED WINDOW_OF_CLIENTS : sql[typed.kind],
        params.list, error);
    DbStep step = DB_STEP_ERROR;
    while (rows && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(list, row_read(rows));
    return step == DB_STEP_DONE ? g_steal_pointer(&list) : NULL;
}

GPtrArray *client_list(Session *session, const char *search, gboolean mine, const ClientRow *after,
                       int limit, GError **error)
{
    return list_clients(session, search, mine, !mine, after, limit, error);
}

/* Further ones that are not one's own, until `list` has `limit` rows or there are no more. */
static gboolean add_others(Session *session, const char *search, const ClientRow *after,
                           guint limit, GPtrArray *list, GError **error)
{
    g_autoptr(GPtrArray) page = NULL;
    while (list->len < limit) {
        GPtrArray *next = list_clients(session, search, FALSE, FALSE, after, (int)limit, error);
        if (next == NULL)
            return FALSE;
        g_clear_pointer(&page, g_ptr_array_unref); /* it had `after` */
        page = next;
        gboolean last = page->len < limit;
        after = page->len > 0 ? g_ptr_array_index(page, page->len - 1) : NULL;
        for (guint i = 0; i < page->len && list->len < limit; i++) {
            ClientRow *row = g_ptr_array_index(page, i);
            if (!row->mine)
                g_ptr_array_add(list, client_row_copy(row));
        }
        if (last)
            break;
    }
    return TRUE;
}

GPtrArray *client_list_own_first(Session *session, const char *search, const ClientRow *after,
                                 int limit, GError **error)
{
    gboolean among_own = after == NULL || after->mine;
    g_autoptr(GPtrArray) list =
        among_own ? client_list(session, search, TRUE, after, limit, error)
                  : g_ptr_array_new_with_free_func((GDestroyNotify)client_row_free);
    if (list == NULL ||
        !add_others(session, search, among_own ? NULL : after, (guint)limit, list, error))
        return NULL;
    return g_steal_pointer(&list);
}

gboolean client_count(Session *session, const char *search, gboolean mine, gint64 *count,
                      GError **error)
{
    static const char *const sql[] = {
        [SEARCH_ALL] = "SELECT count(*) FROM client c WHERE " OF_UNIT BY_NEED STILL_HERE,
        [SEARCH_LETTER] = COUNT_OF("SELECT w.client_id" OF_LETTER),
        [SEARCH_WORDS] = COUNT_OF("SELECT DISTINCT w.client_id" OF_WORDS),
        [SEARCH_NUMBER] = COUNT_OF("SELECT DISTINCT n.id FROM (" NUMBERS ") n WHERE " MINE("n.id")),
    };
    g_auto(Search) typed = search_parse(search);
    Params params = {.count = 0};

    *count = 0;
    if (!access_require(session, PERMIT_CLIENT_READ, error))
        return FALSE;
    if (typed.kind == SEARCH_NOTHING)
        return TRUE;
    params_search(&params, session, &typed);
    params_mine(&params, session, mine);
    if (typed.kind != SEARCH_ALL)
        params.list[params.count++] = DB_INT("most", CLIENTS_COUNTED + 1);
    if (typed.kind == SEARCH_NUMBER || typed.kind == SEARCH_ALL)
        params_guard(&params, session);
    return db_get_int(session_db(session), sql[typed.kind], params.list, 0, count, error);
}

ClientRow *client_known(Session *session, gint64 id, GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session_db(session), ROWS "c.id = :id AND c.unit_id = :unit",
                 DB_PARAMS(CLIENT_GUARD(session), DB_INT("id", id),
                           DB_INT("unit", session_unit_id(session))),
                 error);
    DbStep step = row ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("This client is no longer there. Open the list again."));
    return step == DB_STEP_ROW ? row_read(row) : NULL;
}

ClientRow *client_glance(Session *session, gint64 id, GError **error)
{
    return access_require(session, PERMIT_CLIENT_READ, error) ? client_known(session, id, error)
                                                              : NULL;
}

gboolean client_find(Session *session, const char *id_number, const char *number, gint64 *id,
                     GError **error)
{
    return db_get_int(session_db(session),
                      "SELECT id FROM (SELECT c.id, CASE WHEN c.id_number = :id_number THEN 0"
                      " ELSE 2 END AS rank FROM client c WHERE c.unit_id = :unit"
                      " AND (c.id_number = :id_number OR c.number = :number)"
                      " UNION ALL SELECT f.client_id, CASE WHEN f.kind = 'id_number' THEN 1"
                      " ELSE 3 END FROM client_former f WHERE f.unit_id = :unit"
                      " AND ((f.kind = 'id_number' AND f.value = :id_number)"
                      " OR (f.kind = 'number' AND f.value = :number))) AS found"
                      " ORDER BY rank LIMIT 1",
                      DB_PARAMS(DB_INT("unit", session_unit_id(session)),
                                DB_TEXT("id_number", id_number), DB_TEXT("number", number)),
                      0, id, error);
}

GPtrArray *client_former(Session *session, gint64 id, const char *kind, GError **error)
{
    return client_names_former(session_db(session), id, kind, error);
}

gboolean client_find_unnumbered(Session *session, const char *name, Date birth, gint64 *id,
                                GError **error)
{
    char born[DATE_SIZE];
    return db_get_int(
        session_db(session),
        "SELECT COALESCE(c.merged_into, c.id) FROM client c WHERE c.unit_id = :unit"
        " AND c.name = :name AND c.birth_date IS NOT DISTINCT FROM :born"
        " AND c.number IS NULL AND c.id_number IS NULL AND NOT EXISTS (SELECT 1"
        " FROM client_merge m WHERE m.closed_id = c.id AND m.undone_ms IS NULL"
        " AND (m.closed_number IS NOT NULL OR m.closed_id_number IS NOT NULL))"
        " ORDER BY c.id LIMIT 1",
        DB_PARAMS(DB_INT("unit", session_unit_id(session)), DB_TEXT("name", name),
                  birth == DATE_NONE ? DB_NULL("born") : DB_TEXT("born", date_format(birth, born))),
        0, id, error);
}
