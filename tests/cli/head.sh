#!/bin/bash
# The code of the log's head, told by the check and printed on the week's review: a log whose end was cut
# off, or that was put back with its whole database, no longer has it.
set -u
. tests/cli/setup

make_unit
cp "$work/unit.db" "$work/older.db"
cp "$work/unit.keys" "$work/older.keys"
done_ "something is done" as_eva user list
done_ "the check" as_eva check
code=$(sed -n "s/.*The log's code is \(.*\)\.\$/\1/p" "$out")
check "tells the code" test -n "$code"
done_ "the code is compared" as_eva check --head "$code"
check "and found" grep -q '^The log has what was printed, and 1 entry since' "$out"
refused "what is no code" 1 "is no code of a log" as_eva check --head 17
done_ "the code on a page" as_eva check --paper "$work/code.pdf"
printed=$(sed -n "s/^The log's code \([^ ]*\) lies in .*/\1/p" "$out")
check "is told" test -n "$printed"
check "and lies there" test -s "$work/code.pdf"
done_ "it is compared" as_eva check --head "$printed"
check "and found" grep -q '^The log has what was printed, and 1 entry since' "$out"
as_eva check --paper "$work/code.pdf" >"$out" 2>"$err"
is "never over another file" "$?" 1
check "which is said" has "left as it is" "$err"
export DAGSFORM_TEST_SYSTEM_LOG=$work/syslog
done_ "without a word nothing goes to the computer's log" as_eva check
check "nothing" test ! -e "$work/syslog"
done_ "the code to the computer's log" as_eva check --syslog
anchored=$(sed -n "s/^Enheten: the audit log's code is //p" "$work/syslog")
done_ "is compared too" as_eva check --head "$anchored"
check "and found there" grep -q '^The log has what was printed' "$out"
mkdir -p "$XDG_CONFIG_HOME/dagsform"
printf '[log]\nsyslog = true\n' >"$XDG_CONFIG_HOME/dagsform/config.ini"
printf '%s\n' "" | as_eva --plain >"$out" 2>"$err"
is "where it is set each sign-in does it" "$(wc -l <"$work/syslog")" 2
rm "$XDG_CONFIG_HOME/dagsform/config.ini"
printf '%s\n' "code to keep" "$work/lines.pdf" "" | as_eva --plain >"$out" 2>"$err"
check "as lines too" test -s "$work/lines.pdf"
seen=$XDG_STATE_HOME/dagsform/last-seen.ini
mv "$seen" "$work/seen"
cp "$work/older.db" "$work/unit.db"
cp "$work/older.keys" "$work/unit.keys"
as_eva check --head "$code" >"$out" 2>"$err"
is "everything put back to an older state" "$?" 1
check "shows by the code alone" grep -q '^The log ends before the code' "$out"
check "and nothing else is amiss" grep -q '^1 fault was found' "$out"
cp "$work/older.db" "$work/unit.db"
cp "$work/older.keys" "$work/unit.keys"
mv "$work/seen" "$seen"
as_eva user list >"$out" 2>"$err"
check "where somebody has signed in since it shows by itself" grep -q \
    '^The log no longer has what stood in it' "$err"
finish
