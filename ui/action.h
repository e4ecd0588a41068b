/* action.h: everything a key can do, one row each in action.def, from which key map, key bar, help
 * screen and manual page expand. What each does is in handlers.h. */
#pragma once

#include "care/unit/access.h"
#include "ui/place.h"

typedef enum {
    ACTION_NONE,
#define ACTION(id, keys, where, permit, bar, label, help, handler) ACTION_##id,
#include "ui/action.def"
#undef ACTION
    ACTION_COUNT
} Action;

/* The permit of an action that is everybody's. */
#define PERMIT_ANYONE PERMIT_COUNT

typedef struct {
    Action action;
    const char *name; /* "CANCEL", as configuration names it in lower case: cancel */
    const char *keys; /* default, blank-separated, key_parse()'s spelling */
    Where where;
    Permit permit;     /* without it the action is left out of key bar and help */
    int bar;           /* order in the key bar; 0: only in help */
    const char *label; /* msgid, at most about 12 columns */
    const char *help;  /* msgid, one sentence */
} ActionRow;
const ActionRow *action_row(Action action);
gboolean action_is_at(Action action, Place place);
/* Whether it is valid in so many places that it belongs to none of them. */
gboolean action_is_common(Action action);
/* Whether it is offered to who has `permits` (access_permits()). Its key works all the same: the
 * refusal says who may. */
gboolean action_is_offered(Action action, guint permits);
