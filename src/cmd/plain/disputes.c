/* disputes.c: what a client says is wrong, as lines: noted, and answered. */
#include "cmd/plain/page.h"
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/unit/access.h"

/* --- noting one ------------------------------------------------------------------------------- */

static void check_dispute(PlainPage *page, char *const *values, const char **faults)
{
    (void)page;
    g_autoptr(Dispute) scratch = dispute_new();
    dispute_rows_take(values, scratch, faults);
}

static gboolean save_dispute(PlainPage *page)
{
    const char *faults[DISPUTE_ROW_COUNT];
    GError *error = NULL;
    Dispute *dispute = page->data;
    if (dispute_rows_take(page->values, dispute, faults) &&
        dispute_add(page->plain->session, dispute, &error)) {
        plain_say(page->plain, "%s",
                  _("It is noted, and stands beside it from now on. The case officer has the task "
                    "to answer."));
        return TRUE;
    }
    plain_error(page->plain, error);
    return FALSE;
}

void plain_new_dispute(Plain *plain, gint64 client_id, const PlainDisputed *of)
{
    char today[DATE_SIZE];
    const PlainRow rows[DISPUTE_ROW_COUNT] = {
        [DISPUTE_ROW_ENTRY] = {.label = C_("dispute", "About"),
                               .help = _("What is said to be wrong. Add which part of it, where "
                                         "that helps.")},
        [DISPUTE_ROW_WORDS] = {.label = C_("dispute", "Words"),
                               .help = _("What the person says, in their own words. Nothing that "
                                         "stands is erased.")},
        [DISPUTE_ROW_SAID] = {.label = C_("quote", "Said"),
                              .help = _("The day it was said: 21/11, yesterday."),
                              .day = TRUE},
    };
    g_autoptr(Dispute) dispute = dispute_new();
    dispute->client_id = client_id;
    dispute->about = of->about;
    dispute->about_id = of->id;
    dispute->field = g_strdup(of->field);
    char **values = g_new0(char *, DISPUTE_ROW_COUNT + 1);
    values[DISPUTE_ROW_ENTRY] = g_strdup(of->entry);
    values[DISPUTE_ROW_WORDS] = g_strdup("");
    values[DISPUTE_ROW_SAID] = g_strdup(date_format(clock_today(), today));
    PlainPage page = {
        .plain = plain,
        .title = _("The person says it is wrong"),
        .rows = rows,
        .count = DISPUTE_ROW_COUNT,
        .values = values,
        .kept = {.kind = dispute_draft(of->about, of->field),
                 .ref_id = of->id != 0 ? of->id : client_id},
        .is_new = TRUE,
        .data = dispute,
        .check = check_dispute,
        .save = save_dispute,
    };
    plain_page(&page);
    plain_page_clear(&page);
}

/* Which field of the card, or something else. */
static void choose_about(Plain *plain, gint64 client_id)
{
    int count = 0;
    g_autoptr(GPtrArray) lines = g_ptr_array_new();
    for (; DISPUTE_FIELDS[count].field != NULL; count++)
        g_ptr_array_add(lines, (char *)_(DISPUTE_FIELDS[count].name));
    g_ptr_array_add(lines, (char *)_("Something else that is kept"));
    const int index = plain_choose(plain, _("What does the person say is wrong?"), lines);
    if (index == count)
        plain_new_dispute(plain, client_id, &(PlainDisputed){DISPUTE_OTHER, 0, NULL, ""});
    else if (index >= 0)
        plain_new_dispute(plain, client_id,
                          &(PlainDisputed){DISPUTE_CARD, 0, DISPUTE_FIELDS[index].field,
                                           _(DISPUTE_FIELDS[index].name)});
}

/* --- what came of it -------------------------------------------------------------------------- */

static void check_settle(PlainPage *page, char *const *values, const char **faults)
{
    (void)page;
    DisputeOutcome outcome;
    g_autofree char *reason = NULL;
    settle_rows_take(values, &outcome, &reason, faults);
}

static gboolean save_settled(PlainPage *page)
{
    DisputeOutcome outcome;
    g_autofree char *reason = NULL;
    const char *faults[SETTLE_ROW_COUNT];
    GError *error = NULL;
    const Dispute *dispute = page->data;
    if (settle_rows_take(page->values, &outcome, &reason, faults) &&
        dispute_settle(page->plain->session, dispute->id, outcome, reason, &error)) {
        plain_say(page->plain, "%s",
                  _("The answer is kept beside the person's words. Tell the person."));
        return TRUE;
    }
    plain_error(page->plain, error);
    return FALSE;
}

static void settle(Plain *plain, Dispute *dispute)
{
    const char *const outcomes[] = {dispute_outcome_name(DISPUTE_CORRECTED),
                                    dispute_outcome_name(DISPUTE_STANDS)};
    const PlainRow rows[SETTLE_ROW_COUNT] = {
        [SETTLE_ROW_OUTCOME] = {.label = _("What came of it"),
                                .help =
                                    _("What is wrong is corrected where it stands, in the usual "
                                      "way. The value before is kept."),
                                .options = outcomes,
                                .count = G_N_ELEMENTS(outcomes),
                                .first = DISPUTE_CORRECTED},
        [SETTLE_ROW_REASON] = {.label = _("Reason"),
                               .help = _("Needed where it stands: the person is told why.")},
    };
    char **values = g_new0(char *, SETTLE_ROW_COUNT + 1);
    values[SETTLE_ROW_OUTCOME] = g_strdup("");
    values[SETTLE_ROW_REASON] = g_strdup("");
    PlainPage page = {
        .plain = plain,
        .title = _("What came of it"),
        .rows = rows,
        .count = SETTLE_ROW_COUNT,
        .values = values,
        .kept = {.kind = DRAFT_SETTLE, .ref_id = dispute->id},
        .is_new = TRUE,
        .data = dispute,
        .check = check_settle,
        .save = save_settled,
    };
    plain_page(&page);
    plain_page_clear(&page);
}

/* --- the list --------------------------------------------------------------------------------- */

void plain_say_disputes(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) disputes = dispute_of_client(plain->session, client_id, &error);
    plain_error(plain, error);
    for (guint i = 0; disputes != NULL && i < disputes->len; i++) {
        const Dispute *dispute = disputes->pdata[i];
        g_autofree char *sentence = dispute_sentence(dispute, i18n_language());
        plain_say(plain, "%s: %s: %s", _("Objection"), dispute->entry, sentence);
    }
}

GPtrArray *plain_read_disputes(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    GPtrArray *disputes =
        client_id != 0 ? dispute_of_client(plain->session, client_id, &error) : NULL;
    plain_error(plain, error);
    return disputes;
}

void plain_say_beside(Plain *plain, const GPtrArray *disputes, const PlainDisputed *of)
{
    g_autofree char *said =
        disputes != NULL ? dispute_beside(disputes, of->about, of->id, of->field, i18n_language())
                         : NULL;
    if (said != NULL)
        plain_say(plain, _("The person says that something here is wrong: %s"), said);
}

void plain_say_disputed(Plain *plain, gint64 client_id, DisputeAbout about, gint64 id)
{
    g_autoptr(GPtrArray) disputes = plain_read_disputes(plain, client_id);
    plain_say_beside(plain, disputes, &(PlainDisputed){.about = about, .id = id});
}

/* FALSE when nothing more is to be done. */
static gboolean choose_dispute(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) disputes = dispute_of_client(plain->session, client_id, &error);
    plain_error(plain, error);
    if (disputes == NULL)
        return FALSE;
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < disputes->len; i++) {
        const Dispute *dispute = disputes->pdata[i];
        g_autofree char *sentence = dispute_sentence(dispute, i18n_language());
        g_ptr_array_add(lines, g_strdup_printf("%s: %s", dispute->entry, sentence));
    }
    g_ptr_array_add(lines, g_strdup(_("Note something more that the person says is wrong")));
    const int index = plain_choose(plain, _("Which one? An empty line goes back."), lines);
    if (index == (int)disputes->len)
        choose_about(plain, client_id);
    else if (index >= 0 && ((const Dispute *)disputes->pdata[index])->outcome != DISPUTE_OPEN)
        plain_say(plain, "%s", _("This has been answered."));
    else if (index >= 0 && access_require(plain->session, PERMIT_CLIENT_EDIT, &error))
        settle(plain, disputes->pdata[index]);
    else
        plain_error(plain, error);
    return index >= 0;
}

void plain_disputes(Plain *plain, gint64 client_id)
{
    while (!plain->ended && choose_dispute(plain, client_id))
        continue;
}
