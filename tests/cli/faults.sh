#!/bin/bash
# A full disk, files that cannot be written, a program killed, several at once: one sentence each, and
# nothing is lost.
set -u
. tests/cli/setup

make_unit
mkdir "$work/damaged"
empty_unit "$work/damaged/whole"
as_eva import visits "$visits" >/dev/null
many_visits "$work/many.csv"
# weeks: all that were planned, in the file's weeks too.
weeks() { as_eva report week --weeks 260 --until 2026-W45 --json; }
before=$(weeks)
case $before in *'"week" : "2022-W22"'*'"planned" : 476,'*) ;; *) false ;; esac
result $? "they are many weeks with visits in the last"

# --- too large (B21) -----------------------------------------------------------------------------
# within KIB COMMAND…: with no more memory than so much.
within() { (ulimit -v "$1" && shift && "$@"); }
{
    printf 'Pnr;Namn;Datum;Tid\n19990914-2383;Emil Ärlig;2025-12-01;08:30\n'
    head -c 40000000 /dev/zero | tr '\0' x
    printf '\n19990914-2383;Emil Ärlig;2025-12-02;08:30\n'
} >"$work/long.csv"
partly "a row of 40 MB takes once its size" "1 row was refused." within 164000 as_eva import visits "$work/long.csv" --dry-run
check "and is told with its line" line "$out" 'Line 3: The row is longer than*'
check "and the others are read" has '2 to be read in, 0 there already, 1 refused.'
tail -c 40000000 "$work/long.csv" >"$work/line.csv"
refused "nothing but one row of 40 MB" 1 "Line 1 of" within 164000 as_eva import visits "$work/line.csv"
truncate -s 1G "$work/line.csv"
refused "a file of 1 GB" 1 "larger than 256 MB" within 120000 as_eva import visits "$work/line.csv"
rm "$work/long.csv" "$work/line.csv"

# --- no room -------------------------------------------------------------------------------------
refused "a file-size limit while reading in" 1 "disk" limited 6000 as_eva import visits "$work/many.csv"
is "all that was before is there and nothing of the file" "$(weeks)" "$before"
all_is_well "and all is well"
mkdir "$work/new"
refused "a file-size limit while a unit is made" 1 "" limited 20 program init \
    --db "$work/new/unit.db" --unit E --user eva --role team-lead --passphrase-file "$work/pass"
is "nothing of it is left" "$(ls "$work/new")" ""

# A disk that is full, where one can be made; a limit is not a disk.
mkdir "$work/disk"
if mount -t tmpfs -o size=6m,mode=700 none "$work/disk" 2>/dev/null; then
    at_exit='umount "$work/disk"'
    cp "$work/unit.db" "$work/unit.keys" "$work/disk/"
    on_disk() { program "$@" --db "$work/disk/unit.db" --user eva --passphrase-file "$work/pass"; }
    refused "a full disk while reading in" 1 "disk" on_disk import visits "$work/many.csv"
    done_ "the unit is as before" on_disk check
    is "with all its visits" "$(on_disk report week --until 2026-W45 --json |
        sed -n 's/.*"planned" : \([0-9]*\),.*/\1/p')" 476
    head -c 6m /dev/zero >"$work/disk/rest" 2>/dev/null
    echo 'helt ny lång fras' >"$work/pass3"
    refused "a full disk while a user is added" 1 "" on_disk user add bo --role support-worker \
        --new-passphrase-file "$work/pass3"
    rm "$work/disk/rest"
    done_ "the keys are as before" on_disk check
    umount "$work/disk"
    at_exit=:
else
    skip "a full disk while reading in" "a file system can only be mounted by root"
fi

# --- what cannot be written ----------------------------------------------------------------------
mkdir "$work/locked"
cp "$work/unit.db" "$work/unit.keys" "$work/locked/"
sum=$(cksum <"$work/locked/unit.db")
on_locked() { without_rights "$DAGSFORM" "$@" --lang en --db "$work/locked/unit.db" --user eva \
    --passphrase-file "$work/pass"; }
chmod 400 "$work/locked/unit.db"
refused "a file that cannot be written" 1 "" on_locked import visits "$visits"
chmod 600 "$work/locked/unit.db"
chmod 500 "$work/locked"
refused "a folder that cannot be written" 1 "" on_locked import visits "$visits"
refused "a unit in a folder that cannot be written" 1 "" without_rights "$DAGSFORM" init --lang en \
    --db "$work/locked/new.db" --unit E --user eva --role team-lead --passphrase-file "$work/pass"
# As on a disk that can only be read: what only reads works, and leaves no trace.
chmod 400 "$work/locked/unit.db" "$work/locked/unit.keys"
done_ "files that can only be read are checked" on_locked check
check "and all is well" line "$out" 'All is well*'
done_ "reported on" on_locked report week --until 2026-W45
check "with their visits" grep -q 476 "$out"
done_ "and say who may sign in" on_locked user list
refused "what would write is refused" 1 "can only be read" on_locked user role eva --role case-officer
chmod 600 "$work/locked/unit.db"
chmod 000 "$work/locked/unit.keys"
refused "a key file that cannot be read" 1 "unit.keys" on_locked check
chmod 600 "$work/locked/unit.keys"
chmod 000 "$work/locked/unit.db"
refused "a database that cannot be read" 1 "" on_locked check
chmod 600 "$work/locked/unit.db"
chmod 700 "$work/locked"
is "nothing was changed" "$(cksum <"$work/locked/unit.db")" "$sum"
is "nothing was added" "$(ls "$work/locked" | grep -v '^unit\.')" ""

# --- damaged -------------------------------------------------------------------------------------
# On the first page, which the engine reads before it has been told everything.
anew() {
    cp "$work/damaged/whole.db" "$work/damaged/unit.db"
    cp "$work/damaged/whole.keys" "$work/damaged/unit.keys"
}
anew
printf Dagsform | dd of="$work/damaged/unit.db" bs=1 seek=100 conv=notrunc 2>/dev/null
refused "a damaged first page" 1 "unit.keys" program check --db "$work/damaged/unit.db" --user eva \
    --passphrase-file "$work/pass"

# A damaged key file is put right by its copy. Where that is damaged too, the sentence says what to do,
# and that helps (B3).
spoil() { for name in "$@"; do printf X | dd of="$name" bs=1 seek=$(($(size "$name") - 1)) conv=notrunc 2>/dev/null; done; }
anew
on_damaged() { program "$@" --db "$work/damaged/unit.db" --user eva --passphrase-file "$work/pass"; }
done_ "a unit copied without the copy of its key file" on_damaged report week
is "gets it" "$(cmp "$work/damaged/unit.keys" "$work/damaged/unit.keys.copy" 2>&1)" ""
spoil "$work/damaged/unit.keys"
on_damaged report week >"$out" 2>"$err"
is "a damaged key file keeps nobody out" "$? $(wc -l <"$err")" "0 1"
check "and that it was damaged is said" has 'its copy has put it right' "$err"
done_ "once" on_damaged report week
spoil "$work/damaged/unit.keys" "$work/damaged/unit.keys.copy"
refused "both damaged" 1 "dagsform user repair" on_damaged report week
on_damaged user repair >"$out" 2>"$err"
is "repaired" "$? $(cat "$out")" "0 "
check "which is said" has 'written anew' "$err"
done_ "all is as before" on_damaged check
refused "nothing to repair any more" 1 "not damaged" on_damaged user repair
spoil "$work/damaged/unit.keys" "$work/damaged/unit.keys.copy"
echo 'helt ny lång fras' >"$work/pass4"
program user recover eva --db "$work/damaged/unit.db" --recovery-file "$work/recovery" \
    --new-passphrase-file "$work/pass4" >"$out" 2>"$err"
is "repaired by the recovery code, with a new code" "$? $(tr -d '[:alnum:]' <"$out")" "0 ------------"
done_ "the new passphrase opens it" program check --db "$work/damaged/unit.db" --user eva \
    --passphrase-file "$work/pass4"

# --- killed --------------------------------------------------------------------------------------
# At three moments: it is adding visits, it writes them to the database, and has nearly done so. Its
# rollback journal is small until the visits there already make room for the new ones.
adding() { [ "$(size "$work/unit.db-journal")" -gt 200000 ]; }
for moment in adding writing late; do
    small=$(size "$work/unit.db") # signing in and being checked is logged
    begin_as_eva import visits "$work/many.csv"
    case $moment in
    adding) while runs && ! adding; do rest 0.03; done ;;
    writing) while runs && [ "$(size "$work/unit.db")" -le "$small" ]; do rest 0.01; done ;;
    late) while runs && [ "$(size "$work/unit.db")" -le $((small + 4000000)) ]; do rest 0.01; done ;;
    esac
    kill -9 $pid
    wait $pid 2>/dev/null
    check "killed ($moment) with a journal left" test -s "$work/unit.db-journal"
    all_is_well "killed ($moment), all is well"
    is "killed ($moment), all that was before is there and nothing of the file" "$(weeks)" "$before"
done
# Broken off politely it says so.
begin_as_eva import visits "$work/many.csv"
while runs && ! adding; do rest 0.03; done
kill -TERM $pid
wait $pid
is "broken off it fails" "$?" 1
check "and says that nothing was read in" has 'Nothing of the file was read in' "$err"
is "nothing on standard output" "$(cat "$out")" ""
is "nothing of the file is there" "$(weeks)" "$before"

# --- several at once -----------------------------------------------------------------------------
for n in 1 2 3 4; do
    { head -n 1 "$visits"; LC_ALL=C sed -n "$((n * 400)),$((n * 400 + 399))p" "$visits" |
        LC_ALL=C sed "s/;2026-/;2024-/"; } >"$work/part$n.csv"
    as_eva import visits "$work/part$n.csv" --rejected "$work/refused$n.csv" >"$work/out$n" \
        2>"$work/err$n" &
    eval "pid$n=$!"
done
for n in 1 2 3 4 5 6; do
    as_eva report week >/dev/null 2>>"$work/errors" || echo "report failed" >>"$work/errors"
done
for n in 1 2 3 4; do
    eval "wait \$pid$n"
    status=$?
    case $status-$(cat "$work/err$n") in
    0- | 1-*' refused.') true ;;
    *) false ;;
    esac
    result $? "program $n of four at once"
done
is "reports beside them" "$(cat "$work/errors")" ""
cat "$work"/out[1-4] | awk '/ rows: / { n += $3 } END { exit n < 1500 }'
result $? "every visit was read in"
all_is_well "after four at once"
partly "the whole file at last" "rows were refused." as_eva import visits "$work/many.csv"
all_is_well "all is well at the end"
finish
