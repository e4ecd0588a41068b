/* task_give.h: a page that gives a task to a colleague (task_give.c). */
#pragma once

#include "ui/screen.h"

typedef struct {
    gint64 id;
    void (*given)(App *app, gint64 id); /* when the page is gone */
} TaskGiveArgument;
extern const Screen screen_task_give;
