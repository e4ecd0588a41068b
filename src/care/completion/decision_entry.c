/* decision_entry.c: decisions entered on the card, and what follows of a decision's end. */
#include "care/completion/decision_entry_private.h"

#include "base/clock.h"
#include "base/code.h"
#include "base/i18n.h"
#include "care/client/client_guard.h"
#include "care/client/decision_private.h"
#include "care/completion/completion_mapping_private.h"
#include "care/task/task.h"
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

static gboolean add_task(Session *session, const DecisionAbout *about, Date due, const char *format,
                         Date day, GError **error)
{
    char date[DATE_SIZE];
    gboolean is_new = FALSE;
    g_autoptr(Task) task = task_new();
    task->kind = TASK_DECISION;
    task->client_id = about->client_id;
    task->staff_id = about->officer;
    task->response_id = about->response_id;
    task->due_date = due;
    g_autofree char *text = g_strdup(i18n_text_in(RECORD_LANGUAGE, format));
    g_auto(GStrv) parts = g_strsplit(text, "%s", 2);
    task->note = g_strconcat(parts[0], date_format(day, date), parts[1], NULL);
    return task_create(session, task, &is_new, error) &&
           db_run(session_db(session), "UPDATE task SET decision_id = :decision WHERE id = :id",
                  DB_PARAMS(DB_INT_OR_NULL("decision", about->decision_id), DB_INT("id", task->id)),
                  error);
}

/* Those that are planned for days which the decision no longer reaches: somebody settles them. */
static gboolean ask_to_settle(Session *session, const DecisionAbout *about, Date last,
                              gint64 *visits, GError **error)
{
    char day[DATE_SIZE];
    if (!db_get_int(session_db(session),
                    "SELECT COUNT(*) FROM visit WHERE client_id = :client AND date > :last"
                    " AND outcome IS NULL",
                    DB_PARAMS(DB_INT("client", about->client_id),
                              DB_TEXT("last", date_format(last, day))),
                    0, visits, error))
        return FALSE;
    return *visits == 0 ||
           add_task(
               session, about, clock_today(),
               N_("Visits are planned after %s, when the decision ends. Take them away, or enter "
                  "a new decision."),
               last, error);
}

gboolean decision_follow(Session *session, const DecisionAbout *about, Date before, gint64 *visits,
                         GError **error)
{
    Date after = DATE_NONE;
    *visits = 0;
    if (!decision_last_day(session, about->client_id, &after, error))
        return FALSE;
    if (before == after)
        return TRUE;
    if (before != DATE_NONE && (after == DATE_NONE || after > before) &&
        !series_go_on(session, about->client_id, before, error))
        return FALSE;
    return after == DATE_NONE || ask_to_settle(session, about, after, visits, error);
}

/* A later decision stands in the stead of the earlier ones. */
static gboolean end_earlier_tasks(Session *session, const Decision *decision, GError **error)
{
    return db_run(session_db(session),
                  "UPDATE task SET done_ms = :now, done_by = :me, done_how = :how"
                  " WHERE client_id = :client AND kind = 'decision' AND done_ms IS NULL"
                  " AND (decision_id <> :id OR response_id IN (SELECT d.response_id FROM decision d"
                  " WHERE d.client_id = :client AND d.decided_on IS NOT NULL))",
                  DB_PARAMS(DB_INT("now", clock_now_ms()), DB_INT("me", session_staff_id(session)),
                            DB_TEXT("how", i18n_text_in(RECORD_LANGUAGE,
                                                        N_("A later decision has been entered."))),
                            DB_INT("client", decision->client_id), DB_INT("id", decision->id)),
                  error);
}

static gboolean is_to_end(const Decision *decision)
{
    return decision->valid_to != DATE_NONE && g_strcmp0(decision->kind, "ended") != 0;
}

static gboolean look_before_end(Session *session, const DecisionAbout *about,
                                const Decision *decision, GError **error)
{
    return add_task(session, about, MAX(decision->valid_to - DAYS_BEFORE, clock_today()),
                    N_("The decision holds until %s. See in time whether there shall be a new one."),
                    decision->valid_to, error);
}

static gboolean look_in_time(Session *session, const DecisionAbout *about,
                             const Decision *decision, GError **error)
{
    return !decision_grants(decision) ||
           (end_earlier_tasks(session, decision, error) &&
            (!is_to_end(decision) || look_before_end(session, about, decision, error)));
}

/* --- entering and taking away ------------------------------------------------------------------
 */

static gboolean officer_of(Session *session, gint64 client_id, gint64 *officer, GError **error)
{
    return db_get_int(session_db(session),
                      "SELECT s.id FROM client c JOIN staff s ON s.id = c.case_officer_id"
                      " AND s.active = 1 WHERE c.id = :id",
                      DB_PARAMS(DB_INT("id", client_id)), 0, officer, error);
}

gboolean decision_follow_latest(Session *session, const Decision *latest, Date before,
                                GError **error)
{
    gint64 visits = 0;
    DecisionAbout about = {.client_id = latest->client_id, .decision_id = latest->id};
    return officer_of(session, latest->client_id, &about.officer, error) &&
           end_earlier_tasks(session, latest, error) &&
           (!is_to_end(latest) || latest->valid_to < clock_today() ||
            look_before_end(session, &about, latest, error)) &&
           decision_follow(session, &about, before, &visits, error);
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

gboolean decision_enter(Session *session, Decision *decision, gint64 *after, GError **error)
{
    gint64 visits = 0;
    Date before = DATE_NONE;
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
    if (!decision_last_day(session, decision->client_id, &before, error) ||
        !officer_of(session, decision->client_id, &about.officer, error) ||
        !decision_write(session, decision, NULL, error))
        return FALSE;
    about.decision_id = decision->id;
    if (!look_in_time(session, &about, decision, error) ||
        !decision_follow(session, &about, before, &visits, error))
        return FALSE;
    if (after != NULL)
        *after = visits;
    return commit_and_make_sure(session, tx, "SELECT COUNT(*) FROM decision WHERE id = :id",
                                DB_PARAMS(DB_INT("id", decision->id)), error);
}

static Decision *take(GPtrArray *all, gint64 id)
{
    for (guint i = 0; i < all->len; i++)
        if (((const Decision *)all->pdata[i])->id == id)
            return g_ptr_array_steal_index(all, i);
    return NULL;
}

gboolean decision_take_away(Session *session, gint64 client_id, gint64 id, GError **error)
{
    gint64 visits = 0;
    Date before = DATE_NONE;
    DecisionAbout about = {.client_id = client_id};
    if (!client_require(session, PERMIT_CLIENT_EDIT, client_id, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autoptr(GPtrArray) all = tx != NULL ? decision_of_client(session, client_id, error) : NULL;
    if (all == NULL)
        return FALSE;
    g_autoptr(Decision) decision = take(all, id);
    if (decision == NULL)
        return TRUE; /* gone already */
    if (decision->response_id != 0)
        return refuse(error, _("This decision was recorded in a form. Open the form and correct it "
                               "there."));
    return decision_last_day(session, client_id, &before, error) &&
           officer_of(session, client_id, &about.officer, error) &&
           db_run(session_db(session),
                  "DELETE FROM task WHERE decision_id = :id AND done_ms IS NULL",
                  DB_PARAMS(DB_INT("id", id)), error) &&
           decision_remove(session, decision, error) &&
           decision_follow(session, &about, before, &visits, error) &&
           commit_and_make_sure(session, tx,
                                "SELECT COUNT(*) FROM client c WHERE c.id = :client"
                                " AND NOT EXISTS (SELECT 1 FROM decision d WHERE d.id = :id)",
                                DB_PARAMS(DB_INT("client", client_id), DB_INT("id", id)), error);
}
