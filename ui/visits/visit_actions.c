/* visit_actions.c: what is done to the visit that the cursor is on, whichever screen shows it. */
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/unit/draft.h"
#include "care/visit/outcome_words.h"
#include "care/visit/visit_add.h"
#include "care/visit/visit_record.h"
#include "care/visit/visit_undo.h"
#include "care/visit/visit_words.h"
#include "ui/app.h"
#include "ui/common/dialog.h"
#include "ui/common/open_client.h"
#include "ui/common/shared.h"
#include "ui/common/words.h"
#include "ui/visits/visit_history.h"

/* What a question was asked about: the visit may not be the one under the cursor when the answer
 * comes, nor be as it was. */
typedef struct {
    gint64 id, version;
} Asked;

static Asked *asked_new(const Visit *visit)
{
    Asked *asked = g_new(Asked, 1);
    *asked = (Asked){visit->id, visit->version};
    return asked;
}

void on_visit_cancel(App *app, void *state)
{
    (void)state;
    const Visit *visit = shared_visit(app);
    if (visit != NULL)
        app_open(app, SCREEN_CANCEL, &(gint64){visit->id});
}

/* Whether one has begun to cancel the visit and not finished. */
static gboolean is_begun(App *app, const Visit *visit)
{
    g_autoptr(Draft) draft = draft_load(app_session(app), DRAFT_CANCELLATION, visit->id, NULL);
    return draft != NULL;
}

/* --- took place ------------------------------------------------------------------------------- */

static void record_done(App *app, const Asked *asked)
{
    VisitOutcome outcome;
    visit_outcome_init(&outcome);
    outcome.outcome = OUTCOME_DONE;
    g_autoptr(Visit) saved = NULL;
    GError *error = NULL;
    gboolean recorded =
        visit_record(app_session(app), asked->id, asked->version, &outcome, NULL, &saved, &error);
    visit_outcome_clear(&outcome);
    if (recorded) /* it would be offered for ever */
        draft_drop(app_session(app), CANCELLATION_DRAFT, asked->id, NULL);
    shared_resume_top(app);
    if (!recorded) {
        app_error(app, error);
        return;
    }
    char time[TIME_SIZE], key[KEY_NAME_SIZE];
    shared_find_visit(app, saved);
    app_say(app, STYLE_GOOD, _("%s %s: took place. %s takes it back."),
            time_format(saved->start, time), saved->client_name, shared_key(app, ACTION_UNDO, key));
}

static void done_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text;
    if (yes)
        record_done(app, data);
}

/* Why it should be asked first; NULL when it need not. New. */
static char *done_question(App *app, const Visit *visit)
{
    char date[DATE_SIZE];
    if (is_begun(app, visit))
        return g_strdup_printf(_("A cancellation has been begun for %s. Did the visit take place "
                                 "instead? What was answered is thrown away."),
                               visit->client_name);
    if (visit->outcome.outcome != OUTCOME_NONE)
        return g_strdup_printf(_("%s: the visit is recorded as “%s”. Shall it say that it took "
                                 "place instead? What was recorded is kept in the history."),
                               visit->client_name, outcome_words_name(&visit->outcome));
    if (visit->date > clock_today())
        return g_strdup_printf(_("%s: the visit is planned for %s. Did it take place already?"),
                               visit->client_name, date_format(visit->date, date));
    return NULL;
}

void on_visit_done(App *app, void *state)
{
    (void)state;
    const Visit *visit = shared_visit(app);
    if (visit == NULL)
        return;
    if (visit->outcome.outcome == OUTCOME_DONE) {
        app_say(app, STYLE_QUIET, _("It is already recorded that the visit took place."));
        return;
    }
    g_autofree char *question = done_question(app, visit);
    Asked *asked = asked_new(visit);
    if (question != NULL) {
        dialog_ask_owning(app, question, done_answered, asked, g_free);
        return;
    }
    record_done(app, asked);
    g_free(asked);
}

/* --- undo, redo ------------------------------------------------------------------------------- */

/* What one has recorded so lately oneself is taken back without a question. */
#define LATELY_MS (G_GINT64_CONSTANT(10) * 60 * 1000)

static void say_undone(App *app, const char *what, const Visit *restored)
{
    char key[KEY_NAME_SIZE];
    shared_key(app, ACTION_REDO, key);
    if (restored->kept > 0)
        app_say(app, STYLE_NOTICE,
                ngettext("Taken back: %s. %d visit agreed then is kept, as something has come "
                         "of it.",
                         "Taken back: %s. %d visits agreed then are kept, as something has come "
                         "of them.",
                         (gulong)restored->kept),
                what, restored->kept);
    else if (restored->outcome.outcome == OUTCOME_NONE)
        app_say(app, STYLE_GOOD,
                _("Taken back: %s. Nothing is recorded on the visit now. %s "
                  "records it again."),
                what, key);
    else
        app_say(app, STYLE_GOOD,
                _("Taken back: %s. The visit is recorded as “%s” again. %s records it anew."), what,
                outcome_words_name(&restored->outcome), key);
}

/* `what`: the visit and what is recorded on it, before. */
static gboolean undo(App *app, gint64 id, const char *what)
{
    g_autoptr(Visit) restored = NULL;
    GError *error = NULL;
    gboolean undone = visit_undo(app_session(app), id, &restored, &error);
    shared_resume_top(app);
    if (undone) {
        shared_find_visit(app, restored);
        say_undone(app, what, restored);
    } else {
        app_error(app, error);
    }
    return undone;
}

typedef struct {
    gint64 id;
    char *what;
} AskedUndo;

static void asked_undo_free(gpointer data)
{
    AskedUndo *asked = data;
    g_free(asked->what);
    g_free(asked);
}

static void undo_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text;
    const AskedUndo *asked = data;
    if (yes && undo(app, asked->id, asked->what)) {
        draft_drop(app_session(app), DRAFT_CANCELLATION, asked->id, NULL);
        shared_resume_top(app);
    }
}

/* Why it should be asked first; NULL when it need not. New. */
static char *undo_question(App *app, const Visit *visit, const char *what)
{
    if (is_begun(app, visit))
        return g_strdup_printf(_("A cancellation has been begun for %s. Take back what was "
                                 "recorded before it instead? What was answered is thrown away."),
                               visit->client_name);
    gboolean mine = visit->recorded_by == session_staff_id(app_session(app));
    if (visit->outcome.outcome == OUTCOME_NONE ||
        (mine && clock_now_ms() - visit->recorded_ms < LATELY_MS))
        return NULL;
    return g_strdup_printf(mine ? _("%s. You recorded it earlier. Take it back?")
                                : _("%s. A colleague recorded it. Take it back?"),
                           what);
}

void on_visit_undo(App *app, void *state)
{
    (void)state;
    const Visit *visit = shared_visit(app);
    if (visit == NULL)
        return;
    g_autofree char *what = visit_words_recorded(visit);
    g_autofree char *question = undo_question(app, visit, what);
    if (question == NULL) {
        undo(app, visit->id, what);
        return;
    }
    AskedUndo *asked = g_new(AskedUndo, 1);
    *asked = (AskedUndo){visit->id, g_steal_pointer(&what)};
    dialog_ask_owning(app, question, undo_answered, asked, asked_undo_free);
}

void on_visit_redo(App *app, void *state)
{
    (void)state;
    const Visit *visit = shared_visit(app);
    g_autoptr(Visit) redone = NULL;
    GError *error = NULL;
    if (visit == NULL)
        return;
    gboolean done = visit_redo(app_session(app), visit->id, &redone, &error);
    shared_resume_top(app);
    if (!done) {
        app_error(app, error);
        return;
    }
    char key[KEY_NAME_SIZE];
    g_autofree char *what = visit_words_recorded(redone);
    shared_find_visit(app, redone);
    app_say(app, STYLE_GOOD, _("Recorded again: %s. %s takes it back."), what,
            shared_key(app, ACTION_UNDO, key));
}

/* --- taking away, card, history --------------------------------------------------------------- */

static void remove_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text;
    const Asked *asked = data;
    if (!yes)
        return;
    GError *error = NULL;
    gboolean removed = visit_remove(app_session(app), asked->id, &error);
    shared_resume_top(app);
    if (removed)
        app_say(app, STYLE_GOOD, _("The planned visit is taken away. It stands in the log."));
    else
        app_error(app, error);
}

void on_remove_visit(App *app, void *state)
{
    (void)state;
    const Visit *visit = shared_visit(app);
    if (visit == NULL)
        return;
    char date[DATE_SIZE], time[TIME_SIZE];
    g_autofree char *question = g_strdup_printf(
        _("Take away the planned visit to %s, %s %s? Do so only if it was planned by mistake; a "
          "visit that is called off is recorded with its cause."),
        visit->client_name, date_format(visit->date, date), time_format(visit->start, time));
    if (visit->outcome.outcome != OUTCOME_NONE)
        app_say(app, STYLE_QUIET,
                _("The visit has an outcome and is kept. Only a planned one can be taken away."));
    else
        dialog_ask_owning(app, question, remove_answered, asked_new(visit), g_free);
}

void on_open_card(App *app, void *state)
{
    (void)state;
    gint64 id = shared_client(app);
    if (id != 0)
        open_client(app, id);
}

void on_visit_history(App *app, void *state)
{
    (void)state;
    const Visit *visit = shared_visit(app);
    if (visit != NULL)
        app_push(app, &screen_visit_history, &(gint64){visit->id});
}

void on_refresh(App *app, void *state)
{
    (void)state;
    shared_resume_top(app);
    if (app_message(app) == NULL)
        app_say(app, STYLE_QUIET, _("Fetched anew."));
}
