/* The same script gives the same stored answers both ways: the lines of tests/data/walks/ are given
 * to the program as lines, and as keys to the full screen, question by question. Then both
 * databases are read, and every answer compared. */
#include "tests/screen/fixture_walk.h"

#define NOTE ".note "
#define REASON ".reason "

/* --- as keys ---------------------------------------------------------------------------------- */

typedef struct {
    Harness *harness;
    const Form *form;
    char **line; /* the next one of the script */
} Script;

/* A follow-up question shares the number of the one above it, and is the last with it. */
static const FormItem *find_number(const GPtrArray *items, int *left, gboolean follow_up)
{
    for (guint i = 0; items != NULL && i < items->len; i++) {
        const FormItem *item = items->pdata[i];
        gboolean asks = item->type != ITEM_GROUP && item->type != ITEM_DISPLAY;
        *left -= asks && !item->follow_up;
        if (asks && *left == 0 && item->follow_up == follow_up)
            return item;
        const FormItem *inside = find_number(item->items, left, follow_up);
        if (inside != NULL)
            return inside;
    }
    return NULL;
}

/* The question that stands on the screen. */
static const FormItem *item_here(const Script *script)
{
    int row = harness_find(script->harness, "Fråga "), number = 0;
    const gboolean follow_up = harness_text_contains(script->harness, "en följdfråga");
    if (row >= 0)
        sscanf(strstr(harness_row(script->harness, row), "Fråga "), "Fråga %d av", &number);
    const FormItem *item = number > 0 ? find_number(script->form->items, &number, follow_up) : NULL;
    if (item == NULL) {
        g_autofree char *dump = harness_dump(script->harness);
        fail_msg("No question stands here for \"%s\":\n%s", *script->line, dump);
    }
    return item;
}

/* The key of "something else, in words": the first that no option has. */
static char words_key(const FormItem *item)
{
    static const char KEYS[] = "0+*";
    for (const char *key = KEYS; *key != '\0'; key++) {
        gboolean taken = FALSE;
        for (guint i = 0; i < item->options->len; i++)
            taken = taken || ((FormOption *)item->options->pdata[i])->key == (gunichar)*key;
        if (!taken)
            return *key;
    }
    return '\0';
}

/* "m, o" is pressed as "mo" and Enter. */
static void press_choice(const Script *script, const FormItem *item)
{
    g_autoptr(GString) keys = g_string_new(NULL);
    if (**script->line == '=') {
        g_string_append_printf(keys, "%c%s" PRESS_ENTER, words_key(item), *script->line + 1);
    } else {
        for (const char *at = *script->line; *at != '\0'; at++)
            if (strchr(", ", *at) == NULL)
                g_string_append_c(keys, *at);
        if (item->repeats)
            g_string_append(keys, PRESS_ENTER);
    }
    harness_keys(script->harness, keys->str);
}

/* The lines up to the full stop alone. */
static void type_text(Script *script)
{
    g_autoptr(GString) keys = g_string_new(PRESS_CTRL_U);
    for (gboolean first = TRUE; !g_str_equal(*script->line, "."); script->line++) {
        g_string_append_printf(keys, "%s%s", first ? "" : PRESS_ENTER, *script->line);
        first = FALSE;
    }
    g_string_append(keys, PRESS_TAB);
    harness_keys(script->harness, keys->str);
}

static void type_line(const Script *script)
{
    g_autofree char *keys = g_strconcat(PRESS_CTRL_U, *script->line, PRESS_ENTER, NULL);
    harness_keys(script->harness, keys);
}

static void answer(Script *script)
{
    const FormItem *item = item_here(script);
    if (item->type == ITEM_BOOLEAN)
        harness_keys(script->harness, g_str_equal(*script->line, "yes") ? "j" : "n");
    else if (item->type == ITEM_CHOICE || item->type == ITEM_OPEN_CHOICE)
        press_choice(script, item);
    else if (item->type == ITEM_TEXT)
        type_text(script);
    else
        type_line(script);
}

/* One step of the script; a command has a key of its own. */
static void press_step(Script *script)
{
    static const struct {
        const char *line, *keys;
    } COMMANDS[] = {
        {"", PRESS_TAB},
        {".unknown", PRESS_F2},
        {".refused", PRESS_F3},
        {".notasked", PRESS_F4},
        {".more", PRESS_BACK_TAB PRESS_CTRL_N},
        {".rest", PRESS_F8 PRESS_F4 PRESS_ESCAPE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(COMMANDS); i++)
        if (g_str_equal(*script->line, COMMANDS[i].line)) {
            harness_keys(script->harness, COMMANDS[i].keys);
            return;
        }
    if (g_str_has_prefix(*script->line, NOTE)) {
        g_autofree char *keys = g_strconcat(PRESS_F5, *script->line + strlen(NOTE), PRESS_F5, NULL);
        harness_keys(script->harness, keys);
    } else if (g_str_has_prefix(*script->line, REASON)) {
        g_autofree char *keys = g_strconcat(*script->line + strlen(REASON), PRESS_ENTER, NULL);
        harness_keys(script->harness, keys);
    } else {
        answer(script);
    }
}

/* The form begun anew in a unit of its own, and completed by keys. Its id. */
static gint64 walk_by_keys(char *folder, const char *name, char **lines)
{
    g_autofree char *path = g_strdup_printf("forms/%s.yaml", name);
    g_autoptr(Form) form = form_load(path, NULL, NULL);
    assert_non_null(form);
    gint64 id = walk_begun(folder, "hand", name, "sv");
    Script script = {.harness = fixture_open(folder, "hand", NULL), .form = form, .line = lines};
    harness_keys(script.harness, WALK_OPEN);
    if (harness_find(script.harness, "[Enter] Första frågan") >= 0)
        harness_keys(script.harness, PRESS_ENTER);
    for (; !g_str_equal(*script.line, ".complete"); script.line++)
        press_step(&script);
    harness_keys(script.harness, PRESS_F8 PRESS_F8 "j");
    if (!harness_text_contains(script.harness, "Klart")) {
        g_autofree char *dump = harness_dump(script.harness);
        fail_msg("%s is not completed by keys:\n%s", name, dump);
    }
    harness_stop(script.harness);
    return id;
}

/* --- as lines --------------------------------------------------------------------------------- */

/* The same by lines. */
static gint64 walk_by_lines(char *folder, const char *name, const char *text)
{
    gint64 id = walk_begun(folder, "hand", name, "sv");
    const char *asked = g_getenv("DAGSFORM");
    g_autofree char *program = g_strdup(asked != NULL ? asked : "build/tests/dagsform");
    g_autofree char *database = g_build_filename(folder, FIXTURE_DATABASE, NULL);
    g_autofree char *pass = g_build_filename(folder, "pass", NULL);
    g_autofree char *script = g_build_filename(folder, "script", NULL);
    g_autofree char *lines = g_strconcat("Forms that\n1\n", text, NULL);
    assert_true(g_file_set_contents(script, lines, -1, NULL));
    assert_true(g_file_set_contents_full(pass, DEMO_PASSPHRASE "\n", -1, G_FILE_SET_CONTENTS_NONE,
                                         0600, NULL));
    const char *const arguments[] = {"/bin/sh", "-c",      "exec \"$0\" \"$@\" <\"$SCRIPT\"",
                                     program,   "--plain", "--lang",
                                     "en",      "--user",  "hand",
                                     "--db",    database,  "--passphrase-file",
                                     pass,      NULL};
    g_autofree char *output = NULL;
    int status = 0;
    g_setenv("SCRIPT", script, TRUE);
    assert_true(g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output,
                             NULL, &status, NULL));
    if (!g_spawn_check_wait_status(status, NULL) || !strstr(output, "The form is completed."))
        fail_msg("%s is not completed by lines:\n%s", name, output);
    return id;
}

/* --- compared --------------------------------------------------------------------------------- */

static void append_answer(const Answer *answer, gpointer list)
{
    const char *kind = answer_kind_code(answer->kind);
    g_ptr_array_add(list, g_strdup_printf("%s (%s): %s %s; note: %s; reason: %s", answer->link_id,
                                          answer->instance, kind != NULL ? kind : "-",
                                          answer->value != NULL ? answer->value : "-",
                                          answer->note != NULL ? answer->note : "-",
                                          answer->reason != NULL ? answer->reason : "-"));
}

static int compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Every answer of a completed response, in the order of the items' names. */
static GPtrArray *stored(const char *folder, gint64 id)
{
    g_autoptr(Session) session = fixture_session(folder, "hand");
    g_autoptr(GError) error = NULL;
    g_autoptr(Answers) answers = NULL;
    g_autoptr(Form) form = NULL;
    g_autoptr(Response) response =
        response_open(session, id, FALSE, FALSE, &form, &answers, &error);
    if (response == NULL)
        fail_msg("%s", error->message);
    assert_true(response->completed_ms > 0);
    GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
    answers_foreach(answers, append_answer, list);
    g_ptr_array_sort(list, compare);
    return list;
}

static void walk_both_ways(const char *name)
{
    g_autofree char *path = g_strdup_printf("tests/data/walks/%s.lines", name);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    char *of_lines = fixture_folder(), *of_keys = fixture_folder();
    gint64 by_lines = walk_by_lines(of_lines, name, text);
    gint64 by_keys = walk_by_keys(of_keys, name, lines);
    g_autoptr(GPtrArray) first = stored(of_lines, by_lines);
    g_autoptr(GPtrArray) second = stored(of_keys, by_keys);
    assert_true(first->len > 0);
    for (guint i = 0; i < MIN(first->len, second->len); i++)
        assert_string_equal(first->pdata[i], second->pdata[i]);
    assert_int_equal(first->len, second->len);
    harness_folder_remove(of_lines);
    harness_folder_remove(of_keys);
}

#define SAME(test, form)                                                                           \
    static void test(void **unused)                                                                \
    {                                                                                              \
        (void)unused;                                                                              \
        walk_both_ways(form);                                                                      \
    }
SAME(intake, "aktualisering")
SAME(sip, "sip")
SAME(plan, "handlingsplan")
SAME(plan_of_two_questions, "handlingsplan-tva-fragor")
SAME(placement_case_officer, "ubu-handlaggare")
SAME(placement_child, "ubu-ungdom")
SAME(placement_parent, "ubu-foralder")

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(intake),
        cmocka_unit_test(sip),
        cmocka_unit_test(plan),
        cmocka_unit_test(plan_of_two_questions),
        cmocka_unit_test(placement_case_officer),
        cmocka_unit_test(placement_child),
        cmocka_unit_test(placement_parent),
    };
    return cmocka_run_group_tests_name("walk_same", tests, fixture_make, fixture_remove);
}
