/* paths.c: folders from the environment, and which file systems are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/paths.h"
#include "base/share.h"

static char *home;

/* GLib reads these once, so they stand before anything else. */
static int setup(void **state)
{
    (void)state;
    home = g_dir_make_tmp("dagsform-paths-XXXXXX", NULL);
    if (home == NULL)
        return -1;
    g_autofree char *data = g_build_filename(home, "data", NULL);
    g_autofree char *config = g_build_filename(home, "config", NULL);
    g_setenv("XDG_DATA_HOME", data, TRUE);
    g_setenv("XDG_CONFIG_HOME", config, TRUE);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    int left = g_rmdir(home);
    g_clear_pointer(&home, g_free);
    return left;
}

static void share_can_be_given(void **state)
{
    (void)state;
    g_setenv("DAGSFORM_SHARE", "/somewhere/share", TRUE);
    assert_string_equal(share_folder(), "/somewhere/share");
    g_unsetenv("DAGSFORM_SHARE");
    assert_string_equal(share_folder(), DAGSFORM_PREFIX "/share");
    assert_ptr_equal(share_folder(), share_folder());
}

static void the_data_folder_is_made_closed(void **state)
{
    (void)state;
    g_autofree char *parent = g_build_filename(home, "data", NULL);
    g_autofree char *expected = g_build_filename(parent, "dagsform", NULL);
    for (int i = 0; i < 2; i++) {
        g_autofree char *folder = paths_user_data(NULL);
        assert_string_equal(folder, expected);
        struct stat status;
        assert_int_equal(stat(folder, &status), 0);
        assert_int_equal(status.st_mode & 0777, 0700);
    }
    assert_int_equal(g_rmdir(expected), 0);
    assert_int_equal(g_rmdir(parent), 0);

    /* A file is in the way. */
    assert_true(g_file_set_contents(parent, "x", 1, NULL));
    g_autoptr(GError) error = NULL;
    assert_null(paths_user_data(&error));
    assert_non_null(error);
    assert_int_equal(error->domain, DAGSFORM_ERROR);
    assert_non_null(strstr(error->message, expected));
    assert_int_equal(g_unlink(parent), 0);
}

static void the_configuration_has_its_place(void **state)
{
    (void)state;
    g_autofree char *expected = g_build_filename(home, "config", "dagsform", "config.ini", NULL);
    g_autofree char *config = paths_config();
    assert_string_equal(config, expected);
}

static void network_file_systems_are_refused(void **state)
{
    (void)state;
    static const struct {
        guint32 magic;
        const char *mount_type, *kind; /* NULL: local */
    } CASES[] = {
        {0xEF53, NULL, NULL},     /* ext4 */
        {0x58465342, NULL, NULL}, /* xfs */
        {0x9123683E, NULL, NULL}, /* btrfs */
        {0x01021994, NULL, NULL}, /* tmpfs */
        {0x794C7630, NULL, NULL}, /* overlay */
        {0x2FC12FC1, NULL, NULL}, /* zfs */
        {0x4D44, NULL, NULL},     /* vfat */
        {0x2011BAB0, NULL, NULL}, /* exfat */
        {0x5346544E, NULL, NULL}, /* ntfs */
        {0xF2F52010, NULL, NULL}, /* f2fs */
        {0xF15F, NULL, NULL},     /* ecryptfs */
        {0x6969, NULL, "nfs"},
        {0xFF534D42, NULL, "cifs"},
        {0xFE534D42, NULL, "smb2"},
        {0x517B, NULL, "smbfs"},
        {0x01021997, NULL, "9p"},
        {0x00C36400, NULL, "ceph"},
        {0x5346414F, NULL, "afs"},
        {0x01161970, NULL, "gfs2"},
        {0x7461636F, NULL, "ocfs2"},
        {0x0BD00BD0, NULL, "lustre"},
        {0x65735546, "fuse.sshfs", "fuse.sshfs"},
        {0x65735546, "fuse.davfs", "fuse.davfs"},
        {0x65735546, "fuse.rclone", "fuse.rclone"},
        {0x65735546, "fuse", "fuse"},
        {0x65735546, "virtiofs", "virtiofs"},
        {0x65735546, NULL, "fuse"},
        {0x65735546, "fuseblk", NULL},
        {0x65735546, "fuseblk.exfat", NULL},
        {0x65735546, "fuse.ntfs-3g", NULL},
        {0x65735546, "fuse.gocryptfs", NULL},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        const char *kind = paths_network_kind(CASES[i].magic, CASES[i].mount_type);
        if (g_strcmp0(kind, CASES[i].kind) != 0)
            fail_msg("%x %s is %s", CASES[i].magic, CASES[i].mount_type, kind);
    }
}

static void the_mount_of_a_device_is_found(void **state)
{
    (void)state;
    static const char MOUNTS[] =
        "22 27 0:21 / /proc rw,relatime - proc proc rw\n"
        "27 1 254:1 / / rw,relatime shared:1 master:2 - ext4 /dev/vda1 rw\n"
        "90 27 0:45 / /home/bs/my\\040files rw,nosuid shared:3 - fuse.sshfs host:/ rw\n"
        "91 27 8:17 / /media/usb rw - fuseblk /dev/sdb1 rw\n"
        "92 27 0:46 / /short\n"
        "93 27 0:47 / /x rw shared:1 unbindable propagate_from:2 no separator\n";
    static const struct {
        guint major, minor;
        const char *type;
    } CASES[] = {{0, 21, "proc"}, {254, 1, "ext4"}, {0, 45, "fuse.sshfs"}, {8, 17, "fuseblk"},
                 {0, 46, NULL},   {0, 47, NULL},    {9, 9, NULL},          {0, 4, NULL}};
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autofree char *type = paths_mount_type(MOUNTS, CASES[i].major, CASES[i].minor);
        assert_int_equal(g_strcmp0(type, CASES[i].type), 0);
    }
    g_autofree char *none = paths_mount_type("", 1, 1);
    assert_null(none);
}

static void a_place_on_this_computer_passes(void **state)
{
    (void)state;
    /* /proc is no network file system on any machine that runs this. */
    assert_true(paths_is_local("/proc/self/stat", NULL));
    assert_true(paths_is_local("/proc/self/none.db", NULL));
    g_autoptr(GError) error = NULL;
    g_autofree char *missing = g_build_filename(home, "no", "such", "unit.db", NULL);
    assert_false(paths_is_local(missing, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_NOT_FOUND));
}

/* A link to a file leads to it; one to a device is a name that can be replaced. */
static void what_lies_behind_a_link(void **state)
{
    (void)state;
    g_autofree char *folder = g_dir_make_tmp("dagsform-paths-XXXXXX", NULL);
    g_autofree char *file = g_build_filename(folder, "file", NULL);
    g_autofree char *link = g_build_filename(folder, "link", NULL);
    g_autofree char *device = g_build_filename(folder, "device", NULL);
    g_autofree char *real = realpath(folder, NULL);
    g_autofree char *real_file = g_build_filename(real, "file", NULL);

    assert_true(g_file_set_contents(file, "", 0, NULL));
    assert_int_equal(symlink(file, link), 0);
    assert_int_equal(symlink("/dev/zero", device), 0);
    g_autofree char *one = paths_behind(file), *two = paths_behind(link), *three = paths_behind(device),
                    *four = paths_behind("/nowhere/at/all");
    assert_string_equal(one, real_file);
    assert_string_equal(two, real_file);
    assert_string_equal(three, device);
    assert_string_equal(four, "/nowhere/at/all");
    g_unlink(file);
    g_unlink(link);
    g_unlink(device);
    g_rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(share_can_be_given),
        cmocka_unit_test(the_data_folder_is_made_closed),
        cmocka_unit_test(the_configuration_has_its_place),
        cmocka_unit_test(network_file_systems_are_refused),
        cmocka_unit_test(the_mount_of_a_device_is_found),
        cmocka_unit_test(a_place_on_this_computer_passes),
        cmocka_unit_test(what_lies_behind_a_link),
    };
    return cmocka_run_group_tests_name("base/paths", tests, setup, teardown);
}
