/* plain.c: dagsform --plain: signing in, and what to do. */
#include "cmd/plain.h"

#include "base/i18n.h"
#include "care/series.h"
#include "cmd/cmd.h"

#include "base/clock.h"

#include <unistd.h>

#define INTAKE "aktualisering"

static void plain_intake(Plain *plain)
{
    plain_walk(plain, &(PlainWalk){.form = INTAKE});
}

static const struct {
    const char *label; /* msgid */
    void (*run)(Plain *plain);
} MENU[] = {
    {N_("The day's visits"), plain_day},
    {N_("Clients"), plain_clients},
    {N_("Forms that are begun"), plain_begun},
    {N_("New intake"), plain_intake},
};

static void run_menu(Plain *plain)
{
    g_autoptr(GPtrArray) labels = g_ptr_array_new();
    for (gsize i = 0; i < G_N_ELEMENTS(MENU); i++)
        g_ptr_array_add(labels, (char *)_(MENU[i].label));
    while (!plain->ended) {
        int index = plain_choose(plain, _("What do you want to do? An empty line leaves."), labels);
        if (index < 0)
            return;
        MENU[index].run(plain);
    }
}

static void say_welcome(Plain *plain)
{
    plain_say(plain, session_is_demo(plain->session) ? _("%s (demo). Signed in: %s.") : "%s. %s.",
              session_unit_name(plain->session), session_staff_name(plain->session));
    if (session_form_fault(plain->session) != NULL)
        plain_say(plain, "%s", session_form_fault(plain->session));
}

int plain_run(int argc, char **argv)
{
    static const Command self = {"--plain", "", N_("The program as lines, one question at a time."),
                                 NULL};
    g_auto(CommonOptions) options = {0};
    gboolean plain_given = FALSE;
    int exit_code = EXIT_DONE;
    const GOptionEntry own[] = {
        {"plain", 0, 0, G_OPTION_ARG_NONE, &plain_given, N_("Lines instead of the full screen."),
         NULL},
        G_OPTION_ENTRY_NULL,
    };
    if (!cmd_parse(&self, own, &options, &argc, &argv, &exit_code))
        return exit_code;
    GError *error = NULL;
    g_autoptr(Session) session = cmd_session(&options, &error);
    if (session == NULL)
        return cmd_fail(error);
    Plain plain = {.session = session, .in = g_io_channel_unix_new(STDIN_FILENO), .out = stdout};
    if (!series_lay_out(session, clock_today(), NULL, &error))
        plain_error(&plain, error);
    say_welcome(&plain);
    run_menu(&plain);
    g_io_channel_unref(plain.in);
    return EXIT_DONE;
}
