/* report.c: dagsform report week: the weekly review as text or JSON. */
#include "exchange/report.h"

#include "base/i18n.h"
#include "cmd/commands.h"

#include <stdio.h>

static int print_report(const CommonOptions *common, Week until, int weeks)
{
    GError *error = NULL;
    g_autoptr(Session) session = cmd_session(common, TRUE, &error);
    g_autoptr(WeekReview) review =
        session ? week_review_new(session, until, (guint)weeks, &error) : NULL;
    if (!review)
        return cmd_fail(error);
    g_autofree char *text =
        common->json ? week_report_json(review, session) : week_report_text(review, session);
    fputs(text, stdout);
    return EXIT_DONE;
}

int cmd_report(const Command *self, int argc, char **argv)
{
    g_autofree char *until_text = NULL;
    int weeks = 1;
    const GOptionEntry entries[] = {
        {"until", 0, 0, G_OPTION_ARG_STRING, &until_text,
         N_("The last week to show; otherwise the newest that is over and has an outcome."),
         "WEEK"},
        {"weeks", 0, 0, G_OPTION_ARG_INT, &weeks, N_("How many weeks, 1 to 520."), "N"},
        G_OPTION_ENTRY_NULL,
    };
    CommonOptions common = {0};
    int exit_code;
    if (!cmd_parse(self, entries, &common, &argc, &argv, &exit_code)) {
        common_options_clear(&common);
        return exit_code;
    }
    Week until = until_text ? week_parse(until_text) : 0;
    if (argc != 2 || !g_str_equal(argv[1], "week"))
        fprintf(stderr, "%s\n", _("Say which report: dagsform report week."));
    else if (until_text && !until)
        fprintf(stderr, _("%s is no week. Write it as 2026-W45.\n"), until_text);
    else if (weeks < 1 || weeks > 520)
        fprintf(stderr, "%s\n", _("The number of weeks is 1 to 520."));
    else {
        exit_code = print_report(&common, until, weeks);
        common_options_clear(&common);
        return exit_code;
    }
    common_options_clear(&common);
    return EXIT_USAGE;
}
