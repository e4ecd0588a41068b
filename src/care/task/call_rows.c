/* call_rows.c: a call that came in, as the rows of a page. */
#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "care/client/client.h"
#include "care/task/call_request.h"
#include "care/unit/pick.h"

static ClientRow *meant(Session *session, const char *text)
{
    g_autoptr(GPtrArray) found = client_list(session, text, FALSE, NULL, 2, NULL);
    return found != NULL && found->len == 1 ? g_ptr_array_steal_index(found, 0) : NULL;
}

char *call_rows_client(Session *session, const char *text)
{
    ClientRow *client = text[0] != '\0' ? meant(session, text) : NULL;
    char *name = client != NULL ? g_strdup(client->name) : NULL;
    client_row_free(client);
    return name;
}

/* What finds that client and nobody else: the name, or the number where others have that too. New. */
static char *words_for(Session *session, gint64 client_id)
{
    ClientRow *client = client_id != 0 ? client_glance(session, client_id, NULL) : NULL;
    char *words = client != NULL ? call_rows_client(session, client->name) : NULL;
    if (words == NULL)
        words = g_strdup(client != NULL && client->number != NULL ? client->number : "");
    client_row_free(client);
    return words;
}

char **call_rows_values(Session *session, gint64 client_id)
{
    char **values = g_new0(char *, CALL_ROW_COUNT + 1);
    for (int row = 0; row < CALL_ROW_COUNT; row++)
        values[row] = row == CALL_ROW_ABOUT ? words_for(session, client_id) : g_strdup("");
    return values;
}

gint64 call_rows_moment(const char *text)
{
    g_autofree char *typed = g_strstrip(g_strdup(text));
    if (typed[0] == '\0')
        return clock_now_ms();
    char *last = strrchr(typed, ' ');
    const int minute = time_parse(last != NULL ? last + 1 : typed);
    if (last != NULL)
        *last = '\0';
    const Date day = last != NULL ? date_parse_words(typed, clock_today()) : clock_today();
    return minute >= 0 && day != DATE_NONE ? clock_moment(day, minute) : 0;
}

/* New; NULL: nothing is written. */
static char *written(const char *text)
{
    g_autofree char *clean = text_display(text);
    g_strstrip(clean);
    return clean[0] != '\0' ? g_steal_pointer(&clean) : NULL;
}

gboolean call_rows_take(Session *session, const GPtrArray *staff, char *const *values,
                        CallRequest *request, const char *faults[CALL_ROW_COUNT])
{
    g_autofree char *about = written(values[CALL_ROW_ABOUT]);
    g_autofree char *colleague = written(values[CALL_ROW_STAFF]);
    ClientRow *client = about != NULL ? meant(session, about) : NULL;
    const PickOption *who = colleague != NULL ? pick_match(staff, colleague) : NULL;
    g_free(request->caller);
    g_free(request->phone);
    g_free(request->note);
    request->caller = written(values[CALL_ROW_CALLER]);
    request->phone = written(values[CALL_ROW_PHONE]);
    request->note = written(values[CALL_ROW_NOTE]);
    request->client_id = client != NULL ? client->id : 0;
    request->staff_id = who != NULL ? who->value : 0;
    request->came_ms = call_rows_moment(values[CALL_ROW_CAME]);
    client_row_free(client);
    memset(faults, 0, CALL_ROW_COUNT * sizeof *faults);
    if (request->caller == NULL && request->phone == NULL)
        faults[CALL_ROW_CALLER] = _("Write who rang, or the number.");
    if (about != NULL && request->client_id == 0)
        faults[CALL_ROW_ABOUT] = _("Nobody, or more than one, is meant by that. Type more of the "
                                   "name or the whole number, or leave it empty and write it in the "
                                   "message.");
    if (colleague != NULL && who == NULL)
        faults[CALL_ROW_STAFF] =
            _("No colleague, or more than one, is meant by that. Type more of the name.");
    if (request->came_ms == 0 || request->came_ms > clock_now_ms())
        faults[CALL_ROW_CAME] = _("Write when it came as 10:15, or as yesterday 16:30.");
    for (int row = 0; row < CALL_ROW_COUNT; row++)
        if (faults[row] != NULL)
            return FALSE;
    return TRUE;
}
