/* app.h: the program while it runs on a full screen: session, stack of screens, messages, timers.
 * Passed to everyone; there are no globals beside it and the terminal. It knows no screen by name:
 * those it needs are given to app_new(). */
#pragma once

#include "care/unit/session.h"
#include "ui/config.h"
#include "ui/keymap.h"
#include "ui/screen.h"
#include "ui/theme.h"

/* What the program is put together of. */
typedef struct {
    const Screen *const *screens;   /* by ScreenId, up to SCREEN_COUNT */
    ActionHandler *const *handlers; /* what each action does, up to ACTION_COUNT */
    ScreenId home;                  /* the lowest on the stack while unlocked: Today */
    ScreenId lock;                  /* lies on top while locked; ends with app_unlocked() */
} AppParts;

/* Takes `config`. Where its [keys] cannot be used the keys are the default ones, and the message
 * line says what is wrong. */
App *app_new(Config *config, const char *database, const AppParts *parts);
void app_free(App *app);

/* NULL while locked. */
Session *app_session(const App *app);
/* The path of the database that is open, or is to be opened. */
const char *app_database(const App *app);
/* While locked: another one. */
void app_set_database(App *app, const char *path);
/* Who signed in last, or is about to; NULL: nobody yet. */
const char *app_login(const App *app);
void app_set_login(App *app, const char *login);
/* Whose screens lie on the stack, and wait for their unlocking; NULL: nobody's. */
const char *app_screens_of(const App *app);
/* While locked: what was typed could not be saved and is here only. */
gboolean app_holds_back(const App *app);
const Config *app_config(const App *app);
const Keymap *app_keymap(const App *app);
/* What was copied in a field, for field_share(); gone when the program locks. */
char **app_clipboard(App *app);
/* How far the words of the row that the cursor is on are read (ui/common/read_on.h): at their top after any
 * other key. */
typedef struct {
    int top;        /* rows above what is seen */
    int rows, room; /* all of them, and how many are seen; as drawn last */
} AppReading;
AppReading *app_reading(App *app);

/* Puts a screen on top, with what screen.def says that it is handed; on failure says why on the
 * message line and answers FALSE. */
gboolean app_open(App *app, ScreenId id, const void *argument);
/* The same of a box, or of another screen that only the one below knows. */
gboolean app_push(App *app, const Screen *screen, const void *argument);
/* Whether that screen is on top. */
gboolean app_shows(App *app, ScreenId id);
/* Takes the top screen away, after its `save`, and resumes the one below. The last one leaves the
 * program. The screen's state is gone when this returns. */
void app_pop(App *app);
/* How many lie on the stack. */
guint app_depth(const App *app);
/* What the cursor of the top screen is on. */
Subject app_subject(App *app);
/* Instead of everything above the lowest screen (Today): switching between Today, Clients, Week,
 * Tasks. Today itself is entered anew when there is an argument, else resumed. When the screen
 * cannot be entered everything stays as it was. Of the one that is on top already it is said that
 * it has been fetched anew. */
gboolean app_switch(App *app, ScreenId id, const void *argument);
const Screen *app_top(App *app);
void *app_top_state(App *app);
/* Calls `save` of every screen on the stack, if the program is unlocked. */
void app_save(App *app);
/* Whether one of them has something to save. */
gboolean app_is_unsaved(App *app);
/* Whether a screen has something that is looked at each minute (Screen.watch), and looking at it. */
gboolean app_watches(const App *app);
void app_watch(App *app);
/* Saves what the top screen holds; TRUE when it could not be saved, so that leaving would lose it.
 */
gboolean app_would_lose(App *app);
/* What the signed-in person may do, for action_is_offered(); while locked nobody is known, and
 * everything is there. */
guint app_permits(App *app);

/* One sentence on the message line. app_error() takes the error and frees it; faults that mean the
 * database can no longer be trusted (FULL, IO, READONLY, CORRUPT, KEY_CHANGED) are told as faults.
 * After KEY_CHANGED the program locks when the event has been handled. */
void app_say(App *app, Style style, const char *format, ...) G_GNUC_PRINTF(3, 4);
void app_error(App *app, GError *error);
/* What the message line says; NULL: nothing. Until the next one. */
const char *app_message(const App *app);
/* Whether it says something that a saving should not write over: all but that a page is not saved
 * yet. */
gboolean app_message_stands(const App *app);
/* Why nothing can be saved, and what to do: a sentence. NULL where it can, or while locked. */
const char *app_only_reads(const App *app);

/* Draws the whole frame once: title bar, top screen (with what an overlay lies on), message line,
 * key bar. Below 60×16 only a sentence that the window is too small; then only the keys for
 * leaving and locking work. */
void app_draw(App *app);
/* Lets the top screen fetch ahead; for when the frame is shown and nothing waits. */
void app_look_ahead(App *app);
/* Handles one event: top screen's key, its list, the key map; an unknown key says where help is. */
void app_handle(App *app, const Event *event);
/* Saves and leaves: app_run() returns. */
void app_quit(App *app);
/* Whether it is leaving. */
gboolean app_is_over(const App *app);
/* Until app_is_over(): the event loop (loop.c), with savings while one types and locking after idle
 * time.
 */
void app_run(App *app);

/* Saves what is being typed, closes the session, blanks the screen and puts the lock on top; the
 * screens below keep their state. What cannot be saved stays with them: app_holds_back(). */
void app_lock(App *app);
/* Whether `session` may be given to app_unlocked(): while something is held back it must be of the
 * same person, for another's would throw it away. FALSE with ERROR_BUSY and what to do. */
gboolean app_may_unlock(const App *app, Session *session, GError **error);
/* Of the lock and the first start, as their last step: takes `session`, which has been opened on
 * app_database(). The same person goes on where they were, every screen resumed from below; for
 * another the stack is Today alone. The calling screen's state is gone when this returns. */
void app_unlocked(App *app, Session *session);
/* Something that takes time begins: what it says first is drawn at once. */
void app_progress_begin(App *app);
/* While something takes time: draws `text` with a bar (share 0-1, or -1 for none) at most ten
 * times a second. FALSE when Esc was pressed or the program shall leave; other keys are kept for
 * afterwards. */
gboolean app_progress(App *app, const char *text, double share);
/* The same once, for what cannot be broken off and tells of no share. */
void app_wait(App *app, const char *text);
/* The same with how far it has come, a share of 1; app_progress_begin() before the first. */
void app_wait_share(App *app, const char *text, double share);
