/* decision_paper.c: a decision on paper for the person it is about, from the list of what the support
 * rests on. */
#include "base/apart.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "care/client/client_rows.h"
#include "exchange/decision_notice.h"
#include "ui/common/dialog.h"
#include "ui/common/export_ask.h"
#include "ui/common/screens.h"

/* Drawing a page takes several megabytes of libraries and fonts: this is done apart. */
typedef struct {
    const DecisionNotice *notice;
    const char *path;
} NoticeOrder;

static gboolean write_notice(gpointer data, GError **error)
{
    const NoticeOrder *order = data;
    return decision_notice_write(order->notice, FALSE, order->path, error);
}

/* The one that the cursor is on; NULL after saying that it is on none. */
static const Decision *at_hand(App *app)
{
    const Subject subject = app_subject(app);
    if (subject.kind == SUBJECT_DECISION)
        return subject.row;
    app_say(app, STYLE_QUIET, "%s", _("This is no decision. Choose a decision."));
    return NULL;
}

static void notice_named(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    GError *error = NULL;
    const Decision *decision = yes && app_shows(app, SCREEN_CONSENTS) ? at_hand(app) : NULL;
    if (decision == NULL)
        return;
    g_autofree char *path = paths_typed(text);
    g_autoptr(DecisionNotice) notice =
        decision_notice_new(app_session(app), decision->client_id, decision->id, &error);
    const NoticeOrder order = {notice, path};
    if (notice != NULL && decision_notice_log(notice, app_session(app), &error) &&
        apart_run(write_notice, (gpointer)&order, &error))
        app_say(app, STYLE_GOOD, _("The paper lies in %s."), path);
    else
        app_error(app, error);
}

static void ask_name(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text, (void)data;
    if (yes)
        export_ask_paper(app, "decision", notice_named);
}

void on_decision_paper(App *app, void *data)
{
    (void)data;
    GError *error = NULL;
    const Decision *decision = at_hand(app);
    if (decision == NULL)
        return;
    ClientRow *client = client_glance(app_session(app), decision->client_id, &error);
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
