/* plain.h: dagsform --plain: the walks, the day's list and a cancellation as lines on stdin and
 * stdout, for screen readers, slow lines and scripts. The same engine and the same saving as on the
 * full screen; nothing is drawn, no line is written over.
 *
 * What is typed is an answer; a line that begins with a full stop is a command (".help" tells
 * them). End of input is as good as leaving: what has been said to be saved is saved. */
#pragma once

#include "care/session.h"
#include "care/visit.h"

#include <stdio.h>

typedef struct {
    Session *session;
    GIOChannel *in;
    FILE *out;
    gboolean ended; /* no more input: everything ends */
} Plain;

/* dagsform --plain [--db FILE] [--user NAME] [--passphrase-file FILE] [--lang LANG]. Answers an
 * exit code. */
int plain_run(int argc, char **argv);

/* --- lines (plain_lines.c) -------------------------------------------------------------------- */

/* One paragraph, and an end of line. */
void plain_say(Plain *plain, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* The error's sentence; frees it. NULL: nothing. */
void plain_error(Plain *plain, GError *error);
/* Asks with `prompt` and reads a line without its end, blanks around it removed. NULL at the end of
 * input, and plain->ended from then on. New. */
char *plain_read(Plain *plain, const char *prompt);
/* A line as it is, blanks too. New. */
char *plain_read_raw(Plain *plain);
/* Numbers `texts` (char *) from 1 and asks which, by number; an empty line is none. The index from
 * 0; -1: none, or the end of input. */
int plain_choose(Plain *plain, const char *question, const GPtrArray *texts);
/* Yes or no, in the language's own words and letters. FALSE at the end of input. */
gboolean plain_yes(Plain *plain, const char *question);
/* The word of a command in the program's language. Static. */
const char *plain_word(const char *word);
/* A command of the walk or the menu: the line begins with "." and the word, in the program's
 * language or in English, or the beginning of one of them (`word`: msgid, context "command"); the
 * rest of the line (may be "") comes after it. */
gboolean plain_is(const char *line, const char *word, const char **rest);

/* --- what can be done ------------------------------------------------------------------------- */

void plain_day(Plain *plain);                      /* plain_day.c */
void plain_visit(Plain *plain, gint64 visit_id);   /* plain_day.c */
void plain_cancel(Plain *plain, gint64 visit_id);  /* plain_cancel.c */
void plain_clients(Plain *plain);                  /* plain_client.c */
void plain_client(Plain *plain, gint64 client_id); /* plain_client.c */
void plain_begun(Plain *plain);                    /* plain_client.c: forms begun */
/* Walks a response: goes on with `response_id`, or begins. (plain_walk.c) */
typedef struct {
    gint64 response_id; /* 0: begin */
    const char *form;
    gint64 client_id;
    const char *respondent;
    gint64 placement_id;
} PlainWalk;
void plain_walk(Plain *plain, const PlainWalk *which);
