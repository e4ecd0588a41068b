/* proposal.c: what stands at home and what came from a laptop, in lines: which holds. */
#include "care/laptop/laptop_proposal.h"

#include "base/i18n.h"
#include "cmd/plain/plain.h"

static void say_side(Plain *plain, const char *side, const char *says)
{
    plain_say(plain, "  %s: %s", side, *says != '\0' ? says : "–");
}

static void say_rows(Plain *plain, const GPtrArray *rows)
{
    for (guint i = 0; i < rows->len; i++) {
        const ProposalRow *row = rows->pdata[i];
        if (!row->differs) {
            plain_say(plain, _("%s, the same on both: %s"), row->label, row->home);
            continue;
        }
        plain_say(plain, "%s", row->label);
        say_side(plain, C_("proposal", "At home"), row->home);
        say_side(plain, C_("proposal", "From the laptop"), row->laptop);
    }
}

static void choose(Plain *plain, gint64 id)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) lines = g_ptr_array_new();
    g_ptr_array_add(lines, (gpointer)_("What stands at home"));
    g_ptr_array_add(lines, (gpointer)_("What came from the laptop"));
    const int chosen = plain_choose(plain, _("Which holds? An empty line goes back."), lines);
    if (chosen < 0)
        return;
    if (proposal_settle(plain->session, id, chosen == 1, &error))
        plain_say(plain, "%s", proposal_settled_words(chosen == 1));
    plain_error(plain, error);
}

void plain_proposal(Plain *plain, gint64 id)
{
    GError *error = NULL;
    g_autoptr(Proposal) proposal = proposal_get(plain->session, id, &error);
    g_autoptr(GPtrArray) rows =
        proposal != NULL ? proposal_rows(plain->session, proposal, &error) : NULL;
    plain_error(plain, error);
    if (rows == NULL)
        return;
    g_autofree char *head = proposal_head(plain->session, proposal);
    plain_say(plain, "%s", head);
    say_rows(plain, rows);
    choose(plain, id);
}
