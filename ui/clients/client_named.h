/* client_named.h: who else may open the card of a client with protected identity, over the card. */
#pragma once

#include "ui/screen.h"

extern const Screen screen_client_named; /* const Client *: the client, as the card has it */
