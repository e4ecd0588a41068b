/* planning.c: visits are planned, one or many that recur, as lines: the pages of the full screen.
 */
#include "cmd/plain/page.h"
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client.h"
#include "care/unit/access.h"
#include "care/unit/staff.h"
#include "care/visit/series.h"
#include "care/visit/series_rule.h"
#include "care/visit/series_words.h"
#include "care/visit/visit_add.h"
#include "care/visit/visit_list.h"
#include "care/visit/visit_propose.h"
#include "care/visit/visit_record.h"
#include "care/visit/visit_typed.h"
#include "care/visit/visit_words.h"

typedef struct {
    ClientRow *client;
    GPtrArray *staff;  /* PickOption * */
    Visit *instead_of; /* that was not taken; NULL: a visit of its own */
    gint64 id;         /* of the visit or the series, drawn at the first attempt to save */
} Planning;

static gboolean planning_init(Plain *plain, Planning *planning, gint64 client_id)
{
    GError *error = NULL;
    *planning = (Planning){0};
    if (access_require(plain->session, PERMIT_VISIT_RECORD, &error))
        planning->client = client_glance(plain->session, client_id, &error);
    if (planning->client != NULL)
        planning->staff = pick_staff(plain->session, &error);
    plain_error(plain, error);
    return planning->staff != NULL;
}

static void planning_clear(Planning *planning)
{
    client_row_free(planning->client);
    g_clear_pointer(&planning->staff, g_ptr_array_unref);
    visit_free(planning->instead_of);
}

static const char *first_staff(Plain *plain, const Planning *planning)
{
    return visit_typed_first_staff(plain->session, planning->staff,
                                   planning->client->support_worker_id);
}

/* --- what both ask for ------------------------------------------------------------------------ */

static void fill_modes(const char *modes[VISIT_MODE_COUNT])
{
    for (VisitMode mode = 0; mode < VISIT_MODE_COUNT; mode++)
        modes[mode] = visit_mode_name(mode);
}

/* Four rows; `modes` must stay. */
static void fill_time_rows(PlainRow *rows, const char *const *modes)
{
    rows[TIME_ROW_START] =
        (PlainRow){.label = _("Time"), .help = _("When it begins: 10, 8:30, 0830.")};
    rows[TIME_ROW_LENGTH] =
        (PlainRow){.label = _("Length"), .help = _("Minutes, or hours as 1:30.")};
    rows[TIME_ROW_MODE] = (PlainRow){
        .label = C_("visit", "Form"), .options = modes, .count = VISIT_MODE_COUNT, .first = 0};
    rows[TIME_ROW_STAFF] =
        (PlainRow){.label = _("Staff"),
                   .help = _("Type the beginning of a name or a code; a hyphen is nobody yet.")};
}

static char *day_meant(const char *text)
{
    char date[DATE_SIZE];
    Date day = visit_typed_day(text);
    return day != DATE_NONE ? g_strdup(date_format(day, date)) : NULL;
}

static char *time_row_meant(const Planning *planning, int row, const char *text)
{
    char time[TIME_SIZE];
    const PickOption *who = row == TIME_ROW_STAFF ? pick_match(planning->staff, text) : NULL;
    if (row == TIME_ROW_START)
        return g_strdup(time_format(visit_typed_start(text), time));
    return who != NULL ? g_strdup(who->name) : NULL;
}

/* FALSE unless it is saved although `warning` (may be "") speaks against it. NULL: `error`. */
static gboolean is_wanted(Plain *plain, const char *warning, GError *error)
{
    plain_error(plain, error);
    if (warning == NULL || *warning == '\0')
        return warning != NULL;
    g_autofree char *question = g_strdup_printf("%s %s", warning, _("Save it all the same?"));
    return plain_yes(plain, question);
}

/* --- one visit -------------------------------------------------------------------------------- */

static char *visit_fault(PlainPage *page, guint row, const char *text)
{
    const Planning *planning = page->data;
    return g_strdup(row == VISIT_ROW_DAY
                        ? visit_typed_day_fault(text)
                        : visit_typed_time_fault((int)row - VISIT_ROW_TIME, text, planning->staff));
}

static char *visit_meant(PlainPage *page, guint row, const char *text)
{
    return row == VISIT_ROW_DAY ? day_meant(text)
                                : time_row_meant(page->data, (int)row - VISIT_ROW_TIME, text);
}

/* With the weekday, which tells a slip of the finger. */
static void say_visit(PlainPage *page)
{
    const Planning *planning = page->data;
    const NewTime time = visit_typed_time(page->values + VISIT_ROW_TIME, planning->staff,
                                          visit_typed_day(page->values[VISIT_ROW_DAY]));
    if (time.date == DATE_NONE || time.start < 0)
        return;
    g_autofree char *when = visit_words_time(time.date, time.start);
    plain_say(page->plain, "%s.", when);
}

static gboolean add_visit(Plain *plain, Planning *planning, const NewTime *time)
{
    GError *error = NULL;
    g_autoptr(Visit) visit = visit_new();
    visit->id = planning->id;
    visit->client_id = planning->client->id;
    visit->staff_id = time->staff_id;
    visit->date = time->date;
    visit->start = time->start;
    visit->minutes = time->minutes;
    visit->mode = time->mode;
    gboolean added = visit_add(plain->session, visit, &error);
    planning->id = visit->id;
    plain_error(plain, error);
    return added;
}

static gboolean save_visit(PlainPage *page)
{
    Planning *planning = page->data;
    Plain *plain = page->plain;
    GError *error = NULL;
    const NewTime time = visit_typed_time(page->values + VISIT_ROW_TIME, planning->staff,
                                          visit_typed_day(page->values[VISIT_ROW_DAY]));
    const Visit visit = {.id = planning->instead_of != NULL ? planning->instead_of->id : 0,
                         .client_id = planning->client->id};
    g_autofree char *warning = visit_time_warning(plain->session, &visit, &time, &error);
    if (!is_wanted(plain, warning, error))
        return FALSE;
    error = NULL;
    gboolean rebooked = planning->instead_of != NULL;
    gboolean saved = rebooked ? visit_rebook(plain->session, planning->instead_of, &time, &error)
                              : add_visit(plain, planning, &time);
    plain_error(plain, error);
    if (saved) {
        char text[TIME_SIZE], date[DATE_SIZE];
        g_autofree char *day = g_strdup_printf("%s %s", date_weekday_name(date_weekday(time.date)),
                                               date_format(time.date, date));
        plain_say(plain,
                  rebooked ? _("A new time for %s is planned: %s, %s. The task is done.")
                           : _("A visit to %s is planned: %s, %s."),
                  planning->client->name, day, time_format(time.start, text));
    }
    return saved;
}

static void plan_visit(Plain *plain, Planning *planning)
{
    GError *error = NULL;
    const Visit *instead_of = planning->instead_of;
    const char *modes[VISIT_MODE_COUNT];
    PlainRow rows[VISIT_ROW_COUNT] = {
        {.label = _("Day"), .help = _("21/11, fri, tomorrow, v48 tue, 2026-11-21.")}};
    fill_modes(modes);
    fill_time_rows(rows + VISIT_ROW_TIME, modes);
    g_autofree char *when =
        instead_of != NULL ? visit_words_time(instead_of->date, instead_of->start) : NULL;
    g_autofree char *title =
        instead_of != NULL
            ? g_strdup_printf(_("A new time for %s, instead of %s"), planning->client->name, when)
            : g_strdup_printf(_("A visit to %s"), planning->client->name);
    PlainPage page = {
        .plain = plain,
        .title = title,
        .rows = rows,
        .count = VISIT_ROW_COUNT,
        .values = visit_typed_rows(plain->session, planning->staff, first_staff(plain, planning),
                                   instead_of, &error),
        .kept = {.kind = instead_of != NULL ? DRAFT_NEW_TIME : DRAFT_VISIT,
                 .ref_id = instead_of != NULL ? instead_of->id : planning->client->id},
        .is_new = TRUE,
        .data = planning,
        .fault = visit_fault,
        .meant = visit_meant,
        .say = say_visit,
        .save = save_visit,
    };
    plain_error(plain, error);
    if (page.values != NULL)
        plain_page(&page);
    plain_page_clear(&page);
}

void plain_new_visit(Plain *plain, gint64 client_id)
{
    Planning planning;
    if (planning_init(plain, &planning, client_id))
        plan_visit(plain, &planning);
    planning_clear(&planning);
}

void plain_rebook(Plain *plain, gint64 visit_id)
{
    GError *error = NULL;
    Planning planning;
    Visit *visit = visit_get(plain->session, visit_id, &error);
    plain_error(plain, error);
    if (visit == NULL)
        return;
    if (planning_init(plain, &planning, visit->client_id)) {
        planning.instead_of = g_steal_pointer(&visit);
        plan_visit(plain, &planning);
    }
    planning_clear(&planning);
    visit_free(visit);
}

/* --- a series --------------------------------------------------------------------------------- */

static char *series_fault(PlainPage *page, guint row, const char *text)
{
    return g_strdup(
        visit_typed_series_fault((int)row, text, ((const Planning *)page->data)->staff));
}

static char *series_meant(PlainPage *page, guint row, const char *text)
{
    if (row == SERIES_ROW_DAYS)
        return weekdays_short(weekdays_parse(text));
    if (row == SERIES_ROW_FROM || row == SERIES_ROW_UNTIL)
        return day_meant(text);
    return row == SERIES_ROW_EVERY ? NULL
                                   : time_row_meant(page->data, (int)row - SERIES_ROW_TIME, text);
}

static void say_series(PlainPage *page)
{
    const Planning *planning = page->data;
    g_autoptr(Series) series = visit_typed_series(page->values, planning->staff);
    if (series->rrule == NULL || series->starts_on == DATE_NONE)
        return;
    g_autofree char *first =
        series_words_first_days(series->rrule, series->starts_on, series->ends_on);
    plain_say(page->plain, "%s", first);
    if (series->starts_on < clock_today())
        plain_say(page->plain, "%s", _("Days that have passed are not laid out."));
}

static gboolean save_series(PlainPage *page)
{
    Planning *planning = page->data;
    Plain *plain = page->plain;
    GError *error = NULL;
    g_autoptr(Series) series = visit_typed_series(page->values, planning->staff);
    series->id = planning->id;
    series->client_id = planning->client->id;
    g_autofree char *warning = visit_series_warning(plain->session, series, &error);
    if (!is_wanted(plain, warning, error))
        return FALSE;
    error = NULL;
    gboolean added = series_add(plain->session, series, &error);
    planning->id = series->id;
    if (added)
        plain_say(plain, _("The series is planned, and its visits are laid out %d weeks ahead."),
                  SERIES_WEEKS_AHEAD);
    plain_error(plain, error);
    return added;
}

static void plan_series(Plain *plain, Planning *planning)
{
    const char *modes[VISIT_MODE_COUNT];
    const char *const often[] = {_("every week"), _("every other week")};
    PlainRow rows[SERIES_ROW_COUNT] = {
        [SERIES_ROW_DAYS] = {.label = _("Weekdays"),
                             .help = _("Such as mon thu, or 1 4 for Monday and Thursday.")},
        [SERIES_ROW_EVERY] = {.label = _("How often"),
                              .options = often,
                              .count = (int)G_N_ELEMENTS(often),
                              .first = 1},
        [SERIES_ROW_FROM] = {.label = _("From"),
                             .help = _("21/11, fri, tomorrow, v48 tue, 2026-11-21.")},
        [SERIES_ROW_UNTIL] = {.label = _("Until"),
                              .help = _("The last day. Empty: until further notice.")},
    };
    fill_modes(modes);
    fill_time_rows(rows + SERIES_ROW_TIME, modes);
    g_autofree char *title = g_strdup_printf(_("Recurring visits to %s"), planning->client->name);
    PlainPage page = {
        .plain = plain,
        .title = title,
        .rows = rows,
        .count = SERIES_ROW_COUNT,
        .values = visit_typed_series_rows(first_staff(plain, planning)),
        .kept = {.kind = DRAFT_SERIES, .ref_id = planning->client->id},
        .is_new = TRUE,
        .data = planning,
        .fault = series_fault,
        .meant = series_meant,
        .say = say_series,
        .save = save_series,
    };
    plain_page(&page);
    plain_page_clear(&page);
}

void plain_new_series(Plain *plain, gint64 client_id)
{
    Planning planning;
    if (planning_init(plain, &planning, client_id))
        plan_series(plain, &planning);
    planning_clear(&planning);
}

/* --- ending one ------------------------------------------------------------------------------- */

static void end_series(Plain *plain, const Series *series)
{
    GError *error = NULL;
    Date from;
    char date[DATE_SIZE];
    if (!plain_day_asked(plain,
                         _("From which day does it end? Visits from that day on without an outcome "
                           "are taken away. An empty line changes nothing:"),
                         &from))
        return;
    if (series_end(plain->session, series->id, from, &error))
        plain_say(plain, _("The series has no visits from %s on."), date_format(from, date));
    plain_error(plain, error);
}

/* A client's that go on, in words. Array of Series *; NULL after saying why. */
static GPtrArray *series_going_on(Plain *plain, gint64 client_id, GPtrArray *lines)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) series = series_of_client(plain->session, client_id, &error);
    g_autoptr(GPtrArray) staff = series != NULL ? pick_staff_all(plain->session, &error) : NULL;
    plain_error(plain, error);
    for (guint i = series != NULL && staff != NULL ? series->len : 0; i > 0; i--) {
        const Series *each = series->pdata[i - 1];
        if (each->ends_on != DATE_NONE && each->ends_on < clock_today())
            g_ptr_array_remove_index(series, i - 1);
    }
    for (guint i = 0; staff != NULL && i < series->len; i++) {
        const Series *each = series->pdata[i];
        g_ptr_array_add(lines, series_words(each, pick_name(staff, each->staff_id)));
    }
    return staff != NULL ? g_steal_pointer(&series) : NULL;
}

void plain_end_series(Plain *plain, gint64 client_id)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) series = series_going_on(plain, client_id, lines);
    if (series == NULL)
        return;
    if (series->len == 0) {
        plain_say(plain, "%s", _("There is no series to end."));
        return;
    }
    int index = plain_choose(plain, _("Which series ends?"), lines);
    if (index >= 0)
        end_series(plain, series->pdata[index]);
}

void plain_say_series(Plain *plain, gint64 client_id)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) series = series_going_on(plain, client_id, lines);
    for (guint i = 0; series != NULL && i < lines->len; i++)
        plain_say(plain, "%s: %s", C_("client", "Planned"), (const char *)lines->pdata[i]);
}

/* --- to another worker ------------------------------------------------------------------------ */

static void hand_over(Plain *plain, const Series *series)
{
    GError *error = NULL;
    Date from;
    gint64 visits = 0;
    g_autoptr(GPtrArray) staff = pick_staff(plain->session, &error);
    plain_error(plain, error);
    if (staff == NULL ||
        !plain_day_asked(plain,
                         _("From which day does another worker go there? An empty line changes "
                           "nothing:"),
                         &from))
        return;
    g_autofree char *name = plain_ask(plain, _("Who? The beginning of a name is enough:"));
    const PickOption *who = name != NULL && name[0] != '\0' ? pick_match(staff, name) : NULL;
    if (who == NULL) {
        plain_refuse(plain, "%s",
                     _("No colleague, or more than one, is meant by that. Type more of the name."));
        return;
    }
    error = NULL;
    if (series_hand_over(plain->session, series->id, who->value, from, &visits, &error))
        plain_say(plain,
                  ngettext("%s has the series from then on; %d visit is planned already.",
                           "%s has the series from then on; %d visits are planned already.",
                           (gulong)visits),
                  who->name, (int)visits);
    plain_error(plain, error);
}

void plain_hand_series(Plain *plain, gint64 client_id)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) series = series_going_on(plain, client_id, lines);
    if (series == NULL)
        return;
    if (series->len == 0) {
        plain_say(plain, "%s", _("There is no series of visits."));
        return;
    }
    const int index = plain_choose(plain, _("Which series gets another worker?"), lines);
    if (index >= 0)
        hand_over(plain, series->pdata[index]);
}
