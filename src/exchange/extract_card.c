/* extract_card.c: what an extract says of the person: card, consents, decisions, groups, tasks, and
 * how often it has been opened. */
#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/care_order.h"
#include "care/client/client_event.h"
#include "care/client/client_merge.h"
#include "care/client/client_words.h"
#include "care/client/closing.h"
#include "care/client/contact_note.h"
#include "care/client/decision_version.h"
#include "care/client/dispute.h"
#include "care/client/group.h"
#include "care/client/implementation_rows.h"
#include "care/client/plan.h"
#include "care/client/quote.h"
#include "care/client/retention.h"
#include "care/client/risk_note.h"
#include "care/laptop/laptop_proposal.h"
#include "care/placement/placement.h"
#include "care/response/respondent.h"
#include "care/task/task.h"
#include "care/unit/staff.h"
#include "care/visit/absence.h"
#include "exchange/extract_private.h"

static void add_staff(Extract *extract, ExtractEntry *entry, const char *code, const char *label,
                      gint64 id)
{
    g_autoptr(Staff) staff = id != 0 ? staff_get(extract->session, id, NULL) : NULL;
    extract_field(entry, code, label, staff != NULL ? staff->name : NULL);
}

static void add_moment(ExtractEntry *entry, const char *code, const char *label, gint64 ms)
{
    g_autofree char *text = ms != 0 ? clock_text(ms) : NULL;
    extract_field(entry, code, label, text);
}

/* What a card says, of those fields in which it says something. */
static void add_said(Extract *extract, ExtractEntry *entry, const Client *client)
{
    g_autofree char *language = client_words_language(client);
    extract_field(entry, "name", _("Name"), client->name);
    extract_field(entry, "id-number", _("Identity number"), client->id_number);
    extract_date(entry, "birth-date", _("Birth date"), client->birth_date);
    if (client->sex != SEX_UNKNOWN)
        extract_field(entry, "sex", _("Sex"), sex_name(client->sex));
    extract_field(entry, "client-number", _("Client number"), client->number);
    extract_field(entry, "phone", _("Telephone"), client->phone);
    extract_field(entry, "email", _("E-mail"), client->email);
    extract_field(entry, "address", _("Address"), client->address);
    extract_field(entry, "language", _("Language"), language);
    extract_date(entry, "mandate-to", C_("client", "Mandate ends"), client->mandate_to);
    add_staff(extract, entry, "support-worker", _("Support worker"), client->support_worker_id);
    add_staff(extract, entry, "case-officer", _("Case officer"), client->case_officer_id);
    if (extract->others)
        extract_words(entry, "contact", C_("client", "Contacts"), client->contact);
    else if (client->contact != NULL)
        extract->result->left_out++;
}

static void add_card(Extract *extract, ExtractEntry *entry, const Client *client)
{
    add_said(extract, entry, client);
    if (client->sex == SEX_UNKNOWN)
        extract_field(entry, "sex", _("Sex"), sex_name(client->sex));
    extract_field(entry, "protection", _("Protected identity"),
                  protection_name(client->protection));
    extract_field(entry, "active", _("Still comes here"),
                  client->active ? C_("answer", "yes") : C_("answer", "no"));
}

static void gather_person(Extract *extract)
{
    const Client *client = extract->client;
    add_card(extract, extract_entry(extract_part(extract, "card", _("The card")), client->name),
             client);
}

/* What this card said before, in its own words. */
static void add_replaced(Extract *extract, ExtractPart *part, const ClientMerge *merge)
{
    g_autoptr(Client) before = client_new();
    if (merge->replaced->len == 0)
        return;
    for (guint i = 0; i < merge->replaced->len; i++) {
        const MergeReplaced *replaced = &g_array_index(merge->replaced, MergeReplaced, i);
        client_merge_set_value(before, replaced->field, replaced->before);
    }
    add_said(extract, extract_entry(part, _("What this card said before that")), before);
}

static gboolean gather_merged(Extract *extract, GError **error)
{
    g_autoptr(GPtrArray) merges = client_merges(extract->session, extract->client->id, error);
    if (merges == NULL)
        return FALSE;
    if (merges->len == 0)
        return TRUE;
    ExtractPart *part =
        extract_part(extract, "merged", _("Other cards that were merged into this one"));
    for (guint i = 0; i < merges->len; i++) {
        const ClientMerge *merge = merges->pdata[i];
        ExtractEntry *entry = extract_entry(part, merge->closed->name);
        add_card(extract, entry, merge->closed);
        add_moment(entry, "merged", _("Merged"), merge->merged_ms);
        add_replaced(extract, part, merge);
    }
    return TRUE;
}

static gboolean gather_plan(Extract *extract, GError **error)
{
    GError *fault = NULL;
    g_autoptr(Plan) plan = plan_of_client(extract->session, extract->client->id, &fault);
    if (fault != NULL) {
        g_propagate_error(error, fault);
        return FALSE;
    }
    if (plan == NULL)
        return TRUE;
    ExtractEntry *entry =
        extract_entry(extract_part(extract, "plan", _("Agreed for a hard day")), "");
    extract_words(entry, "hard", _("Usually hard"), plan->hard);
    extract_words(entry, "then", _("Agreed to do then"), plan->then);
    return TRUE;
}

static gboolean gather_consents(Extract *extract, GError **error)
{
    g_autoptr(GPtrArray) consents = consent_of_client(extract->session, extract->client->id, error);
    if (consents == NULL)
        return FALSE;
    ExtractPart *part = extract_part(extract, "consents", _("Consents"));
    for (guint i = 0; i < consents->len; i++) {
        const Consent *consent = consents->pdata[i];
        g_autofree char *state = client_words_consent(consent);
        ExtractEntry *entry = extract_entry(part, state);
        extract_field(entry, "given", _("Given"),
                      consent->given ? C_("answer", "yes") : C_("answer", "no"));
        extract_words(entry, "actors", _("With whom"), consent->actors);
        extract_words(entry, "scope", _("What"), consent->scope);
        extract_words(entry, "purpose", _("For what"), consent->purpose);
        extract_words(entry, "exceptions", _("But not"), consent->exceptions);
        extract_date(entry, "given-on", _("Given on"), consent->given_on);
        extract_date(entry, "ends-on", _("Ends on"), consent->ends_on);
        extract_date(entry, "withdrawn-on", _("Withdrawn on"), consent->withdrawn_on);
    }
    return TRUE;
}

static gboolean gather_risks(Extract *extract, GError **error)
{
    g_autoptr(GPtrArray) notes = risk_note_all(extract->session, extract->client->id, error);
    if (notes == NULL)
        return FALSE;
    ExtractPart *part = notes->len > 0 ? extract_part(extract, "risks", _("Notes on risk")) : NULL;
    for (guint i = 0; i < notes->len; i++) {
        const RiskNote *note = notes->pdata[i];
        g_autofree char *when = clock_text(note->created_ms);
        extract_words(extract_entry(part, when), "words", _("Note"), note->words);
    }
    return TRUE;
}

static gboolean gather_decisions(Extract *extract, GError **error)
{
    g_autoptr(GPtrArray) decisions =
        decision_of_client(extract->session, extract->client->id, error);
    if (decisions == NULL)
        return FALSE;
    ExtractPart *part = extract_part(extract, "decisions", _("Decisions"));
    for (guint i = 0; i < decisions->len; i++) {
        const Decision *decision = decisions->pdata[i];
        ExtractEntry *entry = extract_entry(part, client_words_decision_about(decision));
        extract_field(entry, "kind", _("Kind"), decision_kind_name(decision->kind));
        extract_field(entry, "law", _("Law"), decision_law_name(decision->law));
        extract_words(entry, "asked-for", _("Asked for"), decision->asked_for);
        extract_field(entry, "support", _("Support"), decision_support_name(decision->support));
        extract_words(entry, "purpose", _("For what"), decision->purpose);
        extract_field(entry, "hours", _("Hours"), decision->hours);
        extract_date(entry, "received-on", _("Received on"), decision->received_on);
        extract_date(entry, "decided-on", _("Decided on"), decision->decided_on);
        extract_field(entry, "decided-by", _("Decided by"), decision->decided_by);
        extract_date(entry, "valid-from", _("Valid from"), decision->valid_from);
        extract_date(entry, "valid-to", _("Valid to"), decision->valid_to);
        if (decision->month_minutes > 0) {
            g_autofree char *month = g_strdup_printf(_("%d min"), decision->month_minutes);
            extract_field(entry, "month", _("Granted a month"), month);
        }
        extract_field(entry, "section", _("Section"), decision->section);
        extract_words(entry, "reasons", _("Reasons"), decision->reasons);
        extract_field(entry, "delegation", _("Delegation"), decision->delegation);
        g_autofree char *corrected = NULL;
        if (!decision_corrected(extract->session, decision, &corrected, error))
            return FALSE;
        extract_words(entry, "earlier", C_("decision", "Corrections"), corrected);
        extract_disputed(extract, entry, DISPUTE_DECISION, decision->id, NULL);
    }
    return TRUE;
}

static gboolean gather_quotes(Extract *extract, GError **error)
{
    g_autoptr(GPtrArray) quotes = quote_of_client(extract->session, extract->client->id, error);
    if (quotes == NULL)
        return FALSE;
    ExtractPart *part = extract_part(extract, "quotes", _("Quotes for the meeting"));
    for (guint i = 0; i < quotes->len; i++) {
        const Quote *quote = quotes->pdata[i];
        g_autofree char *state = client_words_quote(quote);
        ExtractEntry *entry = extract_entry(part, state);
        extract_words(entry, "words", C_("quote", "Words"), quote->words);
        extract_date(entry, "said-on", C_("quote", "Said"), quote->said_on);
        extract_date(entry, "allowed-on", C_("quote", "Allowed"), quote->allowed_on);
        extract_date(entry, "withdrawn-on", C_("quote", "Taken back"), quote->withdrawn_on);
    }
    return TRUE;
}

static gboolean gather_journal(Extract *extract, GError **error)
{
    g_autoptr(GPtrArray) notes =
        contact_note_of_client(extract->session, extract->client->id, error);
    if (notes == NULL)
        return FALSE;
    ExtractPart *part = extract_part(extract, "journal", _("Journal"));
    for (guint i = 0; i < notes->len; i++) {
        const ContactNote *note = notes->pdata[i];
        char time[TIME_SIZE];
        g_autofree char *title = contact_note_title(note);
        ExtractEntry *entry = extract_entry(part, title);
        extract_date(entry, "day", C_("contact", "Day"), note->day);
        extract_field(entry, "time", C_("contact", "Time"), time_format(note->time, time));
        extract_field(entry, "with", C_("contact", "With"), note->party);
        extract_field(entry, "note", C_("contact", "Note"), note->note);
        extract_words(entry, "words", _("Own words"), note->words);
        if (note->replaced_id != 0)
            extract_field(entry, "state", _("State"), _("corrected since"));
        extract_disputed(extract, entry, DISPUTE_NOTE, note->id, NULL);
    }
    return TRUE;
}

static gboolean gather_absences(Extract *extract, GError **error)
{
    g_autoptr(GPtrArray) absences = absence_of_client(extract->session, extract->client->id, error);
    if (absences == NULL)
        return FALSE;
    ExtractPart *part = extract_part(extract, "absences", _("Away"));
    for (guint i = 0; i < absences->len; i++) {
        const Absence *absence = absences->pdata[i];
        ExtractEntry *entry = extract_entry(part, away_cause_name(absence->cause));
        extract_date(entry, "from", _("From"), absence->from);
        extract_date(entry, "to", _("To"), absence->to);
        extract_words(entry, "words", _("Note"), absence->words);
        if (absence->withdrawn)
            extract_field(entry, "state", _("State"), _("taken away again"));
    }
    return TRUE;
}

static gboolean gather_orders(Extract *extract, GError **error)
{
    g_autoptr(GPtrArray) orders =
        care_order_of_client(extract->session, extract->client->id, error);
    if (orders == NULL)
        return FALSE;
    ExtractPart *part = extract_part(extract, "orders", _("Orders"));
    for (guint i = 0; i < orders->len; i++) {
        const CareOrder *order = orders->pdata[i];
        ExtractEntry *entry = extract_entry(part, order->provider);
        extract_words(entry, "provider", C_("order", "Who carries it out"), order->provider);
        extract_date(entry, "ordered-on", C_("order", "Ordered"), order->ordered);
        extract_date(entry, "sent-on", C_("order", "Sent"), order->sent);
        extract_words(entry, "aims", C_("order", "Aims"), order->aims);
        extract_words(entry, "words", C_("order", "Need to know"), order->words);
        extract_words(entry, "contact", C_("order", "Contact"), order->contact);
        extract_words(entry, "phone", C_("order", "Telephone"), order->phone);
    }
    return TRUE;
}

static gboolean gather_implementations(Extract *extract, GError **error)
{
    g_autoptr(GPtrArray) plans =
        implementation_of_client(extract->session, extract->client->id, error);
    if (plans == NULL)
        return FALSE;
    ExtractPart *part = extract_part(extract, "implementation-plans", _("Implementation plans"));
    for (guint i = 0; i < plans->len; i++) {
        const Implementation *plan = plans->pdata[i];
        g_autofree char *state = implementation_words(plan);
        ExtractEntry *entry = extract_entry(part, state);
        extract_date(entry, "due-on", C_("implementation", "Due"), plan->due);
        extract_date(entry, "came-on", C_("implementation", "Came"), plan->arrived);
        extract_field(entry, "part", C_("implementation", "Had part in it"),
                      implementation_part_name(plan->part));
        extract_field(entry, "whose-word", C_("implementation", "Whose word"),
                      implementation_rows_source(plan->source));
        extract_words(entry, "words", C_("implementation", "In words"), plan->words);
        extract_date(entry, "followed-up-on", C_("implementation", "Followed up"), plan->follow_up);
        extract_date(entry, "told-late-on", C_("implementation", "Told late"), plan->letter);
    }
    return TRUE;
}

static gboolean gather_closings(Extract *extract, GError **error)
{
    g_autoptr(GPtrArray) closings = closing_of_client(extract->session, extract->client->id, error);
    if (closings == NULL)
        return FALSE;
    ExtractPart *part = extract_part(extract, "closings", _("The help ends"));
    for (guint i = 0; i < closings->len; i++) {
        const Closing *closing = closings->pdata[i];
        ExtractEntry *entry = extract_entry(part, closing_reason_name(closing->reason));
        extract_date(entry, "last_day", C_("closing", "Last day"), closing->last_day);
        extract_field(entry, "then", C_("closing", "Then"), closing_follows_name(closing->follows));
        extract_date(entry, "asked", C_("closing", "Asked how it has gone"),
                     closing->months > 0 ? date_add_months(closing->last_day, closing->months)
                                         : DATE_NONE);
        extract_words(entry, "words", _("Note"), closing->words);
        extract_date(entry, "again", _("Comes here again since"), closing->reopened);
    }
    return TRUE;
}

static void gather_disputes(Extract *extract)
{
    const GPtrArray *disputes = extract->disputes;
    ExtractPart *part = extract_part(extract, "disputes", _("What you have said is wrong"));
    for (guint i = 0; i < disputes->len; i++) {
        const Dispute *dispute = disputes->pdata[i];
        ExtractEntry *entry = extract_entry(part, dispute->entry);
        extract_words(entry, "words", C_("dispute", "Words"), dispute->words);
        extract_date(entry, "said-on", C_("quote", "Said"), dispute->said_on);
        extract_field(entry, "taken-by", _("Noted by"), dispute->taken_by);
        extract_field(entry, "outcome", _("What came of it"),
                      dispute_outcome_name(dispute->outcome));
        extract_words(entry, "reason", _("Reason"), dispute->reason);
        extract_field(entry, "settled-by", _("Answered by"), dispute->settled_by);
        add_moment(entry, "settled", _("Answered on"), dispute->settled_ms);
    }
}

/* What came from a laptop beside what stood: kept until somebody chose, and after. */
static gboolean gather_proposals(Extract *extract, GError **error)
{
    g_autoptr(GPtrArray) all =
        proposal_of_client(extract->session, extract->client->id, error);
    if (all == NULL)
        return FALSE;
    ExtractPart *part = extract_part(extract, "laptop", _("Recorded on a laptop and kept beside"));
    for (guint i = 0; i < all->len; i++) {
        const Proposal *proposal = all->pdata[i];
        g_autofree char *title = proposal_words(extract->session, proposal);
        g_autoptr(GPtrArray) rows = proposal_rows(extract->session, proposal, error);
        if (rows == NULL)
            return FALSE;
        ExtractEntry *entry = extract_entry(part, title);
        for (guint j = 0; j < rows->len; j++) {
            const ProposalRow *row = rows->pdata[j];
            extract_words(entry, row->code, row->label, row->laptop);
        }
        extract_field(entry, "state", _("What came of it"), proposal_state_name(proposal->state));
        add_moment(entry, "recorded", _("Recorded"), proposal->at_ms);
    }
    return TRUE;
}

static gboolean gather_groups(Extract *extract, GError **error)
{
    g_autoptr(GPtrArray) groups = group_list(extract->session, error);
    if (groups == NULL)
        return FALSE;
    ExtractPart *part = extract_part(extract, "groups", _("Groups"));
    for (guint i = 0; i < groups->len; i++) {
        const Group *group = groups->pdata[i];
        g_autoptr(GPtrArray) members = group_members(extract->session, group->id, NULL, error);
        if (members == NULL)
            return FALSE;
        for (guint j = 0; j < members->len; j++) {
            const GroupMember *member = members->pdata[j];
            if (member->client_id != extract->client->id)
                continue;
            ExtractEntry *entry = extract_entry(part, group->name);
            extract_date(entry, "from", _("From"), member->from);
            extract_date(entry, "to", _("To"), member->to);
        }
    }
    return TRUE;
}

static gboolean gather_tasks(Extract *extract, GError **error)
{
    g_autoptr(GPtrArray) tasks = task_of_client(extract->session, extract->client->id, error);
    if (tasks == NULL)
        return FALSE;
    ExtractPart *part = extract_part(extract, "tasks", _("To do"));
    for (guint i = 0; i < tasks->len; i++) {
        const Task *task = tasks->pdata[i];
        ExtractEntry *entry = extract_entry(part, task_kind_name(task->kind));
        extract_date(entry, "due-date", _("Due"), task->due_date);
        extract_field(entry, "staff", _("Staff"), task->staff_name);
        extract_words(entry, "note", _("Note"), task->note);
        add_moment(entry, "done", _("Done"), task->done_ms);
        if (extract->others) {
            extract_field(entry, "contact", _("Whom to call"), task->contact);
            extract_field(entry, "contact-phone", _("Telephone"), task->contact_phone);
        } else if (task->contact != NULL)
            extract->result->left_out++;
    }
    return TRUE;
}

static gboolean gather_placements(Extract *extract, GError **error)
{
    g_autoptr(GPtrArray) placements =
        placement_of_client(extract->session, extract->client->id, error);
    if (placements == NULL)
        return FALSE;
    ExtractPart *part = extract_part(extract, "placements", _("Placements"));
    for (guint i = 0; i < placements->len; i++) {
        const Placement *placement = placements->pdata[i];
        ExtractEntry *entry = extract_entry(
            part, placement->institution_id != 0 ? placement->institution : _("not chosen yet"));
        if (placement->institution_id != 0)
            extract_field(entry, "kind", _("Kind"),
                          institution_kind_name(placement->institution_kind));
        extract_date(entry, "started-on", _("From"), placement->started_on);
        extract_date(entry, "ended-on", _("To"), placement->ended_on);
        if (placement->two_parents)
            extract_field(entry, "parents", C_("placement", "Parents"),
                          C_("placement", "Both are asked"));
        add_staff(extract, entry, "staff", _("Staff"), placement->staff_id);
    }
    return TRUE;
}

gboolean extract_gather_readings(Extract *extract, GError **error)
{
    g_autoptr(GArray) readings = client_readings(extract->session, extract->client->id, error);
    if (readings == NULL)
        return FALSE;
    ExtractPart *part =
        extract_part(extract, "readings", _("When this was read, and by which role"));
    for (guint i = 0; i < readings->len; i++) {
        const ClientReading *reading = &g_array_index(readings, ClientReading, i);
        g_autofree char *when = clock_text(reading->at_ms);
        ExtractEntry *entry = extract_entry(part, when);
        extract_field(entry, "role", _("Role"), reading->role);
        extract_field(entry, "what", _("What"), reading->what);
    }
    return TRUE;
}

static gboolean gather_kept(Extract *extract, GError **error)
{
    RetentionRow *row = NULL;
    if (!retention_kept(extract->session, extract->client->id, &row, error))
        return FALSE;
    ExtractPart *part = extract_part(extract, "kept", _("Kept though the time has passed"));
    if (row != NULL) {
        ExtractEntry *entry = extract_entry(part, "");
        extract_words(entry, "why", _("Why"), row->kept_why);
        extract_date(entry, "until", _("Asked again"), row->look_again);
        extract_field(entry, "by", _("Kept by"), row->kept_by);
    }
    retention_row_free(row);
    return TRUE;
}

gboolean extract_gather_card(Extract *extract, GError **error)
{
    gather_person(extract);
    gather_disputes(extract);
    return gather_merged(extract, error) && gather_plan(extract, error) &&
           gather_consents(extract, error) && gather_risks(extract, error) &&
           gather_decisions(extract, error) && gather_orders(extract, error) &&
           gather_implementations(extract, error) && gather_journal(extract, error) &&
           gather_absences(extract, error) && gather_closings(extract, error) &&
           gather_quotes(extract, error) && gather_proposals(extract, error) &&
           gather_groups(extract, error) &&
           gather_tasks(extract, error) && gather_placements(extract, error) &&
           gather_kept(extract, error);
}
