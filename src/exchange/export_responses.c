/* export_responses.c: forms as rows that table_import.h reads in again: one each, and with own
 * words one for each answer. Whose answers are written stands in the log. */
#include "base/i18n.h"
#include "care/client/client.h"
#include "care/placement/placement.h"
#include "care/response/respondent.h"
#include "care/response/response_open.h"
#include "care/response/response_read.h"
#include "care/response/response_words.h"
#include "exchange/export_private.h"
#include "form/flow.h"

#include <string.h>

enum { PAGE = 500 };

enum {
    HEAD_NUMBER,
    HEAD_CORRECTS,
    HEAD_BEGUN,
    HEAD_BEGUN_AT,
    HEAD_TITLE,
    HEAD_FORM,
    HEAD_VERSION,
    HEAD_CLIENT_NUMBER,
    HEAD_ID_NUMBER,
    HEAD_CLIENT,
    HEAD_SUBJECT,
    HEAD_RESPONDENT,
    HEAD_PLACED_FROM,
    HEAD_PLACED_UNTIL,
    HEAD_INSTITUTION,
    HEAD_INSTITUTION_KIND,
    HEAD_STAFF,
    HEAD_MODE,
    HEAD_LANGUAGE,
    HEAD_COMPLETED,
    HEAD_COMPLETED_AT,
    HEAD_NOT_DONE,
    HEAD_NOT_DONE_WORDS,
    ANSWER_LINK_ID,
    ANSWER_INSTANCE,
    ANSWER_QUESTION,
    ANSWER_VALUE_OF,
    ANSWER_IN_WORDS,
    ANSWER_KIND_OF,
    ANSWER_NOTE,
    ANSWER_REASON,
    RESPONSE_COLUMNS
};
G_STATIC_ASSERT(RESPONSE_COLUMNS <= COLUMNS_MOST);

static const ExportColumn COLUMNS[RESPONSE_COLUMNS] = {
    [HEAD_NUMBER] = {"number", N_("Form no."), CELL_INTEGER, 6, FALSE},
    [HEAD_CORRECTS] = {"corrects", N_("Corrects no."), CELL_INTEGER, 8, FALSE},
    [HEAD_BEGUN] = {"begun", N_("Begun on"), CELL_DATE, 11, FALSE},
    [HEAD_BEGUN_AT] = {"begun-at", N_("Begun at"), CELL_TIME, 8, FALSE},
    [HEAD_TITLE] = {"title", N_("Title of the form"), CELL_TEXT, 28, FALSE},
    [HEAD_FORM] = {"form", N_("Name of the form"), CELL_TEXT, 20, FALSE},
    [HEAD_VERSION] = {"form-version", N_("Version of the form"), CELL_TEXT, 12, FALSE},
    [HEAD_CLIENT_NUMBER] = {"client-number", N_("Client number"), CELL_TEXT, 14, FALSE},
    [HEAD_ID_NUMBER] = {"id-number", N_("Identity number"), CELL_TEXT, 15, FALSE},
    [HEAD_CLIENT] = {"client", N_("Client"), CELL_TEXT, 24, FALSE},
    [HEAD_SUBJECT] = {"subject", N_("Named in the form"), CELL_TEXT, 24, FALSE},
    [HEAD_RESPONDENT] = {"respondent", N_("Who answers"), CELL_TEXT, 22, FALSE},
    [HEAD_PLACED_FROM] = {"placed-from", N_("Placed from"), CELL_DATE, 11, FALSE},
    [HEAD_PLACED_UNTIL] = {"placed-until", N_("Placed until"), CELL_DATE, 11, FALSE},
    [HEAD_INSTITUTION] = {"institution", N_("Placed with"), CELL_TEXT, 24, FALSE},
    [HEAD_INSTITUTION_KIND] = {"institution-kind", N_("Kind of placement"), CELL_TEXT, 16, FALSE},
    [HEAD_STAFF] = {"staff", N_("Begun by"), CELL_TEXT, 22, FALSE},
    [HEAD_MODE] = {"mode", N_("How we meet"), CELL_TEXT, 16, FALSE},
    [HEAD_LANGUAGE] = {"language", N_("Language"), CELL_TEXT, 9, FALSE},
    [HEAD_COMPLETED] = {"completed", N_("Completed on"), CELL_DATE, 11, FALSE},
    [HEAD_COMPLETED_AT] = {"completed-at", N_("Completed at"), CELL_TIME, 8, FALSE},
    [HEAD_NOT_DONE] = {"not-done", N_("Why it was not done"), CELL_TEXT, 28, FALSE},
    [HEAD_NOT_DONE_WORDS] = {"not-done-words", N_("Own words"), CELL_TEXT, 40, TRUE},
    [ANSWER_LINK_ID] = {"link-id", N_("Code of the question"), CELL_TEXT, 16, TRUE},
    [ANSWER_INSTANCE] = {"repetition", N_("Repetition"), CELL_TEXT, 8, TRUE},
    [ANSWER_QUESTION] = {"question", N_("Words of the question"), CELL_TEXT, 40, TRUE},
    [ANSWER_VALUE_OF] = {"answer", N_("Answer"), CELL_TEXT, 24, TRUE},
    [ANSWER_IN_WORDS] = {"answer-words", N_("Answer in words"), CELL_TEXT, 40, TRUE},
    [ANSWER_KIND_OF] = {"not-answered", N_("Why there is no answer"), CELL_TEXT, 12, TRUE},
    [ANSWER_NOTE] = {"note", N_("Note on the answer"), CELL_TEXT, 30, TRUE},
    [ANSWER_REASON] = {"reason", N_("Reason for the answer"), CELL_TEXT, 30, TRUE},
};

typedef struct {
    Export *export;
    GHashTable *clients;
    GHashTable *numbers; /* gint64 *: a response's id → its number in the file */
} Writing;

/* --- a form's own cells ----------------------------------------------------------------------- */

/* The local day and time of a moment; none for 0. */
static void put_moment(ExportCell *day, ExportCell *time, gint64 ms)
{
    g_autoptr(GDateTime) moment = ms != 0 ? g_date_time_new_from_unix_local(ms / 1000) : NULL;
    *day = CELL_OF_DATE(DATE_NONE);
    *time = CELL_OF_TIME(-1);
    if (moment == NULL)
        return;
    *day = CELL_OF_DATE(date_from_ymd(g_date_time_get_year(moment), g_date_time_get_month(moment),
                                      g_date_time_get_day_of_month(moment)));
    *time = CELL_OF_TIME(g_date_time_get_hour(moment) * 60 + g_date_time_get_minute(moment));
}

static ExportCell number_cell(const Writing *writing, gint64 id)
{
    const int number = GPOINTER_TO_INT(g_hash_table_lookup(writing->numbers, &id));
    return CELL_OF_NUMBER_IF(number, number > 0);
}

static void put_head(const Writing *writing, const Response *response, ExportCell *cells)
{
    Respondent respondent;
    const gboolean said = respondent_parse(response->respondent, &respondent);
    const NotDone why = response->not_done;
    const ClientRow *client = g_hash_table_lookup(writing->clients, &response->client_id);
    const gboolean named = response->client_id != 0;
    for (int i = 0; i < RESPONSE_COLUMNS; i++)
        cells[i] = CELL_OF_TEXT(NULL);
    put_moment(&cells[HEAD_BEGUN], &cells[HEAD_BEGUN_AT], response->begun_ms);
    put_moment(&cells[HEAD_COMPLETED], &cells[HEAD_COMPLETED_AT], response->completed_ms);
    cells[HEAD_NUMBER] = number_cell(writing, response->id);
    cells[HEAD_CORRECTS] = number_cell(writing, response->corrects_id);
    cells[HEAD_TITLE] = CELL_OF_TEXT(response_words_title(response));
    cells[HEAD_FORM] = CELL_OF_TEXT(response->form);
    cells[HEAD_VERSION] = CELL_OF_TEXT(response->form_hash);
    cells[HEAD_CLIENT_NUMBER] = CELL_OF_TEXT(client != NULL ? client->number : NULL);
    cells[HEAD_ID_NUMBER] = CELL_OF_TEXT(client != NULL ? client->id_number : NULL);
    cells[named ? HEAD_CLIENT : HEAD_SUBJECT] = CELL_OF_TEXT(response->subject);
    cells[HEAD_RESPONDENT] =
        CELL_OF_CODE(response->respondent, said ? respondent_name(respondent) : NULL);
    cells[HEAD_STAFF] = CELL_OF_TEXT(response->staff_name);
    cells[HEAD_MODE] =
        CELL_OF_CODE(response_mode_code(response->mode), response_mode_name(response->mode));
    cells[HEAD_LANGUAGE] = CELL_OF_TEXT(response->language);
    cells[HEAD_NOT_DONE] =
        CELL_OF_CODE(not_done_code(why), why != NOT_DONE_NONE ? not_done_name(why) : NULL);
    cells[HEAD_NOT_DONE_WORDS] = CELL_OF_TEXT(response->not_done_words);
}

/* Of an interview: the placement that it follows up, by which it is found again. */
static void put_placement(const Placement *placement, ExportCell *cells)
{
    const gboolean chosen = placement->institution_id != 0;
    const InstitutionKind kind = placement->institution_kind;
    cells[HEAD_PLACED_FROM] = CELL_OF_DATE(placement->started_on);
    cells[HEAD_PLACED_UNTIL] = CELL_OF_DATE(placement->ended_on);
    cells[HEAD_INSTITUTION] = CELL_OF_TEXT(placement->institution);
    cells[HEAD_INSTITUTION_KIND] = CELL_OF_CODE(chosen ? institution_kind_code(kind) : NULL,
                                                chosen ? institution_kind_name(kind) : NULL);
}

/* --- its answers ------------------------------------------------------------------------------ */

static int compare_answers(gconstpointer a, gconstpointer b)
{
    const Answer *one = *(const Answer *const *)a, *other = *(const Answer *const *)b;
    const int order = strcmp(one->link_id, other->link_id);
    return order != 0 ? order : strcmp(one->instance, other->instance);
}

static void gather(const Answer *answer, gpointer data)
{
    g_ptr_array_add(data, (gpointer)answer);
}

static gboolean add_answer(const Writing *writing, const Form *form, const Answer *answer,
                           ExportCell *cells, GError **error)
{
    const FormItem *item = form_item(form, answer->link_id);
    const gboolean why = answer->kind != ANSWER_NONE && answer->kind != ANSWER_VALUE;
    g_autofree char *words = item != NULL && item->type != ITEM_GROUP
                                 ? flow_value_text(item, answer, i18n_language())
                                 : NULL;
    cells[ANSWER_LINK_ID] = CELL_OF_TEXT(answer->link_id);
    cells[ANSWER_INSTANCE] = CELL_OF_TEXT(answer->instance);
    cells[ANSWER_QUESTION] =
        CELL_OF_TEXT(item != NULL && item->text != NULL ? form_text(item->text) : NULL);
    cells[ANSWER_VALUE_OF] = CELL_OF_TEXT(answer->value);
    cells[ANSWER_IN_WORDS] = CELL_OF_TEXT(words);
    cells[ANSWER_KIND_OF] = CELL_OF_TEXT(why ? answer_kind_code(answer->kind) : NULL);
    cells[ANSWER_NOTE] = CELL_OF_TEXT(answer->note);
    cells[ANSWER_REASON] = CELL_OF_TEXT(answer->reason);
    return export_add(writing->export, cells, error);
}

/* One without any answer has a row too. */
static gboolean add_answers(const Writing *writing, gint64 id, ExportCell *cells, GError **error)
{
    g_autoptr(Form) form = NULL;
    g_autoptr(Answers) answers = NULL;
    g_autoptr(Response) response =
        response_open(writing->export->session, id, FALSE, FALSE, &form, &answers, error);
    if (response == NULL)
        return FALSE;
    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    answers_foreach(answers, gather, sorted);
    g_ptr_array_sort(sorted, compare_answers);
    for (guint i = 0; i < sorted->len; i++)
        if (!add_answer(writing, form, sorted->pdata[i], cells, error))
            return FALSE;
    return sorted->len > 0 || export_add(writing->export, cells, error);
}

static gboolean add_response(const Writing *writing, const Response *response, GError **error)
{
    ExportCell cells[RESPONSE_COLUMNS];
    g_autoptr(Placement) placement = NULL;
    if (response->placement_id != 0 &&
        (placement = placement_get(writing->export->session, response->placement_id, error)) ==
            NULL)
        return FALSE;
    gint64 *id = g_new(gint64, 1);
    *id = response->id;
    g_hash_table_insert(writing->numbers, id,
                        GINT_TO_POINTER((int)g_hash_table_size(writing->numbers) + 1));
    put_head(writing, response, cells);
    if (placement != NULL)
        put_placement(placement, cells);
    return writing->export->order->words ? add_answers(writing, response->id, cells, error)
                                         : export_add(writing->export, cells, error);
}

/* --- all of them ------------------------------------------------------------------------------ */

static gboolean add_page(const Writing *writing, const GPtrArray *page, GError **error)
{
    Export *export = writing->export;
    for (guint i = 0; i < page->len; i++) {
        const Response *response = page->pdata[i];
        ExportCell day, time;
        Protection protection = export_protection(writing->clients, response->client_id);
        if (response->client_id == 0 && response->is_protected)
            protection = PROTECTION_MARKED;
        put_moment(&day, &time, response->begun_ms);
        if (export_within(export->order, (Date)day.number) &&
            export_takes(export, response->client_id, protection) &&
            !add_response(writing, response, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean responses_rows(Export *export, GError **error)
{
    g_autoptr(GHashTable) clients = export_clients(export->session, error);
    g_autoptr(GHashTable) numbers =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    const Writing writing = {export, clients, numbers};
    g_autoptr(GPtrArray) page = NULL;
    if (clients == NULL)
        return FALSE;
    do {
        const Response *after = page != NULL ? page->pdata[PAGE - 1] : NULL;
        GPtrArray *next = response_list(export->session, after, PAGE, error);
        g_clear_pointer(&page, g_ptr_array_unref);
        page = next;
        if (page == NULL || !add_page(&writing, page, error))
            return FALSE;
    } while (page->len == PAGE);
    return TRUE;
}

const ExportTable export_table_responses = {"response", COLUMNS, RESPONSE_COLUMNS, responses_rows};
