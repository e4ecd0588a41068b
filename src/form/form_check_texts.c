/* form_check_texts.c: what a form says that is no fault, and may not be meant: warnings. */
#include "form/form_check_private.h"

#include "base/i18n.h"
#include "form/form_private.h"

#include <string.h>

/* --- mappings --- */

/* What an answer can be carried into (care/completion/completion.h, care/unit/cause.h). Another
 * name is no fault: a unit may keep its own for the files it writes. */
static const char *const MAPPED[] = {
    "action.due_on",
    "action.principal",
    "action.what",
    "action.who",
    "caller.name",
    "caller.phone",
    "caller.who",
    "client.address",
    "client.birth_date",
    "client.case_officer_id",
    "client.contact",
    "client.email",
    "client.id_kind",
    "client.id_number",
    "client.interpreter",
    "client.language",
    "client.name",
    "client.named_staff",
    "client.phone",
    "client.protection",
    "client.sex",
    "client.support_worker_id",
    "consent.actors",
    "consent.ends_on",
    "consent.exceptions",
    "consent.form",
    "consent.given",
    "consent.given_by",
    "consent.given_on",
    "consent.purpose",
    "consent.scope",
    "consent.withdrawn_on",
    "decision.asked_for",
    "decision.decided_by",
    "decision.decided_on",
    "decision.due_on",
    "decision.hours",
    "decision.inquiry_due_on",
    "decision.kind",
    "decision.law",
    "decision.outcome",
    "decision.purpose",
    "decision.received_on",
    "decision.support",
    "decision.valid_from",
    "decision.valid_to",
    "plan.hard",
    "plan.then",
    "series.form",
    "series.minutes",
    "series.rrule",
    "series.start",
    "series.starts_on",
    "series.weekdays",
    "sip.called_on",
    "sip.child",
    "sip.closed_on",
    "sip.consent_holds",
    "sip.guardians",
    "sip.meeting_on",
    "sip.needed_on",
    "sip.who_consents",
    "task.call-back",
    "task.contact",
    "task.due_time",
    "task.follow-up",
    "task.mandate",
    "task.mandate_of",
    "task.note",
    "task.protection",
    "task.relatives",
    "task.sip",
    "task.soon",
    "visit.alternative",
    "visit.alternative_taken",
    "visit.cancelled_by",
    "visit.cause",
    "visit.cause_further",
    "visit.cause_source",
    "visit.new_visit_id",
    "visit.notice_hours",
    "visit.outcome",
    "visit.told_by",
    "visit.words",
    NULL,
};

void form_check_mapping(FormCheck *check, const FormItem *item)
{
    if (item->maps_to == NULL || check->warnings == NULL || g_strv_contains(MAPPED, item->maps_to))
        return;
    g_ptr_array_add(check->warnings,
                    g_strdup_printf(_("%s, line %d: The program carries nothing into “%s”, so the "
                                      "answer to “%s” stays in the form alone. Correct “mapsTo”, "
                                      "or remove it."),
                                    check->file, item->line, item->maps_to, item->link_id));
}

/* --- translations --- */

static void check_translated(FormCheck *check, int line, const char *text)
{
    const char *language = i18n_language();
    if (g_str_equal(language, "sv"))
        return;
    if (form_text_in(text, language) != text || !g_hash_table_add(check->told, (gpointer)text))
        return;
    g_ptr_array_add(check->warnings,
                    g_strdup_printf(_("%s, line %d: “%s” has no translation into the language "
                                      "“%s”; it is shown in Swedish."),
                                    check->file, line, text, language));
}

/* A brace that form_fill() leaves as it is was meant as a fill that does not exist. */
static void check_fills(FormCheck *check, int line, const char *text)
{
    for (const char *at = strchr(text, '{'); at != NULL; at = strchr(at + 1, '{')) {
        gsize length = strcspn(at + 1, "{}") + 2;
        if (at[length - 1] != '}' || form_fill_length(at) > 0)
            continue;
        g_autofree char *fill = g_strndup(at, length);
        g_ptr_array_add(check->warnings,
                        g_strdup_printf(_("%s, line %d: “%s” is not filled in by the program and "
                                          "is shown as it stands. Correct it, or remove it."),
                                        check->file, line, fill));
    }
}

void form_check_text(FormCheck *check, int line, const char *text)
{
    if (text == NULL || check->warnings == NULL)
        return;
    check_translated(check, line, text);
    check_fills(check, line, text);
}
