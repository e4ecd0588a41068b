/* server_quoted.c: what of a statement's text is none of its words. */
#include <string.h>

#include "db/server/server_private.h"

const char *sql_skip_quoted(const char *at)
{
    const char *end = at;

    if (*at == '\'' || *at == '"')
        end = strchr(at + 1, *at);
    else if (g_str_has_prefix(at, "--"))
        end = strchr(at, '\n');
    else if (g_str_has_prefix(at, "/*"))
        end = (end = strstr(at + 2, "*/")) ? end + 1 : NULL;
    else
        return at;
    return end ? end + 1 : at + strlen(at);
}
