/* completion.c: what each shipped form becomes when it is completed, and when it is corrected. */
#include "tests/unit/care/fixture_completion.h"

#include "care/consent.h"
#include "care/decision.h"

/* An intake by telephone with as little as makes a client. */
static const Given INTAKE[] = {
    {"inkom-datum", "", "2026-11-20"},
    {"inkom-hur", "", "phone"},
    {"inkom-vem", "", "relative"},
    {"namn", "", "Anna Berg"},
    {"id-slag", "", "personnummer"},
    {"id-nummer", "", "900206-2397"},
    {"under-18", "", "false"},
    {"skydd-slag", "", "none"},
    {"arendet-slag", "", "housing-support"},
    {"saker-nu", "", "safe"},
    {"samtycke-ges", "", "later"},
    {"aterkoppling-vill", "", "false"},
    {"vag", "", "advice"},
    {NULL, NULL, NULL},
};

static gint64 intake(const Desk *desk, const Given *further, gint64 *client)
{
    *client = 0;
    return complete_both(desk->officer, "aktualisering", client, INTAKE, further);
}

/* --- the card --------------------------------------------------------------------------------- */

static void test_card(void **state)
{
    const Desk *desk = *state;
    const Given more[] = {
        {"telefon", "", " 070-174 06 12 "},
        {"e-post", "", "anna@example.se"},
        {"adress", "", "Storgatan 1"},
        {"spraket", "", "fi"},
        {"tolk", "", "true"},
        {"narstaende-finns", "", "true"},
        {"narstaende-namn", "1", "Eva Berg"},
        {"narstaende-relation", "1", "=syster"},
        {"narstaende-telefon", "1", "070-174 06 13"},
        {"narstaende-far-kontaktas", "1", "emergency"},
        {"narstaende-namn", "2", "Per Berg"},
        {"narstaende-relation", "2", "parent"},
        {"foretradare-slag", "", "trustee"},
        {"foretradare-namn", "1", "Karin Ek"},
        {"foretradare-uppdrag", "1", "rights person"},
        {"handlaggare", "", "HARRIET"},
        {"boendestodjare", "", "Berit Stöd"},
        {NULL, NULL, NULL},
    };
    gint64 id = 0;
    gint64 response = intake(desk, more, &id);
    assert_true(id != 0);
    g_autoptr(Client) client = card(desk->officer, id);
    assert_string_equal(client->name, "Anna Berg");
    assert_int_equal(client->id_kind, ID_PERSONNUMMER);
    assert_string_equal(client->id_number, "19900206-2397");
    assert_int_equal(client->birth_date, date_parse("1990-02-06"));
    assert_int_equal(client->sex, SEX_MAN);
    assert_string_equal(client->phone, "070-174 06 12");
    assert_string_equal(client->email, "anna@example.se");
    assert_string_equal(client->address, "Storgatan 1");
    assert_string_equal(client->language, "fi");
    assert_true(client->interpreter);
    assert_int_equal(client->protection, PROTECTION_NONE);
    assert_int_equal(client->case_officer_id, session_staff_id(desk->officer));
    assert_int_equal(client->support_worker_id, desk->visits.staff);
    g_auto(GStrv) lines = g_strsplit(client->contact, "\n", -1);
    assert_int_equal(g_strv_length(lines), 3);
    assert_non_null(strstr(lines[0], ": Eva Berg, syster, 070-174 06 13; "));
    assert_non_null(strstr(lines[1], ": Per Berg, "));
    assert_non_null(strstr(lines[2], ": Karin Ek; "));

    g_auto(Opened) opened = open_it(desk->officer, response, FALSE);
    assert_int_equal(opened.response->client_id, id);
    g_autoptr(GPtrArray) none = tasks(desk->officer, response);
    assert_int_equal(none->len, 0);
    assert_sound(desk->lead);
}

static void test_card_without_number(void **state)
{
    const Desk *desk = *state;
    const Given more[] = {
        {"id-slag", "", "none"},
        {"id-nummer", "", "900206-2397"}, /* fallen away */
        {"fodelsedatum", "", "2015-03-01"},
        {"kon", "", "woman"},
        {"under-18", "", "true"},
        {"skydd-slag", "", "population"},
        {"adress", "", "Hemliga gatan 2"}, /* fallen away */
        {"vardnadshavare-namn", "1", "Eva Berg"},
        {"spraket", "", "=romani"},
        {"tolk", "", DOES_NOT_KNOW},
        {NULL, NULL, NULL},
    };
    gint64 id = 0;
    intake(desk, more, &id);
    g_autoptr(Client) client = card(desk->officer, id); /* who made it may open it */
    assert_int_equal(client->id_kind, ID_NONE);
    assert_null(client->id_number);
    assert_int_equal(client->birth_date, date_parse("2015-03-01"));
    assert_int_equal(client->sex, SEX_WOMAN);
    assert_int_equal(client->protection, PROTECTION_POPULATION);
    assert_null(client->address);
    assert_null(client->language);
    assert_false(client->interpreter);
    assert_non_null(strstr(client->contact, ": Eva Berg"));
    assert_non_null(strstr(client->contact, "romani"));
    assert_fails(client_open(desk->worker, id, &error), ERROR_DENIED);
}

/* In words, in any of the program's languages and the language's own. */
static void test_languages(void **state)
{
    const struct {
        const char *words, *code;
    } cases[] = {
        {"=Franska", "fr"}, {"=somali", "so"}, {"=Deutsch", "de"}, {"=viro", "et"},
        {"ar", "ar"},       {"sv", NULL},      {"=svenska", NULL}, {"=teckenspråk", NULL},
    };
    const Desk *desk = *state;
    gint64 id = 0;
    intake(desk, NULL, &id);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Given language[] = {{"spraket", "", cases[i].words}, {NULL, NULL, NULL}};
        complete_both(desk->officer, "aktualisering", &id, INTAKE, language);
        g_autoptr(Client) client = card(desk->officer, id);
        if (g_strcmp0(client->language, cases[i].code) != 0)
            fail_msg("%s: %s", cases[i].words, client->language);
    }
}

/* A client who is there already: what is not known, or not asked, stays. */
static void test_card_that_is_there(void **state)
{
    const Desk *desk = *state;
    const Given first[] = {{"telefon", "", "070-174 06 12"},
                           {"e-post", "", "anna@example.se"},
                           {"tolk", "", "true"},
                           {NULL, NULL, NULL}};
    const Given second[] = {{"telefon", "", DOES_NOT_KNOW},
                            {"adress", "", "Storgatan 1"},
                            {"tolk", "", DOES_NOT_KNOW},
                            {"id-nummer", "", DOES_NOT_KNOW},
                            {NULL, NULL, NULL}};
    gint64 id = 0, again;
    intake(desk, first, &id);
    again = id;
    complete_both(desk->officer, "aktualisering", &again, INTAKE, second);
    assert_int_equal(again, id);
    g_autoptr(Client) client = card(desk->officer, id);
    assert_string_equal(client->phone, "070-174 06 12");
    assert_string_equal(client->email, "anna@example.se");
    assert_string_equal(client->address, "Storgatan 1");
    assert_string_equal(client->id_number, "19900206-2397");
    assert_true(client->interpreter);
    assert_int_equal(client->version, 2);
    assert_int_equal(
        count_of(desk->lead,
                 "SELECT COUNT(*) FROM audit WHERE entity = 'client' AND action = 'change'"
                 " AND entity_id = :id AND changes LIKE '%address%null%Storgatan 1%'",
                 id),
        1);
}

static void test_staff(void **state)
{
    const Desk *desk = *state;
    const struct {
        const char *name;
        gint64 id;
    } cases[] = {
        {"Berit Stöd", desk->visits.staff},
        {"stod berit", 0},
        {"Stöd Berit", desk->visits.staff},
        {"berit", desk->visits.staff},
        {"bs15", desk->visits.colleague},
        {"harriet", session_staff_id(desk->officer)},
        {"Stöd", 0},
        {"Nils", 0},
        {"", 0},
        {"–", 0},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        gint64 id = completion_find_staff(desk->lead, cases[i].name, &error);
        assert_null(error);
        if (id != cases[i].id)
            fail_msg("%s: %" G_GINT64_FORMAT, cases[i].name, id);
    }
}

/* A name that fits nobody is no error: the team lead is asked. */
static void test_staff_unknown(void **state)
{
    const Desk *desk = *state;
    const Given more[] = {
        {"handlaggare", "", "Nils Nilsson"}, {"boendestodjare", "", "Stöd"}, {NULL, NULL, NULL}};
    gint64 id = 0;
    gint64 response = intake(desk, more, &id);
    g_autoptr(Client) client = card(desk->officer, id);
    assert_int_equal(client->case_officer_id, 0);
    assert_int_equal(client->support_worker_id, 0);
    g_autoptr(GPtrArray) all = tasks(desk->officer, response);
    assert_int_equal(all->len, 2);
    const Task *task = task_from(all, "handlaggare", "");
    assert_non_null(task);
    assert_int_equal(task->kind, TASK_OTHER);
    assert_int_equal(task->staff_id, session_staff_id(desk->lead));
    assert_non_null(strstr(task->note, "Nils Nilsson"));
    assert_non_null(task_from(all, "boendestodjare", ""));
}

/* --- refusals --------------------------------------------------------------------------------- */

static void test_number_refused(void **state)
{
    const Desk *desk = *state;
    const Given wrong[] = {{"id-nummer", "", "900206-2398"}, {NULL, NULL, NULL}};
    const Given nameless[] = {{"namn", "", DOES_NOT_KNOW}, {NULL, NULL, NULL}};
    g_autofree char *fault = refused(desk->officer, "aktualisering", 0, INTAKE, wrong, ERROR_INPUT);
    assert_non_null(strstr(fault, "Vilket är numret?"));
    g_autofree char *name =
        refused(desk->officer, "aktualisering", 0, INTAKE, nameless, ERROR_INPUT);
    assert_non_null(strstr(name, "name"));
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM client"), 3);
}

static void test_double(void **state)
{
    const Desk *desk = *state;
    gint64 id = 0;
    intake(desk, NULL, &id);
    g_autofree char *fault = refused(desk->officer, "aktualisering", 0, INTAKE, NULL, ERROR_EXISTS);
    assert_non_null(strstr(fault, "Anna Berg"));
}

/* Found before it is made: by number, else by name and birth date. */
static void test_find_double(void **state)
{
    const Desk *desk = *state;
    const struct {
        const char *kind, *number, *birth, *name;
        gboolean found;
    } cases[] = {
        {"personnummer", "19900206-2397", NULL, "Någon Annan", TRUE},
        {"personnummer", "900206-2397", NULL, NULL, TRUE},
        {"personnummer", "900206-2398", NULL, "Anna Berg", TRUE}, /* mistyped, yet that day */
        {"personnummer", "900206-2398", NULL, "Eva Berg", FALSE},
        {"personnummer", "19900318-2392", NULL, "Anna Berg", FALSE},
        {"none", NULL, "1990-02-06", "BERG, Anna", TRUE},
        {"none", NULL, "1990-02-06", "Anna Bergh", FALSE},
        {"none", NULL, "1990-02-07", "Anna Berg", FALSE},
        {"none", "19900206-2397", NULL, "Anna Berg", FALSE}, /* has fallen away */
        {"none", NULL, NULL, "Anna Berg", FALSE},
        {"personnummer", NULL, "1990-02-06", "Anna Berg", FALSE}, /* has fallen away */
    };
    gint64 id = 0;
    intake(desk, NULL, &id);
    g_autoptr(Form) form = NULL;
    assert_ok((form = response_form(desk->officer, "aktualisering", &error)));
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Given given[] = {{"id-slag", "", cases[i].kind},
                               {"id-nummer", "", cases[i].number},
                               {"fodelsedatum", "", cases[i].birth},
                               {"namn", "", cases[i].name},
                               {NULL, NULL, NULL}};
        g_autoptr(Answers) answers = answers_new();
        g_autoptr(GError) error = NULL;
        give(answers, given);
        ClientRow *row = completion_find_double(desk->officer, form, answers, &error);
        assert_null(error);
        if ((row != NULL) != cases[i].found || (row != NULL && row->id != id))
            fail_msg("case %zu", i);
        client_row_free(row);
    }
}

/* A failure at the end leaves nothing behind of what came before it. */
static void test_nothing_left_behind(void **state)
{
    const Desk *desk = *state;
    const char *counts = "SELECT (SELECT COUNT(*) FROM client) + (SELECT COUNT(*) FROM consent)"
                         " + (SELECT COUNT(*) FROM decision) + (SELECT COUNT(*) FROM series)"
                         " + (SELECT COUNT(*) FROM visit) + (SELECT COUNT(*) FROM task)"
                         " + (SELECT COUNT(*) FROM response WHERE completed_ms IS NOT NULL)";
    const Given more[] = {{"samtycke-ges", "", "given"},
                          {"samtycke-med", "1", "Psykiatrin"},
                          {"samtycke-om", "1", "Allt"},
                          {"serie-bokas", "", "true"},
                          {"serie-start", "", "2026-11-24"},
                          {"serie-tid", "", "09:00"},
                          {"serie-langd", "", "60"},
                          {"serie-ofta", "", "weekly"},
                          {"tva-fragor-dag", "", "2026-12-01"},
                          {NULL, NULL, NULL}};
    gint64 before = fixture_int(desk->lead, counts);
    assert_ok(db_run(session_db(desk->lead),
                     "CREATE TRIGGER no_more_tasks BEFORE INSERT ON task"
                     " BEGIN SELECT RAISE(ABORT, 'no more tasks'); END",
                     NULL, &error));
    g_autofree char *fault =
        refused(desk->officer, "aktualisering", 0, INTAKE, more, ERROR_INTERNAL);
    assert_non_null(fault);
    assert_int_equal(fixture_int(desk->lead, counts), before);
    assert_ok(db_run(session_db(desk->lead), "DROP TRIGGER no_more_tasks", NULL, &error));
    gint64 id = 0;
    intake(desk, more, &id);
    assert_sound(desk->lead);
}

/* Whoever may complete a form may change the card by it; but not another's protected one. */
static void test_rights(void **state)
{
    const Desk *desk = *state;
    ship_text(desk, "nummer",
              "name: nummer\nversion: \"1\"\ntitle: Nytt nummer\nkind: walk\nitem:\n"
              "  - {linkId: tel, type: string, text: Vilket?, mapsTo: client.phone}\n"
              "  - {linkId: eget, type: string, text: Eget?, mapsTo: house.colour}\n");
    const Given given[] = {{"tel", "", "070-1"}, {"eget", "", "rött"}, {NULL, NULL, NULL}};
    complete(desk->worker, "nummer", desk->client, given);
    g_autoptr(Client) client = card(desk->worker, desk->client);
    assert_string_equal(client->phone, "070-1");
    assert_fails(client_change(desk->worker, client, &error), ERROR_DENIED);
    g_autoptr(Form) form = NULL;
    assert_ok((form = response_form(desk->worker, "nummer", &error)));
    assert_fails(response_begin(desk->worker, form, desk->hidden, NULL, 0, &error), ERROR_DENIED);
}

/* What belongs to a client is not written without one. */
static void test_without_client(void **state)
{
    const Desk *desk = *state;
    ship_text(desk, "rad",
              "name: rad\nversion: \"1\"\ntitle: Råd\nkind: walk\nitem:\n"
              "  - {linkId: dag, type: date, text: När?, mapsTo: task.follow-up}\n"
              "  - {linkId: om, type: string, text: Om?, mapsTo: decision.asked_for}\n");
    const Given day[] = {{"dag", "", "2026-12-01"}, {NULL, NULL, NULL}};
    const Given matter[] = {{"om", "", "Boendestöd"}, {NULL, NULL, NULL}};
    gint64 response = complete(desk->officer, "rad", 0, day);
    g_autoptr(GPtrArray) all = tasks(desk->officer, response);
    assert_task(task_from(all, "dag", ""), TASK_FOLLOW_UP, "2026-12-01", "Råd: När?");
    g_autofree char *fault = refused(desk->officer, "rad", 0, matter, NULL, ERROR_INPUT);
    assert_non_null(fault);
}

/* --- visits ----------------------------------------------------------------------------------- */

static const Given SERIES[] = {
    {"serie-bokas", "", "true"},    {"serie-start", "", "2026-11-24"},
    {"serie-tid", "", "09:30"},     {"serie-langd", "", "45"},
    {"serie-ofta", "", "weekly"},   {"serie-var", "", "walk"},
    {"boendestodjare", "", "bs16"}, {NULL, NULL, NULL},
};

static Series *only_series(const Desk *desk, gint64 client)
{
    g_autoptr(GPtrArray) all = NULL;
    assert_ok((all = series_of_client(desk->officer, client, &error)));
    assert_int_equal(all->len, 1);
    return g_ptr_array_steal_index(all, 0);
}

static void test_series(void **state)
{
    const Desk *desk = *state;
    gint64 id = 0;
    gint64 response = intake(desk, SERIES, &id);
    g_autoptr(Series) series = only_series(desk, id);
    assert_string_equal(series->rrule, "FREQ=WEEKLY;BYDAY=TU");
    assert_int_equal(series->starts_on, date_parse("2026-11-24"));
    assert_int_equal(series->ends_on, DATE_NONE);
    assert_int_equal(series->start, 9 * 60 + 30);
    assert_int_equal(series->minutes, 45);
    assert_int_equal(series->form, FORM_WALK);
    assert_int_equal(series->staff_id, desk->visits.staff);
    assert_int_equal(count_of(desk->lead, "SELECT COUNT(*) FROM visit WHERE client_id = :id", id),
                     SERIES_WEEKS_AHEAD);
    assert_int_equal(
        count_of(desk->lead, "SELECT COUNT(*) FROM series WHERE response_id = :id", response), 1);
    assert_counts_true(&desk->visits);
}

static void test_how_often(void **state)
{
    const Desk *desk = *state;
    const struct {
        const char *code, *rule;
    } cases[] = {{"every-other-week", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"},
                 {"monthly", "FREQ=WEEKLY;INTERVAL=4;BYDAY=TU"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const Given more[] = {{"id-slag", "", "none"}, {"serie-ofta", "", cases[i].code}, {0}};
        gint64 id = 0;
        g_autoptr(GArray) given = g_array_new(FALSE, FALSE, sizeof(Given));
        g_array_append_vals(given, SERIES, G_N_ELEMENTS(SERIES) - 1);
        g_array_append_vals(given, more, G_N_ELEMENTS(more));
        intake(desk, (const Given *)(void *)given->data, &id);
        g_autoptr(Series) series = only_series(desk, id);
        assert_string_equal(series->rrule, cases[i].rule);
    }
}

static void test_single_visit(void **state)
{
    const Desk *desk = *state;
    gint64 id = 0;
    g_autoptr(GArray) given = g_array_new(FALSE, FALSE, sizeof(Given));
    const Given once[] = {{"serie-ofta", "", "once"}, {0}};
    g_array_append_vals(given, SERIES, G_N_ELEMENTS(SERIES) - 1);
    g_array_append_vals(given, once, G_N_ELEMENTS(once));
    gint64 response = intake(desk, (const Given *)(void *)given->data, &id);
    const char *there = "SELECT COUNT(*) FROM visit WHERE response_id = :id AND series_id IS NULL"
                        " AND date = '2026-11-24' AND start = '09:30' AND minutes = 45"
                        " AND form = 'walk' AND outcome IS NULL";
    assert_int_equal(count_of(desk->lead, there, response), 1);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM visit"), 1);

    const Given moved[] = {{"serie-start", "", "2026-11-25"}, {0}};
    response = correct(desk->officer, response, moved);
    assert_int_equal(count_of(desk->lead, there, response), 0);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM visit"), 1);
    assert_int_equal(
        count_of(desk->lead,
                 "SELECT COUNT(*) FROM visit WHERE response_id = :id AND date = '2026-11-25'",
                 response),
        1);

    /* Taken away by hand, it stays away. */
    gint64 visit = fixture_int(desk->lead, "SELECT id FROM visit");
    assert_ok(visit_remove(desk->lead, visit, &error));
    const Given again[] = {{"serie-start", "", "2026-11-26"}, {0}};
    correct(desk->officer, response, again);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM visit"), 0);
    assert_counts_true(&desk->visits);
}

static void test_series_incomplete(void **state)
{
    const Desk *desk = *state;
    const Given more[] = {{"serie-bokas", "", "true"},      {"serie-start", "", "2026-11-24"},
                          {"serie-tid", "", DOES_NOT_KNOW}, {"serie-langd", "", "60"},
                          {"serie-ofta", "", "weekly"},     {0}};
    gint64 id = 0;
    gint64 response = intake(desk, more, &id);
    g_autoptr(GPtrArray) all = tasks(desk->officer, response);
    const Task *task = task_from(all, "serie-start", "");
    assert_non_null(task);
    assert_int_equal(task->kind, TASK_OTHER);
    assert_int_equal(task->due_date, date_parse("2026-11-24"));
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM series"), 0);

    /* The correction says when: laid out, and nothing is left to do. */
    const Given when[] = {{"serie-tid", "", "10:00"}, {0}};
    gint64 correction = correct(desk->officer, response, when);
    g_autoptr(GPtrArray) after = tasks(desk->officer, correction);
    assert_int_equal(after->len, 1);
    assert_true(task_from(after, "serie-start", "")->done_ms != 0);
    assert_int_equal(count_of(desk->lead, "SELECT COUNT(*) FROM visit WHERE client_id = :id", id),
                     SERIES_WEEKS_AHEAD);
}

static void test_series_corrected(void **state)
{
    const Desk *desk = *state;
    gint64 id = 0;
    gint64 response = intake(desk, SERIES, &id);
    set_clock("2026-12-02T10:00"); /* two visits have been, one of them recorded */
    assert_ok(db_run(session_db(desk->lead),
                     "UPDATE visit SET outcome = 'done' WHERE date = '2026-11-24'", NULL, &error));
    assert_ok(db_run(session_db(desk->lead),
                     "UPDATE week_outcome SET outcome = 'done' WHERE week = 202648", NULL, &error));
    const Given same[] = {{"sammanfattning", "", "Bra så"}, {0}};
    response = correct(desk->officer, response, same);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM series"), 1);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM visit"), SERIES_WEEKS_AHEAD);

    const Given later[] = {{"serie-tid", "", "13:00"}, {0}};
    response = correct(desk->officer, response, later);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM visit WHERE date > '2026-12-02'"
                                             " AND start = '09:30'"),
                     0);
    assert_int_equal(
        fixture_int(desk->lead, "SELECT COUNT(*) FROM visit WHERE date < '2026-12-02'"), 2);
    assert_true(fixture_int(desk->lead, "SELECT COUNT(*) FROM visit WHERE date > '2026-12-02'"
                                        " AND start = '13:00'") > 0);
    assert_int_equal(fixture_int(desk->lead, "SELECT COUNT(*) FROM series WHERE ends_on IS NULL"),
                     1);

    /* Ended by hand, it stays ended. */
    gint64 series = fixture_int(desk->lead, "SELECT id FROM series WHERE ends_on IS NULL");
    assert_ok(series_end(desk->officer, series, clock_today(), &error));
    const Given again[] = {{"serie-tid", "", "15:00"}, {0}};
    correct(desk->officer, response, again);
    assert_int_equal(
        fixture_int(desk->lead, "SELECT COUNT(*) FROM visit WHERE date > '2026-12-02'"), 0);
    assert_counts_true(&desk->visits);
}

/* --- tasks ------------------------------------------------------------------------------------ */

static void test_intake_tasks(void **state)
{
    const Desk *desk = *state;
    const Given more[] = {{"handlaggare", "", "Grundare Ett"},
                          {"foretradare-behovs", "", "true"},
                          {"foretradare-anmalan", "", "2026-11-27"},
                          {"freda-gjord", "", "planned"},
                          {"freda-uppfoljning-dag", "", "2026-11-30"},
                          {"aterkoppling-vill", "", "true"},
                          {"aterkoppling-dag", "", "2026-11-23"},
                          {"aterkoppling-tid", "", "10:15"},
                          {"aterkoppling-om", "", "Fråga om\nnycklarna"},
                          {"tva-fragor-dag", "", "2026-12-04"},
                          {0}};
    gint64 id = 0;
    gint64 response = intake(desk, more, &id);
    g_autoptr(GPtrArray) all = tasks(desk->officer, response);
    assert_int_equal(all->len, 4);
    assert_task(task_from(all, "foretradare-anmalan", ""), TASK_FOLLOW_UP, "2026-11-27",
                task_from(all, "foretradare-anmalan", "")->note);
    const Task *call = task_from(all, "aterkoppling-dag", "");
    assert_non_null(call);
    assert_int_equal(call->kind, TASK_CALL_BACK);
    assert_int_equal(call->due_date, date_parse("2026-11-23"));
    assert_int_equal(call->due_time, 10 * 60 + 15);
    assert_true(g_str_has_prefix(call->note, "Aktualisering: "));
    assert_true(g_str_has_suffix(call->note, "? Fråga om nycklarna"));
    assert_int_equal(call->client_id, id);
    assert_int_equal(call->response_id, response);
    assert_int_equal(call->staff_id, session_staff_id(desk->lead)); /* the case officer's */
    const Task *follow_up = task_from(all, "freda-uppfoljning-dag", "");
    assert_int_equal(follow_up->kind, TASK_FOLLOW_UP);
    assert_int_equal(follow_up->due_time, -1);
    assert_int_equal(task_from(all, "tva-fragor-dag", "")->due_date, date_parse("2026-12-04"));
}

/* The plan of two questions: who promised to ring does it. */
static void test_two_questions(void **state)
{
    const Desk *desk = *state;
    const Given given[] = {{"svart", "", "Jag sover"},      {"da", "", "Ring"},
                           {"ringa", "", "true"},           {"ringa-dag", "", "2026-12-01"},
                           {"ringa-tid", "", "14:00"},      {"uppfoljning-dag", "", "2026-11-21"},
                           {"nasta-dag", "", "2027-01-10"}, {0}};
    gint64 response = complete(desk->worker, "handlingsplan-tva-fragor", desk->client, given);
    g_autoptr(GPtrArray) all = tasks(desk->worker, response);
    assert_int_equal(all->len, 2);
    const Task *call = task_from(all, "ringa-dag", "");
    assert_int_equal(call->kind, TASK_FOLLOW_UP);
    assert_int_equal(call->due_time, 14 * 60);
    assert_int_equal(call->staff_id, session_staff_id(desk->worker));
    assert_int_equal(task_from(all, "nasta-dag", "")->due_time, -1);
}

static const Given PLAN[] = {
    {"nulage-ord", "", "Bra"},
    {"steg-vad", "1", "Ringa vården"},
    {"steg-vem", "1", "Anna"},
    {"steg-nar", "1", "2026-12-01"},
    {"steg-vad", "2", "Köpa färg"},
    {"steg-vem", "2", "berit stöd"},
    {"steg-nar", "2", "2026-12-08"},
    {"steg-vad", "3", "Måla"},
    {"steg-vem", "3", DOES_NOT_KNOW},
    {"steg-nar", "3", DOES_NOT_KNOW},
    {"uppfoljning-dag", "", "2027-02-01"},
    {"uppfoljning-gjord", "", "2026-11-20"},
    {"fortsatter", "", "continues"},
    {"nasta-dag", "", "2027-03-01"},
    {0},
};

static void test_plan(void **state)
{
    const Desk *desk = *state;
    gint64 response = complete(desk->worker, "handlingsplan", desk->client, PLAN);
    g_autoptr(GPtrArray) all = tasks(desk->worker, response);
    assert_int_equal(all->len, 5);
    assert_task(task_from(all, "steg-vad", "1"), TASK_ACTION, "2026-12-01", "Ringa vården (Anna)");
    assert_int_equal(task_from(all, "steg-vad", "1")->staff_id, session_staff_id(desk->worker));
    assert_task(task_from(all, "steg-vad", "2"), TASK_ACTION, "2026-12-08",
                "Köpa färg (berit stöd)");
    assert_int_equal(task_from(all, "steg-vad", "2")->staff_id, desk->visits.staff);
    /* Without a day it is looked at when the plan is. */
    assert_task(task_from(all, "steg-vad", "3"), TASK_ACTION, "2027-03-01", "Måla");
    assert_int_equal(task_from(all, "uppfoljning-dag", "")->due_date, date_parse("2027-02-01"));
    assert_int_equal(task_from(all, "nasta-dag", "")->kind, TASK_FOLLOW_UP);
}

/* A day moves, an action goes, another comes; what has been done stays done. */
static void test_plan_corrected(void **state)
{
    const Desk *desk = *state;
    gint64 response = complete(desk->worker, "handlingsplan", desk->client, PLAN);
    g_autoptr(GPtrArray) before = tasks(desk->worker, response);
    gint64 done = task_from(before, "steg-vad", "1")->id;
    gint64 buy = task_from(before, "steg-vad", "2")->id;
    gint64 paint = task_from(before, "steg-vad", "3")->id;
    gint64 moved = task_from(before, "nasta-dag", "")->id;
    assert_ok(task_finish(desk->worker, done, "Ringde", &error));
    assert_ok(task_postpone(desk->worker, moved, date_parse("2027-03-08"), &error));

    /* The first is taken away, so that the others move up; the last of them becomes another. */
    const Given given[] = {{"steg-nar", "1", "2026-12-10"},
                           {"steg-vad", "3", "Hänga tavlor"},
                           {"steg-vem", "3", "Anna"},
                           {"steg-nar", "3", "2026-12-20"},
                           {"uppfoljning-dag", "", "2027-02-02"},
                           {0}};
    gint64 correction = correct_without(desk->worker, response, "steg", 1, given);
    g_autoptr(GPtrArray) none = tasks(desk->worker, response);
    assert_int_equal(none->len, 0);
    g_autoptr(GPtrArray) after = tasks(desk->worker, correction);
    assert_int_equal(after->len, 6);
    for (guint i = 0; i < after->len; i++) {
        const Task *task = g_ptr_array_index(after, i);
        if (task->id == done) {
            assert_true(task->done_ms != 0);
        } else if (task->id == buy) {
            assert_string_equal(task->instance, "1");
            assert_task(task, TASK_ACTION, "2026-12-10", "Köpa färg (berit stöd)");
        } else if (task->id == paint) {
            assert_string_equal(task->instance, "2");
            assert_int_equal(task->done_ms, 0);
        } else if (task->id == moved) {
            assert_int_equal(task->due_date,
                             date_parse("2027-03-08")); /* as it was moved by hand */
        } else if (g_str_equal(task->item, "uppfoljning-dag")) {
            assert_int_equal(task->due_date, date_parse("2027-02-02"));
        } else {
            assert_string_equal(task->instance, "3");
            assert_task(task, TASK_ACTION, "2026-12-20", "Hänga tavlor (Anna)");
        }
    }

    /* And one that was not done goes. */
    gint64 again = correct_without(desk->worker, correction, "steg", 3, NULL);
    g_autoptr(GPtrArray) last = tasks(desk->worker, again);
    assert_int_equal(last->len, 6);
    const Task *gone = task_from(last, "steg-vad", "3");
    assert_true(gone->done_ms != 0);
    assert_sound(desk->lead);
}

static void test_long_note(void **state)
{
    const Desk *desk = *state;
    g_autofree char *words = g_strnfill(20000, 'a');
    const Given given[] = {
        {"steg-vad", "1", words}, {"steg-vem", "1", "Anna"}, {"steg-nar", "1", "2026-12-01"}, {0}};
    gint64 response = complete(desk->worker, "handlingsplan", desk->client, given);
    g_autoptr(GPtrArray) all = tasks(desk->worker, response);
    assert_int_equal(all->len, 1);
    assert_true(g_str_has_suffix(task_from(all, "steg-vad", "1")->note, "…"));
}

static void test_sip(void **state)
{
    const Desk *desk = *state;
    const Given given[] = {{"sip-blir", "", "yes-sip"},
                           {"samtycke-ges", "", "true"},
                           {"samtycke-med", "", "Region Stockholm"},
                           {"samtycke-om", "", "Mötet"},
                           {"samtycke-dag", "", "2026-11-20"},
                           {"samtycke-till", "", "2027-11-20"},
                           {"kallelse-paminn", "", "2026-11-30"},
                           {"insats", "1", "Boendestöd"},
                           {"insats-huvudman", "1", "municipality"},
                           {"gor-vad", "1", "Ordna tid"},
                           {"gor-vem", "1", "Vårdcentralen"},
                           {"gor-nar", "1", "2026-12-15"},
                           {"uppfoljning-dag", "", "2027-01-15"},
                           {"uppfoljning-gjord", "", "2026-11-20"},
                           {"fortsatter", "", "continues"},
                           {"nasta-dag", "", "2027-06-15"},
                           {0}};
    gint64 response = complete(desk->officer, "sip", desk->client, given);
    g_autoptr(GPtrArray) all = tasks(desk->officer, response);
    assert_int_equal(all->len, 4);
    assert_non_null(task_from(all, "kallelse-paminn", ""));
    assert_non_null(task_from(all, "uppfoljning-dag", ""));
    assert_non_null(task_from(all, "nasta-dag", ""));
    assert_task(task_from(all, "gor-vad", "1"), TASK_ACTION, "2026-12-15",
                "Ordna tid (Vårdcentralen)");

    const Given no[] = {{"sip-blir", "", "declined"}, {"sip-avslag-igen", "", "2027-02-01"}, {0}};
    gint64 declined = complete(desk->officer, "sip", desk->client, no);
    g_autoptr(GPtrArray) later = tasks(desk->officer, declined);
    assert_int_equal(later->len, 1);
    assert_int_equal(task_from(later, "sip-avslag-igen", "")->due_date, date_parse("2027-02-01"));
}

/* --- corrections of the card ------------------------------------------------------------------ */

static void test_card_corrected(void **state)
{
    const Desk *desk = *state;
    const Given more[] = {{"telefon", "", "070-1"},
                          {"e-post", "", "fel@example.se"},
                          {"adress", "", "Storgatan 1"},
                          {"narstaende-finns", "", "true"},
                          {"narstaende-namn", "1", "Eva Berg"},
                          {"handlaggare", "", "harriet"},
                          {"tva-fragor-dag", "", "2026-12-04"},
                          {0}};
    gint64 id = 0;
    gint64 response = intake(desk, more, &id);
    {
        g_autoptr(Client) client = card(desk->officer, id);
        g_free(client->phone);
        client->phone = g_strdup("070-2"); /* a new number, by hand */
        char *contact = g_strdup_printf("Granne: Ada\n%s", client->contact);
        g_free(client->contact);
        client->contact = contact;
        assert_ok(client_change(desk->officer, client, &error));
    }
    const Given mended[] = {
        {"namn", "", "Anna Bergh"},          {"e-post", "", NULL},
        {"adress", "", DOES_NOT_KNOW},       {"narstaende-namn", "1", "Eva Bergh"},
        {"handlaggare", "", "Grundare Ett"}, {0}};
    gint64 correction = correct(desk->officer, response, mended);
    g_autoptr(Client) client = card(desk->officer, id);
    assert_string_equal(client->name, "Anna Bergh");
    assert_string_equal(client->phone, "070-2");
    assert_null(client->email);
    assert_string_equal(client->address, "Storgatan 1");
    assert_int_equal(client->case_officer_id, session_staff_id(desk->lead));
    g_auto(GStrv) lines = g_strsplit(client->contact, "\n", -1);
    assert_int_equal(g_strv_length(lines), 2);
    assert_string_equal(lines[0], "Granne: Ada");
    assert_non_null(strstr(lines[1], ": Eva Bergh"));
    assert_int_equal(client->version, 3);
    /* What was the former case officer's to do is the new one's. */
    g_autoptr(GPtrArray) all = tasks(desk->officer, correction);
    assert_int_equal(task_from(all, "tva-fragor-dag", "")->staff_id, session_staff_id(desk->lead));
    assert_sound(desk->lead);
}

static void test_number_corrected(void **state)
{
    const Desk *desk = *state;
    gint64 id = 0;
    gint64 response = intake(desk, NULL, &id);
    const Given other[] = {{"id-nummer", "", "19900318-2392"}, {0}};
    response = correct(desk->officer, response, other);
    {
        g_autoptr(Client) client = card(desk->officer, id);
        assert_string_equal(client->id_number, "19900318-2392");
        assert_int_equal(client->birth_date, date_parse("1990-03-18"));
    }
    const Given none[] = {{"id-slag", "", "none"}, {"fodelsedatum", "", "1990-03-19"}, {0}};
    correct(desk->officer, response, none);
    g_autoptr(Client) client = card(desk->officer, id);
    assert_null(client->id_number);
    assert_int_equal(client->id_kind, ID_NONE);
    assert_int_equal(client->birth_date, date_parse("1990-03-19"));
}

/* --- every mapping ---------------------------------------------------------------------------- */

/* What the tests of completion, consent and decision have seen come out right. */
static const char *const SEEN[] = {
    "action.due_on",
    "action.principal",
    "action.what",
    "action.who",
    "client.address",
    "client.birth_date",
    "client.case_officer_id",
    "client.contact",
    "client.email",
    "client.id_kind",
    "client.id_number",
    "client.interpreter",
    "client.language",
    "client.name",
    "client.phone",
    "client.protection",
    "client.sex",
    "client.support_worker_id",
    "consent.actors",
    "consent.ends_on",
    "consent.exceptions",
    "consent.form",
    "consent.given",
    "consent.given_by",
    "consent.given_on",
    "consent.purpose",
    "consent.scope",
    "consent.withdrawn_on",
    "decision.asked_for",
    "decision.decided_by",
    "decision.decided_on",
    "decision.due_on",
    "decision.hours",
    "decision.kind",
    "decision.law",
    "decision.purpose",
    "decision.received_on",
    "decision.support",
    "decision.valid_from",
    "decision.valid_to",
    "series.form",
    "series.minutes",
    "series.rrule",
    "series.start",
    "series.starts_on",
    "task.call-back",
    "task.due_time",
    "task.follow-up",
    "task.note",
    NULL,
};

static void assert_seen(const GPtrArray *items)
{
    for (guint i = 0; items != NULL && i < items->len; i++) {
        const FormItem *item = g_ptr_array_index(items, i);
        if (item->maps_to != NULL && !g_strv_contains(SEEN, item->maps_to))
            fail_msg("%s maps to %s, which no test knows", item->link_id, item->maps_to);
        assert_seen(item->items);
    }
}

static void test_every_mapping(void **state)
{
    static const char *const FORMS[] = {"aktualisering", "sip", "handlingsplan",
                                        "handlingsplan-tva-fragor"};
    const Desk *desk = *state;
    for (gsize i = 0; i < G_N_ELEMENTS(FORMS); i++) {
        g_autoptr(Form) form = NULL;
        assert_ok((form = response_form(desk->lead, FORMS[i], &error)));
        assert_seen(form->items);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPLETION_TEST(test_card),
        COMPLETION_TEST(test_card_without_number),
        COMPLETION_TEST(test_languages),
        COMPLETION_TEST(test_card_that_is_there),
        COMPLETION_TEST(test_staff),
        COMPLETION_TEST(test_staff_unknown),
        COMPLETION_TEST(test_number_refused),
        COMPLETION_TEST(test_double),
        COMPLETION_TEST(test_find_double),
        COMPLETION_TEST(test_nothing_left_behind),
        COMPLETION_TEST(test_rights),
        COMPLETION_TEST(test_without_client),
        COMPLETION_TEST(test_series),
        COMPLETION_TEST(test_how_often),
        COMPLETION_TEST(test_single_visit),
        COMPLETION_TEST(test_series_incomplete),
        COMPLETION_TEST(test_series_corrected),
        COMPLETION_TEST(test_intake_tasks),
        COMPLETION_TEST(test_two_questions),
        COMPLETION_TEST(test_plan),
        COMPLETION_TEST(test_plan_corrected),
        COMPLETION_TEST(test_long_note),
        COMPLETION_TEST(test_sip),
        COMPLETION_TEST(test_card_corrected),
        COMPLETION_TEST(test_number_corrected),
        COMPLETION_TEST(test_every_mapping),
    };
    return cmocka_run_group_tests_name("care/completion", tests, NULL, NULL);
}
