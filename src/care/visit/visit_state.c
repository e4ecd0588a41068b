/* visit_state.c: a state of a visit as JSON (visit_version), and what differs between two. */
#include "care/visit/visit_state.h"

#include <string.h>

#include <json-glib/json-glib.h>

#include "base/i18n.h"

/* The fields of an outcome by the names of their columns. Texts that stand for NULL are NULL, whole
 * numbers that stand for NULL are -1. */
enum { TEXTS = 9, NUMBERS = 2 };
typedef struct {
    struct {
        const char *name, *text;
    } texts[TEXTS];
    struct {
        const char *name;
        int number;
    } numbers[NUMBERS];
} Fields;

static Fields fields_of(const VisitOutcome *outcome)
{
    return (Fields){
        .texts = {{"outcome", outcome_code(outcome->outcome)},
                  {"cancelled_by", cancelled_by_code(outcome->by)},
                  {"told_by", told_by_code(outcome->told)},
                  {"cause", outcome->cause},
                  {"cause_further", outcome->cause_further},
                  {"cause_source", cause_source_code(outcome->source)},
                  {"words", outcome->words},
                  {"alternative", alternative_code(outcome->alternative)},
                  {"note", outcome->note}},
        .numbers = {{"notice_hours", outcome->notice},
                    {"alternative_taken", outcome->alternative_taken}},
    };
}

void visit_outcome_changes(AuditChanges *changes, const VisitOutcome *before,
                           const VisitOutcome *after)
{
    Fields from = fields_of(before), to = fields_of(after);
    for (int i = 0; i < TEXTS; i++)
        audit_changes_text(changes, from.texts[i].name, from.texts[i].text, to.texts[i].text);
    for (int i = 0; i < NUMBERS; i++)
        audit_changes_int(changes, from.numbers[i].name, from.numbers[i].number,
                          to.numbers[i].number);
}

/* --- writing ---------------------------------------------------------------------------------- */

static void add_text(JsonBuilder *builder, const char *name, const char *text)
{
    if (text == NULL)
        return;
    json_builder_set_member_name(builder, name);
    json_builder_add_string_value(builder, text);
}

static void add_number(JsonBuilder *builder, const char *name, gint64 number, gint64 none)
{
    if (number == none)
        return;
    json_builder_set_member_name(builder, name);
    json_builder_add_int_value(builder, number);
}

static void add_made(JsonBuilder *builder, const GPtrArray *made)
{
    char date[DATE_SIZE], start[TIME_SIZE];
    if (made == NULL || made->len == 0)
        return;
    json_builder_set_member_name(builder, "made");
    json_builder_begin_array(builder);
    for (guint i = 0; i < made->len; i++) {
        const Visit *visit = g_ptr_array_index(made, i);
        json_builder_begin_object(builder);
        add_number(builder, "id", visit->id, 0);
        add_text(builder, "date", date_format(visit->date, date));
        add_text(builder, "start", time_format(visit->start, start));
        add_number(builder, "minutes", visit->minutes, 0);
        add_text(builder, "form", visit_mode_code(visit->mode));
        add_number(builder, "staff_id", visit->staff_id, 0);
        json_builder_end_object(builder);
    }
    json_builder_end_array(builder);
}

char *visit_state_write(const Visit *visit, const GPtrArray *made, const StateEnd *end)
{
    g_autoptr(JsonBuilder) builder = json_builder_new_immutable();
    Fields fields = fields_of(&visit->outcome);
    json_builder_begin_object(builder);
    for (int i = 0; i < TEXTS; i++)
        add_text(builder, fields.texts[i].name, fields.texts[i].text);
    for (int i = 0; i < NUMBERS; i++)
        add_number(builder, fields.numbers[i].name, fields.numbers[i].number, -1);
    add_number(builder, "new_visit_id", visit->new_visit_id, 0);
    add_number(builder, "recorded_ms", visit->recorded_ms, 0);
    add_number(builder, "recorded_by", visit->recorded_by, 0);
    add_number(builder, "absence_id", visit->absence_id, 0);
    add_made(builder, made);
    add_text(builder, "ended", end->undone ? "undo" : end->redone ? "redo" : "correct");
    add_number(builder, "restored", end->restored, 0);
    json_builder_end_object(builder);
    g_autoptr(JsonNode) root = json_builder_get_root(builder);
    return json_to_string(root, FALSE);
}

/* --- reading ---------------------------------------------------------------------------------- */

void visit_state_free(VisitState *state)
{
    if (state == NULL)
        return;
    visit_outcome_clear(&state->outcome);
    g_ptr_array_unref(state->made);
    g_free(state);
}

/* NULL where there is none, or it is an object or a list. */
static JsonNode *get_value(JsonObject *object, const char *name)
{
    JsonNode *node = json_object_get_member(object, name);
    return node != NULL && JSON_NODE_HOLDS_VALUE(node) ? node : NULL;
}

static const char *get_text(JsonObject *object, const char *name)
{
    JsonNode *node = get_value(object, name);
    return node != NULL ? json_node_get_string(node) : NULL;
}

static gint64 get_number(JsonObject *object, const char *name, gint64 none)
{
    JsonNode *node = get_value(object, name);
    return node != NULL ? json_node_get_int(node) : none;
}

static void read_outcome(JsonObject *object, VisitOutcome *outcome)
{
    visit_outcome_init(outcome);
    outcome_parse(get_text(object, "outcome"), &outcome->outcome);
    cancelled_by_parse(get_text(object, "cancelled_by"), &outcome->by);
    told_by_parse(get_text(object, "told_by"), &outcome->told);
    cause_source_parse(get_text(object, "cause_source"), &outcome->source);
    alternative_parse(get_text(object, "alternative"), &outcome->alternative);
    outcome->cause = g_strdup(get_text(object, "cause"));
    outcome->cause_further = g_strdup(get_text(object, "cause_further"));
    outcome->words = g_strdup(get_text(object, "words"));
    outcome->note = g_strdup(get_text(object, "note"));
    outcome->notice = (int)get_number(object, "notice_hours", -1);
    outcome->alternative_taken = (int)get_number(object, "alternative_taken", -1);
}

static Visit *read_made(JsonObject *object)
{
    Visit *visit = visit_new();
    const char *date = get_text(object, "date"), *start = get_text(object, "start");
    visit->id = get_number(object, "id", 0);
    visit->date = date != NULL ? date_parse(date) : DATE_NONE;
    visit->start = start != NULL ? time_parse(start) : -1;
    visit->minutes = (int)get_number(object, "minutes", 0);
    visit->staff_id = get_number(object, "staff_id", 0);
    visit_mode_parse(get_text(object, "form"), &visit->mode);
    return visit;
}

VisitState *visit_state_read(const char *json, GError **error)
{
    g_autoptr(JsonNode) root = json_from_string(json, NULL);
    if (root == NULL || !JSON_NODE_HOLDS_OBJECT(root)) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CORRUPT,
                            _("An earlier state of the visit cannot be read. Run dagsform check."));
        return NULL;
    }
    JsonObject *object = json_node_get_object(root);
    VisitState *state = g_new0(VisitState, 1);
    state->made = g_ptr_array_new_with_free_func((GDestroyNotify)visit_free);
    read_outcome(object, &state->outcome);
    state->new_visit_id = get_number(object, "new_visit_id", 0);
    state->recorded_ms = get_number(object, "recorded_ms", 0);
    state->recorded_by = get_number(object, "recorded_by", 0);
    state->absence_id = get_number(object, "absence_id", 0);
    state->end.undone = g_strcmp0(get_text(object, "ended"), "undo") == 0;
    state->end.redone = g_strcmp0(get_text(object, "ended"), "redo") == 0;
    state->end.restored = get_number(object, "restored", 0);
    JsonNode *made = json_object_get_member(object, "made");
    JsonArray *array =
        made != NULL && JSON_NODE_HOLDS_ARRAY(made) ? json_node_get_array(made) : NULL;
    for (guint i = 0; array != NULL && i < json_array_get_length(array); i++) {
        JsonNode *element = json_array_get_element(array, i);
        if (JSON_NODE_HOLDS_OBJECT(element))
            g_ptr_array_add(state->made, read_made(json_node_get_object(element)));
    }
    return state;
}
