/* at_risk.c: whom the unit may be about to lose, as lines, and what can be done about it. */
#include "care/visit/at_risk.h"

#include "base/i18n.h"
#include "care/client/client_words.h"
#include "cmd/plain/plain.h"
#include "exchange/risk_report.h"

static void make_task(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    gint64 task_id = 0;
    if (at_risk_make_task(plain->session, client_id, &task_id, &error))
        plain_say(plain, "%s", _("There is a task to get in touch."));
    plain_error(plain, error);
}

static void choose_what(Plain *plain, gint64 client_id)
{
    static const PlainEntry ENTRIES[] = {
        {N_("Open the card"), PERMIT_CLIENT_READ, plain_client},
        {N_("The plan's two questions"), PERMIT_WALK, plain_plan_of},
        {N_("Give the case officer the task to get in touch"), PERMIT_VISIT_RECORD, make_task},
    };
    plain_menu(plain, _("What? An empty line goes back."), ENTRIES, G_N_ELEMENTS(ENTRIES),
               client_id);
}

void plain_at_risk(Plain *plain)
{
    while (!plain->ended) {
        GError *error = NULL;
        gint64 closed = 0;
        g_autoptr(GPtrArray) rows = at_risk_list(plain->session, FALSE, &closed, &error);
        plain_error(plain, error);
        if (rows == NULL)
            return;
        g_autofree char *left_out = client_words_closed(closed);
        if (left_out != NULL)
            plain_say(plain, "%s", left_out);
        if (rows->len == 0) {
            plain_say(plain, "%s", _("There is nobody of whom that is so."));
            return;
        }
        g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
        for (guint i = 0; i < rows->len; i++)
            g_ptr_array_add(lines, risk_report_line(rows->pdata[i]));
        int index = plain_choose(plain, _("Whom? An empty line goes back."), lines);
        if (index < 0)
            return;
        choose_what(plain, ((const AtRisk *)rows->pdata[index])->client_id);
    }
}
