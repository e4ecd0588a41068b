/* care_order_rows.h: an order as the rows of a page, the same on the full screen and in the lines
 * of
 * --plain. */
#pragma once

#include "care/client/care_order.h"

typedef enum {
    ORDER_ROW_PROVIDER,
    ORDER_ROW_ORDERED,
    ORDER_ROW_AIMS,
    ORDER_ROW_WORDS,
    ORDER_ROW_CONTACT,
    ORDER_ROW_PHONE,
    ORDER_ROW_DUE,
    ORDER_ROW_SENT,
    ORDER_ROW_COUNT
} OrderRow;
/* As it stands; g_strfreev. */
char **care_order_rows_values(const CareOrder *order);
/* Puts what the rows say into it. An empty day of the order is today, and an empty day of the plan
 * `days` after that. `faults` gets what cannot be used of each row, and what to do (translated,
 * static; NULL: nothing). FALSE when there is a fault. */
gboolean care_order_rows_take(char *const *values, gint64 days, CareOrder *order,
                              const char *faults[ORDER_ROW_COUNT]);
/* "sent 2026-11-22"; where `decision` (NULL: not known) has been corrected since, that too. New. */
char *care_order_words(const CareOrder *order, const Decision *decision);
/* "The order is noted. The plan is to have come on 2026-12-06."; new. */
char *care_order_words_done(const CareOrder *order);
