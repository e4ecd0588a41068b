/* completion_card.h: what the card says otherwise than a form. Pure. */
#pragma once

#include "care/client/client.h"
#include "form/form.h"

/* A sentence that asks which is right, when the card has something else than `value`, an answer to
 * an item that is mapped to a field of it; `before` is what a corrected form had answered there
 * (NULL: nothing), which a correction may replace. NULL when they say the same, or the card says
 * nothing: then nothing is lost. Translated. New.
 *
 * Such an answer takes the card's place only with a reason (Answer.reason). */
char *completion_card_doubt(const Client *card, const FormItem *item, const char *value,
                            const char *before);
