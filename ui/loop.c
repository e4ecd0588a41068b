/* loop.c: the event loop: a frame, an event, and so on. */
#include "ui/loop.h"

#include "base/i18n.h"
#include "base/idle_clock.h"
#include "care/visit/week_cell.h"
#include "ui/app.h"
#include "ui/save_pace.h"
#include "ui/term.h"

enum { MINUTE_MS = 60000 };

void loop_key(LoopState *state, gint64 now, gboolean unsaved)
{
    state->key_ms = now;
    if (unsaved && (!state->unsaved || state->failed_ms != 0))
        state->unsaved_ms = now;
    state->unsaved = unsaved;
    state->failed_ms = 0;
    state->keyed = TRUE;
}

void loop_saved(LoopState *state, gint64 now, int cost_ms, gboolean unsaved)
{
    state->unsaved = unsaved;
    state->failed_ms = unsaved ? now : 0;
    state->cost_ms = cost_ms;
}

/* When one of them is due; G_MAXINT64: never. */
static gint64 save_ms(const LoopState *state)
{
    const SavePace pace = save_pace(state->cost_ms);
    if (!state->unsaved || !state->unlocked)
        return G_MAXINT64;
    return state->failed_ms != 0
               ? state->failed_ms + LOOP_RETRY_MS
               : MIN(state->key_ms + pace.rest_ms, state->unsaved_ms + pace.oldest_ms);
}

static gint64 lock_ms(const LoopState *state)
{
    return state->unlocked && state->lock_minutes > 0
               ? state->key_ms + (gint64)state->lock_minutes * MINUTE_MS
               : G_MAXINT64;
}

static gint64 rest_ms(const LoopState *state)
{
    return state->unlocked && state->keyed ? state->key_ms + LOOP_REST_MS : G_MAXINT64;
}

static gint64 watch_ms(const LoopState *state)
{
    return state->unlocked && state->watches ? state->watched_ms + LOOP_WATCH_MS : G_MAXINT64;
}

gboolean loop_save_due(const LoopState *state, gint64 now)
{
    return now >= save_ms(state);
}

gboolean loop_lock_due(const LoopState *state, gint64 now)
{
    return now >= lock_ms(state);
}

gboolean loop_rest_due(const LoopState *state, gint64 now)
{
    return now >= rest_ms(state);
}

void loop_rested(LoopState *state)
{
    state->keyed = FALSE;
}

gboolean loop_watch_due(const LoopState *state, gint64 now)
{
    return now >= watch_ms(state);
}

void loop_watched(LoopState *state, gint64 now)
{
    state->watched_ms = now;
}

int loop_wait_ms(const LoopState *state, gint64 now)
{
    gint64 due = MIN(MIN(save_ms(state), lock_ms(state)), MIN(rest_ms(state), watch_ms(state)));
    return due == G_MAXINT64 ? -1 : (int)MAX(due - now, 0);
}

/* The state as it is now: a session may have come or gone. */
static void take_stock(LoopState *state, const App *app)
{
    state->unlocked = app_session(app) != NULL;
    state->lock_minutes = app_config(app)->lock_minutes;
    state->watches = app_watches(app);
}

/* TRUE when it locked. */
static gboolean see_to_timers(LoopState *state, App *app)
{
    gint64 now = idle_clock_ms();
    take_stock(state, app);
    gboolean lock = loop_lock_due(state, now);
    if (loop_save_due(state, now)) {
        const gboolean failed = state->failed_ms != 0;
        app_save(app);
        gint64 saved = idle_clock_ms();
        loop_saved(state, saved, (int)(saved - now), app_is_unsaved(app));
        if (failed && !state->unsaved)
            app_say(app, STYLE_QUIET, _("What you typed is saved now."));
    }
    if (lock) {
        app_lock(app);
    } else if (loop_watch_due(state, now)) {
        loop_watched(state, now);
        app_watch(app);
    }
    return lock;
}

static gboolean is_input(const Event *event)
{
    return event->type == EVENT_KEY || event->type == EVENT_PASTE || event->type == EVENT_CLICK;
}

static gboolean nobody_waits(gpointer unused)
{
    (void)unused;
    return !term_pending();
}

/* Counts the weeks that something has changed in, so that no key waits for it. A key breaks it off;
 * what it could not do, the review does and tells. */
static void use_rest(LoopState *state, App *app)
{
    gboolean left = TRUE;
    take_stock(state, app);
    if (!loop_rest_due(state, idle_clock_ms()))
        return;
    loop_rested(state);
    while (left && nobody_waits(NULL) &&
           week_cells_prepare_next(app_session(app), nobody_waits, NULL, &left, NULL))
        continue;
}

/* A key that comes after the time for locking is no part of a passphrase: it is dropped. */
static void take_event(LoopState *state, App *app, const Event *event)
{
    gboolean locked = see_to_timers(state, app);
    gint64 now = idle_clock_ms();
    if (!locked || !is_input(event))
        app_handle(app, event);
    if (is_input(event))
        loop_key(state, now, app_is_unsaved(app));
    else
        use_rest(state, app);
}

void app_run(App *app)
{
    const gint64 now = idle_clock_ms();
    LoopState state = {.key_ms = now, .watched_ms = now};
    while (!app_is_over(app)) {
        if (!term_pending())
            app_draw(app);
        if (!term_pending())
            app_look_ahead(app);
        take_stock(&state, app);
        Event event;
        term_next(&event, loop_wait_ms(&state, idle_clock_ms()));
        take_event(&state, app, &event);
        event_clear(&event);
    }
}
