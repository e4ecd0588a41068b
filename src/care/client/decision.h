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
    /* Of one entered on the card (completion/decision_entry.h): */
    char *section;     /* lagrum, "11 kap. 1 §"; NULL */
    char *reasons;     /* motivering; NULL */
    char *delegation;  /* by whose right; NULL */
    int month_minutes; /* granted a month; 0: not said */
    gint64 version;    /* goes up when it is corrected */
} Decision;
/* All days unknown. */
Decision *decision_new(void);
void decision_free(Decision *decision);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Decision, decision_free)

/* What the shipped intake's codes are called, translated; a code of the unit's own form, or words,
 * as they are; "" for NULL. */
const char *decision_kind_name(const char *code);
const char *decision_support_name(const char *code);
const char *decision_law_name(const char *code); /* short: "SoL (2025:400)" */
/* The code that is said as it is, or in words in any of the program's languages; NULL: none is.
 * Static. */
const char *decision_kind_said(const char *said);
const char *decision_support_said(const char *said);

#define DECISION_REFUSED "refused" /* of Decision.kind */
/* The law a decision of that day rests on: socialtjänstlagen (2025:400) is in force since 1 July
 * 2025, before it (2001:453); or LSS (1993:387). Static. */
const char *decision_law_on(Date decided, gboolean lss);
/* Where support is granted in it: 11 kap. 1 § (2025:400), 4 kap. 1 § (2001:453), 9 § LSS. Static.
 */
const char *decision_section_of(const char *law);

/* Whether support was granted. Pure. */
gboolean decision_grants(const Decision *decision);
/* Whether there is something to carry out by it, to order and to plan. FALSE with ERROR_INPUT. */
gboolean decision_require_grant(const Decision *decision, GError **error);
/* Whether what it grants may be given on a day. Pure. */
gboolean decision_holds(const Decision *decision, Date day);
/* Whether it is that one which does on a day, of `all` of the client's (decision_of_client()): no
 * later one of the same support stands in its stead yet. Pure. */
gboolean decision_in_force(const GPtrArray *all, const Decision *decision, Date day);
/* Whether one of a client's is not made yet, or grants support on that day or later, in whose stead no
 * later one of the same support was made. Pure. */
gboolean decision_goes_on(const GPtrArray *all, Date day);

/* Minutes of visits that took place in the month of `day`, of whatever support. No right is asked
 * for. */
gboolean decision_given(Session *session, gint64 client_id, Date day, gint64 *minutes,
                        GError **error);

/* A client's, the latest first. PERMIT_WALK and the right to open the card. */
GPtrArray *decision_of_client(Session *session, gint64 client_id, GError **error);
/* ERROR_NOT_FOUND; else as above. */
Decision *decision_get(Session *session, gint64 id, GError **error);
