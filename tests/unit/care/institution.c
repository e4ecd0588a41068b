/* institution.c: the unit's list of those who give care away from home. */
#include "care/placement/placement.h"
#include "tests/unit/care/fixture_visit.h"

static gint64 add(Session *session, const char *name, InstitutionKind kind)
{
    g_autoptr(Institution) institution = g_new0(Institution, 1);
    institution->name = g_strdup(name);
    institution->kind = kind;
    assert_ok(institution_add(session, institution, &error));
    assert_true(institution->id != 0);
    return institution->id;
}

static GPtrArray *list(Session *session, const char *search, gboolean active_only)
{
    GPtrArray *all = NULL;
    assert_ok((all = institution_list(session, search, active_only, &error)));
    return all;
}

static void assert_names(Session *session, const char *search, const char *names)
{
    g_autoptr(GPtrArray) all = list(session, search, FALSE);
    g_autoptr(GString) found = g_string_new(NULL);
    for (guint i = 0; i < all->len; i++)
        g_string_append_printf(found, "%s%s", i > 0 ? ", " : "",
                               ((const Institution *)g_ptr_array_index(all, i))->name);
    assert_string_equal(found->str, names);
}

static void test_list_and_search(void **state)
{
    Session *session = ((Visits *)*state)->session;
    assert_names(session, NULL, "");
    add(session, "Östergården", INSTITUTION_HVB);
    add(session, "  Villa Ängen ", INSTITUTION_SUPPORTED_HOUSING);
    add(session, "Zetterhemmet", INSTITUTION_FOSTER_HOME);
    add(session, "Åsvillan", INSTITUTION_OTHER);
    assert_names(session, NULL, "Villa Ängen, Zetterhemmet, Åsvillan, Östergården");
    assert_names(session, "", "Villa Ängen, Zetterhemmet, Åsvillan, Östergården");
    static const struct {
        const char *typed, *found;
    } cases[] = {{"v", "Villa Ängen"},
                 {"äNG", "Villa Ängen"},
                 {"äng vil", "Villa Ängen"},
                 {"illan", ""},
                 {"ö", "Östergården"},
                 {"zett", "Zetterhemmet"},
                 /* C8: by the rules that clients are found by */
                 {"o", "Östergården"},
                 {"oestergaarden", "Östergården"},
                 {"villa-ang", "Villa Ängen"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
        assert_names(session, cases[i].typed, cases[i].found);
}

/* What is said when it is there already. New. */
static char *refusal(Session *session, Institution *institution)
{
    g_autoptr(GError) error = NULL;
    assert_false(institution_add(session, institution, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_EXISTS));
    return g_strdup(error->message);
}

static void test_names_are_kept_apart(void **state)
{
    Session *session = ((Visits *)*state)->session;
    gint64 first = add(session, "Villa Ängen", INSTITUTION_HVB);
    Institution same = {.name = g_strdup("villa ängen "), .kind = INSTITUTION_SIS};
    g_autofree char *there = refusal(session, &same);
    assert_non_null(strstr(there, "Villa Ängen"));
    /* One that is out of use is named too, and how to get it back. */
    Institution out = {.id = first, .name = (char *)"Villa Ängen", .active = FALSE};
    assert_ok(institution_change(session, &out, &error));
    g_autofree char *not_in_use = refusal(session, &same);
    assert_non_null(strstr(not_in_use, "not in use"));
    g_free(same.name);

    gint64 other = add(session, "Åsvillan", INSTITUTION_HVB);
    Institution renamed = {.id = other, .name = (char *)"VILLA ÄNGEN", .active = TRUE};
    assert_fails(institution_change(session, &renamed, &error), ERROR_EXISTS);
    /* Its own name in other letters is no clash. */
    Institution own = {.id = first, .name = (char *)"Villa Ängen AB", .active = TRUE};
    assert_ok(institution_change(session, &own, &error));
    own.name = (char *)"VILLA ÄNGEN AB";
    assert_ok(institution_change(session, &own, &error));
    assert_names(session, NULL, "VILLA ÄNGEN AB, Åsvillan");
}

static void test_out_of_use(void **state)
{
    Visits *visits = *state;
    Session *session = visits->session;
    gint64 id = add(session, "Villa Ängen", INSTITUTION_HVB);
    add(session, "Åsvillan", INSTITUTION_OTHER);
    Institution out = {.id = id, .name = (char *)"Villa Ängen", .kind = INSTITUTION_HVB};
    for (int twice = 0; twice < 2; twice++)
        assert_ok(institution_change(session, &out, &error));
    g_autoptr(GPtrArray) active = list(session, NULL, TRUE);
    assert_int_equal(active->len, 1);
    g_autoptr(GPtrArray) all = list(session, NULL, FALSE);
    assert_int_equal(all->len, 2);
    const Institution *first = g_ptr_array_index(all, 0);
    assert_int_equal(first->id, id);
    assert_false(first->active);
    assert_int_equal(first->placements, 0);
    /* Added and changed once each: what is so already is no change. */
    assert_int_equal(ask(visits,
                         "SELECT COUNT(*) FROM audit WHERE entity = 'institution'"
                         " AND entity_id = :id",
                         id),
                     2);
    assert_int_equal(fixture_faults(session, NULL), 0);
}

static void test_refusals(void **state)
{
    Visits *visits = *state;
    Session *session = visits->session;
    Institution nameless = {.name = g_strdup("  \t ")};
    assert_fails(institution_add(session, &nameless, &error), ERROR_INPUT);
    g_free(nameless.name);
    Institution endless = {.name = g_strnfill(201, 'x')};
    assert_fails(institution_add(session, &endless, &error), ERROR_INPUT);
    g_free(endless.name);
    Institution gone = {.id = 17, .name = (char *)"Borta"};
    assert_fails(institution_change(session, &gone, &error), ERROR_NOT_FOUND);
    gone.name = NULL;
    assert_fails(institution_change(session, &gone, &error), ERROR_INPUT);
}

static void test_added_once(void **state)
{
    Session *session = ((Visits *)*state)->session;
    g_autoptr(Institution) institution = g_new0(Institution, 1);
    institution->name = g_strdup("Villa Ängen");
    for (int twice = 0; twice < 2; twice++)
        assert_ok(institution_add(session, institution, &error));
    assert_names(session, NULL, "Villa Ängen");
}

/* Case officers and team leads; neither support workers nor administrators. */
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
    for (gsize i = 0; i < G_N_ELEMENTS(users); i++) {
        g_autoptr(Institution) institution = g_new0(Institution, 1);
        institution->name = g_strdup_printf("Hem %zu", i);
        fixture_reopen(fixture, users[i].login);
        if (users[i].may) {
            assert_ok(institution_add(fixture->session, institution, &error));
            assert_ok(institution_change(fixture->session, institution, &error));
            continue;
        }
        assert_fails(institution_list(fixture->session, NULL, FALSE, &error), ERROR_DENIED);
        assert_fails(institution_add(fixture->session, institution, &error), ERROR_DENIED);
        assert_fails(institution_change(fixture->session, institution, &error), ERROR_DENIED);
    }
}

/* A15: a foster home and an emergency foster home are two kinds. Each is kept as what it is. */
static void test_a15_kinds(void **state)
{
    static const char *const codes[] = {"hvb",  "supported-housing", "training-flat",
                                        "sis",  "foster-home",       "emergency-foster-home",
                                        "other"};
    assert_int_equal(G_N_ELEMENTS(codes), INSTITUTION_KIND_COUNT);
    for (InstitutionKind kind = INSTITUTION_HVB; kind < INSTITUTION_KIND_COUNT; kind++) {
        InstitutionKind read = INSTITUTION_KIND_COUNT;
        assert_string_equal(institution_kind_code(kind), codes[kind]);
        assert_string_not_equal(institution_kind_name(kind), "");
        assert_true(institution_kind_parse(codes[kind], &read));
        assert_int_equal(read, kind);
    }
    Session *session = ((Visits *)*state)->session;
    for (InstitutionKind kind = INSTITUTION_HVB; kind < INSTITUTION_KIND_COUNT; kind++) {
        g_autofree char *name = g_strdup_printf("Hem %c", 'A' + (char)kind);
        add(session, name, kind);
    }
    g_autoptr(GPtrArray) kept = list(session, NULL, FALSE);
    assert_int_equal(kept->len, INSTITUTION_KIND_COUNT);
    for (guint i = 0; i < kept->len; i++)
        assert_int_equal(((const Institution *)kept->pdata[i])->kind, i);
    InstitutionKind none;
    assert_false(institution_kind_parse("fängelse", &none));
    assert_false(institution_kind_parse(NULL, &none));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(test_list_and_search), VISIT_TEST(test_names_are_kept_apart),
        VISIT_TEST(test_out_of_use),      VISIT_TEST(test_refusals),
        VISIT_TEST(test_added_once),      FIXTURE_TEST(test_roles),
        VISIT_TEST(test_a15_kinds),
    };
    return cmocka_run_group_tests_name("care/institution", tests, NULL, NULL);
}
