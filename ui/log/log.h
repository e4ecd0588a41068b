/* log.h: what the log's boxes are opened with. */
#pragma once

#include "base/date.h"
#include "ui/screen.h"

typedef enum {
    LOG_OPENINGS, /* of one colleague */
    LOG_REASONS,  /* given and not looked at */
    LOG_SAMPLE,   /* of a month */
} LogView;
typedef struct {
    LogView view;
    gint64 staff_id; /* of LOG_OPENINGS */
    Date from, to;   /* of LOG_OPENINGS; the sample is of the month that begins `from` */
    const char *name;
} LogArgument;
/* log_rows.c: const LogArgument *. */
extern const Screen screen_log_rows;
