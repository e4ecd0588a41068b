# Draws the edges of tools/edges.sh for graphviz: a box for each folder, an arrow from the file that
# needs to the one needed.
BEGIN {
    print "digraph house {"
    print "    rankdir=LR; ranksep=2; nodesep=0.06; compound=true; fontname=\"sans\""
    print "    node [shape=box, height=0.2, margin=\"0.06,0.02\", fontname=\"sans\", fontsize=9]"
    print "    edge [arrowsize=0.5, color=\"#00000060\"]"
}
function put(path,    folder) {
    if (path in seen) return
    seen[path]
    folder = path
    sub(/\/[^\/]*$/, "", folder)
    inside[folder] = inside[folder] "        \"" path "\" [label=\"" substr(path, length(folder) + 2) "\"]\n"
}
!(($1, $2) in drawn) {
    drawn[$1, $2]
    put($1); put($2)
    arrows = arrows "    \"" $1 "\" -> \"" $2 "\"\n"
}
END {
    for (folder in inside)
        print "    subgraph \"cluster_" folder "\" {\n        label=\"" folder "\"; color=\"#00000040\"\n" inside[folder] "    }"
    printf "%s}\n", arrows
}
