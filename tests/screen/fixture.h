/* fixture.h: the demo unit on the screen. It is made once for each program, with the clock and the
 * seed pinned; every test works on a copy of its own. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#include "base/i18n.h"
#include "care/unit/opening.h"
#include "exchange/demo.h"
#include "tests/screen/harness.h"

/* Where the harness pins the clock. */
#define FIXTURE_NOW "2026-11-23T08:30"
#define FIXTURE_DATABASE "demo.db"
/* The widest window in which a list has nothing beside it. */
#define FIXTURE_ALONE 109

static char *fixture_demo;

/* Set-up and teardown of the program. */
static inline int fixture_make(void **unused)
{
    (void)unused;
    g_setenv("DAGSFORM_NOW", FIXTURE_NOW, TRUE);
    g_setenv("TZ", "Europe/Stockholm", TRUE);
    i18n_init("en");
    if (!secret_init(NULL))
        return -1;
    fixture_demo = harness_folder_new();
    g_autofree char *database = g_build_filename(fixture_demo, FIXTURE_DATABASE, NULL);
    g_free(harness_command(fixture_demo, "demo", "--db", database, NULL));
    return 0;
}

static inline int fixture_remove(void **unused)
{
    (void)unused;
    harness_folder_remove(fixture_demo);
    return 0;
}

/* A folder with the demo unit in it; for harness_folder_remove(). */
static inline char *fixture_folder(void)
{
    static const char *const FILES[] = {"demo.db", "demo.keys"};
    char *folder = harness_folder_new();
    for (gsize i = 0; i < G_N_ELEMENTS(FILES); i++) {
        g_autofree char *from = g_build_filename(fixture_demo, FILES[i], NULL);
        g_autofree char *to = g_build_filename(folder, FILES[i], NULL);
        g_autofree char *bytes = NULL;
        gsize length;
        assert_true(g_file_get_contents(from, &bytes, &length, NULL));
        assert_true(g_file_set_contents_full(to, bytes, (gssize)length, G_FILE_SET_CONTENTS_NONE,
                                             0600, NULL));
    }
    return folder;
}

/* The program before the unlock screen; `options` may be NULL. */
static inline Harness *fixture_start(const char *folder, const char *login,
                                     const HarnessOptions *options)
{
    g_autofree char *database = g_build_filename(folder, FIXTURE_DATABASE, NULL);
    const char *const arguments[] = {"--db", database, "--user", login, NULL};
    HarnessOptions own = options != NULL ? *options : (HarnessOptions){0};
    own.folder = folder;
    own.arguments = arguments;
    return harness_start(&own);
}

#define FIXTURE_UNLOCK DEMO_PASSPHRASE PRESS_ENTER

/* ... and past it. */
static inline Harness *fixture_open(const char *folder, const char *login,
                                    const HarnessOptions *options)
{
    Harness *harness = fixture_start(folder, login, options);
    harness_keys(harness, FIXTURE_UNLOCK);
    return harness;
}

/* The same unit without a screen, to see what has been saved. */
static inline Session *fixture_session(const char *folder, const char *login)
{
    g_autofree char *database = g_build_filename(folder, FIXTURE_DATABASE, NULL);
    g_autoptr(Secret) passphrase = secret_from_text(DEMO_PASSPHRASE);
    const SessionOpening opening = {.database = database, .login = login, .passphrase = passphrase};
    g_autoptr(GError) error = NULL;
    Session *session = session_open(&opening, &error);
    if (session == NULL)
        fail_msg("%s", error->message);
    return session;
}

/* What `sql` counts in the unit. */
static inline gint64 fixture_count(const char *folder, const char *sql)
{
    g_autoptr(Session) session = fixture_session(folder, "led");
    gint64 count = -1;
    assert_true(db_get_int(session_db(session), sql, NULL, -1, &count, NULL));
    return count;
}

/* How many rows have `text` first. `sql` also asks for their keys, by which a server's are opened.
 */
static inline int fixture_count_of(const char *folder, const char *sql, const char *text)
{
    g_autoptr(Session) session = fixture_session(folder, "led");
    g_autoptr(DbStatement) rows = db_query(session_db(session), sql, NULL, NULL);
    int count = 0;
    assert_non_null(rows);
    while (db_step(rows, NULL) == DB_STEP_ROW)
        count += g_strcmp0(db_text(rows, 0), text) == 0;
    return count;
}

/* No file may grow: what a full disk says. The program asks again at each write. */
static inline void fixture_fill_disk(const Harness *harness, gboolean full)
{
    struct rlimit limit;
    pid_t pid = harness_pid(harness);
    assert_int_equal(prlimit(pid, RLIMIT_FSIZE, NULL, &limit), 0);
    limit.rlim_cur = full ? 0 : limit.rlim_max;
    assert_int_equal(prlimit(pid, RLIMIT_FSIZE, &limit, NULL), 0);
}

/* How many presses of a key make `keys`. */
static inline int fixture_presses(const char *keys)
{
    int count = 0;
    for (const char *key = keys; *key != '\0'; count++) {
        if (*key != '\033' || (key[1] != '[' && key[1] != 'O')) {
            key = g_utf8_next_char(key);
            continue;
        }
        key += 2;
        while (*key != '\0' && (*key < '@' || *key > '~'))
            key++;
        key += *key != '\0';
    }
    return count;
}

/* Types `keys`, which are at most so many presses beside what is written of `text` (NULL: nothing
 * is). */
static inline void fixture_keys_at_most(Harness *harness, int most, const char *keys,
                                        const char *text)
{
    const int count = fixture_presses(keys) - (text != NULL ? fixture_presses(text) : 0);
    if (count > most)
        fail_msg("%d keys, and %d are allowed", count, most);
    harness_keys(harness, keys);
}

/* For a test of what only a file has; see tests/unit/care/fixture.h. */
static inline void fixture_wants_file(void)
{
    if (g_getenv("DAGSFORM_TEST_SERVER") != NULL)
        skip();
}

static inline void fixture_sees(Harness *harness, const char *text)
{
    if (harness_text_contains(harness, text))
        return;
    g_autofree char *dump = harness_dump(harness);
    fail_msg("\"%s\" is not on the screen:\n%s", text, dump);
}

/* The caret stands on a row that holds `text`. */
static inline void fixture_caret_on(Harness *harness, const char *text)
{
    int row, column;
    harness_cursor(harness, &row, &column);
    if (strstr(harness_row(harness, row), text) == NULL)
        fail_msg("The caret stands on \"%s\", not on \"%s\".", harness_row(harness, row), text);
}

/* The screen as it stands at three sizes: goldens NAME-LANGUAGE-COLUMNSxROWS. In each of them the
 * caret stands within the screen's own part, between title bar and message line. */
static inline void fixture_goldens(Harness *harness, const char *name, const char *language)
{
    static const int SIZES[][2] = {{43, 132}, {20, 60}, {24, 80}};
    for (gsize i = 0; i < G_N_ELEMENTS(SIZES); i++) {
        int rows = SIZES[i][0], columns = SIZES[i][1], row, column;
        g_autofree char *golden = g_strdup_printf("%s-%s-%dx%d", name, language, columns, rows);
        harness_resize(harness, rows, columns);
        harness_golden(harness, golden);
        harness_cursor(harness, &row, &column);
        assert_in_range(row, 1, rows - 3);
        assert_in_range(column, 1, columns - 2);
    }
}

/* The most bytes of a step in a list: as it stands alone, over a few rows about the marked one and
 * whether there is more, and in a wide window where the marked one stands whole beside it
 * (ui/widgets/detail.h). */
enum { FIXTURE_STEP = 300, FIXTURE_STEP_ABOVE = 560, FIXTURE_STEP_BESIDE = 1000 };

/* Down the list that `keys` lead to, and up again: each step writes at most `narrow` bytes in a
 * window where nothing stands beside the list, and FIXTURE_STEP_BESIDE at 120 × 40. */
static inline void fixture_cheap_steps(const char *login, const char *keys, gsize narrow)
{
    enum { STEPS = 45 };
    const struct {
        int columns;
        gsize bytes;
    } WINDOWS[] = {{80, narrow}, {120, FIXTURE_STEP_BESIDE}};
    char *folder = fixture_folder();
    for (gsize w = 0; w < G_N_ELEMENTS(WINDOWS); w++) {
        gsize most = 0;
        Harness *harness = fixture_open(
            folder, login, &(HarnessOptions){.rows = 40, .columns = WINDOWS[w].columns});
        harness_keys(harness, keys);
        for (int i = 0; i < 2 * STEPS; i++) {
            harness_keys(harness, i < STEPS ? PRESS_DOWN : PRESS_UP);
            most = MAX(most, harness_bytes(harness));
        }
        if (most > WINDOWS[w].bytes)
            fail_msg("A step after \"%s\" took %zu bytes in %d columns.", keys, most,
                     WINDOWS[w].columns);
        harness_stop(harness);
    }
    harness_folder_remove(folder);
}

/* `show` in Swedish and in English, each with a unit of its own. */
static inline void fixture_in_both(const char *login, const HarnessOptions *options,
                                   void (*show)(Harness *harness, const char *language))
{
    static const char *const LANGUAGES[] = {"sv", "en"};
    for (gsize i = 0; i < G_N_ELEMENTS(LANGUAGES); i++) {
        HarnessOptions own = options != NULL ? *options : (HarnessOptions){0};
        own.language = LANGUAGES[i];
        char *folder = fixture_folder();
        Harness *harness = fixture_open(folder, login, &own);
        show(harness, LANGUAGES[i]);
        harness_stop(harness);
        harness_folder_remove(folder);
    }
}
