/* client_standing.h: what a client is to the unit: somebody who comes, who came, or who was only in touch.
 * Pure. */
#pragma once

#include <glib.h>

typedef enum {
    STANDING_COMES,
    STANDING_ENDED,
    STANDING_ADVISED,  /* was only in touch: advice and information were enough */
    STANDING_REFERRED, /* was only in touch: it belonged to somebody else */
} Standing;
/* Translated: "ended", "advice given"; NULL of who comes. */
const char *standing_name(Standing standing);
/* Of CLIENT_STANDING (client_private.h). */
Standing standing_of(gboolean active, const char *latest_kind);
