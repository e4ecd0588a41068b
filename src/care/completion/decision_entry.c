/* decision_entry.c: decisions entered on the card, and what follows of a decision's end. */
#include "care/completion/decision_entry_private.h"

#include "base/clock.h"
#include "base/code.h"
#include "base/i18n.h"
#include "care/client/care_order_private.h"
#include "care/client/client_guard.h"
#include "care/client/decision_private.h"
#include "care/completion/completion_mapping_private.h"
#include "care/completion/decision_settle.h"
#include "care/task/task_private.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"
#include "care/visit/series.h"

/* A decision that runs out is looked at in time for an inquiry and a new one. */
#define DAYS_BEFORE (6 * 7)
#define WORDS_LENGTH_MAX 20000

/* Their names are those of decision_kind_name(). */
static const CodeWord ENTRIES[ENTRY_COUNT] = {
    [ENTRY_GRANTED] = {.code = "granted"},        [ENTRY_EXTENDED] = {.code = "extended"},
    [ENTRY_CHANGED] = {.code = "changed"},        [ENTRY_PARTLY] = {.code = "partly-refused"},
    [ENTRY_REFUSED] = {.code = DECISION_REFUSED}, [ENTRY_ENDED] = {.code = "ended"},
};
CODE_FUNCTIONS(DecisionEntry, decision_entry, ENTRIES)

/* --- checking --------------------------------------------------------------------------------- */

static gboolean refuse(GError **error, const char *sentence)
{
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, sentence);
    return FALSE;
}

static gboolean is_empty(const char *text)
{
    return text == NULL || text[0] == '\0';
}

static gboolean check(const Decision *decision, GError **error)
{
    DecisionEntry entry;
    if (!decision_entry_parse(decision->kind, &entry))
        return refuse(error, _("Choose what was decided."));
    if (decision->decided_on == DATE_NONE || decision->decided_on > clock_today())
        return refuse(error, _("Write the day when it was decided, which is not in the future."));
    if (is_empty(decision->decided_by))
        return refuse(error, _("Write who decided."));
    if (is_empty(decision->reasons) && entry != ENTRY_GRANTED && entry != ENTRY_EXTENDED)
        return refuse(error,
                      _("Write the reasons: a decision that is not granted as applied for has "
                        "them."));
    if (decision->valid_to != DATE_NONE && decision->valid_from != DATE_NONE &&
        decision->valid_to < decision->valid_from)
        return refuse(error, _("The decision ends before it begins. Change one of the days."));
    if (entry == ENTRY_ENDED && decision->valid_to == DATE_NONE)
        return refuse(error, _("Write the last day on which the support is given."));
    if (decision->reasons != NULL && g_utf8_strlen(decision->reasons, -1) > WORDS_LENGTH_MAX)
        return refuse(error, _("The reasons are too long. Shorten them."));
    return TRUE;
}

/* --- what follows ----------------------------------------------------------------------------- */

/* Days between decisions that are reached now. */
static gboolean fill_between(Session *session, gint64 client_id, const GArray *gaps, GError **error)
{
    int added = 0;
    for (guint i = 0; i < gaps->len; i++) {
        const DecisionGap *gap = &g_array_index(gaps, DecisionGap, i);
        if (gap->to != DATE_NONE &&
            !series_fill_gap(session, client_id, gap->from, gap->to, &added, error))
            return FALSE;
    }
    return TRUE;
}

gboolean decision_follow(Session *session, const DecisionAbout *about, const GArray *gaps,
                         gint64 *visits, GError **error)
{
    Date after = DATE_NONE;
    const Date before = decision_gaps_last_day(gaps);
    *visits = 0;
    if (!decision_last_day(session, about->client_id, &after, error) ||
        !fill_between(session, about->client_id, gaps, error))
        return FALSE;
    if (before != after && before != DATE_NONE && (after == DATE_NONE || after > before) &&
        !series_go_on(session, about->client_id, before, error))
        return FALSE;
    return decision_settle(session, about->client_id, visits, error);
}

/* What is to be seen to of the other decisions: one that rules stands in their stead. */
static gboolean end_other_tasks(Session *session, gint64 client_id, const Decision *ruling,
                                GError **error)
{
    return task_end_each(
        session,
        "SELECT id FROM task WHERE client_id = :client AND kind = 'decision' AND done_ms IS NULL"
        " AND COALESCE(decision_id, 0) <> :id AND (decision_id IS NOT NULL"
        " OR response_id IN (SELECT d.response_id FROM decision d"
        " WHERE d.client_id = :client AND d.decided_on IS NOT NULL AND d.id <> :id))",
        DB_PARAMS(DB_INT("client", client_id), DB_INT("id", ruling->id)),
        i18n_text_in(RECORD_LANGUAGE, N_("Another decision holds now.")), error);
}

/* What was to be seen to of it no longer fits: its days may be others. */
static gboolean drop_own_tasks(Session *session, const Decision *decision, GError **error)
{
    return db_run(session_db(session),
                  "DELETE FROM task WHERE decision_id = :id AND kind = 'decision'"
                  " AND done_ms IS NULL",
                  DB_PARAMS(DB_INT("id", decision->id)), error);
}

static gboolean is_to_end(const Decision *decision)
{
    return decision->valid_to != DATE_NONE && g_strcmp0(decision->kind, "ended") != 0;
}

static gboolean look_in_time(Session *session, const DecisionAbout *about, const Decision *ruling,
                             GError **error)
{
    if (!is_to_end(ruling))
        return TRUE;
    return decision_add_task(
        session, about, MAX(ruling->valid_to - DAYS_BEFORE, clock_today()),
        N_("The decision holds until %s. See in time whether there shall be a new one."),
        ruling->valid_to, error);
}

static gint64 id_of(const Decision *decision)
{
    return decision != NULL ? decision->id : 0;
}

/* What ruled before anything was done. */
typedef struct {
    Decision *decision; /* NULL: none */
    GArray *gaps;
} Ruled;
static void ruled_clear(Ruled *ruled)
{
    decision_free(ruled->decision);
    g_clear_pointer(&ruled->gaps, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Ruled, ruled_clear)

/* After what a client's support rests on has changed by hand. Whichever rules now has its tasks,
 * and no other. */
static gboolean follow_ruling(Session *session, DecisionAbout *about, const Ruled *ruled,
                              gint64 *visits, GError **error)
{
    Decision *found = NULL;
    const Decision *before = ruled->decision;
    if (!decision_ruling(session, about->client_id, &found, error))
        return FALSE;
    g_autoptr(Decision) ruling = found;
    const gboolean another = id_of(ruling) != id_of(before);
    if (ruling != NULL) {
        about->decision_id = ruling->id;
        about->response_id = ruling->response_id;
        if (!end_other_tasks(session, about->client_id, ruling, error) ||
            ((another || ruling->version != before->version) &&
             !(drop_own_tasks(session, ruling, error) &&
               look_in_time(session, about, ruling, error))))
            return FALSE;
    }
    return decision_follow(session, about, ruled->gaps, visits, error);
}

/* --- entering and taking away ------------------------------------------------------------------
 */

gboolean decision_follow_latest(Session *session, const Decision *latest, const GArray *gaps,
                                GError **error)
{
    gint64 visits = 0;
    DecisionAbout about = {.client_id = latest->client_id, .decision_id = latest->id};
    return decision_officer(session, latest->client_id, &about.officer, error) &&
           end_other_tasks(session, latest->client_id, latest, error) &&
           (latest->valid_to < clock_today() || look_in_time(session, &about, latest, error)) &&
           decision_follow(session, &about, gaps, &visits, error);
}

static gboolean is_there(Session *session, gint64 id, gboolean *there, GError **error)
{
    gint64 count = 0;
    *there = FALSE;
    if (id != 0 && !db_get_int(session_db(session), "SELECT COUNT(*) FROM decision WHERE id = :id",
                               DB_PARAMS(DB_INT("id", id)), 0, &count, error))
        return FALSE;
    *there = count > 0;
    return TRUE;
}

/* The client's and who settles it. */
static gboolean begin(Session *session, DecisionAbout *about, Ruled *ruled, GError **error)
{
    return (ruled->gaps = decision_gaps(session, about->client_id, error)) != NULL &&
           decision_ruling(session, about->client_id, &ruled->decision, error) &&
           decision_officer(session, about->client_id, &about->officer, error);
}

gboolean decision_enter(Session *session, Decision *decision, gint64 *after, GError **error)
{
    gint64 visits = 0;
    g_auto(Ruled) ruled = {0};
    gboolean there = FALSE;
    DecisionAbout about = {.client_id = decision->client_id};
    if (!client_require(session, PERMIT_CLIENT_EDIT, decision->client_id, error) ||
        !check(decision, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    if (tx == NULL || !is_there(session, decision->id, &there, error))
        return FALSE;
    if (there)
        return TRUE; /* it came through the first time */
    if (!begin(session, &about, &ruled, error))
        return FALSE;
    if (!decision_write(session, decision, NULL, error) ||
        !follow_ruling(session, &about, &ruled, &visits, error))
        return FALSE;
    if (after != NULL)
        *after = visits;
    return commit_and_make_sure(session, tx, "SELECT COUNT(*) FROM decision WHERE id = :id",
                                DB_PARAMS(DB_INT("id", decision->id)), error);
}

static gboolean entered_here(const Decision *decision, GError **error)
{
    return decision->response_id == 0 ||
           refuse(error, _("This decision was recorded in a form. Open the form and correct it "
                           "there."));
}

/* `before`: as it stands, read inside `tx`. */
static gboolean correct(Session *session, Decision *decision, const Decision *before,
                        DbTransaction *tx, gint64 *after, GError **error)
{
    gint64 visits = 0;
    g_auto(Ruled) ruled = {0};
    DecisionAbout about = {.client_id = decision->client_id};
    if (!begin(session, &about, &ruled, error))
        return FALSE;
    if (!decision_version_keep(session, before, error) ||
        !decision_write(session, decision, before, error) ||
        !drop_own_tasks(session, decision, error) ||
        !follow_ruling(session, &about, &ruled, &visits, error))
        return FALSE;
    if (after != NULL)
        *after = visits;
    return commit_and_make_sure(
        session, tx, "SELECT COUNT(*) FROM decision WHERE id = :id AND version = :version",
        DB_PARAMS(DB_INT("id", decision->id), DB_INT("version", before->version + 1)), error);
}

gboolean decision_change(Session *session, Decision *decision, gint64 *after, GError **error)
{
    if (!client_require(session, PERMIT_CLIENT_EDIT, decision->client_id, error) ||
        !check(decision, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autoptr(Decision) before = tx != NULL ? decision_get(session, decision->id, error) : NULL;
    if (before == NULL)
        return FALSE;
    if (!entered_here(before, error))
        return FALSE;
    if (decision_same(before, decision))
        return TRUE;
    if (before->version != decision->version) {
        g_set_error_literal(
            error, DAGSFORM_ERROR, ERROR_CONFLICT,
            _("Somebody has corrected this decision since you opened it. Look at it "
              "again, and save once more if yours is right."));
        return FALSE;
    }
    return correct(session, decision, before, tx, after, error);
}

gboolean decision_take_away(Session *session, gint64 client_id, gint64 id, GError **error)
{
    gint64 visits = 0;
    gboolean there = FALSE;
    g_auto(Ruled) ruled = {0};
    DecisionAbout about = {.client_id = client_id};
    if (!client_require(session, PERMIT_CLIENT_EDIT, client_id, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    if (tx == NULL || !is_there(session, id, &there, error))
        return FALSE;
    if (!there)
        return TRUE; /* gone already */
    g_autoptr(Decision) decision = decision_get(session, id, error);
    if (decision == NULL)
        return FALSE;
    if (!entered_here(decision, error) || !begin(session, &about, &ruled, error))
        return FALSE;
    return drop_own_tasks(session, decision, error) && care_order_drop_of(session, id, error) &&
           decision_versions_remove(session, id, error) &&
           decision_remove(session, decision, error) &&
           follow_ruling(session, &about, &ruled, &visits, error) &&
           commit_and_make_sure(session, tx,
                                "SELECT COUNT(*) FROM client c WHERE c.id = :client"
                                " AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.id = :id)",
                                DB_PARAMS(DB_INT("client", client_id), DB_INT("id", id)), error);
}
