/* outcome.h: what came of a planned visit, and the words around a cancellation. Pure.
 *
 * The outcomes exclude each other. "Missed" (not taken) are cancelled, declined and no-show; what
 * the unit itself cancelled is neither missed nor counted as planned in the rate. */
#pragma once

#include "base/date.h"

typedef enum {
    OUTCOME_NONE,           /* not known yet */
    OUTCOME_DONE,           /* genomfört */
    OUTCOME_DONE_OTHERWISE, /* genomfört i annan form */
    OUTCOME_CANCELLED,      /* avbokat */
    OUTCOME_DECLINED,       /* avböjt på plats */
    OUTCOME_NO_SHOW,        /* uteblivet */
    OUTCOME_UNIT_CANCELLED, /* inställt av verksamheten */
    OUTCOME_REBOOKED,       /* ombokat */
    OUTCOME_COUNT
} Outcome;

/* For every enumeration here: _code is stored and used in files, _name is translated for the
 * screen, _parse takes a code (NULL and "" are the zero value; nothing is changed when it is not
 * known). Codes and names are static; NULL/"" for the zero value. The mode of a visit has no such
 * value: its zero is a home visit. */
const char *outcome_code(Outcome outcome);
const char *outcome_name(Outcome outcome);
gboolean outcome_parse(const char *code, Outcome *outcome);
gboolean outcome_is_missed(Outcome outcome);
/* Done, in one way or another. */
gboolean outcome_took_place(Outcome outcome);
/* Whether a visit of this outcome counts as a meeting by itself (meeting.h): all but the rebooked
 * ones and those that the unit called off. */
gboolean outcome_counts(Outcome outcome);
/* Whether a cause belongs to it: all but none and done. */
gboolean outcome_has_cause(Outcome outcome);

typedef enum {
    BY_NONE,
    BY_CLIENT,
    BY_RELATIVE,
    BY_GUARDIAN,
    BY_STAFF,
    BY_UNIT,
    BY_OTHER,
    BY_COUNT
} CancelledBy;
const char *cancelled_by_code(CancelledBy by);
const char *cancelled_by_name(CancelledBy by); /* brukaren, anhörig, god man eller förvaltare, … */
gboolean cancelled_by_parse(const char *code, CancelledBy *by);

/* What came of a visit that `by` called off: what the unit cancels is never the client's to miss.
 */
Outcome outcome_by(Outcome outcome, CancelledBy by);

typedef enum {
    TOLD_NONE,
    TOLD_PHONE,
    TOLD_SMS,
    TOLD_ON_SITE,
    TOLD_NOT_AT_ALL,
    TOLD_OTHER,
    TOLD_COUNT
} ToldBy;
const char *told_by_code(ToldBy told);
const char *told_by_name(ToldBy told);
gboolean told_by_parse(const char *code, ToldBy *told);

typedef enum {
    SOURCE_NONE,
    SOURCE_CLIENT,
    SOURCE_STAFF,
    SOURCE_RELATIVE, /* a relative or legal guardian rang, and said it in their own words */
    SOURCE_COUNT
} CauseSource;
const char *cause_source_code(CauseSource source);
const char *cause_source_name(CauseSource source); /* personens ord, personalens bedömning, … */
gboolean cause_source_parse(const char *code, CauseSource *source);
/* Whose word a cause is when `by` told it; SOURCE_NONE where that does not follow. */
CauseSource cause_source_by(CancelledBy by);

typedef enum {
    OFFER_NONE,    /* nothing recorded */
    OFFER_NOTHING, /* nothing was offered */
    OFFER_PHONE,
    OFFER_VIDEO,
    OFFER_SHORTER,
    OFFER_WALK,
    OFFER_OTHER_PLACE,
    OFFER_OTHER_PERSON,
    OFFER_COUNT
} Alternative;
const char *alternative_code(Alternative alternative);
const char *alternative_name(Alternative alternative);
gboolean alternative_parse(const char *code, Alternative *alternative);

typedef enum {
    VISIT_MODE_HOME,
    VISIT_MODE_PHONE,
    VISIT_MODE_VIDEO,
    VISIT_MODE_WALK,
    VISIT_MODE_ELSEWHERE,
    VISIT_MODE_COUNT
} VisitMode;
const char *visit_mode_code(VisitMode mode);
const char *visit_mode_name(VisitMode mode);
gboolean visit_mode_parse(const char *code, VisitMode *mode);
/* As somebody writes it: the code, or the name in any language. FALSE: it is none. */
gboolean visit_mode_said(const char *said, VisitMode *mode);
/* The mode a visit takes when `alternative` is taken instead. */
VisitMode alternative_mode(Alternative alternative);
/* How long it is, in place of a visit of so many minutes: a call half an hour at most, a shorter
 * visit half of it. */
int alternative_minutes(Alternative alternative, int minutes);

/* Whole hours of notice from the moment (`today`, `minute`) to a visit; 0 when it has begun. */
int notice_hours(Date today, int minute, Date date, int start);
/* The band: at least 24 hours, the same day or the day before, less than an hour. Translated. */
const char *notice_band_name(int hours);
/* So many hours as people say it: "less than an hour", "5 hours", "8 days". Translated. New. */
char *notice_text(int hours);
