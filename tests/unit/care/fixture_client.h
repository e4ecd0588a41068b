/* fixture_client.h: clients of a unit with one of each role. Identity numbers are Skatteverket's
 * published test numbers. */
#pragma once

#include "fixture.h"

#include "care/client/client.h"

#define NUMBER_WOMAN "19990914-2383" /* ninth digit even */
#define NUMBER_OTHER "19990227-2385"
#define NUMBER_OLD "18900322-9805"

static inline gint64 add(Session *session, const char *name, const char *id_number,
                         const char *number)
{
    g_autoptr(Client) client = client_new();

    client->name = g_strdup(name);
    client->id_number = g_strdup(id_number);
    client->number = g_strdup(number);
    assert_ok(client_add(session, client, &error));
    assert_true(client->id != 0);
    return client->id;
}

/* A unit with one of each role beside the founder; works as the case officer. */
static inline int setup_unit(void **state)
{
    fixture_setup(state);
    Fixture *fixture = *state;
    fixture_user(fixture, "stod", ROLE_SUPPORT_WORKER);
    fixture_user(fixture, "hand", ROLE_CASE_OFFICER);
    fixture_user(fixture, "led", ROLE_TEAM_LEAD);
    fixture_reopen(fixture, "hand");
    return 0;
}
#define UNIT_TEST(f) cmocka_unit_test_setup_teardown(f, setup_unit, fixture_teardown)

static inline gint64 staff_id(Session *session, const char *login)
{
    g_autoptr(Staff) staff = staff_find(session, login, NULL);
    assert_non_null(staff);
    return staff->id;
}
