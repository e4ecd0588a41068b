/* schema_acts.c: in the place of src/db/sqlcipher/db_schema_rule.c in the programs of the tests, which let a trigger
 * refuse a row. */
#include "db/sqlcipher/sqlcipher_private.h"

gboolean schema_rule_acts(void)
{
    return TRUE;
}
