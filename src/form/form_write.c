/* form_write.c: a form as YAML again. libyaml decides what needs quotation marks. */
#include "form/form_write.h"

#include <string.h>
#include <yaml.h>

#include "base/code.h"

#define WIDTH 100

static const CodeWord OPERATORS[] = {
    [WHEN_EXISTS] = {.code = "exists"}, [WHEN_EQ] = {.code = "="}, [WHEN_NE] = {.code = "!="},
    [WHEN_GT] = {.code = ">"},          [WHEN_LT] = {.code = "<"}, [WHEN_GE] = {.code = ">="},
    [WHEN_LE] = {.code = "<="},
};
CODE_FUNCTIONS(WhenOperator, when_operator, OPERATORS)

static const CodeWord KINDS[] = {
    [FORM_KIND_OTHER] = {.code = NULL},
    [FORM_KIND_WALK] = {.code = "walk"},
    [FORM_KIND_INTERVIEW] = {.code = "interview"},
};
CODE_FUNCTIONS(FormKind, form_kind, KINDS)

/* --- YAML --- */

typedef struct {
    yaml_emitter_t yaml;
    GString *text;
} Writer;

static int append(void *data, unsigned char *bytes, size_t length)
{
    g_string_append_len(data, (const char *)bytes, (gssize)length);
    return 1;
}

/* The events are in order and the text grows without limit, so nothing but memory can fail. */
static void emit(Writer *writer, yaml_event_t *event, int made)
{
    if (!made || !yaml_emitter_emit(&writer->yaml, event))
        g_error("a form cannot be written: %s",
                writer->yaml.problem != NULL ? writer->yaml.problem : "out of memory");
}

static void begin_map(Writer *writer, gboolean on_one_line)
{
    yaml_event_t event;
    emit(writer, &event,
         yaml_mapping_start_event_initialize(&event, NULL, NULL, 1,
                                             on_one_line ? YAML_FLOW_MAPPING_STYLE
                                                         : YAML_BLOCK_MAPPING_STYLE));
}

static void end_map(Writer *writer)
{
    yaml_event_t event;
    emit(writer, &event, yaml_mapping_end_event_initialize(&event));
}

static void begin_list(Writer *writer, gboolean on_one_line)
{
    yaml_event_t event;
    emit(writer, &event,
         yaml_sequence_start_event_initialize(&event, NULL, NULL, 1,
                                              on_one_line ? YAML_FLOW_SEQUENCE_STYLE
                                                          : YAML_BLOCK_SEQUENCE_STYLE));
}

static void end_list(Writer *writer)
{
    yaml_event_t event;
    emit(writer, &event, yaml_sequence_end_event_initialize(&event));
}

/* Quoted unless it begins as a word, so that no reader takes it for a number or for nothing. */
static void put(Writer *writer, const char *text)
{
    gboolean word = g_unichar_isalpha(g_utf8_get_char(text)) && strcmp(text, "null") != 0;
    yaml_scalar_style_t style = strchr(text, '\n') != NULL ? YAML_LITERAL_SCALAR_STYLE
                                : word                     ? YAML_PLAIN_SCALAR_STYLE
                                                           : YAML_DOUBLE_QUOTED_SCALAR_STYLE;
    yaml_event_t event;
    emit(writer, &event,
         yaml_scalar_event_initialize(&event, NULL, NULL, (const yaml_char_t *)text,
                                      (int)strlen(text), 1, 1, style));
}

static void put_field(Writer *writer, const char *name, const char *text)
{
    if (text == NULL)
        return;
    put(writer, name);
    put(writer, text);
}

static void put_count(Writer *writer, const char *name, int count)
{
    if (count == 0)
        return;
    char digits[12];
    int length = g_snprintf(digits, sizeof digits, "%d", count);
    yaml_event_t event;
    put(writer, name);
    emit(writer, &event,
         yaml_scalar_event_initialize(&event, NULL, NULL, (const yaml_char_t *)digits, length, 1, 1,
                                      YAML_PLAIN_SCALAR_STYLE));
}

static void put_flag(Writer *writer, const char *name, gboolean flag)
{
    put_field(writer, name, flag ? "true" : NULL);
}

/* --- the parts of a form --- */

static void put_whens(Writer *writer, const GPtrArray *whens)
{
    if (whens->len == 0)
        return;
    put(writer, "enableWhen");
    begin_list(writer, FALSE);
    for (guint i = 0; i < whens->len; i++) {
        const FormWhen *when = whens->pdata[i];
        begin_map(writer, TRUE);
        put_field(writer, "question", when->question);
        put_field(writer, "operator", when_operator_code(when->operator));
        put_field(writer, "answer", when->answer);
        end_map(writer);
    }
    end_list(writer);
}

static void put_texts(Writer *writer, const char *name, const GPtrArray *texts)
{
    if (texts->len == 0)
        return;
    put(writer, name);
    begin_list(writer, TRUE);
    for (guint i = 0; i < texts->len; i++)
        put(writer, texts->pdata[i]);
    end_list(writer);
}

static void put_options(Writer *writer, const GPtrArray *options)
{
    if (options->len == 0)
        return;
    put(writer, "answerOption");
    begin_list(writer, FALSE);
    for (guint i = 0; i < options->len; i++) {
        const FormOption *option = options->pdata[i];
        char key[7] = "";
        g_unichar_to_utf8(option->key, key);
        begin_map(writer, option->alias->len == 0);
        put_field(writer, "code", option->code);
        put_field(writer, "display", option->display);
        put_field(writer, "key", option->key != 0 ? key : NULL);
        put_flag(writer, "offersHelp", option->offers_help);
        put_flag(writer, "unitCause", option->unit_cause);
        put_flag(writer, "exclusive", option->exclusive);
        put_texts(writer, "alias", option->alias);
        end_map(writer);
    }
    end_list(writer);
}

static void put_rules(Writer *writer, const char *name, const GPtrArray *rules)
{
    if (rules->len == 0)
        return;
    put(writer, name);
    begin_list(writer, FALSE);
    for (guint i = 0; i < rules->len; i++) {
        const FormRule *rule = rules->pdata[i];
        begin_map(writer, FALSE);
        put_field(writer, "operator", when_operator_code(rule->operator));
        put_field(writer, "answer", rule->answer);
        put_field(writer, "text", rule->text);
        end_map(writer);
    }
    end_list(writer);
}

static void put_items(Writer *writer, const GPtrArray *items)
{
    put(writer, "item");
    begin_list(writer, FALSE);
    for (guint i = 0; i < items->len; i++) {
        const FormItem *item = items->pdata[i];
        begin_map(writer, FALSE);
        put_field(writer, "linkId", item->link_id);
        put_field(writer, "type", item_type_name(item->type));
        put_field(writer, "text", item->text);
        put_field(writer, "help", item->help);
        put_flag(writer, "required", item->required);
        put_flag(writer, "statutory", item->statutory);
        put_flag(writer, "followUp", item->follow_up);
        put_flag(writer, "repeats", item->repeats);
        put_count(writer, "max", item->max);
        put_flag(writer, "ownWords", item->own_words);
        put_whens(writer, item->enable_when);
        put_field(writer, "enableBehavior", item->enable_any ? "any" : NULL);
        put_options(writer, item->options);
        put_rules(writer, "constraint", item->constraints);
        put_rules(writer, "warning", item->warnings);
        put_field(writer, "initial", item->initial);
        put_texts(writer, "beside", item->beside);
        put_texts(writer, "candidates", item->candidates);
        put_field(writer, "mapsTo", item->maps_to);
        put_field(writer, "known", item->known);
        if (item->items->len > 0)
            put_items(writer, item->items);
        end_map(writer);
    }
    end_list(writer);
}

static void put_form(Writer *writer, const Form *form)
{
    begin_map(writer, FALSE);
    put_field(writer, "name", form->name);
    put_field(writer, "version", form->version);
    put_field(writer, "title", form->title);
    put_field(writer, "source", form->source);
    put_count(writer, "count", form->count);
    put_field(writer, "respondent", form->respondent);
    put_field(writer, "kind", form_kind_code(form->kind));
    put_field(writer, "opening", form->opening);
    put_field(writer, "openingOnPaper", form->opening_on_paper);
    put_field(writer, "closing", form->closing);
    put_items(writer, form->items);
    end_map(writer);
}

char *form_to_yaml(const Form *form)
{
    Writer writer = {.text = g_string_new(NULL)};
    yaml_event_t event;
    if (!yaml_emitter_initialize(&writer.yaml))
        g_error("a form cannot be written: out of memory");
    yaml_emitter_set_output(&writer.yaml, append, writer.text);
    yaml_emitter_set_unicode(&writer.yaml, 1);
    yaml_emitter_set_width(&writer.yaml, WIDTH);
    emit(&writer, &event, yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING));
    emit(&writer, &event, yaml_document_start_event_initialize(&event, NULL, NULL, NULL, 1));
    put_form(&writer, form);
    emit(&writer, &event, yaml_document_end_event_initialize(&event, 1));
    emit(&writer, &event, yaml_stream_end_event_initialize(&event));
    yaml_emitter_delete(&writer.yaml);
    return g_string_free(writer.text, FALSE);
}
