/* walk_known.c: what the program knows is not asked, what closes a door is asked twice, and what
 * says otherwise than the card is settled one by one. */
#include "care/placement/placement.h"
#include "care/response/walk.h"
#include "tests/unit/care/fixture_completion.h"

/* Skatteverket's numbers for tests: a child of 15, and somebody born in 1990. */
#define CHILD "20110310-2396"
#define GROWN "19900206-2397"

typedef struct {
    Walk *walk;
    Session *session;
} Walking;

static void walking_clear(Walking *walking)
{
    walk_close(walking->walk, walking->session);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Walking, walking_clear)

static Walking begin_form(const Desk *desk, const char *form, gint64 client, gint64 placement)
{
    Walking walking = {.session = desk->officer};
    assert_ok((walking.walk = walk_begin(desk->officer, form, client, "case-officer", placement,
                                         "sv", &error)));
    return walking;
}

static void go_to(const Walking *walking, const char *item)
{
    int index = flow_find(walk_flow(walking->walk), item, "");
    assert_true(index >= 0);
    assert_ok(walk_go(walking->walk, walking->session, index, &error));
}

/* What comes of it, and what is said of it (new; NULL: nothing). */
static WalkResult give_one(const Walking *walking, const char *item, const char *value,
                           const char *reason, char **said)
{
    g_autofree char *sentence = NULL;
    WalkResult result = WALK_FAILED;
    go_to(walking, item);
    assert_ok((result = walk_answer(walking->walk, walking->session, value, reason, &sentence,
                                    &error)) != WALK_FAILED);
    if (said != NULL)
        *said = g_steal_pointer(&sentence);
    return result;
}

static const char *value_of(const Walk *walk, const char *item)
{
    const Answer *answer = answers_get(walk_answers(walk), item, "");
    return answer != NULL ? answer->value : NULL;
}

static void assert_never_led_to(const Walk *walk, const char *item)
{
    for (int i = walk_next(walk, -1, 1); i >= 0; i = walk_next(walk, i, 1))
        assert_string_not_equal(flow_step(walk_flow(walk), i)->item->link_id, item);
}

/* --- A10 -------------------------------------------------------------------------------------- */

/* The number tells who is under 18, on the disk too, and nobody can say otherwise. */
static void test_a10_under_18_is_computed(void **state)
{
    g_auto(Walking) walking = begin_form(*state, "aktualisering", 0, 0);
    gint64 id = walk_response(walking.walk)->id;
    assert_false(walk_knows(walking.walk, form_item(walk_form(walking.walk), "under-18")));
    assert_int_equal(give_one(&walking, "id-slag", "personnummer", NULL, NULL), WALK_SAVED);
    assert_int_equal(give_one(&walking, "id-nummer", CHILD, NULL, NULL), WALK_SAVED);
    assert_string_equal(value_of(walking.walk, "under-18"), "true");
    assert_never_led_to(walking.walk, "under-18");
    assert_true(flow_find(walk_flow(walking.walk), "vardnadshavare-namn", "1") >= 0);
    g_autofree char *said = NULL;
    assert_int_equal(give_one(&walking, "under-18", "false", NULL, &said), WALK_REFUSED);
    assert_non_null(said);
    {
        g_auto(Opened) opened = open_it(walking.session, id, FALSE);
        assert_string_equal(answers_get(opened.answers, "under-18", "")->value, "true");
    }
    assert_int_equal(give_one(&walking, "id-nummer", GROWN, NULL, NULL), WALK_SAVED);
    assert_string_equal(value_of(walking.walk, "under-18"), "false");
    assert_int_equal(give_one(&walking, "id-nummer", NULL, NULL, NULL), WALK_SAVED);
    assert_int_equal(give_one(&walking, "under-18", "true", NULL, NULL), WALK_SAVED);
    assert_int_equal(give_one(&walking, "namn", "Anna Berg", NULL, NULL), WALK_SAVED);
    assert_string_equal(value_of(walking.walk, "under-18"), "true");
}

/* What was answered before the number told is said when the form is opened, and mended there. */
static void test_a10_a_contradiction_is_told(void **state)
{
    const Desk *desk = *state;
    g_auto(Walking) walking = {.session = desk->officer};
    gint64 id;
    {
        g_autoptr(Response) response = begin(desk->officer, "aktualisering", 0);
        g_autoptr(Answers) answers = answers_new();
        answer(desk->officer, response, answers, "id-slag", "", "personnummer");
        answer(desk->officer, response, answers, "id-nummer", "", CHILD);
        answer(desk->officer, response, answers, "under-18", "", "false");
        id = response->id;
    }
    assert_ok((walking.walk = walk_open(desk->officer, id, FALSE, &error)));
    const GPtrArray *told = walk_contradictions(walking.walk);
    assert_int_equal(told->len, 1);
    assert_non_null(strstr(told->pdata[0], "“Nej”"));
    assert_string_equal(value_of(walking.walk, "under-18"), "true");
}

/* A form that asks for a day of birth, and knows from it who is under 18, in one order and in the
 * other; the last question is asked where no day was said. */
#define BORN "  - {linkId: fodd, type: date, text: Född?, mapsTo: client.birth_date}\n"
#define UNDER "  - {linkId: under, type: boolean, text: Under 18?, known: client.under-18}\n"
#define HIDDEN                                                                                     \
    "  - linkId: dold\n    type: boolean\n    text: Ännu under 18?\n    known: client.under-18\n" \
    "    enableWhen: [{question: fodd, operator: exists, answer: \"false\"}]\n"
#define AGES(name, first, second)                                                                  \
    "name: " name                                                                                  \
    "\nversion: \"1\"\ntitle: Ålder\nkind: walk\nrespondent: client\nitem:\n" first second HIDDEN

static const struct {
    const char *name, *text;
} ORDERS[] = {{"alder-a", AGES("alder-a", BORN, UNDER)}, {"alder-b", AGES("alder-b", UNDER, BORN)}};

static gint64 client_of_no_age(const Desk *desk)
{
    g_autoptr(Client) client = client_new();
    client->name = g_strdup("Anna Berg");
    assert_ok(client_add(desk->lead, client, &error));
    return client->id;
}

/* By the day that is said, to the day; of somebody who is not born yet nothing is known. */
static void test_a10_by_a_day_without_a_number(void **state)
{
    const Desk *desk = *state;
    static const struct {
        const char *born, *under;
    } cases[] = {{"2008-11-22", "false"},
                 {"2008-11-23", "true"},
                 {"2026-11-22", "true"},
                 {"2026-11-23", NULL}};
    for (gsize i = 0; i < G_N_ELEMENTS(ORDERS); i++) {
        gint64 client = client_of_no_age(desk);
        ship_text(desk, ORDERS[i].name, ORDERS[i].text);
        for (gsize c = 0; c < G_N_ELEMENTS(cases); c++) {
            g_auto(Walking) walking = begin_form(desk, ORDERS[i].name, client, 0);
            assert_null(value_of(walking.walk, "under"));
            assert_int_equal(give_one(&walking, "fodd", cases[c].born, NULL, NULL), WALK_SAVED);
            if (g_strcmp0(value_of(walking.walk, "under"), cases[c].under) != 0)
                fail_msg("%s, %s", ORDERS[i].name, cases[c].born);
        }
    }
}

/* Of what is asked, and once; of a form that is read, what to do about it. */
static void test_a10_what_is_not_asked_contradicts_nothing(void **state)
{
    const Desk *desk = *state;
    for (gsize i = 0; i < G_N_ELEMENTS(ORDERS); i++) {
        gint64 client = client_of_no_age(desk), id;
        ship_text(desk, ORDERS[i].name, ORDERS[i].text);
        {
            g_autoptr(Response) response = begin(desk->officer, ORDERS[i].name, client);
            g_autoptr(Answers) answers = answers_new();
            answer(desk->officer, response, answers, "under", "", "false");
            answer(desk->officer, response, answers, "dold", "", "false");
            answer(desk->officer, response, answers, "fodd", "", "2011-03-10");
            id = response->id;
        }
        g_auto(Walking) walking = {.session = desk->officer};
        assert_ok((walking.walk = walk_open(desk->officer, id, FALSE, &error)));
        const GPtrArray *told = walk_contradictions(walking.walk);
        assert_int_equal(told->len, 1);
        assert_non_null(strstr(told->pdata[0], "stands there now"));
        assert_int_equal(give_one(&walking, "fodd", NULL, NULL, NULL), WALK_SAVED);
        assert_int_equal(give_one(&walking, "under", "true", NULL, NULL), WALK_SAVED);
        assert_ok(walk_complete(walking.walk, desk->officer, &error));

        g_autoptr(Client) older = card(desk->lead, client);
        older->birth_date = date_parse("1990-02-06");
        assert_ok(client_change(desk->lead, older, &error));
        g_auto(Walking) read = {.session = desk->officer};
        assert_ok((read.walk = walk_read(desk->officer, id, &error)));
        told = walk_contradictions(read.walk);
        assert_int_equal(told->len, 1);
        assert_non_null(strstr(told->pdata[0], "Make a correction"));
        assert_string_equal(value_of(read.walk, "under"), "true");
    }
}

/* --- A15 -------------------------------------------------------------------------------------- */

static gint64 placed(const Desk *desk, InstitutionKind kind, gint64 *client)
{
    g_autoptr(Client) child = client_new();
    g_autoptr(Institution) home = g_new0(Institution, 1);
    g_autoptr(Placement) placement = g_new0(Placement, 1);
    child->name = g_strdup("Barn Ett");
    child->id_number = g_strdup(CHILD);
    child->case_officer_id = session_staff_id(desk->officer);
    assert_ok(client_add(desk->lead, child, &error));
    home->name = g_strdup("Villa Björken");
    home->kind = kind;
    assert_ok(institution_add(desk->lead, home, &error));
    placement->client_id = *client = child->id;
    placement->institution_id = home->id;
    placement->started_on = date_parse("2026-01-12");
    placement->ended_on = date_parse("2026-10-30");
    assert_ok(placement_save(desk->lead, placement, &error));
    return placement->id;
}

/* Also D12: the placement's facts are not asked again. */
static void test_a15_the_placement_is_filled_in(void **state)
{
    const Desk *desk = *state;
    static const char *const FACTS[][2] = {
        {"alder", "15"},           {"kon", "boy"},
        {"boendeform", "hvb"},     {"verksamhet", "Villa Björken"},
        {"borjade", "2026-01-12"}, {"slutade", "2026-10-30"}};
    gint64 client = 0;
    ship(desk, "ubu-handlaggare");
    gint64 placement = placed(desk, INSTITUTION_HVB, &client);
    g_auto(Walking) walking = begin_form(desk, "ubu-handlaggare", client, placement);
    for (gsize i = 0; i < G_N_ELEMENTS(FACTS); i++) {
        assert_string_equal(value_of(walking.walk, FACTS[i][0]), FACTS[i][1]);
        assert_never_led_to(walking.walk, FACTS[i][0]);
    }
    assert_string_equal(walk_step(walking.walk)->item->link_id, "lagstod");
    assert_false(walk_is_begun(walking.walk));
    assert_int_equal(give_one(&walking, "slutade", "2026-09-30", NULL, NULL), WALK_REFUSED);
    assert_int_equal(give_one(&walking, "skal", "neglect violence crime", NULL, NULL), WALK_SAVED);
    g_autofree char *said = NULL;
    assert_int_equal(give_one(&walking, "skal", "neglect violence crime school", NULL, &said),
                     WALK_REFUSED);
    assert_non_null(strstr(said, "3"));
}

/* Neither what kind of home it was nor a family's name is asked for. */
static void test_a15_an_emergency_foster_home_is_known(void **state)
{
    const Desk *desk = *state;
    gint64 client = 0;
    ship(desk, "ubu-handlaggare");
    gint64 placement = placed(desk, INSTITUTION_EMERGENCY_FOSTER_HOME, &client);
    g_auto(Walking) walking = begin_form(desk, "ubu-handlaggare", client, placement);
    assert_string_equal(value_of(walking.walk, "boendeform"), "emergency-foster");
    assert_never_led_to(walking.walk, "boendeform");
    assert_never_led_to(walking.walk, "verksamhet");
    assert_null(value_of(walking.walk, "verksamhet"));
}

static void test_a15_a_foster_home_may_have_support(void **state)
{
    const Desk *desk = *state;
    gint64 client = 0;
    ship(desk, "ubu-handlaggare");
    gint64 placement = placed(desk, INSTITUTION_FOSTER_HOME, &client);
    g_auto(Walking) walking = begin_form(desk, "ubu-handlaggare", client, placement);
    assert_null(value_of(walking.walk, "boendeform"));
    assert_int_equal(give_one(&walking, "boendeform", "foster-agency", NULL, NULL), WALK_SAVED);
}

/* The age at the end, where both are known. */
static void test_a15_the_age_at_the_end(void **state)
{
    const Desk *desk = *state;
    static const struct {
        const char *born, *started, *ended, *age;
    } cases[] = {{"2011-10-31", "2026-01-12", "2026-10-30", "14"},
                 {"2026-10-30", "2026-10-30", "2026-10-30", "0"},
                 {NULL, "2026-01-12", "2026-10-30", NULL},
                 {"2011-10-31", "2026-01-12", NULL, NULL}};
    ship(desk, "ubu-handlaggare");
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(Client) child = client_new();
        g_autoptr(Placement) placement = g_new0(Placement, 1);
        child->name = g_strdup_printf("Barn %zu", i);
        child->birth_date = cases[i].born != NULL ? date_parse(cases[i].born) : DATE_NONE;
        assert_ok(client_add(desk->lead, child, &error));
        placement->client_id = child->id;
        placement->started_on = date_parse(cases[i].started);
        placement->ended_on = cases[i].ended != NULL ? date_parse(cases[i].ended) : DATE_NONE;
        assert_ok(placement_save(desk->lead, placement, &error));
        g_auto(Walking) walking = begin_form(desk, "ubu-handlaggare", child->id, placement->id);
        if (g_strcmp0(value_of(walking.walk, "alder"), cases[i].age) != 0)
            fail_msg("case %zu", i);
        assert_null(value_of(walking.walk, "boendeform"));
    }
}

/* --- D11 -------------------------------------------------------------------------------------- */

/* One letter in the wrong field closes nothing: it takes a reason, and goes with the answer. */
static void test_d11_closing_a_door_is_asked_twice(void **state)
{
    g_auto(Walking) walking = begin_form(*state, "aktualisering", 0, 0);
    g_autofree char *said = NULL;
    assert_int_equal(give_one(&walking, "skydd-slag", "population", NULL, &said), WALK_DOUBTFUL);
    assert_non_null(said);
    assert_null(value_of(walking.walk, "skydd-slag"));
    assert_false(walk_response(walking.walk)->is_protected);
    assert_int_equal(give_one(&walking, "skydd-slag", "population", "Personen säger det", NULL),
                     WALK_SAVED);
    assert_true(walk_response(walking.walk)->is_protected);
    go_to(&walking, "skydd-slag");
    assert_ok(walk_answer_kind(walking.walk, walking.session, ANSWER_NONE, &error));
    assert_false(walk_response(walking.walk)->is_protected);
    assert_int_equal(give_one(&walking, "skydd-slag", "none", NULL, NULL), WALK_SAVED);
}

static void test_d11_a_door_that_is_closed_is_not_closed_again(void **state)
{
    const Desk *desk = *state;
    g_autoptr(Client) client = client_new();
    client->name = g_strdup("Anna Berg");
    client->protection = PROTECTION_MARKED;
    client->case_officer_id = session_staff_id(desk->officer);
    assert_ok(client_add(desk->lead, client, &error));
    g_auto(Walking) walking = begin_form(desk, "aktualisering", client->id, 0);
    assert_int_equal(give_one(&walking, "skydd-slag", "marked", NULL, NULL), WALK_SAVED);
    assert_int_equal(give_one(&walking, "skydd-slag", "population", NULL, NULL), WALK_DOUBTFUL);
}

/* --- A12 -------------------------------------------------------------------------------------- */

static gint64 client_on_file(const Desk *desk)
{
    g_autoptr(Client) client = client_new();
    client->name = g_strdup("Anna Berg");
    client->id_number = g_strdup(GROWN);
    client->phone = g_strdup("070-174 06 12");
    assert_ok(client_add(desk->lead, client, &error));
    return client->id;
}

static void test_a12_the_card_is_not_replaced_in_silence(void **state)
{
    const Desk *desk = *state;
    gint64 client = client_on_file(desk);
    g_auto(Walking) walking = begin_form(desk, "aktualisering", 0, 0);
    assert_int_equal(give_one(&walking, "namn", "Anna Bergh", NULL, NULL), WALK_SAVED);
    assert_int_equal(give_one(&walking, "telefon", "0701740612", NULL, NULL), WALK_SAVED);
    assert_ok(walk_set_client(walking.walk, desk->officer, client, &error));
    g_autoptr(GArray) points = walk_open_points(walking.walk);
    gboolean asked = FALSE;
    for (guint i = 0; i < points->len; i++) {
        const OpenPoint *point = &g_array_index(points, OpenPoint, i);
        const char *item = flow_step(walk_flow(walking.walk), point->index)->item->link_id;
        assert_string_not_equal(item, "telefon"); /* the same number, written otherwise */
        if (g_str_equal(item, "namn")) {
            asked = TRUE;
            assert_false(point->hard);
            assert_non_null(strstr(point->sentence, "“Anna Berg”"));
        }
    }
    assert_true(asked);
    /* While it is answered too. */
    assert_int_equal(give_one(&walking, "telefon", "08-111 22", NULL, NULL), WALK_DOUBTFUL);
    assert_int_equal(give_one(&walking, "telefon", "08-111 22", "Har bytt nummer", NULL),
                     WALK_SAVED);
}

/* What the corrected form had answered already was settled then; what it had no value for was not.
 */
static void test_a12_a_correction_doubts_only_what_it_changes(void **state)
{
    const Desk *desk = *state;
    gint64 client = client_on_file(desk);
    const Given more[] = {{"telefon", "", "070-174 06 12"}, {"e-post", "", DOES_NOT_KNOW}, {0}};
    gint64 id = complete_both(desk->officer, "aktualisering", &client, INTAKE, more);
    g_autoptr(Client) since = card(desk->lead, client);
    g_free(since->phone);
    since->phone = g_strdup("08-111 22");
    since->email = g_strdup("anna@example.se");
    assert_ok(client_change(desk->lead, since, &error));
    g_auto(Walking) walking = {.session = desk->officer};
    assert_ok((walking.walk = walk_correct(desk->officer, id, &error)));
    assert_int_equal(give_one(&walking, "telefon", "070-174 06 12", NULL, NULL), WALK_SAVED);
    assert_int_equal(give_one(&walking, "telefon", "08-333 33", NULL, NULL), WALK_DOUBTFUL);
    assert_int_equal(give_one(&walking, "e-post", "berg@example.se", NULL, NULL), WALK_DOUBTFUL);
}

/* Whoever completes without asking is refused; a reason lets it through. */
static void test_a12_completion_refuses_what_is_not_settled(void **state)
{
    const Desk *desk = *state;
    gint64 client = client_on_file(desk);
    const Given more[] = {{"namn", "", "Anna Bergh"}, {0}};
    g_autofree char *said =
        refused(desk->officer, "aktualisering", client, INTAKE, more, ERROR_INPUT);
    assert_non_null(strstr(said, "“Anna Berg”"));
    g_autoptr(Client) before = card(desk->lead, client);
    assert_string_equal(before->name, "Anna Berg");

    g_autoptr(Response) response = begin(desk->officer, "aktualisering", client);
    g_autoptr(Form) form = form_version_load(desk->officer, response->form_hash, NULL);
    g_autoptr(Answers) answers = answers_new();
    give(answers, INTAKE);
    give(answers, more);
    answers_set_reason(answers, "namn", "", "Så stavas det i passet");
    assert_ok(response_complete(desk->officer, response, form, answers, &error));
    g_autoptr(Client) after = card(desk->lead, client);
    assert_string_equal(after->name, "Anna Bergh");
    assert_string_equal(after->phone, "070-174 06 12");
}

/* Everything that a later intake may write on the card: what stands there, what the intake says
 * otherwise, and the same in other words. */
static const struct {
    const char *item, *otherwise, *shown, *same;
} ON_THE_CARD[] = {
    {"namn", "Anna Bergh", "“Anna Berg”", " Anna Berg "},
    {"fodelsedatum", "1990-02-07", "“1990-02-06”", "1990-02-06"},
    {"kon", "man", "“woman”", "woman"},
    {"kon", "unknown", "“woman”", "woman"},
    {"telefon", "08-111 22", "“070-174 06 12”", "0701740612"},
    {"e-post", "berg@example.se", "“anna@example.se”", "anna@example.se"},
    {"adress", "Storgatan 2", "“Storgatan 1”", "Storgatan 1"},
    {"spraket", "sv", "“Arabic”", "ar"},
    {"spraket", "=romani", "“Arabic”", "=arabiska"},
    {"tolk", "false", "“interpreter needed”", "true"},
};

static gint64 client_without_number(const Desk *desk)
{
    g_autoptr(Client) client = client_new();
    client->name = g_strdup("Anna Berg");
    client->birth_date = date_parse("1990-02-06");
    client->sex = SEX_WOMAN;
    client->phone = g_strdup("070-174 06 12");
    client->email = g_strdup("anna@example.se");
    client->address = g_strdup("Storgatan 1");
    client->language = g_strdup("ar");
    client->interpreter = TRUE;
    assert_ok(client_add(desk->lead, client, &error));
    return client->id;
}

static void test_a12_nothing_on_the_card_is_replaced_in_silence(void **state)
{
    const Desk *desk = *state;
    gint64 client = client_without_number(desk);
    for (gsize i = 0; i < G_N_ELEMENTS(ON_THE_CARD); i++) {
        const Given otherwise[] = {
            {"id-slag", "", "none"}, {ON_THE_CARD[i].item, "", ON_THE_CARD[i].otherwise}, {0}};
        g_autofree char *said =
            refused(desk->officer, "aktualisering", client, INTAKE, otherwise, ERROR_INPUT);
        if (strstr(said, ON_THE_CARD[i].shown) == NULL)
            fail_msg("%s: %s", ON_THE_CARD[i].item, said);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(ON_THE_CARD); i++) {
        const Given same[] = {
            {"id-slag", "", "none"}, {ON_THE_CARD[i].item, "", ON_THE_CARD[i].same}, {0}};
        gint64 theirs = client;
        complete_both(desk->officer, "aktualisering", &theirs, INTAKE, same);
    }
    g_autoptr(Client) after = card(desk->lead, client);
    assert_string_equal(after->language, "ar");
    assert_int_equal(after->sex, SEX_WOMAN);
    assert_true(after->interpreter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPLETION_TEST(test_a10_under_18_is_computed),
        COMPLETION_TEST(test_a10_a_contradiction_is_told),
        COMPLETION_TEST(test_a10_by_a_day_without_a_number),
        COMPLETION_TEST(test_a10_what_is_not_asked_contradicts_nothing),
        COMPLETION_TEST(test_a15_the_placement_is_filled_in),
        COMPLETION_TEST(test_a15_an_emergency_foster_home_is_known),
        COMPLETION_TEST(test_a15_a_foster_home_may_have_support),
        COMPLETION_TEST(test_a15_the_age_at_the_end),
        COMPLETION_TEST(test_d11_closing_a_door_is_asked_twice),
        COMPLETION_TEST(test_d11_a_door_that_is_closed_is_not_closed_again),
        COMPLETION_TEST(test_a12_the_card_is_not_replaced_in_silence),
        COMPLETION_TEST(test_a12_a_correction_doubts_only_what_it_changes),
        COMPLETION_TEST(test_a12_completion_refuses_what_is_not_settled),
        COMPLETION_TEST(test_a12_nothing_on_the_card_is_replaced_in_silence),
    };
    return cmocka_run_group_tests_name("walk_known", tests, NULL, NULL);
}
