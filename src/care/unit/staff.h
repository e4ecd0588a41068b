/* staff.h: the people who work in the unit. Those who sign in have a login and a slot in the key
 * file; those known only from an import have neither. */
#pragma once

#include "care/unit/session.h"

typedef struct {
    gint64 id;
    char *login; /* NULL: cannot sign in */
    char *code;  /* in the planning system ("BS16"); NULL where none */
    char *name;
    StaffRole role;
    gboolean active;
} Staff;
void staff_free(Staff *staff);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Staff, staff_free)

/* All of the unit, by name in Swedish order. Array of Staff *; g_ptr_array_unref. */
GPtrArray *staff_list(Session *session, GError **error);
Staff *staff_get(Session *session, gint64 id, GError **error);
/* By login or code; NULL without error when there is none. */
Staff *staff_find(Session *session, const char *login_or_code, GError **error);

/* User management, PERMIT_USERS (in recovery always). Each changes key file and database together:
 * the key file first where access is given, last where it is taken away. */
gboolean staff_add_user(Session *session, const char *login, const char *name, const char *code,
                        StaffRole role, const Secret *passphrase, GError **error);
gboolean staff_set_role(Session *session, const char *login, StaffRole role, GError **error);
/* One's own passphrase needs no permission; another's needs PERMIT_USERS. */
gboolean staff_set_passphrase(Session *session, const char *login, const Secret *passphrase,
                              GError **error);
/* Closes the login, drops the slot, draws a new data key and re-encrypts the database.
 * `watch` (may be NULL) is told how far that has come. ERROR_INPUT for oneself and for the last
 * administrator. */
gboolean staff_revoke(Session *session, const char *login, const DbWatch *watch, GError **error);
gboolean staff_new_recovery(Session *session, Secret **recovery_code, GError **error);

/* A person met in a file read in. Inside a transaction. 0 on error. */
gint64 staff_add_known(Session *session, const char *code, const char *name, StaffRole role,
                       GError **error);
/* The same whose row says something else: code, name, role and whether they work here, from `before` to
 * `after`. Whoever can sign in keeps role and access. Inside a transaction. */
gboolean staff_change_known(Session *session, const Staff *before, const Staff *after,
                            GError **error);
/* A login is 1-64 characters: letters, digits, . _ - ; folded to lower case, NFC. New, or
 * ERROR_INPUT. */
char *login_normalise(const char *text, GError **error);
/* The one rule for new passphrases: PASSPHRASE_CHARACTERS characters or more, of any kind, that are
 * not soon guessed (base/strength.h). Length is what helps; rules about kinds of characters make
 * people write them down (NIST SP 800-63B-4, 3.1.1.2, which also has the eight, and asks that what
 * is common be refused). `login` is whose it is; NULL: not known yet. ERROR_INPUT says what to do. */
#define PASSPHRASE_CHARACTERS 8
gboolean passphrase_check(const Secret *passphrase, const char *login, GError **error);
