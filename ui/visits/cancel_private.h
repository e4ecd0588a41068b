/* cancel_private.h: the state of the cancellation screen, for cancel.c and cancel_draw.c. */
#pragma once

#include "care/client/plan.h"
#include "care/visit/cancellation.h"
#include "ui/common/screens.h"
#include "ui/widgets/choice.h"
#include "ui/widgets/field.h"

typedef enum { FOCUS_QUESTION, FOCUS_WORDS, FOCUS_WHEN } CancelFocus;

/* Beside the proposed times: another one, or none. */
enum { NEW_TIME_OTHER = 100, NEW_TIME_NONE };
/* Beside the values of CancelTaken: yes, but at another time. */
enum { TAKEN_OTHER_TIME = 100 };

typedef struct {
    Visit *visit;
    CancelAnswers answers;
    CancelAsk ask;
    CancelFocus focus;
    const FormItem *items[ASK_COUNT]; /* NULL where the question is the program's own */
    GArray *options[ASK_COUNT];       /* ChoiceOption; value: index in the item, or own */
    Choice choices[ASK_COUNT];
    Plan *plan;          /* what was agreed beforehand; NULL: nothing */
    GArray *proposals;   /* NewTime */
    GPtrArray *labels;   /* of the proposals; owned */
    NewTime instead;     /* proposed for the alternative that stands */
    char *instead_label; /* of it; owned */
    Field words, notice, when;
    int words_columns;
    gboolean when_unclear; /* what was typed as a new time is not understood */
    char *when_warning;    /* what speaks against it, until it is typed anew; NULL: nothing */
    char *draft;           /* as it was last saved */
    gint64 draft_ms;       /* when; 0: not yet */
    gboolean has_draft;    /* one lies in the database */
} CancelState;

void cancel_draw(App *app, void *state, Area area);
