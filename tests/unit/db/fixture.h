/* fixture.h: a folder, a key and a small schema for the tests of the database floor. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#include "db/sqlcipher/sqlcipher_private.h"

typedef struct {
    char *folder;
    char *path;
    Secret *key;
} Fixture;

static const Migration small_schema[] = {
    {1, "0001-small",
     "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) "
     "/*sqlite: STRICT, WITHOUT ROWID*/;\n"
     "CREATE TABLE person (id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE) /*sqlite: STRICT*/;\n"
     "CREATE TABLE note (id BIGINT PRIMARY KEY, person_id BIGINT REFERENCES person (id),\n"
     "    body TEXT, weight DOUBLE PRECISION, picture BYTEA);\n"},
};
static const DbOptions small_options = {.migrations = small_schema, .migration_count = 1};

/* 48 bytes; keys of different `seed` share their last 16, the salt. */
static inline Secret *fixture_key(guint8 seed)
{
    Secret *key = secret_new(DB_KEY_BYTES);

    memset(key->bytes, seed, 32);
    memset(key->bytes + 32, 0x5a, 16);
    return key;
}

static inline void fixture_start(Fixture *fixture)
{
    fixture->folder = g_dir_make_tmp("dagsform-db-XXXXXX", NULL);
    assert_non_null(fixture->folder);
    fixture->path = g_build_filename(fixture->folder, "unit.db", NULL);
    fixture->key = fixture_key(1);
}

static inline void fixture_end(Fixture *fixture)
{
    GDir *folder = g_dir_open(fixture->folder, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name(folder))) {
        g_autofree char *path = g_build_filename(fixture->folder, name, NULL);
        g_unlink(path);
    }
    g_dir_close(folder);
    assert_int_equal(g_rmdir(fixture->folder), 0);
    g_free(fixture->folder);
    g_free(fixture->path);
    secret_free(fixture->key);
}

static inline int fixture_setup(void **state)
{
    Fixture *fixture = g_new0(Fixture, 1);

    fixture_start(fixture);
    *state = fixture;
    return 0;
}

static inline int fixture_teardown(void **state)
{
    fixture_end(*state);
    g_free(*state);
    return 0;
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

/* Files in the folder whose name contains `part`. */
static inline int fixture_count(const Fixture *fixture, const char *part)
{
    GDir *folder = g_dir_open(fixture->folder, 0, NULL);
    const char *name;
    int count = 0;

    while ((name = g_dir_read_name(folder)))
        count += strstr(name, part) != NULL;
    g_dir_close(folder);
    return count;
}

static inline Db *fixture_open(const Fixture *fixture, DbFlags flags)
{
    g_autoptr(GError) error = NULL;
    Db *db = db_open_with(fixture->path, fixture->key, flags, &small_options, &error);

    if (!db)
        fail_msg("%s", error->message);
    return db;
}

#define assert_ok(call)                                                                            \
    do {                                                                                           \
        g_autoptr(GError) error = NULL;                                                            \
        if (!(call))                                                                               \
            fail_msg("%s: %s", #call, error ? error->message : "no error was set");                \
    } while (0)

#define assert_fails(call, wanted)                                                                 \
    do {                                                                                           \
        g_autoptr(GError) error = NULL;                                                            \
        if (call)                                                                                  \
            fail_msg("%s did not fail", #call);                                                    \
        assert_non_null(error);                                                                    \
        if (!g_error_matches(error, DAGSFORM_ERROR, (wanted)))                                     \
            fail_msg("%s: code %d: %s", #call, error->code, error->message);                       \
    } while (0)

static inline gint64 fixture_int(Db *db, const char *sql)
{
    gint64 value = -1;

    assert_ok(db_get_int(db, sql, NULL, -1, &value, &error));
    return value;
}

#define COUNT "SELECT count(*) FROM person"

/* A person of that name, inside a transaction. */
static inline gint64 fixture_add_inside(Db *db, const char *name)
{
    gint64 id;

    assert_ok((id = db_new_id(db, "person", &error)) != 0);
    assert_ok(db_run(db, "INSERT INTO person (id, name) VALUES (:id, :name)",
                     DB_PARAMS(DB_INT("id", id), DB_TEXT("name", name)), &error));
    return id;
}

/* The same in a transaction of its own. */
static inline gint64 fixture_add(Db *db, const char *name)
{
    gint64 id;

    assert_ok(db_begin(db, &error));
    id = fixture_add_inside(db, name);
    assert_ok(db_commit(db, &error));
    return id;
}
