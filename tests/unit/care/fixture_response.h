/* fixture_response.h: a unit whose people answer forms: the shipped ones, and small ones of the
 * tests. The signed-in person is a team lead; `worker` is a support worker, `officer` and `other`
 * are case officers, each signed in to the same file. `client` and `other` are the worker's own (client_guard.h). */
#pragma once

#include "care/response/response.h"
#include "care/unit/form_version.h"
#include "tests/unit/care/fixture_visit.h"

typedef struct {
    Visits visits; /* first, so that the state is one too */
    Session *lead, *worker, *officer, *other;
    gint64 client, hidden;
} Desk;

/* A form of every type, with a group that repeats and a question that falls away. */
#define SMALL_FORM(version)                                                                        \
    "name: liten\nversion: \"" version "\"\ntitle: Liten\nkind: walk\nrespondent: client\n"        \
    "item:\n"                                                                                      \
    "  - {linkId: ja, type: boolean, text: Ja?}\n"                                                 \
    "  - linkId: mer\n    type: text\n    text: Berätta mer.\n"                                   \
    "    enableWhen: [{question: ja, operator: \"=\", answer: true}]\n"                            \
    "  - {linkId: antal, type: integer, text: Hur många?}\n"                                      \
    "  - linkId: mal\n    type: group\n    text: Mål\n    repeats: true\n    item:\n"             \
    "      - {linkId: vad, type: string, text: Vad?}\n"                                            \
    "      - linkId: steg\n        type: group\n        text: Steg\n        repeats: true\n"       \
    "        item:\n          - {linkId: vem, type: string, text: Vem?}\n"

static inline char *shipped_path(const Desk *desk, const char *name)
{
    g_autofree char *file = g_strconcat(name, ".yaml", NULL);
    return g_build_filename(desk->visits.unit.folder, "share", "dagsform", "forms", file, NULL);
}

/* The forms as the build lays them: BUILD/share, seen from BUILD/tests/unit/care/. */
static inline void ship(const Desk *desk, const char *name)
{
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = g_path_get_dirname(self);
    g_autofree char *file = g_strconcat(name, ".yaml", NULL);
    g_autofree char *from =
        g_build_filename(folder, "..", "..", "..", "share", "dagsform", "forms", file, NULL);
    g_autofree char *to = shipped_path(desk, name);
    fixture_copy(from, to);
}

static inline void ship_text(const Desk *desk, const char *name, const char *text)
{
    g_autofree char *to = shipped_path(desk, name);
    fixture_write(to, text);
}

static inline int desk_setup(void **state)
{
    Desk *desk = g_new0(Desk, 1);
    void *visits = NULL;
    visits_setup(&visits);
    desk->visits = *(Visits *)visits;
    g_free(visits);
    desk->lead = desk->visits.session;
    desk->client = desk->visits.client;
    desk->hidden = desk->visits.hidden;
    fixture_user(&desk->visits.unit, "bertil", ROLE_SUPPORT_WORKER);
    fixture_user(&desk->visits.unit, "harriet", ROLE_CASE_OFFICER);
    fixture_user(&desk->visits.unit, "hjalmar", ROLE_CASE_OFFICER);
    desk->worker = fixture_open(&desk->visits.unit, "bertil");
    desk->officer = fixture_open(&desk->visits.unit, "harriet");
    desk->other = fixture_open(&desk->visits.unit, "hjalmar");
    make_own(desk->lead, desk->client, desk->worker);
    make_own(desk->lead, desk->visits.other, desk->worker);
    ship_text(desk, "liten", SMALL_FORM("1"));
    ship(desk, "ubu-ungdom");
    ship(desk, "handlingsplan-tva-fragor");
    ship(desk, "aktualisering");
    *state = desk;
    return 0;
}

static inline int desk_teardown(void **state)
{
    Desk *desk = *state;
    session_close(desk->worker);
    session_close(desk->officer);
    session_close(desk->other);
    fixture_end(&desk->visits.unit);
    g_free(desk);
    return 0;
}

#define DESK_TEST(f) cmocka_unit_test_setup_teardown(f, desk_setup, desk_teardown)

static inline void set_clock(const char *now)
{
    g_setenv("DAGSFORM_NOW", now, TRUE);
}

static inline Response *begin(Session *session, const char *form_name, gint64 client)
{
    g_autoptr(Form) form = NULL;
    Response *response = NULL;
    assert_ok((form = response_form(session, form_name, &error)));
    assert_ok(
        (response = response_begin(session, form, client, form->respondent, 0, NULL, &error)));
    return response;
}

/* Everything that comes with an open response. */
typedef struct {
    Response *response;
    Form *form;
    Answers *answers;
} Opened;

static inline void opened_clear(Opened *opened)
{
    response_free(opened->response);
    form_free(opened->form);
    answers_free(opened->answers);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Opened, opened_clear)

static inline Opened open_it(Session *session, gint64 id, gboolean hold)
{
    Opened opened = {0};
    assert_ok((opened.response =
                   response_open(session, id, hold, FALSE, &opened.form, &opened.answers, &error)));
    return opened;
}

/* Saves as the form that the response was begun in has it; all of the answers where `item` is NULL.
 */
static inline gint64 save(Session *session, Response *response, const Answers *answers,
                          const char *item, const char *instance, GError **error)
{
    g_autoptr(Form) form = form_version_load(session, response->form_hash, NULL);
    assert_non_null(form);
    return item != NULL ? response_save(session, response, form, answers, item, instance, error)
                        : response_save_all(session, response, form, answers, error);
}

/* Answers and saves. */
static inline void answer(Session *session, Response *response, Answers *answers, const char *item,
                          const char *instance, const char *value)
{
    answers_set(answers, item, instance, ANSWER_VALUE, value);
    assert_ok(save(session, response, answers, item, instance, &error) > 0);
}

static inline gint64 count_of(Session *session, const char *sql, gint64 id)
{
    gint64 value = -1;
    assert_ok(
        opened_get_int(session_db(session), sql, DB_PARAMS(DB_INT("id", id)), -1, &value, &error));
    return value;
}

static inline gint64 logged(Session *session, const char *action, const char *entity)
{
    gint64 value = -1;
    assert_ok(opened_get_int(session_db(session),
                         "SELECT COUNT(*) FROM audit WHERE action = :action AND entity = :entity",
                         DB_PARAMS(DB_TEXT("action", action), DB_TEXT("entity", entity)), -1,
                         &value, &error));
    return value;
}

/* One line an answer, in the order of item and instance. New. */
static inline void describe_one(const Answer *answer, gpointer lines)
{
    g_ptr_array_add(lines, g_strdup_printf("%s/%s: %s %s | %s | %s", answer->link_id,
                                           answer->instance, answer_kind_code(answer->kind),
                                           answer->value != NULL ? answer->value : "-",
                                           answer->note != NULL ? answer->note : "-",
                                           answer->reason != NULL ? answer->reason : "-"));
}

static inline gint by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static inline char *describe(const Answers *answers)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    answers_foreach(answers, describe_one, lines);
    g_ptr_array_sort(lines, by_text);
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("\n", (char **)lines->pdata);
}

static inline void assert_same_answers(const Answers *a, const Answers *b)
{
    g_autofree char *one = describe(a), *other = describe(b);
    assert_string_equal(one, other);
}

/* The file is sound, and nobody has tampered with the log. */
static inline void assert_sound(Session *session)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    assert_ok(db_check(session_db(session), faults, NULL, NULL, &error));
    assert_ok(audit_verify(session, faults, NULL, &error));
    if (faults->len > 0)
        fail_msg("%s", (const char *)g_ptr_array_index(faults, 0));
}
