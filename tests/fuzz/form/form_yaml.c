/* form_yaml.c: any bytes are either a form that holds together or one sentence with its reason. */
#include <stddef.h>
#include <stdint.h>

#include "form/form.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* What the rest of the program counts on without looking. */
static void require_items(const Form *form, const GPtrArray *items, const FormItem *parent)
{
    for (guint i = 0; i < items->len; i++) {
        const FormItem *item = g_ptr_array_index(items, i);
        gboolean choice = item->type == ITEM_CHOICE || item->type == ITEM_OPEN_CHOICE;
        if (form_item(form, item->link_id) != item || item->parent != parent || item->line < 1 ||
            choice != (item->options->len > 0) ||
            (item->type == ITEM_GROUP) != (item->items->len > 0))
            g_error("item %s does not hold together", item->link_id);
        for (guint o = 0; o < item->options->len; o++) {
            const FormOption *option = g_ptr_array_index(item->options, o);
            if (form_option(item, option->code) != option)
                g_error("option %s does not hold together", option->code);
        }
        for (guint w = 0; w < item->enable_when->len; w++) {
            const FormWhen *when = g_ptr_array_index(item->enable_when, w);
            if (form_item(form, when->question) == NULL)
                g_error("condition on %s does not hold together", when->question);
        }
        require_items(form, item->items, item);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    g_autoptr(GPtrArray) warnings = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    g_autoptr(Form) form =
        form_load_bytes((const char *)bytes, length, "fuzz.yaml", warnings, &error);
    if ((form == NULL) == (error == NULL))
        g_error("neither a form nor a reason");
    if (form == NULL) {
        if (error->code != ERROR_INPUT || !g_utf8_validate(error->message, -1, NULL))
            g_error("not a sentence");
        return 0;
    }
    if (strlen(form->body) != length || memcmp(form->body, bytes, length) != 0)
        g_error("the bytes are not kept");
    require_items(form, form->items, NULL);
    return 0;
}
