/* demo.h: a made-up unit like Huddinge's boendestöd, the same every time for one seed. Identity
 * numbers are Skatteverket's published test numbers; no living person has one. */
#pragma once

#include "care/unit/session.h"

typedef enum {
    DEMO_UNIT, /* 17 support workers, 9 case officers, some 210 clients, half a year: 12,500 visits
                */
    DEMO_TOWN, /* 100,000 visits */
    DEMO_CITY, /* 1,000,000 visits */
    DEMO_REGION, /* 10,000,000 visits: some minutes, and 4 GB */
} DemoSize;
gboolean demo_size_parse(const char *text, DemoSize *size);

#define DEMO_PASSPHRASE "det är okej att inte orka"
#define DEMO_SEED 20260105u

/* Fills a demo just made by session_create() (login "admin") with people, half a year of visits
 * back from today, two weeks ahead, outcomes, causes and tasks; adds users stod, hand, led. */
gboolean demo_fill(Session *session, DemoSize size, guint32 seed,
                   gboolean (*progress)(double share, gpointer data), gpointer data,
                   GError **error);
/* Makes database, key file and all that is in them. Both are made as NAME.unfinished and moved into
 * place when they are whole: broken off or failed (ERROR_CANCELLED when `progress` answers FALSE,
 * ERROR_EXISTS, FULL …) it leaves nothing behind. */
gboolean demo_make(const char *database, DemoSize size, guint32 seed,
                   gboolean (*progress)(double share, gpointer data), gpointer data,
                   GError **error);
