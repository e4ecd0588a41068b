#!/bin/bash
# What a unit keeps as files: the same on every path and in every language, whole or not at all.
set -u
. tests/cli/setup

make_unit
for unit in few sv en fi clients; do empty_unit "$work/$unit"; done
as_eva import visits "$visits" >"$out" 2>"$err"
as() {
    as_language=$1 as_base=$2
    shift 2
    "$DAGSFORM" "$@" --lang "$as_language" --db "$as_base" --user eva --passphrase-file "$work/pass"
}
done_ "visits are exported" as_eva export visits -o "$work/visits.csv"
is "and counted" "$(cat "$out")" "12506 rows were written to $work/visits.csv."
is "for nobody else to read" "$(stat -c %a "$work/visits.csv")" 600
is "as Excel opens them" "$(head -c 3 "$work/visits.csv" | od -An -tx1)" " ef bb bf"
is "a line each" "$(wc -l <"$work/visits.csv")" 12507
refused "over a file that is there" 1 "already" as_eva export visits -o "$work/visits.csv"

# One row of twenty, with all that any column has and every cell of several lines, shows as much as all
# of them.
LC_ALL=C awk -F ';' '{ wanted = NR % 20 == 2 || within; within = (within + gsub(/"/, "&")) % 2
        for (i = 5; i <= NF; i++) wanted += !seen[i, $i]++ }
    wanted || within' "$visits" >"$work/few.csv"
as en "$work/few.db" import visits "$work/few.csv" >/dev/null 2>&1
as_few() { as en "$work/few.db" "$@"; }
cp "$work/visits.csv" "$work/few.csv"
done_ "but with --replace" as_few export visits --replace -o "$work/few.csv"
check "so many" has '698 rows were written'
done_ "the same to standard output" as_few export visits -o -
check "to the byte" cmp -s "$out" "$work/few.csv"
done_ "JSON by the name of the file" as_few export visits -o "$work/few.json"
done_ "and by --json" as_few export visits --json
check "is the same" cmp -s "$out" "$work/few.json"
sed -e 's/,$//' "$work/few.json" | sort >"$work/before"

# What one exports in any language is read in again.
for language in sv en fi; do
    done_ "$language: visits" as "$language" "$work/few.db" export visits --words --replace \
        -o "$work/again.csv"
    done_ "$language: are read in in another unit" as "$language" "$work/$language.db" import visits \
        "$work/again.csv"
    done_ "$language: where they" as sv "$work/$language.db" export visits --json
    sed -e 's/,$//' "$out" | sort >"$work/after"
    check "$language: are the same" cmp -s "$work/before" "$work/after"
done

# Clients too, in a unit that has none; the second time there is nothing new.
done_ "clients with everybody" as_eva export clients --protected -o "$work/clients.csv"
done_ "are read in in another unit" as en "$work/clients.db" import clients "$work/clients.csv"
done_ "where they" as en "$work/clients.db" export clients --protected -o -
check "are the same to the byte" cmp -s "$out" "$work/clients.csv"
done_ "and once more" as en "$work/clients.db" import clients "$work/clients.csv"
check "adds nothing" has ': 0 read in, '
done_ "clients in a spreadsheet" as_eva export clients --protected -o "$work/clients.xlsx"
done_ "add nothing either" as en "$work/clients.db" import clients "$work/clients.xlsx" --json
check "read from the sheet" has '"sheet" : "Clients"'
check "all there already" has '"imported" : 0'
refused "a spreadsheet has no encoding" 1 "no encoding" as en "$work/clients.db" import clients \
    "$work/clients.xlsx" --encoding cp850
done_ "to the letter of RFC 4180" as_eva export clients --protected --rfc4180 -o "$work/strict.csv"
done_ "they are read in by it" as en "$work/clients.db" import clients "$work/strict.csv" --rfc4180
check "and are there already" has ': 0 read in, '
refused "as visits they lack a date" 1 "column" as en "$work/clients.db" import visits \
    "$work/clients.csv"

# Tasks, where their clients and visits are.
number=$(tail -n 1 "$work/visits.csv" | cut -d ';' -f 2)
name=$(tail -n 1 "$work/visits.csv" | cut -d ';' -f 3)
printf 'Senast;Slags uppgift;Personnummer;Brukare;Anteckning\n' >"$work/tasks.csv"
printf '2026-12-01;Följa upp;%s;%s;så gick det\n2026-12-02;;;;städa\n' "$number" "$name" >>"$work/tasks.csv"
done_ "tasks are read in" as en "$work/sv.db" import tasks "$work/tasks.csv"
check "both" has '2 rows: 2 read in'
for language in sv en fi; do
    done_ "$language: tasks" as "$language" "$work/sv.db" export tasks --words --replace \
        -o "$work/tasks.csv"
    as "$language" "$work/sv.db" import tasks "$work/tasks.csv" --json >"$out" 2>"$err"
    check "$language: are known" has '"unknown_columns" : []'
    check "$language: and there already" has '"imported" : 0'
done
for language in sv en fi; do
    as "$language" "$work/sv.db" export responses --words --replace -o "$work/forms.csv" >"$out" 2>"$err"
    as "$language" "$work/sv.db" import responses "$work/forms.csv" --json >"$out" 2>"$err"
    check "$language: every heading of forms is known" has '"unknown_columns" : []'
done
refused "weeks are not read in" 2 "counted from the visits" as en "$work/sv.db" import week \
    "$work/tasks.csv"

# Everything else, from those days alone.
done_ "a week" as_eva export week --from 2026-11-02 --to 2026-11-08
is "is one row" "$(sed 1d "$out" | cut -c 1-38)" "2026-W45;2026-11-02;476;476;60;0,1261;"
done_ "clients" as_eva export clients --rfc4180
is "without a mark in front, to the letter" "$(head -c 14 "$out")" "Client number,"
for what in tasks responses; do
    as_eva export $what >"$out" 2>"$err"
    is "$what: none is no fault" "$?" 0
    is "$what: the headings alone" "$(wc -l <"$out")" 1
    check "$what: which is said" line "$err" 'There is nothing to export*'
done
done_ "a spreadsheet by the name of the file" as_eva export week -o "$work/weeks.xlsx"
is "is one" "$(head -c 2 "$work/weeks.xlsx")" "PK"
refused "but not to standard output" 1 "-o" as_eva export week --format xlsx
as_eva export visits --format ics -o "$work/visits.ics" >"$out" 2>"$err"
is "a calendar of nobody's visits" "$?" 0
is "is one" "$(head -n 1 "$work/visits.ics" | tr -d '\r')" "BEGIN:VCALENDAR"
refused "of visits alone" 1 "Only visits" as_eva export clients --format ics
done_ "the week on paper" as_eva report week --until 2026-W45 --pdf "$work/week.pdf"
pdftotext -layout "$work/week.pdf" - >"$out"
check "with what became support in another form" grep -q 'became support' "$out"
for words in 'Week 45, 2–8 November 2026' '476 visits were planned, 416 took place and 60 were not taken.' \
    'Causes' 'No cause given' 'Share not taken, week by week' 'How it is counted' 'Page 1 of'; do
    check "says $words" grep -qF "$words" "$out"
done

# All about one person.
number=$(tail -n 1 "$work/visits.csv" | cut -d ';' -f 2)
done_ "an extract on paper" as_eva extract "$number" -o "$work/extract.pdf"
check "says what is to be done with it" has 'Read it through before it is handed out.'
pdftotext -layout "$work/extract.pdf" - >"$out"
check "and what it is" has 'Extract from the register'
done_ "and for programs" as_eva extract "$number" -o "$work/extract.json"
is "with as many visits" "$(grep -c '"code" : "hours"' "$work/extract.json")" \
    "$(grep -cF "$number" "$work/visits.csv")"
refused "not over a file that is there" 1 "already" as_eva extract "$number" -o "$work/extract.pdf"
refused "of nobody" 1 "no client with the number" as_eva extract 999 -o "$work/nobody.pdf"
refused "as what there is not" 1 ".pdf" as_eva extract "$number" -o "$work/extract.doc"
refused "without a file" 2 "dagsform extract CLIENT-NUMBER" as_eva extract "$number"

refused "nor of a split" 2 "Leave out --by or --pdf" as_eva report week --by all --pdf "$work/split.pdf"
refused "not over a file that is there" 1 "already" as_eva report week --pdf "$work/week.pdf"
done_ "but with --replace" as_eva report week --pdf "$work/week.pdf" --replace
# One client's visits: the same on paper and as rows.
refused "the paper of everybody's visits" 2 "say whom" as_eva export visits --pdf "$work/all.pdf"
refused "nor of anything else" 2 "export visits" as_eva export tasks --client B1 --pdf "$work/t.pdf"
refused "nobody's" 1 "There is no client with the number B0" as_eva export visits --client B0 --pdf "$work/b0.pdf"
client=$(as_eva export clients 2>/dev/null | sed -n 2p | cut -d ';' -f 1)
done_ "one client's visits as rows" as_eva export visits --client "$client" --words
rows=$(($(wc -l <"$out") - 1))
is "are theirs alone" "$(sed 1d "$out" | cut -d ';' -f 1 | sort -u)" "$client"
done_ "and on paper" as_eva export visits --client "$client" --words --pdf "$work/client.pdf"
is "as many" "$(cat "$out")" "$rows rows were written to $work/client.pdf."
pdftotext -layout "$work/client.pdf" - >"$out"
for words in 'In short' 'Share not taken' 'A planned visit counts once' 'Each visit' 'Page 1 of'; do
    check "says $words" grep -qF "$words" "$out"
done
refused "not over a file that is there" 1 "already" as_eva export visits --client "$client" --pdf "$work/client.pdf"

refused "what there is not" 2 "visits, responses" as_eva export cars
refused "no format" 2 "export --help" as_eva export visits --format doc
refused "no day" 2 "2026-11-21" as_eva export visits --from yesterday
refused "days the wrong way round" 2 "after" as_eva export visits --from 2026-11-02 --to 2026-11-01
refused "nothing said" 2 "Say what to export" as_eva export

# Whole or not at all.
mkdir "$work/full"
refused "a disk without room" 1 "room" limited 200 as_eva export visits -o "$work/full/visits.csv"
is "leaves nothing" "$(ls -A "$work/full")" ""
refused "no such folder" 1 "folder" as_eva export visits -o "$work/none/visits.csv"
if [ -e /dev/full ]; then
    as_eva export week >/dev/full 2>"$err"
    is "a full standard output is told" "$?" 1
fi
all_is_well "all is well, the log too"
finish
