/* record_commit.c: notes also what a commit would ask after an error, which hardly any test brings
 * about. For the floors that stand on care. */
#include "care/unit/commit.h"
#include "tests/record.h"

gboolean __real_commit_and_make_sure(Session *session, DbTransaction *transaction,
                                     const char *probe, const DbParam *params, GError **error);
gboolean __wrap_commit_and_make_sure(Session *session, DbTransaction *transaction,
                                     const char *probe, const DbParam *params, GError **error);
gboolean __wrap_commit_and_make_sure(Session *session, DbTransaction *transaction,
                                     const char *probe, const DbParam *params, GError **error)
{
    record_note(probe, params);
    return __real_commit_and_make_sure(session, transaction, probe, params, error);
}
