/* plain.h: dagsform --plain: what the full screen does as lines on stdin and stdout, for screen
 * readers, slow lines and scripts. The same engine and the same saving; nothing is drawn, no line
 * is written over.
 *
 * What is typed is an answer; a full stop alone, or before a letter, is a command (".help" tells
 * them). End of input is as good as leaving: what has been said to be saved is saved.
 *
 * Where nobody sits at a terminal the lines come from a file or another program. There the first
 * line that is not taken ends it all, unless --keep-going: else the lines after it would answer
 * other questions than they were written for. */
#pragma once

#include "care/client/care_order.h"
#include "care/client/consent.h"
#include "care/client/dispute.h"
#include "care/client/implementation.h"
#include "care/task/task.h"
#include "care/unit/draft.h"
#include "care/visit/visit.h"
#include "care/visit/visit_list.h"
#include "cmd/plain/lines.h"

/* As the user has set it (ui/config.h). */
typedef struct {
    int lock_minutes, backup_days;
    gboolean syslog; /* audit_anchor() at each sign-in */
} PlainSettings;

/* dagsform --plain [--keep-going] [--db FILE] [--user NAME] [--passphrase-file FILE] [--lang LANG].
 * Locks by the command .lock, and at a terminal after `lock_minutes` (0: never): what is open is
 * left as at the end of input, the session closed, and the passphrase asked for. `backup_days` is
 * backup_late()'s. Answers an exit code: EXIT_FAILED also when a line of a file or another program
 * was not taken. */
int plain_run(int argc, char **argv, const PlainSettings *settings);

/* --- what can be done ------------------------------------------------------------------------- */

void plain_day(Plain *plain, gint64 unused); /* day.c */
/* "08:30 Maria Bäckman, 90 min, telefonsamtal: avbokat"; with whose it is. New. (visit.c) */
char *plain_visit_line(const Visit *visit, gboolean with_staff);
/* The same behind its day: "mån 2026-11-23 08:30 …". New. */
char *plain_visit_line_dated(const Visit *visit);
/* Asks what to do with a visit. The id of the client whose card is asked for; 0: none. (visit.c) */
gint64 plain_visit(Plain *plain, gint64 visit_id);
/* Whether a time is taken for `visit` (visit_time_warning()): what speaks against it is told, and
 * asked about. (time.c) */
gboolean plain_takes_time(Plain *plain, const Visit *visit, const NewTime *time);
void plain_cancel(Plain *plain, gint64 visit_id);      /* cancel.c */
void plain_visits_of(Plain *plain, gint64 client_id);  /* visit.c */
void plain_new_visit(Plain *plain, gint64 client_id);  /* planning.c */
void plain_new_series(Plain *plain, gint64 client_id); /* planning.c */
void plain_end_series(Plain *plain, gint64 client_id); /* planning.c */
void plain_hand_series(Plain *plain, gint64 client_id); /* planning.c: to another worker */
void plain_rebook(Plain *plain, gint64 visit_id);      /* planning.c: that was not taken */
/* The series that go on, a line for each. (planning.c) */
void plain_say_series(Plain *plain, gint64 client_id);
void plain_clients(Plain *plain, gint64 unused);          /* client.c */
/* Asks for a client by name or number; the id, 0: none. (client.c) */
gint64 plain_find_client(Plain *plain);
void plain_groups(Plain *plain, gint64 unused);           /* groups.c */
void plain_edit_group(Plain *plain, gint64 id); /* 0: a new one */
void plain_groups_of(Plain *plain, gint64 client_id); /* groups.c: into one, and out of one */
void plain_new_stay(Plain *plain, gint64 client_id);
/* The last day of a client in a group, by a title that says whose; and the title of what is kept of one, with the
 * group's id: new, NULL when it is gone or may not be opened. */
void plain_last_day(Plain *plain, gint64 group_id, gint64 client_id, const char *title);
char *plain_member_end(Plain *plain, const Draft *draft, gint64 *group_id);
void plain_new_member(Plain *plain, gint64 group_id);
void plain_client(Plain *plain, gint64 client_id);        /* client.c */
void plain_new_client(Plain *plain, gint64 unused);       /* client.c */
void plain_change_client(Plain *plain, gint64 client_id); /* client.c */
/* Asks for the details of a client, or of a new one (0). The id when they are saved, else 0.
 * (details.c) */
gint64 plain_edit_client(Plain *plain, gint64 client_id);
/* The card that is open while what to do with it is chosen, as it is now; NULL after saying why it
 * is not open any more. (card.c) */
Client *plain_open_card(Plain *plain, gint64 client_id);
void plain_card(Plain *plain, gint64 client_id);         /* card.c */
void plain_grounds(Plain *plain, gint64 client_id);      /* grounds.c: consents and decisions */
void plain_client_log(Plain *plain, gint64 client_id);   /* access.c */
void plain_client_log_file(Plain *plain, gint64 client_id); /* papers.c */
void plain_head_paper(Plain *plain, gint64 unused);      /* papers.c: the code of the log */
void plain_named(Plain *plain, gint64 client_id);        /* access.c */
void plain_begun(Plain *plain, gint64 unused);           /* forms.c: forms begun */
void plain_forms_of(Plain *plain, gint64 client_id);     /* forms.c */
void plain_new_form(Plain *plain, gint64 client_id);     /* forms.c */
void plain_plan_of(Plain *plain, gint64 client_id);      /* forms.c: the two questions */
void plain_read_aloud(Plain *plain, gint64 response_id); /* forms.c: completed, given up */
void plain_placements(Plain *plain, gint64 client_id);   /* placement.c */
void plain_placement(Plain *plain, gint64 placement_id); /* placement.c */
/* Ask for the details of a new placement of a client, or of one that is changed. The placement's id
 * when they are saved, else 0. (placing.c) */
gint64 plain_new_placement(Plain *plain, gint64 client_id);
gint64 plain_change_placement(Plain *plain, gint64 placement_id);
void plain_institutions(Plain *plain, gint64 unused); /* placing.c */
void plain_tasks(Plain *plain, gint64 unused);        /* tasks.c */
void plain_log(Plain *plain, gint64 unused);          /* log.c: for the team lead */
void plain_doubles(Plain *plain, gint64 unused);   /* doubles.c */
void plain_proposal(Plain *plain, gint64 id);      /* proposal.c */
void plain_unmerge(Plain *plain, gint64 client_id); /* doubles.c */
void plain_retention(Plain *plain, gint64 unused);    /* retention.c: whom to delete */
void plain_keep(Plain *plain, gint64 client_id);      /* retention.c: keeps one all the same */
void plain_week(Plain *plain, gint64 unused);         /* week.c */
void plain_improvements(Plain *plain, gint64 unused); /* improvement.c */
/* The note on a week. (improvement.c) */
void plain_week_note(Plain *plain, gint64 week);
/* The pages of a work (0: a new one), and of a change or test. (improvement.c) */
void plain_edit_improvement(Plain *plain, gint64 id);
void plain_new_cycle(Plain *plain, gint64 improvement_id);
void plain_change_cycle(Plain *plain, gint64 id);
void plain_new_task(Plain *plain, gint64 unused);        /* tasks.c */
void plain_give_task(Plain *plain, gint64 id);           /* tasks.c: to a colleague */
void plain_new_call(Plain *plain, gint64 unused);        /* calls.c: somebody to call back */
void plain_quarter(Plain *plain);                        /* quarter.c: what is counted by the quarter */
void plain_covers(Plain *plain, gint64 unused);          /* covers.c: colleagues away */
void plain_new_cover(Plain *plain, gint64 unused);       /* covers.c */
void plain_change_cover(Plain *plain, gint64 id);        /* covers.c */
/* Whom one covers for that day, and who covers for oneself, when it is so. (covers.c) */
void plain_say_covers(Plain *plain, Date day);
void plain_absences(Plain *plain, gint64 client_id);     /* absence.c: when the client is away */
/* Who is out and late, and oneself; out, or back: home.c. */
void plain_say_out(Plain *plain);
void plain_out(Plain *plain, const Visit *visit); /* NULL: no visit */
void plain_out_now(Plain *plain, gint64 unused);
void plain_second(Plain *plain, gint64 visit_id); /* home.c: who goes along */
void plain_risk(Plain *plain, gint64 client_id); /* home.c: the note on risk */
void plain_new_consent(Plain *plain, gint64 client_id); /* consent.c */
void plain_change_consent(Plain *plain, gint64 id);     /* consent.c: another takes its place */
/* Which holds, of a no and what it meets. (consent.c) */
void plain_settle_consent(Plain *plain, const Consent *no);
void plain_new_decision(Plain *plain, gint64 client_id); /* decision.c */
void plain_correct_decision(Plain *plain, gint64 id);     /* decision.c */
void plain_new_order(Plain *plain, gint64 decision_id);   /* orders.c */
void plain_change_order(Plain *plain, gint64 id);        /* orders.c */
void plain_open_order(Plain *plain, const CareOrder *order, const Decision *decision); /* orders.c */
void plain_new_implementation(Plain *plain, gint64 decision_id); /* orders.c */
void plain_change_implementation(Plain *plain, gint64 id);       /* orders.c */
void plain_open_implementation(Plain *plain, const Implementation *plan); /* orders.c */
void plain_new_absence(Plain *plain, gint64 client_id);  /* absence.c */
void plain_change_absence(Plain *plain, gint64 id);      /* absence.c */
void plain_closing(Plain *plain, gint64 client_id);      /* closing.c: the help ends, or goes on */
void plain_new_closing(Plain *plain, gint64 client_id);  /* closing.c */
void plain_change_closing(Plain *plain, gint64 id);      /* closing.c */
void plain_new_quote(Plain *plain, gint64 client_id);    /* quotes.c */
/* Notes that begin with a visit, or with who rang. (journal.c) */
void plain_note_visit(Plain *plain, const Visit *visit);
void plain_note_task(Plain *plain, const Task *task);
void plain_new_note(Plain *plain, gint64 client_id);    /* journal.c */
void plain_correct_note(Plain *plain, gint64 id);       /* journal.c */
void plain_journal(Plain *plain, gint64 client_id);     /* journal.c */
void plain_quotes(Plain *plain, gint64 client_id);       /* quotes.c: for the meeting */
/* What somebody says is wrong (disputes.c). */
typedef struct {
    DisputeAbout about;
    gint64 id;         /* of the visit, the form, the decision, the note; 0: none */
    const char *field; /* of the card, of a form's question; NULL: none */
    const char *entry; /* what it is about, to begin with */
} PlainDisputed;
void plain_new_dispute(Plain *plain, gint64 client_id, const PlainDisputed *of);
void plain_disputes(Plain *plain, gint64 client_id);
void plain_say_disputes(Plain *plain, gint64 client_id); /* each in a line */
/* Array of Dispute *; NULL where there is no client, or it has been said why not. */
GPtrArray *plain_read_disputes(Plain *plain, gint64 client_id);
/* What is said of that one thing, if anything; `disputes` may be NULL, `of->field` as
 * dispute_beside() has it. */
void plain_say_beside(Plain *plain, const GPtrArray *disputes, const PlainDisputed *of);
void plain_say_disputed(Plain *plain, gint64 client_id, DisputeAbout about, gint64 id);
void plain_import(Plain *plain, gint64 unused);  /* reading.c: a file of rows */
void plain_backup(Plain *plain, gint64 unused);  /* upkeep.c */
void plain_new_key(Plain *plain, gint64 unused); /* upkeep.c */
void plain_visits_paper(Plain *plain, gint64 client_id); /* papers.c */
/* An order, or that a plan is late, for the one who carries it out. (papers.c) */
void plain_order_paper(Plain *plain, gint64 client_id, gint64 id, gboolean late);
void plain_decision_paper(Plain *plain, const Decision *decision); /* papers.c */
/* Asks where a paper shall lie, proposing a name that begins with `name`. NULL: an empty answer
 * goes by the proposal, end of input by none. New. (papers.c) */
char *plain_paper_path(Plain *plain, const char *name);
/* The visits behind a figure: listed, and opened one by one. (visits.c) */
void plain_visits_behind(Plain *plain, const VisitQuery *query);
void plain_split(Plain *plain, Week until); /* splits.c: the weeks that end then, split one way */
void plain_at_risk(Plain *plain);           /* at_risk.c: whom the unit may be about to lose */
/* Offers what the signed-in person was interrupted in. */
void plain_offer(Plain *plain); /* offer.c */

/* Walks a response: goes on with `response_id`, or begins. (walk.c) */
typedef struct {
    gint64 response_id; /* 0: begin */
    gboolean correct;   /* begin a correction of response_id */
    const char *form;
    gint64 client_id;
    const char *respondent;
    gint64 placement_id;
} PlainWalk;
void plain_walk(Plain *plain, const PlainWalk *which);
