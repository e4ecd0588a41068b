/* client_doubles.c: who may have two cards. */
#include "care/client/client_doubles.h"

#include "base/clock.h"
#include "base/code.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/client/client_guard.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"

static const CodeWord WHYS[] = {
    [DOUBLE_NUMBER] = {"number", N_("the identity number of one is the client number of the other")},
    [DOUBLE_NAME] = {"name", N_("called alike and born the same day")},
    [DOUBLE_REPLACED] = {"replaced", N_("born the same day, one with a samordningsnummer and one with a "
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

/* The digits of a client number of ten or twelve, as an identity number is written. */
#define DIGITS "REPLACE(REPLACE(a.number, '-', ''), ' ', '')"
#define NUMBER_OF(century, from)                                                                   \
    "'" century "' || SUBSTR(" DIGITS ", 1, " from ") || '-' || SUBSTR(" DIGITS ", " from " + 1)"
#define PAIR(a, b) "CASE WHEN " a ".id < " b ".id THEN " a ".id ELSE " b ".id END"
#define OTHER_OF_PAIR(a, b) "CASE WHEN " a ".id < " b ".id THEN " b ".id ELSE " a ".id END"
#define SAME_DAY "b.unit_id = a.unit_id AND b.birth_date = a.birth_date"
#define PAIRS                                                                                      \
    "SELECT " PAIR("a", "b") " AS one, " OTHER_OF_PAIR("a", "b") " AS other, 0 AS why"             \
    " FROM client a JOIN client b ON b.unit_id = a.unit_id AND b.id <> a.id AND b.id_number IN ("  \
    "a.number, " NUMBER_OF("", "8") ", " NUMBER_OF("19", "6") ", " NUMBER_OF("20", "6") ")"        \
    " WHERE a.unit_id = :unit AND LENGTH(" DIGITS ") IN (10, 12)"                                  \
    " UNION ALL SELECT a.id, b.id, 1 FROM client a JOIN client b ON " SAME_DAY                     \
    " AND b.name_key = a.name_key AND b.id > a.id WHERE a.unit_id = :unit"                         \
    " UNION ALL SELECT " PAIR("a", "b") ", " OTHER_OF_PAIR("a", "b") ", 2"                         \
    " FROM client a JOIN client b ON " SAME_DAY " AND b.id_kind = 'personnummer'"                  \
    " WHERE a.unit_id = :unit AND a.id_kind = 'samordningsnummer'"
/* Of a card that was merged CLIENT_MAY_OPEN is 0 too. */
#define OPEN_PAIRS                                                                                 \
    "SELECT p.one, p.other, MIN(p.why), (SELECT n.name FROM client n WHERE n.id = p.one),"         \
    " (SELECT n.name FROM client n WHERE n.id = p.other) FROM (" PAIRS ") p WHERE NOT EXISTS (SELECT 1" \
    " FROM client c WHERE c.id IN (p.one, p.other) AND " CLIENT_MAY_OPEN " = 0)"                   \
    " AND NOT EXISTS (SELECT 1 FROM client_apart x WHERE x.client_id = p.one"                      \
    " AND x.other_id = p.other) GROUP BY p.one, p.other"

typedef struct {
    gint64 one, other;
    DoubleWhy why;
} Pair;

static gboolean have_a_name_in_common(const char *one, const char *other)
{
    g_auto(GStrv) names = text_fold_words(one), others = text_fold_words(other);
    for (char **name = names; *name != NULL; name++)
        if (g_strv_contains((const char *const *)others, *name))
            return TRUE;
    return FALSE;
}

static GArray *read_pairs(Session *session, GError **error)
{
    g_autoptr(GArray) pairs = g_array_new(FALSE, FALSE, sizeof(Pair));
    g_autoptr(DbStatement) rows =
        db_query(session_db(session), OPEN_PAIRS,
                 DB_PARAMS(CLIENT_GUARD(session), DB_INT("unit", session_unit_id(session))), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const Pair pair = {db_int(rows, 0), db_int(rows, 1), (DoubleWhy)db_int(rows, 2)};
        if (pair.why != DOUBLE_REPLACED || have_a_name_in_common(db_text(rows, 3), db_text(rows, 4)))
            g_array_append_val(pairs, pair);
    }
    return step == DB_STEP_DONE ? g_steal_pointer(&pairs) : NULL;
}

static gint by_name(gconstpointer left, gconstpointer right)
{
    const Doubles *a = *(Doubles *const *)left, *b = *(Doubles *const *)right;
    const int order = g_bytes_compare(a->row[0]->sort_key, b->row[0]->sort_key);
    return order != 0 ? order : (a->row[0]->id > b->row[0]->id) - (a->row[0]->id < b->row[0]->id);
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
    g_ptr_array_sort(all, by_name);
    return pairs != NULL ? g_steal_pointer(&all) : NULL;
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

/* --- saying that they are two ------------------------------------------------------------------ */

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
    const DbParam *pair = DB_PARAMS(DB_INT("one", MIN(one_id, other_id)),
                                    DB_INT("other", MAX(one_id, other_id)));
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
