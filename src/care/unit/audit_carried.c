/* audit_carried.c: the logs of other computers that came home, held against what the unit's own
 * tells. */
#include "care/unit/audit_carried_private.h"

#include "base/i18n.h"
#include "care/unit/audit_weeded_private.h"
#include "care/unit/session_private.h"

#include <string.h>

#define HASH_BYTES AUDIT_HASH_BYTES
#define HASH_HEX (2 * HASH_BYTES + 1)

char *audit_mark_text(const AuditMark *mark)
{
    char hex[HASH_HEX];

    return mark->seq == 0
               ? NULL
               : g_strdup_printf("%" G_GINT64_FORMAT ":%s", mark->seq,
                                 sodium_bin2hex(hex, sizeof hex, mark->hash, HASH_BYTES));
}

gboolean audit_mark_parse(const char *text, AuditMark *mark)
{
    char *end = NULL;
    gsize length = 0;

    *mark = (AuditMark){0};
    if (text == NULL)
        return TRUE;
    mark->seq = g_ascii_strtoll(text, &end, 10);
    return mark->seq > 0 && *end == ':' && strlen(end + 1) == HASH_HEX - 1 &&
           sodium_hex2bin(mark->hash, HASH_BYTES, end + 1, HASH_HEX - 1, NULL, &length, NULL) ==
               0 &&
           length == HASH_BYTES;
}

gboolean audit_is_carry(const AuditRow *row)
{
    return strcmp(row->action, AUDIT_CARRY) == 0 && strcmp(row->entity, "audit") == 0;
}

/* Of {"carried":["12:ab…","15:cd…"]}, where the first may be null. */
static gboolean take_marks(const AuditRow *row, AuditMark *from, AuditMark *to)
{
    g_auto(GStrv) parts = g_strsplit(row->changes != NULL ? row->changes : "", "\"", -1);
    const guint count = g_strv_length(parts);
    const gboolean first = count == 5 && strcmp(parts[2], ":[null,") == 0;

    return (first || count == 7) && strcmp(parts[1], AUDIT_CARRY_FIELD) == 0 &&
           audit_mark_parse(first ? NULL : parts[3], from) &&
           audit_mark_parse(parts[count - 2], to) && to->seq > from->seq;
}

/* Of entry `seq`, or of several (0), of the log of `node`. New. */
static char *sentence(gint64 node, gint64 seq)
{
    return seq > 0 ? g_strdup_printf(_("Entry %lld of the log that came home with computer %lld is "
                                       "not what was written."),
                                     (long long)seq, (long long)node)
                   : g_strdup_printf(_("Entries have been removed from the log that came home with "
                                       "computer %lld, or it has been put back as it once was."),
                                     (long long)node);
}

/* Goes on to `row`, whose hash lies in the table as `stored`. */
static gboolean walk_on(Session *session, const AuditEpochs *epochs, gint64 teller,
                        const AuditRow *row, const guint8 *stored, AuditMark *at, char **wrong,
                        GError **error)
{
    guint8 hash[HASH_BYTES];
    gboolean fits;

    audit_hash_row(audit_epochs_key(epochs, teller), "entry", at->hash, row, hash);
    fits = sodium_memcmp(hash, stored, HASH_BYTES) == 0;
    if (!fits && row->changes == NULL &&
        !audit_weeded_fits(session, epochs, row, stored, &fits, error))
        return FALSE;
    if (row->seq != at->seq + 1)
        *wrong = sentence(row->node, 0);
    else if (!fits)
        *wrong = sentence(row->node, row->seq);
    at->seq = row->seq;
    memcpy(at->hash, stored, HASH_BYTES);
    return TRUE;
}

gboolean audit_carried_told(Session *session, const AuditEpochs *epochs, const AuditRow *row,
                            char **wrong, gint64 *entries, GError **error)
{
    AuditMark from, to;

    *wrong = NULL;
    if (!take_marks(row, &from, &to)) {
        *wrong = g_strdup_printf(_("Entry %lld of the audit log is not what was written."),
                                 (long long)row->seq);
        return TRUE;
    }
    *entries += to.seq - from.seq;
    const gint64 node = row->entity_id;
    AuditMark at = from;
    DbStep step = DB_STEP_ERROR;
    g_autoptr(DbStatement) rows = db_query(
        session->db,
        "SELECT " AUDIT_ROW " FROM audit WHERE node = :node AND seq > :from AND seq <= :to"
        " ORDER BY seq",
        DB_PARAMS(DB_INT("node", node), DB_INT("from", from.seq), DB_INT("to", to.seq)), error);
    while (rows != NULL && *wrong == NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        gsize length = 0;
        guint8 stored[HASH_BYTES] = {0};
        AuditRow one = audit_row_of(rows);
        const void *bytes = db_blob(rows, AUDIT_ROW_HASH, &length);
        if (length > 0)
            memcpy(stored, bytes, MIN(length, HASH_BYTES));
        one.node = node;
        if (!walk_on(session, epochs, row->seq, &one, stored, &at, wrong, error))
            return FALSE;
    }
    if (*wrong == NULL && step == DB_STEP_DONE &&
        (at.seq != to.seq || sodium_memcmp(at.hash, to.hash, HASH_BYTES) != 0))
        *wrong = sentence(node, 0);
    return *wrong != NULL || step == DB_STEP_DONE;
}

gboolean audit_carried_untold(Session *session, gint64 told, gint64 *count, GError **error)
{
    if (!db_get_int(session->db,
                    "SELECT (SELECT COUNT(*) FROM audit b WHERE b.node < :node)"
                    " + (SELECT COUNT(*) FROM audit a WHERE a.node > :node)",
                    DB_PARAMS(DB_INT("node", db_node(session->db))), 0, count, error))
        return FALSE;
    *count = MAX(*count - told, 0);
    return TRUE;
}
