/* fixture_laptop.h: a unit, and a part of it on a laptop. "berit", a support worker, has Emil Ärlig
 * as her own client; Yusuf Essen is nobody's. */
#pragma once

#include "care/client/contact_note.h"
#include "care/laptop/homecoming.h"
#include "care/laptop/laptop.h"
#include "care/task/task.h"
#include "tests/unit/care/fixture_visit.h"

typedef struct {
    Visits visits; /* first: a Fixture too */
    char *path;    /* of the laptop's database */
    gint64 node;
    Session *laptop;
    gint64 berit;
} Away;

static inline void home_as(Away *away, const char *login)
{
    fixture_reopen(&away->visits.unit, login);
    away->visits.session = away->visits.unit.session;
}

static inline int away_setup(void **state)
{
    visits_setup(state);
    Away *away = g_new0(Away, 1);
    away->visits = *(Visits *)*state;
    g_free(*state);
    *state = away;
    g_autoptr(Secret) passphrase = secret_from_text(PASSPHRASE);
    Session *session = away->visits.session;
    /* The founder may do everything until there is a second user. */
    assert_ok(
        staff_add_user(session, "chef", "Chefen", NULL, ROLE_ADMINISTRATOR, passphrase, &error));
    home_as(away, "chef");
    fixture_user(&away->visits.unit, "berit", ROLE_SUPPORT_WORKER);
    fixture_user(&away->visits.unit, "carl", ROLE_SUPPORT_WORKER);
    g_autoptr(Staff) berit = NULL;
    assert_ok((berit = staff_find(away->visits.session, "berit", &error)));
    away->berit = berit->id;
    home_as(away, "grundare");
    assert_ok(db_run(session_db(away->visits.session),
                     "UPDATE client SET support_worker_id = :worker WHERE id = :id",
                     DB_PARAMS(DB_INT("worker", berit->id), DB_INT("id", away->visits.client)),
                     &error));
    away->path = g_build_filename(away->visits.unit.folder, "laptop", "part.db", NULL);
    g_autofree char *folder = g_path_get_dirname(away->path);
    assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
    return 0;
}

static inline int away_teardown(void **state)
{
    Away *away = *state;
    session_close(away->laptop);
    fixture_end(&away->visits.unit);
    g_free(away->path);
    g_free(away);
    return 0;
}

#define AWAY_TEST(f) cmocka_unit_test_setup_teardown(f, away_setup, away_teardown)

static inline Laptop *try_to_take(Away *away, const char *path, const GArray *guarded,
                                  GError **error)
{
    g_autoptr(Secret) passphrase = secret_from_text(PASSPHRASE), code = NULL;
    const SessionOpening opening = {
        .database = path, .login = session_login(away->visits.session), .passphrase = passphrase};
    return laptop_take_along(away->visits.session, &opening, guarded, &code, error);
}

static inline Session *try_laptop(const Away *away, gboolean coming_home, GError **error)
{
    g_autoptr(Secret) passphrase = secret_from_text(PASSPHRASE);
    const SessionOpening opening = {.database = away->path,
                                    .login = "berit",
                                    .passphrase = passphrase,
                                    .coming_home = coming_home};
    return session_open(&opening, error);
}

/* Berit takes her part along, and opens it. */
static inline void leave(Away *away)
{
    g_autoptr(Laptop) laptop = NULL;
    home_as(away, "berit");
    assert_ok((laptop = try_to_take(away, away->path, NULL, &error)));
    away->node = laptop->node;
    assert_ok((away->laptop = try_laptop(away, FALSE, &error)));
}

/* --- what is done there, and coming home ------------------------------------------------------ */

static inline void laptop_record(const Away *away, gint64 id, VisitOutcome outcome)
{
    g_autoptr(Visit) visit = NULL;
    assert_ok((visit = visit_get(away->laptop, id, &error)));
    assert_ok(visit_record(away->laptop, id, visit->version, &outcome, NULL, NULL, &error));
}

static inline void note_on_laptop(const Away *away, const char *text, gint64 corrects)
{
    g_autoptr(ContactNote) note = contact_note_new(away->visits.client);
    note->note = g_strdup(text);
    note->corrects_id = corrects;
    assert_ok(contact_note_add(away->laptop, note, &error));
}

/* As the command does it, with a session of its own at either end. */
static inline gboolean try_home(const Away *away, const DbWatch *watch, Homecoming *coming,
                                GError **error)
{
    g_autoptr(Session) home = fixture_open(&away->visits.unit, "berit");
    g_autoptr(Session) laptop = try_laptop(away, TRUE, error);
    return laptop != NULL && homecoming_run(home, laptop, watch, coming, error);
}

static inline Homecoming come_home(const Away *away)
{
    Homecoming coming;
    assert_ok(try_home(away, NULL, &coming, &error));
    return coming;
}

static inline gint64 at_home(const Away *away, const char *sql)
{
    return fixture_int(away->visits.session, sql);
}

static inline void assert_sound(const Away *away)
{
    assert_counts_true(&away->visits);
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    assert_ok(db_check(session_db(away->visits.session), faults, NULL, NULL, &error));
    assert_int_equal(faults->len, 0);
}

static inline gint64 task_at_home(const Away *away)
{
    g_autoptr(Task) task = task_new();
    task->client_id = away->visits.client;
    task->due_date = date_parse("2026-11-25");
    assert_ok(task_add(away->visits.session, task, &error));
    return task->id;
}
