/* export_visits.c: visits as rows that table_import.h reads in again: the headings are its columns'
 * names, the words those of the form of cancellations in force. */
#include "base/i18n.h"
#include "care/client/client.h"
#include "care/unit/cause.h"
#include "exchange/export_private.h"
#include "exchange/table_import.h"

enum {
    VISIT_NUMBER,
    VISIT_ID_NUMBER,
    VISIT_NAME,
    VISIT_DATE,
    VISIT_START,
    VISIT_MINUTES,
    VISIT_MODE,
    VISIT_STAFF,
    VISIT_OUTCOME,
    VISIT_CAUSE,
    VISIT_FURTHER,
    VISIT_SOURCE,
    VISIT_BY,
    VISIT_TOLD,
    VISIT_NOTICE,
    VISIT_ALTERNATIVE,
    VISIT_TAKEN,
    VISIT_STAND_IN,
    VISIT_WORDS,
    VISIT_NOTE,
    VISIT_COLUMNS
};

static const ExportColumn COLUMNS[VISIT_COLUMNS] = {
    [VISIT_NUMBER] = {"client-number", N_("Client number"), CELL_TEXT, 14, FALSE},
    [VISIT_ID_NUMBER] = {"id-number", N_("Identity number"), CELL_TEXT, 15, FALSE},
    [VISIT_NAME] = {"name", N_("Name"), CELL_TEXT, 24, FALSE},
    [VISIT_DATE] = {"date", N_("Date"), CELL_DATE, 11, FALSE},
    [VISIT_START] = {"start", N_("Begins"), CELL_TIME, 8, FALSE},
    [VISIT_MINUTES] = {"minutes", N_("Length in minutes"), CELL_INTEGER, 11, FALSE},
    [VISIT_MODE] = {"mode", N_("How it is given"), CELL_TEXT, 14, FALSE},
    [VISIT_STAFF] = {"staff", N_("Carried out by"), CELL_TEXT, 22, FALSE},
    [VISIT_OUTCOME] = {"outcome", N_("Outcome"), CELL_TEXT, 20, FALSE},
    [VISIT_CAUSE] = {"cause", N_("Cause"), CELL_TEXT, 24, FALSE},
    [VISIT_FURTHER] = {"cause-further", N_("Further cause"), CELL_TEXT, 24, FALSE},
    [VISIT_SOURCE] = {"cause-source", N_("Whose word"), CELL_TEXT, 22, FALSE},
    [VISIT_BY] = {"cancelled-by", N_("Cancelled by"), CELL_TEXT, 18, FALSE},
    [VISIT_TOLD] = {"told-by", N_("How it was told"), CELL_TEXT, 16, FALSE},
    [VISIT_NOTICE] = {"notice", N_("Hours of notice"), CELL_INTEGER, 11, FALSE},
    [VISIT_ALTERNATIVE] = {"alternative", N_("Offered instead"), CELL_TEXT, 18, FALSE},
    [VISIT_TAKEN] = {"alternative-taken", N_("Offer taken"), CELL_TEXT, 11, FALSE},
    [VISIT_STAND_IN] = {"stand-in", N_("In place of another visit"), CELL_TEXT, 11, FALSE},
    [VISIT_WORDS] = {"words", N_("Own words"), CELL_TEXT, 40, TRUE},
    [VISIT_NOTE] = {"note", N_("Note"), CELL_TEXT, 40, TRUE},
};

/* What the codes are called: looked up once, not once a row. Static texts. */
typedef struct {
    const char *outcome[OUTCOME_COUNT], *by[BY_COUNT], *told[TOLD_COUNT], *source[SOURCE_COUNT],
        *alternative[OFFER_COUNT];
} VisitWords;

/* As the form in force says it, so that reading in finds it there; else as the program does. */
static const char *form_word(const Form *form, const char *link_id, const char *code,
                             const char *name)
{
    const FormItem *item = form_item(form, link_id);
    const FormOption *option = item != NULL && code != NULL ? form_option(item, code) : NULL;
    return option != NULL ? form_text(option->display) : name;
}

static VisitWords visit_words(const Form *form)
{
    VisitWords words = {0};
    for (guint i = 1; i < OUTCOME_COUNT; i++)
        words.outcome[i] = form_word(form, "utfall", outcome_code(i), outcome_name(i));
    for (guint i = 1; i < BY_COUNT; i++)
        words.by[i] = form_word(form, "avbokad-av", cancelled_by_code(i), cancelled_by_name(i));
    for (guint i = 1; i < TOLD_COUNT; i++)
        words.told[i] = form_word(form, "hur", told_by_code(i), told_by_name(i));
    for (guint i = 1; i < SOURCE_COUNT; i++)
        words.source[i] = form_word(form, "kalla", cause_source_code(i), cause_source_name(i));
    for (guint i = 1; i < OFFER_COUNT; i++)
        words.alternative[i] =
            form_word(form, "alternativ", alternative_code(i), alternative_name(i));
    return words;
}

static ExportCell yes_or_no(int yes)
{
    if (yes < 0)
        return CELL_OF_TEXT(NULL);
    return yes ? CELL_OF_CODE("yes", _("Yes")) : CELL_OF_CODE("no", _("No"));
}

static ExportCell cause_cell(Session *session, const char *code)
{
    return code != NULL ? CELL_OF_CODE(code, cause_name(session, code)) : CELL_OF_TEXT(NULL);
}

static gboolean add_visit(Export *export, const Visit *visit, const ClientRow *client,
                          const VisitWords *words, GError **error)
{
    const VisitOutcome *came = &visit->outcome;
    const ExportCell cells[VISIT_COLUMNS] = {
        [VISIT_NUMBER] = CELL_OF_TEXT(client != NULL ? client->number : NULL),
        [VISIT_ID_NUMBER] = CELL_OF_TEXT(client != NULL ? client->id_number : NULL),
        [VISIT_NAME] = CELL_OF_TEXT(visit->client_name),
        [VISIT_DATE] = CELL_OF_DATE(visit->date),
        [VISIT_START] = CELL_OF_TIME(visit->start),
        [VISIT_MINUTES] = CELL_OF_NUMBER(visit->minutes),
        [VISIT_MODE] = CELL_OF_CODE(visit_mode_code(visit->mode), visit_mode_name(visit->mode)),
        [VISIT_STAFF] = CELL_OF_TEXT(visit->staff_name),
        [VISIT_OUTCOME] = CELL_OF_CODE(outcome_code(came->outcome), words->outcome[came->outcome]),
        [VISIT_CAUSE] = cause_cell(export->session, came->cause),
        [VISIT_FURTHER] = cause_cell(export->session, came->cause_further),
        [VISIT_SOURCE] = CELL_OF_CODE(cause_source_code(came->source), words->source[came->source]),
        [VISIT_BY] = CELL_OF_CODE(cancelled_by_code(came->by), words->by[came->by]),
        [VISIT_TOLD] = CELL_OF_CODE(told_by_code(came->told), words->told[came->told]),
        [VISIT_NOTICE] = CELL_OF_NUMBER_IF(came->notice, came->notice >= 0),
        [VISIT_ALTERNATIVE] = CELL_OF_CODE(alternative_code(came->alternative),
                                           words->alternative[came->alternative]),
        [VISIT_TAKEN] = yes_or_no(came->alternative_taken),
        [VISIT_STAND_IN] = yes_or_no(visit->stand_in ? 1 : -1),
        [VISIT_WORDS] = CELL_OF_TEXT(came->words),
        [VISIT_NOTE] = CELL_OF_TEXT(came->note),
    };
    return export_add(export, cells, error);
}

static gboolean add_pages(Export *export, VisitQuery *query, GError **error)
{
    enum { PAGE = 2000 };
    const VisitWords words = visit_words(session_cancellation_form(export->session));
    g_autoptr(GHashTable) clients = export_clients(export->session, error);
    g_autoptr(VisitNames) names = clients != NULL ? visit_names_new(export->session, error) : NULL;
    g_autoptr(GPtrArray) page = NULL;
    query->names = names;
    if (names == NULL)
        return FALSE;
    do {
        const Visit *after = page != NULL ? page->pdata[PAGE - 1] : NULL;
        GPtrArray *next = visit_behind(export->session, query, after, PAGE, error);
        g_clear_pointer(&page, g_ptr_array_unref);
        page = next;
        if (page == NULL)
            return FALSE;
        for (guint i = 0; i < page->len; i++) {
            const Visit *visit = page->pdata[i];
            if (export_takes(export, visit->client_id, visit->client_protection) &&
                !add_visit(export, visit, g_hash_table_lookup(clients, &visit->client_id), &words,
                           error))
                return FALSE;
        }
    } while (page->len == PAGE);
    return TRUE;
}

static gboolean visits_rows(Export *export, GError **error)
{
    const ExportOrder *order = export->order;
    VisitQuery query = order->visits != NULL ? *order->visits : (VisitQuery){.outcome = -1};
    query.from = order->from;
    query.to = order->to;
    query.backwards = FALSE;
    query.without_words = !order->words;
    if (!visit_behind_count(export->session, &query, &export->expected, &export->result->protected,
                            error))
        return FALSE;
    db_read_much(session_db(export->session), TRUE);
    const gboolean good = add_pages(export, &query, error);
    db_read_much(session_db(export->session), FALSE);
    return good;
}

const ExportTable export_table_visits = {"visit", COLUMNS, VISIT_COLUMNS, visits_rows};
