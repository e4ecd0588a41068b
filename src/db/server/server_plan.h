/* server_plan.h: what of a statement is sealed, read from its text. Pure. */
#pragma once

#include "base/error.h"
#include "db/server/server_sealed.h"

/* A parameter that is written into a sealed column. */
typedef struct {
    int param;
    const SealedTable *table;
    const char *column;
    int keys[SEALED_KEYS]; /* the parameters that have the row's key */
    gboolean elsewhere;    /* it is used for something else too, which would get it sealed */
} SealedParam;

/* A column that is asked to be equal to a parameter. */
typedef struct {
    char *word;  /* the column's name */
    char *table; /* NULL: not said */
    int param;
} EqualParam;

typedef struct {
    GArray *sealed; /* SealedParam */
    GArray *equal;  /* EqualParam */
} SealedPlan;

/* Of `sql` with its parameters `names`. A sealed column may be given a value by INSERT ... VALUES,
 * by UPDATE ... SET, and by ON CONFLICT DO UPDATE SET, each from one parameter, with the row's key
 * in parameters too: anything else is ERROR_INTERNAL, for the server would get what it must not, or
 * nobody could open it. */
gboolean sealed_plan_make(const char *sql, char *const *names, int count, SealedPlan *plan,
                          GError **error);
void sealed_plan_clear(SealedPlan *plan);
