/* visits_pdf.c: a client's visits on paper. */
#include "exchange/visits_pdf.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/unit/audit.h"
#include "care/unit/cause.h"
#include "care/visit/outcome_words.h"
#include "care/visit/visit_list.h"
#include "care/visit/visit_words.h"
#include "exchange/paper.h"
#include "exchange/week_words.h"
#include "stats/review.h"

typedef struct {
    Visit *visit;
    char *cause; /* in words; NULL: none */
} PaperVisit;

struct VisitsPaper {
    VisitsPaperOrder order;
    char *unit, *client;
    gboolean demo;
    Date today;
    GArray *visits; /* PaperVisit, by day */
};

/* --- reading ---------------------------------------------------------------------------------- */

static void paper_visit_clear(gpointer data)
{
    PaperVisit *row = data;
    visit_free(row->visit);
    g_free(row->cause);
}

static gboolean read_visits(VisitsPaper *paper, Session *session, GError **error)
{
    enum { PAGE = 500 };
    const VisitsPaperOrder *order = &paper->order;
    const VisitQuery query = {.from = order->from,
                              .to = order->to,
                              .client_id = order->client_id,
                              .outcome = -1,
                              .without_words = !order->words};
    guint read = PAGE;
    paper->visits = g_array_new(FALSE, FALSE, sizeof(PaperVisit));
    g_array_set_clear_func(paper->visits, paper_visit_clear);
    while (read == PAGE) {
        const guint count = paper->visits->len;
        const Visit *after =
            count > 0 ? g_array_index(paper->visits, PaperVisit, count - 1).visit : NULL;
        g_autoptr(GPtrArray) page = visit_list(session, &query, after, PAGE, error);
        if (page == NULL)
            return FALSE;
        read = page->len;
        for (guint i = 0; i < read; i++) {
            Visit *visit = g_steal_pointer(&page->pdata[i]);
            const PaperVisit row = {visit, outcome_words_cause(session, &visit->outcome)};
            g_array_append_val(paper->visits, row);
        }
    }
    return TRUE;
}

VisitsPaper *visits_paper_new(Session *session, const VisitsPaperOrder *order, GError **error)
{
    if (!client_require(session, PERMIT_CLIENT_READ, order->client_id, error))
        return NULL;
    ClientRow *client = client_glance(session, order->client_id, error);
    if (client == NULL)
        return NULL;
    g_autoptr(VisitsPaper) paper = g_new0(VisitsPaper, 1);
    paper->order = *order;
    paper->client = g_strdup(client->name);
    paper->unit = g_strdup(session_unit_name(session));
    paper->demo = session_is_demo(session);
    paper->today = clock_today();
    client_row_free(client);
    return read_visits(paper, session, error) ? g_steal_pointer(&paper) : NULL;
}

void visits_paper_free(VisitsPaper *paper)
{
    if (paper == NULL)
        return;
    g_clear_pointer(&paper->visits, g_array_unref);
    g_free(paper->client);
    g_free(paper->unit);
    g_free(paper);
}

guint visits_paper_count(const VisitsPaper *paper)
{
    return paper->visits->len;
}

gboolean visits_paper_log(const VisitsPaper *paper, Session *session, GError **error)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "format", NULL, "pdf");
    audit_changes_date(changes, "from", DATE_NONE, paper->order.from);
    audit_changes_date(changes, "to", DATE_NONE, paper->order.to);
    audit_changes_int(changes, "rows", -1, (gint64)paper->visits->len);
    audit_changes_int(changes, "words", 0, paper->order.words);
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    return tx != NULL &&
           audit_write(session, "export", "visit", 0, paper->order.client_id, changes, error) &&
           db_transaction_commit(tx, error);
}

/* --- sums ------------------------------------------------------------------------------------- */

static const Visit *nth(const VisitsPaper *paper, guint i)
{
    return g_array_index(paper->visits, PaperVisit, i).visit;
}

/* The visits as the week's review counts them: those whose day has passed, or that something has
 * come of. */
static ReviewWeek count_visits(const VisitsPaper *paper)
{
    WeekOutcomes counts = {0};
    for (guint i = 0; i < paper->visits->len; i++) {
        const Visit *visit = nth(paper, i);
        const Outcome outcome = visit->outcome.outcome;
        if (outcome == OUTCOME_NONE && visit->date >= paper->today)
            continue;
        counts.visits[outcome]++;
        counts.stand_in[outcome] += visit->stand_in;
    }
    return review_week(&counts, paper->today);
}

/* "Something else was offered at 4 visits, accepted at 3, and took place at 2." New. */
static char *offers(const VisitsPaper *paper)
{
    int offered = 0, accepted = 0, took_place = 0;
    for (guint i = 0; i < paper->visits->len; i++) {
        const Visit *visit = nth(paper, i);
        const VisitOutcome *came = &visit->outcome;
        if (came->alternative <= OFFER_NOTHING)
            continue;
        offered++;
        accepted += came->alternative_taken == 1;
        took_place += came->outcome == OUTCOME_DONE_OTHERWISE ||
                      (visit->alternative_date != DATE_NONE &&
                       outcome_took_place(visit->alternative_outcome));
    }
    return g_strdup_printf(ngettext("Something else was offered at %d visit, accepted at %d, and "
                                    "took place at %d.",
                                    "Something else was offered at %d visits, accepted at %d, and "
                                    "took place at %d.",
                                    (gulong)offered),
                           offered, accepted, took_place);
}

static void put(Paper *paper, char *sentence)
{
    paper_text(paper, sentence);
    g_free(sentence);
}

static void put_sums(Paper *paper, const VisitsPaper *about)
{
    const ReviewWeek sums = count_visits(about);
    put(paper, week_words_counts(&sums));
    if (sums.recorded > 0) {
        g_autofree char *share = week_words_share((double)sums.missed / (double)sums.recorded);
        put(paper, g_strdup_printf(_("Share not taken: %s."), share));
    }
    put(paper, offers(about));
    for (Outcome outcome = OUTCOME_DONE; outcome < OUTCOME_COUNT; outcome++) {
        g_autofree char *count = g_strdup_printf("%d", (int)sums.visits[outcome]);
        if (sums.visits[outcome] > 0)
            paper_value(paper, outcome_name(outcome), count);
    }
    g_autofree char *stand_ins = g_strdup_printf("%d", (int)sums.stand_ins);
    if (sums.stand_ins > 0)
        paper_value(paper, _("In place of another visit"), stand_ins);
    g_autofree char *definition = week_words_definition();
    paper_note(paper, definition);
}

/* --- each visit ------------------------------------------------------------------------------- */

static void add_part(GString *text, const char *label, char *part)
{
    if (part != NULL && *part != '\0')
        g_string_append_printf(text, "\n%s: %s", label, part);
    g_free(part);
}

static void put_visit(Paper *paper, const VisitsPaper *about, const PaperVisit *row)
{
    const Visit *visit = row->visit;
    const VisitOutcome *came = &visit->outcome;
    g_autofree char *when = visit_words_time(visit->date, visit->start);
    g_autofree char *what = came->outcome != OUTCOME_NONE ? outcome_words(came)
                            : visit->date >= about->today ? g_strdup(C_("visit", "planned"))
                                                          : g_strdup(_("nothing recorded"));
    g_autoptr(GString) text = g_string_new(what);
    g_string_append_printf(text, " · %s · ", visit_mode_name(visit->mode));
    g_string_append_printf(text, _("%d min"), visit->minutes);
    if (visit->staff_name != NULL)
        g_string_append_printf(text, " · %s", visit->staff_name);
    add_part(text, _("Objection"), g_strdup(visit->disputed));
    add_part(text, C_("visit", "Cause"), g_strdup(row->cause));
    add_part(text, C_("visit", "Instead"), outcome_words_alternative(came, visit));
    add_part(text, C_("visit", "New time"), outcome_words_new_time(visit));
    paper_value(paper, when, text->str);
    if (came->words != NULL) {
        paper_keep(paper);
        paper_indent(paper, 1);
        paper_quote(paper, came->words);
        paper_indent(paper, 0);
    }
}

/* "2026-10-01 – 2026-11-22": what was asked for, else from the first visit to the last. New. */
static char *period(const VisitsPaper *about)
{
    char from[DATE_SIZE], to[DATE_SIZE];
    const guint count = about->visits->len;
    const Date first = about->order.from != DATE_NONE ? about->order.from
                       : count > 0                    ? nth(about, 0)->date
                                                      : about->today;
    const Date last = about->order.to != DATE_NONE ? about->order.to
                      : count > 0                  ? nth(about, count - 1)->date
                                                   : about->today;
    return g_strdup_printf("%s – %s", date_format(first, from), date_format(last, to));
}

gboolean visits_paper_write(const VisitsPaper *about, const char *path, gboolean replace,
                            GError **error)
{
    const PaperHead head = {.title = _("Visits"),
                            .language = i18n_language(),
                            .unit = about->unit,
                            .person = about->client,
                            .date = about->today};
    g_autoptr(Paper) paper = paper_new(&head, error);
    if (paper == NULL)
        return FALSE;
    g_autofree char *days = period(about);
    g_autofree char *title = g_strdup_printf(_("Visits, %s"), days);
    paper_heading(paper, 1, title);
    paper_strong(paper, about->client);
    if (about->demo)
        paper_note(paper, _("This is a demo. Everybody in it is made up."));
    paper_heading(paper, 2, _("In short"));
    put_sums(paper, about);
    paper_heading(paper, 2, _("Each visit"));
    if (about->visits->len == 0)
        paper_text(paper, _("There are no visits in these days."));
    for (guint i = 0; i < about->visits->len; i++)
        put_visit(paper, about, &g_array_index(about->visits, PaperVisit, i));
    return paper_write(paper, path, replace, error);
}
