#!/bin/sh
# Puts the Monday review, as a screen test drew it, between the markers of README.md and
# README.sv.md. With --check it only names the file whose picture is another.
set -eu
screens=tests/screen/golden

picture() {
    printf '%s\n\n```text\n' "$begin"
    sed -n '1,/^--- /{/^--- /d;p}' "$screens/week-$1-80x24.txt"
    awk 'found && /^\|/ { print substr($0, 3); exit } /^week$/ { found = 1 }' \
        "$screens/keybar/$1-80x24.txt"
    printf '```\n\n%s\n' "$end"
}

begin='<!-- screen:begin -->'
end='<!-- screen:end -->'
for pair in README.md:en README.sv.md:sv; do
    file=${pair%:*}
    new=$(mktemp)
    picture "${pair#*:}" >"$new.picture"
    awk -v picture="$new.picture" '
        /^<!-- screen:begin -->$/ { while ((getline line < picture) > 0) print line; inside = 1 }
        !inside { print }
        /^<!-- screen:end -->$/ { inside = 0 }' "$file" >"$new"
    if ! cmp -s "$new" "$file"; then
        if [ "${1:-}" = --check ]; then echo "$file: run make readme"; else cat "$new" >"$file"; fi
    fi
    rm -f "$new" "$new.picture"
done
