/* walk_paper.h: a response on paper, for the screen and the plain lines: all its answers, of a plan
 * of action the plan, and of a SIP the calls, the invitations and the plan. */
#pragma once

#include "care/response/walk.h"

typedef struct {
    enum { WALK_PAPER_ANSWERS, WALK_PAPER_PLAN, WALK_PAPER_CALL, WALK_PAPER_INVITATION } kind;
    int number;  /* of a call or an invitation: whose, from 1; else 0 */
    char *label; /* "Call to Socialtjänsten, Anna Berg", translated */
} WalkPaper;
/* Those that can be made of it, as they are offered: at least all its answers, last. GPtrArray of
 * WalkPaper *, new. */
GPtrArray *walk_papers(const Walk *walk);

/* What there is to think of before a paper of it is written: that the client has protected
 * identity. NULL: nothing. New. */
char *walk_paper_doubt(Session *session, const Walk *walk);
/* The name of a file in the home folder that tells which form and paper, and the day; never whose
 * it is. New. */
char *walk_paper_path(const Walk *walk, const WalkPaper *paper);
/* Writes it as a new file, in a process of its own (base/apart.h), after a line in the log. Errors
 * as paper_write(), and of reading the client and the consent. */
gboolean walk_paper_write(Session *session, const Walk *walk, const WalkPaper *paper,
                          gboolean large, const char *path, GError **error);
