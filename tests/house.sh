#!/bin/bash
# The rules of the house that a machine can check. Each prints what breaks it, file by file; the
# sizes at the end are a guide and fail nothing.
set -u
shopt -s lastpipe # the end of a pipe counts the checks
. tests/tap.sh

B=${B:-build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# none NAME: what stands on standard input breaks the rule; nothing there keeps it.
none() {
    local found
    found=$(cat)
    [ -z "$found" ]
    result $? "$1"
    [ -z "$found" ] || printf '%s\n' "$found" | head -n 20 | sed 's/^/#   /'
}

# Only what git would keep is looked at; outside a repository, everything.
files() {
    if git rev-parse -q --verify HEAD >/dev/null 2>&1; then
        git ls-files --cached --others --exclude-standard -- "$@"
    else
        find "$@" -type f
    fi | LC_ALL=C sort -u | while IFS= read -r file; do [ ! -f "$file" ] || echo "$file"; done
}
sources() {
    files src ui | grep -E '\.(c|h|def)$'
}
# shellcheck disable=SC2046 # no name in this house has a blank
LC_ALL=C awk -v code="$work/code" -v text="$work/text" -f tools/strip.awk $(sources) \
    $(files tests tools | grep '\.[ch]$')

# code PATTERN PLACE, text PATTERN PLACE: the lines whose code, or whose strings, match, in the files
# whose path begins like PLACE.
code() { look code "$@"; }
text() { look text "$@"; }
look() {
    LC_ALL=C grep -E "^($3)[^:]*:[0-9]+:.*($2)" "$work/$1"
}

# --- arrows point down ---------------------------------------------------------------------------
allowed() {
    case $1 in
    base) echo base ;;
    vault) echo vault base ;;
    db) echo db vault base ;;
    form) echo form db vault base ;;
    care) echo care form db vault base ;;
    stats | exchange) echo "$1 stats care form db vault base" ;;
    cmd) echo cmd exchange stats care form db vault base ;;
    ui) echo ui exchange stats care form db vault base ;;
    *) echo "the folder $1 is no floor" ;;
    esac
}
for floor in base vault db form care stats exchange cmd ui; do
    folder=src/$floor
    [ $floor != ui ] || folder=ui
    may=$(allowed $floor | tr ' ' '|')
    code '#[[:blank:]]*include[[:blank:]]*"[^"]*/' "$folder/" |
        grep -vE "include[[:blank:]]*\"($may)/" | none "$floor includes only what stands below it"
done

# --- who may know what ---------------------------------------------------------------------------
{
    code '#[[:blank:]]*include[[:blank:]]*<(n?curses|ncursesw/[a-z]+|term|panel|form|menu)\.h>' 'src/|ui/' |
        grep -vE '^ui/(term|draw)[a-z_]*\.[ch]:' | none "curses is known to ui/term.c and ui/draw.c alone"
    code '#[[:blank:]]*include[[:blank:]]*<(sqlite3|sqlcipher/sqlite3|libpq-fe)\.h>' 'src/|ui/' |
        grep -v '^src/db/' | none "the SQL engine is known to src/db alone"
    code '\<ERROR_INTERNAL\>' 'src/|ui/' | grep -vE '^src/base/(error\.h|fault\.c):' |
        none "a fault of the program is told by base/fault.h alone"
    code '\<sqlite3_err(msg|str)\>' 'src/|ui/' | grep -v '^src/db/sqlcipher/db_error\.c:' |
        none "what the engine says goes through db_error.c alone"
    code 'LIB->PQ(exec|prepare|getResult)' 'src/' | grep -v '^src/db/server/server_wait\.c:' |
        none "a server is waited for in server_wait.c alone"
    # shellcheck disable=SC2016
    text '\<(SELECT|INSERT( OR [A-Z]+)? INTO|DELETE FROM|UPDATE [a-z_]+ SET|CREATE (TABLE|INDEX|TEMP)|DROP TABLE|ALTER TABLE|PRAGMA|BEGIN IMMEDIATE|ORDER BY|GROUP BY|INNER JOIN|LEFT JOIN)\>' \
        'ui/|src/(cmd|stats|exchange)/' |
        none "no SQL stands in ui, cmd, stats or exchange"
    text '\<((UPDATE|INSERT INTO|DELETE FROM) (client|client_former))\>( |")' 'src/(care|exchange|cmd)/' |
        cut -d: -f1 | sort -u | while IFS= read -r file; do
        grep -q 'cards_changed()\|cards_changed(session' "$file" || echo "$file"
    done | none "whoever writes a client's row says so to the cards in memory (care/client/cards.h)"
    code '\<w?clear *\( *(stdscr)? *\)' ui/ |
        none "the screen is erased, never cleared"
}

# --- released schema files -----------------------------------------------------------------------
# Databases are out there that these have made. Of each version there is a unit that tests open.
{
    (cd src/db/schema && sha256sum --quiet --strict --check released.sha256 2>&1)
    sed -E 's/.* (([0-9]{4})-.*)/\2/' src/db/schema/released.sha256 | sort -u | while IFS= read -r number; do
        for kind in db keys rows; do
            [ -s "tests/data/units/$number.$kind" ] || echo "tests/data/units/$number.$kind is missing"
        done
        grep -q "(\"$number\")" tests/unit/cmd/released.c || echo "tests/unit/cmd/released.c opens no $number"
    done
} | none "released schema files are as they were released, and a unit of each is kept"

# --- ways of writing -----------------------------------------------------------------------------
# shellcheck disable=SC2046
{
    code '\<(sprintf|vsprintf|strcpy|stpcpy|strcat|gets|strtok|tmpnam|tempnam|mktemp|alloca|g_alloca|system|popen)[[:blank:]]*\(' \
        'src/|ui/|tests/' | none "no unsafe function of the C library"
    code '(![[:blank:]]*(tx|transaction)\>|(return|if \(|[(=]|&&|\|\|)[[:blank:]]*(tx|transaction) (&&|\|\||\?)|if \((tx|transaction)\))' \
        'src/|ui/|tests/' | none "a transaction is asked for with == NULL or != NULL"
    grep -nE '\<(TODO|FIXME|XXX|HACK)\>' $(files src ui tests forms tools | grep -v '^tests/house.sh$') \
        /dev/null | none "nothing is left to be done in a comment"
    grep -L '^#pragma once$' $(files src ui | grep '\.h$') | none "every header is read once"
    awk 'FNR == 1 && !/^\/\* ./ { print FILENAME }' $(sources) |
        none "every file says in its first line what it is"
    files src ui tests forms tools po doc Makefile README.md README.sv.md INSTALL CONTRIBUTING.md NEWS |
        grep -vE '^tests/(data|fuzz/corpus|screen/golden[a-z]*)/' |
        xargs grep -HnIE '[[:blank:]]$|'$'\r' | none "no line ends in blanks"
}

# --- readers -------------------------------------------------------------------------------------
# What takes bytes apart has a fuzz target with whose name its own begins, or that calls functions of its
# name (table_import_file: table_import_from_bytes). Not those that read the log's
# rows of the open unit, which tests/unit/exchange/hostile.c fills with anything.
targets=$(files tests/fuzz | sed -n 's|^tests/fuzz/[a-z]*/\([a-z_]*\)\.c$|\1|p')
files src ui | grep '\.c$' | xargs grep -lE \
    '\<(json_parser_load|json_from_string|yaml_parser_initialize|g_key_file_load|csv_reader_new|encoding_to_utf8)' |
    grep -vE '/(standing|client_history)\.c$' | while read -r source; do
    name=$(basename "$source" .c)
    for target in $targets; do
        case $name in "$target"*) continue 2 ;; esac
    done
    grep -qE "\\<${name%_*}_[a-z_]+\(" tests/fuzz/*/*.c || echo "$source"
done | none "whatever takes bytes apart has a fuzz target"

# --- includes ------------------------------------------------------------------------------------
# unreached: reads what is in $work/code; names each file that uses a header of tools/common.h and does
# not reach it by what it includes, which the compiler does not see.
unreached() {
    LC_ALL=C awk '
        { file = $0; sub(/:.*/, "", file); line = substr($0, length(file) + 2); sub(/^[0-9]+:/, "", line) }
        line ~ /^[ \t]*#[ \t]*include/ {
            name = line; gsub(/^[^"<]*["<]|[">].*/, "", name)
            if (line ~ /<(glib|gio|gmodule|json-glib|pango)/) glib[file] = 1
            else if (line ~ /<string\.h>/) string[file] = 1
            else if (line ~ /"/) reaches[file] = reaches[file] " src/" name " " name
            next
        }
        line ~ /(^|[^A-Za-z0-9_])(g_[a-z]|G_[A-Z]|G[A-Z][a-z]+[ ),;*]|g(boolean|char|pointer|s?size|double|unichar|u?int[0-9]*)([^A-Za-z0-9_]|$))/ { uses[file] = 1 }
        line ~ /(^|[^A-Za-z0-9_.>])(str[a-z]+|mem(cpy|move|cmp|set|r?chr|mem))[(]/ { copies[file] = 1 }
        function visit(name, of,    parts, n, i) {
            if (seen[name] == of) return
            seen[name] = of
            if (name in glib) found = found "g"
            if (name in string) found = found "s"
            n = split(reaches[name], parts, " ")
            for (i = 1; i <= n && found !~ /g/; i++) visit(parts[i], of)
        }
        END {
            for (file in uses) { found = ""; visit(file, file); if (found !~ /g/) print file ": <glib.h>" }
            for (file in copies) { found = ""; visit(file, "s " file); if (found == "") print file ": <string.h>" }
        }' | sort
}
unreached <"$work/code" | none "every file includes what it uses of the headers that are read once for all"
is "one that does not is named" "$(printf '%s\n' 'a.h:1:gsize a(void);' 'b.h:1:#include <glib.h>' \
    'c.c:1:#include "a.h"' 'c.c:2:#include "b.h"' 'c.c:3:gsize c = memcmp(x, y);' 'd.c:1:strlen(x)' | unreached)" \
    "$(printf 'a.h: <glib.h>\nd.c: <string.h>')"

# --- globals -------------------------------------------------------------------------------------
# What can be written to outside a function's own frame: only the language of the catalogue
# (base/i18n.c) and the terminal (ui/term*.c, ui/draw.c). A flag that a signal handler sets cannot
# live elsewhere; NAME.N is a static inside one function, made once and read ever after.
objects=$(sh tools/objects.sh "$B")
if [ -n "$objects" ]; then
    # shellcheck disable=SC2086
    objdump -t $objects | awk -v build="$B/" '
        $2 == "file" && $3 == "format" { object = substr($1, length(build) + 1); next }
        object ~ /^(ui\/term[a-z_]*|ui\/draw|src\/base\/i18n)\.o:/ { next }
        $3 == "O" && ($4 == ".data" || $4 == ".bss") && $NF !~ /\.[0-9]+$/ {
            sub(/\.o:$/, ".c", object); print object, $NF
        }' | sort -u | while read -r source name; do
        grep -qE "volatile sig_atomic_t $name\>" "$source" || echo "$source: $name"
    done | none "no globals but the catalogue and the terminal"
else
    skip "no globals but the catalogue and the terminal" "nothing is built in $B"
fi

# --- start ---------------------------------------------------------------------------------------
# What a third of the start would be spent on, and paper alone needs (exchange/paper_library.h).
if [ -n "$objects" ]; then
    # shellcheck disable=SC2086
    nm -A -u $objects | grep -E ' U (cairo|pango)_' | none "paper's libraries are loaded when there is paper"
fi

# --- circles -------------------------------------------------------------------------------------
# Within a floor too, arrows point one way.
if [ -n "$objects" ]; then
    sh tools/edges.sh "$B" | awk -f tools/circles.awk | none "no file needs itself in a roundabout way"
else
    skip "no file needs itself in a roundabout way" "nothing is built in $B"
fi
told=$(printf 'a b call\nb c include\nc a call\nc d call\n' | awk -f tools/circles.awk)
is "a circle is told with its files and the way round" "$told" \
    "$(printf 'circle: a > b > c > a\n    a\n    b\n    c')"

# --- words ---------------------------------------------------------------------------------------
# The msgids of a catalogue that have no translation, or a doubtful one. The msgid of a text of several
# lines begins with an empty line, as the catalogue's head does; what comes after tells them apart.
unfinished() {
    for kind in --untranslated --only-fuzzy; do
        msgattrib "$kind" --no-obsolete --no-wrap "$1"
    done | awk '
        empty && /^"/ { print "msgid " $0 }
        { empty = /^msgid ""$/ }
        /^msgid "/ && !empty'
}

template=$work/dagsform.pot
sh tools/pot.sh "$template"
for language in sv fi; do
    LC_ALL=C msgfmt --check -o /dev/null "po/$language.po" 2>&1 |
        none "po/$language.po keeps every format and line end"
    msgmerge --quiet --no-fuzzy-matching --no-wrap -o "$work/$language.po" "po/$language.po" "$template"
    unfinished "$work/$language.po" |
        none "po/$language.po has every text (make po brings in new ones)"
done
for catalogue in $(files po | grep '^po/forms/.*\.po$'); do
    LC_ALL=C msgfmt --check-format --check-domain -o /dev/null "$catalogue" 2>&1 |
        none "$catalogue keeps every format"
    unfinished "$catalogue" | none "$catalogue has every text"
done

# --- the manual page -----------------------------------------------------------------------------
if command -v groff >/dev/null 2>&1; then
    sed '/^@KEYS@$/d' doc/dagsform.1.in | groff -man -k -Tutf8 -ww -z 2>&1 | none "the manual page is well formed"
else
    skip "the manual page is well formed" "groff is not installed"
fi
# What stands in keybar/SIZE.txt before the bars, and the goldens: the same names.
{
    files tests/screen/golden | sed -n 's|^tests/screen/golden/\([^/]*\)\.txt$|\1|p'
    for bars in tests/screen/golden/keybar/*.txt; do
        sed -e '/^|/d' -e '/^$/d' -e "s/\$/-$(basename "$bars" .txt)/" "$bars"
    done
} | sort | uniq -u | none "every golden has its key bar, and every key bar a golden"
sh tools/readme-screens.sh --check | none "README shows the screen as the tests drew it"
if [ -f src/cmd/commands.c ]; then
    sed -n 's/^    {"\([a-z]*\)", ".*/\1/p' src/cmd/commands.c | while IFS= read -r command; do
        grep -q "^\.SS $command" doc/dagsform.1.in || echo "$command"
    done | none "the manual page describes every subcommand"
fi

# --- the threat model ----------------------------------------------------------------------------
# Every test that doc/security.md names is there: `FILE:NAME` or `FILE:"what it says"`.
grep -oE '`tests/[^`:]*:[^`]*`' doc/security.md | tr -d '`"' | while IFS=: read -r file name; do
    [ -f "$file" ] && grep -qF -- "$name" "$file" || echo "$file has no $name"
done | none "every test that doc/security.md names is there"

# --- guides --------------------------------------------------------------------------------------
echo "# Files over 600 lines (a guide, not a limit):"
# shellcheck disable=SC2046
wc -l $(sources) /dev/null | awk '$1 > 600 && $2 != "total" { print "#   " $1 " " $2 }'

finish
