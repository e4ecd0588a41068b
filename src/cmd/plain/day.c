/* day.c: a day's visits as lines. */
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/visit/visit_list.h"

enum { VISITS_MOST = 300 };

/* NULL after saying why. */
static GPtrArray *visits_of(Plain *plain, Date day, gboolean own)
{
    GError *error = NULL;
    const VisitQuery query = {.from = day,
                              .to = day,
                              .staff_id = own ? session_staff_id(plain->session) : 0,
                              .covered = TRUE,
                              .outcome = -1};
    GPtrArray *visits = visit_list(plain->session, &query, NULL, VISITS_MOST, &error);
    plain_error(plain, error);
    return visits;
}

/* The day begins with one's own visits, or the unit's where one has none of one's own that day. */
static gboolean begins_with_own(Plain *plain, Date day)
{
    g_autoptr(GPtrArray) visits = visits_of(plain, day, TRUE);
    return session_role(plain->session) == ROLE_SUPPORT_WORKER || visits == NULL || visits->len > 0;
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

/* The visits, and below them the way to the others'. New. */
static GPtrArray *lines_of_day(Plain *plain, const GPtrArray *visits, gboolean own)
{
    gboolean worker = session_role(plain->session) == ROLE_SUPPORT_WORKER;
    GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < visits->len; i++) {
        const Visit *visit = visits->pdata[i];
        g_ptr_array_add(lines, plain_visit_line(visit, !own || visit->covered_by != NULL));
    }
    g_ptr_array_add(lines, g_strdup(!own     ? _("Show your own")
                                    : worker ? _("Show all visits of your clients")
                                             : _("Show the whole unit's")));
    return lines;
}

/* Which of the lines; -1: none. */
static int ask_visit(Plain *plain, Date day, gboolean own, const GPtrArray *lines)
{
    char date[DATE_SIZE];
    const char *weekday = date_weekday_name(date_weekday(day));
    date_format(day, date);
    if (lines->len == 1)
        plain_say(plain, _("No visits on %s %s."), weekday, date);
    if (lines->len == 1 && !own)
        return -1;
    g_autofree char *heading =
        g_strdup_printf(own ? _("Your visits on %s %s. Which visit? An empty line goes back.")
                            : _("The unit's visits on %s %s. Which visit? The beginning of a "
                                "name is enough; an empty line goes back."),
                        weekday, date);
    return plain_choose(plain, heading, lines);
}

static void open_visit(Plain *plain, const Visit *visit)
{
    gint64 client_id = plain_visit(plain, visit->id);
    if (client_id != 0)
        plain_client(plain, client_id);
}

static void choose_visit(Plain *plain, Date day)
{
    gboolean own = begins_with_own(plain, day);
    plain_say_covers(plain, day);
    say_earlier(plain, day, own);
    while (!plain->ended) {
        g_autoptr(GPtrArray) visits = visits_of(plain, day, own);
        if (visits == NULL)
            return;
        g_autoptr(GPtrArray) lines = lines_of_day(plain, visits, own);
        int index = ask_visit(plain, day, own, lines);
        if (index < 0)
            return;
        if (index == (int)visits->len)
            own = !own;
        else
            open_visit(plain, visits->pdata[index]);
    }
}

void plain_day(Plain *plain, gint64 unused)
{
    (void)unused;
    for (;;) {
        g_autofree char *typed =
            plain_ask(plain, _("Which day? Today when the line is empty; otherwise such as 21/11, "
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
