/* completion_private.h: what the files of completion.c share. Everyone else uses completion.h.
 *
 * A response is first read into a Mapping: the answers whose question applies and is mapped. What
 * it asks for (a card's fields, consents, a decision, a series, tasks) is worked out from that
 * without the database. A correction has two of them, its own and that of the response it corrects:
 * only what differs between them is changed, so that what was done by hand since then stays. */
#pragma once

#include "base/date.h"
#include "care/client/client.h"
#include "care/client/consent.h"
#include "care/client/decision.h"
#include "care/response/response.h"
#include "care/task/task.h"
#include "form/flow.h"

/* What the program writes on a card or a task stands in Swedish, the language of authorities
 * (språklagen 2009:600, 10 §), in whatever language the form was walked: a correction in another
 * one finds it again. */
#define RECORD_LANGUAGE "sv"

/* --- the mapped answers ----------------------------------------------------------------------- */

typedef struct {
    const FormItem *item; /* of the form */
    char *instance;
    int number; /* of the question, as on paper */
    AnswerKind kind;
    char *value; /* as stored; NULL unless kind is ANSWER_VALUE */
} MappedAnswer;

typedef struct {
    const Form *form; /* must outlive it */
    Date today;
    GPtrArray
        *answers; /* MappedAnswer *: every mapped question that applies, in the form's order */
    GPtrArray
        *contacts;      /* char *: a line for each repetition of a group mapped to client.contact */
    gboolean case_work; /* the form asks for consents or a decision: it is the case officer's */
} Mapping;
Mapping *mapping_new(const Form *form, const Answers *answers, Date today);
void mapping_free(Mapping *mapping);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Mapping, mapping_free)

/* The question mapped to `to` that applies: the last one with a value, else the last that is
 * answered at all, else the last; NULL when there is none. */
const MappedAnswer *mapping_find(const Mapping *mapping, const char *to);
/* Its value without the sign of own words; NULL when it has none. */
const char *mapping_text(const Mapping *mapping, const char *to);
Date mapping_date(const Mapping *mapping, const char *to); /* DATE_NONE */

gboolean mapped_to(const MappedAnswer *answer, const char *to);
const char *mapped_text(const MappedAnswer *answer); /* without the sign of own words; NULL */
/* As it is read on paper: the display of a code. New; NULL without a value. */
char *mapped_shown(const MappedAnswer *answer);

/* --- one completion --------------------------------------------------------------------------- */

typedef struct {
    Session *session;
    const Response *response;
    const Mapping *now;
    const Mapping *before; /* of the response that is corrected; NULL: it corrects none */
    gint64 client_id;
    gint64 officer_before, officer; /* the client's case officer before and after; 0: none */
    gint64 worker_before, worker;   /* and support worker */
} Completion;

/* How alike two things of a correction are, the most alike first: repetitions move up when one
 * before them is taken away, so what they say goes before where they stand. */
typedef enum {
    PAIR_EQUAL_IN_PLACE,
    PAIR_EQUAL,
    PAIR_ALIKE_IN_PLACE,
    PAIR_ALIKE,
    PAIR_IN_PLACE,
    PAIR_ROUNDS,
} PairRound;
typedef gboolean (*PairSame)(gconstpointer before, gconstpointer now, PairRound round);
/* For each of `before` the index of what it has become in `now`; -1: nothing. Array of int. */
GArray *completion_pairs(const GPtrArray *before, const GPtrArray *now, PairSame same);

/* ERROR_INPUT that names the question. Always FALSE. */
gboolean completion_fault(const MappedAnswer *answer, const char *sentence, GError **error);

/* --- the card (completion_client.c) ----------------------------------------------------------- */

/* Changes the card or makes it; sets client_id, the officers and the worker. A form that knows no
 * name leaves client_id 0. */
gboolean completion_card(Completion *completion, GError **error);
/* Like completion_find_staff(); `exact` wants the whole name. Array of Staff * in `staff`. */
gint64 staff_called(const GPtrArray *staff, const char *name, gboolean exact);
/* The names in "Anna Berg, Bo Ek och Cia Dal": commas, lines, and "and" in the three languages
 * stand between them. g_strfreev. */
char **names_in(const char *text);
/* "fi" from "finska", "suomi", "Finnish"; NULL where no two-letter code fits. New. */
char *language_code_of(const char *words);

/* --- consents, decision, series --------------------------------------------------------------- */

/* A consent with the place in the form that it came from. */
typedef struct {
    Consent *consent; /* id 0 */
    char *item;       /* the group, or the question where it stands alone */
    char *instance;
} WantedConsent;
void wanted_consent_free(WantedConsent *wanted);
/* Array of WantedConsent *. */
GPtrArray *mapping_consents(const Mapping *mapping);
gboolean completion_consents(const Completion *completion, GError **error);
/* NULL: none is asked for. */
Decision *mapping_decision(const Mapping *mapping);
gboolean completion_decision(const Completion *completion, GError **error);

#define PRE_ASSESSMENT "pre-assessment" /* decision.kind: förhandsbedömning */

/* The series or the single visit that is asked for. */
typedef struct {
    const MappedAnswer *first; /* its first question; NULL: none is asked for */
    gboolean complete;         /* it can be laid out */
    char rrule[48];            /* "": a single visit */
    Date starts_on;            /* DATE_NONE */
    int start, minutes;
    VisitForm form;
} WantedSeries;
WantedSeries mapping_series(const Mapping *mapping);
gboolean completion_series(const Completion *completion, GError **error);

/* --- tasks (completion_tasks.c) --------------------------------------------------------------- */

gboolean completion_tasks(const Completion *completion, GError **error);
