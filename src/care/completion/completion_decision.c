/* completion_decision.c: the decision that a response tells of. */
#include "care/completion/completion_decision_private.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/decision_private.h"
#include "care/completion/decision_entry.h"

Decision *mapping_decision(const Mapping *mapping)
{
    g_autoptr(Decision) decision = decision_new();
    const struct {
        const char *to;
        char **text;
    } texts[] = {
        {"decision.kind", &decision->kind},
        {"decision.law", &decision->law},
        {"decision.asked_for", &decision->asked_for},
        {"decision.support", &decision->support},
        {"decision.purpose", &decision->purpose},
        {"decision.hours", &decision->hours},
        {"decision.decided_by", &decision->decided_by},
    };
    const struct {
        const char *to;
        Date *day;
    } days[] = {
        {"decision.received_on", &decision->received_on},
        {"decision.due_on", &decision->due_on},
        {"decision.decided_on", &decision->decided_on},
        {"decision.valid_from", &decision->valid_from},
        {"decision.valid_to", &decision->valid_to},
    };
    gboolean any = FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        *texts[i].text = g_strdup(mapping_text(mapping, texts[i].to));
        any = any || *texts[i].text != NULL;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(days); i++) {
        *days[i].day = mapping_date(mapping, days[i].to);
        any = any || *days[i].day != DATE_NONE;
    }
    /* A pre-assessment that has its outcome is due no more: only the inquiry that it opens is. */
    if (mapping_text(mapping, "decision.outcome") != NULL)
        decision->due_on = mapping_date(mapping, "decision.inquiry_due_on");
    return any ? g_steal_pointer(&decision) : NULL;
}

/* Decisions are never changed by hand, so a correction's stands as it is written. */
static gboolean write_decision(const Completion *completion, GError **error)
{
    g_autoptr(Decision) now = mapping_decision(completion->now);
    g_autoptr(Decision) before = NULL;
    if (completion->before != NULL &&
        !decision_of_response(completion->session, completion->response->corrects_id, &before,
                              error))
        return FALSE;
    if (now == NULL && before == NULL)
        return TRUE;
    if (now == NULL)
        return decision_remove(completion->session, before, error);
    now->client_id = completion->client_id;
    now->response_id = completion->response->id;
    now->id = before != NULL ? before->id : 0;
    return decision_write(completion->session, now, before, error);
}

gboolean completion_decision(const Completion *completion, GError **error)
{
    Session *session = completion->session;
    const DecisionAbout about = {.client_id = completion->client_id,
                                 .officer = completion->officer,
                                 .response_id = completion->response->id};
    gint64 visits = 0;
    if (completion->client_id == 0)
        return write_decision(completion, error);
    g_autoptr(GArray) gaps = decision_gaps(session, completion->client_id, error);
    return gaps != NULL && write_decision(completion, error) &&
           decision_follow(session, &about, gaps, &visits, error);
}
