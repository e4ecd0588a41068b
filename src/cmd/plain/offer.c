/* offer.c: what somebody was cut off in is offered at the next start, as on the full screen. */
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/closing.h"
#include "care/client/contact_note.h"
#include "care/client/decision.h"
#include "care/client/group.h"
#include "care/improvement/cycle.h"
#include "care/improvement/improvement.h"
#include "care/placement/placement.h"
#include "care/response/response.h"
#include "care/response/response_words.h"
#include "care/task/task.h"
#include "care/unit/access.h"
#include "care/unit/cover_rows.h"
#include "care/unit/draft_rows.h"
#include "care/visit/absence.h"
#include "care/visit/visit_list.h"
#include "care/visit/visit_words.h"

/* TRUE for yes. A line that is neither yes nor no is no, and is the answer to the next question: a
 * script need not know whether something was left. */
static gboolean is_taken_up(Plain *plain, const char *question)
{
    g_autofree char *prompt = g_strdup_printf("%s %s", question, _("(yes or no)"));
    g_autofree char *line = plain_ask(plain, prompt);
    if (line == NULL)
        return FALSE;
    int answer = plain_yes_or_no(line);
    if (answer < 0 && *line != '\0')
        plain_unread(plain, line);
    return answer > 0;
}

/* TRUE when it has been gone on with. */
static gboolean offer_form(Plain *plain)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) found = access_allows(plain->session, PERMIT_WALK)
                                     ? response_unfinished(plain->session, TRUE, 1, &error)
                                     : NULL;
    plain_error(plain, error);
    const Response *response = found != NULL && found->len > 0 ? found->pdata[0] : NULL;
    if (response == NULL || !response->held)
        return FALSE;
    const char *title = response_words_title(response);
    const char *subject = response_words_subject(response);
    g_autofree char *when = clock_words(response->continued_ms);
    g_autofree char *question =
        response->at_number > 0
            ? g_strdup_printf(_("%s, %s: you were interrupted at question %d, saved %s. Go on "
                                "there now?"),
                              title, subject, response->at_number, when)
            : g_strdup_printf(_("%s, %s: you were interrupted, saved %s. Go on there now?"), title,
                              subject, when);
    gboolean yes = is_taken_up(plain, question);
    if (yes)
        plain_walk(plain, &(PlainWalk){.response_id = response->id});
    else if (!plain->ended)
        plain_say(plain, "%s", _("It waits among the forms that have been begun."));
    return yes;
}

/* --- a page that was not saved ---------------------------------------------------------------- */

static char *name_of_client(Plain *plain, gint64 id)
{
    if (id == 0)
        return g_strdup("–");
    ClientRow *row = client_glance(plain->session, id, NULL);
    char *name = row != NULL ? g_strdup(row->name) : NULL;
    client_row_free(row);
    return name;
}

static char *name_of_visit(Plain *plain, gint64 id)
{
    g_autoptr(Visit) visit = visit_get(plain->session, id, NULL);
    if (visit == NULL)
        return NULL;
    g_autofree char *when = visit_words_time(visit->date, visit->start);
    return g_strdup_printf("%s, %s", visit->client_name, when);
}

static char *name_of_placement(Plain *plain, gint64 id)
{
    g_autoptr(Placement) placement = placement_get(plain->session, id, NULL);
    return placement != NULL ? name_of_client(plain, placement->client_id) : NULL;
}

static char *name_of_improvement(Plain *plain, gint64 id)
{
    if (id == 0)
        return g_strdup("–");
    g_autoptr(Improvement) work = improvement_get(plain->session, id, NULL);
    return work != NULL ? g_strdup(work->name) : NULL;
}

static char *name_of_cycle(Plain *plain, gint64 id)
{
    g_autoptr(Cycle) cycle = cycle_get(plain->session, id, NULL);
    return cycle != NULL ? g_strdup(cycle->name) : NULL;
}

static char *name_of_note(Plain *plain, gint64 id)
{
    g_autoptr(ContactNote) note = contact_note_get(plain->session, id, NULL);
    return note != NULL ? name_of_client(plain, note->client_id) : NULL;
}

static char *name_of_nobody(Plain *plain, gint64 unused)
{
    (void)unused;
    return g_strdup(session_staff_name(plain->session));
}

static char *name_of_consent(Plain *plain, gint64 id)
{
    g_autoptr(Consent) consent = consent_get(plain->session, id, NULL);
    return consent != NULL ? name_of_client(plain, consent->client_id) : NULL;
}

static char *name_of_absence(Plain *plain, gint64 id)
{
    g_autoptr(Absence) absence = absence_get(plain->session, id, NULL);
    return absence != NULL ? name_of_client(plain, absence->client_id) : NULL;
}

static char *name_of_decision(Plain *plain, gint64 id)
{
    g_autoptr(Decision) decision = decision_get(plain->session, id, NULL);
    return decision != NULL ? name_of_client(plain, decision->client_id) : NULL;
}

static char *name_of_order(Plain *plain, gint64 id)
{
    g_autoptr(CareOrder) order = care_order_get(plain->session, id, NULL);
    return order != NULL ? name_of_client(plain, order->client_id) : NULL;
}

static char *name_of_implementation(Plain *plain, gint64 id)
{
    g_autoptr(Implementation) plan = implementation_get(plain->session, id, NULL);
    return plan != NULL ? name_of_client(plain, plan->client_id) : NULL;
}

static char *name_of_cover(Plain *plain, gint64 id)
{
    if (id == 0)
        return g_strdup("–");
    g_autoptr(Cover) cover = cover_get(plain->session, id, NULL);
    return cover != NULL ? cover_words(cover) : NULL;
}

static char *name_of_closing(Plain *plain, gint64 id)
{
    g_autoptr(Closing) closing = closing_get(plain->session, id, NULL);
    return closing != NULL ? name_of_client(plain, closing->client_id) : NULL;
}

static char *name_of_task(Plain *plain, gint64 id)
{
    g_autoptr(Task) task = task_for_me(plain->session, id, NULL);
    return task != NULL ? task_words(task) : NULL;
}

static char *name_of_group(Plain *plain, gint64 id)
{
    if (id == 0)
        return g_strdup("–");
    g_autoptr(Group) group = group_get(plain->session, id, NULL);
    return group != NULL ? g_strdup(group->name) : NULL;
}

static char *name_of_week(Plain *plain, gint64 week)
{
    (void)plain;
    char text[WEEK_SIZE];
    return g_strdup(week_format((Week)week, text));
}

static void new_placement(Plain *plain, gint64 client_id)
{
    plain_new_placement(plain, client_id);
}

static void change_placement(Plain *plain, gint64 id)
{
    plain_change_placement(plain, id);
}

static void new_client(Plain *plain, gint64 id)
{
    if (id == 0)
        plain_new_client(plain, 0);
    else
        plain_change_client(plain, id);
}

/* What a draft is about: new, NULL when it is gone or may not be opened; and how it is gone on
 * with. */
static const struct {
    const char *kind, *title; /* the title is a msgid */
    char *(*name)(Plain *plain, gint64 ref_id);
    void (*run)(Plain *plain, gint64 ref_id);
} PAGES[] = {
    {DRAFT_VISIT, N_("New visit"), name_of_client, plain_new_visit},
    {DRAFT_SERIES, N_("New series of visits"), name_of_client, plain_new_series},
    {DRAFT_NEW_TIME, N_("New time"), name_of_visit, plain_rebook},
    {DRAFT_CLIENT, N_("Client's details"), name_of_client, new_client},
    {DRAFT_NEW_PLACEMENT, N_("New placement"), name_of_client, new_placement},
    {DRAFT_PLACEMENT, N_("Placement's details"), name_of_placement, change_placement},
    {DRAFT_CONTACT, N_("Note in the journal"), name_of_client, plain_new_note},
    {DRAFT_CONTACT_CORRECTION, N_("Correction of a note in the journal"), name_of_note,
     plain_correct_note},
    {DRAFT_DECISION, N_("New decision"), name_of_client, plain_new_decision},
    {DRAFT_DECISION_CHANGE, N_("Correct the decision"), name_of_decision, plain_correct_decision},
    {DRAFT_ORDER, N_("Order"), name_of_decision, plain_new_order},
    {DRAFT_ORDER_CHANGE, N_("Order"), name_of_order, plain_change_order},
    {DRAFT_PLAN, N_("Implementation plan"), name_of_decision, plain_new_implementation},
    {DRAFT_PLAN_CHANGE, N_("Implementation plan"), name_of_implementation,
     plain_change_implementation},
    {DRAFT_CONSENT, N_("Consent"), name_of_client, plain_new_consent},
    {DRAFT_CONSENT_CHANGE, N_("Consent"), name_of_consent, plain_change_consent},
    {DRAFT_RISK, N_("Note on risk"), name_of_client, plain_risk},
    {DRAFT_SECOND, N_("Two go"), name_of_visit, plain_second},
    {DRAFT_OUT, N_("Out on a visit"), name_of_nobody, plain_out_now},
    {DRAFT_ABSENCE, N_("Away"), name_of_client, plain_new_absence},
    {DRAFT_ABSENCE_CHANGE, N_("Away"), name_of_absence, plain_change_absence},
    {DRAFT_CLOSING, N_("The help ends"), name_of_client, plain_new_closing},
    {DRAFT_CLOSING_CHANGE, N_("The help ends"), name_of_closing, plain_change_closing},
    {DRAFT_QUOTE, N_("Quote for the meeting"), name_of_client, plain_new_quote},
    {DRAFT_KEEP, N_("Keep the client"), name_of_client, plain_keep},
    {DRAFT_TASK, N_("A new task"), name_of_client, plain_new_task},
    {DRAFT_TASK_GIVE, N_("Give the task on"), name_of_task, plain_give_task},
    {DRAFT_CALL_REQUEST, N_("Call back"), name_of_client, plain_new_call},
    {DRAFT_COVER, N_("A colleague away"), name_of_cover, plain_new_cover},
    {DRAFT_COVER_CHANGE, N_("A colleague away"), name_of_cover, plain_change_cover},
    {DRAFT_IMPROVEMENT, N_("Improvement work"), name_of_improvement, plain_edit_improvement},
    {DRAFT_NEW_CYCLE, N_("Change or test"), name_of_improvement, plain_new_cycle},
    {DRAFT_CYCLE, N_("Change or test"), name_of_cycle, plain_change_cycle},
    {DRAFT_GROUP, N_("A group of clients"), name_of_group, plain_edit_group},
    {DRAFT_GROUP_MEMBERS, N_("A client in a group"), name_of_group, plain_new_member},
    {DRAFT_GROUP_MEMBER, N_("A client in a group"), name_of_client, plain_new_stay},
    {DRAFT_WEEK_NOTE, N_("Note on a week"), name_of_week, plain_week_note},
};

static gboolean asks_to_go_on(Plain *plain, const Draft *draft, const char *title, const char *name)
{
    g_autofree char *when = clock_words(draft->saved_ms);
    g_autofree char *question = g_strdup_printf(
        _("%s, %s: begun and not saved, kept %s. Go on with it now?"), title, name, when);
    return plain->goes_on = is_taken_up(plain, question);
}

/* TRUE when it has been offered. Which group it is about stands in the draft. */
static gboolean offer_member_end(Plain *plain, const Draft *draft)
{
    gint64 group_id = 0;
    g_autofree char *name = g_str_equal(draft->kind, DRAFT_GROUP_MEMBER_END)
                                ? plain_member_end(plain, draft, &group_id)
                                : NULL;
    if (name == NULL)
        return FALSE;
    if (asks_to_go_on(plain, draft, _("A client in a group"), name))
        plain_last_day(plain, group_id, draft->ref_id, name);
    plain->goes_on = FALSE;
    return TRUE;
}

/* TRUE when it has been offered. */
static gboolean offer_page(Plain *plain, const Draft *draft)
{
    for (gsize i = 0; i < G_N_ELEMENTS(PAGES); i++) {
        if (!g_str_equal(draft->kind, PAGES[i].kind))
            continue;
        g_autofree char *name = PAGES[i].name(plain, draft->ref_id);
        if (name == NULL)
            return FALSE;
        if (asks_to_go_on(plain, draft, _(PAGES[i].title), name))
            PAGES[i].run(plain, draft->ref_id);
        plain->goes_on = FALSE;
        return TRUE;
    }
    return FALSE;
}

/* --- a cancellation --------------------------------------------------------------------------- */

/* TRUE when it has been offered. */
static gboolean offer_cancellation(Plain *plain, const Draft *draft)
{
    g_autoptr(Visit) visit = g_str_equal(draft->kind, DRAFT_CANCELLATION)
                                 ? visit_get(plain->session, draft->ref_id, NULL)
                                 : NULL;
    if (visit == NULL)
        return FALSE;
    char date[DATE_SIZE], time[TIME_SIZE];
    g_autofree char *when = clock_words(draft->saved_ms);
    g_autofree char *question = g_strdup_printf(
        _("%s, the visit %s %s: what came of it was begun, saved %s. Go on with it now?"),
        visit->client_name, date_format(visit->date, date), time_format(visit->start, time), when);
    if (is_taken_up(plain, question))
        plain_cancel(plain, visit->id);
    return TRUE;
}

/* The one that was begun last. */
static void offer_draft(Plain *plain)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) drafts = draft_list(plain->session, &error);
    plain_error(plain, error);
    for (guint i = 0; drafts != NULL && i < drafts->len; i++)
        if (offer_cancellation(plain, drafts->pdata[i]) ||
            offer_member_end(plain, drafts->pdata[i]) || offer_page(plain, drafts->pdata[i]))
            return;
}

void plain_offer(Plain *plain)
{
    if (!offer_form(plain) && !plain->ended)
        offer_draft(plain);
}
