/* own_file.h: a user's own key file: what somebody must have beside the passphrase, such as on a USB
 * stick. (The unit's key file is vault.h's.)
 *
 *   magic "DAGSOWNF"       8
 *   random                32
 *   checksum              16   BLAKE2b over all before it: tells damage from another file
 */
#pragma once

#include "base/error.h"
#include "base/secret.h"

#define OWN_FILE_BYTES 56
#define OWN_KEY_BYTES 32

/* Draws a new one to the new file `path`, which only its owner can read (0400), and syncs it.
 * ERROR_EXISTS, ERROR_READONLY, ERROR_FULL, ERROR_NOT_FOUND (no such folder), ERROR_IO. */
gboolean own_file_make(const char *path, GError **error);

/* What opens a slot that needs one: `passphrase` with what the file at `path` holds, as one secret,
 * which vault.h takes wherever it takes a passphrase. ERROR_NOT_FOUND: it is not there, ERROR_INPUT:
 * it is damaged or no such file. New. */
Secret *own_file_join(const Secret *passphrase, const char *path, GError **error);
/* The passphrase of `joined`, and in `*own` (may be NULL) what the file held (OWN_KEY_BYTES), NULL where
 * there was none. A passphrase has no NUL, so one parts the two. Both new. */
Secret *own_file_part(const Secret *joined, Secret **own);

/* For the fuzzer: whether the bytes are such a file. Pure. */
gboolean own_file_parse(const guint8 *bytes, gsize length, Secret **own);
