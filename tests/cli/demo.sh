#!/bin/bash
# The demo: made whole or not at all, open to its four users, and nothing of it readable on the disk.
set -u
. tests/cli/setup

mkdir "$work/demo" "$work/tmp"
export TMPDIR="$work/tmp"
done_ "a demo is made" program demo --db "$work/demo/demo.db"
check "its passphrase is printed" grep -q 'Passphrase for all of them: ' "$out"
sed -n 's/^Passphrase for all of them: //p' "$out" >"$work/pass"
as() { login=$1; shift; program "$@" --db "$work/demo/demo.db" --user "$login" \
    --passphrase-file "$work/pass"; }
for login in stod hand led admin; do
    done_ "$login signs in" as $login report week
done
check "the report says that it is a demo" grep -q 'This is a demo' "$out"
done_ "all is well with it" as led check
done_ "its improvement work" as stod report improvement
check "with the change that was tried" grep -q 'Samtal dagen innan' "$out"
done_ "the line of its weeks" as stod report week --chart run
check "names the change nearest to what it says" grep -q 'The nearest change: “Samtal dagen innan”' "$out"
done_ "whom the unit may be about to lose" as led report risk
is "they are three" "$(grep -c . "$out")" 3
done_ "its pilot beside the rest" as led report week --by cause --group "Piloten 18–25 år"
is "says in one line how many causes of few are not shown" "$(grep -c 'tell of fewer than 5 persons' "$out")" 1
check "which are several" grep -Eq '^  ([2-9]|[1-9][0-9]) more are not shown' "$out"
refused "a second one in its place" 1 "a file $work/demo/demo.db already" program demo --db "$work/demo/demo.db"
as led report week --weeks 26 --json >"$work/first"
program demo --db "$work/demo/again.db" >/dev/null
program report week --weeks 26 --json --db "$work/demo/again.db" --user led \
    --passphrase-file "$work/pass" >"$work/second"
check "it is the same every time" cmp "$work/first" "$work/second"
rm "$work/demo/again"*

# --- nothing stands in the clear -----------------------------------------------------------------
# Every name, number, street and sentence of the demo that is too long to come about by chance.
grep -ho '"[^"]*"' src/exchange/demo_data.c src/exchange/demo.c | tr -d '"' |
    LC_ALL=C grep -E '^.{6,}$' | LC_ALL=C grep -v '[%/]' | LC_ALL=C sort -u >"$work/words"
echo '070-174 06' >>"$work/words"
cat "$work/pass" >>"$work/words"
readable() { LC_ALL=C grep -aqF -f "$work/words" "$@"; }
is "the words are many" "$([ "$(wc -l <"$work/words")" -gt 400 ] && echo yes)" yes
as admin user list >"$work/list"
check "the words are those of the demo" readable "$work/list"
for file in "$work/demo"/*; do
    if readable "$file"; then result 1 "${file##*/} cannot be read"; else
        result 0 "${file##*/} cannot be read"; fi
done
check "the database does not say what it is" \
    test "$(head -c 15 "$work/demo/demo.db" | tr -d '\0')" != 'SQLite format 3'

# Killed in the middle of its transaction, it leaves the journal and nothing that can be read.
begin demo --size town --db "$work/demo/town.db"
while runs && [ ! -s "$work/demo/town.db.unfinished-journal" ]; do rest 0.01; done
core=$(awk '/^Max core file size/ { print $5, $6 }' "/proc/$pid/limits" 2>/dev/null)
while runs && [ "$(size "$work/demo/town.db.unfinished")" -lt 1000000 ]; do
    written "$work/demo/town.db.unfinished"
done
kill -s SEGV $pid
wait $pid 2>/dev/null
is "no core may be written" "$core" "0 0"
check "it was killed before its end" test ! -e "$work/demo/town.db"
check "in the middle of a transaction" test -s "$work/demo/town.db.unfinished-journal"
for file in "$work/demo"/town*; do
    if readable "$file"; then result 1 "${file##*/} cannot be read"; else
        result 0 "${file##*/} cannot be read"; fi
done
is "there are no files but these" "$(ls "$work/demo" "$work/tmp" | grep -v '^demo\|^town\|:$\|^$')" ""
is "and no core" "$(find "$work" . -maxdepth 1 -name 'core*' -type f)" ""
done_ "it can be made again" program demo --db "$work/demo/town.db"
is "and what was left is gone" "$(ls "$work/demo" | grep -c unfinished)" 0

# --- whole or not at all -------------------------------------------------------------------------
mkdir "$work/none"
begin demo --size town --db "$work/none/x.db"
while runs && [ ! -s "$work/none/x.db.unfinished-journal" ]; do rest 0.01; done
kill -TERM $pid
wait $pid
is "broken off it fails" "$?" 1
is "says so in one sentence" "$(wc -l <"$err")" 1
is "and leaves nothing" "$(ls "$work/none")" ""
refused "without room it says so" 1 "disk" limited 1000 program demo --db "$work/none/x.db"
is "and leaves nothing" "$(ls "$work/none")" ""
finish
