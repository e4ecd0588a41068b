/* client_codes.h: what kind of identity number a client has, and the sex, as they are stored. */
#pragma once

#include "base/idnumber.h"

const char *id_kind_code(IdKind kind);
/* FALSE, and `*kind` as it was, when there is no such code. */
gboolean id_kind_parse(const char *code, IdKind *kind);
/* "woman", "man", "other" or "unknown", and back: FALSE when it is none of them. */
const char *sex_code(Sex sex);
gboolean sex_parse(const char *code, Sex *sex);
