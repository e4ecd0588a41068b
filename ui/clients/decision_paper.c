/* decision_paper.c: what the support rests on, on paper, from the list: a decision for the person
 * it is about; an order, or that a plan is late, for the one who carries it out. */
#include "base/apart.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "care/client/client_rows.h"
#include "exchange/decision_notice.h"
#include "exchange/order_paper.h"
#include "ui/common/dialog.h"
#include "ui/common/export_ask.h"
#include "ui/common/screens.h"
#include "ui/common/shared.h"

/* Drawing a page takes several megabytes of libraries and fonts: this is done apart. */
typedef struct {
    const DecisionNotice *notice;
    const OrderPaper *paper;
    const char *path;
} PaperJob;

static gboolean write_notice(gpointer data, GError **error)
{
    const PaperJob *job = data;
    return decision_notice_write(job->notice, FALSE, job->path, error);
}

static gboolean write_order(gpointer data, GError **error)
{
    const PaperJob *job = data;
    return order_paper_write(job->paper, FALSE, job->path, error);
}

/* Whether the cursor is on something that can be on paper, after saying that it is not. */
static gboolean has_paper(App *app)
{
    const Subject subject = app_subject(app);
    if (subject.kind == SUBJECT_DECISION || subject.kind == SUBJECT_ORDER ||
        (subject.kind == SUBJECT_IMPLEMENTATION &&
         implementation_is_late(subject.row, clock_today())))
        return TRUE;
    app_say(app, STYLE_QUIET, "%s",
            subject.kind == SUBJECT_IMPLEMENTATION
                ? _("The letter is about a plan that is late. This one is not.")
                : _("There is no paper about this. Choose a decision, an order or a plan that is "
                    "late."));
    return FALSE;
}

static gboolean put_decision(App *app, const Decision *decision, const char *path, GError **error)
{
    g_autoptr(DecisionNotice) notice =
        decision_notice_new(app_session(app), decision->client_id, decision->id, error);
    const PaperJob job = {.notice = notice, .path = path};
    return notice != NULL && decision_notice_log(notice, app_session(app), error) &&
           apart_run(write_notice, (gpointer)&job, error);
}

static gboolean put_order(App *app, OrderPaper *made, const char *path, GError **error)
{
    g_autoptr(OrderPaper) paper = made;
    const PaperJob job = {.paper = paper, .path = path};
    return paper != NULL && order_paper_log(paper, app_session(app), error) &&
           apart_run(write_order, (gpointer)&job, error);
}

/* The letter lies there: that the provider is told is noted. */
static gboolean put_letter(App *app, gint64 plan_id, const char *path, GError **error)
{
    return put_order(app, order_paper_late(app_session(app), plan_id, error), path, error) &&
           implementation_tell_late(app_session(app), plan_id, error);
}

static gboolean put_at_hand(App *app, const Subject *subject, const char *path, GError **error)
{
    if (subject->kind == SUBJECT_DECISION)
        return put_decision(app, subject->row, path, error);
    if (subject->kind == SUBJECT_IMPLEMENTATION)
        return put_letter(app, ((const Implementation *)subject->row)->id, path, error);
    return put_order(
        app, order_paper_new(app_session(app), ((const CareOrder *)subject->row)->id, error), path,
        error);
}

static void paper_named(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    GError *error = NULL;
    if (!yes || !app_shows(app, SCREEN_CONSENTS) || !has_paper(app))
        return;
    const Subject subject = app_subject(app);
    g_autofree char *path = paths_typed(text);
    if (put_at_hand(app, &subject, path, &error)) {
        shared_resume_top(app);
        app_say(app, STYLE_GOOD, _("The paper lies in %s."), path);
    } else {
        app_error(app, error);
    }
}

static void ask_name(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text, (void)data;
    if (yes)
        export_ask_paper(app,
                         app_subject(app).kind == SUBJECT_DECISION ? C_("file", "decision")
                         : app_subject(app).kind == SUBJECT_ORDER  ? C_("file", "order")
                                                                   : C_("file", "late-plan"),
                         paper_named);
}

void on_decision_paper(App *app, void *data)
{
    (void)data;
    GError *error = NULL;
    if (!has_paper(app))
        return;
    ClientRow *client = client_glance(app_session(app), app_subject(app).client_id, &error);
    if (client == NULL) {
        app_error(app, error);
        return;
    }
    const gboolean hidden = client->protection != PROTECTION_NONE;
    client_row_free(client);
    if (hidden)
        dialog_ask(app,
                   _("The client has protected identity. A paper can be read by whoever finds it. "
                     "Write it all the same?"),
                   ask_name, NULL);
    else
        ask_name(app, TRUE, NULL, NULL);
}
