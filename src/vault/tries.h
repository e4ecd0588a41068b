/* tries.h: wrong passphrases, counted in NAME.tries beside the key file NAME.keys, since the
 * database can be written only by whoever has opened it. It slows down who guesses at the keyboard
 * or by a script, and lets the one who was guessed at know; whoever holds a copy of the key file is
 * slowed down by Argon2id alone. No login stands in it in clear. Where it cannot be written nothing
 * is counted, and nobody is kept out. */
#pragma once

#include "base/error.h"

/* "/x/unit.tries" for "/x/unit.keys". New. */
char *tries_path_for(const char *keys);

/* Seconds to wait after so many wrong passphrases in a row: none before the third, then 1, 2, 4 …
 * at most 30. Pure. */
int tries_pause_s(int wrong);

/* Whether `login` may try now. ERROR_BUSY says how long to wait. */
gboolean tries_allow(const char *keys, const char *login, GError **error);
/* One more was wrong. */
void tries_wrong(const char *keys, const char *login);
/* It was right: there is no pause any more. How many were wrong since the last right one. */
int tries_right(const char *keys, const char *login);
/* A sentence for the one who has signed in about all that were wrong since it was told last, which
 * is thereby done; NULL when there were none. New. */
char *tries_tell(const char *keys, const char *login);
