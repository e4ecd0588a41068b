/* handlers.c: what each action does, expanded from action.def. */
#include "ui/handlers.h"

ActionHandler *const action_handlers[ACTION_COUNT] = {
#define ACTION(id, keys, where, permit, bar, label, help, handler) [ACTION_##id] = handler,
#include "ui/action.def"
#undef ACTION
};
