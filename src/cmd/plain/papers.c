/* papers.c: a response on paper: which paper, how large, and where it is to lie. */
#include "cmd/plain/walk.h"

#include "base/i18n.h"
#include "base/paths.h"
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
    g_autofree char *prompt = g_strdup_printf(
        _("Where shall the paper lie? The name of a new file; an empty line takes %s:"), proposed);
    g_autofree char *typed = plain_read(plain, prompt);
    if (typed == NULL)
        return;
    g_autofree char *path = paths_typed(typed[0] != '\0' ? typed : proposed);
    if (walk_paper_write(plain->session, walk, paper, large, path, &error))
        plain_say(plain, _("The paper lies in %s."), path);
    plain_error(plain, error);
}
