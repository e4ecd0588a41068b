/* response.h: a form being answered about a client, and answered: all of it, for the floors above
 * and the tests. Within care a file includes what it needs.
 *
 * Every answer is committed as it is given. Until it is completed a response is a draft: its
 * answers change without a trace, as on a pencilled sheet. A completed one is never changed: a
 * correction is a new response that begins with its answers and keeps it. Beginning, taking over,
 * opening a completed one, completing, correcting and giving up are written to the audit log.
 *
 * One person at a time answers: opening for answering draws a new holder, and whoever held it
 * before is told at the next save (ERROR_CONFLICT, naming who has it now), before anything is
 * written. */
#pragma once

#include "care/response/call.h"
#include "care/response/response_end.h"
#include "care/response/response_forms.h"
#include "care/response/response_open.h"
#include "care/response/response_read.h"
#include "care/response/response_save.h"
