/* completion_stop.c: why a form cannot be completed today. Pure. */
#include "care/completion/completion_stop.h"

#include "base/i18n.h"
#include "care/completion/completion_mapping_private.h"

/* A question that applies, with the value it has (NULL: none). FALSE where the form has none that
 * applies. */
static gboolean asks(const Mapping *mapping, const char *to, const FormItem **item,
                     const char **value)
{
    const MappedAnswer *answer = mapping_find(mapping, to);
    *value = mapped_text(answer);
    if (answer != NULL)
        *item = answer->item;
    return answer != NULL;
}

/* Whether the form has such a question, also where it does not apply. */
static gboolean maps_somewhere(const GPtrArray *items, const char *to)
{
    for (guint i = 0; i < items->len; i++) {
        const FormItem *item = items->pdata[i];
        if (g_strcmp0(item->maps_to, to) == 0 || maps_somewhere(item->items, to))
            return TRUE;
    }
    return FALSE;
}

/* That it is over: withdrawn, or run out. */
static const char *end_fault(const Mapping *mapping, const FormItem **item)
{
    const char *value;
    Date withdrawn = mapping_date(mapping, "consent.withdrawn_on");
    if (withdrawn != DATE_NONE && withdrawn <= mapping->today) {
        asks(mapping, "consent.withdrawn_on", item, &value);
        return N_("The consent has been withdrawn, so nothing is shared with others.");
    }
    Date ends = mapping_date(mapping, "consent.ends_on");
    if (ends != DATE_NONE && ends < mapping->today) {
        asks(mapping, "consent.ends_on", item, &value);
        return N_("The consent has run out, so nothing is shared with others. Ask for a new one "
                  "first.");
    }
    return NULL;
}

/* That it is none: not given, or for a child not by whom it takes. */
static const char *given_fault(const Mapping *mapping, const FormItem **item)
{
    const char *value;
    gboolean asked = asks(mapping, "consent.given", item, &value);
    if (g_strcmp0(value, "true") != 0 && g_strcmp0(value, "given") != 0 &&
        (asked || maps_somewhere(mapping->form->items, "consent.given")))
        return N_("There is no consent, so nothing is shared with others. Write down the consent "
                  "first.");
    if (asks(mapping, "sip.who_consents", item, &value) && value == NULL)
        return N_(
            "It is not said who consents for the child, so nothing is shared with others. Ask "
            "them first.");
    if (asks(mapping, "sip.guardians", item, &value) && g_strcmp0(value, "all") != 0)
        return N_("The guardians have not all consented, so nothing is shared with others. Ask "
                  "them first.");
    if (asks(mapping, "sip.child", item, &value) && g_strcmp0(value, "true") != 0)
        return N_("The child has not consented itself, so nothing is shared with others. Ask the "
                  "child first.");
    if (asks(mapping, "sip.consent_holds", item, &value) && g_strcmp0(value, "false") == 0)
        return N_("The consent did not hold any more at the meeting, so nothing is shared with "
                  "others.");
    return NULL;
}

const char *completion_consent_fault(const Form *form, const Answers *answers, Date today,
                                     const FormItem **item)
{
    g_autoptr(Mapping) mapping = mapping_new(form, answers, today);
    const char *fault = end_fault(mapping, item);
    return fault != NULL ? fault : given_fault(mapping, item);
}

/* The first visit is on one of the weekdays: else nobody knows which of the two was meant. */
static char *first_day_fault(const Mapping *mapping, const FormItem **item)
{
    static const char *const DAYS[] = {"", "MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    const Date first = mapping_date(mapping, "series.starts_on");
    const MappedAnswer *days = mapping_find(mapping, "series.weekdays");
    if (first == DATE_NONE || mapped_text(days) == NULL)
        return NULL;
    g_auto(GStrv) codes = g_strsplit(mapped_text(days), " ", -1);
    const char *const code = DAYS[date_weekday(first)];
    if (g_strv_contains((const char *const *)codes, code))
        return NULL;
    *item = days->item;
    const FormOption *option = form_option(days->item, code);
    return g_strdup_printf(_("The first visit is on a weekday that is not among those chosen (%s). "
                             "Choose it too, or change the first day."),
                           option != NULL ? form_text(option->display) : code);
}

char *completion_stop(const Form *form, const Answers *answers, Date today, gboolean correction,
                      const FormItem **item)
{
    char text[DATE_SIZE];
    const char *value;
    const FormItem *meeting = NULL;
    g_autoptr(Mapping) mapping = mapping_new(form, answers, today);
    char *days = first_day_fault(mapping, item);
    if (days != NULL)
        return days;
    if (!asks(mapping, "sip.meeting_on", &meeting, &value) ||
        mapping_date(mapping, "sip.closed_on") != DATE_NONE)
        return NULL;
    const char *fault = correction ? NULL : end_fault(mapping, item);
    if (fault == NULL)
        fault = given_fault(mapping, item);
    if (fault != NULL)
        return g_strdup_printf(_("%s A SIP is not completed without it: close the plan, or answer "
                                 "that there shall be none."),
                               i18n_text(fault));
    Date day = mapping_date(mapping, "sip.meeting_on");
    if (day == DATE_NONE || day <= today)
        return NULL;
    *item = meeting;
    return g_strdup_printf(_("The meeting is not until %s. Complete the form when it has been "
                             "held."),
                           date_format(day, text));
}
