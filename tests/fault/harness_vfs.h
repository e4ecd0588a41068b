/* harness_vfs.h: the files of the engine, with somebody who is asked before each operation. */
#pragma once

#include <sqlcipher/sqlite3.h>

#include <glib.h>

#define ASKING_VFS "dagsform-asking"

typedef enum { OP_NONE, OP_OPEN, OP_READ, OP_WRITE, OP_SYNC, OP_TRUNCATE, OP_DELETE } Operation;

typedef struct {
    Operation operation;
    const char *path;  /* of the file; NULL: one without a name */
    const void *bytes; /* of a write */
    gint64 size;       /* of a read, a write, and of the file after a truncation */
    gint64 at;
} Call;

/* SQLITE_OK lets it through, another result is that of the operation: of a write refused half has
 * arrived, as when a disk fills up. A sync that is let through does nothing: no plug is pulled. */
extern int (*asking_vfs_answer)(const Call *call);
/* What the system is said to have answered then. */
extern int asking_vfs_errno;

/* Registers it over the guard (db_guard.h): a group setup of cmocka. */
int asking_vfs_register(void **state);
/* The same in the guard's place, for whatever opens a database: for tests of the floors above. */
int asking_vfs_register_for_all(void **state);
