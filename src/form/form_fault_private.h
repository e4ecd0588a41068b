/* form_fault_private.h: what is wrong with a form file. */
#pragma once

#include "base/error.h"

/* One sentence "FILE, line N, question “ID”: …" as ERROR_INPUT; `line` 0 and `link_id` NULL are
 * left out, and where `file` is NULL all three. Returns FALSE, so that a caller can return it. */
gboolean form_fault(GError **error, const char *file, int line, const char *link_id,
                    const char *format, ...) G_GNUC_PRINTF(5, 6);
