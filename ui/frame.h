/* frame.h: title bar, message line and key bar. */
#pragma once

#include "ui/app.h"

/* Program · unit (demo) · screen · subtitle … person; a pinned clock is said. One row. */
void titlebar_draw(App *app, Area line);
/* The message of app_say(), which stays until the next key. One row, or as many as it needs in a
 * window of so many columns. */
int messagebar_rows(const App *app, int columns);
void messagebar_draw(App *app, Area lines);
/* The keys valid on the top screen that its user may use and that lead elsewhere, in their order,
 * as many as fit; the way back and help last and always. */
void keybar_draw(App *app, Area line);
