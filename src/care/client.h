/* client.h: the clients (brukare). */
#pragma once

#include "base/idnumber.h"
#include "care/session.h"

/* Skyddade personuppgifter, in rising order of care. */
typedef enum {
    PROTECTION_NONE,
    PROTECTION_MARKED,     /* sekretessmarkering */
    PROTECTION_POPULATION, /* skyddad folkbokföring */
    PROTECTION_FICTITIOUS, /* fingerade personuppgifter */
} Protection;
const char *protection_code(Protection protection); /* "marked" */
const char *protection_name(Protection protection); /* translated; "" for none */

typedef struct {
    gint64 id;
    char *number; /* case or client number; NULL where none */
    char *name;
    IdKind id_kind;
    char *id_number; /* normal form; NULL where none */
    Date birth_date; /* DATE_NONE where not known */
    Sex sex;
    char *phone, *email, *address; /* NULL where not known; address is NULL when protected */
    char *contact;                 /* next of kin, god man: free text */
    char *language;                /* ISO 639-1 of the language spoken; NULL: Swedish */
    gboolean interpreter;
    Protection protection;
    gint64 support_worker_id, case_officer_id; /* 0: none */
    gboolean active;
    gint64 version; /* for a change: the version that was read */
} Client;
Client *client_new(void);
void client_free(Client *client);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Client, client_free)

/* What a list shows. */
typedef struct {
    gint64 id;
    char *name;
    char *number;
    char *id_number;
    Date birth_date;
    Protection protection;
    gint64 support_worker_id;
    char *support_worker; /* name; NULL where none */
    gboolean active;
    GBytes *sort_key; /* for paging on */
} ClientRow;
void client_row_free(ClientRow *row);

/* A window of clients by name in Swedish order: `search` is words' beginnings of the name, or the
 * beginning of an identity or client number (at least 2 characters of a number); NULL or "" is
 * everybody. `mine` keeps those assigned to the signed-in person. Starts after `after` (NULL: from
 * the first), at most `limit` rows. Array of ClientRow *. PERMIT_CLIENT_READ. */
GPtrArray *client_list(Session *session, const char *search, gboolean mine, const ClientRow *after,
                       int limit, GError **error);
/* How many such rows there are in all. */
gboolean client_count(Session *session, const char *search, gboolean mine, gint64 *count,
                      GError **error);

/* Opens the card: logged as "read". ERROR_DENIED when identity is protected and the signed-in
 * person is neither assigned nor named. The address is given only to them. */
Client *client_open(Session *session, gint64 id, GError **error);
/* Without opening (for a line of text): name, birth date, protection only. Not logged. */
ClientRow *client_glance(Session *session, gint64 id, GError **error);

/* Adds; fills in client->id. ERROR_EXISTS names the client that has the number already. */
gboolean client_add(Session *session, Client *client, GError **error);
/* Changes; ERROR_CONFLICT when client->version is no longer the newest. The earlier values are
 * kept in the audit log. */
gboolean client_change(Session *session, Client *client, GError **error);
/* Who else may open a protected client's card. */
gboolean client_name_staff(Session *session, gint64 client_id, gint64 staff_id, gboolean named,
                           GError **error);

/* One earlier change or opening, for the card's history. */
typedef struct {
    gint64 at_ms;
    char *who;
    char *action; /* translated: "opened the card", "changed" … */
    char *what;   /* translated list of changed fields; may be NULL */
} ClientEvent;
void client_event_free(ClientEvent *event);
GPtrArray *client_history(Session *session, gint64 client_id, int limit, GError **error);
