/* order_paper.h: an order on paper for the one who carries it out: who it is about, what is
 * granted, the aims, when the plan is to have come, and whom to ask (care/client/care_order.h); and
 * the letter that tells them that the plan has not come (avvikelse). What is granted is as the
 * decision says it when the paper is written. A person with protected identity stands there by name
 * alone. */
#pragma once

#include "care/client/care_order.h"
#include "care/client/implementation.h"

typedef struct OrderPaper OrderPaper;
/* Reads it. ERROR_NOT_FOUND. The rights of care_order_get(). */
OrderPaper *order_paper_new(Session *session, gint64 order_id, GError **error);
/* The letter about a plan. ERROR_INPUT where it is not late. The rights of implementation_get(). */
OrderPaper *order_paper_late(Session *session, gint64 plan_id, GError **error);
void order_paper_free(OrderPaper *paper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OrderPaper, order_paper_free)
/* That it was written stands in the log; before it is. */
gboolean order_paper_log(const OrderPaper *paper, Session *session, GError **error);
/* As a PDF in the program's language, as paper_write() does it; none is written over. No session is
 * needed. */
gboolean order_paper_write(const OrderPaper *paper, gboolean large, const char *path,
                           GError **error);
