/* protection.c: skyddade personuppgifter, as stored and as shown. */
#include "care/client/protection.h"

#include "base/code.h"
#include "base/i18n.h"

static const CodeWord PROTECTIONS[] = {
    [PROTECTION_NONE] = {"none", NULL},
    [PROTECTION_MARKED] = {"marked", N_("confidentiality mark")},
    [PROTECTION_POPULATION] = {"population", N_("protected population registration")},
    [PROTECTION_FICTITIOUS] = {"fictitious", N_("fictitious identity")},
};

const char *protection_code(Protection protection)
{
    return code_of(PROTECTIONS, G_N_ELEMENTS(PROTECTIONS), protection);
}

const char *protection_name(Protection protection)
{
    return code_word(PROTECTIONS, G_N_ELEMENTS(PROTECTIONS), protection);
}

Protection protection_parse(const char *code)
{
    int protection = code_value(PROTECTIONS, G_N_ELEMENTS(PROTECTIONS), code);
    return protection >= 0 ? (Protection)protection : PROTECTION_MARKED;
}

gboolean protection_said(const char *said, Protection *protection)
{
    const int found = code_value_said(PROTECTIONS, G_N_ELEMENTS(PROTECTIONS), said);
    if (found >= 0)
        *protection = (Protection)found;
    return found >= 0;
}
