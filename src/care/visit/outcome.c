/* outcome.c: the codes and names of outcomes and of the words around them. */
#include "care/visit/outcome.h"

#include "base/code.h"
#include "base/i18n.h"

static const CodeWord OUTCOMES[OUTCOME_COUNT] = {
    [OUTCOME_DONE] = {"done", NULL},           [OUTCOME_DONE_OTHERWISE] = {"done-otherwise", NULL},
    [OUTCOME_CANCELLED] = {"cancelled", NULL}, [OUTCOME_DECLINED] = {"declined", NULL},
    [OUTCOME_NO_SHOW] = {"no-show", NULL},     [OUTCOME_UNIT_CANCELLED] = {"unit-cancelled", NULL},
    [OUTCOME_REBOOKED] = {"rebooked", NULL},
};
CODE_FUNCTIONS(Outcome, outcome, OUTCOMES)

/* Short words such as "Done" mean other things elsewhere, hence the context. */
const char *outcome_name(Outcome outcome)
{
    switch (outcome) {
    case OUTCOME_DONE:
        return C_("visit outcome", "Done");
    case OUTCOME_DONE_OTHERWISE:
        return C_("visit outcome", "Done in another form");
    case OUTCOME_CANCELLED:
        return C_("visit outcome", "Cancelled");
    case OUTCOME_DECLINED:
        return C_("visit outcome", "Declined on site");
    case OUTCOME_NO_SHOW:
        return C_("visit outcome", "Not present");
    case OUTCOME_UNIT_CANCELLED:
        return C_("visit outcome", "Cancelled by the unit");
    case OUTCOME_REBOOKED:
        return C_("visit outcome", "Rebooked");
    case OUTCOME_NONE:
    case OUTCOME_COUNT:
        break;
    }
    return "";
}

gboolean outcome_is_missed(Outcome outcome)
{
    return outcome == OUTCOME_CANCELLED || outcome == OUTCOME_DECLINED ||
           outcome == OUTCOME_NO_SHOW;
}

gboolean outcome_took_place(Outcome outcome)
{
    return outcome == OUTCOME_DONE || outcome == OUTCOME_DONE_OTHERWISE;
}

gboolean outcome_counts(Outcome outcome)
{
    return outcome != OUTCOME_REBOOKED && outcome != OUTCOME_UNIT_CANCELLED;
}

gboolean outcome_has_cause(Outcome outcome)
{
    return outcome > OUTCOME_DONE && outcome < OUTCOME_COUNT;
}

static const CodeWord CANCELLED_BY[BY_COUNT] = {
    [BY_CLIENT] = {"client", N_("the client")},
    [BY_RELATIVE] = {"relative", N_("a relative")},
    [BY_GUARDIAN] = {"guardian", N_("the legal guardian or trustee")},
    [BY_STAFF] = {"staff", N_("the support worker")},
    [BY_UNIT] = {"unit", N_("the unit")},
    [BY_OTHER] = {"other", N_("someone else")},
};
CODE_AND_NAME_FUNCTIONS(CancelledBy, cancelled_by, CANCELLED_BY)

Outcome outcome_by(Outcome outcome, CancelledBy by)
{
    return outcome == OUTCOME_CANCELLED && by == BY_UNIT ? OUTCOME_UNIT_CANCELLED : outcome;
}

static const CodeWord TOLD_BY[TOLD_COUNT] = {
    [TOLD_PHONE] = {"phone", N_("by phone")},
    [TOLD_SMS] = {"sms", N_("by text message")},
    [TOLD_ON_SITE] = {"on-site", N_("on site")},
    [TOLD_NOT_AT_ALL] = {"none", N_("no word was given")},
    [TOLD_OTHER] = {"other", N_("in another way")},
};
CODE_AND_NAME_FUNCTIONS(ToldBy, told_by, TOLD_BY)

static const CodeWord CAUSE_SOURCES[SOURCE_COUNT] = {
    [SOURCE_CLIENT] = {"client", N_("the person's own words")},
    [SOURCE_STAFF] = {"staff", N_("the staff's assessment")},
    [SOURCE_RELATIVE] = {"relative", N_("a relative's or guardian's words")},
};
CODE_AND_NAME_FUNCTIONS(CauseSource, cause_source, CAUSE_SOURCES)

CauseSource cause_source_by(CancelledBy by)
{
    switch (by) {
    case BY_CLIENT:
        return SOURCE_CLIENT;
    case BY_RELATIVE:
    case BY_GUARDIAN:
        return SOURCE_RELATIVE;
    case BY_STAFF:
    case BY_UNIT:
        return SOURCE_STAFF;
    case BY_NONE:
    case BY_OTHER:
    case BY_COUNT:
        break;
    }
    return SOURCE_NONE;
}

static const CodeWord ALTERNATIVES[OFFER_COUNT] = {
    [OFFER_NOTHING] = {"nothing", N_("nothing was offered")},
    [OFFER_PHONE] = {"phone", N_("a phone call")},
    [OFFER_VIDEO] = {"video", N_("a video call")},
    [OFFER_SHORTER] = {"shorter", N_("a shorter visit")},
    [OFFER_WALK] = {"walk", N_("a walk")},
    [OFFER_OTHER_PLACE] = {"other-place", N_("another place")},
    [OFFER_OTHER_PERSON] = {"other-person", N_("another person")},
};
CODE_AND_NAME_FUNCTIONS(Alternative, alternative, ALTERNATIVES)

static const CodeWord VISIT_MODES[VISIT_MODE_COUNT] = {
    [VISIT_MODE_HOME] = {"home", N_("home visit")},
    [VISIT_MODE_PHONE] = {"phone", N_("phone call")},
    [VISIT_MODE_VIDEO] = {"video", N_("video call")},
    [VISIT_MODE_WALK] = {"walk", N_("walk")},
    [VISIT_MODE_ELSEWHERE] = {"elsewhere", N_("elsewhere")},
};
CODE_AND_NAME_FUNCTIONS(VisitMode, visit_mode, VISIT_MODES)

gboolean visit_mode_said(const char *said, VisitMode *mode)
{
    const int found = code_value_said(VISIT_MODES, VISIT_MODE_COUNT, said);
    if (found >= 0)
        *mode = (VisitMode)found;
    return found >= 0;
}

VisitMode alternative_mode(Alternative alternative)
{
    switch (alternative) {
    case OFFER_PHONE:
        return VISIT_MODE_PHONE;
    case OFFER_VIDEO:
        return VISIT_MODE_VIDEO;
    case OFFER_WALK:
        return VISIT_MODE_WALK;
    case OFFER_OTHER_PLACE:
        return VISIT_MODE_ELSEWHERE;
    case OFFER_NONE:
    case OFFER_NOTHING:
    case OFFER_SHORTER:
    case OFFER_OTHER_PERSON:
    case OFFER_COUNT:
        break;
    }
    return VISIT_MODE_HOME;
}

int alternative_minutes(Alternative alternative, int minutes)
{
    enum { CALL_MINUTES = 30 };
    VisitMode mode = alternative_mode(alternative);
    if (mode == VISIT_MODE_PHONE || mode == VISIT_MODE_VIDEO)
        return MIN(minutes, CALL_MINUTES);
    return alternative == OFFER_SHORTER ? (minutes + 1) / 2 : minutes;
}

int notice_hours(Date today, int minute, Date date, int start)
{
    gint64 ahead = ((gint64)date - today) * 24 * 60 + start - minute;
    return ahead > 0 ? (int)(ahead / 60) : 0;
}

const char *notice_band_name(int hours)
{
    if (hours < 0)
        return "";
    if (hours >= 24)
        return _("at least 24 hours before");
    if (hours > 0)
        return _("the same day or the day before");
    return _("less than an hour before");
}

char *notice_text(int hours)
{
    enum { DAY_HOURS = 24, HOURS_MOST = 2 * DAY_HOURS - 1 };
    int days = hours / DAY_HOURS;
    if (hours <= 0)
        return g_strdup(_("less than an hour"));
    if (hours <= HOURS_MOST)
        return g_strdup_printf(ngettext("%d hour", "%d hours", (gulong)hours), hours);
    return g_strdup_printf(ngettext("%d day", "%d days", (gulong)days), days);
}
