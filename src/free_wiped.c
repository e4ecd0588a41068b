/* free_wiped.c: memory that is given back holds nothing any more. Linked with the program alone, it
 * takes the place of the C library's free() and realloc() for all of it, the database engine and
 * curses too: names and words that have been on the screen do not stay behind in what is free. (The
 * library's own M_PERTURB leaves out the small pieces that it keeps at hand for each thread.) */
#include <malloc.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/leak_checker.h"

#if !UNDER_LEAK_CHECKER
/* The C library's own, for those who put something before them. */
extern void __libc_free(void *memory);             /* NOLINT */
extern void *__libc_malloc(size_t size);           /* NOLINT */
extern void *__libc_realloc(void *memory, size_t size); /* NOLINT */

/* More than this is never of the library's heap but pages of its own (mallopt(3), M_MMAP_THRESHOLD),
 * which are moved whole and given back to the kernel: nothing of them stays behind. */
#define ALWAYS_PAGES ((size_t)32 << 20)

/* As far as it is the owner's; what stands between the pieces is the library's. */
static void wipe(void *memory, size_t from)
{
    const size_t length = malloc_usable_size(memory);

    if (from < length)
        explicit_bzero((char *)memory + from, length - from);
}

void free(void *memory)
{
    if (memory == NULL)
        return;
    wipe(memory, 0);
    __libc_free(memory);
}

/* Not by the library's own, which may leave a copy behind where the memory was; but what is very large
 * must not be there twice. */
void *realloc(void *memory, size_t size)
{
    if (memory == NULL)
        return __libc_malloc(size);
    const size_t had = malloc_usable_size(memory);
    if (had > ALWAYS_PAGES && size > ALWAYS_PAGES)
        return __libc_realloc(memory, size);
    /* What has room, and would not waste half of it, stays. */
    if (size > 0 && size <= had && size >= had / 2) {
        wipe(memory, size);
        return memory;
    }
    void *fresh = size > 0 ? __libc_malloc(size) : NULL;
    if (size > 0 && fresh == NULL)
        return NULL;
    if (size > 0)
        memcpy(fresh, memory, had < size ? had : size);
    free(memory);
    return fresh;
}
#endif
