/* harness_day.h: a scripted day of a unit, from sign-in to sign-out, while something fails: ten
 * cancellations, an undo, an interview half filled in and gone on with, a card changed, tasks done,
 * the week's review, a backup, a lock. */
#pragma once

#include <glib.h>

typedef struct Day Day;

/* A unit with clients, planned visits and tasks, made once. */
Day *day_new(void);
void day_free(Day *day);

/* What somebody does who is told that something failed. Either way it is tried once more at once.
 */
typedef enum {
    WAITS, /* ... and then until it works again: `work_again` makes it so, and the day goes on */
    LEAVES /* ... and then the program is left */
} Patience;

/* The unit as it was made, and a day's work on it. Fails where an error is none of our sentences,
 * or where something fails once more after `work_again`. How often an error was told. */
int day_work(Day *day, Patience patience, void (*work_again)(void));
/* When nothing fails any more: the file opens, is sound, and holds all that was said to be saved.
 */
void day_look(Day *day);
