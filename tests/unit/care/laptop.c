/* laptop.c: a part of the unit on a laptop: made, opened for two weeks, and told lost. */
#include "care/laptop/laptop.h"

#include "care/client/group.h"
#include "care/client/risk_note.h"
#include "care/response/response.h"
#include "care/unit/laptop_mark.h"
#include "tests/unit/care/fixture_laptop.h"

#define AT(day) g_setenv("DAGSFORM_NOW", day "T10:00", TRUE)

static void it_opens_for_its_days_and_no_longer(void **state)
{
    Away *away = *state;
    leave(away);
    assert_true(session_is_laptop(away->laptop));
    assert_int_equal(session_laptop_until(away->laptop), date_parse("2026-12-06"));
    g_autofree char *told = laptop_mark_tell(away->laptop);
    assert_non_null(strstr(told, "2026-12-06"));
    assert_null(laptop_mark_tell(away->visits.session));
    g_clear_pointer(&away->laptop, session_close);
    AT("2026-12-06");
    assert_ok((away->laptop = try_laptop(away, FALSE, &error)));
    g_clear_pointer(&away->laptop, session_close);
    AT("2026-12-07");
    assert_fails(try_laptop(away, FALSE, &error), ERROR_DENIED);
    /* To bring home what was done it opens whenever that is. */
    assert_ok((away->laptop = try_laptop(away, TRUE, &error)));
    g_clear_pointer(&away->laptop, session_close);
    /* Nor does it once the clock is set back behind its own log. */
    AT("2026-11-25");
    assert_fails(try_laptop(away, FALSE, &error), ERROR_DENIED);
}

static void home_knows_of_it(void **state)
{
    Away *away = *state;
    leave(away);
    g_autoptr(GPtrArray) mine = NULL;
    assert_ok((mine = laptop_list(away->visits.session, &error)));
    assert_int_equal(mine->len, 1);
    const Laptop *laptop = mine->pdata[0];
    assert_int_equal(laptop->node, away->node);
    assert_int_equal(laptop->clients, 1);
    assert_int_equal(laptop->state, LAPTOP_OUT);
    g_autofree char *words = laptop_words(laptop);
    assert_string_equal(
        words, "berit, since 2026-11-22 10:00, until 2026-12-06, 1 client: away from the unit");
    assert_int_equal(
        fixture_int(away->visits.session, "SELECT COUNT(*) FROM audit WHERE action = 'take-along'"),
        1);
    home_as(away, "carl");
    g_autoptr(GPtrArray) others = NULL;
    assert_ok((others = laptop_list(away->visits.session, &error)));
    assert_int_equal(others->len, 0);
    home_as(away, "chef");
    g_autoptr(GPtrArray) all = NULL;
    assert_ok((all = laptop_list(away->visits.session, &error)));
    assert_int_equal(all->len, 1);
}

static void what_has_its_place_at_home_alone_is_refused_there(void **state)
{
    Away *away = *state;
    gint64 group = 0;
    leave(away);
    Session *laptop = away->laptop;
    assert_fails(group_add(laptop, "Gruppen", &group, &error), ERROR_DENIED);
    g_autoptr(Secret) passphrase = secret_from_text(PASSPHRASE);
    assert_fails(staff_add_user(laptop, "ny", "Ny", NULL, ROLE_SUPPORT_WORKER, passphrase, &error),
                 ERROR_DENIED);
    assert_fails(risk_note_write(laptop, away->visits.client, "Ring innan", 0, &error),
                 ERROR_DENIED);
}

static void it_is_taken_along_by_whoever_has_clients(void **state)
{
    Away *away = *state;
    home_as(away, "chef");
    assert_fails(try_to_take(away, away->path, NULL, &error), ERROR_DENIED);
    home_as(away, "carl");
    assert_fails(try_to_take(away, away->path, NULL, &error), ERROR_INPUT);
    assert_false(g_file_test(away->path, G_FILE_TEST_EXISTS));
    home_as(away, "berit");
    fixture_write(away->path, "x");
    assert_fails(try_to_take(away, away->path, NULL, &error), ERROR_EXISTS);
    g_remove(away->path);
    leave(away);
    assert_fails(try_to_take(&(Away){.visits = {.session = away->laptop}}, "x.db", NULL, &error),
                 ERROR_INPUT);
}

/* Home does not come to know of it: nothing is left. */
static void nothing_is_left_of_one_that_home_does_not_know(void **state)
{
    Away *away = *state;
    home_as(away, "berit");
    fixture_refuse(away->visits.session, "away", "NEW.node > 0");
    g_autoptr(GError) error = NULL;
    assert_null(try_to_take(away, away->path, NULL, &error));
    assert_non_null(error);
    assert_false(g_file_test(away->path, G_FILE_TEST_EXISTS));
    g_autofree char *keys = vault_path_for(away->path);
    assert_false(g_file_test(keys, G_FILE_TEST_EXISTS));
    fixture_take(away->visits.session, "away");
    assert_int_equal(fixture_int(away->visits.session, "SELECT COUNT(*) FROM away"), 0);
}

/* The program was killed when home knew of it, and the file did not yet. */
static void one_whose_making_was_broken_off_does_not_open(void **state)
{
    Away *away = *state;
    leave(away);
    assert_ok(db_run(session_db(away->laptop), "DELETE FROM meta WHERE key = 'laptop_ready'", NULL,
                     &error));
    g_clear_pointer(&away->laptop, session_close);
    assert_fails(try_laptop(away, FALSE, &error), ERROR_CORRUPT);
}

static void a_form_goes_on_there_alone_until_it_is_lost(void **state)
{
    Away *away = *state;
    home_as(away, "berit");
    Session *berit = away->visits.session;
    g_autoptr(Form) form = NULL;
    assert_ok((form = form_load("forms/handlingsplan.yaml", NULL, &error)));
    g_autoptr(Response) response = NULL;
    assert_ok(
        (response = response_begin(berit, form, away->visits.client, "client", 0, NULL, &error)));
    leave(away);
    g_autoptr(Form) asked = NULL;
    g_autoptr(Answers) answers = NULL;
    assert_fails(
        response_open(away->visits.session, response->id, TRUE, TRUE, &asked, &answers, &error),
        ERROR_BUSY);
    home_as(away, "carl");
    assert_fails(laptop_lost(away->visits.session, away->node, &error), ERROR_DENIED);
    home_as(away, "chef");
    assert_ok(laptop_lost(away->visits.session, away->node, &error));
    assert_ok(laptop_lost(away->visits.session, away->node, &error));
    assert_fails(laptop_lost(away->visits.session, 17, &error), ERROR_NOT_FOUND);
    home_as(away, "berit");
    g_autoptr(Response) again = NULL;
    assert_ok((again = response_open(away->visits.session, response->id, TRUE, FALSE, &asked,
                                     &answers, &error)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        AWAY_TEST(it_opens_for_its_days_and_no_longer),
        AWAY_TEST(home_knows_of_it),
        AWAY_TEST(what_has_its_place_at_home_alone_is_refused_there),
        AWAY_TEST(it_is_taken_along_by_whoever_has_clients),
        AWAY_TEST(nothing_is_left_of_one_that_home_does_not_know),
        AWAY_TEST(one_whose_making_was_broken_off_does_not_open),
        AWAY_TEST(a_form_goes_on_there_alone_until_it_is_lost),
    };
    return cmocka_run_group_tests_name("laptop", tests, NULL, NULL);
}
