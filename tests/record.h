/* record.h: see record.c. */
#pragma once

#include "db/db.h"

/* Notes a statement in the file $DAGSFORM_TEST_STATEMENTS, each once from one program. */
void record_note(const char *sql, const DbParam *params);
