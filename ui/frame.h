/* frame.h: title bar, message line and key bar. They know no program: each draws what it is given.
 */
#pragma once

#include "ui/draw.h"
#include "ui/keymap.h"

/* Program · unit (demo) · screen · subtitle … clock · person. Any text may be NULL. */
typedef struct {
    const char *unit;
    gboolean demo;
    gboolean alone; /* no other server confirms what is saved, and one is to */
    const char *screen, *subtitle;
    const char *date, *time; /* of a clock that is set */
    const char *person;
} TitleBar;
/* One row. */
void titlebar_draw(const TitleBar *bar, Area line);
/* One row, or as many as it needs in a window of so many columns. `message` may be NULL. */
int messagebar_rows(const char *message, int columns);
void messagebar_draw(const char *message, Style style, Area lines);
/* What keeps an action from having something to do. */
typedef struct {
    gboolean no_row, no_client; /* so that what needs one (place.h) has none */
    gboolean (*idle)(const void *state, Action action); /* what the screen itself tells; or NULL */
    gboolean (*absent)(const void *state, Action action);
    const void *state;
} KeyBarIdle;
/* The keys valid in `place` that a user with `permits` may use, that lead elsewhere and that have
 * something to do, in their order, as many as fit in one row; the way back and help last and
 * always. */
void keybar_draw(const Keymap *keymap, Place place, guint permits, KeyBarIdle idle, Area line);
