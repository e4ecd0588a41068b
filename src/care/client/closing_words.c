/* closing_words.c: the codes, and their names. */
#include "care/client/closing_words.h"

#include "base/code.h"
#include "base/i18n.h"

static const CodeWord REASONS[CLOSING_REASON_COUNT] = {
    [CLOSING_GOALS] = {"goals-reached", N_("what it was for is reached")},
    [CLOSING_WISH] = {"own-wish", N_("does not want it any more")},
    [CLOSING_LOST] = {"no-contact", N_("no contact in spite of attempts")},
    [CLOSING_OTHER_HELP] = {"other-help", N_("gets another kind of help")},
    [CLOSING_MOVED] = {"moved", N_("has moved")},
    [CLOSING_DECISION] = {"decision-ended", N_("the decision has ended")},
    [CLOSING_DIED] = {"died", N_("has died")},
    [CLOSING_OTHER] = {"other", N_("another reason")},
};
CODE_AND_NAME_FUNCTIONS(ClosingReason, closing_reason, REASONS)

static const CodeWord FOLLOWS[FOLLOWS_COUNT] = {
    [FOLLOWS_NOTHING] = {NULL, N_("nothing more from us")},
    [FOLLOWS_RELATIVES] = {"relatives", N_("support for relatives")},
    [FOLLOWS_UNIT] = {"other-unit", N_("another unit or municipality")},
    [FOLLOWS_HEALTH_CARE] = {"health-care", N_("health care")},
    [FOLLOWS_OPEN] = {"open-activity", N_("open activities without a decision")},
};
CODE_AND_NAME_FUNCTIONS(ClosingFollows, closing_follows, FOLLOWS)
