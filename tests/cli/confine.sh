#!/bin/bash
# What the program has given up by its end (base/confine.h): tried by tests/try_at_exit.c.
set -u
. tests/cli/setup

# A file that everybody may read, beside the test's own folder.
outside=$(mktemp "${TMPDIR:-/tmp}/dagsform-outside.XXXXXX")
at_exit='rm -f "$outside"'
# trying COMMAND…: what came of each attempt is in $tried.
trying() {
    tried=$(DAGSFORM_TEST_TRY=$outside DAGSFORM_TEST_TRY_FD=9 "$@" 9>&1 >"$out" 2>"$err" </dev/null |
        tr '\n' ' ')
}

make_unit
trying program idnumber 19990914-2383
is "no program is started and no network reached" "$tried" "file done network EPERM process EPERM program EPERM "
trying as_eva --plain
is "nor in lines" "$tried" "file done network EPERM process EPERM program EPERM "
trying as_eva import visits "$visits" --rejected "$work/refused.csv"
is "whoever reads a file in opens nothing else" "$tried" "file EACCES network EPERM process EPERM program EPERM "
check "and it was read in" grep -qF '12506 read in' "$out"
check "with what was refused" test -s "$work/refused.csv"
mkdir "$work/elsewhere"
ln -s "$work/unit.db" "$work/elsewhere/unit.db"
trying program import visits "$visits" --db "$work/elsewhere/unit.db" --user eva \
    --passphrase-file "$work/pass"
is "also through a link" "$tried" "file EACCES network EPERM process EPERM program EPERM "
check "and finds all there" grep -qF '12511 there already' "$out"
program forms export sip --fhir -o "$work/sip.json"
trying program forms import --fhir "$work/sip.json" -o "$work/sip.yaml"
is "nor whoever reads a form in" "$tried" "file EACCES network EPERM process EPERM program EPERM "
check "which is written" test -s "$work/sip.yaml"
finish
