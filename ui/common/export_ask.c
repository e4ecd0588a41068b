/* export_ask.c: what a screen shows, as a file. */
#include "ui/common/export_ask.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/paths.h"

#include <string.h>

/* "~/visits-2026-11-22.xlsx", written out. New. */
static char *default_path(const char *name, const char *ending)
{
    char date[DATE_SIZE];
    g_autofree char *file =
        g_strdup_printf("%s-%s.%s", name, date_format(clock_today(), date), ending);
    return g_build_filename(g_get_home_dir(), file, NULL);
}

void export_ask(App *app, ExportWhat what, DialogAnswer *answer)
{
    g_autofree char *path = default_path(export_what_code(what), export_format_code(EXPORT_XLSX));
    dialog_prompt(app,
                  _("Where shall the file lie? Its ending says what it is: xlsx, csv or json."),
                  path, answer, NULL);
}

void export_ask_named(App *app, const char *question, const char *name, DialogAnswer *answer)
{
    g_autofree char *path = default_path(name, "pdf");
    dialog_prompt(app, question, path, answer, NULL);
}

void export_ask_paper(App *app, const char *name, DialogAnswer *answer)
{
    export_ask_named(app, _("Where shall the paper lie? The name of a new file."), name, answer);
}

static void tell(App *app, const ExportResult *result, const char *path)
{
    g_autofree char *rows =
        g_strdup_printf(ngettext("%d row is in %s.", "%d rows are in %s.", (gulong)result->rows),
                        (int)result->rows, path);
    g_autofree char *others = g_strdup_printf(
        ngettext("%d row is left out: protected identity, or a card you may not open.",
                 "%d rows are left out: protected identity, or a card you may not "
                 "open.",
                 (gulong)result->protected),
        (int)result->protected);
    app_say(app, STYLE_GOOD, "%s%s%s", rows, result->protected > 0 ? " " : "",
            result->protected > 0 ? others : "");
}

void export_write(App *app, ExportOrder *order, const char *typed)
{
    GError *error = NULL;
    ExportResult result;
    g_autofree char *path = paths_typed(typed);
    const char *ending = strrchr(path, '.');
    if (ending == NULL || !export_format_parse(ending + 1, &order->format))
        app_say(app, STYLE_NOTICE, "%s",
                _("The name ends in nothing known here. Let it end in .xlsx, .csv or .json."));
    else if (export_file(app_session(app), order, path, FALSE, &result, &error))
        tell(app, &result, path);
    else
        app_error(app, error);
}
