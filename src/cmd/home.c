/* home.c: dagsform home: what was done on a laptop comes home. */
#include "base/i18n.h"
#include "care/laptop/homecoming.h"
#include "cmd/commands.h"
#include "exchange/json_members.h"

#include <stdio.h>

static gboolean progress(double share, gpointer label)
{
    return cmd_progress(share, label);
}

/* The laptop's file opens with the passphrase that it was taken along with; where that is another
 * by now, it is asked for. */
static Session *open_laptop(const CommonOptions *common, const char *path,
                            const char *passphrase_file, const Secret *passphrase, GError **error)
{
    g_autoptr(GError) failed = NULL;
    g_autoptr(Secret) own = NULL;
    SessionOpening opening = {
        .database = path, .login = common->login, .passphrase = passphrase, .coming_home = TRUE};
    if (passphrase_file != NULL) {
        const CommonOptions of_laptop = {.passphrase_file = (char *)passphrase_file};
        own = cmd_passphrase(&of_laptop, "", FALSE, error);
        if (own == NULL)
            return NULL;
        opening.passphrase = own;
    }
    Session *session = session_open(&opening, &failed);
    if (session == NULL && passphrase_file == NULL && common->passphrase_file == NULL &&
        g_error_matches(failed, DAGSFORM_ERROR, ERROR_PASSPHRASE)) {
        own = cmd_passphrase(common, _("Passphrase of the laptop's file: "), FALSE, error);
        opening.passphrase = own;
        return own != NULL ? session_open(&opening, error) : NULL;
    }
    if (session == NULL && g_error_matches(failed, DAGSFORM_ERROR, ERROR_PASSPHRASE))
        g_set_error_literal(error, DAGSFORM_ERROR, ERROR_PASSPHRASE,
                            _("The laptop's file does not open. Whoever took it along brings it "
                              "home, with the passphrase they had then: give that with "
                              "--laptop-passphrase-file where it is another now."));
    else if (session == NULL)
        g_propagate_error(error, g_steal_pointer(&failed));
    return session;
}

static void tell(const Homecoming *coming, gboolean as_json)
{
    if (!as_json) {
        g_autofree char *words = homecoming_words(coming);
        fputs(words, stdout);
        return;
    }
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    member_int(json, "deeds", coming->deeds);
    member_int(json, "before", coming->before);
    member_int(json, "done", coming->done);
    member_int(json, "proposed", coming->proposed);
    member_int(json, "left", coming->left);
    member_int(json, "gone", coming->gone);
    member_int(json, "responses", coming->responses);
    member_int(json, "log-broken", coming->log_broken);
    json_builder_end_object(json);
    g_autofree char *text = json_text(json);
    fputs(text, stdout);
}

static int run(const CommonOptions *common, const char *path, const char *passphrase_file)
{
    GError *error = NULL;
    g_autofree char *database = NULL;
    g_autoptr(Secret) passphrase = NULL;
    if (!cmd_who(common, &database, &passphrase, &error))
        return cmd_fail(error);
    const SessionOpening opening = {
        .database = database, .login = common->login, .passphrase = passphrase};
    g_autoptr(Session) home = session_open(&opening, &error);
    g_autoptr(Session) laptop =
        home != NULL ? open_laptop(common, path, passphrase_file, passphrase, &error) : NULL;
    if (laptop == NULL)
        return cmd_fail(error);
    cmd_notices(home);
    cmd_catch_interrupts();
    const DbWatch watch = {progress, (gpointer)_("Coming home")};
    Homecoming coming;
    if (!homecoming_run(home, laptop, &watch, &coming, &error))
        return cmd_fail(error);
    tell(&coming, common->json);
    return EXIT_DONE;
}

int cmd_home(const Command *self, int argc, char **argv)
{
    g_autofree char *passphrase_file = NULL;
    g_auto(CommonOptions) common = {0};
    const GOptionEntry entries[] = {
        {"laptop-passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &passphrase_file,
         N_("Where the laptop's file has another passphrase: the file it stands in."), "FILE"},
        G_OPTION_ENTRY_NULL,
    };
    int exit_code;
    if (!cmd_parse(self, entries, &common, &argc, &argv, &exit_code))
        return exit_code;
    if (argc == 2)
        return run(&common, argv[1], passphrase_file);
    fprintf(stderr, "%s\n", _("Say which file comes home: dagsform home FILE"));
    return EXIT_USAGE;
}
