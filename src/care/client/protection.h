/* protection.h: skyddade personuppgifter: what a client's card is kept back for. Pure. */
#pragma once

#include <glib.h>

/* In rising order of care. */
typedef enum {
    PROTECTION_NONE,
    PROTECTION_MARKED,     /* sekretessmarkering */
    PROTECTION_POPULATION, /* skyddad folkbokföring */
    PROTECTION_FICTITIOUS, /* fingerade personuppgifter */
} Protection;
const char *protection_code(Protection protection); /* "marked" */
const char *protection_name(Protection protection); /* translated; "" for none */
/* A code that is none counts as protected: in doubt nothing is shown. */
Protection protection_parse(const char *code);
/* By what it is called in any of the program's languages, or its code. */
gboolean protection_said(const char *said, Protection *protection);
