/* The causes: the unit's own file, and what old codes are called. */
#include "fixture.h"

#include "care/unit/cause.h"

static const GPtrArray *options_in_force(Session *session)
{
    return form_item(session_cancellation_form(session), "orsak")->options;
}

static void shipped_causes_are_in_force(void **state)
{
    Fixture *fixture = *state;
    const GPtrArray *options = options_in_force(fixture->session);

    assert_int_equal(options->len, 2);
    assert_string_equal(((const FormOption *)options->pdata[1])->code, "orkar-inte");
    assert_null(session_form_fault(fixture->session));
    assert_string_equal(cause_name(fixture->session, "sjuk"), "Sjuk");
    assert_string_equal(cause_name(fixture->session, NULL), "");
    assert_string_equal(cause_name(fixture->session, "okänd-kod"), "okänd-kod");
    assert_null(cause_option(fixture->session, "okänd-kod"));
    assert_null(cause_option(fixture->session, NULL));
}

static void cause_that_left_the_file_keeps_its_name(void **state)
{
    Fixture *fixture = *state;

    fixture_write(fixture->form, FORM_TEXT("2", CAUSE("resa", "Resa")));
    fixture_reopen(fixture, "grundare");
    assert_int_equal(options_in_force(fixture->session)->len, 1);
    assert_null(cause_option(fixture->session, "sjuk"));
    assert_string_equal(cause_name(fixture->session, "sjuk"), "Sjuk");
    assert_string_equal(cause_name(fixture->session, "resa"), "Resa");
}

static void newest_kept_name_counts(void **state)
{
    Fixture *fixture = *state;

    g_setenv("DAGSFORM_NOW", "2026-11-23T10:00", TRUE);
    assert_ok(clock_init(&error));
    fixture_write(fixture->form, FORM_TEXT("2", CAUSE("sjuk", "Sjukdom")));
    fixture_reopen(fixture, "grundare");
    g_setenv("DAGSFORM_NOW", "2026-11-24T10:00", TRUE);
    assert_ok(clock_init(&error));
    fixture_write(fixture->form, FORM_TEXT("3", CAUSE("resa", "Resa")));
    fixture_reopen(fixture, "grundare");
    assert_string_equal(cause_name(fixture->session, "sjuk"), "Sjukdom");
}

/* Another session keeps a newer form while this one is open. */
static void form_kept_meanwhile_is_found(void **state)
{
    Fixture *fixture = *state;

    assert_string_equal(cause_name(fixture->session, "resa"), "resa");
    fixture_write(fixture->form, FORM_TEXT("2", CAUSE("resa", "Resa")));
    session_close(fixture_open(fixture, "grundare"));
    assert_string_equal(cause_name(fixture->session, "resa"), "Resa");
}

static void faulty_file_leaves_the_last_one_in_force(void **state)
{
    static const char *const faulty[] = {
        "name: avbokning\nitem: [",
        "",
        FORM_TEXT("9", "      []\n"),
        "name: avbokning\nversion: \"9\"\ntitle: Avbokat\nitem: []\n",
    };
    Fixture *fixture = *state;

    fixture_write(fixture->form, FORM_TEXT("2", CAUSE("resa", "Resa")));
    fixture_reopen(fixture, "grundare");
    for (guint i = 0; i < G_N_ELEMENTS(faulty); i++) {
        fixture_write(fixture->form, faulty[i]);
        fixture_reopen(fixture, "grundare");
        assert_non_null(session_form_fault(fixture->session));
        assert_int_equal(options_in_force(fixture->session)->len, 1);
        assert_string_equal(cause_name(fixture->session, "resa"), "Resa");
    }
}

static void faulty_file_from_the_start_gives_the_shipped_one(void **state)
{
    Fixture *fixture = *state;

    fixture_write(fixture->form, "item: {");
    fixture_make(fixture, ROLE_TEAM_LEAD);
    assert_non_null(session_form_fault(fixture->session));
    assert_int_equal(options_in_force(fixture->session)->len, 2);
}

static void version_is_kept_once(void **state)
{
    Fixture *fixture = *state;

    fixture_reopen(fixture, "grundare");
    fixture_reopen(fixture, "grundare");
    assert_int_equal(fixture_int(fixture->session, "SELECT count(*) FROM form_version"), 1);
    fixture_write(fixture->form, FORM_TEXT("2", CAUSE("resa", "Resa")));
    fixture_reopen(fixture, "grundare");
    assert_int_equal(fixture_int(fixture->session, "SELECT count(*) FROM form_version"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(shipped_causes_are_in_force),
        FIXTURE_TEST(cause_that_left_the_file_keeps_its_name),
        FIXTURE_TEST(newest_kept_name_counts),
        FIXTURE_TEST(form_kept_meanwhile_is_found),
        FIXTURE_TEST(faulty_file_leaves_the_last_one_in_force),
        FIXTURE_TEST_EMPTY(faulty_file_from_the_start_gives_the_shipped_one),
        FIXTURE_TEST(version_is_kept_once),
    };
    return cmocka_run_group_tests_name("care/cause", tests, NULL, NULL);
}
