/* Any bytes as what a backup says of itself: read or refused with a sentence; and what is read is
 * written as a text that is read as the same. */
#include "care/unit/backup_manifest.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static gboolean ready;
    g_autoptr(GError) error = NULL;
    if (!ready && !(ready = secret_init(&error)))
        g_error("%s", error->message);
    g_autofree char *text = g_strndup((const char *)bytes, length);
    g_autoptr(BackupManifest) manifest = backup_manifest_parse(text, length, &error);
    g_autoptr(Secret) key = NULL;

    if ((manifest == NULL) != (error != NULL))
        g_error("a refusal without a reason, or a reason without a refusal");
    if (!manifest)
        return 0;
    key = secret_new(VAULT_DATA_KEY_BYTES);
    g_autofree char *written = backup_manifest_text(manifest, key);
    g_autoptr(BackupManifest) again = backup_manifest_parse(written, strlen(written), NULL);
    /* Blanks at the ends of a value are GLib's to drop; what is sealed opens none the less. */
    if (again && !backup_manifest_fits(again, key)) {
        g_autofree char *third = backup_manifest_text(again, key);
        if (strcmp(third, written) == 0)
            g_error("the same text, and another seal");
    }
    return 0;
}
