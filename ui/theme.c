/* theme.c: how each style looks. Only the hues that are legible on both a dark and a light ground
 * are used: no blue, and yellow for filled bars alone. */
#include "ui/theme.h"

enum { OWN = -1, RED = 1, GREEN = 2, YELLOW = 3, MAGENTA = 5, CYAN = 6 };

static const StyleLook MONOCHROME[STYLE_COUNT] = {
    [STYLE_NORMAL] = {.foreground = OWN},
    [STYLE_QUIET] = {.foreground = OWN},
    [STYLE_STRONG] = {.foreground = OWN, .bold = TRUE},
    [STYLE_HEADING] = {.foreground = OWN, .bold = TRUE, .underline = TRUE},
    [STYLE_BAR] = {.foreground = OWN, .reverse = TRUE},
    [STYLE_BAR_STRONG] = {.foreground = OWN, .reverse = TRUE, .bold = TRUE},
    [STYLE_KEY] = {.foreground = OWN, .bold = TRUE},
    [STYLE_LABEL] = {.foreground = OWN},
    [STYLE_SELECTED] = {.foreground = OWN, .reverse = TRUE},
    [STYLE_CHOSEN] = {.foreground = OWN, .bold = TRUE, .underline = TRUE},
    [STYLE_FIELD] = {.foreground = OWN, .underline = TRUE},
    [STYLE_GOOD] = {.foreground = OWN, .bold = TRUE},
    [STYLE_NOTICE] = {.foreground = OWN, .bold = TRUE, .underline = TRUE},
    [STYLE_FAULT] = {.foreground = OWN, .bold = TRUE, .reverse = TRUE},
    [STYLE_BAR_1] = {.foreground = OWN},
    [STYLE_BAR_2] = {.foreground = OWN, .bold = TRUE},
};

static const StyleLook COLOUR[STYLE_COUNT] = {
    [STYLE_NORMAL] = {.foreground = OWN},
    [STYLE_QUIET] = {.foreground = OWN, .dim = TRUE},
    [STYLE_STRONG] = {.foreground = OWN, .bold = TRUE},
    [STYLE_HEADING] = {.foreground = CYAN, .bold = TRUE},
    [STYLE_BAR] = {.foreground = OWN, .reverse = TRUE},
    [STYLE_BAR_STRONG] = {.foreground = OWN, .reverse = TRUE, .bold = TRUE},
    [STYLE_KEY] = {.foreground = CYAN, .bold = TRUE},
    [STYLE_LABEL] = {.foreground = OWN},
    [STYLE_SELECTED] = {.foreground = OWN, .reverse = TRUE},
    [STYLE_CHOSEN] = {.foreground = GREEN, .bold = TRUE},
    [STYLE_FIELD] = {.foreground = OWN, .underline = TRUE},
    [STYLE_GOOD] = {.foreground = GREEN},
    [STYLE_NOTICE] = {.foreground = MAGENTA, .bold = TRUE},
    [STYLE_FAULT] = {.foreground = RED, .bold = TRUE},
    [STYLE_BAR_1] = {.foreground = CYAN},
    [STYLE_BAR_2] = {.foreground = YELLOW},
};

const StyleLook *theme_look(ThemeName theme, Style style)
{
    if (style >= STYLE_COUNT)
        style = STYLE_NORMAL;
    return theme == THEME_MONOCHROME ? &MONOCHROME[style] : &COLOUR[style];
}

ThemeName theme_choose(const char *config)
{
    const char *no_color = g_getenv("NO_COLOR");
    if (no_color != NULL && no_color[0] != '\0')
        return THEME_MONOCHROME;
    return g_strcmp0(config, "monochrome") == 0 ? THEME_MONOCHROME : THEME_COLOUR;
}
