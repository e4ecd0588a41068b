/* completion_mapping.c: the answers of a response by what they map to. Pure. */
#include "care/completion/completion_mapping_private.h"

#include <string.h>

#include "base/i18n.h"

#define CONTACT "client.contact"

static void mapped_answer_free(gpointer data)
{
    MappedAnswer *answer = data;
    g_free(answer->instance);
    g_free(answer->value);
    g_free(answer);
}

/* What forms asked before they said what it was about: those are still open in their old wording.
 */
static const struct {
    const char *form, *link_id, *to;
} BEFORE[] = {
    {"aktualisering", "inkom-vem", "caller.who"},
    {"aktualisering", "inkom-namn", "caller.name"},
    {"aktualisering", "inkom-telefon", "caller.phone"},
    {"aktualisering", "aterkoppling-till", "task.contact"},
    {"aktualisering", "forhands-resultat", "decision.outcome"},
    {"aktualisering", "sip-behovs", "task.sip"},
    {"aktualisering", "saker-skyddsbedomning", "task.protection"},
    {"aktualisering", "foretradare-namn", "task.mandate_of"},
    {"aktualisering", "foretradare-till", "task.mandate"},
    {"sip", "mote-dag", "sip.meeting_on"},
    {"sip", "behov-dag", "sip.needed_on"},
    {"sip", "kallad-skickad", "sip.called_on"},
    {"sip", "samtycke-galler", "sip.consent_holds"},
    {"sip", "samtycke-vardnadshavare", "sip.guardians"},
    {"sip", "avslut-dag", "sip.closed_on"},
    {"handlingsplan-tva-fragor", "svart", "plan.hard"},
    {"handlingsplan-tva-fragor", "da", "plan.then"},
};

const char *mapping_target(const Form *form, const FormItem *item)
{
    for (gsize i = 0; item->maps_to == NULL && i < G_N_ELEMENTS(BEFORE); i++)
        if (strcmp(item->link_id, BEFORE[i].link_id) == 0 &&
            strcmp(form->name, BEFORE[i].form) == 0)
            return BEFORE[i].to;
    return item->maps_to;
}

static void add_answer(Mapping *mapping, const FlowStep *step, const char *to, const Answer *given)
{
    MappedAnswer *answer = g_new0(MappedAnswer, 1);
    answer->item = step->item;
    answer->to = to;
    answer->instance = g_strdup(step->instance);
    answer->number = step->number;
    answer->kind = given != NULL ? given->kind : ANSWER_NONE;
    if (answer->kind == ANSWER_VALUE)
        answer->value = g_strdup(given->value);
    answer->reasoned = given != NULL && given->reason != NULL;
    g_ptr_array_add(mapping->answers, answer);
}

/* --- contacts --------------------------------------------------------------------------------- */

static gboolean lies_in(const FormItem *item, const FormItem *group)
{
    for (; item != NULL; item = item->parent)
        if (item == group)
            return TRUE;
    return FALSE;
}

/* Names, numbers and who somebody is stand for themselves; a date or a choice needs its question:
 * "Anna Berg, syskon, 070-174 06 12; När får vi kontakta den närstående? Bara i nödläge". */
static gboolean stands_for_itself(const FormItem *item)
{
    return item->type == ITEM_STRING || item->type == ITEM_TEXT || item->type == ITEM_OPEN_CHOICE;
}

static void append_contact(GString *line, const FormItem *item, const Answer *answer)
{
    g_autofree char *text = flow_value_text(item, answer, RECORD_LANGUAGE);
    g_strdelimit(text, "\n", ' ');
    g_strstrip(text);
    if (*text == '\0')
        return;
    if (item->type == ITEM_OPEN_CHOICE) {
        g_autofree char *first = g_utf8_substring(text, 0, 1);
        g_autofree char *small = g_utf8_strdown(first, -1);
        g_autofree char *rest = g_strdup(text + strlen(first));
        g_free(text);
        text = g_strconcat(small, rest, NULL);
    }
    if (stands_for_itself(item))
        g_string_append_printf(line, "%s%s", line->len > 0 ? ", " : "", text);
    else
        g_string_append_printf(line, "%s%s %s", line->len > 0 ? "; " : "",
                               form_text_in(item->text, RECORD_LANGUAGE), text);
}

/* The line of the repetition whose head is step `head`. */
static void add_contact(Mapping *mapping, const Flow *flow, const Answers *answers, int head)
{
    const FormItem *group = flow_step(flow, head)->item;
    g_autoptr(GString) line = g_string_new(NULL);
    for (int i = head + 1; i < flow_count(flow); i++) {
        const FlowStep *step = flow_step(flow, i);
        if (step->item == group || !lies_in(step->item, group))
            break;
        const Answer *answer = answers_get(answers, step->item->link_id, step->instance);
        if (step->number > 0 && answer != NULL && answer->kind == ANSWER_VALUE)
            append_contact(line, step->item, answer);
    }
    if (line->len == 0)
        return;
    const char *heading = form_text_in(group->text, RECORD_LANGUAGE);
    g_ptr_array_add(mapping->contacts, heading != NULL
                                           ? g_strdup_printf("%s: %s", heading, line->str)
                                           : g_strdup(line->str));
}

/* --- the mapping ------------------------------------------------------------------------------ */

static void copy_answer(const Answer *answer, gpointer data)
{
    answers_set(data, answer->link_id, answer->instance, answer->kind, answer->value);
    answers_set_reason(data, answer->link_id, answer->instance, answer->reason);
}

/* What the form asks about at all, also where it does not apply this time. */
static gboolean asks_for_case_work(const GPtrArray *items)
{
    for (guint i = 0; items != NULL && i < items->len; i++) {
        const FormItem *item = g_ptr_array_index(items, i);
        if (item->maps_to != NULL && (g_str_has_prefix(item->maps_to, "consent.") ||
                                      g_str_has_prefix(item->maps_to, "decision.")))
            return TRUE;
        if (asks_for_case_work(item->items))
            return TRUE;
    }
    return FALSE;
}

Mapping *mapping_new(const Form *form, const Answers *answers, Date today)
{
    Mapping *mapping = g_new0(Mapping, 1);
    mapping->form = form;
    mapping->today = today;
    mapping->answers = g_ptr_array_new_with_free_func(mapped_answer_free);
    mapping->contacts = g_ptr_array_new_with_free_func(g_free);
    mapping->case_work = asks_for_case_work(form->items);
    /* The flow begins repetitions in its answers, so it gets its own. */
    g_autoptr(Answers) copy = answers_new();
    answers_foreach(answers, copy_answer, copy);
    g_autoptr(Flow) flow = flow_new(form, copy, today);
    for (int i = 0; i < flow_count(flow); i++) {
        const FlowStep *step = flow_step(flow, i);
        const char *to = mapping_target(form, step->item);
        if (to == NULL)
            continue;
        if (step->number > 0)
            add_answer(mapping, step, to, answers_get(copy, step->item->link_id, step->instance));
        else if (step->item->type == ITEM_GROUP && strcmp(to, CONTACT) == 0)
            add_contact(mapping, flow, copy, i);
    }
    return mapping;
}

void mapping_free(Mapping *mapping)
{
    if (mapping == NULL)
        return;
    g_ptr_array_unref(mapping->answers);
    g_ptr_array_unref(mapping->contacts);
    g_free(mapping);
}

gboolean mapped_to(const MappedAnswer *answer, const char *to)
{
    return strcmp(answer->to, to) == 0;
}

/* How much an answer says: "vet ej" more than nothing, a value more than that. */
static int weight(const MappedAnswer *answer)
{
    return answer->kind == ANSWER_VALUE ? 2 : answer->kind != ANSWER_NONE;
}

const MappedAnswer *mapping_find(const Mapping *mapping, const char *to)
{
    const MappedAnswer *found = NULL;
    for (guint i = 0; i < mapping->answers->len; i++) {
        const MappedAnswer *answer = g_ptr_array_index(mapping->answers, i);
        if (mapped_to(answer, to) && (found == NULL || weight(answer) >= weight(found)))
            found = answer;
    }
    return found;
}

const char *mapped_text(const MappedAnswer *answer)
{
    if (answer == NULL || answer->kind != ANSWER_VALUE || answer->value == NULL)
        return NULL;
    gboolean own = answer->item->type == ITEM_OPEN_CHOICE && answer->value[0] == '=';
    return answer->value + own;
}

gboolean mapping_contact_only(const Mapping *mapping)
{
    const char *kind = mapping_text(mapping, "decision.kind");
    if (g_strcmp0(kind, "advice") != 0 && g_strcmp0(kind, "referred") != 0)
        return FALSE;
    for (guint i = 0; i < mapping->answers->len; i++) {
        const MappedAnswer *answer = g_ptr_array_index(mapping->answers, i);
        if (g_str_has_prefix(answer->to, "series.") && mapped_text(answer) != NULL)
            return FALSE;
    }
    return TRUE;
}

Date mapping_mandate_of(const MappedAnswer *answer)
{
    return mapped_to(answer, "task.mandate") && mapped_text(answer) != NULL
               ? date_parse(mapped_text(answer))
               : DATE_NONE;
}

Date mapping_mandate(const Mapping *mapping)
{
    Date found = DATE_NONE;
    for (guint i = 0; i < mapping->answers->len; i++) {
        const Date ends = mapping_mandate_of(g_ptr_array_index(mapping->answers, i));
        const gboolean sooner = ends >= mapping->today && (found < mapping->today || ends < found);
        if (ends != DATE_NONE && (sooner || (found < mapping->today && ends > found)))
            found = ends;
    }
    return found;
}

char *mapped_shown(const MappedAnswer *answer)
{
    if (mapped_text(answer) == NULL)
        return NULL;
    const Answer given = {.link_id = answer->item->link_id,
                          .instance = answer->instance,
                          .kind = answer->kind,
                          .value = answer->value};
    return flow_value_text(answer->item, &given, RECORD_LANGUAGE);
}

const char *mapping_text(const Mapping *mapping, const char *to)
{
    return mapped_text(mapping_find(mapping, to));
}

Date mapping_date(const Mapping *mapping, const char *to)
{
    const char *text = mapping_text(mapping, to);
    return text != NULL ? date_parse(text) : DATE_NONE;
}

gboolean mapping_fault(const MappedAnswer *answer, const char *sentence, GError **error)
{
    const char *question = form_text(answer->item->text);
    g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                /* Translators: number and text of a question, then what to do about its answer. */
                _("Question %d, “%s”: %s"), answer->number, question != NULL ? question : "",
                sentence);
    return FALSE;
}
