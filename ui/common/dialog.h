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
/* One line to type that is quickly typed again, such as a day; Enter is yes with its text, Esc no.
 * Words are for dialog_write() or a page, which keep a draft. */
void dialog_prompt(App *app, const char *question, const char *initial, DialogAnswer *answer,
                   gpointer data);
/* The same for words: kept as a draft of this (static) kind and row while they are typed, and there
 * again when it is asked anew. Whoever is answered drops the draft when the words are saved. */
void dialog_write(App *app, const char *question, const char *draft, gint64 draft_ref,
                  DialogAnswer *answer, gpointer data);
/* The same; `data` is freed after the answer, or when the dialog goes without one. */
void dialog_write_owning(App *app, const char *question, const char *draft, gint64 draft_ref,
                         DialogAnswer *answer, gpointer data, GDestroyNotify free_data);
