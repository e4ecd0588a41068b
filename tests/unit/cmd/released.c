/* Units made by earlier versions (tests/data/units) open, are brought up to date and have every row
 * they had; check says that all is well, and the people in them are found. */
#include "care/client/client.h"
#include "tests/unit/cmd/fixture_cmd.h"
#include "tests/units/rows.h"

#define UNITS "tests/data/units/"

static gboolean is_of(const char *row, const char *const *kinds)
{
    while (*kinds && !g_str_has_prefix(row, *kinds))
        kinds++;
    return *kinds != NULL;
}

/* Rows that signing in makes: log entries, the list of causes in force, and names as they are
 * searched and sorted now. */
static gboolean may_be_new(const char *row)
{
    static const char *const kinds[] = {"audit\t",
                                        "form_version\t",
                                        "client_word\t",
                                        "first_visit\t",
                                        "latest_visit\t",
                                        "meta\tkey=client_names\t",
                                        "meta\tkey=key_slots\t",
                                        "meta\tkey=schema\t",
                                        NULL};
    return is_of(row, kinds);
}

/* Rows that it changes. */
static gboolean may_change(const char *row)
{
    static const char *const kinds[] = {"meta\tkey=audit_mac\t",
                                        "meta\tkey=client_names\t",
                                        "meta\tkey=form_avbokning\t",
                                        "meta\tkey=schema\t",
                                        "client_word\t",
                                        NULL};
    return is_of(row, kinds);
}

/* The passphrase of the unit's users; new. */
static char *passphrase(void)
{
    char *text = NULL;

    assert_true(g_file_get_contents(UNITS "passphrase", &text, NULL, NULL));
    return g_strchomp(text);
}

/* The fixture's unit becomes a copy of the one called `name`. */
static void take_unit(Fixture *fixture, const char *name)
{
    g_autofree char *database = g_strconcat(UNITS, name, ".db", NULL);
    g_autofree char *keys = g_strconcat(UNITS, name, ".keys", NULL);

    fixture_copy(database, fixture->database);
    fixture_copy(keys, fixture->keys);
}

/* `fixture` first: fixture_teardown() ends it. */
typedef struct {
    Fixture fixture;
    const char *name; /* of the unit that is looked at; given as the state */
} Released;

static int released_setup(void **state)
{
    Released *released = g_new0(Released, 1);

    released->name = *state;
    fixture_start(&released->fixture);
    /* The units have been worked in later than the day on which the other tests stand. */
    g_unsetenv("DAGSFORM_NOW");
    assert_ok(clock_init(&error));
    *state = released;
    return 0;
}

/* Whether the row `now` has all the values of the row `before`. Columns may have come to it, and
 * the key by which names are sorted is ICU's, which differs between its versions. */
static gboolean holds(const char *now, char **before)
{
    gsize table = strlen(before[0]);

    if (strncmp(now, before[0], table) != 0 || now[table] != '\t')
        return FALSE;
    for (gsize i = 1; before[i]; i++) {
        gsize length = strlen(before[i]);
        if (g_str_has_prefix(before[i], "name_key="))
            continue;
        const char *at = now + table;
        while ((at = strstr(at, before[i])) &&
               (at[-1] != '\t' || (at[length] != '\t' && at[length] != '\0')))
            at++;
        if (!at)
            return FALSE;
    }
    return TRUE;
}

/* Each row of before is there, once; `now` keeps those that are new. Both are sorted, so most are
 * found at once. */
static void take_out(const char *what, GPtrArray *before, GPtrArray *now)
{
    for (guint i = 0, at = 0; i < before->len; i++) {
        while (at < now->len && strcmp(now->pdata[at], before->pdata[i]) < 0)
            at++;
        if (at < now->len && strcmp(now->pdata[at], before->pdata[i]) == 0) {
            g_ptr_array_remove_index(now, at);
            g_ptr_array_remove_index(before, i--);
        }
    }
    for (guint i = 0; i < before->len; i++) {
        g_auto(GStrv) values = g_strsplit(before->pdata[i], "\t", -1);
        guint found = 0;
        while (found < now->len && !holds(now->pdata[found], values))
            found++;
        if (found < now->len)
            g_ptr_array_remove_index(now, found);
        else if (!may_change(before->pdata[i]))
            fail_msg("%s: gone is %s", what, (char *)before->pdata[i]);
    }
}

/* What tests/units/rows said of the unit when it was made. */
static GPtrArray *rows_of_before(const char *name)
{
    g_autofree char *path = g_strconcat(UNITS, name, ".rows", NULL), *text = NULL;
    GPtrArray *rows = g_ptr_array_new_with_free_func(g_free);

    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(g_strchomp(text), "\n", -1);
    for (gsize i = 0; lines[i]; i++)
        g_ptr_array_add(rows, g_strdup(lines[i]));
    return rows;
}

static void look_at_rows(Session *session, const char *name)
{
    g_autoptr(GPtrArray) now = unit_rows(session_db(session)->handle);
    g_autoptr(GPtrArray) before = rows_of_before(name);

    assert_true(before->len > 150);
    take_out(name, before, now);
    assert_true(now->len > 0);
    for (guint i = 0; i < now->len; i++)
        if (!may_be_new(now->pdata[i]) && !may_change(now->pdata[i]))
            fail_msg("%s: new is %s", name, (char *)now->pdata[i]);
}

/* Signed in as the team lead, for writing: the unit is brought up to date. */
static void open_for_writing(Fixture *fixture)
{
    g_autofree char *phrase = passphrase();
    g_autoptr(Secret) secret = secret_from_text(phrase);
    const SessionOpening opening = {
        .database = fixture->database, .login = "eva", .passphrase = secret};

    assert_ok(fixture->session = session_open(&opening, &error));
}

/* All is well, says the command, which signs in with a new passphrase: the keys of these units cost
 * what real ones do, one of the tests next to nothing. */
static void look_well(Fixture *fixture, const char *name)
{
    g_autoptr(Secret) cheap = secret_from_text(PASSPHRASE);

    assert_ok(staff_set_passphrase(fixture->session, "eva", cheap, &error));
    session_close(g_steal_pointer(&fixture->session));
    g_auto(Ran) ran =
        run_command_as(fixture, "eva", PASSPHRASE, (const char *const[]){"check", NULL});

    if (ran.status != 0 || *ran.err || !g_str_has_prefix(ran.out, "All is well"))
        fail_msg("%s: %s%s", name, ran.out, ran.err);
}

/* A letter is looked up in another way than a word. */
static void look_for_people(Session *session)
{
    static const char *const typed[] = {"", "y", "yus", "yusuf ess", "ostlund"};

    for (gsize i = 0; i < G_N_ELEMENTS(typed); i++) {
        g_autoptr(GPtrArray) rows = NULL;
        assert_ok(rows = client_list(session, typed[i], FALSE, NULL, 50, &error));
        if (rows->len == 0)
            fail_msg("nobody is found by “%s”", typed[i]);
    }
}

static gboolean is_kept(const Fixture *fixture, int number)
{
    g_autofree char *path = g_strdup_printf("%s.before-%04d", fixture->database, number);

    return g_file_test(path, G_FILE_TEST_EXISTS);
}

/* Of the steps that a file of `version` takes the first; its own where it takes none. */
static int first_step_of(int version)
{
    gsize count;
    const Migration *list = migrate_embedded(&count);

    for (gsize i = 0; i < count; i++)
        if (list[i].number > version)
            return list[i].number;
    return version;
}

static gint64 count(Session *session, const char *sql)
{
    gint64 found = 0;

    assert_ok(opened_get_int(session_db(session), sql, NULL, 0, &found, &error));
    return found;
}

/* What the steps filled in that a version before them had no column for. */
static void look_at_new_columns(Session *session)
{
    g_autofree char *contact = NULL;

    /* A7: the caller of an intake of before is whom the call back is to. */
    assert_ok(db_get_text(session_db(session), "SELECT contact FROM task WHERE kind = 'call-back'",
                          NULL, &contact, &error));
    assert_string_equal(contact, "Enligt överenskommelse");
    /* A visit was cancelled, a call taken and a new time agreed; a rebooked one, too, has a new
     * time, but counts there. */
    assert_int_equal(count(session, "SELECT COUNT(*) FROM visit WHERE stand_in = 1"), 2);
    assert_int_equal(count(session, "SELECT SUM(stand_in) FROM week_outcome"), 2);
}

/* Of the unit 0002, whose passphrase costs what a real one does; NULL until it has been opened. */
static Secret *key_of_0002;

static void a_unit_of_before(void **state)
{
    Released *released = *state;
    Fixture *fixture = &released->fixture;
    const int version = atoi(released->name);
    gsize steps;
    const Migration *list = migrate_embedded(&steps);

    take_unit(fixture, released->name);
    open_for_writing(fixture);
    if (strcmp(released->name, "0002") == 0) {
        const Secret *key = vault_data_key(session_vault(fixture->session));
        key_of_0002 = secret_copy(key->bytes, key->length);
    }
    look_at_rows(fixture->session, released->name);
    look_for_people(fixture->session);
    if (version >= 2)
        look_at_new_columns(fixture->session);
    look_well(fixture, released->name);
    if (version < list[steps - 1].number)
        assert_true(is_kept(fixture, first_step_of(MAX(version, 1))));
}

/* Every change of 0001 and 0002 that was made in place, undone: newest first, as a file of each
 * moment is. */
static const char *const undone[] = {
    /* a code's words stood in a list */
    "ALTER TABLE answer RENAME TO newer;"
    "CREATE TABLE answer (response_id INTEGER NOT NULL REFERENCES response (id), item TEXT NOT "
    "NULL,"
    " instance TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL"
    " CHECK (kind IN ('none', 'value', 'unknown', 'refused', 'not-asked')), value TEXT, note TEXT,"
    " reason TEXT, saved_ms INTEGER NOT NULL, PRIMARY KEY (response_id, item, instance))"
    " STRICT, WITHOUT ROWID;"
    "INSERT INTO answer SELECT * FROM newer; DROP TABLE newer",
    /* a visit knew of no response */
    "DROP INDEX visit_of_response; ALTER TABLE visit DROP COLUMN response_id",
    /* the words of a name stood in no order */
    "DROP INDEX client_of_worker; DROP INDEX client_of_officer;"
    "ALTER TABLE client_word RENAME TO newer; DROP INDEX client_word_of_client;"
    "CREATE TABLE client_word (unit_id INTEGER NOT NULL, word TEXT NOT NULL, client_id INTEGER NOT"
    " NULL REFERENCES client (id) ON DELETE CASCADE, PRIMARY KEY (unit_id, word, client_id))"
    " STRICT, WITHOUT ROWID;"
    "INSERT INTO client_word SELECT unit_id, word, client_id FROM newer; DROP TABLE newer;"
    "CREATE INDEX client_word_of_client ON client_word (client_id)",
    /* a response had no title, and its saves were not counted */
    "DROP INDEX response_open; ALTER TABLE response DROP COLUMN title;"
    "ALTER TABLE response DROP COLUMN interview; ALTER TABLE response DROP COLUMN saves;"
    "CREATE INDEX response_open ON response (unit_id, staff_id, continued_ms)"
    " WHERE completed_ms IS NULL AND not_done IS NULL",
    "ALTER TABLE response DROP COLUMN at_number",
    "DROP INDEX series_to_lay_out",
    /* a list of visits was sorted each time */
    "DROP INDEX visit_of_new; DROP INDEX visit_by_outcome; DROP INDEX visit_by_cause;"
    "CREATE INDEX visit_by_outcome ON visit (unit_id, week, outcome)"
    " WHERE outcome IS NOT NULL AND outcome <> 'done';"
    "CREATE INDEX visit_by_cause ON visit (unit_id, week, cause) WHERE cause IS NOT NULL",
    "DROP TABLE draft",
};

static void c10_every_change_in_place(void **state)
{
    Fixture *fixture = &((Released *)*state)->fixture;
    g_autoptr(Secret) key = g_steal_pointer(&key_of_0002);

    take_unit(fixture, "0002");
    if (key == NULL)
        assert_ok(key = unit_key(fixture->database, UNITS "passphrase", &error));
    for (gsize i = 0; i < G_N_ELEMENTS(undone); i++) {
        g_autoptr(GPtrArray) before = NULL, now = NULL;
        g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
        g_autoptr(Db) db = NULL;
        sqlite3 *handle;
        take_unit(fixture, "0002");
        assert_ok(handle = engine_open(fixture->database, NULL, key, FALSE, &error));
        for (gsize j = 0; j <= i; j++)
            assert_ok(engine_exec(handle, "", "PRAGMA foreign_keys = OFF", &error) &&
                      engine_exec(handle, "", undone[j], &error));
        before = unit_rows(handle);
        sqlite3_close(handle);
        assert_ok(db = db_open(fixture->database, key, DB_READ_WRITE, &error));
        now = unit_rows(db->handle);
        take_out(undone[i], before, now);
        /* No row but those that a later version counts from the others. */
        for (guint j = 0; j < now->len; j++)
            assert_true(may_be_new(now->pdata[j]));
        assert_ok(db_check(db, faults, NULL, NULL, &error));
        if (faults->len > 0)
            fail_msg("%s: %s", undone[i], (char *)faults->pdata[0]);
    }
    assert_true(is_kept(fixture, first_step_of(2)));
}

#define UNIT_OF(version)                                                                           \
    {                                                                                              \
        "a_unit_of_" version, a_unit_of_before, released_setup, fixture_teardown, (void *)version  \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        UNIT_OF("0001"),
        UNIT_OF("0002"),
        UNIT_OF("0004"),
        UNIT_OF("0005"),
        UNIT_OF("0006"),
        UNIT_OF("0007"),
        UNIT_OF("0009"),
        UNIT_OF("0012"),
        UNIT_OF("0013"),
        UNIT_OF("0014"),
        UNIT_OF("0015"),
        UNIT_OF("0016"),
        UNIT_OF("0019"),
        UNIT_OF("0020"),
        UNIT_OF("0021"),
        UNIT_OF("0022"),
        UNIT_OF("0024"),
        UNIT_OF("0026"),
        UNIT_OF("0027"),
        UNIT_OF("0028"),
        UNIT_OF("0029"),
        UNIT_OF("0032"),
        UNIT_OF("0035"),
        UNIT_OF("0036"),
        UNIT_OF("0037"),
        UNIT_OF("0039"),
        UNIT_OF("0040"),
        UNIT_OF("0041"),
        UNIT_OF("0042"),
        UNIT_OF("0043"),
        UNIT_OF("0044"),
        UNIT_OF("0045"),
        UNIT_OF("0046"),
        /* C10: made 280 commits before the schema was frozen. */
        UNIT_OF("before-0001"),
        cmocka_unit_test_setup_teardown(c10_every_change_in_place, released_setup,
                                        fixture_teardown),
    };

    return cmocka_run_group_tests_name("cmd/released", tests, NULL, NULL);
}
