/* fixture_paper.h: papers written to a folder of their own and read back with Poppler's tools. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/i18n.h"

/* The catalogues and forms as the build lays them: BUILD/share, seen from
 * BUILD/tests/unit/exchange/.
 */
static inline void use_build_share(void)
{
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = g_path_get_dirname(program);
    g_autofree char *share = g_build_filename(folder, "..", "..", "..", "share", NULL);
    g_setenv("DAGSFORM_SHARE", share, TRUE);
    i18n_init("sv");
}

static inline char *make_folder(void)
{
    char *folder = g_dir_make_tmp("dagsform-paper-XXXXXX", NULL);
    assert_non_null(folder);
    return folder;
}

/* Removes the folder with the files in it, and says how many there were. */
static inline int remove_folder(const char *folder)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    int count = 0;
    for (const char *name = g_dir_read_name(dir); name != NULL; name = g_dir_read_name(dir)) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_unlink(path);
        count++;
    }
    assert_int_equal(g_rmdir(folder), 0);
    return count;
}

static inline char *run_tool(const char *const *arguments)
{
    g_autofree char *output = NULL;
    int status = 0;
    g_autoptr(GError) error = NULL;
    /* With its descriptors left open GLib need not copy this whole program to start another. */
    if (!g_spawn_sync(NULL, (char **)arguments, NULL,
                      G_SPAWN_SEARCH_PATH | G_SPAWN_LEAVE_DESCRIPTORS_OPEN, NULL, NULL, &output,
                      NULL, &status, &error))
        fail_msg("%s", error->message);
    if (!g_spawn_check_wait_status(status, &error))
        fail_msg("%s: %s", arguments[0], error->message);
    return g_strdup(output);
}

/* What a reader finds in the file, with every run of blanks and line ends as one blank. New. */
static inline char *text_of_file(const char *path)
{
    const char *const arguments[] = {"pdftotext", "-q", "-enc", "UTF-8",
                                     "-layout",   path, "-",    NULL};
    g_autofree char *text = run_tool(arguments);
    GString *plain = g_string_new(" ");
    for (const char *at = text; *at != '\0'; at++) {
        const gboolean blank = strchr(" \n\f\t", *at) != NULL;
        if (!blank || plain->str[plain->len - 1] != ' ')
            g_string_append_c(plain, blank ? ' ' : *at);
    }
    return g_string_free(plain, FALSE);
}

static inline char *info_of_file(const char *path)
{
    const char *const arguments[] = {"pdfinfo", path, NULL};
    return run_tool(arguments);
}

static inline int pages_of_info(const char *info)
{
    const char *at = strstr(info, "\nPages:");
    return at != NULL ? (int)g_ascii_strtoll(at + 7, NULL, 10) : 0;
}

static inline int pages_of_file(const char *path)
{
    g_autofree char *info = info_of_file(path);
    return pages_of_info(info);
}

static inline void assert_says(const char *text, const char *wanted)
{
    if (strstr(text, wanted) == NULL)
        fail_msg("“%s” is not in: %.3000s", wanted, text);
}

static inline void assert_keeps_quiet(const char *text, const char *unwanted)
{
    if (strstr(text, unwanted) != NULL)
        fail_msg("“%s” is in: %.3000s", unwanted, text);
}
