/* audit_head.h: the head of the audit log as a short code, to be kept outside (on the week's printed
 * review, in a letter): a log whose end was cut off, or that was put back with the whole database,
 * no longer has it. It is of the unit's own log, which tells of the others. */
#pragma once

#include "care/unit/session.h"

#define AUDIT_HASH_BYTES 32

/* "1234:ab12-cd34-ef56-7890": the entry's number and the first 64 bits of its hash. New. */
char *audit_code(gint64 seq, const guint8 hash[AUDIT_HASH_BYTES]);
/* Of the last entry. New; NULL with `error`. */
char *audit_head(Session *session, GError **error);
/* Hands it to the computer's own log (base/system_log.h): "UNIT: the audit log's code is CODE". */
gboolean audit_anchor(Session *session, GError **error);
/* Whether the log has the entry that `code` was made of, as it was then; `*later` gets how many have
 * come since. ERROR_INPUT when it is no code, ERROR_CORRUPT with what has happened when it has not. */
gboolean audit_holds(Session *session, const char *code, gint64 *later, GError **error);
