/* meeting_pdf.c: the page for the meeting on an improvement work. */
#include "exchange/meeting_pdf.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/quote.h"
#include "care/unit/audit.h"
#include "care/unit/cause.h"
#include "exchange/breakdown_words.h"
#include "exchange/line_paper.h"
#include "exchange/week_words.h"
#include "stats/breakdown.h"
#include "stats/week_review.h"

#define CAUSE_WEEKS 2

/* A cause, or none given, in both periods. */
typedef struct {
    char *name;
    const ReviewCause *now, *before; /* NULL: none; the reviews' own */
} MeetingCause;

struct MeetingPaper {
    char *unit;
    gboolean demo;
    Date today, since;
    Improvement *work;
    GPtrArray *cycles; /* Cycle *, by first day */
    WeekReview *now, *before;
    SplitCounts counts_now, counts_before; /* of the same weeks */
    GArray *causes;                        /* MeetingCause, by how many there are now */
    GPtrArray *quotes;                     /* Quote * */
};

/* --- reading ---------------------------------------------------------------------------------- */

static Improvement *current_work(Session *session, GError **error)
{
    g_autoptr(GPtrArray) all = improvement_list(session, error);
    if (all == NULL)
        return NULL;
    for (guint i = 0; i < all->len; i++)
        if (((const Improvement *)all->pdata[i])->ended_on == DATE_NONE)
            return g_steal_pointer(&all->pdata[i]);
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                        _("No improvement work goes on, so there is nothing to meet about. Begin "
                          "one first, or say which."));
    return NULL;
}

static const ReviewCause *find_cause(const WeekReview *review, const char *code)
{
    for (guint i = 0; i < review->causes->len; i++)
        if (g_strcmp0(((const ReviewCause *)review->causes->pdata[i])->code, code) == 0)
            return review->causes->pdata[i];
    return NULL;
}

static void cause_clear(gpointer data)
{
    g_free(((MeetingCause *)data)->name);
}

static void add_cause(MeetingPaper *paper, Session *session, const char *code)
{
    const MeetingCause cause = {
        g_strdup(code != NULL ? cause_name(session, code) : _("No cause given")),
        find_cause(paper->now, code), find_cause(paper->before, code)};
    g_array_append_val(paper->causes, cause);
}

/* Those of now, the largest first, then those that were before and are no more. */
static void pair_causes(MeetingPaper *paper, Session *session)
{
    paper->causes = g_array_new(FALSE, FALSE, sizeof(MeetingCause));
    g_array_set_clear_func(paper->causes, cause_clear);
    for (guint i = 0; i < paper->now->causes->len; i++)
        add_cause(paper, session, ((const ReviewCause *)paper->now->causes->pdata[i])->code);
    for (guint i = 0; i < paper->before->causes->len; i++) {
        const char *code = ((const ReviewCause *)paper->before->causes->pdata[i])->code;
        if (find_cause(paper->now, code) == NULL)
            add_cause(paper, session, code);
    }
}

static gboolean read_counts(Session *session, const WeekReview *review, SplitCounts *counts,
                            GError **error)
{
    const BreakdownQuery query = {.from = week_review_shown(review, 0)->week,
                                  .to = week_review_last(review)->week,
                                  .whole = TRUE};
    g_autoptr(Breakdown) breakdown = breakdown_new(session, &query, error);
    if (breakdown != NULL)
        *counts = breakdown->all;
    return breakdown != NULL;
}

static gboolean read_weeks(MeetingPaper *paper, Session *session, GError **error)
{
    Week last;
    if (!week_review_newest(session, &last, error) ||
        (paper->now = week_review_new(session, last, CAUSE_WEEKS, error)) == NULL)
        return FALSE;
    paper->before = week_review_new(session, week_add(last, -CAUSE_WEEKS), CAUSE_WEEKS, error);
    return paper->before != NULL && read_counts(session, paper->now, &paper->counts_now, error) &&
           read_counts(session, paper->before, &paper->counts_before, error);
}

MeetingPaper *meeting_paper_new(Session *session, gint64 improvement_id, Date since, GError **error)
{
    g_autoptr(MeetingPaper) paper = g_new0(MeetingPaper, 1);
    paper->today = clock_today();
    paper->since = since != DATE_NONE ? since : paper->today - MEETING_DAYS;
    paper->work = improvement_id != 0 ? improvement_get(session, improvement_id, error)
                                      : current_work(session, error);
    if (paper->work == NULL ||
        (paper->cycles = cycle_list(session, paper->work->id, error)) == NULL ||
        !read_weeks(paper, session, error) ||
        (paper->quotes = quote_for_meeting(session, paper->since, paper->today, error)) == NULL)
        return NULL;
    pair_causes(paper, session);
    paper->unit = g_strdup(session_unit_name(session));
    paper->demo = session_is_demo(session);
    return g_steal_pointer(&paper);
}

void meeting_paper_free(MeetingPaper *paper)
{
    if (paper == NULL)
        return;
    g_clear_pointer(&paper->causes, g_array_unref);
    g_clear_pointer(&paper->cycles, g_ptr_array_unref);
    g_clear_pointer(&paper->quotes, g_ptr_array_unref);
    improvement_free(paper->work);
    week_review_free(paper->now);
    week_review_free(paper->before);
    g_free(paper->unit);
    g_free(paper);
}

gboolean meeting_paper_log(const MeetingPaper *paper, Session *session, GError **error)
{
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    return tx != NULL &&
           audit_write(session, "export", "improvement", paper->work->id, 0, NULL, error) &&
           quote_log(session, paper->quotes, error) && db_transaction_commit(tx, error);
}

/* --- what we want, and the causes --------------------------------------------------------------
 */

static void put_part(Paper *paper, const char *heading, const char *words)
{
    paper_heading(paper, 2, heading);
    paper_text(paper, words != NULL ? words : _("It is not written yet: agree on it."));
}

static void put_aim(Paper *paper, const Improvement *work)
{
    put_part(paper, _("What we want to achieve"), work->aim);
    put_part(paper, _("How we shall know"), work->measure);
    if (work->target == IMPROVEMENT_NO_TARGET)
        return;
    g_autofree char *share = week_words_share(work->target / 1000.0);
    g_autofree char *target = g_strdup_printf(_("The target is %s."), share);
    paper_text(paper, target);
}

/* "Weeks 46–47". New. */
static char *weeks_name(const WeekReview *review)
{
    return g_strdup_printf(_("Weeks %d–%d"), week_review_shown(review, 0)->week % 100,
                           week_review_last(review)->week % 100);
}

static double share_of(const ReviewCause *cause)
{
    return cause != NULL ? cause->share : 0;
}

/* "36 · 25.5 %". New. */
static char *value_of(const ReviewCause *cause)
{
    g_autofree char *share = week_words_share(share_of(cause));
    return g_strdup_printf("%d · %s", cause != NULL ? (int)cause->count : 0, share);
}

static void put_cause(Paper *paper, const MeetingCause *cause, double largest)
{
    g_autofree char *now = value_of(cause->now), *before = value_of(cause->before);
    /* TRANSLATORS: "36 · 25.5 % (before 20 · 16.1 %)" */
    g_autofree char *value = g_strdup_printf(_("%s (before %s)"), now, before);
    const double scale = largest > 0 ? largest : 1;
    paper_bar_pair(paper, cause->name, share_of(cause->now) / scale,
                   share_of(cause->before) / scale, value);
}

/* What the shares of the causes are of. */
static void put_whole(Paper *paper, const WeekReview *review)
{
    g_autofree char *weeks = weeks_name(review);
    g_autofree char *whole = week_words_causes(review, G_MAXINT);
    g_autofree char *text = g_strdup_printf("%s: %s.", weeks, whole);
    paper_note(paper, text);
}

static void put_causes(Paper *paper, const MeetingPaper *about)
{
    double largest = 0;
    paper_heading(paper, 2, _("Causes, the last two weeks beside the two before"));
    if (about->causes->len == 0) {
        paper_text(paper, _("No causes are recorded."));
        return;
    }
    put_whole(paper, about->now);
    put_whole(paper, about->before);
    for (guint i = 0; i < about->causes->len; i++) {
        const MeetingCause *cause = &g_array_index(about->causes, MeetingCause, i);
        largest = MAX(largest, MAX(share_of(cause->now), share_of(cause->before)));
    }
    for (guint i = 0; i < about->causes->len; i++)
        put_cause(paper, &g_array_index(about->causes, MeetingCause, i), largest);
}

static void put_support(Paper *paper, const WeekReview *review, const SplitCounts *counts)
{
    g_autofree char *weeks = weeks_name(review);
    g_autofree char *support = breakdown_words_support(counts);
    g_autofree char *text =
        g_strdup_printf("%s: %s", weeks, support != NULL ? support : _("nothing to count."));
    paper_text(paper, text);
}

/* The measure that matters most: what became support all the same. */
static void put_instead(Paper *paper, const MeetingPaper *about)
{
    paper_heading(paper, 2, _("Support in another form, the last two weeks beside the two before"));
    put_support(paper, about->now, &about->counts_now);
    put_support(paper, about->before, &about->counts_before);
}

/* --- words, and tests --------------------------------------------------------------------------
 */

static void put_quotes(Paper *paper, const GPtrArray *quotes)
{
    paper_heading(paper, 2, _("What clients have said"));
    if (quotes->len == 0) {
        paper_text(paper, _("Nobody's words are to be shown this time."));
        return;
    }
    paper_note(paper, _("In their own words, which they let us show here. No names."));
    for (guint i = 0; i < quotes->len; i++)
        paper_quote(paper, ((const Quote *)quotes->pdata[i])->words);
}

static void put_said(Paper *paper, const char *label, const char *words)
{
    if (words != NULL)
        paper_value(paper, label, words);
}

static void put_cycle(Paper *paper, const Cycle *cycle)
{
    char from[DATE_SIZE];
    g_autofree char *heading = g_strdup_printf(
        "%s, %s %s", cycle->name, cycle_kind_name(cycle->kind), date_format(cycle->from, from));
    paper_heading(paper, 3, heading);
    put_said(paper, _("What we predict"), cycle->prediction);
    put_said(paper, _("What happened"), cycle->happened);
    put_said(paper, _("What it taught"), cycle->learned);
    put_said(paper, _("What comes next"), cycle->next);
    if (cycle->happened == NULL && cycle->learned == NULL)
        paper_text(paper, _("What happened is not written yet."));
}

/* Begun since the last meeting, or before it and not yet ended by what comes next. */
static gboolean is_recent(const MeetingPaper *about, const Cycle *cycle)
{
    return cycle->from <= about->today && (cycle->from >= about->since || cycle->next == NULL);
}

static void put_tests(Paper *paper, const MeetingPaper *about)
{
    gboolean some = FALSE;
    paper_heading(paper, 2, _("Changes and tests since the last meeting"));
    for (guint i = 0; i < about->cycles->len; i++) {
        if (!is_recent(about, about->cycles->pdata[i]))
            continue;
        put_cycle(paper, about->cycles->pdata[i]);
        some = TRUE;
    }
    if (!some)
        paper_text(paper, _("Nothing has been tried since then."));
}

/* Those that have not begun; else what was last written of what comes next. */
static void put_next(Paper *paper, const MeetingPaper *about)
{
    const char *last = NULL;
    gboolean some = FALSE;
    paper_heading(paper, 2, _("The next test"));
    for (guint i = 0; i < about->cycles->len; i++) {
        const Cycle *cycle = about->cycles->pdata[i];
        if (cycle->from > about->today) {
            char from[DATE_SIZE];
            g_autofree char *what =
                g_strdup_printf(_("%s, from %s"), cycle->name, date_format(cycle->from, from));
            paper_strong(paper, what);
            put_said(paper, _("What we predict"), cycle->prediction);
            some = TRUE;
        } else if (cycle->next != NULL) {
            last = cycle->next;
        }
    }
    if (!some)
        paper_text(paper, last != NULL ? last : _("It is not planned yet: agree on it."));
}

/* --- the whole -------------------------------------------------------------------------------- */

gboolean meeting_paper_write(const MeetingPaper *about, const char *path, gboolean replace,
                             GError **error)
{
    char since[DATE_SIZE];
    const PaperHead head = {.title = _("Meeting on the improvement work"),
                            .language = i18n_language(),
                            .unit = about->unit,
                            .date = about->today};
    g_autoptr(Paper) paper = paper_new(&head, error);
    if (paper == NULL)
        return FALSE;
    paper_heading(paper, 1, about->work->name);
    if (about->demo)
        paper_note(paper, _("This is a demo. Everybody in it is made up."));
    g_autofree char *last =
        g_strdup_printf(_("The last meeting: %s."), date_format(about->since, since));
    paper_note(paper, last);
    put_aim(paper, about->work);
    line_paper_put(paper, about->now->line);
    put_causes(paper, about);
    put_instead(paper, about);
    put_quotes(paper, about->quotes);
    put_tests(paper, about);
    put_next(paper, about);
    line_paper_definitions(paper);
    return paper_write(paper, path, replace, error);
}
