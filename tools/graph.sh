#!/bin/sh
# Writes which file of src and ui needs which, as built in the folder $1: graph.txt in words, graph.svg
# as a picture, without the arrows that follow from others.
set -eu
build=$1
sh tools/edges.sh "$build" >"$build/graph.edges"

circles=$(awk -f tools/circles.awk "$build/graph.edges")
{
    awk '!(($1, $2) in seen) {
        seen[$1, $2]
        if ($1 != from) { if (from != "") print ""; from = $1; print from }
        print "    " $2
    }' "$build/graph.edges"
    printf '\n%s\n' "${circles:-no circle}"
} >"$build/graph.txt"
printf '%s\n' "${circles:-no circle}" | grep '^[^ ]'
echo "$build/graph.txt says what each file needs."

if command -v dot >/dev/null 2>&1; then
    awk -f tools/graph.awk "$build/graph.edges" | tred 2>/dev/null | dot -Tsvg -o "$build/graph.svg"
    echo "$build/graph.svg shows it."
else
    echo "The picture is made by graphviz, which is missing here: make deps installs it."
fi
