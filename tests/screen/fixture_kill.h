/* fixture_kill.h: a program that is killed while somebody types. */
#pragma once

#include <signal.h>

#include "care/unit/draft.h"
#include "tests/screen/fixture.h"

/* When the keys have rested and `words` lie among the drafts of `login`: SIGKILL, and gone. */
static inline void fixture_kill_when_kept(Harness *harness, const char *folder, const char *login,
                                          const char *words)
{
    enum { TRIES = 40, PAUSE_MS = 500 };
    g_autoptr(Session) session = fixture_session(folder, login);
    for (int i = 0; i < TRIES; i++) {
        g_autoptr(GPtrArray) drafts = draft_list(session, NULL);
        for (guint k = 0; drafts != NULL && k < drafts->len; k++) {
            if (strstr(((const Draft *)drafts->pdata[k])->body, words) == NULL)
                continue;
            kill(harness_pid(harness), SIGKILL);
            assert_int_equal(harness_wait_exit(harness), 128 + SIGKILL);
            harness_stop(harness);
            return;
        }
        harness_rest(harness, PAUSE_MS);
    }
    fail_msg("“%s” has not been kept.", words);
}
