/* dispute.c: what a client says is wrong: noted beside the thing, answered once, never erased. */
#include "care/client/dispute.h"

#include <signal.h>
#include <sys/resource.h>

#include "care/client/client_reason.h"
#include "care/client/contact_note.h"
#include "tests/unit/care/fixture_response.h"

#define WORDS "Jag var hemma, ingen ringde på."

static Dispute *about(gint64 client, DisputeAbout about, gint64 id, const char *entry)
{
    Dispute *dispute = dispute_new();
    dispute->client_id = client;
    dispute->about = about;
    dispute->about_id = id;
    dispute->entry = g_strdup(entry);
    dispute->words = g_strdup(WORDS);
    dispute->said_on = date_parse("2026-11-20");
    return dispute;
}

static gint64 note(Session *session, gint64 client, DisputeAbout of, gint64 id, const char *entry)
{
    g_autoptr(Dispute) dispute = about(client, of, id, entry);
    assert_ok(dispute_add(session, dispute, &error));
    return dispute->id;
}

static Dispute *only(Session *session, gint64 client)
{
    g_autoptr(GPtrArray) all = NULL;
    assert_ok((all = dispute_of_client(session, client, &error)));
    assert_int_equal(all->len, 1);
    return g_ptr_array_steal_index(all, 0);
}

static void the_case_officer_gets_the_task(void **state)
{
    const Visits *visits = *state;
    const DbParam *params = DB_PARAMS(DB_INT("id", visits->client), DB_INT("staff", visits->staff));
    assert_ok(db_run(session_db(visits->session),
                     "UPDATE client SET case_officer_id = :staff WHERE id = :id", params, &error));
    g_autoptr(Dispute) dispute = about(visits->client, DISPUTE_CARD, 0, " Address\n");
    dispute->field = g_strdup("address");
    assert_ok(dispute_add(visits->session, dispute, &error));
    assert_ok(dispute_add(visits->session, dispute, &error)); /* again: nothing */
    g_autoptr(Dispute) kept = only(visits->session, visits->client);
    assert_string_equal(kept->entry, "Address");
    assert_string_equal(kept->words, WORDS);
    assert_string_equal(kept->taken_by, "Grundare Ett");
    assert_int_equal(kept->outcome, DISPUTE_OPEN);
    g_autoptr(GPtrArray) tasks = NULL;
    assert_ok((tasks = task_of_client(visits->session, visits->client, &error)));
    assert_int_equal(tasks->len, 1);
    const Task *task = tasks->pdata[0];
    assert_int_equal(task->kind, TASK_DISPUTE);
    assert_int_equal(task->staff_id, visits->staff);
    assert_int_equal(task->due_date, kept->said_on + DISPUTE_DAYS);
    assert_string_equal(task->note, "Address");
    g_autoptr(GPtrArray) history = NULL;
    assert_ok((history = client_history(visits->session, visits->client, 10, &error)));
    gboolean told = FALSE;
    for (guint i = 0; i < history->len; i++)
        told = told || g_strcmp0(((ClientEvent *)history->pdata[i])->what, "Address") == 0;
    assert_true(told);
}

static void it_is_answered_once_and_the_words_stay(void **state)
{
    const Visits *visits = *state;
    const gint64 id = note(visits->session, visits->client, DISPUTE_OTHER, 0, "Brevet i maj");
    assert_fails(dispute_settle(visits->session, id, DISPUTE_STANDS, " ", &error), ERROR_INPUT);
    assert_fails(dispute_settle(visits->session, id, DISPUTE_OPEN, "x", &error), ERROR_INPUT);
    assert_ok(dispute_settle(visits->session, id, DISPUTE_STANDS, "Brevet finns kvar.", &error));
    assert_ok(dispute_settle(visits->session, id, DISPUTE_STANDS, "Brevet finns kvar.", &error));
    assert_fails(dispute_settle(visits->session, id, DISPUTE_CORRECTED, NULL, &error),
                 ERROR_CONFLICT);
    g_autoptr(Dispute) kept = only(visits->session, visits->client);
    assert_int_equal(kept->outcome, DISPUTE_STANDS);
    assert_string_equal(kept->reason, "Brevet finns kvar.");
    assert_string_equal(kept->settled_by, "Grundare Ett");
    assert_true(kept->settled_ms > 0);
    assert_string_equal(kept->words, WORDS);
    assert_int_equal(fixture_int(visits->session,
                                 "SELECT COUNT(*) FROM task WHERE kind = 'dispute' AND done_ms > 0"),
                     1);
    assert_int_equal(
        fixture_int(visits->session, "SELECT COUNT(*) FROM audit WHERE entity = 'dispute'"), 2);
}

static void it_stands_beside_the_visit_and_outlives_it(void **state)
{
    const Visits *visits = *state;
    const gint64 visit = plan(visits, "2026-11-27", "09:00");
    const gint64 other = plan(visits, "2026-11-27", "11:00");
    const gint64 id = note(visits->session, visits->client, DISPUTE_VISIT, visit, "Friday");
    g_autoptr(Visit) seen = get(visits, visit);
    g_autoptr(Visit) apart = get(visits, other);
    assert_non_null(strstr(seen->disputed, WORDS));
    assert_non_null(strstr(seen->disputed, "not answered yet"));
    assert_null(apart->disputed);
    assert_ok(dispute_settle(visits->session, id, DISPUTE_CORRECTED, NULL, &error));
    g_autoptr(Visit) answered = get(visits, visit);
    assert_non_null(strstr(answered->disputed, "corrected"));
    const VisitQuery bare = {.from = DATE_NONE, .to = DATE_NONE, .outcome = -1, .without_words = TRUE};
    g_autoptr(GPtrArray) listed = NULL;
    assert_ok((listed = visit_list(visits->session, &bare, NULL, 10, &error)));
    for (guint i = 0; i < listed->len; i++)
        assert_null(((Visit *)listed->pdata[i])->disputed);
    assert_ok(visit_remove(visits->session, visit, &error));
    g_autoptr(Dispute) kept = only(visits->session, visits->client);
    assert_int_equal(kept->about, DISPUTE_VISIT);
    assert_int_equal(kept->about_id, 0);
    assert_string_equal(kept->entry, "Friday");
    assert_string_equal(kept->words, WORDS);
}

/* One note of the journal, and no other; the words outlive it. */
static void it_stands_beside_one_note(void **state)
{
    const Visits *visits = *state;
    g_autoptr(ContactNote) said = contact_note_new(visits->client);
    g_autoptr(ContactNote) other = contact_note_new(visits->client);
    said->note = g_strdup("Hon ville avsluta stödet.");
    other->note = g_strdup("Ringde.");
    assert_ok(contact_note_add(visits->session, said, &error));
    assert_ok(contact_note_add(visits->session, other, &error));
    note(visits->session, visits->client, DISPUTE_NOTE, said->id, "Journal");
    g_autoptr(GPtrArray) all = NULL;
    assert_ok((all = dispute_of_client(visits->session, visits->client, &error)));
    g_autofree char *beside = dispute_beside(all, DISPUTE_NOTE, said->id, NULL, "en");
    assert_string_equal(beside, "“" WORDS "” (2026-11-20, not answered yet)");
    assert_null(dispute_beside(all, DISPUTE_NOTE, other->id, NULL, "en"));
    assert_null(dispute_beside(all, DISPUTE_VISIT, said->id, NULL, "en"));
    assert_ok(db_run(session_db(visits->session), "DELETE FROM contact_note WHERE id = :id",
                     DB_PARAMS(DB_INT("id", said->id)), &error));
    g_autoptr(Dispute) kept = only(visits->session, visits->client);
    assert_int_equal(kept->about, DISPUTE_OTHER);
    assert_string_equal(kept->words, WORDS);
}

/* One question of a form; where all of the form is told, it is named. */
static void it_stands_beside_one_question(void **state)
{
    const Desk *desk = *state;
    const gint64 client = desk->visits.client;
    g_autoptr(Response) response = begin(desk->lead, "liten", client);
    g_autofree char *key = dispute_question("svar", "1.2"), *plain = dispute_question("svar", "");
    g_autoptr(Dispute) dispute = about(client, DISPUTE_RESPONSE, response->id, "Plan, 3. Why?");
    dispute->field = g_strdup(key);
    assert_string_not_equal(key, plain);
    assert_ok(dispute_add(desk->worker, dispute, &error));
    g_autoptr(GPtrArray) all = NULL;
    assert_ok((all = dispute_of_client(desk->worker, client, &error)));
    g_autofree char *beside = dispute_beside(all, DISPUTE_RESPONSE, response->id, key, "en");
    g_autofree char *named = dispute_beside(all, DISPUTE_RESPONSE, response->id, NULL, "en");
    assert_string_equal(beside, "“" WORDS "” (2026-11-20, not answered yet)");
    assert_string_equal(named, "Plan, 3. Why?: “" WORDS "” (2026-11-20, not answered yet)");
    assert_null(dispute_beside(all, DISPUTE_RESPONSE, response->id, plain, "en"));
    assert_null(dispute_beside(all, DISPUTE_RESPONSE, response->id, DISPUTE_WHOLE, "en"));
}

/* A database that can only be read tells what was said, and takes nothing. */
static void nothing_is_noted_where_one_only_reads(void **state)
{
    fixture_wants_file();
    Visits *visits = *state;
    struct rlimit limit;
    note(visits->session, visits->client, DISPUTE_OTHER, 0, "Brevet");
    session_close(g_steal_pointer(&visits->unit.session));
    /* No file may grow, which opens it to be read. */
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = 0;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    Session *reader = fixture_try(&visits->unit, "grundare", PASSPHRASE, NULL);
    limit.rlim_cur = limit.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    assert_non_null(reader);
    visits->session = visits->unit.session = reader;
    g_autoptr(Dispute) more = about(visits->client, DISPUTE_OTHER, 0, "Ett brev till");
    assert_fails(dispute_add(reader, more, &error), ERROR_READONLY);
    g_autoptr(Dispute) kept = only(reader, visits->client);
    assert_string_equal(kept->entry, "Brevet");
    assert_fails(dispute_settle(reader, kept->id, DISPUTE_CORRECTED, NULL, &error), ERROR_READONLY);
}

/* A colleague's client that was opened for a reason: that day, and never one with protected identity. */
static void whoever_gave_a_reason_may_note(void **state)
{
    const Desk *desk = *state;
    const gint64 stranger = add_client(desk->lead, "Olle Okänd", PROTECTION_NONE);
    g_autoptr(Dispute) dispute = about(stranger, DISPUTE_OTHER, 0, "Brevet");
    assert_fails(dispute_add(desk->worker, dispute, &error), ERROR_DENIED);
    assert_ok(client_give_reason(desk->worker, stranger, REASON_STAND_IN, NULL, &error));
    assert_ok(dispute_add(desk->worker, dispute, &error));
    g_autoptr(Dispute) kept = only(desk->worker, stranger);
    assert_string_equal(kept->words, WORDS);
    set_clock("2026-11-24T09:00");
    assert_ok(clock_init(&error));
    assert_fails(dispute_of_client(desk->worker, stranger, &error), ERROR_DENIED);
}

static void what_is_of_no_use_is_refused(void **state)
{
    const Visits *visits = *state;
    const gint64 theirs = plan(visits, "2026-11-27", "09:00");
    const struct {
        DisputeAbout about;
        gint64 client, id;
        const char *entry, *words, *said, *field;
        int code;
    } cases[] = {
        {DISPUTE_OTHER, visits->client, 0, " ", WORDS, "2026-11-20", NULL, ERROR_INPUT},
        {DISPUTE_OTHER, visits->client, 0, "Brevet", "\n", "2026-11-20", NULL, ERROR_INPUT},
        {DISPUTE_OTHER, visits->client, 0, "Brevet", WORDS, "2026-11-23", NULL, ERROR_INPUT},
        {DISPUTE_OTHER, visits->client, 0, "Brevet", WORDS, NULL, NULL, ERROR_INPUT},
        {DISPUTE_CARD, visits->client, 0, "Brevet", WORDS, "2026-11-20", "version", ERROR_INPUT},
        {DISPUTE_VISIT, visits->other, theirs, "Visit", WORDS, "2026-11-20", NULL, ERROR_NOT_FOUND},
        {DISPUTE_RESPONSE, visits->client, 7, "Form", WORDS, "2026-11-20", NULL, ERROR_NOT_FOUND},
        {DISPUTE_DECISION, visits->client, 7, "It", WORDS, "2026-11-20", NULL, ERROR_NOT_FOUND},
        {DISPUTE_NOTE, visits->client, 7, "It", WORDS, "2026-11-20", NULL, ERROR_NOT_FOUND},
        {DISPUTE_OTHER, visits->client, 0, "It", WORDS, "2026-11-20", "phone", ERROR_INPUT},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(Dispute) dispute =
            about(cases[i].client, cases[i].about, cases[i].id, cases[i].entry);
        g_free(dispute->words);
        dispute->words = g_strdup(cases[i].words);
        dispute->field = g_strdup(cases[i].field);
        dispute->said_on = cases[i].said != NULL ? date_parse(cases[i].said) : DATE_NONE;
        if (dispute_add(visits->session, dispute, &error) ||
            !g_error_matches(error, DAGSFORM_ERROR, cases[i].code))
            fail_msg("case %zu: %s", i, error != NULL ? error->message : "taken");
    }
    assert_int_equal(fixture_int(visits->session, "SELECT COUNT(*) FROM dispute"), 0);
}

/* The roles are the card's: a support worker notes of the own clients, and settles nothing. */
static void those_who_may_open_the_card_may_note(void **state)
{
    const Desk *desk = *state;
    const Visits *visits = &desk->visits;
    g_autoptr(Dispute) closed = about(visits->hidden, DISPUTE_OTHER, 0, "Brevet");
    assert_fails(dispute_add(desk->officer, closed, &error), ERROR_DENIED);
    assert_fails(dispute_of_client(desk->officer, visits->hidden, &error), ERROR_DENIED);
    const gint64 stranger = add_client(desk->lead, "Olle Okänd", PROTECTION_NONE);
    g_autoptr(Dispute) another = about(stranger, DISPUTE_OTHER, 0, "Brevet");
    assert_fails(dispute_add(desk->worker, another, &error), ERROR_DENIED);
    const gint64 id = note(desk->worker, visits->client, DISPUTE_OTHER, 0, "Brevet");
    assert_fails(dispute_settle(desk->worker, id, DISPUTE_CORRECTED, NULL, &error), ERROR_DENIED);
    assert_ok(dispute_settle(desk->officer, id, DISPUTE_CORRECTED, NULL, &error));
}

/* What is said of an interview is told to those who may do one. */
static void of_an_interview_the_rest_hear_nothing(void **state)
{
    const Desk *desk = *state;
    const Visits *visits = &desk->visits;
    g_autoptr(Response) response = begin(desk->lead, "liten", visits->client);
    note(desk->lead, visits->client, DISPUTE_RESPONSE, response->id, "Svaren");
    g_autoptr(GPtrArray) seen = NULL, after = NULL;
    assert_ok((seen = dispute_of_client(desk->worker, visits->client, &error)));
    assert_int_equal(seen->len, 1);
    assert_ok(db_run(session_db(desk->lead), "UPDATE response SET interview = 1 WHERE id = :id",
                     DB_PARAMS(DB_INT("id", response->id)), &error));
    assert_ok((after = dispute_of_client(desk->worker, visits->client, &error)));
    assert_int_equal(after->len, 0);
    g_autoptr(Dispute) again = about(visits->client, DISPUTE_RESPONSE, response->id, "Svaren");
    assert_fails(dispute_add(desk->worker, again, &error), ERROR_DENIED);
}

static void what_stands_beside_what(void **state)
{
    (void)state;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)dispute_free);
    Dispute *address = about(1, DISPUTE_CARD, 0, "Address"), *card = about(1, DISPUTE_CARD, 0, "x");
    address->field = g_strdup("address");
    card->outcome = DISPUTE_STANDS;
    card->reason = g_strdup("Folkbokförd.");
    g_ptr_array_add(all, address);
    g_ptr_array_add(all, card);
    g_autofree char *field = dispute_beside(all, DISPUTE_CARD, 0, "address", "en");
    g_autofree char *whole = dispute_beside(all, DISPUTE_CARD, 0, NULL, "en");
    g_autofree char *none = dispute_beside(all, DISPUTE_VISIT, 3, NULL, "en");
    assert_string_equal(field, "“" WORDS "” (2026-11-20, not answered yet)");
    assert_non_null(strstr(whole, "it stands as it was written: Folkbokförd.)"));
    assert_null(none);
    assert_string_not_equal(dispute_draft(DISPUTE_CARD, "phone"),
                            dispute_draft(DISPUTE_CARD, "address"));
}

static void rows_are_taken(void **state)
{
    (void)state;
    const char *faults[DISPUTE_ROW_COUNT], *wrong[SETTLE_ROW_COUNT];
    g_autoptr(Dispute) dispute = dispute_new();
    char entry[] = " Address ", words[] = WORDS, day[] = "2026-11-20", empty[] = "", two[] = "2";
    char *good[] = {entry, words, day, NULL}, *bad[] = {empty, empty, words, NULL};
    assert_true(dispute_rows_take(good, dispute, faults));
    assert_string_equal(dispute->entry, "Address");
    assert_false(dispute_rows_take(bad, dispute, faults));
    for (int row = 0; row < DISPUTE_ROW_COUNT; row++)
        assert_non_null(faults[row]);
    DisputeOutcome outcome;
    g_autofree char *reason = NULL;
    char *stands[] = {two, words, NULL}, *why[] = {two, empty, NULL}, *none[] = {empty, words, NULL};
    assert_true(settle_rows_take(stands, &outcome, &reason, wrong));
    assert_int_equal(outcome, DISPUTE_STANDS);
    assert_false(settle_rows_take(why, &outcome, &reason, wrong));
    assert_non_null(wrong[SETTLE_ROW_REASON]);
    assert_false(settle_rows_take(none, &outcome, &reason, wrong));
    assert_non_null(wrong[SETTLE_ROW_OUTCOME]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(the_case_officer_gets_the_task),
        VISIT_TEST(it_is_answered_once_and_the_words_stay),
        VISIT_TEST(it_stands_beside_the_visit_and_outlives_it),
        VISIT_TEST(it_stands_beside_one_note),
        DESK_TEST(it_stands_beside_one_question),
        VISIT_TEST(nothing_is_noted_where_one_only_reads),
        DESK_TEST(whoever_gave_a_reason_may_note),
        VISIT_TEST(what_is_of_no_use_is_refused),
        DESK_TEST(those_who_may_open_the_card_may_note),
        DESK_TEST(of_an_interview_the_rest_hear_nothing),
        cmocka_unit_test(what_stands_beside_what),
        cmocka_unit_test(rows_are_taken),
    };
    return cmocka_run_group_tests_name("care/dispute", tests, NULL, NULL);
}
