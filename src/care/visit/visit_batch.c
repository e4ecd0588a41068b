/* visit_batch.c: many visits read in from a file. The counts are gathered and written at the end;
 * what a row is compared with is looked up once a row. */
#include "care/visit/visit_batch.h"

#include <string.h>

#include "base/clock.h"
#include "care/completion/decision_settle.h"
#include "care/unit/access.h"
#include "care/unit/id_page.h"
#include "care/visit/counted.h"
#include "care/visit/meeting.h"
#include "care/visit/summary.h"
#include "care/visit/visit_row.h"

/* What the counts are gathered by; `cause` is one of the batch's own texts or NULL. */
typedef struct {
    Week week;
    Outcome outcome;
    gboolean stand_in;
    const char *cause;
} CountKey;

struct VisitBatch {
    Session *session;
    gint64 import_id;
    gint64 now_ms;
    gint64 client_id;     /* of the row before; 0: none yet */
    GHashTable *clients;  /* gint64 *: whose visits were added or completed */
    gint64 added_id;      /* of the row added last; 0: none yet */
    Outcome added;        /* what came of it */
    GHashTable *times;    /* all of that client's visits, as keys of time_key(); NULL: not known */
    GPtrArray *ahead;     /* There, by client, time and id: visit_batch_look_ahead() */
    GHashTable *ahead_of; /* gint64 *: whose they are, all of those days */
    gint64 written_of;    /* of whom a visit was written last; 0: none yet */
    GHashTable *written;  /* the times at which that was, as keys of time_key() */
    GHashTable *counts;   /* CountKey * → gint64 * */
    GStringChunk *causes;
    DbIndexes *indexes; /* taken away until the batch is finished; NULL: they are there */
};

/* Fewer than these are not worth laying the indexes anew. */
#define MANY 2000

static guint count_hash(gconstpointer key)
{
    const CountKey *count = key;
    return (guint)count->week * 31 + (guint)count->outcome * 7 + g_direct_hash(count->cause);
}

static gboolean count_equal(gconstpointer left, gconstpointer right)
{
    const CountKey *a = left, *b = right;
    return a->week == b->week && a->outcome == b->outcome && a->stand_in == b->stand_in &&
           a->cause == b->cause;
}

gboolean visit_batch_expect(VisitBatch *batch, gint64 visits, GError **error)
{
    Db *db = session_db(batch->session);
    gint64 there = 0;
    if (!db_get_int(db, "SELECT coalesce(sum(visits), 0) FROM week_outcome", NULL, 0, &there,
                    error))
        return FALSE;
    if (batch->indexes != NULL || visits < MANY || visits < there / 2)
        return TRUE;
    /* What is there already is looked up by client; the others have no row of a file's, and laying
     * them would read the whole table for nothing. */
    batch->indexes = db_indexes_take_away(
        db, "visit",
        "visit_of_client visit_of_series visit_of_origin visit_of_new visit_of_response"
        " visit_of_absence",
        error);
    return batch->indexes != NULL;
}

static void gather(VisitBatch *batch, Week week, const VisitOutcome *outcome, gboolean stand_in,
                   gint64 visits)
{
    CountKey key = {
        week, outcome->outcome, stand_in,
        outcome->cause != NULL ? g_string_chunk_insert_const(batch->causes, outcome->cause) : NULL};
    gint64 *count = g_hash_table_lookup(batch->counts, &key);
    if (count == NULL) {
        count = g_new0(gint64, 1);
        g_hash_table_insert(batch->counts, g_memdup2(&key, sizeof key), count);
    }
    *count += visits;
}

static void note_client(VisitBatch *batch, gint64 client_id)
{
    if (!g_hash_table_contains(batch->clients, &client_id))
        g_hash_table_add(batch->clients, g_memdup2(&client_id, sizeof client_id));
}

/* --- what is there already -------------------------------------------------------------------- */

/* A visit of the same client at the same time. */
typedef struct {
    gint64 id, origin_id;
    gboolean same_staff, other_staff; /* neither: one of the two has nobody */
    gboolean planned;                 /* nothing has come of it yet */
    gboolean agrees;                  /* says nothing else than the row */
    gboolean stand_in;
    gboolean recorded_before; /* and undone, so something may have been made by it */
} Present;

static gsize time_of(Date date, int start)
{
    return (gsize)date * DAY_MINUTES + (gsize)start;
}

static gpointer time_key(const Visit *row)
{
    return GSIZE_TO_POINTER(time_of(row->date, row->start));
}

/* As it is kept. */
enum { OUTCOME, BY, CAUSE, WORDS, NOTE, SOURCE, TOLD, FURTHER, ALTERNATIVE, TEXTS };
typedef struct {
    gint64 client_id;
    gsize time; /* time_key() */
    gint64 id, staff_id, minutes, origin_id, version;
    int notice, taken; /* below 0: not said */
    gboolean stand_in;
    char *texts[TEXTS];
} There;

static void there_free(gpointer data)
{
    There *there = data;
    for (int i = 0; i < TEXTS; i++)
        g_free(there->texts[i]);
    g_free(there);
}

#define THERE                                                                                      \
    "SELECT id, staff_id, minutes, outcome, cancelled_by, notice_hours, cause, words, note,"       \
    " origin_id, stand_in, version, cause_source, told_by, cause_further, alternative,"            \
    " alternative_taken, client_id, date, start FROM visit WHERE "

static There *there_of(DbStatement *row)
{
    static const int columns[TEXTS] = {3, 4, 6, 7, 8, 12, 13, 14, 15};
    There *there = g_new0(There, 1);
    there->client_id = db_int(row, 17);
    there->time = time_of(date_parse(db_text(row, 18)), time_parse(db_text(row, 19)));
    there->id = db_int(row, 0);
    there->staff_id = db_int(row, 1);
    there->minutes = db_int(row, 2);
    there->origin_id = db_int(row, 9);
    there->version = db_int(row, 11);
    there->notice = db_is_null(row, 5) ? -1 : (int)db_int(row, 5);
    there->taken = db_is_null(row, 16) ? -1 : (int)db_int(row, 16);
    there->stand_in = db_int(row, 10) != 0;
    for (int i = 0; i < TEXTS; i++)
        there->texts[i] = g_strdup(db_text(row, columns[i]));
    return there;
}

static gboolean text_agrees(const char *row, const char *there)
{
    return row == NULL || g_strcmp0(row, there) == 0;
}

/* What a file leaves out contradicts nothing: it may have been filled in since. */
static gboolean agrees(const There *there, const Visit *row)
{
    const VisitOutcome *outcome = &row->outcome;
    char *const *texts = there->texts;
    return there->minutes == row->minutes &&
           g_strcmp0(texts[OUTCOME], outcome_code(outcome->outcome)) == 0 &&
           text_agrees(cancelled_by_code(outcome->by), texts[BY]) &&
           (outcome->notice < 0 || there->notice == outcome->notice) &&
           text_agrees(outcome->cause, texts[CAUSE]) &&
           text_agrees(cause_source_code(outcome->source), texts[SOURCE]) &&
           text_agrees(outcome->words, texts[WORDS]) && text_agrees(outcome->note, texts[NOTE]) &&
           text_agrees(told_by_code(outcome->told), texts[TOLD]) &&
           text_agrees(outcome->cause_further, texts[FURTHER]) &&
           text_agrees(alternative_code(outcome->alternative), texts[ALTERNATIVE]) &&
           (outcome->alternative_taken < 0 || there->taken == outcome->alternative_taken);
}

/* How well a visit that is there fits the row; 0: it is another visit. The row's own staff goes
 * first, then a visit of nobody's or one whose staff has been changed; a visit that was made in
 * place of another only when there is none of the planning system's. */
static int fit(const Present *there, const Visit *row)
{
    gboolean row_planned = row->outcome.outcome == OUTCOME_NONE;
    int score = 0;
    if (!there->other_staff)
        score = there->same_staff ? 8 : 4;
    else if (there->planned && !row_planned)
        score = 2;
    if (score > 0 && there->agrees)
        score += 32;
    if (score > 0 && there->origin_id == 0)
        score += 16;
    if (score > 0 && there->planned)
        score += 1;
    return score;
}

/* The best of those that were read, of which the first stands at `from`. */
static void choose(const GPtrArray *all, guint from, const Visit *row, Present *best)
{
    int best_fit = 0;
    *best = (Present){0};
    for (guint i = from; i < all->len; i++) {
        const There *one = all->pdata[i];
        if (one->client_id != row->client_id || one->time != time_of(row->date, row->start))
            break;
        const gint64 staff = one->staff_id;
        const Present there = {.id = one->id,
                               .same_staff = staff != 0 && staff == row->staff_id,
                               .other_staff =
                                   staff != 0 && row->staff_id != 0 && staff != row->staff_id,
                               .origin_id = one->origin_id,
                               .planned = one->texts[OUTCOME] == NULL,
                               .agrees = agrees(one, row),
                               .stand_in = one->stand_in,
                               .recorded_before = one->version > 1};
        const int there_fit = fit(&there, row);
        if (there_fit > best_fit) {
            best_fit = there_fit;
            *best = there;
        }
    }
}

static gboolean read_there(DbStatement *rows, GPtrArray *all, GError **error)
{
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(all, there_of(rows));
    return step == DB_STEP_DONE;
}

static gboolean find_present(VisitBatch *batch, const Visit *row, Present *best, GError **error)
{
    char date[DATE_SIZE], start[TIME_SIZE];
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(there_free);
    g_autoptr(DbStatement) rows = db_query(
        session_db(batch->session),
        THERE "client_id = :client AND date = :date AND start = :start ORDER BY id",
        DB_PARAMS(DB_INT("client", row->client_id), DB_TEXT("date", date_format(row->date, date)),
                  DB_TEXT("start", time_format(row->start, start))),
        error);
    if (!read_there(rows, all, error))
        return FALSE;
    choose(all, 0, row, best);
    return TRUE;
}

VisitBatch *visit_batch_new(Session *session, gint64 import_id, GError **error)
{
    if (!access_require(session, PERMIT_IMPORT, error))
        return NULL;
    VisitBatch *batch = g_new0(VisitBatch, 1);
    batch->session = session;
    batch->import_id = import_id;
    batch->now_ms = clock_now_ms();
    batch->counts = g_hash_table_new_full(count_hash, count_equal, g_free, g_free);
    batch->ahead = g_ptr_array_new_with_free_func(there_free);
    batch->ahead_of = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    batch->written = g_hash_table_new(NULL, NULL);
    batch->causes = g_string_chunk_new(1024);
    batch->clients = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    return batch;
}

void visit_batch_free(VisitBatch *batch)
{
    if (batch == NULL)
        return;
    g_ptr_array_unref(batch->ahead);
    g_hash_table_unref(batch->ahead_of);
    g_hash_table_unref(batch->written);
    g_hash_table_unref(batch->counts);
    g_hash_table_unref(batch->clients);
    g_clear_pointer(&batch->times, g_hash_table_unref);
    g_string_chunk_free(batch->causes);
    db_indexes_free(batch->indexes);
    g_free(batch);
}

/* --- read before they are needed -------------------------------------------------------------- */

gboolean visit_batch_look_ahead(VisitBatch *batch, const gint64 *clients, guint count, Date from,
                                Date to, GError **error)
{
    char first[DATE_SIZE], last[DATE_SIZE];
    DbParam params[ID_PAGE_PARAMS];
    g_ptr_array_set_size(batch->ahead, 0);
    g_hash_table_remove_all(batch->ahead_of);
    g_autoptr(DbStatement) rows =
        db_query(session_db(batch->session),
                 THERE "client_id IN " ID_PAGE_SQL " AND date BETWEEN :from AND :to"
                       " ORDER BY client_id, date, start, id",
                 id_page_params(params,
                                DB_PARAMS(DB_TEXT("from", date_format(from, first)),
                                          DB_TEXT("to", date_format(to, last))),
                                clients, count),
                 error);
    if (!read_there(rows, batch->ahead, error))
        return FALSE;
    for (guint i = 0; i < count; i++)
        g_hash_table_add(batch->ahead_of, g_memdup2(&clients[i], sizeof clients[i]));
    return TRUE;
}

/* Where those of the row's client and time begin. */
static guint place_ahead(const VisitBatch *batch, const Visit *row)
{
    const gsize time = time_of(row->date, row->start);
    guint from = 0, to = batch->ahead->len;
    while (from < to) {
        const guint middle = from + (to - from) / 2;
        const There *one = batch->ahead->pdata[middle];
        if (one->client_id < row->client_id ||
            (one->client_id == row->client_id && one->time < time))
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* What this batch has written itself is read again. */
static gboolean find_there(VisitBatch *batch, const Visit *row, Present *best, GError **error)
{
    if (!g_hash_table_contains(batch->ahead_of, &row->client_id) ||
        (batch->written_of == row->client_id &&
         g_hash_table_contains(batch->written, time_key(row))))
        return find_present(batch, row, best, error);
    choose(batch->ahead, place_ahead(batch, row), row, best);
    return TRUE;
}

static void note_written(VisitBatch *batch, const Visit *row)
{
    if (batch->written_of != row->client_id) {
        /* Of whom rows come back after others' what was read is old. */
        if (batch->written_of != 0)
            g_hash_table_remove(batch->ahead_of, &batch->written_of);
        g_hash_table_remove_all(batch->written);
    }
    batch->written_of = row->client_id;
    g_hash_table_add(batch->written, time_key(row));
}

/* --- a client's first visits ------------------------------------------------------------------ */

/* A new client has nothing to compare a row with but what the rows before it have added: that is
 * remembered as long as the client's rows follow each other. */
static gboolean meet_client(VisitBatch *batch, gint64 client_id, GError **error)
{
    gint64 known = 0;
    if (client_id == batch->client_id)
        return TRUE;
    g_clear_pointer(&batch->times, g_hash_table_unref);
    batch->client_id = 0;
    if (!db_get_int(session_db(batch->session),
                    "SELECT 1 FROM visit WHERE client_id = :client LIMIT 1",
                    DB_PARAMS(DB_INT("client", client_id)), 0, &known, error))
        return FALSE;
    batch->client_id = client_id;
    if (!known)
        batch->times = g_hash_table_new(NULL, NULL);
    return TRUE;
}

static gboolean nothing_there(const VisitBatch *batch, const Visit *row)
{
    return batch->times != NULL && !g_hash_table_contains(batch->times, time_key(row));
}

/* --- rows ------------------------------------------------------------------------------------- */

static BatchResult add(VisitBatch *batch, const Visit *row, gboolean stand_in, GError **error)
{
    Db *db = session_db(batch->session);
    Visit added = *row;
    added.id = db_new_id(db, "visit", error);
    added.version = 1;
    if (row->outcome.outcome != OUTCOME_NONE && row->recorded_ms == 0) {
        added.recorded_ms = batch->now_ms;
        added.recorded_by = session_staff_id(batch->session);
    }
    if (added.id == 0 || !visit_insert_row(batch->session, &added, batch->import_id, TRUE, error) ||
        (stand_in && !db_run_later(db, "UPDATE visit SET stand_in = 1 WHERE id = :id",
                                   DB_PARAMS(DB_INT("id", added.id)), error)))
        return BATCH_ERROR;
    batch->added_id = added.id;
    batch->added = row->outcome.outcome;
    if (batch->times != NULL)
        g_hash_table_add(batch->times, time_key(row));
    note_written(batch, row);
    gather(batch, week_of(row->date), &row->outcome, stand_in, 1);
    note_client(batch, row->client_id);
    return BATCH_ADDED;
}

/* The state before was empty, so none is kept: see visit_record.c. */
static BatchResult complete(VisitBatch *batch, const Present *there, const Visit *row,
                            GError **error)
{
    const VisitOutcome *outcome = &row->outcome;
    if (!db_run(session_db(batch->session),
                "UPDATE visit SET outcome = :outcome, cancelled_by = :by, told_by = :told,"
                " notice_hours = :notice, cause = :cause, cause_further = :further,"
                " cause_source = :source, words = :words, alternative = :alternative,"
                " alternative_taken = :taken,"
                " note = COALESCE(:note, note), staff_id = COALESCE(:staff, staff_id),"
                " minutes = :minutes, version = version + 1, recorded_ms = :now,"
                " recorded_by = :me, import_id = :import WHERE id = :id",
                DB_PARAMS(
                    DB_TEXT("outcome", outcome_code(outcome->outcome)),
                    DB_TEXT("by", cancelled_by_code(outcome->by)),
                    DB_TEXT("told", told_by_code(outcome->told)),
                    DB_INT_IF("notice", outcome->notice, outcome->notice >= 0),
                    DB_TEXT("cause", outcome->cause), DB_TEXT("further", outcome->cause_further),
                    DB_TEXT("source", cause_source_code(outcome->source)),
                    DB_TEXT("alternative", alternative_code(outcome->alternative)),
                    DB_INT_IF("taken", outcome->alternative_taken, outcome->alternative_taken >= 0),
                    DB_TEXT("words", outcome->words), DB_TEXT("note", outcome->note),
                    DB_INT_OR_NULL("staff", row->staff_id), DB_INT("minutes", row->minutes),
                    DB_INT("now", batch->now_ms), DB_INT("me", session_staff_id(batch->session)),
                    DB_INT_OR_NULL("import", batch->import_id), DB_INT("id", there->id)),
                error) ||
        (there->recorded_before && !meeting_settle(batch->session, there->id, error)) ||
        !counted_forget_origins(batch->session, there->origin_id, error))
        return BATCH_ERROR;
    note_written(batch, row);
    const VisitOutcome none = {.outcome = OUTCOME_NONE};
    gather(batch, week_of(row->date), &none, there->stand_in, -1);
    gather(batch, week_of(row->date), outcome, there->stand_in, 1);
    note_client(batch, row->client_id);
    return BATCH_COMPLETED;
}

BatchResult visit_batch_add(VisitBatch *batch, const Visit *visit, GError **error)
{
    Present there;
    gboolean planned = visit->outcome.outcome == OUTCOME_NONE;
    const gboolean ahead = g_hash_table_contains(batch->ahead_of, &visit->client_id);
    if (!ahead && !meet_client(batch, visit->client_id, error))
        return BATCH_ERROR;
    if (!ahead && nothing_there(batch, visit))
        return add(batch, visit, FALSE, error);
    if (!find_there(batch, visit, &there, error))
        return BATCH_ERROR;
    if (there.id == 0)
        return add(batch, visit, FALSE, error);
    /* An older export knows a visit as planned of which something has come since. */
    if (there.agrees || (planned && !there.planned))
        return BATCH_DUPLICATE;
    return there.planned && !planned ? complete(batch, &there, visit, error) : BATCH_DIFFERS;
}

BatchResult visit_batch_add_instead(VisitBatch *batch, const Visit *visit, GError **error)
{
    g_return_val_if_fail(batch->added_id != 0, BATCH_ERROR);
    Visit instead = *visit;
    instead.origin_id = batch->added_id;
    return add(batch, &instead, meeting_stands_in(FALSE, batch->added, TRUE), error);
}

static gboolean settle_clients(VisitBatch *batch, GError **error)
{
    GHashTableIter iter;
    gpointer client;
    g_hash_table_iter_init(&iter, batch->clients);
    while (g_hash_table_iter_next(&iter, &client, NULL)) {
        const gint64 id = *(const gint64 *)client;
        if (!counted_settle_first(batch->session, id, error) ||
            !counted_settle_latest(batch->session, id, error))
            return FALSE;
    }
    return TRUE;
}

/* Adds to `decided` those of the page who have a decision. */
static gboolean find_decided(VisitBatch *batch, const gint64 *ids, guint count, GArray *decided,
                             GError **error)
{
    DbParam params[ID_PAGE_PARAMS];
    g_autoptr(DbStatement) rows =
        db_query(session_db(batch->session),
                 "SELECT DISTINCT client_id FROM decision WHERE client_id IN " ID_PAGE_SQL
                 " ORDER BY client_id",
                 id_page_params(params, DB_PARAMS({.type = DB_TYPE_END}), ids, count), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        const gint64 id = db_int(rows, 0);
        g_array_append_val(decided, id);
    }
    return step == DB_STEP_DONE;
}

/* A file knows of no decision: what it plans past the end of one is to be settled. */
static gboolean settle_decisions(VisitBatch *batch, GError **error)
{
    g_autoptr(GArray) decided = g_array_new(FALSE, FALSE, sizeof(gint64));
    GHashTableIter iter;
    gpointer key;
    gint64 ids[ID_PAGE];
    guint count = 0;
    g_hash_table_iter_init(&iter, batch->clients);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        ids[count++] = *(const gint64 *)key;
        if (count == ID_PAGE && !find_decided(batch, ids, count, decided, error))
            return FALSE;
        count %= ID_PAGE;
        g_hash_table_iter_remove(&iter);
    }
    if (count > 0 && !find_decided(batch, ids, count, decided, error))
        return FALSE;
    for (guint i = 0; i < decided->len; i++)
        if (!decision_settle(batch->session, g_array_index(decided, gint64, i), NULL, error))
            return FALSE;
    return TRUE;
}

gboolean visit_batch_finish(VisitBatch *batch, GError **error)
{
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, batch->counts);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        const CountKey *count = key;
        if (!summary_move(
                batch->session, (SummaryOf){0}, (SummaryState){0},
                (SummaryState){count->week, count->outcome, count->cause, count->stand_in},
                *(gint64 *)value, error))
            return FALSE;
        g_hash_table_iter_remove(&iter);
    }
    return settle_clients(batch, error) &&
           (batch->indexes == NULL || db_indexes_lay_again(batch->indexes, error)) &&
           settle_decisions(batch, error);
}
