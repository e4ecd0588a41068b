/* tries.c: a group for each login in a GKeyFile, under a hash with the file's own salt. Read,
 * changed and written in place under a lock. */
#include "vault/tries.h"

#include "base/clock.h"
#include "base/i18n.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define SUFFIX ".keys"
#define SALT_GROUP "file"
enum {
    HASH_BYTES = 16,
    FREE_TRIES = 3,
    LONGEST_PAUSE_S = 30,
    LOGINS_MOST = 64, /* whoever tries names at random fills no disk */
    FILE_MOST = 64 << 10,
};

typedef struct {
    char *path;
    int file; /* -1: there is none */
    GKeyFile *keys;
    char *group; /* of the login */
} Book;

static void book_clear(Book *book)
{
    g_free(book->path);
    g_free(book->group);
    g_clear_pointer(&book->keys, g_key_file_unref);
    if (book->file >= 0)
        close(book->file);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Book, book_clear)

char *tries_path_for(const char *keys)
{
    gsize length = strlen(keys);

    if (g_str_has_suffix(keys, SUFFIX))
        length -= strlen(SUFFIX);
    return g_strdup_printf("%.*s.tries", (int)length, keys);
}

int tries_pause_s(int wrong)
{
    return wrong < FREE_TRIES ? 0 : MIN(1 << MIN(wrong - FREE_TRIES, 8), LONGEST_PAUSE_S);
}

/* The time of the machine, whatever clock is set. */
static gint64 machine_ms(void)
{
    return g_get_real_time() / 1000;
}

/* --- the file --------------------------------------------------------------------------------- */

static void read_file(Book *book)
{
    g_autofree char *bytes = g_malloc(FILE_MOST);
    ssize_t length = pread(book->file, bytes, FILE_MOST, 0);

    /* What cannot be read is begun anew. */
    if (length > 0)
        g_key_file_load_from_data(book->keys, bytes, (gsize)length, G_KEY_FILE_NONE, NULL);
}

/* The group of a login: a hash of it, since the names of users stand in clear nowhere. New. */
static char *group_of(GKeyFile *keys, const char *login)
{
    guint8 salt[HASH_BYTES], hash[HASH_BYTES];
    char hex[2 * HASH_BYTES + 1];
    gsize length = 0;
    g_autofree char *known = g_key_file_get_string(keys, SALT_GROUP, "salt", NULL);

    if (!known ||
        sodium_hex2bin(salt, sizeof salt, known, strlen(known), NULL, &length, NULL) != 0 ||
        length != sizeof salt) {
        randombytes_buf(salt, sizeof salt);
        g_key_file_set_string(keys, SALT_GROUP, "salt",
                              sodium_bin2hex(hex, sizeof hex, salt, sizeof salt));
    }
    crypto_generichash(hash, sizeof hash, (const guint8 *)login, strlen(login), salt, sizeof salt);
    return g_strdup(sodium_bin2hex(hex, sizeof hex, hash, sizeof hash));
}

/* FALSE when there is no such file and none is to be made, or it is not to be had. */
static gboolean book_open(Book *book, const char *keys, const char *login, gboolean make)
{
    *book = (Book){.path = tries_path_for(keys), .keys = g_key_file_new()};
    book->file = open(book->path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | (make ? O_CREAT : 0), 0600);
    if (book->file < 0)
        return FALSE;
    while (flock(book->file, LOCK_EX) != 0)
        if (errno != EINTR)
            return FALSE;
    read_file(book);
    book->group = group_of(book->keys, login);
    return TRUE;
}

/* Without any login the file goes. */
static void book_write(Book *book)
{
    gsize length, groups = 0;
    g_auto(GStrv) names = g_key_file_get_groups(book->keys, &groups);
    g_autofree char *bytes = g_key_file_to_data(book->keys, &length, NULL);

    (void)names;
    if (groups <= 1)
        unlink(book->path);
    else if (pwrite(book->file, bytes, length, 0) != (ssize_t)length ||
             ftruncate(book->file, (off_t)length) != 0)
        return; /* a full disk: what was there before still counts, or is begun anew */
}

static int number(const Book *book, const char *key)
{
    return MAX(g_key_file_get_integer(book->keys, book->group, key, NULL), 0);
}

/* Makes room for one more by taking out the one that was tried least lately. */
static void make_room(Book *book)
{
    gsize groups = 0;
    g_auto(GStrv) names = g_key_file_get_groups(book->keys, &groups);
    const char *oldest = NULL;
    gint64 first = G_MAXINT64;

    for (gsize i = 0; i < groups && groups > LOGINS_MOST; i++) {
        gint64 at = g_key_file_get_int64(book->keys, names[i], "machine", NULL);
        if (at >= first || g_str_equal(names[i], SALT_GROUP) || g_str_equal(names[i], book->group))
            continue;
        first = at;
        oldest = names[i];
    }
    if (oldest)
        g_key_file_remove_group(book->keys, oldest, NULL);
}

/* --- tries ------------------------------------------------------------------------------------ */

gboolean tries_allow(const char *keys, const char *login, GError **error)
{
    g_auto(Book) book = {.file = -1};

    if (!book_open(&book, keys, login, FALSE))
        return TRUE;
    gint64 pause = (gint64)tries_pause_s(number(&book, "row")) * 1000;
    gint64 since = machine_ms() - g_key_file_get_int64(book.keys, book.group, "machine", NULL);
    /* A clock that was put back makes nobody wait longer. */
    gint64 left = pause - (since < 0 ? 0 : since);
    if (left <= 0)
        return TRUE;
    int seconds = (int)((left + 999) / 1000);
    g_set_error(error, DAGSFORM_ERROR, ERROR_BUSY,
                ngettext("After several wrong passphrases there is a short pause. Try again in %d "
                         "second.",
                         "After several wrong passphrases there is a short pause. Try again in %d "
                         "seconds.",
                         (gulong)seconds),
                seconds);
    return FALSE;
}

void tries_wrong(const char *keys, const char *login)
{
    g_auto(Book) book = {.file = -1};

    if (!book_open(&book, keys, login, TRUE))
        return;
    g_key_file_set_integer(book.keys, book.group, "row", number(&book, "row") + 1);
    g_key_file_set_integer(book.keys, book.group, "untold", number(&book, "untold") + 1);
    g_key_file_set_int64(book.keys, book.group, "machine", machine_ms());
    g_key_file_set_int64(book.keys, book.group, "clock", clock_now_ms());
    make_room(&book);
    book_write(&book);
}

int tries_right(const char *keys, const char *login)
{
    g_auto(Book) book = {.file = -1};
    int wrong = book_open(&book, keys, login, FALSE) ? number(&book, "row") : 0;

    if (wrong > 0) {
        g_key_file_set_integer(book.keys, book.group, "row", 0);
        book_write(&book);
    }
    return wrong;
}

char *tries_tell(const char *keys, const char *login)
{
    g_auto(Book) book = {.file = -1};
    int wrong = book_open(&book, keys, login, FALSE) ? number(&book, "untold") : 0;

    if (wrong == 0)
        return NULL;
    g_autofree char *when = clock_text(g_key_file_get_int64(book.keys, book.group, "clock", NULL));
    g_key_file_remove_group(book.keys, book.group, NULL);
    book_write(&book);
    return g_strdup_printf(
        ngettext("%d wrong passphrase has been typed with your user name since last time, at %s. "
                 "If it was not you, tell an administrator.",
                 "%d wrong passphrases have been typed with your user name since last time, the "
                 "last at %s. If it was not you, tell an administrator.",
                 (gulong)wrong),
        wrong, when);
}
