/* upkeep.c: a backup and a new data key, as lines. */
#include "cmd/plain/plain.h"

#include "base/i18n.h"
#include "care/unit/backup.h"
#include "care/unit/keys.h"

static gboolean tell_share(double share, gpointer data)
{
    Plain *plain = data;
    if (share >= 0.5 && share < 0.9)
        plain_say(plain, "%s", _("Reading it through…"));
    return !plain->ended;
}

void plain_backup(Plain *plain, gint64 unused)
{
    (void)unused;
    GError *error = NULL;
    const BackupRule rule = BACKUP_RULE;
    const BackupOrder order = {.rule = &rule, .progress = tell_share, .data = plain};
    plain_say(plain, "%s", _("Making the backup…"));
    g_autoptr(Backup) backup = backup_make(plain->session, &order, &error);
    if (backup == NULL) {
        plain_error(plain, error);
        return;
    }
    plain_say(plain, _("The backup is made and read through: %s"), backup->path);
    if (backup->forms > 0)
        plain_say(plain,
                  ngettext("%u form of your own is in it.", "%u forms of your own are in it.",
                           backup->forms),
                  backup->forms);
    if (backup->same_disk)
        plain_say(plain, "%s",
                  _("It lies on the same disk as the database. Keep one elsewhere too, with: dagsform "
                    "backup --to FOLDER"));
    for (guint i = 0; i < backup->faults->len; i++)
        plain_say(plain, "%s", (const char *)backup->faults->pdata[i]);
}

/* A line where another part begins, and no more, for they are read aloud. */
typedef struct {
    Plain *plain;
    gboolean proving;
} NewKey;

static gboolean tell_key(double share, gpointer data)
{
    NewKey *key = data;
    if (share >= KEY_PROOF && !key->proving)
        plain_say(key->plain, "%s", _("Reading it through…"));
    key->proving = share >= KEY_PROOF;
    return TRUE;
}

void plain_new_key(Plain *plain, gint64 unused)
{
    (void)unused;
    GError *error = NULL;
    NewKey key = {plain, FALSE};
    const DbWatch watch = {tell_key, &key};
    if (!plain_yes(plain, _("Give the database a new data key? Others who have it open are asked to "
                            "sign in again.")))
        return;
    plain_say(plain, "%s", _("The database is being encrypted anew. This must not be broken off…"));
    if (session_new_key(plain->session, &watch, &error))
        plain_say(plain, "%s",
                  _("The database has a new data key, and everybody signs in as before. Backups made "
                    "before still have the old one."));
    plain_error(plain, error);
}
