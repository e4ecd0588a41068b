#!/bin/sh
# Puts into the document $2, between its two lines "<!-- figures", what has been tried as the build
# folder $1 has it: of the last `make faults`, what each test says in a line "# NUMBER KIND: ..."; of
# all `make fuzz FUZZ_SECONDS=...`, the lines that tests/run-fuzz has left in the folder $3 (without it
# $1/figures): how often and for how many seconds each target ran, whoever ran it.
set -eu
build=$1 document=$2 figures=${3:-$1/figures}
# How many failed stands second in each, whether a test said so or was ended.
if cat "$build"/logs/faults/fault/*.count 2>/dev/null | awk '$2 > 0 { bad = 1 } END { exit !bad }'; then
    echo 'The last make faults found something: there are no figures of it.' >&2
    exit 1
fi
table=$(mktemp)
trap 'rm -f "$table"' EXIT

cat "$build"/logs/faults/fault/*.log 2>/dev/null | awk '
    function row(kind, words) { if (kind in sum) printf "| %s | %d |\n", words, sum[kind] }
    /^# [0-9]+ [a-z]+: / { kind = $3; sub(":", "", kind); sum[kind] += $2 }
    END {
        if (!("faults" in sum)) {
            print "Of faults none yet: `make faults` has not been run to its end.\n"
            exit
        }
        print "| in the last `make faults` | |\n|---|---|"
        row("faults", "operations on files and allocations that failed")
        row("kills", "programs that were killed")
        row("disks", "disks after a power loss")
        row("saves", "saves by two to ten programs side by side")
        print "| of what was acknowledged, lost | 0 |\n"
    }' >"$table"
printf '| fuzz target | executions | seconds | found and mended |\n|---|---|---|---|\n' >>"$table"
for source in tests/fuzz/*/*.c; do
    name=$(basename "$source" .c)
    found=$(find "tests/fuzz/corpus/$name" -name 'found-*' 2>/dev/null | wc -l)
    cat "$figures/fuzz/$name" 2>/dev/null | awk -v name="$name" -v found="$found" '
        { runs += $1; seconds += $2 }
        END { printf "| %s | %d | %d | %d |\n", name, runs, seconds, found }' >>"$table"
done
awk -v table="$table" '
    /^<!-- figures: end/ { inside = 0 }
    !inside
    /^<!-- figures: what/ { inside = 1; print ""; while ((getline line <table) > 0) print line; print "" }
' "$document" >"$table.new"
cat "$table.new" >"$document"
rm -f "$table.new"
