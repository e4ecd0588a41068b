/* retention.c: whom the unit is to delete (gallring), as lines. */
#include "cmd/plain/page.h"
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_words.h"
#include "care/client/retention_delete.h"
#include "care/client/retention_keep.h"

static void say_proposal(Plain *plain, const RetentionProposal *proposal, GPtrArray *rows)
{
    g_autofree char *head = retention_proposal_words(proposal);
    g_autofree char *closed = client_words_closed(proposal->closed);
    plain_say(plain, "%s", head);
    for (guint i = 0; i < rows->len; i++) {
        const RetentionRow *row = rows->pdata[i];
        g_autofree char *words = retention_row_words(row);
        plain_say(plain, "%s: %s", row->name, words);
    }
    if (closed != NULL)
        plain_say(plain, "%s", closed);
}

/* The proposal as it is now; NULL after saying why there is none. */
static RetentionProposal *read_proposal(Plain *plain, GPtrArray **rows)
{
    GError *error = NULL;
    RetentionProposal *proposal = retention_require(plain->session, &error);
    *rows = proposal != NULL ? retention_rows(plain->session, proposal->id, &error) : NULL;
    plain_error(plain, error);
    if (*rows == NULL)
        g_clear_pointer(&proposal, retention_proposal_free);
    return proposal;
}

static gboolean has_municipality(Plain *plain)
{
    GError *error = NULL;
    int code = 0;
    if (!retention_municipality_read(plain->session, &code, &error)) {
        plain_error(plain, error);
        return FALSE;
    }
    if (code != 0)
        return TRUE;
    g_autofree char *said =
        plain_ask(plain, _("Which municipality does the unit belong to? Its four "
                           "digits, such as 0126 for Huddinge."));
    if (said == NULL || *said == '\0')
        return FALSE;
    const gboolean set = retention_municipality_set(plain->session, said, &error);
    plain_error(plain, error);
    return set;
}

static void propose(Plain *plain, gint64 unused)
{
    (void)unused;
    GError *error = NULL;
    if (!has_municipality(plain))
        return;
    g_autoptr(RetentionProposal) made = retention_propose(plain->session, &error);
    plain_error(plain, error);
    g_autoptr(GPtrArray) rows = NULL;
    g_autoptr(RetentionProposal) proposal = made != NULL ? read_proposal(plain, &rows) : NULL;
    if (proposal != NULL)
        say_proposal(plain, proposal, rows);
}

static void check_keep(PlainPage *page, char *const *values, const char **faults)
{
    (void)page;
    g_auto(KeepReason) scratch = {0};
    keep_rows_take(values, &scratch, faults);
}

static gboolean save_kept(PlainPage *page)
{
    const char *faults[KEEP_ROW_COUNT];
    g_auto(KeepReason) reason = {0};
    GError *error = NULL;
    const gboolean kept =
        keep_rows_take(page->values, &reason, faults) &&
        retention_keep(page->plain->session, page->kept.ref_id, reason.why, reason.again, &error);
    if (kept)
        plain_say(page->plain, "%s", _("Kept."));
    plain_error(page->plain, error);
    return kept;
}

void plain_keep(Plain *plain, gint64 client_id)
{
    const PlainRow rows[KEEP_ROW_COUNT] = {
        [KEEP_ROW_WHY] = {.label = C_("retention", "Why"),
                          .help = _("Why the client is kept all the same: a matter in court, an "
                                    "inquiry that goes on.")},
        [KEEP_ROW_AGAIN] = {.label = C_("retention", "Ask again"),
                            .help = _("The day from which it is to be asked again: 2033-01-10."),
                            .day = TRUE},
    };
    const char *const empty[] = {"", "", NULL};
    PlainPage page = {
        .plain = plain,
        .title = _("Keep the client"),
        .rows = rows,
        .count = KEEP_ROW_COUNT,
        .values = g_strdupv((char **)empty),
        .kept = {.kind = DRAFT_KEEP, .ref_id = client_id},
        .is_new = TRUE,
        .check = check_keep,
        .save = save_kept,
    };
    plain_page(&page);
    plain_page_clear(&page);
}

/* Who is to be deleted, by name; `due` gets the rows, which stay those of `rows`. */
static GPtrArray *due_lines(const GPtrArray *rows, GPtrArray *due)
{
    GPtrArray *lines = g_ptr_array_new();
    for (guint i = 0; i < rows->len; i++) {
        RetentionRow *row = rows->pdata[i];
        if (row->state != RETENTION_DUE || row->kept_by != NULL)
            continue;
        g_ptr_array_add(due, row);
        g_ptr_array_add(lines, row->name);
    }
    return lines;
}

/* One client after the other can be kept; then the whole is confirmed. */
static void keep(Plain *plain, gint64 unused)
{
    (void)unused;
    g_autoptr(GPtrArray) rows = NULL;
    g_autoptr(RetentionProposal) proposal = read_proposal(plain, &rows);
    if (proposal == NULL)
        return;
    g_autoptr(GPtrArray) due = g_ptr_array_new();
    g_autoptr(GPtrArray) lines = due_lines(rows, due);
    if (due->len == 0) {
        plain_say(plain, "%s", _("There is nobody to be deleted."));
        return;
    }
    const int index = plain_choose(plain, _("Who is to be kept? An empty line goes back."), lines);
    if (index >= 0)
        plain_keep(plain, ((const RetentionRow *)due->pdata[index])->client_id);
}

static void confirm(Plain *plain, gint64 unused)
{
    (void)unused;
    GError *error = NULL;
    gint64 count = 0;
    g_autoptr(GPtrArray) rows = NULL;
    g_autoptr(RetentionProposal) proposal = read_proposal(plain, &rows);
    if (proposal == NULL)
        return;
    say_proposal(plain, proposal, rows);
    if (!plain_yes(plain,
                   _("Is it looked through, and are those to be deleted to be so for good?")))
        return;
    if (retention_confirm(plain->session, proposal, &count, &error))
        plain_say(plain,
                  ngettext("%d client is confirmed.", "%d clients are confirmed.", (gulong)count),
                  (int)count);
    plain_error(plain, error);
}

static void run(Plain *plain, gint64 unused)
{
    (void)unused;
    GError *error = NULL;
    RetentionResult result = {0};
    if (!plain_yes(plain, _("Delete for good those who are confirmed?")))
        return;
    const gboolean done = retention_run(plain->session, NULL, NULL, &result, &error);
    plain_error(plain, error);
    if (done || result.deleted > 0)
        plain_say(
            plain,
            ngettext("%d client is deleted.", "%d clients are deleted.", (gulong)result.deleted),
            (int)result.deleted);
    if (result.changed > 0)
        plain_say(plain,
                  ngettext("%d client stays, as something has been noted or begun since.",
                           "%d clients stay, as something has been noted or begun since.",
                           (gulong)result.changed),
                  (int)result.changed);
    g_autofree char *papers = retention_papers_words(result.papers);
    if (papers != NULL)
        plain_say(plain, "%s", papers);
    error = NULL;
    g_autoptr(GPtrArray) copies = retention_copies(plain->session, &error);
    plain_error(plain, error);
    for (guint i = 0; copies != NULL && i < copies->len; i++) {
        g_autofree char *words = retention_copy_words(copies->pdata[i]);
        plain_say(plain, "%s", words);
    }
}

void plain_retention(Plain *plain, gint64 unused)
{
    static const PlainEntry MENU[] = {
        {N_("Make the year's proposal"), PERMIT_CLIENT_EDIT, propose},
        {N_("Keep somebody all the same"), PERMIT_CLIENT_EDIT, keep},
        {N_("Look it through and confirm"), PERMIT_CLIENT_EDIT, confirm},
        {N_("Delete those who are confirmed"), PERMIT_CLIENT_EDIT, run},
    };
    g_autofree char *waits = retention_waits(plain->session);
    if (waits != NULL)
        plain_say(plain, "%s", waits);
    plain_menu(plain, _("Retention: whom to delete"), MENU, G_N_ELEMENTS(MENU), unused);
}
