/* laptop.h: a part of the unit taken along on a laptop, where there is no way to the unit. It is a
 * database of its own, with a key file of its own, with the clients of whoever takes it
 * (laptop_slice.h), and opens for LAPTOP_DAYS days. What is done in it comes home by homecoming.h.
 * The unit keeps a row of each (table away). */
#pragma once

#include "base/date.h"
#include "care/unit/opening.h"

#define LAPTOP_DAYS 14

typedef enum { LAPTOP_OUT, LAPTOP_HOME, LAPTOP_LOST, LAPTOP_STATE_COUNT } LaptopState;
const char *laptop_state_code(LaptopState state);
gboolean laptop_state_parse(const char *code, LaptopState *state);
const char *laptop_state_name(LaptopState state); /* translated: "come home" */

typedef struct {
    gint64 node; /* the number it is known by */
    gint64 staff_id;
    char *staff_name; /* read beside it */
    gint64 since_ms;
    Date until; /* the last day on which it opens */
    int clients;
    LaptopState state;
    gint64 state_ms;
} Laptop;
void laptop_free(Laptop *laptop);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Laptop, laptop_free)

/* Makes the database `opening->database` and its key file, which opens for the signed-in person
 * with `opening->passphrase`, or with `recovery_code` (new). With the person's own clients; of
 * those with protected identity only `guarded` (ids, gint64; may be NULL), who must be open to the
 * person. Forms that they are filling in go on there alone until it is home. PERMIT_CLIENT_READ and
 * PERMIT_VISIT_RECORD; who goes along stands in the log. On failure nothing is left behind.
 * ERROR_EXISTS; ERROR_INPUT where nobody would go along. */
Laptop *laptop_take_along(Session *session, const SessionOpening *opening, const GArray *guarded,
                          Secret **recovery_code, GError **error);
/* Those of the unit, the latest first: one's own, and everybody's for whoever manages users or
 * makes backups. Array of Laptop *. */
GPtrArray *laptop_list(Session *session, GError **error);
/* One of them, whoever asks; ERROR_NOT_FOUND. */
Laptop *laptop_get(Session *session, gint64 node, GError **error);
/* It is `state` from now on, and its forms go on at home. Inside a transaction. */
gboolean laptop_settle(Session *session, const Laptop *laptop, LaptopState state, GError **error);
/* It is lost: nothing of it comes home any more, and its forms go on at home. For whose it is, and
 * for PERMIT_USERS. ERROR_NOT_FOUND; ERROR_CONFLICT where it is home already. */
gboolean laptop_lost(Session *session, gint64 node, GError **error);
/* "Eva Lind, since 2026-11-30 10:42, until 2026-12-14, 12 clients: away": a line, new. */
char *laptop_words(const Laptop *laptop);
