/* placement.h: a child's or young person's placement away from home, and its follow-up by three
 * respondents (UBU) when it has ended.
 *
 * Rules (UBU's published ones; domain.md §1): from 0 to 21 years; a placement of at least 30 days;
 * at every placement that ends, also when a new one follows at once; as soon as possible and at the
 * latest 90 days after the end; the child itself is asked from 7 years; the case officer's part is
 * filled in whether or not the others answer. */
#pragma once

#include "care/response/response.h"

#define PLACEMENT_DAYS_LEAST 30
#define PLACEMENT_FOLLOW_UP_DAYS 90
#define PLACEMENT_CHILD_AGE 7
#define PLACEMENT_OLDEST 21

typedef enum {
    INSTITUTION_HVB,
    INSTITUTION_SUPPORTED_HOUSING, /* stödboende */
    INSTITUTION_TRAINING_FLAT,     /* träningsboende */
    INSTITUTION_SIS,
    INSTITUTION_FOSTER_HOME,
    INSTITUTION_OTHER,
    INSTITUTION_KIND_COUNT
} InstitutionKind;
const char *institution_kind_code(InstitutionKind kind);
const char *institution_kind_name(InstitutionKind kind); /* translated */
gboolean institution_kind_parse(const char *code, InstitutionKind *kind);

typedef struct {
    gint64 id;
    char *name;
    InstitutionKind kind;
    gboolean active;
    gint64 placements; /* how many there have been; read beside it */
} Institution;
void institution_free(Institution *institution);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Institution, institution_free)
/* The unit's list by name in Swedish order; `search` is beginnings of words in the name, folded, or
 * NULL. Array of Institution *. PERMIT_INTERVIEW. */
GPtrArray *institution_list(Session *session, const char *search, gboolean active_only,
                            GError **error);
/* Adds; ERROR_EXISTS names the one that is there (folded). PERMIT_INTERVIEW: one who misses an
 * institution in the middle of a call adds it. Changing names and taking out of use is the same
 * permission; an institution with placements is never deleted. */
gboolean institution_add(Session *session, Institution *institution, GError **error);
gboolean institution_change(Session *session, const Institution *institution, GError **error);

typedef struct {
    gint64 id, client_id;
    gint64 institution_id; /* 0: not chosen yet */
    char *institution;     /* its name; NULL */
    InstitutionKind institution_kind;
    Date started_on, ended_on; /* ended_on DATE_NONE: goes on */
    gint64 staff_id;           /* the case officer who sees to the follow-up; 0: the unit */
    gint64 version;
} Placement;
void placement_free(Placement *placement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Placement, placement_free)

typedef enum {
    RESPONDENT_CASE_OFFICER,
    RESPONDENT_CHILD,
    RESPONDENT_PARENT,
    RESPONDENT_COUNT
} Respondent;
const char *respondent_code(Respondent respondent); /* as in Form.respondent: "case-officer" */
const char *respondent_name(Respondent respondent); /* translated */
const char *respondent_form(Respondent respondent); /* "ubu-handlaggare" */
gboolean respondent_parse(const char *code, Respondent *respondent);

/* Whether, and of whom, the rules ask for a follow-up. The first and the last day both count as
 * days of the placement; the age is that of its last day. Where the birth date is not known all
 * three are asked. Pure. */
typedef struct {
    gboolean due;                     /* the placement is to be followed up */
    gboolean asked[RESPONDENT_COUNT]; /* these are asked */
    Date first, last;                 /* from the day it ended, to 90 days after; DATE_NONE while it
                                       * goes on */
    int age;                          /* whole years at its end; -1: not known */
} PlacementRule;
PlacementRule placement_rule(Date birth_date, Date started_on, Date ended_on);
/* Why not all three are asked, or what is to be thought of first (from 18 years a parent is asked
 * only with consent), in a sentence, or NULL. New. Pure. */
char *placement_rule_text(const PlacementRule *rule, Date started_on, Date ended_on);

/* A client's, the latest first. Array of Placement *. PERMIT_INTERVIEW, and the right to open the
 * card. */
GPtrArray *placement_of_client(Session *session, gint64 client_id, GError **error);
/* Both need PERMIT_INTERVIEW and the right to open the card. Opening one is logged as "read";
 * getting is for reading it again. */
Placement *placement_open(Session *session, gint64 id, GError **error);
Placement *placement_get(Session *session, gint64 id, GError **error);
/* Adds (version 0) or changes (ERROR_CONFLICT, naming who changed it, when placement->version is no
 * longer the newest), and makes, moves or closes the open follow-up tasks by the rule: one for each
 * respondent asked who is neither done nor given up, kind TASK_UBU, `item` the respondent's code,
 * due on the rule's last day. One transaction. ERROR_INPUT with a sentence: no start, a start
 * before the birth, an end before the start, an end in the future. PERMIT_INTERVIEW, and the right
 * to open the card. */
gboolean placement_save(Session *session, Placement *placement, GError **error);
/* Closes the task of a respondent whose response is completed or given up; opens it again when it
 * is taken up. One that was begun by mistake (NOT_DONE_MISTAKE) closes nothing. Nothing to do when
 * the response has no placement. Inside the transaction of that. */
gboolean placement_follow_up_done(Session *session, const Response *response, gboolean done,
                                  GError **error);

/* One respondent's state, for the placement's page. */
typedef struct {
    Respondent respondent;
    gboolean asked;     /* by the rule */
    gint64 response_id; /* the latest that was not begun by mistake; 0: not begun */
    gboolean completed;
    gboolean correcting; /* not completed, but corrects one that is */
    NotDone not_done;
    char *not_done_words;    /* NULL: none */
    int questions, answered; /* that apply, of which answered; 0 unless it is unfinished */
    gint64 continued_ms;
    char *staff_name; /* who began it; NULL */
    int calls;        /* made so far */
} PlacementPart;
void placement_part_free(PlacementPart *part);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(PlacementPart, placement_part_free)
/* The three, in the order above. Array of PlacementPart *. */
GPtrArray *placement_parts(Session *session, const Placement *placement, GError **error);
