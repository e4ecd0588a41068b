/* cover.c: a colleague is away, and whoever covers has the visits and tasks of those days, and no
 * others. Issue 11. */
#include "care/unit/cover_rows.h"

#include "care/client/client_guard.h"
#include "care/unit/pick.h"
#include "care/visit/second.h"
#include "care/visit/visit_words.h"
#include "tests/unit/care/fixture_response.h"

/* A desk where Berit (known from a file) has the visits, and the clients are nobody's own. */
static int cover_setup(void **state)
{
    desk_setup(state);
    const Desk *desk = *state;
    assert_ok(
        db_run(session_db(desk->lead), "UPDATE client SET support_worker_id = NULL", NULL, &error));
    return 0;
}
#define COVER_TEST(f) cmocka_unit_test_setup_teardown(f, cover_setup, desk_teardown)

static void today_is(const char *now)
{
    set_clock(now);
    assert_ok(clock_init(&error));
}

/* Bertil for Berit. */
static Cover *by_worker(const Desk *desk, const char *from, const char *to)
{
    Cover *cover = cover_new();
    cover->staff_id = desk->visits.staff;
    cover->cover_id = session_staff_id(desk->worker);
    cover->from = date_parse(from);
    cover->to = date_parse(to);
    return cover;
}

static gint64 covered(const Desk *desk, const char *from, const char *to)
{
    g_autoptr(Cover) cover = by_worker(desk, from, to);
    assert_ok(cover_add(desk->lead, cover, NULL, &error));
    return cover->id;
}

static gint64 plan_for(const Desk *desk, gint64 client, const char *date, const char *start)
{
    g_autoptr(Visit) visit = planned_visit(&desk->visits, date, start);
    visit->client_id = client;
    assert_ok(visit_add(desk->lead, visit, &error));
    return visit->id;
}

static gint64 give_task(const Desk *desk, gint64 client)
{
    g_autoptr(Task) task = task_new();
    task->client_id = client;
    task->staff_id = desk->visits.staff;
    task->due_date = clock_today();
    assert_ok(task_add(desk->lead, task, &error));
    return task->id;
}

/* The visits of a day in one's own list; the count says the same. */
static guint own_on(Session *session, const char *date)
{
    gint64 count = -1;
    const VisitQuery query = {.from = date_parse(date),
                              .to = date_parse(date),
                              .staff_id = session_staff_id(session),
                              .covered = TRUE,
                              .outcome = -1};
    g_autoptr(GPtrArray) visits = NULL;
    assert_ok((visits = visit_list(session, &query, NULL, 100, &error)));
    assert_ok(visit_count(session, &query, &count, &error));
    assert_int_equal(count, visits->len);
    return visits->len;
}

static guint own_tasks(Session *session)
{
    gint64 open = -1, due = -1;
    const TaskFilter mine = {.mine = TRUE};
    g_autoptr(GPtrArray) tasks = NULL;
    assert_ok((tasks = task_list(session, mine, NULL, 100, &error)));
    assert_ok(task_count(session, mine, clock_today(), &open, &due, &error));
    assert_int_equal(open, tasks->len);
    return tasks->len;
}

/* --- whose they are --------------------------------------------------------------------------- */

static void visits_of_those_days_are_in_the_list_of_whoever_covers(void **state)
{
    const Desk *desk = *state;
    plan(&desk->visits, "2026-12-30", "09:00");
    plan(&desk->visits, "2026-12-31", "09:00");
    plan(&desk->visits, "2027-01-01", "09:00");
    plan(&desk->visits, "2027-01-02", "09:00");
    covered(desk, "2026-12-31", "2027-01-01");
    today_is("2026-12-31T08:00");
    assert_int_equal(own_on(desk->worker, "2026-12-30"), 0);
    assert_int_equal(own_on(desk->worker, "2026-12-31"), 1);
    assert_int_equal(own_on(desk->worker, "2027-01-01"), 1);
    assert_int_equal(own_on(desk->worker, "2027-01-02"), 0);
    assert_int_equal(own_on(desk->officer, "2026-12-31"), 0);
}

/* Whoever sees the unit counts another way. */
static void a_case_officer_can_cover(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Cover) cover = by_worker(desk, "2026-11-23", "2026-11-23");
    cover->cover_id = session_staff_id(desk->officer);
    plan(&desk->visits, "2026-11-23", "09:00");
    plan_for(desk, desk->hidden, "2026-11-23", "11:00");
    assert_ok(cover_add(desk->lead, cover, NULL, &error));
    assert_int_equal(own_on(desk->officer, "2026-11-23"), 1);
}

static void visit_says_who_covers(void **state)
{
    const Desk *desk = *state;
    const gint64 visit = plan(&desk->visits, "2026-11-23", "09:00");
    const gint64 later = plan(&desk->visits, "2026-11-25", "09:00");
    covered(desk, "2026-11-23", "2026-11-24");
    g_autoptr(Visit) there = get(&desk->visits, visit), after = get(&desk->visits, later);
    g_autofree char *words = visit_words_staff(there), *own = visit_words_staff(after);
    g_autofree char *wanted =
        g_strdup_printf("%s for Berit Stöd", session_staff_name(desk->worker));
    assert_string_equal(words, wanted);
    assert_string_equal(own, "Berit Stöd");
    assert_int_equal(there->staff_id, desk->visits.staff);
}

static void tasks_are_there_today_and_go_back_by_themselves(void **state)
{
    const Desk *desk = *state;
    const guint before = own_tasks(desk->worker);
    give_task(desk, desk->client);
    give_task(desk, desk->hidden);
    assert_int_equal(own_tasks(desk->worker), before);
    covered(desk, "2026-11-22", "2026-11-23");
    assert_int_equal(own_tasks(desk->worker), before + 1);
    today_is("2026-11-23T23:59");
    assert_int_equal(own_tasks(desk->worker), before + 1);
    today_is("2026-11-24T00:00");
    assert_int_equal(own_tasks(desk->worker), before);
}

/* --- access by need --------------------------------------------------------------------------- */

static void the_card_opens_on_those_days_alone(void **state)
{
    const Desk *desk = *state;
    plan(&desk->visits, "2026-11-24", "09:00");
    assert_false(client_may_open(desk->worker, desk->client));
    covered(desk, "2026-11-23", "2026-11-24");
    assert_false(client_may_open(desk->worker, desk->client));
    today_is("2026-11-23T08:00");
    assert_true(client_may_open(desk->worker, desk->client));
    assert_false(client_may_open(desk->worker, desk->visits.other));
    today_is("2026-11-25T08:00");
    assert_false(client_may_open(desk->worker, desk->client));
}

static void a_visit_of_another_day_opens_no_card(void **state)
{
    const Desk *desk = *state;
    plan(&desk->visits, "2026-11-25", "09:00");
    covered(desk, "2026-11-22", "2026-11-24");
    assert_false(client_may_open(desk->worker, desk->client));
}

static void clients_assigned_to_the_colleague_and_those_of_tasks_open(void **state)
{
    const Desk *desk = *state;
    give_task(desk, desk->client);
    const DbParam *params =
        DB_PARAMS(DB_INT("staff", desk->visits.staff), DB_INT("other", desk->visits.other));
    assert_ok(db_run(session_db(desk->lead),
                     "UPDATE client SET support_worker_id = :staff WHERE id = :other", params,
                     &error));
    covered(desk, "2026-11-22", "2026-11-22");
    assert_true(client_may_open(desk->worker, desk->client));
    assert_true(client_may_open(desk->worker, desk->visits.other));
}

static char *two(const Desk *desk, gint64 visit_id)
{
    g_autoptr(Visit) visit = NULL;
    assert_ok((visit = visit_get(desk->lead, visit_id, &error)));
    return second_words(desk->lead, visit);
}

/* Where two were to go, and the one who is away went along, or is gone along with by whoever
 * covers. */
static void a_visit_that_two_go_to_is_told(void **state)
{
    const Desk *desk = *state;
    CoverDone done;
    const gint64 worker = session_staff_id(desk->worker);
    const gint64 with_worker = plan(&desk->visits, "2026-11-22", "09:00");
    const gint64 with_berit = plan(&desk->visits, "2026-11-22", "13:00");
    const gint64 later = plan(&desk->visits, "2026-11-23", "13:00");
    const DbParam *params =
        DB_PARAMS(DB_INT("officer", session_staff_id(desk->officer)), DB_INT("id", with_berit));
    assert_ok(db_run(session_db(desk->lead), "UPDATE visit SET staff_id = :officer WHERE id = :id",
                     params, &error));
    assert_ok(second_set(desk->lead, with_worker, worker, FALSE, &error));
    assert_ok(second_set(desk->lead, with_berit, desk->visits.staff, FALSE, &error));
    assert_ok(second_set(desk->lead, later, worker, FALSE, &error));
    g_autoptr(Cover) cover = by_worker(desk, "2026-11-22", "2026-11-22");
    assert_ok(cover_add(desk->lead, cover, &done, &error));
    assert_int_equal(done.alone, 2);
    assert_int_equal(done.clashes, 0); /* not with itself */
    g_autofree char *said = cover_words_done(cover, &done);
    assert_non_null(strstr(said, "On 2 visits two were to go, and one does now"));
    g_autofree char *one = two(desk, with_worker), *other = two(desk, with_berit),
                    *both = two(desk, later);
    assert_string_equal(one, "bertil, but one of the two is away: choose who goes along");
    assert_string_equal(other, "Berit Stöd, but one of the two is away: choose who goes along");
    assert_string_equal(both, "bertil");
    assert_ok(second_set(desk->lead, with_worker, 0, FALSE, &error));
    assert_null(two(desk, with_worker));
}

/* What whoever covers goes along on is their time too. */
static void what_one_goes_along_on_clashes(void **state)
{
    const Desk *desk = *state;
    CoverDone done;
    plan(&desk->visits, "2026-11-22", "09:00");
    const gint64 at_once = plan(&desk->visits, "2026-11-22", "09:30");
    const DbParam *params =
        DB_PARAMS(DB_INT("officer", session_staff_id(desk->officer)), DB_INT("id", at_once));
    assert_ok(db_run(session_db(desk->lead), "UPDATE visit SET staff_id = :officer WHERE id = :id",
                     params, &error));
    assert_ok(second_set(desk->lead, at_once, session_staff_id(desk->worker), FALSE, &error));
    g_autoptr(Cover) cover = by_worker(desk, "2026-11-22", "2026-11-22");
    assert_ok(cover_add(desk->lead, cover, &done, &error));
    assert_int_equal(done.clashes, 1);
    assert_int_equal(done.alone, 0);
}

static void protected_identity_stays_closed(void **state)
{
    const Desk *desk = *state;
    CoverDone done;
    g_autoptr(Cover) cover = by_worker(desk, "2026-11-22", "2026-11-22");
    const gint64 visit = plan_for(desk, desk->hidden, "2026-11-22", "11:00");
    give_task(desk, desk->hidden);
    assert_ok(cover_add(desk->lead, cover, &done, &error));
    assert_int_equal(done.closed, 2);
    assert_int_equal(done.visits + done.tasks, 0);
    assert_int_equal(own_on(desk->worker, "2026-11-22"), 0);
    assert_false(client_may_open(desk->worker, desk->hidden));
    g_autoptr(Visit) seen = NULL;
    assert_fails((seen = visit_get(desk->worker, visit, &error)) != NULL, ERROR_DENIED);
}

/* What was done on the last day is written down the day after, as with one's own. */
static void a_covered_visit_is_recorded_afterwards(void **state)
{
    const Desk *desk = *state;
    gint64 forgotten = 0;
    Date latest;
    const gint64 visit = plan(&desk->visits, "2026-11-22", "09:00");
    const gint64 not_covered = plan(&desk->visits, "2026-11-23", "09:00");
    covered(desk, "2026-11-22", "2026-11-22");
    today_is("2026-11-24T08:00");
    assert_ok(visit_unrecorded(desk->worker, session_staff_id(desk->worker), clock_today(),
                               &forgotten, &latest, &error));
    assert_int_equal(forgotten, 1);
    const VisitOutcome what = came(OUTCOME_DONE, NULL);
    g_autoptr(Visit) other = NULL;
    assert_fails((other = visit_get(desk->worker, not_covered, &error)) != NULL, ERROR_DENIED);
    assert_ok(visit_record(desk->worker, visit, 1, &what, NULL, NULL, &error));
    g_autoptr(Visit) recorded = get(&desk->visits, visit);
    assert_int_equal(recorded->recorded_by, session_staff_id(desk->worker));
    today_is("2026-12-23T08:00");
    g_autoptr(Visit) old = NULL;
    assert_fails((old = visit_get(desk->worker, visit, &error)) != NULL, ERROR_DENIED);
}

/* --- who says it ------------------------------------------------------------------------------ */

static void nobody_gives_themselves_a_colleague_s_clients(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Cover) cover = by_worker(desk, "2026-11-22", "2026-11-22");
    assert_fails(cover_add(desk->worker, cover, NULL, &error), ERROR_DENIED);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM cover"), 0);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM audit WHERE entity = 'cover'"
                                             " AND action = 'denied'"),
                     1);
    const gint64 id = covered(desk, "2026-11-22", "2026-11-22");
    g_autoptr(Cover) seen = NULL;
    assert_fails((seen = cover_get(desk->worker, id, &error)) != NULL, ERROR_DENIED);
    assert_fails(cover_end(desk->worker, id, &error), ERROR_DENIED);
    g_autoptr(GPtrArray) none = NULL;
    assert_ok((none = cover_list(desk->worker, &error)));
    assert_int_equal(none->len, 0);
    assert_false(cover_may_set(desk->worker, desk->visits.staff));
}

/* Nor by changing one's own into another's. */
static void one_s_own_is_not_made_another_s(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Cover) cover = by_worker(desk, "2026-11-22", "2026-11-22");
    cover->staff_id = session_staff_id(desk->worker);
    cover->cover_id = desk->visits.colleague;
    assert_ok(cover_add(desk->worker, cover, NULL, &error));
    cover->staff_id = desk->visits.staff;
    cover->cover_id = session_staff_id(desk->worker);
    assert_fails(cover_change(desk->worker, cover, NULL, &error), ERROR_DENIED);
}

static void the_colleague_says_who_covers(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Cover) cover = by_worker(desk, "2026-11-23", "2026-11-24");
    cover->staff_id = session_staff_id(desk->worker);
    cover->cover_id = desk->visits.colleague;
    assert_ok(cover_add(desk->worker, cover, NULL, &error));
    g_autoptr(GPtrArray) mine = NULL;
    assert_ok((mine = cover_list(desk->worker, &error)));
    assert_int_equal(mine->len, 1);
}

/* --- what cannot be --------------------------------------------------------------------------- */

static void refuses(const Desk *desk, gint64 staff, gint64 cover_id, const char *from,
                    const char *to, const char *sentence)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Cover) cover = cover_new();
    cover->staff_id = staff;
    cover->cover_id = cover_id;
    cover->from = date_parse(from);
    cover->to = date_parse(to);
    assert_false(cover_add(desk->lead, cover, NULL, &error));
    assert_int_equal(error->code, ERROR_INPUT);
    if (strstr(error->message, sentence) == NULL)
        fail_msg("%s", error->message);
}

static void what_cannot_be_is_refused_with_what_to_do(void **state)
{
    const Desk *desk = *state;
    const gint64 berit = desk->visits.staff, carl = desk->visits.colleague,
                 officer = session_staff_id(desk->officer);
    covered(desk, "2026-11-23", "2026-11-27"); /* Bertil for Berit */
    refuses(desk, berit, carl, "2026-11-27", "2026-12-01", "covers for Berit Stöd already");
    refuses(desk, carl, berit, "2026-11-20", "2026-11-23", "Berit Stöd is away too");
    refuses(desk, carl, carl, "2026-11-27", "2026-11-27", "Nobody covers for themselves");
    refuses(desk, carl, officer, "2026-11-27", "2026-11-26", "before the first one");
    refuses(desk, 0, carl, "2026-11-27", "2026-11-27", "who is away");
    refuses(desk, carl, 0, "2026-11-27", "2026-11-27", "who covers");
    fixture_user(&((Desk *)desk)->visits.unit, "adam", ROLE_ADMINISTRATOR);
    const gint64 adam = fixture_int(desk->lead, "SELECT id FROM staff WHERE login = 'adam'");
    refuses(desk, carl, adam, "2026-11-27", "2026-11-27", "an administrator does not");
    /* Beside it, and both at once. */
    g_autoptr(Cover) other = by_worker(desk, "2026-11-27", "2026-11-30");
    other->staff_id = carl;
    assert_ok(cover_add(desk->lead, other, NULL, &error));
    covered(desk, "2026-11-28", "2026-11-28");
}

/* --- what it comes to ------------------------------------------------------------------------- */

/* "Berit Stöd: Bertil 23-24" and so on, by who is away and the day; a line each. New. */
static char *all_covers(const Desk *desk)
{
    GPtrArray *all = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    assert_ok((all = cover_list(desk->lead, &error)));
    for (guint i = 0; i < all->len; i++) {
        const Cover *cover = all->pdata[i];
        char from[DATE_SIZE], to[DATE_SIZE];
        g_string_append_printf(text, "%s: %s %s-%s%s%s\n", cover->staff_name, cover->cover_name,
                               date_format(cover->from, from) + 8, date_format(cover->to, to) + 8,
                               cover->word != NULL ? " " : "",
                               cover->word != NULL ? cover->word : "");
    }
    g_ptr_array_unref(all);
    return g_strdup(text->str);
}

/* Who is ill covers for nobody: whoever covers for them has that too, on those days alone. */
static void what_one_covers_goes_along(void **state)
{
    const Desk *desk = *state;
    const gint64 bertil = session_staff_id(desk->worker), officer = session_staff_id(desk->officer);
    CoverDone done;
    g_autoptr(Cover) first = by_worker(desk, "2026-11-23", "2026-11-27");
    first->word = g_strdup("Nyckeln");
    assert_ok(cover_add(desk->lead, first, NULL, &error));
    plan_for(desk, desk->visits.client, "2026-11-24", "10:00");
    plan_for(desk, desk->visits.client, "2026-11-25", "10:00");
    g_autoptr(Cover) ill = by_worker(desk, "2026-11-25", "2026-11-25");
    ill->staff_id = bertil;
    ill->cover_id = officer;
    /* Who says it must see all: what goes along is a third colleague's. */
    GError *fault = NULL;
    assert_false(cover_add(desk->worker, ill, NULL, &fault));
    assert_non_null(strstr(fault->message, "Tell a case officer or the team lead"));
    g_clear_error(&fault);
    assert_ok(cover_add(desk->lead, ill, &done, &error));
    assert_int_equal(done.passed, 1);
    assert_int_equal(done.visits, 1);
    g_autofree char *days = all_covers(desk);
    assert_non_null(strstr(days, "23-24 Nyckeln\n"));
    assert_non_null(strstr(days, "25-25 Nyckeln\n"));
    assert_non_null(strstr(days, "26-27 Nyckeln\n"));
    const VisitQuery query = {.from = date_parse("2026-11-23"),
                              .to = date_parse("2026-11-27"),
                              .staff_id = officer,
                              .covered = TRUE,
                              .outcome = -1};
    GPtrArray *visits = NULL;
    assert_ok((visits = visit_list(desk->officer, &query, NULL, 9, &error)));
    assert_int_equal(visits->len, 1);
    assert_int_equal(((const Visit *)visits->pdata[0])->date, date_parse("2026-11-25"));
    g_ptr_array_unref(visits);
    /* All of the days at once: it is another's. */
    g_autoptr(Cover) rest = by_worker(desk, "2026-11-26", "2026-11-30");
    rest->staff_id = bertil;
    rest->cover_id = officer;
    assert_ok(cover_add(desk->lead, rest, &done, &error));
    assert_int_equal(done.passed, 1);
    assert_int_equal(fixture_int(desk->lead,
                                 "SELECT COUNT(*) FROM cover WHERE from_on = '2026-11-26'"
                                 " AND to_on = '2026-11-27' AND withdrawn_ms IS NULL"),
                     1);
    g_autofree char *words = cover_words_done(rest, &done);
    assert_non_null(strstr(words, "covers for 1 colleague is among them."));
    assert_int_equal(fixture_faults(desk->lead, NULL), 0);
}

/* Not to the one who is away, nor to one who is away too. */
static void what_one_covers_goes_to_nobody_away(void **state)
{
    const Desk *desk = *state;
    const gint64 bertil = session_staff_id(desk->worker), berit = desk->visits.staff,
                 carl = desk->visits.colleague, officer = session_staff_id(desk->officer);
    covered(desk, "2026-11-23", "2026-11-27");
    refuses(desk, bertil, berit, "2026-11-25", "2026-11-25", "is away too");
    g_autoptr(Cover) other = by_worker(desk, "2026-11-25", "2026-11-25");
    other->staff_id = carl;
    other->cover_id = officer;
    assert_ok(cover_add(desk->lead, other, NULL, &error));
    refuses(desk, bertil, carl, "2026-11-24", "2026-11-26", "is away too");
    g_autofree char *days = all_covers(desk);
    assert_non_null(strstr(days, "23-27\n"));
}

static void it_says_what_it_comes_to(void **state)
{
    const Desk *desk = *state;
    CoverDone done;
    g_autoptr(Cover) cover = by_worker(desk, "2026-11-21", "2026-11-23");
    cover->staff_name = g_strdup("Berit");
    cover->cover_name = g_strdup("Bertil");
    plan(&desk->visits, "2026-11-21", "09:00"); /* over */
    plan(&desk->visits, "2026-11-23", "09:00");
    plan(&desk->visits, "2026-11-23", "13:00");
    plan(&desk->visits, "2026-11-24", "09:00");
    give_task(desk, desk->client);
    g_autoptr(Visit) own = planned_visit(&desk->visits, "2026-11-23", "13:59");
    own->staff_id = session_staff_id(desk->worker);
    own->client_id = desk->visits.other;
    assert_ok(visit_add(desk->lead, own, &error));
    assert_ok(cover_add(desk->lead, cover, &done, &error));
    assert_int_equal(done.visits, 2);
    assert_int_equal(done.tasks, 1);
    assert_int_equal(done.clashes, 1);
    g_autofree char *words = cover_words_done(cover, &done);
    assert_string_equal(words,
                        "Bertil covers for Berit, 2026-11-21 to 2026-11-23: 2 visits, 1 task."
                        " 1 visit is at the same time as one of Bertil’s own.");
}

static void the_word_is_said_to_whoever_covers(void **state)
{
    const Desk *desk = *state;
    g_autofree char *to_cover = NULL, *to_lead = NULL, *later = NULL;
    g_autoptr(Cover) cover = by_worker(desk, "2026-11-22", "2026-11-27");
    cover->word = g_strdup("Nyckeln ligger i skåpet.");
    assert_ok(cover_add(desk->lead, cover, NULL, &error));
    assert_ok(cover_words_of_me(desk->worker, clock_today(), &to_cover, &error));
    assert_ok(cover_words_of_me(desk->lead, clock_today(), &to_lead, &error));
    assert_ok(cover_words_of_me(desk->worker, date_parse("2026-11-28"), &later, &error));
    assert_string_equal(to_cover, "You cover for Berit Stöd to Fri 2026-11-27: “Nyckeln ligger i "
                                  "skåpet.”");
    assert_null(to_lead);
    assert_null(later);
    assert_int_equal(
        fixture_int(desk->lead, "SELECT COUNT(*) FROM audit WHERE changes LIKE '%Nyckeln%'"), 0);
}

/* --- changing --------------------------------------------------------------------------------- */

static void somebody_else_goes_on_from_today(void **state)
{
    const Desk *desk = *state;
    plan(&desk->visits, "2026-11-22", "09:00");
    plan(&desk->visits, "2026-11-24", "09:00");
    const gint64 id = covered(desk, "2026-11-22", "2026-11-25");
    today_is("2026-11-24T08:00");
    g_autoptr(Cover) cover = NULL;
    assert_ok((cover = cover_get(desk->lead, id, &error)));
    cover->cover_id = session_staff_id(desk->officer);
    assert_ok(cover_change(desk->lead, cover, NULL, &error));
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM cover"), 2);
    assert_int_equal(own_on(desk->worker, "2026-11-22"), 1); /* stays whose it was */
    assert_int_equal(own_on(desk->worker, "2026-11-24"), 0);
    assert_int_equal(own_on(desk->officer, "2026-11-22"), 0);
    assert_int_equal(own_on(desk->officer, "2026-11-24"), 1);
}

static void two_who_change_it_do_not_write_over_each_other(void **state)
{
    const Desk *desk = *state;
    const gint64 id = covered(desk, "2026-11-22", "2026-11-25");
    g_autoptr(Cover) one = NULL, two = NULL;
    assert_ok((one = cover_get(desk->lead, id, &error)));
    assert_ok((two = cover_get(desk->officer, id, &error)));
    one->to = date_parse("2026-11-26");
    assert_ok(cover_change(desk->lead, one, NULL, &error));
    two->to = date_parse("2026-11-23");
    assert_fails(cover_change(desk->officer, two, NULL, &error), ERROR_CONFLICT);
    two->to = one->to;
    assert_ok(cover_change(desk->officer, two, NULL, &error)); /* says the same */
}

static void the_colleague_is_back(void **state)
{
    const Desk *desk = *state;
    const gint64 id = covered(desk, "2026-11-22", "2026-11-25");
    plan(&desk->visits, "2026-11-22", "09:00");
    plan(&desk->visits, "2026-11-24", "09:00");
    today_is("2026-11-23T08:00");
    assert_ok(cover_end(desk->lead, id, &error));
    assert_ok(cover_end(desk->lead, id, &error)); /* once more is no harm */
    assert_int_equal(own_on(desk->worker, "2026-11-22"), 1);
    assert_int_equal(own_on(desk->worker, "2026-11-24"), 0);
    const gint64 mistake = covered(desk, "2026-11-23", "2026-11-25");
    assert_ok(cover_end(desk->lead, mistake, &error));
    assert_int_equal(own_on(desk->worker, "2026-11-24"), 0);
    g_autoptr(GPtrArray) none = NULL;
    assert_ok((none = cover_list(desk->lead, &error)));
    assert_int_equal(none->len, 0);
    covered(desk, "2026-11-24", "2026-11-25"); /* what was a mistake is in nobody's way */
}

/* --- rows ------------------------------------------------------------------------------------- */

static void rows_are_read(void **state)
{
    const Desk *desk = *state;
    const char *faults[COVER_ROW_COUNT];
    g_autoptr(Cover) cover = cover_new();
    g_autoptr(GPtrArray) staff = NULL;
    assert_ok((staff = pick_staff(desk->lead, &error)));
    char *typed[] = {(char *)"berit", (char *)"carl", (char *)"fri", (char *)"", (char *)" ", NULL};
    assert_true(cover_rows_take(staff, typed, cover, faults));
    assert_int_equal(cover->staff_id, desk->visits.staff);
    assert_int_equal(cover->cover_id, desk->visits.colleague);
    assert_int_equal(cover->from, clock_today());
    assert_int_equal(cover->to, date_parse("2026-11-27"));
    assert_null(cover->word);
    typed[COVER_ROW_TO] = (char *)""; /* the first day alone */
    typed[COVER_ROW_FROM] = (char *)"tomorrow";
    assert_true(cover_rows_take(staff, typed, cover, faults));
    assert_int_equal(cover->to, date_parse("2026-11-23"));
    typed[COVER_ROW_STAFF] = (char *)"be"; /* Berit or Bertil */
    typed[COVER_ROW_COVER] = (char *)"nobody at all";
    typed[COVER_ROW_TO] = (char *)"some day";
    assert_false(cover_rows_take(staff, typed, cover, faults));
    assert_non_null(faults[COVER_ROW_STAFF]);
    assert_non_null(faults[COVER_ROW_COVER]);
    assert_non_null(faults[COVER_ROW_TO]);
    assert_null(faults[COVER_ROW_FROM]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COVER_TEST(visits_of_those_days_are_in_the_list_of_whoever_covers),
        COVER_TEST(a_case_officer_can_cover),
        COVER_TEST(visit_says_who_covers),
        COVER_TEST(tasks_are_there_today_and_go_back_by_themselves),
        COVER_TEST(the_card_opens_on_those_days_alone),
        COVER_TEST(a_visit_of_another_day_opens_no_card),
        COVER_TEST(clients_assigned_to_the_colleague_and_those_of_tasks_open),
        COVER_TEST(a_visit_that_two_go_to_is_told),
        COVER_TEST(what_one_goes_along_on_clashes),
        COVER_TEST(protected_identity_stays_closed),
        COVER_TEST(a_covered_visit_is_recorded_afterwards),
        COVER_TEST(nobody_gives_themselves_a_colleague_s_clients),
        COVER_TEST(one_s_own_is_not_made_another_s),
        COVER_TEST(the_colleague_says_who_covers),
        COVER_TEST(what_cannot_be_is_refused_with_what_to_do),
        COVER_TEST(what_one_covers_goes_along),
        COVER_TEST(what_one_covers_goes_to_nobody_away),
        COVER_TEST(it_says_what_it_comes_to),
        COVER_TEST(the_word_is_said_to_whoever_covers),
        COVER_TEST(somebody_else_goes_on_from_today),
        COVER_TEST(two_who_change_it_do_not_write_over_each_other),
        COVER_TEST(the_colleague_is_back),
        COVER_TEST(rows_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
