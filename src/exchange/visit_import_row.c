/* visit_import_row.c: checks one row of a planning system's file. Nothing is guessed. */
#include "base/i18n.h"
#include "base/text.h"
#include "care/unit/away_cause.h"
#include "exchange/visit_import.h"

#include <math.h>
#include <string.h>

#define DEFAULT_MINUTES 60
#define MINUTES_OF_DAY (24 * 60)

/* A cell's text met before, and what it was found to be: columns repeat a few values. */
typedef struct {
    const char *code; /* of the option; NULL: not understood */
} Known;

struct RowChecker {
    ImportCells cells;
    const Form *form;
    Date today;
    GArray *clients, *staff;
    GHashTable *client_by_cells; /* number, identity number and name as they stand → index + 1 */
    GHashTable *client_by_id, *client_by_number;
    GHashTable *staff_by_text;
    GHashTable *outcomes, *causes, *bys, *sources, *tolds, *alternatives; /* text → Known * */
    GStringChunk *notes;
    GString *key;
};

static void client_clear(gpointer data)
{
    import_client_clear(data);
}

static void import_staff_clear(gpointer data)
{
    g_free(((ImportStaff *)data)->text);
}

RowChecker *row_checker_new(TableImport *import, const Form *form, Date today)
{
    RowChecker *checker = g_new0(RowChecker, 1);
    import_cells_init(&checker->cells, import);
    checker->form = form;
    checker->today = today;
    checker->clients = g_array_new(FALSE, TRUE, sizeof(ImportClient));
    g_array_set_clear_func(checker->clients, client_clear);
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

/* --- people ----------------------------------------------------------------------------------- */

/* The client met before by identity number or by client number, or `met`, which is taken over then;
 * 0: refused. */
static guint gather_client(RowChecker *checker, const CsvRow *row, ImportClient *met)
{
    const ImportCells *cells = &checker->cells;
    const gboolean identified = met->id.fault == ID_OK;
    guint by_id = 0, by_number = 0;
    if (identified)
        by_id = GPOINTER_TO_UINT(g_hash_table_lookup(checker->client_by_id, met->id.number));
    if (met->number != NULL)
        by_number = GPOINTER_TO_UINT(g_hash_table_lookup(checker->client_by_number, met->number));
    if (by_id && by_number && by_id != by_number) {
        import_refuse(
            cells, row, COLUMN_CLIENT_NUMBER,
            g_strdup(_("The client number and the identity number belong to two different "
                       "clients.")));
        return 0;
    }
    const guint found = by_id ? by_id : by_number;
    if (found) {
        const ImportClient *known = &g_array_index(checker->clients, ImportClient, found - 1);
        if (by_number && !by_id && identified && known->id.fault == ID_OK) {
            import_refuse(
                cells, row, COLUMN_ID_NUMBER,
                g_strdup_printf(_("The client number stood with another identity number on "
                                  "line %d."),
                                known->line));
            return 0;
        }
        if (!import_names_meet(known->name, met->name)) {
            import_refuse(cells, row, COLUMN_NAME,
                          g_strdup_printf(_("The number stood with another name on line %d. Check "
                                            "whose visit this is."),
                                          known->line));
            return 0;
        }
        return found;
    }
    if (*met->name == '\0') {
        import_refuse(cells, row, COLUMN_NAME, g_strdup(_("The name is missing.")));
        return 0;
    }
    const guint index = checker->clients->len + 1;
    if (identified)
        g_hash_table_insert(checker->client_by_id, g_strdup(met->id.number),
                            GUINT_TO_POINTER(index));
    if (met->number != NULL)
        g_hash_table_insert(checker->client_by_number, g_strdup(met->number),
                            GUINT_TO_POINTER(index));
    g_array_append_val(checker->clients, *met);
    *met = (ImportClient){.id = met->id};
    return index;
}

/* What is left out is told once for all rows that say the same of the client. */
static gboolean take_client(RowChecker *checker, const CsvRow *row, ImportVisit *visit)
{
    static const ColumnKind others[] = {COLUMN_ID_NUMBER, COLUMN_NAME, COLUMN_GIVEN_NAME,
                                        COLUMN_FAMILY_NAME};
    const ImportCells *cells = &checker->cells;
    g_string_assign(checker->key, import_cell(cells, row, COLUMN_CLIENT_NUMBER));
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        g_string_append_c(checker->key, '\x1f');
        g_string_append(checker->key, import_cell(cells, row, others[i]));
    }
    guint index =
        GPOINTER_TO_UINT(g_hash_table_lookup(checker->client_by_cells, checker->key->str));
    if (!index) {
        ImportClient met = {0};
        if (import_client_take(cells, row, checker->today, FALSE, &met) &&
            (index = gather_client(checker, row, &met)) != 0)
            import_client_remark(cells, row, &met);
        import_client_clear(&met);
        if (!index)
            return FALSE;
        g_hash_table_insert(checker->client_by_cells, g_strdup(checker->key->str),
                            GUINT_TO_POINTER(index));
    }
    visit->client = index - 1;
    return TRUE;
}

static void take_staff(RowChecker *checker, const CsvRow *row, ImportVisit *visit)
{
    const char *text = import_cell(&checker->cells, row, COLUMN_STAFF);
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
    if (!table_import_moment(text, &end) || end.minute < 0)
        return NAN;
    const int minutes = end.minute - visit->start;
    return end.date == DATE_NONE ? (minutes + MINUTES_OF_DAY) % MINUTES_OF_DAY
                                 : (double)(end.date - visit->date) * MINUTES_OF_DAY + minutes;
}

static gboolean take_length(RowChecker *checker, const CsvRow *row, ImportVisit *visit)
{
    ColumnKind kind = COLUMN_HOURS;
    const char *text = import_cell(&checker->cells, row, kind);
    double value = NAN, minutes = DEFAULT_MINUTES;
    if (*text) {
        minutes = text_parse_number(text, &value) ? value * 60 : NAN;
    } else if (*(text = import_cell(&checker->cells, row, COLUMN_MINUTES))) {
        kind = COLUMN_MINUTES;
        minutes = text_parse_number(text, &value) ? value : NAN;
    } else if (*(text = import_cell(&checker->cells, row, COLUMN_END))) {
        kind = COLUMN_END;
        minutes = minutes_to(visit, text);
    }
    if (!(minutes >= 1 && minutes <= MINUTES_OF_DAY))
        return import_refuse_cell(&checker->cells, row, kind,
                                  _("“%s” is not a length between one minute and 24 hours."), text);
    visit->minutes = (gint16)lround(minutes);
    return TRUE;
}

/* The day may stand in the column of the time, and the time in that of the day where it has none of
 * its own. */
static gboolean take_time(RowChecker *checker, const CsvRow *row, ImportVisit *visit)
{
    const char *date = import_cell(&checker->cells, row, COLUMN_DATE),
               *start = import_cell(&checker->cells, row, COLUMN_START);
    ImportMoment day = {DATE_NONE, -1}, time = {DATE_NONE, -1};
    if (*date && (!table_import_moment(date, &day) || day.date == DATE_NONE))
        return import_refuse_cell(&checker->cells, row, COLUMN_DATE,
                                  _("“%s” is not a date. Write it as 2026-11-21."), date);
    if (*start && (!table_import_moment(start, &time) || time.minute < 0))
        return import_refuse_cell(&checker->cells, row, COLUMN_START,
                                  _("“%s” is not a time of day. Write it as 14:05."), start);
    if (day.date == DATE_NONE && time.date == DATE_NONE)
        return import_refuse(&checker->cells, row, COLUMN_DATE,
                             g_strdup(_("The date is missing.")));
    if (day.date != DATE_NONE && time.date != DATE_NONE && day.date != time.date)
        return import_refuse_cell(
            &checker->cells, row, COLUMN_START,
            _("“%s” is on another day than the date says. Check which is right."), start);
    if (checker->cells.at[COLUMN_START] < 0)
        time.minute = day.minute;
    if (time.minute < 0)
        return import_refuse(&checker->cells, row, COLUMN_START,
                             g_strdup(_("The time is missing.")));
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
    const char *text = import_cell(&checker->cells, row, kind);
    *cause = NULL;
    if (!*text)
        return TRUE;
    AwayCause away;
    const Known *known = look_up(checker, checker->causes, "orsak", text);
    if (!known && away_cause_said(text, &away)) {
        *cause = away_cause_code(away);
        return TRUE;
    }
    if (!known)
        return import_refuse_cell(
            &checker->cells, row, kind,
            _("“%s” is not a cause in the unit's list. Add it there, or mend the row."), text);
    *cause = known->code;
    return TRUE;
}

static gboolean take_outcome(RowChecker *checker, const CsvRow *row, ImportVisit *visit)
{
    const char *text = import_cell(&checker->cells, row, COLUMN_OUTCOME);
    Outcome outcome = OUTCOME_NONE;
    if (*text) {
        const Known *known = look_up(checker, checker->outcomes, "utfall", text);
        if (known ? !outcome_parse(known->code, &outcome) : !is_yet_to_come(text))
            return import_refuse_cell(&checker->cells, row, COLUMN_OUTCOME,
                                      _("“%s” is not an outcome known here."), text);
    }
    visit->outcome = (guint8)outcome;
    if (!take_cause(checker, row, COLUMN_CAUSE, &visit->cause) ||
        !take_cause(checker, row, COLUMN_CAUSE_FURTHER, &visit->further))
        return FALSE;
    if (visit->cause && !outcome_has_cause(visit->outcome))
        return import_refuse(
            &checker->cells, row, COLUMN_CAUSE,
            g_strdup(_("A visit that took place as planned, or has no outcome yet, "
                       "has no cause.")));
    if (visit->further && !visit->cause)
        return import_refuse(
            &checker->cells, row, COLUMN_CAUSE_FURTHER,
            g_strdup(_("There is a further cause but no first one. Choose the first.")));
    if (visit->further == visit->cause)
        visit->further = NULL;
    return TRUE;
}

/* As the screen asks it: of a cause only. */
static gboolean take_source(RowChecker *checker, const CsvRow *row, ImportVisit *visit)
{
    const char *text = import_cell(&checker->cells, row, COLUMN_SOURCE);
    CauseSource source = SOURCE_NONE;
    if (*text) {
        const Known *known = look_up(checker, checker->sources, "kalla", text);
        if (!known || !cause_source_parse(known->code, &source))
            return import_refuse_cell(
                &checker->cells, row, COLUMN_SOURCE,
                _("“%s” does not say whose word the cause is: the person's own, the "
                  "staff's, or a relative's or guardian's."),
                text);
        if (!visit->cause)
            return import_refuse(
                &checker->cells, row, COLUMN_SOURCE,
                g_strdup(_("It says whose word the cause is, but there is no cause. Add "
                           "the cause, or empty this cell.")));
    }
    visit->source = (guint8)source;
    return TRUE;
}

static gboolean take_cancellation(RowChecker *checker, const CsvRow *row, ImportVisit *visit)
{
    const char *text = import_cell(&checker->cells, row, COLUMN_BY);
    CancelledBy by = BY_NONE;
    if (*text) {
        const Known *known = look_up(checker, checker->bys, "avbokad-av", text);
        if (!known || !cancelled_by_parse(known->code, &by))
            return import_refuse_cell(&checker->cells, row, COLUMN_BY,
                                      _("“%s” is not somebody who can cancel."), text);
    }
    visit->by = (guint8)by;
    visit->outcome = (guint8)outcome_by(visit->outcome, by);
    text = import_cell(&checker->cells, row, COLUMN_NOTICE);
    visit->notice = -1;
    if (*text) {
        double hours;
        if (!text_parse_number(text, &hours) || hours < 0 || hours > 24 * 366)
            return import_refuse_cell(&checker->cells, row, COLUMN_NOTICE,
                                      _("“%s” is not a number of hours."), text);
        visit->notice = (gint16)hours;
    }
    return TRUE;
}

/* What was offered instead, and how it was told. */
static gboolean take_offer(RowChecker *checker, const CsvRow *row, ImportVisit *visit)
{
    Alternative alternative = OFFER_NONE;
    ToldBy told = TOLD_NONE;
    VisitMode mode = VISIT_MODE_HOME;
    const char *text = import_cell(&checker->cells, row, COLUMN_ALTERNATIVE);
    const Known *known = *text ? look_up(checker, checker->alternatives, "alternativ", text) : NULL;
    if (*text && (!known || !alternative_parse(known->code, &alternative)))
        return import_refuse_cell(&checker->cells, row, COLUMN_ALTERNATIVE,
                                  _("“%s” is nothing that can be offered instead."), text);
    text = import_cell(&checker->cells, row, COLUMN_TOLD);
    known = *text ? look_up(checker, checker->tolds, "hur", text) : NULL;
    if (*text && (!known || !told_by_parse(known->code, &told)))
        return import_refuse_cell(&checker->cells, row, COLUMN_TOLD,
                                  _("“%s” is no way to be told."), text);
    text = import_cell(&checker->cells, row, COLUMN_MODE);
    if (*text && !visit_mode_said(text, &mode))
        return import_refuse_cell(
            &checker->cells, row, COLUMN_MODE,
            _("“%s” is no way to meet. Write for instance home visit or phone call."), text);
    text = import_cell(&checker->cells, row, COLUMN_TAKEN);
    visit->taken = -1;
    if (*text && (visit->taken = (gint8)import_yes_or_no(text)) < 0)
        return import_refuse_cell(&checker->cells, row, COLUMN_TAKEN,
                                  _("“%s” is neither yes nor no."), text);
    visit->alternative = (guint8)alternative;
    visit->told = (guint8)told;
    visit->mode = (guint8)mode;
    return TRUE;
}

/* Owned by the checker; NULL for an empty cell. */
static const char *take_text(RowChecker *checker, const CsvRow *row, ColumnKind kind)
{
    const char *text = import_cell(&checker->cells, row, kind);
    if (!*text)
        return NULL;
    g_autofree char *clean = g_strstrip(text_clean(text));
    return *clean ? g_string_chunk_insert(checker->notes, clean) : NULL;
}

gboolean row_checker_take(RowChecker *checker, const CsvRow *row, ImportVisit *visit)
{
    *visit = (ImportVisit){.line = row->line};
    if (!import_row_begin(&checker->cells, row) || !take_client(checker, row, visit) ||
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
