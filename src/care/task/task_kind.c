/* task_kind.c: what there is to do, as stored and in words. */
#include "care/task/task_kind.h"

#include "base/code.h"
#include "base/i18n.h"

static const CodeWord KINDS[TASK_KIND_COUNT] = {
    [TASK_REBOOK] = {"rebook", N_("Book a new time")},
    [TASK_CALL_BACK] = {"call-back", N_("Call back")},
    [TASK_FOLLOW_UP] = {"follow-up", N_("Follow up")},
    [TASK_ACTION] = {"action", N_("Do as agreed")},
    [TASK_DECISION] = {"decision", N_("Decision")},
    [TASK_UBU] = {"ubu", N_("Interview after placement")},
    [TASK_DISPUTE] = {"dispute", N_("Answer an objection")},
    [TASK_RETURN] = {"return", N_("Call on return")},
    [TASK_IMPLEMENTATION] = {"implementation", N_("Implementation plan")},
    [TASK_OTHER] = {"other", N_("Other")},
    [TASK_PROPOSAL] = {"proposal", N_("Choose which holds")},
};

const char *task_kind_code(TaskKind kind)
{
    return code_of(KINDS, TASK_KIND_COUNT, kind);
}

const char *task_kind_name(TaskKind kind)
{
    return code_word(KINDS, TASK_KIND_COUNT, kind);
}

gboolean task_kind_said(const char *said, TaskKind *kind)
{
    const int found = code_value_said(KINDS, TASK_KIND_COUNT, said);
    if (found >= 0)
        *kind = (TaskKind)found;
    return found >= 0;
}

TaskKind task_kind_parse(const char *code)
{
    int kind = code_value(KINDS, TASK_KIND_COUNT, code);
    return kind >= 0 ? (TaskKind)kind : TASK_OTHER;
}
