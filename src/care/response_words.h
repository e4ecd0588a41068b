/* response_words.h: what lists say about a response. Every text is translated and new. */
#pragma once

#include "care/response.h"

/* "begun, at question 17", "completed 2026-11-20", "not done: did not want to", "corrected later".
 */
char *response_words_state(const Response *response);
/* "begun, at question 17. Begun by Anna Berg.": what a narrow line has no room for. */
char *response_words_detail(const Response *response);
/* "UBU: the child or young person" of a response, in the program's language. Static. */
const char *response_words_title(const Response *response);
/* "today 10:42", "2026-11-20 10:42": when it was last saved. */
char *response_words_when(gint64 ms);
