/* homecoming.h: what was done on a laptop comes home: its outbox is read in order, and each deed is
 * done again in the unit by the function that did it, as the person who did it and with the time at
 * which it was done, in one transaction with its row in sync_op. So it comes once, and whatever
 * breaks it off, at either end, it goes on from there the next time. */
#pragma once

#include "care/laptop/laptop.h"

typedef struct {
    int deeds;     /* of the laptop, in all */
    int before;    /* of them had come home earlier */
    int done;      /* were done again, or stood already */
    int proposed;  /* are kept beside what stands, for somebody to choose (laptop_proposal.h) */
    int left;      /* tasks with which somebody was first */
    int gone;      /* about clients who are deleted */
    int responses; /* forms whose answers came home */
    gboolean log_broken; /* the laptop's own log is not as it was written */
} Homecoming;

/* `laptop`: opened with coming_home. `home`: the same person's session of the unit. What was taken
 * along is closed by it. ERROR_DENIED where the laptop was told lost or is another's; ERROR_INPUT
 * where it is not a part of this unit; ERROR_CANCELLED where `watch` (may be NULL) says so, between
 * two deeds. After an error what had come home is there (`*coming` says how much), and the laptop
 * has all of it still. */
gboolean homecoming_run(Session *home, Session *laptop, const DbWatch *watch, Homecoming *coming,
                        GError **error);
/* In a sentence each, what came of it; new. */
char *homecoming_words(const Homecoming *coming);
