/* event.c: what comes in from the terminal. */
#include "ui/event.h"

#include <string.h>

void event_clear(Event *event)
{
    if (event->text != NULL)
        explicit_bzero(event->text, strlen(event->text));
    g_free(event->text);
    *event = (Event){.type = EVENT_TIMEOUT};
}
