/* care_order_rows.c: an order as it is typed on a page, and said. */
#include "care/client/care_order_rows.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"

char **care_order_rows_values(const CareOrder *order)
{
    char day[DATE_SIZE];
    char **values = g_new0(char *, ORDER_ROW_COUNT + 1);
    const char *const texts[ORDER_ROW_COUNT] = {
        [ORDER_ROW_PROVIDER] = order->provider, [ORDER_ROW_AIMS] = order->aims,
        [ORDER_ROW_WORDS] = order->words,       [ORDER_ROW_CONTACT] = order->contact,
        [ORDER_ROW_PHONE] = order->phone,
    };
    const Date days[ORDER_ROW_COUNT] = {
        [ORDER_ROW_ORDERED] = order->ordered,
        [ORDER_ROW_DUE] = order->plan_due,
        [ORDER_ROW_SENT] = order->sent,
    };
    for (int row = 0; row < ORDER_ROW_COUNT; row++) {
        const gboolean is_day =
            row == ORDER_ROW_ORDERED || row == ORDER_ROW_DUE || row == ORDER_ROW_SENT;
        const char *text = is_day ? date_or_null(days[row], day) : texts[row];
        values[row] = g_strdup(text != NULL ? text : "");
    }
    return values;
}

/* New; NULL: nothing is written. */
static char *written(const char *text)
{
    g_autofree char *clean = g_strstrip(text_clean(text));
    return clean[0] != '\0' ? g_steal_pointer(&clean) : NULL;
}

static Date day_or(const char *typed, Date otherwise)
{
    g_autofree char *text = written(typed);
    return text != NULL ? date_parse_words(text, clock_today()) : otherwise;
}

static void find_faults(char *const *values, const CareOrder *order, const char **faults)
{
    g_autofree char *sent = written(values[ORDER_ROW_SENT]);
    if (order->provider == NULL)
        faults[ORDER_ROW_PROVIDER] = _("Write who carries it out.");
    if (order->ordered == DATE_NONE)
        faults[ORDER_ROW_ORDERED] = _("Write the day of the order as 21/11, fri or yesterday.");
    if (order->plan_due == DATE_NONE || order->plan_due < order->ordered)
        faults[ORDER_ROW_DUE] = _("Write the day on which the plan is to have come, which is not "
                                  "before the day of the order.");
    if (sent != NULL && (order->sent == DATE_NONE || order->sent > clock_today()))
        faults[ORDER_ROW_SENT] =
            _("Write the day on which it was sent, which is not in the future.");
    else if (sent != NULL && order->sent < order->ordered)
        faults[ORDER_ROW_SENT] =
            _("It is sent on the day it was ordered, or later. Change one of the days.");
}

gboolean care_order_rows_take(char *const *values, gint64 days, CareOrder *order,
                              const char *faults[ORDER_ROW_COUNT])
{
    const struct {
        OrderRow row;
        char **to;
    } texts[] = {{ORDER_ROW_PROVIDER, &order->provider},
                 {ORDER_ROW_AIMS, &order->aims},
                 {ORDER_ROW_WORDS, &order->words},
                 {ORDER_ROW_CONTACT, &order->contact},
                 {ORDER_ROW_PHONE, &order->phone}};
    memset(faults, 0, ORDER_ROW_COUNT * sizeof *faults);
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_free(*texts[i].to);
        *texts[i].to = written(values[texts[i].row]);
    }
    order->ordered = day_or(values[ORDER_ROW_ORDERED], clock_today());
    order->plan_due = day_or(values[ORDER_ROW_DUE],
                             order->ordered != DATE_NONE ? order->ordered + (Date)days : DATE_NONE);
    order->sent = day_or(values[ORDER_ROW_SENT], DATE_NONE);
    find_faults(values, order, faults);
    for (int row = 0; row < ORDER_ROW_COUNT; row++)
        if (faults[row] != NULL)
            return FALSE;
    return TRUE;
}

/* --- in words --------------------------------------------------------------------------------- */

char *care_order_words(const CareOrder *order, const Decision *decision)
{
    char day[DATE_SIZE];
    if (order->sent == DATE_NONE)
        return g_strdup(_("not sent"));
    date_format(order->sent, day);
    return decision != NULL && decision->version > order->sent_version
               ? g_strdup_printf(_("sent %s, the decision corrected since"), day)
               : g_strdup_printf(_("sent %s"), day);
}

char *care_order_words_done(const CareOrder *order)
{
    char day[DATE_SIZE];
    return g_strdup_printf(_("The order is noted. The plan is to have come on %s."),
                           date_format(order->plan_due, day));
}
