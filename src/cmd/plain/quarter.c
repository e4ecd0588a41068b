/* quarter.c: what the unit counts by the quarter, as lines. */
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/task/call_request.h"
#include "exchange/quarter_report.h"

/* -1: an empty line, or the end of input. */
static int choose_report(Plain *plain)
{
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    for (QuarterReport report = 0; report < QUARTER_REPORT_COUNT; report++)
        g_ptr_array_add(labels, (char *)quarter_report_name(report));
    return plain_choose(plain, _("Which figures? An empty line goes back."), labels);
}

static void say_report(Plain *plain, QuarterReport report, int year, int quarter)
{
    GError *error = NULL;
    g_autofree char *text = quarter_report(plain->session, report, year, quarter, FALSE, &error);
    if (text != NULL)
        plain_say(plain, "%s", g_strchomp(text));
    plain_error(plain, error);
}

void plain_quarter(Plain *plain)
{
    int report, year, quarter;
    while (!plain->ended && (report = choose_report(plain)) >= 0) {
        quarter_of(clock_today(), &year, &quarter);
        g_autofree char *typed =
            plain_ask(plain, _("Of which quarter? 2026-Q4, Q3; an empty line is this one:"));
        if (typed == NULL)
            return;
        if (*typed == '\0' || call_quarter_parse(typed, clock_today(), &year, &quarter))
            say_report(plain, (QuarterReport)report, year, quarter);
        else
            plain_refuse(plain, _("%s is no quarter. Write it as 2026-Q4."), typed);
    }
}
