/* doubles.c: two cards of one person as lines: found, looked at side by side, merged, and two again. */
#include "cmd/plain/plain.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client_doubles.h"
#include "care/client/client_merge.h"

/* --- merging ---------------------------------------------------------------------------------- */

/* Where they differ: which of the two. FALSE at the end of input or an empty line. */
static gboolean ask_field(Plain *plain, const ClientRows *names, Client *const card[2],
                          MergeField field, guint *taken)
{
    g_autofree char *one = client_merge_words(names, card[0], field);
    g_autofree char *other = client_merge_words(names, card[1], field);
    g_autoptr(GPtrArray) lines = g_ptr_array_new();
    g_autofree char *question =
        g_strdup_printf(_("%s: which is kept? An empty line goes back without merging."),
                        client_merge_field_name(field));
    g_ptr_array_add(lines, one);
    g_ptr_array_add(lines, other);
    const int chosen = plain_choose(plain, question, lines);
    if (chosen == 1)
        *taken |= MERGE_BIT(field);
    return chosen >= 0;
}

static gboolean ask_fields(Plain *plain, Client *const card[2], guint *taken)
{
    GError *error = NULL;
    ClientRows names = {0};
    const guint differing = client_merge_differing(card[0], card[1]);
    const guint proposed = client_merge_proposed(card[0], card[1]);
    gboolean goes_on = client_rows_init(plain->session, &names, card[0], &error);
    plain_error(plain, error);
    *taken = proposed;
    for (MergeField field = 0; goes_on && field < MERGE_FIELD_COUNT; field++)
        if ((differing & ~proposed & MERGE_BIT(field)) != 0)
            goes_on = ask_field(plain, &names, card, field, taken);
    client_rows_clear(&names);
    return goes_on;
}

static void merge(Plain *plain, const Doubles *doubles)
{
    GError *error = NULL;
    gint64 merge_id = 0;
    guint taken = 0;
    g_autoptr(Client) kept = client_open(plain->session, doubles->row[0]->id, &error);
    g_autoptr(Client) closed =
        kept != NULL ? client_open(plain->session, doubles->row[1]->id, &error) : NULL;
    Client *const card[2] = {kept, closed};
    plain_error(plain, error);
    error = NULL;
    if (closed == NULL || !ask_fields(plain, card, &taken))
        return;
    g_autofree char *question = g_strdup_printf(
        _("Are %s and %s the same person? Then the cards become one, and the log says so."),
        kept->name, closed->name);
    if (!plain_yes(plain, question))
        return;
    if (client_merge(plain->session, kept->id, closed->id, taken, &merge_id, &error))
        plain_say(plain, "%s", _("The two cards are one now. It can be undone from the card."));
    plain_error(plain, error);
}

static void look_at(Plain *plain, const Doubles *doubles)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) acts = g_ptr_array_new();
    g_ptr_array_add(acts, (gpointer)_("Look at both and merge them"));
    g_ptr_array_add(acts, (gpointer)_("They are two persons"));
    const int act = plain_choose(plain, _("What is to be done?"), acts);
    if (act == 0)
        merge(plain, doubles);
    if (act == 1 &&
        client_say_apart(plain->session, doubles->row[0]->id, doubles->row[1]->id, &error))
        plain_say(plain, "%s", _("Noted: they are two persons, and are not shown here again."));
    plain_error(plain, error);
}

void plain_doubles(Plain *plain, gint64 unused)
{
    (void)unused;
    GError *error = NULL;
    g_autoptr(GPtrArray) all = client_doubles(plain->session, &error);
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    plain_error(plain, error);
    for (guint i = 0; all != NULL && i < all->len; i++) {
        const Doubles *one = all->pdata[i];
        g_ptr_array_add(lines, g_strdup_printf(_("%s and %s: %s"), one->row[0]->name,
                                               one->row[1]->name, double_why_words(one->why)));
    }
    if (all == NULL)
        return;
    if (all->len == 0) {
        plain_say(plain, "%s", _("Nobody seems to have two cards."));
        return;
    }
    const int chosen = plain_choose(plain, _("Which two? An empty line goes back."), lines);
    if (chosen >= 0)
        look_at(plain, all->pdata[chosen]);
}

/* --- two again -------------------------------------------------------------------------------- */

/* The latest stands first. */
static int choose_merge(Plain *plain, const GPtrArray *merges)
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < merges->len; i++) {
        const ClientMerge *merge = merges->pdata[i];
        g_autofree char *when = clock_text(merge->merged_ms);
        g_ptr_array_add(lines, g_strdup_printf(_("%s, merged %s"), merge->closed->name, when));
    }
    return plain_choose(plain, _("Which card is to be its own again? An empty line goes back."), lines);
}

void plain_unmerge(Plain *plain, gint64 client_id)
{
    GError *error = NULL;
    gint64 stayed = 0;
    g_autoptr(GPtrArray) merges = client_merges(plain->session, client_id, &error);
    plain_error(plain, error);
    if (merges == NULL)
        return;
    if (merges->len == 0) {
        plain_say(plain, "%s", _("No other card has been merged into this client's."));
        return;
    }
    const int which = merges->len > 1 ? choose_merge(plain, merges) : 0;
    if (which < 0)
        return;
    const ClientMerge *merge = merges->pdata[which];
    g_autofree char *question = g_strdup_printf(
        _("Are the cards to be two again? %s gets back all that came from there; what has been noted "
          "since stays here."),
        merge->closed->name);
    error = NULL;
    if (!plain_yes(plain, question))
        return;
    if (client_merge_undo(plain->session, merge->id, &stayed, &error)) {
        g_autofree char *words = client_merge_stayed_words(stayed);
        g_clear_pointer(&plain->card, client_free);
        plain_say(plain, "%s", words);
    }
    plain_error(plain, error);
}
