/* common.h: what nearly every file includes, read once for all of them (PCH=1 in the Makefile). No file
 * includes it. */
#include <string.h>

#include <glib.h>
