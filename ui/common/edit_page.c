/* edit_page.c: values, notes and drafts of the pages of fields. */
#include "ui/common/edit_page.h"

#include <json-glib/json-glib.h>
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
    if (strcmp(mine, theirs) == 0 || g_strcmp0(base, theirs) == 0)
        return;
    edit_page_set_value(page, row, theirs);
    if (g_strcmp0(base, mine) == 0)
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

static void write_texts(JsonBuilder *json, const char *name, char *const *texts)
{
    json_builder_set_member_name(json, name);
    json_builder_begin_array(json);
    for (; *texts != NULL; texts++)
        json_builder_add_string_value(json, *texts);
    json_builder_end_array(json);
}

static char **page_values(Page *page)
{
    char **values = g_new0(char *, page->rows->len + 1);
    for (guint i = 0; i < page->rows->len; i++)
        values[i] = edit_page_value(page, (int)i);
    return values;
}

static char *write_body(const EditDraft *draft, Page *page, gint64 version)
{
    g_auto(GStrv) values = page_values(page);
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    json_builder_set_member_name(json, "version");
    json_builder_add_int_value(json, version);
    write_texts(json, "values", values);
    if (draft->base != NULL)
        write_texts(json, "base", draft->base);
    json_builder_end_object(json);
    g_autoptr(JsonNode) root = json_builder_get_root(json);
    return json_to_string(root, FALSE);
}

/* The texts of an array of `count`; NULL when it is none. New. */
static char **read_texts(JsonObject *object, const char *name, guint count)
{
    JsonNode *node = json_object_get_member(object, name);
    if (node == NULL || !JSON_NODE_HOLDS_ARRAY(node) ||
        json_array_get_length(json_node_get_array(node)) != count)
        return NULL;
    char **texts = g_new0(char *, count + 1);
    for (guint i = 0; i < count; i++) {
        const char *text =
            json_node_get_string(json_array_get_element(json_node_get_array(node), i));
        texts[i] = g_strdup(text != NULL ? text : "");
    }
    return texts;
}

/* FALSE when the text is none of ours, or of a page with other rows. */
static gboolean read_body(EditDraft *draft, Page *page, const char *body, gint64 *version)
{
    g_autoptr(JsonNode) root = json_from_string(body, NULL);
    if (root == NULL || !JSON_NODE_HOLDS_OBJECT(root))
        return FALSE;
    JsonObject *object = json_node_get_object(root);
    JsonNode *number = json_object_get_member(object, "version");
    g_auto(GStrv) values = read_texts(object, "values", page->rows->len);
    if (values == NULL || number == NULL || !JSON_NODE_HOLDS_VALUE(number))
        return FALSE;
    for (guint i = 0; i < page->rows->len; i++)
        edit_page_set_value(page, (int)i, values[i]);
    g_strfreev(draft->base);
    draft->base = read_texts(object, "base", page->rows->len);
    *version = json_node_get_int(number);
    return TRUE;
}

void edit_draft_begin(App *app, EditDraft *draft, Page *page, const char *kind, gint64 ref_id,
                      gint64 version, char **base)
{
    *draft = (EditDraft){.kind = kind, .ref_id = ref_id, .base = base};
    draft->entered = write_body(draft, page, version);
    draft->offered = draft_load(app_session(app), kind, ref_id, NULL);
    draft->options[0] = (ChoiceOption){0, _("Yes, go on with it"), 1};
    draft->options[1] = (ChoiceOption){0, _("No, throw it away"), 0};
    choice_init(&draft->answer, draft->options, 2, -1);
    if (draft->offered != NULL)
        draft->kept = g_strdup(draft->offered->body);
}

void edit_draft_clear(EditDraft *draft)
{
    g_strfreev(draft->base);
    g_free(draft->entered);
    g_free(draft->kept);
    draft_free(draft->offered);
}

void edit_draft_save(App *app, EditDraft *draft, Page *page, gint64 version)
{
    if (draft->over || draft->offered != NULL)
        return;
    GError *error = NULL;
    g_autofree char *body = write_body(draft, page, version);
    gboolean as_entered = strcmp(body, draft->entered) == 0;
    if (as_entered && draft->kept != NULL) {
        if (draft_drop(app_session(app), draft->kind, draft->ref_id, &error))
            g_clear_pointer(&draft->kept, g_free);
    } else if (!as_entered && g_strcmp0(body, draft->kept) != 0 &&
               draft_save(app_session(app), draft->kind, draft->ref_id, body, &error)) {
        char time[9];
        g_free(draft->kept);
        draft->kept = g_steal_pointer(&body);
        clock_local(clock_now_ms(), time);
        if (app_message(app) == NULL)
            app_say(app, STYLE_QUIET, _("Kept as a draft %s."), time);
    }
    app_error(app, error);
}

gboolean edit_draft_is_unsaved(const EditDraft *draft, Page *page, gint64 version)
{
    if (draft->over || draft->offered != NULL)
        return FALSE;
    g_autofree char *body = write_body(draft, page, version);
    return g_strcmp0(body, draft->kept != NULL ? draft->kept : draft->entered) != 0;
}

void edit_draft_over(App *app, EditDraft *draft)
{
    GError *error = NULL;
    draft->over = TRUE;
    if (draft->kept != NULL && !draft_drop(app_session(app), draft->kind, draft->ref_id, &error))
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
    if (draft_drop(app_session(app), draft->kind, draft->ref_id, &error))
        g_clear_pointer(&draft->kept, g_free);
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
