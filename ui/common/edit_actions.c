/* edit_actions.c: F8 on the pages of fields saves the one on top. */
#include "ui/common/edit.h"
#include "ui/common/screens.h"
#include "ui/door/start.h"

void on_edit_save(App *app, void *state)
{
    const struct {
        const Screen *screen;
        ActionHandler *save;
    } pages[] = {
        {&screen_client_edit, client_edit_finish},
        {&screen_visit_edit, visit_edit_finish},
        {&screen_series_edit, series_edit_finish},
        {&screen_placement_edit, placement_edit_finish},
        {&screen_start, start_finish},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(pages); i++) {
        if (app_top(app) != pages[i].screen)
            continue;
        pages[i].save(app, state);
        return;
    }
}
