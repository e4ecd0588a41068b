#!/bin/bash
# Control charts over any counts, as lines and as JSON; what cannot be charted is refused with its line.
set -u
. tests/cli/setup

# The orange juice of Montgomery's example 7.1, with its printed limits.
printf 'prov;läckande;burkar\r\n' >"$work/cans.csv"
point=0
for leaking in 12 15 8 10 4 7 16 9 14 10 5 6 17 12 22 8 10 5 13 11 20 18 24 15 9 12 7 13 9 6; do
    point=$((point + 1))
    printf 'prov %d;%d;50\r\n' $point $leaking >>"$work/cans.csv"
done
done_ "a p chart" program spc p "$work/cans.csv"
check "has the printed limits" grep -q '^   1  prov 1   24.0 %  limits 5.2–41.0 %$' "$out"
check "and centre" grep -q 'centre line 23.1 %, counted from 30 points' "$out"
is "two points lie outside" "$(grep -c 'lies above the upper limit\.$' "$out")" 2
check "the rules are named" grep -q '^Rules: .*Anhøj' "$out"

program spc p "$work/cans.csv" --exclude 15,23 --json >"$out"
is "two left out" "$(python3 -c 'import json, sys
chart = json.load(open(sys.argv[1]))
print([i + 1 for i, p in enumerate(chart["points"]) if p["outside"]],
      round(chart["parts"][0]["centre"], 4), round(chart["points"][0]["upper"], 4))' "$out")" \
    "[21] 0.215 0.3893"

printf '2026-W%02d,%d\n' 30 9 31 8 32 9 33 8 34 2 35 3 36 2 >"$work/weeks.csv"
done_ "parts from a day on" program spc c "$work/weeks.csv" --rebase 2026-08-17
check "that begin with that week" grep -q '^From 2026-W34 to 2026-W36: centre line 2.33,' "$out"
check "trial limits are called so" grep -q 'Trial limits' "$out"
done_ "frozen limits" program spc xmr "$work/weeks.csv" --freeze 4
check "judge what comes after" grep -q '2026-W34.*below the lower limit' "$out"

refused "no kind" 2 "run, p, u, c" program spc np "$work/cans.csv"
refused "no file" 2 "run, p, u, c" program spc p
refused "frozen and in parts" 2 "--freeze" program spc c "$work/weeks.csv" --freeze 3 --rebase 2026-W34
refused "a file that is not there" 1 "There is no file" program spc p "$work/none.csv"
refused "a folder" 1 "is a folder" program spc p "$work"
printf 'a,1,2\nb,3,2\n' >"$work/more.csv"
refused "more than all" 1 "Line 2" program spc p "$work/more.csv"
refused "a week that is not there" 1 "2027-W01" program spc c "$work/weeks.csv" --rebase 2027-W01
refused "a point that is not there" 1 "1 to 7" program spc c "$work/weeks.csv" --exclude 8

finish
