/* decision_edit.h: the page for a decision entered on the card (decision_edit.c). */
#pragma once

#include "care/client/decision.h"
#include "ui/app.h"

/* A new one, or a correction of one that was entered on the card: each a title of its own. */
typedef struct {
    gint64 client_id;
    gint64 decision_id; /* 0: a new one */
} DecisionEditArgument;
extern const Screen screen_decision_edit, screen_decision_correct;
