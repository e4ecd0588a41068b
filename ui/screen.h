/* screen.h: what a screen is: one struct of functions, in one file of screens/.
 *
 * State changes in act (through the handlers of action.def) and key; draw only draws. Screens lie
 * on a stack; the top one has the keys. While the program is locked app->session is NULL and only
 * `leave` is called of the screens below. */
#pragma once

#include "ui/action.h"
#include "ui/draw.h"
#include "ui/term.h"

typedef struct App App;

/* What an action does. It gets the app and the state of the screen on top. */
typedef void ActionHandler(App *app, void *state);
#define ACTION(id, keys, where, permit, bar, label, help, handler) ActionHandler handler;
#include "ui/action.def"
#undef ACTION

/* What the cursor is on, for the actions that several screens share. */
typedef enum {
    SUBJECT_NONE,
    SUBJECT_VISIT,
    SUBJECT_RESPONSE,
    SUBJECT_DECISION,
    SUBJECT_ORDER,          /* CareOrder */
    SUBJECT_IMPLEMENTATION, /* Implementation */
    SUBJECT_NOTE,           /* of the journal */
    SUBJECT_TASK
} SubjectKind;
typedef struct {
    gint64 client_id; /* 0: no client */
    SubjectKind kind;
    gconstpointer row; /* of that kind, owned by the screen until its next key, as the rest */
    const char *part, *part_name; /* a question of a form: dispute_question(), and in words; NULL */
} Subject;

typedef struct {
    const char *name;  /* "today" */
    Place place;       /* where its actions are valid */
    const char *title; /* msgid; NULL for a dialog, which is drawn over what lies below */
    gsize state_size;  /* zeroed before enter */
    gboolean overlay;  /* the screen below is drawn first */

    /* Fetches what it shows. FALSE with `error`: it is not put on the stack. `argument` is what
     * app_push() was given, only valid during the call. May be NULL. */
    gboolean (*enter)(App *app, void *state, const void *argument, GError **error);
    /* A screen above it has left (or the unit's data may have changed): fetch anew. May be NULL. */
    void (*resume)(App *app, void *state);
    /* Whether it only asks or tells something, and holds nothing that was typed: then it leaves when the
     * program locks, as by Esc but without an answer. Of a screen that nothing but such ones lies on.
     * NULL: it stays. */
    gboolean (*passes)(const void *state);
    /* The program locks: frees what it shows and `resume` fetches anew, so that no name stays in
     * memory; never what somebody has typed. Its List is seen to. May be NULL. */
    void (*forget)(App *app, void *state);
    /* A minute has gone by: what others may have done meanwhile, and cannot wait for a key, is fetched
     * anew. Nothing that was typed or chosen changes, and what fails is left as it was. May be NULL. */
    void (*watch)(App *app, void *state);
    /* Draws into `area`, which is everything between title bar and message line but a blank column
     * on either side, and places the caret on the focus (it is never hidden). */
    void (*draw)(App *app, void *state, Area area);
    /* A key, paste or click before the key map sees it: a field or a choice takes it and answers
     * TRUE. After app_pop(), app_switch() or app_unlocked() of itself it must not touch `state`.
     * May be NULL. */
    gboolean (*key)(App *app, void *state, const Event *event);
    /* Where its List * stands in the state (offsetof); 0: it has none. The list has the keys that
     * `key` leaves, and fetches ahead while no key waits. */
    gsize list;
    /* Saves what is being typed; called when the keys rest (loop.h), before locking,
     * before leaving and on hang-up. It should cost nothing when nothing changed (edit_revision()),
     * and may app_say() when it was saved. May be NULL. */
    void (*save)(App *app, void *state);
    /* Whether `save` has something to write, asked after every key and again after a saving: what
     * could not be saved is tried again later. Of every screen that saves. */
    gboolean (*unsaved)(App *app, const void *state);
    /* Frees what the state owns, and nothing else: app->session may be NULL or another person's.
     * May be NULL. */
    void (*leave)(App *app, void *state);
    /* Extra words for the title bar ("Monday 2026-11-23, week 48"). New, or NULL. May be NULL. */
    char *(*subtitle)(App *app, void *state);

    /* What the cursor is on. May be NULL. */
    Subject (*subject)(App *app, void *state);
    /* The cursor goes to what has just been saved: a copy of a row, wherever the screen shows it.
     * FALSE where it does not show it. May be NULL. */
    gboolean (*find)(App *app, void *state, Subject subject);
    /* Whether an action of its place has nothing to do where the cursor is, or its key is another's
     * there: the key bar leaves it out. Asked at each drawing: it reads nothing. May be NULL. */
    gboolean (*idle)(const void *state, Action action);
    /* Whether an action of its place is none in this unit, wherever the cursor is: key bar and help
     * leave it out. May be NULL. */
    gboolean (*absent)(const void *state, Action action);
    /* F8 on a page of fields: saves it and leaves, or says what is wrong. May be NULL. */
    ActionHandler *finish;
} Screen;

/* The screens that others open, by app_open(): so that none needs to know another. */
typedef enum {
#define SCREEN(id, name) SCREEN_##id,
#include "ui/screen.def"
#undef SCREEN
    SCREEN_COUNT
} ScreenId;
#define SCREEN(id, name) extern const Screen screen_##name;
#include "ui/screen.def"
#undef SCREEN
