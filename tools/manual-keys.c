/* manual-keys.c: prints the keys of every screen for the manual page, from the action table. */
#include "ui/action.h"

#include <stdio.h>

static const struct {
    Where where;
    const char *title;
} screens[] = {
    {IN_TODAY, "Today"},
    {IN_CLIENTS, "Clients"},
    {IN_CLIENT, "A client's card"},
    {IN_CANCEL, "A visit that was not kept"},
    {IN_WEEK, "The week"},
    {IN_VISITS, "The visits behind a bar"},
    {IN_TASKS, "To do"},
    {IN_IMPORT, "Reading in a file"},
    {IN_WALKS, "Forms that are begun"},
    {IN_RESPONSES, "A client's forms"},
    {IN_WALK, "A form, one question at a time"},
    {IN_OVERVIEW, "All questions of a form"},
    {IN_CONSENTS, "A client's consents and decisions"},
    {IN_PLACEMENTS, "A client's placements"},
    {IN_PLACEMENT, "A placement"},
    {IN_INSTITUTIONS, "Institutions"},
    {IN_EDIT | IN_PLACEMENT_EDIT, "Pages of fields"},
};

static const struct {
    int where;
    const char *keys, *help;
} rows[] = {
#define N_(text) text
#define ACTION(id, keys, where, permit, bar, label, help, handler) {where, keys, help},
#include "ui/action.def"
};

/* Valid on more screens than most: told once. */
static int is_everywhere(int where)
{
    int screens_with_it = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(screens); i++)
        screens_with_it += (where & screens[i].where) != 0;
    return screens_with_it > 4;
}

static void print_row(const char *keys, const char *help)
{
    printf(".TP\n.B ");
    for (const char *c = keys; *c; c++)
        printf("%s", *c == ' ' ? ", " : *c == '-' ? "\\-" : (char[]){*c, '\0'});
    printf("\n%s\n", help);
}

int main(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(screens); i++) {
        printf(".SS %s\n", screens[i].title);
        for (gsize row = 0; row < G_N_ELEMENTS(rows); row++)
            if ((rows[row].where & screens[i].where) && !is_everywhere(rows[row].where))
                print_row(rows[row].keys, rows[row].help);
    }
    printf(".SS Everywhere\n");
    for (gsize row = 0; row < G_N_ELEMENTS(rows); row++)
        if (is_everywhere(rows[row].where))
            print_row(rows[row].keys, rows[row].help);
    return 0;
}
