/* harness_surroundings.c: what the program has around it: its folder and its variables. */
#include "tests/screen/harness_surroundings.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

char *harness_folder_new(void)
{
    char *folder = g_mkdtemp(g_strdup(HARNESS_FOLDER));
    if (folder == NULL)
        fail_msg("no folder can be made in /tmp: %s", g_strerror(errno));
    return folder;
}

static void remove_tree(const char *path)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    const char *name;
    while (folder != NULL && (name = g_dir_read_name(folder)) != NULL) {
        g_autofree char *child = g_build_filename(path, name, NULL);
        if (g_file_test(child, G_FILE_TEST_IS_DIR) && !g_file_test(child, G_FILE_TEST_IS_SYMLINK))
            remove_tree(child);
        else
            g_unlink(child);
    }
    g_rmdir(path);
}

void harness_folder_remove(char *folder)
{
    remove_tree(folder);
    g_free(folder);
}

void harness_folder_write(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *parent = g_path_get_dirname(path);
    g_autoptr(GError) error = NULL;
    if (g_mkdir_with_parents(parent, 0700) != 0)
        fail_msg("%s: %s", parent, g_strerror(errno));
    if (!g_file_set_contents(path, text, -1, &error))
        fail_msg("%s", error->message);
}

char *harness_program(const char *program)
{
    if (program != NULL)
        return g_strdup(program);
    const char *own = g_getenv("DAGSFORM"), *build = g_getenv("B");
    if (own != NULL)
        return g_strdup(own);
    return g_build_filename(build != NULL ? build : "build", "tests", "dagsform", NULL);
}

char **harness_environment(const HarnessOptions *options, const char *folder)
{
    const char *language = options->language != NULL ? options->language : "sv";
    const char *now = options->now != NULL ? options->now : "2026-11-23T08:30";
    char **list = NULL;
    static const char *const KEPT[] = {"PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS",
                                       "DAGSFORM_TEST_NO_SYNC", "DAGSFORM_TEST_SERVER"};
    for (gsize i = 0; i < G_N_ELEMENTS(KEPT); i++)
        if (g_getenv(KEPT[i]) != NULL)
            list = g_environ_setenv(list, KEPT[i], g_getenv(KEPT[i]), TRUE);
    g_autofree char *data = g_build_filename(folder, "data", NULL);
    g_autofree char *config = g_build_filename(folder, "config", NULL);
    g_autofree char *sync = g_strdup_printf("%d", HARNESS_SYNC_FD);
    const char *const pinned[][2] = {
        {"TERM", "xterm-256color"},  {"LC_ALL", "C.UTF-8"}, {"LANGUAGE", language},
        {"TZ", "Europe/Stockholm"},  {"HOME", folder},      {"XDG_DATA_HOME", data},
        {"XDG_CONFIG_HOME", config}, {"DAGSFORM_NOW", now}, {"DAGSFORM_TEST_SYNC_FD", sync},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(pinned); i++)
        list = g_environ_setenv(list, pinned[i][0], pinned[i][1], TRUE);
    if (options->no_color)
        list = g_environ_setenv(list, "NO_COLOR", "1", TRUE);
    for (const char *const *more = options->environment; more != NULL && *more != NULL; more++) {
        g_auto(GStrv) parts = g_strsplit(*more, "=", 2);
        list = g_environ_setenv(list, parts[0], parts[1] != NULL ? parts[1] : "", TRUE);
    }
    return list;
}

char *harness_command(const char *folder, const char *argument, ...)
{
    g_autoptr(GPtrArray) arguments = g_ptr_array_new();
    g_autofree char *program = harness_program(NULL);
    g_ptr_array_add(arguments, program);
    va_list list;
    va_start(list, argument);
    for (const char *next = argument; next != NULL; next = va_arg(list, const char *))
        g_ptr_array_add(arguments, (gpointer)next);
    va_end(list);
    g_ptr_array_add(arguments, NULL);
    g_auto(GStrv) environment = harness_environment(&(HarnessOptions){0}, folder);
    g_autofree char *errors = NULL;
    g_autoptr(GError) error = NULL;
    char *output = NULL;
    int status = 0;
    if (!g_spawn_sync(NULL, (char **)arguments->pdata, environment, G_SPAWN_DEFAULT, NULL, NULL,
                      &output, &errors, &status, &error))
        fail_msg("%s: %s", program, error->message);
    if (!g_spawn_check_wait_status(status, NULL))
        fail_msg("%s %s: %s", program, argument, errors);
    return output;
}
