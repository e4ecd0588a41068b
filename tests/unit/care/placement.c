/* placement.c: placements, and the tasks that follow from them. */
#include "care/placement/placement.h"

#include "care/response/response.h"
#include "tests/unit/care/fixture_visit.h"

#define TODAY "2026-11-22"

/* --- making ----------------------------------------------------------------------------------- */

static gint64 child_born(const Visits *visits, const char *birth)
{
    g_autoptr(Client) client = client_new();
    client->name = g_strdup_printf("Barn %s", birth != NULL ? birth : "okänd");
    client->birth_date = birth != NULL ? date_parse(birth) : DATE_NONE;
    assert_ok(client_add(visits->session, client, &error));
    return client->id;
}

static gint64 add_institution(const Visits *visits, const char *name)
{
    g_autoptr(Institution) institution = g_new0(Institution, 1);
    institution->name = g_strdup(name);
    institution->kind = INSTITUTION_SUPPORTED_HOUSING;
    assert_ok(institution_add(visits->session, institution, &error));
    return institution->id;
}

static Placement *placement_of(gint64 client, const char *started, const char *ended)
{
    Placement *placement = g_new0(Placement, 1);
    placement->client_id = client;
    placement->started_on = started != NULL ? date_parse(started) : DATE_NONE;
    placement->ended_on = ended != NULL ? date_parse(ended) : DATE_NONE;
    return placement;
}

static Placement *saved(const Visits *visits, gint64 client, const char *started, const char *ended)
{
    Placement *placement = placement_of(client, started, ended);
    assert_ok(placement_save(visits->session, placement, &error));
    assert_true(placement->id != 0);
    assert_int_equal(placement->version, 1);
    return placement;
}

/* "case-officer 2027-02-20, parent 2027-02-20": the open tasks; those done with a "-" before. */
static char *tasks_of(const Visits *visits, gint64 placement)
{
    g_autoptr(GPtrArray) tasks = NULL;
    GString *text = g_string_new(NULL);
    assert_ok((tasks = task_of(visits->session, 0, placement, &error)));
    for (guint i = 0; i < tasks->len; i++) {
        const Task *task = g_ptr_array_index(tasks, i);
        char date[DATE_SIZE];
        assert_int_equal(task->kind, TASK_UBU);
        assert_int_equal(task->placement_id, placement);
        g_string_append_printf(text, "%s%s%s %s", i > 0 ? ", " : "", task->done_ms != 0 ? "-" : "",
                               task->item, date_format(task->due_date, date));
    }
    return g_string_free(text, FALSE);
}

#define assert_tasks(visits, placement, wanted)                                                    \
    do {                                                                                           \
        g_autofree char *tasks_there = tasks_of(visits, placement);                                \
        assert_string_equal(tasks_there, wanted);                                                  \
    } while (0)

/* A response of `respondent`; its row is all that placements look at. */
typedef struct {
    const char *respondent;
    gint64 begun_ms, completed_ms, corrects_id;
    const char *not_done;
} Given;

static gint64 respond(const Visits *visits, const Placement *placement, Given given)
{
    Db *db = session_db(visits->session);
    g_autoptr(DbTransaction) tx = NULL;
    gint64 id = 0;
    assert_ok((tx = db_transaction(db, &error)));
    assert_ok(db_run(db,
                     "INSERT INTO form_version (hash, name, version, body, first_seen_ms)"
                     " VALUES ('h', 'ubu-ungdom', '1', '', 0) ON CONFLICT (hash) DO NOTHING",
                     NULL, &error));
    assert_ok((id = db_new_id(db, "response", &error)));
    assert_ok(db_run(
        db,
        "INSERT INTO response (id, unit_id, client_id, staff_id, placement_id, corrects_id, form,"
        " form_hash, title, respondent, begun_ms, continued_ms, completed_ms, not_done, "
        "not_done_words)"
        " VALUES (:id, :unit, :client, :me, :placement, :corrects, 'ubu-ungdom', 'h', 't', "
        ":respondent,"
        " :begun, :begun, :completed, :not_done, :words)",
        DB_PARAMS(
            DB_INT("id", id), DB_INT("unit", session_unit_id(visits->session)),
            DB_INT("client", placement->client_id), DB_INT("me", session_staff_id(visits->session)),
            DB_INT("placement", placement->id), DB_INT_OR_NULL("corrects", given.corrects_id),
            DB_TEXT("respondent", given.respondent), DB_INT("begun", given.begun_ms),
            DB_INT_OR_NULL("completed", given.completed_ms), DB_TEXT("not_done", given.not_done),
            DB_TEXT("words", given.not_done)),
        &error));
    assert_ok(db_transaction_commit(tx, &error));
    return id;
}

static void follow_up(const Visits *visits, const Placement *placement, const char *respondent,
                      NotDone not_done, gint64 corrects, gboolean done)
{
    Response response = {.placement_id = placement->id,
                         .respondent = (char *)respondent,
                         .not_done = not_done,
                         .corrects_id = corrects};
    g_autoptr(DbTransaction) tx = NULL;
    assert_ok((tx = db_transaction(session_db(visits->session), &error)));
    assert_ok(placement_follow_up_done(visits->session, &response, done, &error));
    assert_ok(db_transaction_commit(tx, &error));
}

/* --- saving and reading ----------------------------------------------------------------------- */

static void test_save_and_read(void **state)
{
    const Visits *visits = *state;
    g_autoptr(Placement) first = placement_of(visits->client, "2025-01-10", "2026-02-01");
    first->institution_id = add_institution(visits, "Villa Ängen");
    first->staff_id = visits->staff;
    assert_ok(placement_save(visits->session, first, &error));
    g_autoptr(Placement) later = saved(visits, visits->client, "2026-02-01", "2026-06-30");

    g_autoptr(Placement) read = NULL;
    assert_ok((read = placement_get(visits->session, first->id, &error)));
    assert_int_equal(read->client_id, visits->client);
    assert_string_equal(read->institution, "Villa Ängen");
    assert_int_equal(read->institution_kind, INSTITUTION_SUPPORTED_HOUSING);
    assert_int_equal(read->started_on, date_parse("2025-01-10"));
    assert_int_equal(read->ended_on, date_parse("2026-02-01"));
    assert_int_equal(read->staff_id, visits->staff);
    assert_int_equal(read->version, 1);

    g_autoptr(GPtrArray) all = NULL, none = NULL;
    assert_ok((all = placement_of_client(visits->session, visits->client, &error)));
    assert_int_equal(all->len, 2);
    const Placement *latest = g_ptr_array_index(all, 0);
    assert_int_equal(latest->id, later->id);
    assert_null(latest->institution);
    assert_int_equal(latest->ended_on, date_parse("2026-06-30"));
    assert_ok((none = placement_of_client(visits->session, visits->other, &error)));
    assert_int_equal(none->len, 0);

    /* Institutions count theirs. */
    g_autoptr(GPtrArray) institutions = NULL;
    assert_ok((institutions = institution_list(visits->session, NULL, TRUE, &error)));
    assert_int_equal(((const Institution *)g_ptr_array_index(institutions, 0))->placements, 1);
}

static void test_opening_is_logged(void **state)
{
    const Visits *visits = *state;
    g_autoptr(Placement) placement = saved(visits, visits->client, "2025-01-10", NULL);
    g_autoptr(Placement) opened = NULL, got = NULL;
    const char *reads = "SELECT COUNT(*) FROM audit WHERE entity = 'placement' AND action = 'read'"
                        " AND entity_id = :id AND client_id IS NOT NULL";
    assert_ok((got = placement_get(visits->session, placement->id, &error)));
    assert_int_equal(ask(visits, reads, placement->id), 0);
    assert_ok((opened = placement_open(visits->session, placement->id, &error)));
    assert_int_equal(ask(visits, reads, placement->id), 1);
    assert_fails(placement_open(visits->session, 17, &error), ERROR_NOT_FOUND);
}

static void test_wrong_days(void **state)
{
    const Visits *visits = *state;
    gint64 child = child_born(visits, "2012-05-17");
    static const struct {
        const char *started, *ended, *says;
    } cases[] = {
        {NULL, NULL, "the day it began"},
        {NULL, "2026-06-30", "the day it began"},
        {"2026-06-30", "2026-06-29", "ends before"},
        {"2026-06-30", "2026-11-23", "lies ahead"},
        {"2012-05-16", NULL, "born"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Placement) placement = placement_of(child, cases[i].started, cases[i].ended);
        g_autoptr(GError) error = NULL;
        assert_false(placement_save(visits->session, placement, &error));
        assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT));
        if (strstr(error->message, cases[i].says) == NULL)
            fail_msg("case %zu: %s", i, error->message);
    }
    assert_int_equal(ask(visits, "SELECT COUNT(*) FROM placement WHERE client_id = :id", child), 0);
    /* One day, today, from the day of birth: each is well at its edge. */
    g_autoptr(Placement) day = saved(visits, child, TODAY, TODAY);
    g_autoptr(Placement) whole_life = saved(visits, child, "2012-05-17", TODAY);
    assert_int_equal(day->started_on, day->ended_on);
    assert_true(whole_life->started_on < day->started_on);
}

static void test_saved_once(void **state)
{
    const Visits *visits = *state;
    gint64 child = child_born(visits, "2012-05-17");
    g_autoptr(Placement) placement = saved(visits, child, "2026-02-01", "2026-10-31");
    g_autoptr(Placement) again = placement_of(child, "2026-02-01", "2026-10-31");
    again->id = placement->id;
    assert_ok(placement_save(visits->session, again, &error));
    assert_int_equal(again->version, 1);
    assert_int_equal(ask(visits, "SELECT COUNT(*) FROM placement WHERE client_id = :id", child), 1);
    assert_int_equal(ask(visits, "SELECT COUNT(*) FROM task WHERE client_id = :id", child), 3);
    /* Nor is saving what is there already a change. */
    assert_ok(placement_save(visits->session, again, &error));
    assert_int_equal(again->version, 1);
    assert_int_equal(ask(visits,
                         "SELECT COUNT(*) FROM audit WHERE entity = 'placement'"
                         " AND entity_id = :id",
                         placement->id),
                     1);
}

/* --- tasks ------------------------------------------------------------------------------------ */

static void test_tasks_by_rule(void **state)
{
    const Visits *visits = *state;
    static const struct {
        const char *birth, *started, *ended, *tasks;
    } cases[] = {
        {"2012-05-17", "2026-02-01", NULL, ""},
        {"2012-05-17", "2026-10-03", "2026-10-31", ""},
        {"2012-05-17", "2026-10-02", "2026-10-31",
         "case-officer 2027-01-29, child 2027-01-29, parent 2027-01-29"},
        {"2020-05-17", "2026-02-01", "2026-10-31", "case-officer 2027-01-29, parent 2027-01-29"},
        {"2004-05-17", "2026-02-01", "2026-10-31", ""},
        {NULL, "2026-02-01", "2026-10-31",
         "case-officer 2027-01-29, child 2027-01-29, parent 2027-01-29"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Placement) placement =
            saved(visits, child_born(visits, cases[i].birth), cases[i].started, cases[i].ended);
        assert_tasks(visits, placement->id, cases[i].tasks);
    }
}

static void test_tasks_follow_changes(void **state)
{
    const Visits *visits = *state;
    gint64 child = child_born(visits, "2012-05-17");
    g_autoptr(Placement) placement = saved(visits, child, "2026-02-01", NULL);
    assert_tasks(visits, placement->id, "");
    placement->ended_on = date_parse("2026-10-31");
    placement->staff_id = visits->staff;
    assert_ok(placement_save(visits->session, placement, &error));
    assert_int_equal(placement->version, 2);
    assert_tasks(visits, placement->id,
                 "case-officer 2027-01-29, child 2027-01-29, parent 2027-01-29");
    /* Moved, and given to somebody else. */
    placement->ended_on = date_parse("2026-11-05");
    placement->staff_id = visits->colleague;
    assert_ok(placement_save(visits->session, placement, &error));
    assert_tasks(visits, placement->id,
                 "case-officer 2027-02-03, child 2027-02-03, parent 2027-02-03");
    assert_int_equal(
        ask(visits, "SELECT COUNT(*) FROM task WHERE staff_id = :id", visits->colleague), 3);
    /* It goes on after all; and has ended after all: the same three. */
    placement->ended_on = DATE_NONE;
    assert_ok(placement_save(visits->session, placement, &error));
    assert_tasks(visits, placement->id,
                 "-case-officer 2027-02-03, -child 2027-02-03, -parent 2027-02-03");
    placement->ended_on = date_parse("2026-11-20");
    assert_ok(placement_save(visits->session, placement, &error));
    assert_tasks(visits, placement->id,
                 "case-officer 2027-02-18, child 2027-02-18, parent 2027-02-18");
    assert_int_equal(placement->version, 5);
    assert_int_equal(fixture_faults(visits->session, NULL), 0);
}

/* The child turns out to be six: saving what has not been changed is enough. */
static void test_birth_date_learnt(void **state)
{
    const Visits *visits = *state;
    gint64 child = child_born(visits, NULL);
    g_autoptr(Placement) placement = saved(visits, child, "2026-02-01", "2026-10-31");
    g_autoptr(Client) client = NULL;
    assert_ok((client = client_open(visits->session, child, &error)));
    client->birth_date = date_parse("2020-05-17");
    assert_ok(client_change(visits->session, client, &error));
    assert_ok(placement_save(visits->session, placement, &error));
    assert_tasks(visits, placement->id,
                 "case-officer 2027-01-29, -child 2027-01-29, parent 2027-01-29");
}

static void test_tasks_follow_responses(void **state)
{
    const Visits *visits = *state;
    gint64 child = child_born(visits, "2012-05-17");
    g_autoptr(Placement) placement = saved(visits, child, "2026-02-01", "2026-10-31");
    follow_up(visits, placement, "child", NOT_DONE_NONE, 0, TRUE);
    follow_up(visits, placement, "child", NOT_DONE_NONE, 0, TRUE);
    assert_tasks(visits, placement->id,
                 "case-officer 2027-01-29, -child 2027-01-29, parent 2027-01-29");
    follow_up(visits, placement, "parent", NOT_DONE_NOT_REACHED, 0, TRUE);
    assert_tasks(visits, placement->id,
                 "case-officer 2027-01-29, -child 2027-01-29, -parent 2027-01-29");
    /* They rang back after all. */
    follow_up(visits, placement, "parent", NOT_DONE_NONE, 0, FALSE);
    assert_tasks(visits, placement->id,
                 "case-officer 2027-01-29, -child 2027-01-29, parent 2027-01-29");
    /* What was begun by mistake is still to be done, and a correction taken up again is not. */
    follow_up(visits, placement, "case-officer", NOT_DONE_MISTAKE, 0, TRUE);
    follow_up(visits, placement, "child", NOT_DONE_NONE, 17, FALSE);
    assert_tasks(visits, placement->id,
                 "case-officer 2027-01-29, -child 2027-01-29, parent 2027-01-29");
    /* Nobody's, and one of no placement. */
    follow_up(visits, placement, "client", NOT_DONE_NONE, 0, TRUE);
    Response elsewhere = {.respondent = (char *)"child"};
    assert_ok(placement_follow_up_done(visits->session, &elsewhere, TRUE, &error));
}

/* D13: both parents are asked, each in an interview and by a task of their own. */
static void test_d13_two_parents(void **state)
{
    const Visits *visits = *state;
    gint64 child = child_born(visits, "2020-05-17");
    g_autoptr(Placement) placement = saved(visits, child, "2026-02-01", "2026-10-31");
    g_autoptr(Placement) again = NULL;
    g_autoptr(GPtrArray) one = NULL, both = NULL, left = NULL;
    assert_ok((one = placement_parts(visits->session, placement, &error)));
    assert_int_equal(one->len, RESPONDENT_PARENT_2);
    placement->two_parents = TRUE;
    assert_ok(placement_save(visits->session, placement, &error));
    assert_ok((again = placement_get(visits->session, placement->id, &error)));
    assert_true(again->two_parents);
    assert_tasks(visits, placement->id,
                 "case-officer 2027-01-29, parent 2027-01-29, parent-2 2027-01-29");
    assert_ok((both = placement_parts(visits->session, again, &error)));
    assert_int_equal(both->len, RESPONDENT_COUNT);
    follow_up(visits, placement, "parent-2", NOT_DONE_DECLINED, 0, TRUE);
    assert_tasks(visits, placement->id,
                 "case-officer 2027-01-29, parent 2027-01-29, -parent-2 2027-01-29");
    follow_up(visits, placement, "parent-2", NOT_DONE_NONE, 0, FALSE);
    /* Only one after all: its task is over, and what was answered is still to be seen. */
    respond(visits, placement, (Given){"parent-2", 10, 20, 0, NULL});
    again->two_parents = FALSE;
    assert_ok(placement_save(visits->session, again, &error));
    assert_tasks(visits, placement->id,
                 "case-officer 2027-01-29, parent 2027-01-29, -parent-2 2027-01-29");
    assert_ok((left = placement_parts(visits->session, again, &error)));
    assert_int_equal(left->len, RESPONDENT_COUNT);
    assert_false(((const PlacementPart *)left->pdata[RESPONDENT_PARENT_2])->asked);
}

/* A respondent whom the rule does not ask has no task, also when it is taken up again. */
static void test_not_asked(void **state)
{
    const Visits *visits = *state;
    gint64 child = child_born(visits, "2020-05-17");
    g_autoptr(Placement) placement = saved(visits, child, "2026-02-01", "2026-10-31");
    follow_up(visits, placement, "child", NOT_DONE_UNDER_7, 0, TRUE);
    follow_up(visits, placement, "child", NOT_DONE_NONE, 0, FALSE);
    assert_tasks(visits, placement->id, "case-officer 2027-01-29, parent 2027-01-29");
}

/* Saving a placement leaves alone what has been answered or given up, and asks anew for the rest:
 * also for what somebody ticked off without an answer. */
static void test_save_after_responses(void **state)
{
    const Visits *visits = *state;
    gint64 child = child_born(visits, "2012-05-17");
    g_autoptr(Placement) placement = saved(visits, child, "2026-02-01", "2026-10-31");
    gint64 given = respond(visits, placement, (Given){"child", 10, 20, 0, NULL});
    respond(visits, placement, (Given){"child", 30, 0, given, NULL});
    follow_up(visits, placement, "child", NOT_DONE_NONE, 0, TRUE);
    respond(visits, placement, (Given){"parent", 10, 0, 0, "not-reached"});
    follow_up(visits, placement, "parent", NOT_DONE_NOT_REACHED, 0, TRUE);
    respond(visits, placement, (Given){"case-officer", 10, 0, 0, "mistake"});
    g_autoptr(GPtrArray) tasks = NULL;
    assert_ok((tasks = task_of(visits->session, 0, placement->id, &error)));
    assert_ok(task_finish(visits->session, ((const Task *)g_ptr_array_index(tasks, 0))->id, NULL,
                          &error));
    placement->ended_on = date_parse("2026-11-05");
    assert_ok(placement_save(visits->session, placement, &error));
    assert_tasks(visits, placement->id,
                 "case-officer 2027-02-03, -child 2027-01-29, -parent 2027-01-29");
}

/* --- the three respondents -------------------------------------------------------------------- */

static const PlacementPart *part_of(const GPtrArray *parts, Respondent respondent)
{
    const PlacementPart *part = g_ptr_array_index(parts, respondent);
    assert_int_equal(part->respondent, respondent);
    return part;
}

static void test_parts(void **state)
{
    const Visits *visits = *state;
    gint64 child = child_born(visits, "2020-05-17");
    g_autoptr(Placement) placement = saved(visits, child, "2026-02-01", "2026-10-31");
    respond(visits, placement, (Given){"parent", 10, 0, 0, "mistake"});
    gint64 first = respond(visits, placement, (Given){"parent", 20, 30, 0, NULL});
    respond(visits, placement, (Given){"parent", 40, 0, first, "mistake"});
    respond(visits, placement, (Given){"parent", 50, 0, first, "other"});
    gint64 gone = respond(visits, placement, (Given){"child", 10, 0, 0, "under-7"});
    g_autoptr(GPtrArray) parts = NULL;
    assert_ok((parts = placement_parts(visits->session, placement, &error)));
    assert_int_equal(parts->len, RESPONDENT_PARENT_2);

    const PlacementPart *officer = part_of(parts, RESPONDENT_CASE_OFFICER);
    assert_true(officer->asked);
    assert_int_equal(officer->response_id, 0);
    assert_false(officer->completed);
    assert_null(officer->staff_name);

    const PlacementPart *young = part_of(parts, RESPONDENT_CHILD);
    assert_false(young->asked);
    assert_int_equal(young->response_id, gone);
    assert_int_equal(young->not_done, NOT_DONE_UNDER_7);
    assert_string_equal(young->not_done_words, "under-7");

    /* What was begun by mistake, and corrections given up, leave the one that is completed. */
    const PlacementPart *parent = part_of(parts, RESPONDENT_PARENT);
    assert_int_equal(parent->response_id, first);
    assert_true(parent->completed);
    assert_int_equal(parent->not_done, NOT_DONE_NONE);
    assert_string_equal(parent->staff_name, "Grundare Ett");
}

#define CHILD_FORM                                                                                 \
    "name: ubu-ungdom\nversion: \"1\"\ntitle: Barnets del\nrespondent: child\nkind: interview\n"   \
    "item:\n"                                                                                      \
    "  - {linkId: a, type: boolean, text: Bra?}\n"                                                 \
    "  - {linkId: b, type: boolean, text: Tryggt?}\n"                                              \
    "  - linkId: c\n    type: string\n    text: Varför inte?\n"                                   \
    "    enableWhen: [{question: a, operator: \"=\", answer: \"false\"}]\n"

/* Only the questions that apply are counted; only while it is unfinished. */
static void test_unfinished(void **state)
{
    const Visits *visits = *state;
    g_autofree char *path = g_build_filename(visits->unit.folder, "share", "dagsform", "forms",
                                             "ubu-ungdom.yaml", NULL);
    fixture_write(path, CHILD_FORM);
    gint64 child = child_born(visits, "2012-05-17");
    g_autoptr(Placement) placement = saved(visits, child, "2026-02-01", "2026-10-31");
    g_autoptr(Form) form = NULL;
    g_autoptr(Response) response = NULL;
    g_autoptr(Answers) answers = answers_new();
    g_autoptr(GPtrArray) begun = NULL, going = NULL, done = NULL;
    assert_ok((form = response_form(visits->session, "ubu-ungdom", &error)));
    assert_ok((response = response_begin(visits->session, form, child, "child", placement->id, NULL,
                                         &error)));
    assert_ok((begun = placement_parts(visits->session, placement, &error)));
    assert_int_equal(part_of(begun, RESPONDENT_CHILD)->questions, 2);
    assert_int_equal(part_of(begun, RESPONDENT_CHILD)->answered, 0);
    answers_set(answers, "a", "", ANSWER_VALUE, "false");
    assert_ok(response_save(visits->session, response, form, answers, "a", "", &error));
    Call call = {.result = CALL_NO_ANSWER, .back_date = DATE_NONE, .back_time = -1};
    assert_ok(call_add(visits->session, response, &call, &error));
    assert_ok((going = placement_parts(visits->session, placement, &error)));
    const PlacementPart *part = part_of(going, RESPONDENT_CHILD);
    assert_int_equal(part->response_id, response->id);
    assert_false(part->completed);
    assert_int_equal(part->questions, 3);
    assert_int_equal(part->answered, 1);
    assert_int_equal(part->calls, 1);
    assert_int_equal(part_of(going, RESPONDENT_PARENT)->questions, 0);
    /* Given up and taken up again, with its task. */
    assert_ok(
        response_give_up(visits->session, response, NOT_DONE_DECLINED, "Orkade inte", &error));
    assert_tasks(visits, placement->id,
                 "case-officer 2027-01-29, -child 2027-01-29, parent 2027-01-29");
    assert_ok(response_take_up(visits->session, response->id, &error));
    assert_tasks(visits, placement->id,
                 "case-officer 2027-01-29, child 2027-01-29, parent 2027-01-29");
    g_clear_pointer(&response, response_free);
    g_clear_pointer(&answers, answers_free);
    g_autoptr(Form) asked = NULL;
    Form *version = NULL;
    Answers *given = NULL;
    assert_ok((response = response_open(visits->session, part->response_id, TRUE, FALSE, &version,
                                        &given, &error)));
    asked = version;
    answers = given;
    answers_set(answers, "b", "", ANSWER_VALUE, "true");
    assert_ok(response_save(visits->session, response, form, answers, "b", "", &error));
    assert_ok(response_complete(visits->session, response, asked, answers, &error));
    assert_tasks(visits, placement->id,
                 "case-officer 2027-01-29, -child 2027-01-29, parent 2027-01-29");
    assert_ok((done = placement_parts(visits->session, placement, &error)));
    part = part_of(done, RESPONDENT_CHILD);
    assert_true(part->completed);
    assert_int_equal(part->questions, 0);
}

/* --- others, and who may ---------------------------------------------------------------------- */

static void test_second_user(void **state)
{
    Visits *visits = *state;
    g_autoptr(Placement) mine = saved(visits, visits->client, "2026-02-01", NULL), theirs = NULL;
    g_autoptr(Session) second = fixture_open(&visits->unit, "grundare");
    assert_ok((theirs = placement_get(second, mine->id, &error)));
    theirs->started_on = date_parse("2026-03-01");
    assert_ok(placement_save(second, theirs, &error));
    mine->ended_on = date_parse("2026-10-31");
    GError *conflict = NULL;
    assert_false(placement_save(visits->session, mine, &conflict));
    assert_true(g_error_matches(conflict, DAGSFORM_ERROR, ERROR_CONFLICT));
    assert_non_null(strstr(conflict->message, "Grundare Ett"));
    g_error_free(conflict);
    assert_tasks(visits, mine->id, "");
    /* On top of theirs it goes. */
    theirs->ended_on = mine->ended_on;
    assert_ok(placement_save(visits->session, theirs, &error));
    assert_int_equal(theirs->version, 3);
    /* What both have changed alike is no conflict. */
    mine->started_on = theirs->started_on;
    assert_ok(placement_save(visits->session, mine, &error));
    assert_int_equal(mine->version, 3);
}

static void test_protected(void **state)
{
    Visits *visits = *state;
    fixture_reopen(&visits->unit, "grundare");
    visits->session = visits->unit.session;
    g_autoptr(Placement) placement = saved(visits, visits->hidden, "2026-02-01", "2026-10-31");
    assert_ok(db_run(session_db(visits->session), "DELETE FROM client_named_staff", NULL, &error));
    assert_fails(placement_of_client(visits->session, visits->hidden, &error), ERROR_DENIED);
    assert_fails(placement_get(visits->session, placement->id, &error), ERROR_DENIED);
    assert_fails(placement_open(visits->session, placement->id, &error), ERROR_DENIED);
    assert_fails(placement_parts(visits->session, placement, &error), ERROR_DENIED);
    assert_fails(placement_save(visits->session, placement, &error), ERROR_DENIED);
    /* Nor by calling it another client's. */
    placement->client_id = visits->client;
    assert_fails(placement_save(visits->session, placement, &error), ERROR_INTERNAL);
}

static void test_roles(void **state)
{
    Fixture *fixture = *state;
    static const struct {
        const char *login;
        StaffRole role;
        gboolean may;
    } users[] = {{"stod", ROLE_SUPPORT_WORKER, FALSE},
                 {"hand", ROLE_CASE_OFFICER, TRUE},
                 {"led", ROLE_TEAM_LEAD, TRUE},
                 {"admin", ROLE_ADMINISTRATOR, FALSE}};
    for (gsize i = 0; i < G_N_ELEMENTS(users); i++)
        fixture_user(fixture, users[i].login, users[i].role);
    fixture_reopen(fixture, "hand");
    gint64 client = add_client(fixture->session, "Emil Ärlig", PROTECTION_NONE);
    g_autoptr(Placement) placement = placement_of(client, "2026-02-01", NULL);
    assert_ok(placement_save(fixture->session, placement, &error));
    for (gsize i = 0; i < G_N_ELEMENTS(users); i++) {
        g_autoptr(GPtrArray) all = NULL, parts = NULL;
        g_autoptr(Placement) got = NULL;
        fixture_reopen(fixture, users[i].login);
        Session *session = fixture->session;
        if (users[i].may) {
            assert_ok((all = placement_of_client(session, client, &error)));
            assert_ok((got = placement_get(session, placement->id, &error)));
            assert_ok((parts = placement_parts(session, placement, &error)));
            assert_ok(placement_save(session, placement, &error));
            continue;
        }
        assert_fails(placement_of_client(session, client, &error), ERROR_DENIED);
        assert_fails(placement_get(session, placement->id, &error), ERROR_DENIED);
        assert_fails(placement_parts(session, placement, &error), ERROR_DENIED);
        assert_fails(placement_save(session, placement, &error), ERROR_DENIED);
    }
}

/* A15: nobody lives in two places; the day of a move belongs to both. */
static void test_a15_placements_do_not_overlap(void **state)
{
    const Visits *visits = *state;
    static const char *const REFUSED[][2] = {{"2026-01-01", NULL},
                                             {"2026-06-29", "2026-07-30"},
                                             {"2026-03-01", "2026-04-01"},
                                             {"2025-01-01", "2026-02-02"}};
    g_autoptr(Placement) first = saved(visits, visits->client, "2026-02-01", "2026-06-30");
    assert_int_not_equal(first->id, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(REFUSED); i++) {
        g_autoptr(Placement) other = placement_of(visits->client, REFUSED[i][0], REFUSED[i][1]);
        assert_fails(placement_save(visits->session, other, &error), ERROR_INPUT);
    }
    g_autoptr(Placement) before = saved(visits, visits->client, "2025-10-01", "2026-02-01");
    g_autoptr(Placement) after = saved(visits, visits->client, "2026-06-30", NULL);
    before->ended_on = date_parse("2026-02-02");
    assert_fails(placement_save(visits->session, before, &error), ERROR_INPUT);
    after->ended_on = date_parse("2026-10-30");
    assert_ok(placement_save(visits->session, after, &error));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(test_save_and_read),
        VISIT_TEST(test_a15_placements_do_not_overlap),
        VISIT_TEST(test_opening_is_logged),
        VISIT_TEST(test_wrong_days),
        VISIT_TEST(test_saved_once),
        VISIT_TEST(test_tasks_by_rule),
        VISIT_TEST(test_tasks_follow_changes),
        VISIT_TEST(test_birth_date_learnt),
        VISIT_TEST(test_tasks_follow_responses),
        VISIT_TEST(test_d13_two_parents),
        VISIT_TEST(test_not_asked),
        VISIT_TEST(test_save_after_responses),
        VISIT_TEST(test_parts),
        VISIT_TEST(test_unfinished),
        VISIT_TEST(test_second_user),
        VISIT_TEST(test_protected),
        FIXTURE_TEST(test_roles),
    };
    return cmocka_run_group_tests_name("care/placement", tests, NULL, NULL);
}
