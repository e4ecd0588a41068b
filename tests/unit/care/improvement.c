/* Improvement work, its changes and small tests, and notes on weeks: who writes them, that what was
 * written stays in the log, and that nobody overwrites what another has written meanwhile. */
#include "care/improvement/improvement.h"

#include "care/improvement/cycle.h"
#include "care/improvement/week_note.h"
#include "fixture.h"

#define WEEK 202634

static int setup(void **state)
{
    fixture_setup_empty(state);
    fixture_make(*state, ROLE_TEAM_LEAD);
    return 0;
}

#define IMPROVEMENT_TEST(f) cmocka_unit_test_setup_teardown(f, setup, fixture_teardown)

static Session *session_of(void **state)
{
    return ((Fixture *)*state)->session;
}

static Improvement *work(const char *name, const char *begun)
{
    Improvement *improvement = improvement_new(date_parse(begun));
    improvement->name = g_strdup(name);
    return improvement;
}

static Cycle *change(gint64 work_id, const char *name, const char *from)
{
    Cycle *cycle = cycle_new(work_id, date_parse(from));
    cycle->name = g_strdup(name);
    return cycle;
}

static gint64 saved_work(Session *session, const char *name, const char *begun)
{
    g_autoptr(Improvement) improvement = work(name, begun);
    assert_ok(improvement_save(session, improvement, &error));
    assert_true(improvement->id != 0);
    assert_int_equal(improvement->version, 1);
    return improvement->id;
}

static void test_a_work_is_kept(void **state)
{
    Session *session = session_of(state);
    g_autoptr(Improvement) made = work("  Färre\nuteblir ", "2026-08-10");
    made->aim = g_strdup("Att fler får sitt stöd.\n");
    made->measure = g_strdup("Andelen uteblivna");
    made->target = 120;
    assert_ok(improvement_save(session, made, &error));
    g_autoptr(Improvement) read = NULL;
    assert_ok((read = improvement_get(session, made->id, &error)));
    assert_string_equal(read->name, "Färre uteblir");
    assert_string_equal(read->aim, "Att fler får sitt stöd.");
    assert_string_equal(read->measure, "Andelen uteblivna");
    assert_int_equal(read->target, 120);
    assert_int_equal(read->begun_on, date_parse("2026-08-10"));
    assert_int_equal(read->ended_on, DATE_NONE);

    read->target = IMPROVEMENT_NO_TARGET;
    read->ended_on = date_parse("2026-11-01");
    g_free(read->measure);
    read->measure = g_strdup("  ");
    assert_ok(improvement_save(session, read, &error));
    assert_int_equal(read->version, 2);
    g_autoptr(Improvement) again = NULL;
    assert_ok((again = improvement_get(session, made->id, &error)));
    assert_int_equal(again->target, IMPROVEMENT_NO_TARGET);
    assert_int_equal(again->ended_on, date_parse("2026-11-01"));
    assert_null(again->measure);
    /* What stood before is in the log. */
    assert_int_equal(fixture_int(session, "SELECT COUNT(*) FROM audit WHERE entity = 'improvement'"
                                          " AND action = 'change' AND changes LIKE '%Andelen%'"),
                     1);
    assert_int_equal(fixture_faults(session, NULL), 0);
}

/* Saved twice with the same id, as after a lost answer, and changed to what it is: no second row,
 * no new version, no entry. */
static void test_saving_twice_is_saving_once(void **state)
{
    Session *session = session_of(state);
    g_autoptr(Improvement) improvement = work("Färre uteblir", "2026-08-10");
    for (int twice = 0; twice < 2; twice++) {
        improvement->version = 0;
        assert_ok(improvement_save(session, improvement, &error));
        assert_int_equal(improvement->version, 1);
    }
    assert_ok(improvement_save(session, improvement, &error));
    g_autoptr(Cycle) cycle = change(improvement->id, "Påminnelse", "2026-08-17");
    for (int twice = 0; twice < 2; twice++) {
        cycle->version = 0;
        assert_ok(cycle_save(session, cycle, &error));
        assert_int_equal(cycle->version, 1);
    }
    assert_ok(cycle_save(session, cycle, &error));
    for (int twice = 0; twice < 2; twice++)
        assert_ok(week_note_save(session, WEEK, NULL, "Höstlov", &error));
    assert_int_equal(fixture_int(session, "SELECT COUNT(*) FROM audit WHERE entity = 'improvement'"
                                          " OR entity = 'cycle' OR entity = 'week_note'"),
                     3);
}

static void test_the_list_and_its_target(void **state)
{
    Session *session = session_of(state);
    g_autoptr(Improvement) first = work("Förra året", "2025-09-01");
    first->target = 180;
    first->ended_on = date_parse("2026-08-16");
    assert_ok(improvement_save(session, first, &error));
    saved_work(session, "Utan mål", "2026-09-01");
    g_autoptr(Improvement) last = work("Färre uteblir", "2026-08-10");
    last->target = 100;
    assert_ok(improvement_save(session, last, &error));
    g_autoptr(GPtrArray) all = NULL;
    assert_ok((all = improvement_list(session, &error)));
    static const char *const order[] = {"Utan mål", "Färre uteblir", "Förra året"};
    assert_int_equal(all->len, G_N_ELEMENTS(order));
    for (guint i = 0; i < all->len; i++)
        assert_string_equal(((const Improvement *)all->pdata[i])->name, order[i]);
    assert_int_equal(improvement_target(all, date_parse("2025-08-31")), IMPROVEMENT_NO_TARGET);
    assert_int_equal(improvement_target(all, date_parse("2026-08-09")), 180);
    assert_int_equal(improvement_target(all, date_parse("2026-08-16")), 100);
    assert_int_equal(improvement_target(all, date_parse("2026-12-31")), 100);
}

static void test_a_cycle_is_kept(void **state)
{
    Session *session = session_of(state);
    gint64 work_id = saved_work(session, "Färre uteblir", "2026-08-10");
    gint64 other = saved_work(session, "Något annat", "2026-08-10");
    g_autoptr(Cycle) later = change(work_id, "Påminnelse dagen innan", "2026-08-17");
    later->prediction = g_strdup("Färre glömmer.");
    later->happened = g_strdup("Alla fick ett samtal.");
    later->learned = g_strdup("De som mår dåligt avbokade mindre.");
    later->next = g_strdup("Vi fortsätter.");
    assert_ok(cycle_save(session, later, &error));
    g_autoptr(Cycle) sooner = change(work_id, "Två ringer", "2026-08-03");
    sooner->kind = CYCLE_TEST;
    sooner->rebase = FALSE;
    assert_ok(cycle_save(session, sooner, &error));
    g_autoptr(Cycle) elsewhere = change(other, "Kortare besök", "2026-08-10");
    assert_ok(cycle_save(session, elsewhere, &error));

    g_autoptr(GPtrArray) own = NULL, all = NULL;
    assert_ok((own = cycle_list(session, work_id, &error)));
    assert_int_equal(own->len, 2);
    const Cycle *test = own->pdata[0], *changed = own->pdata[1];
    assert_string_equal(test->name, "Två ringer");
    assert_int_equal(test->kind, CYCLE_TEST);
    assert_false(test->rebase);
    assert_null(test->prediction);
    assert_int_equal(changed->kind, CYCLE_CHANGE);
    assert_true(changed->rebase);
    assert_string_equal(changed->prediction, "Färre glömmer.");
    assert_string_equal(changed->happened, "Alla fick ett samtal.");
    assert_string_equal(changed->learned, "De som mår dåligt avbokade mindre.");
    assert_string_equal(changed->next, "Vi fortsätter.");
    assert_int_equal(changed->from, date_parse("2026-08-17"));
    assert_ok((all = cycle_list(session, 0, &error)));
    assert_int_equal(all->len, 3);
    assert_string_equal(((const Cycle *)all->pdata[1])->name, "Kortare besök");

    sooner->from = date_parse("2026-08-24");
    assert_ok(cycle_save(session, sooner, &error));
    assert_int_equal(sooner->version, 2);
    g_autoptr(Cycle) read = NULL;
    assert_ok((read = cycle_get(session, sooner->id, &error)));
    assert_int_equal(read->from, date_parse("2026-08-24"));
    assert_int_equal(fixture_faults(session, NULL), 0);
}

static void test_notes_on_weeks(void **state)
{
    Session *session = session_of(state);
    assert_ok(week_note_save(session, WEEK, NULL, " Höstlov. \n", &error));
    assert_ok(week_note_save(session, 202645, NULL, "Influensa", &error));
    g_autoptr(GPtrArray) notes = NULL;
    assert_ok((notes = week_note_list(session, 202620, 202644, &error)));
    assert_int_equal(notes->len, 1);
    const WeekNote *note = notes->pdata[0];
    assert_int_equal(note->week, WEEK);
    assert_string_equal(note->words, "Höstlov.");
    assert_string_equal(note->staff_name, "Grundare Ett");
    /* Taken away, it is no longer listed; the log has what it was. */
    assert_ok(week_note_save(session, WEEK, "Höstlov.", "  ", &error));
    g_autoptr(GPtrArray) left = NULL;
    assert_ok((left = week_note_list(session, 202620, 202645, &error)));
    assert_int_equal(left->len, 1);
    assert_int_equal(fixture_int(session, "SELECT COUNT(*) FROM audit WHERE entity = 'week_note'"
                                          " AND action = 'change' AND changes LIKE '%Höstlov.%'"),
                     1);
    assert_ok(week_note_save(session, WEEK, NULL, "Ny", &error));
    assert_int_equal(fixture_int(session, "SELECT COUNT(*) FROM week_note"), 2);
}

/* Two have it open; the one who saves last is told who was first. */
static void test_nothing_is_saved_over(void **state)
{
    Session *session = session_of(state);
    gint64 id = saved_work(session, "Färre uteblir", "2026-08-10");
    g_autoptr(Improvement) mine = NULL, theirs = NULL;
    assert_ok((mine = improvement_get(session, id, &error)));
    assert_ok((theirs = improvement_get(session, id, &error)));
    theirs->target = 100;
    assert_ok(improvement_save(session, theirs, &error));
    mine->target = 90;
    g_autoptr(GError) conflict = NULL;
    assert_false(improvement_save(session, mine, &conflict));
    assert_true(g_error_matches(conflict, DAGSFORM_ERROR, ERROR_CONFLICT));
    assert_non_null(strstr(conflict->message, "Grundare Ett"));

    g_autoptr(Cycle) cycle = change(id, "Påminnelse", "2026-08-17");
    assert_ok(cycle_save(session, cycle, &error));
    g_autoptr(Cycle) stale = NULL;
    assert_ok((stale = cycle_get(session, cycle->id, &error)));
    cycle->kind = CYCLE_TEST;
    assert_ok(cycle_save(session, cycle, &error));
    stale->rebase = FALSE;
    assert_fails(cycle_save(session, stale, &error), ERROR_CONFLICT);

    assert_ok(week_note_save(session, WEEK, NULL, "Hennes", &error));
    assert_fails(week_note_save(session, WEEK, NULL, "Min", &error), ERROR_CONFLICT);
    assert_ok(week_note_save(session, WEEK, "Hennes", "Min", &error));
}

static void test_refusals(void **state)
{
    Session *session = session_of(state);
    gint64 id = saved_work(session, "Färre uteblir", "2026-08-10");
    g_autoptr(Improvement) nameless = work("  ", "2026-08-10");
    assert_fails(improvement_save(session, nameless, &error), ERROR_INPUT);
    g_autoptr(Improvement) endless = work("", "2026-08-10");
    g_free(endless->name);
    endless->name = g_strnfill(IMPROVEMENT_NAME_MAX + 1, 'x');
    assert_fails(improvement_save(session, endless, &error), ERROR_INPUT);
    g_autoptr(Improvement) undated = work("Utan dag", "");
    assert_fails(improvement_save(session, undated, &error), ERROR_INPUT);
    g_autoptr(Improvement) backwards = work("Bakvänt", "2026-08-10");
    backwards->ended_on = date_parse("2026-08-09");
    assert_fails(improvement_save(session, backwards, &error), ERROR_INPUT);
    g_autoptr(Improvement) wild = work("Mer än allt", "2026-08-10");
    wild->target = 1001;
    assert_fails(improvement_save(session, wild, &error), ERROR_INPUT);
    g_autoptr(Improvement) gone = NULL;
    assert_fails((gone = improvement_get(session, 17, &error)), ERROR_NOT_FOUND);
    g_autoptr(Cycle) unnamed = change(id, "", "2026-08-17"), none = NULL;
    assert_fails(cycle_save(session, unnamed, &error), ERROR_INPUT);
    g_autoptr(Cycle) dayless = change(id, "Påminnelse", "");
    assert_fails(cycle_save(session, dayless, &error), ERROR_INPUT);
    assert_fails((none = cycle_get(session, 17, &error)), ERROR_NOT_FOUND);
    assert_int_equal(fixture_int(session, "SELECT COUNT(*) FROM improvement"), 1);
    assert_int_equal(fixture_int(session, "SELECT COUNT(*) FROM cycle"), 0);
}

/* Everybody reads it; a team lead writes it, and a refusal is logged. */
static void test_by_role(void **state)
{
    Fixture *fixture = *state;
    gint64 id = saved_work(fixture->session, "Färre uteblir", "2026-08-10");
    static const struct {
        const char *login;
        StaffRole role;
        gboolean writes;
    } users[] = {{"adm", ROLE_ADMINISTRATOR, FALSE},
                 {"stod", ROLE_SUPPORT_WORKER, FALSE},
                 {"hand", ROLE_CASE_OFFICER, FALSE},
                 {"grupp", ROLE_TEAM_LEAD, TRUE}};
    for (guint i = 0; i < G_N_ELEMENTS(users); i++) {
        fixture_user(fixture, users[i].login, users[i].role);
        fixture_reopen(fixture, users[i].login);
        Session *session = fixture->session;
        g_autoptr(GPtrArray) all = NULL, cycles = NULL, notes = NULL;
        assert_ok((all = improvement_list(session, &error)));
        assert_int_equal(all->len, 1);
        assert_ok((cycles = cycle_list(session, id, &error)));
        assert_ok((notes = week_note_list(session, WEEK, WEEK, &error)));
        g_autoptr(Improvement) improvement = NULL;
        assert_ok((improvement = improvement_get(session, id, &error)));
        improvement->target = 100 + (int)i;
        g_autoptr(Cycle) cycle = change(id, "Påminnelse", "2026-08-17");
        if (users[i].writes) {
            assert_ok(improvement_save(session, improvement, &error));
            assert_ok(cycle_save(session, cycle, &error));
            assert_ok(week_note_save(session, WEEK, NULL, "Höstlov", &error));
        } else {
            assert_fails(improvement_save(session, improvement, &error), ERROR_DENIED);
            assert_fails(cycle_save(session, cycle, &error), ERROR_DENIED);
            assert_fails(week_note_save(session, WEEK, NULL, "Höstlov", &error), ERROR_DENIED);
        }
        fixture_reopen(fixture, "adm");
    }
    assert_int_equal(fixture_int(fixture->session, "SELECT COUNT(*) FROM audit"
                                                   " WHERE action = 'denied'"
                                                   " AND entity = 'improvement'"),
                     9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IMPROVEMENT_TEST(test_a_work_is_kept),
        IMPROVEMENT_TEST(test_saving_twice_is_saving_once),
        IMPROVEMENT_TEST(test_the_list_and_its_target),
        IMPROVEMENT_TEST(test_a_cycle_is_kept),
        IMPROVEMENT_TEST(test_notes_on_weeks),
        IMPROVEMENT_TEST(test_nothing_is_saved_over),
        IMPROVEMENT_TEST(test_refusals),
        IMPROVEMENT_TEST(test_by_role),
    };
    return cmocka_run_group_tests_name("care/improvement", tests, NULL, NULL);
}
