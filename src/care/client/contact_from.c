/* contact_from.c: what a note begins with. Pure. */
#include "care/client/contact_from.h"

#include "base/clock.h"

static ContactMode mode_of(VisitMode mode)
{
    return mode == VISIT_MODE_PHONE   ? CONTACT_PHONE
           : mode == VISIT_MODE_VIDEO ? CONTACT_OTHER
                                      : CONTACT_MEETING;
}

/* The form it took in the end. */
static ContactMode mode_taken(const Visit *visit)
{
    const VisitOutcome *outcome = &visit->outcome;
    if (outcome->outcome == OUTCOME_DONE_OTHERWISE && outcome->alternative == OFFER_PHONE)
        return CONTACT_PHONE;
    if (outcome->outcome == OUTCOME_DONE_OTHERWISE && outcome->alternative == OFFER_VIDEO)
        return CONTACT_OTHER;
    return mode_of(visit->mode);
}

/* It never came to the visit: the contact is that they told so. */
static gboolean was_told(const VisitOutcome *outcome)
{
    return (outcome->outcome == OUTCOME_CANCELLED || outcome->outcome == OUTCOME_REBOOKED) &&
           (outcome->told == TOLD_PHONE || outcome->told == TOLD_SMS);
}

static Date day_of(gint64 ms)
{
    char time[sizeof "HH:MM:SS"];
    return clock_local(ms, time);
}

ContactNote *contact_from_visit(const Visit *visit, Date today)
{
    const VisitOutcome *outcome = &visit->outcome;
    ContactNote *note = contact_note_new(visit->client_id);
    if (was_told(outcome)) {
        note->mode = outcome->told == TOLD_SMS ? CONTACT_MESSAGE : CONTACT_PHONE;
        note->day = visit->recorded_ms != 0 ? day_of(visit->recorded_ms) : today;
    } else if (visit->date <= today) {
        note->mode = mode_taken(visit);
        note->day = visit->date;
        note->time = visit->start;
    }
    if (was_told(outcome) && outcome->by != BY_NONE && outcome->by != BY_CLIENT)
        note->party = g_strdup(cancelled_by_name(outcome->by));
    note->day = MIN(note->day, today);
    return note;
}

ContactNote *contact_from_task(const Task *task)
{
    if (task->client_id == 0)
        return NULL;
    ContactNote *note = contact_note_new(task->client_id);
    note->party = g_strdup(task->contact);
    if (task->came_ms != 0) {
        char time[sizeof "HH:MM:SS"];
        note->day = clock_local(task->came_ms, time);
        time[sizeof "HH:MM" - 1] = '\0';
        note->time = time_parse(time);
        note->note = g_strdup(task->note);
    }
    return note;
}
