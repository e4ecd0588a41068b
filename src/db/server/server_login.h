/* server_login.h: who the server knows: a role that signs in for each person of the unit, a role
 * for each kind of staff, which holds what the row security gives them, and one that owns the
 * tables and never signs in. A role is the whole server's, so its name begins with the database's.
 */
#pragma once

#include "db/db.h"

/* As whom a connection is made. */
typedef struct {
    const char *name;       /* of the role */
    const Secret *password; /* a text with its NUL */
} ServerRole;

/* The role that signs in for `login`: "database.login", which access_me() in
 * access.sql takes apart. ERROR_INPUT when that is longer than a
 * server keeps (63 bytes). Pure. New. */
char *server_login_role(const char *database, const char *login, GError **error);
/* The role that holds what staff of this kind (role_code()) may do, "database_team_lead", or owns
 * the tables, "database_owner". Pure. New. */
char *server_group_name(const char *database, const char *kind);
