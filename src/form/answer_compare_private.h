/* answer_compare_private.h: comparing answers. Pure. */
#pragma once

#include "form/form.h"

/* Digits with at most one point; what strtod() takes besides ("inf", "0x1p3") is no answer. */
gboolean answer_number(const char *text, double *number);
/* The place of an answer among others of its kind; FALSE when it is none. */
gboolean answer_order(ItemType type, const char *text, double *order);
/* Whether `value`, an answer to `item`, stands in the relation to `wanted`. Never WHEN_EXISTS. */
gboolean answer_holds(const FormItem *item, const char *value, WhenOperator operator,
                      const char * wanted);
