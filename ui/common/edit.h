/* edit.h: saving each of the pages of fields, for edit_actions.c. Each leaves its screen when it
 * has saved, else says what is wrong. */
#pragma once

#include "ui/app.h"

void client_edit_finish(App *app, void *state);
void visit_edit_finish(App *app, void *state);
void series_edit_finish(App *app, void *state);
void placement_edit_finish(App *app, void *state);
