/* homecoming.c: deed by deed. */
#include "care/laptop/homecoming.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "care/laptop/homecoming_response.h"
#include "care/laptop/laptop_again.h"
#include "care/laptop/laptop_proposal.h"
#include "care/unit/audit.h"
#include "care/unit/audit_carry.h"
#include "care/unit/laptop_mark.h"
#include "care/unit/session_private.h"

typedef struct {
    gint64 seq, at_ms;
    char *name, *body;
    GPtrArray *ids; /* char * */
} OutRow;

static void out_row_free(OutRow *row)
{
    if (row == NULL)
        return;
    g_free(row->name);
    g_free(row->body);
    g_ptr_array_unref(row->ids);
    g_free(row);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OutRow, out_row_free)

typedef struct {
    Session *home, *laptop;
    Laptop *of; /* what home knows of it */
    Homecoming *coming;
    gint64 last; /* the deed that came home last */
} Coming;

static gboolean refuse(GError **error, DagsformError code, const char *sentence)
{
    g_set_error_literal(error, DAGSFORM_ERROR, (gint)code, sentence);
    return FALSE;
}

/* --- who comes home, and where ---------------------------------------------------------------- */

static gboolean belongs_here(const Coming *coming, GError **error)
{
    g_autoptr(GError) failed = NULL;
    g_autofree char *of = laptop_mark_home_id(coming->laptop, &failed);
    if (failed != NULL) {
        g_propagate_error(error, g_steal_pointer(&failed));
        return FALSE;
    }
    if (session_is_laptop(coming->home))
        return refuse(error, ERROR_INPUT,
                      _("That is a laptop's part itself. Give the unit's own database with --db."));
    if (!session_is_laptop(coming->laptop) ||
        g_strcmp0(of, vault_database_id(session_vault(coming->home))) != 0)
        return refuse(error, ERROR_INPUT,
                      _("That file is no part of this unit. Give the one that was taken along from "
                        "here."));
    if (db_is_read_only(session_db(coming->home)) || db_is_read_only(session_db(coming->laptop)))
        return refuse(error, ERROR_READONLY,
                      _("Both files must be writable to come home. Nothing was changed; try again "
                        "where they are."));
    return TRUE;
}

static gboolean may_come(const Coming *coming, GError **error)
{
    if (coming->of->staff_id != session_staff_id(coming->home)) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_DENIED,
                    _("That laptop is %s's, who brings it home. Nothing was changed."),
                    coming->of->staff_name);
        return FALSE;
    }
    return coming->of->state != LAPTOP_LOST ||
           refuse(error, ERROR_DENIED,
                  _("That laptop was told lost, so nothing comes home from it. What was done on it "
                    "can "
                    "be read there as long as it opens, and be recorded in the unit by hand."));
}

/* --- the outbox ------------------------------------------------------------------------------- */

static gboolean read_next(const Coming *coming, OutRow **next, GError **error)
{
    *next = NULL;
    g_autoptr(DbStatement) row = db_query(
        session_db(coming->laptop),
        "SELECT seq, at_ms, name, body, ids FROM outbox WHERE seq > :last ORDER BY seq LIMIT 1",
        DB_PARAMS(DB_INT("last", coming->last)), error);
    const DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step != DB_STEP_ROW)
        return step == DB_STEP_DONE;
    if (db_int(row, 0) != coming->last + 1)
        return refuse(
            error, ERROR_CORRUPT,
            _("Something that was done on the laptop is missing there: its outbox has a gap. "
              "What came before has come home. Run dagsform check with the laptop's "
              "database."));
    OutRow *out = g_new0(OutRow, 1);
    g_auto(GStrv) ids = g_strsplit(db_text(row, 4), "\n", -1);
    out->seq = db_int(row, 0);
    out->at_ms = db_int(row, 1);
    out->name = g_strdup(db_text(row, 2));
    out->body = g_strdup(db_text(row, 3));
    out->ids = g_ptr_array_new_with_free_func(g_free);
    for (char **id = ids; *id != NULL; id++)
        g_ptr_array_add(out->ids, g_strdup(*id));
    *next = out;
    return TRUE;
}

/* --- one deed --------------------------------------------------------------------------------- */

/* What the unit says of it is final; all else may be otherwise the next time. */
static gboolean is_answer(const GError *failed)
{
    return g_error_matches(failed, DAGSFORM_ERROR, ERROR_CONFLICT) ||
           g_error_matches(failed, DAGSFORM_ERROR, ERROR_INPUT) ||
           g_error_matches(failed, DAGSFORM_ERROR, ERROR_DENIED) ||
           g_error_matches(failed, DAGSFORM_ERROR, ERROR_NOT_FOUND);
}

static ProposalWhy why_of(const GError *failed)
{
    if (failed == NULL || g_error_matches(failed, DAGSFORM_ERROR, ERROR_CONFLICT))
        return PROPOSAL_CHANGED;
    return g_error_matches(failed, DAGSFORM_ERROR, ERROR_DENIED) ? PROPOSAL_DENIED
                                                                 : PROPOSAL_REFUSED;
}

static gboolean visit_is_there(Session *home, gint64 id, gboolean *there, GError **error)
{
    gint64 count = 0;
    if (!db_get_int(session_db(home), "SELECT COUNT(*) FROM visit WHERE id = :id",
                    DB_PARAMS(DB_INT("id", id)), 0, &count, error))
        return FALSE;
    *there = count > 0;
    return TRUE;
}

/* Kept beside what stands; `*outcome` says "gone" where the client is. */
static gboolean keep(const Coming *coming, const OutRow *out, const DeedBody *body, ProposalWhy why,
                     const char **outcome, GError **error)
{
    gboolean there = FALSE;
    g_autoptr(Proposal) proposal = g_new0(Proposal, 1);
    proposal->node = coming->of->node;
    proposal->seq = out->seq;
    proposal->staff_id = coming->of->staff_id;
    proposal->at_ms = out->at_ms;
    proposal->name = g_strdup(out->name);
    proposal->body = g_strdup(out->body);
    proposal->why = why;
    if (!laptop_again_client(coming->home, body, &proposal->client_id, error))
        return FALSE;
    if (proposal->client_id == 0) {
        *outcome = laptop_again_is_of_task(out->name) ? "left" : "gone";
        return TRUE;
    }
    *outcome = "proposed";
    if (laptop_again_is_of_visit(out->name)) {
        proposal->visit_id = deed_body_int(body, "id", 0);
        if (!visit_is_there(coming->home, proposal->visit_id, &there, error))
            return FALSE;
        if (!there)
            proposal->visit_id = 0;
    }
    return proposal_keep(coming->home, proposal, body, error);
}

/* Does it again with the laptop's time, no later than now and no earlier than it was taken along,
 * and with the ids that were drawn there. */
static gboolean do_again(const Coming *coming, const OutRow *out, const DeedBody *body,
                         GError **error)
{
    Session *home = coming->home;
    const gint64 now = clock_now_ms();
    g_autoptr(DbTransaction) tx = db_transaction(session_db(home), error);
    if (tx == NULL)
        return FALSE;
    clock_hold(CLAMP(out->at_ms, MIN(coming->of->since_ms, now), now));
    db_ids_give(session_db(home), out->ids);
    home->from_node = coming->of->node;
    const gboolean done = laptop_again(home, out->name, body, error);
    home->from_node = 0;
    db_ids_give(session_db(home), NULL);
    clock_hold(0);
    return done && db_transaction_commit(tx, error);
}

/* Whether somebody at home had done a task first, or it is no longer there; else what was written
 * with it waits for whoever may do it. */
static gboolean was_first(const Coming *coming, const DeedBody *body, const GError *failed)
{
    return g_error_matches(failed, DAGSFORM_ERROR, ERROR_CONFLICT) ||
           (g_error_matches(failed, DAGSFORM_ERROR, ERROR_NOT_FOUND) &&
            !db_hides_row(session_db(coming->home), "client", deed_body_int(body, "client", 0)));
}

/* `*outcome` is what sync_op says of it. */
static gboolean take(const Coming *coming, const OutRow *out, const char **outcome, GError **error)
{
    g_autoptr(GError) failed = NULL;
    g_autoptr(DeedBody) body = deed_body_read(out->body, error);
    gboolean proposed = FALSE;
    if (body == NULL)
        return FALSE;
    if (laptop_again_is_of_visit(out->name) &&
        !proposal_is_of(coming->home, coming->of->node, deed_body_int(body, "id", 0), &proposed,
                        error))
        return FALSE;
    *outcome = "done";
    if (!proposed && do_again(coming, out, body, &failed))
        return TRUE;
    if (failed != NULL && !is_answer(failed)) {
        g_propagate_error(error, g_steal_pointer(&failed));
        return FALSE;
    }
    *outcome = "left";
    return (laptop_again_is_of_task(out->name) && was_first(coming, body, failed)) ||
           keep(coming, out, body, why_of(failed), outcome, error);
}

static void count(Homecoming *coming, const char *outcome)
{
    coming->done += strcmp(outcome, "done") == 0;
    coming->left += strcmp(outcome, "left") == 0;
    coming->gone += strcmp(outcome, "gone") == 0;
    coming->proposed += strcmp(outcome, "proposed") == 0;
}

static gboolean bring(Coming *coming, const OutRow *out, GError **error)
{
    const char *outcome = NULL;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(coming->home), error);
    if (tx == NULL || !take(coming, out, &outcome, error) ||
        !db_run(session_db(coming->home),
                "INSERT INTO sync_op (node, seq, name, outcome, home_ms)"
                " VALUES (:node, :seq, :name, :outcome, :now)",
                DB_PARAMS(DB_INT("node", coming->of->node), DB_INT("seq", out->seq),
                          DB_TEXT("name", out->name), DB_TEXT("outcome", outcome),
                          DB_INT("now", clock_now_ms())),
                error) ||
        !db_transaction_commit(tx, error))
        return FALSE;
    coming->last = out->seq;
    count(coming->coming, outcome);
    return TRUE;
}

/* --- all of it -------------------------------------------------------------------------------- */

static gboolean go_on(const Coming *coming, const DbWatch *watch, GError **error)
{
    const double all = MAX(coming->coming->deeds, 1);
    return watch == NULL || watch->go_on((double)coming->last / all, watch->data) ||
           refuse(error, ERROR_CANCELLED,
                  _("Broken off. What has come home is there, and the rest is on the laptop: come "
                    "home "
                    "again for it."));
}

/* Waiting for the disk is most of what a deed costs, so some are brought in one transaction: so
 * many that nobody waits long for it. `*all` gets whether there are no more. */
#define SOME_MS 200

static gboolean bring_some(Coming *coming, const DbWatch *watch, gboolean *all, GError **error)
{
    g_autoptr(GError) failed = NULL;
    const gint64 until = clock_monotonic_ms() + SOME_MS;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(coming->home), error);
    if (tx == NULL)
        return FALSE;
    do {
        g_autoptr(OutRow) next = NULL;
        if (!go_on(coming, watch, &failed) || !read_next(coming, &next, &failed))
            break;
        *all = next == NULL;
        if (*all || !bring(coming, next, &failed))
            break;
    } while (clock_monotonic_ms() < until);
    /* What came before the one that failed is home all the same. */
    if (failed == NULL)
        return db_transaction_commit(tx, error);
    db_transaction_commit(tx, NULL);
    g_propagate_error(error, g_steal_pointer(&failed));
    return FALSE;
}

static gboolean bring_all(Coming *coming, const DbWatch *watch, GError **error)
{
    for (gboolean all = FALSE; !all; db_give_way(session_db(coming->home)))
        if (!bring_some(coming, watch, &all, error))
            return FALSE;
    return TRUE;
}

/* From here on nothing more is done on the laptop: whatever was done until now has come home. */
static gboolean close_laptop(Coming *coming, gboolean *more, GError **error)
{
    gint64 newest = 0;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(coming->laptop), error);
    if (tx == NULL ||
        !db_get_int(session_db(coming->laptop), "SELECT COALESCE(MAX(seq), 0) FROM outbox", NULL, 0,
                    &newest, error))
        return FALSE;
    *more = newest > coming->last;
    return *more || (laptop_mark_home(coming->laptop, error) && db_transaction_commit(tx, error));
}

/* Whether its own log is as it was written, said in the unit's. */
static gboolean look_at_log(Coming *coming, GError **error)
{
    g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
    if (!audit_verify(coming->laptop, faults, NULL, error))
        return FALSE;
    coming->coming->log_broken = faults->len > 0;
    return TRUE;
}

/* Whole, behind the unit's own; so what was only read there shows at home too. One that is not as
 * it was written, or another than came home before, stays where it is. */
static gboolean carry_log(Coming *coming, GError **error)
{
    g_autoptr(GError) failed = NULL;
    gint64 entries = 0;
    if (coming->coming->log_broken ||
        audit_carry_home(coming->home, coming->laptop, &entries, &failed))
        return TRUE;
    coming->coming->log_broken = g_error_matches(failed, DAGSFORM_ERROR, ERROR_CORRUPT);
    if (!coming->coming->log_broken)
        g_propagate_error(error, g_steal_pointer(&failed));
    return coming->coming->log_broken;
}

static gboolean end(Coming *coming, GError **error)
{
    g_autoptr(DbTransaction) tx = db_transaction(session_db(coming->home), error);
    if (tx == NULL || !carry_log(coming, error))
        return FALSE;
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_int(changes, "deeds", 0, coming->coming->deeds);
    audit_changes_int(changes, "log_broken", 0, coming->coming->log_broken);
    return homecoming_responses(coming->home, coming->laptop, coming->of->node,
                                &coming->coming->responses, error) &&
           audit_write(coming->home, "come-home", "away", coming->of->node, 0, changes, error) &&
           laptop_settle(coming->home, coming->of, LAPTOP_HOME, error) &&
           db_transaction_commit(tx, error);
}

static gboolean count_deeds(Coming *coming, GError **error)
{
    gint64 deeds = 0;
    if (!db_get_int(session_db(coming->laptop), "SELECT COUNT(*) FROM outbox", NULL, 0, &deeds,
                    error) ||
        !db_get_int(session_db(coming->home),
                    "SELECT COALESCE(MAX(seq), 0) FROM sync_op"
                    " WHERE node = :node",
                    DB_PARAMS(DB_INT("node", coming->of->node)), 0, &coming->last, error))
        return FALSE;
    coming->coming->deeds = (int)deeds;
    coming->coming->before = (int)coming->last;
    return TRUE;
}

gboolean homecoming_run(Session *home, Session *laptop, const DbWatch *watch, Homecoming *result,
                        GError **error)
{
    Coming coming = {.home = home, .laptop = laptop, .coming = result};
    gboolean more = TRUE;
    *result = (Homecoming){0};
    g_autoptr(Laptop) of =
        belongs_here(&coming, error) ? laptop_get(home, db_node(session_db(laptop)), error) : NULL;
    coming.of = of;
    if (of == NULL || !may_come(&coming, error) || !count_deeds(&coming, error) ||
        !look_at_log(&coming, error))
        return FALSE;
    while (more)
        if (!bring_all(&coming, watch, error) || !close_laptop(&coming, &more, error))
            return FALSE;
    return of->state == LAPTOP_HOME ? carry_log(&coming, error) : end(&coming, error);
}

/* "3 things …", the number within; a line of it, where there are any. */
static void append(GString *text, int count, const char *words) G_GNUC_PRINTF(3, 0);
static void append(GString *text, int count, const char *words)
{
    if (count > 0) {
        g_string_append_printf(text, words, count);
        g_string_append_c(text, '\n');
    }
}

char *homecoming_words(const Homecoming *coming)
{
    GString *text = g_string_new(NULL);
    append(text, coming->done,
           ngettext("%d thing that was done away stands in the unit now.",
                    "%d things that were done away stand in the unit now.", (gulong)coming->done));
    append(
        text, coming->before,
        ngettext("%d had come home before.", "%d had come home before.", (gulong)coming->before));
    append(text, coming->proposed,
           ngettext(
               "%d waits for somebody to choose, since something else was done at home first; it "
               "is in To do.",
               "%d wait for somebody to choose, since something else was done at home first; they "
               "are in To do.",
               (gulong)coming->proposed));
    append(text, coming->left,
           ngettext("%d was left: somebody at home had done that task first.",
                    "%d were left: somebody at home had done those tasks first.",
                    (gulong)coming->left));
    append(text, coming->gone,
           ngettext("%d was about somebody who is deleted, and is not kept.",
                    "%d were about somebody who is deleted, and are not kept.",
                    (gulong)coming->gone));
    append(text, coming->responses,
           ngettext("The answers of %d form are home.", "The answers of %d forms are home.",
                    (gulong)coming->responses));
    if (text->len == 0)
        g_string_append_printf(text, "%s\n", _("Nothing had been done away."));
    if (coming->log_broken)
        g_string_append_printf(
            text, "%s\n",
            _("The laptop's own log is not as it was written: something else than "
              "Dagsform has changed it. The unit's log says so too; tell an "
              "administrator."));
    return g_string_free(text, FALSE);
}
