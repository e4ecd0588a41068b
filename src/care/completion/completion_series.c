/* completion_series.c: the first visits that a response agrees on. */
#include "care/completion/completion_series_private.h"

#include <string.h>

#include "base/clock.h"
#include "care/visit/series.h"
#include "care/visit/series_rule.h"
#include "care/visit/visit.h"
#include "care/visit/visit_add.h"

/* --- what is asked for ------------------------------------------------------------------------ */

/* How often, as the forms have it. "monthly" keeps to the weekday, as its text promises. */
static const struct {
    const char *code;
    int weeks; /* between two visits; 0: a single one */
} OFTEN[] = {{"once", 0}, {"weekly", 1}, {"every-other-week", 2}, {"monthly", 4}};

/* Bit 0 is Monday; that of the first visit where nothing else is said. */
static guint days_of(const Mapping *mapping, Date starts_on)
{
    static const char *const DAYS[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    const char *text = mapping_text(mapping, "series.weekdays");
    g_auto(GStrv) codes = g_strsplit(text != NULL ? text : "", " ", -1);
    guint days = 0;
    for (guint i = 0; i < G_N_ELEMENTS(DAYS); i++)
        if (g_strv_contains((const char *const *)codes, DAYS[i]))
            days |= 1u << i;
    return days != 0 ? days : 1u << (date_weekday(starts_on) - 1);
}

static gboolean take_rule(WantedSeries *series, const char *code, guint days)
{
    for (gsize i = 0; code != NULL && i < G_N_ELEMENTS(OFTEN); i++) {
        if (strcmp(code, OFTEN[i].code) != 0)
            continue;
        g_autofree char *rule =
            OFTEN[i].weeks > 0 ? series_weekly_rule(days, OFTEN[i].weeks) : g_strdup("");
        g_strlcpy(series->rrule, rule, sizeof series->rrule);
        return TRUE;
    }
    return FALSE;
}

WantedSeries mapping_series(const Mapping *mapping)
{
    WantedSeries series = {.starts_on = mapping_date(mapping, "series.starts_on"), .start = -1};
    for (guint i = 0; i < mapping->answers->len && series.first == NULL; i++) {
        const MappedAnswer *answer = g_ptr_array_index(mapping->answers, i);
        if (g_str_has_prefix(answer->to, "series.") && answer->kind != ANSWER_NONE)
            series.first = answer;
    }
    if (series.first == NULL)
        return series;
    const char *start = mapping_text(mapping, "series.start");
    const char *minutes = mapping_text(mapping, "series.minutes");
    const char *mode = mapping_text(mapping, "series.form");
    if (start != NULL)
        series.start = time_parse(start);
    if (minutes != NULL)
        series.minutes = (int)CLAMP(g_ascii_strtoll(minutes, NULL, 10), 0, G_MAXINT);
    if (mode != NULL)
        visit_mode_parse(mode, &series.mode);
    series.complete = visit_check_time(series.starts_on, series.start, series.minutes, NULL) &&
                      take_rule(&series, mapping_text(mapping, "series.rrule"),
                                days_of(mapping, series.starts_on));
    return series;
}

static gboolean same_series(const WantedSeries *a, const WantedSeries *b)
{
    return a->complete == b->complete &&
           (!a->complete ||
            (strcmp(a->rrule, b->rrule) == 0 && a->starts_on == b->starts_on &&
             a->start == b->start && a->minutes == b->minutes && a->mode == b->mode));
}

/* --- what there is ---------------------------------------------------------------------------- */

/* The series or the visit that the corrected response made. */
typedef struct {
    gint64 series, visit, staff;
    gboolean settled; /* ended, or something has come of it */
} Made;

static gboolean find_made(const Completion *completion, Made *made, GError **error)
{
    Db *db = session_db(completion->session);
    const DbParam *of = DB_PARAMS(DB_INT("response", completion->response->corrects_id));
    g_autoptr(DbStatement) series = db_query(db,
                                             "SELECT id, staff_id, ends_on FROM series"
                                             " WHERE response_id = :response"
                                             " ORDER BY id DESC LIMIT 1",
                                             of, error);
    DbStep step = series != NULL ? db_step(series, error) : DB_STEP_ERROR;
    if (step == DB_STEP_ERROR)
        return FALSE;
    if (step == DB_STEP_ROW) {
        *made = (Made){.series = db_int(series, 0),
                       .staff = db_int(series, 1),
                       .settled = !db_is_null(series, 2)};
        if (!made->settled)
            return TRUE;
    }
    g_autoptr(DbStatement) visit = db_query(db,
                                            "SELECT id, staff_id, outcome FROM visit"
                                            " WHERE response_id = :response"
                                            " ORDER BY id DESC LIMIT 1",
                                            of, error);
    step = visit != NULL ? db_step(visit, error) : DB_STEP_ERROR;
    if (step == DB_STEP_ROW)
        *made = (Made){
            .visit = db_int(visit, 0), .staff = db_int(visit, 1), .settled = !db_is_null(visit, 2)};
    return step != DB_STEP_ERROR;
}

/* --- carrying it out -------------------------------------------------------------------------- */

static gboolean add_visit(const Completion *completion, const WantedSeries *wanted, GError **error)
{
    g_autoptr(Visit) visit = visit_new();
    visit->client_id = completion->client_id;
    visit->staff_id = completion->worker;
    visit->date = wanted->starts_on;
    visit->start = wanted->start;
    visit->minutes = wanted->minutes;
    visit->mode = wanted->mode;
    return visit_add(completion->session, visit, error) &&
           db_run(session_db(completion->session),
                  "UPDATE visit SET response_id = :response WHERE id = :id",
                  DB_PARAMS(DB_INT("response", completion->response->id), DB_INT("id", visit->id)),
                  error);
}

static gboolean add(const Completion *completion, const WantedSeries *wanted, GError **error)
{
    if (wanted->rrule[0] == '\0')
        return add_visit(completion, wanted, error);
    g_autoptr(Series) series = g_new0(Series, 1);
    series->client_id = completion->client_id;
    series->staff_id = completion->worker;
    series->rrule = g_strdup(wanted->rrule);
    series->starts_on = wanted->starts_on;
    series->ends_on = DATE_NONE;
    series->start = wanted->start;
    series->minutes = wanted->minutes;
    series->mode = wanted->mode;
    return series_add(completion->session, series, error) &&
           db_run(session_db(completion->session),
                  "UPDATE series SET response_id = :response WHERE id = :id",
                  DB_PARAMS(DB_INT("response", completion->response->id), DB_INT("id", series->id)),
                  error);
}

static gboolean hand_over(const Completion *completion, GError **error)
{
    static const char *const STEPS[] = {
        "UPDATE series SET response_id = :to WHERE response_id = :from",
        "UPDATE visit SET response_id = :to WHERE response_id = :from",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(STEPS); i++)
        if (!db_run(session_db(completion->session), STEPS[i],
                    DB_PARAMS(DB_INT("to", completion->response->id),
                              DB_INT("from", completion->response->corrects_id)),
                    error))
            return FALSE;
    return TRUE;
}

/* What was agreed anew takes the place of what was laid out from today on. A series ended by hand
 * stays ended, and visits taken away by hand stay away. */
static gboolean correct(const Completion *completion, const WantedSeries *now, GError **error)
{
    WantedSeries before = mapping_series(completion->before);
    Session *session = completion->session;
    Made made = {0};
    if (!find_made(completion, &made, error) || !hand_over(completion, error))
        return FALSE;
    gboolean there = made.series != 0 || made.visit != 0;
    gboolean other_worker = there && made.staff == completion->worker_before &&
                            completion->worker != completion->worker_before;
    if (same_series(&before, now) && !other_worker)
        return TRUE;
    gboolean visit_kept = made.visit != 0 && made.settled;
    if (before.complete &&
        (!there || (made.series != 0 && made.settled) || (visit_kept && now->rrule[0] == '\0')))
        return TRUE;
    if (made.series != 0 && !made.settled &&
        !series_end(session, made.series, completion->now->today, error))
        return FALSE;
    if (made.visit != 0 && !made.settled && !visit_remove(session, made.visit, error))
        return FALSE;
    return !now->complete || add(completion, now, error);
}

gboolean completion_series(const Completion *completion, GError **error)
{
    WantedSeries wanted = mapping_series(completion->now);
    if (completion->before != NULL)
        return correct(completion, &wanted, error);
    return !wanted.complete || add(completion, &wanted, error);
}
