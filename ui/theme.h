/* theme.h: how each style looks. Colours are of the 256 that xterm numbers: those from 16 on look the
 * same in every terminal, unlike the first 16, which each shows in shades of its own. Text has a
 * contrast of 4.5 to its ground, bars of 3 (WCAG 2.2, 1.4.3 and 1.4.11); in high contrast, text of 7
 * (1.4.6). */
#pragma once

#include <glib.h>

#include "ui/style.h"

typedef enum {
    THEME_COLOUR, /* on the terminal's own ground, black or white */
    THEME_MONOCHROME,
    THEME_LIGHT, /* these three lay a ground of their own */
    THEME_DARK,
    THEME_HIGH_CONTRAST,
    THEME_COUNT,
} ThemeName;

typedef struct {
    gboolean bold, underline, reverse;
    short foreground; /* xterm's number of the colour, from 16 on; -1: the terminal's own */
} StyleLook;

/* Without colour the looks differ by bold, underline and reverse alone. */
const StyleLook *theme_look(ThemeName theme, Style style);
/* What all of them stand on; -1: the terminal's own. */
short theme_ground(ThemeName theme);
/* By the name in the settings ("light"; NULL: "colour"); without colour where NO_COLOR is set and not
 * empty. */
ThemeName theme_choose(const char *config);
/* The names there are, NULL-terminated. */
const char *const *theme_names(void);
