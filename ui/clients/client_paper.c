/* client_paper.c: a client's visits on paper, from the card. */
#include "base/apart.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "exchange/visits_pdf.h"
#include "ui/clients/client_private.h"
#include "ui/common/dialog.h"
#include "ui/common/export_ask.h"

/* Drawing a page takes several megabytes of libraries and fonts: this is done apart. */
typedef struct {
    const VisitsPaper *paper;
    const char *path;
} PaperOrder;

static gboolean write_paper(gpointer data, GError **error)
{
    const PaperOrder *order = data;
    return visits_paper_write(order->paper, order->path, FALSE, error);
}

static void paper_named(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)data;
    GError *error = NULL;
    if (!yes || !app_shows(app, SCREEN_CLIENT))
        return;
    const VisitsPaperOrder of = {.client_id = ((const ClientState *)app_top_state(app))->id,
                                 .from = DATE_NONE,
                                 .to = DATE_NONE,
                                 .words = TRUE};
    g_autofree char *path = paths_typed(text);
    g_autoptr(VisitsPaper) paper = visits_paper_new(app_session(app), &of, &error);
    const PaperOrder order = {paper, path};
    if (paper != NULL && visits_paper_log(paper, app_session(app), &error) &&
        apart_run(write_paper, (gpointer)&order, &error))
        app_say(app, STYLE_GOOD, _("The paper lies in %s."), path);
    else
        app_error(app, error);
}

static void ask_name(App *app, gboolean yes, const char *text, gpointer data)
{
    (void)text, (void)data;
    if (yes)
        export_ask_paper(app, export_what_code(EXPORT_VISITS), paper_named);
}

void on_client_paper(App *app, void *data)
{
    const ClientState *state = data;
    if (state->client != NULL && state->client->protection != PROTECTION_NONE)
        dialog_ask(app,
                   _("The client has protected identity. A paper can be read by whoever finds it. "
                     "Write it all the same?"),
                   ask_name, NULL);
    else
        ask_name(app, TRUE, NULL, NULL);
}
