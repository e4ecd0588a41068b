/* plain_day.c: a day's visits as lines, and what is done to one of them. */
#include "cmd/plain.h"

#include "base/clock.h"
#include "base/i18n.h"

enum { VISITS_MOST = 200 };

/* --- one visit -------------------------------------------------------------------------------- */

/* "08:30 Maria Bäckman, 90 min: avbokat". New. */
static char *visit_line(const Visit *visit)
{
    char time[TIME_SIZE];
    const Outcome outcome = visit->outcome.outcome;
    return g_strdup_printf(_("%s %s, %d min: %s"), time_format(visit->start, time),
                           visit->client_name, visit->minutes,
                           outcome != OUTCOME_NONE ? outcome_name(outcome) : _("not known yet"));
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
    if (visit_undo(plain->session, visit->id, NULL, &error))
        plain_say(plain, "%s", _("Taken back. What was recorded stands in the log."));
    plain_error(plain, error);
}

void plain_visit(Plain *plain, gint64 visit_id)
{
    enum { CANCEL, DONE, UNDO, CLIENT };
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    g_ptr_array_add(labels, (char *)_("It did not take place as planned"));
    g_ptr_array_add(labels, (char *)_("It took place"));
    g_ptr_array_add(labels, (char *)_("Take back what was recorded"));
    g_ptr_array_add(labels, (char *)_("The client's plans and forms"));
    GError *error = NULL;
    g_autoptr(Visit) visit = visit_get(plain->session, visit_id, &error);
    if (visit == NULL) {
        plain_error(plain, error);
        return;
    }
    g_autofree char *line = visit_line(visit);
    switch (plain_choose(plain, line, labels)) {
    case CANCEL:
        plain_cancel(plain, visit->id);
        break;
    case DONE:
        took_place(plain, visit);
        break;
    case UNDO:
        take_back(plain, visit);
        break;
    case CLIENT:
        plain_client(plain, visit->client_id);
        break;
    default:
        break;
    }
}

/* --- the day ---------------------------------------------------------------------------------- */

static GPtrArray *visits_of(Plain *plain, Date day)
{
    GError *error = NULL;
    gboolean own = session_role(plain->session) == ROLE_SUPPORT_WORKER;
    VisitQuery query = {.from = day,
                        .to = day,
                        .staff_id = own ? session_staff_id(plain->session) : 0,
                        .outcome = -1};
    GPtrArray *visits = visit_list(plain->session, &query, NULL, VISITS_MOST, &error);
    plain_error(plain, error);
    return visits;
}

static void choose_visit(Plain *plain, Date day)
{
    for (;;) {
        g_autoptr(GPtrArray) visits = visits_of(plain, day);
        if (visits == NULL)
            return;
        char date[DATE_SIZE];
        g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
        for (guint i = 0; i < visits->len; i++)
            g_ptr_array_add(lines, visit_line(visits->pdata[i]));
        g_autofree char *heading =
            g_strdup_printf(_("%s %s. Which visit? An empty line goes back."),
                            date_weekday_name(date_weekday(day)), date_format(day, date));
        if (visits->len == 0) {
            plain_say(plain, _("No visits on %s %s."), date_weekday_name(date_weekday(day)),
                      date_format(day, date));
            return;
        }
        int index = plain_choose(plain, heading, lines);
        if (index < 0)
            return;
        plain_visit(plain, ((const Visit *)visits->pdata[index])->id);
    }
}

void plain_day(Plain *plain)
{
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
        plain_say(plain, "%s", _("That was not understood as a day."));
    }
}
