/* forms.c: form files and texts as a walk uses them: the interview set and the shipped forms
 * loaded, a form of 2,000 questions, and the editor's keys in a text of a megabyte. Beside each
 * what the same bytes cost bare: libyaml's events alone, the whole text wrapped. */
#include <stdlib.h>
#include <string.h>

#include <yaml.h>

#include "base/text.h"
#include "form/flow.h"
#include "tests/bench/harness.h"
#include "ui/widgets/edit.h"

#define ROUNDS 30
#define QUESTIONS 2000
#define QUESTIONS_A_SECTION 50
#define TODAY 20780

/* --- loading ---------------------------------------------------------------------------------- */

typedef struct {
    GPtrArray *names; /* of the files: char * */
    GPtrArray *files; /* GBytes * */
} FormFiles;

static void files_clear(FormFiles *files)
{
    g_ptr_array_unref(files->names);
    g_ptr_array_unref(files->files);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(FormFiles, files_clear)

static void files_init(FormFiles *files)
{
    files->names = g_ptr_array_new_with_free_func(g_free);
    files->files = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref);
}

static void files_add(FormFiles *files, const char *name, char *text)
{
    g_ptr_array_add(files->names, g_strdup(name));
    g_ptr_array_add(files->files, g_bytes_new_take(text, strlen(text)));
}

static void files_read(FormFiles *files, const char *name)
{
    g_autofree char *path = g_build_filename(bench_setting("BENCH_FORMS"), name, NULL);
    char *text = NULL;

    BENCH_OK(g_file_get_contents(path, &text, NULL, &error));
    files_add(files, name, text);
}

/* What the floor of forms makes of them. Returns the questions. */
static int load_all(const FormFiles *files)
{
    int questions = 0;

    for (guint i = 0; i < files->files->len; i++) {
        gsize length;
        const char *bytes = g_bytes_get_data(files->files->pdata[i], &length);
        g_autoptr(Form) form = NULL;
        BENCH_OK(form = form_load_bytes(bytes, length, files->names->pdata[i], NULL, &error));
        questions += form->count;
    }
    return questions;
}

/* The events alone. */
static void parse_bare(const FormFiles *files)
{
    for (guint i = 0; i < files->files->len; i++) {
        gsize length;
        const guchar *bytes = g_bytes_get_data(files->files->pdata[i], &length);
        yaml_parser_t parser;
        yaml_event_t event;
        gboolean ended = FALSE;
        yaml_parser_initialize(&parser);
        yaml_parser_set_input_string(&parser, bytes, length);
        while (!ended && yaml_parser_parse(&parser, &event)) {
            ended = event.type == YAML_STREAM_END_EVENT;
            yaml_event_delete(&event);
        }
        yaml_parser_delete(&parser);
        bench_must(ended, NULL);
    }
}

static void measure_loading(const char *what, const FormFiles *files, double target)
{
    g_autoptr(GArray) own = bench_samples();
    g_autoptr(GArray) bare = bench_samples();
    int questions = 0;
    gsize bytes = 0;

    for (guint i = 0; i < files->files->len; i++)
        bytes += g_bytes_get_size(files->files->pdata[i]);
    for (int i = 0; i < ROUNDS; i++) {
        double before = bench_ms();
        questions = load_all(files);
        bench_add(own, bench_ms() - before);
        before = bench_ms();
        parse_bare(files);
        bench_add(bare, bench_ms() - before);
    }
    bench_at_most(what, bench_quantile(own, 0.5), "ms", target,
                  "median of %d, slowest %.2f ms; %d questions, %zu KiB; libyaml's events alone"
                  " %.2f ms",
                  ROUNDS, bench_quantile(own, 1), questions, bytes / 1024,
                  bench_quantile(bare, 0.5));
}

static void measure_shipped(void)
{
    static const char *const INTERVIEWS[] = {"ubu-handlaggare.yaml", "ubu-ungdom.yaml",
                                             "ubu-foralder.yaml"};
    g_auto(FormFiles) interviews = {0}, all = {0};
    g_autoptr(GDir) folder = NULL;
    const char *name;

    files_init(&interviews);
    files_init(&all);
    for (gsize i = 0; i < G_N_ELEMENTS(INTERVIEWS); i++)
        files_read(&interviews, INTERVIEWS[i]);
    BENCH_OK(folder = g_dir_open(bench_setting("BENCH_FORMS"), 0, &error));
    while ((name = g_dir_read_name(folder)))
        if (g_str_has_suffix(name, ".yaml"))
            files_read(&all, name);
    measure_loading("the interview set loaded", &interviews, 20);
    measure_loading("every shipped form loaded", &all, 60);
}

/* --- a long form ------------------------------------------------------------------------------ */

/* Every fifth question hangs on the one before it, every section but the first on one above. */
static char *long_form(void)
{
    GString *yaml = g_string_new("name: long\nversion: \"1\"\ntitle: Ett långt formulär\n");

    g_string_append_printf(yaml, "count: %d\nitem:\n", QUESTIONS);
    for (int i = 0; i < QUESTIONS; i++) {
        if (i % QUESTIONS_A_SECTION == 0) {
            g_string_append_printf(yaml,
                                   "  - linkId: section-%d\n    type: group\n"
                                   "    text: Avsnitt %d\n",
                                   i / QUESTIONS_A_SECTION, i / QUESTIONS_A_SECTION + 1);
            if (i > 0)
                g_string_append_printf(yaml,
                                       "    enableWhen:\n      - {question: q%d, operator: \"!=\","
                                       " answer: \"9\"}\n",
                                       i - QUESTIONS_A_SECTION + 1);
            g_string_append(yaml, "    item:\n");
        }
        g_string_append_printf(yaml,
                               "      - linkId: q%d\n        type: choice\n"
                               "        text: Hur ofta har det varit så, nummer %d?\n"
                               "        answerOption:\n"
                               "          - {code: \"1\", display: Aldrig, key: \"1\"}\n"
                               "          - {code: \"2\", display: Ibland, key: \"2\"}\n"
                               "          - {code: \"9\", display: Alltid, key: \"9\"}\n",
                               i, i + 1);
        if (i % 5 == 4)
            g_string_append_printf(yaml,
                                   "        enableWhen:\n          - {question: q%d,"
                                   " operator: \"=\", answer: \"2\"}\n",
                                   i - 1);
    }
    return g_string_free(yaml, FALSE);
}

/* What stands between a key and the next question: the answer, what it changes, where to go. */
static void measure_answering(const FormFiles *files)
{
    g_autoptr(GArray) own = bench_samples();
    g_autoptr(GArray) anew = bench_samples();
    g_autoptr(Answers) answers = answers_new();
    g_autoptr(Form) form = NULL;
    gsize length;
    const char *bytes = g_bytes_get_data(files->files->pdata[0], &length);

    BENCH_OK(form = form_load_bytes(bytes, length, files->names->pdata[0], NULL, &error));
    g_autoptr(Flow) flow = flow_new(form, answers, TODAY);
    for (int at = flow_next(flow, -1, 1); at >= 0;) {
        const FlowStep *step = flow_step(flow, at);
        g_autofree char *link_id = g_strdup(step->item->link_id);
        double before = bench_ms();
        answers_set(answers, link_id, step->instance, ANSWER_VALUE, at % 3 == 0 ? "1" : "2");
        flow_refresh(flow);
        at = flow_next(flow, flow_find(flow, link_id, ""), 1);
        flow_progress(flow, -1);
        bench_add(own, bench_ms() - before);
    }
    for (int i = 0; i < ROUNDS; i++) {
        double before = bench_ms();
        flow_free(flow_new(form, answers, TODAY));
        bench_add(anew, bench_ms() - before);
    }
    bench_at_most("an answer in 2,000 questions", bench_quantile(own, 0.99), "ms", 5,
                  "p99 of %u, slowest %.2f ms; the flow made anew %.2f ms", own->len,
                  bench_quantile(own, 1), bench_quantile(anew, 0.5));
}

static void measure_long_form(void)
{
    g_auto(FormFiles) files = {0};

    files_init(&files);
    files_add(&files, "long.yaml", long_form());
    measure_loading("a form of 2,000 questions loaded", &files, 200);
    measure_answering(&files);
}

/* --- the editor ------------------------------------------------------------------------------- */

#define TEXT_BYTES 1000000
#define TEXT_COLUMNS 76
#define ROWS_SEEN 20
#define KEYS 4000

/* A key and the rows that are drawn after it. */
static double press(Edit *edit, Key key, gboolean shift)
{
    int row, column;
    TextRow place;
    const double before = bench_ms();

    if (!shift || !edit_mark_key(edit, key, TEXT_COLUMNS))
        edit_key(edit, key, TEXT_COLUMNS);
    edit_caret_place(edit, TEXT_COLUMNS, &row, &column);
    for (int i = 0; i < ROWS_SEEN; i++)
        if (edit_row(edit, MAX(row - ROWS_SEEN / 2, 0) + i, TEXT_COLUMNS, &place))
            g_free(g_strndup(edit_text(edit) + place.start, place.end - place.start));
    return bench_ms() - before;
}

/* `target` 0: none. */
static void measure_keys(const char *what, const char *sentence, double target)
{
    static const Key WRITING[] = {'s', 'o', 'm', ' ', 0xe5, 0x65e5, K_BACKSPACE, K_DELETE, K_ENTER};
    static const Key WALKING[] = {K_UP,        K_DOWN,      K_PAGE_UP,    K_PAGE_DOWN, K_HOME,
                                  K_END,       K_WORD_LEFT, K_WORD_RIGHT, K_LEFT,      K_RIGHT,
                                  K_CTRL('Z'), K_CTRL('Z'), K_CTRL('Y')};
    g_autoptr(GArray) keys = bench_samples();
    g_autoptr(GString) text = g_string_new(NULL);
    GRand *random = g_rand_new_with_seed(1);

    while (text->len < TEXT_BYTES)
        g_string_append(text, sentence);
    g_autoptr(Edit) edit = edit_new(text->str, TRUE);
    edit_set_page(edit, ROWS_SEEN);
    const double first = press(edit, K_BOTTOM, FALSE);
    for (int i = 0; i < KEYS; i++) {
        const gsize length = strlen(edit_text(edit));
        Key key = i % 3 ? WRITING[g_rand_int_range(random, 0, G_N_ELEMENTS(WRITING))]
                        : WALKING[g_rand_int_range(random, 0, G_N_ELEMENTS(WALKING))];
        if (i % 50 == 0)
            edit_set_caret(edit, (gsize)g_rand_int_range(random, 0, (gint32)length));
        bench_add(keys, press(edit, key, i % 97 == 0));
    }
    g_rand_free(random);
    const double before = bench_ms();
    g_array_unref(text_wrap(edit_text(edit), TEXT_COLUMNS));
    const double whole = bench_ms() - before;
    g_autofree char *beside = g_strdup_printf(
        "p99 of %d, slowest %.2f ms; shown first %.1f ms; the whole wrapped %.1f ms", KEYS,
        bench_quantile(keys, 1), first, whole);
    if (target > 0)
        bench_at_most(what, bench_quantile(keys, 0.99), "ms", target, "%s", beside);
    else
        bench_note(what, bench_quantile(keys, 0.99), "ms", "%s", beside);
}

int main(void)
{
    bench_start();
    measure_shipped();
    measure_long_form();
    measure_keys("a key in a text of 1 MB",
                 "Jag orkar inte riktigt idag, sade hon, och så gick vi en kort promenad längs ån i"
                 " stället för att stanna hemma.\n",
                 1);
    measure_keys("a key in one paragraph of 1 MB",
                 "Jag orkar inte riktigt idag, sade hon, och så gick vi en kort promenad längs ån i"
                 " stället för att stanna hemma. ",
                 1);
    /* Every row hangs on all before it: what lies far away is wrapped anew when one goes there. */
    measure_keys("a key in 1 MB without a blank", "日本語orka", 0);
    return 0;
}
