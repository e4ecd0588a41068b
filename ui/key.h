/* key.h: keys as the program knows them: a character is its code point, the others lie above. */
#pragma once

#include <glib.h>

typedef guint32 Key;

enum {
    K_NONE = 0,
    K_TAB = 9,
    K_ENTER = 13,
    K_ESCAPE = 27,
    K_SPACE = 32,
    K_FIRST = 0x110000, /* beyond Unicode */
    K_UP = K_FIRST,
    K_DOWN,
    K_LEFT,
    K_RIGHT,
    K_HOME,
    K_END,
    K_PAGE_UP,
    K_PAGE_DOWN,
    K_INSERT,
    K_DELETE,
    K_BACKSPACE,
    K_BACK_TAB,
    K_WORD_LEFT, /* Ctrl and the arrow */
    K_WORD_RIGHT,
    K_TOP,    /* Ctrl and Home: of the whole text or list */
    K_BOTTOM, /* Ctrl and End */
    K_CTRL_SPACE,
    K_F0,
    K_F12 = K_F0 + 12,
};
#define K_F(n) ((Key)(K_F0 + (n)))
#define K_CTRL(letter) ((Key)((letter)&0x1f)) /* K_CTRL('L') */

/* "Enter", "F1", "Ctrl-L", "↑", "a": as the key bar shows it, translated. `buffer` holds 24. */
const char *key_label(Key key, char *buffer);
/* The reverse of a configuration file's and action.def's spelling: "enter", "f1", "ctrl-l", "up",
 * "pgdn", "space", "a". K_NONE when not understood. */
Key key_parse(const char *text, gsize length);
/* A character that can be typed into a text. */
gboolean key_is_text(Key key);
