/* confine.h: what the program gives up, so that whatever a broken file or page makes of it can do less.
 * A kernel that cannot hold it (no seccomp, no Landlock) does not: FALSE, and the work goes on. None of
 * it can be taken back, and children have it from birth. */
#pragma once

#include <glib.h>

/* From here on this process starts no program and looks into no other process: EPERM. It never gains
 * rights by what it starts (NO_NEW_PRIVS). */
gboolean confine_process(void);
/* From here on it opens no way to a network (a socket of the machine's own is none): EPERM. For all that is
 * no unit on a server. */
gboolean confine_network(void);

/* From here on it opens files below `folders` (NULL at the end; one that is NULL or not there ends the
 * list or is passed over), and to read only, what the system and the program's own data folder hold;
 * everything else is EACCES. What is open already stays so. landlock(7). */
gboolean confine_files(const char *const *folders);
