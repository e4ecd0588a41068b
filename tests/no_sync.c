/* Takes the place of the C library's in the programs that are tested: while DAGSFORM_TEST_NO_SYNC
 * is set, as tests/run sets it, nobody pulls a plug, so what is written need not reach the disk. A
 * test may have its own. */
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static int sync_by(long number, int file)
{
    return getenv("DAGSFORM_TEST_NO_SYNC") ? 0 : (int)syscall(number, file);
}

__attribute__((weak)) int fsync(int file)
{
    return sync_by(SYS_fsync, file);
}

__attribute__((weak)) int fdatasync(int file)
{
    return sync_by(SYS_fdatasync, file);
}
