/* db_schema_rule.c: the program makes no trigger and no view, so there is none that may act. */
#include "db/sqlcipher/sqlcipher_private.h"

gboolean schema_rule_acts(void)
{
    return FALSE;
}
