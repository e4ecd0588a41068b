/* loop.c: the event loop: a frame, an event, and so on. */
#include "ui/loop.h"

#include <time.h>

#include "ui/app.h"
#include "ui/term.h"

enum {
    SAVE_AFTER_MS = 2000,
    MINUTE_MS = 60000,
};

gboolean loop_save_due(const LoopState *state)
{
    return state->typed && state->unlocked && state->idle_ms >= SAVE_AFTER_MS;
}

gboolean loop_lock_due(const LoopState *state)
{
    return state->unlocked && state->lock_minutes > 0 &&
           state->idle_ms >= (gint64)state->lock_minutes * MINUTE_MS;
}

int loop_wait_ms(const LoopState *state)
{
    gint64 due = G_MAXINT64;
    if (state->typed && state->unlocked)
        due = SAVE_AFTER_MS;
    if (state->unlocked && state->lock_minutes > 0)
        due = MIN(due, (gint64)state->lock_minutes * MINUTE_MS);
    if (due == G_MAXINT64)
        return -1;
    return (int)MAX(due - state->idle_ms, 0);
}

/* Goes on while the machine sleeps, so that a closed lid counts as idle time. */
static gint64 idle_clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_BOOTTIME, &now);
    return (gint64)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

typedef struct {
    gint64 last_key_ms;
    gboolean typed;
} Loop;

static LoopState state_of(const Loop *loop, const App *app)
{
    return (LoopState){.typed = loop->typed,
                       .unlocked = app->session != NULL,
                       .lock_minutes = app->config->lock_minutes,
                       .idle_ms = idle_clock_ms() - loop->last_key_ms};
}

/* TRUE when it locked. */
static gboolean see_to_timers(Loop *loop, App *app)
{
    LoopState state = state_of(loop, app);
    gboolean lock = loop_lock_due(&state);
    if (loop_save_due(&state)) {
        loop->typed = FALSE;
        app_save(app);
    }
    if (lock)
        app_lock(app);
    return lock;
}

static gboolean is_input(const Event *event)
{
    return event->type == EVENT_KEY || event->type == EVENT_PASTE || event->type == EVENT_CLICK;
}

/* A key that comes after the time for locking is no part of a passphrase: it is dropped. */
static void take_event(Loop *loop, App *app, const Event *event)
{
    gboolean locked = see_to_timers(loop, app);
    if (is_input(event)) {
        loop->last_key_ms = idle_clock_ms();
        loop->typed = TRUE;
    }
    if (!locked || !is_input(event))
        app_handle(app, event);
}

void app_run(App *app)
{
    Loop loop = {.last_key_ms = idle_clock_ms()};
    while (!app->quit) {
        if (!term_pending())
            app_draw(app);
        LoopState state = state_of(&loop, app);
        Event event;
        term_next(&event, loop_wait_ms(&state));
        take_event(&loop, app, &event);
        event_clear(&event);
    }
}
