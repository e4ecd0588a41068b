/* harness_vfs.c: a layer between the engine and its files. */
#include "tests/fault/harness_vfs.h"

#include "db/sqlcipher/sqlcipher_private.h"

typedef struct {
    sqlite3_file file;
    sqlite3_file *real; /* right behind this struct */
    const char *path;
} AskingFile;

int (*asking_vfs_answer)(const Call *call);
int asking_vfs_errno;

static sqlite3_file *real_of(sqlite3_file *file)
{
    return ((AskingFile *)file)->real;
}

static int ask(Operation operation, sqlite3_file *file, const void *bytes, gint64 size, gint64 at)
{
    return asking_vfs_answer(&(Call){operation, ((AskingFile *)file)->path, bytes, size, at});
}

static int file_close(sqlite3_file *file)
{
    return real_of(file)->pMethods->xClose(real_of(file));
}

static int file_read(sqlite3_file *file, void *bytes, int size, sqlite3_int64 at)
{
    int code = ask(OP_READ, file, NULL, size, at);

    return code ? code : real_of(file)->pMethods->xRead(real_of(file), bytes, size, at);
}

static int file_write(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at)
{
    int code = ask(OP_WRITE, file, bytes, size, at);

    if (code)
        real_of(file)->pMethods->xWrite(real_of(file), bytes, size / 2, at);
    return code ? code : real_of(file)->pMethods->xWrite(real_of(file), bytes, size, at);
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    int code = ask(OP_TRUNCATE, file, NULL, size, 0);

    return code ? code : real_of(file)->pMethods->xTruncate(real_of(file), size);
}

static int file_sync(sqlite3_file *file, int flags)
{
    (void)flags;
    return ask(OP_SYNC, file, NULL, 0, 0);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int file_lock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int file_unlock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int file_check_reserved(sqlite3_file *file, int *reserved)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), reserved);
}

static int file_control(sqlite3_file *file, int operation, void *argument)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}

static int file_sector_size(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int file_characteristics(sqlite3_file *file)
{
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static const sqlite3_io_methods methods = {
    .iVersion = 1,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_characteristics,
};

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    sqlite3_vfs *guard = vfs->pAppData;
    AskingFile *mine = (AskingFile *)file;
    int code = asking_vfs_answer(&(Call){.operation = OP_OPEN, .path = name});

    file->pMethods = NULL;
    mine->path = name;
    mine->real = (sqlite3_file *)(mine + 1);
    if (code == SQLITE_OK)
        code = guard->xOpen(guard, name, mine->real, flags, out);
    if (code == SQLITE_OK)
        file->pMethods = &methods;
    return code;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
    sqlite3_vfs *guard = vfs->pAppData;
    int code = asking_vfs_answer(&(Call){.operation = OP_DELETE, .path = name});

    (void)sync_folder;
    return code ? code : guard->xDelete(guard, name, 0);
}

static int vfs_access(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
    sqlite3_vfs *guard = vfs->pAppData;

    return guard->xAccess(guard, name, flags, out);
}

static int vfs_full_pathname(sqlite3_vfs *vfs, const char *name, int size, char *out)
{
    sqlite3_vfs *guard = vfs->pAppData;

    return guard->xFullPathname(guard, name, size, out);
}

static int vfs_get_last_error(sqlite3_vfs *vfs, int size, char *out)
{
    (void)vfs;
    (void)size;
    (void)out;
    return asking_vfs_errno;
}

static int register_as(const char *name)
{
    static sqlite3_vfs asking;
    sqlite3_vfs *guard = sqlite3_vfs_find(guard_register());

    asking = *guard;
    asking.zName = name;
    asking.pAppData = guard;
    asking.szOsFile = (int)sizeof(AskingFile) + guard->szOsFile;
    asking.pNext = NULL;
    asking.xOpen = vfs_open;
    asking.xDelete = vfs_delete;
    asking.xAccess = vfs_access;
    asking.xFullPathname = vfs_full_pathname;
    asking.xGetLastError = vfs_get_last_error;
    return sqlite3_vfs_register(&asking, 0) == SQLITE_OK ? 0 : -1;
}

int asking_vfs_register(void **state)
{
    (void)state;
    return register_as(ASKING_VFS);
}

int asking_vfs_register_for_all(void **state)
{
    (void)state;
    return register_as(DB_GUARD_VFS); /* of two by one name the newest is found */
}
