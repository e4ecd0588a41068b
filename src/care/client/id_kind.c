/* id_kind.c: the codes of kinds of identity numbers. */
#include "care/client/id_kind.h"

#include "base/code.h"

static const CodeWord ID_KINDS[] = {
    [ID_NONE] = {.code = "none"},
    [ID_PERSONNUMMER] = {.code = "personnummer"},
    [ID_SAMORDNINGSNUMMER] = {.code = "samordningsnummer"},
    [ID_RESERVNUMMER] = {.code = "reservnummer"},
};

CODE_FUNCTIONS(IdKind, id_kind, ID_KINDS)
