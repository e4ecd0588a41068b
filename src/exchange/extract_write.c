/* extract_write.c: an extract as paper and as JSON. */
#include "base/apart.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "exchange/extract_private.h"
#include "exchange/json_members.h"
#include "exchange/paper.h"

#include <string.h>

GPtrArray *extract_opening(const Extract *extract)
{
    const int left_out = extract->result->left_out;
    GPtrArray *texts = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(
        texts,
        g_strdup_printf(_("This is what %s keeps about %s in Dagsform, so that support can be "
                          "planned, given and followed up."),
                        session_unit_name(extract->session), extract->client->name));
    g_ptr_array_add(texts, g_strdup(_("It comes from the person, from those who have told of them "
                                      "and from the staff's own notes. Those who give the support, "
                                      "decide about it or follow it up may read it. It is erased "
                                      "five years after the last note, unless the law says that it "
                                      "is kept.")));
    g_ptr_array_add(texts,
                    g_strdup(_("Whoever finds something wrong can ask the unit to mend it, or "
                               "to note that they see it otherwise, and can complain to the "
                               "Swedish Authority for Privacy Protection (IMY). When "
                               "this was read, and by which role, stands last.")));
    if (left_out > 0)
        g_ptr_array_add(texts,
                        g_strdup_printf(ngettext("%d answer that names somebody else is left out.",
                                                 "%d answers that name somebody else are left out.",
                                                 (gulong)left_out),
                                        left_out));
    return texts;
}

/* --- paper -------------------------------------------------------------------------------------
 */

static void put_entry(Paper *paper, const ExtractEntry *entry)
{
    if (*entry->title != '\0')
        paper_heading(paper, 3, entry->title);
    for (guint i = 0; i < entry->fields->len; i++) {
        const ExtractField *field = &g_array_index(entry->fields, ExtractField, i);
        if (!field->words) {
            paper_value(paper, field->label, field->value);
            continue;
        }
        paper_note(paper, field->label);
        paper_keep(paper);
        paper_quote(paper, field->value);
    }
}

static void put_part(Paper *paper, const ExtractPart *part)
{
    paper_heading(paper, 2, part->title);
    if (part->entries->len == 0)
        paper_text(paper, _("Nothing is kept."));
    for (guint i = 0; i < part->entries->len; i++)
        put_entry(paper, part->entries->pdata[i]);
}

typedef struct {
    const Extract *extract;
    const char *path;
} Order;

static gboolean write_apart(gpointer data, GError **error)
{
    const Order *order = data;
    const Extract *extract = order->extract;
    const PaperHead head = {.title = _("Extract from the register"),
                            .language = i18n_language(),
                            .unit = session_unit_name(extract->session),
                            .person = extract->client->name,
                            .date = clock_today()};
    g_autoptr(Paper) paper = paper_new(&head, error);
    if (paper == NULL)
        return FALSE;
    g_autoptr(GPtrArray) opening = extract_opening(extract);
    paper_heading(paper, 1, head.title);
    for (guint i = 0; i < opening->len; i++)
        paper_text(paper, opening->pdata[i]);
    for (guint i = 0; i < extract->parts->len; i++)
        put_part(paper, extract->parts->pdata[i]);
    return paper_write(paper, order->path, FALSE, error);
}

gboolean extract_write_pdf(const Extract *extract, const char *path, GError **error)
{
    Order order = {extract, path};
    return apart_run(write_apart, &order, error);
}

/* --- JSON --------------------------------------------------------------------------------------
 */

static void add_entry(JsonBuilder *json, const ExtractEntry *entry)
{
    json_builder_begin_object(json);
    member_text(json, "title", entry->title);
    json_builder_set_member_name(json, "fields");
    json_builder_begin_array(json);
    for (guint i = 0; i < entry->fields->len; i++) {
        const ExtractField *field = &g_array_index(entry->fields, ExtractField, i);
        json_builder_begin_object(json);
        member_text(json, "code", field->code);
        member_text(json, "label", field->label);
        member_text(json, "value", field->value);
        json_builder_end_object(json);
    }
    json_builder_end_array(json);
    json_builder_end_object(json);
}

char *extract_to_json(const Extract *extract)
{
    char date[DATE_SIZE];
    g_autoptr(GPtrArray) opening = extract_opening(extract);
    g_autoptr(JsonBuilder) json = json_builder_new();
    json_builder_begin_object(json);
    member_text(json, "title", _("Extract from the register"));
    member_text(json, "date", date_format(clock_today(), date));
    member_text(json, "unit", session_unit_name(extract->session));
    member_int(json, "left_out", extract->result->left_out);
    json_builder_set_member_name(json, "about");
    json_builder_begin_array(json);
    for (guint i = 0; i < opening->len; i++)
        json_builder_add_string_value(json, opening->pdata[i]);
    json_builder_end_array(json);
    for (guint i = 0; i < extract->parts->len; i++) {
        const ExtractPart *part = extract->parts->pdata[i];
        json_builder_set_member_name(json, part->code);
        json_builder_begin_array(json);
        for (guint j = 0; j < part->entries->len; j++)
            add_entry(json, part->entries->pdata[j]);
        json_builder_end_array(json);
    }
    json_builder_end_object(json);
    return json_text(json);
}
