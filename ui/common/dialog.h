/* dialog.h: a question over the screen: yes or no, a message, one line to fill in. */
#pragma once

#include "ui/screen.h"

typedef void DialogAnswer(App *app, gboolean yes, const char *text, gpointer data);
/* "Shall …? [j] yes [n] no" with the language's own letters; Esc is no. The answer comes after the
 * dialog has left. */
void dialog_ask(App *app, const char *question, DialogAnswer *answer, gpointer data);
/* The same; `data` is freed after the answer, or when the dialog goes without one. */
void dialog_ask_owning(App *app, const char *question, DialogAnswer *answer, gpointer data,
                       GDestroyNotify free_data);
/* A text to read; any key goes on. */
void dialog_tell(App *app, const char *title, const char *text);
/* One line to type; Enter is yes with its text, Esc no. */
void dialog_prompt(App *app, const char *question, const char *initial, DialogAnswer *answer,
                   gpointer data);
