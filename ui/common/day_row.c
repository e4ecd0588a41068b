/* day_row.c: a day typed in a row of a page. */
#include "ui/common/day_row.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "ui/common/edit_page.h"
#include "ui/common/words.h"

static char *typed(const Page *page, int row)
{
    return g_strstrip(g_strdup(page_text(page, row)));
}

Date day_row(const Page *page, int row)
{
    g_autofree char *text = typed(page, row);
    return text[0] != '\0' ? date_parse_words(text, clock_today()) : DATE_NONE;
}

void day_row_hint(Page *page, int row, const char *empty)
{
    g_autofree char *text = typed(page, row);
    const Date date = day_row(page, row);
    if (date == DATE_NONE) {
        edit_page_hint(page, row,
                       text[0] == '\0' ? empty
                                       : _("Not understood yet: 21/11, fri, tomorrow, v48 tue, "
                                           "2026-11-21."));
        return;
    }
    g_autofree char *day = words_day(date);
    g_autofree char *hint = g_strdup_printf("→ %s", day);
    edit_page_hint(page, row, hint);
}

void day_row_complete(Page *page, int row)
{
    char text[DATE_SIZE];
    const Date date = day_row(page, row);
    if (date != DATE_NONE)
        edit_page_set_value(page, row, date_format(date, text));
}
