/* server_seal.h: a value sealed before it leaves the program for a server, and opened when it comes
 * back: XChaCha20-Poly1305 under a subkey of the unit's data key, table, column and the row's key
 * authenticated with it. The nonce is a keyed hash of all that, so the same value in the same place
 * is sealed alike, and one in another place otherwise (as SIV, RFC 5297). A short value is filled
 * up to SEAL_BLOCK bytes, so that its length does not tell a yes from a no. */
#pragma once

#include "base/error.h"
#include "base/secret.h"

#define SEAL_BLOCK 32
#define SEAL_SIGN '~' /* what is sealed begins with it */
/* Of a keyed column's value, so many letters at the beginning are alike where the value is. */
#define SEAL_KEYED_LETTERS 24

typedef struct SealKeys SealKeys;

/* Of the unit's data key. New. */
SealKeys *seal_keys_new(const Secret *data_key);
void seal_keys_free(SealKeys *keys); /* NULL is allowed; wipes */

/* What tells one key from another, and nothing of either. New. */
char *seal_mark(const SealKeys *keys);

/* `place` is table, column and the row's key, `column` (NULL: not keyed) table and column alone.
 * New. */
char *seal_value(const SealKeys *keys, const char *place, const char *column, const char *value);
/* The value, new; NULL: it was not sealed for this place, or is not as it was. */
char *seal_open(const SealKeys *keys, const char *place, const char *column, const char *sealed);
