/* paths.c: the program's folders, and whether a file lies where locks can be trusted. */
#include "base/paths.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>

#include "base/error.h"
#include "base/i18n.h"

#define PROGRAM "dagsform"
#define FILE_SCHEME "file://"
#define MAGIC_FUSE 0x65735546u

static DagsformError code_of_errno(int number)
{
    switch (number) {
    case EACCES:
    case EPERM:
    case EROFS:
        return ERROR_READONLY;
    case ENOSPC:
    case EDQUOT:
        return ERROR_FULL;
    case ENOENT:
    case ENOTDIR:
        return ERROR_NOT_FOUND;
    default:
        return ERROR_IO;
    }
}

char *paths_user_data(GError **error)
{
    g_autofree char *folder = g_build_filename(g_get_user_data_dir(), PROGRAM, NULL);
    if (g_mkdir_with_parents(folder, 0700) != 0) {
        int number = errno;
        g_set_error(error, DAGSFORM_ERROR, code_of_errno(number),
                    _("The folder %s cannot be made: %s. Choose another place with --db."), folder,
                    g_strerror(number));
        return NULL;
    }
    return g_steal_pointer(&folder);
}

char *paths_config(void)
{
    return g_build_filename(g_get_user_config_dir(), PROGRAM, "config.ini", NULL);
}

char *paths_last_seen(void)
{
    return g_build_filename(g_get_user_state_dir(), PROGRAM, "last-seen.ini", NULL);
}

char *paths_own_files(void)
{
    return g_build_filename(g_get_user_state_dir(), PROGRAM, "key-files.ini", NULL);
}

char *paths_behind(const char *path)
{
    char *resolved = realpath(path, NULL);
    struct stat status;
    const gboolean file =
        resolved != NULL && stat(resolved, &status) == 0 && S_ISREG(status.st_mode);
    char *behind = g_strdup(file ? resolved : path);

    free(resolved);
    return behind;
}

char *paths_typed(const char *text)
{
    g_autofree char *typed = g_strstrip(g_strdup(text));
    gsize length = strlen(typed);
    if (length >= 2 && (typed[0] == '\'' || typed[0] == '"') && typed[length - 1] == typed[0]) {
        typed[length - 1] = '\0';
        memmove(typed, typed + 1, length - 1);
    }
    if (g_str_has_prefix(typed, FILE_SCHEME)) {
        char *path = g_filename_from_uri(typed, NULL, NULL);
        if (path != NULL)
            return path;
    }
    if (g_str_has_prefix(typed, "~/"))
        return g_build_filename(g_get_home_dir(), typed + 2, NULL);
    return g_steal_pointer(&typed);
}

char *paths_mount_type(const char *mountinfo, guint major_number, guint minor_number)
{
    /* A line: id parent MAJOR:MINOR root point options [optional …] - TYPE source options
     * (proc(5)). Blanks within a field are written as \040. */
    g_autofree char *device = g_strdup_printf("%u:%u", major_number, minor_number);
    g_auto(GStrv) lines = g_strsplit(mountinfo, "\n", -1);
    for (guint i = 0; lines[i] != NULL; i++) {
        g_auto(GStrv) fields = g_strsplit(lines[i], " ", -1);
        if (g_strv_length(fields) < 10 || strcmp(fields[2], device) != 0)
            continue;
        for (guint j = 6; fields[j] != NULL && fields[j + 1] != NULL; j++)
            if (strcmp(fields[j], "-") == 0)
                return g_strdup(fields[j + 1]);
    }
    return NULL;
}

/* FUSE stands for anything from a local disk to a web server, so only kinds known to be local
 * pass. */
static const char *network_kind_of_fuse(const char *mount_type)
{
    static const char *const LOCAL[] = {"fuseblk",        "fuse.ntfs",           "fuse.ntfs-3g",
                                        "fuse.exfat",     "fuse.exfat-fuse",     "fuse.ext2",
                                        "fuse.fuse-ext2", "fuse.fuse-overlayfs", "fuse.zfs",
                                        "fuse.bindfs",    "fuse.mergerfs",       "fuse.gocryptfs",
                                        "fuse.encfs",     "fuse.cryfs",          "fuse.securefs",
                                        "fuse.lxcfs",     "fuse.veracrypt",      NULL};
    if (mount_type == NULL)
        return "fuse";
    if (g_str_has_prefix(mount_type, "fuseblk.") || g_strv_contains(LOCAL, mount_type))
        return NULL;
    return mount_type;
}

const char *paths_network_kind(guint32 magic, const char *mount_type)
{
    /* Numbers from linux/magic.h and, for those outside the kernel's tree, their own sources. */
    static const struct {
        guint32 magic;
        const char *kind;
    } NETWORK[] = {
        {0x6969, "nfs"},        {0xFF534D42, "cifs"},     {0xFE534D42, "smb2"},
        {0x517B, "smbfs"},      {0x01021997, "9p"},       {0x00C36400, "ceph"},
        {0x5346414F, "afs"},    {0x6B414653, "afs"},      {0x73757245, "coda"},
        {0x564C, "ncpfs"},      {0x01161970, "gfs2"},     {0x7461636F, "ocfs2"},
        {0x0BD00BD0, "lustre"}, {0x47504653, "gpfs"},     {0xAAD7AAEA, "panfs"},
        {0x19830326, "beegfs"}, {0x20030528, "orangefs"}, {0x61636673, "acfs"},
        {0xBEEFDEAD, "snfs"},   {0x786F4256, "vboxsf"},   {0xBACBACBC, "vmhgfs"},
        {0x7C7C6673, "prl_fs"},
    };
    if (magic == MAGIC_FUSE)
        return network_kind_of_fuse(mount_type);
    for (guint i = 0; i < G_N_ELEMENTS(NETWORK); i++)
        if (NETWORK[i].magic == magic)
            return NETWORK[i].kind;
    return NULL;
}

/* `path`, or the folder it would be made in. */
static char *existing_part(const char *path)
{
    return g_file_test(path, G_FILE_TEST_EXISTS) ? g_strdup(path) : g_path_get_dirname(path);
}

gboolean paths_is_local(const char *path, GError **error)
{
    g_autofree char *place = existing_part(path);
    struct statfs system;
    struct stat status;
    if (statfs(place, &system) != 0 || stat(place, &status) != 0) {
        int number = errno;
        g_set_error(error, DAGSFORM_ERROR, code_of_errno(number),
                    _("%s cannot be opened: %s. Check the path."), place, g_strerror(number));
        return FALSE;
    }

    g_autofree char *mount_type = NULL;
    if ((guint32)system.f_type == MAGIC_FUSE) {
        g_autofree char *mountinfo = NULL;
        if (g_file_get_contents("/proc/self/mountinfo", &mountinfo, NULL, NULL))
            mount_type = paths_mount_type(mountinfo, major(status.st_dev), minor(status.st_dev));
    }
    const char *kind = paths_network_kind((guint32)system.f_type, mount_type);
    if (kind == NULL)
        return TRUE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                _("%s lies on a network file system (%s), where two computers can damage the "
                  "database. Choose a folder on this computer's own disk."),
                path, kind);
    return FALSE;
}
