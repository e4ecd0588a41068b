/* improvement.h: improvement work (förbättringsarbete) as the unit does it at its meeting every
 * other week: what we want to achieve, how we shall know, and the changes tried on the way
 * (cycle.h).
 *
 * The three questions are those of the Model for Improvement (Langley et al., The Improvement
 * Guide), which the Swedish "genombrott" way follows. Everybody in the unit reads it; a team lead
 * writes it. A correction keeps the old words in the audit log. */
#pragma once

#include "base/date.h"
#include "care/unit/session.h"

typedef struct {
    gint64 id;
    char *name;
    char *aim;     /* what we want to achieve; NULL */
    char *measure; /* how we shall know, in words; NULL */
    int target;    /* of the share not taken, in thousandths; IMPROVEMENT_NO_TARGET */
    Date begun_on;
    Date ended_on; /* DATE_NONE: goes on */
    gint64 version;
} Improvement;
#define IMPROVEMENT_NO_TARGET (-1)
#define IMPROVEMENT_NAME_MAX 120 /* characters; of a cycle's name too */

/* An empty one, begun on `begun_on`. New. */
Improvement *improvement_new(Date begun_on);
void improvement_free(Improvement *improvement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Improvement, improvement_free)

/* The unit's, the latest begun first. Array of Improvement *. PERMIT_REVIEW. */
GPtrArray *improvement_list(Session *session, GError **error);
/* By name, however its letters are cased; ERROR_NOT_FOUND names those there are. PERMIT_REVIEW. */
gboolean improvement_find(Session *session, const char *name, gint64 *id, GError **error);
/* ERROR_NOT_FOUND. PERMIT_REVIEW. */
Improvement *improvement_get(Session *session, gint64 id, GError **error);
/* Adds (version 0) or changes; sets id and version. ERROR_CONFLICT, naming who changed it, when its
 * version is no longer the newest. ERROR_INPUT with a sentence: no name, one too long, no first
 * day, an end before it, a target that is no share. One transaction, logged. PERMIT_IMPROVE. */
gboolean improvement_save(Session *session, Improvement *improvement, GError **error);

/* Whose target stands on a line that ends on `day`: of those with one that have begun and have not
 * ended before it, the latest begun; in thousandths, else IMPROVEMENT_NO_TARGET. Pure. `all`: as
 * improvement_list() gives them. */
int improvement_target(const GPtrArray *all, Date day);
