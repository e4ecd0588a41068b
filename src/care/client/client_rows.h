/* client_rows.h: a client's details as rows of text, and back: for the page of the full screen and
 * the lines of --plain. In the order of their draft (draft_rows.h). */
#pragma once

#include "care/client/client.h"

enum {
    CLIENT_ROW_NAME,
    CLIENT_ROW_ID,
    CLIENT_ROW_PHONE,
    CLIENT_ROW_ADDRESS,
    CLIENT_ROW_CONTACT,
    CLIENT_ROW_LANGUAGE,
    CLIENT_ROW_INTERPRETER, /* 1, 0 */
    CLIENT_ROW_PROTECTION,  /* a Protection in digits */
    CLIENT_ROW_WORKER,
    CLIENT_ROW_OFFICER,
    CLIENT_ROW_NUMBER,
    CLIENT_ROW_EMAIL,
    CLIENT_ROW_BIRTH,
    CLIENT_ROW_SEX, /* a Sex in digits */
    CLIENT_ROW_MANDATE,
    CLIENT_ROW_COUNT
};

/* Whom and what rows may name. */
typedef struct {
    GPtrArray *staff, *languages; /* PickOption * */
    gboolean address_hidden; /* an empty address row keeps the one there is, "-" takes it away */
} ClientRows;
/* Of `client`, as it was read. FALSE with `error`. */
gboolean client_rows_init(Session *session, ClientRows *rows, const Client *client, GError **error);
void client_rows_clear(ClientRows *rows);

/* A new client: of a signed-in case officer. New. */
Client *client_rows_new(Session *session);
/* What `client` has on a row; "" for nothing, and for a hidden address. New. */
char *client_rows_value(const ClientRows *rows, const Client *client, int row);
/* All of them. g_strfreev. */
char **client_rows_values(const ClientRows *rows, const Client *client);
/* Puts what the rows say into `client`. `base`: the rows as they were filled from it, with which
 * somebody who has left the unit keeps an assignment; NULL: as `client` has them. `faults` gets
 * what cannot be used of each row, and what to do (translated, static; NULL: nothing). FALSE when
 * there is a fault. */
gboolean client_rows_take(const ClientRows *rows, char *const *values, char *const *base,
                          Client *client, const char *faults[CLIENT_ROW_COUNT]);
/* A sentence when another client has the number already, without the name of one who is protected;
 * NULL: nobody has. New. */
char *client_rows_double(Session *session, gint64 client_id, const char *id_number);
