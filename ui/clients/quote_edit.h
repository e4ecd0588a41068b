/* quote_edit.h: a page for words that the client lets the unit show at its meeting. */
#pragma once

#include "base/date.h"
#include "ui/screen.h"

typedef struct {
    gint64 client_id;
    const char *words; /* to begin with; NULL: none */
    Date said_on;      /* of the words */
} QuoteEditArgument;
extern const Screen screen_quote_edit; /* const QuoteEditArgument * */
