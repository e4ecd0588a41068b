/* dispute.c: what a client says is wrong in what is kept. */
#include "care/client/dispute.h"

#include <string.h>

#include "base/clock.h"
#include "base/code.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/client/client.h"
#include "care/client/client_guard.h"
#include "care/task/task.h"
#include "care/unit/access.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"

#define TEXT_LENGTH_MAX 4000

static const CodeWord ABOUTS[DISPUTE_ABOUT_COUNT] = {
    [DISPUTE_CARD] = {.code = "card"},         [DISPUTE_VISIT] = {.code = "visit"},
    [DISPUTE_RESPONSE] = {.code = "response"}, [DISPUTE_DECISION] = {.code = "decision"},
    [DISPUTE_NOTE] = {.code = "note"},         [DISPUTE_OTHER] = {.code = "other"},
};
static const CodeWord OUTCOMES[DISPUTE_OUTCOME_COUNT] = {
    [DISPUTE_OPEN] = {NULL, N_("not answered yet")},
    [DISPUTE_CORRECTED] = {"corrected", N_("it has been corrected")},
    [DISPUTE_STANDS] = {"stands", N_("it stands as it was written")},
};

const DisputeField DISPUTE_FIELDS[] = {
    {"name", N_("Name")},
    {"id_number", N_("Identity number")},
    {"birth_date", N_("Birth date")},
    {"phone", N_("Telephone")},
    {"email", N_("E-mail")},
    {"address", N_("Address")},
    {"language", N_("Language")},
    {"contact", N_("Next of kin and representatives")},
    {"number", N_("Client number")},
    {NULL, NULL},
};

const char *dispute_outcome_name(DisputeOutcome outcome)
{
    return code_word(OUTCOMES, DISPUTE_OUTCOME_COUNT, outcome);
}

Dispute *dispute_new(void)
{
    Dispute *dispute = g_new0(Dispute, 1);
    dispute->said_on = DATE_NONE;
    return dispute;
}

Dispute *dispute_copy(const Dispute *dispute)
{
    Dispute *copy = g_memdup2(dispute, sizeof *dispute);
    copy->field = g_strdup(dispute->field);
    copy->entry = g_strdup(dispute->entry);
    copy->words = g_strdup(dispute->words);
    copy->reason = g_strdup(dispute->reason);
    copy->taken_by = g_strdup(dispute->taken_by);
    copy->settled_by = g_strdup(dispute->settled_by);
    return copy;
}

void dispute_free(Dispute *dispute)
{
    if (dispute == NULL)
        return;
    g_free(dispute->field);
    g_free(dispute->entry);
    g_free(dispute->words);
    g_free(dispute->reason);
    g_free(dispute->taken_by);
    g_free(dispute->settled_by);
    g_free(dispute);
}

/* --- reading ---------------------------------------------------------------------------------- */

#define DISPUTE_ROWS                                                                               \
    "SELECT d.id, d.client_id, CASE WHEN d.note_id IS NULL THEN d.about ELSE 'note' END,"          \
    " COALESCE(d.visit_id, d.response_id, d.decision_id, d.note_id, 0),"                           \
    " d.field, d.entry, d.words, d.said_on, d.outcome, d.reason, t.name, d.created_ms, e.name,"    \
    " d.settled_ms FROM dispute d LEFT JOIN staff t ON t.id = d.staff_id"                          \
    " LEFT JOIN staff e ON e.id = d.settled_by LEFT JOIN response r ON r.id = d.response_id"       \
    " WHERE d.unit_id = :unit AND (r.id IS NULL OR r.interview = 0 OR :interviews = 1)"

#define DISPUTE_READER(session)                                                                    \
    DB_INT("unit", session_unit_id(session)),                                                      \
        DB_INT("interviews", access_allows(session, PERMIT_INTERVIEW) ? 1 : 0)

static DisputeOutcome outcome_of(const char *code)
{
    return (DisputeOutcome)MAX(code_value(OUTCOMES, DISPUTE_OUTCOME_COUNT, code), DISPUTE_OPEN);
}

static Dispute *from_row(DbStatement *row)
{
    Dispute *dispute = dispute_new();
    dispute->id = db_int(row, 0);
    dispute->client_id = db_int(row, 1);
    dispute->about =
        (DisputeAbout)MAX(code_value(ABOUTS, DISPUTE_ABOUT_COUNT, db_text(row, 2)), DISPUTE_CARD);
    dispute->about_id = db_int(row, 3);
    dispute->field = g_strdup(db_text(row, 4));
    dispute->entry = g_strdup(db_text(row, 5));
    dispute->words = g_strdup(db_text(row, 6));
    dispute->said_on = date_parse(db_text(row, 7));
    dispute->outcome = outcome_of(db_text(row, 8));
    dispute->reason = g_strdup(db_text(row, 9));
    dispute->taken_by = g_strdup(db_text(row, 10));
    dispute->created_ms = db_int(row, 11);
    dispute->settled_by = g_strdup(db_text(row, 12));
    dispute->settled_ms = db_int(row, 13);
    return dispute;
}

GPtrArray *dispute_of_client(Session *session, gint64 client_id, GError **error)
{
    if (!client_require(session, PERMIT_CLIENT_READ, client_id, error))
        return NULL;
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)dispute_free);
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        DISPUTE_ROWS " AND d.client_id = :client"
                     " ORDER BY CASE WHEN d.outcome IS NULL THEN 0 ELSE 1 END, d.said_on DESC,"
                     " d.id DESC",
        DB_PARAMS(DISPUTE_READER(session), DB_INT("client", client_id)), error);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW)
        g_ptr_array_add(all, from_row(rows));
    return step == DB_STEP_DONE ? g_steal_pointer(&all) : NULL;
}

static Dispute *dispute_read(Session *session, gint64 id, GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session_db(session), DISPUTE_ROWS " AND d.id = :id",
                 DB_PARAMS(DISPUTE_READER(session), DB_INT("id", id)), error);
    DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("The objection is no longer there. Look at the card again."));
    return step == DB_STEP_ROW ? from_row(row) : NULL;
}

/* --- noting one ------------------------------------------------------------------------------- */

#define FIELD_LENGTH_MAX 200

static gboolean has_field(const Dispute *dispute)
{
    const char *field = dispute->field;
    if (field == NULL || dispute->about == DISPUTE_RESPONSE)
        return field == NULL || strlen(field) <= FIELD_LENGTH_MAX;
    for (const DisputeField *known = DISPUTE_FIELDS; known->field != NULL; known++)
        if (g_strcmp0(known->field, field) == 0)
            return dispute->about == DISPUTE_CARD;
    return FALSE;
}

/* What speaks against noting it; NULL: nothing. Translated. */
static const char *fault_of(const Dispute *dispute)
{
    if (dispute->entry == NULL || dispute->entry[0] == '\0')
        return _("Write what it is about.");
    if (dispute->words == NULL || dispute->words[0] == '\0')
        return _("Write what the person says.");
    if (g_utf8_strlen(dispute->entry, -1) > TEXT_LENGTH_MAX ||
        g_utf8_strlen(dispute->words, -1) > TEXT_LENGTH_MAX)
        return _("The text is longer than 4000 characters. Shorten it.");
    if (dispute->said_on == DATE_NONE || dispute->said_on > clock_today())
        return _("Write the day on which it was said, today or earlier.");
    return NULL;
}

static void tidy(char **text)
{
    g_autofree char *typed = g_steal_pointer(text);
    *text = g_strstrip(text_clean(typed != NULL ? typed : ""));
}

/* Whether what it is about is the client's, and may be seen. */
static gboolean check_about(Session *session, const Dispute *dispute, GError **error)
{
    static const char *const WHOSE[DISPUTE_ABOUT_COUNT] = {
        [DISPUTE_VISIT] = "SELECT COUNT(*) FROM visit WHERE id = :id AND client_id = :client",
        [DISPUTE_RESPONSE] = "SELECT COUNT(*) FROM response WHERE id = :id AND client_id = :client",
        [DISPUTE_DECISION] = "SELECT COUNT(*) FROM decision WHERE id = :id AND client_id = :client",
        [DISPUTE_NOTE] = "SELECT COUNT(*) FROM contact_note WHERE id = :id AND client_id = :client",
    };
    gint64 there = 0, interview = 0;
    if (WHOSE[dispute->about] == NULL)
        return TRUE;
    const DbParam *params =
        DB_PARAMS(DB_INT("id", dispute->about_id), DB_INT("client", dispute->client_id));
    if (!db_get_int(session_db(session), WHOSE[dispute->about], params, 0, &there, error))
        return FALSE;
    if (there == 0) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("What this is about is no longer there. Look at the card again."));
        return FALSE;
    }
    return dispute->about != DISPUTE_RESPONSE ||
           (db_get_int(session_db(session), "SELECT interview FROM response WHERE id = :id",
                       DB_PARAMS(DB_INT("id", dispute->about_id)), 1, &interview, error) &&
            (interview == 0 || access_require(session, PERMIT_INTERVIEW, error)));
}

/* The task of whoever decides on the client's support. */
static gboolean add_task(Session *session, const Dispute *dispute, gint64 *task_id, GError **error)
{
    g_autoptr(Task) task = task_new();
    task->kind = TASK_DISPUTE;
    task->client_id = dispute->client_id;
    task->due_date = dispute->said_on + DISPUTE_DAYS;
    task->note = g_strdup(dispute->entry);
    if (!db_get_int(session_db(session), "SELECT case_officer_id FROM client WHERE id = :id",
                    DB_PARAMS(DB_INT("id", dispute->client_id)), 0, &task->staff_id, error) ||
        !task_add(session, task, error))
        return FALSE;
    *task_id = task->id;
    return TRUE;
}

static gboolean insert_row(Session *session, const Dispute *dispute, GError **error)
{
    char said[DATE_SIZE];
    const gint64 id = dispute->about_id;
    const DisputeAbout stored = dispute->about == DISPUTE_NOTE ? DISPUTE_OTHER : dispute->about;
    return db_run(
        session_db(session),
        "INSERT INTO dispute (id, unit_id, client_id, about, field, visit_id, response_id,"
        " decision_id, note_id, entry, words, said_on, staff_id, created_ms) VALUES (:id, :unit,"
        " :client, :about, :field, :visit, :response, :decision, :note, :entry, :words, :said, :me,"
        " :now)"
        " ON CONFLICT (id) DO NOTHING",
        DB_PARAMS(DB_INT("id", dispute->id), DB_INT("unit", session_unit_id(session)),
                  DB_INT("client", dispute->client_id),
                  DB_TEXT("about", code_of(ABOUTS, DISPUTE_ABOUT_COUNT, stored)),
                  DB_TEXT("field", dispute->field),
                  DB_INT_IF("visit", id, dispute->about == DISPUTE_VISIT),
                  DB_INT_IF("response", id, dispute->about == DISPUTE_RESPONSE),
                  DB_INT_IF("decision", id, dispute->about == DISPUTE_DECISION),
                  DB_INT_IF("note", id, dispute->about == DISPUTE_NOTE),
                  DB_TEXT("entry", dispute->entry), DB_TEXT("words", dispute->words),
                  DB_TEXT("said", date_format(dispute->said_on, said)),
                  DB_INT_OR_NULL("me", session_staff_id(session)), DB_INT("now", clock_now_ms())),
        error);
}

static gboolean insert(Session *session, Dispute *dispute, GError **error)
{
    gint64 task_id = 0;
    Db *db = session_db(session);
    if (dispute->id == 0 && (dispute->id = db_new_id(db, "dispute", error)) == 0)
        return FALSE;
    if (!insert_row(session, dispute, error))
        return FALSE;
    if (db_changes(db) == 0)
        return TRUE; /* it came through the first time */
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "entry", NULL, dispute->entry);
    audit_changes_text(changes, "words", NULL, dispute->words);
    audit_changes_date(changes, "said_on", DATE_NONE, dispute->said_on);
    return add_task(session, dispute, &task_id, error) &&
           db_run(db, "UPDATE dispute SET task_id = :task WHERE id = :id",
                  DB_PARAMS(DB_INT("task", task_id), DB_INT("id", dispute->id)), error) &&
           audit_write(session, "create", "dispute", dispute->id, dispute->client_id, changes,
                       error);
}

gboolean dispute_add(Session *session, Dispute *dispute, GError **error)
{
    if (!client_require(session, PERMIT_VISIT_RECORD, dispute->client_id, error))
        return FALSE;
    tidy(&dispute->entry);
    tidy(&dispute->words);
    const char *fault = fault_of(dispute);
    if (fault != NULL || !has_field(dispute)) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            fault != NULL ? fault : _("The card has no such field."));
        return FALSE;
    }
    if (!check_about(session, dispute, error))
        return FALSE;
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    return tx != NULL && insert(session, dispute, error) &&
           commit_and_make_sure(session, tx, "SELECT COUNT(*) FROM dispute WHERE id = :id",
                                DB_PARAMS(DB_INT("id", dispute->id)), error);
}

/* --- what came of it -------------------------------------------------------------------------- */

static gboolean finish_task(Session *session, gint64 id, DisputeOutcome outcome, GError **error)
{
    gint64 task_id = 0;
    return db_get_int(session_db(session), "SELECT task_id FROM dispute WHERE id = :id",
                      DB_PARAMS(DB_INT("id", id)), 0, &task_id, error) &&
           (task_id == 0 ||
            task_finish(session, task_id, dispute_outcome_name(outcome), error));
}

static gboolean write_outcome(Session *session, const Dispute *dispute, DisputeOutcome outcome,
                              const char *reason, GError **error)
{
    const char *code = code_of(OUTCOMES, DISPUTE_OUTCOME_COUNT, outcome);
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "outcome", NULL, code);
    audit_changes_text(changes, "reason", NULL, reason);
    return db_run(session_db(session),
                  "UPDATE dispute SET outcome = :outcome, reason = :reason, settled_by = :me,"
                  " settled_ms = :now WHERE id = :id",
                  DB_PARAMS(DB_TEXT("outcome", code), DB_TEXT("reason", reason),
                            DB_INT_OR_NULL("me", session_staff_id(session)),
                            DB_INT("now", clock_now_ms()), DB_INT("id", dispute->id)),
                  error) &&
           audit_write(session, "change", "dispute", dispute->id, dispute->client_id, changes,
                       error) &&
           finish_task(session, dispute->id, outcome, error);
}

static const char *settle_fault(DisputeOutcome outcome, const char *reason)
{
    if (outcome == DISPUTE_OPEN)
        return _("Say what came of it: it was corrected, or it stands.");
    if (outcome == DISPUTE_STANDS && reason == NULL)
        return _("Write why it stands, so that the person can be told.");
    return reason != NULL && g_utf8_strlen(reason, -1) > TEXT_LENGTH_MAX
               ? _("The text is longer than 4000 characters. Shorten it.")
               : NULL;
}

/* New; NULL for nothing. */
static char *text_or_null(const char *text)
{
    g_autofree char *clean = g_strstrip(text_clean(text != NULL ? text : ""));
    return clean[0] != '\0' ? g_steal_pointer(&clean) : NULL;
}

gboolean dispute_settle(Session *session, gint64 id, DisputeOutcome outcome, const char *reason,
                        GError **error)
{
    g_autofree char *clean = text_or_null(reason);
    const char *fault = settle_fault(outcome, clean);
    g_autoptr(Dispute) before = NULL;
    if (!access_require(session, PERMIT_CLIENT_EDIT, error) ||
        (before = dispute_read(session, id, error)) == NULL ||
        !client_require_open(session, before->client_id, error))
        return FALSE;
    if (fault != NULL) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, fault);
        return FALSE;
    }
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    g_autoptr(Dispute) now = tx != NULL ? dispute_read(session, id, error) : NULL;
    if (now == NULL)
        return FALSE;
    if (now->outcome == outcome && g_strcmp0(now->reason, clean) == 0)
        return TRUE; /* it came through the first time */
    if (now->outcome != DISPUTE_OPEN) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                    _("%s has answered this already: %s. If the person still says that it is wrong, "
                      "note that anew."),
                    now->settled_by != NULL ? now->settled_by : _("Somebody"),
                    dispute_outcome_name(now->outcome));
        return FALSE;
    }
    return write_outcome(session, now, outcome, clean, error) &&
           commit_and_make_sure(
               session, tx, "SELECT COUNT(*) FROM dispute WHERE id = :id AND outcome IS NOT NULL",
               DB_PARAMS(DB_INT("id", id)), error);
}

/* --- words and rows --------------------------------------------------------------------------- */

char *dispute_sentence(const Dispute *dispute, const char *language)
{
    char said[DATE_SIZE];
    const char *outcome = i18n_text_in(language, OUTCOMES[dispute->outcome].word);
    date_format(dispute->said_on, said);
    return dispute->reason != NULL ? g_strdup_printf("“%s” (%s, %s: %s)", dispute->words, said,
                                                     outcome, dispute->reason)
                                   : g_strdup_printf("“%s” (%s, %s)", dispute->words, said, outcome);
}

char *dispute_sentence_of_row(DbStatement *row, int column)
{
    if (db_is_null(row, column))
        return NULL;
    const Dispute dispute = {
        .words = (char *)db_text(row, column),
        .said_on = date_parse(db_text(row, column + 1)),
        .outcome = outcome_of(db_text(row, column + 2)),
        .reason = (char *)db_text(row, column + 3),
    };
    return dispute_sentence(&dispute, i18n_language());
}

char *dispute_question(const char *link_id, const char *instance)
{
    return instance[0] != '\0' ? g_strdup_printf("%s/%s", link_id, instance) : g_strdup(link_id);
}

char *dispute_beside(const GPtrArray *disputes, DisputeAbout about, gint64 about_id,
                     const char *field, const char *language)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < disputes->len; i++) {
        const Dispute *dispute = disputes->pdata[i];
        if (dispute->about != about || dispute->about_id != about_id ||
            (field != NULL && g_strcmp0(dispute->field != NULL ? dispute->field : "", field) != 0))
            continue;
        const gboolean named = field == NULL && dispute->field != NULL;
        g_autofree char *sentence = dispute_sentence(dispute, language);
        g_string_append_printf(text, "%s%s%s%s", text->len > 0 ? "\n" : "",
                               named ? dispute->entry : "", named ? ": " : "", sentence);
    }
    return text->len > 0 ? g_strdup(text->str) : NULL;
}

const char *dispute_draft(DisputeAbout about, const char *field)
{
    g_autofree char *kind = g_strdup_printf("dispute-%s-%s", ABOUTS[about].code,
                                            field != NULL ? field : "");
    return g_intern_string(kind);
}

gboolean dispute_rows_take(char *const *values, Dispute *dispute,
                           const char *faults[DISPUTE_ROW_COUNT])
{
    g_autofree char *day = g_strstrip(g_strdup(values[DISPUTE_ROW_SAID]));
    g_free(dispute->entry);
    g_free(dispute->words);
    dispute->entry = g_strstrip(g_strdup(values[DISPUTE_ROW_ENTRY]));
    dispute->words = g_strstrip(g_strdup(values[DISPUTE_ROW_WORDS]));
    dispute->said_on = day[0] != '\0' ? date_parse_words(day, clock_today()) : DATE_NONE;
    faults[DISPUTE_ROW_ENTRY] =
        dispute->entry[0] == '\0' ? _("Write what it is about.") : NULL;
    faults[DISPUTE_ROW_WORDS] =
        dispute->words[0] == '\0' ? _("Write what the person says.") : NULL;
    faults[DISPUTE_ROW_SAID] = dispute->said_on == DATE_NONE || dispute->said_on > clock_today()
                                   ? _("Write the day on which it was said, today or earlier.")
                                   : NULL;
    return faults[DISPUTE_ROW_ENTRY] == NULL && faults[DISPUTE_ROW_WORDS] == NULL &&
           faults[DISPUTE_ROW_SAID] == NULL;
}

gboolean settle_rows_take(char *const *values, DisputeOutcome *outcome, char **reason,
                          const char *faults[SETTLE_ROW_COUNT])
{
    const char *chosen = values[SETTLE_ROW_OUTCOME];
    *outcome = (DisputeOutcome)(chosen[0] != '\0' ? chosen[0] - '0' : DISPUTE_OPEN);
    g_free(*reason);
    *reason = text_or_null(values[SETTLE_ROW_REASON]);
    const char *fault = settle_fault(*outcome, *reason);
    faults[SETTLE_ROW_OUTCOME] = *outcome == DISPUTE_OPEN ? fault : NULL;
    faults[SETTLE_ROW_REASON] = *outcome != DISPUTE_OPEN ? fault : NULL;
    return fault == NULL;
}
