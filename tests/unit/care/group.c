/* group.c: groups, who belongs to them when, and who may say so. */
#include "care/client/group.h"

#include "tests/unit/care/fixture_visit.h"

static gint64 add(const Visits *visits, const char *name)
{
    gint64 id = 0;
    assert_ok(group_add(visits->session, name, &id, &error));
    return id;
}

static Date day(const char *text)
{
    return date_parse(text);
}

static void assert_members(const Visits *visits, gint64 group, const char *wanted)
{
    g_autoptr(GPtrArray) members = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    char from[DATE_SIZE], to[DATE_SIZE];
    assert_ok((members = group_members(visits->session, group, NULL, &error)));
    for (guint i = 0; i < members->len; i++) {
        const GroupMember *member = g_ptr_array_index(members, i);
        g_string_append_printf(text, "%s %s %s;", member->name, date_format(member->from, from),
                               date_format(member->to, to));
    }
    assert_string_equal(text->str, wanted);
}

static void test_names(void **state)
{
    const Visits *visits = *state;
    gint64 young = add(visits, "  De unga 18–25 "), id = 0;
    g_autoptr(GPtrArray) groups = NULL;
    assert_fails(group_add(visits->session, " ", &id, &error), ERROR_INPUT);
    assert_fails(group_add(visits->session, "De unga 18–25", &id, &error), ERROR_EXISTS);
    assert_fails(group_find(visits->session, "Andra", &id, &error), ERROR_NOT_FOUND);
    assert_ok(group_find(visits->session, "de UNGA 18–25", &id, &error));
    assert_int_equal(id, young);
    gint64 early = add(visits, "Arvid");
    assert_fails(group_rename(visits->session, early, "De unga 18–25", &error), ERROR_EXISTS);
    assert_ok(group_rename(visits->session, early, "Äldre", &error));
    assert_ok(group_rename(visits->session, early, "Äldre", &error));
    assert_fails(group_rename(visits->session, 77, "X", &error), ERROR_NOT_FOUND);
    assert_ok(group_end(visits->session, young, day("2026-11-20"), &error));
    assert_ok((groups = group_list(visits->session, &error)));
    assert_string_equal(((const Group *)groups->pdata[0])->name, "Äldre");
    assert_int_equal(((const Group *)groups->pdata[1])->ended_on, day("2026-11-20"));
    assert_int_equal(
        fixture_int(visits->session, "SELECT COUNT(*) FROM audit WHERE entity = 'client_group'"),
        4);
    assert_int_equal(fixture_faults(visits->session, NULL), 0);
}

static void assert_stays(const Visits *visits, const char *wanted)
{
    g_autoptr(GPtrArray) stays = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    char from[DATE_SIZE], to[DATE_SIZE];
    assert_ok((stays = group_stays(visits->session, visits->client, &error)));
    for (guint i = 0; i < stays->len; i++) {
        const GroupStay *stay = g_ptr_array_index(stays, i);
        g_string_append_printf(text, "%s %s %s;", stay->name, date_format(stay->from, from),
                               date_format(stay->to, to));
    }
    assert_string_equal(text->str, wanted);
}

/* What goes on or is to come of one client, in the order of the groups' names. */
static void test_stays_of_a_client(void **state)
{
    const Visits *visits = *state;
    Session *session = visits->session;
    const gint64 plan = add(visits, "Två frågor"), young = add(visits, "De unga");
    g_autoptr(Group) group = NULL;
    assert_ok((group = group_get(session, young, &error)));
    assert_string_equal(group->name, "De unga");
    assert_fails(group_get(session, 77, &error), ERROR_NOT_FOUND);
    assert_ok(group_member_add(session, plan, visits->client, day("2026-11-02"), clock_today() - 1,
                               &error));
    assert_stays(visits, "");
    assert_ok(
        group_member_add(session, plan, visits->client, clock_today(), clock_today(), &error));
    assert_ok(
        group_member_add(session, young, visits->client, day("2026-12-01"), DATE_NONE, &error));
    assert_ok(
        group_member_add(session, young, visits->other, day("2026-11-02"), DATE_NONE, &error));
    char today[DATE_SIZE];
    date_format(clock_today(), today);
    g_autofree char *wanted =
        g_strdup_printf("De unga 2026-12-01 ;Två frågor %s %s;", today, today);
    assert_stays(visits, wanted);
}

static void test_members(void **state)
{
    const Visits *visits = *state;
    Session *session = visits->session;
    const gint64 group = add(visits, "Två frågor");
    assert_ok(
        group_member_add(session, group, visits->other, day("2026-11-10"), DATE_NONE, &error));
    assert_ok(group_member_add(session, group, visits->client, day("2026-11-02"), day("2026-11-08"),
                               &error));
    assert_members(visits, group, "Emil Ärlig 2026-11-02 2026-11-08;Yusuf Essen 2026-11-10 ;");
    /* Days that are taken already, on either side. */
    assert_fails(
        group_member_add(session, group, visits->client, day("2026-11-08"), DATE_NONE, &error),
        ERROR_INPUT);
    assert_fails(group_member_add(session, group, visits->client, day("2026-10-01"),
                                  day("2026-11-02"), &error),
                 ERROR_INPUT);
    assert_fails(group_member_add(session, group, visits->client, DATE_NONE, DATE_NONE, &error),
                 ERROR_INPUT);
    assert_fails(group_member_add(session, group, visits->client, day("2026-12-02"),
                                  day("2026-12-01"), &error),
                 ERROR_INPUT);
    assert_ok(
        group_member_add(session, group, visits->client, day("2026-11-09"), DATE_NONE, &error));
    /* What had not begun by then never was. */
    assert_ok(group_member_end(session, group, visits->client, day("2026-11-05"), &error));
    assert_members(visits, group, "Emil Ärlig 2026-11-02 2026-11-05;Yusuf Essen 2026-11-10 ;");
    assert_fails(group_member_end(session, group, visits->client, day("2026-11-05"), &error),
                 ERROR_NOT_FOUND);
    assert_ok(group_end(session, group, day("2026-11-12"), &error));
    assert_members(visits, group,
                   "Emil Ärlig 2026-11-02 2026-11-05;Yusuf Essen 2026-11-10 2026-11-12;");
    assert_int_equal(ask(visits,
                         "SELECT COUNT(*) FROM audit WHERE client_id = :id"
                         " AND action = 'join'",
                         visits->client),
                     2);
}

/* A support worker looks at numbers alone; whose card is closed is put in no group and not listed.
 */
static void test_who_may(void **state)
{
    Visits *visits = *state;
    const gint64 group = add(visits, "Två frågor");
    gint64 id = 0, closed = 0;
    assert_ok(group_member_add(visits->session, group, visits->hidden, day("2026-11-02"), DATE_NONE,
                               &error));
    fixture_user(&visits->unit, "hand", ROLE_CASE_OFFICER);
    fixture_user(&visits->unit, "stod", ROLE_SUPPORT_WORKER);
    fixture_reopen(&visits->unit, "hand");
    visits->session = visits->unit.session;
    assert_fails(group_member_add(visits->session, group, visits->hidden, day("2026-10-01"),
                                  day("2026-10-02"), &error),
                 ERROR_DENIED);
    assert_fails(
        group_member_end(visits->session, group, visits->hidden, day("2026-11-20"), &error),
        ERROR_DENIED);
    g_autoptr(GPtrArray) members = NULL;
    assert_ok((members = group_members(visits->session, group, &closed, &error)));
    assert_int_equal(members->len, 0);
    assert_int_equal(closed, 1);
    fixture_reopen(&visits->unit, "stod");
    visits->session = visits->unit.session;
    assert_fails(group_add(visits->session, "Ny", &id, &error), ERROR_DENIED);
    assert_fails(group_rename(visits->session, group, "Ny", &error), ERROR_DENIED);
    assert_fails(group_end(visits->session, group, day("2026-11-20"), &error), ERROR_DENIED);
    assert_fails(group_member_add(visits->session, group, visits->client, day("2026-11-20"),
                                  DATE_NONE, &error),
                 ERROR_DENIED);
    assert_ok(group_find(visits->session, "Två frågor", &id, &error));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(test_names),
        VISIT_TEST(test_stays_of_a_client),
        VISIT_TEST(test_members),
        VISIT_TEST(test_who_may),
    };
    return cmocka_run_group_tests_name("care/group", tests, NULL, NULL);
}
