/* fixture_laptop.h: what came from a laptop of `stod` beside what `led` had recorded at home. */
#pragma once

#include "care/laptop/homecoming.h"
#include "care/visit/visit_list.h"
#include "care/visit/visit_record.h"
#include "tests/screen/fixture.h"

#define LAPTOP_WORDS "Zinkvita ord från datorn"
/* From any list to it. */
#define LAPTOP_PROPOSAL "4/välj vad" PRESS_ENTER PRESS_ENTER

static inline void laptop_must(gboolean done, const GError *error)
{
    if (!done)
        fail_msg("%s", error != NULL ? error->message : "no error was set");
}

static inline void laptop_record(Session *session, gint64 id, Outcome outcome, const char *words)
{
    GError *error = NULL;
    VisitOutcome came;
    visit_outcome_init(&came);
    came.outcome = outcome;
    came.words = g_strdup(words);
    g_autoptr(Visit) visit = visit_get(session, id, &error);
    laptop_must(visit != NULL &&
                    visit_record(session, id, visit->version, &came, NULL, NULL, &error),
                error);
    visit_outcome_clear(&came);
}

/* The visit's id. */
static inline gint64 laptop_make_proposal(const char *folder)
{
    g_autofree char *path = g_build_filename(folder, "part.db", NULL);
    g_autoptr(Secret) passphrase = secret_from_text(DEMO_PASSPHRASE), code = NULL;
    GError *error = NULL;
    gint64 visit = 0;
    Homecoming coming;
    g_autoptr(Session) home = fixture_session(folder, "stod");
    laptop_must(db_get_int(session_db(home),
                           "SELECT v.id FROM visit v WHERE v.staff_id = :me AND v.outcome IS NULL"
                           " AND v.date = '2026-11-23' ORDER BY v.start DESC LIMIT 1",
                           DB_PARAMS(DB_INT("me", session_staff_id(home))), 0, &visit, &error),
                error);
    const SessionOpening opening = {.database = path, .login = "stod", .passphrase = passphrase};
    g_autoptr(Laptop) laptop = laptop_take_along(home, &opening, NULL, &code, &error);
    laptop_must(laptop != NULL, error);
    g_autoptr(Session) away = session_open(&opening, &error);
    laptop_must(away != NULL, error);
    laptop_record(away, visit, OUTCOME_CANCELLED, LAPTOP_WORDS);
    g_autoptr(Session) led = fixture_session(folder, "led");
    laptop_record(led, visit, OUTCOME_DONE, NULL);
    laptop_must(homecoming_run(home, away, NULL, &coming, &error), error);
    assert_int_equal(coming.proposed, 1);
    return visit;
}
