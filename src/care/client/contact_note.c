/* contact_note.c: dated notes about a client. */
#include "care/client/contact_note.h"

#include "base/clock.h"
#include "base/code.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/client/client_guard.h"
#include "care/unit/audit.h"
#include "care/unit/commit.h"
#include "care/unit/deed.h"

static const CodeWord MODES[CONTACT_MODE_COUNT] = {
    [CONTACT_PHONE] = {"phone", N_("Telephone call")},
    [CONTACT_MEETING] = {"meeting", N_("Meeting in person")},
    [CONTACT_LETTER] = {"letter", N_("Letter")},
    [CONTACT_MESSAGE] = {"message", N_("Text message or e-mail")},
    [CONTACT_OTHER] = {"other", N_("Another way")},
};
CODE_AND_NAME_FUNCTIONS(ContactMode, contact_mode, MODES)

ContactNote *contact_note_new(gint64 client_id)
{
    ContactNote *note = g_new0(ContactNote, 1);
    note->client_id = client_id;
    note->day = clock_today();
    note->time = -1;
    return note;
}

void contact_note_free(ContactNote *note)
{
    if (note == NULL)
        return;
    g_free(note->party);
    g_free(note->note);
    g_free(note->words);
    g_free(note->staff_name);
    g_free(note);
}

/* --- reading ---------------------------------------------------------------------------------- */

static ContactNote *from_row(DbStatement *row)
{
    ContactNote *note = contact_note_new(db_int(row, 1));
    note->id = db_int(row, 0);
    contact_mode_parse(db_text(row, 2), &note->mode);
    note->party = g_strdup(db_text(row, 3));
    note->day = date_parse(db_text(row, 4));
    note->time = db_is_null(row, 5) ? -1 : time_parse(db_text(row, 5));
    note->note = g_strdup(db_text(row, 6));
    note->words = g_strdup(db_text(row, 7));
    note->replaced_id = db_int(row, 8);
    note->created_ms = db_int(row, 9);
    note->staff_name = g_strdup(db_text(row, 10));
    return note;
}

/* Moves into `all` what `holds` corrects, and what that one had corrected. */
static void move_corrected(GPtrArray *all, GPtrArray *corrected, const ContactNote *holds)
{
    for (guint i = 0; i < corrected->len; i++) {
        ContactNote *note = corrected->pdata[i];
        if (note == NULL || note->replaced_id != holds->id)
            continue;
        corrected->pdata[i] = NULL;
        g_ptr_array_add(all, note);
        move_corrected(all, corrected, note);
    }
}

/* From the order of days: each that holds, followed by what it corrects. */
static GPtrArray *with_corrected_below(DbStatement *rows, GError **error)
{
    g_autoptr(GPtrArray) holding = g_ptr_array_new_with_free_func((GDestroyNotify)contact_note_free);
    g_autoptr(GPtrArray) corrected =
        g_ptr_array_new_with_free_func((GDestroyNotify)contact_note_free);
    DbStep step = DB_STEP_ERROR;
    while (rows != NULL && (step = db_step(rows, error)) == DB_STEP_ROW) {
        ContactNote *note = from_row(rows);
        g_ptr_array_add(note->replaced_id == 0 ? holding : corrected, note);
    }
    if (step != DB_STEP_DONE)
        return NULL;
    GPtrArray *all = g_ptr_array_new_with_free_func((GDestroyNotify)contact_note_free);
    for (guint i = 0; i < holding->len; i++) {
        ContactNote *note = g_steal_pointer(&holding->pdata[i]);
        g_ptr_array_add(all, note);
        move_corrected(all, corrected, note);
    }
    return all;
}

#define COLUMNS                                                                                    \
    "SELECT n.id, n.client_id, n.mode, n.party, n.day, n.time, n.note, n.words, n.replaced_id,"    \
    " n.created_ms, s.name FROM contact_note n LEFT JOIN staff s ON s.id = n.staff_id"

/* Whether the notes of that client may be read, and that they were. */
static gboolean may_read(Session *session, gint64 client_id, GError **error)
{
    g_autoptr(GArray) read = g_array_new(FALSE, FALSE, sizeof client_id);
    g_array_append_val(read, client_id);
    return client_require(session, PERMIT_WALK, client_id, error) &&
           audit_words(session, "contact_note", read, error);
}

GPtrArray *contact_note_of_client(Session *session, gint64 client_id, GError **error)
{
    if (!may_read(session, client_id, error))
        return NULL;
    g_autoptr(DbStatement) rows = db_query(
        session_db(session),
        COLUMNS
        " WHERE n.client_id = :client ORDER BY n.day DESC, COALESCE(n.time, '') DESC, n.id DESC",
        DB_PARAMS(DB_INT("client", client_id)), error);
    return with_corrected_below(rows, error);
}

ContactNote *contact_note_get(Session *session, gint64 id, GError **error)
{
    g_autoptr(DbStatement) row =
        db_query(session_db(session), COLUMNS " WHERE n.id = :id AND n.unit_id = :unit",
                 DB_PARAMS(DB_INT("id", id), DB_INT("unit", session_unit_id(session))), error);
    const DbStep step = row != NULL ? db_step(row, error) : DB_STEP_ERROR;
    if (step == DB_STEP_DONE)
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_NOT_FOUND,
                            _("The note is no longer there. Look at the journal again."));
    g_autoptr(ContactNote) note = step == DB_STEP_ROW ? from_row(row) : NULL;
    return note != NULL && may_read(session, note->client_id, error) ? g_steal_pointer(&note)
                                                                     : NULL;
}

/* --- words ------------------------------------------------------------------------------------ */

char *contact_note_title(const ContactNote *note)
{
    const char *mode = contact_mode_name(note->mode);
    return note->party != NULL ? g_strdup_printf("%s, %s", mode, note->party) : g_strdup(mode);
}

char *contact_note_when(const ContactNote *note)
{
    char date[DATE_SIZE], time[TIME_SIZE];
    return g_strdup_printf("%s %s%s%s", date_weekday_short(date_weekday(note->day)),
                           date_format(note->day, date), note->time >= 0 ? " " : "",
                           time_format(note->time, time));
}

char *contact_note_by(const ContactNote *note)
{
    g_autofree char *when = clock_text(note->created_ms);
    const char *who = note->staff_name != NULL ? note->staff_name : _("nobody of the unit");
    return g_strdup_printf(note->replaced_id != 0 ? _("%s, noted %s. Corrected since: the note "
                                                      "above holds.")
                                                  : _("%s, noted %s"),
                           who, when);
}

/* --- rows ------------------------------------------------------------------------------------- */

static char *copy_of(const char *text)
{
    return g_strdup(text != NULL ? text : "");
}

char **contact_rows_values(const ContactNote *note)
{
    char date[DATE_SIZE], time[TIME_SIZE];
    char **values = g_new0(char *, CONTACT_ROW_COUNT + 1);
    values[CONTACT_ROW_NOTE] = copy_of(note->note);
    values[CONTACT_ROW_WORDS] = copy_of(note->words);
    values[CONTACT_ROW_MODE] = g_strdup_printf("%d", (int)note->mode);
    values[CONTACT_ROW_PARTY] = copy_of(note->party);
    values[CONTACT_ROW_DAY] = g_strdup(date_format(note->day, date));
    values[CONTACT_ROW_TIME] = copy_of(time_or_null(note->time, time));
    return values;
}

/* New; NULL: nothing is written. */
static char *written(const char *text)
{
    g_autofree char *clean = g_strstrip(text_clean(text != NULL ? text : ""));
    return clean[0] != '\0' ? g_steal_pointer(&clean) : NULL;
}

static const char *day_fault(Date day)
{
    return day == DATE_NONE || day > clock_today()
               ? _("Write the day of the contact, today or earlier.")
               : NULL;
}

gboolean contact_rows_take(char *const *values, ContactNote *note,
                           const char *faults[CONTACT_ROW_COUNT])
{
    g_autofree char *day = written(values[CONTACT_ROW_DAY]);
    g_autofree char *time = written(values[CONTACT_ROW_TIME]);
    gint64 mode = values[CONTACT_ROW_MODE][0] != '\0' ? g_ascii_strtoll(values[CONTACT_ROW_MODE], NULL, 10) : -1;
    g_free(note->note);
    g_free(note->words);
    g_free(note->party);
    note->note = written(values[CONTACT_ROW_NOTE]);
    note->words = written(values[CONTACT_ROW_WORDS]);
    note->party = written(values[CONTACT_ROW_PARTY]);
    note->day = day != NULL ? date_parse_words(day, clock_today()) : DATE_NONE;
    note->time = time != NULL ? time_parse(time) : -1;
    if (mode >= 0 && mode < CONTACT_MODE_COUNT)
        note->mode = (ContactMode)mode;
    for (int row = 0; row < CONTACT_ROW_COUNT; row++)
        faults[row] = NULL;
    if (note->note == NULL && note->words == NULL)
        faults[CONTACT_ROW_NOTE] = _("Write what was said or came in.");
    if (mode < 0 || mode >= CONTACT_MODE_COUNT)
        faults[CONTACT_ROW_MODE] = _("Choose in which way you were in touch.");
    faults[CONTACT_ROW_DAY] = day_fault(note->day);
    if (time != NULL && note->time < 0)
        faults[CONTACT_ROW_TIME] = _("Write the time as 14:30, or leave it empty.");
    for (int row = 0; row < CONTACT_ROW_COUNT; row++)
        if (faults[row] != NULL)
            return FALSE;
    return TRUE;
}

/* --- writing ---------------------------------------------------------------------------------- */

static gboolean insert(Session *session, const ContactNote *note, gboolean *is_new, GError **error)
{
    char day[DATE_SIZE], time[TIME_SIZE];
    Db *db = session_db(session);
    g_autofree char *party = written(note->party);
    g_autofree char *text = written(note->note);
    g_autofree char *words = written(note->words);
    if (!db_run(db,
                "INSERT INTO contact_note (id, unit_id, client_id, mode, party, day, time, note,"
                " words, staff_id, created_ms) VALUES (:id, :unit, :client, :mode, :party, :day,"
                " :time, :note, :words, :me, :now) ON CONFLICT (id) DO NOTHING",
                DB_PARAMS(DB_INT("id", note->id), DB_INT("unit", session_unit_id(session)),
                          DB_INT("client", note->client_id),
                          DB_TEXT("mode", contact_mode_code(note->mode)), DB_TEXT("party", party),
                          DB_TEXT("day", date_format(note->day, day)),
                          DB_TEXT("time", time_or_null(note->time, time)),
                          DB_TEXT("note", text != NULL ? text : ""), DB_TEXT("words", words),
                          DB_INT_OR_NULL("me", session_staff_id(session)),
                          DB_INT("now", clock_now_ms())),
                error))
        return FALSE;
    *is_new = db_changes(db) > 0;
    return TRUE;
}

/* The text itself stands in the note, which nothing changes: the log tells that it was written. */
static gboolean note_in_log(Session *session, const ContactNote *note, GError **error)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "mode", NULL, contact_mode_code(note->mode));
    audit_changes_date(changes, "day", DATE_NONE, note->day);
    audit_changes_int(changes, "corrects_id", 0, note->corrects_id);
    return audit_write(session, note->corrects_id != 0 ? "correct" : "create", "contact_note",
                       note->id, note->client_id, changes, error);
}

/* FALSE with ERROR_CONFLICT where it is corrected already, or another client's. */
static gboolean replace(Session *session, const ContactNote *note, GError **error)
{
    Db *db = session_db(session);
    if (note->corrects_id == 0)
        return TRUE;
    if (!db_run(db,
                "UPDATE contact_note SET replaced_id = :id WHERE id = :old AND client_id = :client"
                " AND replaced_id IS NULL",
                DB_PARAMS(DB_INT("id", note->id), DB_INT("old", note->corrects_id),
                          DB_INT("client", note->client_id)),
                error))
        return FALSE;
    if (db_changes(db) == 1)
        return TRUE;
    g_set_error_literal(error, DAGSFORM_ERROR, ERROR_CONFLICT,
                        _("Somebody else has corrected the note meanwhile. What you wrote is kept "
                          "here; go back, look at their correction and correct that one."));
    return FALSE;
}

static gboolean add(Session *session, ContactNote *note, GError **error)
{
    gboolean is_new = FALSE;
    g_autofree char *text = written(note->note);
    g_autofree char *words = written(note->words);
    const char *fault = text == NULL && words == NULL ? _("Write what was said or came in.")
                                                      : day_fault(note->day);
    if (!client_require(session, PERMIT_WALK, note->client_id, error))
        return FALSE;
    if (fault != NULL) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT, fault);
        return FALSE;
    }
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    if (tx == NULL ||
        (note->id == 0 && (note->id = db_new_id(session_db(session), "contact_note", error)) == 0) ||
        !insert(session, note, &is_new, error))
        return FALSE;
    if (!is_new)
        return TRUE; /* it came through the first time */
    return replace(session, note, error) && note_in_log(session, note, error) &&
           commit_and_make_sure(session, tx, "SELECT COUNT(*) FROM contact_note WHERE id = :id",
                                DB_PARAMS(DB_INT("id", note->id)), error);
}

gboolean contact_note_add(Session *session, ContactNote *note, GError **error)
{
    g_autoptr(Deed) deed = NULL;
    if (!deed_begin(session, DEED_CONTACT_NOTE, &deed, error))
        return FALSE;
    const gboolean done = add(session, note, error);
    deed_int(deed, "id", note->id);
    deed_int(deed, "client", note->client_id);
    deed_text(deed, "mode", contact_mode_code(note->mode));
    deed_text(deed, "party", note->party);
    deed_date(deed, "day", note->day);
    deed_int(deed, "time", note->time);
    deed_text(deed, "note", note->note);
    deed_text(deed, "words", note->words);
    deed_int(deed, "corrects", note->corrects_id);
    return deed_end(deed, done, error);
}
