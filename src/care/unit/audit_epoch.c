/* audit_epoch.c: which key of the log is in force, and which were. */
#include "care/unit/audit_epoch.h"

#include "base/clock.h"
#include "care/unit/session_private.h"

#include <sodium.h>
#include <string.h>

#define MARK_BYTES 32
#define MARK_LABEL "dagsform audit epoch"

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

/* --- all of them ------------------------------------------------------------------------------ */

struct AuditEpochs {
    GArray *first;   /* gint64: the first entry of each epoch but the first */
    GPtrArray *keys; /* Secret *, one more than `first` */
};

void audit_epochs_free(AuditEpochs *epochs)
{
    if (epochs == NULL)
        return;
    g_array_unref(epochs->first);
    g_ptr_array_unref(epochs->keys);
    g_free(epochs);
}

AuditEpochs *audit_epochs_read(Session *session, GError **error)
{
    const Secret *now = audit_epoch_key(session, error);
    g_autoptr(AuditEpochs) epochs = g_new0(AuditEpochs, 1);
    DbStep step;

    epochs->first = g_array_new(FALSE, FALSE, sizeof(gint64));
    epochs->keys = g_ptr_array_new_with_free_func((GDestroyNotify)secret_free);
    g_autoptr(DbStatement) rows =
        now != NULL
            ? db_query(session->db, "SELECT first_seq, key_before FROM audit_epoch ORDER BY epoch",
                       NULL, error)
            : NULL;
    if (rows == NULL)
        return NULL;
    while ((step = db_step(rows, error)) == DB_STEP_ROW) {
        gsize length = 0;
        const void *bytes = db_blob(rows, 1, &length);
        const gint64 first = db_int(rows, 0);
        Secret *key = secret_new(VAULT_AUDIT_KEY_BYTES);
        if (length > 0)
            memcpy(key->bytes, bytes, MIN(length, key->length));
        g_array_append_val(epochs->first, first);
        g_ptr_array_add(epochs->keys, key);
    }
    if (step == DB_STEP_ERROR)
        return NULL;
    g_ptr_array_add(epochs->keys, secret_copy(now->bytes, now->length));
    return g_steal_pointer(&epochs);
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
    return db_get_int(session->db, "SELECT coalesce(max(epoch), 0) + 1 FROM audit_epoch", NULL, 1,
                      epoch, error) &&
           db_run(session->db,
                  "INSERT INTO audit_epoch (epoch, first_seq, mark, key_before, begun_ms)"
                  " VALUES (:epoch, :first, :mark, :before, :now)",
                  DB_PARAMS(DB_INT("epoch", *epoch), DB_INT("first", first_seq),
                            DB_BLOB("mark", mark, MARK_BYTES),
                            DB_BLOB("before", before->bytes, (gssize)before->length),
                            DB_INT("now", clock_now_ms())),
                  error);
}
