/* task_edit.h: a page for a task of one's own. */
#pragma once

#include "ui/screen.h"

typedef struct {
    /* Called with its id when it is saved and the page has left. */
    void (*saved)(App *app, gint64 id);
} TaskEditArgument;
extern const Screen screen_task_edit; /* const TaskEditArgument * */
