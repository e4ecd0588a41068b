/* read_on.c: reading on where there is no room for all. */
#include "ui/common/read_on.h"

#include "base/i18n.h"
#include "base/text.h"
#include "ui/common/shared.h"

enum { BODY_LEFT = 1 }; /* column of what lies across the whole window (`draw` in ui/screen.h) */

/* Below a list it stands in the rule above, where it takes no room from the words; beside one there
 * is no rule, and it stands in their last corner. */
static void draw_more(App *app, Area area)
{
    const gboolean ruled = area.left <= BODY_LEFT;
    char key[KEY_NAME_SIZE];
    /* TRANSLATORS: of a text that goes on below: the key that shows more of it. */
    g_autofree char *more = g_strdup_printf(_(" [%s] more "), shared_key(app, ACTION_READ_ON, key));
    const Area line = {.top = ruled ? area.top - 1 : area.top + area.rows - 1,
                       .left = area.left,
                       .rows = 1,
                       .columns = area.columns};
    const int width = MIN(text_width(more), area.columns);
    draw_cell(line, 0, area.columns - width, width, STYLE_QUIET, FALSE, more);
}

void read_on_draw(App *app, ReadOnDraw *draw, gconstpointer what, Area area)
{
    if (area.rows <= 0)
        return;
    AppReading *reading = app_reading(app);
    reading->rows = draw(what, area_rows(area, 0, 0), 0);
    reading->room = area.rows;
    reading->top = CLAMP(reading->top, 0, MAX(reading->rows - area.rows, 0));
    draw(what, area, -reading->top);
    if (reading->top + area.rows < reading->rows)
        draw_more(app, area);
}

static int draw_detail(gconstpointer what, Area area, int row)
{
    return detail_draw_at(what, area, row);
}

void read_on_detail(App *app, const Detail *detail, Area area)
{
    read_on_draw(app, draw_detail, detail, area);
}

void on_read_on(App *app, void *state)
{
    (void)state;
    AppReading *reading = app_reading(app);
    const int last = reading->rows - reading->room;
    if (last <= 0)
        app_say(app, STYLE_QUIET, "%s", _("All that stands there is seen."));
    else if (reading->top >= last)
        reading->top = 0;
    else
        reading->top = MIN(reading->top + MAX(reading->room - 1, 1), last);
}
