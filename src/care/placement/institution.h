/* institution.h: those who give care away from home; the list is the unit's own. */
#pragma once

#include "care/unit/session.h"

/* Socialtjänstlagen (2025:400) names foster homes, emergency foster homes, supported housing and
 * HVB; LVU (1990:52) the homes of SiS; UBU also training flats. */
typedef enum {
    INSTITUTION_HVB,
    INSTITUTION_SUPPORTED_HOUSING, /* stödboende */
    INSTITUTION_TRAINING_FLAT,     /* träningsboende */
    INSTITUTION_SIS,
    INSTITUTION_FOSTER_HOME,           /* familjehem */
    INSTITUTION_EMERGENCY_FOSTER_HOME, /* jourhem */
    INSTITUTION_OTHER,
    INSTITUTION_KIND_COUNT
} InstitutionKind;
const char *institution_kind_code(InstitutionKind kind);
const char *institution_kind_name(InstitutionKind kind); /* translated */
gboolean institution_kind_parse(const char *code, InstitutionKind *kind);
/* By its code, or its name in any of the program's languages. */
gboolean institution_kind_said(const char *said, InstitutionKind *kind);

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
