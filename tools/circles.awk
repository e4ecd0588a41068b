# Names the circles in the edges of tools/edges.sh, each by its files and the shortest way round from
# the first of them.

# Everything that `from` needs, however far away: into back[NAME], the file it was first met in.
function go_out(from, back,    met, all, list, i, n) {
    split("", back)
    met[all = 1] = from
    for (from = 1; from <= all; from++) {
        n = split(needs[met[from]], list, " ")
        for (i = 1; i <= n; i++)
            if (!(list[i] in back)) {
                back[list[i]] = met[from]
                met[++all] = list[i]
            }
    }
}
function way_round(start,    back, at, way) {
    go_out(start, back)
    for (at = back[start]; at != start; at = back[at]) way = " > " at way
    return start way " > " start
}
function add(from, to) {
    if (!((from, to) in edges)) needs[from] = needs[from] " " to
    edges[from, to]
    if (!(from in place)) { place[from] = ++count; name[count] = from }
}
# Files that reach each other are on one circle.
function find_circles(    i, k, back, reaches) {
    for (i = 1; i <= count; i++) {
        go_out(name[i], back)
        for (k in back) reaches[name[i], k]
    }
    for (i = 1; i <= count; i++)
        for (k = 1; k <= i && (name[i], name[i]) in reaches; k++)
            if ((name[i], name[k]) in reaches && (name[k], name[i]) in reaches) {
                circle[name[i]] = name[k]
                break
            }
}

{ add($1, $2) }
END {
    find_circles()
    for (i = 1; i <= count; i++) {
        if (circle[name[i]] != name[i]) continue
        print "circle: " way_round(name[i])
        for (k = 1; k <= count; k++)
            if (circle[name[k]] == name[i]) print "    " name[k]
    }
}
