/* plain.h: dagsform --plain: the walks, the day's list, a cancellation and the tasks as lines on
 * stdin and stdout, for screen readers, slow lines and scripts. The same engine and the same saving
 * as on the full screen; nothing is drawn, no line is written over.
 *
 * What is typed is an answer; a full stop alone, or before a letter, is a command (".help" tells
 * them). End of input is as good as leaving: what has been said to be saved is saved.
 *
 * Where nobody sits at a terminal the lines come from a file or another program. There the first
 * line that is not taken ends it all, unless --keep-going: else the lines after it would answer
 * other questions than they were written for. */
#pragma once

#include "care/unit/session.h"
#include "care/visit/visit.h"

#include <signal.h>
#include <stdio.h>

typedef struct {
    Session *session;
    FILE *out;
    GString *waiting;       /* read, and no whole line yet */
    guint line;             /* number of the line read last, from 1 */
    gboolean talks;         /* stdin is a terminal, and somebody is there to be asked again */
    gboolean keep_going;    /* --keep-going */
    int columns;            /* of the terminal that `out` is; 0: it is none, lines are not broken */
    gboolean refused;       /* something was not taken */
    gboolean ended;         /* no more input: everything ends */
    gboolean locked;        /* it ended by locking: the passphrase begins anew */
    int lock_minutes;       /* without a line from the terminal until it locks; 0: never */
    int signal_number;      /* what ended it from outside; 0: nothing has */
    sigset_t while_waiting; /* the signals held back while a line is waited for: as at start */
    gboolean told_text;     /* how a long text is ended */
    gboolean told_commands; /* that commands begin with a full stop */
} Plain;

/* dagsform --plain [--keep-going] [--db FILE] [--user NAME] [--passphrase-file FILE] [--lang LANG].
 * Locks by the command .lock, and at a terminal after `lock_minutes` (0: never): what is open is
 * left as at the end of input, the session closed, and the passphrase asked for. Answers an exit
 * code: EXIT_FAILED also when a line of a file or another program was not taken. */
int plain_run(int argc, char **argv, int lock_minutes);

/* --- lines (lines.c) -------------------------------------------------------------------- */

/* From now on ^C, SIGTERM and SIGHUP end the input, between two lines. */
void plain_catch_signals(Plain *plain);
/* One paragraph, and an end of line. */
void plain_say(Plain *plain, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Why what was typed is not taken. */
void plain_refuse(Plain *plain, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* The error's sentence; frees it. NULL: nothing. */
void plain_error(Plain *plain, GError *error);
/* Asks with `prompt` (NULL: without) and reads a line, without its end and the blanks around it. A
 * line that is not UTF-8 or is longer than PLAIN_LINE_MOST is refused, and the next one read. NULL
 * at the end of input, and plain->ended from then on. New. */
#define PLAIN_LINE_MOST ((gsize)4 << 20)
char *plain_read(Plain *plain, const char *prompt);
/* A line as it is, blanks too. NULL as above, also when the line is the command that locks, or when
 * nobody has typed for so long that it locks by itself. New. */
char *plain_read_raw(Plain *plain);
/* The line is read again as the next one. */
void plain_unread(Plain *plain, const char *line);
/* Whether the next line can be had without waiting for somebody. */
gboolean plain_has_more(Plain *plain);

/* Numbers `texts` (char *) from 1 and asks which, by number or the beginning of words; an empty
 * line is none. The index from 0; -1: none, or the end of input. */
int plain_choose(Plain *plain, const char *question, const GPtrArray *texts);
/* Yes or no, in the language's own words and letters. FALSE at the end of input. */
gboolean plain_yes(Plain *plain, const char *question);
/* 1: yes, 0: no, -1: neither. */
int plain_yes_or_no(const char *line);
/* A day in words, asked until it is understood. FALSE at an empty line or the end of input. */
gboolean plain_day_asked(Plain *plain, const char *prompt, Date *day);

/* The word of a command in the program's language (`word`: msgid, context "command"). Static. */
const char *plain_word(const char *word);
/* Whether the line is a command: a full stop alone or before a letter. */
gboolean plain_is_command(const char *line);
/* Which of the `count` words the command is, whole or the beginning of that one alone, in the
 * program's language or in English, with or without å ä ö; -1 after saying that there is none, or
 * more than one. `*rest` gets what comes after it (may be ""). */
int plain_command(Plain *plain, const char *line, const char *const *words, gsize count,
                  const char **rest);

/* --- what can be done ------------------------------------------------------------------------- */

typedef struct {
    const char *label; /* msgid */
    Permit permit;     /* left out where it is not allowed */
    void (*run)(Plain *plain, gint64 id);
} PlainEntry;
/* Asks which of `entries` to do with `id` until an empty line. */
void plain_menu(Plain *plain, const char *question, const PlainEntry *entries, gsize count,
                gint64 id);

void plain_day(Plain *plain, gint64 unused);             /* day.c */
void plain_visit(Plain *plain, gint64 visit_id);         /* day.c */
/* Whether a time is taken for `visit` (visit_time_warning()): what speaks against it is told, and
 * asked about. (time.c) */
gboolean plain_takes_time(Plain *plain, const Visit *visit, const NewTime *time);
void plain_cancel(Plain *plain, gint64 visit_id);        /* cancel.c */
void plain_clients(Plain *plain, gint64 unused);         /* client.c */
void plain_client(Plain *plain, gint64 client_id);       /* client.c */
void plain_begun(Plain *plain, gint64 unused);           /* forms.c: forms begun */
void plain_forms_of(Plain *plain, gint64 client_id);     /* forms.c */
void plain_new_form(Plain *plain, gint64 client_id);     /* forms.c */
void plain_plan_of(Plain *plain, gint64 client_id);      /* forms.c: the two questions */
void plain_read_aloud(Plain *plain, gint64 response_id); /* forms.c: completed, given up */
void plain_placements(Plain *plain, gint64 client_id);   /* placement.c */
void plain_placement(Plain *plain, gint64 placement_id); /* placement.c */
void plain_tasks(Plain *plain, gint64 unused);           /* tasks.c */
void plain_week(Plain *plain, gint64 unused);            /* week.c */
/* Offers what the signed-in person was interrupted in. */
void plain_offer(Plain *plain); /* offer.c */

/* Walks a response: goes on with `response_id`, or begins. (walk.c) */
typedef struct {
    gint64 response_id; /* 0: begin */
    gboolean correct;   /* begin a correction of response_id */
    const char *form;
    gint64 client_id;
    const char *respondent;
    gint64 placement_id;
} PlainWalk;
void plain_walk(Plain *plain, const PlainWalk *which);
