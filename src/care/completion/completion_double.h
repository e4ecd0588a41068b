/* completion_double.h: whether somebody whom a form is about has a card already. */
#pragma once

#include "care/client/client.h"
#include "form/answers.h"

/* Who may be meant by an intake: a client with the same identity number, else with the same name
 * and birth date (as the answers have them); NULL without error when there is nobody. What a list
 * may show; of somebody with protected identity whose card the signed-in person may not open only
 * that there is one: `name` is NULL then. */
ClientRow *completion_find_double(Session *session, const Form *form, const Answers *answers,
                                  GError **error);
/* What is said of that one. Translated. */
const char *completion_double_hidden(void);
