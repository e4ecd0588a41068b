/* completion_series_private.h: the first visits that a response agrees on. */
#pragma once

#include "care/completion/completion_step_private.h"
#include "care/visit/visit.h"

/* The series or the single visit that is asked for. */
typedef struct {
    const MappedAnswer *first; /* its first question; NULL: none is asked for */
    gboolean complete;         /* it can be laid out */
    char rrule[64];            /* "": a single visit */
    Date starts_on;            /* DATE_NONE */
    int start, minutes;
    VisitMode mode;
} WantedSeries;
WantedSeries mapping_series(const Mapping *mapping);
gboolean completion_series(const Completion *completion, GError **error);
