/* system_log_file.c: in the place of src/base/system_log.c in the programs of the tests: the line goes to the
 * end of the file that DAGSFORM_TEST_SYSTEM_LOG names. */
#include <stdio.h>
#include <stdlib.h>

#include "base/system_log.h"

void system_log_line(const char *line)
{
    const char *path = getenv("DAGSFORM_TEST_SYSTEM_LOG");
    FILE *file = path != NULL ? fopen(path, "ae") : NULL;

    if (file == NULL)
        return;
    fprintf(file, "%s\n", line);
    fclose(file);
}
