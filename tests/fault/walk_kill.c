/* An interview that is killed at any moment goes on where it was: no answer, note or typed text
 * that was said to be saved is missing, nothing else has changed, and the response always opens.
 *
 * A child process walks through the young person's guide again and again. Before each saving it
 * tells its parent over a pipe what it is about to save, and after it that it is saved. So what
 * must lie in the file is what was acknowledged, or that and the one saving that was under way.
 *
 * 40 moments; 600 in `make faults`. */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "care/response/walk.h"
#include "tests/unit/care/fixture_visit.h"

#define ROUNDS 40
#define ROUNDS_ALL 600
#define FORM "ubu-ungdom"
#define LIFE_MS_MOST 300 /* the next one goes on, so every moment has its turn */

/* --- what is saved ---------------------------------------------------------------------------- */

typedef enum { ACT_BEGIN, ACT_ANSWER, ACT_NOTE, ACT_TYPE, ACT_COMPLETE } Act;

/* "act item kind text" between tabs; the text has no tab. A line on the pipe is one write, which
 * arrives whole. */
static void tell(int pipe_end, char when, Act act, const char *item, int kind, const char *text)
{
    g_autofree char *line =
        g_strdup_printf("%c\t%d\t%s\t%d\t%s\n", when, act, item, kind, text != NULL ? text : "");
    if (write(pipe_end, line, strlen(line)) != (ssize_t)strlen(line))
        _exit(2);
}

/* What the file must hold. */
typedef struct {
    gboolean completed;
    Answers *answers;
    int typed_in;
    char *typed;
} Model;

static Model *model_new(void)
{
    Model *model = g_new0(Model, 1);
    model->answers = answers_new();
    return model;
}

static void model_free(Model *model)
{
    if (model == NULL)
        return;
    answers_free(model->answers);
    g_free(model->typed);
    g_free(model);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Model, model_free)

static void copy_one(const Answer *answer, gpointer to)
{
    answers_set(to, answer->link_id, answer->instance, answer->kind, answer->value);
    answers_set_note(to, answer->link_id, answer->instance, answer->note);
}

static Model *model_copy(const Model *model)
{
    Model *copy = model_new();
    answers_foreach(model->answers, copy_one, copy->answers);
    copy->completed = model->completed;
    copy->typed_in = model->typed_in;
    copy->typed = g_strdup(model->typed);
    return copy;
}

/* `line` is what tell() wrote, in its parts. */
static void model_apply(Model *model, char **line)
{
    Act act = (Act)atoi(line[1]);
    int kind = atoi(line[3]);
    gboolean typed = act == ACT_TYPE && line[4][0] != '\0';
    if (act == ACT_BEGIN) {
        answers_free(model->answers);
        model->answers = answers_new();
        model->completed = FALSE;
    } else if (act == ACT_ANSWER)
        answers_set(model->answers, line[2], "", (AnswerKind)kind, line[4]);
    else if (act == ACT_NOTE)
        answers_set_note(model->answers, line[2], "", line[4]);
    else if (act == ACT_COMPLETE)
        model->completed = TRUE;
    g_free(model->typed);
    model->typed = g_strdup(typed ? line[4] : NULL);
    model->typed_in = typed ? kind : TYPED_NOTHING;
}

static void describe_one(const Answer *answer, gpointer lines)
{
    g_ptr_array_add(lines, g_strdup_printf("%s/%s %s [%s] [%s]", answer->link_id, answer->instance,
                                           answer_kind_code(answer->kind),
                                           answer->value != NULL ? answer->value : "",
                                           answer->note != NULL ? answer->note : ""));
}

static gint by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *describe(const char *state, const Answers *answers, int typed_in, const char *typed)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    answers_foreach(answers, describe_one, lines);
    g_ptr_array_sort(lines, by_text);
    g_ptr_array_add(
        lines, g_strdup_printf("%s, typed %d [%s]", state, typed_in, typed != NULL ? typed : ""));
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("\n", (char **)lines->pdata);
}

static char *model_describe(const Model *model)
{
    return describe(model->completed ? "completed" : "unfinished", model->answers, model->typed_in,
                    model->typed);
}

/* --- the interview, in the child -------------------------------------------------------------- */

typedef struct {
    Session *session;
    Walk *walk;
    GRand *random;
    int pipe_end;
} Interview;

static void give_up(const char *what, const GError *error)
{
    fprintf(stderr, "%s: %s\n", what, error != NULL ? error->message : "");
    _exit(1);
}

/* Words that no other saving has. */
static char *words(Interview *interview)
{
    static const char *const WORDS[] = {"jag", "tycker",  "att", "maten", "var",  "god,",
                                        "men", "kvällen", "var", "för",   "lång", "där"};
    GString *text = g_string_new(NULL);
    int count = g_rand_int_range(interview->random, 1, 30);
    for (int i = 0; i < count; i++)
        g_string_append_printf(text, "%s ",
                               WORDS[g_rand_int_range(interview->random, 0, G_N_ELEMENTS(WORDS))]);
    g_string_append_printf(text, "%u", g_rand_int(interview->random));
    return g_string_free(text, FALSE);
}

static void type_text(Interview *interview, TypedIn in, const char *text)
{
    for (int part = 1; part <= 3; part++) {
        g_autoptr(GError) error = NULL;
        gsize length = strlen(text) * (gsize)part / 3;
        g_autofree char *so_far = g_utf8_make_valid(text, (gssize)length);
        tell(interview->pipe_end, '?', ACT_TYPE, "", in, so_far);
        if (!walk_type(interview->walk, interview->session, in, so_far, &error))
            give_up("typing", error);
        tell(interview->pipe_end, '!', ACT_TYPE, "", in, so_far);
    }
}

static void note_something(Interview *interview, const char *item)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *note = words(interview);
    type_text(interview, TYPED_NOTE, note);
    tell(interview->pipe_end, '?', ACT_NOTE, item, 0, note);
    if (!walk_note(interview->walk, interview->session, note, &error))
        give_up("noting", error);
    tell(interview->pipe_end, '!', ACT_NOTE, item, 0, note);
}

/* A value for the question: new each time where it is words. */
static char *value_for(Interview *interview, const FormItem *item)
{
    if (item->options->len == 0)
        return item->type == ITEM_BOOLEAN ? g_strdup("true") : words(interview);
    gint32 nth = g_rand_int_range(interview->random, 0, (gint32)item->options->len);
    return g_strdup(((const FormOption *)g_ptr_array_index(item->options, (guint)nth))->code);
}

static void answer_here(Interview *interview)
{
    g_autoptr(GError) error = NULL;
    const FormItem *item = walk_step(interview->walk)->item;
    gboolean refuses = g_rand_int_range(interview->random, 0, 8) == 0;
    AnswerKind kind = refuses ? ANSWER_REFUSED : ANSWER_VALUE;
    g_autofree char *value = refuses ? NULL : value_for(interview, item);
    g_autofree char *sentence = NULL;
    if (g_rand_int_range(interview->random, 0, 5) == 0)
        note_something(interview, item->link_id);
    if (item->type == ITEM_TEXT && value != NULL)
        type_text(interview, TYPED_ANSWER, value);
    tell(interview->pipe_end, '?', ACT_ANSWER, item->link_id, kind, value);
    if (refuses ? !walk_answer_kind(interview->walk, interview->session, kind, &error)
                : walk_answer(interview->walk, interview->session, value, NULL, &sentence,
                              &error) != WALK_SAVED)
        give_up(item->link_id, error);
    tell(interview->pipe_end, '!', ACT_ANSWER, item->link_id, kind, value);
}

/* To its end, from wherever it stands. */
static void walk_through(Interview *interview)
{
    g_autoptr(GError) error = NULL;
    while (!walk_at_end(interview->walk)) {
        answer_here(interview);
        if (!walk_to_unanswered(interview->walk, interview->session, &error))
            give_up("going on", error);
    }
    tell(interview->pipe_end, '?', ACT_COMPLETE, "", 0, NULL);
    if (!walk_complete(interview->walk, interview->session, &error))
        give_up("completing", error);
    tell(interview->pipe_end, '!', ACT_COMPLETE, "", 0, NULL);
    walk_close(g_steal_pointer(&interview->walk), interview->session);
}

/* Goes on with `unfinished` (0: none), and with one interview after the other; `interviews` 0:
 * until it is killed. */
static G_NORETURN void interview(const Fixture *unit, gint64 client, gint64 unfinished,
                                 guint32 seed, int interviews, int pipe_end)
{
    g_autoptr(GError) error = NULL;
    Interview interview = {.session = fixture_try(unit, "grundare", PASSPHRASE, &error),
                           .random = g_rand_new_with_seed(seed),
                           .pipe_end = pipe_end};
    if (interview.session == NULL)
        give_up("signing in", error);
    for (int done = 0; interviews == 0 || done < interviews; done++) {
        if (unfinished == 0)
            tell(pipe_end, '?', ACT_BEGIN, "", 0, NULL);
        interview.walk =
            unfinished != 0 ? walk_open(interview.session, unfinished, FALSE, &error)
                            : walk_begin(interview.session, FORM, client, "child", 0, "sv", &error);
        if (interview.walk == NULL)
            give_up("opening", error);
        if (unfinished == 0)
            tell(pipe_end, '!', ACT_BEGIN, "", 0, NULL);
        unfinished = 0;
        walk_through(&interview);
    }
    session_close(interview.session);
    g_rand_free(interview.random);
    _exit(0);
}

/* --- what lies in the file -------------------------------------------------------------------- */

typedef struct {
    Fixture unit;
    gint64 client;
    Model *model;      /* of the response under way, or the last one */
    gint64 unfinished; /* its id; 0: none is under way */
    GHashTable *done;  /* gint64 * to how a completed one was described */
} Trial;

/* The unfinished response as a user would go on with it; its id, 0 when there is none. */
static gint64 read_unfinished(Session *session, char **described)
{
    g_autoptr(GPtrArray) list = NULL;
    Walk *walk = NULL;
    TypedIn in = TYPED_NOTHING;
    assert_ok((list = response_unfinished(session, TRUE, 10, &error)));
    assert_true(list->len <= 1);
    if (list->len == 0)
        return 0;
    gint64 id = ((const Response *)g_ptr_array_index(list, 0))->id;
    assert_ok((walk = walk_open(session, id, FALSE, &error)));
    const char *typed = walk_typed(walk, &in);
    *described = describe("unfinished", walk_answers(walk), in, typed);
    /* It stays held: let go of without an answer it would be taken away. */
    walk_close(walk, NULL);
    return id;
}

static char *read_completed(Session *session, gint64 id)
{
    Walk *walk = NULL;
    assert_ok((walk = walk_read(session, id, &error)));
    assert_true(walk_response(walk)->completed_ms != 0);
    char *described = describe("completed", walk_answers(walk), TYPED_NOTHING, NULL);
    walk_close(walk, session);
    return described;
}

static gint64 newest_completed(Session *session)
{
    return fixture_int(session,
                       "SELECT COALESCE(MAX(id), 0) FROM response WHERE completed_ms IS NOT NULL");
}

static void assert_sound(Session *session)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    assert_ok(db_check(session_db(session), faults, NULL, NULL, &error));
    assert_ok(audit_verify(session, faults, NULL, &error));
    if (faults->len > 0)
        fail_msg("%s", (const char *)g_ptr_array_index(faults, 0));
}

static void keep_completed(Trial *trial, gint64 id, const char *described)
{
    gint64 *key = g_new(gint64, 1);
    *key = id;
    g_hash_table_insert(trial->done, key, g_strdup(described));
}

static void assert_completed_stay(Trial *trial, Session *session)
{
    GHashTableIter iter;
    gpointer id, described;
    g_hash_table_iter_init(&iter, trial->done);
    while (g_hash_table_iter_next(&iter, &id, &described)) {
        g_autofree char *now = read_completed(session, *(gint64 *)id);
        assert_string_equal(now, described);
    }
    assert_int_equal(
        fixture_int(session, "SELECT COUNT(*) FROM response WHERE completed_ms IS NOT NULL"),
        g_hash_table_size(trial->done));
}

/* Follows what the child told; `under_way` gets the parts of a saving that was not acknowledged.
 * What was completed on the way is read later, by its place in the order. */
static void follow(Trial *trial, const char *told, char ***under_way, GPtrArray *completed)
{
    g_auto(GStrv) lines = g_strsplit(told, "\n", -1);
    for (char **line = lines; line[0] != NULL && line[1] != NULL; line++) {
        g_auto(GStrv) parts = g_strsplit(*line, "\t", 5);
        assert_int_equal(g_strv_length(parts), 5);
        g_clear_pointer(under_way, g_strfreev);
        if (parts[0][0] == '?') {
            *under_way = g_steal_pointer(&parts);
            continue;
        }
        model_apply(trial->model, parts);
        if (trial->model->completed)
            g_ptr_array_add(completed, model_describe(trial->model));
    }
}

/* Compares the file with what was acknowledged, and takes over what it holds. */
static void compare(Trial *trial, const char *told)
{
    g_auto(GStrv) under_way = NULL;
    g_autoptr(GPtrArray) completed = g_ptr_array_new_with_free_func(g_free);
    follow(trial, told, &under_way, completed);
    g_autoptr(Session) session = fixture_open(&trial->unit, "grundare");
    assert_sound(session);
    g_autofree char *found = NULL;
    gint64 unfinished = read_unfinished(session, &found);
    g_autoptr(Model) next = model_copy(trial->model);
    if (under_way != NULL)
        model_apply(next, under_way);
    /* The one that has just been completed stands last in the order of ids. */
    if (unfinished == 0 && (trial->model->completed || next->completed))
        found = read_completed(session, newest_completed(session));
    if (found == NULL)
        found = g_strdup("nothing");
    g_autofree char *acknowledged = model_describe(trial->model), *also = model_describe(next);
    if (strcmp(found, acknowledged) != 0 && strcmp(found, also) != 0)
        fail_msg("in the file:\n%s\nacknowledged:\n%s\nor, with what was under way:\n%s", found,
                 acknowledged, also);
    if (strcmp(found, acknowledged) != 0) {
        if (next->completed)
            g_ptr_array_add(completed, g_strdup(also));
        g_clear_pointer(&trial->model, model_free);
        trial->model = g_steal_pointer(&next);
    }
    trial->unfinished = unfinished;
    /* Those completed in this round have the highest ids. */
    g_autoptr(DbStatement) row = NULL;
    assert_ok((row = db_query(session_db(session),
                              "SELECT id FROM response WHERE completed_ms IS NOT NULL"
                              " ORDER BY id DESC LIMIT :count",
                              DB_PARAMS(DB_INT("count", completed->len)), &error)));
    for (guint i = completed->len; i > 0; i--) {
        assert_int_equal(db_step(row, NULL), DB_STEP_ROW);
        keep_completed(trial, db_int(row, 0), g_ptr_array_index(completed, i - 1));
    }
}

/* --- killing ---------------------------------------------------------------------------------- */

/* Reads what the child tells until `until_ms` (0: until it ends). */
static void listen_to(int pipe_end, GString *told, gint64 until_ms)
{
    char bytes[4096];
    for (;;) {
        gint64 left = until_ms - clock_monotonic_ms();
        struct pollfd readable = {.fd = pipe_end, .events = POLLIN};
        if (until_ms != 0 && left <= 0)
            return;
        if (poll(&readable, 1, until_ms != 0 ? (int)left : -1) <= 0)
            continue;
        ssize_t length = read(pipe_end, bytes, sizeof bytes);
        if (length <= 0)
            return;
        g_string_append_len(told, bytes, length);
    }
}

/* A child that interviews, killed after `life_us` (0: it is left to end). The milliseconds that it
 * took. */
static gint64 run_child(Trial *trial, guint32 seed, gint64 life_us, GString *told)
{
    int ends[2], status;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        interview(&trial->unit, trial->client, trial->unfinished, seed, life_us == 0, ends[1]);
    }
    close(ends[1]);
    gint64 start = clock_monotonic_ms();
    listen_to(ends[0], told, life_us == 0 ? 0 : start + life_us / 1000);
    if (life_us != 0) {
        g_usleep((gulong)(life_us % 1000));
        kill(child, SIGKILL);
        listen_to(ends[0], told, 0);
    }
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(life_us == 0 ? WIFEXITED(status) && WEXITSTATUS(status) == 0
                             : WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    return clock_monotonic_ms() - start;
}

static void killed_at_any_moment(void **state)
{
    Trial *trial = *state;
    g_autoptr(GRand) chance = g_rand_new_with_seed(7);
    g_autoptr(GString) told = g_string_new(NULL);
    const int rounds = g_getenv("DAGSFORM_TEST_ALL") != NULL ? ROUNDS_ALL : ROUNDS;
    int in_a_saving = 0;
    /* The first is left to end, to know how long one takes. */
    gint64 whole = run_child(trial, 1, 0, told);
    compare(trial, told->str);
    assert_int_equal(g_hash_table_size(trial->done), 1);
    for (int round = 0; round < rounds; round++) {
        g_string_truncate(told, 0);
        gint64 life =
            (gint64)g_rand_double_range(chance, 1, (double)CLAMP(whole, 20, LIFE_MS_MOST) * 1000);
        run_child(trial, (guint32)round + 2, life, told);
        compare(trial, told->str);
        const char *last = g_strrstr(told->str, "\n?");
        in_a_saving += last != NULL && strstr(last, "\n!") == NULL;
    }
    g_autoptr(Session) session = fixture_open(&trial->unit, "grundare");
    assert_completed_stay(trial, session);
    print_message("# %d kills: in an interview, %d of them within a saving; %u were completed\n",
                  rounds, in_a_saving, g_hash_table_size(trial->done));
}

/* --- the unit --------------------------------------------------------------------------------- */

/* The forms as the build lays them: BUILD/share, seen from BUILD/tests/fault/. */
static void use_build_share(void)
{
    g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
    g_autofree char *folder = g_path_get_dirname(self);
    g_autofree char *share = g_build_filename(folder, "..", "..", "share", NULL);
    g_setenv("DAGSFORM_SHARE", share, TRUE);
}

static int setup(void **state)
{
    Trial *trial = g_new0(Trial, 1);
    fixture_start(&trial->unit);
    use_build_share();
    fixture_make(&trial->unit, ROLE_TEAM_LEAD);
    trial->client = add_client(trial->unit.session, "Emil Ärlig", PROTECTION_NONE);
    session_close(g_steal_pointer(&trial->unit.session));
    trial->model = model_new();
    trial->done = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    *state = trial;
    return 0;
}

static int teardown(void **state)
{
    Trial *trial = *state;
    fixture_end(&trial->unit);
    model_free(trial->model);
    g_hash_table_unref(trial->done);
    g_free(trial);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(killed_at_any_moment, setup, teardown),
    };
    return cmocka_run_group_tests_name("walk_kill", tests, NULL, NULL);
}
