#!/bin/bash
# dagsform backup and restore: made while others write, found whole, put back, and nothing lost.
set -u
. tests/cli/setup

make_unit
{ head -n 1 "$visits"; tail -n 3000 "$visits"; } >"$work/some.csv" # the last weeks
as_eva import visits "$work/some.csv" >/dev/null 2>&1
backups=$work/backups
# visits_of DATABASE: how many were planned in a week.
visits_of() {
    program report week --db "$1" --user eva --passphrase-file "$work/pass" --until 2026-W45 --json |
        sed -n 's/.*"planned" : \([0-9]*\),.*/\1/p'
}
planned_then=$(visits_of "$work/unit.db")
check "there are visits" test "$planned_then" -gt 50

# --- made ------------------------------------------------------------------------------------------
done_ "a backup is made" as_eva backup
one=$backups/unit-2026-11-22T1000
check "it says where" has "$one ("
check "and that one should lie elsewhere too" has 'same disk'
is "it is for its owner alone" "$(stat -c %a "$backups" "$one" "$one"/* | tr '\n' ' ')" \
    "700 700 600 600 600 600 "
is "it holds database, key file and what it says of itself" "$(ls "$one" | tr '\n' ' ')" \
    "dagsform.db dagsform.keys dagsform.keys.copy manifest "
check "no name and no number of a client stands in what it says" \
    sh -c "! grep -qiE 'eva|[0-9]{8}-[0-9]{4}' '$one/manifest'"
done_ "its answer in JSON" as_eva backup --json
check "names the folder" line "$out" '*"backup" : "*unit-2026-11-22T1000-2"*'
check "and the earlier one of the day, which the rule does not keep" has "\"$one\""
check "that one is gone" test ! -e "$one"
one=$one-2
refused "a folder that is not there" 1 "Make it first" as_eva backup --to "$work/nowhere"
refused "a rule that is none" 2 "--keep 7,5,12" as_eva backup --keep 7
refused "a rule that would keep no day" 2 "the first at least 1" as_eva backup --keep 0,5,12
refused "a word too much" 2 "is not needed here" as_eva backup now
mkdir "$work/stick"
done_ "elsewhere" as_eva backup --to "$work/stick"
check "there it is" test -f "$work/stick/unit-2026-11-22T1000/manifest"
mkdir "$work/closed"
chmod 500 "$work/closed"
refused "a folder that may not be written to" 1 "may not be written to" \
    without_rights "$DAGSFORM" backup --lang en --db "$work/unit.db" --user eva \
    --passphrase-file "$work/pass" --to "$work/closed"
limited 100 as_eva backup --to "$work/stick" >"$out" 2>"$err"
is "no room: refused with a sentence" "$? $(wc -l <"$err")" "1 1"
check "that says so" has 'no room left' "$err"
is "and nothing half is left" "$(ls "$work/stick")" "unit-2026-11-22T1000"
echo 'en annan lång fras' >"$work/pass-hand"
as_eva user add adam --role administrator --new-passphrase-file "$work/pass-hand" >/dev/null
program user add hand --role case-officer --new-passphrase-file "$work/pass-hand" \
    --db "$work/unit.db" --user adam --passphrase-file "$work/pass-hand" >/dev/null
refused "a case officer may not" 1 "team leads and administrators" program backup \
    --db "$work/unit.db" --user hand --passphrase-file "$work/pass-hand"

# --- late ------------------------------------------------------------------------------------------
lines_at() { DAGSFORM_NOW=$1 program --plain --db "$work/unit.db" --user "$2" --passphrase-file "$3" </dev/null; }
lines_at 2026-11-29T09:00 eva "$work/pass" >"$out" 2>"$err"
check "after a week nothing is said yet" has_not 'latest backup'
lines_at 2026-11-29T10:01 eva "$work/pass" >"$out" 2>"$err"
check "then it is, with what to do" line "$out" \
    '*latest backup was made 2026-11-22 10:00*dagsform backup*'
lines_at 2026-11-29T10:01 hand "$work/pass-hand" >"$out" 2>"$err"
check "to whom it concerns" has_not 'latest backup'
mkdir -p "$XDG_CONFIG_HOME/dagsform"
printf '[backup]\ndays = 14\n' >"$XDG_CONFIG_HOME/dagsform/config.ini"
lines_at 2026-11-29T10:01 eva "$work/pass" >"$out" 2>"$err"
check "or after as many days as the settings say" has_not 'latest backup'
lines_at 2026-12-07T10:01 eva "$work/pass" >"$out" 2>"$err"
check "and then" has 'latest backup'
rm "$XDG_CONFIG_HOME/dagsform/config.ini"

# --- while another program writes all the time -------------------------------------------------------
(while [ ! -e "$work/stop" ]; do as_eva report week >/dev/null 2>&1; done) &
writer=$!
done_ "made while another program writes" as_eva backup --drill --to "$work/stick"
touch "$work/stop"
wait "$writer"
check "and the drill found every table as it was" has 'value by value'

# --- the unit's own forms --------------------------------------------------------------------------
mkdir -p "$work/forms"
cp forms/handlingsplan-tva-fragor.yaml "$work/forms/"
mkdir "$work/with-forms"
done_ "with a form of the unit's own" as_eva backup --drill --to "$work/with-forms"
check "which is told" has "1 form of your own is in it"
check "and compared by the drill" has "So was 1 form of your own"
echo '# another' >>"$work/forms/handlingsplan-tva-fragor.yaml"
done_ "it comes back" as_eva restore "$work"/with-forms/unit-* --to "$work/with-forms-back"
check "as it was" cmp -s forms/handlingsplan-tva-fragor.yaml \
    "$work/with-forms-back/forms/handlingsplan-tva-fragor.yaml"
rm -r "$work/forms"

# --- in the lines ----------------------------------------------------------------------------------
printf '%s\n' "Make a backup" "" | program --plain --db "$work/unit.db" --user eva --passphrase-file "$work/pass" >"$out" 2>"$err"
check "a backup by lines" has "The backup is made and read through: $backups/unit-"
printf '%s\n' "New data key" no "Make a backup" "" | program --plain --db "$work/unit.db" --user adam \
    --passphrase-file "$work/pass-hand" >"$out" 2>"$err"
check "an administrator too, who sees no client" has "The backup is made and read through"
check "and is asked before there is a new data key" has "Give the database a new data key?"
rm -r "$backups"
done_ "one more" as_eva backup
one=$(ls -d "$backups"/*)
as_eva backup --to "$work/stick" >/dev/null # a later entry of the log

# --- put back ----------------------------------------------------------------------------------------
done_ "restored to a new folder" as_eva restore "$one" --to "$work/looked-at"
check "what is newer in the present one is told" has 'later entries in its log'
is "the visits are there" "$(visits_of "$work/looked-at/dagsform.db" 2>/dev/null)" "$planned_then"
rm -r "$work/looked-at"
done_ "and to the same once more" as_eva restore "$one" --to "$work/looked-at"
check "of which nothing was seen before" has_not 'put back to an older state'
refused "not over what is there" 1 "already there" as_eva restore "$one" --to "$work/looked-at"
refused "neither here nor there" 2 "--replace" as_eva restore "$one"
refused "what is no backup" 1 "is not a backup" as_eva restore "$work" --to "$work/x"
refused "a wrong passphrase" 1 "were in use when it was made" program restore "$one" --to "$work/x" \
    --db "$work/unit.db" --user eva --passphrase-file "$work/pass-hand"
done_ "put in the place of the present one" as_eva restore "$one" --replace
check "which is kept" test -f "$work/unit.replaced-2026-11-22.db"
check "with its key file" test -f "$work/unit.replaced-2026-11-22.keys"
as_eva check >"$out" 2>"$err"
check "check says that it was put back" has 'put back 2026-11-22 10:00'
all_is_well "and the second time that all is well"
check "and which copy lies beside it" grep -q "  [0-9-]*  $work/unit.replaced-2026-11-22.db" "$out"
check "nothing unfinished lies about" sh -c "! ls -R '$work' | grep -q '[.]part'"
# Both files are gone: the backup alone brings the unit back.
rm "$work"/unit.*
done_ "where nothing is left" as_eva restore "$one" --replace
is "the visits are there again" "$(visits_of "$work/unit.db" 2>/dev/null)" "$planned_then"

# A database that is damaged is backed up no more, and the backups before stay.
printf 'x' | dd of="$work/unit.db" bs=1 seek=30000 conv=notrunc 2>/dev/null
before=$(ls "$backups" | wc -l)
as_eva backup --keep 1,0,0 >"$out" 2>"$err"
is "a damaged database is refused" "$? $(wc -l <"$err")" "1 1"
is "and no backup is taken away" "$(ls "$backups" | wc -l)" "$before"
finish
