/* week_pdf.c: the weekly review on paper. */
#include "exchange/week_pdf.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/audit.h"
#include "care/unit/audit_head.h"
#include "care/unit/cause.h"
#include "exchange/breakdown_words.h"
#include "exchange/line_paper.h"
#include "exchange/paper.h"
#include "exchange/report.h"
#include "exchange/week_words.h"
#include "stats/breakdown.h"

#include <math.h>

struct WeekPaper {
    const WeekReview *review;
    char *unit;
    gboolean demo;
    GPtrArray *causes; /* char *: the names of the review's */
    char *support;     /* what became support in another form; NULL: there is nothing to count */
    char *code;        /* of the log (audit_head.h); NULL */
};

/* Of the weeks that are shown. New, or NULL. */
static char *support_of(const WeekReview *review, Session *session)
{
    const BreakdownQuery query = {.from = week_review_shown(review, 0)->week,
                                  .to = week_review_last(review)->week,
                                  .whole = TRUE};
    g_autoptr(Breakdown) breakdown = breakdown_new(session, &query, NULL);
    return breakdown != NULL ? breakdown_words_support(&breakdown->all) : NULL;
}

WeekPaper *week_paper_new(const WeekReview *review, Session *session)
{
    WeekPaper *paper = g_new0(WeekPaper, 1);
    paper->review = review;
    paper->unit = g_strdup(session_unit_name(session));
    paper->demo = session_is_demo(session);
    paper->code = audit_head(session, NULL);
    paper->support = support_of(review, session);
    paper->causes = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < review->causes->len; i++) {
        const char *code = ((const ReviewCause *)review->causes->pdata[i])->code;
        g_ptr_array_add(paper->causes,
                        g_strdup(code != NULL ? cause_name(session, code) : _("No cause given")));
    }
    return paper;
}

void week_paper_free(WeekPaper *paper)
{
    if (paper == NULL)
        return;
    g_ptr_array_unref(paper->causes);
    g_free(paper->unit);
    g_free(paper->support);
    g_free(paper->code);
    g_free(paper);
}

gboolean week_paper_log(Session *session, GError **error)
{
    return audit_note(session, "export", "week_outcome", 0, 0, error);
}

/* `sentence` is taken over; NULL: nothing. */
static void put(Paper *paper, char *sentence)
{
    if (sentence != NULL)
        paper_text(paper, sentence);
    g_free(sentence);
}

/* "Week 45, 2–8 November 2026". New. */
static char *week_name(Week week)
{
    g_autofree char *days = week_days_text(week);
    return g_strdup_printf(_("Week %d, %s"), week % 100, days);
}

static void put_week(Paper *paper, const WeekReview *review, const ReviewWeek *week)
{
    g_autofree char *rate = week_words_rate(review, week);
    if (rate == NULL && week->stand_ins == 0) {
        paper_text(paper, _("No visits were planned."));
        return;
    }
    put(paper, week_words_counts(week));
    put(paper, g_steal_pointer(&rate));
    put(paper, week_words_unrecorded(review, week, 0));
}

/* "Done 410 · Cancelled 42": in one paragraph, so that a week has room on one page. */
static void put_outcomes(Paper *paper, const ReviewWeek *week)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (Outcome outcome = OUTCOME_DONE; outcome < OUTCOME_COUNT; outcome++)
        if (week->visits[outcome] > 0)
            g_string_append_printf(text, "%s%s %d", text->len > 0 ? " · " : "",
                                   outcome_name(outcome), (int)week->visits[outcome]);
    paper_note(paper, text->str);
}

/* A line for each: 476 planned, 60 not taken, 12.6 %. */
static void put_weeks(Paper *paper, const WeekReview *review)
{
    for (guint i = 0; i < review->shown; i++) {
        const ReviewWeek *week = week_review_shown(review, i);
        g_autofree char *name = g_strdup_printf(_("Week %d"), week->week % 100);
        g_autofree char *share = isnan(week->rate) ? g_strdup("–") : week_words_share(week->rate);
        g_autofree char *text =
            g_strdup_printf(ngettext("%d planned, %d not taken: %s", "%d planned, %d not taken: %s",
                                     (gulong)week->planned),
                            (int)week->planned, (int)week->missed, share);
        paper_value(paper, name, text);
    }
}

static void put_causes(Paper *paper, const WeekReview *review, const GPtrArray *names)
{
    paper_heading(paper, 2, _("Causes"));
    if (review->causes->len == 0) {
        paper_text(paper, _("No causes are recorded."));
        return;
    }
    g_autofree char *whole = week_words_causes(review, G_MAXINT);
    paper_note(paper, whole);
    const double largest = ((const ReviewCause *)review->causes->pdata[0])->share;
    for (guint i = 0; i < review->causes->len; i++) {
        const ReviewCause *cause = review->causes->pdata[i];
        g_autofree char *share = week_words_share(cause->share);
        g_autofree char *value = g_strdup_printf("%d · %s", (int)cause->count, share);
        paper_bar(paper, names->pdata[i], cause->share / largest, value);
    }
}

/* By which it shows later if the end of the log has been cut off (dagsform check --head). */
static void put_code(Paper *paper, const char *code)
{
    g_autofree char *text =
        code != NULL ? g_strdup_printf(_("The log's code: %s"), code) : NULL;
    if (text != NULL)
        paper_note(paper, text);
}

/* `apart`: the line and the definitions begin a page of their own. New. */
static Paper *lay_out(const WeekPaper *about, gboolean apart, GError **error)
{
    const WeekReview *review = about->review;
    const ReviewWeek *last = week_review_last(review);
    g_autofree char *week = week_name(last->week);
    const PaperHead head = {.title = _("The week's review"),
                            .language = i18n_language(),
                            .unit = about->unit,
                            .date = clock_today()};
    Paper *paper = paper_new(&head, error);
    if (paper == NULL)
        return NULL;
    paper_heading(paper, 1, week);
    if (about->demo)
        paper_note(paper, _("This is a demo. Everybody in it is made up."));
    put_week(paper, review, last);
    if (review->shown == 1)
        put_outcomes(paper, last);
    put_causes(paper, review, about->causes);
    if (about->support != NULL)
        paper_text(paper, about->support);
    if (apart)
        paper_break(paper);
    line_paper_put(paper, review->line);
    if (review->shown > 1) {
        paper_heading(paper, 2, _("The weeks"));
        put_weeks(paper, review);
    }
    line_paper_definitions(paper);
    put_code(paper, about->code);
    return paper;
}

/* What does not have room on one page is parted where it is read apart, not in the midst of what
 * the line means. */
gboolean week_paper_write(const WeekPaper *about, const char *path, gboolean replace,
                          GError **error)
{
    g_autoptr(Paper) paper = lay_out(about, FALSE, error);
    if (paper != NULL && paper_pages(paper) > 1) {
        paper_free(paper);
        paper = lay_out(about, TRUE, error);
    }
    return paper != NULL && paper_write(paper, path, replace, error);
}
