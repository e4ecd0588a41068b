/* response_words.h: what is said about a response, in a list, on a page or read aloud. Every text
 * is translated, and new unless it is said to be static. */
#pragma once

#include "care/response/response_value.h"

/* "begun, at question 17", "completed 2026-11-20", "not done: did not want to", "corrected later";
 * of a closed one "begun by Anna Berg 2026-11-20", which is all there is to say. */
char *response_words_state(const Response *response);
/* "begun, at question 17. Begun by Anna Berg.": what a narrow line has no room for; of a closed one
 * that it can be taken over. */
char *response_words_detail(const Response *response);
/* "UBU: the child or young person" of a response, in the program's language. Static. */
const char *response_words_title(const Response *response);
/* Whom it is about; "nobody named yet" of an intake, "protected identity" of a closed one. The
 * response's own, or static. */
const char *response_words_subject(const Response *response);
