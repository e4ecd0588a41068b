/* laptop_proposal_rows.c: what stands at home and what came from the laptop, side by side. */
#include "care/laptop/laptop_proposal.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/contact_note.h"
#include "care/laptop/laptop_again.h"
#include "care/unit/away_cause.h"
#include "care/visit/outcome_words.h"
#include "care/visit/visit_deed.h"
#include "care/visit/visit_list.h"
#include "care/visit/visit_words.h"

static void row_free(gpointer data)
{
    ProposalRow *row = data;
    g_free(row->label);
    g_free(row->home);
    g_free(row->laptop);
    g_free(row);
}

/* Takes both texts over; NULL: nothing. A row with nothing on either side is left out. */
static void add(GPtrArray *rows, const char *code, const char *label, char *home, char *laptop)
{
    if ((home == NULL || *home == '\0') && (laptop == NULL || *laptop == '\0')) {
        g_free(home);
        g_free(laptop);
        return;
    }
    ProposalRow *row = g_new0(ProposalRow, 1);
    row->code = code;
    row->label = g_strdup(label);
    row->home = home != NULL ? home : g_strdup("");
    row->laptop = laptop != NULL ? laptop : g_strdup("");
    row->differs = strcmp(row->home, row->laptop) != 0;
    g_ptr_array_add(rows, row);
}

/* --- a visit ---------------------------------------------------------------------------------- */

static char *came_words(const VisitOutcome *outcome)
{
    return outcome->outcome != OUTCOME_NONE ? outcome_words(outcome)
                                            : g_strdup(_("nothing recorded"));
}

static char *time_words(const NewTime *time)
{
    return time->date != DATE_NONE ? visit_words_time(time->date, time->start) : NULL;
}

static void add_visit(Session *session, const Visit *visit, const VisitOutcome *after,
                      const VisitTimes *times, GPtrArray *rows)
{
    const VisitOutcome *now = &visit->outcome;
    add(rows, "outcome", _("Outcome"), came_words(now), came_words(after));
    add(rows, "cause", _("Cause"), outcome_words_cause(session, now),
        outcome_words_cause(session, after));
    add(rows, "words", _("Own words"), g_strdup(now->words), g_strdup(after->words));
    add(rows, "alternative", C_("visit", "Instead"), outcome_words_alternative(now, NULL),
        outcome_words_alternative(after, NULL));
    add(rows, "new-time", C_("visit", "New time"),
        visit->new_date != DATE_NONE ? visit_words_time(visit->new_date, visit->new_start) : NULL,
        time_words(&times->new_time));
    add(rows, "note", _("Note"), g_strdup(now->note), g_strdup(after->note));
}

static gboolean visit_rows_of(Session *session, const Proposal *proposal, const DeedBody *body,
                              GPtrArray *rows, GError **error)
{
    VisitOutcome after;
    const VisitTimes times = visit_deed_read_times(body);
    g_autoptr(Visit) visit =
        proposal->visit_id != 0 ? visit_get(session, proposal->visit_id, error) : visit_new();
    if (visit == NULL)
        return FALSE;
    if (strcmp(proposal->name, DEED_VISIT_REMOVE) == 0) {
        add(rows, "visit", _("Visit"), came_words(&visit->outcome), g_strdup(_("taken away")));
        return TRUE;
    }
    const gboolean read = visit_deed_read_after(body, &after, error);
    if (read)
        add_visit(session, visit, &after, &times, rows);
    visit_outcome_clear(&after);
    return read;
}

/* --- all else --------------------------------------------------------------------------------- */

static char *day_of(const DeedBody *body, const char *field)
{
    return g_strdup(deed_body_text(body, field));
}

/* Nothing stands at home beside it. */
static void add_others(const DeedBody *body, GPtrArray *rows)
{
    const Date date = deed_body_date(body, "date");
    ContactMode mode;
    AwayCause cause;
    if (date != DATE_NONE)
        add(rows, "visit", _("Visit"), NULL,
            visit_words_time(date, (int)deed_body_int(body, "start", 0)));
    if (contact_mode_parse(deed_body_text(body, "mode"), &mode))
        add(rows, "mode", C_("contact", "Way"), NULL, g_strdup(contact_mode_name(mode)));
    if (away_cause_parse(deed_body_text(body, "cause"), &cause))
        add(rows, "cause", _("Cause"), NULL, g_strdup(away_cause_name(cause)));
    add(rows, "party", C_("contact", "With"), NULL, g_strdup(deed_body_text(body, "party")));
    add(rows, "day", C_("contact", "Day"), NULL, day_of(body, "day"));
    add(rows, "due", _("Due"), NULL, day_of(body, "due"));
    add(rows, "from", _("From"), NULL, day_of(body, "from"));
    add(rows, "to", _("To"), NULL, day_of(body, "to"));
    add(rows, "note", _("Note"), NULL, g_strdup(deed_body_text(body, "note")));
    add(rows, "words", _("Own words"), NULL, g_strdup(deed_body_text(body, "words")));
    add(rows, "word", _("Note"), NULL, g_strdup(deed_body_text(body, "word")));
    add(rows, "how", _("Note"), NULL, g_strdup(deed_body_text(body, "how")));
}

GPtrArray *proposal_rows(Session *session, const Proposal *proposal, GError **error)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(row_free);
    g_autoptr(DeedBody) body = deed_body_read(proposal->body, error);
    if (body == NULL)
        return NULL;
    if (!laptop_again_is_of_visit(proposal->name))
        add_others(body, rows);
    else if (!visit_rows_of(session, proposal, body, rows, error))
        return NULL;
    return g_steal_pointer(&rows);
}

/* --- in a line -------------------------------------------------------------------------------- */

static const struct {
    const char *name, *words;
} NAMES[] = {
    {DEED_VISIT_RECORD, N_("What came of a visit")},
    {DEED_VISIT_UNDO, N_("What came of a visit")},
    {DEED_VISIT_REDO, N_("What came of a visit")},
    {DEED_VISIT_REMOVE, N_("A visit taken away")},
    {DEED_VISIT_ADD, N_("A visit planned")},
    {DEED_CONTACT_NOTE, N_("A note in the journal")},
    {DEED_TASK_ADD, N_("Something to do")},
    {DEED_TASK_GIVE, N_("Something to do")},
    {DEED_TASK_FINISH, N_("Something to do")},
    {DEED_TASK_REOPEN, N_("Something to do")},
    {DEED_TASK_POSTPONE, N_("Something to do")},
    {DEED_ABSENCE_ADD, N_("An absence")},
    {DEED_RESPONSE_BEGIN, N_("A form begun")},
};

static const char *name_words(const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(NAMES); i++)
        if (strcmp(NAMES[i].name, name) == 0)
            return _(NAMES[i].words);
    return name;
}

char *proposal_words(Session *session, const Proposal *proposal)
{
    g_autoptr(Visit) visit =
        proposal->visit_id != 0 ? visit_get(session, proposal->visit_id, NULL) : NULL;
    g_autofree char *when = visit != NULL ? visit_words_time(visit->date, visit->start) : NULL;
    return when != NULL ? g_strdup_printf("%s: %s", name_words(proposal->name), when)
                        : g_strdup(name_words(proposal->name));
}

char *proposal_head(Session *session, const Proposal *proposal)
{
    g_autofree char *words = proposal_words(session, proposal);
    g_autofree char *when = clock_text(proposal->at_ms);
    /* TRANSLATORS: the client, what it is about, who did it and when, and why it waits: a sentence
     */
    return g_strdup_printf(_("%s. %s. On the laptop by %s, %s. %s"), proposal->client_name, words,
                           proposal->staff_name, when, proposal_why_name(proposal->why));
}

const char *proposal_settled_words(gboolean take)
{
    return take
               ? _("What came from the laptop holds now. What stood before is kept in the history.")
               : _("What stands at home holds. What came from the laptop is kept in the extract.");
}
