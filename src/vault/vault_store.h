/* vault_store.h: the key file on the disk: read, locked, and replaced whole. */
#pragma once

#include "base/error.h"

/* "PATH.copy", where a second copy of the same generation lies: beside the file that a symbolic
 * link leads to. New. */
char *vault_store_copy_path(const char *path);

/* The bytes of `path`, at most `limit` of them. ERROR_NOT_FOUND, ERROR_CORRUPT when there are
 * more, ERROR_READONLY when it may not be read, ERROR_IO. A file is only ever replaced by a rename,
 * so what is read is one generation and needs no lock. */
GBytes *vault_store_read(const char *path, gsize limit, GError **error);

/* An exclusive lock on `path`, waiting for other programs. Writers take it before they read what
 * they will change. It lies on the file itself, so it leaves nothing behind and ends with the
 * process; who gets it makes sure that the file was not replaced meanwhile. Returns a descriptor
 * to close, or -1: ERROR_BUSY after ten seconds, and the errors of reading. */
int vault_store_lock(const char *path, GError **error);

/* Replaces `path` and its copy by `bytes`: both are written to names of their own and synced, what
 * opened before is taken away, then both are renamed into place and the folder is synced. At every
 * moment PATH is the one generation or the other, whole, and never is the copy older than PATH: a
 * slot that has been replaced is nowhere left. The caller holds the lock; the permissions of
 * `lock`'s file are kept. ERROR_READONLY, ERROR_FULL, ERROR_IO. */
gboolean vault_store_replace(const char *path, int lock, GBytes *bytes, GError **error);
/* Puts `bytes` in the place of `name` alone, which is a path or its copy, in the same manner. */
gboolean vault_store_put(const char *name, int lock, GBytes *bytes, GError **error);
/* Whether `name` holds those very bytes. */
gboolean vault_store_holds(const char *name, GBytes *bytes);

/* Makes `path` and its copy with `bytes`, in the same manner, for its owner alone. ERROR_EXISTS
 * when it is there. */
gboolean vault_store_create(const char *path, GBytes *bytes, GError **error);
