/* shared.h: small things that several screens do alike. */
#pragma once

#include "care/response/response.h"
#include "care/unit/draft.h"
#include "care/visit/visit.h"
#include "ui/app.h"

#define CANCELLATION_DRAFT DRAFT_CANCELLATION

#define KEY_NAME_SIZE 24
/* "a", "Ctrl-S", "←": the first key of an action, for a sentence that names it. */
const char *shared_key(App *app, Action action, char *buffer);
/* Support workers begin with what is their own, others with the whole unit's. */
gboolean shared_begins_with_own(App *app);
/* For Screen.passes of a box that always does. */
gboolean shared_passes(const void *state);
/* For a subtitle: the name of a client, read where `*name` is NULL. */
gboolean shared_read_name(App *app, gint64 client_id, char **name, GError **error);
/* Who is out and late, and oneself (out_words()), in place of what stands in `*words`, which stays
 * when it fails. */
gboolean shared_out(App *app, char **words, GError **error);
/* Fetches anew what the top screen shows. */
void shared_resume_top(App *app);
/* What the cursor of the top screen is on; says so on the message line when it is on nothing. */
const Visit *shared_visit(App *app);
gint64 shared_client(App *app);
const Response *shared_response(App *app);
/* After a save: the top screen's cursor goes to `visit`, so that the next key is about that one.
 * FALSE where the screen does not show it. */
gboolean shared_find_visit(App *app, const Visit *visit);
/* The same of another kind; `row` as Subject has it. */
gboolean shared_find(App *app, gint64 client_id, SubjectKind kind, gconstpointer row);
