/* implementation.h: the plan for how what was decided is carried out (genomförandeplan). The one
 * who carries it out writes it together with the person and sends it to the case officer, who
 * awaits it so many days from the order or the decision, sees how much part the person had in it,
 * and follows it up.
 *
 * That plans which have not come are looked for, and the provider told, is from Skärholmen's plan
 * of 2018; so is the count of how many the person had part in. */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"
#include "care/visit/outcome.h"

/* How much part the person had in it (delaktig). */
typedef enum {
    HAD_PART_UNKNOWN,
    HAD_PART_YES,
    HAD_PART_PARTLY,
    HAD_PART_NO,
    HAD_PART_COUNT
} ImplementationPart;
const char *implementation_part_code(ImplementationPart part); /* NULL where it is not known */
const char *implementation_part_name(ImplementationPart part); /* translated */
gboolean implementation_part_parse(const char *code, ImplementationPart *part);

typedef struct {
    gint64 id, client_id, decision_id;
    gint64 order_id; /* 0: it rests on the decision alone */
    Date due;
    Date arrived; /* DATE_NONE: it is awaited */
    ImplementationPart part;
    CauseSource source; /* whose word that is */
    char *words;        /* how the person had part in it; NULL */
    Date follow_up;     /* DATE_NONE: on no day yet */
    Date letter;        /* when the provider was last told that it is late; DATE_NONE */
    gint64 version;
    char *provider; /* of the order, read beside it; NULL */
} Implementation;
Implementation *implementation_new(gint64 client_id, gint64 decision_id);
void implementation_free(Implementation *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Implementation, implementation_free)

/* Whether it is past its day and has not come. Pure. */
gboolean implementation_is_late(const Implementation *plan, Date today);

/* How many days the unit gives from the order or the decision; 14 where nothing is set. No right is
 * asked for. */
#define IMPLEMENTATION_DAYS 14
gboolean implementation_days(Session *session, gint64 *days, GError **error);
/* 1-365; -1: no longer any of the unit's own. ERROR_INPUT. PERMIT_IMPROVE. */
gboolean implementation_set_days(Session *session, gint64 days, GError **error);

/* It is awaited, or has come: fills in the id; a call with the id that an earlier one filled in
 * changes nothing. While it is awaited the client's case officer has a task for its day; when it
 * has come, one for the day it is followed up. A client whose help has ended gets none. ERROR_INPUT
 * where the decision grants nothing, or its days cannot be. PERMIT_CLIENT_EDIT and the right to
 * open the card. */
gboolean implementation_add(Session *session, Implementation *plan, GError **error);
/* Everything as it stands in `plan` but the client and what it rests on. ERROR_CONFLICT where
 * somebody has changed it since `version`. The same rights. */
gboolean implementation_change(Session *session, const Implementation *plan, GError **error);
/* It was awaited by mistake: it goes with its task, and the log keeps it. ERROR_INPUT where it has
 * come. The same rights. */
gboolean implementation_remove(Session *session, gint64 id, GError **error);
/* The provider is told today that it has not come (avvikelse): until a week from now it is awaited
 * again. ERROR_INPUT where it is not late. The same rights. */
#define IMPLEMENTATION_LETTER_DAYS 7
gboolean implementation_tell_late(Session *session, gint64 id, GError **error);

/* A client's, in the order of their days. PERMIT_WALK and the right to open the card. Array of
 * Implementation *. */
GPtrArray *implementation_of_client(Session *session, gint64 client_id, GError **error);
/* ERROR_NOT_FOUND; else as above. */
Implementation *implementation_get(Session *session, gint64 id, GError **error);
