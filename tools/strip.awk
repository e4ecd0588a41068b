# Of each C file its code without comments and strings (-v code=FILE), and its strings alone
# (-v text=FILE): lines "file:line:…". The path of an include is code.
FNR == 1 { state = "" }
{
    rest = $0; c = t = ""
    if (state == "" && rest ~ /^[ \t]*#[ \t]*include/) { c = rest; rest = "" }
    while (rest != "") {
        if (state == "comment") {
            if (!(i = index(rest, "*/"))) break
            rest = substr(rest, i + 2); state = ""
        } else if (state == "string") {
            if (!match(rest, /^([^"\\]|\\.)*"/)) { t = t rest; break }
            t = t substr(rest, 1, RLENGTH - 1) " "; c = c "\""
            rest = substr(rest, RLENGTH + 1); state = ""
        } else {
            if (!match(rest, /\/\*|\/\/|"|'\\?"'/)) { c = c rest; break }
            c = c substr(rest, 1, RSTART - 1)
            found = substr(rest, RSTART, RLENGTH)
            rest = substr(rest, RSTART + RLENGTH)
            if (found == "//") break
            else if (found == "/*") { state = "comment"; c = c " " }
            else if (found == "\"") { state = "string"; c = c found }
            else c = c "' '"
        }
    }
    if (state == "string") state = ""
    print FILENAME ":" FNR ":" c >code
    print FILENAME ":" FNR ":" t >text
}
