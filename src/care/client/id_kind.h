/* id_kind.h: what kind of identity number a client has, as it is stored. */
#pragma once

#include "base/idnumber.h"

const char *id_kind_code(IdKind kind);
/* FALSE, and `*kind` as it was, when there is no such code. */
gboolean id_kind_parse(const char *code, IdKind *kind);
