/* extract_visits.c: the visits of an extract, planned and past, with what was recorded before. */
#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/cause.h"
#include "care/visit/outcome_words.h"
#include "care/visit/series.h"
#include "care/visit/series_words.h"
#include "care/visit/visit_history.h"
#include "care/visit/visit_list.h"
#include "care/visit/visit_words.h"
#include "exchange/extract_private.h"

static void add_outcome(Extract *extract, ExtractEntry *entry, const VisitOutcome *came)
{
    g_autofree char *notice = came->notice >= 0 ? notice_text(came->notice) : NULL;
    const char *cause = came->cause, *further = came->cause_further;
    extract_field(entry, "outcome", _("Outcome"), outcome_words_name(came));
    extract_field(entry, "cancelled-by", _("Cancelled by"), cancelled_by_name(came->by));
    extract_field(entry, "told-by", _("How it was told"), told_by_name(came->told));
    extract_field(entry, "notice", _("Notice"), notice);
    extract_field(entry, "cause", _("Cause"), cause ? cause_name(extract->session, cause) : NULL);
    extract_field(entry, "cause-further", _("Further cause"),
                  further ? cause_name(extract->session, further) : NULL);
    extract_field(entry, "cause-source", _("Whose word"), cause_source_name(came->source));
    extract_words(entry, "words", _("Own words"), came->words);
    extract_field(entry, "alternative", _("Offered instead"), alternative_name(came->alternative));
    if (came->alternative_taken >= 0)
        extract_field(entry, "alternative-taken", _("Offer taken"),
                      came->alternative_taken ? C_("answer", "yes") : C_("answer", "no"));
    extract_words(entry, "note", _("Note"), came->note);
}

static gboolean add_versions(Extract *extract, ExtractPart *part, const Visit *visit,
                             const char *when, GError **error)
{
    if (visit->version < 2)
        return TRUE;
    g_autoptr(GPtrArray) versions = visit_history(extract->session, visit->id, error);
    for (guint i = 0; versions != NULL && i < versions->len; i++) {
        const VisitVersion *version = versions->pdata[i];
        g_autofree char *title = g_strdup_printf(_("%s, as it stood before"), when);
        g_autofree char *moment = clock_text(version->replaced_ms);
        ExtractEntry *entry = extract_entry(part, title);
        add_outcome(extract, entry, &version->outcome);
        extract_field(entry, "replaced", _("Changed"), moment);
    }
    return versions != NULL;
}

static gboolean add_visit(Extract *extract, ExtractPart *part, const Visit *visit, GError **error)
{
    g_autofree char *when = visit_words_time(visit->date, visit->start);
    g_autofree char *hours = visit_words_hours(visit->start, visit->minutes);
    ExtractEntry *entry = extract_entry(part, when);
    extract_date(entry, "date", _("Date"), visit->date);
    extract_field(entry, "hours", _("Time"), hours);
    extract_field(entry, "mode", _("How it is given"), visit_mode_name(visit->mode));
    extract_field(entry, "staff", _("Carried out by"), visit->staff_name);
    add_outcome(extract, entry, &visit->outcome);
    extract_disputed(extract, entry, DISPUTE_VISIT, visit->id, NULL);
    return add_versions(extract, part, visit, when, error);
}

static gboolean gather_series(Extract *extract, GError **error)
{
    g_autoptr(GPtrArray) all = series_of_client(extract->session, extract->client->id, error);
    if (all == NULL)
        return FALSE;
    ExtractPart *part = extract_part(extract, "series", _("Recurring visits"));
    for (guint i = 0; i < all->len; i++) {
        const Series *series = all->pdata[i];
        g_autofree char *words = series_words(series, "");
        ExtractEntry *entry = extract_entry(part, words);
        extract_date(entry, "from", _("From"), series->starts_on);
        extract_date(entry, "to", _("To"), series->ends_on);
    }
    return TRUE;
}

gboolean extract_gather_visits(Extract *extract, GError **error)
{
    enum { PAGE = 500 };
    const VisitQuery query = {
        .client_id = extract->client->id, .from = DATE_NONE, .to = DATE_NONE, .outcome = -1};
    if (!gather_series(extract, error))
        return FALSE;
    ExtractPart *part = extract_part(extract, "visits", _("Visits"));
    g_autoptr(GPtrArray) page = NULL;
    do {
        const Visit *after = page != NULL ? page->pdata[PAGE - 1] : NULL;
        GPtrArray *next = visit_list(extract->session, &query, after, PAGE, error);
        g_clear_pointer(&page, g_ptr_array_unref);
        page = next;
        if (page == NULL)
            return FALSE;
        for (guint i = 0; i < page->len; i++)
            if (!add_visit(extract, part, page->pdata[i], error))
                return FALSE;
    } while (page->len == PAGE);
    return TRUE;
}
