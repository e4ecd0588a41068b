/* own_file.c: a small file of its own, made once and never changed. */
#include "vault/own_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/i18n.h"

static const guint8 MAGIC[8] = {'D', 'A', 'G', 'S', 'O', 'W', 'N', 'F'};
#define CHECKED_BYTES (sizeof MAGIC + OWN_KEY_BYTES)
#define CHECKSUM_BYTES (OWN_FILE_BYTES - CHECKED_BYTES)

static void checksum(const guint8 *bytes, guint8 *sum)
{
    crypto_generichash(sum, CHECKSUM_BYTES, bytes, CHECKED_BYTES, NULL, 0);
}

/* --- making ----------------------------------------------------------------------------------- */

static gboolean write_fault(const char *path, int fault, GError **error)
{
    if (fault == EEXIST)
        g_set_error(error, DAGSFORM_ERROR, ERROR_EXISTS,
                    _("There is a file %s already. Choose another name for your own key file."),
                    path);
    else
        g_set_error(error, DAGSFORM_ERROR,
                    fault == EACCES || fault == EPERM || fault == EROFS ? ERROR_READONLY
                    : fault == ENOSPC || fault == EDQUOT                ? ERROR_FULL
                    : fault == ENOENT || fault == ENOTDIR               ? ERROR_NOT_FOUND
                                                                        : ERROR_IO,
                    _("Your own key file cannot be written to %s: %s. Choose another place."), path,
                    g_strerror(fault));
    return FALSE;
}

gboolean own_file_make(const char *path, GError **error)
{
    g_autoptr(Secret) bytes = secret_new(OWN_FILE_BYTES);
    const int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0400);

    if (fd < 0)
        return write_fault(path, errno, error);
    memcpy(bytes->bytes, MAGIC, sizeof MAGIC);
    randombytes_buf(bytes->bytes + sizeof MAGIC, OWN_KEY_BYTES);
    checksum(bytes->bytes, bytes->bytes + CHECKED_BYTES);
    errno = ENOSPC; /* what a short writing means */
    gboolean done =
        write(fd, bytes->bytes, OWN_FILE_BYTES) == OWN_FILE_BYTES && fsync(fd) == 0;
    int fault = errno;
    if (close(fd) != 0 && done) {
        done = FALSE;
        fault = errno;
    }
    if (done)
        return TRUE;
    unlink(path);
    return write_fault(path, fault, error);
}

/* --- reading ---------------------------------------------------------------------------------- */

gboolean own_file_parse(const guint8 *bytes, gsize length, Secret **own)
{
    guint8 sum[CHECKSUM_BYTES];

    *own = NULL;
    if (length != OWN_FILE_BYTES || memcmp(bytes, MAGIC, sizeof MAGIC) != 0)
        return FALSE;
    checksum(bytes, sum);
    if (memcmp(sum, bytes + CHECKED_BYTES, sizeof sum) != 0)
        return FALSE;
    *own = secret_copy(bytes + sizeof MAGIC, OWN_KEY_BYTES);
    return TRUE;
}

/* One byte more than it has, so that a longer file shows. */
static Secret *read_own(const char *path, GError **error)
{
    g_autoptr(Secret) bytes = secret_new(OWN_FILE_BYTES + 1);
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    Secret *own = NULL;

    if (fd < 0) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                    _("Your own key file %s cannot be read: %s. Put in the stick or disk that it "
                      "lies on, or give the place where it is."),
                    path, g_strerror(errno));
        return NULL;
    }
    const gssize got = read(fd, bytes->bytes, bytes->length);
    close(fd);
    if (got < 0 || !own_file_parse(bytes->bytes, (gsize)got, &own))
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("%s is damaged, or is no key file of a user. Take your copy of it, or ask an "
                      "administrator for a new passphrase."),
                    path);
    return own;
}

/* --- together with the passphrase -------------------------------------------------------------- */

Secret *own_file_join(const Secret *passphrase, const char *path, GError **error)
{
    g_autoptr(Secret) own = read_own(path, error);

    if (own == NULL)
        return NULL;
    Secret *joined = secret_new(passphrase->length + 1 + OWN_KEY_BYTES);
    memcpy(joined->bytes, passphrase->bytes, passphrase->length);
    memcpy(joined->bytes + passphrase->length + 1, own->bytes, OWN_KEY_BYTES);
    return joined;
}

Secret *own_file_part(const Secret *joined, Secret **own)
{
    const guint8 *nul =
        joined->length > OWN_KEY_BYTES ? memchr(joined->bytes, 0, joined->length) : NULL;
    const gsize length = nul != NULL ? (gsize)(nul - joined->bytes) : joined->length;
    const gboolean with = joined->length == length + 1 + OWN_KEY_BYTES;

    if (own != NULL)
        *own = with ? secret_copy(nul + 1, OWN_KEY_BYTES) : NULL;
    return secret_copy(joined->bytes, with ? length : joined->length);
}
