/* keymap.c: default keys, overrides, conflicts. action.def: what every row must keep to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <locale.h>

#include "base/error.h"
#include "base/text.h"
#include "ui/handlers.h"
#include "ui/keymap.h"

static GKeyFile *key_file(const char *keys)
{
    GKeyFile *file = g_key_file_new();
    g_autofree char *text = g_strconcat("[keys]\n", keys, NULL);
    assert_true(g_key_file_load_from_data(file, text, (gsize)-1, G_KEY_FILE_NONE, NULL));
    return file;
}

static Keymap *keymap_of(const char *keys)
{
    g_autoptr(GKeyFile) file = key_file(keys);
    g_autoptr(GError) error = NULL;
    Keymap *keymap = keymap_new(file, &error);
    assert_null(error);
    return keymap;
}

static void defaults_do_not_conflict(void **unused)
{
    (void)unused;
    g_autoptr(GError) error = NULL;
    Keymap *keymap = keymap_new(NULL, &error);
    assert_null(error);
    assert_int_equal(keymap_action(keymap, IN_TODAY, 'a'), ACTION_CANCEL);
    assert_int_equal(keymap_action(keymap, IN_CLIENTS, 'a'), ACTION_NONE);
    assert_int_equal(keymap_action(keymap, IN_HELP, K_ESCAPE), ACTION_BACK);
    assert_int_equal(keymap_action(keymap, IN_UNLOCK, K_F(9)), ACTION_NONE);
    assert_int_equal(keymap_key(keymap, ACTION_OPEN), K_ENTER);
    assert_int_equal(keymap_key_in(keymap, IN_TODAY, ACTION_HELP), '?');
    assert_int_equal(keymap_key_in(keymap, IN_CLIENTS, ACTION_HELP), K_F(1));
    assert_int_equal(keymap_key_in(keymap, IN_UNLOCK, ACTION_QUIT), K_F(10));
    g_autofree char *text = keymap_keys_text(keymap, IN_TODAY, ACTION_OPEN);
    assert_string_equal(text, "Enter, o");
    keymap_free(keymap);
}

/* D10: what the key bar shows is what the key does there, also where answers have the arrows. */
static void d10_no_arrow_is_shown_where_one_chooses(void **unused)
{
    (void)unused;
    g_autoptr(GError) error = NULL;
    Keymap *keymap = keymap_new(NULL, &error);
    assert_null(error);
    assert_int_equal(keymap_key_in(keymap, IN_CANCEL, ACTION_CANCEL_AFTER), K_TAB);
    assert_int_equal(keymap_key_in(keymap, IN_CANCEL, ACTION_CANCEL_BEFORE), K_BACK_TAB);
    for (Place place = 0; place < PLACE_COUNT; place++)
        for (int i = ACTION_NONE + 1; place_takes_answers(place) && i < ACTION_COUNT; i++) {
            Key key = keymap_key_in(keymap, place, (Action)i);
            assert_false(key == K_UP || key == K_DOWN || key == K_LEFT || key == K_RIGHT);
            assert_true(!action_is_at((Action)i, place) || key != K_NONE);
        }
    keymap_free(keymap);
}

static void overrides_replace_all_keys(void **unused)
{
    (void)unused;
    Keymap *keymap = keymap_of("cancel = ö  f4\nweek = 3\nday-before = b\nweek_after =\n");
    assert_int_equal(keymap_action(keymap, IN_TODAY, g_utf8_get_char("ö")), ACTION_CANCEL);
    assert_int_equal(keymap_action(keymap, IN_TODAY, K_F(4)), ACTION_CANCEL);
    assert_int_equal(keymap_action(keymap, IN_TODAY, 'a'), ACTION_NONE);
    assert_int_equal(keymap_action(keymap, IN_TODAY, 'b'), ACTION_DAY_BEFORE);
    assert_int_equal(keymap_key(keymap, ACTION_WEEK_AFTER), K_NONE);
    keymap_free(keymap);
}

static void faults_are_named(void **unused)
{
    (void)unused;
    static const struct {
        const char *keys, *part, *other;
    } CASES[] = {
        {"cancel = g", "cancel", "done"},  {"cancel = f4", "cancel", "week"},
        {"canceled = x", "canceled", ""},  {"none = x", "none", ""},
        {"cancel = ctrl-i", "ctrl-i", ""}, {"cancel = x f13", "f13", ""},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++) {
        g_autoptr(GKeyFile) file = key_file(CASES[i].keys);
        g_autoptr(GError) error = NULL;
        assert_null(keymap_new(file, &error));
        assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT));
        assert_non_null(strstr(error->message, CASES[i].part));
        assert_non_null(strstr(error->message, CASES[i].other));
    }
}

/* The table itself. */
static void every_action_is_whole(void **unused)
{
    (void)unused;
    g_autoptr(GError) error = NULL;
    Keymap *keymap = keymap_new(NULL, &error);
    for (int i = ACTION_NONE + 1; i < ACTION_COUNT; i++) {
        const ActionRow *row = action_row((Action)i);
        assert_int_equal(row->action, i);
        assert_non_null(action_handlers[i]);
        assert_int_not_equal(where_count(&row->where), 0);
        assert_in_range(row->permit, 0, PERMIT_ANYONE);
        assert_true(text_width(row->label) <= 16);
        assert_true(g_str_has_suffix(row->help, "."));
        assert_int_not_equal(keymap_key(keymap, (Action)i), K_NONE);
    }
    keymap_free(keymap);
}

/* What is refused is left out; what is everybody's is not. */
static void only_what_is_allowed_is_offered(void **unused)
{
    (void)unused;
    static const struct {
        Action action;
        guint permits;
        gboolean offered;
    } CASES[] = {
        {ACTION_CANCEL, 0, FALSE},
        {ACTION_CANCEL, 1U << PERMIT_VISIT_RECORD, TRUE},
        {ACTION_CANCEL, ~(1U << PERMIT_VISIT_RECORD), FALSE},
        {ACTION_EDIT_CLIENT, 1U << PERMIT_CLIENT_READ, FALSE},
        {ACTION_IMPORT, 1U << PERMIT_IMPORT, TRUE},
        {ACTION_QUIT, 0, TRUE},
        {ACTION_WEEK, 0, TRUE},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(CASES); i++)
        assert_int_equal(action_is_offered(CASES[i].action, CASES[i].permits), CASES[i].offered);
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(defaults_do_not_conflict),
        cmocka_unit_test(d10_no_arrow_is_shown_where_one_chooses),
        cmocka_unit_test(overrides_replace_all_keys),
        cmocka_unit_test(faults_are_named),
        cmocka_unit_test(every_action_is_whole),
        cmocka_unit_test(only_what_is_allowed_is_offered),
    };
    return cmocka_run_group_tests_name("keymap", tests, NULL, NULL);
}
