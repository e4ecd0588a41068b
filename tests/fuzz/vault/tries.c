/* tries.c: any bytes as the file of wrong passphrases: nobody is kept out for longer than the
 * longest pause, and after a right one there is none. */
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/secret.h"
#include "vault/tries.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

#define LOGIN "stod"

/* The key file's name, which nobody opens; the file beside it holds the bytes. */
static char *lay(const uint8_t *bytes, size_t length)
{
    static char *folder;
    if (folder == NULL) {
        if (!secret_init(NULL) || !clock_init(NULL) ||
            (folder = g_mkdtemp(g_strdup("/dev/shm/dagsform-tries-XXXXXX"))) == NULL)
            g_error("there is no folder");
    }
    char *keys = g_build_filename(folder, "unit.keys", NULL);
    g_autofree char *path = tries_path_for(keys);
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0 || write(file, bytes, length) != (ssize_t)length)
        g_error("the file cannot be written");
    close(file);
    return keys;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *keys = lay(bytes, length);
    if (tries_allow(keys, LOGIN, &error) != (error == NULL))
        g_error("a refusal without a reason, or a reason without a refusal");
    tries_wrong(keys, LOGIN);
    if (tries_right(keys, LOGIN) < 1)
        g_error("what was wrong is not counted");
    if (!tries_allow(keys, LOGIN, NULL))
        g_error("a pause after what was right");
    g_free(tries_tell(keys, LOGIN));
    g_autofree char *none = tries_tell(keys, LOGIN);
    if (none != NULL)
        g_error("told twice: %s", none);
    return 0;
}
