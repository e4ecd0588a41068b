/* unit_file.c: the file that names a unit's server. */
#include "db/server/unit_file.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/i18n.h"

#define GROUP "dagsform unit"
#define DEFAULT_PORT 5432
/* A socket's whole name is at most 107 bytes (unix(7)); libpq puts "/.s.PGSQL.65535" behind it. */
#define FOLDER_BYTES 90

void unit_file_free(UnitFile *unit)
{
    if (unit == NULL)
        return;
    g_strfreev(unit->hosts);
    g_free(unit->database);
    g_free(unit->ca);
    g_free(unit->id);
    g_free(unit);
}

gboolean unit_file_is(const char *path)
{
    g_autofree char *name = g_path_get_basename(path);

    return g_str_has_suffix(name, ".unit") && strlen(name) > strlen(".unit");
}

/* ---- what may be ----------------------------------------------------------------------------- */

static gboolean refuse(GError **error, const char *sentence)
{
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, sentence);
    return FALSE;
}

static gboolean is_folder(const char *host)
{
    return *host == '/';
}

/* libpq takes a comma for the next host. */
static gboolean is_host(const char *host)
{
    const gsize length = strlen(host);

    if (is_folder(host))
        return length <= FOLDER_BYTES && strpbrk(host, ",\n\r\t") == NULL;
    if (length == 0 || length > UNIT_HOST_BYTES || *host == '-')
        return FALSE;
    for (const char *at = host; *at; at++)
        if (!g_ascii_isalnum(*at) && strchr(".-:", *at) == NULL)
            return FALSE;
    return TRUE;
}

static gboolean is_database(const char *name)
{
    if (!g_ascii_islower(*name) || strlen(name) > UNIT_DATABASE_BYTES)
        return FALSE;
    for (const char *at = name; *at; at++)
        if (!g_ascii_islower(*at) && !g_ascii_isdigit(*at) && *at != '_')
            return FALSE;
    return TRUE;
}

static gboolean hosts_may_be(const UnitFile *unit, GError **error)
{
    const guint count = unit->hosts ? g_strv_length(unit->hosts) : 0;

    if (count == 0 || count > UNIT_HOSTS)
        return refuse(error, _("A unit's server has from one to eight hosts. Give their names."));
    for (guint i = 0; i < count; i++) {
        if (!is_host(unit->hosts[i]))
            return refuse(error, _("A host is a name such as db1.example.se, or a folder of this "
                                   "computer such as /run/postgresql. Write it so."));
        if (!is_folder(unit->hosts[i]) && unit->ca == NULL)
            return refuse(error,
                          _("Over a network the unit is reached encrypted only, from a server that "
                            "proves who it is. Say who signs for it with the certificate of its "
                            "authority (ca)."));
    }
    return TRUE;
}

gboolean unit_file_may_be(const UnitFile *unit, GError **error)
{
    if (!hosts_may_be(unit, error))
        return FALSE;
    if (unit->port < 1 || unit->port > G_MAXUINT16)
        return refuse(error, _("A port is a number from 1 to 65535. Write it so."));
    if (unit->database == NULL || !is_database(unit->database))
        return refuse(error,
                      _("The name of the database is 1 to 32 small letters a to z, digits and "
                        "underscores, and begins with a letter. Write it so."));
    return unit->ca == NULL || (*unit->ca == '/' && strpbrk(unit->ca, "\n\r") == NULL) ||
           refuse(error,
                  _("The certificate of the authority (ca) is a file. Write where it lies."));
}

/* ---- read ------------------------------------------------------------------------------------ */

static gboolean is_known(const char *key)
{
    static const char *const keys[] = {"hosts", "port",  "database", "ca",
                                       "id",    "point", "standby",  NULL};

    return g_strv_contains(keys, key);
}

/* A word that is misspelled must not be passed over: it may be "ca". */
static gboolean knows_all(GKeyFile *file, GError **error)
{
    g_auto(GStrv) keys = g_key_file_get_keys(file, GROUP, NULL, NULL);

    if (keys == NULL)
        return refuse(error,
                      _("This is no file of a unit on a server: it does not begin with [dagsform "
                        "unit]. Ask whoever runs the server for the right one."));
    for (char **key = keys; *key; key++) {
        if (is_known(*key))
            continue;
        g_autofree char *word = g_utf8_substring(*key, 0, MIN(g_utf8_strlen(*key, -1), 40));
        g_autofree char *sentence = g_strdup_printf(
            _("The word “%s” in the unit's file is none that this version knows. Look at how it is "
              "spelled."),
            word);
        return refuse(error, sentence);
    }
    return TRUE;
}

static char *get(GKeyFile *file, const char *key)
{
    char *text = g_key_file_get_string(file, GROUP, key, NULL);

    if (text != NULL && *g_strstrip(text) == '\0')
        g_clear_pointer(&text, g_free);
    return text;
}

static gboolean from_hex(const char *hex, guint8 *bytes, gsize length)
{
    if (hex == NULL || strlen(hex) != 2 * length)
        return FALSE;
    for (gsize i = 0; i < length; i++) {
        const int high = g_ascii_xdigit_value(hex[2 * i]),
                  low = g_ascii_xdigit_value(hex[2 * i + 1]);
        if (high < 0 || low < 0)
            return FALSE;
        bytes[i] = (guint8)(high << 4 | low);
    }
    return TRUE;
}

static gboolean read_marks(GKeyFile *file, UnitFile *unit, GError **error)
{
    guint8 id[UNIT_ID_BYTES];
    g_autofree char *point = get(file, "point");

    unit->id = get(file, "id");
    return (from_hex(unit->id, id, sizeof id) &&
            from_hex(point, unit->point, sizeof unit->point)) ||
           refuse(error,
                  _("The unit's file lacks its marks (id, point), or a digit of them is wrong. Ask "
                    "whoever runs the server for the right one."));
}

static gboolean read_standby(GKeyFile *file, UnitFile *unit, GError **error)
{
    g_autofree char *standby = get(file, "standby");

    unit->standby = g_strcmp0(standby, "true") == 0;
    return standby == NULL || unit->standby || strcmp(standby, "false") == 0 ||
           refuse(error, _("Whether another server confirms what is saved is true or false. Write "
                           "standby=true or standby=false."));
}

static void read_place(GKeyFile *file, const char *folder, UnitFile *unit)
{
    g_autofree char *ca = get(file, "ca"), *port = get(file, "port");
    guint64 number = DEFAULT_PORT;

    if (port != NULL && !g_ascii_string_to_unsigned(port, 10, 1, G_MAXUINT16, &number, NULL))
        number = 0;
    unit->port = (int)number;
    unit->database = get(file, "database");
    if (ca != NULL)
        unit->ca = g_canonicalize_filename(ca, folder);
    unit->hosts = g_key_file_get_string_list(file, GROUP, "hosts", NULL, NULL);
    for (char **host = unit->hosts; host && *host; host++)
        g_strstrip(*host);
}

UnitFile *unit_file_parse(const char *text, gsize length, const char *folder, GError **error)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(UnitFile) unit = g_new0(UnitFile, 1);

    if (length > UNIT_FILE_BYTES || !g_utf8_validate_len(text, length, NULL) ||
        !g_key_file_load_from_data(file, text, length, G_KEY_FILE_NONE, NULL)) {
        refuse(error,
               _("The unit's file is damaged, or no text of that kind. Ask whoever runs the server "
                 "for the right one."));
        return NULL;
    }
    if (!knows_all(file, error))
        return NULL;
    read_place(file, folder, unit);
    return unit_file_may_be(unit, error) && read_standby(file, unit, error) &&
                   read_marks(file, unit, error)
               ? g_steal_pointer(&unit)
               : NULL;
}

UnitFile *unit_file_read(const char *path, GError **error)
{
    g_autofree char *beside = g_path_get_dirname(path), *text = NULL;
    g_autofree char *folder = g_canonicalize_filename(beside, NULL);
    g_autoptr(GError) failed = NULL;
    GStatBuf status;
    gsize length;

    if (g_stat(path, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > UNIT_FILE_BYTES) {
        refuse(error,
               _("The unit's file is damaged, or no text of that kind. Ask whoever runs the server "
                 "for the right one."));
        return NULL;
    }
    if (!g_file_get_contents(path, &text, &length, &failed)) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                    _("The unit's file %s cannot be read: %s. Look at where it lies."), path,
                    failed->message);
        return NULL;
    }
    UnitFile *unit = unit_file_parse(text, length, folder, &failed);
    if (unit == NULL)
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT, "%s: %s", path, failed->message);
    return unit;
}

/* ---- written --------------------------------------------------------------------------------- */

static char *to_hex(const guint8 *bytes, gsize length)
{
    GString *hex = g_string_sized_new(2 * length);

    for (gsize i = 0; i < length; i++)
        g_string_append_printf(hex, "%02x", bytes[i]);
    return g_string_free(hex, FALSE);
}

char *unit_file_text(const UnitFile *unit, const char *folder)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autofree char *point = to_hex(unit->point, sizeof unit->point);
    g_autofree char *beside = unit->ca ? g_path_get_dirname(unit->ca) : NULL;
    g_autofree char *name = unit->ca ? g_path_get_basename(unit->ca) : NULL;

    g_key_file_set_string_list(file, GROUP, "hosts", (const char *const *)unit->hosts,
                               g_strv_length(unit->hosts));
    g_key_file_set_integer(file, GROUP, "port", unit->port);
    g_key_file_set_string(file, GROUP, "database", unit->database);
    if (unit->ca)
        g_key_file_set_string(file, GROUP, "ca", g_str_equal(beside, folder) ? name : unit->ca);
    g_key_file_set_string(file, GROUP, "id", unit->id);
    g_key_file_set_string(file, GROUP, "point", point);
    g_key_file_set_string(file, GROUP, "standby", unit->standby ? "true" : "false");
    return g_key_file_to_data(file, NULL, NULL);
}

/* Who may read it may do so afterwards too. */
gboolean unit_file_write(const UnitFile *unit, const char *path, GError **error)
{
    g_autofree char *whole = g_canonicalize_filename(path, NULL);
    g_autofree char *folder = g_path_get_dirname(whole);
    g_autofree char *text = unit_file_text(unit, folder);
    g_autoptr(GError) failed = NULL;
    GStatBuf before;
    const gboolean there = g_stat(path, &before) == 0;

    if (g_file_set_contents_full(path, text, -1,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644,
                                 &failed)) {
        if (there)
            g_chmod(path, before.st_mode & 0777);
        return TRUE;
    }
    g_set_error(error, DAGSFORM_ERROR, ERROR_IO,
                _("The unit's file %s cannot be written: %s. Look at the folder and try again."),
                path, failed->message);
    return FALSE;
}

/* ---- in libpq's words ------------------------------------------------------------------------ */

/* libpq's manual, 34.1.1: in quotes, with a backslash before a quote and a backslash. */
static void add_word(GString *words, const char *name, const char *value)
{
    g_string_append_printf(words, "%s%s='", words->len > 0 ? " " : "", name);
    for (const char *at = value; *at; at++) {
        if (*at == '\'' || *at == '\\')
            g_string_append_c(words, '\\');
        g_string_append_c(words, *at);
    }
    g_string_append_c(words, '\'');
}

char *unit_file_words(const UnitFile *unit)
{
    GString *words = g_string_new(NULL);
    g_autofree char *hosts = g_strjoinv(",", unit->hosts);
    g_autofree char *port = g_strdup_printf("%d", unit->port);

    add_word(words, "host", hosts);
    add_word(words, "port", port);
    add_word(words, "dbname", unit->database);
    /* Or PGHOSTADDR, and PGSSLMINPROTOCOLVERSION below, would say otherwise. */
    add_word(words, "hostaddr", "");
    /* Kerberos' own encryption would take the place of the certificate's. */
    add_word(words, "gssencmode", "disable");
    add_word(words, "sslmode", unit->ca ? "verify-full" : "disable");
    if (unit->ca) {
        add_word(words, "sslrootcert", unit->ca);
        add_word(words, "ssl_min_protocol_version", "TLSv1.2");
    }
    return g_string_free(words, FALSE);
}
