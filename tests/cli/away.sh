#!/bin/bash
# dagsform away: a part of the unit taken along, listed, and told lost.
set -u
. tests/cli/setup

export DAGSFORM_NOW=2026-12-05T10:00
cat tests/data/units/passphrase >"$work/pass"
mkdir "$work/home" "$work/laptop"
cp tests/data/units/0043.db "$work/home/unit.db"
cp tests/data/units/0043.keys "$work/home/unit.keys"
# as WHO COMMAND ARGUMENT…
as() {
    local who=$1
    shift
    program "$@" --db "$work/home/unit.db" --user "$who" --passphrase-file "$work/pass"
}
as hand check >/dev/null 2>&1 # brought up to date
part=$work/laptop/part.db

program away "$part" --db "$work/home/unit.db" --user stod --passphrase-file "$work/pass" \
    >"$work/code" 2>"$work/told"
is "it is taken along" $? 0
check "with a recovery code on standard output" line "$work/code" '*-*-*'
check "and until when it opens" has 'opens until 2026-12-19' "$work/told"
is "files for their owner alone" "$(stat -c %a "$part" "${part%.db}.keys" | tr '\n' ' ')" "600 600 "
refused "where something lies already" 1 "database at $part already" as stod away "$part"
done_ "a lead sees it" as eva away --list
check "with its number and whose it is" line "$out" '[0-9]*: *, since 2026-12-05 10:00, until 2026-12-19, *: away from the unit'
number=$(sed 's/:.*//' "$out")
done_ "in JSON" as eva away --list --json
check "the same" has "\"number\" : $number"
refused "no number" 1 "is no laptop's number" as eva away --lost x
refused "no such laptop" 1 "knows of no such laptop" as eva away --lost 1
refused "two things at once" 2 "Write: dagsform away" as stod away "$part" --list
refused "nothing to do" 2 "Write: dagsform away" as stod away
refused "no JSON of that" 2 "Leave out --json" as stod away "$part" --json

laptop() { program "$@" --db "$part" --user stod --passphrase-file "$work/pass"; }
laptop check >"$out" 2>"$err"
is "the file on the laptop is sound" $? 0
laptop report week >/dev/null 2>"$err"
check "and says that it is away" has 'You work on a laptop that is away' "$err"
laptop away "$work/x.db" >"$out" 2>"$err"
is "no part of a part" $? 1
check "which is said" has "laptop's part already" "$err"

# --- home ------------------------------------------------------------------------------------------
refused "which file" 2 "Say which file" as stod home
refused "no file" 1 "no database at" as stod home "$work/nothing.db"
refused "not a part of the unit" 1 "no part of this unit" as stod home "$work/home/unit.db"
refused "another's" 1 "Whoever took it along brings it home" as eva home "$part"
done_ "it comes home" as stod home "$part"
check "with nothing" has 'Nothing had been done away.'
done_ "once more, in JSON" as stod home "$part" --json
check "nothing again" has '"deeds" : 0'
refused "and is worked in no more" 1 "has come home" laptop report week
done_ "the list says so" as eva away --list
check "home" has 'come home'
refused "what is home is not lost" 1 "come home already" as stod away --lost "$number"

# --- lost ------------------------------------------------------------------------------------------
second=$work/laptop/second.db
as stod away "$second" >/dev/null 2>&1
number=$(as stod away --list | sed -n 's/: .*away from the unit$//p')
done_ "it is told lost" as stod away --lost "$number"
check "and what that does not do" has 'can still read what was taken'
done_ "the list says so" as eva away --list
check "lost" has 'told lost'
refused "nothing comes home from it" 1 "told lost" as stod home "$second"

# --- in lines --------------------------------------------------------------------------------------
# plain DATABASE USER LINE…
plain() {
    local database=$1 login=$2
    shift 2
    status=0
    printf '%s\n' "$@" | program --plain --db "$database" --user "$login" --passphrase-file "$work/pass" \
        >"$out" 2>"$err" || status=$?
}
mkdir "$work/two"
unit=$work/two/unit.db part=$work/two/part.db
program init --db "$unit" --unit Enheten --user eva --role team-lead --passphrase-file "$work/pass" >/dev/null 2>&1
cat >"$work/planned.csv" <<'END'
Brukarnr;Personnummer;Namn;Datum;Starttid;Längd (tim);Utförare;Status
B1;20000831-2399;Yusuf Essén;2026-12-04;09:00;1,0;bo;
END
in_unit() { program "$@" --db "$unit" --passphrase-file "$work/pass"; }
in_unit import visits "$work/planned.csv" --user eva >/dev/null
in_unit user add bo --role support-worker --code bo --new-passphrase-file "$work/pass" --user eva >/dev/null
in_unit away "$part" --user bo >/dev/null 2>&1
plain "$part" bo
check "in lines it says that it is away" has 'You work on a laptop that is away'
plain "$part" bo Clients yusuf 1 "Visits, to" 1 "It took place"
plain "$part" bo Clients yusuf 1 "New visit" tomorrow "" "" "" "" "" ""
plain "$unit" eva Clients yusuf 1 "Visits, to" 1 "It did not" u "" "" "" "" "" "" ""
in_unit home "$part" --user bo >"$out" 2>"$err"
is "it comes home" $? 0
check "with something to choose" has '1 waits for somebody to choose'
plain "$unit" bo "To do" 2
check "its task is not done by saying so" has 'Choose which holds'
plain "$unit" bo "To do" 2 "Open it" "What came"
check "the two are told" line "$out" '  At home: Not present*'
check "side by side" line "$out" '  From the laptop: Done'
check "and one is chosen" has 'What came from the laptop holds now.'
plain "$unit" eva Clients yusuf 1 "Visits, to" 1
check "it holds" has 'Done'
finish
