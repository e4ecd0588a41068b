/* Each operation on the database's files, and each allocation of the engine, fails in turn in a
 * scripted day: once, for a while and then no more, or for good until the program is left. What is
 * told says what to do, work goes on without a new start, and nothing that was said to be saved is
 * missing.
 *
 * `make check` takes a moment of each kind, `make faults` every moment of the files and a thousand
 * of the thirty thousand allocations. */
#include <dlfcn.h>
#include <errno.h>

#include "db/sqlcipher/sqlcipher_private.h"
#include "tests/fault/harness_day.h"
#include "tests/fault/harness_vfs.h"
#include "tests/unit/care/fixture.h"

enum {
    SOME = 2,
    MANY = 1000
}; /* moments of a kind of fault, in `make check` and of memory at all */

enum { OP_MEMORY = OP_DELETE + 1, OPERATIONS };

/* What shall fail. */
static struct {
    Operation operation; /* OP_NONE: nothing; of allocations OP_MEMORY */
    int code, system_error;
    gboolean stays;
    int countdown, hits;
} plan_of;
static int moments_of[OPERATIONS];

static gboolean now(int operation)
{
    moments_of[operation]++;
    if ((int)plan_of.operation != operation || --plan_of.countdown > 0 ||
        (!plan_of.stays && plan_of.hits > 0))
        return FALSE;
    plan_of.hits++;
    return TRUE;
}

static int answer_file(const Call *call)
{
    if (!now((int)call->operation))
        return SQLITE_OK;
    asking_vfs_errno = plan_of.system_error;
    return plan_of.code;
}

static void work_again(void)
{
    plan_of.operation = OP_NONE;
}

/* --- the engine's memory ------------------------------------------------------------------------
 */

static sqlite3_mem_methods engine_memory;

/* Not ours to mend, so these are let be (SQLCipher 4.5 and 4.6): what sqlite3_key_v2() is not given it
 * does not look for, but writes there; and where there is no memory for the second copy of the key as
 * it was given, x'64 + 32 digits', both copies share what is beside it, which closing frees twice. */
enum { GIVEN_KEY = (2 + 64 + 32 + 1 + 7) / 8 * 8 };
static gboolean keying;

int sqlite3_key_v2(sqlite3 *handle, const char *name, const void *key, int length)
{
    int (*engine_key)(sqlite3 *, const char *, const void *, int) = NULL;
    *(void **)&engine_key = dlsym(RTLD_NEXT, "sqlite3_key_v2");
    keying = TRUE;
    const int code = engine_key(handle, name, key, length);
    keying = FALSE;
    return code;
}

static gboolean no_memory(int size)
{
    return !keying && size != GIVEN_KEY && now(OP_MEMORY);
}

static void *allocate(int size)
{
    return no_memory(size) ? NULL : engine_memory.xMalloc(size);
}

static void *reallocate(void *bytes, int size)
{
    return no_memory(size) ? NULL : engine_memory.xRealloc(bytes, size);
}

/* Before the engine's first use. */
static gboolean come_between(void)
{
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &engine_memory) != SQLITE_OK)
        return FALSE;
    sqlite3_mem_methods mine = engine_memory;
    mine.xMalloc = allocate;
    mine.xRealloc = reallocate;
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &mine) == SQLITE_OK;
}

/* --- the faults ---------------------------------------------------------------------------------
 */

typedef struct {
    const char *name;
    int operation, code, system_error;
    int least; /* moments there must be, or the test tests nothing */
} Kind;

static const Kind FILES[] = {
    {"EIO on open", OP_OPEN, SQLITE_CANTOPEN, EIO, 4},
    {"EACCES on open", OP_OPEN, SQLITE_CANTOPEN, EACCES, 4},
    {"EIO on read", OP_READ, SQLITE_IOERR_READ, EIO, 50},
    {"EIO on write", OP_WRITE, SQLITE_IOERR_WRITE, EIO, 200},
    {"ENOSPC on write", OP_WRITE, SQLITE_FULL, ENOSPC, 200},
    {"EACCES on write", OP_WRITE, SQLITE_IOERR_WRITE, EACCES, 200},
    {"EIO on sync", OP_SYNC, SQLITE_IOERR_FSYNC, EIO, 50},
    {"EIO on truncate", OP_TRUNCATE, SQLITE_IOERR_TRUNCATE, EIO, 20},
};
static const Kind MEMORY[] = {{"no memory", OP_MEMORY, SQLITE_NOMEM, ENOMEM, 500}};

typedef enum { ONCE, A_WHILE, FOR_GOOD, HOW_LONG } Lasting;

static void arm(const Kind *kind, Lasting lasting, int moment)
{
    plan_of.code = kind->code;
    plan_of.system_error = kind->system_error;
    plan_of.stays = lasting != ONCE;
    plan_of.countdown = moment;
    plan_of.hits = 0;
    plan_of.operation = (Operation)kind->operation;
}

/* How many moments there are of each operation: those of a day in which nothing fails. */
static void count_moments(Day *day, int *moments)
{
    memset(moments_of, 0, sizeof moments_of);
    assert_int_equal(day_work(day, LEAVES, work_again), 0);
    memcpy(moments, moments_of, sizeof moments_of);
    day_look(day);
}

/* One day with one fault. How often it hit. */
static int failing_day(Day *day, const Kind *kind, Lasting lasting, int moment, int *told)
{
    arm(kind, lasting, moment);
    *told += day_work(day, lasting == FOR_GOOD ? LEAVES : WAITS, work_again);
    work_again();
    day_look(day);
    return plan_of.hits;
}

/* Each of `kinds` in turn, at `most` moments of each spread over the day; how long it lasts takes
 * turns. */
static void fail_in_turn(const Kind *kinds, gsize count, int most)
{
    int moments[OPERATIONS], faults = 0;
    Day *day = day_new();
    count_moments(day, moments);
    for (gsize i = 0; i < count; i++) {
        const int all = moments[kinds[i].operation], step = MAX(all / most, 1);
        int told = 0, days = 0;
        assert_true(all >= kinds[i].least);
        for (int moment = 1 + step / 2; moment <= all; moment += step, days++)
            faults += failing_day(day, &kinds[i], ((int)i + days) % HOW_LONG, moment, &told);
        print_message("# %s: at %d of %d moments, told %d times\n", kinds[i].name, days, all, told);
    }
    day_free(day);
    print_message("# %d faults: of %s in a scripted day\n", faults,
                  kinds == FILES ? "files" : "memory");
}

static int at_most(int in_faults)
{
    return g_getenv("DAGSFORM_TEST_ALL") != NULL ? in_faults : SOME;
}

static void every_operation_of_a_day_fails(void **state)
{
    (void)state;
    fail_in_turn(FILES, G_N_ELEMENTS(FILES), at_most(G_MAXINT));
}

static void allocations_of_a_day_fail(void **state)
{
    (void)state;
    fail_in_turn(MEMORY, G_N_ELEMENTS(MEMORY), at_most(MANY));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(allocations_of_a_day_fail),
        cmocka_unit_test(every_operation_of_a_day_fails),
    };

    if (!come_between() || !secret_init(NULL))
        return 1;
    asking_vfs_answer = answer_file;
    return cmocka_run_group_tests_name("day_faults", tests, asking_vfs_register_for_all, NULL);
}
