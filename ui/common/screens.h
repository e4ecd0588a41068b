/* screens.h: what app_open() hands those screens of screen.def that want more than an id. */
#pragma once

#include "base/date.h"
#include "care/visit/split.h"
#include "ui/app.h"

typedef struct {
    gint64 client_id;  /* whom the visit is for */
    gint64 instead_of; /* the visit that was not taken and gets a new time; 0: a visit of its own */
} VisitEditArgument;

/* The visits behind a bar of the week's review: without those that stand in, but for the last. */
typedef struct {
    Date from, to;     /* both included */
    int outcome;       /* an Outcome, VISITS_WITH_CAUSE or VISITS_STAND_INS */
    const char *cause; /* NULL: whatever the cause; "": none given */
    /* With VISITS_SPLIT: those behind a figure of a breakdown, as VisitQuery has them. */
    Split split;
    const char *value;
    SplitPart part;
    gint64 group_id;
} VisitsArgument;
#define VISITS_WITH_CAUSE (-1) /* every outcome to which a cause belongs */
#define VISITS_STAND_INS (-2)  /* those that came in place of a visit that counts */
#define VISITS_SPLIT (-3)

/* How the visits of some weeks are looked at. */
typedef enum {
    VIEW_CAUSES,  /* by week */
    VIEW_INSTEAD, /* what was offered instead, and what came of it */
    VIEW_WHO,     /* who called off, how long before, when, and whose visits they were */
    VIEW_GROUPS,  /* each group beside the rest of the unit: a screen of its own */
    VIEW_LINE,    /* the line of weeks, which ends with the last of them: another one */
    VIEW_COUNT
} SplitsView;
/* What the weeks are set beside. */
typedef enum {
    BESIDE_BEFORE, /* as many weeks before */
    BESIDE_WEEKS,  /* those chosen */
    BESIDE_REST,   /* the rest of the unit in the same weeks; with a group alone */
} Beside;
/* What is looked at: of one view to the next only `view` changes. */
typedef struct {
    SplitsView view;
    Week from, to; /* both included */
    Beside beside;
    Week other_from, other_to; /* of BESIDE_WEEKS */
    gint64 group_id;           /* 0: the whole unit; VIEW_GROUPS has them all */
} SplitsChoice;

/* A response to be answered, or to be read. app_open() of it is also FALSE, without anything said,
 * when it asks first whether to take it over from a colleague, or shows the overview of one that is
 * read. */
typedef struct {
    gint64 response_id; /* to go on with, or to read; 0: a new one begins */
    /* Of a new one, as response_begin() has them. */
    const char *form;
    gint64 client_id;
    const char *respondent;
    gint64 placement_id;
    gboolean read;      /* only to be read: one that is completed or given up */
    gboolean take_over; /* also from a colleague who has it open: the user has said so */
} WalkArgument;

typedef struct {
    gint64 placement_id; /* 0: a new one */
    gint64 client_id;    /* of a new one */
} PlacementEditArgument;

/* One of both is given; the other is asked for. */
typedef struct {
    gint64 client_id, group_id;
} MemberEditArgument;

/* A change or a small test of an improvement work. */
typedef struct {
    gint64 cycle_id;       /* 0: a new one */
    gint64 improvement_id; /* of a new one */
} CycleEditArgument;
