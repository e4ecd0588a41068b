/* vault_login.h: the password with which the holder of a slot signs in at the unit's server. It
 * comes of the slot's X25519 secret and of a public key, the server's point, that stands in the
 * unit's file beside the key file: so whoever draws a point can give everybody a password by the
 * public halves in the key file, and forgets the point's secret then; and nobody who only holds the
 * unit's keys knows another's. It does not come of the passphrase, so what the server keeps of it
 * is no help in guessing that. A slot that is made anew (a new passphrase) has another one. */
#pragma once

#include "vault/vault.h"

#define VAULT_POINT_BYTES 32

/* A new point, and its secret, which is to be forgotten when the passwords have been set. New. */
Secret *vault_draw_point(guint8 *point);
/* The point of the server that keeps the unit; FALSE when it is none. */
gboolean vault_set_point(Vault *vault, const guint8 *point);
/* The password of whoever opened the vault; new, a text with its NUL within its length. NULL when
 * no point is set. */
Secret *vault_login_password(Vault *vault);
/* The password of the user's slot that this vault made last, or of the recovery code's, which a
 * server does not know yet; NULL when it has made none since it was asked, or no point is set. New.
 */
Secret *vault_made_password(Vault *vault, gboolean recovery);
/* The password of `login` (NULL: the recovery code's) under a point just drawn, by its secret. NULL
 * when the key file has no such slot. New. */
Secret *vault_password_of(Vault *vault, const char *login, const guint8 *point,
                          const Secret *point_secret);
