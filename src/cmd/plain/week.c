/* week.c: what the week's visits and cancellations say, as lines: the same text as of
 * dagsform report week. */
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "exchange/report.h"

static void say_week(Plain *plain, Week week)
{
    GError *error = NULL;
    g_autoptr(WeekReview) review = week_review_new(plain->session, week, 1, &error);
    if (review == NULL) {
        plain_error(plain, error);
        return;
    }
    g_autofree char *text = week_report_text(review, plain->session);
    plain_say(plain, "%s", text);
}

void plain_week(Plain *plain, gint64 unused)
{
    (void)unused;
    for (;;) {
        g_autofree char *line =
            plain_ask(plain, _("Which week? The last whole one when the line is empty; otherwise "
                               "such as 2026-W47, v47 fri or 21/11:"));
        if (line == NULL)
            return;
        Week week = week_parse(line);
        Date day = week == 0 ? date_parse_words(line, clock_today()) : DATE_NONE;
        if (day != DATE_NONE)
            week = week_of(day);
        if (week != 0 || *line == '\0') {
            say_week(plain, week);
            return;
        }
        plain_refuse(plain, "%s",
                     _("That was not understood as a week. Type for instance 2026-W47 or 21/11."));
    }
}
