/* response_import.c: rows of forms, one for each answer, checked and added. A form is read in whole
 * or not at all: where one of its rows is refused, the others are too. One that is there is never
 * changed. */
#include "care/response/response_import.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/i18n.h"
#include "care/response/respondent.h"
#include "care/response/response_forms.h"
#include "care/unit/form_version.h"
#include "care/unit/staff.h"
#include "exchange/table_import_private.h"

#include <string.h>

typedef struct {
    ImportClient who;
    gboolean about; /* a client, or else whom it names (response.subject) */
    Response *response;
    Placement *placement; /* NULL: none is said */
    Answers *answers;
    GArray *lines; /* int: its rows */
    char *head;    /* what each of them says of the form */
    char *worker;
    int number, corrects; /* in the file; 0: none */
    int refused;          /* the first of its rows that was refused; 0: none */
} FormLines;

typedef struct {
    GPtrArray *forms;   /* FormLines * */
    GHashTable *by_key; /* what tells a form from the others → FormLines * */
    GHashTable *loaded; /* name and version → Form * */
    GHashTable *ids;    /* number in the file → gint64 *, of those that are in the unit */
    GHashTable *alike;  /* → how many of that form, client and minute there were before */
    int broken;         /* the first line that cannot be told whose it is; 0: none */
} Rows;

static void form_lines_free(gpointer data)
{
    FormLines *form = data;
    import_client_clear(&form->who);
    response_free(form->response);
    placement_free(form->placement);
    answers_free(form->answers);
    g_array_unref(form->lines);
    g_free(form->head);
    g_free(form->worker);
    g_free(form);
}

static void loaded_free(gpointer form)
{
    form_free(form);
}

static gpointer rows_new(ImportRun *run)
{
    (void)run;
    Rows *rows = g_new0(Rows, 1);
    rows->forms = g_ptr_array_new_with_free_func(form_lines_free);
    rows->by_key = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    rows->loaded = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, loaded_free);
    rows->ids = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
    rows->alike = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return rows;
}

static void rows_free(gpointer data)
{
    Rows *rows = data;
    g_ptr_array_unref(rows->forms);
    g_hash_table_unref(rows->by_key);
    g_hash_table_unref(rows->loaded);
    g_hash_table_unref(rows->ids);
    g_hash_table_unref(rows->alike);
    g_free(rows);
}

static char *missing(const TableImport *import)
{
    if (table_import_column_of(import, COLUMN_FORM, 0) < 0)
        return g_strdup(_("Say which column holds the name of the form."));
    if (table_import_column_of(import, COLUMN_BEGUN, 0) < 0)
        return g_strdup(_("Say which column holds the day when the form was begun."));
    if (table_import_column_of(import, COLUMN_LINK_ID, 0) < 0)
        return g_strdup(
            _("There are no answers in the file. Export the forms with own words, which "
              "the answers are among."));
    return NULL;
}

/* --- checking: what is said of a form --------------------------------------------------------- */

/* Seconds east are the machine's, as in an export. 0 where there is no such moment. */
static gint64 moment_ms(Date date, int minute)
{
    int year, month, day;
    if (date == DATE_NONE)
        return 0;
    date_to_ymd(date, &year, &month, &day);
    g_autoptr(GDateTime) moment =
        g_date_time_new_local(year, month, day, MAX(minute, 0) / 60, MAX(minute, 0) % 60, 0);
    return moment != NULL ? g_date_time_to_unix(moment) * 1000 : 0;
}

static gboolean take_moment(const ImportCells *cells, const CsvRow *row, ColumnKind day,
                            ColumnKind time, gint64 *ms)
{
    Date date;
    int minute;
    if (!import_date(cells, row, day, &date) || !import_time(cells, row, time, &minute))
        return FALSE;
    *ms = moment_ms(date, minute);
    return TRUE;
}

static gboolean take_number(const ImportCells *cells, const CsvRow *row, ColumnKind kind,
                            int *number)
{
    guint64 value = 0;
    const char *text = import_cell(cells, row, kind);
    if (*text && !g_ascii_string_to_unsigned(text, 10, 1, G_MAXINT, &value, NULL))
        return import_refuse_cell(cells, row, kind, _("“%s” is not a number from 1 on."), text);
    *number = (int)value;
    return TRUE;
}

static gboolean take_codes(const ImportCells *cells, const CsvRow *row, Response *response)
{
    const char *text = import_cell(cells, row, COLUMN_RESPONDENT);
    Respondent respondent;
    if (*text && !respondent_said(text, &respondent))
        return import_refuse_cell(cells, row, COLUMN_RESPONDENT,
                                  _("“%s” is nobody who answers a form here."), text);
    response->respondent = g_strdup(*text ? respondent_code(respondent) : NULL);
    text = import_cell(cells, row, COLUMN_MEETING);
    if (*text && !response_mode_said(text, &response->mode))
        return import_refuse_cell(cells, row, COLUMN_MEETING,
                                  _("“%s” is no way to meet. Write for instance phone or meeting."),
                                  text);
    text = import_cell(cells, row, COLUMN_NOT_DONE);
    if (*text && !not_done_said(text, &response->not_done))
        return import_refuse_cell(cells, row, COLUMN_NOT_DONE,
                                  _("“%s” is no cause known here why a form was not done."), text);
    text = import_cell(cells, row, COLUMN_LANGUAGE);
    response->language = g_strdup(*text ? text : i18n_language());
    return TRUE;
}

/* Of an interview: which placement it follows up, by client, first day and institution. */
static gboolean take_placement(const ImportCells *cells, const CsvRow *row, FormLines *form)
{
    Date from, until;
    InstitutionKind kind = INSTITUTION_OTHER;
    const char *text = import_cell(cells, row, COLUMN_INSTITUTION_KIND);
    if (!import_date(cells, row, COLUMN_PLACED_FROM, &from) ||
        !import_date(cells, row, COLUMN_PLACED_UNTIL, &until))
        return FALSE;
    if (*text && !institution_kind_said(text, &kind))
        return import_refuse_cell(cells, row, COLUMN_INSTITUTION_KIND,
                                  _("“%s” is no kind of placement known here. Write for instance "
                                    "foster home or HVB."),
                                  text);
    g_autofree char *institution = import_words(cells, row, COLUMN_INSTITUTION);
    if (from == DATE_NONE)
        return (until == DATE_NONE && institution == NULL) ||
               import_refuse(cells, row, COLUMN_PLACED_FROM,
                             g_strdup(_("The day when the placement began is missing.")));
    if (!form->about)
        return import_refuse(cells, row, COLUMN_PLACED_FROM,
                             g_strdup(_("A placement is a client's. Write whose it is.")));
    form->placement = g_new0(Placement, 1);
    form->placement->started_on = from;
    form->placement->ended_on = until;
    form->placement->institution = g_steal_pointer(&institution);
    form->placement->institution_kind = kind;
    return TRUE;
}

/* A name is part of a file's. */
static gboolean is_form_name(const char *text)
{
    return *text != '\0' && text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-_")] == '\0';
}

static gboolean take_head(const ImportCells *cells, const CsvRow *row, Date today, FormLines *form)
{
    Response *response = form->response;
    const char *name = import_cell(cells, row, COLUMN_FORM);
    form->about = !import_client_none(cells, row);
    if ((form->about && !import_client_take(cells, row, today, FALSE, &form->who)) ||
        !take_number(cells, row, COLUMN_NUMBER, &form->number) ||
        !take_number(cells, row, COLUMN_CORRECTS, &form->corrects) ||
        !take_moment(cells, row, COLUMN_BEGUN, COLUMN_BEGUN_AT, &response->begun_ms) ||
        !take_moment(cells, row, COLUMN_COMPLETED, COLUMN_COMPLETED_AT, &response->completed_ms) ||
        !take_codes(cells, row, response) || !take_placement(cells, row, form))
        return FALSE;
    if (!is_form_name(name))
        return import_refuse_cell(cells, row, COLUMN_FORM,
                                  _("“%s” is no name of a form. Write it as sip-mote."), name);
    if (response->begun_ms <= 0)
        return import_refuse(cells, row, COLUMN_BEGUN,
                             g_strdup(_("The day when the form was begun is missing.")));
    response->form = g_strdup(name);
    response->form_hash = g_strdup(import_cell(cells, row, COLUMN_FORM_VERSION));
    response->subject = import_words(cells, row, COLUMN_SUBJECT);
    response->not_done_words = import_words(cells, row, COLUMN_NOT_DONE_WORDS);
    form->worker = import_words(cells, row, COLUMN_STAFF);
    if (form->about)
        import_client_remark(cells, row, &form->who);
    return TRUE;
}

/* --- checking: rows --------------------------------------------------------------------------- */

/* All cells that are the form's and not an answer's. New. */
static char *head_of(const ImportCells *cells, const CsvRow *row)
{
    GString *head = g_string_new(NULL);
    for (ColumnKind kind = COLUMN_SKIP + 1; kind < COLUMN_LINK_ID; kind++) {
        g_string_append(head, import_cell(cells, row, kind));
        g_string_append_c(head, '\x1f');
    }
    return g_string_free(head, FALSE);
}

/* The form that the row is of; a new one where it is the first. Owned by the rows. */
static FormLines *form_of(Rows *rows, const ImportCells *cells, const CsvRow *row, gboolean *is_new)
{
    g_autofree char *head = head_of(cells, row);
    const char *number = import_cell(cells, row, COLUMN_NUMBER);
    const char *key = *number ? number : head;
    FormLines *form = g_hash_table_lookup(rows->by_key, key);
    *is_new = form == NULL;
    if (form != NULL)
        return form;
    form = g_new0(FormLines, 1);
    form->response = g_new0(Response, 1);
    form->answers = answers_new();
    form->lines = g_array_new(FALSE, FALSE, sizeof(int));
    g_hash_table_insert(rows->by_key, g_strdup(key), form);
    form->head = g_steal_pointer(&head);
    form->who.line = row->line;
    g_ptr_array_add(rows->forms, form);
    return form;
}

static gboolean take_answer(const ImportCells *cells, const CsvRow *row, FormLines *form)
{
    const char *link_id = import_cell(cells, row, COLUMN_LINK_ID);
    const char *instance = import_cell(cells, row, COLUMN_INSTANCE);
    const char *why = import_cell(cells, row, COLUMN_NO_ANSWER);
    g_autofree char *value = import_words(cells, row, COLUMN_ANSWER);
    g_autofree char *note = import_words(cells, row, COLUMN_ANSWER_NOTE);
    g_autofree char *reason = import_words(cells, row, COLUMN_REASON);
    AnswerKind kind = value != NULL ? ANSWER_VALUE : ANSWER_NONE;
    if (!*link_id)
        return TRUE; /* a form without any answer */
    if (*why && (!answer_kind_parse(why, &kind) || value != NULL))
        return import_refuse_cell(
            cells, row, COLUMN_NO_ANSWER,
            _("“%s” does not go here. Write unknown, refused or not-asked where there is no "
              "answer, and nothing where there is one."),
            why);
    if (answers_get(form->answers, link_id, instance) != NULL)
        return import_refuse(cells, row, COLUMN_LINK_ID,
                             g_strdup(_("The question is answered twice. Keep one of the rows.")));
    answers_set(form->answers, link_id, instance, kind, value);
    answers_set_note(form->answers, link_id, instance, note);
    answers_set_reason(form->answers, link_id, instance, reason);
    return TRUE;
}

/* FALSE when the row is refused, and with it the form that it is of. */
static gboolean take(Rows *rows, const ImportCells *cells, const CsvRow *row, Date today)
{
    gboolean is_new;
    if (!import_row_begin(cells, row)) {
        rows->broken = rows->broken != 0 ? rows->broken : row->line;
        return FALSE;
    }
    FormLines *form = form_of(rows, cells, row, &is_new);
    gboolean good = !is_new || take_head(cells, row, today, form);
    if (good && !is_new) {
        g_autofree char *head = head_of(cells, row);
        good = g_str_equal(head, form->head) ||
               import_refuse(cells, row, COLUMN_NUMBER,
                             g_strdup_printf(_("The row says something else of the form than line "
                                               "%d does, which has its number too."),
                                             form->who.line));
    }
    good = good && take_answer(cells, row, form);
    if (good)
        g_array_append_val(form->lines, row->line);
    else if (form->refused == 0)
        form->refused = row->line;
    return good;
}

static void take_row(ImportRun *run, const ImportCells *cells, const CsvRow *row)
{
    take(run->rows, cells, row, clock_today());
}

static gboolean check_rows(ImportRun *run, CsvReader *reader, GError **error)
{
    return import_check_each(run, reader, take_row, error);
}

/* --- adding ----------------------------------------------------------------------------------- */

/* Refuses all the rows of a form that were well until now. `reason` is taken over. */
static void refuse_all(ImportRun *run, const FormLines *form, ColumnKind kind, char *reason)
{
    for (guint i = 0; i < form->lines->len; i++)
        table_import_refuse(run->import, g_array_index(form->lines, int, i), kind,
                            g_strdup(reason));
    g_free(reason);
}

/* The version it was asked in where that is kept or in force, else the one in force. NULL with a
 * fault. Owned by the rows. */
static const Form *form_for(ImportRun *run, const FormLines *lines, GError **error)
{
    Rows *rows = run->rows;
    Session *session = run->import->session;
    const Response *response = lines->response;
    gboolean kept = FALSE;
    g_autofree char *key = g_strconcat(response->form, " ", response->form_hash, NULL);
    Form *form = g_hash_table_lookup(rows->loaded, key);
    if (form != NULL)
        return form;
    if (!form_version_is_kept(session, response->form_hash, &kept, error))
        return NULL;
    form = kept ? form_version_load(session, response->form_hash, error)
                : response_form(session, response->form, error);
    if (form != NULL && !g_str_equal(form->name, response->form)) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("The version is of another form than the one named. Check which one "
                              "is right."));
        g_clear_pointer(&form, form_free);
    }
    if (form != NULL)
        g_hash_table_insert(rows->loaded, g_steal_pointer(&key), form);
    return form;
}

static int nth_of(Rows *rows, const Response *response)
{
    char *key = g_strdup_printf("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %s %s",
                                response->client_id, response->begun_ms, response->form,
                                response->respondent, response->subject);
    const int nth = GPOINTER_TO_INT(g_hash_table_lookup(rows->alike, key)) + 1;
    g_hash_table_insert(rows->alike, key, GINT_TO_POINTER(nth));
    return nth;
}

static gboolean add_whole(ImportRun *run, FormLines *lines, const Form *form, GError **error)
{
    Rows *rows = run->rows;
    Response *response = lines->response;
    const gint64 *corrected = g_hash_table_lookup(rows->ids, GINT_TO_POINTER(lines->corrects));
    response->client_id = lines->who.client_id;
    response->corrects_id = corrected != NULL ? *corrected : 0;
    if (lines->placement != NULL) {
        lines->placement->client_id = response->client_id;
        lines->placement->two_parents =
            g_strcmp0(response->respondent, respondent_code(RESPONDENT_PARENT_2)) == 0;
    }
    if (response->respondent == NULL && g_strcmp0(form->respondent, "client") == 0)
        response->respondent = g_strdup("client");
    switch (response_add_from_file(run->import->session, response, lines->placement, form,
                                   lines->answers, nth_of(rows, response), error)) {
    case RESPONSE_ADDED:
        run->result->imported += (int)lines->lines->len;
        break;
    case RESPONSE_THERE:
        run->result->duplicates += (int)lines->lines->len;
        break;
    case RESPONSE_DIFFERS:
        refuse_all(run, lines, COLUMN_FORM,
                   g_strdup(_("The form is there already with other answers, and stays as it is. "
                              "Correct it there if the file is right.")));
        return TRUE;
    case RESPONSE_ERROR:
        return FALSE;
    }
    if (lines->number > 0)
        g_hash_table_insert(rows->ids, GINT_TO_POINTER(lines->number),
                            g_memdup2(&response->id, sizeof response->id));
    return TRUE;
}

/* What speaks against the form is the refusal of its rows. FALSE on any other error. */
static gboolean add_checked(ImportRun *run, FormLines *lines, const GPtrArray *staff,
                            GError **error)
{
    const Answer *wrong = NULL;
    Session *session = run->import->session;
    const Form *form = form_for(run, lines, error);
    if (form == NULL)
        return FALSE;
    g_autofree char *sentence = response_wrong_answer(form, lines->answers, &wrong);
    if (sentence != NULL) {
        g_autofree char *which = table_import_quote(wrong->link_id);
        refuse_all(run, lines, COLUMN_LINK_ID, g_strdup_printf("%s: %s", which, sentence));
        return TRUE;
    }
    lines->response->staff_id =
        lines->worker == NULL ? session_staff_id(session)
                              : import_staff(run, staff, lines->worker, ROLE_SUPPORT_WORKER, error);
    return lines->response->staff_id != 0 && add_whole(run, lines, form, error);
}

static gboolean add_form(ImportRun *run, guint index, gpointer staff, GError **error)
{
    FormLines *lines = ((const Rows *)run->rows)->forms->pdata[index];
    ImportRefusal refusal = {0};
    g_autoptr(GError) fault = NULL;
    const int refused = lines->refused != 0 ? lines->refused : ((const Rows *)run->rows)->broken;
    if (refused != 0) {
        refuse_all(run, lines, COLUMN_SKIP,
                   g_strdup_printf(_("A row that is, or may be, of the same form is refused (line "
                                     "%d)."),
                                   refused));
        return TRUE;
    }
    if (lines->about && !import_client_known(run, &lines->who, &refusal, error))
        return FALSE;
    if (refusal.reason != NULL) {
        refuse_all(run, lines, refusal.kind, refusal.reason);
        return TRUE;
    }
    if (add_checked(run, lines, staff, &fault))
        return TRUE;
    if (!g_error_matches(fault, DAGSFORM_ERROR, ERROR_INPUT) &&
        !g_error_matches(fault, DAGSFORM_ERROR, ERROR_NOT_FOUND)) {
        g_propagate_error(error, g_steal_pointer(&fault));
        return FALSE;
    }
    refuse_all(run, lines, COLUMN_FORM, g_strdup(fault->message));
    return TRUE;
}

static gboolean add_rows(ImportRun *run, gint64 import_id, GError **error)
{
    (void)import_id;
    g_autoptr(GPtrArray) staff = staff_list(run->import->session, error);
    return staff != NULL &&
           import_add_each(run, ((const Rows *)run->rows)->forms->len, add_form, staff, error);
}

const ImportKind import_kind_responses = {missing, rows_new, rows_free, check_rows, add_rows};
