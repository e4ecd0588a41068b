/* audit_head.c: the head of the audit log as a short code. */
#include "care/unit/audit_head.h"

#include "base/error.h"
#include "base/i18n.h"
#include "base/system_log.h"

#include <string.h>

char *audit_code(gint64 seq, const guint8 hash[AUDIT_HASH_BYTES])
{
    return g_strdup_printf("%" G_GINT64_FORMAT ":%02x%02x-%02x%02x-%02x%02x-%02x%02x", seq, hash[0],
                           hash[1], hash[2], hash[3], hash[4], hash[5], hash[6], hash[7]);
}

/* The code of the entry that `sql` finds by `params`, and its number; NULL without an error: there
 * is none. New. */
static char *code_of(Session *session, const char *sql, const DbParam *params, gint64 *seq,
                     GError **error)
{
    g_autoptr(DbStatement) row = db_query(session_db(session), sql, params, error);
    guint8 hash[AUDIT_HASH_BYTES] = {0};
    gsize length = 0;
    if (row == NULL || db_step(row, error) != DB_STEP_ROW)
        return NULL;
    const void *bytes = db_blob(row, 1, &length);
    memcpy(hash, bytes, MIN(length, sizeof hash));
    *seq = db_int(row, 0);
    return audit_code(*seq, hash);
}

#define LAST "SELECT seq, hash FROM audit WHERE node = :node ORDER BY seq DESC LIMIT 1"
#define OF_OWN(session) DB_INT("node", db_node(session_db(session)))

char *audit_head(Session *session, GError **error)
{
    g_autoptr(GError) failed = NULL;
    gint64 seq = 0;
    char *code = code_of(session, LAST, DB_PARAMS(OF_OWN(session)), &seq, &failed);
    if (failed != NULL)
        g_propagate_error(error, g_steal_pointer(&failed));
    else if (code == NULL)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CORRUPT,
                            _("The audit log has been emptied."));
    return code;
}

/* As it is typed from paper: in capitals, with blanks. New. */
static char *clean(const char *code)
{
    g_autofree char *lower = g_ascii_strdown(code, -1);
    GString *plain = g_string_new(NULL);
    for (const char *c = lower; *c != '\0'; c++)
        if (!g_ascii_isspace(*c))
            g_string_append_c(plain, *c);
    return g_string_free(plain, FALSE);
}

gboolean audit_anchor(Session *session, GError **error)
{
    g_autofree char *code = audit_head(session, error);
    g_autofree char *line = code != NULL ? g_strdup_printf("%s: the audit log's code is %s",
                                                           session_unit_name(session), code)
                                         : NULL;

    if (line == NULL)
        return FALSE;
    system_log_line(line);
    return TRUE;
}

gboolean audit_holds(Session *session, const char *code, gint64 *later, GError **error)
{
    g_autoptr(GError) failed = NULL;
    g_autofree char *asked = clean(code);
    gint64 seq = 0, last = 0;
    if (!g_regex_match_simple("^[1-9][0-9]{0,17}:[0-9a-f]{4}(-[0-9a-f]{4}){3}$", asked, 0, 0)) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("%s is no code of a log. Type it as it was printed, such as "
                      "1234:ab12-cd34-ef56-7890."),
                    code);
        return FALSE;
    }
    const gint64 number = g_ascii_strtoll(asked, NULL, 10);
    g_autofree char *there =
        code_of(session, "SELECT seq, hash FROM audit WHERE node = :node AND seq = :seq",
                DB_PARAMS(OF_OWN(session), DB_INT("seq", number)), &seq, &failed);
    if (failed == NULL)
        g_free(code_of(session, LAST, DB_PARAMS(OF_OWN(session)), &last, &failed));
    if (failed != NULL) {
        g_propagate_error(error, g_steal_pointer(&failed));
        return FALSE;
    }
    *later = last - number;
    if (g_strcmp0(there, asked) == 0)
        return TRUE;
    g_set_error(
        error, DAGSFORM_ERROR, ERROR_CORRUPT,
        there == NULL
            ? _("The log ends before the code %s: its end has been cut off, or an older "
                "database has been put back.")
            : _("The log is another than when the code %s was printed: it has been changed, "
                "or an older database has been put back and worked in."),
        asked);
    return FALSE;
}
