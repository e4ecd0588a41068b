/* every_key.c: every key that the help of a screen shows does something there, in each size (D10):
 * the screen changes, or a sentence says why not. */
#include "care/client/client.h"
#include "care/client/group.h"
#include "tests/screen/fixture_forms.h"
#include "tests/screen/fixture_laptop.h"
#include "ui/keymap.h"

#define CARD(number) PRESS_F3 number PRESS_DOWN PRESS_ENTER

enum { USUAL = 80 };

/* Of the questions about a cancellation. */
#define TO_THE_END                                                                                 \
    PRESS_TAB PRESS_TAB PRESS_TAB PRESS_TAB PRESS_TAB PRESS_TAB PRESS_TAB PRESS_TAB PRESS_TAB      \
        PRESS_TAB PRESS_TAB PRESS_TAB

/* What one has before one when the program has started. */
typedef enum {
    INSIDE,      /* Today, of the demo */
    EMPTY_UNIT,  /* Today, of a unit in which nothing is */
    LOCKED,      /* the passphrase is asked for */
    FIRST_START, /* there is no unit */
} Door;

typedef struct {
    Place place;
    Door door;
    const char *login;
    const char *way; /* from there */
} Stop;

/* By whom they are visited, and Today last: on it one goes to other days. */
static const Stop STOPS[] = {
    {IN_START, FIRST_START, "", ""},
    {IN_START, FIRST_START, "", "u"},
    {IN_UNLOCK, LOCKED, "stod", ""},
    {IN_CLIENTS, EMPTY_UNIT, "anna", "2"},
    {IN_EDIT, EMPTY_UNIT, "anna", PRESS_F3 PRESS_F8},
    {IN_WEEK, EMPTY_UNIT, "anna", "3"},
    {IN_SPLITS, EMPTY_UNIT, "anna", "3r"},
    {IN_GROUPS, EMPTY_UNIT, "anna", "3g"},
    {IN_AT_RISK, EMPTY_UNIT, "anna", "3l"},
    {IN_EDIT, EMPTY_UNIT, "anna", "3gn"},
    {IN_LINE, EMPTY_UNIT, "anna", "3v"},
    {IN_IMPROVEMENTS, EMPTY_UNIT, "anna", "3f"},
    {IN_LOG, EMPTY_UNIT, "anna", "7"},
    {IN_TASKS, EMPTY_UNIT, "anna", "4"},
    {IN_IMPORT, EMPTY_UNIT, "anna", "5"},
    {IN_WALKS, EMPTY_UNIT, "anna", "6"},
    {IN_INSTITUTIONS, EMPTY_UNIT, "anna", "6i"},
    {IN_TODAY, EMPTY_UNIT, "anna", ""},
    {IN_WEEK, INSIDE, "admin", "3"},
    {IN_TODAY, INSIDE, "admin", ""},
    {IN_PLACEMENTS, INSIDE, "hand", CARD("B2001") "k"},
    {IN_PLACEMENT, INSIDE, "hand", CARD("B2001") "k" PRESS_DOWN PRESS_ENTER},
    {IN_PLACEMENT_EDIT, INSIDE, "hand", CARD("B2001") "kn"},
    {IN_INSTITUTIONS, INSIDE, "hand", CARD("B2001") "ki"},
    {IN_WALK, INSIDE, "led", "6" PRESS_ENTER},
    {IN_OVERVIEW, INSIDE, "led", "6" PRESS_ENTER PRESS_F2 PRESS_F8},
    {IN_WALKS, INSIDE, "led", "6"},
    {IN_CLIENTS, INSIDE, "led", "2"},
    {IN_CLIENT, INSIDE, "led", FORMS_CARD},
    {IN_CLIENT_LOG, INSIDE, "led", FORMS_CARD "l"},
    {IN_RESPONSES, INSIDE, "led", FORMS_CARD "f"},
    {IN_CONSENTS, INSIDE, "led", FORMS_CARD "c"},
    {IN_CONTACTS, INSIDE, "led", FORMS_CARD "j"},
    {IN_EDIT, INSIDE, "led", FORMS_CARD "jn"},   /* a note in the journal */
    {IN_EDIT, INSIDE, "led", FORMS_CARD "r"},    /* away */
    {IN_EDIT, INSIDE, "led", FORMS_CARD "cb"},   /* a decision */
    {IN_EDIT, INSIDE, "led", FORMS_CARD "cbb" PRESS_CTRL_S "u"}, /* an order */
    {IN_QUARTER, INSIDE, "led", "3k"},
    {IN_EDIT, INSIDE, "led", "9"},               /* a colleague away */
    {IN_EDIT, INSIDE, "led", FORMS_CARD "z"},    /* the help ends */
    {IN_EDIT, INSIDE, "led", PRESS_F3 PRESS_F8}, /* a new client */
    {IN_EDIT, INSIDE, "led", FORMS_CARD "n"},    /* a new visit */
    {IN_EDIT, INSIDE, "led", FORMS_CARD "s"},    /* a series */
    {IN_WEEK, INSIDE, "led", "3"},
    {IN_SPLITS, INSIDE, "led", "3r"},
    {IN_SPLITS, INSIDE, "led", "3i" PRESS_DOWN PRESS_DOWN},
    {IN_SPLITS, INSIDE, "led", "3t"},
    {IN_GROUPS, INSIDE, "led", "3g"},
    {IN_AT_RISK, INSIDE, "led", "3l"},
    {IN_GROUP, INSIDE, "led", "3gm"},
    {IN_EDIT, INSIDE, "led", "3gmn"}, /* a client in a group */
    {IN_LINE, INSIDE, "led", "3v"},
    {IN_IMPROVEMENTS, INSIDE, "led", "3f"},
    {IN_IMPROVEMENT, INSIDE, "led", "3f" PRESS_ENTER},
    {IN_EDIT, INSIDE, "led", "3f" PRESS_ENTER PRESS_ENTER}, /* a change */
    {IN_EDIT, INSIDE, "led", "3fn"},                        /* a new improvement work */
    {IN_VISITS, INSIDE, "led", "3" PRESS_ENTER},
    {IN_TASKS, INSIDE, "led", "4"},
    {IN_RETENTION, INSIDE, "led", "4x"},
    {IN_PROPOSAL, INSIDE, "led", LAPTOP_PROPOSAL},
    {IN_DOUBLES, INSIDE, "led", FORMS_CARD "d"},
    {IN_MERGE, INSIDE, "led", FORMS_CARD "d" PRESS_F8 "B2001" PRESS_ENTER},
    {IN_LOG, INSIDE, "led", "7"},
    {IN_LOG_ROWS, INSIDE, "led", "7" PRESS_ENTER},
    {IN_LOG_ROWS, INSIDE, "led", "7m"},
    {IN_IMPORT, INSIDE, "led", "5"},
    {IN_DIALOG, INSIDE, "led", "d"}, /* which day */
    {IN_HELP, INSIDE, "led", PRESS_F1},
    {IN_CANCEL, INSIDE, "stod", "a"},
    {IN_CANCEL, INSIDE, "stod", "a" TO_THE_END},
    {IN_TODAY, INSIDE, "stod", ""},
};

typedef struct {
    const char *login;
    const Stop *stop;
    HarnessOptions options;
    char *folder;
    Harness *harness;
    Keymap *keymap;
    char *home, *here; /* what is_at() knows the first screen and the stop by */
    GString *help;     /* the rows of its help */
    GString *faults;
    gboolean (*everywhere)[ACTION_COUNT]; /* by place: is_everywhere(), and pressed there before */
    int shown;
} Visitor;

/* Title and key bar, which tell one screen from another. New. */
static char *seen(Visitor *visitor)
{
    g_autofree char *title = g_strdup(harness_row(visitor->harness, 0));
    return g_strdup_printf("%s|%s", title,
                           harness_row(visitor->harness, visitor->options.rows - 1));
}

static gboolean is_at(Visitor *visitor, const char *place)
{
    g_autofree char *now = seen(visitor);
    return strcmp(now, place) == 0;
}

static void go_there(Visitor *visitor)
{
    for (int i = 0; i < 8 && !is_at(visitor, visitor->home); i++)
        harness_keys(visitor->harness, PRESS_ESCAPE);
    if (!is_at(visitor, visitor->home))
        harness_keys(visitor->harness, "i"); /* from a day without visits, which has other keys */
    harness_keys(visitor->harness, visitor->stop->way);
}

static void open_program(Visitor *visitor)
{
    if (visitor->stop->door == FIRST_START) {
        const char *const nowhere[] = {"--db", "/srv/boendestod/enheten.db", NULL};
        HarnessOptions options = visitor->options;
        options.folder = visitor->folder;
        options.arguments = nowhere;
        visitor->harness = harness_start(&options);
        return;
    }
    visitor->harness = fixture_start(visitor->folder, visitor->login, &visitor->options);
    if (visitor->stop->door != LOCKED)
        harness_keys(visitor->harness, FIXTURE_UNLOCK);
}

/* With the first of the clients in it. */
static void make_group(const char *folder)
{
    g_autoptr(Session) session = fixture_session(folder, "led");
    g_autoptr(GPtrArray) clients = client_list(session, NULL, FALSE, NULL, 1, NULL);
    gint64 group = 0;
    assert_true(group_add(session, "Nytt arbetssätt", &group, NULL));
    assert_true(group_member_add(session, group, ((const ClientRow *)clients->pdata[0])->id,
                                 date_parse("2026-01-01"), DATE_NONE, NULL));
}

/* The demo, with a plan made, a group and an intake begun; or in its place a unit with a user and
 * no more.
 */
static char *folder_of(const Stop *stop)
{
    char *folder = fixture_folder();
    if (stop->door != EMPTY_UNIT) {
        forms_make_plan(folder);
        make_group(folder);
        walk_begun(folder, "led", "aktualisering", "en");
        laptop_make_proposal(folder);
        return folder;
    }
    g_autofree char *database = g_build_filename(folder, FIXTURE_DATABASE, NULL);
    g_autofree char *keys = g_build_filename(folder, "demo.keys", NULL);
    g_autofree char *passphrase = g_build_filename(folder, "passphrase", NULL);
    assert_int_equal(g_unlink(database), 0);
    assert_int_equal(g_unlink(keys), 0);
    harness_folder_write(folder, "passphrase", DEMO_PASSPHRASE "\n");
    g_free(harness_command(folder, "init", "--db", database, "--unit", "Boendestöd Söder", "--user",
                           stop->login, "--role", "team-lead", "--passphrase-file", passphrase,
                           NULL));
    return folder;
}

/* From wherever a key has led: it is mostly a step away. */
static void come_back(Visitor *visitor)
{
    for (int i = 0; i < 8 && !is_at(visitor, visitor->here) && !is_at(visitor, visitor->home); i++)
        harness_keys(visitor->harness, PRESS_ESCAPE);
    if (is_at(visitor, visitor->here))
        return;
    go_there(visitor);
    if (!is_at(visitor, visitor->here)) {
        g_autofree char *dump = harness_dump(visitor->harness);
        fail_msg("The way back to \"%s\" led elsewhere:\n%s", visitor->stop->way, dump);
    }
}

/* --- what is shown ---------------------------------------------------------------------------- */

/* A page of the help at a time; the last one again does no harm. */
static void read_help(Visitor *visitor)
{
    g_string_truncate(visitor->help, 0);
    if (visitor->stop->place != IN_HELP)
        harness_keys(visitor->harness, PRESS_F1);
    for (gboolean more = TRUE; more;) {
        more = harness_text_contains(visitor->harness, "More below");
        for (int row = 1; row < visitor->options.rows - 2; row++)
            g_string_append_printf(visitor->help, "\n%s  ", harness_row(visitor->harness, row));
        harness_keys(visitor->harness, PRESS_PAGE_DOWN);
    }
    if (visitor->stop->place != IN_HELP)
        harness_keys(visitor->harness, PRESS_ESCAPE);
}

static gboolean is_shown(const Visitor *visitor, Action action)
{
    g_autofree char *keys = keymap_keys_text(visitor->keymap, visitor->stop->place, action);
    g_autofree char *row = g_strdup_printf("\n %s  ", keys);
    return keys[0] != '\0' && strstr(visitor->help->str, row) != NULL;
}

/* As a terminal sends it. New. */
static char *bytes_of(Key key)
{
    static const struct {
        Key key;
        const char *bytes;
    } SENT[] = {
        {K_UP, PRESS_UP},
        {K_DOWN, PRESS_DOWN},
        {K_LEFT, PRESS_LEFT},
        {K_RIGHT, PRESS_RIGHT},
        {K_PAGE_UP, PRESS_PAGE_UP},
        {K_PAGE_DOWN, PRESS_PAGE_DOWN},
        {K_INSERT, "\033[2~"},
        {K_DELETE, PRESS_DELETE},
        {K_BACKSPACE, PRESS_BACKSPACE},
        {K_BACK_TAB, PRESS_BACK_TAB},
        {K_F(1), PRESS_F1},
        {K_F(2), PRESS_F2},
        {K_F(3), PRESS_F3},
        {K_F(4), PRESS_F4},
        {K_F(5), PRESS_F5},
        {K_F(6), PRESS_F6},
        {K_F(7), PRESS_F7},
        {K_F(8), PRESS_F8},
        {K_F(9), PRESS_F9},
        {K_F(10), PRESS_F10},
        {K_F(11), PRESS_F11},
        {K_F(12), PRESS_F12},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(SENT); i++)
        if (SENT[i].key == key)
            return g_strdup(SENT[i].bytes);
    assert_true(key > 0 && key < 0x80);
    return g_strdup_printf("%c", (int)key);
}

/* --- pressing --------------------------------------------------------------------------------- */

static void press(Visitor *visitor, Action action, const char *name, Key key)
{
    const int message = visitor->options.rows - 2;
    g_autofree char *bytes = bytes_of(key);
    come_back(visitor);
    g_autofree char *before = harness_dump(visitor->harness);
    if (action == ACTION_QUIT) {
        harness_keys(visitor->harness, bytes);
        assert_int_equal(harness_wait_exit(visitor->harness), 0);
        harness_stop(visitor->harness);
        open_program(visitor);
        return;
    }
    harness_keys(visitor->harness, bytes);
    g_autofree char *after = harness_dump(visitor->harness);
    gboolean unknown = harness_text_contains(visitor->harness, "nothing on that key");
    gboolean told = harness_row(visitor->harness, message)[0] != '\0';
    gboolean drawn = action == ACTION_REPAINT && harness_bytes(visitor->harness) > 0;
    if (unknown || !(told || drawn || strcmp(before, after) != 0))
        g_string_append_printf(visitor->faults, "\n%s \"%s\": %s (%s) %s", visitor->login,
                               visitor->stop->way, name, action_row(action)->name,
                               unknown ? "is unknown" : "does nothing");
    if (action == ACTION_LOCK)
        harness_keys(visitor->harness, FIXTURE_UNLOCK);
}

/* What such a key does is no matter of size or of what is shown: it is pressed once a place. */
static gboolean is_everywhere(Action action)
{
    return action_is_common(action) || (action >= ACTION_TODAY && action <= ACTION_WALKS);
}

static gboolean is_due(Visitor *visitor, Action action)
{
    if (!is_everywhere(action))
        return TRUE;
    gboolean *pressed = &visitor->everywhere[visitor->stop->place][action];
    gboolean due = visitor->options.columns == USUAL && !*pressed;
    *pressed = TRUE;
    return due;
}

static void press_all(Visitor *visitor)
{
    for (Action action = ACTION_NONE + 1; action < ACTION_COUNT; action++) {
        const ActionRow *row = action_row(action);
        g_auto(GStrv) names = g_strsplit(row->keys, " ", -1);
        if (!action_is_at(action, visitor->stop->place) || !is_shown(visitor, action))
            continue;
        gboolean due = is_due(visitor, action);
        for (char **name = names; *name != NULL; name++) {
            Key key = key_parse(*name, strlen(*name));
            if (keymap_action(visitor->keymap, visitor->stop->place, key) != action ||
                (place_takes_text(visitor->stop->place) && key_is_text(key)))
                continue;
            visitor->shown++;
            if (due)
                press(visitor, action, *name, key);
        }
    }
}

/* The keys that go about in a list or a page are no actions; at an end they do nothing, but none
 * that is shown is unknown. */
static void move_about(Visitor *visitor)
{
    static const struct {
        const char *help, *keys[2];
    } MOVES[] = {{"Goes up and down", {PRESS_DOWN, PRESS_UP}},
                 {"Goes a page up or down", {PRESS_PAGE_DOWN, PRESS_PAGE_UP}},
                 {"Goes to the first and the last line", {PRESS_END, PRESS_HOME}}};
    for (gsize i = 0; i < 2 * G_N_ELEMENTS(MOVES); i++) {
        if (strstr(visitor->help->str, MOVES[i / 2].help) == NULL)
            continue;
        come_back(visitor);
        harness_keys(visitor->harness, MOVES[i / 2].keys[i % 2]);
        if (harness_text_contains(visitor->harness, "nothing on that key"))
            g_string_append_printf(visitor->faults, "\n%s \"%s\": \"%s\" is unknown",
                                   visitor->login, visitor->stop->way, MOVES[i / 2].help);
    }
}

static void visit(Visitor *visitor, const Stop *stop)
{
    visitor->stop = stop;
    visitor->shown = 0;
    go_there(visitor);
    visitor->here = seen(visitor);
    read_help(visitor);
    press_all(visitor);
    move_about(visitor);
    assert_in_range(visitor->shown, 3, G_MAXINT);
    harness_keys(visitor->harness, PRESS_ESCAPE);
    g_clear_pointer(&visitor->here, g_free);
}

/* Every stop of one person, from `first` on. How many they were. */
static gsize visit_those_of_one(gsize first, int rows, int columns,
                                gboolean (*everywhere)[ACTION_COUNT], GString *faults)
{
    gsize i = first;
    Visitor visitor = {.login = STOPS[first].login,
                       .stop = &STOPS[first],
                       .options = {.rows = rows, .columns = columns, .language = "en"},
                       .folder = folder_of(&STOPS[first]),
                       .keymap = keymap_new(NULL, NULL),
                       .help = g_string_new(NULL),
                       .faults = faults,
                       .everywhere = everywhere};
    open_program(&visitor);
    visitor.home = seen(&visitor);
    for (; i < G_N_ELEMENTS(STOPS) && strcmp(STOPS[i].login, visitor.login) == 0; i++)
        visit(&visitor, &STOPS[i]);
    harness_stop(visitor.harness);
    harness_folder_remove(visitor.folder);
    keymap_free(visitor.keymap);
    g_string_free(visitor.help, TRUE);
    g_free(visitor.home);
    return i - first;
}

static void visit_all(int rows, int columns)
{
    g_autoptr(GString) faults = g_string_new(NULL);
    gboolean everywhere[PLACE_COUNT][ACTION_COUNT] = {{FALSE}};
    for (gsize i = 0; i < G_N_ELEMENTS(STOPS);)
        i += visit_those_of_one(i, rows, columns, everywhere, faults);
    if (faults->len > 0)
        fail_msg("%s", faults->str);
}

static void d10_narrow(void **unused)
{
    (void)unused;
    visit_all(20, 60);
}

static void d10_usual(void **unused)
{
    (void)unused;
    visit_all(24, USUAL);
}

static void d10_wide(void **unused)
{
    (void)unused;
    visit_all(43, 132);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(d10_narrow),
        cmocka_unit_test(d10_usual),
        cmocka_unit_test(d10_wide),
    };
    return cmocka_run_group_tests_name("every_key", tests, fixture_make, fixture_remove);
}
