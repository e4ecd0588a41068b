/* commands.h: the subcommands: a row each in the table of commands.c, and a function each in the
 * file of its name. */
#pragma once

#include "cmd/cmd.h"

/* NULL when there is none of that name. */
const Command *cmd_find(const char *name);
/* The list of subcommands, for --help. New. */
char *cmd_overview(void);

/* As Command.run. */
int cmd_init(const Command *self, int argc, char **argv);
int cmd_user(const Command *self, int argc, char **argv);
int cmd_import(const Command *self, int argc, char **argv);
int cmd_export(const Command *self, int argc, char **argv);
int cmd_report(const Command *self, int argc, char **argv);
int cmd_extract(const Command *self, int argc, char **argv);
int cmd_group(const Command *self, int argc, char **argv);
int cmd_clients(const Command *self, int argc, char **argv);
int cmd_retention(const Command *self, int argc, char **argv);
int cmd_forms(const Command *self, int argc, char **argv);
int cmd_backup(const Command *self, int argc, char **argv);
int cmd_restore(const Command *self, int argc, char **argv);
int cmd_away(const Command *self, int argc, char **argv);
int cmd_home(const Command *self, int argc, char **argv);
int cmd_check(const Command *self, int argc, char **argv);
int cmd_demo(const Command *self, int argc, char **argv);
int cmd_spc(const Command *self, int argc, char **argv);
int cmd_server(const Command *self, int argc, char **argv);
int cmd_idnumber(const Command *self, int argc, char **argv);
