/* client_standing.c: what a client is to the unit. */
#include "care/client/client_standing.h"

#include "base/i18n.h"

const char *standing_name(Standing standing)
{
    switch (standing) {
    case STANDING_COMES:
        break;
    case STANDING_ENDED:
        return C_("client", "ended");
    case STANDING_ADVISED:
        return C_("client", "advice given");
    case STANDING_REFERRED:
        return C_("client", "referred on");
    }
    return NULL;
}

Standing standing_of(gboolean active, const char *latest_kind)
{
    if (active)
        return STANDING_COMES;
    return g_strcmp0(latest_kind, "advice") == 0     ? STANDING_ADVISED
           : g_strcmp0(latest_kind, "referred") == 0 ? STANDING_REFERRED
                                                     : STANDING_ENDED;
}
