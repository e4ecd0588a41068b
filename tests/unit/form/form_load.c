/* form_load.c: from bytes to structs, and each fault of layout with its line and sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "form/form.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Four lines; the first item stands on the fifth. */
#define HEAD "name: prov\nversion: 1\ntitle: Prov\nitem:\n"
#define ITEM "- {linkId: a, type: text, text: A}\n"

static Form *load(const char *yaml, GError **error)
{
    return form_load_bytes(yaml, strlen(yaml), "prov.yaml", NULL, error);
}

static Form *load_good(const char *yaml)
{
    g_autoptr(GError) error = NULL;
    Form *form = load(yaml, &error);
    if (form == NULL)
        fail_msg("refused: %s", error->message);
    return form;
}

/* Line 0: the sentence names none. */
static void assert_fault(const char *bytes, gsize length, int line, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(Form) form = form_load_bytes(bytes, length, "prov.yaml", NULL, &error);
    if (form != NULL)
        fail_msg("accepted, without “%s”", part);
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT));
    g_autofree char *where =
        line > 0 ? g_strdup_printf("prov.yaml, line %d", line) : g_strdup("prov.yaml: ");
    if (!g_str_has_prefix(error->message, where) ||
        (line > 0 && g_ascii_isdigit(error->message[strlen(where)])) ||
        strstr(error->message, part) == NULL)
        fail_msg("“%s” is not “%s … %s”", error->message, where, part);
}

static const struct {
    const char *yaml;
    int line;
    const char *part;
} faults[] = {
    {"", 0, "The file is empty"},
    {"# only a comment\n", 0, "The file is empty"},
    {"---\n", 0, "The file is empty"},
    {"bara text\n", 1, "Fields with values are expected"},
    {"- a\n- b\n", 1, "Fields with values are expected"},
    {"name: prov\nversion: 1\nitem:\n" ITEM, 1, "“title” is missing"},
    {"name: prov\nversion: 1\ntitle:\nitem:\n" ITEM, 1, "“title” is missing"},
    {"name: prov\nversion: 1\ntitle: ~\nitem:\n" ITEM, 1, "“title” is missing"},
    {"name: prov\nversion: 1\ntitle: ''\nitem:\n" ITEM, 3, "“title” is empty"},
    {"name: prov\nversion: 1\ntitle: [a]\nitem:\n" ITEM, 3, "“title” takes one value"},
    {"name: två ord\nversion: 1\ntitle: T\nitem:\n" ITEM, 1, "without blanks"},
    {"name: \"a\\tb\"\nversion: 1\ntitle: T\nitem:\n" ITEM, 1, "without blanks"},
    {"name: \"\\e[2J\"\nversion: 1\ntitle: T\nitem:\n" ITEM, 1, "without blanks"},
    {"name: \"a\\0b\"\nversion: 1\ntitle: T\nitem:\n" ITEM, 1, "cannot be shown"},
    {"name: prov\nversion: 1\ntitle: T\ntitle: U\nitem:\n" ITEM, 4, "“title” stands twice"},
    {"name: prov\nversion: 1\ntitle: T\ntitel: U\nitem:\n" ITEM, 4, "“titel” is not known"},
    {"name: prov\nversion: 1\ntitle: T\n? [a, b]\n: U\nitem:\n" ITEM, 4, "is not known"},
    {"name: prov\nversion: 1\ntitle: T\ncount: many\nitem:\n" ITEM, 4, "number from 1 to 5000"},
    {"name: prov\nversion: 1\ntitle: T\ncount: 2\nitem:\n" ITEM, 4, "has 1 question, but"},
    {"name: prov\nversion: 1\ntitle: T\nitem: []\n", 0, "has no items"},
    {"name: prov\nversion: 1\ntitle: T\nitem: a\n", 4, "“item” takes a list"},
    {HEAD "- just text\n", 5, "Fields with values are expected"},
    {HEAD "- {type: text, text: A}\n", 5, "“linkId” is missing"},
    {HEAD "- {linkId: a, text: A}\n", 5, "“type” is missing"},
    {HEAD ITEM "- linkId: b\n  type: chioce\n  text: B\n", 7, "“type” cannot be “chioce”"},
    {HEAD ITEM "- linkId: b\n  type: text\n  text: B\n  requierd: true\n", 9, "“requierd” is not"},
    {HEAD "- linkId: b\n  type: text\n  text: B\n  required: maybe\n", 8, "true or false"},
    {HEAD "- linkId: b\n  type: text\n  text: B\n  enableBehavior: some\n", 8, "cannot be “some”"},
    {HEAD "- linkId: b\n  type: text\n  text: B\n  enableWhen: a\n", 8, "takes a list"},
    {HEAD "- linkId: b\n  type: choice\n  text: B\n  answerOption:\n  - {display: X}\n", 9,
     "“code” is missing"},
    {HEAD "- linkId: b\n  type: choice\n  text: B\n  answerOption:\n  - {code: x}\n", 9,
     "“display” is missing"},
    {HEAD "- linkId: b\n  type: choice\n  text: B\n  answerOption:\n  - X\n", 9,
     "Fields with values are expected"},
    {"name: prov\nversion: 1\ntitle: T\nrespondent: mother\nitem:\n" ITEM, 4,
     "“respondent” cannot be “mother”"},
    {"name: prov\nversion: 1\ntitle: T\nkind: test\nitem:\n" ITEM, 4, "“kind” cannot be “test”"},
    {HEAD "- linkId: b\n  type: date\n  text: B\n  constraint:\n"
          "  - {operator: exists, answer: true, text: T}\n",
     9, "“operator” cannot be “exists”"},
    {HEAD "- linkId: b\n  type: date\n  text: B\n  warning:\n  - {operator: <, answer: today}\n", 9,
     "“text” is missing"},
    {HEAD "- linkId: b\n  type: choice\n  text: B\n  answerOption:\n"
          "  - {code: x, display: X, key: xy}\n",
     9, "“key” is one letter or digit"},
    {HEAD "- linkId: b\n  type: choice\n  text: B\n  answerOption:\n"
          "  - {code: x, display: X, key: '!'}\n",
     9, "“key” is one letter or digit"},
    {HEAD "- linkId: b\n  type: choice\n  text: B\n  answerOption:\n"
          "  - {code: x, display: Mår bra, behöver inte}\n",
     9, "“behöver inte” is not known"},
    {HEAD "- linkId: b\n  type: choice\n  text: B\n  answerOption:\n"
          "  - code: x\n    display: X\n    alias: {a: b}\n",
     11, "“alias” takes a list"},
    {HEAD ITEM "- linkId: b\n  type: text\n  text: B\n  enableWhen:\n"
               "  - {question: a, operator: ===, answer: x}\n",
     10, "cannot be “===”"},
    {HEAD ITEM "- linkId: b\n  type: text\n  text: B\n  enableWhen:\n"
               "  - question: a\n    operator: !=\n    answer: x\n",
     11, "in quotation marks"},
    /* What a fault of YAML itself says. */
    {HEAD "\t- {linkId: a}\n", 5, "begins with a tab"},
    {HEAD "- linkId: a\n  text: 'A\n\n\n", 6, "cannot be understood"},
    {HEAD "- linkId: a\n  text: [A\n  type: text\n", 6, "cannot be understood"},
    {HEAD "- linkId: a\n  text: A: B\n", 6, "cannot be understood"},
    {HEAD ITEM "---\nname: b\n", 6, "second document"},
    {HEAD ITEM "# bell \a\n", 6, "control character"},
    {HEAD "- *a\n", 5, "*a refers to nothing"},
    {"name: prov\nversion: 1\ntitle: T\nitem: &a\n- linkId: b\n  type: group\n  item: *a\n", 7,
     "refers to the part it stands in"},
    {"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", 1, "too deep"},
};

static void test_faults(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(faults); i++)
        assert_fault(faults[i].yaml, strlen(faults[i].yaml), faults[i].line, faults[i].part);
}

static void test_fault_names_the_item(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    assert_null(load(HEAD "- text: B\n  type: nothing\n  linkId: humör\n", &error));
    assert_non_null(strstr(error->message, "prov.yaml, line 6, item “humör”: "));
}

/* A file that is looked at does not act on the terminal, faulty or not. */
static void test_fault_is_clean(void **state)
{
    (void)state;
    static const char *const yaml[] = {
        HEAD "- {linkId: \"a\\e[2J\", type: text, text: A}\n",
        HEAD "- {linkId: \"a\\u009b2J\", type: \"te\\e]0;x\\a\", text: A}\n",
        HEAD "- {linkId: a, type: \"te\\e]0;x\\axt\", text: A}\n",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(yaml); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(load(yaml[i], &error));
        for (const char *at = error->message; *at != '\0'; at = g_utf8_next_char(at))
            assert_false(g_unichar_iscntrl(g_utf8_get_char(at)));
    }
}

static void test_encodings(void **state)
{
    (void)state;
    static const char latin[] = HEAD "- {linkId: a, type: text, text: M\xE5r}\n";
    static const char wide[] = "\xFF\xFEn\0a\0m\0e\0";
    static const char zero[] = "name: a\nversion: 1\0";
    assert_fault(latin, sizeof latin - 1, 5, "not in UTF-8");
    assert_fault(wide, sizeof wide - 1, 1, "not in UTF-8");
    assert_fault(zero, sizeof zero - 1, 2, "not in UTF-8");
}

/* An editor on Windows: a byte-order mark and CRLF. The bytes are kept as they were. */
static void test_bom_and_crlf(void **state)
{
    (void)state;
    static const char yaml[] = "\xEF\xBB\xBFname: prov\r\nversion: 1\r\ntitle: Prov\r\nitem:\r\n"
                               "- linkId: a\r\n  type: text\r\n  text: |\r\n    En rad\r\n"
                               "    till\r\n";
    g_autoptr(Form) form = load_good(yaml);
    const FormItem *item = form_item(form, "a");
    assert_string_equal(form->name, "prov");
    assert_string_equal(item->text, "En rad\ntill");
    assert_int_equal(item->line, 5);
    assert_string_equal(form->body, yaml);
    static const char wrong[] = "\xEF\xBB\xBFname: prov\r\nversion: 1\r\nnmae: b\r\n";
    assert_fault(wrong, sizeof wrong - 1, 3, "“nmae” is not known");
}

static void test_every_field(void **state)
{
    (void)state;
    g_autoptr(Form) form = load_good(
        "name: prov\nversion: 2026-01\ntitle: Prov\nsource: Vi själva\ncount: 3\nitem:\n"
        "- linkId: g\n  type: group\n  repeats: true\n  item:\n"
        "  - linkId: hur\n    type: choice\n    text: Hur?\n    help: Välj.\n    required: ja\n"
        "    initial: bra\n    mapsTo: visit.how\n    answerOption:\n"
        "    - {code: bra, display: Bra, key: B, alias: [Fint, Toppen], offersHelp: true}\n"
        "    - {code: illa, display: Illa, alias: Dåligt, unitCause: true}\n"
        "  - {linkId: tal, type: decimal, text: Tal}\n"
        "- linkId: ord\n  type: text\n  text: Ord\n  ownWords: true\n  enableBehavior: any\n"
        "  enableWhen:\n"
        "  - {question: hur, operator: \"=\", answer: illa}\n"
        "  - {question: tal, operator: \">=\", answer: 2.5}\n");
    assert_string_equal(form->version, "2026-01");
    assert_string_equal(form->source, "Vi själva");
    assert_int_equal(form->count, 3);
    assert_int_equal(form->items->len, 2);

    const FormItem *how = form_item(form, "hur");
    assert_int_equal(how->type, ITEM_CHOICE);
    assert_string_equal(how->parent->link_id, "g");
    assert_string_equal(how->help, "Välj.");
    assert_true(how->required);
    assert_string_equal(how->initial, "bra");
    assert_string_equal(how->maps_to, "visit.how");
    assert_int_equal(how->line, 11);
    const FormOption *good = form_option(how, "bra"), *bad = form_option(how, "illa");
    assert_int_equal(good->key, 'b');
    assert_int_equal(good->line, 19);
    assert_true(good->offers_help);
    assert_int_equal(good->alias->len, 2);
    assert_string_equal(g_ptr_array_index(good->alias, 1), "Toppen");
    assert_int_equal(bad->key, 0);
    assert_true(bad->unit_cause);
    assert_string_equal(g_ptr_array_index(bad->alias, 0), "Dåligt");
    assert_null(form_option(how, "BRA"));

    const FormItem *words = form_item(form, "ord");
    assert_null(words->parent);
    assert_true(words->own_words);
    assert_true(words->enable_any);
    const FormWhen *when = g_ptr_array_index(words->enable_when, 1);
    assert_int_equal(when->operator, WHEN_GE);
    assert_string_equal(when->answer, "2.5");
    assert_true(form_item(form, "g")->repeats);
    assert_null(form_item(form, "saknas"));
}

static void test_interview_fields(void **state)
{
    (void)state;
    g_autoptr(Form) form = load_good(
        "name: prov\nversion: 1\ntitle: Prov\nrespondent: case-officer\nkind: interview\n"
        "opening: |\n  Hej {client}.\n  Jag ringer från {unit}.\nclosing: Tack!\nitem:\n"
        "- linkId: dag\n  type: date\n  text: Dag\n  constraint:\n"
        "  - {operator: <=, answer: today, text: Dagen har varit.}\n"
        "  warning:\n"
        "  - {operator: \">\", answer: today-90, text: Det var länge sedan.}\n"
        "- linkId: vilka\n  type: choice\n  text: Vilka?\n  repeats: true\n  answerOption:\n"
        "  - {code: x, display: X}\n  - {code: inga, display: Inga, exclusive: true}\n");
    assert_string_equal(form->respondent, "case-officer");
    assert_int_equal(form->kind, FORM_KIND_INTERVIEW);
    assert_string_equal(form->opening, "Hej {client}.\nJag ringer från {unit}.");
    assert_string_equal(form->closing, "Tack!");
    const FormItem *day = form_item(form, "dag"), *which = form_item(form, "vilka");
    const FormRule *hard = g_ptr_array_index(day->constraints, 0);
    const FormRule *soft = g_ptr_array_index(day->warnings, 0);
    assert_int_equal(hard->operator, WHEN_LE);
    assert_string_equal(hard->answer, "today");
    assert_string_equal(hard->text, "Dagen har varit.");
    assert_int_equal(hard->line, 15);
    assert_int_equal(soft->operator, WHEN_GT);
    assert_string_equal(soft->answer, "today-90");
    assert_true(which->repeats);
    assert_true(form_option(which, "inga")->exclusive);
    assert_false(form_option(which, "x")->exclusive);

    g_autoptr(Form) plain = load_good(HEAD ITEM);
    assert_null(plain->respondent);
    assert_null(plain->opening);
    assert_int_equal(plain->kind, FORM_KIND_OTHER);
    assert_int_equal(form_item(plain, "a")->constraints->len, 0);
}

/* A hash names exactly these bytes: the expected one is `b2sum -l 256` of them. */
static void test_hash(void **state)
{
    (void)state;
    g_autoptr(Form) one = load_good(HEAD ITEM);
    g_autoptr(Form) same = load_good(HEAD ITEM);
    g_autoptr(Form) other = load_good(HEAD ITEM "# x\n");
    assert_string_equal(one->hash,
                        "1f79583154c56941e2539d1e850f2da466eaf33f569152217e52271cde2f7e46");
    assert_string_equal(one->hash, same->hash);
    assert_string_not_equal(one->hash, other->hash);
}

/* What a terminal could act on never leaves the loader. */
static void test_texts_are_clean(void **state)
{
    (void)state;
    g_autoptr(Form) form = load_good(HEAD "- {linkId: a, type: text, text: \"A\\e[2J\\u202EB\"}\n");
    const char *text = form_item(form, "a")->text;
    assert_null(strchr(text, '\033'));
    assert_null(strstr(text, "\xE2\x80\xAE"));
}

static void test_large(void **state)
{
    (void)state;
    g_autoptr(GString) yaml = g_string_new(HEAD);
    for (int i = 0; i < 2000; i++)
        g_string_append_printf(yaml, "- {linkId: q%d, type: text, text: Fråga %d}\n", i, i);
    g_string_append(yaml, "- linkId: long\n  type: display\n  text: ");
    for (int i = 0; i <= 1 << 17; i++)
        g_string_append(yaml, "åtta b ");
    g_autoptr(Form) form = load_good(yaml->str);
    assert_int_equal(form->items->len, 2001);
    assert_int_equal(form_item(form, "q1999")->line, 2004);
    assert_true(strlen(form_item(form, "long")->text) > 1 << 20);
}

static void test_limits(void **state)
{
    (void)state;
    g_autoptr(GString) items = g_string_new(HEAD);
    for (int i = 0; i < 5001; i++)
        g_string_append_printf(items, "- {linkId: q%d, type: text, text: A}\n", i);
    assert_fault(items->str, items->len, 5005, "more than 5000 items");

    g_autofree char *spaces = g_strnfill((4 << 20) + 1, '\n');
    assert_fault(spaces, (4 << 20) + 1, 0, "larger than 4 MiB");

    g_autoptr(GString) nodes = g_string_new("[");
    for (int i = 0; i < 200001; i++)
        g_string_append(nodes, "a,\n");
    assert_fault(nodes->str, nodes->len, 200000, "too large for a form");
}

/* References unfold to more than the file holds: by number, and by length. */
static void test_references(void **state)
{
    (void)state;
    g_autoptr(Form) form =
        load_good(HEAD "- linkId: a\n  type: choice\n  text: A\n  answerOption: &scale\n"
                       "  - {code: j, display: Ja}\n  - {code: n, display: Nej}\n"
                       "- {linkId: b, type: choice, text: B, answerOption: *scale}\n");
    const FormOption *yes = form_option(form_item(form, "b"), "j");
    assert_string_equal(yes->display, "Ja");
    assert_ptr_not_equal(yes, form_option(form_item(form, "a"), "j"));

    g_autoptr(GString) laughs = g_string_new(HEAD "- linkId: a0\n  type: group\n  item: &i0\n"
                                                  "  - {linkId: x, type: text, text: X}\n");
    for (int i = 1; i < 40; i++) {
        g_string_append_printf(laughs, "- linkId: a%d\n  type: group\n  item: &i%d\n", i, i);
        for (int j = 0; j < 10; j++)
            g_string_append_printf(laughs, "  - {linkId: b, type: group, item: *i%d}\n", i - 1);
    }
    g_autoptr(GError) error = NULL;
    assert_null(load(laughs->str, &error));
    assert_non_null(strstr(error->message, "more than 5000 items"));
    g_clear_error(&error);

    g_autofree char *megabyte = g_strnfill(1 << 20, 'x');
    g_autoptr(GString) bomb = g_string_new(HEAD);
    g_string_append_printf(bomb, "- {linkId: a, type: text, text: &t %s}\n", megabyte);
    for (int i = 0; i < 1000; i++)
        g_string_append_printf(bomb, "- {linkId: q%d, type: text, text: *t}\n", i);
    assert_null(load(bomb->str, &error));
    assert_non_null(strstr(error->message, "too large once its references"));
}

/* A chain of references goes deeper than the file is indented. */
static void test_reference_depth(void **state)
{
    (void)state;
    g_autoptr(GString) chain = g_string_new(HEAD "- linkId: a0\n  type: group\n  item: &i0\n"
                                                 "  - {linkId: x, type: text, text: X}\n");
    for (int i = 1; i < 100; i++)
        g_string_append_printf(chain,
                               "- linkId: a%d\n  type: group\n  item: &i%d\n"
                               "  - {linkId: b%d, type: group, item: *i%d}\n",
                               i, i, i, i - 1);
    g_autoptr(GError) error = NULL;
    assert_null(load(chain->str, &error));
    assert_non_null(strstr(error->message, "Groups lie more than 16 deep"));
}

static void test_files(void **state)
{
    (void)state;
    g_autofree char *folder = g_dir_make_tmp("dagsform-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "prov.yaml", NULL);
    g_autofree char *pipe = g_build_filename(folder, "pipe.yaml", NULL);
    g_autoptr(GError) error = NULL;

    assert_null(form_load(path, NULL, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_NOT_FOUND));
    assert_non_null(strstr(error->message, path));
    g_clear_error(&error);
    assert_null(form_load(folder, NULL, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_INPUT));
    assert_non_null(strstr(error->message, "This is not a file"));
    g_clear_error(&error);
    assert_int_equal(mkfifo(pipe, 0600), 0);
    assert_null(form_load(pipe, NULL, &error));
    assert_non_null(strstr(error->message, "This is not a file"));
    g_clear_error(&error);
    g_unlink(pipe);

    assert_true(g_file_set_contents(path, "", 0, NULL));
    assert_null(form_load(path, NULL, &error));
    assert_non_null(strstr(error->message, "The file is empty"));
    g_clear_error(&error);
    assert_true(g_file_set_contents(path, HEAD ITEM, -1, NULL));
    g_autoptr(Form) form = form_load(path, NULL, &error);
    assert_non_null(form);
    assert_string_equal(form->body, HEAD ITEM);
    assert_int_equal(truncate(path, (4 << 20) + 1), 0);
    assert_null(form_load(path, NULL, &error));
    assert_non_null(strstr(error->message, "larger than 4 MiB"));

    g_unlink(path);
    g_rmdir(folder);
}

static void test_find(void **state)
{
    (void)state;
    g_autofree char *folder = g_dir_make_tmp("dagsform-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "prov.yaml", NULL);
    assert_null(form_find("prov", folder));
    assert_true(g_file_set_contents(path, HEAD ITEM, -1, NULL));
    g_autofree char *found = form_find("prov", folder);
    assert_string_equal(found, path);
    assert_null(form_find("prov", NULL));
    assert_null(form_find("../prov", folder));
    assert_null(form_find("", folder));
    g_unlink(path);
    g_rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_fault_names_the_item),
        cmocka_unit_test(test_fault_is_clean),
        cmocka_unit_test(test_encodings),
        cmocka_unit_test(test_bom_and_crlf),
        cmocka_unit_test(test_every_field),
        cmocka_unit_test(test_interview_fields),
        cmocka_unit_test(test_hash),
        cmocka_unit_test(test_texts_are_clean),
        cmocka_unit_test(test_large),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_references),
        cmocka_unit_test(test_reference_depth),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_find),
    };
    return cmocka_run_group_tests_name("form/form_load", tests, NULL, NULL);
}
