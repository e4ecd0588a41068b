/* day.c: a day's visits as lines, and what is done to one of them. */
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/visit/visit_list.h"
#include "care/visit/visit_record.h"
#include "care/visit/visit_undo.h"
#include "care/visit/visit_words.h"

enum { VISITS_MOST = 300 };

/* --- one visit -------------------------------------------------------------------------------- */

/* "08:30 Maria Bäckman, 90 min, telefonsamtal: avbokat". New. */
static char *visit_line(const Visit *visit, gboolean with_staff)
{
    char time[TIME_SIZE];
    g_autoptr(GString) what = g_string_new(NULL);
    g_string_append_printf(what, _("%d min"), visit->minutes);
    if (visit->mode != VISIT_MODE_HOME)
        g_string_append_printf(what, ", %s", visit_mode_name(visit->mode));
    const Outcome outcome = visit->outcome.outcome;
    const char *came = outcome != OUTCOME_NONE ? outcome_name(outcome) : _("nothing recorded");
    const char *staff = visit->staff_name != NULL ? visit->staff_name : _("whoever can");
    time_format(visit->start, time);
    return with_staff ? g_strdup_printf("%s %s, %s, %s: %s", time, visit->client_name, what->str,
                                        staff, came)
                      : g_strdup_printf("%s %s, %s: %s", time, visit->client_name, what->str, came);
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

/* What can be done, in the order it is offered; only what can be. */
typedef enum { CANCEL, DONE, UNDO, REDO, CLIENT, ACT_COUNT } Act;

static gboolean can(const Visit *visit, Act act)
{
    const Outcome outcome = visit->outcome.outcome;
    switch (act) {
    case DONE:
        return outcome != OUTCOME_DONE;
    case UNDO:
        return outcome != OUTCOME_NONE;
    case REDO: /* nothing has been taken back on the first version */
        return visit->version > 2;
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
    default:
        return _("The client's plans and forms");
    }
}

void plain_visit(Plain *plain, gint64 visit_id)
{
    GError *error = NULL;
    g_autoptr(Visit) visit = visit_get(plain->session, visit_id, &error);
    if (visit == NULL) {
        plain_error(plain, error);
        return;
    }
    Act acts[ACT_COUNT];
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    for (Act act = 0; act < ACT_COUNT; act++)
        if (can(visit, act)) {
            acts[labels->len] = act;
            g_ptr_array_add(labels, (char *)act_label(visit, act));
        }
    g_autofree char *line = visit_line(visit, FALSE);
    int index = plain_choose(plain, line, labels);
    if (index < 0)
        return;
    if (acts[index] == CANCEL)
        plain_cancel(plain, visit->id);
    else if (acts[index] == DONE)
        took_place(plain, visit);
    else if (acts[index] == UNDO)
        take_back(plain, visit);
    else if (acts[index] == REDO)
        record_again(plain, visit);
    else
        plain_client(plain, visit->client_id);
}

/* --- the day ---------------------------------------------------------------------------------- */

/* One's own; the unit's where one has none of one's own that day. */
static GPtrArray *visits_of(Plain *plain, Date day, gboolean *own)
{
    GError *error = NULL;
    VisitQuery query = {
        .from = day, .to = day, .staff_id = session_staff_id(plain->session), .outcome = -1};
    GPtrArray *visits = visit_list(plain->session, &query, NULL, VISITS_MOST, &error);
    *own = session_role(plain->session) == ROLE_SUPPORT_WORKER || visits == NULL || visits->len > 0;
    if (!*own) {
        g_ptr_array_unref(visits);
        query.staff_id = 0;
        visits = visit_list(plain->session, &query, NULL, VISITS_MOST, &error);
    }
    plain_error(plain, error);
    return visits;
}

/* On the present day: what was forgotten before it. */
static void say_earlier(Plain *plain, Date day, gboolean own)
{
    GError *error = NULL;
    gint64 count = 0;
    Date latest;
    char date[DATE_SIZE];
    if (day != clock_today())
        return;
    if (visit_unrecorded(plain->session, own ? session_staff_id(plain->session) : 0, day, &count,
                         &latest, &error) &&
        count > 0)
        plain_say(plain,
                  ngettext("Nothing is recorded on %d earlier visit, %s %s.",
                           "Nothing is recorded on %d earlier visits, the latest %s %s.",
                           (gulong)count),
                  (int)count, date_weekday_name(date_weekday(latest)), date_format(latest, date));
    plain_error(plain, error);
}

static void choose_visit(Plain *plain, Date day)
{
    gboolean first = TRUE;
    while (!plain->ended) {
        gboolean own;
        g_autoptr(GPtrArray) visits = visits_of(plain, day, &own);
        if (visits == NULL)
            return;
        if (first)
            say_earlier(plain, day, own);
        first = FALSE;
        char date[DATE_SIZE];
        const char *weekday = date_weekday_name(date_weekday(day));
        date_format(day, date);
        if (visits->len == 0) {
            plain_say(plain, _("No visits on %s %s."), weekday, date);
            return;
        }
        g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
        for (guint i = 0; i < visits->len; i++)
            g_ptr_array_add(lines, visit_line(visits->pdata[i], !own));
        g_autofree char *heading =
            g_strdup_printf(own ? _("Your visits on %s %s. Which visit? An empty line goes back.")
                                : _("The unit's visits on %s %s. Which visit? The beginning of a "
                                    "name is enough; an empty line goes back."),
                            weekday, date);
        int index = plain_choose(plain, heading, lines);
        if (index < 0)
            return;
        plain_visit(plain, ((const Visit *)visits->pdata[index])->id);
    }
}

void plain_day(Plain *plain, gint64 unused)
{
    (void)unused;
    for (;;) {
        g_autofree char *typed =
            plain_read(plain, _("Which day? Today when the line is empty; otherwise such as 21/11, "
                                "yesterday or v47 fri:"));
        if (typed == NULL)
            return;
        Date day = *typed != '\0' ? date_parse_words(typed, clock_today()) : clock_today();
        if (day != DATE_NONE) {
            choose_visit(plain, day);
            return;
        }
        plain_refuse(plain, "%s",
                     _("That was not understood as a date. Type for instance 21/11, tomorrow or "
                       "fri."));
    }
}
