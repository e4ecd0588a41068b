/* manual-keys.c: prints the keys of every place for the manual page, from the table of actions. */
#include "ui/action.h"

#include <stdio.h>

/* With the name that [keys] of the settings knows it by. */
static void print_row(const ActionRow *row)
{
    g_autofree char *name = g_ascii_strdown(row->name, -1);
    printf(".TP\n.B ");
    for (const char *c = row->keys; *c; c++)
        printf("%s", *c == ' ' ? ", " : *c == '-' ? "\\-" : (char[]){*c, '\0'});
    printf("\n%s\n.RI ( %s )\n", row->help, name);
}

/* `place`: PLACE_COUNT for what belongs to none. */
static void print_rows(Place place)
{
    for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++) {
        gboolean common = action_is_common((Action)action);
        if (place == PLACE_COUNT ? common : !common && action_is_at((Action)action, place))
            print_row(action_row((Action)action));
    }
}

int main(void)
{
    for (Place place = 0; place < PLACE_COUNT; place++) {
        if (place_title(place) == NULL)
            continue;
        printf(".SS %s\n", place_title(place));
        print_rows(place);
    }
    printf(".SS Everywhere\n");
    print_rows(PLACE_COUNT);
    return 0;
}
