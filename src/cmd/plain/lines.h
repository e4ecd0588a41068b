/* lines.h: lines in and out of dagsform --plain, questions and menus; and what all of it shares. */
#pragma once

#include "care/client/client.h"
#include "care/unit/session.h"

#include <signal.h>
#include <stdio.h>

typedef struct {
    Session *session;
    FILE *out;
    Client *card;           /* plain_open_card() */
    gboolean goes_on;       /* what is kept of the page that opens next is gone on with, unasked */
    GString *waiting;       /* read, and no whole line yet */
    guint line;             /* number of the line read last, from 1 */
    gboolean talks;         /* stdin is a terminal, and somebody is there to be asked again */
    gboolean keep_going;    /* --keep-going */
    int columns;            /* of the terminal that `out` is; 0: it is none, lines are not broken */
    gboolean refused;       /* something was not taken */
    gboolean ended;         /* no more input: everything ends */
    gboolean locked;        /* it ended by locking: the passphrase begins anew */
    int lock_minutes;       /* without a line from the terminal until it locks; 0: never */
    int backup_days;        /* after which a backup is late; 0: never */
    int signal_number;      /* what ended it from outside; 0: nothing has */
    sigset_t while_waiting; /* the signals held back while a line is waited for: as at start */
    gboolean told_text;     /* how a long text is ended */
    gboolean told_commands; /* that commands begin with a full stop */
} Plain;

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
/* As plain_read(), where no command is known but the one that tells what to do (.help): it is
 * obeyed, every other refused, and the question put again. New. */
char *plain_ask(Plain *plain, const char *prompt);
/* The line is read again as the next one. */
void plain_unread(Plain *plain, const char *line);
/* Whether the next line can be had without waiting for somebody. */
gboolean plain_has_more(Plain *plain);

/* Numbers `texts` (char *) from 1 and asks which, by number or the beginning of words; an empty
 * line is none. The index from 0; -1: none, or the end of input. */
int plain_choose(Plain *plain, const char *question, const GPtrArray *texts);
/* Which of `texts` a line means, as above; -1 after saying that it is none, or which it may be. */
int plain_meant(Plain *plain, const GPtrArray *texts, const char *line);
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

/* --- menus ------------------------------------------------------------------------------------ */

typedef struct {
    const char *label; /* msgid */
    Permit permit;     /* left out where it is not allowed */
    void (*run)(Plain *plain, gint64 id);
} PlainEntry;
/* Asks which of `entries` to do with `id` until an empty line. */
void plain_menu(Plain *plain, const char *question, const PlainEntry *entries, gsize count,
                gint64 id);
