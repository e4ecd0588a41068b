/* slow_review.h: the week's review once more, slowly and plainly, from every visit stored: what the
 * program shows must be this. Nothing of src/stats and none of the counts kept is used. */
#pragma once

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "care/unit/session.h"

typedef struct {
    gint64 id, origin, new_visit;
    int week;
    char outcome[16], cause[16];
} SlowVisit;

typedef struct {
    GArray *visits;     /* SlowVisit */
    GHashTable *by_id;  /* gint64 * of the array → SlowVisit * */
    GHashTable *firsts; /* gint64 * origin → SlowVisit *: the first one made by it */
} SlowUnit;

typedef struct {
    int planned, recorded, unknown, missed, done, stand_ins, with_cause;
    double rate; /* NAN: none */
} SlowWeek;

static inline SlowUnit slow_read(Session *session)
{
    SlowUnit unit = {.visits = g_array_new(FALSE, FALSE, sizeof(SlowVisit)),
                     .by_id = g_hash_table_new(g_int64_hash, g_int64_equal),
                     .firsts = g_hash_table_new(g_int64_hash, g_int64_equal)};
    g_autoptr(GError) error = NULL;
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        "SELECT id, COALESCE(origin_id, 0), COALESCE(new_visit_id, 0), week, outcome, cause"
        " FROM visit ORDER BY id",
        NULL, &error);
    g_assert_no_error(error);
    while (db_step(rows, &error) == DB_STEP_ROW) {
        SlowVisit visit = {.id = db_int(rows, 0),
                           .origin = db_int(rows, 1),
                           .new_visit = db_int(rows, 2),
                           .week = (int)db_int(rows, 3)};
        g_strlcpy(visit.outcome, db_is_null(rows, 4) ? "" : db_text(rows, 4), sizeof visit.outcome);
        g_strlcpy(visit.cause, db_is_null(rows, 5) ? "" : db_text(rows, 5), sizeof visit.cause);
        g_array_append_val(unit.visits, visit);
    }
    g_assert_no_error(error);
    for (guint i = 0; i < unit.visits->len; i++) {
        SlowVisit *visit = &g_array_index(unit.visits, SlowVisit, i);
        g_hash_table_insert(unit.by_id, &visit->id, visit);
        if (visit->origin != 0 && !g_hash_table_contains(unit.firsts, &visit->origin))
            g_hash_table_insert(unit.firsts, &visit->origin, visit);
    }
    return unit;
}

static inline void slow_free(SlowUnit *unit)
{
    g_hash_table_unref(unit->by_id);
    g_hash_table_unref(unit->firsts);
    g_array_unref(unit->visits);
}

static inline gboolean slow_is(const SlowVisit *visit, const char *outcome)
{
    return strcmp(visit->outcome, outcome) == 0;
}

static inline gboolean slow_counts(const SlowUnit *unit, const SlowVisit *visit);

/* A visit that was planned on its own has its meeting's count, or passes it on. One that was made
 * in place of another has it only where that one had it and passed it on to this one. */
static inline gboolean slow_has_the_meeting(const SlowUnit *unit, const SlowVisit *visit)
{
    if (visit->origin == 0)
        return TRUE;
    const SlowVisit *origin = g_hash_table_lookup(unit->by_id, &visit->origin);
    const SlowVisit *first = g_hash_table_lookup(unit->firsts, &visit->origin);
    return slow_has_the_meeting(unit, origin) && !slow_counts(unit, origin) &&
           visit->id == (origin->new_visit != 0 ? origin->new_visit : first->id);
}

static inline gboolean slow_counts(const SlowUnit *unit, const SlowVisit *visit)
{
    return slow_has_the_meeting(unit, visit) && !slow_is(visit, "rebooked") &&
           !slow_is(visit, "unit-cancelled");
}

static inline gboolean slow_missed(const SlowVisit *visit)
{
    return slow_is(visit, "cancelled") || slow_is(visit, "declined") || slow_is(visit, "no-show");
}

static inline SlowWeek slow_week(const SlowUnit *unit, int week)
{
    SlowWeek sum = {.rate = NAN};
    for (guint i = 0; i < unit->visits->len; i++) {
        const SlowVisit *visit = &g_array_index(unit->visits, SlowVisit, i);
        if (visit->week != week)
            continue;
        sum.stand_ins += !slow_has_the_meeting(unit, visit);
        sum.with_cause +=
            slow_has_the_meeting(unit, visit) && !slow_is(visit, "") && !slow_is(visit, "done");
        if (!slow_counts(unit, visit))
            continue;
        sum.planned++;
        sum.unknown += slow_is(visit, "");
        sum.recorded += !slow_is(visit, "");
        sum.missed += slow_missed(visit);
        sum.done += slow_is(visit, "done") || slow_is(visit, "done-otherwise");
    }
    if (week < week_of(clock_today()) && sum.planned > 0 &&
        (double)sum.recorded / sum.planned > 0.9 - 1e-9)
        sum.rate = (double)sum.missed / sum.recorded;
    return sum;
}

/* The visits behind one cause in the weeks from `from` to `to`; "" without one. */
static inline int slow_cause(const SlowUnit *unit, int from, int to, const char *cause)
{
    int count = 0;
    for (guint i = 0; i < unit->visits->len; i++) {
        const SlowVisit *visit = &g_array_index(unit->visits, SlowVisit, i);
        count += visit->week >= from && visit->week <= to && !slow_is(visit, "") &&
                 !slow_is(visit, "done") && strcmp(visit->cause, cause) == 0 &&
                 slow_has_the_meeting(unit, visit);
    }
    return count;
}

/* Of the 26 weeks that end with `week`: half of the rates lie below. NAN: none has one. */
static inline double slow_median(const SlowUnit *unit, Week week)
{
    double rates[26], swap;
    int known = 0;
    for (int i = 0; i < 26; i++) {
        double rate = slow_week(unit, week_add(week, -i)).rate;
        if (!isnan(rate))
            rates[known++] = rate;
    }
    for (int i = 0; i < known; i++)
        for (int j = i + 1; j < known; j++)
            if (rates[j] < rates[i]) {
                swap = rates[i];
                rates[i] = rates[j];
                rates[j] = swap;
            }
    return known == 0 ? NAN : (rates[(known - 1) / 2] + rates[known / 2]) / 2;
}
