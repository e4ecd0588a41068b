/* extract.c: nothing that is kept about a person is missing in an extract, and nobody else gets it.
 */
#include "exchange/extract.h"

#include "care/client/client.h"
#include "care/client/client_merge.h"
#include "care/client/client_tables.h"
#include "care/client/contact_note.h"
#include "care/client/dispute.h"
#include "tests/unit/care/fixture.h"
#include "tests/unit/exchange/fixture_paper.h"
#include "tests/units/rows.h"

#define UNIT "tests/data/units/0046"

/* Every column of text of every table that has rows of a client. What people have written is marked
 * (`text`); the others are codes, days, hours, and what the program makes of them. A new column
 * belongs to one of the two. Whose rows they are, client_tables.h says. */
static const struct {
    const char *table, *text, *others;
} KEPT[] = {
    {"client", "phone email address contact",
     "number name id_kind id_number birth_date sex language protection mandate_to"},
    {"visit", "words note",
     "date start form outcome cancelled_by told_by cause cause_further cause_source alternative"},
    {"task", "note contact contact_phone",
     "kind due_date due_time done_how item instance mandate_on"},
    {"consent", "actors scope purpose exceptions",
     "item instance given form given_by given_on ends_on withdrawn_on settled"},
    {"decision", "asked_for purpose hours decided_by section reasons delegation",
     "kind law support received_on due_on decided_on valid_from valid_to"},
    {"decision_version", "decided_by section reasons delegation",
     "kind law support decided_on valid_from valid_to"},
    {"care_order", "provider contact contact_phone aims words", "ordered_on sent_on"},
    {"implementation", "words", "due_on arrived_on part part_source follow_on letter_on"},
    {"contact_note", "party note words", "mode day time"},
    {"absence", "words", "cause from_on to_on"},
    {"risk_note", "words", ""},
    {"out_home", "", ""},
    {"away_response", "", ""},
    {"away_proposal", "body", "name why settled"},
    {"visit_second", "", ""},
    {"series_second", "", ""},
    {"closing", "words", "reason last_on follows reopened_on"},
    {"call_request", "", ""},
    {"call_reminder", "", ""},
    {"quote", "words", "said_on allowed_on withdrawn_on"},
    {"dispute", "entry words reason", "about field said_on outcome"},
    {"response", "not_done_words",
     "form form_hash respondent language mode at_item at_instance typed_in typed not_done title "
     "subject"},
    {"answer", "note reason", "item instance kind value"},
    {"call", "note", "result back_date back_time"},
    {"placement", "", "started_on ended_on"},
    {"series", "", "rrule starts_on ends_on start form laid_out_to"},
    {"client_group_member", "", "from_on to_on"},
    {"first_visit", "", "date start"},
    {"latest_visit", "", "date start"},
    {"client_named_staff", "", ""},
    {"visit_version", "", "state"},
    {"audit", "", "action entity changes"},
    {"client_reason", "", "day reason words"}, /* staff's own, of the log */
    {"retention_row", "kept_why", "state ground last_note first_on last_on look_again_on"},
    {"draft", "", "kind body"}, /* nothing that is kept yet */
    {"client_merge", "", "closed_number closed_id_number"},
    {"client_merge_row", "", "table_name how row_text"}, /* which rows; they are kept elsewhere */
    {"client_merge_field", "", "field before after"},    /* what_a_merged_card_said_is_in_it() */
    {"client_former", "", "kind value"},
    {"client_apart", "", ""},
};

static int extract_setup(void **state)
{
    Fixture *unit = g_new0(Fixture, 1);
    fixture_start(unit);
    /* The unit has been worked in later than the day on which the other tests stand. */
    g_unsetenv("DAGSFORM_NOW");
    assert_ok(clock_init(&error));
    fixture_copy(UNIT ".db", unit->database);
    fixture_copy(UNIT ".keys", unit->keys);
    *state = unit;
    return 0;
}

#define EXTRACT_TEST(f) cmocka_unit_test_setup_teardown(f, extract_setup, fixture_teardown)

static sqlite3 *open_raw(const Fixture *unit)
{
    sqlite3 *handle = NULL;
    g_autoptr(Secret) key = NULL;
    assert_ok((key = unit_key(unit->database, "tests/data/units/passphrase", &error)));
    assert_ok((handle = engine_open(unit->database, NULL, key, FALSE, &error)));
    return handle;
}

static Session *sign_in(Fixture *unit, const char *login)
{
    g_autofree char *passphrase = NULL;
    assert_true(g_file_get_contents("tests/data/units/passphrase", &passphrase, NULL, NULL));
    g_autoptr(Secret) secret = secret_from_text(g_strchomp(passphrase));
    const SessionOpening opening = {
        .database = unit->database, .login = login, .passphrase = secret};
    assert_ok((unit->session = session_open(&opening, &error)));
    return unit->session;
}

static gboolean has_word(const char *words, const char *word)
{
    g_auto(GStrv) all = g_strsplit(words, " ", -1);
    return g_strv_contains((const char *const *)all, word);
}

static void every_column_is_thought_of(void **state)
{
    int unknown = 0;
    sqlite3 *handle = open_raw(*state);
    for (gsize i = 0; i < G_N_ELEMENTS(KEPT); i++) {
        g_autoptr(GPtrArray) columns = g_ptr_array_new_with_free_func(g_free);
        g_autofree char *sql = g_strdup_printf(
            "SELECT name FROM pragma_table_info('%s') WHERE type = 'TEXT'", KEPT[i].table);
        rows_of(handle, "", sql, columns);
        for (guint j = 0; j < columns->len; j++) {
            const char *name = strchr(columns->pdata[j], '=') + 1;
            if (!has_word(KEPT[i].text, name) && !has_word(KEPT[i].others, name))
                print_error("%s.%s: is it in the extract?\n", KEPT[i].table, name), unknown++;
        }
    }
    /* Nor is there another table with rows of a client. */
    gsize count = 0;
    const ClientTable *tables = client_tables(&count);
    for (gsize i = 0; i < count; i++) {
        gboolean known = FALSE;
        for (gsize j = 0; j < G_N_ELEMENTS(KEPT); j++)
            known = known || g_str_equal(KEPT[j].table, tables[i].name);
        if (!known)
            print_error("%s: is it in the extract?\n", tables[i].name), unknown++;
    }
    assert_int_equal(unknown, 0);
    sqlite3_close(handle);
}

/* A reason stands only beside an answer, and neither on the row that counts a group's repetitions.
 */
#define MARKED_ANSWERS " WHERE value <> '' AND item <> 'narstaende'"

/* The unit is of the newest schema that there is one of: a table or a column may be newer. */
static gboolean is_there(sqlite3 *handle, const char *table, const char *column)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *sql = g_strdup_printf(
        "SELECT name FROM pragma_table_info('%s') WHERE name = '%s'", table, column);
    rows_of(handle, "", sql, rows);
    return rows->len > 0;
}

/* Marks what has been written in every row: "mark:visit.words:0F3C…". */
static void mark_all(sqlite3 *handle)
{
    for (gsize i = 0; i < G_N_ELEMENTS(KEPT); i++) {
        g_auto(GStrv) columns = g_strsplit(KEPT[i].text, " ", -1);
        for (int j = 0; columns[j] != NULL; j++) {
            if (!is_there(handle, KEPT[i].table, columns[j]))
                continue;
            g_autofree char *sql =
                g_strdup_printf("UPDATE %s SET %s = 'mark:%s.%s:' || hex(randomblob(4))%s",
                                KEPT[i].table, columns[j], KEPT[i].table, columns[j],
                                g_str_equal(KEPT[i].table, "answer") ? MARKED_ANSWERS : "");
            assert_int_equal(sqlite3_exec(handle, sql, NULL, NULL, NULL), SQLITE_OK);
        }
    }
}

/* SQL: which rows of that table are the client's. New. */
static char *whose(const char *table, gint64 client)
{
    gsize count = 0, i = 0;
    const ClientTable *tables = client_tables(&count);
    while (i < count && !g_str_equal(tables[i].name, table))
        i++;
    assert_true(i < count);
    g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, client);
    g_auto(GStrv) parts = g_strsplit(tables[i].whose, ":client", -1);
    return g_strjoinv(id, parts);
}

/* The marks of a client, one a line: new. */
static GPtrArray *marks_of(sqlite3 *handle, gint64 client)
{
    GPtrArray *marks = g_ptr_array_new_with_free_func(g_free);
    for (gsize i = 0; i < G_N_ELEMENTS(KEPT); i++) {
        g_auto(GStrv) columns = g_strsplit(KEPT[i].text, " ", -1);
        for (int j = 0; columns[j] != NULL; j++) {
            if (!is_there(handle, KEPT[i].table, columns[j]))
                continue;
            g_autofree char *of = whose(KEPT[i].table, client);
            g_autofree char *sql =
                g_strdup_printf("SELECT %s FROM %s WHERE (%s) AND %s LIKE 'mark:%%'", columns[j],
                                KEPT[i].table, of, columns[j]);
            rows_of(handle, "", sql, marks);
        }
    }
    return marks;
}

/* All who have a form: they have the most. */
static GArray *clients_with_forms(sqlite3 *handle)
{
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(g_free);
    rows_of(handle, "", "SELECT DISTINCT client_id FROM response WHERE client_id IS NOT NULL",
            rows);
    for (guint i = 0; i < rows->len; i++) {
        gint64 id = g_ascii_strtoll(strchr(rows->pdata[i], '=') + 1, NULL, 10);
        g_array_append_val(ids, id);
    }
    assert_true(ids->len > 0);
    return ids;
}

/* New. */
static char *extracted(Fixture *unit, gint64 client, gboolean others, ExtractResult *result)
{
    g_autofree char *path = g_build_filename(unit->folder, "extract.json", NULL);
    char *text = NULL;
    assert_ok(extract_write(unit->session, client, others, path, result, &error));
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    assert_int_equal(g_remove(path), 0);
    return text;
}

static int marks_in(const GPtrArray *marks, const char *text, gboolean all)
{
    int found = 0;
    for (guint i = 0; i < marks->len; i++) {
        g_autofree char *quoted = g_strdup_printf("\"%s\"", strchr(marks->pdata[i], '=') + 1);
        const gboolean there = strstr(text, quoted) != NULL;
        if (all && !there)
            fail_msg("%s is missing", quoted);
        found += there;
    }
    return found;
}

static void nothing_that_is_kept_is_missing(void **state)
{
    Fixture *unit = *state;
    sqlite3 *handle = open_raw(unit);
    int marked = 0, withheld = 0;
    mark_all(handle);
    g_autoptr(GArray) ids = clients_with_forms(handle);
    sign_in(unit, "eva");
    for (guint i = 0; i < ids->len; i++) {
        ExtractResult whole, result;
        const gint64 client = g_array_index(ids, gint64, i);
        g_autoptr(GPtrArray) marks = marks_of(handle, client);
        g_autofree char *all = extracted(unit, client, TRUE, &whole);
        g_autofree char *own = extracted(unit, client, FALSE, &result);
        assert_int_equal(whole.left_out, 0);
        assert_int_equal(marks_in(marks, all, TRUE), marks->len);
        marked += (int)marks->len;
        withheld += (int)marks->len - marks_in(marks, own, FALSE);
        /* Next of kin are named on every card here. */
        assert_true(result.left_out > 0);
        assert_null(strstr(own, "mark:client.contact:"));
    }
    assert_true(marked > 100);
    assert_true(withheld > 0 && withheld < marked / 2);
    sqlite3_close(handle);
}

/* What somebody says is wrong, and what came of it, is theirs to have. */
static void what_they_say_is_wrong_is_in_it(void **state)
{
    Fixture *unit = *state;
    sqlite3 *handle = open_raw(unit);
    g_autoptr(GArray) ids = clients_with_forms(handle);
    sqlite3_close(handle);
    ExtractResult result;
    g_autoptr(Dispute) dispute = dispute_new();
    dispute->client_id = g_array_index(ids, gint64, 0);
    dispute->about = DISPUTE_OTHER;
    dispute->entry = g_strdup("mark:entry");
    dispute->words = g_strdup("mark:words");
    dispute->said_on = clock_today();
    sign_in(unit, "eva");
    assert_ok(dispute_add(unit->session, dispute, &error));
    assert_ok(dispute_settle(unit->session, dispute->id, DISPUTE_STANDS, "mark:reason", &error));
    g_autofree char *own = extracted(unit, dispute->client_id, FALSE, &result);
    assert_non_null(strstr(own, "\"mark:entry\""));
    assert_non_null(strstr(own, "\"mark:words\""));
    assert_non_null(strstr(own, "\"mark:reason\""));
}

/* What follows `mark` in the extract: whether `words` come before the next `end`. */
static gboolean is_beside(const char *all, const char *mark, const char *words, const char *end)
{
    const char *from = strstr(all, mark);
    const char *found = from != NULL ? strstr(from, words) : NULL;
    const char *stop = from != NULL ? strstr(from, end) : NULL;
    return found != NULL && (stop == NULL || found < stop);
}

/* Beside the note of the journal and the answer that it is about. */
static void what_they_say_is_wrong_stands_beside_it(void **state)
{
    Fixture *unit = *state;
    sqlite3 *handle = open_raw(unit);
    g_autoptr(GArray) ids = clients_with_forms(handle);
    sqlite3_close(handle);
    ExtractResult result;
    const gint64 client = g_array_index(ids, gint64, 0);
    sign_in(unit, "eva");
    g_autoptr(ContactNote) note = contact_note_new(client);
    note->note = g_strdup("mark:this-note");
    assert_ok(contact_note_add(unit->session, note, &error));
    g_autoptr(Dispute) dispute = dispute_new();
    dispute->client_id = client;
    dispute->about = DISPUTE_NOTE;
    dispute->about_id = note->id;
    dispute->entry = g_strdup("x");
    dispute->words = g_strdup("mark:beside-note");
    dispute->said_on = clock_today();
    assert_ok(dispute_add(unit->session, dispute, &error));
    g_autoptr(GPtrArray) answered = g_ptr_array_new_with_free_func(g_free);
    handle = open_raw(unit);
    g_autofree char *sql = g_strdup_printf(
        "SELECT a.response_id || ' ' || a.item || CASE WHEN a.instance = '' THEN '' ELSE '/' END ||"
        " a.instance AS k FROM answer a JOIN response r ON r.id = a.response_id"
        " WHERE r.client_id = %" G_GINT64_FORMAT " AND a.kind = 'value' AND a.note IS NOT NULL"
        " LIMIT 1",
        client);
    rows_of(handle, "", sql, answered);
    sqlite3_close(handle);
    g_auto(GStrv) key = g_strsplit(strchr(answered->pdata[0], '=') + 1, " ", 2);
    g_autoptr(Dispute) other = dispute_copy(dispute);
    other->id = 0;
    other->about = DISPUTE_RESPONSE;
    other->about_id = g_ascii_strtoll(key[0], NULL, 10);
    other->field = g_strdup(key[1]);
    g_free(other->words);
    other->words = g_strdup("mark:beside-answer");
    assert_ok(dispute_add(unit->session, other, &error));
    g_autofree char *own = extracted(unit, client, TRUE, &result);
    assert_true(is_beside(own, "\"mark:this-note\"", "mark:beside-note", "\"title\""));
    const char *forms = strstr(own, "\"forms\"");
    assert_non_null(forms);
    assert_non_null(strstr(forms, "mark:beside-answer"));
}

static void whoever_told_of_somebody_is_not_named(void **state)
{
    Fixture *unit = *state;
    sqlite3 *handle = open_raw(unit);
    assert_int_equal(
        sqlite3_exec(handle,
                     "UPDATE answer SET value = 'Grannen Sture' WHERE item IN ('inkom-namn',"
                     " 'narstaende-namn', 'deltagare-namn')",
                     NULL, NULL, NULL),
        SQLITE_OK);
    assert_true(sqlite3_changes(handle) > 0);
    g_autoptr(GArray) ids = clients_with_forms(handle);
    sqlite3_close(handle);
    sign_in(unit, "eva");
    int named = 0;
    for (guint i = 0; i < ids->len; i++) {
        ExtractResult result;
        const gint64 client = g_array_index(ids, gint64, i);
        g_autofree char *own = extracted(unit, client, FALSE, &result);
        g_autofree char *all = extracted(unit, client, TRUE, &result);
        assert_null(strstr(own, "Grannen Sture"));
        named += strstr(all, "Grannen Sture") != NULL;
    }
    assert_true(named > 0);
}

static void only_those_get_it_who_may(void **state)
{
    Fixture *unit = *state;
    ExtractResult result;
    g_autofree char *path = g_build_filename(unit->folder, "extract.json", NULL);
    sqlite3 *handle = open_raw(unit);
    g_autoptr(GArray) ids = clients_with_forms(handle);
    const gint64 client = g_array_index(ids, gint64, 0);
    sign_in(unit, "stod");
    assert_fails(extract_write(unit->session, client, TRUE, path, &result, &error), ERROR_DENIED);
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
    g_clear_pointer(&unit->session, session_close);
    assert_int_equal(sqlite3_exec(handle,
                                  "DELETE FROM client_named_staff; UPDATE client SET protection ="
                                  " 'marked', support_worker_id = NULL, case_officer_id = NULL",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(handle);
    sign_in(unit, "hand");
    assert_fails(extract_write(unit->session, client, TRUE, path, &result, &error), ERROR_DENIED);
    assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
}

static void it_stands_in_the_log_and_is_never_half(void **state)
{
    Fixture *unit = *state;
    ExtractResult result;
    sqlite3 *handle = open_raw(unit);
    g_autoptr(GArray) ids = clients_with_forms(handle);
    sqlite3_close(handle);
    const gint64 client = g_array_index(ids, gint64, 0);
    g_autofree char *path = g_build_filename(unit->folder, "extract.pdf", NULL);
    g_autofree char *odd = g_build_filename(unit->folder, "extract.doc", NULL);
    sign_in(unit, "eva");
    assert_fails(extract_write(unit->session, client, FALSE, odd, &result, &error), ERROR_INPUT);
    assert_ok(extract_write(unit->session, client, FALSE, path, &result, &error));
    assert_fails(extract_write(unit->session, client, FALSE, path, &result, &error), ERROR_EXISTS);
    g_autofree char *text = text_of_file(path);
    assert_says(text, "Extract from the register");
    assert_says(text, "Usually hard");
    assert_says(text, "Visits");
    const char *readings = g_strrstr(text, "When this was read, and by which role");
    assert_non_null(readings);
    assert_non_null(strstr(readings, "opened the card"));
    assert_non_null(strstr(readings, "team lead"));
    assert_null(strstr(readings, "Eva Ledare"));
    g_autoptr(GPtrArray) events = NULL;
    assert_ok((events = client_history(unit->session, client, 50, &error)));
    int logged = 0;
    for (guint i = 0; i < events->len; i++)
        logged += g_str_equal(((ClientEvent *)events->pdata[i])->action,
                              "wrote all about the client to a file");
    assert_int_equal(logged, 2);
}

static void why_somebody_is_kept_is_told(void **state)
{
    Fixture *unit = *state;
    ExtractResult result;
    session_close(sign_in(unit, "eva")); /* brought up to date */
    unit->session = NULL;
    sqlite3 *handle = open_raw(unit);
    g_autoptr(GArray) ids = clients_with_forms(handle);
    const gint64 client = g_array_index(ids, gint64, 0);
    g_autofree char *sql = g_strdup_printf(
        "DELETE FROM retention_row; DELETE FROM retention_proposal;"
        "INSERT INTO retention_proposal (id, unit_id, year, municipality, made_ms, made_by)"
        " SELECT 7, u.id, 2026, 126, 1, (SELECT MIN(id) FROM staff) FROM unit u;"
        "INSERT INTO retention_row (proposal_id, client_id, state, last_note, first_on, last_on,"
        " proposed_by, kept_by, kept_why, look_again_on) SELECT 7, %" G_GINT64_FORMAT
        ", 'due', '2020-01-01', '2025-01-02', '2026-12-31', MIN(s.id), MIN(s.id), 'mark:kept',"
        " '2030-01-01' FROM staff s",
        client);
    assert_int_equal(sqlite3_exec(handle, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(handle);
    sign_in(unit, "eva");
    g_autofree char *text = extracted(unit, client, FALSE, &result);
    assert_non_null(strstr(text, "mark:kept"));
}

/* Nor is anything lost of a card that was merged into another, or of what that one said before. */
static void what_a_merged_card_said_is_in_it(void **state)
{
    Fixture *unit = *state;
    static const char *const marks[] = {
        "Mark Kept",         "mark:kept:phone",     "mark:kept:address",  "Mark Closed",
        "mark:closed:phone", "mark:closed:address", "mark:closed:contact"};
    ExtractResult result;
    gint64 merge = 0;
    gint64 ids[2] = {0};
    sign_in(unit, "eva");
    for (int i = 0; i < 2; i++) {
        const char *which = i == 0 ? "kept" : "closed";
        g_autoptr(Client) card = client_new();
        card->name = g_strdup(i == 0 ? "Mark Kept" : "Mark Closed");
        card->phone = g_strdup_printf("mark:%s:phone", which);
        card->address = g_strdup_printf("mark:%s:address", which);
        card->contact = g_strdup_printf("mark:%s:contact", which);
        assert_ok(client_add(unit->session, card, &error));
        ids[i] = card->id;
    }
    assert_ok(client_merge(unit->session, ids[0], ids[1],
                           MERGE_BIT(MERGE_PHONE) | MERGE_BIT(MERGE_NAME), &merge, &error));
    g_autofree char *all = extracted(unit, ids[0], TRUE, &result);
    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++)
        if (strstr(all, marks[i]) == NULL)
            fail_msg("%s is missing", marks[i]);
    g_autofree char *own = extracted(unit, ids[0], FALSE, &result);
    assert_null(strstr(own, "mark:closed:contact"));
    assert_int_equal(result.left_out, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        EXTRACT_TEST(every_column_is_thought_of),
        EXTRACT_TEST(nothing_that_is_kept_is_missing),
        EXTRACT_TEST(what_they_say_is_wrong_is_in_it),
        EXTRACT_TEST(what_they_say_is_wrong_stands_beside_it),
        EXTRACT_TEST(whoever_told_of_somebody_is_not_named),
        EXTRACT_TEST(only_those_get_it_who_may),
        EXTRACT_TEST(it_stands_in_the_log_and_is_never_half),
        EXTRACT_TEST(why_somebody_is_kept_is_told),
        EXTRACT_TEST(what_a_merged_card_said_is_in_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
