/* series_choose.h: which one of a client's series, over the card. */
#pragma once

#include "ui/app.h"

typedef struct {
    GArray *ids;      /* gint64 */
    GPtrArray *texts; /* char *, one for each */
    /* Called when the choice has left the screen. */
    void (*chosen)(App *app, gint64 id);
} SeriesChoice;
extern const Screen screen_series_choose; /* const SeriesChoice * */
