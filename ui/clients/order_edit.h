/* order_edit.h: the pages for an order and for the plan of how it is carried out (order_edit.c,
 * implementation_edit.c). */
#pragma once

#include "ui/app.h"

/* A new one of a decision, or one that is changed: one of the two is 0. */
typedef struct {
    gint64 client_id;
    gint64 decision_id; /* of a new one */
    gint64 id;          /* of the order, or of the plan */
} OrderEditArgument;
extern const Screen screen_order_edit, screen_implementation_edit;
