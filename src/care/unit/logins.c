/* Those who sign in at the server of a unit. */
#include "care/unit/logins.h"

#include "base/i18n.h"
#include "care/unit/session_private.h"
#include "vault/vault_login.h"

#include <string.h>

static gboolean set_point(const char *database, Vault *vault, GError **error)
{
    guint8 point[VAULT_POINT_BYTES];

    if (!db_login_point(database, point, error))
        return FALSE;
    if (vault_set_point(vault, point))
        return TRUE;
    g_set_error(
        error, DAGSFORM_ERROR, ERROR_CORRUPT,
        _("The mark “point” in the unit's file %s is none. Ask whoever runs the server for the "
          "right file."),
        database);
    return FALSE;
}

Db *login_open(const char *database, const Secret *key, DbFlags flags, Vault *vault,
               const char *login, GError **error)
{
    if (!db_names_server(database))
        return db_open(database, key, flags, error);
    if (!set_point(database, vault, error))
        return NULL;
    g_autoptr(Secret) password = vault_login_password(vault);
    return db_open_as(database, key, flags,
                      &(DbLogin){.login = login ? login : DB_LOGIN_RECOVERY, .password = password},
                      error);
}

gboolean login_lay(Session *session, const char *login, const StaffRole *role, GError **error)
{
    g_autoptr(Secret) made =
        vault_made_password(session->vault, g_str_equal(login, DB_LOGIN_RECOVERY));

    return db_login_lay(session->db, login, role ? role_code(*role) : NULL, made, error);
}

gboolean login_close(Session *session, const char *login, GError **error)
{
    return db_login_close(session->db, login, error);
}

void login_renew(Session *session)
{
    g_autoptr(Secret) password = vault_login_password(session->vault);

    if (password != NULL)
        db_login_changed(session->db, password);
}

/* ---- all of them -------------------------------------------------------------------------------
 */

typedef struct {
    DbSetUp *set_up;
    Vault *vault;
    guint8 point[VAULT_POINT_BYTES];
    Secret *point_secret; /* forgotten with the passwords */
    GPtrArray *logins;    /* char *, the server's from now on; a NULL at the end */
    GString *lacking;
} Setting;

static void setting_clear(Setting *setting)
{
    secret_free(setting->point_secret);
    g_ptr_array_unref(setting->logins);
    g_string_free(setting->lacking, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Setting, setting_clear)

/* `login` NULL: the recovery code. */
static gboolean set_one(Setting *setting, const char *login, const char *role, GError **error)
{
    g_autoptr(Secret) password =
        vault_password_of(setting->vault, login, setting->point, setting->point_secret);
    const char *name = login ? login : DB_LOGIN_RECOVERY;

    if (password == NULL) {
        g_string_append_printf(setting->lacking, "%s%s", setting->lacking->len > 0 ? ", " : "",
                               name);
        return TRUE;
    }
    g_ptr_array_add(setting->logins, g_strdup(name));
    return db_set_up_login(setting->set_up, name, role, password, error);
}

static gboolean set_staff(Setting *setting, GError **error)
{
    g_autoptr(GPtrArray) people = db_set_up_people(setting->set_up, error);

    for (guint i = 0; people && i < people->len; i += 2)
        if (!set_one(setting, people->pdata[i], people->pdata[i + 1], error))
            return FALSE;
    return people != NULL;
}

/* With whichever of the vault's keys fits. */
static DbSetUp *set_up_unit(const char *path, Vault *vault, const DbAdmin *admin, GError **error)
{
    g_autoptr(GError) failed = NULL;
    DbSetUp *set_up = db_set_up(path, admin, vault_data_key(vault), &failed);

    if (set_up == NULL && vault_next_key(vault) != NULL &&
        g_error_matches(failed, DAGSFORM_ERROR, ERROR_PASSPHRASE))
        return db_set_up(path, admin, vault_next_key(vault), error);
    if (set_up == NULL)
        g_propagate_error(error, g_steal_pointer(&failed));
    return set_up;
}

gboolean logins_bring_up(const char *path, Vault *vault, const DbAdmin *admin, GError **error)
{
    g_autoptr(DbSetUp) set_up = set_up_unit(path, vault, admin, error);

    return set_up != NULL && db_set_up_commit(set_up, NULL, error);
}

gboolean logins_set_up(DbSetUp *set_up, Vault *vault, guint8 *point, char **lacking, GError **error)
{
    g_auto(Setting) setting = {.set_up = set_up,
                               .vault = vault,
                               .logins = g_ptr_array_new_with_free_func(g_free),
                               .lacking = g_string_new(NULL)};

    *lacking = NULL;
    /* The key file as it is while nobody else changes it. */
    if (!vault_verify(vault, error))
        return FALSE;
    setting.point_secret = vault_draw_point(setting.point);
    if (!set_staff(&setting, error) ||
        !set_one(&setting, NULL, role_code(ROLE_ADMINISTRATOR), error))
        return FALSE;
    g_ptr_array_add(setting.logins, NULL);
    if (!db_set_up_close_others(set_up, (const char *const *)setting.logins->pdata, error))
        return FALSE;
    memcpy(point, setting.point, sizeof setting.point);
    if (setting.lacking->len > 0)
        *lacking = g_strdup(setting.lacking->str);
    return TRUE;
}

gboolean logins_set_all(const char *path, Vault *vault, const DbAdmin *admin, char **lacking,
                        GError **error)
{
    g_autoptr(DbSetUp) set_up = set_up_unit(path, vault, admin, error);
    guint8 point[VAULT_POINT_BYTES];

    *lacking = NULL;
    if (set_up != NULL && logins_set_up(set_up, vault, point, lacking, error) &&
        db_set_up_commit(set_up, point, error))
        return TRUE;
    g_clear_pointer(lacking, g_free);
    return FALSE;
}
