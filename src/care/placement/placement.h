/* placement.h: a child's or young person's placement away from home, and its follow-up by the case
 * officer, the child and one or two parents (UBU) when it has ended.
 * The rules are in placement_rule.h. */
#pragma once

#include "care/placement/institution.h"
#include "care/placement/placement_rule.h"
#include "care/response/response_value.h"

typedef struct {
    gint64 id, client_id;
    gint64 institution_id; /* 0: not chosen yet */
    char *institution;     /* its name; NULL */
    InstitutionKind institution_kind;
    Date started_on, ended_on; /* ended_on DATE_NONE: goes on */
    gboolean two_parents;      /* both are asked, each in an interview of their own */
    gint64 staff_id;           /* the case officer who sees to the follow-up; 0: the unit */
    gint64 version;
} Placement;
void placement_free(Placement *placement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Placement, placement_free)

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
 * before the birth, an end before the start, an end in the future, days
 * that another placement of the client has (one day may end one and begin the next).
 * PERMIT_INTERVIEW, and the right to open the card. */
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
/* In the order of Respondent: three, and the other parent where both are asked, or where there is a
 * response of that one. Array of PlacementPart *. */
GPtrArray *placement_parts(Session *session, const Placement *placement, GError **error);
