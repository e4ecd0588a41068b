/* keymap.c: keys to actions. */
#include "ui/keymap.h"

#include <string.h>

#include "base/error.h"
#include "base/i18n.h"

struct Keymap {
    GArray *keys[ACTION_COUNT]; /* of Key */
};

/* "CANCEL" is "cancel" in a configuration file, "DAY_BEFORE" "day-before" or "day_before". */
static Action find_action(const char *name)
{
    g_autofree char *spelling = g_ascii_strup(name, -1);
    g_strdelimit(spelling, "-", '_');
    for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++)
        if (strcmp(action_row((Action)action)->name, spelling) == 0)
            return (Action)action;
    return ACTION_NONE;
}

/* Replaces the keys of `action`; `text` is blank-separated. */
static gboolean set_keys(Keymap *keymap, Action action, const char *text, GError **error)
{
    GArray *keys = keymap->keys[action];
    g_array_set_size(keys, 0);
    g_auto(GStrv) words = g_strsplit_set(text, " \t", -1);
    for (char **word = words; *word != NULL; word++) {
        if ((*word)[0] == '\0')
            continue;
        Key key = key_parse(*word, strlen(*word));
        if (key == K_NONE) {
            g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                        _("Under [keys], \"%s\" is no key. Write a letter, f1 to f12, ctrl-a, "
                          "enter, esc, tab, space, up, down, pgup or another of the keys in the "
                          "manual."),
                        *word);
            return FALSE;
        }
        g_array_append_val(keys, key);
    }
    return TRUE;
}

static gboolean read_overrides(Keymap *keymap, GKeyFile *file, GError **error)
{
    if (file == NULL || !g_key_file_has_group(file, "keys"))
        return TRUE;
    g_auto(GStrv) names = g_key_file_get_keys(file, "keys", NULL, error);
    if (names == NULL)
        return FALSE;
    for (char **name = names; *name != NULL; name++) {
        Action action = find_action(*name);
        if (action == ACTION_NONE) {
            g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                        _("Under [keys], \"%s\" is no action. The manual lists their names."),
                        *name);
            return FALSE;
        }
        g_autofree char *text = g_key_file_get_value(file, "keys", *name, error);
        if (text == NULL || !set_keys(keymap, action, text, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean has_key(const Keymap *keymap, Action action, Key key)
{
    const GArray *keys = keymap->keys[action];
    for (guint i = 0; i < keys->len; i++)
        if (g_array_index(keys, Key, i) == key)
            return TRUE;
    return FALSE;
}

static char *spelling_of(Action action)
{
    char *name = g_ascii_strdown(action_row(action)->name, -1);
    return g_strdelimit(name, "_", '-');
}

/* The first action before `end` that is valid in `place` and has `key`; ACTION_NONE. */
static Action find_at(const Keymap *keymap, Place place, Key key, Action end)
{
    for (int action = ACTION_NONE + 1; action < (int)end; action++)
        if (action_is_at((Action)action, place) && has_key(keymap, (Action)action, key))
            return (Action)action;
    return ACTION_NONE;
}

static gboolean check_action(const Keymap *keymap, Place place, Action action, GError **error)
{
    for (guint i = 0; i < keymap->keys[action]->len; i++) {
        Key key = g_array_index(keymap->keys[action], Key, i);
        Action rival = find_at(keymap, place, key, action);
        if (rival == ACTION_NONE)
            continue;
        char name[24];
        g_autofree char *first = spelling_of(rival);
        g_autofree char *second = spelling_of(action);
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("The key %s stands for both \"%s\" and \"%s\" on the same screen. "
                      "Give one of them another key under [keys]."),
                    key_label(key, name), first, second);
        return FALSE;
    }
    return TRUE;
}

static gboolean check_conflicts(const Keymap *keymap, GError **error)
{
    for (Place place = 0; place < PLACE_COUNT; place++)
        for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++)
            if (action_is_at((Action)action, place) &&
                !check_action(keymap, place, (Action)action, error))
                return FALSE;
    return TRUE;
}

Keymap *keymap_new(GKeyFile *overrides, GError **error)
{
    Keymap *keymap = g_new0(Keymap, 1);
    gboolean ok = TRUE;
    for (int action = 0; action < ACTION_COUNT; action++) {
        keymap->keys[action] = g_array_new(FALSE, FALSE, sizeof(Key));
        ok = ok && set_keys(keymap, (Action)action, action_row((Action)action)->keys, error);
    }
    if (!ok || !read_overrides(keymap, overrides, error) || !check_conflicts(keymap, error)) {
        keymap_free(keymap);
        return NULL;
    }
    return keymap;
}

void keymap_free(Keymap *keymap)
{
    if (keymap == NULL)
        return;
    for (int action = 0; action < ACTION_COUNT; action++)
        if (keymap->keys[action] != NULL)
            g_array_unref(keymap->keys[action]);
    g_free(keymap);
}

Action keymap_action(const Keymap *keymap, Place place, Key key)
{
    return find_at(keymap, place, key, ACTION_COUNT);
}

Key keymap_key(const Keymap *keymap, Action action)
{
    const GArray *keys = keymap->keys[action];
    return keys->len > 0 ? g_array_index(keys, Key, 0) : K_NONE;
}

/* Where one types, a character goes to the field; where one chooses, an arrow goes to the choices,
 * and to the action only from the last of them. */
static gboolean reaches(Place place, Key key)
{
    gboolean arrow = key == K_UP || key == K_DOWN || key == K_LEFT || key == K_RIGHT;
    return !(place_takes_text(place) && key_is_text(key)) && !(place_takes_answers(place) && arrow);
}

Key keymap_key_in(const Keymap *keymap, Place place, Action action)
{
    const GArray *keys = keymap->keys[action];
    for (guint i = 0; i < keys->len; i++) {
        Key key = g_array_index(keys, Key, i);
        if (reaches(place, key))
            return key;
    }
    return K_NONE;
}

char *keymap_keys_text(const Keymap *keymap, Place place, Action action)
{
    GString *text = g_string_new(NULL);
    const GArray *keys = keymap->keys[action];
    for (guint i = 0; i < keys->len; i++) {
        char name[24];
        Key key = g_array_index(keys, Key, i);
        if (reaches(place, key))
            g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", key_label(key, name));
    }
    return g_string_free(text, FALSE);
}
