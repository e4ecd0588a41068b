/* loop.h: when the program wakes up though no key was pressed. Pure: `now` is in milliseconds of a
 * clock that only goes forward. */
#pragma once

#include <glib.h>

typedef struct {
    gint64 key_ms;     /* the last key */
    gboolean unsaved;  /* something is typed that is not saved */
    gint64 unsaved_ms; /* ... since then */
    gboolean unlocked;
    int lock_minutes;  /* 0: never */
    int cost_ms;       /* what the last saving took */
    gint64 failed_ms;  /* when it could not be saved; 0: it could */
    gboolean keyed;    /* nothing was done ahead since the last key */
    gboolean watches;  /* a screen shows what others may change */
    gint64 watched_ms; /* when it was looked at last */
} LoopState;

/* What could not be saved is tried again so much later, though no key comes: the disk may have room
 * then. */
#define LOOP_RETRY_MS 5000

/* How often that which others may change, and which cannot wait for a key, is looked at. */
#define LOOP_WATCH_MS 60000

/* How long no key has come before what the next screens need is counted. */
#define LOOP_REST_MS 1500

/* A key came at `now` and has been handled; `unsaved`: it left something to save, or one before it
 * did. */
void loop_key(LoopState *state, gint64 now, gboolean unsaved);
/* A saving ended at `now`; `unsaved`: something could not be saved. */
void loop_saved(LoopState *state, gint64 now, int cost_ms, gboolean unsaved);

/* What is typed is saved when the keys rest for a moment, and soon after the first key of it
 * however fast the next ones come (save_pace.h): of an answer, a note and the draft of a page
 * alike. With the time that the disk takes, no key is much more than a second old before it is
 * kept. */
gboolean loop_save_due(const LoopState *state, gint64 now);
gboolean loop_lock_due(const LoopState *state, gint64 now);
/* Once after each key. */
gboolean loop_rest_due(const LoopState *state, gint64 now);
void loop_rested(LoopState *state);
/* Each minute, with or without keys, while there is something to watch. */
gboolean loop_watch_due(const LoopState *state, gint64 now);
void loop_watched(LoopState *state, gint64 now);
/* Milliseconds until one of them is; -1: only a key wakes the program. */
int loop_wait_ms(const LoopState *state, gint64 now);
