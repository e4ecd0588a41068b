/* confine.c: seccomp by libseccomp; Landlock by its three system calls, for which there is no
 * library. */
#include "base/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/leak_checker.h"
#include "base/share.h"

/* --- what it may ask of the kernel -------------------------------------------------------------
 */

static const int refused[] = {
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(mount),
    SCMP_SYS(unshare),
    SCMP_SYS(keyctl),
    SCMP_SYS(kexec_load),
};

static gboolean fill(scmp_filter_ctx filter)
{
    const guint32 answer = SCMP_ACT_ERRNO(EPERM);
    gboolean filled = TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(refused); i++)
        filled = filled && seccomp_rule_add(filter, answer, refused[i], 0) == 0;
    if (!UNDER_LEAK_CHECKER)
        filled = filled && seccomp_rule_add(filter, answer, SCMP_SYS(ptrace), 0) == 0;
    return filled;
}

static gboolean fill_network(scmp_filter_ctx filter)
{
    /* SCMP_A0() leaves a field out, which clang warns of. */
    const struct scmp_arg_cmp elsewhere = {.arg = 0, .op = SCMP_CMP_NE, .datum_a = AF_UNIX};
    return seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1, elsewhere) == 0;
}

static gboolean hold(gboolean (*fill_in)(scmp_filter_ctx))
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return FALSE;
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    gboolean held = filter != NULL && fill_in(filter) && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return held;
}

gboolean confine_process(void)
{
    return hold(fill);
}

gboolean confine_network(void)
{
    return hold(fill_network);
}

/* --- what it may open --------------------------------------------------------------------------
 */

/* Known since Linux 6.2; a header can be older than the kernel. */
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif

#define READING (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define WRITING                                                                                    \
    (LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG)
#define NEVER                                                                                      \
    (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_MAKE_CHAR |   \
     LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |   \
     LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM)

static gboolean allow(int rules, const char *folder, guint64 access)
{
    struct landlock_path_beneath_attr below = {.allowed_access = access};
    below.parent_fd = open(folder, O_PATH | O_CLOEXEC | O_DIRECTORY);
    if (below.parent_fd < 0)
        return errno == ENOENT;
    long status = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &below, 0);
    close(below.parent_fd);
    return status == 0;
}

gboolean confine_files(const char *const *folders)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    guint64 writing = WRITING | (version >= 3 ? LANDLOCK_ACCESS_FS_TRUNCATE : 0);
    const struct landlock_ruleset_attr all = {.handled_access_fs = READING | writing | NEVER};
    int rules = version < 1 ? -1 : (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    if (rules < 0)
        return FALSE;
    /* Texts and the tables of encodings are read when they are first asked for. */
    gboolean held = allow(rules, "/usr", READING) && allow(rules, share_folder(), READING);
    for (int i = 0; folders[i] != NULL; i++)
        held = held && allow(rules, folders[i], READING | writing);
    held = held && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return held;
}
