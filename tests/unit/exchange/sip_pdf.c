/* sip_pdf.c: the papers of a SIP: what stands on each, and what must not. */
#include "tests/unit/exchange/fixture_paper.h"

#include "exchange/sip_pdf.h"

#define TODAY date_from_ymd(2026, 11, 23)

static char *folder;
static Form *form;

static int setup(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    use_build_share();
    folder = make_folder();
    g_autofree char *path = form_find("sip", NULL);
    form = form_load(path, NULL, &error);
    return form != NULL ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    g_clear_pointer(&form, form_free);
    remove_folder(folder);
    g_clear_pointer(&folder, g_free);
    return 0;
}

static void set(Answers *answers, const char *link_id, const char *instance, const char *value)
{
    assert_non_null(form_item(form, link_id));
    answers_set(answers, link_id, instance, ANSWER_VALUE, value);
}

static const struct {
    const char *link_id, *instance, *value;
} GIVEN[] = {
    {"behov-dag", "", "2026-11-02"},
    {"behov-varfor", "", "HEMLIGT mediciner"},
    {"behov-egna-ord", "", "HEMLIGT vilja"},
    {"sip-under-18", "", "false"},
    {"sip-blir", "", "yes-sip"},
    {"samtycke-ges", "", "true"},
    {"samtycke-med", "", "HEMLIGT beroendemottagningen"},
    {"samtycke-om", "", "Det som rör min vardag"},
    {"samtycke-undantag", "", "HEMLIGT undantag"},
    {"samtycke-dag", "", "2026-11-03"},
    {"samtycke-till", "", "2027-05-31"},
    {"viktigt", "", "HEMLIGT viktigt"},
    {"inte-ta-upp", "", "HEMLIGT tystnad"},
    {"fraga", "1", "Vem hjälper mig på helgen?"},
    {"fraga-till", "1", "Boendestödet"},
    {"deltagare-namn", "1", "HEMLIGT deltagare"},
    {"deltagare-roll", "1", "guardian"},
    {"deltagare-varfor", "1", "HEMLIGT varför"},
    {"inte-med", "", "Inte Karl Öst, min bror"},
    {"punkt", "1", "Läget nu"},
    {"punkt-minuter", "1", "15"},
    {"langd", "", "45"},
    {"anpassning", "", "pictures quiet"},
    {"anpassning-mer", "", "HEMLIGT anpassning"},
    {"mote-dag", "", "2026-12-04"},
    {"mote-tid", "", "10:00"},
    {"mote-plats", "", "Kommunalhuset, rum 3"},
    {"mote-form", "", "room"},
    {"kallelse-paminn", "", "2026-11-27"},
    {"kallad-huvudman", "1", "region"},
    {"kallad-verksamhet", "1", "Psykiatrin söder"},
    {"inbjuden-person", "1", "HEMLIGT syster"},
    {"narvarande-namn", "1", "Nimco Cabdullaahi"},
    {"narvarande-namn", "2", "Åsa Öberg"},
    {"narvarande-roll", "2", "boendestödjare"},
    {"motesanteckning", "", "HEMLIGT anteckning"},
    {"plan-situation", "", "Jag orkar inte gå ut."},
    {"mal", "1", "Jag vill gå till affären själv."},
    {"mal-marks", "1", "Jag har mat hemma."},
    {"mal-nar", "1", "2027-03-01"},
    {"insats", "1", "Boendestöd två gånger i veckan"},
    {"insats-huvudman", "1", "municipality"},
    {"insats-verksamhet", "1", "Boendestödet Skogås"},
    {"insats", "2", "Samtal var fjortonde dag"},
    {"insats-huvudman", "2", "region"},
    {"plan-andra-finns", "", "true"},
    {"andra-vem", "1", "Storasyster"},
    {"andra-vad", "1", "Följer med till tandläkaren"},
    {"plan-ansvar", "", "region"},
    {"plan-samordnare", "", "Åsa Öberg, 08-123 45 67"},
    {"gor-vad", "1", "Boka tid på vårdcentralen"},
    {"gor-vem", "1", "Åsa"},
    {"gor-nar", "1", "2026-12-11"},
    {"plan-samre", "", "Jag ringer jouren."},
    {"plan-till", "", "client region"},
    {"uppfoljning-dag", "", "2027-03-05"},
    {"uppfoljning-vem", "", "Åsa Öberg"},
};

static Answers *all_given(void)
{
    Answers *answers = answers_new();
    for (guint i = 0; i < G_N_ELEMENTS(GIVEN); i++)
        set(answers, GIVEN[i].link_id, GIVEN[i].instance, GIVEN[i].value);
    return answers;
}

static const SipPaperAbout ABOUT = {.client = "Nimco Cabdullaahi",
                                    .id_number = "19900206-2397",
                                    .unit = "Boendestöd Söder",
                                    .staff = "Åsa Öberg",
                                    .staff_phone = "08-123 45 67"};

static gboolean write_paper(SipPaper kind, const Form *of, Answers *answers,
                            const SipPaperAbout *about, const char *addressee, const char *language,
                            gboolean large, const char *path, GError **error)
{
    SipPaperAbout dated = *about;
    dated.today = TODAY;
    g_unlink(path);
    return sip_pdf_write(kind, of, answers, &dated, addressee, language, large, path, error);
}

/* The paper's text. New; its pages in `pages`, which may be NULL. */
static char *paper_of(SipPaper kind, const Form *of, Answers *answers, const SipPaperAbout *about,
                      const char *addressee, const char *language, gboolean large, int *pages)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(folder, "sip.pdf", NULL);
    if (!write_paper(kind, of, answers, about, addressee, language, large, path, &error))
        fail_msg("%s", error->message);
    g_autofree char *info = info_of_file(path);
    assert_keeps_quiet(info, "Nimco");
    assert_keeps_quiet(info, "Author");
    if (pages != NULL)
        *pages = pages_of_file(path);
    return text_of_file(path);
}

static void assert_all(const char *text, const char *const *wanted, gsize count)
{
    for (gsize i = 0; i < count; i++)
        assert_says(text, wanted[i]);
}

static void a_call_has_what_a_principal_needs(void **state)
{
    (void)state;
    static const char *const WANTED[] = {
        "Kallelse till möte om samordnad individuell plan (SIP)",
        "Psykiatriska mottagningen",
        "Boendestöd Söder",
        "08-123 45 67",
        "Nimco Cabdullaahi",
        "19900206-2397",
        "2025:400",
        "fredag 4 december 2026",
        "10:00",
        "45 minuter",
        "Kommunalhuset, rum 3",
        "I samma rum",
        "Vem hjälper mig på helgen? (till Boendestödet)",
        "1. Läget nu (15 minuter)",
        "Det här ber vi er om",
        "Svara gärna före fredag 27 november 2026.",
        "Kan inte komma",
    };
    g_autoptr(Answers) answers = all_given();
    g_autofree char *text = paper_of(SIP_PAPER_CALL, form, answers, &ABOUT,
                                     "Psykiatriska mottagningen", "sv", FALSE, NULL);
    assert_all(text, WANTED, G_N_ELEMENTS(WANTED));
    assert_keeps_quiet(text, "HEMLIGT");
    assert_keeps_quiet(text, "min bror");
    /* D14: who comes, what may be told and what the person needs; how to answer. */
    static const char *const MORE[] = {"Regionen, Psykiatrin söder",
                                       "God man eller förvaltare",
                                       "Det som rör min vardag",
                                       "Bildstöd",
                                       "Lugn plats",
                                       "31 maj 2027"};
    assert_all(text, MORE, G_N_ELEMENTS(MORE));
    SipPaperAbout unreachable = ABOUT;
    unreachable.staff_phone = NULL;
    g_autofree char *lines = paper_of(SIP_PAPER_CALL, form, answers, &unreachable,
                                      "Psykiatriska mottagningen", "sv", FALSE, NULL);
    assert_says(lines, "Svara till telefonnummer:");
    assert_says(lines, "E-post och postadress:");

    SipPaperAbout guarded = ABOUT;
    guarded.protected_identity = TRUE;
    g_autofree char *without = paper_of(SIP_PAPER_CALL, form, answers, &guarded,
                                        "Psykiatriska mottagningen", "sv", FALSE, NULL);
    assert_keeps_quiet(without, "19900206");
}

static void an_invitation_has_less(void **state)
{
    (void)state;
    static const char *const WANTED[] = {"Inbjudan till möte", "Hodan Cabdullaahi",
                                         "fredag 4 december 2026", "1. Läget nu (15 minuter)",
                                         "Du väljer själv"};
    g_autoptr(Answers) answers = all_given();
    g_autofree char *text = paper_of(SIP_PAPER_INVITATION, form, answers, &ABOUT,
                                     "Hodan Cabdullaahi", "sv", FALSE, NULL);
    assert_all(text, WANTED, G_N_ELEMENTS(WANTED));
    assert_keeps_quiet(text, "HEMLIGT");
    assert_keeps_quiet(text, "19900206");
    assert_keeps_quiet(text, "på helgen");
    assert_keeps_quiet(text, "Psykiatrin");
    assert_keeps_quiet(text, "min vardag");
    assert_keeps_quiet(text, "Lugn plats");
    assert_keeps_quiet(text,
                       "stannar hos dem"); /* untrue: it is written down, and may be reported */
    assert_keeps_quiet(text, "socialtjänstlagen");
}

static void the_older_law_is_named_where_it_was_in_force(void **state)
{
    (void)state;
    g_autoptr(Answers) answers = all_given();
    set(answers, "behov-dag", "", "2025-06-30");
    g_autofree char *text =
        paper_of(SIP_PAPER_CALL, form, answers, &ABOUT, "Regionen", "sv", FALSE, NULL);
    assert_says(text, "2 kap. 7 § socialtjänstlagen (2001:453)");
    assert_keeps_quiet(text, "2025:400");
}

static void nothing_leaves_without_consent(void **state)
{
    (void)state;
    static const struct {
        const char *link_id, *value; /* NULL: taken back */
        const char *addressee;
    } CASES[] = {
        {"samtycke-ges", NULL, "Regionen"},
        {"samtycke-ges", "false", "Regionen"},
        {"samtycke-tillbaka", "2026-11-23", "Regionen"},
        {"samtycke-till", "2026-11-22", "Regionen"},
        {"sip-under-18", "true", "Regionen"}, /* and the guardians have not been asked */
        {"sip-blir", "declined", "Regionen"},
        {"inte-med", "Inte Karl Öst, min bror", "karl öst"},
    };
    g_autofree char *path = g_build_filename(folder, "aldrig.pdf", NULL);
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++) {
        for (int kind = SIP_PAPER_CALL; kind <= SIP_PAPER_INVITATION; kind++) {
            g_autoptr(GError) error = NULL;
            g_autoptr(Answers) answers = all_given();
            answers_set(answers, CASES[i].link_id, "", ANSWER_VALUE, CASES[i].value);
            assert_false(write_paper((SipPaper)kind, form, answers, &ABOUT, CASES[i].addressee,
                                     "sv", FALSE, path, &error));
            assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT));
            assert_false(g_file_test(path, G_FILE_TEST_EXISTS));
        }
    }
    /* The consent's last day, and the guardians who all agree. */
    g_autoptr(Answers) answers = all_given();
    set(answers, "samtycke-till", "", "2026-11-23");
    set(answers, "sip-under-18", "", "true");
    set(answers, "samtycke-vems", "", "custodians");
    set(answers, "samtycke-vardnadshavare", "", "all");
    g_autofree char *text =
        paper_of(SIP_PAPER_CALL, form, answers, &ABOUT, "Regionen", "sv", FALSE, NULL);
    assert_says(text, "Kallelse");
}

static void the_plan_has_the_four_points(void **state)
{
    (void)state;
    static const char *const WANTED[] = {
        "Samordnad individuell plan (SIP)",
        "19900206-2397",
        "Jag orkar inte gå ut.",
        "Jag vill gå till affären själv.",
        "Så märker jag",
        "måndag 1 mars 2027",
        "1. Insatser som behövs",
        "Boendestöd två gånger i veckan",
        "2. Huvudman som svarar för insatsen",
        "Boendestödet Skogås",
        "3. Det här gör andra",
        "Följer med till tandläkaren",
        "4. Övergripande ansvar",
        "Regionen har det övergripande ansvaret för planen.",
        "1. Boka tid på vårdcentralen",
        "fredag 11 december 2026",
        "Jag ringer jouren.",
        "112",
        "fredag 5 mars 2027",
        "Åsa Öberg, boendestödjare",
        "God man eller förvaltare",
        "För kommunen",
        "För regionen",
        "Namnteckning och namnförtydligande",
    };
    g_autoptr(Answers) answers = all_given();
    int ordinary = 0, large = 0;
    g_autofree char *text =
        paper_of(SIP_PAPER_PLAN, form, answers, &ABOUT, NULL, "sv", FALSE, &ordinary);
    assert_all(text, WANTED, G_N_ELEMENTS(WANTED));
    assert_keeps_quiet(text, "HEMLIGT");
    assert_keeps_quiet(text, "inte bestämt");
    assert_keeps_quiet(text, "Vårdnadshavare");
    g_autofree char *big =
        paper_of(SIP_PAPER_PLAN, form, answers, &ABOUT, NULL, "sv", TRUE, &large);
    assert_all(big, WANTED, 4);
    assert_true(large > ordinary);
}

/* The plan is the region's too: that something is said to be wrong, and not what. */
static void a_plan_says_that_something_is_said_to_be_wrong(void **state)
{
    (void)state;
    g_autoptr(Answers) answers = all_given();
    SipPaperAbout about = ABOUT;
    g_autofree char *quiet =
        paper_of(SIP_PAPER_PLAN, form, answers, &about, NULL, "sv", FALSE, NULL);
    assert_keeps_quiet(quiet, "Personen säger att något här är fel.");
    about.disputed = "“HEMLIGT Så sa jag aldrig.”";
    g_autofree char *told =
        paper_of(SIP_PAPER_PLAN, form, answers, &about, NULL, "sv", FALSE, NULL);
    assert_says(told, "Personen säger att något här är fel.");
    assert_keeps_quiet(told, "Så sa jag aldrig");
    g_autofree char *call =
        paper_of(SIP_PAPER_CALL, form, answers, &about, "region", "sv", FALSE, NULL);
    assert_keeps_quiet(call, "är fel");
}

static void a_childs_plan_is_signed_by_its_guardians(void **state)
{
    (void)state;
    g_autoptr(Answers) answers = all_given();
    set(answers, "sip-under-18", "", "true");
    g_autofree char *text =
        paper_of(SIP_PAPER_PLAN, form, answers, &ABOUT, NULL, "sv", FALSE, NULL);
    const char *first = strstr(text, "Vårdnadshavare");
    assert_non_null(first);
    assert_non_null(strstr(first + 1, "Vårdnadshavare"));
}

static void what_is_not_answered_is_not_decided_yet(void **state)
{
    (void)state;
    static const char *const GONE[] = {"insats", "insats-huvudman", "plan-ansvar", "mote-plats"};
    g_autoptr(Answers) answers = answers_new();
    set(answers, "sip-blir", "", "yes-sip");
    set(answers, "samtycke-ges", "", "true");
    set(answers, "plan-andra-finns", "", "false");
    for (guint i = 0; i < G_N_ELEMENTS(GONE); i++)
        answers_set(answers, GONE[i], "", ANSWER_UNKNOWN, NULL);
    const SipPaperAbout bare = {.client = "Nimco Cabdullaahi"};
    g_autofree char *plan = paper_of(SIP_PAPER_PLAN, form, answers, &bare, NULL, "sv", FALSE, NULL);
    assert_says(plan, "1. Insatser som behövs Det här är inte bestämt ännu.");
    assert_says(plan, "4. Övergripande ansvar Det här är inte bestämt ännu.");
    assert_says(plan, "Ingen annan än kommunen och regionen gör något");
    assert_keeps_quiet(plan, "Personnummer");
    g_autofree char *call =
        paper_of(SIP_PAPER_CALL, form, answers, &bare, "Regionen", "sv", FALSE, NULL);
    assert_says(call, "Plats inte bestämt ännu");
    assert_says(call, "Svara gärna så snart som möjligt.");
}

static void papers_speak_other_languages(void **state)
{
    (void)state;
    g_autoptr(Answers) answers = all_given();
    g_autofree char *finnish =
        paper_of(SIP_PAPER_PLAN, form, answers, &ABOUT, NULL, "fi", TRUE, NULL);
    assert_says(finnish, "Yhteensovitettu yksilöllinen suunnitelma (SIP)");
    assert_says(finnish, "perjantai 4. joulukuuta 2026");
    g_autofree char *english =
        paper_of(SIP_PAPER_INVITATION, form, answers, &ABOUT, "Hodan", "en", FALSE, NULL);
    assert_says(english, "Invitation to a meeting");
    assert_says(english, "45 minutes");
    assert_string_equal(i18n_language(), "sv");
}

static Form *own_form(const char *items)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *bytes =
        g_strconcat("name: egen\nversion: \"1\"\ntitle: Vår SIP\nitem:\n", items, NULL);
    Form *own = form_load_bytes(bytes, strlen(bytes), "egen.yaml", NULL, &error);
    if (own == NULL)
        fail_msg("%s", error->message);
    return own;
}

static void a_units_own_form_may_lack_questions(void **state)
{
    (void)state;
    g_autoptr(Form) own = own_form("- {linkId: mote-dag, type: date, text: Dag}\n");
    g_autoptr(Answers) answers = answers_new();
    answers_set(answers, "mote-dag", "", ANSWER_VALUE, "2026-12-04");
    g_autofree char *plan = paper_of(SIP_PAPER_PLAN, own, answers, &ABOUT, NULL, "sv", FALSE, NULL);
    assert_says(plan, "1. Insatser som behövs Formuläret frågar inte om det här. Skriv här:");
    assert_says(plan, "4. Övergripande ansvar Formuläret frågar inte om det här.");
    g_autofree char *call =
        paper_of(SIP_PAPER_CALL, own, answers, &ABOUT, "Regionen", "sv", FALSE, NULL);
    assert_says(call, "fredag 4 december 2026");

    g_autoptr(GError) error = NULL;
    g_autoptr(Form) other = own_form("- {linkId: mat, type: text, text: Mat}\n");
    g_autofree char *path = g_build_filename(folder, "annat.pdf", NULL);
    assert_false(
        write_paper(SIP_PAPER_PLAN, other, answers, &ABOUT, NULL, "sv", FALSE, path, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT));
    assert_says(error->message, "Vår SIP");
}

static void a_paper_is_never_written_over(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Answers) answers = all_given();
    g_autofree char *path = g_build_filename(folder, "finns.pdf", NULL);
    assert_true(g_file_set_contents(path, "kvar", -1, NULL));
    SipPaperAbout about = ABOUT;
    about.today = TODAY;
    assert_false(
        sip_pdf_write(SIP_PAPER_PLAN, form, answers, &about, NULL, "sv", FALSE, path, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_EXISTS));
    g_autofree char *bytes = NULL;
    assert_true(g_file_get_contents(path, &bytes, NULL, NULL));
    assert_string_equal(bytes, "kvar");
}

/* D14: what may still change nobody signs. */
static void an_unfinished_plan_says_so(void **state)
{
    (void)state;
    g_autoptr(Answers) answers = all_given();
    SipPaperAbout about = ABOUT;
    g_autofree char *finished =
        paper_of(SIP_PAPER_PLAN, form, answers, &about, NULL, "sv", FALSE, NULL);
    assert_says(finished, "Underskrifter");
    assert_keeps_quiet(finished, "Utkast");
    about.unfinished = TRUE;
    g_autofree char *draft =
        paper_of(SIP_PAPER_PLAN, form, answers, &about, NULL, "sv", FALSE, NULL);
    assert_says(draft, "Utkast, inte klart");
    assert_keeps_quiet(draft, "Underskrifter");
}

/* A9: what holds is what the card says on the day the paper is made. */
static void a9_a_withdrawn_consent_is_told(void **state)
{
    (void)state;
    Consent consent = {.given = TRUE,
                       .given_on = date_from_ymd(2026, 11, 3),
                       .ends_on = date_from_ymd(2027, 5, 31),
                       .withdrawn_on = DATE_NONE};
    SipPaperAbout about = ABOUT;
    about.consent = &consent;
    g_autoptr(Answers) answers = all_given();
    g_autofree char *holds = paper_of(SIP_PAPER_PLAN, form, answers, &about, "", "sv", FALSE, NULL);
    assert_says(holds, "Samtycket gäller till");
    consent.withdrawn_on = date_from_ymd(2026, 11, 20);
    g_autofree char *plan = paper_of(SIP_PAPER_PLAN, form, answers, &about, "", "sv", FALSE, NULL);
    assert_keeps_quiet(plan, "Samtycket gäller till");
    assert_says(plan, "tillbaka");
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(folder, "aldrig.pdf", NULL);
    assert_false(
        write_paper(SIP_PAPER_CALL, form, answers, &about, "Regionen", "sv", FALSE, path, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_unfinished_plan_says_so),
        cmocka_unit_test(a_call_has_what_a_principal_needs),
        cmocka_unit_test(an_invitation_has_less),
        cmocka_unit_test(the_older_law_is_named_where_it_was_in_force),
        cmocka_unit_test(nothing_leaves_without_consent),
        cmocka_unit_test(a9_a_withdrawn_consent_is_told),
        cmocka_unit_test(the_plan_has_the_four_points),
        cmocka_unit_test(a_plan_says_that_something_is_said_to_be_wrong),
        cmocka_unit_test(a_childs_plan_is_signed_by_its_guardians),
        cmocka_unit_test(what_is_not_answered_is_not_decided_yet),
        cmocka_unit_test(papers_speak_other_languages),
        cmocka_unit_test(a_units_own_form_may_lack_questions),
        cmocka_unit_test(a_paper_is_never_written_over),
    };
    return cmocka_run_group_tests_name("exchange/sip_pdf", tests, setup, teardown);
}
