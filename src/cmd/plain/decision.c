/* decision.c: a decision on a client's support, entered as lines. */
#include "cmd/plain/page.h"
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/completion/decision_rows.h"

static void check_decision(PlainPage *page, char *const *values, const char **faults)
{
    (void)page;
    g_autoptr(Decision) scratch = decision_new();
    decision_rows_take(values, scratch, faults);
}

static gboolean save_decision(PlainPage *page)
{
    const char *faults[DECISION_ROW_COUNT];
    Session *session = page->plain->session;
    Decision *decision = page->data;
    gint64 after = 0;
    GError *error = NULL;
    decision_rows_take(page->values, decision, faults);
    decision->version = page->version;
    if (page->is_new ? decision_enter(session, decision, &after, &error)
                     : decision_change(session, decision, &after, &error)) {
        g_autofree char *what = page->is_new ? decision_rows_done(decision, after)
                                             : decision_rows_corrected(decision, after);
        plain_say(page->plain, "%s", what);
        return TRUE;
    }
    g_autoptr(Decision) theirs =
        g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT)
            ? decision_get(session, decision->id, NULL)
            : NULL;
    if (theirs != NULL)
        plain_page_merge(page, decision_rows_of(theirs), theirs->version);
    plain_error(page->plain, error);
    return FALSE;
}

/* `decision` with id 0: a new one. */
static void enter(Plain *plain, Decision *decision, char **values)
{
    const char *kinds[ENTRY_COUNT], *laws[DECISION_LAWS];
    const gboolean is_new = decision->id == 0;
    for (int i = 0; i < ENTRY_COUNT; i++)
        kinds[i] = decision_kind_name(decision_entry_code(i));
    for (int i = 0; i < DECISION_LAWS; i++)
        laws[i] = decision_rows_law(i);
    const PlainRow rows[DECISION_ROW_COUNT] = {
        [DECISION_ROW_KIND] = {.label = C_("decision", "Decided to"),
                               .options = kinds,
                               .count = ENTRY_COUNT},
        [DECISION_ROW_LAW] = {.label = C_("decision", "By the"),
                              .options = laws,
                              .count = DECISION_LAWS},
        [DECISION_ROW_SUPPORT] = {.label = C_("decision", "Support")},
        [DECISION_ROW_DECIDED] = {.label = C_("decision", "Decided"),
                                  .help = _("Empty: today."),
                                  .day = TRUE},
        [DECISION_ROW_FROM] = {.label = C_("decision", "First day"),
                               .help = _("Empty: the day it was decided."),
                               .day = TRUE},
        [DECISION_ROW_TO] = {.label = C_("decision", "Last day"),
                             .help = _("21/11, 2027-11-30, +52w. Empty: until further notice."),
                             .day = TRUE},
        [DECISION_ROW_MONTH] = {.label = C_("decision", "Hours a month"),
                                .help = _("20, 20:30 or 20,5. May be left empty.")},
        [DECISION_ROW_SECTION] = {.label = C_("decision", "Section"),
                                  .help = _("Where it stands in the law. May be left empty.")},
        [DECISION_ROW_REASONS] = {.label = C_("decision", "Reasons"),
                                  .help = _("Why. May be left empty when all that was applied for "
                                            "is granted.")},
        [DECISION_ROW_BY] = {.label = C_("decision", "Decided by")},
        [DECISION_ROW_DELEGATION] = {.label = C_("decision", "Delegation"),
                                     .help = _("By which right: the point of the delegation order. "
                                               "May be left empty.")},
    };
    PlainPage page = {
        .plain = plain,
        .title = is_new ? _("New decision") : _("Correct the decision"),
        .rows = rows,
        .count = DECISION_ROW_COUNT,
        .values = values,
        .base = is_new ? NULL : decision_rows_of(decision),
        .version = decision->version,
        .kept = {.kind = is_new ? DRAFT_DECISION : DRAFT_DECISION_CHANGE,
                 .ref_id = is_new ? decision->client_id : decision->id},
        .is_new = is_new,
        .data = decision,
        .check = check_decision,
        .save = save_decision,
    };
    plain_page(&page);
    plain_page_clear(&page);
}

void plain_new_decision(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) all = decision_of_client(plain->session, client_id, &error);
    plain_error(plain, error);
    if (all == NULL)
        return;
    g_autoptr(Decision) decision = decision_new();
    decision->client_id = client_id;
    enter(plain, decision,
          decision_rows_values(plain->session, all->len > 0 ? all->pdata[0] : NULL));
}

void plain_correct_decision(Plain *plain, gint64 id)
{
    GError *error = NULL;
    g_autoptr(Decision) decision = decision_get(plain->session, id, &error);
    plain_error(plain, error);
    if (decision != NULL)
        enter(plain, decision, decision_rows_of(decision));
}
