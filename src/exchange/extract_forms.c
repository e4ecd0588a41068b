/* extract_forms.c: every form about the person, with its answers; and what of it names others. */
#include "base/clock.h"
#include "base/i18n.h"
#include "care/response/call.h"
#include "care/response/respondent.h"
#include "care/response/response_open.h"
#include "care/response/response_read.h"
#include "care/response/response_words.h"
#include "exchange/extract_private.h"
#include "form/flow.h"

/* --- who is named ------------------------------------------------------------------------------
 */

static void add_sources(GHashTable *names, const GPtrArray *items)
{
    for (guint i = 0; i < items->len; i++) {
        const FormItem *item = items->pdata[i];
        for (guint j = 0; j < item->candidates->len; j++)
            g_hash_table_add(names, item->candidates->pdata[j]);
        add_sources(names, item->items);
    }
}

static gboolean maps_to_another(const FormItem *item)
{
    static const char *const OTHERS[] = {"client.contact", "caller.name",  "caller.phone",
                                         "caller.who",     "task.contact", "sip.guardians"};
    for (guint i = 0; i < G_N_ELEMENTS(OTHERS); i++)
        if (g_strcmp0(item->maps_to, OTHERS[i]) == 0)
            return TRUE;
    return FALSE;
}

/* Whether a question asks who somebody else is: a name that is proposed again, or that is proposed.
 */
static gboolean names_another(GHashTable *names, const FormItem *item)
{
    return item->candidates->len > 0 || g_hash_table_contains(names, item->link_id) ||
           maps_to_another(item);
}

/* --- answers -----------------------------------------------------------------------------------
 */

typedef struct {
    Extract *extract;
    ExtractEntry *entry;
    gint64 response_id;
    GHashTable *names; /* of questions that ask who somebody else is */
} Answered;

static void add_answer(const Answered *of, const FormItem *item, const Answer *answer)
{
    Extract *extract = of->extract;
    ExtractEntry *entry = of->entry;
    if (!extract->others && names_another(of->names, item)) {
        extract->result->left_out++;
        return;
    }
    const FormFills fills = {.client = extract->client->name, .today = DATE_NONE};
    g_autofree char *question = form_fill(item->text, i18n_language(), &fills);
    g_autofree char *value = flow_value_text(item, answer, i18n_language());
    if (item->own_words)
        extract_words(entry, "answer", question, value);
    else
        extract_field(entry, "answer", question, value);
    extract_words(entry, "note", _("Note"), answer->note);
    extract_words(entry, "reason", _("Reason"), answer->reason);
    g_autofree char *key = dispute_question(answer->link_id, answer->instance);
    extract_disputed(extract, entry, DISPUTE_RESPONSE, of->response_id, key);
}

/* What has fallen away was answered all the same, and is kept. */
static void add_answers(Extract *extract, ExtractEntry *entry, gint64 response_id, const Form *form,
                        Answers *answers)
{
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    const Answered of = {extract, entry, response_id, names};
    add_sources(names, form->items);
    g_autoptr(Flow) flow = flow_new(form, answers, clock_today());
    for (int i = 0; i < flow_count(flow); i++) {
        const FlowStep *step = flow_step(flow, i);
        const Answer *answer = answers_get(answers, step->item->link_id, step->instance);
        if (answer != NULL)
            add_answer(&of, step->item, answer);
    }
    g_autoptr(GPtrArray) fallen = flow_fallen_away(flow);
    for (guint i = 0; i < fallen->len; i++) {
        const Answer *answer = fallen->pdata[i];
        add_answer(&of, form_item(form, answer->link_id), answer);
    }
}

static gboolean add_calls(Extract *extract, ExtractPart *part, const Response *response,
                          GError **error)
{
    g_autoptr(GPtrArray) calls = call_list(extract->session, response->id, error);
    for (guint i = 0; calls != NULL && i < calls->len; i++) {
        const Call *call = calls->pdata[i];
        g_autofree char *moment = clock_text(call->at_ms);
        g_autofree char *title = g_strdup_printf(_("Call %s"), moment);
        ExtractEntry *entry = extract_entry(part, title);
        extract_field(entry, "staff", _("Staff"), call->who);
        extract_field(entry, "result", _("What came of it"), call_result_name(call->result));
        extract_words(entry, "note", _("Note"), call->note);
    }
    return calls != NULL;
}

static gboolean add_response(Extract *extract, ExtractPart *part, const Response *listed,
                             GError **error)
{
    g_autoptr(Form) form = NULL;
    g_autoptr(Answers) answers = NULL;
    g_autoptr(Response) response =
        response_open(extract->session, listed->id, FALSE, FALSE, &form, &answers, error);
    if (response == NULL)
        return FALSE;
    g_autofree char *state = response_words_state(listed);
    g_autofree char *begun = clock_text(response->begun_ms);
    ExtractEntry *entry = extract_entry(part, response_words_title(listed));
    Respondent respondent;
    extract_field(entry, "state", _("State"), state);
    extract_field(entry, "begun", _("Begun on"), begun);
    extract_field(entry, "staff", _("Begun by"), response->staff_name);
    if (respondent_parse(response->respondent, &respondent))
        extract_field(entry, "respondent", _("Answered by"), respondent_name(respondent));
    extract_field(entry, "mode", _("How we meet"), response_mode_name(response->mode));
    extract_words(entry, "not-done-words", _("Own words"), response->not_done_words);
    extract_words(entry, "typed", _("Typed, and not yet an answer"), response->typed);
    extract_disputed(extract, entry, DISPUTE_RESPONSE, response->id, DISPUTE_WHOLE);
    add_answers(extract, entry, response->id, form, answers);
    return add_calls(extract, part, response, error);
}

gboolean extract_gather_forms(Extract *extract, GError **error)
{
    g_autoptr(GPtrArray) responses =
        response_of_client(extract->session, extract->client->id, error);
    if (responses == NULL)
        return FALSE;
    ExtractPart *part = extract_part(extract, "forms", _("Forms"));
    for (guint i = 0; i < responses->len; i++)
        if (!add_response(extract, part, responses->pdata[i], error))
            return FALSE;
    return TRUE;
}
