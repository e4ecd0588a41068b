/* recovery_code.h: a 256-bit key as groups that can be read aloud and typed. Pure functions.
 *
 * Thirteen groups of four symbols and a check symbol, in Crockford's base 32 (no I, L, O or U):
 * "7Z0QK-…". The check is linear over GF(32) with a different weight at each place and the group's
 * number added, so one wrong symbol, two exchanged symbols and two exchanged groups always show,
 * and the group can be named. */
#pragma once

#include <glib.h>

#define RECOVERY_KEY_BYTES 32
#define RECOVERY_GROUPS 13
#define RECOVERY_GROUP_SYMBOLS 5
/* Groups, a hyphen between each two, and the NUL. */
#define RECOVERY_CODE_SIZE (RECOVERY_GROUPS * (RECOVERY_GROUP_SYMBOLS + 1))

/* Writes the code of `key` (RECOVERY_KEY_BYTES) to `text` (RECOVERY_CODE_SIZE). */
void recovery_code_format(const guint8 *key, char *text);

/* Reads a code into `key`: capitals or not, O as 0, I and L as 1; blanks, hyphens and dashes
 * anywhere. Returns 0, or the number (from 1) of the first group that is not what was printed; a
 * code that ends too early has its first missing group wrong, and one that goes on too long
 * RECOVERY_GROUPS + 1. `key` is zeroed then. */
int recovery_code_parse(const char *text, guint8 *key);
