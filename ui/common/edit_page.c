/* edit_page.c: values, notes and drafts of the pages of fields. */
#include "ui/common/edit_page.h"

#include <string.h>

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "ui/common/words.h"

enum { MARK_COLUMNS = 2 }; /* choice.c's */

/* --- values ------------------------------------------------------------------------------------
 */

static PageRow *row_at(const Page *page, int row)
{
    return &g_array_index(page->rows, PageRow, (guint)row);
}

int edit_page_chosen_value(const Page *page, int row, int otherwise)
{
    const Choice *choice = &row_at(page, row)->choice;
    return choice->chosen >= 0 ? choice->options[choice->chosen].value : otherwise;
}

char *edit_page_value(Page *page, int row)
{
    if (!row_at(page, row)->is_choice)
        return g_strdup(page_text(page, row));
    if (page_chosen(page, row) < 0)
        return g_strdup("");
    return g_strdup_printf("%d", edit_page_chosen_value(page, row, 0));
}

char **edit_page_values(Page *page)
{
    char **values = g_new0(char *, page->rows->len + 1);
    for (guint i = 0; i < page->rows->len; i++)
        values[i] = edit_page_value(page, (int)i);
    return values;
}

void edit_page_set_value(Page *page, int row, const char *value)
{
    PageRow *at = row_at(page, row);
    if (!at->is_choice) {
        if (strcmp(field_text(&at->field), value) == 0)
            return;
        edit_set_text(at->field.edit, value);
        edit_set_caret(at->field.edit, strlen(value));
        return;
    }
    gint64 wanted = value[0] != '\0' ? g_ascii_strtoll(value, NULL, 10) : G_MININT64;
    at->choice.chosen = -1;
    for (int i = 0; i < at->choice.count; i++)
        if (at->choice.options[i].value == wanted)
            at->choice.chosen = at->choice.cursor = i;
}

void edit_page_hint(Page *page, int row, const char *hint)
{
    char **old = &row_at(page, row)->hint;
    if (g_strcmp0(*old, hint) == 0)
        return;
    g_free(*old);
    *old = g_strdup(hint);
}

void edit_page_replace(Page *page, const Event *event)
{
    PageRow *row = row_at(page, page->focus);
    gboolean text =
        event->type == EVENT_PASTE || (event->type == EVENT_KEY && key_is_text(event->key));
    if (text && !row->is_choice && !row->field.many_lines && field_text(&row->field)[0] != '\0')
        edit_set_text(row->field.edit, "");
}

gboolean edit_page_to_fault(Page *page)
{
    for (int i = 0; i < (int)page->rows->len; i++) {
        if (row_at(page, i)->fault == NULL)
            continue;
        page->focus = i;
        return TRUE;
    }
    return FALSE;
}

gboolean edit_page_must_mend(App *app, Page *page)
{
    gboolean faulty = edit_page_to_fault(page);
    if (faulty)
        app_say(app, STYLE_NOTICE, "%s", _("Look at the marked row."));
    return faulty;
}

void edit_page_clear_faults(Page *page)
{
    for (int i = 0; i < (int)page->rows->len; i++)
        page_fault(page, i, NULL);
}

void edit_page_merge(Page *page, int row, const char *base, const char *theirs, const char *format)
{
    g_autofree char *mine = edit_page_value(page, row);
    RowMerge merge = draft_rows_merge(mine, base, theirs);
    if (merge == ROW_IS_MINE)
        return;
    edit_page_set_value(page, row, theirs);
    if (merge == ROW_IS_THEIRS)
        return;
    const PageRow *at = row_at(page, row);
    const char *shown = at->is_choice && at->choice.chosen >= 0
                            ? at->choice.options[at->choice.chosen].label
                            : theirs;
    g_autofree char *fault = g_strdup_printf(format, shown);
    edit_page_set_value(page, row, mine);
    page_fault(page, row, fault);
}

/* --- drafts ------------------------------------------------------------------------------------
 */

static char *write_body(const EditDraft *draft, Page *page, gint64 version)
{
    g_auto(GStrv) values = edit_page_values(page);
    return draft_rows_write(values, draft->base, version);
}

/* FALSE when the text is none of ours. */
static gboolean read_body(EditDraft *draft, Page *page, const char *body, gint64 *version)
{
    g_auto(GStrv) own = edit_page_values(page);
    char **values, **base;
    if (!draft_rows_read(body, page->rows->len, own, &values, &base, version))
        return FALSE;
    for (guint i = 0; i < page->rows->len; i++)
        edit_page_set_value(page, (int)i, values[i]);
    g_strfreev(values);
    g_strfreev(draft->base);
    draft->base = base;
    return TRUE;
}

void edit_draft_begin(App *app, EditDraft *draft, Page *page, const char *kind, gint64 ref_id,
                      gint64 version, char **base)
{
    *draft = (EditDraft){.kept = {.kind = kind, .ref_id = ref_id}, .base = base};
    draft->kept.entered = write_body(draft, page, version);
    draft->offered = draft_load(app_session(app), kind, ref_id, NULL);
    draft->options[0] = (ChoiceOption){0, _("Yes, go on with it"), 1};
    draft->options[1] = (ChoiceOption){0, _("No, throw it away"), 0};
    choice_init(&draft->answer, draft->options, 2, -1);
    if (draft->offered != NULL)
        draft->kept.kept = g_strdup(draft->offered->body);
}

void edit_draft_clear(EditDraft *draft)
{
    g_strfreev(draft->base);
    draft_kept_clear(&draft->kept);
    draft_free(draft->offered);
}

void edit_draft_save(App *app, EditDraft *draft, Page *page, gint64 version)
{
    if (draft->over || draft->offered != NULL)
        return;
    GError *error = NULL;
    gboolean saved;
    g_autofree char *body = write_body(draft, page, version);
    draft_kept_save(app_session(app), &draft->kept, body, &saved, &error);
    if (saved && !app_message_stands(app)) {
        char time[9];
        clock_local(clock_now_ms(), time);
        app_say(app, STYLE_QUIET, _("Kept as a draft %s."), time);
    }
    app_error(app, error);
}

gboolean edit_draft_is_unsaved(const EditDraft *draft, Page *page, gint64 version)
{
    if (draft->over || draft->offered != NULL)
        return FALSE;
    g_autofree char *body = write_body(draft, page, version);
    return draft_kept_lacks(&draft->kept, body);
}

void edit_draft_over(App *app, EditDraft *draft)
{
    GError *error = NULL;
    draft->over = TRUE;
    if (draft->kept.kept != NULL && !draft_kept_drop(app_session(app), &draft->kept, &error))
        app_error(app, error);
}

gboolean edit_draft_is_offered(const EditDraft *draft)
{
    return draft->offered != NULL;
}

gboolean edit_draft_must_answer(App *app, const EditDraft *draft)
{
    if (draft->offered != NULL)
        app_say(app, STYLE_NOTICE, "%s",
                _("Answer the question first, with the arrows and Enter."));
    return draft->offered != NULL;
}

static void take_up(App *app, EditDraft *draft, Page *page, gint64 *version)
{
    if (!read_body(draft, page, draft->offered->body, version))
        app_say(app, STYLE_NOTICE,
                _("The draft is from another version of the program and cannot "
                  "be taken up here."));
}

static void throw_away(App *app, EditDraft *draft)
{
    GError *error = NULL;
    draft_kept_drop(app_session(app), &draft->kept, &error);
    app_error(app, error);
}

gboolean edit_draft_event(App *app, EditDraft *draft, Page *page, const Event *event,
                          gint64 *version)
{
    gboolean taken,
        text = event->type == EVENT_PASTE || (event->type == EVENT_KEY && key_is_text(event->key));
    int answer = text ? -1 : choice_event(&draft->answer, event, &taken);
    if (text)
        edit_draft_must_answer(app, draft);
    if (answer < 0)
        return text || taken;
    if (draft->options[answer].value == 1)
        take_up(app, draft, page, version);
    else
        throw_away(app, draft);
    g_clear_pointer(&draft->offered, draft_free);
    return TRUE;
}

void edit_draft_draw(EditDraft *draft, Area area)
{
    char time[9];
    Date date = clock_local(draft->offered->saved_ms, time);
    g_autofree char *day = words_distance(date, clock_today());
    g_autofree char *question = g_strdup_printf(
        _("You began here %s at %.5s and had not saved. Go on with that?"), day, time);
    int rows = draw_paragraph(area, 1, 0, area.columns, STYLE_STRONG, question);
    int columns = MAX(text_width(draft->options[0].label), text_width(draft->options[1].label));
    Area below = area_columns(area_rows(area, rows + 2, 2), 0, columns + MARK_COLUMNS);
    choice_draw(&draft->answer, below, TRUE);
}
