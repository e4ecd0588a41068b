/* fault.h: a fault of the program itself, told to the user as one sentence.
 *
 * What went wrong inside is for whoever mends it, never for the user: no SQL, no word of the
 * database engine, no name from the source is shown. The sentence holds a short code by which the
 * place is found; the details are written with g_debug(), seen with G_MESSAGES_DEBUG=dagsform. They
 * hold names and SQL text with its parameters' names, never what was typed. */
#pragma once

#include "base/error.h"

/* Sets ERROR_INTERNAL. `detail` as printf has it, in English. The code is where it stands. */
#define fault_set(error, ...)                                                                      \
    fault_set_code((error), (fault_code_of(__FILE__, __LINE__)), __VA_ARGS__)

/* The same with a code of one's own, which is freed. */
void fault_set_code(GError **error, char *code, const char *detail, ...) G_GNUC_PRINTF(3, 4);

/* "db_id-53" of a source file's path and a line. New. */
char *fault_code_of(const char *file, int line);
