/* walk_doubt.c: what makes an answer doubtful beside the form's own warnings, whatever the form: it
 * closes the card to colleagues, or says otherwise than the card does. */
#include "care/response/walk_private.h"

#include "base/i18n.h"
#include "care/completion/completion_card.h"
#include "care/response/response_answers_private.h"

void walk_learn_corrected(Walk *walk, Session *session)
{
    if (walk->response->corrects_id != 0)
        walk->corrected = response_read_answers(session, walk->response->corrects_id, NULL);
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
