/* client.h: the clients (brukare). */
#pragma once

#include "base/idnumber.h"
#include "care/client/protection.h"
#include "care/client/client_standing.h"
#include "care/unit/session.h"

typedef struct {
    gint64 id;
    char *number; /* case or client number; NULL where none */
    char *name;
    IdKind id_kind;
    char *id_number; /* normal form; NULL where none */
    Date birth_date; /* DATE_NONE where not known */
    Sex sex;
    char *phone, *email, *address; /* NULL where not known */
    char *contact;                 /* next of kin, god man: free text */
    Date mandate_to;               /* when that of a god man, trustee or agent ends; DATE_NONE */
    char *language;                /* ISO 639-1 of the language spoken; NULL: Swedish */
    gboolean interpreter;
    Protection protection;
    gint64 support_worker_id, case_officer_id; /* 0: none */
    gboolean active;
    Standing standing; /* read, not written: it follows */
    gint64 version;    /* for a change: the version that was read */
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
    gint64 support_worker_id, case_officer_id; /* 0: none */
    char *support_worker;                      /* name; NULL where none */
    gboolean active;
    Standing
        standing;     /* STANDING_ENDED of one whose card may not be opened, whatever came before */
    gboolean mine;  /* assigned to the signed-in person */
    gboolean alike; /* in a list: somebody else has the same name */
} ClientRow;
void client_row_free(ClientRow *row);

/* A window of clients by name in Swedish order: `search` is words' beginnings of the name, or the
 * beginning of an identity or client number (at least 2 characters of a number; ten digits fit as
 * well as twelve, with or without hyphen); NULL or "" is everybody. "backman" finds Bäckman too, as
 * one types without å ä ö; "ä" finds no a. Anything with a digit in it is
 * a number. `mine` keeps those assigned to the signed-in person, and without a search those whose
 * help goes on (closing.h). Starts after `after` (NULL: from the first), at most `limit` rows.
 * Array of ClientRow *; the identity number and the birth date of a client whose card the signed-in
 * person may not open are left out. PERMIT_CLIENT_READ. */
GPtrArray *client_list(Session *session, const char *search, gboolean mine, const ClientRow *after,
                       int limit, GError **error);
/* The same of all clients, one's own first; without a search those whose help goes on. */
GPtrArray *client_list_own_first(Session *session, const char *search, const ClientRow *after,
                                 int limit, GError **error);
/* How many rows of client_list_own_first(), or with `mine` of client_list(), there are in all; of a
 * search at most CLIENTS_COUNTED + 1: more are not counted. */
#define CLIENTS_COUNTED 100
gboolean client_count(Session *session, const char *search, gboolean mine, gint64 *count,
                      GError **error);

/* Opens the card: logged as "read". ERROR_DENIED, and logged as "denied", when identity is
 * protected and the signed-in person is neither assigned nor named: so the address, too, is given
 * only to them. A screen still leaves a protected address out until it is asked for. ERROR_DENIED
 * also for a protected card whose opening cannot be logged (see audit_note()). */
Client *client_open(Session *session, gint64 id, GError **error);
/* Without opening (for a line of text): name, birth date, protection only. Not logged. */
ClientRow *client_glance(Session *session, gint64 id, GError **error);

/* Adds; fills in client->id. Kind, birth date and sex follow from the identity number where it
 * tells them. Whoever adds a protected client without being assigned is named. ERROR_INPUT,
 * ERROR_EXISTS (names the client that has the number already). PERMIT_CLIENT_EDIT. */
gboolean client_add(Session *session, Client *client, GError **error);
/* A person met in a file read in, whose reader has asked for PERMIT_IMPORT: as client_add(), inside
 * a transaction. */
gboolean client_add_known(Session *session, Client *client, GError **error);
/* A card that such a file has: as client_add(), inside a transaction. */
gboolean client_add_from_file(Session *session, Client *client, GError **error);
/* As client_glance(), of somebody met in such a file. */
ClientRow *client_known(Session *session, gint64 id, GError **error);
/* The client who has, or had on a card that was merged into another, this identity number (normal
 * form), else this client number; each may be NULL. `*id` is 0 when there is none. For reading
 * files in; nothing is logged or given away. */
gboolean client_find(Session *session, const char *id_number, const char *number, gint64 *id,
                     GError **error);
/* What the client was called, or had for a number, on cards that were merged into this one: `kind`
 * is "name", "number" or "id_number". As client_find(). Array of char *; NULL with `error`. */
GPtrArray *client_former(Session *session, gint64 id, const char *kind, GError **error);
/* The client without either number who has this name and birth date (DATE_NONE: none known), as
 * client_find(). */
gboolean client_find_unnumbered(Session *session, const char *name, Date birth, gint64 *id,
                                GError **error);
/* Changes; ERROR_CONFLICT names who changed it since, when client->version is no longer the
 * newest. The earlier values are kept in the audit log. PERMIT_CLIENT_EDIT. */
gboolean client_change(Session *session, Client *client, GError **error);
/* One earlier change or reading of what is kept about the client, for the card's history. */
typedef struct {
    gint64 at_ms;
    char *who;
    char *action; /* translated: "opened the card", "changed" … */
    char *what;   /* translated: the fields that were changed, the visit's day, the form; or NULL */
    const char *role;             /* of whoever did it, translated, static; NULL: recovery */
    gboolean changed_card, typed; /* `what` is somebody's own words */
    gboolean again;               /* it was done on a laptop, and again here when that came home */
} ClientEvent;
void client_event_free(ClientEvent *event);
GPtrArray *client_history(Session *session, gint64 client_id, int limit, GError **error);
