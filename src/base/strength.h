/* strength.h: how soon a passphrase is guessed by somebody who tries first what people choose. */
#pragma once

#include "base/secret.h"

/* The bits of so many guesses that no stolen key file is worth them: 10^10, the strongest of
 * zxcvbn's classes (Wheeler, USENIX Security 2016), with Argon2id's half a second for each. Three
 * or four ordinary words that do not belong together have them. */
#define STRENGTH_BITS_ENOUGH 34

/* The bits of guesses, an estimate from below: a word of a language counts as the list it stands
 * in, not by its letters; what stands in a row, is repeated, counted up, on the lists of what is
 * most common, or is `login` (may be NULL), counts next to nothing, and `*common` tells that there
 * was such. `passphrase` is UTF-8. Pure; copies nothing out of locked memory. */
int strength_bits(const Secret *passphrase, const char *login, gboolean *common);
