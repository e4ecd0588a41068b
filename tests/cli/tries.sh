#!/bin/bash
# Wrong passphrases: they slow down on the command line and in --plain, and are told (B15); and a script
# that locks goes on from the start.
set -u
. tests/cli/setup
make_unit

echo 'helt fel fras' >"$work/wrong"
guess() { program "$@" --db "$work/unit.db" --user eva --passphrase-file "$work/wrong"; }
for try in 1 2 3; do
    refused "a wrong one, number $try" 1 "do not fit" guess report week
done
# As if the third had been wrong just now, however long all this takes.
sed -i 's/^machine=.*/machine=9999999999999/' "$work/unit.tries"
refused "B15: then there is a pause" 1 "short pause" guess report week
refused "by lines too" 1 "short pause" guess --plain
refused "and for the right one" 1 "short pause" as_eva report week
check "the count is closed to others" test "$(stat -c %a "$work/unit.tries")" = 600
# The pause is over.
sed -i 's/^machine=.*/machine=1/' "$work/unit.tries"
done_ "a timer signs in" as_eva report week
: >"$work/empty"
as_eva --plain <"$work/empty" >"$out" 2>"$err"
check "B15: and the person is told" grep -q '^3 wrong passphrases have been typed' "$out"
check "nothing is left of it" test ! -e "$work/unit.tries"
all_is_well "check"

# --- whoever may write there takes the count away ------------------------------------------------
for try in 1 2 3; do
    guess report week >"$out" 2>"$err"
done
sed -i 's/^machine=.*/machine=9999999999999/' "$work/unit.tries"
refused "after several there is a pause again" 1 "short pause" guess report week
rm "$work/unit.tries"
refused "without the file there is none" 1 "do not fit" guess report week

# --- locking -------------------------------------------------------------------------------------
printf '%s\n' 'to do' .lock 'to do' '' >"$work/input"
as_eva --plain <"$work/input" >"$out" 2>"$err"
is "B15: a script locks and goes on" "$? $(cat "$err")" "0 "
is "once" "$(grep -c '^Locked\.$' "$out")" 1
is "from the start" "$(grep -c '^Enheten\. eva\.$' "$out")" 2
all_is_well "afterwards"
finish
