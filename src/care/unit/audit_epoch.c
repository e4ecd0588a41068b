/* audit_epoch.c: which key of the log is in force, and which were. */
#include "care/unit/audit_epoch.h"

#include "base/clock.h"
#include "care/unit/session_private.h"

#include <sodium.h>
#include <string.h>

#define MARK_BYTES 32
#define MARK_LABEL "dagsform audit epoch"
#define SEAL_LABEL "dagsform audit epoch before"
#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define SEALED_BYTES (NONCE + VAULT_AUDIT_KEY_BYTES + crypto_aead_xchacha20poly1305_ietf_ABYTES)

/* What a key of the log is known by; it does not give the key away. */
static void mark_of(const Secret *key, guint8 *mark)
{
    crypto_generichash(mark, MARK_BYTES, (const guint8 *)MARK_LABEL, strlen(MARK_LABEL), key->bytes,
                       key->length);
}

static gboolean has_mark(const Secret *key, const void *mark, gsize length)
{
    guint8 own[MARK_BYTES];

    mark_of(key, own);
    return length == MARK_BYTES && sodium_memcmp(own, mark, MARK_BYTES) == 0;
}

/* While a data key is brought in there are two, and the log is under the one that its last epoch
 * was marked with. What fits neither is not the program's: the log then shows that it is faulty.
 * New. */
static Secret *key_marked(Vault *vault, const void *mark, gsize length)
{
    Secret *next = vault_epoch_key(vault, TRUE);

    if (next != NULL && has_mark(next, mark, length))
        return next;
    secret_free(next);
    return vault_epoch_key(vault, FALSE);
}

const Secret *audit_epoch_key(Session *session, GError **error)
{
    gsize length = 0;

    if (session->audit_key != NULL)
        return session->audit_key;
    g_autoptr(DbStatement) last = db_query(
        session->db, "SELECT mark FROM audit_epoch ORDER BY epoch DESC LIMIT 1", NULL, error);
    const DbStep step = last != NULL ? db_step(last, error) : DB_STEP_ERROR;
    const Secret *slots = vault_audit_key(session->vault);
    if (step == DB_STEP_DONE)
        session->audit_key = secret_copy(slots->bytes, slots->length);
    if (step == DB_STEP_ROW) {
        const void *mark = db_blob(last, 0, &length);
        session->audit_key = key_marked(session->vault, mark, length);
    }
    return session->audit_key;
}

void audit_epoch_forget(Session *session)
{
    g_clear_pointer(&session->audit_key, secret_free);
}

/* --- the key before, at rest ------------------------------------------------------------------ */

/* Whoever has the key of an entry can try by its hash what it says, and that is sealed on a server.
 * So there the key before lies sealed under one that comes of the key after it, and is told by its
 * length. */
static Secret *seal_key(const Secret *after)
{
    Secret *key = secret_new(crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

    crypto_generichash(key->bytes, key->length, (const guint8 *)SEAL_LABEL, strlen(SEAL_LABEL),
                       after->bytes, after->length);
    return key;
}

static void seal_before(const Secret *after, gint64 epoch, const Secret *before, guint8 *sealed)
{
    g_autoptr(Secret) key = seal_key(after);
    const guint64 place = GUINT64_TO_LE((guint64)epoch);

    randombytes_buf(sealed, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + NONCE, NULL, before->bytes, before->length,
                                               (const guint8 *)&place, sizeof place, NULL, sealed,
                                               key->bytes);
}

/* What does not open is no key, and the log then shows that it is faulty. New. */
static Secret *open_before(const Secret *after, gint64 epoch, const guint8 *bytes, gsize length)
{
    g_autoptr(Secret) key = seal_key(after);
    const guint64 place = GUINT64_TO_LE((guint64)epoch);
    Secret *before = secret_new(VAULT_AUDIT_KEY_BYTES);

    if (length == 0)
        return before;
    if (length != SEALED_BYTES)
        memcpy(before->bytes, bytes, MIN(length, before->length));
    else if (crypto_aead_xchacha20poly1305_ietf_decrypt(before->bytes, NULL, NULL, bytes + NONCE,
                                                        length - NONCE, (const guint8 *)&place,
                                                        sizeof place, bytes, key->bytes) != 0)
        memset(before->bytes, 0, before->length);
    return before;
}

/* New. */
static Secret *before_at_rest(const Secret *after, gint64 epoch, const Secret *before,
                              gboolean sealed)
{
    Secret *at_rest = NULL;

    if (!sealed)
        return secret_copy(before->bytes, before->length);
    at_rest = secret_new(SEALED_BYTES);
    seal_before(after, epoch, before, at_rest->bytes);
    return at_rest;
}

/* --- all of them ------------------------------------------------------------------------------ */

struct AuditEpochs {
    GArray *numbers; /* gint64: of each epoch but the first */
    GArray *first;   /* gint64: their first entries */
    GPtrArray *keys; /* Secret *, one more than `first` */
};

void audit_epochs_free(AuditEpochs *epochs)
{
    if (epochs == NULL)
        return;
    g_array_unref(epochs->numbers);
    g_array_unref(epochs->first);
    g_ptr_array_unref(epochs->keys);
    g_free(epochs);
}

/* From the newest on, whose key is `now`: each key opens the one before it. */
static gboolean read_keys(Db *db, const Secret *now, AuditEpochs *epochs, GError **error)
{
    g_autoptr(DbStatement) rows =
        db_query(db, "SELECT epoch, first_seq, key_before FROM audit_epoch ORDER BY epoch DESC",
                 NULL, error);
    DbStep step = DB_STEP_ERROR;

    g_ptr_array_add(epochs->keys, secret_copy(now->bytes, now->length));
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        gsize length = 0;
        const void *bytes = db_blob(rows, 2, &length);
        const gint64 epoch = db_int(rows, 0), first = db_int(rows, 1);
        Secret *before = open_before(epochs->keys->pdata[0], epoch, bytes, length);
        g_array_prepend_val(epochs->numbers, epoch);
        g_array_prepend_val(epochs->first, first);
        g_ptr_array_insert(epochs->keys, 0, before);
    }
    return step == DB_STEP_DONE;
}

AuditEpochs *audit_epochs_read(Session *session, GError **error)
{
    const Secret *now = audit_epoch_key(session, error);
    g_autoptr(AuditEpochs) epochs = g_new0(AuditEpochs, 1);

    epochs->numbers = g_array_new(FALSE, FALSE, sizeof(gint64));
    epochs->first = g_array_new(FALSE, FALSE, sizeof(gint64));
    epochs->keys = g_ptr_array_new_with_free_func((GDestroyNotify)secret_free);
    return now != NULL && read_keys(session->db, now, epochs, error) ? g_steal_pointer(&epochs)
                                                                     : NULL;
}

gboolean audit_epochs_lay(Session *session, gboolean sealed, GError **error)
{
    g_autoptr(AuditEpochs) epochs = audit_epochs_read(session, error);

    for (guint i = 0; epochs != NULL && i < epochs->first->len; i++) {
        const gint64 epoch = g_array_index(epochs->numbers, gint64, i);
        g_autoptr(Secret) before =
            before_at_rest(epochs->keys->pdata[i + 1], epoch, epochs->keys->pdata[i], sealed);
        if (!db_run(session->db, "UPDATE audit_epoch SET key_before = :before WHERE epoch = :epoch",
                    DB_PARAMS(DB_INT("epoch", epoch),
                              DB_BLOB("before", before->bytes, (gssize)before->length)),
                    error))
            return FALSE;
    }
    return epochs != NULL;
}

const Secret *audit_epochs_key(const AuditEpochs *epochs, gint64 seq)
{
    guint nth = epochs->first->len;

    while (nth > 0 && g_array_index(epochs->first, gint64, nth - 1) > seq)
        nth--;
    return epochs->keys->pdata[nth];
}

gboolean audit_epoch_begin(Session *session, gint64 first_seq, const Secret *before,
                           const Secret *next, gint64 *epoch, GError **error)
{
    guint8 mark[MARK_BYTES];

    mark_of(next, mark);
    if (!db_get_int(session->db, "SELECT coalesce(max(epoch), 0) + 1 FROM audit_epoch", NULL, 1,
                    epoch, error))
        return FALSE;
    g_autoptr(Secret) at_rest = before_at_rest(next, *epoch, before, db_is_on_server(session->db));
    return db_run(session->db,
                  "INSERT INTO audit_epoch (epoch, first_seq, mark, key_before, begun_ms)"
                  " VALUES (:epoch, :first, :mark, :before, :now)",
                  DB_PARAMS(DB_INT("epoch", *epoch), DB_INT("first", first_seq),
                            DB_BLOB("mark", mark, MARK_BYTES),
                            DB_BLOB("before", at_rest->bytes, (gssize)at_rest->length),
                            DB_INT("now", clock_now_ms())),
                  error);
}
