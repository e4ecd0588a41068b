/* theme.h: how each style looks. The terminal's own background is kept. */
#pragma once

#include "ui/draw.h"

typedef enum { THEME_COLOUR, THEME_MONOCHROME } ThemeName;

typedef struct {
    gboolean bold, underline, reverse, dim;
    short foreground; /* curses colour number, -1: the terminal's own */
} StyleLook;

/* Without colour the looks differ by bold, underline and reverse alone. */
const StyleLook *theme_look(ThemeName theme, Style style);
/* NO_COLOR set and not empty, or `config` says "monochrome". */
ThemeName theme_choose(const char *config);
