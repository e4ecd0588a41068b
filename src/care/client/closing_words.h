/* closing_words.h: why the help to a client ends, and what follows: the codes, and their names. Pure. */
#pragma once

#include <glib.h>

typedef enum {
    CLOSING_GOALS,     /* what it was for is reached */
    CLOSING_WISH,      /* the client does not want it any more */
    CLOSING_LOST,      /* no contact in spite of attempts */
    CLOSING_OTHER_HELP, /* another kind of help */
    CLOSING_MOVED,
    CLOSING_DECISION, /* the decision has ended or was changed */
    CLOSING_DIED,
    CLOSING_OTHER,
    CLOSING_REASON_COUNT
} ClosingReason;
const char *closing_reason_code(ClosingReason reason);
const char *closing_reason_name(ClosingReason reason); /* translated: "has moved" */
gboolean closing_reason_parse(const char *code, ClosingReason *reason);

typedef enum {
    FOLLOWS_NOTHING,
    FOLLOWS_RELATIVES, /* anhörigstöd */
    FOLLOWS_UNIT,      /* another unit or municipality */
    FOLLOWS_HEALTH_CARE,
    FOLLOWS_OPEN, /* an open activity without a decision */
    FOLLOWS_COUNT
} ClosingFollows;
const char *closing_follows_code(ClosingFollows follows); /* NULL of nothing */
const char *closing_follows_name(ClosingFollows follows); /* translated: "support for relatives" */
gboolean closing_follows_parse(const char *code, ClosingFollows *follows);
