/* app_private.h: the program's state, for app.c, app_frame.c and progress.c. */
#pragma once

#include "ui/app.h"
#include "ui/widgets/list.h"

/* The least window that anything can be done in. */
enum {
    LEAST_ROWS = 16,
    LEAST_COLUMNS = 60,
};

typedef struct {
    const Screen *screen;
    void *state;
} Layer;

struct App {
    Session *session; /* NULL while locked */
    Config *config;
    Keymap *keymap;
    AppParts parts;
    char *database;   /* path */
    char *login;      /* last used, for unlocking again */
    GPtrArray *stack; /* of Layer */
    gboolean quit;
    char *screens_of;   /* login of the person whose screens lie on the stack */
    gboolean lock_soon; /* an error asked for it */
    DbUnsure *unsure;   /* while locked: what the server had not answered; NULL */
    gboolean held_back; /* while locked: what was typed could not be saved and is here only */
    guint permits;      /* of app_permits(), asked for once on each screen */
    gboolean permits_known;
    gboolean waited;    /* since a frame began a server was waited for: its box is what is shown */
    gint64 progress_ms; /* when app_progress() last drew */
    char *clipboard;    /* what was copied in a field; may be NULL */
    AppReading reading;
    /* The message line: one sentence until the next key. */
    char *message;
    Style message_style;
    gboolean says_unsaved; /* only that what is typed is not kept yet */
};

/* progress.c: from now on who waits for the server that keeps the session's unit sees so. */
void app_tell_silence(App *app);

/* app.c. One of those that lie on each other, from 0 for the lowest; NULL: there is none. */
Layer *app_layer_at(const App *app, guint place);
/* The list of the top screen; NULL: it has none. */
List *app_top_list(const App *app);
gboolean app_is_too_small(void);
