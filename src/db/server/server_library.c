/* server_library.c: libpq, loaded when it is needed. */
#include "db/server/server_library.h"

#include <dlfcn.h>
#include <string.h>

#include "base/i18n.h"

/* The number is that of the interface, the same since PostgreSQL 8.2. */
#define LIBPQ "libpq.so.5"

static gboolean find(void *from, const char *name, void *function, gsize size)
{
    void *found = from != NULL ? dlsym(from, name) : NULL;

    memcpy(function, &found, size);
    return found != NULL;
}

const ServerLibrary *server_library(GError **error)
{
    static ServerLibrary library;
    static gboolean loaded;

    if (loaded)
        return &library;
    void *libpq = dlopen(LIBPQ, RTLD_NOW | RTLD_LOCAL);
    loaded = libpq != NULL;
#define LOAD(name) loaded = find(libpq, #name, &library.name, sizeof library.name) && loaded;
    SERVER_FUNCTIONS(LOAD)
#undef LOAD
    if (loaded)
        return &library;
    g_set_error(
        error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
        _("To open a unit that a server keeps this computer needs the library %s (on Debian the "
          "package libpq5). Install it and try again."),
        "libpq");
    return NULL;
}
