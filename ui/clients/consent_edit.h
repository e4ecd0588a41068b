/* consent_edit.h: the page for a consent entered on the card (consent_edit.c). */
#pragma once

#include "care/client/consent.h"
#include "ui/screen.h"

typedef struct {
    gint64 client_id;
    const Consent *replaces;            /* NULL: a new one */
    void (*saved)(App *app, gint64 id); /* when the page is gone */
} ConsentEditArgument;
extern const Screen screen_consent_edit;
