/* network.c: what the commands say of a real mount. A file system of the test's own is mounted
 * under the name of one that is reached over a network, and of one that is not, in a mount
 * namespace that nobody else sees; the test answers for it, as libfuse would, with a folder that
 * holds unit.db. */
#include "tests/unit/cmd/fixture_cmd.h"

#include <errno.h>
#include <linux/fuse.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/prctl.h>

#define ROOT_NODE 1
#define FILE_NODE 2
#define REQUEST_BYTES (1 << 18)

/* --- the file system ----------------------------------------------------------------------------
 */

typedef struct {
    char *folder;
    pid_t server;
} Mount;

static void reply(int device, const struct fuse_in_header *in, int fault, const void *body,
                  gsize length)
{
    struct fuse_out_header head = {.error = -fault, .unique = in->unique};
    guint8 bytes[sizeof head + 256];
    g_assert_cmpuint(length, <=, 256);
    head.len = (guint32)(sizeof head + length);
    memcpy(bytes, &head, sizeof head);
    if (length > 0)
        memcpy(bytes + sizeof head, body, length);
    if (write(device, bytes, head.len) < 0)
        return; /* nobody waits for it any more */
}

static struct fuse_attr attributes(guint64 node)
{
    return (struct fuse_attr){
        .ino = node, .nlink = 1, .mode = node == ROOT_NODE ? S_IFDIR | 0700 : S_IFREG | 0600};
}

static void look_up(int device, const struct fuse_in_header *in, const char *name)
{
    struct fuse_entry_out entry = {.nodeid = FILE_NODE, .attr = attributes(FILE_NODE)};
    if (in->nodeid == ROOT_NODE && strcmp(name, "unit.db") == 0)
        reply(device, in, 0, &entry, sizeof entry);
    else
        reply(device, in, ENOENT, NULL, 0);
}

/* Answers until the file system is taken away. Exits with how often anything was to be opened or
 * made. */
static void serve(int device)
{
    guint8 *request = g_malloc0(REQUEST_BYTES);
    const struct fuse_in_header *in = (const void *)request;
    const struct fuse_init_out begin = {
        .major = FUSE_KERNEL_VERSION, .minor = 31, .max_write = 4096};
    const struct fuse_statfs_out room = {.st = {.bsize = 4096, .namelen = 255}};
    int touched = 0;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    while (read(device, request, REQUEST_BYTES) >= (gssize)sizeof *in) {
        struct fuse_attr_out attr = {.attr = attributes(in->nodeid)};
        if (in->opcode == FUSE_INIT)
            reply(device, in, 0, &begin, sizeof begin);
        else if (in->opcode == FUSE_GETATTR)
            reply(device, in, 0, &attr, sizeof attr);
        else if (in->opcode == FUSE_STATFS)
            reply(device, in, 0, &room, sizeof room);
        else if (in->opcode == FUSE_LOOKUP)
            look_up(device, in, (const char *)(in + 1));
        else if (in->opcode != FUSE_FORGET && in->opcode != FUSE_BATCH_FORGET) {
            touched +=
                in->opcode == FUSE_OPEN || in->opcode == FUSE_CREATE || in->opcode == FUSE_MKNOD;
            reply(device, in, ENOSYS, NULL, 0);
        }
    }
    _exit(MIN(touched, 100));
}

/* FALSE where it cannot be mounted here. */
static gboolean mount_as(Mount *mounted, const char *folder, const char *type)
{
    const int device = open("/dev/fuse", O_RDWR | O_CLOEXEC);
    g_autofree char *options = g_strdup_printf("fd=%d,rootmode=40000,user_id=0,group_id=0", device);
    mounted->folder = g_build_filename(folder, "mounted", NULL);
    assert_int_equal(g_mkdir(mounted->folder, 0700), 0);
    gboolean done =
        device >= 0 && mount("colleague:/unit", mounted->folder, type, MS_NOSUID, options) == 0;
    fflush(NULL);
    if (done && (mounted->server = fork()) == 0)
        serve(device);
    if (device >= 0)
        close(device);
    return done;
}

/* How often anything in it was to be opened or made. */
static int unmount(Mount *mounted)
{
    int status = 0;
    assert_int_equal(umount2(mounted->folder, MNT_DETACH), 0);
    assert_int_equal(waitpid(mounted->server, &status, 0), mounted->server);
    assert_true(WIFEXITED(status));
    g_free(mounted->folder);
    return WEXITSTATUS(status);
}

/* Mounts of its own: as root, or as one who is root in a namespace of users. */
static gboolean namespace_begin(void)
{
    const uid_t user = geteuid();
    const gid_t group = getegid();
    if (unshare(user == 0 ? CLONE_NEWNS : CLONE_NEWNS | CLONE_NEWUSER) != 0)
        return FALSE;
    if (user != 0) {
        g_autofree char *users = g_strdup_printf("0 %u 1", user);
        g_autofree char *groups = g_strdup_printf("0 %u 1", group);
        const char *const maps[][2] = {{"/proc/self/setgroups", "deny"},
                                       {"/proc/self/uid_map", users},
                                       {"/proc/self/gid_map", groups}};
        for (gsize i = 0; i < G_N_ELEMENTS(maps); i++) {
            const int map = open(maps[i][0], O_WRONLY | O_CLOEXEC);
            const gsize length = strlen(maps[i][1]);
            const gboolean done = map >= 0 && write(map, maps[i][1], length) == (gssize)length;
            if (map >= 0)
                close(map);
            if (!done)
                return FALSE;
        }
    }
    return mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
}

/* --- the tests ----------------------------------------------------------------------------------
 */

typedef struct {
    Ran init, check;
    int touched;
} Said;

static void said_clear(Said *said)
{
    ran_clear(&said->init);
    ran_clear(&said->check);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Said, said_clear)

/* What is said of making a unit in a file system of this type, and of opening one there. */
static Said try_on(Fixture *fixture, const char *type)
{
    static gboolean begun;
    Mount mounted = {0};
    Said said = {0};
    begun = begun || namespace_begin();
    if (!begun || !mount_as(&mounted, fixture->folder, type)) {
        g_free(mounted.folder);
        print_message("no file system can be mounted here\n");
        skip();
    }
    g_free(fixture->database);
    fixture->database = g_build_filename(mounted.folder, "new.db", NULL);
    said.init = RUN(fixture, "init", "--unit", "Enheten", "--role", "team-lead");
    g_free(fixture->database);
    fixture->database = g_build_filename(mounted.folder, "unit.db", NULL);
    said.check = RUN(fixture, "check");
    said.touched = unmount(&mounted);
    return said;
}

static void a_network_file_system_is_refused(void **state)
{
    g_auto(Said) said = try_on(*state, "fuse.sshfs");
    const Ran *both[] = {&said.init, &said.check};
    for (gsize i = 0; i < G_N_ELEMENTS(both); i++) {
        if (both[i]->status != 1 || !strstr(both[i]->err, "network file system (fuse.sshfs)"))
            fail_msg("exit %d: %s", both[i]->status, both[i]->err);
        assert_string_equal(both[i]->out, "");
    }
    assert_int_equal(said.touched, 0);
}

/* This one lies on the computer's own disk, so the commands go on, to a folder that keeps nothing.
 */
static void a_local_one_is_not(void **state)
{
    g_auto(Said) said = try_on(*state, "fuse.gocryptfs");
    assert_null(strstr(said.init.err, "network"));
    assert_null(strstr(said.check.err, "network"));
    assert_true(said.touched > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST_EMPTY(a_network_file_system_is_refused),
        FIXTURE_TEST_EMPTY(a_local_one_is_not),
    };

    return cmocka_run_group_tests_name("cmd/network", tests, NULL, NULL);
}
