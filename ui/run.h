/* run.h: the full screen from start to end. */
#pragma once

/* Options: --db FILE, --user NAME, --lang LANG, --monochrome, --config FILE. Answers an exit code
 * of cmd.h. */
int ui_run(int argc, char **argv);
