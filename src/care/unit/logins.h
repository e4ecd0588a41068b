/* logins.h: where a server keeps the unit, what it knows of those who sign in. One password each,
 * which comes of the slot in the key file (vault/vault_login.h): whoever changes a slot, a role or
 * a row does the same at the server, in the same transaction. Of a unit that is a file all of this
 * does nothing. */
#pragma once

#include "care/unit/session.h"
#include "db/db_server.h"

/* db_open_as(), as `login` (NULL: with the recovery code), who has opened `vault`. */
Db *login_open(const char *database, const Secret *key, DbFlags flags, Vault *vault,
               const char *login, GError **error);
/* The slot that the session's vault has just made is that of `login`, who has `role` (NULL: as
 * before). Without a new slot only the role. Inside a transaction. */
gboolean login_lay(Session *session, const char *login, const StaffRole *role, GError **error);
/* Nobody signs in as `login` any more. Inside a transaction. */
gboolean login_close(Session *session, const char *login, GError **error);
/* After the commit: the next connection is made with the password of one's slot as it is now. */
void login_renew(Session *session);

/* The schema of the unit on a server, and who may see what there, as this version has them. */
gboolean logins_bring_up(const char *path, Vault *vault, const DbAdmin *admin, GError **error);
/* Gives everybody who may sign in and has a slot a new password at the server, by whoever set the
 * unit up there: `admin`. The vault of `path` is open. `*lacking` gets the logins that have no
 * slot, "anna, bo", or NULL (new). Also brings the schema, and who may see what, to this version.
 */
gboolean logins_set_all(const char *path, Vault *vault, const DbAdmin *admin, char **lacking,
                        GError **error);
/* The same of a unit that is being set up, before its commit: `point` (VAULT_POINT_BYTES) gets what the
 * passwords come of, for db_set_up_commit(). */
gboolean logins_set_up(DbSetUp *set_up, Vault *vault, guint8 *point, char **lacking,
                       GError **error);
