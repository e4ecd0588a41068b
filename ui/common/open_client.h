/* open_client.h: opens a client's card; where it is a colleague's client (client_guard.h), asks first
 * why, in a box. */
#pragma once

#include "ui/app.h"

/* The card opens at once, or when the reason is given; what is wrong is said. */
void open_client(App *app, gint64 client_id);
