/* B14: what is left in the program's memory when it is locked. The names of everybody in the unit are
 * looked for in all that the program can write to, as UTF-8, as ICU's UTF-16 and as the cells of
 * curses. */
#include <curses.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "care/client/client.h"
#include "care/unit/staff.h"
#include "tests/screen/fixture.h"

/* Everybody's name, as it is stored. */
static GPtrArray *all_names(const char *folder)
{
    g_autoptr(Session) session = fixture_session(folder, "led");
    g_autoptr(GPtrArray) clients = client_list(session, NULL, FALSE, NULL, 1000, NULL);
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    assert_true(clients != NULL && clients->len > 200);
    for (guint i = 0; i < clients->len; i++)
        g_ptr_array_add(names, g_strdup(((const ClientRow *)clients->pdata[i])->name));
    return names;
}

/* Marks those whose letters stand one after another in a curses window. */
static void look_in_cells(const char *bytes, gsize length, gunichar *const *letters, guint count,
                          gboolean *found)
{
    enum { LETTERS = 0x250 };
    gboolean first[LETTERS] = {FALSE};

    for (guint i = 0; i < count; i++)
        first[letters[i][0] % LETTERS] = TRUE;
    for (gsize at = 0; at + sizeof(gunichar) <= length; at += sizeof(gunichar)) {
        const gunichar *here = (const gunichar *)(const void *)(bytes + at);
        if (*here >= LETTERS || !first[*here])
            continue;
        for (guint i = 0; i < count; i++) {
            gsize n = 0;
            while (letters[i][n] != 0 && at + n * sizeof(cchar_t) + sizeof *here <= length &&
                   here[n * sizeof(cchar_t) / sizeof *here] == letters[i][n])
                n++;
            found[i] = found[i] || letters[i][n] == 0;
        }
    }
}

/* Marks in `found` which of `names` stand in the bytes from `bytes` on. */
static void look(const char *bytes, gsize length, const GPtrArray *names, gboolean *found)
{
    gunichar *letters[1000];

    assert_true(names->len <= G_N_ELEMENTS(letters));
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        glong units;
        g_autofree gunichar2 *wide = g_utf8_to_utf16(name, -1, NULL, &units, NULL);
        letters[i] = g_utf8_to_ucs4_fast(name, -1, NULL);
        found[i] = found[i] || memmem(bytes, length, name, strlen(name)) != NULL ||
                   memmem(bytes, length, wide, (gsize)units * sizeof *wide) != NULL;
    }
    look_in_cells(bytes, length, letters, names->len, found);
    for (guint i = 0; i < names->len; i++)
        g_free(letters[i]);
}

/* How many of the names stand anywhere in what the program can write to; -1 where nobody may look. */
static int in_memory(int pid, const GPtrArray *names, gboolean tell)
{
    g_autofree char *maps_path = g_strdup_printf("/proc/%d/maps", pid);
    g_autofree char *memory_path = g_strdup_printf("/proc/%d/mem", pid);
    g_autofree gboolean *found = g_new0(gboolean, names->len);
    int memory = open(memory_path, O_RDONLY | O_CLOEXEC), count = 0;
    FILE *maps = fopen(maps_path, "re");
    char line[512];

    if (memory < 0 || maps == NULL)
        return -1;
    while (fgets(line, sizeof line, maps) != NULL) {
        unsigned long from, to;
        char rights[5];
        if (sscanf(line, "%lx-%lx %4s", &from, &to, rights) != 3 || rights[0] != 'r' ||
            rights[1] != 'w')
            continue;
        g_autofree char *bytes = g_malloc(to - from);
        const gssize got = pread(memory, bytes, to - from, (off_t)from);
        if (got > 0)
            look(bytes, (gsize)got, names, found);
    }
    for (guint i = 0; i < names->len; i++) {
        count += found[i];
        if (found[i] && tell)
            print_message("left: %s\n", (char *)names->pdata[i]);
    }
    fclose(maps);
    close(memory);
    return count;
}

/* What is done before the program is locked. Whom something half typed is about stays with it: two, for
 * there is a colleague, and another client, of the same name. */
static const struct {
    const char *what, *keys;
    int about;
} WAYS[] = {
    {"today", "1", 0},
    {"the list of clients", PRESS_F3 PRESS_END PRESS_HOME PRESS_PAGE_DOWN PRESS_PAGE_DOWN, 0},
    {"a card", PRESS_F3 "bäckman" PRESS_ENTER, 0},
    {"a client's data half changed", PRESS_F3 "bäckman" PRESS_ENTER "e", 2},
    {"a cancellation half recorded", "a", 2},
    {"the week and what lies behind a cause", "4" PRESS_ENTER PRESS_ENTER, 0},
    {"what is to do", "3", 0},
    {"another day", "1" PRESS_LEFT PRESS_LEFT PRESS_LEFT "mh", 0},
    {"all of it, one after another", "1" PRESS_F3 PRESS_PAGE_DOWN "bäckman" PRESS_ENTER "43" PRESS_F3, 0},
};

static void b14_no_name_is_left_in_memory(void **unused)
{
    (void)unused;
    char *folder = fixture_folder();
    g_autoptr(GPtrArray) names = all_names(folder);
    for (gsize i = 0; i < G_N_ELEMENTS(WAYS); i++) {
        Harness *harness = fixture_open(folder, "hand", NULL);
        harness_keys(harness, WAYS[i].keys);
        const int before = in_memory(harness_pid(harness), names, FALSE);
        harness_keys(harness, PRESS_F9);
        fixture_sees(harness, "Lås upp");
        const int after = in_memory(harness_pid(harness), names, TRUE);
        if (before < 0) {
            print_message("# nobody but root may look into it here\n");
            harness_stop(harness);
            continue;
        }
        assert_true(before > 10);
        /* They are there again when one goes on. */
        harness_keys(harness, FIXTURE_UNLOCK);
        assert_true(in_memory(harness_pid(harness), names, FALSE) > 10);
        harness_stop(harness);
        print_message("%s: %d names while unlocked, %d locked\n", WAYS[i].what, before, after);
        assert_in_range(after, 0, WAYS[i].about);
    }
    harness_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(b14_no_name_is_left_in_memory)};
    return cmocka_run_group_tests_name("memory", tests, fixture_make, fixture_remove);
}
