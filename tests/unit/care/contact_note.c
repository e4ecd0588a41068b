/* contact_note.c: the dated notes about a client: kept as they were written, corrected by another. */
#include "care/client/contact_note.h"

#include "tests/unit/care/fixture_visit.h"

#define SAID "Ringde och sa att hon gärna kommer på måndag."

static ContactNote *noted(const Visits *visits, const char *text, const char *day)
{
    ContactNote *note = contact_note_new(visits->client);
    note->note = g_strdup(text);
    note->day = date_parse(day);
    return note;
}

/* "day note[corrected]|…"; new. */
static char *journal(const Visits *visits)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GPtrArray) all = NULL;
    assert_ok((all = contact_note_of_client(visits->session, visits->client, &error)));
    for (guint i = 0; i < all->len; i++) {
        char day[DATE_SIZE];
        const ContactNote *note = all->pdata[i];
        g_string_append_printf(text, "%s%s %s%s", i > 0 ? "|" : "", date_format(note->day, day) + 5,
                               note->note, note->replaced_id != 0 ? " (corrected)" : "");
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void assert_journal(const Visits *visits, const char *wanted)
{
    g_autofree char *said = journal(visits);
    assert_string_equal(said, wanted);
}

static gint64 entries(const Visits *visits, const char *action)
{
    g_autofree char *sql = g_strdup_printf(
        "SELECT count(*) FROM audit WHERE entity = 'contact_note' AND action = '%s'", action);
    return fixture_int(visits->session, sql);
}

static void what_was_written_is_read(void **state)
{
    const Visits *visits = *state;
    g_autoptr(ContactNote) note = noted(visits, "  " SAID "\n", "2026-11-20");
    note->mode = CONTACT_LETTER;
    note->party = g_strdup(" Lena Berg, syster ");
    note->words = g_strdup("Det går bättre nu.");
    note->time = 9 * 60 + 5;
    assert_journal(visits, "");
    assert_ok(contact_note_add(visits->session, note, &error));
    assert_ok(contact_note_add(visits->session, note, &error)); /* a call that is made again */
    g_autoptr(ContactNote) read = NULL;
    assert_ok((read = contact_note_get(visits->session, note->id, &error)));
    assert_string_equal(read->note, SAID);
    assert_string_equal(read->party, "Lena Berg, syster");
    assert_string_equal(read->words, "Det går bättre nu.");
    assert_int_equal(read->mode, CONTACT_LETTER);
    assert_int_equal(read->time, 9 * 60 + 5);
    g_autofree char *title = contact_note_title(read), *when = contact_note_when(read);
    assert_string_equal(title, "Letter, Lena Berg, syster");
    assert_string_equal(when, "Fri 2026-11-20 09:05");
    assert_journal(visits, "11-20 " SAID);
    assert_int_equal(entries(visits, "create"), 1);
    assert_int_equal(entries(visits, "read"), 1); /* once a day */
}

static void the_latest_day_comes_first(void **state)
{
    const Visits *visits = *state;
    const struct {
        const char *text, *day;
        int time;
    } rows[] = {{"a", "2026-11-02", -1}, {"b", "2026-11-20", 600}, {"c", "2026-11-20", -1},
                {"d", "2026-11-20", 480}, {"e", "2025-12-31", 600}};
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(ContactNote) note = noted(visits, rows[i].text, rows[i].day);
        note->time = rows[i].time;
        assert_ok(contact_note_add(visits->session, note, &error));
    }
    assert_journal(visits, "11-20 b|11-20 d|11-20 c|11-02 a|12-31 e");
}

/* Also where the correction is of another day: what it corrects lies below it. */
static void a_correction_keeps_what_it_corrects(void **state)
{
    const Visits *visits = *state;
    g_autoptr(ContactNote) first = noted(visits, "first", "2026-11-20");
    g_autoptr(ContactNote) between = noted(visits, "between", "2026-11-19");
    g_autoptr(ContactNote) second = noted(visits, "second", "2026-11-18");
    g_autoptr(ContactNote) third = noted(visits, "third", "2026-11-21");
    assert_ok(contact_note_add(visits->session, first, &error));
    assert_ok(contact_note_add(visits->session, between, &error));
    second->corrects_id = first->id;
    assert_ok(contact_note_add(visits->session, second, &error));
    assert_journal(visits, "11-19 between|11-18 second|11-20 first (corrected)");
    third->corrects_id = second->id;
    assert_ok(contact_note_add(visits->session, third, &error));
    assert_journal(visits,
                   "11-21 third|11-18 second (corrected)|11-20 first (corrected)|11-19 between");
    assert_int_equal(entries(visits, "correct"), 2);
}

/* Two who correct the same note: the later one is told, and nothing of theirs is kept by half. */
static void it_is_corrected_once(void **state)
{
    const Visits *visits = *state;
    g_autoptr(ContactNote) first = noted(visits, "first", "2026-11-20");
    g_autoptr(ContactNote) mine = noted(visits, "mine", "2026-11-20");
    g_autoptr(ContactNote) theirs = noted(visits, "theirs", "2026-11-20");
    g_autoptr(ContactNote) elsewhere = noted(visits, "elsewhere", "2026-11-20");
    assert_ok(contact_note_add(visits->session, first, &error));
    theirs->corrects_id = mine->corrects_id = elsewhere->corrects_id = first->id;
    elsewhere->client_id = visits->other;
    assert_fails(contact_note_add(visits->session, elsewhere, &error), ERROR_CONFLICT);
    assert_ok(contact_note_add(visits->session, theirs, &error));
    assert_fails(contact_note_add(visits->session, mine, &error), ERROR_CONFLICT);
    assert_journal(visits, "11-20 theirs|11-20 first (corrected)");
    mine->corrects_id = theirs->id;
    assert_ok(contact_note_add(visits->session, mine, &error));
    assert_journal(visits, "11-20 mine|11-20 theirs (corrected)|11-20 first (corrected)");
}

static void what_cannot_be_noted_is_refused(void **state)
{
    const Visits *visits = *state;
    const struct {
        const char *text, *day, *reason;
    } cases[] = {
        {" \n", "2026-11-20", "Write what was said"},
        {SAID, "2026-11-23", "today or earlier"}, /* tomorrow */
        {SAID, "", "today or earlier"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(ContactNote) note = noted(visits, cases[i].text, cases[i].day);
        assert_false(contact_note_add(visits->session, note, &error));
        if (!g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT) ||
            strstr(error->message, cases[i].reason) == NULL)
            fail_msg("case %zu: %s", i, error->message);
    }
    assert_journal(visits, "");
}

/* The log tells that something was written, and has none of it: it would outlive the note. */
static void the_log_has_none_of_it(void **state)
{
    const Visits *visits = *state;
    g_autoptr(ContactNote) note = noted(visits, "Kvittblomma", "2026-11-20");
    note->words = g_strdup("Kvittblomma");
    note->party = g_strdup("Kvittblomma");
    assert_ok(contact_note_add(visits->session, note, &error));
    assert_int_equal(
        fixture_int(visits->session,
                    "SELECT count(*) FROM audit WHERE changes LIKE '%Kvittblomma%'"),
        0);
}

/* The notes of several clients are searched by nobody: neither the search for clients nor that for
 * visits finds their words. */
static void they_are_not_searched(void **state)
{
    const Visits *visits = *state;
    g_autoptr(ContactNote) note = noted(visits, "Kvittblomma", "2026-11-20");
    g_autoptr(GPtrArray) found = NULL;
    assert_ok(contact_note_add(visits->session, note, &error));
    assert_ok((found = client_list(visits->session, "Kvittblomma", FALSE, NULL, 9, &error)));
    assert_int_equal(found->len, 0);
}

static void rows_are_taken(void **state)
{
    (void)state;
    const char *faults[CONTACT_ROW_COUNT];
    g_autoptr(ContactNote) from = contact_note_new(7), into = contact_note_new(7);
    from->note = g_strdup(SAID);
    from->party = g_strdup("Lena");
    from->mode = CONTACT_MESSAGE;
    from->time = 61;
    g_auto(GStrv) values = contact_rows_values(from);
    assert_true(contact_rows_take(values, into, faults));
    assert_string_equal(into->note, SAID);
    assert_string_equal(into->party, "Lena");
    assert_null(into->words);
    assert_int_equal(into->mode, CONTACT_MESSAGE);
    assert_int_equal(into->day, from->day);
    assert_int_equal(into->time, 61);
    const char *const wrong[CONTACT_ROW_COUNT] = {"", "", "9", "", "31/2", "25:00"};
    for (int row = 0; row < CONTACT_ROW_COUNT; row++) {
        g_free(values[row]);
        values[row] = g_strdup(wrong[row]);
    }
    assert_false(contact_rows_take(values, into, faults));
    assert_non_null(faults[CONTACT_ROW_NOTE]);
    assert_null(faults[CONTACT_ROW_WORDS]);
    assert_non_null(faults[CONTACT_ROW_MODE]);
    assert_null(faults[CONTACT_ROW_PARTY]);
    assert_non_null(faults[CONTACT_ROW_DAY]);
    assert_non_null(faults[CONTACT_ROW_TIME]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        VISIT_TEST(what_was_written_is_read),
        VISIT_TEST(the_latest_day_comes_first),
        VISIT_TEST(a_correction_keeps_what_it_corrects),
        VISIT_TEST(it_is_corrected_once),
        VISIT_TEST(what_cannot_be_noted_is_refused),
        VISIT_TEST(the_log_has_none_of_it),
        VISIT_TEST(they_are_not_searched),
        VISIT_TEST(rows_are_taken),
    };
    return cmocka_run_group_tests_name("care/contact_note", tests, NULL, NULL);
}
