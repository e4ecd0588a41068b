/* sip_paper.h: which papers a SIP has, and what they say beside its answers. */
#pragma once

#include "care/client/consent.h"

typedef enum { SIP_PAPER_CALL, SIP_PAPER_INVITATION, SIP_PAPER_PLAN } SipPaper;

typedef struct {
    const char *client;    /* name */
    const char *id_number; /* as it is to be printed; NULL: none */
    gboolean protected_identity;
    const char *unit, *staff, *staff_phone; /* NULL: left out */
    const Consent *consent; /* that the form gave, as the card has it now; NULL: none yet, and it
                             * is as answered */
    const char *disputed; /* what the client says is wrong in it; NULL: nothing. The plan
                           * of a SIP, which others get too, says so without the words */
    Date today;
    gboolean unfinished; /* the form is not completed: the plan says so on each page, and has no
                          * lines to sign on */
} SipPaperAbout;
