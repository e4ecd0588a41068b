/* harness_golden.c: the screen against its golden, and its key bar against the few there are. */
#include "tests/screen/harness_surroundings.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include <cmocka.h>

#define GOLDENS "tests/screen/golden"
#define BARS GOLDENS "/keybar"

static gboolean generating(void)
{
    return g_getenv("GENERATE") != NULL;
}

static char *read_golden(const char *path)
{
    g_autoptr(GError) error = NULL;
    char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, &error))
        fail_msg("%s (GENERATE=1 writes it.)", error->message);
    return text;
}

static void write_golden(const char *path, const char *text)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autoptr(GError) error = NULL;
    if (g_mkdir_with_parents(folder, 0777) != 0 || !g_file_set_contents(path, text, -1, &error))
        fail_msg("%s: %s", path, error != NULL ? error->message : g_strerror(errno));
}

/* Fails with the first line in which they differ. */
static void compare(const char *path, const char *expected, const char *actual, const char *screen)
{
    if (strcmp(expected, actual) == 0)
        return;
    g_auto(GStrv) old = g_strsplit(expected, "\n", -1);
    g_auto(GStrv) new = g_strsplit(actual, "\n", -1);
    int line = 0;
    while (old[line] != NULL && new[line] != NULL && strcmp(old[line], new[line]) == 0)
        line++;
    harness_print("The screen is", screen);
    fail_msg("It is not the golden %s from line %d (GENERATE=1 writes it anew):\n-%s\n+%s", path,
             line + 1, old[line] != NULL ? old[line] : "", new[line] != NULL ? new[line] : "");
}

/* --- key bars ----------------------------------------------------------------------------------
 * keybar/LANGUAGE-COLUMNSxROWS.txt: the names of the goldens whose key bar is the same, a line
 * each; that bar, "| " before its row and the looks of it; an empty line; the next. In the order of
 * names.
 */

static int compare_names(gconstpointer a, gconstpointer b, void *unused)
{
    (void)unused;
    return strcmp(a, b);
}

/* name → bar. New. */
static GTree *parse_bars(const char *text)
{
    GTree *bars = g_tree_new_full(compare_names, NULL, g_free, g_free);
    g_auto(GStrv) blocks = g_strsplit(text, "\n\n", -1);
    for (int i = 0; blocks[i] != NULL; i++) {
        char *bar = strchr(blocks[i], '|');
        if (bar == NULL)
            continue;
        g_autofree char *head = g_strndup(blocks[i], (gsize)(bar - blocks[i]));
        g_auto(GStrv) names = g_strsplit(g_strchomp(head), "\n", -1);
        for (int n = 0; names[n] != NULL; n++)
            g_tree_insert(bars, g_strdup(names[n]), g_strchomp(g_strdup(bar)));
    }
    return bars;
}

static char *format_bars(GTree *bars)
{
    g_autoptr(GHashTable) written = g_hash_table_new(g_str_hash, g_str_equal);
    GString *text = g_string_new(NULL);
    for (GTreeNode *first = g_tree_node_first(bars); first; first = g_tree_node_next(first)) {
        const char *bar = g_tree_node_value(first);
        if (!g_hash_table_add(written, (char *)bar))
            continue;
        for (GTreeNode *node = first; node != NULL; node = g_tree_node_next(node))
            if (strcmp(g_tree_node_value(node), bar) == 0)
                g_string_append_printf(text, "%s\n", (const char *)g_tree_node_key(node));
        g_string_append_printf(text, "%s\n\n", bar);
    }
    g_string_truncate(text, text->len - 1);
    return g_string_free(text, FALSE);
}

/* Other programs write other names into the same file: one at a time. */
static void put_bar(const char *path, const char *name, const char *bar)
{
    g_autofree char *text = NULL;
    g_mkdir_with_parents(BARS, 0777);
    int lock = open(BARS, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (lock < 0 || flock(lock, LOCK_EX) != 0)
        fail_msg(BARS ": %s", g_strerror(errno));
    g_file_get_contents(path, &text, NULL, NULL);
    g_autoptr(GTree) bars = parse_bars(text != NULL ? text : "");
    g_tree_replace(bars, g_strdup(name), g_strdup(bar));
    g_autofree char *all = format_bars(bars);
    write_golden(path, all);
    close(lock);
}

/* `golden`: NAME-LANGUAGE-COLUMNSxROWS. */
static void golden_bar(const char *golden, const char *bar, const char *screen)
{
    const char *size = strrchr(golden, '-');
    const char *language = size != NULL ? g_strrstr_len(golden, size - golden, "-") : NULL;
    if (language == NULL)
        fail_msg("%s is no name of a golden: NAME-LANGUAGE-COLUMNSxROWS.", golden);
    g_autofree char *path = g_strdup_printf(BARS "/%s.txt", language + 1);
    g_autofree char *name = g_strndup(golden, (gsize)(language - golden));
    if (generating()) {
        put_bar(path, name, bar);
        return;
    }
    g_autofree char *text = read_golden(path);
    g_autoptr(GTree) bars = parse_bars(text);
    const char *expected = g_tree_lookup(bars, name);
    if (expected == NULL)
        fail_msg("%s has no key bar of %s (GENERATE=1 writes it.)", path, name);
    compare(path, expected, bar, screen);
}

/* --- the screen --------------------------------------------------------------------------------
 */

/* Parts harness_dump()'s text in the last row with its looks, and all else. Both new. */
static void part_dump(const char *dump, char **bar, char **rest)
{
    g_auto(GStrv) lines = g_strsplit(dump, "\n", -1);
    GString *last = g_string_new(NULL), *others = g_string_new(NULL);
    int rows = 0;
    while (!g_str_has_prefix(lines[rows], "--- "))
        rows++;
    g_autofree char *looks = g_strdup_printf("%d: ", rows - 1);
    for (int i = 0; lines[i] != NULL; i++) {
        if (i == rows - 1 || (i > rows && g_str_has_prefix(lines[i], looks)))
            g_string_append_printf(last, "%s| %s", last->len > 0 ? "\n" : "", lines[i]);
        else
            g_string_append_printf(others, "%s\n", lines[i]);
    }
    g_string_truncate(others, others->len - 1);
    *bar = g_strchomp(g_string_free(last, FALSE));
    *rest = g_string_free(others, FALSE);
}

void harness_golden(Harness *harness, const char *name)
{
    g_autofree char *path = g_strdup_printf(GOLDENS "/%s.txt", name);
    g_autofree char *dump = harness_dump(harness);
    g_autofree char *bar = NULL, *rest = NULL;
    part_dump(dump, &bar, &rest);
    GString *text = g_string_new(rest);
    g_string_replace(text, harness_folder(harness), HARNESS_FOLDER, 0);
    g_autofree char *actual = g_string_free(text, FALSE);
    golden_bar(name, bar, dump);
    if (generating()) {
        write_golden(path, actual);
        return;
    }
    g_autofree char *expected = read_golden(path);
    compare(path, expected, actual, dump);
}
