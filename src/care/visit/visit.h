/* visit.h: a planned visit and what came of it, as a value. Its rows: visit_row.h; windows of them:
 * visit_list.h; planned: visit_add.h, series.h; what came of it: visit_record.h. */
#pragma once

#include "care/client/client.h"
#include "care/visit/outcome.h"

/* What came of a visit. Texts are owned by it. */
typedef struct {
    Outcome outcome;
    CancelledBy by;
    ToldBy told;
    int notice;          /* hours; -1: not known */
    char *cause;         /* code of avbokning.yaml; NULL: none given */
    char *cause_further; /* a second one; NULL: none */
    CauseSource source;
    char *words; /* the person's own words; NULL: none */
    Alternative alternative;
    int alternative_taken; /* 1 yes, 0 no, -1 not known */
    char *note;
} VisitOutcome;
void visit_outcome_init(VisitOutcome *outcome); /* all unknown */
void visit_outcome_clear(VisitOutcome *outcome);
void visit_outcome_copy(VisitOutcome *to, const VisitOutcome *from);
/* Whether two say the same. */
gboolean visit_outcome_equal(const VisitOutcome *a, const VisitOutcome *b);

typedef struct {
    gint64 id, client_id, staff_id /* 0: nobody yet */, series_id, origin_id, new_visit_id;
    Date date;
    int start;   /* minutes since midnight */
    int minutes; /* length */
    VisitMode mode;
    gboolean stand_in; /* its meeting is counted where it was first planned (meeting.h) */
    gint64 version;
    gint64 recorded_ms; /* 0: no outcome recorded */
    gint64 recorded_by;
    gint64 absence_id; /* that has called it off and still holds it (absence.h); 0: none */
    VisitOutcome outcome;
    /* For lists, read beside the visit: */
    char *client_name;
    Date client_birth;
    Protection client_protection;
    char *client_phone; /* NULL where none or protected */
    char *staff_name;   /* NULL where nobody */
    char *covered_by;   /* who covers for them that day (cover.h); NULL: nobody, or not read */
    char *disputed;     /* the latest that the client says is wrong, in a sentence; NULL */
    Date new_date;      /* of the new time agreed; DATE_NONE */
    int new_start;
    Outcome new_outcome; /* what came of that one */
    /* The visit made for the alternative taken: when it is, or was, and what came of it. */
    Date alternative_date; /* DATE_NONE: none was made */
    int alternative_start;
    Outcome alternative_outcome;
    /* After visit_record() or visit_undo() only: how many visits that the state before had made
     * were kept although it is gone, because something had come of them already. */
    int kept;
} Visit;
Visit *visit_new(void);
void visit_free(Visit *visit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Visit, visit_free)

/* A new time agreed in the same breath; date DATE_NONE: none. */
typedef struct {
    Date date;
    int start, minutes;
    VisitMode mode;
    gint64 staff_id; /* 0: the same as before */
} NewTime;

/* What is planned in the same breath as a visit is recorded on; each may be none. */
typedef struct {
    NewTime new_time; /* the visit's new time */
    NewTime instead;  /* when the alternative that was taken is carried out */
} VisitTimes;
#define VISIT_TIMES_NONE                                                                           \
    ((VisitTimes){.new_time = {.date = DATE_NONE}, .instead = {.date = DATE_NONE}})

/* ERROR_INPUT with a sentence when the day, time or length of a visit is none. */
gboolean visit_check_time(Date date, int start, int minutes, GError **error);
