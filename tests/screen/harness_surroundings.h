/* harness_surroundings.h: what the harness and its surroundings share. Tests use harness.h. */
#pragma once

#include "tests/screen/harness.h"

/* A folder of a test's own; mkdtemp(3) fills in the end. Not below TMPDIR: a path of another length
 * would be cut elsewhere on the screen. */
#define HARNESS_FOLDER "/tmp/dagsform-screen-XXXXXX"
/* The descriptor on which the program says what it has shown. */
#define HARNESS_SYNC_FD 9

/* `program`, or where the real one lies when that is NULL. New. */
char *harness_program(const char *program);
/* All variables of the program, in a folder of its own. New; g_strfreev. */
char **harness_environment(const HarnessOptions *options, const char *folder);

/* To standard error, for cmocka cuts a long message. */
void harness_print(const char *what, const char *dump);
