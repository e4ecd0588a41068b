/* decision_notice.h: a decision on paper for the person it is about, with how it is appealed
 * (underrättelse, 33 § förvaltningslagen (2017:900); what it says by 31-32 §§, how and by when it is
 * appealed by 43-44 §§). */
#pragma once

#include "care/client/decision.h"

typedef struct DecisionNotice DecisionNotice;
/* Reads it. ERROR_INPUT where nothing has been decided yet; ERROR_NOT_FOUND. The rights of
 * decision_of_client(). */
DecisionNotice *decision_notice_new(Session *session, gint64 client_id, gint64 decision_id,
                                    GError **error);
void decision_notice_free(DecisionNotice *notice);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(DecisionNotice, decision_notice_free)
/* That it was written stands in the log; before it is. */
gboolean decision_notice_log(const DecisionNotice *notice, Session *session, GError **error);
/* As a PDF in the program's language, as paper_write() does it; none is written over. No session is
 * needed. */
gboolean decision_notice_write(const DecisionNotice *notice, gboolean large, const char *path,
                               GError **error);
