/* secret.h: memory for keys and passphrases: locked, guarded, wiped when freed (libsodium). */
#pragma once

#include <glib.h>

typedef struct {
    guint8 *bytes; /* guarded pages of sodium_malloc(); never copied elsewhere */
    gsize length;
} Secret;

/* Starts libsodium and closes the process to others: no core file, not dumpable, SIGXFSZ ignored.
 * ERROR_INTERNAL when libsodium cannot start. Call first in main(). */
gboolean secret_init(GError **error);

Secret *secret_new(gsize length); /* zeroed */
Secret *secret_copy(const void *bytes, gsize length);
void secret_free(Secret *secret); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Secret, secret_free)
/* In constant time. */
gboolean secret_equal(const Secret *a, const Secret *b);

/* The first line of `path`, without its end, NFC-normalised. `*exposed` (may be NULL) tells whether
 * others than the owner can read the file: whoever asks should say so. ERROR_INPUT when the file is
 * empty, ERROR_NOT_FOUND when it is not there. */
Secret *secret_read_passphrase_file(const char *path, gboolean *exposed, GError **error);
/* One line from the terminal /dev/tty with echo off after `prompt`. ERROR_CANCELLED on ^C or ^D,
 * ERROR_INPUT when there is no terminal (says to use --passphrase-file). */
Secret *secret_read_passphrase_tty(const char *prompt, GError **error);
/* NFC of UTF-8 `text`, so that å in two encodings is one passphrase. */
Secret *secret_from_text(const char *text);
