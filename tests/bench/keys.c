/* keys.c: what a try of a passphrase costs here, as the program that is shipped has it; the log of the
 * city demo verified; a lock and an unlocking, without what the passphrase costs. */
#include <time.h>

#include "care/unit/audit.h"
#include "db/db.h"
#include "tests/bench/harness.h"
#include "vault/vault_calibrate.h"

enum { TRIES = 3, LOCKS = 20, ENTRIES = 200000 };

static double try_ms(guint64 passes)
{
    static const guint8 salt[crypto_pwhash_SALTBYTES];
    guint8 key[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
    const double before = bench_ms();

    bench_must(crypto_pwhash(key, sizeof key, "", 0, salt, passes, VAULT_COST_MEMORY,
                             crypto_pwhash_ALG_ARGON2ID13) == 0,
               NULL);
    return bench_ms() - before;
}

static void measure_try(void)
{
    const guint64 passes = vault_passes(vault_pass_us());
    g_autoptr(GArray) times = bench_samples();

    for (int i = 0; i < TRIES; i++)
        bench_add(times, try_ms(passes));
    bench_at_least("a try of a passphrase", bench_quantile(times, 0.5) / 1000, "s", 0.5,
                   "%d passes over %d MB", (int)passes, (int)(VAULT_COST_MEMORY >> 20));
}

/* The demo's visits have none. */
static void write_entries(Session *session)
{
    g_autoptr(DbTransaction) tx = NULL;

    BENCH_OK(tx = db_transaction(session_db(session), &error));
    for (int i = 0; i < ENTRIES; i++) {
        g_autoptr(AuditChanges) changes = audit_changes_new();
        audit_changes_text(changes, "outcome", NULL, "cancelled");
        audit_changes_text(changes, "words", NULL, "Orkar inte idag, har inte sovit i natt.");
        BENCH_OK(audit_write(session, "change", "visit", i, 0, changes, &error));
    }
    BENCH_OK(db_transaction_commit(tx, &error));
}

static void measure_log(Session *session)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    gint64 entries = 0;

    write_entries(session);
    BENCH_OK(db_get_int(session_db(session), "SELECT MAX(seq) FROM audit", NULL, 0, &entries, &error));
    const double before = bench_ms();
    const clock_t worked = clock();
    BENCH_OK(audit_verify(session, faults, NULL, &error));
    const double taken = bench_ms() - before;
    const double processor = (double)(clock() - worked) * 1000 / CLOCKS_PER_SEC;
    bench_must(faults->len == 0, NULL);
    bench_at_least("the log verified", (double)entries / taken, "/ms", 200, "%d entries in %.0f ms, %.0f of them a processor's",
                   (int)entries, taken, processor);
}

static void measure_lock(const char *database, Session *session)
{
    g_autoptr(GArray) locks = bench_samples(), unlocks = bench_samples();

    for (int i = 0; i < LOCKS; i++) {
        double before = bench_ms();
        session_close(session);
        bench_add(locks, bench_ms() - before);
        before = bench_ms();
        session = bench_session(database, "led");
        bench_add(unlocks, bench_ms() - before);
    }
    session_close(session);
    bench_at_most("locking", bench_quantile(locks, 0.5), "ms", 50, "slowest of %d: %.1f ms", LOCKS,
                  bench_quantile(locks, 1));
    bench_at_most("unlocking, but for the passphrase", bench_quantile(unlocks, 0.5), "ms", 50,
                  "slowest of %d: %.1f ms", LOCKS, bench_quantile(unlocks, 1));
}

int main(void)
{
    const char *database = bench_setting("BENCH_CITY");

    bench_start();
    Session *session = bench_session(database, "led");
    measure_try();
    measure_log(session);
    measure_lock(database, session);
    return 0;
}
