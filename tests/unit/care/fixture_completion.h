/* fixture_completion.h: forms answered and completed in one go, for the tests of what they become.
 */
#pragma once

#include <unistd.h>

#include "care/completion/completion.h"
#include "care/task/task.h"
#include "care/visit/series.h"
#include "tests/unit/care/fixture_response.h"

/* "vet ej", where a value stands. */
#define DOES_NOT_KNOW "?"

/* A list of answers ends with an item that is NULL; a value that is NULL takes the answer back. */
typedef struct {
    const char *item, *instance, *value;
} Given;

/* The program's own Swedish, for what is recorded in it. */
static inline void link_swedish(void)
{
    const char *build = g_getenv("DAGSFORM_BUILD");
    g_autofree char *top = g_canonicalize_filename(build != NULL ? build : "build", NULL);
    g_autofree char *made =
        g_build_filename(top, "share", "locale", "sv", "LC_MESSAGES", "dagsform.mo", NULL);
    g_autofree char *folder =
        g_build_filename(g_getenv("DAGSFORM_SHARE"), "locale", "sv", "LC_MESSAGES", NULL);
    g_autofree char *link = g_build_filename(folder, "dagsform.mo", NULL);
    assert_true(g_file_test(made, G_FILE_TEST_EXISTS));
    assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
    assert_int_equal(symlink(made, link), 0);
}

static inline int completion_setup(void **state)
{
    desk_setup(state);
    link_swedish();
    ship(*state, "sip");
    ship(*state, "handlingsplan");
    set_clock("2026-11-22T10:00");
    return 0;
}

#define COMPLETION_TEST(f) cmocka_unit_test_setup_teardown(f, completion_setup, desk_teardown)

static inline void give(Answers *answers, const Given *given)
{
    for (; given != NULL && given->item != NULL; given++) {
        AnswerKind kind = given->value == NULL                       ? ANSWER_NONE
                          : strcmp(given->value, DOES_NOT_KNOW) == 0 ? ANSWER_UNKNOWN
                                                                     : ANSWER_VALUE;
        answers_set(answers, given->item, given->instance, kind,
                    kind == ANSWER_VALUE ? given->value : NULL);
    }
}

/* Answers one list and then another (may be NULL), and completes. The response's id; `client` is
 * the client's, 0 before an intake. */
static inline gint64 complete_both(Session *session, const char *form_name, gint64 *client,
                                   const Given *given, const Given *further)
{
    g_autoptr(Form) form = NULL;
    g_autoptr(Response) response = NULL;
    g_autoptr(Answers) answers = answers_new();
    assert_ok((form = response_form(session, form_name, &error)));
    assert_ok((response = response_begin(session, form, *client, NULL, 0, NULL, &error)));
    give(answers, given);
    give(answers, further);
    assert_ok(response_complete(session, response, form, answers, &error));
    *client = response->client_id;
    return response->id;
}

static inline gint64 complete(Session *session, const char *form_name, gint64 client,
                              const Given *given)
{
    return complete_both(session, form_name, &client, given, NULL);
}

/* Completing it fails with `code`; the message. New. */
static inline char *refused(Session *session, const char *form_name, gint64 client,
                            const Given *given, const Given *further, DagsformError code)
{
    g_autoptr(Form) form = NULL;
    g_autoptr(Response) response = NULL;
    g_autoptr(Answers) answers = answers_new();
    g_autoptr(GError) fault = NULL;
    assert_ok((form = response_form(session, form_name, &error)));
    assert_ok((response = response_begin(session, form, client, NULL, 0, NULL, &error)));
    give(answers, given);
    give(answers, further);
    assert_false(response_complete(session, response, form, answers, &fault));
    assert_non_null(fault);
    if (!g_error_matches(fault, DAGSFORM_ERROR, code))
        fail_msg("code %d: %s", fault->code, fault->message);
    assert_int_equal(response->client_id, client);
    return g_strdup(fault->message);
}

/* Corrects a completed response; `group` and `number` (0: none) name a repetition to take away
 * first. The correction's id. */
static inline gint64 correct_without(Session *session, gint64 id, const char *group, int number,
                                     const Given *given)
{
    gint64 new_id;
    {
        g_autoptr(Response) correction = NULL;
        assert_ok((correction = response_correct(session, id, &error)));
        new_id = correction->id;
    }
    g_auto(Opened) opened = open_it(session, new_id, TRUE);
    if (number > 0)
        answers_remove_repetition(opened.answers, form_item(opened.form, group), "", number);
    give(opened.answers, given);
    assert_ok(response_complete(session, opened.response, opened.form, opened.answers, &error));
    return new_id;
}

static inline gint64 correct(Session *session, gint64 id, const Given *given)
{
    return correct_without(session, id, NULL, 0, given);
}

/* An intake by telephone with as little as makes a client with a whole card. */
static const Given INTAKE[] = {
    {"inkom-datum", "", "2026-11-20"},
    {"inkom-hur", "", "phone"},
    {"inkom-vem", "", "relative"},
    {"namn", "", "Anna Berg"},
    {"id-slag", "", "personnummer"},
    {"id-nummer", "", "900206-2397"},
    {"under-18", "", "false"},
    {"skydd-slag", "", "none"},
    {"arendet-slag", "", "housing-support"},
    {"saker-nu", "", "safe"},
    {"samtycke-ges", "", "later"},
    {"aterkoppling-vill", "", "false"},
    {"vag", "", "no-assessment"},
    {NULL, NULL, NULL},
};

static inline gint64 intake(const Desk *desk, const Given *further, gint64 *client)
{
    *client = 0;
    return complete_both(desk->officer, "aktualisering", client, INTAKE, further);
}

/* --- what there is ---------------------------------------------------------------------------- */

static inline Client *card(Session *session, gint64 id)
{
    Client *client = NULL;
    assert_ok((client = client_open(session, id, &error)));
    return client;
}

static inline GPtrArray *tasks(Session *session, gint64 response)
{
    GPtrArray *all = NULL;
    assert_ok((all = task_of(session, response, 0, &error)));
    return all;
}

/* The only one from this question; NULL when there is none. */
static inline const Task *task_from(const GPtrArray *all, const char *item, const char *instance)
{
    const Task *found = NULL;
    for (guint i = 0; i < all->len; i++) {
        const Task *task = g_ptr_array_index(all, i);
        if (g_strcmp0(task->item, item) != 0 || g_strcmp0(task->instance, instance) != 0)
            continue;
        assert_null(found);
        found = task;
    }
    return found;
}

static inline void assert_task(const Task *task, TaskKind kind, const char *due, const char *note)
{
    char day[DATE_SIZE];
    assert_non_null(task);
    assert_int_equal(task->kind, kind);
    assert_string_equal(date_format(task->due_date, day), due);
    assert_string_equal(task->note, note);
}
