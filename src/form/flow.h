/* flow.h: what is asked next: the questions of a form that apply to the answers given, in order.
 * Pure.
 *
 * A question falls away when its condition, or that of a group it lies in, does not hold. Answers
 * to questions that have fallen away stay in `answers` but count as not given in every condition
 * (so that a chain falls away as a whole).
 *
 * A condition on a question without an answer does not hold, whatever its operator, but for
 * "exists: false": "!=" asks for another answer, not for none (HL7's words for R4 leave this open).
 * "Vet ej", "vill inte svara" and "inte ställd" are no answers to a condition. A question that may
 * have several answers meets "=" and "<" by any of them, and "!=" when none of them is the one.
 * A condition inside a repeating group looks at the answer in its own repetition; one from outside
 * looks at all repetitions. */
#pragma once

#include "form/answers.h"

typedef struct {
    const FormItem *item;
    const char *instance; /* owned by the flow, and kept as long as it lives; of a repeating group's
                           * head: that of the repetition it begins */
    int number;           /* of the question in the form, from 1, as on paper: it does not change
                           * when questions fall away, and is the same in each repetition; 0 for
                           * display and group heads */
    int section;          /* index of the top-level item it lies in */
} FlowStep;

typedef struct Flow Flow;
/* `form` and `answers` must outlive it. Repetitions that answers lie in are begun, if they are
 * not. */
Flow *flow_new(const Form *form, Answers *answers, Date today);
void flow_free(Flow *flow);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Flow, flow_free)
/* Call after every change of the answers. The steps of before are no longer valid. */
void flow_refresh(Flow *flow);

int flow_count(const Flow *flow); /* steps that apply, displays and group heads included */
const FlowStep *flow_step(const Flow *flow, int index);
int flow_find(const Flow *flow, const char *link_id, const char *instance); /* -1: not there */
int flow_find_number(const Flow *flow, int number); /* in its first repetition; -1: not there */
/* The next question (1) or the one before (-1), neither displays nor heads; `index` may be -1 or
 * flow_count(). -1 at the end. */
int flow_next(const Flow *flow, int index, int direction);
int flow_next_unanswered(const Flow *flow, int index); /* after `index`, round; -1: none */
/* "Vet ej" and its like are answers here. FALSE for displays and heads. */
gboolean flow_is_answered(const Flow *flow, int index);

typedef struct {
    int questions, answered;
    int required_left;    /* required questions without any answer */
    int statutory_absent; /* statutory questions answered by "vet ej" and its like */
} FlowProgress;
FlowProgress flow_progress(const Flow *flow, int section); /* section -1: the whole form */
int flow_sections(const Flow *flow); /* top-level items, those that have fallen away too */
const FormItem *flow_section(const Flow *flow, int section);

/* Answers (and notes) that are there but whose question has fallen away, in the form's order. Array
 * of const Answer *, owned by the answers. g_ptr_array_unref. */
GPtrArray *flow_fallen_away(const Flow *flow);

/* What has been answered to the questions that `step` has as candidates (FormItem.candidates), in
 * their order there, each text once; what is answered to the step itself is none. Array of char *,
 * empty where there are none. New: g_ptr_array_unref(). */
GPtrArray *flow_candidates(const Flow *flow, const FlowStep *step);

/* What keeps `value` (as stored) from being an answer to the item, by its type alone; NULL: nothing.
 * New. */
char *flow_wrong_type(const FormItem *item, const char *value);
typedef enum { CHECK_OK, CHECK_WARNING, CHECK_FAULT } CheckLevel;
/* Checks `value` (as stored) for the item: its type, and that several answers go together, its
 * constraints (fault) and warnings. A rule that compares with a question without an answer holds.
 * `sentence` gets a new text in the program's language, NULL when all is well. */
CheckLevel flow_check(const Flow *flow, const FormItem *item, const char *instance,
                      const char *value, char **sentence);
/* The same for the answer that the step has, which may have become wrong by a later change of
 * another. A warning overridden with a reason is well; so is no answer. */
CheckLevel flow_check_step(const Flow *flow, int index, char **sentence);
/* A question's typed text as a value: "21/11" → "2026-11-21", "3,5" → "3.5", "830" → "08:30",
 * "ja" → "true"; a choice by key, code or words in any language, several with comma or blank
 * between, or by its place (2 is the second) where no option has a digit as key.
 * What no option of an open choice has is the person's own words, as typed: an equals sign means
 * nothing here. NULL when it is not understood. New. */
char *flow_parse(const Flow *flow, const FormItem *item, const char *typed);
/* A value as it is read aloud or printed in `language`: the display of a code, a date with its
 * weekday, a number with the language's decimal sign. "" for no answer. New. */
char *flow_value_text(const FormItem *item, const Answer *answer, const char *language);

/* A form's text in `language` with its fills: {client}, {client.first}, {staff}, {unit},
 * {respondent}, {today}. A fill that is NULL becomes "…"; unknown braces stay. New. */
typedef struct {
    const char *client, *staff, *unit, *respondent;
    Date today;
} FormFills;
char *form_fill(const char *text, const char *language, const FormFills *fills);
/* "lördag 21 november 2026" in `language`; "" for DATE_NONE. New. */
char *form_date_text(Date date, const char *language);
