/* visit_import_row.c: checks one row of a planning system's file. Nothing is guessed. */
#include "base/i18n.h"
#include "base/text.h"
#include "exchange/visit_import_private.h"

#include <math.h>
#include <string.h>

#define DEFAULT_MINUTES 60
#define MINUTES_OF_DAY (24 * 60)
/* Characters of a cell: names and codes, and a note. */
#define LONGEST_CELL 200
#define LONGEST_NOTE 4000

/* A cell's text met before, and what it was found to be: columns repeat a few values. */
typedef struct {
    const char *code; /* of the option; NULL: not understood */
} Known;

struct RowChecker {
    VisitImport *import;
    const Form *form;
    int at[COLUMN_COUNT]; /* column of each kind; -1: none */
    Date today;
    GArray *clients, *staff;
    GHashTable *client_by_cells; /* number, identity number and name as they stand → index + 1 */
    GHashTable *client_by_id, *client_by_number;
    GHashTable *staff_by_text;
    GHashTable *outcomes, *causes, *bys, *sources, *tolds, *alternatives; /* text → Known * */
    GStringChunk *notes;
    GString *key;
};

static void import_client_clear(gpointer data)
{
    ImportClient *client = data;
    g_free(client->number);
    g_free(client->name);
}

static void import_staff_clear(gpointer data)
{
    g_free(((ImportStaff *)data)->text);
}

RowChecker *row_checker_new(VisitImport *import, const Form *form, Date today)
{
    RowChecker *checker = g_new0(RowChecker, 1);
    checker->import = import;
    checker->form = form;
    checker->today = today;
    for (int kind = 0; kind < COLUMN_COUNT; kind++)
        checker->at[kind] = -1;
    for (int i = 0; i < import->columns; i++)
        checker->at[import->kinds[i]] = i;
    checker->clients = g_array_new(FALSE, TRUE, sizeof(ImportClient));
    g_array_set_clear_func(checker->clients, import_client_clear);
    checker->staff = g_array_new(FALSE, TRUE, sizeof(ImportStaff));
    g_array_set_clear_func(checker->staff, import_staff_clear);
    checker->client_by_cells = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    checker->client_by_id = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    checker->client_by_number = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    checker->staff_by_text = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    checker->outcomes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    checker->causes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    checker->bys = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    checker->sources = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    checker->tolds = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    checker->alternatives = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    checker->notes = g_string_chunk_new(4096);
    checker->key = g_string_new(NULL);
    return checker;
}

void row_checker_free(RowChecker *checker)
{
    if (!checker)
        return;
    g_array_unref(checker->clients);
    g_array_unref(checker->staff);
    g_hash_table_unref(checker->client_by_cells);
    g_hash_table_unref(checker->client_by_id);
    g_hash_table_unref(checker->client_by_number);
    g_hash_table_unref(checker->staff_by_text);
    g_hash_table_unref(checker->outcomes);
    g_hash_table_unref(checker->causes);
    g_hash_table_unref(checker->bys);
    g_hash_table_unref(checker->sources);
    g_hash_table_unref(checker->tolds);
    g_hash_table_unref(checker->alternatives);
    g_string_chunk_free(checker->notes);
    g_string_free(checker->key, TRUE);
    g_free(checker);
}

GArray *row_checker_clients(RowChecker *checker)
{
    return checker->clients;
}

GArray *row_checker_staff(RowChecker *checker)
{
    return checker->staff;
}

/* The cell of a kind, "" where the column is not in the file. */
static const char *cell(const RowChecker *checker, const CsvRow *row, ColumnKind kind)
{
    const int column = checker->at[kind];
    return column < 0 ? "" : row->cells[column];
}

static void tidy_cells(const RowChecker *checker, const CsvRow *row)
{
    for (ColumnKind kind = COLUMN_SKIP + 1; kind < COLUMN_COUNT; kind++)
        if (checker->at[kind] >= 0)
            row->cells[checker->at[kind]] = visit_import_tidy(row->cells[checker->at[kind]]);
}

/* COLUMN_SKIP: the row as a whole. */
static gboolean refuse(RowChecker *checker, const CsvRow *row, ColumnKind kind, char *reason)
{
    visit_import_refuse(checker->import, row->line, kind, reason);
    return FALSE;
}

/* The same with a sentence that has one %s, for what stands in the cell. */
static gboolean refuse_cell(RowChecker *checker, const CsvRow *row, ColumnKind kind,
                            const char *format, const char *text)
{
    g_autofree char *quote = visit_import_quote(text);
    return refuse(checker, row, kind, g_strdup_printf(format, quote));
}

/* --- people ----------------------------------------------------------------------------------- */

static char *name_of(const RowChecker *checker, const CsvRow *row)
{
    const char *name = cell(checker, row, COLUMN_NAME);
    if (*name)
        return text_display(name);
    g_autofree char *whole = g_strconcat(cell(checker, row, COLUMN_GIVEN_NAME), " ",
                                         cell(checker, row, COLUMN_FAMILY_NAME), NULL);
    return text_display(g_strstrip(whole));
}

gboolean visit_import_names_meet(const char *a, const char *b)
{
    if (!*a || !*b)
        return TRUE;
    g_auto(GStrv) words = text_fold_words(a);
    g_auto(GStrv) others = text_fold_words(b);
    for (int i = 0; words[i]; i++)
        if (g_strv_contains((const char *const *)others, words[i]))
            return TRUE;
    return FALSE;
}

/* The client met before by identity number or by client number, or a new one; 0: refused. */
static guint gather_client(RowChecker *checker, const CsvRow *row, const IdNumber *id)
{
    g_autofree char *name = name_of(checker, row);
    g_autofree char *number = text_display(cell(checker, row, COLUMN_CLIENT_NUMBER));
    guint by_id = 0, by_number = 0;
    if (id->fault == ID_OK)
        by_id = GPOINTER_TO_UINT(g_hash_table_lookup(checker->client_by_id, id->number));
    if (*number)
        by_number = GPOINTER_TO_UINT(g_hash_table_lookup(checker->client_by_number, number));
    if (by_id && by_number && by_id != by_number) {
        refuse(checker, row, COLUMN_CLIENT_NUMBER,
               g_strdup(_("The client number and the identity number belong to two different "
                          "clients.")));
        return 0;
    }
    const guint found = by_id ? by_id : by_number;
    if (found) {
        const ImportClient *known = &g_array_index(checker->clients, ImportClient, found - 1);
        if (by_number && !by_id && id->fault == ID_OK && known->id.fault == ID_OK) {
            refuse(checker, row, COLUMN_ID_NUMBER,
                   g_strdup_printf(_("The client number stood with another identity number on "
                                     "line %d."),
                                   known->line));
            return 0;
        }
        if (!visit_import_names_meet(known->name, name)) {
            refuse(checker, row, COLUMN_NAME,
                   g_strdup_printf(_("The number stood with another name on line %d. Check whose "
                                     "visit this is."),
                                   known->line));
            return 0;
        }
        return found;
    }
    if (!*name) {
        refuse(checker, row, COLUMN_NAME, g_strdup(_("The name is missing.")));
        return 0;
    }
    ImportClient client = {.number = *number ? g_strdup(number) : NULL,
                           .name = g_steal_pointer(&name),
                           .id = *id,
                           .line = row->line};
    g_array_append_val(checker->clients, client);
    const guint index = checker->clients->len;
    if (id->fault == ID_OK)
        g_hash_table_insert(checker->client_by_id, g_strdup(id->number), GUINT_TO_POINTER(index));
    if (*number)
        g_hash_table_insert(checker->client_by_number, g_strdup(number), GUINT_TO_POINTER(index));
    return index;
}

/* A number of a form unknown here, as another region's or authority's may be, rather than one that
 * is known and has gone wrong. */
static gboolean is_strange(IdFault fault)
{
    return fault == ID_FORM || fault == ID_DATE;
}

/* A strange number is not kept, but the client number says whose visit it is. Told once for all
 * rows that say the same of the client. */
static void remark_identity(RowChecker *checker, const CsvRow *row, IdFault fault)
{
    visit_import_remark(checker->import, row->line, COLUMN_ID_NUMBER,
                        g_strdup_printf(_("The identity number was left out, and the client number "
                                          "used. %s"),
                                        idnumber_fault_text(fault)));
}

static gboolean take_client(RowChecker *checker, const CsvRow *row, ImportVisit *visit)
{
    static const ColumnKind others[] = {COLUMN_ID_NUMBER, COLUMN_NAME, COLUMN_GIVEN_NAME,
                                        COLUMN_FAMILY_NAME};
    const char *number = cell(checker, row, COLUMN_CLIENT_NUMBER);
    const char *id_text = cell(checker, row, COLUMN_ID_NUMBER);
    g_string_assign(checker->key, number);
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        g_string_append_c(checker->key, '\x1f');
        g_string_append(checker->key, cell(checker, row, others[i]));
    }
    guint index =
        GPOINTER_TO_UINT(g_hash_table_lookup(checker->client_by_cells, checker->key->str));
    if (!index) {
        IdNumber id;
        idnumber_parse(id_text, checker->today, &id);
        const gboolean enough = *number && (id.fault == ID_EMPTY || is_strange(id.fault));
        if (id.fault != ID_OK && !enough)
            return refuse(checker, row, COLUMN_ID_NUMBER, g_strdup(idnumber_fault_text(id.fault)));
        index = gather_client(checker, row, &id);
        if (!index)
            return FALSE;
        if (is_strange(id.fault))
            remark_identity(checker, row, id.fault);
        g_hash_table_insert(checker->client_by_cells, g_strdup(checker->key->str),
                            GUINT_TO_POINTER(index));
    }
    visit->client = index - 1;
    return TRUE;
}

static void take_staff(RowChecker *checker, const CsvRow *row, ImportVisit *visit)
{
    const char *text = cell(checker, row, COLUMN_STAFF);
    visit->staff = 0;
    if (!*text)
        return;
    visit->staff = GPOINTER_TO_UINT(g_hash_table_lookup(checker->staff_by_text, text));
    if (visit->staff)
        return;
    ImportStaff staff = {.text = text_display(text)};
    g_array_append_val(checker->staff, staff);
    visit->staff = checker->staff->len;
    g_hash_table_insert(checker->staff_by_text, g_strdup(text), GUINT_TO_POINTER(visit->staff));
}

/* --- date and time ---------------------------------------------------------------------------- */

/* From the visit's begin to an end, which may stand without its day. */
static double minutes_to(const ImportVisit *visit, const char *text)
{
    ImportMoment end;
    if (!visit_import_moment(text, &end) || end.minute < 0)
        return NAN;
    const int minutes = end.minute - visit->start;
    return end.date == DATE_NONE ? (minutes + MINUTES_OF_DAY) % MINUTES_OF_DAY
                                 : (double)(end.date - visit->date) * MINUTES_OF_DAY + minutes;
}

static gboolean take_length(RowChecker *checker, const CsvRow *row, ImportVisit *visit)
{
    ColumnKind kind = COLUMN_HOURS;
    const char *text = cell(checker, row, kind);
    double value = NAN, minutes = DEFAULT_MINUTES;
    if (*text) {
        minutes = text_parse_number(text, &value) ? value * 60 : NAN;
    } else if (*(text = cell(checker, row, COLUMN_MINUTES))) {
        kind = COLUMN_MINUTES;
        minutes = text_parse_number(text, &value) ? value : NAN;
    } else if (*(text = cell(checker, row, COLUMN_END))) {
        kind = COLUMN_END;
        minutes = minutes_to(visit, text);
    }
    if (!(minutes >= 1 && minutes <= MINUTES_OF_DAY))
        return refuse_cell(checker, row, kind,
                           _("“%s” is not a length between one minute and 24 hours."), text);
    visit->minutes = (gint16)lround(minutes);
    return TRUE;
}

/* The day may stand in the column of the time, and the time in that of the day where it has none of
 * its own. */
static gboolean take_time(RowChecker *checker, const CsvRow *row, ImportVisit *visit)
{
    const char *date = cell(checker, row, COLUMN_DATE), *start = cell(checker, row, COLUMN_START);
    ImportMoment day = {DATE_NONE, -1}, time = {DATE_NONE, -1};
    if (*date && (!visit_import_moment(date, &day) || day.date == DATE_NONE))
        return refuse_cell(checker, row, COLUMN_DATE,
                           _("“%s” is not a date. Write it as 2026-11-21."), date);
    if (*start && (!visit_import_moment(start, &time) || time.minute < 0))
        return refuse_cell(checker, row, COLUMN_START,
                           _("“%s” is not a time of day. Write it as 14:05."), start);
    if (day.date == DATE_NONE && time.date == DATE_NONE)
        return refuse(checker, row, COLUMN_DATE, g_strdup(_("The date is missing.")));
    if (day.date != DATE_NONE && time.date != DATE_NONE && day.date != time.date)
        return refuse_cell(checker, row, COLUMN_START,
                           _("“%s” is on another day than the date says. Check which is right."),
                           start);
    if (checker->at[COLUMN_START] < 0)
        time.minute = day.minute;
    if (time.minute < 0)
        return refuse(checker, row, COLUMN_START, g_strdup(_("The time is missing.")));
    visit->date = day.date != DATE_NONE ? day.date : time.date;
    visit->start = (gint16)time.minute;
    return take_length(checker, row, visit);
}

/* --- what came of it ---------------------------------------------------------------------------
 */

/* What `text` stands for in the choice list `link_id`; remembered. NULL: not understood. */
static const Known *look_up(RowChecker *checker, GHashTable *known, const char *link_id,
                            const char *text)
{
    Known *value = g_hash_table_lookup(known, text);
    if (!value) {
        const FormItem *item = form_item(checker->form, link_id);
        const FormOption *option = item ? form_option_by_text(item, text) : NULL;
        value = g_new0(Known, 1);
        value->code = option ? g_intern_string(option->code) : NULL;
        g_hash_table_insert(known, g_strdup(text), value);
    }
    return value->code ? value : NULL;
}

/* A planning system's word for a visit that nothing has come of yet, also where its day is past.
 * The form has no such choice to give aliases; one that a unit gives to an outcome there goes
 * first. */
static gboolean is_yet_to_come(const char *text)
{
    /* Swedish, English and Finnish, as text_fold() writes them. */
    static const char *const WORDS[] = {
        "planerad",      "planerat",       "planerat besök", "planerad insats", "inplanerad",
        "inplanerat",    "bokad",          "bokat",          "inbokad",         "inbokat",
        "schemalagd",    "schemalagt",     "kommande",       "ej påbörjad",     "ej påbörjat",
        "inte påbörjad", "inte påbörjat",  "planned",        "planned visit",   "booked",
        "scheduled",     "upcoming",       "not started",    "suunniteltu",     "varattu",
        "sovittu",       "aikataulutettu", "tuleva",         "ei aloitettu",    NULL};
    g_autofree char *folded = text_fold(text);
    return g_strv_contains(WORDS, folded);
}

/* A cause of the unit's list, interned, or NULL for an empty cell. FALSE when it is refused. */
static gboolean take_cause(RowChecker *checker, const CsvRow *row, ColumnKind kind,
                           const char **cause)
{
    const char *text = cell(checker, row, kind);
    *cause = NULL;
    if (!*text)
        return TRUE;
    const Known *known = look_up(checker, checker->causes, "orsak", text);
    if (!known)
        return refuse_cell(
            checker, row, kind,
            _("“%s” is not a cause in the unit's list. Add it there, or mend the row."), text);
    *cause = known->code;
    return TRUE;
}

static gboolean take_outcome(RowChecker *checker, const CsvRow *row, ImportVisit *visit)
{
    const char *text = cell(checker, row, COLUMN_OUTCOME);
    Outcome outcome = OUTCOME_NONE;
    if (*text) {
        const Known *known = look_up(checker, checker->outcomes, "utfall", text);
        if (known ? !outcome_parse(known->code, &outcome) : !is_yet_to_come(text))
            return refuse_cell(checker, row, COLUMN_OUTCOME,
                               _("“%s” is not an outcome known here."), text);
    }
    visit->outcome = (guint8)outcome;
    if (!take_cause(checker, row, COLUMN_CAUSE, &visit->cause) ||
        !take_cause(checker, row, COLUMN_CAUSE_FURTHER, &visit->further))
        return FALSE;
    if (visit->cause && !outcome_has_cause(visit->outcome))
        return refuse(checker, row, COLUMN_CAUSE,
                      g_strdup(_("A visit that took place as planned, or has no outcome yet, "
                                 "has no cause.")));
    if (visit->further && !visit->cause)
        return refuse(checker, row, COLUMN_CAUSE_FURTHER,
                      g_strdup(_("There is a further cause but no first one. Choose the first.")));
    if (visit->further == visit->cause)
        visit->further = NULL;
    return TRUE;
}

/* As the screen asks it: of a cause only. */
static gboolean take_source(RowChecker *checker, const CsvRow *row, ImportVisit *visit)
{
    const char *text = cell(checker, row, COLUMN_SOURCE);
    CauseSource source = SOURCE_NONE;
    if (*text) {
        const Known *known = look_up(checker, checker->sources, "kalla", text);
        if (!known || !cause_source_parse(known->code, &source))
            return refuse_cell(checker, row, COLUMN_SOURCE,
                               _("“%s” does not say whose word the cause is: the person's own, the "
                                 "staff's, or a relative's or guardian's."),
                               text);
        if (!visit->cause)
            return refuse(checker, row, COLUMN_SOURCE,
                          g_strdup(_("It says whose word the cause is, but there is no cause. Add "
                                     "the cause, or empty this cell.")));
    }
    visit->source = (guint8)source;
    return TRUE;
}

static gboolean take_cancellation(RowChecker *checker, const CsvRow *row, ImportVisit *visit)
{
    const char *text = cell(checker, row, COLUMN_BY);
    CancelledBy by = BY_NONE;
    if (*text) {
        const Known *known = look_up(checker, checker->bys, "avbokad-av", text);
        if (!known || !cancelled_by_parse(known->code, &by))
            return refuse_cell(checker, row, COLUMN_BY, _("“%s” is not somebody who can cancel."),
                               text);
    }
    visit->by = (guint8)by;
    visit->outcome = (guint8)outcome_by(visit->outcome, by);
    text = cell(checker, row, COLUMN_NOTICE);
    visit->notice = -1;
    if (*text) {
        double hours;
        if (!text_parse_number(text, &hours) || hours < 0 || hours > 24 * 366)
            return refuse_cell(checker, row, COLUMN_NOTICE, _("“%s” is not a number of hours."),
                               text);
        visit->notice = (gint16)hours;
    }
    return TRUE;
}

/* 1, 0; -1: it is neither. */
static int yes_or_no(const char *text)
{
    static const char *const YES[] = {"ja", "yes", "kyllä", "1", NULL};
    static const char *const NO[] = {"nej", "no", "ei", "0", NULL};
    g_autofree char *folded = text_fold(text);
    if (g_strv_contains(YES, folded))
        return 1;
    return g_strv_contains(NO, folded) ? 0 : -1;
}

/* What was offered instead, and how it was told. */
static gboolean take_offer(RowChecker *checker, const CsvRow *row, ImportVisit *visit)
{
    Alternative alternative = OFFER_NONE;
    ToldBy told = TOLD_NONE;
    VisitMode mode = VISIT_MODE_HOME;
    const char *text = cell(checker, row, COLUMN_ALTERNATIVE);
    const Known *known = *text ? look_up(checker, checker->alternatives, "alternativ", text) : NULL;
    if (*text && (!known || !alternative_parse(known->code, &alternative)))
        return refuse_cell(checker, row, COLUMN_ALTERNATIVE,
                           _("“%s” is nothing that can be offered instead."), text);
    text = cell(checker, row, COLUMN_TOLD);
    known = *text ? look_up(checker, checker->tolds, "hur", text) : NULL;
    if (*text && (!known || !told_by_parse(known->code, &told)))
        return refuse_cell(checker, row, COLUMN_TOLD, _("“%s” is no way to be told."), text);
    text = cell(checker, row, COLUMN_MODE);
    if (*text && !visit_mode_said(text, &mode))
        return refuse_cell(
            checker, row, COLUMN_MODE,
            _("“%s” is no way to meet. Write for instance home visit or phone call."), text);
    text = cell(checker, row, COLUMN_TAKEN);
    visit->taken = -1;
    if (*text && (visit->taken = (gint8)yes_or_no(text)) < 0)
        return refuse_cell(checker, row, COLUMN_TAKEN, _("“%s” is neither yes nor no."), text);
    visit->alternative = (guint8)alternative;
    visit->told = (guint8)told;
    visit->mode = (guint8)mode;
    return TRUE;
}

/* Owned by the checker; NULL for an empty cell. */
static const char *take_text(RowChecker *checker, const CsvRow *row, ColumnKind kind)
{
    const char *text = cell(checker, row, kind);
    if (!*text)
        return NULL;
    g_autofree char *clean = g_strstrip(text_clean(text));
    return *clean ? g_string_chunk_insert(checker->notes, clean) : NULL;
}

/* Something is wrong with a file that has a book in a cell, such as a quotation mark too few. */
static gboolean check_lengths(RowChecker *checker, const CsvRow *row)
{
    for (ColumnKind kind = COLUMN_SKIP + 1; kind < COLUMN_COUNT; kind++) {
        const int column = checker->at[kind];
        const gboolean is_text = kind == COLUMN_NOTE || kind == COLUMN_WORDS;
        const int longest = is_text ? LONGEST_NOTE : LONGEST_CELL;
        if (column < 0 || strlen(row->cells[column]) <= (gsize)longest ||
            g_utf8_strlen(row->cells[column], -1) <= longest)
            continue;
        return refuse(
            checker, row, kind,
            g_strdup_printf(_("The cell has more than %d characters. Shorten it."), longest));
    }
    return TRUE;
}

gboolean row_checker_take(RowChecker *checker, const CsvRow *row, ImportVisit *visit)
{
    *visit = (ImportVisit){.line = row->line};
    if (row->unclosed)
        return refuse(checker, row, COLUMN_SKIP,
                      g_strdup(_("A quotation mark that begins on this line is never "
                                 "closed. Mend it; the rows after it could not be read.")));
    if (row->too_long)
        return refuse(checker, row, COLUMN_SKIP,
                      g_strdup_printf(_("The row is longer than %d characters, so something is "
                                        "wrong with it. Mend it, or export the file again."),
                                      CSV_ROW_MOST));
    if (row->count != checker->import->columns)
        return refuse(checker, row, COLUMN_SKIP,
                      g_strdup_printf(_("The row has %d cells, but there are %d headings."),
                                      row->count, checker->import->columns));
    tidy_cells(checker, row);
    if (!check_lengths(checker, row) || !take_client(checker, row, visit) ||
        !take_time(checker, row, visit) || !take_outcome(checker, row, visit) ||
        !take_source(checker, row, visit) || !take_cancellation(checker, row, visit) ||
        !take_offer(checker, row, visit))
        return FALSE;
    take_staff(checker, row, visit);
    visit->words = take_text(checker, row, COLUMN_WORDS);
    visit->note = take_text(checker, row, COLUMN_NOTE);
    g_array_index(checker->clients, ImportClient, visit->client).meant = TRUE;
    return TRUE;
}
