/* outcome.c: the codes and names of outcomes and of the words around them. */
#include "care/visit/outcome.h"

#include <string.h>

#include "base/i18n.h"

/* A value of an enumeration: its code, and its msgid. */
typedef struct {
    const char *code, *name;
} Word;

static const char *word_code(const Word *words, guint count, guint value)
{
    return value < count ? words[value].code : NULL;
}

static const char *word_name(const Word *words, guint count, guint value)
{
    if (value >= count || words[value].name == NULL)
        return "";
    return _(words[value].name);
}

/* The value of `code`; -1 when there is none. NULL and "" are the value without a code. */
static int word_value(const Word *words, guint count, const char *code)
{
    gboolean empty = code == NULL || *code == '\0';
    for (guint i = 0; i < count; i++) {
        if (words[i].code == NULL ? empty : (!empty && strcmp(words[i].code, code) == 0))
            return (int)i;
    }
    return -1;
}

static const Word OUTCOMES[OUTCOME_COUNT] = {
    [OUTCOME_DONE] = {"done", NULL},           [OUTCOME_DONE_OTHERWISE] = {"done-otherwise", NULL},
    [OUTCOME_CANCELLED] = {"cancelled", NULL}, [OUTCOME_DECLINED] = {"declined", NULL},
    [OUTCOME_NO_SHOW] = {"no-show", NULL},     [OUTCOME_UNIT_CANCELLED] = {"unit-cancelled", NULL},
    [OUTCOME_REBOOKED] = {"rebooked", NULL},
};

const char *outcome_code(Outcome outcome)
{
    return word_code(OUTCOMES, OUTCOME_COUNT, outcome);
}

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

gboolean outcome_parse(const char *code, Outcome *outcome)
{
    int value = word_value(OUTCOMES, OUTCOME_COUNT, code);
    if (value >= 0)
        *outcome = (Outcome)value;
    return value >= 0;
}

gboolean outcome_is_missed(Outcome outcome)
{
    return outcome == OUTCOME_CANCELLED || outcome == OUTCOME_DECLINED ||
           outcome == OUTCOME_NO_SHOW;
}

gboolean outcome_has_cause(Outcome outcome)
{
    return outcome > OUTCOME_DONE && outcome < OUTCOME_COUNT;
}

static const Word CANCELLED_BY[BY_COUNT] = {
    [BY_CLIENT] = {"client", N_("the client")},
    [BY_RELATIVE] = {"relative", N_("a relative")},
    [BY_GUARDIAN] = {"guardian", N_("the legal guardian or trustee")},
    [BY_STAFF] = {"staff", N_("the support worker")},
    [BY_UNIT] = {"unit", N_("the unit")},
    [BY_OTHER] = {"other", N_("someone else")},
};

const char *cancelled_by_code(CancelledBy by)
{
    return word_code(CANCELLED_BY, BY_COUNT, by);
}

const char *cancelled_by_name(CancelledBy by)
{
    return word_name(CANCELLED_BY, BY_COUNT, by);
}

gboolean cancelled_by_parse(const char *code, CancelledBy *by)
{
    int value = word_value(CANCELLED_BY, BY_COUNT, code);
    if (value >= 0)
        *by = (CancelledBy)value;
    return value >= 0;
}

Outcome outcome_by(Outcome outcome, CancelledBy by)
{
    return outcome == OUTCOME_CANCELLED && by == BY_UNIT ? OUTCOME_UNIT_CANCELLED : outcome;
}

static const Word TOLD_BY[TOLD_COUNT] = {
    [TOLD_PHONE] = {"phone", N_("by phone")},
    [TOLD_SMS] = {"sms", N_("by text message")},
    [TOLD_ON_SITE] = {"on-site", N_("on site")},
    [TOLD_NOT_AT_ALL] = {"none", N_("no word was given")},
    [TOLD_OTHER] = {"other", N_("in another way")},
};

const char *told_by_code(ToldBy told)
{
    return word_code(TOLD_BY, TOLD_COUNT, told);
}

const char *told_by_name(ToldBy told)
{
    return word_name(TOLD_BY, TOLD_COUNT, told);
}

gboolean told_by_parse(const char *code, ToldBy *told)
{
    int value = word_value(TOLD_BY, TOLD_COUNT, code);
    if (value >= 0)
        *told = (ToldBy)value;
    return value >= 0;
}

static const Word CAUSE_SOURCES[SOURCE_COUNT] = {
    [SOURCE_CLIENT] = {"client", N_("the person's own words")},
    [SOURCE_STAFF] = {"staff", N_("the staff's assessment")},
    [SOURCE_RELATIVE] = {"relative", N_("a relative's or guardian's words")},
};

const char *cause_source_code(CauseSource source)
{
    return word_code(CAUSE_SOURCES, SOURCE_COUNT, source);
}

const char *cause_source_name(CauseSource source)
{
    return word_name(CAUSE_SOURCES, SOURCE_COUNT, source);
}

gboolean cause_source_parse(const char *code, CauseSource *source)
{
    int value = word_value(CAUSE_SOURCES, SOURCE_COUNT, code);
    if (value >= 0)
        *source = (CauseSource)value;
    return value >= 0;
}

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

static const Word ALTERNATIVES[OFFER_COUNT] = {
    [OFFER_NOTHING] = {"nothing", N_("nothing was offered")},
    [OFFER_PHONE] = {"phone", N_("a phone call")},
    [OFFER_VIDEO] = {"video", N_("a video call")},
    [OFFER_SHORTER] = {"shorter", N_("a shorter visit")},
    [OFFER_WALK] = {"walk", N_("a walk")},
    [OFFER_OTHER_PLACE] = {"other-place", N_("another place")},
    [OFFER_OTHER_PERSON] = {"other-person", N_("another person")},
};

const char *alternative_code(Alternative alternative)
{
    return word_code(ALTERNATIVES, OFFER_COUNT, alternative);
}

const char *alternative_name(Alternative alternative)
{
    return word_name(ALTERNATIVES, OFFER_COUNT, alternative);
}

gboolean alternative_parse(const char *code, Alternative *alternative)
{
    int value = word_value(ALTERNATIVES, OFFER_COUNT, code);
    if (value >= 0)
        *alternative = (Alternative)value;
    return value >= 0;
}

static const Word VISIT_MODES[VISIT_MODE_COUNT] = {
    [VISIT_MODE_HOME] = {"home", N_("home visit")},
    [VISIT_MODE_PHONE] = {"phone", N_("phone call")},
    [VISIT_MODE_VIDEO] = {"video", N_("video call")},
    [VISIT_MODE_WALK] = {"walk", N_("walk")},
    [VISIT_MODE_ELSEWHERE] = {"elsewhere", N_("elsewhere")},
};

const char *visit_mode_code(VisitMode mode)
{
    return word_code(VISIT_MODES, VISIT_MODE_COUNT, mode);
}

const char *visit_mode_name(VisitMode mode)
{
    return word_name(VISIT_MODES, VISIT_MODE_COUNT, mode);
}

gboolean visit_mode_parse(const char *code, VisitMode *mode)
{
    int value = word_value(VISIT_MODES, VISIT_MODE_COUNT, code);
    if (value >= 0)
        *mode = (VisitMode)value;
    return value >= 0;
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
