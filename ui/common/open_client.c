/* open_client.c: a client's card, with the reason where it takes one. */
#include "ui/common/open_client.h"

#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/client/client_reason.h"
#include "care/unit/draft_rows.h"
#include "ui/common/choose.h"
#include "ui/common/dialog.h"

static void ask_words(App *app, gint64 client_id);

static void give(App *app, gint64 client_id, Reason reason, const char *words)
{
    GError *error = NULL;
    if (client_give_reason(app_session(app), client_id, reason, words, &error)) {
        if (reason == REASON_OTHER &&
            !draft_drop(app_session(app), DRAFT_REASON, client_id, &error))
            app_error(app, error);
        app_open(app, SCREEN_CLIENT, &client_id);
        return;
    }
    if (reason == REASON_OTHER)
        ask_words(app, client_id);
    app_error(app, error);
}

static void worded(App *app, gboolean yes, const char *text, gpointer data)
{
    if (yes)
        give(app, *(const gint64 *)data, REASON_OTHER, text);
}

/* What was typed stands there again when it cannot be taken. */
static void ask_words(App *app, gint64 client_id)
{
    dialog_write_owning(app, _("Why do you need to open the card today?"), DRAFT_REASON, client_id,
                        worded, g_memdup2(&client_id, sizeof client_id), g_free);
}

static void chosen(App *app, gint64 reason, gint64 client_id)
{
    if (reason == REASON_OTHER)
        ask_words(app, client_id);
    else
        give(app, client_id, (Reason)reason, NULL);
}

void open_client(App *app, gint64 client_id)
{
    if (!client_by_reason(app_session(app), client_id)) {
        app_open(app, SCREEN_CLIENT, &client_id);
        return;
    }
    Choose *choose = choose_new(_("A colleague's client: why do you need the card today?"), chosen,
                                client_id);
    for (Reason reason = 0; reason < REASON_COUNT; reason++)
        choose_add(choose, reason, reason_name(reason));
    choose_ask(app, choose);
}
