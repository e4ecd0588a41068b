/* clients.h: what the page for a new client wants to know of the search behind it. */
#pragma once

#include "ui/app.h"

/* What was searched for when the clients' list is on top; else "". Owned by the screen. */
const char *clients_search(App *app);
