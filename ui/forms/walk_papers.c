/* walk_papers.c: a response on paper: which paper, how large, and where it is to lie; before
 * anything is written about a client with protected identity the user is asked. */
#include "exchange/walk_paper.h"

#include "base/i18n.h"
#include "base/paths.h"
#include "ui/common/choose.h"
#include "ui/common/dialog.h"
#include "ui/forms/walk_state_private.h"

/* A wish goes through the boxes as one number: the paper's place * LARGE + whether in large print.
 */
enum { LARGE = 2 };

/* The walk that the overview on top shows; NULL when something else is there by now. */
static const Walk *walk_on_top(App *app)
{
    return app_top(app) == &screen_overview ? overview_walk(app_top_state(app)) : NULL;
}

/* The papers of the walk on top, where the one that is wished for is still among them; else NULL.
 * New. */
static GPtrArray *papers_with(App *app, gpointer wish, const WalkPaper **paper)
{
    const guint place = (guint)GPOINTER_TO_INT(wish) / LARGE;
    const Walk *walk = walk_on_top(app);
    g_autoptr(GPtrArray) papers = walk != NULL ? walk_papers(walk) : NULL;
    if (papers == NULL || place >= papers->len)
        return NULL;
    *paper = papers->pdata[place];
    return g_steal_pointer(&papers);
}

static void path_answered(App *app, gboolean yes, const char *text, gpointer wish)
{
    const WalkPaper *paper;
    g_autoptr(GPtrArray) papers = yes ? papers_with(app, wish, &paper) : NULL;
    if (papers == NULL)
        return;
    GError *error = NULL;
    g_autofree char *path = paths_typed(text);
    if (walk_paper_write(app_session(app), walk_on_top(app), paper,
                         GPOINTER_TO_INT(wish) % LARGE != 0, path, &error))
        app_say(app, STYLE_GOOD, _("The paper lies in %s."), path);
    else
        app_error(app, error);
}

static void ask_path(App *app, gboolean yes, const char *text, gpointer wish)
{
    const WalkPaper *paper;
    g_autoptr(GPtrArray) papers = yes ? papers_with(app, wish, &paper) : NULL;
    (void)text;
    if (papers == NULL)
        return;
    g_autofree char *path = walk_paper_path(walk_on_top(app), paper);
    dialog_prompt(app, _("Where shall the paper lie? The name of a new file."), path, path_answered,
                  wish);
}

static void size_chosen(App *app, gint64 large, gint64 place)
{
    const Walk *walk = walk_on_top(app);
    gpointer wish = GINT_TO_POINTER((int)(place * LARGE + large));
    if (walk == NULL)
        return;
    g_autofree char *doubt = walk_paper_doubt(app_session(app), walk);
    if (doubt != NULL)
        dialog_ask(app, doubt, ask_path, wish);
    else
        ask_path(app, TRUE, NULL, wish);
}

static void paper_chosen(App *app, gint64 place, gint64 unused)
{
    (void)unused;
    Choose *choose = choose_new(_("In which size?"), size_chosen, place);
    choose_add(choose, 0, _("Ordinary print"));
    choose_add(choose, 1, _("Large print"));
    choose_ask(app, choose);
}

void on_overview_papers(App *app, void *state)
{
    g_autoptr(GPtrArray) papers = walk_papers(overview_walk(state));
    if (papers->len == 1) {
        paper_chosen(app, 0, 0);
        return;
    }
    Choose *choose = choose_new(_("Which paper?"), paper_chosen, 0);
    for (guint i = 0; i < papers->len; i++)
        choose_add(choose, i, ((const WalkPaper *)papers->pdata[i])->label);
    choose_ask(app, choose);
}
