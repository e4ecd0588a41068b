/* asserts.h: what the tests of a server share: a call that must go well or fail so, and a word to
 * the server past the program. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "db/server/server_private.h"

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
        if (!g_error_matches(error, DAGSFORM_ERROR, (wanted)))                                     \
            fail_msg("%s: code %d: %s", #call, error->code, error->message);                       \
    } while (0)

/* As its superuser, in no unit's database. */
static inline void tell_server(const char *sql)
{
    PGconn *server = LIB->PQconnectdb("dbname=postgres");
    PGresult *result = LIB->PQexec(server, sql);

    if (LIB->PQresultStatus(result) != PGRES_COMMAND_OK &&
        LIB->PQresultStatus(result) != PGRES_TUPLES_OK)
        fail_msg("%s: %s", sql, LIB->PQerrorMessage(server));
    LIB->PQclear(result);
    LIB->PQfinish(server);
}
