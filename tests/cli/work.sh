#!/bin/bash
# A unit from its first day: users, a file read in, the week's report.
set -u
. tests/cli/setup

make_unit
partly "a file is read in" "6 rows were refused." as_eva import visits "$visits" \
    --rejected "$work/refused.csv"
is "and counted" "$(tail -n 1 "$out")" \
    "12517 rows: 12506 read in, 5 there already, 6 refused. 212 new clients. 17 new members of staff."
is "what the file was taken for is said first" "$(head -n 1 "$out")" \
    "Encoding ISO-8859-1, separator semicolon."
check "a refusal has line, column and reason" grep -q '^Line 924, column Personnummer: .*\.$' "$out"
is "the refused rows are written" "$(grep -c ';' "$work/refused.csv")" 7
refused "over a file that is there" 1 "already" as_eva import visits "$visits" \
    --rejected "$work/refused.csv"
partly "again, as JSON" "6 rows were refused. Mend" as_eva import visits "$visits" --json
for member in '"rows" : 12517' '"imported" : 0' '"duplicates" : 12511' '"line" : 924' \
    '"column" : "Personnummer"' '"column" : null' '"encoding" : "ISO-8859-1"' \
    '"heading_line" : 1' '"unknown_columns" : []' '"remarks" : []'; do
    check "JSON has $member" has "$member"
done
LC_ALL=C sed -e 's/25:00/15:00/' -e 's/2026-02-30/2026-06-30/' "$work/refused.csv" >"$work/mended.csv"
partly "mended rows are read in" "4 rows were refused." as_eva import visits "$work/mended.csv"
is "and counted" "$(tail -n 1 "$out")" \
    "6 rows: 2 read in, 0 there already, 4 refused."
LC_ALL=C sed -e 's/;2026-/;2025-/' "$visits" >"$work/before.csv"
partly "a dry run" "6 rows were refused." as_eva import visits "$work/before.csv" --dry-run
check "says that nothing was written" has 'Nothing was written'
is "and what it was taken for" "$(head -n 1 "$out")" "Encoding ISO-8859-1, separator semicolon."
is "and writes nothing" "$(planned 2025-W22)" 0
printf 'Pnr,Namn,Datum,Tid,Status\n19990914-2383,Emil Ärlig,2026-12-01,08:30,Planerad\n' \
    >"$work/one.csv"
done_ "one planned visit, in a dry run" as_eva import visits "$work/one.csv" --dry-run
is "is told of as one" "$(cat "$out")" "Encoding UTF-8, separator comma.
1 row: 1 to be read in, 0 there already, 0 refused. Nothing was written."
done_ "one planned visit" as_eva import visits "$work/one.csv"
is "is told of as one again" "$(tail -n 1 "$out")" "1 row: 1 read in, 0 there already, 0 refused."
# C9: one row of two
{ cat "$work/one.csv"; echo '19990914-2383,Emil Ärlig,2026-12-02,25:00,Planerad'; } >"$work/two.csv"
partly "one refused row of two" "1 row was refused. Mend what is refused" as_eva import visits \
    "$work/two.csv"
is "says what was taken" "$(tail -n 1 "$out")" "2 rows: 0 read in, 1 there already, 1 refused."
partly "and as JSON" "1 row was refused." as_eva import visits "$work/two.csv" --json
check "with what was taken" has '"duplicates" : 1'
# C2, C3: columns
printf 'Pnr;Namn;Datum;Tid;Utfall av besöket;Bil\n20000831-2399;Yusuf Essen;2026-12-01;09:30;Avbokat;1\n' \
    >"$work/unknown.csv"
as_eva import visits "$work/unknown.csv" --dry-run >"$out" 2>"$err"
is "unknown columns do not stop it" "$?" 0
check "but are named" has 'not read in: “Utfall av besöket”, “Bil”. Say with --map' "$err"
as_eva import visits "$work/unknown.csv" --dry-run --json >"$out" 2>"$err"
check "and on standard error" has 'not read in: “Utfall av besöket”, “Bil”. Say with --map' "$err"
is "and in JSON" "$(tr -d ' \n' <"$out" | grep -o '"unknown_columns":[^]]*]')" \
    '"unknown_columns":["Utfallavbesöket","Bil"]'
printf 'Utfall av besöket = outcome\nBil = skip\n' >"$work/map"
done_ "until a map says what they are" as_eva import visits "$work/unknown.csv" --map "$work/map"
done_ "which is remembered" as_eva import visits "$work/unknown.csv"
printf 'Pnr;Namn;Datum;Tid;Status;Utfall\n20000831-2399;Yusuf Essen;2026-12-02;09:30;Planerad;\n' \
    >"$work/double.csv"
refused "two columns for one thing" 1 "“Status” and “Utfall”" as_eva import visits "$work/double.csv"
check "say how to tell which" has 'heading = code, and name the file with --map.' "$err"
refused "and as JSON" 1 "--map" as_eva import visits "$work/double.csv" --json
printf 'Utfall = outcome\n' >"$work/map"
done_ "until a map says which" as_eva import visits "$work/double.csv" --map "$work/map"
# C5: a title before the headings
{ echo 'Besöksrapport'; echo; cat "$work/double.csv"; } >"$work/title.csv"
done_ "a title is passed over" as_eva import visits "$work/title.csv"
check "and told" has 'The headings are on line 3. What stands before them was not read in.'
# C6: a strange identity number
printf 'Kundnr;Pnr;Namn;Datum;Tid\nK7;TF-12;Kim Ek;2026-12-02;10:30\n' >"$work/strange-id.csv"
done_ "a strange identity number loses no visit" as_eva import visits "$work/strange-id.csv"
check "and is told" has $'\nLine 2, column Pnr: The identity number was left out, and'
as_eva import visits "$work/strange-id.csv" --json >"$out"
check "in JSON too" has '"reason" : "The identity number was left out'
printf '20000831-2399,Åsa Essen,2026-12-01,08:30,\n\345\n' >>"$work/one.csv"
refused "one stray byte in UTF-8" 1 "Line 4 cannot be read: byte" as_eva import visits "$work/one.csv"
refused "a file that is not there" 1 "$work/none.csv" as_eva import visits "$work/none.csv"
refused "a folder" 1 "is a folder" as_eva import visits "$work"
: >"$work/empty.csv"
refused "an empty file" 1 "empty" as_eva import visits "$work/empty.csv"
refused "the program itself" 1 "" as_eva import visits "$DAGSFORM"
printf 'a;b;c\n1;2;3\n' >"$work/strange.csv"
refused "columns that say nothing" 1 "Say which column" as_eva import visits "$work/strange.csv"
printf 'a = date\n' >"$work/map"
refused "a map that is not enough" 1 "Say which column" as_eva import visits "$work/strange.csv" \
    --map "$work/map"
refused "a map that is not there" 1 "$work/none" as_eva import visits "$visits" --map "$work/none"
refused "an encoding that does not fit" 1 "does not fit UTF-8" as_eva import visits "$visits" \
    --encoding utf-8

# --- the report ----------------------------------------------------------------------------------
done_ "the report" as_eva report week
check "is of the newest week" has $'\nWeek 45, 2–8 November 2026\n'
check "says its numbers" has $'\n476 visits were planned, 416 took place and 60 were not taken.\n'
check "and the rate" has $'\nShare not taken: 12.6 %'
is "one week unless more are asked for" "$(grep -c '^Week' "$out")" 1
done_ "of 26 weeks" as_eva report week --weeks 26 --until 2026-v45
is "has 26" "$(grep -c '^Week' "$out")" 26
done_ "in Swedish" "$DAGSFORM" report week --lang sv --db "$work/unit.db" --user eva \
    --passphrase-file "$work/pass"
check "has Swedish days" has '2–8 november 2026'
done_ "as JSON" as_eva report week --json
for member in '"week" : "2026-W45"' '"planned" : 476' '"missed" : 60' '"cancelled" : 42' \
    '"code" : "MÅ"' '"without_cause" : 17'; do
    check "JSON has $member" has "$member"
done

# --- split one way: the sample's own totals ------------------------------------------------------
done_ "split by cause" as_eva report week --by cause --weeks 26 --until 2026-v45
check "with all that were not taken" has \
    $'recorded and 1774 not taken. Share not taken: 14.4 %.\n'
check "a share of all that went otherwise" has $'\n  Feels mentally unwell: 507, 24.6 %\n'
check "how many got another form" has 'another form offered: 121, taken: 121, took place: 121;'
for cause in 'No strength today: 274,' 'Worry or fear: 167,' 'Ill: 156,' 'Forgot: 100,' \
    'Prefers not to say: 78,' 'Other care appointment: 69,' 'Change of staff: 41,'; do
    check "with $cause" has "  $cause"
done
done_ "beside the weeks before, as JSON" as_eva report week --by sex --weeks 4 --beside --json
is "two periods" "$(grep -c '"too_few"' "$out")" 2
check "the four weeks before" has '"from" : "2026-W38"'
refused "what nothing is split by" 2 "Choose one of: all, cause, by" as_eva report week --by moon
refused "a group and the rest" 2 "not both" as_eva report week --by all --group a --rest a
refused "a group without a split" 2 "--by all" as_eva report week --group a
refused "a group that is not there" 1 "There are no groups yet" as_eva report week --by all --group a

# --- groups, and whom we may lose ------------------------------------------------------------------
done_ "a group is added" as_eva group add 'Nytt arbetssätt'
refused "not twice" 1 "already" as_eva group add 'Nytt arbetssätt'
for number in B1000 B1001 B1002 B1003; do
    done_ "$number is in it" as_eva group join 'Nytt arbetssätt' $number --from 2026-05-11
done
done_ "four are too few" as_eva report week --by cause --weeks 26 --until 2026-v45 --group 'nytt arbetssätt'
check "to be shown" has 'fewer than 5 persons'
done_ "one more by identity number" as_eva group join 'Nytt arbetssätt' \
    "$(awk -F';' '$1 == "B1004" { print $2; exit }' "$visits")" --from 2026-05-11
done_ "the group" as_eva report week --by cause --weeks 26 --until 2026-v45 --group 'Nytt arbetssätt'
check "is told by its name" has $'\nWeeks 2026-W20 to 2026-W45, the group Nytt arbetssätt\n'
in_group=$(sed -n 's/^\([0-9]*\) visits were planned.*/\1/p' "$out")
done_ "and the rest" as_eva report week --by cause --weeks 26 --until 2026-v45 --rest 'Nytt arbetssätt'
in_rest=$(sed -n 's/^\([0-9]*\) visits were planned.*/\1/p' "$out")
as_eva report week --by all --weeks 26 --until 2026-v45 >"$out"
is "are together the unit" "$((in_group + in_rest))" \
    "$(sed -n 's/^\([0-9]*\) visits were planned.*/\1/p' "$out")"
done_ "the members" as_eva group members 'Nytt arbetssätt'
is "are five" "$(grep -c 'since 2026-05-11' "$out")" 5
refused "a client that is not there" 1 "no client with the number" as_eva group join 'Nytt arbetssätt' B9
refused "a day that is none" 1 "is no day" as_eva group leave 'Nytt arbetssätt' B1000 --to never
done_ "one leaves" as_eva group leave 'Nytt arbetssätt' B1000 --to 2026-06-30
done_ "another name" as_eva group rename 'Nytt arbetssätt' --name 'Två frågor'
done_ "the group is listed" as_eva group list --json
check "with four today" has '"members" : 4'
done_ "the group ends" as_eva group end 'Två frågor'
refused "a group and no word" 2 "dagsform group list" as_eva group
done_ "whom we may lose" as_eva report risk
done_ "as JSON" as_eva report risk --json
check "says how many are not shown" has '"closed" : 0'

# --- users ---------------------------------------------------------------------------------------
echo 'stödets långa fras' >"$work/pass2"
echo 'helt ny lång fras' >"$work/pass3"
as_bo() { program "$@" --db "$work/unit.db" --user bo --passphrase-file "$work/pass2"; }
done_ "an administrator is added" as_eva user add ada --role administrator --name 'Ada Admin' \
    --new-passphrase-file "$work/pass3"
as_ada() { program "$@" --db "$work/unit.db" --user ada --passphrase-file "$work/pass3"; }
done_ "who adds a support worker" as_ada user add bo --role support-worker --name 'Bo Stöd' \
    --code BS16 --new-passphrase-file "$work/pass2"
refused "one name twice" 1 "already" as_ada user add bo --new-passphrase-file "$work/pass2"
echo kort >"$work/short"
refused "a passphrase too short" 1 "8 characters" as_ada user add cia \
    --new-passphrase-file "$work/short"
done_ "all are listed" as_ada user list
is "with their roles" "$(sed 's/  */ /g' "$out")" "ada Ada Admin administrator
bo Bo Stöd support worker
eva eva team lead"
is "in columns, whatever the letters" \
    "$(grep -o '^bo.*support' "$out" | sed 's/ö/o/' | tr -d '\n' | wc -c)" 57
done_ "as JSON" as_ada user list --json
check "with codes" has '"role" : "support-worker"'
refused "a support worker manages nobody" 1 "administrator" as_bo user add dan \
    --new-passphrase-file "$work/pass"
refused "a support worker reads nothing in" 1 "" as_bo import visits "$visits"
done_ "a support worker sees the report" as_bo report week
refused "a role given as a name" 2 "dagsform user role bo --role team-lead" as_ada user role bo team-lead
done_ "a role is changed" as_ada user role bo --role team-lead
done_ "and holds" as_bo import visits "$work/title.csv" --dry-run
done_ "a passphrase is changed" as_ada user passwd bo --new-passphrase-file "$work/pass3"
refused "the old one opens nothing" 1 "" as_bo report week
done_ "a user is closed" as_ada user revoke bo
refused "and cannot sign in" 1 "" program report week --db "$work/unit.db" --user bo \
    --passphrase-file "$work/pass3"
refused "the last administrator stays" 1 "" as_ada user role ada --role team-lead
refused "an unknown user" 1 "nobody" as_ada user revoke nobody
program user recover ada --db "$work/unit.db" --recovery-file "$work/recovery" \
    --new-passphrase-file "$work/pass2" >"$out" 2>"$err"
is "access is given again with the code" "$?" 0
is "a new code is printed" "$(tail -n 1 "$out" | tr -d '[:alnum:]' | cut -c 1-3)" "---"
refused "the old code is used up" 1 "" program user recover ada --db "$work/unit.db" \
    --recovery-file "$work/recovery" --new-passphrase-file "$work/pass2"
all_is_well "everything is well after all this"

# --- identity numbers ----------------------------------------------------------------------------
done_ "a number" program idnumber 19990914-2383
is "is read out" "$(cat "$out")" "19990914-2383: personal identity number, born 1999-09-14, woman"
program idnumber 990914-2383 19990914-2384 1,99E+11 >"$out" 2>"$err"
is "one wrong number fails" "$?" 1
is "and each has its line" "$(wc -l <"$out")" 3
program idnumber --json 19990914-2383 12 >"$out"
check "as JSON" has '"valid" : false'
finish
