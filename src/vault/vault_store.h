/* vault_store.h: the key file on the disk: read, locked, and replaced whole. */
#pragma once

#include "base/error.h"

/* "PATH.old". New. */
char *vault_store_old_path(const char *path);

/* The bytes of `path`, at most `limit` of them. ERROR_NOT_FOUND, ERROR_CORRUPT when there are
 * more, ERROR_READONLY when it may not be read, ERROR_IO. A file is only ever replaced by a rename,
 * so what is read is one generation and needs no lock. */
GBytes *vault_store_read(const char *path, gsize limit, GError **error);

/* An exclusive lock on `path`, waiting for other programs. Writers take it before they read what
 * they will change. It lies on the file itself, so it leaves nothing behind and ends with the
 * process; who gets it makes sure that the file was not replaced meanwhile. Returns a descriptor
 * to close, or -1: ERROR_BUSY after ten seconds, and the errors of reading. */
int vault_store_lock(const char *path, GError **error);

/* Replaces `path`, whose bytes are `old`, by `new`: both are written to names of their own and
 * synced, then the one is renamed to PATH.old and the other to PATH, and the folder is synced. At
 * every moment PATH is the one or the other, whole. The caller holds the lock; the permissions of
 * `lock`'s file are kept. ERROR_READONLY, ERROR_FULL, ERROR_IO. */
gboolean vault_store_replace(const char *path, int lock, GBytes *old, GBytes *new, GError **error);

/* Makes `path` with `bytes`, in the same manner, for its owner alone. ERROR_EXISTS when it is
 * there. */
gboolean vault_store_create(const char *path, GBytes *bytes, GError **error);
