/* key.c: the names of keys. */
#include "ui/key.h"

#include <string.h>

#include "base/i18n.h"

static const struct {
    Key key;
    const char *spelling; /* in configuration and action.def */
    const char *name;     /* msgid */
} NAMES[] = {
    {K_TAB, "tab", N_("Tab")},
    {K_ENTER, "enter", N_("Enter")},
    {K_ESCAPE, "esc", N_("Esc")},
    {K_SPACE, "space", N_("Space")},
    {K_UP, "up", "↑"},
    {K_DOWN, "down", "↓"},
    {K_LEFT, "left", "←"},
    {K_RIGHT, "right", "→"},
    {K_HOME, "home", N_("Home")},
    {K_END, "end", N_("End")},
    {K_PAGE_UP, "pgup", N_("PgUp")},
    {K_PAGE_DOWN, "pgdn", N_("PgDn")},
    {K_INSERT, "insert", N_("Ins")},
    {K_DELETE, "delete", N_("Del")},
    {K_BACKSPACE, "backspace", N_("Backspace")},
    {K_BACK_TAB, "backtab", N_("Shift-Tab")},
    {K_WORD_LEFT, "ctrl-left", "Ctrl-←"},
    {K_WORD_RIGHT, "ctrl-right", "Ctrl-→"},
    {K_TOP, "ctrl-home", N_("Ctrl-Home")},
    {K_BOTTOM, "ctrl-end", N_("Ctrl-End")},
    {K_CTRL_SPACE, "ctrl-space", N_("Ctrl-Space")},
};
enum { NAME_SIZE = 24 };

/* As much of `text` as fits, whole characters only. */
static const char *copy_name(char *buffer, const char *text)
{
    gsize length = strlen(text);
    if (length >= NAME_SIZE) {
        length = NAME_SIZE - 1;
        while (((guchar)text[length] & 0xc0) == 0x80)
            length--;
    }
    memcpy(buffer, text, length);
    buffer[length] = '\0';
    return buffer;
}

const char *key_label(Key key, char *buffer)
{
    for (gsize i = 0; i < G_N_ELEMENTS(NAMES); i++)
        if (NAMES[i].key == key)
            return copy_name(buffer, _(NAMES[i].name));
    if (key > K_F0 && key <= K_F12)
        g_snprintf(buffer, NAME_SIZE, "F%u", key - K_F0);
    else if (key > 0 && key < K_SPACE)
        g_snprintf(buffer, NAME_SIZE, "Ctrl-%c", (char)(key | 0x40));
    else if (key_is_text(key))
        buffer[g_unichar_to_utf8(key, buffer)] = '\0';
    else
        buffer[0] = '\0';
    return buffer;
}

/* A terminal sends Ctrl with H, I, J, M and [ as Backspace, Tab, Enter and Esc. */
static Key parse_control(char letter)
{
    letter = g_ascii_tolower(letter);
    if (letter < 'a' || letter > 'z' || strchr("hijm", letter) != NULL)
        return K_NONE;
    return K_CTRL(letter);
}

static Key parse_function(const char *digits, gsize length)
{
    if (length < 1 || length > 2 || !g_ascii_isdigit(digits[0]))
        return K_NONE;
    int number = digits[0] - '0';
    if (length == 2) {
        if (!g_ascii_isdigit(digits[1]))
            return K_NONE;
        number = number * 10 + digits[1] - '0';
    }
    return number >= 1 && number <= 12 && digits[0] != '0' ? K_F(number) : K_NONE;
}

Key key_parse(const char *text, gsize length)
{
    for (gsize i = 0; i < G_N_ELEMENTS(NAMES); i++)
        if (strlen(NAMES[i].spelling) == length &&
            g_ascii_strncasecmp(NAMES[i].spelling, text, length) == 0)
            return NAMES[i].key;
    if (length == 6 && g_ascii_strncasecmp(text, "ctrl-", 5) == 0)
        return parse_control(text[5]);
    if (length >= 2 && g_ascii_tolower(text[0]) == 'f' && g_ascii_isdigit(text[1]))
        return parse_function(text + 1, length - 1);
    gunichar character = g_utf8_get_char_validated(text, (gssize)length);
    gboolean whole =
        length > 0 && character < K_FIRST && (gsize)g_unichar_to_utf8(character, NULL) == length;
    return whole && key_is_text(character) && character != K_SPACE ? character : K_NONE;
}

gboolean key_is_text(Key key)
{
    return key >= K_SPACE && key < K_FIRST && !(key >= 0x7f && key < 0xa0) &&
           g_unichar_validate(key);
}
