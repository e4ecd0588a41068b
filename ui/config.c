/* config.c: config.ini of the user. */
#include "ui/config.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "care/unit/backup.h"
#include "ui/theme.h"

enum {
    LOCK_MINUTES_MOST = 24 * 60,
    ESCAPE_DELAY_MS = 25,
    ESCAPE_DELAY_MOST_MS = 2000,
    BACKUP_DAYS_MOST = 366,
    FILE_MOST = 1 << 20,
};

static void config_fault(GError **error, const char *path, const char *group, const char *key,
                         const char *allowed)
{
    g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                _("In %s, \"%s\" under [%s] cannot be used as it stands. Write %s."), path, key,
                group, allowed);
}

/* The value without blanks around it; NULL when it is not there or empty. New. */
static char *read_text(const Config *config, const char *group, const char *key)
{
    char *value = g_key_file_get_string(config->file, group, key, NULL);
    if (value != NULL && g_strstrip(value)[0] == '\0')
        g_clear_pointer(&value, g_free);
    return value;
}

/* One of `words`, NULL-terminated; `allowed` says them in a sentence. */
static gboolean read_word(const Config *config, const char *path, const char *group,
                          const char *key, const char *const *words, const char *allowed,
                          char **word, GError **error)
{
    *word = read_text(config, group, key);
    if (*word == NULL || g_strv_contains(words, *word))
        return TRUE;
    config_fault(error, path, group, key, allowed);
    return FALSE;
}

static gboolean read_number(const Config *config, const char *path, const char *group,
                            const char *key, int most, int *number, GError **error)
{
    g_autofree char *text = read_text(config, group, key);
    if (text == NULL)
        return TRUE;
    guint64 value = 0;
    if (g_ascii_string_to_unsigned(text, 10, 0, (guint64)most, &value, NULL)) {
        *number = (int)value;
        return TRUE;
    }
    g_autofree char *allowed = g_strdup_printf(_("a whole number from 0 to %d"), most);
    config_fault(error, path, group, key, allowed);
    return FALSE;
}

static gboolean read_values(Config *config, const char *path, GError **error)
{
    static const char *const LANGUAGES[] = {"sv", "en", "fi", NULL};
    static const char *const BOOLEANS[] = {"true", "false", NULL};
    g_autofree char *mouse = NULL, *syslog = NULL;
    config->database = read_text(config, "general", "database");
    if (!read_word(config, path, "general", "language", LANGUAGES, _("sv, en or fi"),
                   &config->language, error) ||
        !read_word(config, path, "screen", "theme", theme_names(),
                   _("colour, light, dark, high-contrast or monochrome"),
                   &config->theme, error) ||
        !read_word(config, path, "screen", "mouse", BOOLEANS, _("true or false"), &mouse, error) ||
        !read_number(config, path, "screen", "lock-after", LOCK_MINUTES_MOST,
                     &config->lock_minutes, error) ||
        !read_number(config, path, "screen", "escape-delay", ESCAPE_DELAY_MOST_MS,
                     &config->escape_delay_ms, error) ||
        !read_number(config, path, "backup", "days", BACKUP_DAYS_MOST, &config->backup_days, error) ||
        !read_word(config, path, "log", "syslog", BOOLEANS, _("true or false"), &syslog, error))
        return FALSE;
    config->mouse = g_strcmp0(mouse, "true") == 0;
    config->syslog = g_strcmp0(syslog, "true") == 0;
    return TRUE;
}

/* A misspelt setting must not be passed over in silence. */
static gboolean check_names(const Config *config, const char *path, GError **error)
{
    static const char *const KNOWN[][6] = {
        {"general", "database", "language", NULL},
        {"screen", "theme", "mouse", "lock-after", "escape-delay", NULL},
        {"backup", "days", NULL},
        {"log", "syslog", NULL},
    };
    g_auto(GStrv) groups = g_key_file_get_groups(config->file, NULL);
    for (char **group = groups; *group != NULL; group++) {
        if (strcmp(*group, "keys") == 0)
            continue;
        const char *const *known = NULL;
        for (gsize i = 0; i < G_N_ELEMENTS(KNOWN); i++)
            if (strcmp(KNOWN[i][0], *group) == 0)
                known = KNOWN[i] + 1;
        if (known == NULL) {
            g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                        _("In %s there is no section [%s]. Write [general], [screen], "
                          "[backup], [log] or [keys]."),
                        path, *group);
            return FALSE;
        }
        g_auto(GStrv) keys = g_key_file_get_keys(config->file, *group, NULL, NULL);
        for (char **key = keys; key != NULL && *key != NULL; key++) {
            if (g_strv_contains(known, *key))
                continue;
            g_autofree char *allowed = g_strjoinv(", ", (char **)known);
            config_fault(error, path, *group, *key, allowed);
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean read_file(Config *config, const char *path, GError **error)
{
    g_autoptr(GError) fault = NULL;
    gsize length = 0;
    g_autofree char *text = file_read(path, FILE_MOST, &length, &fault);
    if (text == NULL && g_error_matches(fault, DAGSFORM_ERROR, ERROR_NOT_FOUND))
        return TRUE;
    if (text == NULL) {
        g_propagate_error(error, g_steal_pointer(&fault));
        return FALSE;
    }
    if (!g_utf8_validate(text, (gssize)length, NULL)) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("The settings in %s are not in UTF-8. Save the file as UTF-8, or move it "
                      "away."),
                    path);
        return FALSE;
    }
    if (g_key_file_load_from_data(config->file, text, length, G_KEY_FILE_NONE, &fault))
        return TRUE;
    g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                _("The settings in %s cannot be read: %s. Mend the file or move it away."), path,
                fault->message);
    return FALSE;
}

Config *config_load(const char *path, GError **error)
{
    g_autoptr(Config) config = g_new0(Config, 1);
    g_autofree char *own = path == NULL ? paths_config() : NULL;
    path = path != NULL ? path : own;
    config->file = g_key_file_new();
    config->lock_minutes = LOCK_MINUTES;
    config->backup_days = BACKUP_LATE_DAYS;
    config->escape_delay_ms = ESCAPE_DELAY_MS;
    if (!read_file(config, path, error) || !check_names(config, path, error) ||
        !read_values(config, path, error))
        return NULL;
    return g_steal_pointer(&config);
}

void config_free(Config *config)
{
    if (config == NULL)
        return;
    g_free(config->database);
    g_free(config->language);
    g_free(config->theme);
    g_clear_pointer(&config->file, g_key_file_unref);
    g_free(config);
}
