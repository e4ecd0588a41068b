/* improvement.c: improvement work as lines: the list, one with its changes and tests, the page for
 * its meeting, and the note on a week. */
#include "cmd/plain/page.h"
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/improvement/improvement_rows.h"
#include "care/improvement/week_note.h"
#include "care/unit/access.h"
#include "exchange/line_report.h"
#include "exchange/meeting_pdf.h"

static gboolean may_write(Plain *plain)
{
    return access_allows(plain->session, PERMIT_IMPROVE);
}

/* --- the page of a work ----------------------------------------------------------------------- */

static void check_work(PlainPage *page, char *const *values, const char **faults)
{
    (void)page;
    g_autoptr(Improvement) scratch = improvement_new(clock_today());
    improvement_rows_take(values, scratch, faults);
}

static gboolean save_work(PlainPage *page)
{
    const char *faults[IMPROVEMENT_ROW_COUNT];
    Improvement *work = page->data;
    Session *session = page->plain->session;
    g_autoptr(GError) error = NULL;
    improvement_rows_take(page->values, work, faults);
    work->version = page->version;
    if (improvement_save(session, work, &error)) {
        plain_say(page->plain, "%s", _("Saved."));
        return TRUE;
    }
    g_autoptr(Improvement) theirs = g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT)
                                        ? improvement_get(session, work->id, NULL)
                                        : NULL;
    plain_error(page->plain, g_steal_pointer(&error));
    if (theirs != NULL)
        plain_page_merge(page, improvement_rows_values(theirs), theirs->version);
    return FALSE;
}

static void edit_work(Plain *plain, Improvement *work)
{
    const PlainRow rows[IMPROVEMENT_ROW_COUNT] = {
        [IMPROVEMENT_ROW_NAME] = {.label = C_("improvement", "Name"),
                                  .help = _("What the meeting calls it.")},
        [IMPROVEMENT_ROW_AIM] = {.label = _("What we want to achieve"),
                                 .help = _("For whom, and what becomes better.")},
        [IMPROVEMENT_ROW_MEASURE] = {.label = _("How we shall know"),
                                     .help = _("What is counted or asked.")},
        [IMPROVEMENT_ROW_TARGET] = {.label = _("Target, percent"),
                                    .help = _("At most so many percent not taken; stands as a line "
                                              "on the chart. May be left empty.")},
        [IMPROVEMENT_ROW_BEGUN] = {.label = C_("improvement", "Begun"),
                                   .help = _("The first day: 21/11, 2026-02-01."),
                                   .day = TRUE},
        [IMPROVEMENT_ROW_ENDED] = {.label = C_("improvement", "Ended"),
                                   .help = _("Leave it empty while the work goes on."),
                                   .day = TRUE},
    };
    g_autofree char *title = g_strdup(work->version == 0 ? _("New improvement work") : work->name);
    PlainPage page = {
        .plain = plain,
        .title = title,
        .rows = rows,
        .count = IMPROVEMENT_ROW_COUNT,
        .values = improvement_rows_values(work),
        .base = improvement_rows_values(work),
        .version = work->version,
        .kept = {.kind = DRAFT_IMPROVEMENT, .ref_id = work->id},
        .is_new = work->version == 0,
        .data = work,
        .check = check_work,
        .save = save_work,
    };
    plain_page(&page);
    plain_page_clear(&page);
}

/* --- the page of a change or a test ------------------------------------------------------------
 */

static void check_cycle(PlainPage *page, char *const *values, const char **faults)
{
    (void)page;
    g_autoptr(Cycle) scratch = cycle_new(0, clock_today());
    cycle_rows_take(values, scratch, faults);
}

static gboolean save_cycle(PlainPage *page)
{
    const char *faults[CYCLE_ROW_COUNT];
    Cycle *cycle = page->data;
    Session *session = page->plain->session;
    g_autoptr(GError) error = NULL;
    cycle_rows_take(page->values, cycle, faults);
    cycle->version = page->version;
    if (cycle_save(session, cycle, &error)) {
        plain_say(page->plain, "%s", _("Saved."));
        return TRUE;
    }
    g_autoptr(Cycle) theirs = g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT)
                                  ? cycle_get(session, cycle->id, NULL)
                                  : NULL;
    plain_error(page->plain, g_steal_pointer(&error));
    if (theirs != NULL)
        plain_page_merge(page, cycle_rows_values(theirs), theirs->version);
    return FALSE;
}

static void edit_cycle(Plain *plain, Cycle *cycle)
{
    const char *const kinds[] = {cycle_kind_name(CYCLE_CHANGE), cycle_kind_name(CYCLE_TEST)};
    const char *const yes_no[] = {C_("answer", "no"), C_("answer", "yes")};
    const PlainRow rows[CYCLE_ROW_COUNT] = {
        [CYCLE_ROW_KIND] = {.label = _("What it is"), .options = kinds, .count = 2},
        [CYCLE_ROW_NAME] = {.label = C_("improvement", "Name"),
                            .help = _("A few words; they stand on the chart.")},
        [CYCLE_ROW_FROM] = {.label = _("First day"),
                            .help = _("The first day: 21/11, 2026-02-01."),
                            .day = TRUE},
        [CYCLE_ROW_REBASE] = {.label = _("Limits begin anew"),
                              .help = _("Yes when the way of working has changed for good: the "
                                        "chart counts centre and limits anew from that week."),
                              .options = yes_no,
                              .count = 2},
        [CYCLE_ROW_PREDICTION] = {.label = _("What we predict"),
                                  .help = _("Plan: what we believe will happen, and why.")},
        [CYCLE_ROW_HAPPENED] = {.label = _("What happened"),
                                .help = _("Do: what was done, and what was seen.")},
        [CYCLE_ROW_LEARNED] = {.label = _("What it taught"),
                               .help = _("Study: how it was beside what we predicted.")},
        [CYCLE_ROW_NEXT] = {.label = _("What comes next"),
                            .help = _("Act: keep it, change it or leave it, and the next test.")},
    };
    const gboolean is_new = cycle->version == 0;
    g_autofree char *title = g_strdup(is_new ? _("Change or test") : cycle->name);
    PlainPage page = {
        .plain = plain,
        .title = title,
        .rows = rows,
        .count = CYCLE_ROW_COUNT,
        .values = cycle_rows_values(cycle),
        .base = cycle_rows_values(cycle),
        .version = cycle->version,
        .kept = {.kind = is_new ? DRAFT_NEW_CYCLE : DRAFT_CYCLE,
                 .ref_id = is_new ? cycle->improvement_id : cycle->id},
        .is_new = is_new,
        .data = cycle,
        .check = check_cycle,
        .save = save_cycle,
    };
    plain_page(&page);
    plain_page_clear(&page);
}

/* --- what was begun ----------------------------------------------------------------------------
 */

void plain_edit_improvement(Plain *plain, gint64 id)
{
    GError *error = NULL;
    g_autoptr(Improvement) work =
        id != 0 ? improvement_get(plain->session, id, &error) : improvement_new(clock_today());
    plain_error(plain, error);
    if (work != NULL)
        edit_work(plain, work);
}

void plain_new_cycle(Plain *plain, gint64 improvement_id)
{
    g_autoptr(Cycle) cycle = cycle_new(improvement_id, clock_today());
    edit_cycle(plain, cycle);
}

void plain_change_cycle(Plain *plain, gint64 id)
{
    GError *error = NULL;
    g_autoptr(Cycle) cycle = cycle_get(plain->session, id, &error);
    plain_error(plain, error);
    if (cycle != NULL)
        edit_cycle(plain, cycle);
}

/* --- one work --------------------------------------------------------------------------------- */

static void write_paper(Plain *plain, gint64 id)
{
    GError *error = NULL;
    g_autofree char *path = plain_paper_path(plain, "meeting");
    if (path == NULL)
        return;
    g_autoptr(MeetingPaper) paper = meeting_paper_new(plain->session, id, DATE_NONE, &error);
    if (paper != NULL && meeting_paper_log(paper, plain->session, &error) &&
        meeting_paper_write(paper, path, FALSE, &error))
        plain_say(plain, _("The paper lies in %s."), path);
    plain_error(plain, error);
}

/* What stands below the changes. */
enum { PAPER, ADD, CHANGE };

static void act(Plain *plain, Improvement *work, int which)
{
    if (which == PAPER)
        write_paper(plain, work->id);
    else if (which == CHANGE)
        edit_work(plain, work);
    else
        plain_new_cycle(plain, work->id);
}

/* FALSE when nothing more is to be done. */
static gboolean choose_in_work(Plain *plain, gint64 id)
{
    GError *error = NULL;
    g_autoptr(Improvement) work = improvement_get(plain->session, id, &error);
    g_autoptr(GPtrArray) cycles = work != NULL ? cycle_list(plain->session, id, &error) : NULL;
    g_autofree char *said =
        cycles != NULL ? improvement_report_one(plain->session, work, &error) : NULL;
    plain_error(plain, error);
    if (said == NULL)
        return FALSE;
    plain_say(plain, "%s", said);
    g_autoptr(GPtrArray) lines = g_ptr_array_new();
    for (guint i = 0; may_write(plain) && i < cycles->len; i++)
        g_ptr_array_add(lines, ((Cycle *)cycles->pdata[i])->name);
    const int first = (int)lines->len;
    g_ptr_array_add(lines, (char *)_("The page for the meeting, on paper"));
    if (may_write(plain)) {
        g_ptr_array_add(lines, (char *)_("New change or test"));
        g_ptr_array_add(lines, (char *)_("Change or end the work itself"));
    }
    const int index =
        plain_choose(plain, _("What do you want to do? An empty line goes back."), lines);
    if (index >= first)
        act(plain, work, index - first);
    else if (index >= 0)
        edit_cycle(plain, cycles->pdata[index]);
    return index >= 0;
}

/* --- the list --------------------------------------------------------------------------------- */

/* FALSE when nothing more is to be done. */
static gboolean choose_work(Plain *plain)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) works = improvement_list(plain->session, &error);
    plain_error(plain, error);
    if (works == NULL)
        return FALSE;
    if (works->len == 0)
        plain_say(plain, "%s", _("There is no improvement work yet."));
    g_autoptr(GPtrArray) lines = g_ptr_array_new();
    for (guint i = 0; i < works->len; i++)
        g_ptr_array_add(lines, ((Improvement *)works->pdata[i])->name);
    if (may_write(plain))
        g_ptr_array_add(lines, (char *)_("New improvement work"));
    if (lines->len == 0)
        return FALSE;
    const int index = plain_choose(plain, _("Which one? An empty line goes back."), lines);
    if (index == (int)works->len) {
        plain_edit_improvement(plain, 0);
    } else if (index >= 0) {
        const gint64 id = ((const Improvement *)works->pdata[index])->id;
        while (!plain->ended && choose_in_work(plain, id))
            continue;
    }
    return index >= 0;
}

void plain_improvements(Plain *plain, gint64 unused)
{
    (void)unused;
    while (!plain->ended && choose_work(plain))
        continue;
}

/* --- the note on a week ----------------------------------------------------------------------- */

/* What stands there, "" for nothing; as the rows of the page. NULL on error. */
static char **note_values(Session *session, Week week, GError **error)
{
    g_autoptr(GPtrArray) notes = week_note_list(session, week, week, error);
    if (notes == NULL)
        return NULL;
    char **values = g_new0(char *, 2);
    values[0] = g_strdup(notes->len > 0 ? ((const WeekNote *)notes->pdata[0])->words : "");
    return values;
}

static gboolean save_note(PlainPage *page)
{
    const Week week = *(const Week *)page->data;
    Session *session = page->plain->session;
    g_autoptr(GError) error = NULL;
    const char *before = page->base != NULL && page->base[0][0] != '\0' ? page->base[0] : NULL;
    if (week_note_save(session, week, before, page->values[0], &error)) {
        plain_say(page->plain, "%s", _("The note is kept."));
        return TRUE;
    }
    char **theirs = g_error_matches(error, DAGSFORM_ERROR, ERROR_CONFLICT)
                        ? note_values(session, week, NULL)
                        : NULL;
    plain_error(page->plain, g_steal_pointer(&error));
    if (theirs != NULL)
        plain_page_merge(page, theirs, 0);
    return FALSE;
}

void plain_week_note(Plain *plain, gint64 of)
{
    Week week = (Week)of;
    GError *error = NULL;
    char text[WEEK_SIZE];
    char **values = access_require(plain->session, PERMIT_IMPROVE, &error)
                        ? note_values(plain->session, week, &error)
                        : NULL;
    plain_error(plain, error);
    if (values == NULL)
        return;
    const PlainRow row = {.label = C_("of a week", "Note"),
                          .help = _("What was out of the ordinary this week? Write no names. Empty "
                                    "takes the note away.")};
    g_autofree char *title = g_strdup_printf("%s %s", _("Note on a week"), week_format(week, text));
    PlainPage page = {.plain = plain,
                      .title = title,
                      .rows = &row,
                      .count = 1,
                      .values = values,
                      .base = g_strdupv(values),
                      .kept = {.kind = DRAFT_WEEK_NOTE, .ref_id = week},
                      .is_new = TRUE,
                      .data = &week,
                      .save = save_note};
    plain_page(&page);
    plain_page_clear(&page);
}
