/* system_log.c: the log of the computer. */
#include "base/system_log.h"

#include <syslog.h>

void system_log_line(const char *line)
{
    openlog("dagsform", LOG_PID, LOG_AUTHPRIV);
    syslog(LOG_NOTICE, "%s", line);
    closelog();
}
