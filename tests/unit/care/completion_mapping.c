/* completion_mapping.c: no form maps an answer to what no test of completion has seen. */
#include "tests/unit/care/fixture_completion.h"

/* What the tests of completion, consent and decision have seen come out right. */
static const char *const SEEN[] = {
    "action.due_on",
    "action.principal",
    "action.what",
    "action.who",
    "caller.name",
    "caller.phone",
    "caller.who",
    "client.address",
    "client.birth_date",
    "client.case_officer_id",
    "client.contact",
    "client.email",
    "client.id_kind",
    "client.id_number",
    "client.interpreter",
    "client.language",
    "client.name",
    "client.named_staff",
    "client.phone",
    "client.protection",
    "client.sex",
    "client.support_worker_id",
    "consent.actors",
    "consent.ends_on",
    "consent.exceptions",
    "consent.form",
    "consent.given",
    "consent.given_by",
    "consent.given_on",
    "consent.purpose",
    "consent.scope",
    "consent.withdrawn_on",
    "decision.asked_for",
    "decision.decided_by",
    "decision.decided_on",
    "decision.due_on",
    "decision.hours",
    "decision.inquiry_due_on",
    "decision.kind",
    "decision.law",
    "decision.outcome",
    "decision.purpose",
    "decision.received_on",
    "decision.support",
    "decision.valid_from",
    "decision.valid_to",
    "plan.hard",
    "plan.then",
    "series.form",
    "series.minutes",
    "series.rrule",
    "series.start",
    "series.starts_on",
    "series.weekdays",
    "sip.child",
    "sip.called_on",
    "sip.closed_on",
    "sip.consent_holds",
    "sip.guardians",
    "sip.meeting_on",
    "sip.needed_on",
    "sip.who_consents",
    "task.call-back",
    "task.contact",
    "task.due_time",
    "task.follow-up",
    "task.mandate",
    "task.mandate_of",
    "task.note",
    "task.protection",
    "task.relatives",
    "task.sip",
    "task.soon",
    NULL,
};

static void assert_seen(const GPtrArray *items)
{
    for (guint i = 0; items != NULL && i < items->len; i++) {
        const FormItem *item = g_ptr_array_index(items, i);
        if (item->maps_to != NULL && !g_strv_contains(SEEN, item->maps_to))
            fail_msg("%s maps to %s, which no test knows", item->link_id, item->maps_to);
        assert_seen(item->items);
    }
}

static void test_every_mapping(void **state)
{
    static const char *const FORMS[] = {"aktualisering", "sip", "handlingsplan",
                                        "handlingsplan-tva-fragor"};
    const Desk *desk = *state;
    for (gsize i = 0; i < G_N_ELEMENTS(FORMS); i++) {
        g_autoptr(Form) form = NULL;
        assert_ok((form = response_form(desk->lead, FORMS[i], &error)));
        assert_seen(form->items);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        COMPLETION_TEST(test_every_mapping),
    };
    return cmocka_run_group_tests_name("care/completion_mapping", tests, NULL, NULL);
}
