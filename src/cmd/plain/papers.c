/* papers.c: a response on paper: which paper, how large, and where it is to lie; a client's visits
 * and a decision on paper. */
#include "cmd/plain/plain.h"
#include "cmd/plain/walk.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/paths.h"
#include "exchange/client_log_file.h"
#include "exchange/decision_notice.h"
#include "exchange/head_pdf.h"
#include "exchange/order_paper.h"
#include "exchange/visits_pdf.h"
#include "exchange/walk_paper.h"

/* NULL: an empty line, or the end of input. */
static const WalkPaper *choose_paper(Plain *plain, const GPtrArray *papers)
{
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    if (papers->len == 1)
        return papers->pdata[0];
    for (guint i = 0; i < papers->len; i++)
        g_ptr_array_add(labels, ((const WalkPaper *)papers->pdata[i])->label);
    int index = plain_choose(plain, _("Which paper? An empty line goes back."), labels);
    return index >= 0 ? papers->pdata[index] : NULL;
}

/* FALSE: an empty line, or the end of input. */
static gboolean choose_size(Plain *plain, gboolean *large)
{
    g_autoptr(GPtrArray) sizes = g_ptr_array_new();
    g_ptr_array_add(sizes, (char *)_("Ordinary print"));
    g_ptr_array_add(sizes, (char *)_("Large print"));
    int index = plain_choose(plain, _("In which size? An empty line goes back."), sizes);
    *large = index == 1;
    return index >= 0;
}

/* NULL at the end of input. New. */
static char *ask_path(Plain *plain, const char *proposed)
{
    g_autofree char *prompt = g_strdup_printf(
        _("Where shall the paper lie? The name of a new file; an empty line takes %s:"), proposed);
    g_autofree char *typed = plain_read(plain, prompt);
    return typed != NULL ? paths_typed(typed[0] != '\0' ? typed : proposed) : NULL;
}

void plain_walk_paper(Plain *plain, const Walk *walk)
{
    GError *error = NULL;
    gboolean large;
    g_autoptr(GPtrArray) papers = walk_papers(walk);
    const WalkPaper *paper = choose_paper(plain, papers);
    if (paper == NULL || !choose_size(plain, &large))
        return;
    g_autofree char *doubt = walk_paper_doubt(plain->session, walk);
    if (doubt != NULL && !plain_yes(plain, doubt))
        return;
    g_autofree char *proposed = walk_paper_path(walk, paper);
    g_autofree char *path = ask_path(plain, proposed);
    if (path == NULL)
        return;
    if (walk_paper_write(plain->session, walk, paper, large, path, &error))
        plain_say(plain, _("The paper lies in %s."), path);
    plain_error(plain, error);
}

char *plain_paper_path(Plain *plain, const char *name)
{
    char date[DATE_SIZE];
    g_autofree char *file = g_strdup_printf("%s-%s.pdf", name, date_format(clock_today(), date));
    g_autofree char *proposed = g_build_filename(g_get_home_dir(), file, NULL);
    return ask_path(plain, proposed);
}

/* Of protected identity after asking. */
static gboolean may_be_written(Plain *plain, gint64 client_id)
{
    const Client *client = plain_open_card(plain, client_id);
    return client != NULL &&
           (client->protection == PROTECTION_NONE ||
            plain_yes(plain, _("The client has protected identity. A paper can be read by whoever "
                               "finds it. Write it all the same?")));
}

void plain_decision_paper(Plain *plain, const Decision *decision)
{
    GError *error = NULL;
    g_autofree char *path = may_be_written(plain, decision->client_id)
                                ? plain_paper_path(plain, C_("file", "decision"))
                                : NULL;
    if (path == NULL)
        return;
    g_autoptr(DecisionNotice) notice =
        decision_notice_new(plain->session, decision->client_id, decision->id, &error);
    if (notice != NULL && decision_notice_log(notice, plain->session, &error) &&
        decision_notice_write(notice, FALSE, path, &error))
        plain_say(plain, _("The paper lies in %s."), path);
    plain_error(plain, error);
}

void plain_order_paper(Plain *plain, gint64 client_id, gint64 id, gboolean late)
{
    GError *error = NULL;
    g_autofree char *path =
        may_be_written(plain, client_id)
            ? plain_paper_path(plain, late ? C_("file", "late-plan") : C_("file", "order"))
            : NULL;
    if (path == NULL)
        return;
    g_autoptr(OrderPaper) paper = late ? order_paper_late(plain->session, id, &error)
                                       : order_paper_new(plain->session, id, &error);
    if (paper != NULL && order_paper_log(paper, plain->session, &error) &&
        order_paper_write(paper, FALSE, path, &error) &&
        (!late || implementation_tell_late(plain->session, id, &error)))
        plain_say(plain, _("The paper lies in %s."), path);
    plain_error(plain, error);
}

void plain_visits_paper(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    const VisitsPaperOrder of = {
        .client_id = client_id, .from = DATE_NONE, .to = DATE_NONE, .words = TRUE};
    g_autofree char *path =
        may_be_written(plain, client_id) ? plain_paper_path(plain, "visits") : NULL;
    if (path == NULL)
        return;
    g_autoptr(VisitsPaper) paper = visits_paper_new(plain->session, &of, &error);
    if (paper != NULL && visits_paper_log(paper, plain->session, &error) &&
        visits_paper_write(paper, path, FALSE, &error))
        plain_say(plain, _("The paper lies in %s."), path);
    plain_error(plain, error);
}

void plain_client_log_file(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    int entries = 0;
    g_autofree char *path =
        may_be_written(plain, client_id) ? plain_paper_path(plain, _("log")) : NULL;
    if (path == NULL)
        return;
    if (client_log_write(plain->session, client_id, path, &entries, &error))
        plain_say(plain,
                  ngettext("%d entry of the log is in %s. Nobody is named there but the client.",
                           "%d entries of the log are in %s. Nobody is named there but the client.",
                           (gulong)entries),
                  entries, path);
    plain_error(plain, error);
}

void plain_head_paper(Plain *plain, gint64 unused)
{
    (void)unused;
    GError *error = NULL;
    g_autofree char *path = plain_paper_path(plain, _("code")), *code = NULL;
    if (path == NULL)
        return;
    if (head_paper_write(plain->session, path, &code, &error))
        plain_say(plain, _("The log's code %s lies in %s. Keep it printed, outside."), code, path);
    plain_error(plain, error);
}
