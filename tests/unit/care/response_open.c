/* response_open.c: responses begun, saved and listed. */
#include "tests/unit/care/fixture_response.h"

/* --- beginning -------------------------------------------------------------------------------- */

static void test_codes(void **state)
{
    (void)state;
    ResponseMode mode = MODE_CAR;
    NotDone cause = NOT_DONE_OTHER;
    for (ResponseMode m = MODE_NONE; m < MODE_COUNT; m++) {
        assert_true(response_mode_parse(response_mode_code(m), &mode));
        assert_int_equal(mode, m);
        assert_int_equal(response_mode_name(m)[0] == '\0', m == MODE_NONE);
    }
    for (NotDone c = NOT_DONE_NONE; c < NOT_DONE_COUNT; c++) {
        assert_true(not_done_parse(not_done_code(c), &cause));
        assert_int_equal(cause, c);
        assert_int_equal(not_done_name(c)[0] == '\0', c == NOT_DONE_NONE);
    }
    assert_false(response_mode_parse("telepathy", &mode));
    assert_false(not_done_parse("asleep", &cause));
    assert_true(not_done_parse("", &cause)); /* nothing is stored */
    assert_int_equal(cause, NOT_DONE_NONE);
    assert_string_equal(response_mode_code(MODE_PHONE), "phone");
    assert_string_equal(not_done_code(NOT_DONE_NOT_ASKED), "not-asked");
}

static void test_begin(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Response) response = begin(desk->worker, "liten", desk->client);
    assert_true(response->id != 0);
    assert_int_equal(response->client_id, desk->client);
    assert_int_equal(response->staff_id, session_staff_id(desk->worker));
    assert_string_equal(response->subject, "Emil Ärlig");
    assert_string_equal(response->title, "Liten");
    assert_string_equal(response->respondent, "client");
    assert_string_equal(response->language, "en");
    assert_true(response->held);
    g_autoptr(Response) other = begin(desk->worker, "liten", desk->client);
    assert_true(other->id != response->id);
    /* The version is kept once, and the log has both. */
    assert_int_equal(
        fixture_int(desk->lead, "SELECT COUNT(*) FROM form_version WHERE name = 'liten'"), 1);
    assert_int_equal(logged(desk->lead, "begin", "response"), 2);

    g_auto(Opened) read = open_it(desk->worker, response->id, FALSE);
    assert_string_equal(read.response->subject, "Emil Ärlig");
    assert_string_equal(read.response->staff_name, "bertil");
    assert_string_equal(read.response->title, "Liten");
    assert_int_equal(read.response->begun_ms, clock_now_ms());
    assert_int_equal(read.response->completed_ms, 0);
    assert_null(read.response->at_item);
    assert_true(read.response->held);
    assert_sound(desk->lead);
}

static void test_who_may_begin(void **state)
{
    const Desk *desk = *state;
    const struct {
        Session *session;
        const char *form;
        gint64 client;
        gboolean may;
    } cases[] = {
        {desk->worker, "liten", desk->client, TRUE},
        {desk->officer, "liten", desk->client, TRUE},
        {desk->lead, "liten", desk->client, TRUE},
        {desk->worker, "ubu-ungdom", desk->client, FALSE},
        {desk->officer, "ubu-ungdom", desk->client, TRUE},
        {desk->worker, "aktualisering", 0, FALSE},
        {desk->officer, "aktualisering", 0, TRUE},
        {desk->lead, "aktualisering", 0, TRUE},
        {desk->worker, "aktualisering", desk->client, FALSE}, /* it changes the card */
        {desk->officer, "aktualisering", desk->client, TRUE},
        {desk->lead, "liten", desk->hidden, TRUE}, /* who added the card is named on it */
        {desk->worker, "liten", desk->hidden, FALSE},
        {desk->officer, "ubu-ungdom", desk->hidden, FALSE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Form) form = NULL;
        g_autoptr(Response) response = NULL;
        g_autoptr(GError) refused = NULL;
        gint64 denied =
            fixture_int(desk->lead, "SELECT COUNT(*) FROM audit WHERE action = 'denied'");
        assert_ok((form = response_form(desk->lead, cases[i].form, &error)));
        response = response_begin(cases[i].session, form, cases[i].client, NULL, 0, NULL, &refused);
        if ((response != NULL) != cases[i].may)
            fail_msg("case %zu: %s", i, refused != NULL ? refused->message : "allowed");
        denied -= fixture_int(desk->lead, "SELECT COUNT(*) FROM audit WHERE action = 'denied'");
        assert_int_equal(denied, cases[i].may ? 0 : -1);
        assert_true(cases[i].may || g_error_matches(refused, DAGSFORM_ERROR, ERROR_DENIED));
    }
    g_autoptr(Form) form = NULL;
    assert_ok((form = response_form(desk->lead, "liten", &error)));
    assert_fails(response_begin(desk->lead, form, 17, NULL, 0, NULL, &error), ERROR_NOT_FOUND);
    assert_fails(response_begin(desk->lead, form, desk->client, NULL, 17, NULL, &error),
                 ERROR_NOT_FOUND);
}

/* --- saving ----------------------------------------------------------------------------------- */

static void test_save_and_reopen(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Response) response = begin(desk->worker, "liten", desk->client);
    g_autoptr(Answers) answers = answers_new();
    answers_set(answers, "ja", "", ANSWER_REFUSED, NULL);
    answers_set_note(answers, "ja", "", "Ser trött ut.\nÅäö €");
    set_clock("2026-11-22T10:01");
    gint64 saved = 0;
    assert_ok((saved = save(desk->worker, response, answers, "ja", "", &error)));
    assert_int_equal(saved, clock_now_ms());
    assert_string_equal(response->at_item, "ja");
    assert_int_equal(response->continued_ms, saved);
    answer(desk->worker, response, answers, "antal", "", "-3");
    answers_set_reason(answers, "antal", "", "Skuld");
    /* Where one is comes from the walk, when it says so. */
    response->at_number = 4;
    g_free(response->at_item);
    response->at_item = g_strdup("vad");
    g_free(response->at_instance);
    response->at_instance = g_strdup("2.1");
    assert_ok(save(desk->worker, response, answers, "antal", "", &error));
    /* A note alone is kept; nothing at all goes. */
    answers_set_note(answers, "mer", "", "Fråga igen");
    assert_ok(save(desk->worker, response, answers, "mer", "", &error));
    answers_set(answers, "ja", "", ANSWER_NONE, NULL);
    answers_set_note(answers, "ja", "", NULL);
    assert_ok(save(desk->worker, response, answers, "ja", "", &error));
    assert_ok(save(desk->worker, response, answers, "ja", "", &error));

    g_auto(Opened) again = open_it(desk->worker, response->id, TRUE);
    assert_same_answers(again.answers, answers);
    assert_string_equal(again.response->at_item, "vad");
    assert_string_equal(again.response->at_instance, "2.1");
    assert_int_equal(again.response->at_number, 4);
    assert_null(answers_get(again.answers, "ja", ""));
    /* Drafts change without a trace. */
    assert_int_equal(
        fixture_int(desk->lead, "SELECT COUNT(*) FROM audit WHERE entity IN ('answer','response')"),
        1);
}

static void random_change(GRand *random, const Form *form, Answers *answers, gboolean *moved,
                          const char **item, const char **instance)
{
    static const char *const ITEMS[] = {"ja", "mer", "antal", "vad", "vem"};
    static const char *const INSTANCES[] = {"", "1", "2", "2.1", "1.12"};
    static const char *const VALUES[] = {"true", "0", "Ett långt svar,\n“med” '; DROP", "=x", " "};
    *item = ITEMS[g_rand_int_range(random, 0, G_N_ELEMENTS(ITEMS))];
    *instance = INSTANCES[g_rand_int_range(random, 0, G_N_ELEMENTS(INSTANCES))];
    const char *value = VALUES[g_rand_int_range(random, 0, G_N_ELEMENTS(VALUES))];
    const FormItem *group = form_item(form, "mal");
    *moved = FALSE;
    switch (g_rand_int_range(random, 0, 8)) {
    case 0:
        answers_set_note(answers, *item, *instance, g_rand_boolean(random) ? value : NULL);
        break;
    case 1:
        answers_set_reason(answers, *item, *instance, value);
        break;
    case 2:
        answers_add_repetition(answers, group, "");
        *moved = TRUE;
        break;
    case 3:
        answers_remove_repetition(answers, group, "", g_rand_int_range(random, 1, 4));
        *moved = TRUE;
        break;
    default:
        answers_set(answers, *item, *instance, (AnswerKind)g_rand_int_range(random, 0, 5), value);
    }
}

/* Whatever was answered is there again, whichever way it was saved. */
static void test_random_answers(void **state)
{
    const Desk *desk = *state;
    g_autoptr(GRand) random = g_rand_new_with_seed(11);
    g_autoptr(Form) form = NULL;
    assert_ok((form = response_form(desk->lead, "liten", &error)));
    for (int round = 0; round < 20; round++) {
        g_autoptr(Response) response = begin(desk->worker, "liten", desk->client);
        g_autoptr(Answers) answers = answers_new();
        for (int i = 0; i < 30; i++) {
            gboolean moved;
            const char *item, *instance;
            random_change(random, form, answers, &moved, &item, &instance);
            if (moved)
                assert_ok(save(desk->worker, response, answers, NULL, NULL, &error));
            else
                assert_ok(save(desk->worker, response, answers, item, instance, &error));
        }
        g_auto(Opened) again = open_it(desk->worker, response->id, TRUE);
        assert_same_answers(again.answers, answers);
        /* Going on from there gives the same too. */
        answer(desk->worker, again.response, again.answers, "antal", "", "42");
        g_auto(Opened) third = open_it(desk->worker, response->id, FALSE);
        assert_same_answers(third.answers, again.answers);
    }
    assert_sound(desk->lead);
}

static void test_typed(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Response) response = begin(desk->worker, "liten", desk->client);
    g_autoptr(Answers) answers = answers_new();
    response->typed = g_strdup("Jag bru");
    response->typed_in = TYPED_NOTE;
    response->at_item = g_strdup("mer");
    response->at_instance = g_strdup("");
    assert_ok(response_save_typed(desk->worker, response, &error));
    {
        g_auto(Opened) again = open_it(desk->worker, response->id, FALSE);
        assert_string_equal(again.response->typed, "Jag bru");
        assert_int_equal(again.response->typed_in, TYPED_NOTE);
        assert_string_equal(again.response->at_item, "mer");
    }
    /* The head says nothing about it. */
    response->mode = MODE_PHONE;
    response->interpreter = TRUE;
    response->minutes_used = 25;
    g_free(response->language);
    response->language = g_strdup("fi");
    assert_ok(response_save_head(desk->worker, response, &error));
    {
        g_auto(Opened) again = open_it(desk->worker, response->id, FALSE);
        assert_string_equal(again.response->typed, "Jag bru");
        assert_int_equal(again.response->mode, MODE_PHONE);
        assert_true(again.response->interpreter);
        assert_int_equal(again.response->minutes_used, 25);
        assert_string_equal(again.response->language, "fi");
    }
    /* The answer takes it with it. */
    answer(desk->worker, response, answers, "mer", "", "Jag brukar vara trött");
    assert_null(response->typed);
    g_auto(Opened) again = open_it(desk->worker, response->id, FALSE);
    assert_null(again.response->typed);
    assert_int_equal(again.response->typed_in, TYPED_NOTHING);
}

static void test_a_megabyte(void **state)
{
    const Desk *desk = *state;
    g_autofree char *text = g_strnfill(1024 * 1024, 'x');
    memcpy(text + 512 * 1024, "åäö\n", strlen("åäö\n"));
    g_autoptr(Response) response = begin(desk->worker, "liten", desk->client);
    g_autoptr(Answers) answers = answers_new();
    response->typed = g_strdup(text);
    response->typed_in = TYPED_ANSWER;
    assert_ok(response_save_typed(desk->worker, response, &error));
    {
        g_auto(Opened) again = open_it(desk->worker, response->id, FALSE);
        assert_string_equal(again.response->typed, text);
    }
    answer(desk->worker, response, answers, "mer", "", text);
    g_auto(Opened) again = open_it(desk->worker, response->id, FALSE);
    assert_string_equal(answers_get(again.answers, "mer", "")->value, text);
    assert_sound(desk->lead);
}

static void test_two_thousand_answers(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Response) response = begin(desk->worker, "liten", desk->client);
    g_autoptr(Answers) answers = answers_new();
    for (int i = 0; i < 2000; i++) {
        g_autofree char *instance = g_strdup_printf("%d.%d", i / 100 + 1, i % 100 + 1);
        answers_set(answers, "vem", instance, ANSWER_VALUE, instance);
    }
    assert_ok(save(desk->worker, response, answers, NULL, NULL, &error));
    /* What is the same is not written again; what is gone goes. */
    set_clock("2026-11-22T11:00");
    answers_set(answers, "vem", "1.1", ANSWER_VALUE, "Anna");
    answers_set(answers, "vem", "20.100", ANSWER_NONE, NULL);
    assert_ok(save(desk->worker, response, answers, NULL, NULL, &error));
    assert_int_equal(
        count_of(desk->lead, "SELECT COUNT(*) FROM answer WHERE response_id = :id", response->id),
        1999);
    assert_int_equal(count_of(desk->lead,
                              "SELECT COUNT(*) FROM answer WHERE response_id = :id AND saved_ms ="
                              " (SELECT MAX(saved_ms) FROM answer)",
                              response->id),
                     1);
    g_auto(Opened) again = open_it(desk->worker, response->id, FALSE);
    assert_same_answers(again.answers, answers);
}

/* --- an intake -------------------------------------------------------------------------------- */

static void test_intake(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Response) intake = begin(desk->officer, "aktualisering", 0);
    g_autoptr(Answers) answers = answers_new();
    assert_null(intake->subject);
    intake->subject = g_strdup("Nils Ny");
    answer(desk->officer, intake, answers, "namn", "", "Nils Ny");
    {
        g_auto(Opened) again = open_it(desk->officer, intake->id, FALSE);
        assert_string_equal(again.response->subject, "Nils Ny");
        assert_int_equal(again.response->client_id, 0);
    }
    /* It was somebody who has a card: for those who may open it. */
    intake->client_id = desk->hidden;
    assert_fails(response_save_head(desk->officer, intake, &error), ERROR_DENIED);
    assert_int_equal(logged(desk->lead, "denied", "client"), 1);
    intake->client_id = desk->client;
    assert_ok(response_save_head(desk->officer, intake, &error));
    assert_string_equal(intake->subject, "Emil Ärlig");
    assert_int_equal(logged(desk->lead, "change", "response"), 1);
    assert_ok(response_save_head(desk->officer, intake, &error));
    assert_int_equal(logged(desk->lead, "change", "response"), 1);
    g_auto(Opened) again = open_it(desk->officer, intake->id, FALSE);
    assert_string_equal(again.response->subject, "Emil Ärlig");
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM response WHERE subject IS NULL"),
                     1);
}

/* --- lists ------------------------------------------------------------------------------------ */

static char *forms_of(GPtrArray *responses)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < responses->len; i++) {
        const Response *response = g_ptr_array_index(responses, i);
        g_string_append_printf(text, "%s%s", i > 0 ? " " : "", response->form);
    }
    return g_string_free(text, FALSE);
}

static void assert_unfinished(Session *session, gboolean mine, int limit, const char *wanted)
{
    g_autoptr(GPtrArray) list = NULL;
    assert_ok((list = response_unfinished(session, mine, limit, &error)));
    g_autofree char *forms = forms_of(list);
    assert_string_equal(forms, wanted);
}

static void test_unfinished(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Response) first = begin(desk->worker, "liten", desk->client);
    set_clock("2026-11-22T10:05");
    g_autoptr(Response) second = begin(desk->officer, "ubu-ungdom", desk->client);
    set_clock("2026-11-22T10:06");
    g_autoptr(Response) third = begin(desk->lead, "handlingsplan-tva-fragor", desk->visits.other);
    assert_true(first->id < second->id && second->id < third->id);
    assert_unfinished(desk->lead, FALSE, 10, "handlingsplan-tva-fragor ubu-ungdom liten");
    assert_unfinished(desk->lead, FALSE, 2, "handlingsplan-tva-fragor ubu-ungdom");
    assert_unfinished(desk->worker, FALSE, 10, "handlingsplan-tva-fragor liten");
    assert_unfinished(desk->worker, TRUE, 10, "liten");
    set_clock("2026-11-22T10:07");
    g_autoptr(Answers) answers = answers_new();
    answer(desk->worker, first, answers, "antal", "", "1");
    assert_unfinished(desk->lead, FALSE, 10, "liten handlingsplan-tva-fragor ubu-ungdom");
    /* What one has taken over is one's own as well. */
    g_auto(Opened) taken = {0};
    assert_ok((taken.response = response_open(desk->officer, first->id, TRUE, TRUE, &taken.form,
                                              &taken.answers, &error)));
    assert_unfinished(desk->officer, TRUE, 10, "liten ubu-ungdom");

    g_autoptr(GPtrArray) all = NULL, fewer = NULL;
    assert_ok((all = response_of_client(desk->lead, desk->client, &error)));
    g_autofree char *forms = forms_of(all);
    assert_string_equal(forms, "ubu-ungdom liten");
    assert_ok((fewer = response_of_client(desk->worker, desk->client, &error)));
    assert_int_equal(fewer->len, 1);
    assert_fails(response_of_placement(desk->lead, 17, &error), ERROR_NOT_FOUND);
    assert_fails(response_of_placement(desk->worker, 17, &error), ERROR_DENIED);
}

static void test_value_before(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Response) response = begin(desk->worker, "liten", desk->client);
    g_autoptr(Answers) answers = answers_new();
    answers_set(answers, "vad", "2", ANSWER_VALUE, "Promenad");
    answers_set(answers, "vem", "2.1", ANSWER_VALUE, "Anna");
    answers_set(answers, "vem", "2.2", ANSWER_UNKNOWN, NULL);
    const struct {
        const char *item, *instance, *wanted;
    } cases[] = {
        {"vad", "3", "Promenad"}, {"vad", "4", NULL},   {"vad", "1", NULL}, {"vem", "2.2", "Anna"},
        {"vem", "2.3", NULL},     {"vem", "2.1", NULL}, {"ja", "", NULL},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) failed = NULL;
        g_autofree char *value = response_value_before(desk->worker, response, answers,
                                                       cases[i].item, cases[i].instance, &failed);
        assert_null(failed);
        if (g_strcmp0(value, cases[i].wanted) != 0)
            fail_msg("case %zu: %s", i, value != NULL ? value : "nothing");
    }
}

/* --- versions of a form ----------------------------------------------------------------------- */

static void test_the_form_changes_meanwhile(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Response) old = begin(desk->worker, "liten", desk->client);
    ship_text(desk, "liten",
              "name: liten\nversion: \"2\"\ntitle: Ny\nkind: walk\nitem:\n"
              "  - {linkId: nytt, type: string, text: Nytt?}\n");
    g_autoptr(Response) new = begin(desk->worker, "liten", desk->client);
    g_auto(Opened) old_again = open_it(desk->worker, old->id, TRUE);
    assert_string_equal(old_again.form->version, "1");
    assert_non_null(form_item(old_again.form, "antal"));
    assert_string_equal(old_again.response->title, "Liten");
    g_auto(Opened) new_again = open_it(desk->worker, new->id, TRUE);
    assert_string_equal(new_again.form->version, "2");
    assert_null(form_item(new_again.form, "antal"));
    /* Not even the file is needed any more. */
    g_autofree char *path = shipped_path(desk, "liten");
    assert_int_equal(g_unlink(path), 0);
    g_auto(Opened) still = open_it(desk->worker, old->id, TRUE);
    assert_string_equal(still.form->hash, old->form_hash);
    assert_fails(response_form(desk->worker, "liten", &error), ERROR_NOT_FOUND);
}

static void test_forms(void **state)
{
    const Desk *desk = *state;
    g_autofree char *folder = g_path_get_dirname(desk->visits.unit.form);
    g_autofree char *faulty = g_build_filename(folder, "trasig.yaml", NULL);
    g_autofree char *renamed = g_build_filename(folder, "annan.yaml", NULL);
    g_autofree char *own = g_build_filename(folder, "liten.yaml", NULL);
    fixture_write(faulty, "name: trasig\nitem: [");
    fixture_write(renamed, SMALL_FORM("1"));
    fixture_write(own, SMALL_FORM("9"));
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free), forms = NULL;
    assert_ok((forms = response_forms(desk->worker, faults, &error)));
    GString *names = g_string_new(NULL);
    for (guint i = 0; i < forms->len; i++) {
        const Form *form = g_ptr_array_index(forms, i);
        g_string_append_printf(names, "%s ", form->name);
        if (g_str_equal(form->name, "liten"))
            assert_string_equal(form->version, "9");
    }
    /* Aktualisering, Handlingsplan med …, Liten, Uppföljning …; the causes are no walk. */
    g_autofree char *all = g_string_free(names, FALSE);
    assert_string_equal(all, "aktualisering handlingsplan-tva-fragor liten ubu-ungdom ");
    assert_int_equal(faults->len, 2);
    assert_non_null(strstr(g_ptr_array_index(faults, 0), "annan.yaml"));
    assert_non_null(strstr(g_ptr_array_index(faults, 1), "trasig"));
    assert_fails(response_form(desk->worker, "annan", &error), ERROR_INPUT);
    assert_fails(response_form(desk->worker, "../liten", &error), ERROR_NOT_FOUND);
}

/* --- when the engine fails -------------------------------------------------------------------- */

static char *row_of(Session *session, gint64 id)
{
    g_autoptr(DbStatement) read = NULL;
    GString *row = g_string_new(NULL);
    assert_ok((read = db_query(session_db(session),
                               "SELECT at_item, typed, continued_ms, mode, saves, subject, id"
                               " FROM response WHERE id = :id",
                               DB_PARAMS(DB_INT("id", id)), &error)));
    assert_int_equal(db_step(read, NULL), DB_STEP_ROW);
    for (int column = 0; column < 6; column++) {
        const char *text = db_text(read, column);
        g_string_append_printf(row, "%s|", text != NULL ? text : "-");
    }
    return g_string_free(row, FALSE);
}

static void test_failure_leaves_all_as_it_was(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Response) response = begin(desk->worker, "liten", desk->client);
    g_autoptr(Answers) answers = answers_new();
    answer(desk->worker, response, answers, "antal", "", "1");
    response->typed = g_strdup("Halv");
    response->typed_in = TYPED_ANSWER;
    assert_ok(response_save_typed(desk->worker, response, &error));
    g_autofree char *before = row_of(desk->worker, response->id);
    g_auto(Opened) as_it_was = open_it(desk->lead, response->id, FALSE);
    fixture_refuse(desk->officer, "answer", "NEW.item = 'vad'");
    set_clock("2026-11-22T10:30");
    answers_set(answers, "ja", "", ANSWER_VALUE, "true");
    answers_set(answers, "antal", "", ANSWER_NONE, NULL);
    answers_set(answers, "vad", "1", ANSWER_VALUE, "Nej");
    g_autoptr(GError) failed = NULL;
    assert_int_equal(save(desk->worker, response, answers, "vad", "1", &failed), 0);
    assert_non_null(failed);
    g_clear_error(&failed);
    assert_int_equal(save(desk->worker, response, answers, NULL, NULL, &failed), 0);
    assert_non_null(failed);
    /* Neither on the disk nor in hand. */
    g_autofree char *after = row_of(desk->worker, response->id);
    assert_string_equal(after, before);
    assert_string_equal(response->typed, "Halv");
    assert_string_equal(response->at_item, "antal");
    g_auto(Opened) still = open_it(desk->lead, response->id, FALSE);
    assert_same_answers(still.answers, as_it_was.answers);
    /* And it goes on when the engine does. */
    fixture_take(desk->officer, "answer");
    assert_ok(save(desk->worker, response, answers, NULL, NULL, &error));
    g_auto(Opened) now = open_it(desk->lead, response->id, FALSE);
    assert_same_answers(now.answers, answers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes),   DESK_TEST(test_begin),
        DESK_TEST(test_who_may_begin),  DESK_TEST(test_save_and_reopen),
        DESK_TEST(test_random_answers), DESK_TEST(test_typed),
        DESK_TEST(test_a_megabyte),     DESK_TEST(test_two_thousand_answers),
        DESK_TEST(test_intake),         DESK_TEST(test_unfinished),
        DESK_TEST(test_value_before),   DESK_TEST(test_the_form_changes_meanwhile),
        DESK_TEST(test_forms),          DESK_TEST(test_failure_leaves_all_as_it_was),
    };
    return cmocka_run_group_tests_name("care/response_open", tests, NULL, NULL);
}
