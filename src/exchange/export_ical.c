/* export_ical.c: one's own visits as a calendar (iCalendar, RFC 5545).
 *
 * A calendar goes to telephones and to servers of others, so it tells the time alone: no name,
 * unless names are asked for, and then only of one's own clients and never of somebody with
 * protected identity. A visit keeps its UID, and its version is the SEQUENCE, so that a calendar
 * read in again changes what it has instead of adding to it; what does not take place is CANCELLED.
 *
 * Times are written with TZID (3.3.5, form 3): a visit is at nine where the client lives. A
 * floating time (form 1) would be at nine wherever the reader happens to be. */
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/client/client.h"
#include "exchange/export_private.h"

#include <libical/ical.h>
#include <string.h>

#define ZONE "Europe/Stockholm"
/* The rule of the European Union since 1996 (directive 2000/84/EC). */
#define TIME_ZONE                                                                                  \
    "BEGIN:VTIMEZONE\r\nTZID:" ZONE "\r\n"                                                         \
    "BEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"     \
    "TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nEND:STANDARD\r\n"                     \
    "BEGIN:DAYLIGHT\r\nDTSTART:19960331T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"      \
    "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nEND:DAYLIGHT\r\n"                    \
    "END:VTIMEZONE\r\n"

enum {
    EVENT_ID,
    EVENT_DATE,
    EVENT_START,
    EVENT_MINUTES,
    EVENT_VERSION,
    EVENT_CANCELLED, /* 1: it does not take place */
    EVENT_SUMMARY,
    EVENT_COLUMNS
};

/* Never shown: a calendar has no headings. */
static const ExportColumn COLUMNS[EVENT_COLUMNS] = {
    [EVENT_ID] = {"uid", NULL, CELL_TEXT, 0, FALSE},
    [EVENT_DATE] = {"date", NULL, CELL_DATE, 0, FALSE},
    [EVENT_START] = {"start", NULL, CELL_TIME, 0, FALSE},
    [EVENT_MINUTES] = {"minutes", NULL, CELL_INTEGER, 0, FALSE},
    [EVENT_VERSION] = {"version", NULL, CELL_INTEGER, 0, FALSE},
    [EVENT_CANCELLED] = {"cancelled", NULL, CELL_INTEGER, 0, FALSE},
    [EVENT_SUMMARY] = {"summary", NULL, CELL_TEXT, 0, FALSE},
};

/* --- the rows --------------------------------------------------------------------------------- */

static gboolean may_name(const Export *export, const Visit *visit, GHashTable *clients)
{
    const ClientRow *client = g_hash_table_lookup(clients, &visit->client_id);
    return export->order->names && visit->client_protection == PROTECTION_NONE && client != NULL &&
           client->mine && client->protection == PROTECTION_NONE;
}

/* "Visit", "Phone call", "Visit: Anna Berg". New. */
static char *summary(const Export *export, const Visit *visit, GHashTable *clients)
{
    const char *what = visit->mode == VISIT_MODE_HOME ? _("Visit") : visit_mode_name(visit->mode);
    return may_name(export, visit, clients) ? g_strdup_printf("%s: %s", what, visit->client_name)
                                            : g_strdup(what);
}

static gboolean add_event(Export *export, const Visit *visit, GHashTable *clients, GError **error)
{
    const Outcome outcome = visit->outcome.outcome;
    const gboolean takes_place = outcome == OUTCOME_NONE || outcome_took_place(outcome);
    g_autofree char *uid = g_strdup_printf("%016" G_GINT64_MODIFIER "x@dagsform", visit->id);
    g_autofree char *text = summary(export, visit, clients);
    const ExportCell cells[EVENT_COLUMNS] = {
        [EVENT_ID] = CELL_OF_TEXT(uid),
        [EVENT_DATE] = CELL_OF_DATE(visit->date),
        [EVENT_START] = CELL_OF_TIME(visit->start),
        [EVENT_MINUTES] = CELL_OF_NUMBER(visit->minutes),
        [EVENT_VERSION] = CELL_OF_NUMBER((double)visit->version),
        [EVENT_CANCELLED] = CELL_OF_NUMBER(!takes_place),
        [EVENT_SUMMARY] = CELL_OF_TEXT(text),
    };
    return export_add(export, cells, error);
}

static gboolean calendar_rows(Export *export, GError **error)
{
    enum { PAGE = 500 };
    const VisitQuery query = {.from = export->order->from,
                              .to = export->order->to,
                              .staff_id = session_staff_id(export->session),
                              .covered = TRUE,
                              .outcome = -1,
                              .without_words = TRUE};
    g_autoptr(GHashTable) clients = export_clients(export->session, error);
    g_autoptr(GPtrArray) page = NULL;
    if (clients == NULL)
        return FALSE;
    do {
        const Visit *after = page != NULL ? page->pdata[PAGE - 1] : NULL;
        GPtrArray *next = visit_list(export->session, &query, after, PAGE, error);
        g_clear_pointer(&page, g_ptr_array_unref);
        page = next;
        if (page == NULL)
            return FALSE;
        for (guint i = 0; i < page->len; i++)
            if (!add_event(export, page->pdata[i], clients, error))
                return FALSE;
    } while (page->len == PAGE);
    return TRUE;
}

const ExportTable export_table_calendar = {"visit", COLUMNS, EVENT_COLUMNS, calendar_rows};

/* --- the calendar ----------------------------------------------------------------------------- */

static gboolean ical_begin(Export *export, GError **error)
{
    if (export->order->what != EXPORT_VISITS) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("Only visits can be a calendar. Choose csv, xlsx or json."));
        return FALSE;
    }
    g_string_append(export->text, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Dagsform//"
                                  "Dagsform//SV\r\nMETHOD:PUBLISH\r\n" TIME_ZONE);
    return TRUE;
}

static icaltimetype moment(const ExportCell *row)
{
    int year, month, day;
    const int minute = (int)row[EVENT_START].number;
    date_to_ymd((Date)row[EVENT_DATE].number, &year, &month, &day);
    return (icaltimetype){
        .year = year, .month = month, .day = day, .hour = minute / 60, .minute = minute % 60};
}

static gboolean ical_row(Export *export, const ExportCell *row, GError **error)
{
    const struct icaldurationtype length = {.minutes = (unsigned)row[EVENT_MINUTES].number % 60,
                                            .hours = (unsigned)row[EVENT_MINUTES].number / 60};
    icalcomponent *event = icalcomponent_new(ICAL_VEVENT_COMPONENT);
    icalproperty *start = icalproperty_new_dtstart(moment(row));
    icalproperty_add_parameter(start, icalparameter_new_tzid(ZONE));
    icalcomponent_add_property(event, icalproperty_new_uid(row[EVENT_ID].text));
    icalcomponent_add_property(
        event, icalproperty_new_dtstamp(icaltime_from_timet_with_zone(
                   (time_t)(clock_now_ms() / 1000), 0, icaltimezone_get_utc_timezone())));
    icalcomponent_add_property(event, start);
    icalcomponent_add_property(event, icalproperty_new_duration(length));
    icalcomponent_add_property(event, icalproperty_new_sequence((int)row[EVENT_VERSION].number));
    icalcomponent_add_property(event, icalproperty_new_status(row[EVENT_CANCELLED].number > 0
                                                                  ? ICAL_STATUS_CANCELLED
                                                                  : ICAL_STATUS_CONFIRMED));
    icalcomponent_add_property(event, icalproperty_new_summary(row[EVENT_SUMMARY].text));
    icalcomponent_add_property(event, icalproperty_new_class(ICAL_CLASS_PRIVATE));
    char *text = icalcomponent_as_ical_string_r(event);
    g_string_append(export->text, text);
    icalmemory_free_buffer(text);
    icalcomponent_free(event);
    return export_flush(export, FALSE, error);
}

static gboolean ical_end(Export *export, GError **error)
{
    (void)error;
    g_string_append(export->text, "END:VCALENDAR\r\n");
    return TRUE;
}

const ExportWriter export_writer_ical = {ical_begin, ical_row, ical_end, NULL};
