/* choose.h: which one of several, in a box over the screen. */
#pragma once

#include "ui/app.h"

typedef struct {
    const char *title; /* the question, translated */
    GArray *ids;       /* gint64 */
    GPtrArray *texts;  /* char *, one for each */
    /* Called when the choice has left the screen. */
    void (*chosen)(App *app, gint64 id);
} Choose;
extern const Screen screen_choose; /* const Choose * */
