/* parts.c: compiled, never linked, before anything else: refuses headers that are too old. */
#include <sqlite3.h>

/* SQLCipher 4.6 is SQLite 3.46. Debian 12's own SQLCipher 3.4.1 is SQLite 3.15 of 2016: it seals
 * pages with SHA-1 and 64,000 rounds, and knows neither ON CONFLICT nor RETURNING nor window
 * functions, which every query here leans on. */
#if SQLITE_VERSION_NUMBER < 3046000
#error "SQLCipher 4.6 or later is needed. On Debian, make deps installs it; INSTALL says why."
#endif
