/* moving.h: a small schema with a value of every kind, and references that go round, for the tests
 * of carrying a unit elsewhere. */
#pragma once

#include "db/db_move.h"
#include "db/db_private.h"

#define LONG_TEXT (1 << 20)

static const Migration moving_schema[] = {
    {1, "0001-moving",
     "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) "
     "/*sqlite: STRICT, WITHOUT ROWID*/;\n"
     "CREATE TABLE person (id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE,\n"
     "    merged_into BIGINT REFERENCES person (id)) /*sqlite: STRICT*/;\n"
     "CREATE TABLE call (id BIGINT PRIMARY KEY, person_id BIGINT NOT NULL REFERENCES person (id),\n"
     "    weight DOUBLE PRECISION, body TEXT, picture BYTEA);\n"
     "CREATE INDEX call_of_person ON call (person_id);\n"
     "CREATE TABLE word (person_id BIGINT NOT NULL REFERENCES person (id), word TEXT NOT NULL,\n"
     "    PRIMARY KEY (word, person_id)) /*sqlite: STRICT, WITHOUT ROWID*/;\n"},
};

/* In words as they are sorted in different ways. */
static const char *const moving_words[] = {"å", "a", "Z", "z", "\xf0\x9f\x98\x80", "", "女", "a b"};

static inline gboolean moving_add_call(Db *db, gint64 person, const double *weight,
                                       const char *body, const void *picture, gssize length,
                                       GError **error)
{
    const gint64 id = db_new_id(db, "call", error);
    DbParam blob = DB_BLOB("picture", picture, length);

    blob.null = picture == NULL;
    DbParam real = DB_REAL("weight", weight != NULL ? *weight : 0);
    real.null = weight == NULL;
    return id != 0 && db_run(db,
                             "INSERT INTO call (id, person_id, weight, body, picture)"
                             " VALUES (:id, :person, :weight, :body, :picture)",
                             DB_PARAMS(DB_INT("id", id), DB_INT("person", person), real,
                                       DB_TEXT("body", body), blob),
                             error);
}

/* `people` persons, the first of whom was merged into the last, and so is there before it. */
static inline gboolean moving_fill(Db *db, int people, GError **error)
{
    static const guint8 bytes[] = {0, 1, 255, '\\', '\'', 0};
    static const double weights[] = {0.1, -1e-300, 1.7976931348623157e308};
    g_autofree char *body = g_strnfill(LONG_TEXT, 'x');
    g_autoptr(DbTransaction) tx = db_transaction(db, error);
    gint64 first = 0, id = 0;

    memcpy(body, "Å", strlen("Å"));
    for (int i = 0; tx != NULL && i < people; i++) {
        g_autofree char *name = g_strdup_printf("Åsa %d", i);
        id = db_new_id(db, "person", error);
        first = first != 0 ? first : id;
        if (id == 0 || !db_run(db, "INSERT INTO person (id, name) VALUES (:id, :name)",
                               DB_PARAMS(DB_INT("id", id), DB_TEXT("name", name)), error))
            return FALSE;
    }
    for (gsize i = 0; tx != NULL && i < G_N_ELEMENTS(moving_words); i++)
        if (!db_run(db, "INSERT INTO word (person_id, word) VALUES (:person, :word)",
                    DB_PARAMS(DB_INT("person", id), DB_TEXT("word", moving_words[i])), error))
            return FALSE;
    return tx != NULL &&
           db_run(db, "UPDATE person SET merged_into = :id WHERE id = :first",
                  DB_PARAMS(DB_INT("id", id), DB_INT("first", first)), error) &&
           moving_add_call(db, id, &weights[0], "", bytes, sizeof bytes, error) &&
           moving_add_call(db, id, &weights[1], NULL, "", 0, error) &&
           moving_add_call(db, id, &weights[2], body, NULL, 0, error) &&
           moving_add_call(db, id, NULL, "rad\nrad\t\\x41 ':id' $1", bytes, 1, error) &&
           db_meta_set(db, "audit_mac", "17:ab", error) &&
           db_meta_set(db, "schema_version", "1", error) && db_transaction_commit(tx, error);
}

/* All in transactions of both; committed where it went well. */
static inline gboolean moving_do(Db *from, Db *to, const DbWatch *watch, GError **error)
{
    g_autoptr(DbTransaction) source = db_transaction(from, error);
    g_autoptr(DbTransaction) target = source != NULL ? db_transaction(to, error) : NULL;

    return target != NULL && db_move(from, to, watch, error) &&
           db_transaction_commit(target, error);
}

/* NULL: they are the same. New. */
static inline char *moving_differ(Db *one, Db *other)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(DbTransaction) first = db_transaction(one, &error);
    g_autoptr(DbTransaction) second = first != NULL ? db_transaction(other, &error) : NULL;
    char *differs = NULL;

    if (second == NULL || !db_move_compare(one, other, NULL, &differs, &error))
        return g_strdup(error->message);
    return differs;
}
