/* plain_walk.h: the inside of a walk as lines, for plain_walk.c and plain_command.c. */
#pragma once

#include "care/walk.h"
#include "cmd/plain.h"

typedef struct {
    Plain *plain;
    Walk *walk;
    int said;            /* the index of what was last read aloud; -1: nothing */
    gint64 other_person; /* the client that an intake is not about, as was answered; 0 */
    gboolean left;
} PlainWalker;

/* "Saved 10:42:07: Aldrig"; `what` may be NULL. */
void plain_walk_say_saved(PlainWalker *walker, const char *what);
/* A line that begins with a full stop. */
void plain_walk_command(PlainWalker *walker, const char *line);
