/* completion_mapping_private.h: the answers of a response by what they map to. Pure.
 *
 * A response is first read into a Mapping: the answers whose question applies and is mapped. What
 * it asks for (a card's fields, consents, a decision, a series, tasks) is worked out from that
 * without the database. */
#pragma once

#include "care/task/task.h"
#include "form/flow.h"

typedef struct {
    const FormItem *item; /* of the form */
    const char *to;       /* what it maps to */
    char *instance;
    int number; /* of the question, as on paper */
    AnswerKind kind;
    char *value;       /* as stored; NULL unless kind is ANSWER_VALUE */
    gboolean reasoned; /* why it is right has been said */
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

/* Whether it ends with the contact: advice was enough, or it belongs to somebody else; no visit is
 * agreed on. */
gboolean mapping_contact_only(const Mapping *mapping);
/* The day on which a mandate (task.mandate) ends; DATE_NONE: the answer is about none. Pure. */
Date mapping_mandate_of(const MappedAnswer *answer);
/* Of all: the first that is to come on `today` or later, else the last that was. Pure. */
Date mapping_mandate(const Mapping *mapping);

/* What the item maps to (FormItem.maps_to), also in a form of before that did not say so; NULL. */
const char *mapping_target(const Form *form, const FormItem *item);
gboolean mapped_to(const MappedAnswer *answer, const char *to);
const char *mapped_text(const MappedAnswer *answer); /* without the sign of own words; NULL */
/* As it is read on paper: the display of a code. New; NULL without a value. */
char *mapped_shown(const MappedAnswer *answer);

/* ERROR_INPUT that names the question. Always FALSE. */
gboolean mapping_fault(const MappedAnswer *answer, const char *sentence, GError **error);
