#!/bin/sh
# Puts three screens, as their tests drew them, between the markers of README.md and README.sv.md: the
# day, the Monday review and the line of weeks. With --check it only names the file whose pictures are
# others.
set -eu
screens=tests/screen/golden

# screen LANGUAGE NAME CAPTION
screen() {
    printf '**%s**\n\n```text\n' "$3"
    sed -n '1,/^--- /{/^--- /d;p}' "$screens/$2-$1-80x24.txt"
    awk -v name="$2" 'found && /^\|/ { print substr($0, 3); exit } $0 == name { found = 1 }' \
        "$screens/keybar/$1-80x24.txt"
    printf '```\n\n'
}

pictures() {
    printf '%s\n\n' "$begin"
    if [ "$1" = sv ]; then
        screen sv today Idag && screen sv week Veckan && screen sv line "Veckornas linje"
    else
        screen en today Today && screen en week "The week" && screen en line "The line of weeks"
    fi
    printf '%s\n' "$end"
}

begin='<!-- screen:begin -->'
end='<!-- screen:end -->'
for pair in README.md:en README.sv.md:sv; do
    file=${pair%:*}
    new=$(mktemp)
    pictures "${pair#*:}" >"$new.picture"
    awk -v picture="$new.picture" '
        /^<!-- screen:begin -->$/ { while ((getline line < picture) > 0) print line; inside = 1 }
        !inside { print }
        /^<!-- screen:end -->$/ { inside = 0 }' "$file" >"$new"
    if ! cmp -s "$new" "$file"; then
        if [ "${1:-}" = --check ]; then echo "$file: run make readme"; else cat "$new" >"$file"; fi
    fi
    rm -f "$new" "$new.picture"
done
