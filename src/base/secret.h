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
/* Whether its memory stays out of what is written to disk when memory runs short. Where the machine does
 * not let it be locked (RLIMIT_MEMLOCK), libsodium goes on without a word. */
gboolean secret_is_locked(const Secret *secret);
/* In constant time. */
gboolean secret_equal(const Secret *a, const Secret *b);

/* The first line of `path`, without its end, NFC-normalised. `*exposed` (may be NULL) tells whether
 * others than the owner can read the file: whoever asks should say so. ERROR_INPUT when the line is
 * empty, not UTF-8 or has a NUL in it, ERROR_NOT_FOUND when the file is not there. */
Secret *secret_read_passphrase_file(const char *path, gboolean *exposed, GError **error);
/* One line from the terminal /dev/tty with echo off after `prompt`. ERROR_CANCELLED on ^C or ^D,
 * ERROR_INPUT when there is no terminal (says to use --passphrase-file), and as above. */
Secret *secret_read_passphrase_tty(const char *prompt, GError **error);
/* NFC of UTF-8 `text`, so that å in two encodings is one passphrase. */
Secret *secret_from_text(const char *text);
/* The same of a text that is locked already; bytes that are no UTF-8 stay as they are. New. */
Secret *secret_composed(const Secret *text);
/* The passphrase as it is compared: the OpaqueString of RFC 8265, 4.2: every kind of blank is the
 * one of ASCII, since another is easily typed by mistake (AltGr and the space bar), then NFC. New. */
Secret *secret_opaque(const Secret *text);
