/* completion.c: what the answers of an intake make of a client's card, when it is completed and
 * when it is corrected. */
#include "care/completion/completion_double.h"
#include "care/completion/completion_names_private.h"
#include "care/unit/staff.h"
#include "tests/unit/care/fixture_completion.h"

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
    g_autoptr(GPtrArray) all = tasks(desk->officer, response);
    assert_int_equal(all->len, 1);
    assert_non_null(task_from(all, "tolk", "")); /* to book an interpreter, and nothing else */
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

/* Another language than the card's takes a reason (A12). */
static void say_language(const Desk *desk, gint64 client, const char *words)
{
    g_autoptr(Form) form = NULL;
    g_autoptr(Response) response = NULL;
    g_autoptr(Answers) answers = answers_new();
    const Given language[] = {{"spraket", "", words}, {NULL, NULL, NULL}};
    assert_ok((form = response_form(desk->officer, "aktualisering", &error)));
    assert_ok((response = response_begin(desk->officer, form, client, NULL, 0, NULL, &error)));
    give(answers, INTAKE);
    give(answers, language);
    answers_set_reason(answers, "spraket", "", "Har sagt det själv");
    assert_ok(response_complete(desk->officer, response, form, answers, &error));
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
        say_language(desk, id, cases[i].words);
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
    g_autoptr(GPtrArray) staff = NULL;
    assert_ok((staff = staff_list(desk->lead, &error)));
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        gint64 id = staff_called(staff, cases[i].name, FALSE);
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

static gint64 is_named(const Desk *desk, gint64 client, gint64 staff)
{
    gint64 named = -1;
    assert_ok(opened_get_int(session_db(desk->lead),
                         "SELECT COUNT(*) FROM client_named_staff"
                         " WHERE client_id = :client AND staff_id = :staff",
                         DB_PARAMS(DB_INT("client", client), DB_INT("staff", staff)), -1, &named,
                         &error));
    return named;
}

/* Who may open a protected card; a name that fits nobody is asked about. */
static void test_named_staff(void **state)
{
    const Desk *desk = *state;
    const Given more[] = {{"skydd-slag", "", "marked"},
                          {"skydd-personal", "", "Berit Stöd, bertil och Nils Nilsson"},
                          {NULL, NULL, NULL}};
    gint64 id = 0;
    gint64 response = intake(desk, more, &id);
    assert_int_equal(is_named(desk, id, desk->visits.staff), 1);
    assert_int_equal(is_named(desk, id, session_staff_id(desk->worker)), 1);
    assert_int_equal(is_named(desk, id, session_staff_id(desk->lead)), 0);
    g_autoptr(GPtrArray) all = tasks(desk->officer, response);
    assert_int_equal(all->len, 1);
    assert_non_null(strstr(task_from(all, "skydd-personal", "")->note, "Nils Nilsson"));
    assert_int_equal(task_from(all, "skydd-personal", "")->staff_id,
                     session_staff_id(desk->officer)); /* who can open the card */
    const Given mended[] = {{"skydd-personal", "", "bertil & grundare"}, {0}};
    correct(desk->officer, response, mended);
    assert_int_equal(is_named(desk, id, desk->visits.staff), 0);
    assert_int_equal(is_named(desk, id, session_staff_id(desk->worker)), 1);
    assert_int_equal(is_named(desk, id, session_staff_id(desk->lead)), 1);
    /* Whoever made the card can still open it. */
    assert_int_equal(is_named(desk, id, session_staff_id(desk->officer)), 1);
    assert_sound(desk->lead);
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

/* That there is a protected card is said; whose it is only to those who may open it. */
static void test_find_protected_double(void **state)
{
    const Desk *desk = *state;
    const Given protect[] = {{"skydd-slag", "", "marked"}, {NULL, NULL, NULL}};
    const Given number[] = {
        {"id-slag", "", "personnummer"}, {"id-nummer", "", "900206-2397"}, {NULL, NULL, NULL}};
    const Given name[] = {{"id-slag", "", "none"},
                          {"fodelsedatum", "", "1990-02-06"},
                          {"namn", "", "Anna Berg"},
                          {NULL, NULL, NULL}};
    const Given *const ways[] = {number, name};
    gint64 id = 0;
    intake(desk, protect, &id);
    g_autoptr(Form) form = NULL;
    assert_ok((form = response_form(desk->officer, "aktualisering", &error)));
    for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
        ClientRow *own = NULL, *other = NULL;
        g_autoptr(Answers) answers = answers_new();
        give(answers, ways[i]);
        assert_ok((own = completion_find_double(desk->officer, form, answers, &error)));
        assert_ok((other = completion_find_double(desk->lead, form, answers, &error)));
        assert_string_equal(own->name, "Anna Berg");
        assert_int_equal(other->id, id);
        assert_null(other->name);
        assert_null(other->id_number);
        assert_int_equal(other->birth_date, DATE_NONE);
        client_row_free(own);
        client_row_free(other);
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
    fixture_refuse(desk->lead, "task", "TRUE");
    g_autofree char *fault =
        refused(desk->officer, "aktualisering", 0, INTAKE, more, ERROR_INTERNAL);
    assert_non_null(fault);
    assert_int_equal(fixture_int(desk->lead, counts), before);
    fixture_take(desk->lead, "task");
    gint64 id = 0;
    intake(desk, more, &id);
    assert_sound(desk->lead);
}

/* Whoever may complete a form may write down by it how a client is reached; but not of another's
 * protected one, and not who may open the card, whatever form the unit has made. */
static void test_rights(void **state)
{
    const Desk *desk = *state;
    ship_text(desk, "nummer",
              "name: nummer\nversion: \"1\"\ntitle: Nytt nummer\nkind: walk\nitem:\n"
              "  - {linkId: tel, type: string, text: Vilket?, mapsTo: client.email}\n"
              "  - {linkId: eget, type: string, text: Eget?, mapsTo: house.colour}\n");
    const Given given[] = {{"tel", "", "070-1"}, {"eget", "", "rött"}, {NULL, NULL, NULL}};
    complete(desk->worker, "nummer", desk->client, given);
    g_autoptr(Client) client = card(desk->worker, desk->client);
    assert_string_equal(client->email, "070-1");
    assert_fails(client_change(desk->worker, client, &error), ERROR_DENIED);
    g_autoptr(Form) form = NULL;
    assert_ok((form = response_form(desk->worker, "nummer", &error)));
    assert_fails(response_begin(desk->worker, form, desk->hidden, NULL, 0, NULL, &error),
                 ERROR_DENIED);
    static const char *const MORE[] = {"client.protection", "client.named_staff",
                                       "client.case_officer_id", "client.id_number",
                                       "decision.asked_for"};
    for (gsize i = 0; i < G_N_ELEMENTS(MORE); i++) {
        g_autofree char *text =
            g_strdup_printf("name: vem\nversion: \"%zu\"\ntitle: Vem\nkind: walk\nitem:\n"
                            "  - {linkId: a, type: string, text: A, mapsTo: %s}\n",
                            i, MORE[i]);
        ship_text(desk, "vem", text);
        g_autoptr(Form) more = NULL;
        assert_ok((more = response_form(desk->worker, "vem", &error)));
        assert_fails(response_begin(desk->worker, more, desk->client, NULL, 0, NULL, &error),
                     ERROR_DENIED);
    }
}

/* One that an officer has begun as it was then, and that a support worker holds now. */
static void test_rights_at_the_end(void **state)
{
    const Desk *desk = *state;
    ship_text(desk, "vem",
              "name: vem\nversion: \"1\"\ntitle: Vem\nkind: walk\nitem:\n"
              "  - {linkId: a, type: string, text: A, mapsTo: client.named_staff}\n");
    g_autoptr(Form) form = NULL;
    assert_ok((form = response_form(desk->officer, "vem", &error)));
    g_autoptr(Response) begun = NULL;
    assert_ok((begun = response_begin(desk->officer, form, desk->client, NULL, 0, NULL, &error)));
    assert_ok(db_run(session_db(desk->lead), "UPDATE response SET interview = 0 WHERE id = :id",
                     DB_PARAMS(DB_INT("id", begun->id)), &error));
    Form *taken_form = NULL;
    Answers *answers = NULL;
    g_autoptr(Response) taken = NULL;
    assert_ok((
        taken = response_open(desk->worker, begun->id, TRUE, TRUE, &taken_form, &answers, &error)));
    answers_set(answers, "a", "", ANSWER_VALUE, "bo");
    assert_fails(completion_apply(desk->worker, taken, taken_form, answers, &error), ERROR_DENIED);
    answers_free(answers);
    form_free(taken_form);
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

/* The same person's card, whoever completes and corrects the form in whatever language. */
static void test_recorded_in_swedish(void **state)
{
    const Desk *desk = *state;
    const Given more[] = {{"spraket", "", "romani"},
                          {"narstaende-finns", "", "true"},
                          {"narstaende-namn", "1", "Eva Berg"},
                          {"narstaende-relation", "1", "parent"},
                          {"narstaende-far-kontaktas", "1", "emergency"},
                          {"tva-fragor-dag", "", "2026-12-04"},
                          {"boendestodjare", "", "Ingen Sådan"},
                          {0}};
    const Given mended[] = {{"telefon", "", "070-2"}, {0}};
    gint64 id = 0;
    i18n_init("fi");
    gint64 response = intake(desk, more, &id);
    i18n_init("en");
    gint64 correction = correct(desk->officer, response, mended);
    g_autoptr(Client) client = card(desk->officer, id);
    assert_string_equal(client->contact,
                        "Närstående: Eva Berg, förälder; När får vi kontakta den närstående? Bara "
                        "i nödläge\nSpråk: romani");
    g_autoptr(GPtrArray) all = tasks(desk->officer, correction);
    assert_true(g_str_has_prefix(task_from(all, "tva-fragor-dag", "")->note, "Aktualisering: "));
    assert_non_null(strstr(task_from(all, "boendestodjare", "")->note, "ska vara boendestödjare"));
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

/* --- advice was enough ------------------------------------------------------------------------ */

/* D13: a contact that ends with advice leaves no whole card: what finds and reaches the person, and
 * nothing of relatives, address or language; and the person is not among those who come here. A
 * matter that begins later fills in the rest. */
static void test_d13_advice_leaves_a_contact(void **state)
{
    const Desk *desk = *state;
    const Given advice[] = {{"vag", "", "advice"},
                            {"telefon", "", "070-174 06 12"},
                            {"adress", "", "Storgatan 1"},
                            {"e-post", "", "anna@example.com"},
                            {"spraket", "", "ar"},
                            {"tolk", "", "true"},
                            {"narstaende-finns", "", "true"},
                            {"narstaende-namn", "1", "Karin Berg"},
                            {"aterkoppling-vill", "", "true"},
                            {"aterkoppling-dag", "", "2026-11-23"},
                            {0}};
    gint64 id = 0;
    gint64 response = intake(desk, advice, &id);
    {
        g_autoptr(Client) client = card(desk->officer, id);
        assert_false(client->active);
        assert_int_equal(client->standing, STANDING_ADVISED);
        g_autoptr(GPtrArray) found = NULL;
        assert_ok((found = client_list(desk->officer, "Anna Berg", FALSE, NULL, 2, &error)));
        assert_int_equal(found->len, 1);
        assert_string_equal(standing_name(((const ClientRow *)found->pdata[0])->standing),
                            "advice given");
        assert_string_equal(client->name, "Anna Berg");
        assert_string_equal(client->id_number, "19900206-2397");
        assert_string_equal(client->phone, "070-174 06 12");
        assert_null(client->address);
        assert_null(client->email);
        assert_null(client->language);
        assert_true(client->contact == NULL || client->contact[0] == '\0');
        assert_false(client->interpreter);
    }
    /* Whoever is promised a call gets one; no interpreter is booked for somebody who meets nobody.
     */
    g_autoptr(GPtrArray) promised = tasks(desk->officer, response);
    assert_int_equal(promised->len, 1);
    assert_non_null(task_from(promised, "aterkoppling-dag", ""));

    const Given application[] = {{"vag", "", "application"}, {0}};
    correct(desk->officer, response, application);
    g_autoptr(Client) client = card(desk->officer, id);
    assert_true(client->active);
    assert_string_equal(client->address, "Storgatan 1");
    assert_string_equal(client->language, "ar");
    assert_true(client->interpreter);
    assert_non_null(strstr(client->contact, "Karin Berg"));
    assert_sound(desk->lead);
}

/* A new matter about somebody who was only in touch opens their card; visits agreed on make it
 * whole at once; and the card of somebody who comes here already is changed as by any intake. */
static void test_d13_advice_to_others(void **state)
{
    const Desk *desk = *state;
    const Given advice[] = {{"vag", "", "referred"}, {0}};
    gint64 id = 0;
    intake(desk, advice, &id);
    {
        g_autoptr(Client) client = card(desk->officer, id);
        assert_string_equal(standing_name(client->standing), "referred on");
    }
    complete_both(desk->officer, "aktualisering", &id, INTAKE, NULL);
    g_autoptr(Client) again = card(desk->officer, id);
    assert_true(again->active);
    assert_null(standing_name(again->standing));
    const Given more[] = {{"vag", "", "advice"}, {"adress", "", "Storgatan 2"}, {0}};
    complete_both(desk->officer, "aktualisering", &id, INTAKE, more);
    g_autoptr(Client) whole = card(desk->officer, id);
    assert_true(whole->active);
    assert_string_equal(whole->address, "Storgatan 2");
    const Given visits[] = {{"vag", "", "advice"},        {"id-slag", "", "none"},
                            {"serie-bokas", "", "true"},  {"serie-start", "", "2026-11-24"},
                            {"serie-tid", "", "09:30"},   {"serie-langd", "", "45"},
                            {"serie-ofta", "", "weekly"}, {0}};
    gint64 other = 0;
    intake(desk, visits, &other);
    g_autoptr(Client) comes = card(desk->officer, other);
    assert_true(comes->active);
    assert_sound(desk->lead);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPLETION_TEST(test_card),
        COMPLETION_TEST(test_card_without_number),
        COMPLETION_TEST(test_d13_advice_leaves_a_contact),
        COMPLETION_TEST(test_d13_advice_to_others),
        COMPLETION_TEST(test_languages),
        COMPLETION_TEST(test_card_that_is_there),
        COMPLETION_TEST(test_staff),
        COMPLETION_TEST(test_staff_unknown),
        COMPLETION_TEST(test_named_staff),
        COMPLETION_TEST(test_number_refused),
        COMPLETION_TEST(test_double),
        COMPLETION_TEST(test_find_double),
        COMPLETION_TEST(test_find_protected_double),
        COMPLETION_TEST(test_nothing_left_behind),
        COMPLETION_TEST(test_rights),
        COMPLETION_TEST(test_rights_at_the_end),
        COMPLETION_TEST(test_without_client),
        COMPLETION_TEST(test_card_corrected),
        COMPLETION_TEST(test_recorded_in_swedish),
        COMPLETION_TEST(test_number_corrected),
    };
    return cmocka_run_group_tests_name("care/completion", tests, NULL, NULL);
}
