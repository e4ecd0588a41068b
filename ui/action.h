/* action.h: everything a key can do, one row each in action.def, from which key map, key bar, help
 * screen and manual page expand. */
#pragma once

#include "care/unit/access.h"
#include "ui/key.h"

typedef struct App App;

/* Where an action is valid: a bit per screen. */
typedef enum {
    IN_UNLOCK = 1 << 0,
    IN_START = 1 << 1,
    IN_TODAY = 1 << 2,
    IN_CLIENTS = 1 << 3,
    IN_CLIENT = 1 << 4,
    IN_CANCEL = 1 << 5,
    IN_WEEK = 1 << 6,
    IN_TASKS = 1 << 7,
    IN_IMPORT = 1 << 8,
    IN_HELP = 1 << 9,
    IN_DIALOG = 1 << 10,
    IN_VISITS = 1 << 11,         /* the visits behind a bar */
    IN_EDIT = 1 << 12,           /* a form of fields: client, visit, series */
    IN_WALK = 1 << 13,           /* one question at a time */
    IN_WALKS = 1 << 14,          /* what is begun, and what can be begun */
    IN_RESPONSES = 1 << 15,      /* a client's forms */
    IN_PLACEMENT = 1 << 16,      /* a placement and its three respondents */
    IN_OVERVIEW = 1 << 17,       /* a walk's questions and answers */
    IN_PLACEMENTS = 1 << 18,     /* a client's placements */
    IN_PLACEMENT_EDIT = 1 << 19, /* a form of fields for a placement */
    IN_INSTITUTIONS = 1 << 20,   /* the unit's list of institutions */
    IN_CONSENTS = 1 << 21,       /* a client's consents and decisions */
    IN_MAIN = IN_TODAY | IN_CLIENTS | IN_WEEK | IN_TASKS | IN_CLIENT | IN_VISITS | IN_WALKS |
              IN_RESPONSES | IN_CONSENTS | IN_PLACEMENTS | IN_PLACEMENT,
    /* Where characters go to a field, so only other keys reach the key map. */
    IN_TYPING = IN_UNLOCK | IN_START | IN_CLIENTS | IN_EDIT | IN_IMPORT | IN_CANCEL | IN_DIALOG |
                IN_WALK | IN_PLACEMENT_EDIT | IN_INSTITUTIONS,
    IN_ANY = 0xffffff,
} Where;

typedef enum {
    ACTION_NONE,
#define ACTION(id, keys, where, permit, bar, label, help, handler) ACTION_##id,
#include "ui/action.def"
#undef ACTION
    ACTION_COUNT
} Action;

/* The permit of an action that is everybody's. */
#define PERMIT_ANYONE PERMIT_COUNT

/* A handler gets the app and the state of the screen on top. */
typedef void ActionHandler(App *app, void *state);
#define ACTION(id, keys, where, permit, bar, label, help, handler) ActionHandler handler;
#include "ui/action.def"
#undef ACTION

typedef struct {
    Action action;
    const char *name; /* "CANCEL", as configuration names it in lower case: cancel */
    const char *keys; /* default, blank-separated, key_parse()'s spelling */
    Where where;
    Permit permit;     /* without it the action is left out of key bar and help */
    int bar;           /* order in the key bar; 0: only in help */
    const char *label; /* msgid, at most about 12 columns */
    const char *help;  /* msgid, one sentence */
    ActionHandler *handler;
} ActionRow;
const ActionRow *action_row(Action action);
/* Whether it is offered to who has `permits` (access_permits()). Its key works all the same: the
 * refusal says who may. */
gboolean action_is_offered(Action action, guint permits);
