/* save_pace.h: when what is being typed is saved. In a file of its own, in whose place the tests of
 * screens link tests/slow_pace.c, so that they can look at a screen before it is. */
#pragma once

#include <glib.h>

typedef struct {
    int rest_ms;   /* so long no key has come: the one at the keys is thinking */
    int oldest_ms; /* so long since the first key that is not saved, however fast the next ones come */
} SavePace;

/* For this machine's disk: `cost_ms` is what the last saving took. A saving that takes longer waits
 * for a longer rest, so that who goes on typing seldom waits for one; how old a key may become
 * stays as it is, with the saving itself counted in. */
SavePace save_pace(int cost_ms);
