/* db_private.h: what the files of this floor share, whatever the engine. Only they and the tests
 * include it. */
#pragma once

#include "base/fault.h"
#include "db/db.h"
#include "db/migration.h"

typedef struct DbEngine DbEngine;

/* Places in Db.recent, a power of two. */
#define DB_RECENT 64

struct Db {
    const DbEngine *engine;
    char *path;
    Secret *key;                 /* a second connection needs it: backup, check, rekey */
    const Migration *migrations; /* what it was opened with; static */
    gsize migration_count;
    gboolean read_only;
    GHashTable *cache;              /* SQL text → DbStatement */
    DbStatement *recent[DB_RECENT]; /* some of them, by the address of the caller's text */
    guint reading;                  /* statements stepped half-way */
    gboolean aside;                 /* it is of db_transaction_aside() */
    guint depth;                    /* the transaction and its savepoints */
    gint64 rested_us;               /* when it last made no use of its turn, for others; 0: never */
    gint64 ended_us;                /* the end of the last transaction */
    guint64 gave_way;               /* how often it has let others go first */
    gsize turn;                     /* see db_turn() */
    guint64 transaction;            /* serial number of the outermost transaction */
    GError *lost; /* why the engine itself rolled the transaction back; NULL: it did not */
    gint64 changes;
    gint64 data_version;
    gint64 node;
    DbSilence silence; /* db_on_silence(); NULL */
    gpointer silence_data;
    GPtrArray *drawn, *given; /* db_ids_note(), db_ids_give(); NULL */

    /* SQLCipher's own. */
    struct sqlite3 *handle;
    char *vfs;
    gboolean damaged;      /* the engine has met a page it could not authenticate */
    gboolean worn;         /* a failure may have left the connection useless */
    gboolean salt_changed; /* the file did not begin with its salt when it was opened */
    GHashTable *counters;  /* table name → IdCounter, see sqlcipher/db_id.c */

    /* PostgreSQL's own. */
    struct Server *server;
};

struct DbStatement {
    Db *db;
    char *sql;
    gpointer prepared; /* the engine's own */
    gboolean writes;
    int count;     /* parameters */
    char **names;  /* their names, from index 0, without the colon */
    guint16 *hint; /* for a caller's nth parameter, the index it had the last time */
    guint *bound;  /* the round in which a parameter was bound */
    guint round;
    gboolean cached;
    gboolean in_use;
    gboolean reading; /* counted in db->reading */
    gboolean done;
};

/* How many pages of a file are kept in memory: always, while very much is read, and while a large
 * transaction is open. */
typedef enum { DB_CACHE, DB_CACHE_READING, DB_CACHE_LARGE } DbCache;

/* A table and its columns, for carrying all of it (db_move.h). */
typedef struct {
    char *name;
    DbType type;
} DbColumn;
typedef struct {
    char *name;
    GArray *columns; /* DbColumn */
    gboolean has_id; /* a column of row numbers, db_new_id() */
} DbTableShape;

/* What an engine does: sqlcipher/sqlcipher_engine.c, server/server_engine.c. All else of this floor
 * is the same for both. Whatever fails has `error` set to a sentence; inside a transaction that the
 * engine has given up it also sets db->lost. */
struct DbEngine {
    /* --- a connection --- */
    /* Before something is begun outside a transaction: exchanges one that is worn. */
    void (*refresh)(Db *db);
    void (*close)(Db *db);
    gint64 (*data_version)(Db *db);

    /* --- statements --- */
    /* Readies `statement->sql`: sets `prepared`, `writes`, and `names` and `count` by
     * statement_take_names(). */
    gboolean (*prepare)(DbStatement *statement, GError **error);
    void (*finalize)(DbStatement *statement);
    /* Parameter `index`, from 0; its memory is the caller's until reset(). */
    gboolean (*bind)(DbStatement *statement, int index, const DbParam *param, GError **error);
    DbStep (*step)(DbStatement *statement, GError **error);
    /* One without rows, to be run when there is something to run it with: see db_run_later(). NULL:
     * the engine gains nothing by it. */
    gboolean (*later)(DbStatement *statement, GError **error);
    void (*reset)(DbStatement *statement);
    gint64 (*changes)(DbStatement *statement);
    gint64 (*get_int)(DbStatement *statement, int column);
    double (*get_real)(DbStatement *statement, int column);
    const char *(*get_text)(DbStatement *statement, int column);
    const void *(*get_blob)(DbStatement *statement, int column, gsize *length);
    gboolean (*is_null)(DbStatement *statement, int column);

    /* --- transactions --- */
    gboolean (*begin)(Db *db, GError **error);
    gboolean (*commit)(Db *db, GError **error);
    void (*rollback)(Db *db);
    /* Text without parameters that has no rows: savepoints. */
    gboolean (*run)(Db *db, const char *sql, GError **error);
    /* Whether the engine still has the transaction open, and what follows would be part of it. */
    gboolean (*is_open)(Db *db);
    /* See db_commit_found(). */
    void (*settle)(Db *db);
    /* See db_unsure(); NULL: whatever is saved is known at once. */
    DbUnsure *(*unsure)(Db *db);
    void (*go_on)(Db *db, const DbUnsure *unsure);
    gint64 (*new_id)(Db *db, const char *table, GError **error);
    void (*keep_in_memory)(Db *db, DbCache cache);
    void (*give_way)(Db *db);
    gboolean (*hides_row)(Db *db, const char *table, gint64 id);

    /* --- the whole --- */
    GPtrArray *(*indexes_take_away)(Db *db, const char *table, const char *keep, GError **error);
    gboolean (*indexes_lay_again)(Db *db, GPtrArray *definitions, GError **error);
    /* Of all that is carried elsewhere; free it with g_ptr_array_unref(). NULL: of this engine
     * nobody asks. */
    GPtrArray *(*tables)(Db *db, GError **error);
    /* All rows of a statement are in memory before the first is read. */
    gboolean rows_at_once;
    /* In the transaction that is open: references need not hold until they are laid again. */
    GPtrArray *(*references_take_away)(Db *db, GError **error);
    gboolean (*references_lay_again)(Db *db, GPtrArray *definitions, GError **error);
    /* The highest number of this node that was given in `table`, also to a row that is gone; 0:
     * none. And that no number up to `last` is given again. */
    gboolean (*last_id)(Db *db, const char *table, gint64 *last, GError **error);
    gboolean (*ids_past)(Db *db, const char *table, gint64 last, GError **error);
    gboolean (*check)(Db *db, GPtrArray *faults, DbProgress progress, gpointer data,
                      GError **error);
    gboolean (*may_rekey)(Db *db, GError **error); /* NULL: whoever writes may */
    gboolean (*rekey)(Db *db, const Secret *key, const DbWatch *watch, GError **error);
    gboolean (*copy)(Db *db, const char *path, const Secret *digest_key, const DbWatch *watch,
                     DbContents **contents, GError **error);

    /* --- who signs in at it; NULL: nobody --- */
    gboolean (*is_signed_in)(Db *db);
    gboolean (*login_lay)(Db *db, const char *login, const char *role, const Secret *password,
                          GError **error);
    gboolean (*login_fits)(Db *db, const char *login, GError **error);
    gboolean (*login_close)(Db *db, const char *login, GError **error);
    void (*login_changed)(Db *db, const Secret *password);
    gboolean (*lacks_standby)(Db *db);
};

/* db_open.c. A Db of `engine` that is not connected yet. New. */
Db *db_new(const DbEngine *engine, const char *path, const Secret *key, gboolean read_only);

/* db_statement.c */
void statement_cache_clear(Db *db);
gboolean statement_all_released(Db *db);
/* The text of one that is stepped half-way; NULL: none that is kept. */
const char *statement_half_read(Db *db);
/* Takes the `count` names over, each of which is new, and the array. */
void statement_take_names(DbStatement *statement, char **names, int count);
/* FALSE with `error` when the engine has rolled the open transaction back. */
gboolean transaction_is_alive(Db *db, GError **error);

/* db_place.c. Of a path that does not name a server: where the one is that keeps it all the same,
 * in libpq's words (new); NULL: it is a file, or is to be made as one. */
char *db_server_of(const char *path, DbFlags flags);

/* db_meta.c. Sets db->node, after opening; 0 where the database has no number that can be one. */
gboolean node_read(Db *db, GError **error);
