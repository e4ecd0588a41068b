/* client_codes.c: kinds of identity numbers, and sexes. */
#include "care/client/client_codes.h"

#include "base/code.h"

static const CodeWord ID_KINDS[] = {
    [ID_NONE] = {.code = "none"},
    [ID_PERSONNUMMER] = {.code = "personnummer"},
    [ID_SAMORDNINGSNUMMER] = {.code = "samordningsnummer"},
    [ID_RESERVNUMMER] = {.code = "reservnummer"},
};
static const CodeWord SEXES[] = {
    [SEX_UNKNOWN] = {.code = "unknown"},
    [SEX_WOMAN] = {.code = "woman"},
    [SEX_MAN] = {.code = "man"},
    [SEX_OTHER] = {.code = "other"},
};

CODE_FUNCTIONS(IdKind, id_kind, ID_KINDS)
CODE_FUNCTIONS(Sex, sex, SEXES)
