/* client_log_file.c: the log of one client as PDF, CSV and JSON. */
#include "exchange/client_log_file.h"

#include "base/apart.h"
#include "base/clock.h"
#include "base/file_draft.h"
#include "base/i18n.h"
#include "care/client/client.h"
#include "care/client/client_guard.h"
#include "care/unit/audit.h"
#include "exchange/csv.h"
#include "exchange/json_members.h"
#include "exchange/paper.h"

#include <string.h>

typedef struct {
    const char *unit, *path;
    gboolean demo;
    const Client *client;
    const GPtrArray *events; /* ClientEvent * */
} ClientLog;

static const char *role_of(const ClientEvent *event)
{
    return event->role != NULL ? event->role : _("recovery");
}

/* What was typed about others stays out of it. */
static const char *what_of(const ClientEvent *event)
{
    return event->what != NULL && !event->typed ? event->what : "";
}

/* Paragraphs. New. */
static char *opening(const ClientLog *log)
{
    return g_strdup_printf(
        _("This is who has read or changed what %s keeps about %s in Dagsform, the latest first. "
          "It says "
          "when, what, and by which role; those who work there are not named.\n"
          "Whoever thinks that somebody has read without needing to can ask the unit, which looks "
          "into "
          "it, and can complain to the Swedish Authority for Privacy Protection (IMY)."),
        log->unit, log->client->name);
}

/* --- paper ------------------------------------------------------------------------------------ */

static gboolean write_apart(gpointer data, GError **error)
{
    const ClientLog *log = data;
    const PaperHead head = {.title = _("Who has read or changed what"),
                            .language = i18n_language(),
                            .unit = log->unit,
                            .person = log->client->name,
                            .date = clock_today()};
    g_autoptr(Paper) paper = paper_new(&head, error);
    if (paper == NULL)
        return FALSE;
    g_autofree char *text = opening(log);
    paper_heading(paper, 1, head.title);
    if (log->demo)
        paper_note(paper, _("This is a demo. Everybody in it is made up."));
    paper_text(paper, text);
    for (guint i = 0; i < log->events->len; i++) {
        const ClientEvent *event = log->events->pdata[i];
        const char *what = what_of(event);
        g_autofree char *when = clock_text(event->at_ms);
        g_autofree char *done = g_strdup_printf("%s: %s%s%s", role_of(event), event->action,
                                                *what != '\0' ? ": " : "", what);
        paper_value(paper, when, done);
    }
    return paper_write(paper, log->path, FALSE, error);
}

/* --- for programs ----------------------------------------------------------------------------- */

/* New. */
static char *as_csv(const ClientLog *log)
{
    const char *heading[] = {_("When"), _("Role"), _("What"), _("About what")};
    GString *text = g_string_new("\xef\xbb\xbf");
    csv_append(text, heading, G_N_ELEMENTS(heading), ';');
    for (guint i = 0; i < log->events->len; i++) {
        const ClientEvent *event = log->events->pdata[i];
        g_autofree char *when = clock_text(event->at_ms);
        const char *cells[] = {when, role_of(event), event->action, what_of(event)};
        csv_append(text, cells, G_N_ELEMENTS(cells), ';');
    }
    return g_string_free(text, FALSE);
}

/* New. */
static char *as_json(const ClientLog *log)
{
    char date[DATE_SIZE];
    g_autofree char *text = opening(log);
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    member_text(json, "title", _("Who has read or changed what"));
    member_text(json, "date", date_format(clock_today(), date));
    member_text(json, "unit", log->unit);
    member_text(json, "client", log->client->name);
    member_text(json, "opening", text);
    json_builder_set_member_name(json, "entries");
    json_builder_begin_array(json);
    for (guint i = 0; i < log->events->len; i++) {
        const ClientEvent *event = log->events->pdata[i];
        g_autofree char *when = clock_text(event->at_ms);
        json_builder_begin_object(json);
        member_text(json, "at", when);
        member_text(json, "role", role_of(event));
        member_text(json, "what", event->action);
        member_text(json, "about", *what_of(event) != '\0' ? what_of(event) : NULL);
        json_builder_end_object(json);
    }
    json_builder_end_array(json);
    json_builder_end_object(json);
    return json_text(json);
}

static gboolean write_text(const ClientLog *log, char *text, GError **error)
{
    g_autofree char *own = text;
    return file_write(log->path, FALSE, own, strlen(own), error);
}

/* --- the file --------------------------------------------------------------------------------- */

static const struct {
    const char *ending, *format;
    char *(*text)(const ClientLog *log); /* NULL: a paper */
} FORMATS[] = {
    {".pdf", "pdf", NULL},
    {".csv", "csv", as_csv},
    {".json", "json", as_json},
};

static gboolean note(Session *session, gint64 client_id, const char *format, GError **error)
{
    g_autoptr(AuditChanges) changes = audit_changes_new();
    audit_changes_text(changes, "format", NULL, format);
    g_autoptr(DbTransaction) tx = db_transaction(session_db(session), error);
    return tx != NULL &&
           audit_write(session, "log", "client", client_id, client_id, changes, error) &&
           db_transaction_commit(tx, error);
}

gboolean client_log_write(Session *session, gint64 client_id, const char *path, int *entries,
                          GError **error)
{
    gsize format = 0;
    while (format < G_N_ELEMENTS(FORMATS) && !g_str_has_suffix(path, FORMATS[format].ending))
        format++;
    if (format == G_N_ELEMENTS(FORMATS)) {
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_INPUT,
                            _("Let the file's name end in .pdf, to be read, in .csv, for a "
                              "spreadsheet, or in .json, for programs."));
        return FALSE;
    }
    if (!client_require(session, PERMIT_CLIENT_READ, client_id, error))
        return FALSE;
    g_autoptr(Client) client = client_open(session, client_id, error);
    g_autoptr(GPtrArray) events =
        client != NULL && note(session, client_id, FORMATS[format].format, error)
            ? client_history(session, client_id, G_MAXINT, error)
            : NULL;
    if (events == NULL)
        return FALSE;
    ClientLog log = {session_unit_name(session), path, session_is_demo(session), client, events};
    *entries = (int)events->len;
    return FORMATS[format].text == NULL ? apart_run(write_apart, &log, error)
                                        : write_text(&log, FORMATS[format].text(&log), error);
}
