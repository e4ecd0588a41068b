/* visit.c: what is done to a visit, and a client's visits, as lines. */
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/risk_note.h"
#include "care/visit/outcome_words.h"
#include "care/visit/second.h"
#include "care/visit/visit_add.h"
#include "care/visit/visit_list.h"
#include "care/visit/visit_record.h"
#include "care/visit/visit_undo.h"
#include "care/visit/visit_words.h"

enum { HALF_MOST = 20 };

/* --- one visit -------------------------------------------------------------------------------- */

char *plain_visit_line(const Visit *visit, gboolean with_staff)
{
    char time[TIME_SIZE];
    g_autoptr(GString) what = g_string_new(NULL);
    g_string_append_printf(what, _("%d min"), visit->minutes);
    if (visit->mode != VISIT_MODE_HOME)
        g_string_append_printf(what, ", %s", visit_mode_name(visit->mode));
    const Outcome outcome = visit->outcome.outcome;
    const char *came = outcome != OUTCOME_NONE ? outcome_words_name(&visit->outcome) : _("nothing recorded");
    g_autofree char *somebody = visit_words_staff(visit);
    const char *staff = somebody != NULL ? somebody : _("whoever can");
    time_format(visit->start, time);
    return with_staff ? g_strdup_printf("%s %s, %s, %s: %s", time, visit->client_name, what->str,
                                        staff, came)
                      : g_strdup_printf("%s %s, %s: %s", time, visit->client_name, what->str, came);
}

char *plain_visit_line_dated(const Visit *visit)
{
    char date[DATE_SIZE];
    g_autofree char *line = plain_visit_line(visit, TRUE);
    return g_strdup_printf("%s %s %s", date_weekday_short(date_weekday(visit->date)),
                           date_format(visit->date, date), line);
}

static void took_place(Plain *plain, const Visit *visit)
{
    GError *error = NULL;
    VisitOutcome outcome;
    visit_outcome_init(&outcome);
    outcome.outcome = OUTCOME_DONE;
    if (visit_record(plain->session, visit->id, visit->version, &outcome, NULL, NULL, &error))
        plain_say(plain, "%s", _("Saved: the visit took place."));
    plain_error(plain, error);
    visit_outcome_clear(&outcome);
}

static void take_back(Plain *plain, const Visit *visit)
{
    GError *error = NULL;
    g_autoptr(Visit) restored = NULL;
    g_autofree char *what = visit_words_recorded(visit);
    if (visit_undo(plain->session, visit->id, &restored, &error))
        plain_say(plain, _("Taken back: %s. It stands in the log."), what);
    plain_error(plain, error);
    if (restored != NULL && restored->kept > 0)
        plain_say(plain, "%s",
                  _("A new time that came of it is kept, since something has come of that one."));
}

static void record_again(Plain *plain, const Visit *visit)
{
    GError *error = NULL;
    g_autoptr(Visit) redone = NULL;
    if (visit_redo(plain->session, visit->id, &redone, &error)) {
        g_autofree char *what = visit_words_recorded(redone);
        plain_say(plain, _("Recorded again: %s."), what);
    }
    plain_error(plain, error);
}

static void remove_planned(Plain *plain, const Visit *visit)
{
    GError *error = NULL;
    if (!plain_yes(plain, _("Take the planned visit away?")))
        return;
    if (visit_remove(plain->session, visit->id, &error))
        plain_say(plain, "%s", _("The visit is taken away."));
    plain_error(plain, error);
}

static void say_history(Plain *plain, const Visit *visit)
{
    GError *error = NULL;
    g_autofree char *text = outcome_words_history(plain->session, visit, &error);
    if (text != NULL)
        plain_say(plain, "%s", text);
    plain_error(plain, error);
}

/* What can be done, in the order it is offered; only what can be. */
typedef enum { CANCEL, DONE, UNDO, REDO, CLIENT, HISTORY, REMOVE, NOTE, DISPUTE, OUT, SECOND, RISK, ACT_COUNT } Act;

static gboolean can(const Visit *visit, Act act)
{
    const Outcome outcome = visit->outcome.outcome;
    switch (act) {
    case DONE:
        return outcome != OUTCOME_DONE;
    case UNDO:
        return outcome != OUTCOME_NONE;
    case HISTORY:
        return visit->version > 1;
    case REDO: /* nothing has been taken back on the first version */
        return visit->version > 2;
    case REMOVE:
    case SECOND:
        return outcome == OUTCOME_NONE;
    default:
        return TRUE;
    }
}

static const char *act_label(const Visit *visit, Act act)
{
    switch (act) {
    case CANCEL:
        return visit->outcome.outcome != OUTCOME_NONE && visit->outcome.outcome != OUTCOME_DONE
                   ? _("Correct what was recorded")
                   : _("It did not take place as planned");
    case DONE:
        return _("It took place");
    case UNDO:
        return _("Take back what was recorded");
    case REDO:
        return _("Record again what was taken back");
    case HISTORY:
        return _("What was recorded before");
    case OUT:
        return _("Out on it, or back");
    case SECOND:
        return _("Two go: who goes along");
    case RISK:
        return _("Note on risk");
    case NOTE:
        return _("Note it in the journal");
    case DISPUTE:
        return _("The person says that something here is wrong");
    case REMOVE:
        return _("Remove it, as it was planned by mistake");
    default:
        return _("The client's card, plans and forms");
    }
}

static void dispute(Plain *plain, const Visit *visit)
{
    g_autofree char *when = visit_words_time(visit->date, visit->start);
    g_autofree char *entry = g_strdup_printf(_("Visit %s"), when);
    plain_new_dispute(plain, visit->client_id,
                      &(PlainDisputed){DISPUTE_VISIT, visit->id, NULL, entry});
}

gint64 plain_visit(Plain *plain, gint64 visit_id)
{
    GError *error = NULL;
    g_autoptr(Visit) visit = visit_get(plain->session, visit_id, &error);
    if (visit == NULL) {
        plain_error(plain, error);
        return 0;
    }
    Act acts[ACT_COUNT];
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    for (Act act = 0; act < ACT_COUNT; act++)
        if (can(visit, act)) {
            acts[labels->len] = act;
            g_ptr_array_add(labels, (char *)act_label(visit, act));
        }
    g_autofree char *line = plain_visit_line(visit, FALSE);
    if (risk_note_stands(plain->session, visit->client_id))
        plain_say(plain, "%s", _("There is a note on risk: read it before you go."));
    g_autofree char *second = second_words(plain->session, visit);
    if (second != NULL)
        plain_say(plain, "%s: %s", _("Two go"), second);
    if (visit->disputed != NULL)
        plain_say(plain, _("The person says that something here is wrong: %s"), visit->disputed);
    int index = plain_choose(plain, line, labels);
    if (index < 0)
        return 0;
    if (acts[index] == CANCEL)
        plain_cancel(plain, visit->id);
    else if (acts[index] == OUT)
        plain_out(plain, visit);
    else if (acts[index] == SECOND)
        plain_second(plain, visit->id);
    else if (acts[index] == RISK)
        plain_risk(plain, visit->client_id);
    else if (acts[index] == NOTE)
        plain_note_visit(plain, visit);
    else if (acts[index] == DONE)
        took_place(plain, visit);
    else if (acts[index] == UNDO)
        take_back(plain, visit);
    else if (acts[index] == REDO)
        record_again(plain, visit);
    else if (acts[index] == HISTORY)
        say_history(plain, visit);
    else if (acts[index] == REMOVE)
        remove_planned(plain, visit);
    else if (acts[index] == DISPUTE)
        dispute(plain, visit);
    return acts[index] == CLIENT ? visit->client_id : 0;
}

/* --- a client's visits ------------------------------------------------------------------------ */

/* The nearest ones of those to come, or of those that have been, the nearest first. Adds to
 * `visits`; FALSE after saying why not. */
static gboolean add_half(Plain *plain, gint64 client_id, gboolean past, GPtrArray *visits)
{
    GError *error = NULL;
    Date today = clock_today();
    const VisitQuery query = {.from = past ? DATE_NONE : today,
                              .to = past ? today - 1 : DATE_NONE,
                              .client_id = client_id,
                              .outcome = -1,
                              .backwards = past};
    GPtrArray *half = visit_list(plain->session, &query, NULL, HALF_MOST, &error);
    plain_error(plain, error);
    if (half != NULL)
        g_ptr_array_extend_and_steal(visits, half);
    return half != NULL;
}

void plain_visits_of(Plain *plain, gint64 client_id)
{
    while (!plain->ended) {
        g_autoptr(GPtrArray) visits = g_ptr_array_new_with_free_func((GDestroyNotify)visit_free);
        g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
        if (!add_half(plain, client_id, FALSE, visits) || !add_half(plain, client_id, TRUE, visits))
            return;
        for (guint i = 0; i < visits->len; i++)
            g_ptr_array_add(lines, plain_visit_line_dated(visits->pdata[i]));
        if (visits->len == 0) {
            plain_say(plain, "%s", _("No visits are planned, and none have been."));
            return;
        }
        int index = plain_choose(
            plain,
            _("Visits, those to come first and then the past. Which? An empty line goes back."),
            lines);
        if (index < 0)
            return;
        if (plain_visit(plain, ((const Visit *)visits->pdata[index])->id) != 0)
            return; /* the card, where one is */
    }
}
