/* system_log.h: a line in the computer's own log (syslog(3)), which a municipality sends on to where none of
 * those who can change the database gets at it. */
#pragma once

/* One line, in English, for machines: nothing of a person. Nothing happens where the computer has no log. */
void system_log_line(const char *line);
