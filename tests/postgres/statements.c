/* Every statement of the program prepares on PostgreSQL as it stands, its parameters typed as the
 * caller gave them, and none is left out.
 *
 * tests/record.c noted what the unit and fault tests ran; that is how a statement put together at
 * run time and the types of parameters are known. The objects of src/ hold every literal, whatever
 * macros it came from: one that is a whole statement must have been run, one that is a piece of a
 * statement must stand in one that was. tests/postgres/run starts the server. */
#include <elf.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <libpq-fe.h>

#include "db/server/server_private.h"
#include "db/server/server_unseal.h"
#include "db/sqlcipher/sqlcipher_private.h"
#include "tests/postgres/clear_columns.h"

#define FAULTS_SHOWN 20

/* Folders and objects of what speaks to one engine, and of texts that are no statements. */
static const char *const engine[] = {"sqlcipher", "server", "db_transaction.o", "db_move.o", "migration.o",
                                     NULL};

typedef struct {
    char *types; /* "NAME:T " for each parameter, T as in record.c */
    char *sql;
} Note;

typedef struct {
    GPtrArray *notes;     /* Note: what the program ran */
    GHashTable *ran;      /* their texts */
    GHashTable *literals; /* of the program */
    PGconn *server;
    sqlite3 *engine; /* a database in memory, with the schema */
} World;

/* ---- what was run and what stands in the objects --------------------------------------------- */

/* The strings of the sections of constants: whatever stands between two NULs. */
static void add_strings(const char *bytes, gsize length, GHashTable *strings)
{
    for (gsize at = 0; at < length; at += strnlen(bytes + at, length - at) + 1)
        if (bytes[at])
            g_hash_table_add(strings, g_strndup(bytes + at, length - at));
}

static void read_object(const char *path, GHashTable *strings)
{
    g_autofree char *bytes = NULL;
    gsize length;
    const Elf64_Ehdr *head;
    const Elf64_Shdr *sections;

    assert_true(g_file_get_contents(path, &bytes, &length, NULL));
    head = (const Elf64_Ehdr *)bytes;
    assert_memory_equal(head->e_ident, ELFMAG, SELFMAG);
    assert_int_equal(head->e_ident[EI_CLASS], ELFCLASS64);
    sections = (const Elf64_Shdr *)(bytes + head->e_shoff);
    for (int i = 0; i < head->e_shnum; i++) {
        const char *name = bytes + sections[head->e_shstrndx].sh_offset + sections[i].sh_name;
        if (g_str_has_prefix(name, ".rodata"))
            add_strings(bytes + sections[i].sh_offset, sections[i].sh_size, strings);
    }
}

/* Whether the object at `path` is left over from a source file that has been moved or taken away.
 */
static gboolean is_left_over(const char *path)
{
    const char *inside = path + strlen(g_getenv("DAGSFORM_BUILD")) + 1;
    if (g_str_has_prefix(inside, "san/"))
        inside += strlen("san/");
    g_autofree char *source = g_strdup_printf("%.*s.c", (int)strlen(inside) - 2, inside);

    return !g_file_test(source, G_FILE_TEST_EXISTS);
}

/* Of every object below `path`, but not of the folders and objects named in `but` (may be NULL). */
static void read_objects(const char *path, const char *const *but, GHashTable *strings)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    const char *name;

    while (folder && (name = g_dir_read_name(folder))) {
        g_autofree char *inside = g_build_filename(path, name, NULL);
        if (but && g_strv_contains(but, name))
            continue;
        if (g_file_test(inside, G_FILE_TEST_IS_DIR))
            read_objects(inside, but, strings);
        else if (g_str_has_suffix(name, ".o") && !is_left_over(inside))
            read_object(inside, strings);
    }
}

static void add_objects(const char *folder, const char *const *but, GHashTable *strings)
{
    g_autofree char *path = g_build_filename(g_getenv("DAGSFORM_BUILD"), folder, NULL);

    read_objects(path, but, strings);
}

static GHashTable *strings_below(const char *folder, const char *const *but)
{
    GHashTable *strings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    add_objects(folder, but, strings);
    return strings;
}

static void note_free(gpointer data)
{
    Note *note = data;

    g_free(note->types);
    g_free(note->sql);
    g_free(note);
}

/* One whole statement, as the program may give to db_run(). */
static gboolean is_whole(World *world, const char *text)
{
    sqlite3_stmt *statement = NULL;
    const char *rest = NULL;
    gboolean whole = sqlite3_prepare_v2(world->engine, text, -1, &statement, &rest) == SQLITE_OK &&
                     statement && *rest == '\0';

    sqlite3_finalize(statement);
    return whole;
}

/* Each once; without the tests' own statements and the engine's. What was put together at run time
 * and does not fit the house's tables is of a test that has others. */
static void read_notes(World *world)
{
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) others = strings_below("tests", NULL);
    add_objects("san/tests", NULL, others);
    g_autofree char *bytes = NULL;
    gsize length = 0;

    if (!g_file_get_contents(g_getenv("DAGSFORM_TEST_STATEMENTS"), &bytes, &length, NULL))
        fail_msg("no test has been run before this one: see tests/run");
    add_objects("src/db", NULL, others);
    for (const char *at = bytes; at < bytes + length;) {
        const char *sql = at + strlen(at) + 1;
        gboolean mine =
            g_hash_table_contains(world->literals, sql) ||
            (!g_str_has_prefix(sql, "EXPLAIN ") && !g_str_has_prefix(sql, "CREATE TRIGGER ") &&
             !g_hash_table_contains(others, sql) && is_whole(world, sql));
        if (mine && g_hash_table_add(known, g_strconcat(at, sql, NULL))) {
            Note *note = g_new0(Note, 1);
            note->types = g_strdup(at);
            note->sql = g_strdup(sql);
            g_ptr_array_add(world->notes, note);
            g_hash_table_add(world->ran, note->sql);
        }
        at = sql + strlen(sql) + 1;
    }
}

static sqlite3 *engine_with_schema(void)
{
    gsize count;
    const Migration *list = migrate_embedded(&count);
    sqlite3 *handle = NULL;

    assert_int_equal(sqlite3_open(":memory:", &handle), SQLITE_OK);
    for (gsize i = 0; i < count; i++) {
        g_autofree char *text = migrate_dialect(list[i].text);
        assert_int_equal(sqlite3_exec(handle, text, NULL, NULL, NULL), SQLITE_OK);
    }
    return handle;
}

static int setup(void **state)
{
    static World world;

    world.literals = strings_below("src", engine);
    world.notes = g_ptr_array_new_with_free_func(note_free);
    world.ran = g_hash_table_new(g_str_hash, g_str_equal);
    world.engine = engine_with_schema();
    world.server = PQconnectdb("");
    if (PQstatus(world.server) != CONNECTION_OK)
        fail_msg("%s", PQerrorMessage(world.server));
    read_notes(&world);
    *state = &world;
    return 0;
}

static int teardown(void **state)
{
    World *world = *state;

    PQfinish(world->server);
    sqlite3_close(world->engine);
    g_hash_table_unref(world->ran);
    g_hash_table_unref(world->literals);
    g_ptr_array_unref(world->notes);
    return 0;
}

/* ---- PostgreSQL ------------------------------------------------------------------------------ */

/* int8, float8, text and bytea: pg_type.h */
static Oid type_of(const Note *note, const char *name)
{
    g_autofree char *wanted = g_strconcat(name, ":", NULL);

    for (const char *at = note->types; *at; at = strchr(at, ' ') + 1) {
        if (!g_str_has_prefix(at, wanted))
            continue;
        switch (at[strlen(wanted)]) {
        case 'i':
            return 20;
        case 'r':
            return 701;
        case 't':
            return 25;
        default:
            return 17;
        }
    }
    return 0; /* a statement run without parameters, as EXPLAIN is */
}

/* As the program numbers them; `types` gets the type of each name. */
static char *numbered(const Note *note, GArray *types)
{
    g_auto(GStrv) names = NULL;
    int count;
    char *text = server_numbered(note->sql, &names, &count);

    for (int i = 0; i < count; i++) {
        Oid type = type_of(note, names[i]);
        g_array_append_val(types, type);
    }
    return text;
}

/* What the server says against it; NULL: nothing. New. */
static char *refused(World *world, const Note *note)
{
    g_autoptr(GArray) types = g_array_new(FALSE, FALSE, sizeof(Oid));
    g_autofree char *text = numbered(note, types);
    PGresult *result =
        PQprepare(world->server, "", text, (int)types->len, (const Oid *)(void *)types->data);
    char *said = PQresultStatus(result) == PGRES_COMMAND_OK
                     ? NULL
                     : g_strdup_printf("%s# (%s)\n# %s", PQresultErrorMessage(result), note->types,
                                       note->sql);

    PQclear(result);
    return said;
}

static void say(guint *count, const char *what)
{
    if ((*count)++ < FAULTS_SHOWN)
        printf("# %s\n", what);
}

/* On SQLite too: what asks after a failed commit, no test has run. */
static void every_statement_prepares(void **state)
{
    World *world = *state;
    guint faults = 0;

    assert_true(world->notes->len > 300);
    for (guint i = 0; i < world->notes->len; i++) {
        const Note *note = world->notes->pdata[i];
        g_autofree char *said = refused(world, note);
        if (said)
            say(&faults, said);
        if (!is_whole(world, note->sql))
            say(&faults, note->sql);
    }
    print_message("# %u statements, %u with their types\n", g_hash_table_size(world->ran),
                  world->notes->len);
    assert_int_equal(faults, 0);
}

/* The test itself: what only one engine knows, and a type that does not fit, are found. */
static void what_does_not_prepare_is_found(void **state)
{
    static const Note wrong[] = {
        {(char *)"", (char *)"SELECT typeof(id) FROM visit"},
        {(char *)"", (char *)"INSERT OR IGNORE INTO meta (key, value) VALUES ('a', 'b')"},
        {(char *)"id:t ", (char *)"SELECT date FROM visit WHERE id = :id"},
    };
    static const Note right = {(char *)"id:i word:t ",
                               (char *)"SELECT ':none' FROM visit WHERE id = :id AND date = :word"
                                       " AND id <> :id"};
    g_autofree char *fine = refused(*state, &right);

    assert_null(fine);
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autofree char *said = refused(*state, &wrong[i]);
        assert_non_null(said);
    }
}

/* ---- nothing is done with what is sealed ----------------------------------------------------- */

/* A connection of the program's own, to a database that has the schema and no unit. */
static Db *connection(void)
{
    g_autoptr(GError) error = NULL;

    assert_true(secret_init(&error));
    g_autoptr(Secret) key = secret_new(DB_KEY_BYTES);
    Db *db = db_new(&server_engine, "schema", key, FALSE);
    assert_non_null(server_library(&error));
    assert_true(server_connect(db, "", NULL, NULL, &error));
    return db;
}

/* Whether the program could give it to a server whose rows are sealed: neither computes on what it
 * cannot read, nor reads it without what tells its row. */
static gboolean can_be_sealed(World *world, Db *db, const Note *note, GError **error)
{
    g_autoptr(GArray) types = g_array_new(FALSE, FALSE, sizeof(Oid));
    g_autofree char *text = numbered(note, types);
    g_auto(GStrv) names = NULL;
    SealedPlan plan = {NULL, NULL};
    int count;

    g_free(server_numbered(note->sql, &names, &count));
    PQclear(PQprepare(world->server, "", text, (int)types->len, (const Oid *)(void *)types->data));
    PGresult *columns = PQdescribePrepared(world->server, "");
    Unsealing *unsealing = NULL;
    const gboolean can = sealed_plan_make(note->sql, names, count, &plan, error) &&
                         (unsealing = unsealing_new(db, columns, &plan, note->sql, error)) != NULL;
    unsealing_free(unsealing);
    sealed_plan_clear(&plan);
    PQclear(columns);
    return can;
}

static void nothing_is_computed_on_what_is_sealed(void **state)
{
    World *world = *state;
    g_autoptr(Db) db = connection();
    guint faults = 0;

    for (guint i = 0; i < world->notes->len; i++) {
        const Note *note = world->notes->pdata[i];
        g_autoptr(GError) error = NULL;
        /* What a test has put together only counts, and is asked elsewhere (tests/opened.h). */
        if (!g_hash_table_contains(world->literals, note->sql) &&
            g_ascii_strncasecmp(note->sql, "SELECT COUNT(*)", 15) == 0)
            continue;
        if (!can_be_sealed(world, db, note, &error))
            say(&faults, note->sql);
    }
    assert_int_equal(faults, 0);
    static const Note wrong[] = {
        {(char *)"name:t ", (char *)"SELECT id FROM client WHERE name = :name"},
        {(char *)"", (char *)"SELECT COALESCE(c.phone, c.email), c.id FROM client c"},
        {(char *)"", (char *)"SELECT CASE WHEN active = 1 THEN name END, id FROM client"},
        {(char *)"", (char *)"SELECT t.note, t.client_id FROM task t"},
        {(char *)"words:t ", (char *)"UPDATE quote SET words = :words"},
        {(char *)"id:i ", (char *)"INSERT INTO task (id, note) SELECT :id, note FROM visit"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;
        if (can_be_sealed(world, db, &wrong[i], &error))
            fail_msg("%s", wrong[i].sql);
    }
}

/* A column of a table that is none of the unit's, between the sealed one and its row's key; and where
 * the server does not answer, that is what is said. */
static void others_columns_stand_between(void **state)
{
    static const Note mixed = {
        (char *)"", (char *)"SELECT c.name, p.relname, c.id FROM client c, pg_class p"};
    g_autoptr(Db) db = connection();
    g_autoptr(GError) error = NULL;

    assert_true(can_be_sealed(*state, db, &mixed, &error));
    g_autoptr(Db) lost = connection();
    server_run(lost, "SELECT pg_terminate_backend(pg_backend_pid())", NULL);
    assert_false(can_be_sealed(*state, lost, &mixed, &error));
    assert_true(g_error_matches(error, DAGSFORM_ERROR, ERROR_IO));
}

static gboolean is_clear(const char *table, const char *column)
{
    g_autofree char *name = g_strdup_printf("%s.%s", table, column);

    for (gsize i = 0; i < G_N_ELEMENTS(clear_columns); i++)
        if (g_str_equal(clear_columns[i], name))
            return TRUE;
    return FALSE;
}

/* Of every column of text it is decided, and what is to be sealed is there. */
static void every_text_is_sealed_or_clear(void **state)
{
    World *world = *state;
    gsize count = 0, decided = 0;
    guint faults = 0;
    sqlite3_stmt *rows = NULL;
    const SealedTable *tables = sealed_tables(&count);

    for (gsize i = 0; i < count; i++)
        for (gsize j = 0; tables[i].columns[j] != NULL; j++) {
            g_autofree char *sql =
                g_strdup_printf("SELECT %s FROM %s", tables[i].columns[j], tables[i].name);
            if (!is_whole(world, sql))
                say(&faults, sql);
            decided++;
        }
    assert_int_equal(sqlite3_prepare_v2(world->engine,
                                        "SELECT m.name, c.name FROM sqlite_schema m,"
                                        " pragma_table_info(m.name) c"
                                        " WHERE m.type = 'table' AND c.type = 'TEXT'",
                                        -1, &rows, NULL),
                     SQLITE_OK);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        const char *table = (const char *)sqlite3_column_text(rows, 0);
        const char *column = (const char *)sqlite3_column_text(rows, 1);
        const SealedTable *sealed = sealed_table(table);
        const gboolean is_sealed = sealed != NULL && sealed_column(sealed, column) != NULL;
        g_autofree char *name = g_strdup_printf("%s.%s", table, column);
        if (is_sealed == is_clear(table, column))
            say(&faults, name);
    }
    sqlite3_finalize(rows);
    assert_true(decided > 60);
    assert_int_equal(faults, 0);
}

/* ---- none is left out ------------------------------------------------------------------------ */

static gboolean looks_like_sql(const char *text)
{
    return g_regex_match_simple("\\b(SELECT|FROM|WHERE|AND|OR|SET|VALUES|JOIN|UNION|LIMIT|IS NULL|"
                                "ORDER BY|GROUP BY|INSERT INTO|DELETE FROM|UPDATE|RETURNING)\\b",
                                text, 0, 0);
}

/* Whether a statement that was run has every piece of `text` between its %s. */
static gboolean is_in_one(World *world, const char *text)
{
    g_auto(GStrv) pieces = g_regex_split_simple("%[a-z]", text, 0, 0);

    for (guint i = 0; i < world->notes->len; i++) {
        const char *sql = ((const Note *)world->notes->pdata[i])->sql;
        gsize n = 0;
        while (pieces[n] && strstr(sql, pieces[n]))
            n++;
        if (!pieces[n])
            return TRUE;
    }
    return FALSE;
}

static void every_literal_was_run(void **state)
{
    World *world = *state;
    GHashTableIter iter;
    gpointer text;
    guint faults = 0, seen = 0;

    g_hash_table_iter_init(&iter, world->literals);
    while (g_hash_table_iter_next(&iter, &text, NULL)) {
        if (!looks_like_sql(text))
            continue;
        seen++;
        if (is_whole(world, text) ? !g_hash_table_contains(world->ran, text)
                                  : !is_in_one(world, text))
            say(&faults, text);
    }
    assert_true(seen > 200);
    print_message("# %u literals\n", seen);
    if (faults > 0)
        fail_msg("%u statements or pieces of some that no unit test has run", faults);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_statement_prepares),
        cmocka_unit_test(what_does_not_prepare_is_found),
        cmocka_unit_test(nothing_is_computed_on_what_is_sealed),
        cmocka_unit_test(others_columns_stand_between),
        cmocka_unit_test(every_text_is_sealed_or_clear),
        cmocka_unit_test(every_literal_was_run),
    };

    return cmocka_run_group_tests_name("postgres/statements", tests, setup, teardown);
}
