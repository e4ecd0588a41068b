/* client_event.h: what an entry of the audit log is called (client_history.c). */
#pragma once

/* "opened the card"; translated. The action itself where it has no words. */
const char *client_event_name(const char *entity, const char *action);
