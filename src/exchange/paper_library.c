/* paper_library.c: cairo and pango, loaded when they are needed. */
#include "exchange/paper_library.h"

#include "base/error.h"
#include "base/i18n.h"

#include <dlfcn.h>
#include <string.h>

/* It needs the others, so their functions are found by way of it. The number is that of the
 * interface, the same on every system since 1.0. */
#define PANGOCAIRO "libpangocairo-1.0.so.0"

static gboolean find(void *from, const char *name, void *function, gsize size)
{
    void *found = from != NULL ? dlsym(from, name) : NULL;
    memcpy(function, &found, size);
    return found != NULL;
}

const PaperLibrary *paper_library(GError **error)
{
    static PaperLibrary library;
    static gboolean loaded;
    if (loaded)
        return &library;
    void *pangocairo = dlopen(PANGOCAIRO, RTLD_NOW | RTLD_LOCAL);
    loaded = pangocairo != NULL;
#define LOAD(name) loaded = find(pangocairo, #name, &library.name, sizeof library.name) && loaded;
    PAPER_FUNCTIONS(LOAD)
#undef LOAD
    if (loaded)
        return &library;
    g_set_error(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                _("To write a PDF this computer needs the library %s (on Debian the "
                  "package libpangocairo-1.0-0). Install it and try again."),
                "Pango");
    return NULL;
}
