/* action.c: the table of actions, expanded from action.def. */
#include "ui/action.h"

#include "base/i18n.h"

static const ActionRow ROWS[ACTION_COUNT] = {
    [ACTION_NONE] = {.name = "", .keys = "", .where = AT(PLACE_COUNT), .label = "", .help = ""},
#define ACTION(id, keys, where, permit, bar, label, help, handler)                                 \
    [ACTION_##id] = {ACTION_##id, #id, keys, where, permit, bar, label, help},
#include "ui/action.def"
#undef ACTION
};

const ActionRow *action_row(Action action)
{
    return &ROWS[action < ACTION_COUNT ? action : ACTION_NONE];
}

gboolean action_is_at(Action action, Place place)
{
    return where_is(&action_row(action)->where, place);
}

gboolean action_is_common(Action action)
{
    enum { SOME_PLACES = 5 };
    return where_count(&action_row(action)->where) > SOME_PLACES;
}

gboolean action_is_offered(Action action, guint permits)
{
    Permit permit = action_row(action)->permit;
    return permit == PERMIT_ANYONE || (permits & 1U << permit) != 0;
}
