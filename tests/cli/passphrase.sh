#!/bin/bash
# What may be a passphrase, and how it is read from a file (B17).
set -u
. tests/cli/setup

init() { program init --db "$work/new.db" --unit E --user eva --passphrase-file "$work/given"; }
refuse() {
    printf "$2" >"$work/given"
    refused "B17: $1" 1 "$3" init
    check "and nothing is made" test ! -e "$work/new.db"
}
refuse "a word that everybody tries" 'password\n' "tries first"
refuse "a row of digits" '12345678\n' "tries first"
refuse "blanks alone" '            \n' "too short"
refuse "a single word" 'trygghet\n' "three or four words"
refuse "Latin-1" 'en lagom l\345ng fras\n' "UTF-8"
refuse "a NUL" 'en lagom\000fras som \303\244r l\303\245ng\n' "NUL"

# A blank of another kind, in the file or at the keyboard.
make_unit
printf 'en lagom\302\240l\303\245ng fras\n' >"$work/given"
done_ "B17: every blank is the same" program check --db "$work/unit.db" --user eva \
    --passphrase-file "$work/given"
printf 'en lagom l\345ng fras\n' >"$work/given"
refused "B17: Latin-1 is told where it is to open" 1 "UTF-8" program check --db "$work/unit.db" \
    --user eva --passphrase-file "$work/given"
finish
