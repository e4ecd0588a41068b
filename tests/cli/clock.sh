#!/bin/bash
# DAGSFORM_NOW sets the clock of a demo, and in the program that is shipped of nothing else (B13).
set -u
. tests/cli/setup

# What is shipped, and its twin whose keys cost little and whose clock follows the same rule.
shipped=$DAGSFORM_BUILD/bin/dagsform
twin=$DAGSFORM_BUILD/tests/dagsform-clock
set_clock() { DAGSFORM_NOW=2020-02-02T02:02 "$@" --lang en; }
true_clock() { env -u DAGSFORM_NOW "$@" --lang en; }
as_eva() { "$@" --db "$work/unit.db" --user eva --passphrase-file "$work/pass"; }

for program in "$shipped" "$twin"; do
    refused "B13: no unit is made under a clock that is set" 1 "only a demo" \
        as_eva set_clock "$program" init --unit E
    is "nothing is left of it" "$(echo "$work"/unit*)" "$work/unit*"
done
as_eva true_clock "$twin" init --unit E --role team-lead >/dev/null 2>&1
result $? "under the true one it is"
for program in "$shipped" "$twin"; do
    refused "B13: a unit does not open under a clock that is set" 1 "Take DAGSFORM_NOW away" \
        as_eva set_clock "$program" report week
    refused "not by lines either" 1 "only a demo" as_eva set_clock "$program" --plain
done
done_ "under the true one it does" as_eva true_clock "$twin" check

DAGSFORM_NOW=2026-11-22T10:00 "$twin" demo --db "$work/demo.db" >/dev/null 2>&1
result $? "a demo is made on any day"
sed -n 's/^#define DEMO_PASSPHRASE "\(.*\)"$/\1/p' src/exchange/demo.h >"$work/pass2"
echo | DAGSFORM_NOW=2026-11-23T08:30 "$twin" --plain --lang en --db "$work/demo.db" --user led \
    --passphrase-file "$work/pass2" >"$out" 2>"$err"
is "B13: and worked in on another" "$? $(cat "$err")" "0 "
check "which --plain says" grep -q '^The clock is set to 2026-11-23 08:30\.$' "$out"
finish
