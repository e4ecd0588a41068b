/* idle_ahead.c: in the place of src/base/idle_clock.c in the program of the tests: as many
 * milliseconds ahead as stand in the file that DAGSFORM_TEST_IDLE_FILE names. */
#include <stdlib.h>
#include <time.h>

#include "base/idle_clock.h"

gint64 idle_clock_ms(void)
{
    const char *path = getenv("DAGSFORM_TEST_IDLE_FILE");
    g_autofree char *ahead = NULL;
    struct timespec now;

    if (path != NULL)
        g_file_get_contents(path, &ahead, NULL, NULL);
    clock_gettime(CLOCK_BOOTTIME, &now);
    return (gint64)now.tv_sec * 1000 + now.tv_nsec / 1000000 +
           (ahead != NULL ? g_ascii_strtoll(ahead, NULL, 10) : 0);
}
