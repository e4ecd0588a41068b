/* event.h: what comes in from the terminal: a key, a paste, a click, a new size, a hang-up. */
#pragma once

#include "ui/key.h"

typedef enum {
    EVENT_KEY,
    EVENT_PASTE, /* bracketed paste: `text` as one edit */
    EVENT_CLICK, /* only with the mouse on */
    EVENT_RESIZE,
    EVENT_TIMEOUT,
    EVENT_HANGUP, /* SIGHUP, SIGTERM or the terminal is gone: save and leave */
} EventType;
typedef struct {
    EventType type;
    Key key;
    gboolean shift; /* held with an arrow, Home, End or their like, where the terminal tells */
    char *text;     /* of a paste, cleaned (text_clean); owned by the event */
    int row, column;
} Event;
void event_clear(Event *event); /* wipes the text: it may be a passphrase */

/* What has been handled, and shown, when the program begins to wait (see term_frame_end()). */
typedef struct {
    guint64 bytes;   /* of input read since term_start() */
    guint64 resizes; /* of the window, noticed and shown */
} TermSync;
