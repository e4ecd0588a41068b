/* keymap.h: which key does what where: the defaults of action.def, changed by config.ini's [keys]
 * section (cancel = x f4). Pure. */
#pragma once

#include "ui/action.h"
#include "ui/key.h"

typedef struct Keymap Keymap;
/* `overrides` may be NULL. Two actions on one key in one place is ERROR_INPUT naming both. */
Keymap *keymap_new(GKeyFile *overrides, GError **error);
void keymap_free(Keymap *keymap);

/* The action of `key` in `place`; ACTION_NONE. */
Action keymap_action(const Keymap *keymap, Place place, Key key);
/* The first key of an action; K_NONE when it has none. */
Key keymap_key(const Keymap *keymap, Action action);
/* The first one that reaches it in `place`: no character where one types, no arrow where one
 * chooses. */
Key keymap_key_in(const Keymap *keymap, Place place, Action action);
/* All its keys that reach it in `where` as text, "Enter, o". New. */
char *keymap_keys_text(const Keymap *keymap, Place place, Action action);
