/* away.c: a part of the city demo is taken along on a laptop, 500 things are done there, and come
 * home. */
#include <glib/gstdio.h>

#include "care/client/contact_note.h"
#include "care/laptop/homecoming.h"
#include "care/visit/visit_list.h"
#include "care/visit/visit_record.h"
#include "exchange/demo.h"
#include "tests/bench/harness.h"

enum { DEEDS = 500 };

static GArray *ids_of(Session *session, const char *sql)
{
    GArray *ids = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(DbStatement) rows = NULL;
    BENCH_OK(rows = db_query(session_db(session), sql, NULL, &error));
    while (db_step(rows, NULL) == DB_STEP_ROW) {
        const gint64 id = db_int(rows, 0);
        g_array_append_val(ids, id);
    }
    return ids;
}

static void note(Session *away, gint64 client)
{
    g_autoptr(ContactNote) note = contact_note_new(client);
    note->note = g_strdup("Ringde om tiden på torsdag.");
    BENCH_OK(contact_note_add(away, note, &error));
}

static void record(Session *away, gint64 id)
{
    g_autoptr(Visit) visit = NULL;
    VisitOutcome came;
    visit_outcome_init(&came);
    came.outcome = OUTCOME_NO_SHOW;
    BENCH_OK(visit = visit_get(away, id, &error));
    BENCH_OK(visit_record(away, id, visit->version, &came, NULL, NULL, &error));
}

static void work(Session *away)
{
    g_autoptr(GArray) clients = ids_of(away, "SELECT id FROM client ORDER BY id");
    g_autoptr(GArray) visits =
        ids_of(away, "SELECT id FROM visit WHERE outcome IS NULL ORDER BY id");
    for (guint i = 0; i < DEEDS; i++)
        if (i / 2 < visits->len && i % 2 == 0)
            record(away, g_array_index(visits, gint64, i / 2));
        else
            note(away, g_array_index(clients, gint64, i % clients->len));
}

int main(void)
{
    bench_start();
    const char *database = bench_setting("BENCH_CITY");
    g_autofree char *path = g_strconcat(database, ".away.db", NULL);
    g_autoptr(Secret) passphrase = secret_from_text(DEMO_PASSPHRASE), code = NULL;
    const SessionOpening opening = {.database = path, .login = "stod", .passphrase = passphrase};
    g_autoptr(Session) home = bench_session(database, "stod");
    g_autoptr(Session) away = NULL;
    g_autoptr(Laptop) laptop = NULL;
    Homecoming coming;

    double before = bench_ms();
    BENCH_OK(laptop = laptop_take_along(home, &opening, NULL, &code, &error));
    const double taking = bench_ms() - before;
    BENCH_OK(away = session_open(&opening, &error));
    before = bench_ms();
    work(away);
    const double working = bench_ms() - before;
    before = bench_ms();
    BENCH_OK(homecoming_run(home, away, NULL, &coming, &error));
    const double home_ms = bench_ms() - before;
    bench_at_most("one's own clients taken along", taking / 1000, "s", 5, "%d clients",
                  laptop->clients);
    bench_at_most("500 things done away come home", home_ms / 1000, "s", 10,
                  "%.1f s to do them there; %d done, %d to choose", working / 1000, coming.done,
                  coming.proposed);
    g_clear_pointer(&away, session_close);
    g_autofree char *keys = vault_path_for(path), *copy = vault_copy_path_for(path);
    g_unlink(path);
    g_unlink(keys);
    g_unlink(copy);
    return 0;
}
