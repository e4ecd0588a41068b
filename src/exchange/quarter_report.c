/* quarter_report.c: what the unit counts by the quarter, by its name. */
#include "exchange/quarter_report.h"

#include "base/code.h"
#include "base/i18n.h"
#include "exchange/absence_report.h"
#include "exchange/call_report.h"
#include "exchange/closing_report.h"
#include "exchange/implementation_report.h"
#include "exchange/wait_report.h"

static const CodeWord REPORTS[QUARTER_REPORT_COUNT] = {
    [QUARTER_CALLS] = {"calls", N_("Calls to return")},
    [QUARTER_ABSENCES] = {"absences", N_("Clients away")},
    [QUARTER_CLOSINGS] = {"closings", N_("Help that ended")},
    [QUARTER_PLANS] = {"plans", N_("Implementation plans")},
    [QUARTER_WAITS] = {"waits", N_("Days of waiting")},
};
CODE_AND_NAME_FUNCTIONS(QuarterReport, quarter_report, REPORTS)

static char *calls(Session *session, int year, int quarter, gboolean json, GError **error)
{
    CallFigures figures;
    if (!call_figures(session, year, quarter, &figures, error))
        return NULL;
    return json ? call_report_json(&figures) : call_report_text(&figures);
}

static char *absences(Session *session, int year, int quarter, gboolean json, GError **error)
{
    AbsenceFigures figures;
    if (!absence_figures(session, year, quarter, &figures, error))
        return NULL;
    return json ? absence_report_json(&figures) : absence_report_text(&figures);
}

static char *closings(Session *session, int year, int quarter, gboolean json, GError **error)
{
    ClosingFigures figures;
    if (!closing_figures(session, year, quarter, &figures, error))
        return NULL;
    return json ? closing_report_json(&figures) : closing_report_text(&figures);
}

static char *plans(Session *session, int year, int quarter, gboolean json, GError **error)
{
    ImplementationFigures figures;
    if (!implementation_figures(session, year, quarter, &figures, error))
        return NULL;
    return json ? implementation_report_json(&figures) : implementation_report_text(&figures);
}

static char *waits(Session *session, int year, int quarter, gboolean json, GError **error)
{
    WaitFigures figures;
    if (!wait_figures(session, year, quarter, &figures, error))
        return NULL;
    return json ? wait_report_json(&figures) : wait_report_text(&figures);
}

char *quarter_report(Session *session, QuarterReport report, int year, int quarter, gboolean json,
                     GError **error)
{
    static char *(*const MAKE[QUARTER_REPORT_COUNT])(Session *, int, int, gboolean, GError **) = {
        [QUARTER_CALLS] = calls,
        [QUARTER_ABSENCES] = absences,
        [QUARTER_CLOSINGS] = closings,
        [QUARTER_PLANS] = plans,
        [QUARTER_WAITS] = waits,
    };
    return MAKE[report](session, year, quarter, json, error);
}

/* --- quarters --------------------------------------------------------------------------------- */

void quarter_of(Date day, int *year, int *quarter)
{
    int month, of_month;
    date_to_ymd(day, year, &month, &of_month);
    *quarter = (month + 2) / 3;
}

void quarter_step(int *year, int *quarter, int step)
{
    const int quarters = *year * 4 + *quarter - 1 + step;
    *year = quarters / 4;
    *quarter = quarters % 4 + 1;
}
