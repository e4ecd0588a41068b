/* apart.h: a piece of work in a process of its own. What its libraries take of memory goes with it,
 * and a fault in one of them does not end the program. */
#pragma once

#include <glib.h>

/* Works on a copy of everything in memory; what it changes there is not seen by the caller, only
 * what it leaves in files. It may neither touch the database nor end the process. FALSE with
 * `error` in DAGSFORM_ERROR. */
typedef gboolean (*ApartWork)(gpointer data, GError **error);

/* Does the work and waits for its end. Where it failed, its error is given on; ERROR_IO when there
 * is no room for a process or when it died before its end. */
gboolean apart_run(ApartWork work, gpointer data, GError **error);

/* Work that comes to bytes, which it hands to `fd` by apart_put(), or to an error before the first. For what somebody else has made: it can
 * open no file but the program's own (confine.h), where the kernel has that. */
typedef gboolean (*ApartBytes)(int fd, gpointer data, GError **error);
gboolean apart_put(int fd, const void *bytes, gsize length, GError **error);
/* What it came to, with a NUL behind it; what it holds is as little to be trusted as what was read. New;
 * NULL with `error`, ERROR_IO also where it comes to more than `most` bytes. */
#define APART_BYTES_MOST (((gsize)1 << 31) - (1 << 20))
char *apart_bytes(ApartBytes work, gpointer data, gsize most, gsize *length, GError **error);
