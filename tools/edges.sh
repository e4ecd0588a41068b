#!/bin/sh
# Prints which file of src and ui needs which, one "FROM TO WHY" a line. FROM and TO are paths without
# their ends, for NAME.c, NAME.h, NAME.def and NAME_private.h are one. WHY is "call" for a function or
# a table of the other that the object in the build folder $1 refers to, or "include"; but a header in
# which a file only declares what it makes itself is its own.
set -eu
build=$1
find src ui -name '*.[ch]' -o -name '*.def' | LC_ALL=C sort >"$build/sources"
grep -v '\.c$' "$build/sources" >"$build/headers"

{
    sh tools/objects.sh "$build" | xargs -r nm -A -P | sed "s|^$build/|symbol |"
    xargs -a "$build/headers" awk -v code=/dev/stdout -v text=/dev/null -f tools/strip.awk | sed 's/^/header /'
    xargs -a "$build/sources" grep -HE '^#include "[^"]*/[^"]*"'
} | LC_ALL=C awk '
    function stem(path) {
        sub(/\.(c|h|o|def)(:.*)?$/, "", path)
        sub(/_private$/, "", path)
        return path
    }
    function edge(from, to, why) {
        if (from != to && !seen[from, to, why]++) print from, to, why
    }
    $1 == "symbol" && $4 == "U" { users[++uses] = stem($2); used[uses] = $3 }
    $1 == "symbol" && $4 ~ /^[A-TV-Z]$/ { home[$3] = stem($2) }
    $1 == "header" {
        header = stem($2)
        n = split($0, words, /[^[:alnum:]_]+/)
        for (i = 1; i <= n; i++)
            if (words[i] in home) own[home[words[i]], header]
    }
    $1 ~ /:#include$/ {
        from = stem($1)
        to = substr($2, 2, length($2) - 2)
        to = stem(to ~ /^ui\// ? to : "src/" to)
        if (!((from, to) in own)) edge(from, to, "include")
    }
    END {
        for (i = 1; i <= uses; i++)
            if (used[i] in home) edge(users[i], home[used[i]], "call")
    }' | LC_ALL=C sort
