/* fixture_rows.h: what any rows of a file must come to before the database is looked at: rows that
 * hold together, or faults with a sentence each. */
#pragma once

#include "base/i18n.h"
#include "exchange/visit_import.h"

#include <string.h>

/* The causes and outcomes as a unit may have written them. */
static const char causes[] =
    "name: avbokning\nversion: \"1\"\ntitle: Avbokat\nitem:\n"
    "  - linkId: utfall\n    type: choice\n    text: Hur blev det?\n    answerOption:\n"
    "      - code: done\n        display: Genomfört\n        alias: [Genomförd]\n"
    "      - code: cancelled\n        display: Avbokat\n        alias: [Avbokad]\n"
    "  - linkId: avbokad-av\n    type: choice\n    text: Vem?\n    answerOption:\n"
    "      - code: client\n        display: Brukare\n"
    "  - linkId: orsak\n    type: choice\n    text: Varför?\n    answerOption:\n"
    "      - code: ORO\n        display: Oro\n";

/* Loaded once: the target runs many thousand times. */
static inline const Form *form(void)
{
    static gsize loaded;
    if (g_once_init_enter(&loaded)) {
        g_autoptr(GError) error = NULL;
        i18n_init("en");
        Form *made = form_load_bytes(causes, strlen(causes), "fuzz.yaml", NULL, &error);
        if (!made)
            g_error("%s", error->message);
        g_once_init_leave(&loaded, (gsize)made);
    }
    return (const Form *)loaded;
}

static inline void require_sentence(const char *text)
{
    if (!text || !*text || !g_utf8_validate(text, -1, NULL) || strlen(text) > 1000 ||
        strpbrk(text, "\033\r\n"))
        g_error("not a sentence: %s", text);
}

static inline void require_visit(RowChecker *checker, const ImportVisit *visit)
{
    const GArray *clients = row_checker_clients(checker), *staff = row_checker_staff(checker);
    if (visit->client >= clients->len || visit->staff > staff->len || visit->date == DATE_NONE ||
        visit->start < 0 || visit->start >= 1440 || visit->minutes < 1 || visit->minutes > 1440 ||
        visit->outcome >= OUTCOME_COUNT || visit->by >= BY_COUNT || visit->notice < -1 ||
        (visit->cause && !outcome_has_cause(visit->outcome)) ||
        (visit->note && !g_utf8_validate(visit->note, -1, NULL)))
        g_error("the visit on line %d does not hold together", visit->line);
    const ImportClient *client = &g_array_index(clients, ImportClient, visit->client);
    if (!client->meant || !client->name || !*client->name ||
        (client->id.fault != ID_OK && !client->number))
        g_error("the client of line %d does not hold together", visit->line);
}

static inline void require_faults(const TableImport *import, guint refused)
{
    if (import->faults->len != refused)
        g_error("%u rows are refused with %u faults", refused, import->faults->len);
    for (guint i = 0; i < import->faults->len; i++)
        require_sentence(((ImportFault *)import->faults->pdata[i])->reason);
    for (guint i = 0; i < import->remarks->len; i++)
        require_sentence(((ImportFault *)import->remarks->pdata[i])->reason);
}

static inline void check_rows(TableImport *import)
{
    CsvRow row;
    g_autoptr(CsvReader) reader = table_import_rows(import, &row);
    g_autoptr(RowChecker) checker = row_checker_new(import, form(), date_parse("2026-11-22"));
    guint refused = 0;
    while (csv_next(reader, &row)) {
        ImportVisit visit;
        if (row_checker_take(checker, &row, &visit))
            require_visit(checker, &visit);
        else
            refused++;
    }
    require_faults(import, refused);
}

/* What the kind itself does before it looks at the database. */
static inline void check_kind(TableImport *import, const ImportKind *kind)
{
    ImportResult result = {0};
    ImportRun run = {.import = import, .result = &result};
    CsvRow row;
    g_autoptr(CsvReader) reader = table_import_rows(import, &row);
    run.rows = kind->rows_new(&run);
    if (!kind->check(&run, reader, NULL))
        g_error("checking was broken off");
    kind->rows_free(run.rows);
    if (import->faults->len > (guint)result.rows)
        g_error("%d rows have %u faults", result.rows, import->faults->len);
    require_faults(import, import->faults->len);
}

/* Every row, as what the file is taken for. */
static inline void require_rows(TableImport *import)
{
    g_autoptr(GPtrArray) sample = table_import_sample(import, 3);
    for (guint i = 0; i < sample->len; i++)
        if (g_strv_length(sample->pdata[i]) != (guint)import->columns)
            g_error("a row of the sample has other columns");
    g_autofree char *missing = table_import_missing(import);
    if (missing)
        require_sentence(missing);
    static const ImportKind *const KINDS[IMPORT_WHAT_COUNT] = {
        [IMPORT_CLIENTS] = &import_kind_clients,
        [IMPORT_TASKS] = &import_kind_tasks,
        [IMPORT_RESPONSES] = &import_kind_responses,
        [IMPORT_STAFF] = &import_kind_staff,
        [IMPORT_DECISIONS] = &import_kind_decisions};
    if (KINDS[import->what] != NULL)
        check_kind(import, KINDS[import->what]);
    else
        check_rows(import);
}
