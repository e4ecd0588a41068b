/* error.h: what can go wrong, as the user must be told it.
 *
 * Every function that can fail takes a GError ** last. The message is one whole
 * sentence in the user's language that says what to do; the code is for the
 * program. Only the edge (ui/, cmd/) shows a message. */
#pragma once

#include <glib.h>

#define DAGSFORM_ERROR (dagsform_error_quark())
GQuark dagsform_error_quark(void);

typedef enum {
    ERROR_INPUT,       /* what was typed or read cannot be used as it stands */
    ERROR_NOT_FOUND,   /* the row, file or name asked for is not there */
    ERROR_EXISTS,      /* it is there already */
    ERROR_CONFLICT,    /* somebody else changed it in between */
    ERROR_BUSY,        /* another program holds it; trying again may help */
    ERROR_FULL,        /* the disk, a quota, a file-size limit or memory is used up */
    ERROR_IO,          /* the disk or the file system failed */
    ERROR_READONLY,    /* the file or its folder cannot be written */
    ERROR_CORRUPT,     /* bytes are not what was written */
    ERROR_PASSPHRASE,  /* wrong passphrase, user or recovery code */
    ERROR_KEY_CHANGED, /* the data key was changed by an administrator */
    ERROR_DENIED,      /* the role does not allow it */
    ERROR_VERSION,     /* made by a newer program, or an engine too old */
    ERROR_CANCELLED,   /* the user broke it off; nothing was changed */
    ERROR_INTERNAL,    /* a fault of this program; set by base/fault.h alone */
} DagsformError;
