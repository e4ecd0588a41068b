/* theme.c: how each style looks. */
#include "ui/theme.h"

#include <string.h>

enum { OWN = -1 };

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

/* A theme in colour: its text, and the hue of each thing said. */
#define LOOKS(text, quiet, heading, good, notice, fault, units_own)                                \
    {                                                                                              \
        [STYLE_NORMAL] = {.foreground = text},                                                     \
        [STYLE_QUIET] = {.foreground = quiet},                                                     \
        [STYLE_STRONG] = {.foreground = text, .bold = TRUE},                                       \
        [STYLE_HEADING] = {.foreground = heading, .bold = TRUE},                                   \
        [STYLE_BAR] = {.foreground = text, .reverse = TRUE},                                       \
        [STYLE_BAR_STRONG] = {.foreground = text, .reverse = TRUE, .bold = TRUE},                  \
        [STYLE_KEY] = {.foreground = heading, .bold = TRUE},                                       \
        [STYLE_LABEL] = {.foreground = text},                                                      \
        [STYLE_SELECTED] = {.foreground = text, .reverse = TRUE},                                  \
        [STYLE_CHOSEN] = {.foreground = good, .bold = TRUE},                                       \
        [STYLE_FIELD] = {.foreground = text, .underline = TRUE},                                   \
        [STYLE_GOOD] = {.foreground = good},                                                       \
        [STYLE_NOTICE] = {.foreground = notice, .bold = TRUE},                                     \
        [STYLE_FAULT] = {.foreground = fault, .bold = TRUE},                                       \
        [STYLE_BAR_1] = {.foreground = heading},                                                   \
        [STYLE_BAR_2] = {.foreground = units_own},                                                 \
    }

/* On black and on white alike only hues of one lightness are legible. */
static const StyleLook COLOUR[STYLE_COUNT] = LOOKS(OWN, OWN, 63, 29, 163, 131, 130);
static const StyleLook LIGHT[STYLE_COUNT] = LOOKS(233, 240, 24, 22, 90, 124, 130);
static const StyleLook DARK[STYLE_COUNT] = LOOKS(252, 248, 80, 114, 213, 210, 214);
static const StyleLook HIGH_CONTRAST[STYLE_COUNT] = LOOKS(231, 231, 51, 120, 219, 217, 226);

static const struct {
    const char *name;
    short ground;
    const StyleLook *looks;
} THEMES[THEME_COUNT] = {
    [THEME_COLOUR] = {"colour", OWN, COLOUR},
    [THEME_MONOCHROME] = {"monochrome", OWN, MONOCHROME},
    [THEME_LIGHT] = {"light", 231, LIGHT},
    [THEME_DARK] = {"dark", 234, DARK},
    [THEME_HIGH_CONTRAST] = {"high-contrast", 16, HIGH_CONTRAST},
};

const StyleLook *theme_look(ThemeName theme, Style style)
{
    return &THEMES[theme].looks[style < STYLE_COUNT ? style : STYLE_NORMAL];
}

short theme_ground(ThemeName theme)
{
    return THEMES[theme].ground;
}

const char *const *theme_names(void)
{
    static const char *const NAMES[] = {"colour", "monochrome", "light", "dark", "high-contrast",
                                        NULL};
    return NAMES;
}

ThemeName theme_choose(const char *config)
{
    const char *no_color = g_getenv("NO_COLOR");
    if (no_color != NULL && no_color[0] != '\0')
        return THEME_MONOCHROME;
    for (ThemeName theme = 0; config != NULL && theme < THEME_COUNT; theme++)
        if (strcmp(THEMES[theme].name, config) == 0)
            return theme;
    return THEME_COLOUR;
}
