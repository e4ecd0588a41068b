/* harness.h: the real program in a terminal of its own: forkpty(3) and libvterm.
 *
 * A test starts a program, sends keys and looks at the cells. There are no sleeps: after everything
 * it sends, the harness waits until the program says that it has handled and shown that many bytes
 * (DAGSFORM_TEST_SYNC_FD, ui/term.h). 20 seconds without it is a failure, told with the screen as
 * it was.
 *
 * Pinned: TERM=xterm-256color, LC_ALL=C.UTF-8, TZ=Europe/Stockholm, the language, the clock
 * (DAGSFORM_NOW), and HOME with the XDG folders in a folder of the test's own. The program is
 * $DAGSFORM, else $B/tests/dagsform, else build/tests/dagsform; run from the top of the tree.
 *
 * Every program must keep to these, and harness_stop() fails when it did not: nothing on standard
 * error, no query to the terminal, no title, the cursor never hidden, no mouse mode unless the
 * configuration asks for it.
 *
 *     make screens              all of them
 *     GENERATE=1 make screens   writes the goldens anew; look through the difference
 */
#pragma once

#include <glib.h>

typedef struct Harness Harness;

typedef struct {
    int rows, columns;    /* 0: 24 × 80 */
    const char *language; /* NULL: "sv" */
    const char *now;      /* NULL: "2026-11-23T08:30", a Monday of week 48 */
    gboolean no_color;
    gboolean awake;               /* for measuring: neither waits for a processor, see harness.c */
    const char *folder;           /* of an earlier harness_folder_new(); NULL: a new one */
    const char *program;          /* NULL: the real one */
    const char *const *arguments; /* after the program's name; NULL-terminated or NULL */
    const char *const *environment; /* more of it, "NAME=value"; NULL-terminated or NULL */
} HarnessOptions;

/* A folder of a test's own, and its removal with all it holds. */
char *harness_folder_new(void);
void harness_folder_remove(char *folder);
/* Writes a file in it; "config/dagsform/config.ini" is the program's configuration. */
void harness_folder_write(const char *folder, const char *name, const char *text);
/* Runs a subcommand to its end in the same surroundings, such as `init` or `demo` to make a
 * database: arguments until NULL. Fails unless it exits with 0. Its standard output; new. */
char *harness_command(const char *folder, const char *argument, ...) G_GNUC_NULL_TERMINATED;

/* Starts the program and waits for its first frame. */
Harness *harness_start(const HarnessOptions *options);
/* Ends the program if it still runs (SIGHUP) and checks what is said above. */
void harness_stop(Harness *harness);
const char *harness_folder(const Harness *harness);
int harness_pid(const Harness *harness);

/* Keys as a terminal sends them. */
#define PRESS_UP "\033OA"
#define PRESS_DOWN "\033OB"
#define PRESS_RIGHT "\033OC"
#define PRESS_LEFT "\033OD"
#define PRESS_HOME "\033OH"
#define PRESS_END "\033OF"
#define PRESS_PAGE_UP "\033[5~"
#define PRESS_PAGE_DOWN "\033[6~"
#define PRESS_DELETE "\033[3~"
#define PRESS_BACKSPACE "\177"
#define PRESS_ENTER "\r"
#define PRESS_TAB "\t"
#define PRESS_BACK_TAB "\033[Z"
#define PRESS_ESCAPE "\033"
#define PRESS_CTRL_C "\003"
#define PRESS_CTRL_E "\005"
#define PRESS_CTRL_K "\013"
#define PRESS_CTRL_L "\014"
#define PRESS_CTRL_N "\016"
#define PRESS_CTRL_O "\017"
#define PRESS_CTRL_R "\022"
#define PRESS_CTRL_S "\023"
#define PRESS_CTRL_U "\025"
#define PRESS_CTRL_W "\027"
#define PRESS_CTRL_X "\030"
#define PRESS_CTRL_Y "\031"
#define PRESS_CTRL_Z "\032"
#define PRESS_WORD_LEFT "\033[1;5D"
#define PRESS_WORD_RIGHT "\033[1;5C"
#define PRESS_F1 "\033OP"
#define PRESS_F2 "\033OQ"
#define PRESS_F3 "\033OR"
#define PRESS_F4 "\033OS"
#define PRESS_F5 "\033[15~"
#define PRESS_F6 "\033[17~"
#define PRESS_F7 "\033[18~"
#define PRESS_F8 "\033[19~"
#define PRESS_F9 "\033[20~"
#define PRESS_F10 "\033[21~"
#define PRESS_F11 "\033[23~"
#define PRESS_F12 "\033[24~"

/* Each waits until the program has handled and shown it, or has ended. */
/* Nobody presses a key together with Esc, so what stands behind one is sent when it has been
 * handled; all else comes in one burst. */
void harness_keys(Harness *harness, const char *keys);
void harness_burst(Harness *harness, const char *bytes); /* as they are, in one */
void harness_paste(Harness *harness, const char *text); /* bracketed */
void harness_resize(Harness *harness, int rows, int columns);
/* Reads what the program writes until `text` is seen: for what comes by itself, such as a save. */
void harness_wait_text(Harness *harness, const char *text);
void harness_wait_blank(Harness *harness);
/* Reads for so long: what the program writes of itself, such as a draft when the keys rest. Returns the bytes written since what was sent last had been shown. */
gsize harness_rest(Harness *harness, int milliseconds);
/* Takes the terminal away, as a closed window does, and waits for the program's end: its status, as
 * below. Nothing can be sent or looked at any more. */
int harness_hang_up(Harness *harness);
/* The program's exit status; 128 + the signal that ended it. */
int harness_wait_exit(Harness *harness);

/* What is on the screen. */
const char *harness_row(Harness *harness, int row);                 /* without blanks at its end */
gboolean harness_text_contains(Harness *harness, const char *text); /* within one row */
int harness_find(Harness *harness, const char *text); /* the first row that holds it, or -1 */
void harness_cursor(Harness *harness, int *row, int *column);
gboolean harness_is_blank(Harness *harness);
/* All that is on it: rows, attribute runs, cursor. New. */
char *harness_dump(Harness *harness);
/* Compares it with tests/screen/golden/NAME.txt, where NAME ends in -LANGUAGE-COLUMNSxROWS; but the
 * last row with golden/keybar/LANGUAGE-COLUMNSxROWS.txt, where each key bar stands once, under the
 * names of the goldens that have it. So a changed label touches a file a size and language. The
 * folder's own name stands in a golden as /tmp/dagsform-screen-XXXXXX. */
void harness_golden(Harness *harness, const char *name);

/* Of the last thing sent: bytes that the program wrote, and milliseconds until the last of them. */
gsize harness_bytes(const Harness *harness);
double harness_milliseconds(const Harness *harness);
/* The processor time that the program has taken since its start: what a machine lets it wait for is
 * not in it. */
double harness_processor_ms(const Harness *harness);
/* Everything written since the start, raw. */
const GString *harness_written(const Harness *harness);
