/* visit_typed.c: the rows in which visits are planned, as they are typed. */
#include "care/visit/visit_typed.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/visit/series_rule.h"
#include "care/visit/visit_propose.h"

enum { HOUR = 60 }; /* minutes */

static char *stripped(const char *text)
{
    return g_strstrip(g_strdup(text));
}

static gboolean is_blank(const char *text)
{
    g_autofree char *rest = stripped(text);
    return *rest == '\0';
}

/* --- as they begin ---------------------------------------------------------------------------- */

static void set(char **row, char *text)
{
    g_free(*row);
    *row = text;
}

/* Four rows. */
static void begin_time(char **rows, int minutes, VisitMode mode, const char *staff_name)
{
    rows[TIME_ROW_START] = g_strdup("");
    rows[TIME_ROW_LENGTH] = g_strdup_printf("%d", minutes);
    rows[TIME_ROW_MODE] = g_strdup_printf("%d", (int)mode);
    rows[TIME_ROW_STAFF] = g_strdup(staff_name);
}

char **visit_typed_rows(Session *session, const GPtrArray *staff, const char *staff_name,
                        const Visit *instead_of, GError **error)
{
    char **rows = g_new0(char *, VISIT_ROW_COUNT + 1);
    rows[VISIT_ROW_DAY] = g_strdup("");
    if (instead_of == NULL) {
        begin_time(rows + VISIT_ROW_TIME, HOUR, VISIT_MODE_HOME, staff_name);
        return rows;
    }
    begin_time(rows + VISIT_ROW_TIME, instead_of->minutes, instead_of->mode,
               pick_name(staff, instead_of->staff_id));
    g_autoptr(GArray) times = visit_propose(session, instead_of, 1, error);
    if (times == NULL) {
        g_strfreev(rows);
        return NULL;
    }
    if (times->len > 0) {
        char date[DATE_SIZE], start[TIME_SIZE];
        const NewTime *time = &g_array_index(times, NewTime, 0);
        set(&rows[VISIT_ROW_DAY], g_strdup(date_format(time->date, date)));
        set(&rows[VISIT_ROW_TIME + TIME_ROW_START], g_strdup(time_format(time->start, start)));
    }
    return rows;
}

char **visit_typed_series_rows(const char *staff_name)
{
    char date[DATE_SIZE];
    char **rows = g_new0(char *, SERIES_ROW_COUNT + 1);
    rows[SERIES_ROW_DAYS] = g_strdup("");
    rows[SERIES_ROW_EVERY] = g_strdup("1");
    begin_time(rows + SERIES_ROW_TIME, HOUR, VISIT_MODE_HOME, staff_name);
    rows[SERIES_ROW_FROM] = g_strdup(date_format(clock_today(), date));
    rows[SERIES_ROW_UNTIL] = g_strdup("");
    return rows;
}

/* --- what is meant ---------------------------------------------------------------------------- */

const char *visit_typed_first_staff(Session *session, const GPtrArray *staff,
                                    gint64 support_worker_id)
{
    const char *name = pick_name(staff, support_worker_id);
    if (*name == '\0' && session_role(session) == ROLE_SUPPORT_WORKER)
        name = pick_name(staff, session_staff_id(session));
    return name;
}

Date visit_typed_day(const char *text)
{
    g_autofree char *typed = stripped(text);
    return *typed != '\0' ? date_parse_words(typed, clock_today()) : DATE_NONE;
}

int visit_typed_start(const char *text)
{
    g_autofree char *typed = stripped(text);
    return time_parse(typed);
}

int visit_typed_minutes(const char *text)
{
    int minutes = 0;
    length_parse(text, &minutes);
    return minutes;
}

static VisitMode mode_of(const char *digits)
{
    guint64 mode;
    return g_ascii_string_to_unsigned(digits, 10, 0, VISIT_MODE_COUNT - 1, &mode, NULL)
               ? (VisitMode)mode
               : VISIT_MODE_HOME;
}

NewTime visit_typed_time(char *const *rows, const GPtrArray *staff, Date date)
{
    const PickOption *who = pick_match(staff, rows[TIME_ROW_STAFF]);
    return (NewTime){.date = date,
                     .start = visit_typed_start(rows[TIME_ROW_START]),
                     .minutes = visit_typed_minutes(rows[TIME_ROW_LENGTH]),
                     .mode = mode_of(rows[TIME_ROW_MODE]),
                     .staff_id = who != NULL ? who->value : 0};
}

Series *visit_typed_series(char *const *rows, const GPtrArray *staff)
{
    NewTime time = visit_typed_time(rows + SERIES_ROW_TIME, staff, DATE_NONE);
    Series *series = g_new0(Series, 1);
    series->staff_id = time.staff_id;
    series->rrule = series_weekly_rule(weekdays_parse(rows[SERIES_ROW_DAYS]),
                                       g_str_equal(rows[SERIES_ROW_EVERY], "2") ? 2 : 1);
    series->starts_on = visit_typed_day(rows[SERIES_ROW_FROM]);
    series->ends_on = visit_typed_day(rows[SERIES_ROW_UNTIL]);
    series->start = time.start;
    series->minutes = time.minutes;
    series->mode = time.mode;
    return series;
}

/* --- what is wrong ---------------------------------------------------------------------------- */

const char *visit_typed_time_fault(int row, const char *text, const GPtrArray *staff)
{
    switch (row) {
    case TIME_ROW_START:
        return visit_typed_start(text) < 0 ? _("Write the time as 10, 8:30 or 0830.") : NULL;
    case TIME_ROW_LENGTH:
        return visit_typed_minutes(text) == 0
                   ? _("Write the length in minutes, such as 60, or as 1:30.")
                   : NULL;
    case TIME_ROW_STAFF:
        return is_blank(text) || pick_match(staff, text) != NULL
                   ? NULL
                   : _("Nobody, or more than one, has that name. Type more of it, or leave it "
                       "empty.");
    default:
        return NULL;
    }
}

const char *visit_typed_day_fault(const char *text)
{
    return visit_typed_day(text) == DATE_NONE ? _("Which day? 21/11, fri, tomorrow, v48 tue.")
                                              : NULL;
}

const char *visit_typed_series_fault(int row, const char *text, const GPtrArray *staff)
{
    gboolean no_day = visit_typed_day(text) == DATE_NONE;
    switch (row) {
    case SERIES_ROW_DAYS:
        return weekdays_parse(text) == 0 ? _("Choose at least one weekday with 1 to 7.") : NULL;
    case SERIES_ROW_EVERY:
        return NULL;
    case SERIES_ROW_FROM:
        return no_day ? _("From which day? 21/11, mon, v48.") : NULL;
    case SERIES_ROW_UNTIL:
        return no_day && !is_blank(text)
                   ? _("Until which day? Leave it empty when it is not known.")
                   : NULL;
    default:
        return visit_typed_time_fault(row - SERIES_ROW_TIME, text, staff);
    }
}
