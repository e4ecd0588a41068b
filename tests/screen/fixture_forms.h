/* fixture_forms.h: forms about one client of the demo, begun and completed beside the screen. */
#pragma once

#include "care/client/client.h"
#include "care/response/walk.h"
#include "tests/screen/fixture_walk.h"

/* Whom these tests are about: the first visit of `stod` on the pinned day. */
#define FORMS_CLIENT "Maria Bäckman"
#define FORMS_SEARCH "bäckman"
/* From any list to that card. */
#define FORMS_CARD PRESS_F3 FORMS_SEARCH PRESS_ENTER

static inline gint64 forms_client_id(Session *session)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) clients = client_list(session, FORMS_CLIENT, FALSE, NULL, 1, &error);
    if (clients == NULL || clients->len == 0)
        fail_msg("%s", error != NULL ? error->message : "The client is not there.");
    return ((const ClientRow *)clients->pdata[0])->id;
}

/* A value as stored. A list of them ends with an item that is NULL. */
typedef struct {
    const char *item, *instance, *value;
} FormsGiven;

/* `form` about the client, answered and completed by `login`. The response's id. */
static inline gint64 forms_complete(const char *folder, const char *login, const char *form,
                                    const FormsGiven *given)
{
    walk_use_build_share();
    g_autoptr(Session) session = fixture_session(folder, login);
    g_autoptr(GError) error = NULL;
    g_autoptr(Form) loaded = response_form(session, form, &error);
    g_autoptr(Response) response =
        loaded != NULL
            ? response_begin(session, loaded, forms_client_id(session), NULL, 0, NULL, &error)
            : NULL;
    g_autoptr(Answers) answers = answers_new();
    for (; given->item != NULL; given++) {
        answers_set(answers, given->item, given->instance, ANSWER_VALUE, given->value);
        answers_set_reason(answers, given->item, given->instance, "Det är nytt.");
    }
    if (response == NULL || !response_complete(session, response, loaded, answers, &error))
        fail_msg("%s", error->message);
    return response->id;
}

/* The plan of two questions. */
static inline gint64 forms_make_plan(const char *folder)
{
    static const FormsGiven PLAN[] = {
        {"svart", "", "När jag inte har sovit orkar jag inte ha någon i lägenheten."},
        {"da", "", "Ring mig klockan tio i stället, så går vi ut en sväng om jag orkar."},
        {"ringa", "", "false"},
        {NULL, NULL, NULL},
    };
    return forms_complete(folder, "stod", "handlingsplan-tva-fragor", PLAN);
}

/* An intake of somebody who is back: two consents, and a decision in force. */
static inline gint64 forms_make_intake(const char *folder)
{
    static const FormsGiven INTAKE[] = {
        {"inkom-datum", "", "2026-10-05"},
        {"samtycke-ges", "", "given"},
        {"samtycke-med", "1", "Psykiatrimottagningen i Huddinge"},
        {"samtycke-om", "1", "Hur veckorna fungerar, och tider som krockar."},
        {"samtycke-varfor", "1", "Planera besöken"},
        {"samtycke-undantag", "1", "Inget om min ekonomi."},
        {"samtycke-fran", "1", "2026-10-06"},
        {"samtycke-till", "1", "2026-12-31"},
        {"samtycke-med", "2", "Min syster"},
        {"samtycke-om", "2", "När ni inte får tag på mig."},
        {"samtycke-fran", "2", "2026-10-06"},
        {"samtycke-till", "2", "2027-10-05"},
        {"vag", "", "decided"},
        {"beslut-dag", "", "2026-10-20"},
        {"beslut-insats", "", "housing-support"},
        {"beslut-av", "", "Handläggaren på delegation"},
        {"beslut-mal", "", "Att klara vardagen hemma och komma ut varje vecka."},
        {"beslut-fran", "", "2026-11-01"},
        {"beslut-till", "", "2027-10-31"},
        {"beslut-timmar", "", "6"},
        {NULL, NULL, NULL},
    };
    return forms_complete(folder, "hand", "aktualisering", INTAKE);
}

/* `form` begun about the client by `login` in Swedish, and left at question `number`. */
static inline gint64 forms_begin(const char *folder, const char *login, const char *form,
                                 int number)
{
    walk_use_build_share();
    g_autoptr(Session) session = fixture_session(folder, login);
    g_autoptr(GError) error = NULL;
    Walk *walk = walk_begin(session, form, forms_client_id(session), NULL, 0, "sv", &error);
    /* One about which nothing was ever said would be taken away when it is left. */
    if (walk == NULL ||
        !walk_go(walk, session, flow_find_number(walk_flow(walk), number), &error) ||
        !walk_set_mode(walk, session, MODE_MEETING, &error))
        fail_msg("%s", error->message);
    gint64 id = walk_response(walk)->id;
    walk_close(walk, session);
    return id;
}
