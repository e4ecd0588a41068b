/* walk_doubt.c: what makes an answer doubtful beside the form's own warnings, whatever the form: it
 * closes the card to colleagues, or says otherwise than the card does. */
#include "care/response/walk_private.h"

#include "base/i18n.h"
#include "care/completion/completion_card.h"
#include "care/response/response_answers_private.h"

/* A correction may itself have been corrected. */
static void learn_versions(Walk *walk, Session *session)
{
    gint64 id = walk->response->id;
    walk->versions = g_array_new(FALSE, FALSE, sizeof id);
    while (id != 0) {
        g_array_append_val(walk->versions, id);
        if (!db_get_int(session_db(session), "SELECT corrects_id FROM response WHERE id = :id",
                        DB_PARAMS(DB_INT("id", id)), 0, &id, NULL))
            return;
    }
}

void walk_learn_corrected(Walk *walk, Session *session)
{
    const Response *response = walk->response;
    learn_versions(walk, session);
    if (response->corrects_id == 0)
        return;
    walk->corrected = response_read_answers(session, response->corrects_id, NULL);
    if (response->client_id != 0)
        walk->disputes = dispute_of_client(session, response->client_id, NULL);
}

/* What the corrected response answered; NULL: it was not answered, or nothing is corrected. */
static const char *value_corrected(const Walk *walk, const FormItem *item, const char *instance)
{
    const Answer *answer =
        walk->corrected != NULL ? answers_get(walk->corrected, item->link_id, instance) : NULL;
    return answer != NULL && answer->kind == ANSWER_VALUE ? answer->value : NULL;
}

/* From here on nobody but those named sees the form and the card. */
static char *closes(const Walk *walk, const FormItem *item, const char *value)
{
    Protection to = g_strcmp0(item->maps_to, "client.protection") == 0 ? protection_parse(value)
                                                                       : PROTECTION_NONE;
    if (to == PROTECTION_NONE || (walk->card != NULL && walk->card->protection == to))
        return NULL;
    return g_strdup_printf(
        _("“%s” closes the form and the card to everybody but you and those who are named. Is that "
          "right? Write who has said so, or answer otherwise."),
        protection_name(to));
}

char *walk_doubt(const Walk *walk, const FlowStep *step, const char *value)
{
    const FormItem *item = step->item;
    const char *before = value_corrected(walk, item, step->instance);
    if (item->maps_to == NULL || g_strcmp0(before, value) == 0)
        return NULL;
    char *sentence = closes(walk, item, value);
    return sentence != NULL || walk->card == NULL
               ? sentence
               : completion_card_doubt(walk->card, item, value, before);
}
