/* quote.c: a client's own words for the meeting. */
#include "care/client/quote.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/client/client.h"
#include "care/client/client_guard.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"

Quote *quote_new(void)
{
    Quote *quote = g_new0(Quote, 1);
    quote->said_on = quote->allowed_on = quote->withdrawn_on = DATE_NONE;
    return quote;
}

void quote_free(Quote *quote)
{
    if (quote == NULL)
        return;
    g_free(quote->words);
    g_free(quote);
}

gboolean quote_holds(const Quote *quote, Date day)
{
    return quote->allowed_on <= day &&
           (quote->withdrawn_on == DATE_NONE || day < quote->withdrawn_on);
}

/* Nobody is called by a single letter alone. */
#define NAME_LEAST 2

gboolean quote_names(const char *words, const char *name)
{
    g_auto(GStrv) said = text_fold_words(words), names = text_fold_words(name);
    for (char **one = names; *one != NULL; one++) {
        const gsize length = strlen(*one);
        for (char **word = said; length >= NAME_LEAST && *word != NULL; word++)
            if (strncmp(*word, *one, length) == 0 &&
                ((*word)[length] == '\0' || g_str_equal(*word + length, "s")))
                return TRUE;
    }
    return FALSE;
}

/* --- reading ---------------------------------------------------------------------------------- */

#define QUOTE_COLUMNS                                                                              \
    "SELECT q.id, q.client_id, q.words, q.said_on, q.allowed_on, q.withdrawn_on FROM quote q"

static Quote *from_row(DbStatement *row)
{
    Quote *quote = quote_new();
    quote->id = db_int(row, 0);
    quote->client_id = db_int(row, 1);
    quote->words = g_strdup(db_text(row, 2));
    quote->said_on = date_parse(db_text(row, 3));
    quote->allowed_on = date_parse(db_text(row, 4));
    quote->withdrawn_on = date_parse(db_text(row, 5));
    return quote;
}

static GPtrArray *all_of(DbStatement *rows, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)quote_free);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(all, from_row(rows));
    return step == DB_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

GPtrArray *quote_of_client(Session *session, gint64 client_id, GError **error)
{
    if (!client_require(session, PERMIT_WALK, client_id, error))
        return NULL;
    g_autoptr(DbStatement) rows =
        db_query(session_db(session),
                 QUOTE_COLUMNS " WHERE q.client_id = :client"
                               " ORDER BY CASE WHEN q.withdrawn_on IS NULL THEN 0 ELSE 1 END,"
                               " q.said_on DESC, q.id DESC",
                 DB_PARAMS(DB_INT("client", client_id)), error);
    return all_of(rows, error);
}

static gint by_words(gconstpointer a, gconstpointer b)
{
    return text_collate((*(Quote *const *)a)->words, (*(Quote *const *)b)->words);
}

GPtrArray *quote_for_meeting(Session *session, Date from, Date to, GError **error)
{
    char first[DATE_SIZE], last[DATE_SIZE], today[DATE_SIZE];
    if (!access_require(session, PERMIT_REVIEW, error))
        return NULL;
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        QUOTE_COLUMNS " JOIN client c ON c.id = q.client_id WHERE q.unit_id = :unit"
                      " AND q.allowed_on >= :from AND q.allowed_on <= :to"
                      " AND (q.withdrawn_on IS NULL OR q.withdrawn_on > :today)"
                      " AND c.protection = 'none'",
        DB_PARAMS(DB_INT("unit", session_unit_id(session)),
                  DB_TEXT("from", date_format(from, first)), DB_TEXT("to", date_format(to, last)),
                  DB_TEXT("today", date_format(clock_today(), today))),
        error);
    GPtrArray *all = all_of(rows, error);
    if (all != NULL)
        g_ptr_array_sort(all, by_words);
    return all;
}

gboolean quote_log(Session *session, const GPtrArray *quotes, GError **error)
{
    for (guint i = 0; i < quotes->len; i++) {
        const Quote *quote = quotes->pdata[i];
        if (!audit_write(session, "export", "quote", quote->id, quote->client_id, NULL, error))
            return FALSE;
    }
    return TRUE;
}

/* --- rows ------------------------------------------------------------------------------------- */

gboolean quote_rows_take(char *const *values, Quote *quote, const char *faults[QUOTE_ROW_COUNT])
{
    g_autofree char *day = g_strstrip(g_strdup(values[QUOTE_ROW_SAID]));
    g_free(quote->words);
    quote->words = g_strstrip(g_strdup(values[QUOTE_ROW_WORDS]));
    quote->said_on = day[0] != '\0' ? date_parse_words(day, clock_today()) : DATE_NONE;
    faults[QUOTE_ROW_WORDS] = quote->words[0] == '\0' ? _("Write what the client said.") : NULL;
    faults[QUOTE_ROW_SAID] = quote->said_on == DATE_NONE || quote->said_on > clock_today()
                                 ? _("Write the day on which it was said, today or earlier.")
                                 : NULL;
    faults[QUOTE_ROW_ALLOWED] =
        !g_str_equal(values[QUOTE_ROW_ALLOWED], "1")
            ? _("Ask the client first. Words are shown only where the client has said yes.")
            : NULL;
    for (int row = 0; row < QUOTE_ROW_COUNT; row++)
        if (faults[row] != NULL)
            return FALSE;
    return TRUE;
}

/* --- writing ---------------------------------------------------------------------------------- */

/* What speaks against showing them; NULL: nothing. Translated. */
static const char *fault_of(const Quote *quote, const char *words, const ClientRow *client)
{
    if (client->protection != PROTECTION_NONE)
        return _("Words of somebody with protected identity are shown to nobody else, so they "
                 "cannot be a quote.");
    if (words[0] == '\0')
        return _("Write what the client said.");
    if (quote->said_on == DATE_NONE || quote->said_on > clock_today())
        return _("Write the day on which it was said, today or earlier.");
    if (quote_names(words, client->name))
        return _("The client's name stands in the words. Write them without it.");
    return NULL;
}

static gboolean insert(Session *session, Quote *quote, const char *words, GError **error)
{
    char said[DATE_SIZE], allowed[DATE_SIZE];
    Db *db = session_db(session);
    if (quote->id == 0 && (quote->id = db_new_id(db, "quote", error)) == 0)
        return FALSE;
    quote->allowed_on = clock_today();
    if (!db_run(db,
                "INSERT INTO quote (id, unit_id, client_id, words, said_on, allowed_on, staff_id,"
                " created_ms) VALUES (:id, :unit, :client, :words, :said, :allowed, :me, :now)"
                " ON CONFLICT (id) DO NOTHING",
                DB_PARAMS(DB_INT("id", quote->id), DB_INT("unit", session_unit_id(session)),
                          DB_INT("client", quote->client_id), DB_TEXT("words", words),
                          DB_TEXT("said", date_format(quote->said_on, said)),
                          DB_TEXT("allowed", date_format(quote->allowed_on, allowed)),
                          DB_INT_OR_NULL("me", session_staff_id(session)),
                          DB_INT("now", clock_now_ms())),
                error))
        return FALSE;
    if (db_changes(db) == 0)
        return TRUE; /* it came through the first time */
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "words", NULL, words);
    audit_changes_date(changes, "said_on", DATE_NONE, quote->said_on);
    return audit_write(session, "create", "quote", quote->id, quote->client_id, changes, error);
}

gboolean quote_add(Session *session, Quote *quote, GError **error)
{
    if (!client_require(session, PERMIT_WALK, quote->client_id, error))
        return FALSE;
    ClientRow *client = client_glance(session, quote->client_id, error);
    if (client == NULL)
        return FALSE;
    g_autofree char *words = g_strstrip(text_clean(quote->words != NULL ? quote->words : ""));
    const char *fault = fault_of(quote, words, client);
    client_row_free(client);
    if (fault != NULL) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, fault);
        return FALSE;
    }
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    return tx != NULL && insert(session, quote, words, error) &&
           commit_and_make_sure(session, tx, "SELECT COUNT(*) FROM quote WHERE id = :id",
                                DB_PARAMS(DB_INT("id", quote->id)), error);
}

static Quote *quote_read(Session *session, gint64 id, GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session_db(session), QUOTE_COLUMNS " WHERE q.id = :id AND q.unit_id = :unit",
                 DB_PARAMS(DB_INT("id", id), DB_INT("unit", session_unit_id(session))), error);
    DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("The quote is no longer there. Look at the card again."));
    return step == DB_STEP_ROW ? from_row(row) : NULL;
}

gboolean quote_withdraw(Session *session, gint64 id, GError **error)
{
    char today[DATE_SIZE];
    g_autoptr(Quote) quote = NULL;
    if (!access_require(session, PERMIT_WALK, error) ||
        (quote = quote_read(session, id, error)) == NULL ||
        !client_require_open(session, quote->client_id, error))
        return FALSE;
    if (quote->withdrawn_on != DATE_NONE)
        return TRUE; /* it is already */
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_date(changes, "withdrawn_on", DATE_NONE, clock_today());
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    return tx != NULL &&
           db_run(session_db(session),
                  "UPDATE quote SET withdrawn_on = :day WHERE id = :id AND withdrawn_on IS NULL",
                  DB_PARAMS(DB_TEXT("day", date_format(clock_today(), today)), DB_INT("id", id)),
                  error) &&
           audit_write(session, "change", "quote", id, quote->client_id, changes, error) &&
           commit_and_make_sure(
               session, tx,
               "SELECT COUNT(*) FROM quote WHERE id = :id AND withdrawn_on IS NOT NULL",
               DB_PARAMS(DB_INT("id", id)), error);
}
