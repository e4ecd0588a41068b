/* db_server.h: a unit on a server as whoever sets it up has it: somebody whom PostgreSQL lets make
 * roles (CREATEROLE, or a superuser) and to whom the empty database belongs. They see no more of
 * what is sealed than the server does. */
#pragma once

#include "db/db.h"

typedef struct {
    const char *role;
    const Secret
        *password;   /* a text with its NUL; NULL: by libpq's own means (PGPASSFILE, pg_hba.conf) */
    gboolean *asked; /* gets whether the server wants another password than that; NULL is allowed */
} DbAdmin;

/* What is made into a unit's file (NAME.unit). */
typedef struct {
    char **hosts;
    int port; /* 0: the usual one */
    const char *database;
    const char *ca; /* NULL: none */
} DbServerPlace;

/* Whether what is given can be a unit's server, before anything is made: ERROR_INPUT, ERROR_EXISTS
 * (there is such a file), ERROR_NOT_FOUND (the certificate). */
gboolean db_server_place_check(const char *path, const DbServerPlace *place, GError **error);
/* The same of one whose making may have been broken off: the file may be there, if it says the
 * same. */
gboolean db_server_place_again(const char *path, const DbServerPlace *place, GError **error);
/* A unit being set up, or kept in order, by `admin`: a transaction that is open still. The key
 * file's data `key` opens what is sealed. */
typedef struct DbSetUp DbSetUp;
/* Of a new one, whose file will lie at `path`: the owner of the tables, the kinds of staff, the
 * schema, who may see what. What was begun and broken off is gone on with. ERROR_EXISTS: the
 * database holds a unit, or something else. */
DbSetUp *db_set_up_new(const char *path, const DbServerPlace *place, const DbAdmin *admin,
                       const Secret *key, GError **error);
/* Of the one at `path`: the schema, and who may see what, as this version has them.
 * ERROR_PASSPHRASE: it is another key that all is sealed under. */
DbSetUp *db_set_up(const char *path, const DbAdmin *admin, const Secret *key, GError **error);
/* Of one whose file is there, though it may have been broken off before there was more: a unit is
 * made, or carried to. */
DbSetUp *db_set_up_begun(const char *path, const DbAdmin *admin, const Secret *key, GError **error);
/* As db_set_up(), and leaves all that as it is, so that others read on meanwhile. ERROR_VERSION: it
 * is not of this version. */
DbSetUp *db_set_up_as_it_is(const char *path, const DbAdmin *admin, const Secret *key,
                            GError **error);
/* Whether there was no unit in the database. */
gboolean db_set_up_is_new(const DbSetUp *set_up);
/* Of a unit that is there: where nobody is in it but its first administrator that is said, with
 * what to do (ERROR_EXISTS). TRUE: `error` is set. */
gboolean db_set_up_refuses_bare(DbSetUp *set_up, GError **error);
void db_set_up_free(DbSetUp *set_up); /* rolls back what is not committed; NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DbSetUp, db_set_up_free)
/* Where the rows are; until it is committed. */
Db *db_set_up_db(DbSetUp *set_up);
/* Those who may sign in: login, role, login, role … (char *). New. */
GPtrArray *db_set_up_people(DbSetUp *set_up, GError **error);
/* Somebody's role, made or changed. */
gboolean db_set_up_login(DbSetUp *set_up, const char *login, const char *role,
                         const Secret *password, GError **error);
/* Those who have a role and are not among `logins` (char *, a NULL at the end) lose it. */
gboolean db_set_up_close_others(DbSetUp *set_up, const char *const *logins, GError **error);
/* Commits, with what the passwords come of now, `point` (NULL: as before), in the unit's file. */
gboolean db_set_up_commit(DbSetUp *set_up, const guint8 *point, GError **error);

/* The server of a unit that somebody has signed in to, and the connection. */
typedef struct {
    char *host;      /* a name, or a folder of sockets of this computer */
    char *version;   /* of PostgreSQL: 15.18 */
    char *encrypted; /* by which protocol; NULL: a socket of this computer */
    char *confirms;  /* which others confirm what is saved, as PostgreSQL calls them; NULL: none */
} DbServerFacts;
/* New. */
DbServerFacts *db_server_facts(Db *db);
void db_server_facts_free(DbServerFacts *facts); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DbServerFacts, db_server_facts_free)
/* In sentences, for whoever looks after them. Array of char *; new. */
GPtrArray *db_server_facts_words(const DbServerFacts *facts);
