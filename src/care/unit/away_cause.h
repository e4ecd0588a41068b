/* away_cause.h: why a client is away (absence.h). The codes stand as the cause on the visits that are
 * called off for it, beside those of avbokning.yaml, which has none of them. Pure. */
#pragma once

#include <glib.h>

typedef enum {
    AWAY_HOLIDAY,
    AWAY_HOSPITAL,
    AWAY_PAUSE,
    AWAY_OTHER,
    AWAY_CHOICES,               /* what somebody chooses between */
    AWAY_CLOSED = AWAY_CHOICES, /* the help has ended (client/closing.h), which is no absence */
    AWAY_COUNT
} AwayCause;
const char *away_cause_code(AwayCause cause); /* "away-hospital" */
const char *away_cause_name(AwayCause cause); /* translated: "in hospital" */
gboolean away_cause_parse(const char *code, AwayCause *cause);
/* As the cause of a visit: "Away: in hospital". Translated, static. */
const char *away_cause_of_visit(AwayCause cause);
/* As somebody writes it: the code, or how it stands on a visit, in any language. */
gboolean away_cause_said(const char *said, AwayCause *cause);
