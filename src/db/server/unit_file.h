/* unit_file.h: NAME.unit: where the server is that keeps a unit. A small text beside the key file
 * NAME.keys, as GLib's key files are; it holds no secret, but whoever may write to it may send the
 * unit's users to another server, which then knows nothing of theirs and opens nothing:
 *
 *   [dagsform unit]
 *   hosts=db1.example.se;db2.example.se
 *   port=5432
 *   database=boendestod
 *   ca=server-ca.pem
 *   id=32 hex digits
 *   point=64 hex digits
 *   standby=true
 *
 * A host may be a folder of sockets of this computer, "/run/postgresql"; `ca` signs for the others,
 * and lies beside this file or has a whole path. `id` is the database's own, drawn when it was
 * made; of `point` the passwords come (vault_login.h). With `standby` another server is to confirm
 * what is saved. */
#pragma once

#include "base/error.h"
#include "vault/vault_login.h"

#define UNIT_FILE_BYTES 16384 /* longer ones are none */
#define UNIT_HOSTS 8
#define UNIT_HOST_BYTES 253
#define UNIT_DATABASE_BYTES 32 /* the roles' names begin with it */
#define UNIT_ID_BYTES 16

typedef struct {
    char **hosts; /* 1 to UNIT_HOSTS */
    int port;
    char *database; /* a letter, then letters, digits and _; small ones */
    char *ca;       /* a whole path; NULL where every host is a folder of this computer */
    char *id;       /* 2 * UNIT_ID_BYTES hex digits */
    guint8 point[VAULT_POINT_BYTES];
    gboolean standby;
} UnitFile;
void unit_file_free(UnitFile *unit); /* NULL is allowed */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(UnitFile, unit_file_free)

/* Whether a path names such a file: by its end, ".unit". Pure. */
gboolean unit_file_is(const char *path);
/* Whether all of it but `id` and `point` can be so: ERROR_INPUT in a sentence. A plain connection
 * over a network is none. Pure. */
gboolean unit_file_may_be(const UnitFile *unit, GError **error);
/* Of `length` bytes; `folder` is where a `ca` without one lies. ERROR_INPUT. Pure; new. */
UnitFile *unit_file_parse(const char *text, gsize length, const char *folder, GError **error);
/* ERROR_NOT_FOUND, ERROR_INPUT. New. */
UnitFile *unit_file_read(const char *path, GError **error);
/* Its bytes; `folder` is where it will lie. Pure; new. */
char *unit_file_text(const UnitFile *unit, const char *folder);
/* Put whole in its place. */
gboolean unit_file_write(const UnitFile *unit, const char *path, GError **error);
/* The server and the database in libpq's words, without who: over a network only encrypted, with a
 * host that `ca` signs for by its name. Pure; new. */
char *unit_file_words(const UnitFile *unit);
