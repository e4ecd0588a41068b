/* client_log.h: who has opened or changed a client's card, over the card. */
#pragma once

#include "ui/screen.h"

extern const Screen screen_client_log; /* const gint64 *: the client's id */
