/* export_ask.h: what a screen shows, as a file: the one question and the one answer that its
 * screens share. */
#pragma once

#include "exchange/export.h"
#include "ui/app.h"
#include "ui/common/dialog.h"

/* Asks where the file shall lie; the answer makes an order of what its screen then shows and hands
 * it to export_write(). */
void export_ask(App *app, ExportWhat what, DialogAnswer *answer);
/* Writes the file whose name was typed, as its ending says, and says how many rows there are and
 * who was left out. */
void export_write(App *app, ExportOrder *order, const char *typed);
/* The same for a paper, with a question of one's own or as ever; `name` begins the file's. */
void export_ask_named(App *app, const char *question, const char *name, DialogAnswer *answer);
void export_ask_paper(App *app, const char *name, DialogAnswer *answer);
