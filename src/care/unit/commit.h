/* commit.h: a commit whose error is not believed at once. */
#pragma once

#include "care/unit/session.h"

/* Commits. A COMMIT can report an error and still stand (reliability: a lost answer is not a lost
 * save), so after an error `probe` is asked: when its first column is above 0, what was to be saved
 * is there, and that is success. The transaction is over either way. */
gboolean commit_and_make_sure(Session *session, DbTransaction *transaction, const char *probe,
                              const DbParam *params, GError **error);
