/* fixture_walk.h: what the tests of the walker have in common: a form begun beside the screen,
 * opened in it, and walked by keys from what the screen shows. */
#pragma once

#include "care/client/client.h"
#include "care/response/walk.h"
#include "tests/screen/fixture.h"

/* The first client of the unit, by name. */
static inline gint64 walk_client_id(Session *session)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) clients = client_list(session, NULL, FALSE, NULL, 1, &error);
    if (clients == NULL || clients->len == 0)
        fail_msg("%s", error != NULL ? error->message : "There is no client.");
    return ((const ClientRow *)clients->pdata[0])->id;
}

/* Forms and catalogues as the build lays them, BUILD/share seen from BUILD/tests/screen/: for what
 * a test does beside the program. */
static inline void walk_use_build_share(void)
{
    g_autofree char *program = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = g_path_get_dirname(program);
    g_autofree char *share = g_build_filename(folder, "..", "..", "share", NULL);
    g_setenv("DAGSFORM_SHARE", share, TRUE);
}

/* Begins `form` as `login`, about the first client, or as an intake. The response's id. */
static inline gint64 walk_begun(const char *folder, const char *login, const char *form,
                                const char *language)
{
    walk_use_build_share();
    g_autoptr(Session) session = fixture_session(folder, login);
    g_autoptr(GError) error = NULL;
    gint64 client = g_str_equal(form, "aktualisering") ? 0 : walk_client_id(session);
    Walk *walk = walk_begin(session, form, client, NULL, 0, language, &error);
    if (walk == NULL)
        fail_msg("%s", error->message);
    gint64 id = walk_response(walk)->id;
    /* Let go without being taken away, as one that was only looked at would be. */
    walk_close(walk, NULL);
    if (!db_run(session_db(session), "UPDATE response SET holder = NULL WHERE id = :id",
                DB_PARAMS(DB_INT("id", id)), &error))
        fail_msg("%s", error->message);
    return id;
}

/* The one form that has been begun, opened: from Today to its first page. */
#define WALK_OPEN "6" PRESS_ENTER

/* One form, begun and open on the screen. */
typedef struct {
    char *folder;
    gint64 id;
    Harness *harness;
} WalkTest;

static inline WalkTest walk_start(const char *form, const HarnessOptions *options)
{
    WalkTest test = {.folder = fixture_folder()};
    const char *language = options != NULL && options->language != NULL ? options->language : "sv";
    test.id = walk_begun(test.folder, "hand", form, language);
    test.harness = fixture_open(test.folder, "hand", options);
    harness_keys(test.harness, WALK_OPEN);
    return test;
}

static inline void walk_stop(WalkTest *test)
{
    harness_stop(test->harness);
    harness_folder_remove(test->folder);
}

/* To question `number`, and nothing typed is left in between. */
static inline void walk_jump(Harness *harness, int number)
{
    g_autofree char *keys = g_strdup_printf(PRESS_F7 "%d" PRESS_ENTER, number);
    harness_keys(harness, keys);
}

/* What is stored: of `item` in `instance`. */
static inline char *walk_stored(const WalkTest *test, const char *item, const char *instance)
{
    g_autoptr(Session) session = fixture_session(test->folder, "hand");
    g_autoptr(GError) error = NULL;
    Form *form = NULL;
    g_autoptr(Answers) answers = NULL;
    g_autoptr(Response) response =
        response_open(session, test->id, FALSE, FALSE, &form, &answers, &error);
    if (response == NULL)
        fail_msg("%s", error->message);
    const Answer *answer = answers_get(answers, item, instance);
    char *text = answer == NULL ? NULL
                 : answer->kind == ANSWER_VALUE
                     ? g_strdup(answer->value)
                     : g_strdup_printf("(%s)", answer_kind_code(answer->kind));
    form_free(form);
    return text;
}

static inline void walk_is_stored(const WalkTest *test, const char *item, const char *value)
{
    g_autofree char *stored = walk_stored(test, item, "");
    if (g_strcmp0(stored, value) != 0)
        fail_msg("%s is stored as \"%s\", not \"%s\".", item, stored != NULL ? stored : "nothing",
                 value != NULL ? value : "nothing");
}
