/* answer.c: one answer of a walk, as it was typed: understood, saved, and said to be. */
#include "cmd/plain/walk.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/client/client.h"
#include "care/completion/completion_double.h"

#include <string.h>

enum { LISTENED_COLUMNS = 60 };

/* Cut to what can be listened to, as one line. New. */
static char *shortened_to_hear(const char *text)
{
    g_autofree char *line = text_display(text);
    return text_truncate(line, LISTENED_COLUMNS);
}

void plain_walk_say_saved(PlainWalker *walker, const char *what)
{
    char time[9];
    clock_local(walk_saved_ms(walker->walk), time);
    g_autofree char *shortened = what != NULL ? shortened_to_hear(what) : NULL;
    if (shortened != NULL && *shortened != '\0')
        plain_say(walker->plain, _("%s (saved %s)"), shortened, time);
    else
        plain_say(walker->plain, _("Saved %s."), time);
}

/* Whoever an intake may be about already. */
static void ask_double(PlainWalker *walker)
{
    Plain *plain = walker->plain;
    GError *error = NULL;
    if (walk_response(walker->walk)->client_id != 0)
        return;
    ClientRow *found = completion_find_double(plain->session, walk_form(walker->walk),
                                              walk_answers(walker->walk), &error);
    plain_error(plain, error);
    if (found == NULL || found->id == walker->other_person) {
        g_clear_pointer(&found, client_row_free);
        return;
    }
    if (found->name == NULL) {
        walker->other_person = found->id;
        plain_say(plain, "%s", completion_double_hidden());
        client_row_free(found);
        return;
    }
    char date[DATE_SIZE];
    g_autofree char *question =
        found->birth_date != DATE_NONE
            ? g_strdup_printf(
                  _("There is a client already called %s, born %s. Is it the same person?"),
                  found->name, date_format(found->birth_date, date))
            : g_strdup_printf(_("There is a client already called %s. Is it the same person?"),
                              found->name);
    error = NULL;
    if (!plain_yes(plain, question))
        walker->other_person = plain->ended ? 0 : found->id;
    else if (walk_set_client(walker->walk, plain->session, found->id, &error))
        plain_say(plain, "%s", _("The form belongs to that client now. Nothing is made twice."));
    plain_error(plain, error);
    client_row_free(found);
}

static gboolean names_person(const FormItem *item)
{
    static const char *const NAMES[] = {"client.name", "client.id_number", "client.birth_date"};
    for (gsize i = 0; i < G_N_ELEMENTS(NAMES); i++)
        if (g_strcmp0(item->maps_to, NAMES[i]) == 0)
            return TRUE;
    return FALSE;
}

void plain_walk_forward(PlainWalker *walker)
{
    GError *error = NULL;
    walk_forward(walker->walk, walker->plain->session, &error);
    plain_error(walker->plain, error);
}

static void saved_and_on(PlainWalker *walker)
{
    const FormItem *item = walk_step(walker->walk)->item;
    g_autofree char *value = walk_value_text(walker->walk, item, walk_answer_here(walker->walk));
    plain_walk_say_saved(walker, value);
    if (names_person(item))
        ask_double(walker);
    plain_walk_forward(walker);
}

gboolean plain_walk_answer(PlainWalker *walker, const char *value, const char *reason)
{
    Plain *plain = walker->plain;
    GError *error = NULL;
    g_autofree char *sentence = NULL, *held = g_strdup(value);
    WalkResult result = walk_answer(walker->walk, plain->session, held, reason, &sentence, &error);
    g_clear_pointer(&walker->doubtful, g_free);
    if (result == WALK_SAVED) {
        saved_and_on(walker);
    } else if (result == WALK_DOUBTFUL) {
        walker->doubtful = g_steal_pointer(&held);
        plain_say(plain, "%s", sentence);
        plain_say(plain, _("Answer again, or write .%s and why it is right all the same."),
                  plain_word("reason"));
    } else if (result == WALK_REFUSED) {
        plain_refuse(plain, "%s", sentence);
    }
    plain_error(plain, error);
    return result == WALK_SAVED;
}

/* Of an open choice "m, o =own words" is understood here: what stands before the sign are choices,
 * what comes after it the person's words. Where those before are none all of it is words, as it is
 * to flow_parse(), which knows no sign. New; NULL when it is not understood. */
static char *typed_value(const PlainWalker *walker, const FormItem *item, const char *typed)
{
    const Flow *flow = walk_flow(walker->walk);
    const char *sign = item->type == ITEM_OPEN_CHOICE ? strchr(typed, '=') : NULL;
    if (sign == NULL)
        return flow_parse(flow, item, typed);
    g_autofree char *words = g_strstrip(g_strdup(sign + 1));
    g_autofree char *before = g_strndup(typed, (gsize)(sign - typed));
    for (gsize length = strlen(before); length > 0 && strchr(",; ", before[length - 1]) != NULL;
         length--)
        before[length - 1] = '\0';
    if (*words == '\0')
        return NULL;
    if (*before == '\0')
        return g_strconcat("=", words, NULL);
    g_autofree char *codes = item->repeats ? flow_parse(flow, item, before) : NULL;
    return codes != NULL && strchr(codes, '=') == NULL ? g_strconcat(codes, " =", words, NULL)
                                                       : flow_parse(flow, item, typed);
}

/* The name that stands at the number in the list that was read out. New; NULL: it is no number of
 * one. */
static char *candidate_typed(const PlainWalker *walker, const char *typed)
{
    guint64 place;
    g_autoptr(GPtrArray) names = flow_candidates(walk_flow(walker->walk), walk_step(walker->walk));
    g_autofree char *number = g_strstrip(g_strdup(typed));
    return names->len > 0 && g_ascii_string_to_unsigned(number, 10, 1, names->len, &place, NULL)
               ? g_strdup(names->pdata[place - 1])
               : NULL;
}

void plain_walk_answer_typed(PlainWalker *walker, const char *typed)
{
    const FormItem *item = walk_step(walker->walk)->item;
    g_autofree char *value = candidate_typed(walker, typed);
    if (value == NULL)
        value = typed_value(walker, item, typed);
    g_autofree char *sentence = NULL;
    if (value != NULL) {
        plain_walk_answer(walker, value, NULL);
        return;
    }
    /* What is not understood is no stored answer either, and the check says what would be. */
    flow_check(walk_flow(walker->walk), item, walk_step(walker->walk)->instance, typed, &sentence);
    plain_refuse(walker->plain, "%s",
                 sentence != NULL
                     ? sentence
                     : _("That was not understood as an answer. Write it another way."));
}
