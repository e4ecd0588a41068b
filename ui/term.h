/* term.h: the terminal. term.c and draw.c are the only files that know curses.
 *
 * Alternate screen, bracketed paste, no mouse unless asked for; the screen is erased when it is
 * left or locked; nothing is written while nothing changes. All control keys are keys (Ctrl-C,
 * Ctrl-S, Ctrl-Z too). Input is decoded by key_decoder.h. */
#pragma once

#include "ui/event.h"
#include "ui/theme.h"

typedef struct {
    gboolean mouse;      /* off by default: it takes the terminal's own marking away */
    ThemeName theme;     /* without colour all the same where the terminal has not 256 */
    int escape_delay_ms; /* how long Esc waits for the rest of a key; 25 */
} TermOptions;

/* ERROR_INPUT when standard input or output is no terminal or TERM is unknown. Handlers for
 * SIGWINCH, SIGHUP, SIGTERM, SIGTSTP and fatal signals restore the terminal. */
gboolean term_start(const TermOptions *options, GError **error);
/* Erases, leaves the alternate screen and, where terminfo has E3, clears the scrollback. */
void term_stop(void);
gboolean term_is_on(void);
void term_size(int *rows, int *columns);

/* Waits for the next event, at most `timeout_ms` (-1: for ever). Keys typed ahead are kept. */
void term_next(Event *event, int timeout_ms);
/* TRUE when a key is waiting already: the frame in between need not be drawn. */
gboolean term_pending(void);
/* Whether Esc is among the keys waiting: it is taken out, the others stay. Also TRUE (and nothing
 * is taken) when a hang-up is waiting. For breaking off what takes time. */
gboolean term_take_escape(void);
/* Throws away the keys, pastes and clicks waiting; a hang-up and a new size stay. For when another
 * screen than the one they were meant for has come up by itself. */
void term_drop_input(void);
/* A frame: term_frame_begin() erases the virtual screen, term_frame_end() places the cursor and
 * writes the differences. With DAGSFORM_TEST_SYNC_FD set, a TermSync is written there whenever the
 * program begins to wait: every byte up to its count has been handled and shown. */
void term_frame_begin(void);
void term_frame_end(void);
/* Everything drawn anew (Ctrl-L after another program wrote on the screen). */
void term_repaint(void);
/* Blanks the screen at once, for locking. */
void term_blank(void);
