/* choose.h: which one of several, in a box over the screen. */
#pragma once

#include "ui/app.h"

/* Called when the choice has left the screen, with what it was begun with. Not called when the user
 * goes back. */
typedef void ChooseAnswer(App *app, gint64 id, gint64 about);

typedef struct Choose Choose;
/* `title`: the question, translated. `about` is whatever `answer` needs beside the choice. */
Choose *choose_new(const char *title, ChooseAnswer *answer, gint64 about);
void choose_add(Choose *choose, gint64 id, const char *text);
/* Of one that is not asked. */
void choose_free(Choose *choose);
/* Asks. Takes `choose`. */
void choose_ask(App *app, Choose *choose);
