/* week_review.c: one computation of the weeks' rates, median, signal and causes. */
#include "stats/week_review.h"

#include "base/clock.h"
#include "care/unit/access.h"

gboolean week_review_newest(Session *session, Week *week, GError **error)
{
    const Week present = week_of(clock_today());
    if (!summary_last_week(session, week_add(present, -1), week, error))
        return FALSE;
    if (*week == 0)
        *week = present;
    return TRUE;
}

static const ReviewWeek *from_end(const WeekReview *review, gsize back)
{
    return &g_array_index(review->weeks, ReviewWeek, review->weeks->len - 1 - back);
}

static gboolean read_weeks(WeekReview *review, Session *session, Week until, GError **error)
{
    review->weeks = week_line_weeks(session, until, MAX(review->shown, REVIEW_WEEKS), error);
    if (review->weeks == NULL)
        return FALSE;
    GArray *last = g_array_new(FALSE, FALSE, sizeof(ReviewWeek));
    g_array_append_vals(last, from_end(review, REVIEW_WEEKS - 1), REVIEW_WEEKS);
    review->line = week_line_of(session, SPC_RUN, last, error);
    return review->line != NULL;
}

static gboolean read_causes(WeekReview *review, Session *session, GError **error)
{
    g_autoptr(GPtrArray) rows = summary_causes(session, week_review_shown(review, 0)->week,
                                               week_review_last(review)->week, error);
    if (rows == NULL)
        return FALSE;
    review->causes = review_causes(rows);
    for (guint i = 0; i < review->causes->len; i++)
        review->cause_visits += ((const ReviewCause *)review->causes->pdata[i])->count;
    for (guint i = 0; i < review->shown; i++)
        review->cause_missed += week_review_shown(review, i)->missed;
    return TRUE;
}

/* Who has them is asked only of the weeks from the first to the last that lack something. */
static gboolean read_unrecorded(WeekReview *review, Session *session, GError **error)
{
    Week from = 0, to = 0;
    for (guint i = 0; i < review->shown; i++) {
        const ReviewWeek *week = week_review_shown(review, i);
        if (!week->over || week->unknown == 0)
            continue;
        from = from != 0 ? from : week->week;
        to = week->week;
    }
    review->unrecorded =
        from != 0 ? summary_unrecorded(session, from, to, error) : g_ptr_array_new();
    return review->unrecorded != NULL;
}

WeekReview *week_review_new(Session *session, Week until, guint shown, GError **error)
{
    if (!access_require(session, PERMIT_REVIEW, error) ||
        (until == 0 && !week_review_newest(session, &until, error)))
        return NULL;
    g_autoptr(WeekReview) review = g_new0(WeekReview, 1);
    review->shown = shown;
    if (!read_weeks(review, session, until, error))
        return NULL;
    return read_causes(review, session, error) && read_unrecorded(review, session, error)
               ? g_steal_pointer(&review)
               : NULL;
}

void week_review_free(WeekReview *review)
{
    if (review == NULL)
        return;
    g_clear_pointer(&review->weeks, g_array_unref);
    week_line_free(review->line);
    g_clear_pointer(&review->causes, g_ptr_array_unref);
    g_clear_pointer(&review->unrecorded, g_ptr_array_unref);
    g_free(review);
}

const ReviewWeek *week_review_last(const WeekReview *review)
{
    return from_end(review, 0);
}

const ReviewWeek *week_review_before(const WeekReview *review)
{
    return from_end(review, 1);
}

const SpcPart *week_review_whole(const WeekReview *review)
{
    return &review->line->chart->parts[0];
}

const ReviewWeek *week_review_shown(const WeekReview *review, guint nth)
{
    return from_end(review, review->shown - 1 - nth);
}
