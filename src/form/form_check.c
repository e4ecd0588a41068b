/* form_check.c: what a form's pieces mean together.
 *
 * Items are visited in the order they are asked. A condition may look only at what stands above
 * it, which also rules out circles. */
#include "form/form_check_private.h"

#include "base/i18n.h"
#include "form/form_private.h"

#include <string.h>

/* --- what need not be asked --- */

/* What the program may know already (care/response/walk_known.c). */
static const char *const KNOWN[] = {
    "client.sex",
    "client.under-18",
    "placement.age",
    "placement.ended_on",
    "placement.institution",
    "placement.kind",
    "placement.started_on",
    NULL,
};

/* It is known of the person or the placement, of which there is one. */
static gboolean is_known(FormCheck *check, const FormItem *item)
{
    const FormItem *around = item->parent;
    while (around != NULL && !around->repeats)
        around = around->parent;
    if (!item_is_question(item) || around != NULL)
        return check_fault(
            check, item, item->line,
            _("“known” stands on a question outside groups that repeat. Remove it."));
    if (g_strv_contains(KNOWN, item->known))
        return TRUE;
    g_autofree char *names = g_strjoinv(", ", (char **)KNOWN);
    return check_fault(
        check, item, item->line,
        _("The program knows nothing that is called “%s”. Remove “known”, or write one of "
          "these: %s."),
        item->known, names);
}

static gboolean check_known(FormCheck *check, FormItem *item)
{
    if (item->known == NULL || is_known(check, item))
        return TRUE;
    if (!form_check_let_go(check, item, "known"))
        return FALSE;
    g_clear_pointer(&item->known, g_free);
    return TRUE;
}

/* --- items --- */

static gboolean check_follow_up(FormCheck *check, FormItem *item)
{
    if (!item->follow_up ||
        (item_is_question(item) && check->questions > 0 && item->enable_when->len > 0))
        return TRUE;
    check_fault(check, item, item->line,
                _("A question goes on with the one above by its answer. Move it below one, and add "
                  "“enableWhen”; or remove “followUp”."));
    item->follow_up = FALSE;
    return form_check_let_go(check, item, "followUp");
}

static gboolean check_structure(FormCheck *check, const FormItem *item)
{
    const FormItem *twin = g_hash_table_lookup(check->above, item->link_id);
    if (twin != NULL)
        return check_fault(check, item, item->line,
                           _("The linkId also stands on line %d. Give each item its own."),
                           twin->line);
    if (item->type == ITEM_GROUP && item->items->len == 0)
        return check_fault(check, item, item->line,
                           _("The group is empty. Add items to it, or remove it."));
    if (item->type != ITEM_GROUP && item->items->len > 0)
        return check_fault(
            check, item, item->line,
            _("Only a group has items inside it. Change the type to “group”, or move them "
              "out."));
    if (item->type != ITEM_GROUP && item->text == NULL)
        return check_fault(check, item, item->line,
                           _("The item has no text. Add “text” with what is to be shown."));
    if (item->repeats && item->type != ITEM_GROUP && !item_is_choice(item))
        return check_fault(
            check, item, item->line,
            _("Only a choice or a group repeats. Remove “repeats”, or put the item in a "
              "group that repeats."));
    if (item->max > 0 && (!item->repeats || !item_is_choice(item)))
        return check_fault(
            check, item, item->line,
            _("“max” has a meaning only where several options may be chosen. Remove it, or "
              "add “repeats: true” to the choice."));
    return TRUE;
}

static gboolean check_maps_to(FormCheck *check, FormItem *item)
{
    const char *dot = item->maps_to != NULL ? strchr(item->maps_to, '.') : NULL;
    if (item->maps_to == NULL || (dot != NULL && dot != item->maps_to && dot[1] != '\0'))
        return TRUE;
    check_fault(check, item, item->line,
                _("“mapsTo” is two names joined by a point, as “visit.cause”. Correct it."));
    if (!form_check_let_go(check, item, "mapsTo"))
        return FALSE;
    g_clear_pointer(&item->maps_to, g_free);
    return TRUE;
}

static void check_rule_texts(FormCheck *check, const GPtrArray *rules)
{
    for (guint i = 0; i < rules->len; i++) {
        const FormRule *rule = g_ptr_array_index(rules, i);
        form_check_text(check, rule->line, rule->text);
    }
}

static gboolean check_items(FormCheck *check, const GPtrArray *items);

static gboolean check_item(FormCheck *check, FormItem *item)
{
    if (!check_structure(check, item) || !check_known(check, item) || !check_maps_to(check, item) ||
        !form_check_options(check, item))
        return FALSE;
    if (!form_check_whens(check, item) ||
        !form_check_rules(check, item, item->constraints, "constraint") ||
        !form_check_rules(check, item, item->warnings, "warning") ||
        !form_check_beside(check, item) || !form_check_candidates(check, item) ||
        !check_follow_up(check, item) || !form_check_initial(check, item))
        return FALSE;

    form_check_mapping(check, item);
    form_check_text(check, item->line, item->text);
    form_check_text(check, item->line, item->help);
    check_rule_texts(check, item->constraints);
    check_rule_texts(check, item->warnings);
    for (guint i = 0; i < item->options->len; i++) {
        const FormOption *option = g_ptr_array_index(item->options, i);
        form_check_text(check, option->line, option->display);
    }
    g_hash_table_insert(check->above, item->link_id, item);
    check->questions += item_is_numbered(item);
    return check_items(check, item->items);
}

static gboolean check_items(FormCheck *check, const GPtrArray *items)
{
    for (guint i = 0; i < items->len; i++)
        if (!check_item(check, g_ptr_array_index(items, i)))
            return FALSE;
    return TRUE;
}

void form_mend(Form *form, FormTell tell, gpointer data)
{
    g_autoptr(GHashTable) above = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GError) error = NULL;
    FormCheck check = {.form = form, .above = above, .error = &error, .tell = tell, .data = data};
    check_items(&check, form->items);
}

gboolean form_check(Form *form, const char *file, int *questions, GPtrArray *warnings,
                    GError **error)
{
    g_autoptr(GHashTable) above = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);
    FormCheck check = {.form = form,
                       .file = file,
                       .above = above,
                       .told = told,
                       .warnings = warnings,
                       .error = error};
    if (form->items->len == 0)
        return form_fault(error, file, 0, NULL,
                          _("The form has no items. Add at least one question under “item”."));
    form_check_text(&check, 1, form->title);
    form_check_text(&check, 1, form->opening);
    form_check_text(&check, 1, form->opening_on_paper);
    form_check_text(&check, 1, form->closing);
    if (!check_items(&check, form->items))
        return FALSE;
    *questions = check.questions;
    return TRUE;
}
