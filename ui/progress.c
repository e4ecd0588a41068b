/* progress.c: what is seen while something takes time. */
#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "db/db.h"
#include "ui/app_private.h"
#include "ui/term.h"

enum {
    BETWEEN_MS = 100,
    WIDEST = 64,
    ROWS = 7,
};

static void draw_share(Area area, double share)
{
    enum { TEXT_COLUMNS = 6 };
    int room = area.columns - TEXT_COLUMNS;
    int full = (int)(CLAMP(share, 0, 1) * room);
    for (int i = 0; i < room; i++)
        draw_text(area, 0, i, STYLE_BAR_1, i < full ? "█" : "░");
    g_autofree char *percent = g_strdup_printf(_("%d %%"), (int)(CLAMP(share, 0, 1) * 100));
    draw_cell(area, 0, room, TEXT_COLUMNS, STYLE_NORMAL, TRUE, percent);
}

static void draw_progress(const char *text, double share, gboolean breakable)
{
    Area whole = {0};
    term_size(&whole.rows, &whole.columns);
    term_frame_begin();
    Area box = area_centre(whole, ROWS, WIDEST);
    draw_box(box, NULL);
    Area inside = area_inset(box, 1, 2);
    draw_cell(inside, 1, 0, inside.columns, STYLE_NORMAL, FALSE, text);
    if (share >= 0)
        draw_share(area_rows(inside, 2, 1), share);
    if (breakable)
        draw_text(inside, inside.rows - 1, 0, STYLE_QUIET, _("Esc breaks it off."));
    draw_caret(inside, 1, MIN(text_width(text), MAX(inside.columns - 1, 0)));
    term_frame_end();
}

void app_progress_begin(App *app)
{
    app->progress_ms = 0;
}

gboolean app_progress(App *app, const char *text, double share)
{
    gint64 now = clock_monotonic_ms();
    if (app->progress_ms != 0 && now - app->progress_ms < BETWEEN_MS)
        return TRUE;
    app->progress_ms = now;
    if (term_take_escape())
        return FALSE;
    draw_progress(text, share, TRUE);
    return TRUE;
}

void app_wait(App *app, const char *text)
{
    (void)app;
    draw_progress(text, -1, FALSE);
}

void app_wait_share(App *app, const char *text, double share)
{
    gint64 now = clock_monotonic_ms();
    if (app->progress_ms != 0 && now - app->progress_ms < BETWEEN_MS)
        return;
    app->progress_ms = now;
    draw_progress(text, share, FALSE);
}

/* Over what was there: nobody knows how long it will take, and nothing locks meanwhile. */
static void tell_silence(gpointer data)
{
    App *app = data;

    app->waited = TRUE;
    app_wait(app, _("The server is slow to answer. Wait a moment."));
}

void app_tell_silence(App *app)
{
    db_on_silence(session_db(app->session), tell_silence, app);
}
