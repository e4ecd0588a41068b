/* visit_actions.c: what is done to the visit that the cursor is on, whichever screen shows it. */
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/unit/draft.h"
#include "care/visit/visit_add.h"
#include "care/visit/visit_record.h"
#include "ui/common/dialog.h"
#include "ui/common/screens.h"
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
        app_push(app, &screen_cancel, &(gint64){visit->id});
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
                               visit->client_name, outcome_name(visit->outcome.outcome));
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

/* --- undo ------------------------------------------------------------------------------------- */

static void say_undone(App *app, const Visit *restored)
{
    char time[TIME_SIZE];
    time_format(restored->start, time);
    if (restored->kept > 0)
        app_say(app, STYLE_NOTICE,
                ngettext("%s %s: taken back. %d visit agreed then is kept, as something has come "
                         "of it.",
                         "%s %s: taken back. %d visits agreed then are kept, as something has come "
                         "of them.",
                         (gulong)restored->kept),
                time, restored->client_name, restored->kept);
    else if (restored->outcome.outcome == OUTCOME_NONE)
        app_say(app, STYLE_GOOD, _("%s %s: taken back. The visit has no outcome now."), time,
                restored->client_name);
    else
        app_say(app, STYLE_GOOD, _("%s %s: taken back. The visit is recorded as “%s” again."), time,
                restored->client_name, outcome_name(restored->outcome.outcome));
}

static gboolean undo(App *app, gint64 id)
{
    g_autoptr(Visit) restored = NULL;
    GError *error = NULL;
    gboolean undone = visit_undo(app_session(app), id, &restored, &error);
    shared_resume_top(app);
    if (undone)
        say_undone(app, restored);
    else
        app_error(app, error);
    return undone;
}

static void undo_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text;
    const Asked *asked = data;
    if (yes && undo(app, asked->id)) {
        draft_drop(app_session(app), DRAFT_CANCELLATION, asked->id, NULL);
        shared_resume_top(app);
    }
}

void on_visit_undo(App *app, void *state)
{
    (void)state;
    const Visit *visit = shared_visit(app);
    if (visit == NULL)
        return;
    if (!is_begun(app, visit)) {
        undo(app, visit->id);
        return;
    }
    g_autofree char *question = g_strdup_printf(
        _("A cancellation has been begun for %s. Take back what was recorded before it instead? "
          "What was answered is thrown away."),
        visit->client_name);
    dialog_ask_owning(app, question, undo_answered, asked_new(visit), g_free);
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
        app_push(app, &screen_client, &id);
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
