/* decision_edit.h: the page for a decision entered on the card (decision_edit.c). */
#pragma once

#include "care/client/decision.h"
#include "ui/app.h"

/* Whose it is, by id. */
extern const Screen screen_decision_edit;
