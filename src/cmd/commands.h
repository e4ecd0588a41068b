/* commands.h: the subcommands, each in the file of its name. They take their arguments from
 * argv[0], the subcommand itself, and answer an exit code. */
#pragma once

int cmd_init(int argc, char **argv);
int cmd_user(int argc, char **argv);
int cmd_import(int argc, char **argv);
int cmd_report(int argc, char **argv);
int cmd_forms(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_demo(int argc, char **argv);
int cmd_idnumber(int argc, char **argv);
