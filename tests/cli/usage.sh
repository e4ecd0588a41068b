#!/bin/bash
# What is asked in a wrong way is refused with one sentence and exit 2; what cannot be opened, with
# exit 1.
set -u
. tests/cli/setup

program --version >"$out"
check "--version names the engine" grep -q '^dagsform [0-9.]*, SQLCipher ' "$out"
program --help >"$out"
for command in init user import report check server demo spc idnumber; do
    check "--help has $command" has $'\n'"  $command "
    "$DAGSFORM" "$command" --help --lang en >"$work/help" 2>"$err"
    check "$command --help" has '--passphrase-file FILE' "$work/help"
    awk '/^  --/ { if (!match(substr($0, 3), /  +/)) bad++
                   at = RSTART + RLENGTH; bad += first && at != first; first = at }
         END { exit bad > 0 }' "$work/help"
    result $? "$command --help in columns"
done

# D16: what there is stands in --help, and --json is answered in JSON or refused in a sentence.
program --help >"$out"
for option in --lang --config --version; do
    check "D16: --help has $option" has $'\n'"  $option "
done
for act in "init --unit E --user eva" "check" "demo" "user add x" "user role x" "user passwd x" \
    "user revoke x" "user recover x" "user repair" "forms show sip" "forms pot sip" \
    "forms export sip --fhir"; do
    # shellcheck disable=SC2086 # words
    refused "D16: $act --json" 2 "Leave out --json" program $act --json --db "$work/x.db"
done
"$DAGSFORM" check --help --lang en >"$work/help"
check "D16: and not offered where it is refused" has_not --json "$work/help"
man=${DAGSFORM_SHARE:-build/share}/man/man1/dagsform.1
sed -n 's/^ACTION(\([A-Z0-9_]*\),.*/\1/p' ui/action.def | tr '[:upper:]' '[:lower:]' >"$work/actions"
mapfile named <"$man"
check "D16: there are actions" test -s "$work/actions"
is "D16: the manual names every action for [keys]" "$(IFS=
    while read -r action; do
        [[ ${named[*]} = *$'\n'".RI ( $action )"$'\n'* ]] || echo "$action"
    done <"$work/actions")" ""
for readme in README.md README.sv.md; do
    is "D16: every signed-in command in $readme says --user" \
        "$(grep -oE '`dagsform (user|import|check|report)[^`]*`' "$readme" | grep -v -e '--user')" ""
done

refused "an unknown command" 2 "no command called fly" program fly
refused "an unknown language" 2 "sv, en" "$DAGSFORM" check --lang xx
refused "an unknown option" 2 "dagsform check --help" program check --nonsense
refused "an option without its value" 2 "dagsform check --help" "$DAGSFORM" check --lang en --db
refused "init without a unit" 2 "--unit NAME" program init --user eva
refused "init with an unknown role" 2 "A role is one of: support-worker (support worker), case-officer" program init --unit E --user eva --role boss
refused "user without an act" 2 "dagsform user add" program user
refused "user with an unknown act" 2 "dagsform user add" program user praise eva
refused "user add without a name" 2 "dagsform user add" program user add
refused "import without a file" 2 "import visits|clients|staff|decisions|tasks|responses FILE" program import visits
refused "import of something else" 2 "import visits|clients|staff|decisions|tasks|responses FILE" program import weeks x.csv
refused "import with an unknown encoding" 2 "no encoding" program import visits x --encoding ebcdic
refused "report without a kind" 2 "Say which report, dagsform report week for instance: week, risk, improvement, meeting, calls, absences, closings, plans, waits." program report
refused "a week that is none" 2 "is no week" program report week --until 2026-W60
refused "a chart that is none" 2 "run or p" program report week --chart xmr
refused "no weeks" 2 "1 to 520" program report week --weeks 0
refused "weeks in words" 2 "dagsform report --help" program report week --weeks many
refused "an unknown size" 2 "unit|town|city|region" program demo --db "$work/x.db" --size village
refused "idnumber without a number" 2 "dagsform idnumber" program idnumber
refused "check of something" 2 "is not needed" program check this
check "nothing was made" test ! -e "$work/x.db"

# --- opening -------------------------------------------------------------------------------------
make_unit
check "the recovery code is printed alone" test "$(wc -l <"$work/recovery")" = 1
check "database and keys are closed to others" \
    test "$(stat -c %a "$work/unit.db" "$work/unit.keys" | sort -u)" = 600
refused "init where there is a unit" 1 "already" program init --db "$work/unit.db" --unit E \
    --user eva --role team-lead --passphrase-file "$work/pass"

as() { program report week --db "$work/unit.db" "$@"; }
echo 'en annan lång fras' >"$work/wrong"
: >"$work/empty"
refused "no user" 1 "--user NAME" as --passphrase-file "$work/pass"
refused "a wrong passphrase" 1 "" as --user eva --passphrase-file "$work/wrong"
cp "$err" "$work/first"
refused "an unknown user" 1 "" as --user nobody --passphrase-file "$work/pass"
is "they cannot be told apart" "$(cat "$err")" "$(cat "$work/first")"
refused "no passphrase file" 1 "$work/none" as --user eva --passphrase-file "$work/none"
refused "an empty passphrase file" 1 "empty" as --user eva --passphrase-file "$work/empty"
refused "no terminal to ask on" 1 "--passphrase-file" setsid "$DAGSFORM" report week \
    --db "$work/unit.db" --user eva --lang en
refused "no database" 1 "$work/none" program check --db "$work/none.db" --user eva \
    --passphrase-file "$work/pass"
check "none is made" test ! -e "$work/none.db"

mv "$work/unit.keys" "$work/away"
refused "no key file" 1 "unit.keys" as_eva check
mv "$work/away" "$work/unit.keys"
mv "$work/unit.db" "$work/away"
refused "no database beside the key file" 1 "unit.db" as_eva check
check "none is made in its place" test ! -e "$work/unit.db"
mv "$work/away" "$work/unit.db"
all_is_well "everything is as it was"

chmod 644 "$work/pass"
as_eva check >"$out" 2>"$err"
is "a passphrase file open to others is used" "$?" 0
check "and that is said" has "chmod 600 $work/pass" "$err"
chmod 600 "$work/pass"

printf 'en lagom lång fras\r\nmer\r\n' >"$work/crlf"
done_ "a passphrase file of another system" as --user eva --passphrase-file "$work/crlf"
finish
