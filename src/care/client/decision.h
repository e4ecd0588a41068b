/* decision.h: what the support rests on (biståndsbeslut), or the matter that is to be decided, with
 * the clocks that follow: an application is decided upon promptly (the unit's own day), a
 * pre-assessment of a child's situation within 14 days (socialtjänstlagen (2025:400); before 1 July
 * 2025 11 kap. 1 a § socialtjänstlagen (2001:453)). */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

typedef struct {
    gint64 id, client_id, response_id;
    char *kind, *law;                            /* codes of the form's options; NULL: not said */
    char *asked_for, *support, *purpose, *hours; /* words; support may be a code */
    Date received_on, due_on, decided_on, valid_from, valid_to;
    char *decided_by;
} Decision;
void decision_free(Decision *decision);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Decision, decision_free)

/* What the shipped intake's codes are called, translated; a code of the unit's own form, or words,
 * as they are; "" for NULL. */
const char *decision_kind_name(const char *code);
const char *decision_support_name(const char *code);

/* A client's, the latest first. PERMIT_WALK and the right to open the card. */
GPtrArray *decision_of_client(Session *session, gint64 client_id, GError **error);
