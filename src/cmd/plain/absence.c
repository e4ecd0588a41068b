/* absence.c: a client who is away, as lines: entered, changed, taken away. */
#include "cmd/plain/page.h"
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/visit/absence_rows.h"

/* --- the page --------------------------------------------------------------------------------- */

static void check_absence(PlainPage *page, char *const *values, const char **faults)
{
    (void)page;
    g_autoptr(Absence) scratch = absence_new(0);
    absence_rows_take(values, scratch, faults);
}

static gboolean save_absence(PlainPage *page)
{
    const char *faults[ABSENCE_ROW_COUNT];
    Session *session = page->plain->session;
    Absence *absence = page->data;
    AbsenceDone done = {0};
    GError *error = NULL;
    absence_rows_take(page->values, absence, faults);
    absence->version = page->is_new ? 1 : page->version;
    if (page->is_new ? absence_add(session, absence, &done, &error)
                     : absence_change(session, absence, &done, &error)) {
        g_autofree char *words = absence_words(absence);
        g_autofree char *what = absence_words_done(&done);
        plain_say(page->plain, _("Away %s. %s"), words, what);
        return TRUE;
    }
    g_autoptr(Absence) theirs = g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT)
                                    ? absence_get(session, absence->id, NULL)
                                    : NULL;
    if (theirs != NULL)
        plain_page_merge(page, absence_rows_values(theirs), theirs->version);
    plain_error(page->plain, error);
    return FALSE;
}

/* `absence` with id 0: a new one. */
static void enter(Plain *plain, Absence *absence)
{
    const char *causes[AWAY_CHOICES];
    const gboolean is_new = absence->id == 0;
    for (int i = 0; i < AWAY_CHOICES; i++)
        causes[i] = away_cause_name(i);
    const PlainRow rows[ABSENCE_ROW_COUNT] = {
        [ABSENCE_ROW_CAUSE] = {.label = C_("absence", "Why"),
                               .options = causes,
                               .count = AWAY_CHOICES},
        [ABSENCE_ROW_TO] = {.label = C_("absence", "Last day"),
                            .help = _("The last day away: 21/11, fri, +2w. Empty: until further "
                                      "notice."),
                            .day = TRUE},
        [ABSENCE_ROW_FROM] = {.label = C_("absence", "First day"),
                              .help = _("The first day away: 21/11, tomorrow."),
                              .day = TRUE},
        [ABSENCE_ROW_WORDS] = {.label = C_("absence", "Note"),
                               .help = _("What the unit should know. Who reads it may be the "
                                         "client. May be left empty.")},
    };
    PlainPage page = {
        .plain = plain,
        .title = _("Away"),
        .rows = rows,
        .count = ABSENCE_ROW_COUNT,
        .values = absence_rows_values(absence),
        .base = is_new ? NULL : absence_rows_values(absence),
        .version = is_new ? 0 : absence->version,
        .kept = {.kind = is_new ? DRAFT_ABSENCE : DRAFT_ABSENCE_CHANGE,
                 .ref_id = is_new ? absence->client_id : absence->id},
        .is_new = is_new,
        .data = absence,
        .check = check_absence,
        .save = save_absence,
    };
    plain_page(&page);
    plain_page_clear(&page);
}

void plain_new_absence(Plain *plain, gint64 client_id)
{
    g_autoptr(Absence) absence = absence_new(client_id);
    enter(plain, absence);
}

void plain_change_absence(Plain *plain, gint64 id)
{
    GError *error = NULL;
    g_autoptr(Absence) absence = absence_get(plain->session, id, &error);
    plain_error(plain, error);
    if (absence != NULL)
        enter(plain, absence);
}

/* --- the list --------------------------------------------------------------------------------- */

static void withdraw(Plain *plain, const Absence *absence)
{
    AbsenceDone done = {0};
    GError *error = NULL;
    if (absence_withdraw(plain->session, absence->id, absence->version, &done, &error)) {
        g_autofree char *what = absence_words_done(&done);
        plain_say(plain, _("The absence is taken away. %s"), what);
    }
    plain_error(plain, error);
}

static void change_or_withdraw(Plain *plain, const Absence *absence)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new();
    g_ptr_array_add(lines, (char *)_("Change its days, why or the note"));
    g_ptr_array_add(lines, (char *)_("It was a mistake: every visit is planned again"));
    const int index = plain_choose(plain, _("What about it? An empty line goes back."), lines);
    if (index == 0)
        plain_change_absence(plain, absence->id);
    else if (index == 1)
        withdraw(plain, absence);
}

/* FALSE when nothing more is to be done. */
static gboolean choose_absence(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) all = absence_of_client(plain->session, client_id, &error);
    plain_error(plain, error);
    if (all == NULL)
        return FALSE;
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(lines, g_strdup(_("Away on other days")));
    for (guint i = 0; i < all->len; i++) {
        const Absence *absence = all->pdata[i];
        g_autofree char *words = absence_words(absence);
        g_ptr_array_add(lines, g_strdup_printf("%s%s%s", words, absence->withdrawn ? ", " : "",
                                               absence->withdrawn ? _("taken away again") : ""));
    }
    const int index = plain_choose(plain, _("Which one? An empty line goes back."), lines);
    if (index == 0)
        plain_new_absence(plain, client_id);
    else if (index > 0 && ((const Absence *)all->pdata[index - 1])->withdrawn)
        plain_refuse(plain, "%s", _("It has been taken away. Choose another, or a new one."));
    else if (index > 0)
        change_or_withdraw(plain, all->pdata[index - 1]);
    return index >= 0;
}

void plain_absences(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) all = absence_of_client(plain->session, client_id, &error);
    plain_error(plain, error);
    if (all != NULL && all->len == 0)
        plain_new_absence(plain, client_id);
    else
        while (!plain->ended && choose_absence(plain, client_id))
            continue;
}
