/* config.c: any bytes as config.ini: settings within what is allowed and keys that do not meet, or
 * a sentence that says what to mend. */
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include "ui/config.h"
#include "ui/keymap.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* A file that lies in memory and has a name. */
static int memory_file(char **path)
{
    static int file = -1;
    if (file < 0 && (file = memfd_create("config", MFD_CLOEXEC)) < 0)
        g_error("there is no file in memory");
    *path = g_strdup_printf("/proc/self/fd/%d", file);
    return file;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = NULL;
    const int file = memory_file(&path);
    if (ftruncate(file, 0) != 0 || pwrite(file, bytes, length, 0) != (ssize_t)length)
        g_error("the file cannot be written");
    g_autoptr(Config) config = config_load(path, &error);
    if ((config == NULL) != (error != NULL))
        g_error("a refusal without a reason, or a reason without a refusal");
    if (error != NULL && !g_utf8_validate(error->message, -1, NULL))
        g_error("the sentence cannot be shown");
    if (config == NULL)
        return 0;
    if (config->lock_minutes < 0 || config->escape_delay_ms < 0 || config->backup_days < 0)
        g_error("a number is none of those allowed");
    Keymap *keymap = keymap_new(config->file, &error);
    if ((keymap == NULL) != (error != NULL))
        g_error("keys refused without a reason, or a reason without a refusal");
    if (keymap != NULL)
        keymap_free(keymap);
    return 0;
}
