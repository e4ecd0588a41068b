/* response_import.c: forms read in from a file: as they were exported, to the byte; none that is
 * there is changed; a form comes in whole or not at all. */
#include "care/client/client_guard.h"
#include "care/placement/placement.h"
#include "care/response/respondent.h"
#include "care/response/response.h"
#include "care/unit/form_version.h"
#include "tests/unit/exchange/fixture_export.h"

#define SMALL                                                                                      \
    "name: liten\nversion: \"1\"\ntitle: Liten\nkind: walk\nrespondent: client\nitem:\n"           \
    "  - {linkId: ja, type: boolean, text: Ja?}\n"                                                 \
    "  - {linkId: mer, type: text, text: Berätta mer.}\n"                                         \
    "  - {linkId: antal, type: integer, text: Hur många?}\n"                                      \
    "  - {linkId: dag, type: date, text: När?}\n"                                                 \
    "  - linkId: val\n    type: open-choice\n    text: Vilket?\n    repeats: true\n"               \
    "    answerOption:\n      - {code: a, display: Första}\n      - {code: b, display: Andra}\n"  \
    "  - linkId: mal\n    type: group\n    text: Mål\n    repeats: true\n    item:\n"             \
    "      - {linkId: vad, type: string, text: Vad?}\n"                                            \
    "      - linkId: steg\n        type: group\n        text: Steg\n        repeats: true\n"       \
    "        item:\n          - {linkId: vem, type: string, text: Vem?}\n"

#define FORMS                                                                                       \
    "Formulärnr;Rättar nr;Påbörjat den;Påbörjat kl;Formulärets namn;Klientnr;Namn;Nämns i " \
    "formuläret;Frågans kod;Upprepning;Svar;Varför svar saknas;Anteckning till svaret\r\n"

static const char *const CODES[] = {
    "form-number", "corrects", "begun",      "begun-at", "form",      "client-number", "name",
    "subject",     "question", "repetition", "answer",   "no-answer", "answer-note"};

static void put_form(const Fixture *unit)
{
    g_autofree char *folder = form_version_unit_folder(unit->session);
    g_autofree char *path = g_build_filename(folder, "liten.yaml", NULL);
    g_assert_true(g_mkdir_with_parents(folder, 0700) == 0);
    fixture_write(path, SMALL);
}

static gint64 add_person(const Fixture *unit, const char *id_number)
{
    g_autoptr(Client) client = client_new();
    client->number = g_strdup("B1000");
    client->id_number = g_strdup(id_number);
    client->name = g_strdup("Emil Ärlig");
    client->active = TRUE;
    assert_ok(client_add(unit->session, client, &error));
    return client->id;
}

static gint64 add_client(const Fixture *unit)
{
    return add_person(unit, "19990914-2383");
}

/* "imported/there/refused", then a line "line column" of each refusal. New. */
static char *answer_to(TableImport *import, gboolean dry_run)
{
    const ImportResult result = run(import, dry_run);
    const GPtrArray *faults = table_import_faults(import);
    g_autoptr(GString) told = g_string_new(NULL);
    g_string_printf(told, "%d/%d/%d", result.imported, result.duplicates, result.rejected);
    for (guint i = 0; i < faults->len; i++) {
        const ImportFault *fault = faults->pdata[i];
        g_string_append_printf(told, "\n%d %s", fault->line,
                               fault->column != NULL ? fault->column : "-");
    }
    return g_strdup(told->str);
}

/* --- out and in again ------------------------------------------------------------------------- */

static void answer_randomly(Answers *answers, GRand *rand)
{
    static const char *const TEXTS[] = {"=1+1",   "'=1+1", "a;b,c", "rad\nett",
                                        "\"så\"", "0123",  "2.1"};
    static const char *const CHOICES[] = {"a", "a b", "=eget", "b =annat; sagt"};
    const char *text = TEXTS[g_rand_int_range(rand, 0, G_N_ELEMENTS(TEXTS))];
    answers_set(answers, "ja", "",
                (AnswerKind)g_rand_int_range(rand, ANSWER_NONE, ANSWER_NOT_ASKED + 1), "true");
    answers_set(answers, "mer", "", ANSWER_VALUE, text);
    answers_set_note(answers, "antal", "", g_rand_boolean(rand) ? text : NULL);
    if (g_rand_boolean(rand))
        answers_set(answers, "dag", "", ANSWER_VALUE, "2026-11-30");
    if (g_rand_boolean(rand))
        answers_set(answers, "val", "", ANSWER_VALUE,
                    CHOICES[g_rand_int_range(rand, 0, G_N_ELEMENTS(CHOICES))]);
    if (g_rand_boolean(rand))
        return;
    answers_set(answers, "mal", "", ANSWER_VALUE, "2");
    answers_set(answers, "vad", "1", ANSWER_VALUE, "ett");
    answers_set(answers, "vem", "2.1", ANSWER_VALUE, "två");
}

/* Drafts, completed ones, corrections of them and some that were given up; several in a minute. */
static void add_forms(const Fixture *unit, gint64 client, GRand *rand)
{
    Session *session = unit->session;
    g_autoptr(Form) form = NULL;
    gint64 last = 0;
    assert_ok((form = response_form(session, "liten", &error)));
    for (int i = 0; i < 60; i++) {
        g_autofree char *now =
            g_strdup_printf("2026-11-%02dT08:%02d:%02d", 2 + i / 6, 20 + i % 6 / 2, i % 60);
        g_setenv("DAGSFORM_NOW", now, TRUE);
        const gint64 whose = i % 5 == 4 ? 0 : client;
        g_autoptr(Response) response = NULL;
        g_autoptr(Answers) answers = answers_new();
        if (last != 0 && i % 7 == 3) {
            assert_ok((response = response_correct(session, last, &error)));
            last = 0;
        } else
            assert_ok((response = response_begin(session, form, whose, "client", 0, "sv", &error)));
        if (response->client_id == 0)
            response_set_text(&response->subject, "Namn i intag");
        answer_randomly(answers, rand);
        assert_ok(response_save_all(session, response, form, answers, &error));
        response->mode = (ResponseMode)g_rand_int_range(rand, MODE_NONE, MODE_COUNT);
        assert_ok(response_save_head(session, response, &error));
        if (i % 3 == 0 && response->client_id != 0) {
            assert_ok(response_complete(session, response, form, answers, &error));
            last = response->corrects_id == 0 ? response->id : 0;
        } else if (i % 3 == 1)
            assert_ok(
                response_give_up(session, response, NOT_DONE_OTHER, "hon flyttade; =1", &error));
    }
}

static char *exported_forms(const Fixture *fixture)
{
    return exported(fixture->session,
                    ORDER(.what = EXPORT_RESPONSES, .format = EXPORT_CSV, .words = TRUE), NULL);
}

static void forms_go_and_come(void **state, gsize way)
{
    Units *units = *state;
    g_autoptr(GRand) rand = g_rand_new_with_seed(20261130);
    put_form(&units->unit);
    put_form(&units->other);
    add_client(&units->other);
    add_forms(&units->unit, add_client(&units->unit), rand);
    g_autofree char *text = exported_forms(&units->unit);
    g_autofree char *path = export_way(&units->unit, EXPORT_RESPONSES, way);
    for (int time = 0; time < 2; time++) {
        g_autoptr(TableImport) import = open_way(&units->other, path, way);
        assert_int_equal(table_import_what(import), IMPORT_RESPONSES);
        g_auto(GStrv) unknown = table_import_unknown(import);
        assert_int_equal(g_strv_length(unknown), 0);
        g_autofree char *dry = answer_to(import, TRUE);
        g_autofree char *told = answer_to(import, FALSE);
        assert_string_equal(told, dry);
        assert_true(g_str_has_suffix(told, "/0"));
        assert_int_equal(g_str_has_prefix(told, "0/"), time);
    }
    g_autofree char *again = exported_forms(&units->other);
    assert_string_equal(again, text);
    assert_int_equal(fixture_int(units->other.session, "SELECT count(*) FROM response"), 60);
    assert_all_is_well(&units->other);
}

static void what_is_exported_is_read_in_again(void **state)
{
    forms_go_and_come(state, 0);
}

static void to_the_letter_it_is_read_in_again(void **state)
{
    forms_go_and_come(state, 1);
}

static void as_a_spreadsheet_it_is_read_in_again(void **state)
{
    forms_go_and_come(state, 2);
}

/* --- the placement that an interview follows up ----------------------------------------------- */

#define INTERVIEW                                                                                  \
    "name: liten\nversion: \"1\"\ntitle: Liten\nkind: interview\nrespondent: child\n"               \
    "opening: Hej.\nclosing: Tack.\nitem:\n  - {linkId: mer, type: text, text: Berätta mer.}\n"

static void begin_about(const Fixture *unit, Placement *placement, Respondent respondent,
                        gboolean given_up)
{
    Session *session = unit->session;
    g_autoptr(Form) form = NULL;
    g_autoptr(Response) response = NULL;
    g_autoptr(Answers) answers = answers_new();
    assert_ok((form = response_form(session, "liten", &error)));
    assert_ok((response = response_begin(session, form, placement->client_id,
                                         respondent_code(respondent), placement->id, "sv", &error)));
    answers_set(answers, "mer", "", ANSWER_VALUE, "så var det");
    assert_ok(response_save_all(session, response, form, answers, &error));
    if (given_up)
        assert_ok(response_give_up(session, response, NOT_DONE_OTHER, "hon flyttade", &error));
}

/* One that has ended, with one respondent given up, and one that goes on, with no institution yet. */
static void add_placements(const Fixture *unit, gint64 client)
{
    g_autoptr(Institution) home = g_new0(Institution, 1);
    home->name = g_strdup("Familjen på Ängen; =1");
    home->kind = INSTITUTION_FOSTER_HOME;
    assert_ok(institution_add(unit->session, home, &error));
    Placement ended = {.client_id = client,
                       .institution_id = home->id,
                       .started_on = date_parse("2026-01-10"),
                       .ended_on = date_parse("2026-10-01"),
                       .two_parents = TRUE};
    Placement goes_on = {
        .client_id = client, .started_on = date_parse("2026-10-01"), .ended_on = DATE_NONE};
    assert_ok(placement_save(unit->session, &ended, &error));
    assert_ok(placement_save(unit->session, &goes_on, &error));
    begin_about(unit, &ended, RESPONDENT_CHILD, TRUE);
    begin_about(unit, &ended, RESPONDENT_PARENT, FALSE);
    begin_about(unit, &ended, RESPONDENT_PARENT_2, FALSE); /* D13: both are asked */
    g_setenv("DAGSFORM_NOW", "2026-11-24T09:15", TRUE);
    begin_about(unit, &goes_on, RESPONDENT_CHILD, FALSE);
}

#define FOLLOW_UPS                                                                                 \
    "SELECT count(*) FROM task WHERE placement_id IS NOT NULL AND done_ms IS NULL"

static void interviews_go_and_come(void **state, gsize way)
{
    Units *units = *state;
    Session *session = units->other.session;
    const Fixture *both[] = {&units->unit, &units->other};
    gint64 client = 0;
    for (gsize i = 2; i-- > 0;) {
        g_autofree char *folder = form_version_unit_folder(both[i]->session);
        g_autofree char *path = g_build_filename(folder, "liten.yaml", NULL);
        g_assert_true(g_mkdir_with_parents(folder, 0700) == 0);
        fixture_write(path, INTERVIEW);
        client = add_person(both[i], "20100310-2397"); /* of an age that is followed up */
    }
    add_placements(&units->unit, client);
    assert_true(fixture_int(units->unit.session, FOLLOW_UPS) > 0);
    g_autofree char *text = exported_forms(&units->unit);
    assert_non_null(strstr(text, "2026-01-10"));
    g_autofree char *path = export_way(&units->unit, EXPORT_RESPONSES, way);
    for (int time = 0; time < 2; time++) {
        g_autoptr(TableImport) import = open_way(&units->other, path, way);
        g_auto(GStrv) unknown = table_import_unknown(import);
        assert_int_equal(g_strv_length(unknown), 0);
        g_autofree char *told = answer_to(import, FALSE);
        assert_string_equal(told, time == 0 ? "4/0/0" : "0/4/0");
    }
    g_autofree char *again = exported_forms(&units->other);
    assert_string_equal(again, text);
    assert_int_equal(fixture_int(session, "SELECT count(*) FROM placement"), 2);
    assert_int_equal(fixture_int(session, "SELECT count(*) FROM institution"), 1);
    assert_int_equal(fixture_int(session, FOLLOW_UPS),
                     fixture_int(units->unit.session, FOLLOW_UPS));
    assert_all_is_well(&units->other);
}

static void interviews_keep_their_placement(void **state)
{
    interviews_go_and_come(state, 0);
}

static void to_the_letter_too(void **state)
{
    interviews_go_and_come(state, 1);
}

static void as_a_spreadsheet_too(void **state)
{
    interviews_go_and_come(state, 2);
}

/* An interview that is there stays with its placement; days that another one has are refused. */
static void another_placement_is_refused(void **state)
{
    Units *units = *state;
    interviews_go_and_come(state, 0);
    g_autofree char *text = exported_forms(&units->unit);
    static const char *const OTHERS[] = {"2026-01-12", "i våras", ""};
    for (gsize i = 0; i < G_N_ELEMENTS(OTHERS); i++) {
        g_auto(GStrv) parts = g_strsplit(text, "2026-01-10", -1);
        g_autofree char *changed = g_strjoinv(OTHERS[i], parts);
        g_autoptr(TableImport) import = open_text(&units->other, changed);
        g_autofree char *told = answer_to(import, FALSE);
        if (!g_str_has_prefix(told, "0/1/3\n"))
            fail_msg("%s: %s", OTHERS[i], told);
    }
    assert_int_equal(fixture_int(units->other.session, "SELECT count(*) FROM placement"), 2);
}

/* --- rows ------------------------------------------------------------------------------------- */

static TableImport *open_forms(const Fixture *fixture, const char *rows)
{
    g_autofree char *text = g_strconcat(FORMS, rows, NULL);
    g_autofree char *path = file_of(fixture, text, -1);
    const ImportOptions options = {.what = IMPORT_RESPONSES, .path = path};
    TableImport *import = NULL;
    assert_ok((import = table_import_open(fixture->session, &options, &error)));
    for (gsize i = 0; i < G_N_ELEMENTS(CODES); i++) {
        ColumnKind kind;
        assert_true(column_parse(CODES[i], &kind));
        table_import_set_column(import, (int)i, kind);
    }
    return import;
}

#define assert_answer(fixture, rows, wanted)                                                       \
    do {                                                                                           \
        g_autoptr(TableImport) file = open_forms((fixture), (rows));                               \
        g_autofree char *told = answer_to(file, FALSE);                                            \
        assert_string_equal(told, (wanted));                                                       \
    } while (0)

/* Signed or not: what is there stays, and the file's rows are refused. */
static void one_that_is_there_is_never_changed(void **state)
{
    const Fixture *fixture = *state;
    put_form(fixture);
    add_client(fixture);
    static const char first[] = "1;;2026-11-02;08:20;liten;B1000;Emil Ärlig;;mer;;så var det;;\r\n";
    static const char other[] = "1;;2026-11-02;08:20;liten;B1000;Emil Ärlig;;mer;;annat;;\r\n";
    static const char longer[] = "1;;2026-11-02;08:20;liten;B1000;Emil Ärlig;;mer;;så var det;;\r\n"
                                 "1;;2026-11-02;08:20;liten;B1000;Emil Ärlig;;antal;;3;;\r\n";
    assert_answer(fixture, first, "1/0/0");
    assert_answer(fixture, first, "0/1/0");
    assert_answer(fixture, other, "0/0/1\n2 Formulärets namn");
    assert_answer(fixture, longer, "0/0/2\n2 Formulärets namn\n3 Formulärets namn");
    assert_int_equal(fixture_int(fixture->session, "SELECT count(*) FROM answer"), 1);
    assert_int_equal(
        fixture_int(fixture->session, "SELECT count(*) FROM answer WHERE value = 'så var det'"), 1);
}

/* One bad row takes its form with it, and no other. */
static void a_form_is_read_in_whole_or_not_at_all(void **state)
{
    const Fixture *fixture = *state;
    put_form(fixture);
    add_client(fixture);
#define HEAD(n) n ";;2026-11-02;08:2" n ";liten;B1000;Emil Ärlig;;"
    assert_answer(
        fixture,
        HEAD("1") "mer;;text;;\r\n" HEAD("1") "mer;;en gång till;;\r\n" HEAD("2") "mer;;text;;"
                                                                                  "\r\n" HEAD("2") "saknas;;text;;\r\n" HEAD("3") "antal;;många;;\r\n" HEAD("4") "vad;;utan upprepning;;\r\n" HEAD("5") "vad;9999;för många;;\r\n" HEAD(
                                                                                      "6") "mer;;"
                                                                                           "text;"
                                                                                           "refused"
                                                                                           ";\r"
                                                                                           "\n" HEAD("7") "mer;;;kanske;\r\n" HEAD("8") "mer;;;refused;ville inte\r\n"
                                                                                                                                        "9;;2026-11-02;08:30;../../liten;B1000;Emil Ärlig;;mer;;text;;\r\n"
                                                                                                                                        "10;;2026-11-02;08:30;okänt;B1000;Emil Ärlig;;mer;;text;;\r\n"
                                                                                                                                        "11;;2026-11-02;08:30;liten;B9;Siv Ek;;mer;;text;;\r\n"
                                                                                                                                        "12;;;08:30;liten;B1000;Emil Ärlig;;mer;;text;;\r\n" HEAD(
                                                                                                                                            "1") ";;;;\r\n",
        "1/0/14\n2 -\n3 Frågans kod\n4 Frågans kod\n5 Frågans kod\n6 Frågans kod\n"
        "7 Frågans kod\n8 Frågans kod\n9 Varför svar saknas\n10 Varför svar saknas\n"
        "12 Formulärets namn\n13 Formulärets namn\n14 Klientnr\n15 Påbörjat den\n16 -");
    assert_int_equal(fixture_int(fixture->session, "SELECT count(*) FROM response"), 1);
    assert_answer(fixture, HEAD("1") "mer;;text;;\r\nfär få celler\r\n", "0/0/2\n2 -\n3 -");
#undef HEAD
    assert_all_is_well(fixture);
}

static void without_answers_it_is_no_file_of_forms(void **state)
{
    Units *units = *state;
    put_form(&units->unit);
    g_autofree char *text =
        exported(units->unit.session, ORDER(.what = EXPORT_RESPONSES, .format = EXPORT_CSV), NULL);
    g_autoptr(TableImport) import = open_text(&units->other, text);
    g_autofree char *missing = table_import_missing(import);
    assert_non_null(strstr(missing, "no answers in the file"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNITS_TEST(what_is_exported_is_read_in_again),
        UNITS_TEST(to_the_letter_it_is_read_in_again),
        UNITS_TEST(as_a_spreadsheet_it_is_read_in_again),
        UNITS_TEST(interviews_keep_their_placement),
        UNITS_TEST(to_the_letter_too),
        UNITS_TEST(as_a_spreadsheet_too),
        UNITS_TEST(another_placement_is_refused),
        IMPORT_TEST(one_that_is_there_is_never_changed),
        IMPORT_TEST(a_form_is_read_in_whole_or_not_at_all),
        UNITS_TEST(without_answers_it_is_no_file_of_forms),
    };
    return cmocka_run_group_tests_name("exchange/response_import", tests, NULL, NULL);
}
