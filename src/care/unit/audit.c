/* The audit log: one row an entry, each hashed together with the hash before it.
 *
 * That the newest entries were cut off cannot show in the chain itself. meta 'audit_mac' therefore
 * holds the number of the last entry and a keyed hash over it, written with every entry. The logs
 * of other computers that came home are told of in the unit's own, and proved from there
 * (audit_carried_private.h). */
#include "care/unit/audit.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/audit_carried_private.h"
#include "care/unit/audit_epoch.h"
#include "care/unit/audit_hash_private.h"
#include "care/unit/audit_head.h"
#include "care/unit/audit_weeded_private.h"
#include "care/unit/deed.h"
#include "care/unit/session_private.h"
#include "care/unit/unit_place.h"
#include "db/db_move.h"

#include <sodium.h>
#include <string.h>

#define HASH_BYTES AUDIT_HASH_BYTES
#define HASH_HEX (2 * HASH_BYTES + 1)
#define FAULTS_SHOWN 20
#define VERIFY_BATCH 5000

/* Said in two places. */
#define EMPTIED _("The audit log has been emptied.")
#define BEGINS_OTHERWISE                                                                           \
    _("The audit log does not begin with what was written when the unit was made: its beginning "  \
      "has been changed or removed.")
#define ENDS_OTHERWISE                                                                             \
    _("The end of the audit log is not what was written: the last entries have been removed or "   \
      "added by something else than Dagsform.")

/* "seq:hex" of an entry, sealed by `key` as `what`; of the log of `node`, unless that is 0. New. */
static char *seal(const Secret *key, const char *what, gint64 node, gint64 seq, const guint8 *hash)
{
    crypto_generichash_state state;
    guint8 mac[HASH_BYTES];
    char hex[HASH_HEX];

    audit_hash_begin(&state, key, what, hash);
    audit_hash_int(&state, seq);
    if (node != 0)
        audit_hash_int(&state, node);
    crypto_generichash_final(&state, mac, sizeof mac);
    return g_strdup_printf("%" G_GINT64_FORMAT ":%s", seq,
                           sodium_bin2hex(hex, sizeof hex, mac, sizeof mac));
}

/* What meta 'audit_mac' must be when `seq`, with `hash`, is the last entry of the log of `node`.
 * New. */
static char *head_mac(const Secret *key, gint64 node, gint64 seq, const guint8 *hash)
{
    return seal(key, "head", node, seq, hash);
}

/* Whether `stored` is that. Earlier versions wrote it without the node. */
static gboolean is_head(const char *stored, const Secret *key, gint64 node, gint64 seq,
                        const guint8 *hash)
{
    g_autofree char *mac = head_mac(key, node, seq, hash);
    g_autofree char *earlier = head_mac(key, 0, seq, hash);

    return g_strcmp0(stored, mac) == 0 || g_strcmp0(stored, earlier) == 0;
}

#define LAST                                                                                       \
    "SELECT seq, hash, (SELECT value FROM meta WHERE key = 'audit_mac'),"                          \
    " (SELECT value FROM meta WHERE key = '" DB_MOVED_TO "'),"                                     \
    " (SELECT value FROM meta WHERE key = '" DB_MOVING_TO "') FROM audit"                          \
    " WHERE node = :node ORDER BY seq DESC LIMIT 1"

/* The last entry's number and hash; 0 and zeros before the first. To write the next, `*mac` (else NULL) gets
 * meta 'audit_mac', new; NULL before the first. Nothing is written where the unit is kept elsewhere by now:
 * whoever has it open since before is told here. */
static gboolean read_last(Session *session, gint64 *seq, guint8 *hash, char **mac, GError **error)
{
    Db *db = session_db(session);
    g_autoptr(DbStatement) last = db_query(db, LAST, DB_PARAMS(DB_INT("node", db_node(db))), error);
    if (!last)
        return FALSE;
    DbStep step = db_step(last, error);
    if (step == DB_STEP_ERROR)
        return FALSE;
    *seq = 0;
    memset(hash, 0, HASH_BYTES);
    if (step == DB_STEP_ROW) {
        gsize length = 0;
        const void *bytes = db_blob(last, 1, &length);
        *seq = db_int(last, 0);
        memcpy(hash, bytes, MIN(length, HASH_BYTES));
        if (mac != NULL)
            *mac = g_strdup(db_text(last, 2));
    }
    const UnitAway away = {step == DB_STEP_ROW ? db_text(last, 3) : NULL,
                           step == DB_STEP_ROW ? db_text(last, 4) : NULL};
    return mac == NULL || unit_is_not_away(db, &away, session->carrying, error);
}

/* The entry that the making of a unit writes. Every log begins with one. */
static gboolean is_beginning(const AuditRow *row)
{
    return strcmp(row->action, "create") == 0 && strcmp(row->entity, "unit") == 0;
}

/* What the next entry is hashed on. Where the last entry is not the one that meta 'audit_mac'
 * names, entries have been cut off or put in: the next one then keeps its distance and begins on
 * zeros, so that this shows for good and is not covered up by going on. So it does where there is
 * no entry and no name of one, unless `row` is what a log begins with. */
static gboolean look_at_head(Session *session, const Secret *key, const AuditRow *row, gint64 *seq,
                             guint8 *hash, GError **error)
{
    Db *db = session_db(session);
    g_autoptr(GError) failed = NULL;
    g_autofree char *stored = NULL;

    if (!read_last(session, seq, hash, &stored, error))
        return FALSE;
    if (*seq == 0)
        stored = db_meta_get(db, "audit_mac", &failed);
    if (failed) {
        g_propagate_error(error, g_steal_pointer(&failed));
        return FALSE;
    }
    const gboolean fits = *seq > 0 ? is_head(stored, key, db_node(db), *seq, hash) : stored == NULL;
    if (!stored && *seq == 0 && !is_beginning(row))
        *seq = 1;
    else if (!fits) {
        *seq = MAX(*seq, stored ? g_ascii_strtoll(stored, NULL, 10) : 0);
        memset(hash, 0, HASH_BYTES);
    }
    return TRUE;
}

G_STATIC_ASSERT(sizeof(((struct Session *)NULL)->audit_hash) == HASH_BYTES);

/* What this session itself has written in the same transaction needs no second look. */
static gboolean read_head(Session *session, const Secret *key, const AuditRow *row, gint64 *seq,
                          guint8 *hash, GError **error)
{
    const gsize turn = db_turn(session->db);

    if (turn == 0 || turn != session->audit_turn)
        return look_at_head(session, key, row, seq, hash, error);
    *seq = session->audit_seq;
    memcpy(hash, session->audit_hash, HASH_BYTES);
    return TRUE;
}

/* Writes `row`, whose number stands, as the last entry, under `key` on the hash `previous`. */
static gboolean append(Session *session, const Secret *key, const guint8 *previous,
                       const AuditRow *row, GError **error)
{
    Db *db = session_db(session);
    guint8 hash[HASH_BYTES];

    audit_hash_row(key, "entry", previous, row, hash);
    g_autofree char *mac = head_mac(key, db_node(db), row->seq, hash);
    session->audit_turn = db_turn(db);
    session->audit_seq = row->seq;
    memcpy(session->audit_hash, hash, HASH_BYTES);
    return audit_row_write(session, row, hash, error) &&
           db_meta_set(db, "audit_mac", mac, error);
}

gboolean audit_write(Session *session, const char *action, const char *entity, gint64 entity_id,
                     gint64 client_id, const AuditChanges *changes, GError **error)
{
    const Secret *key = audit_epoch_key(session, error);
    guint8 previous[HASH_BYTES];
    AuditRow row = {.at_ms = clock_now_ms(),
                    .staff_id = session_staff_id(session),
                    .action = action,
                    .entity = entity,
                    .entity_id = entity_id,
                    .client_id = client_id};
    g_autofree char *json = NULL;

    if (!deed_allows(session, action, entity, error) || key == NULL ||
        !read_head(session, key, &row, &row.seq, previous, error))
        return FALSE;
    row.seq++;
    row.changes = json = audit_changes_from(changes, session->from_node);
    return append(session, key, previous, &row, error);
}

gboolean audit_last(Session *session, gint64 *seq, GError **error)
{
    guint8 hash[HASH_BYTES];

    return read_last(session, seq, hash, NULL, error);
}

const char *audit_unlogged(Session *session)
{
    return db_is_read_only(session_db(session))
               ? _("Nothing can be written now, so the log does not show that you opened this.")
               : NULL;
}

/* Who has opened what is protected can always be asked for, so it is not opened without a trace. */
static gboolean may_read_unlogged(Session *session, gint64 client_id, GError **error)
{
    gint64 guarded = 0;

    if (!db_get_int(session_db(session),
                    "SELECT count(*) FROM client WHERE id = :id AND protection <> 'none'",
                    DB_PARAMS(DB_INT("id", client_id)), 0, &guarded, error))
        return FALSE;
    if (guarded == 0)
        return TRUE;
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_DENIED,
                        _("This client has protected identity: whoever opens the card must stand "
                          "in the log, and nothing can be written now. Open it where the database "
                          "can be written to."));
    return FALSE;
}

/* The clients of whom it stands in the log that they were read about today. */
static GHashTable *read_today(Session *session)
{
    const Date today = clock_today();
    if (session->words_day != today)
        g_hash_table_remove_all(session->words_read);
    session->words_day = today;
    return session->words_read;
}

gboolean audit_note(Session *session, const char *action, const char *entity, gint64 entity_id,
                    gint64 client_id, GError **error)
{
    const gboolean reads = strcmp(action, "read") == 0;
    if (db_is_read_only(session_db(session)))
        return !reads || may_read_unlogged(session, client_id, error);
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    if (tx == NULL || !audit_write(session, action, entity, entity_id, client_id, NULL, error) ||
        !db_transaction_commit(tx, error))
        return FALSE;
    if (reads)
        g_hash_table_add(read_today(session), g_memdup2(&client_id, sizeof client_id));
    return TRUE;
}

gboolean audit_words(Session *session, const char *entity, const GArray *clients, GError **error)
{
    GHashTable *read = read_today(session);
    g_autoptr(GArray) unread = g_array_new(FALSE, FALSE, sizeof(gint64));
    for (guint i = 0; i < clients->len; i++) {
        gint64 client = g_array_index(clients, gint64, i);
        gboolean met = g_hash_table_contains(read, &client);
        for (guint j = 0; j < unread->len && !met; j++)
            met = g_array_index(unread, gint64, j) == client;
        if (!met)
            g_array_append_val(unread, client);
    }
    if (unread->len == 0 || db_is_read_only(session_db(session)))
        return TRUE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    if (tx == NULL)
        return FALSE;
    for (guint i = 0; i < unread->len; i++)
        if (!audit_write(session, "read", entity, 0, g_array_index(unread, gint64, i), NULL, error))
            return FALSE;
    if (!db_transaction_commit(tx, error))
        return FALSE;
    for (guint i = 0; i < unread->len; i++)
        g_hash_table_add(read, g_memdup2(&g_array_index(unread, gint64, i), sizeof(gint64)));
    return TRUE;
}

/* A walk along the chain. */
typedef struct {
    Session *session;
    const AuditEpochs *epochs;
    GPtrArray *faults;
    guint unshown;
    gint64 seq; /* the last one walked past; 0 before the first */
    guint8 hash[HASH_BYTES];
    gint64 carried; /* entries of other computers that it tells of */
    char *mac;      /* meta 'audit_mac' as it stood beside the last row */
} AuditWalk;

/* The key that the log is written under now. */
static const Secret *now_of(const AuditWalk *walk)
{
    return audit_epochs_key(walk->epochs, G_MAXINT64);
}

static void add_fault(AuditWalk *walk, char *sentence)
{
    if (walk->faults->len < FAULTS_SHOWN) {
        g_ptr_array_add(walk->faults, sentence);
        return;
    }
    walk->unshown++;
    g_free(sentence);
}

/* `*fits`: whether the entry is as it was written, or was weeded. FALSE with `error`. */
static gboolean judge(AuditWalk *walk, const AuditRow *row, const guint8 *stored, gsize length,
                      gboolean *fits, GError **error)
{
    guint8 hash[HASH_BYTES];

    audit_hash_row(audit_epochs_key(walk->epochs, row->seq), "entry", walk->hash, row, hash);
    *fits = length == HASH_BYTES && sodium_memcmp(hash, stored, HASH_BYTES) == 0;
    return *fits || length != HASH_BYTES || row->changes != NULL ||
           audit_weeded_fits(walk->session, walk->epochs, row, stored, fits, error);
}

static gboolean walk_row(AuditWalk *walk, const AuditRow *row, const guint8 *stored, gsize length,
                         GError **error)
{
    gboolean gap = row->seq != walk->seq + 1, fits = TRUE, told = TRUE;

    if (gap && row->seq == walk->seq + 2)
        add_fault(walk, g_strdup_printf(_("Entry %lld of the audit log has been removed."),
                                        (long long)walk->seq + 1));
    else if (gap)
        add_fault(walk,
                  g_strdup_printf(_("Entries %lld to %lld of the audit log have been removed."),
                                  (long long)walk->seq + 1, (long long)row->seq - 1));
    /* Behind a gap the hash before is not known, so this entry cannot be judged. */
    if (!gap && !judge(walk, row, stored, length, &fits, error))
        return FALSE;
    if (!fits)
        add_fault(walk, g_strdup_printf(_("Entry %lld of the audit log is not what was written."),
                                        (long long)row->seq));
    if (audit_is_weed(row) && !audit_weed_told(walk->session, walk->epochs, row, &told, error))
        return FALSE;
    if (!told)
        add_fault(walk,
                  g_strdup_printf(_("What entry %lld of the audit log says was weeded with its "
                                    "clients is not what is weeded: entries were emptied, or "
                                    "put back, by something else than Dagsform."),
                                  (long long)row->seq));
    if (audit_is_carry(row)) {
        char *wrong = NULL;
        if (!audit_carried_told(walk->session, walk->epochs, row, &wrong, &walk->carried, error))
            return FALSE;
        if (wrong != NULL)
            add_fault(walk, wrong);
    }
    if (row->seq == 1 && !is_beginning(row))
        add_fault(walk, g_strdup(BEGINS_OTHERWISE));
    walk->seq = row->seq;
    memset(walk->hash, 0, HASH_BYTES);
    if (stored)
        memcpy(walk->hash, stored, MIN(length, HASH_BYTES));
    return TRUE;
}

/* Walks a batch. It begins with the entry walked last, so that there is always a row to read the
 * head from, in the same view of the database. `*rows` gets how many there were. */
static gboolean walk_batch(AuditWalk *walk, int *rows, GError **error)
{
    gint64 from = walk->seq;
    g_autoptr(DbStatement) batch =
        db_query(session_db(walk->session),
                 "SELECT " AUDIT_ROW ", (SELECT value FROM meta WHERE key = 'audit_mac')"
                 " FROM audit WHERE node = :node AND seq >= :from"
                 " ORDER BY seq LIMIT :limit",
                 DB_PARAMS(DB_INT("node", db_node(session_db(walk->session))), DB_INT("from", from),
                           DB_INT("limit", VERIFY_BATCH)),
                 error);
    if (!batch)
        return FALSE;
    DbStep step;
    for (*rows = 0; (step = db_step(batch, error)) == DB_STEP_ROW; ++*rows) {
        gsize length = 0;
        const guint8 *stored = db_blob(batch, AUDIT_ROW_HASH, &length);
        const AuditRow row = audit_row_of(batch);
        if (*rows == 0) {
            g_free(walk->mac);
            walk->mac = g_strdup(db_text(batch, AUDIT_ROW_HASH + 1));
        }
        if ((from == 0 || row.seq > from) && !walk_row(walk, &row, stored, length, error))
            return FALSE;
    }
    return step == DB_STEP_DONE;
}

static gboolean walk_all(AuditWalk *walk, GError **error)
{
    GError *failed = NULL;
    int rows;

    do {
        if (!walk_batch(walk, &rows, error))
            return FALSE;
    } while (rows == VERIFY_BATCH);
    if (walk->seq > 0)
        return TRUE;
    walk->mac = db_meta_get(session_db(walk->session), "audit_mac", &failed);
    if (!failed)
        return TRUE;
    g_propagate_error(error, failed);
    return FALSE;
}

gboolean audit_verify(Session *session, GPtrArray *faults, char **head, GError **error)
{
    g_autoptr(AuditEpochs) epochs = audit_epochs_read(session, error);
    AuditWalk walk = {.session = session, .epochs = epochs, .faults = faults};
    gint64 untold = 0, uncarried = 0;

    if (epochs == NULL || !walk_all(&walk, error) ||
        !audit_weeded_untold(session, &untold, error) ||
        !audit_carried_untold(session, walk.carried, &uncarried, error)) {
        g_free(walk.mac);
        return FALSE;
    }
    if (untold > 0)
        add_fault(&walk, g_strdup(_("There are entries said to be weeded of which the audit log "
                                    "does not tell: they were put in by something else than "
                                    "Dagsform.")));
    if (uncarried > 0)
        add_fault(&walk, g_strdup(_("There are entries of other computers' logs of which the audit "
                                    "log does not tell: they were put in by something else than "
                                    "Dagsform.")));
    if (walk.seq == 0)
        add_fault(&walk, g_strdup(EMPTIED));
    else if (!is_head(walk.mac, now_of(&walk), db_node(session_db(session)), walk.seq, walk.hash))
        add_fault(&walk, g_strdup(ENDS_OTHERWISE));
    if (walk.unshown > 0)
        g_ptr_array_add(faults,
                        g_strdup_printf(ngettext("The audit log has %u more fault.",
                                                 "The audit log has %u more faults.", walk.unshown),
                                        walk.unshown));
    if (head)
        *head = audit_code(walk.seq, walk.hash);
    g_free(walk.mac);
    return TRUE;
}

/* --- at a glance ------------------------------------------------------------------------------ */

static gboolean look_at_beginning(Session *session, const AuditEpochs *epochs, const char **fault,
                                  GError **error)
{
    static const guint8 before[HASH_BYTES];
    g_autoptr(DbStatement) first =
        db_query(session_db(session),
                 "SELECT " AUDIT_ROW " FROM audit WHERE node = :node ORDER BY seq LIMIT 1",
                 DB_PARAMS(DB_INT("node", db_node(session_db(session)))), error);
    DbStep step = first ? db_step(first, error) : DB_STEP_ERROR;
    guint8 hash[HASH_BYTES];

    if (step == DB_STEP_DONE)
        *fault = EMPTIED;
    if (step != DB_STEP_ROW)
        return step == DB_STEP_DONE;
    gsize length = 0;
    const guint8 *stored = db_blob(first, AUDIT_ROW_HASH, &length);
    const AuditRow row = audit_row_of(first);
    audit_hash_row(audit_epochs_key(epochs, row.seq), "entry", before, &row, hash);
    if (row.seq != 1 || !is_beginning(&row) || length != HASH_BYTES ||
        sodium_memcmp(hash, stored, HASH_BYTES) != 0)
        *fault = BEGINS_OTHERWISE;
    return TRUE;
}

/* In one statement, so that what another program writes meanwhile is seen as a whole. */
static gboolean look_at_end(Session *session, const AuditEpochs *epochs, const char **fault,
                            GError **error)
{
    const gint64 node = db_node(session_db(session));
    g_autoptr(DbStatement) last =
        db_query(session_db(session), LAST, DB_PARAMS(DB_INT("node", node)), error);
    DbStep step = last ? db_step(last, error) : DB_STEP_ERROR;
    guint8 hash[HASH_BYTES] = {0};

    if (step != DB_STEP_ROW)
        return step == DB_STEP_DONE;
    gsize length = 0;
    const void *stored = db_blob(last, 1, &length);
    memcpy(hash, stored, MIN(length, HASH_BYTES));
    if (!is_head(db_text(last, 2), audit_epochs_key(epochs, G_MAXINT64), node, db_int(last, 0),
                 hash))
        *fault = ENDS_OTHERWISE;
    return TRUE;
}

gboolean audit_glance(Session *session, GPtrArray *faults, GError **error)
{
    const char *beginning = NULL, *end = NULL;
    g_autoptr(AuditEpochs) epochs = audit_epochs_read(session, error);

    if (epochs == NULL || !look_at_beginning(session, epochs, &beginning, error) ||
        !look_at_end(session, epochs, &end, error))
        return FALSE;
    if (beginning)
        g_ptr_array_add(faults, g_strdup(beginning));
    if (end)
        g_ptr_array_add(faults, g_strdup(end));
    return TRUE;
}

/* --- from one sign-in to the next --------------------------------------------------------------
 */

#define PROVED "audit_proved" /* of meta: the entry to which the chain has been walked, sealed */
#define PROVED_EVERY 1000     /* entries: fewer are walked again, which costs less than a write */

/* Goes on from the entry that was sealed, if it is as it was then; else from the beginning. */
static gboolean begin_at_proved(AuditWalk *walk, GError **error)
{
    GError *failed = NULL;
    Db *db = session_db(walk->session);
    g_autofree char *sealed = db_meta_get(db, PROVED, &failed);
    if (failed)
        g_propagate_error(error, failed);
    if (!sealed)
        return !failed;
    const gint64 seq = g_ascii_strtoll(sealed, NULL, 10);
    g_autoptr(DbStatement) row =
        db_query(db, "SELECT hash FROM audit WHERE node = :node AND seq = :seq",
                 DB_PARAMS(DB_INT("node", db_node(db)), DB_INT("seq", seq)), error);
    DbStep step = row ? db_step(row, error) : DB_STEP_ERROR;
    if (step != DB_STEP_ROW)
        return step == DB_STEP_DONE;
    gsize length = 0;
    const guint8 *hash = db_blob(row, 0, &length);
    g_autofree char *expected =
        length == HASH_BYTES ? seal(now_of(walk), "proved", 0, seq, hash) : NULL;
    if (g_strcmp0(sealed, expected) != 0)
        return TRUE;
    walk->seq = seq;
    memcpy(walk->hash, hash, HASH_BYTES);
    return TRUE;
}

static gboolean keep_proved(const AuditWalk *walk, GError **error)
{
    g_autofree char *sealed = seal(now_of(walk), "proved", 0, walk->seq, walk->hash);
    g_autoptr(DbTransaction) tx = db_transaction(session_db(walk->session), error);
    return tx != NULL && db_meta_set(session_db(walk->session), PROVED, sealed, error) &&
           db_transaction_commit(tx, error);
}

gboolean audit_go_on(Session *session, GPtrArray *faults, GError **error)
{
    g_autoptr(AuditEpochs) epochs = audit_epochs_read(session, error);
    AuditWalk walk = {.session = session, .epochs = epochs, .faults = faults};
    const guint before = faults->len;
    int rows;
    gboolean walked = epochs != NULL && begin_at_proved(&walk, error);
    const gint64 from = walk.seq;

    walked = walked && walk_batch(&walk, &rows, error);
    g_free(walk.mac);
    if (!walked || faults->len > before || walk.seq - from < PROVED_EVERY ||
        db_is_read_only(session_db(session)))
        return walked;
    return keep_proved(&walk, error);
}

/* --- from one key to the next ------------------------------------------------------------------
 */

/* What was proved before need not be proved again. */
static gboolean reseal_proved(Session *session, const AuditEpochs *epochs, const Secret *next,
                              GError **error)
{
    AuditWalk walk = {.session = session, .epochs = epochs};

    if (!begin_at_proved(&walk, error))
        return FALSE;
    if (walk.seq == 0)
        return TRUE;
    g_autofree char *sealed = seal(next, "proved", 0, walk.seq, walk.hash);
    return db_meta_set(session_db(session), PROVED, sealed, error);
}

/* The first entry under `next`, on the last one under the key before. */
static gboolean begin_epoch(Session *session, const Secret *next, GError **error)
{
    g_autoptr(AuditEpochs) epochs = audit_epochs_read(session, error);
    const Secret *before = epochs != NULL ? audit_epochs_key(epochs, G_MAXINT64) : NULL;
    guint8 previous[HASH_BYTES];
    AuditRow row = {.at_ms = clock_now_ms(),
                    .staff_id = session_staff_id(session),
                    .action = "rekey",
                    .entity = "audit_epoch"};

    if (before == NULL || !reseal_proved(session, epochs, next, error) ||
        !read_head(session, before, &row, &row.seq, previous, error))
        return FALSE;
    row.seq++;
    return audit_epoch_begin(session, row.seq, before, next, &row.entity_id, error) &&
           append(session, next, previous, &row, error);
}

gboolean audit_turn(Session *session, GError **error)
{
    g_autoptr(Secret) next = vault_epoch_key(session_vault(session), TRUE);
    g_autoptr(DbTransaction) tx = NULL;

    if (next == NULL)
        return TRUE;
    tx = db_transaction(session_db(session), error);
    audit_epoch_forget(session);
    const Secret *now = tx != NULL ? audit_epoch_key(session, error) : NULL;
    if (now == NULL)
        return FALSE;
    if (secret_equal(now, next))
        return TRUE;
    const gboolean turned = begin_epoch(session, next, error) && db_transaction_commit(tx, error);
    audit_epoch_forget(session);
    return turned;
}
