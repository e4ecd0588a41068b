/* cmd.h: the command line: what its subcommands share. commands.h has the subcommands themselves.
 */
#pragma once

#include "care/unit/session.h"

/* Exit codes: done, refused or failed, wrong usage. */
enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

/* What every subcommand takes. */
typedef struct {
    char *database;        /* --db */
    char *login;           /* --user */
    char *passphrase_file; /* --passphrase-file */
    char *key_file;        /* --key-file: the user's own */
    char *language;        /* --lang; read before everything else by main() */
    gboolean json;         /* --json, where a program may read the answer */
    gboolean carrying;     /* of server move: SessionOpening's */
} CommonOptions;
void common_options_clear(CommonOptions *options);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CommonOptions, common_options_clear)

typedef struct Command Command;
struct Command {
    const char *name;    /* "import" */
    const char *usage;   /* "visits FILE" */
    const char *summary; /* msgid, one line */
    /* argv[0] is the subcommand; returns an exit code. */
    int (*run)(const Command *self, int argc, char **argv);
    gboolean json; /* something of it answers in JSON */
};

/* Parses `entries` (may be NULL) and the common options; positional arguments stay in argv. FALSE
 * after saying what is wrong and how it is used (the caller returns EXIT_USAGE); `*exit_code` is
 * EXIT_DONE after --help. */
gboolean cmd_parse(const Command *command, const GOptionEntry *entries, CommonOptions *common,
                   int *argc, char ***argv, int *exit_code);
/* FALSE after saying that `act` of `command` does not answer in JSON, where --json is asked for.
 * `act` is NULL where the command has none. */
gboolean cmd_without_json(const CommonOptions *common, const char *command, const char *act);
/* The database asked for, or the default one ($XDG_DATA_HOME/dagsform/dagsform.db). New. */
char *cmd_database(const CommonOptions *options, GError **error);
/* From --passphrase-file, else asked for on the terminal; `confirm` asks twice. */
Secret *cmd_passphrase(const CommonOptions *options, const char *prompt, gboolean confirm,
                       GError **error);
/* What one signs in with: the passphrase, with one's own key file where --key-file gives it. New. */
Secret *cmd_sign_in_secret(const CommonOptions *options, GError **error);
/* The database, and the passphrase of --user; both new. FALSE on error. */
gboolean cmd_who(const CommonOptions *options, char **database, Secret **passphrase,
                 GError **error);
/* Unlocks as --user with the passphrase. `reads`: the command only reads, so it works also where
 * nothing can be written, without entries in the log. A fault in the unit's own list of causes is
 * said on stderr and stops nothing, and so are the session's notices; to whoever
 * has typed the passphrase also the wrong ones before it. */
Session *cmd_session(const CommonOptions *options, gboolean reads, GError **error);
/* The client with this identity number or client number. ERROR_NOT_FOUND. */
gboolean cmd_client(Session *session, const char *who, gint64 *id, GError **error);
/* What was amiss when it was opened, on stderr. */
void cmd_notices(Session *session);
/* Where the unit at `database` (NULL: the usual one) is no server's, no network is reached from here on. */
void cmd_stay_off_network(const char *database);
/* From here on no file is opened but below the folders of the unit (NULL: of none) and of `written`, a
 * file to be written (NULL: none): before what comes from outside is read (base/confine.h). */
void cmd_confine(const CommonOptions *unit, const char *written);
/* The recovery code, once: on standard output alone, so that it can be printed and nothing else. */
void cmd_print_recovery(const Secret *code);
/* Prints one sentence on stderr, frees the error, returns EXIT_FAILED. */
int cmd_fail(GError *error);
/* From now on ^C, SIGTERM and SIGHUP only make cmd_progress() answer FALSE. */
void cmd_catch_interrupts(void);
/* A bar on stderr when that is a terminal; silent otherwise. FALSE: break off. */
gboolean cmd_progress(double share, gpointer label);
