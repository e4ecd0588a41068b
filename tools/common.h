/* common.h: what nearly every file includes, read once for the tree that `make check` builds with
 * PCH=1. No file includes it. */
#pragma once

#include <string.h>

#include <glib.h>
