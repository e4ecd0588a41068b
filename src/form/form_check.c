/* form_check.c: what a form's pieces mean together.
 *
 * Items are visited in the order they are asked. A condition may look only at what stands above
 * it, which also rules out circles. */
#include "form/form_fault_private.h"
#include "form/form_private.h"

#include "base/date.h"
#include "base/i18n.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

/* In which an option's displayed text is also recognised by form_option_by_text(). */
static const char *const LANGUAGES[] = {"en", "fi"};

typedef struct {
    const Form *form;
    const char *file;
    GHashTable *above; /* linkId to FormItem *: the items visited */
    GHashTable *told;  /* texts whose missing translation was told */
    int questions;
    GPtrArray *warnings;
    GError **error;
    FormTell tell; /* NULL: the first fault ends the check */
    gpointer data;
} Check;

#define fault(check, item, line, ...)                                                              \
    form_fault((check)->error, (check)->file, line, (item)->link_id, __VA_ARGS__)

static gboolean is_choice(const FormItem *item)
{
    return item->type == ITEM_CHOICE || item->type == ITEM_OPEN_CHOICE;
}

static gboolean is_question(const FormItem *item)
{
    return item->type != ITEM_GROUP && item->type != ITEM_DISPLAY;
}

/* --- values --- */

static gboolean is_number(const char *text, gboolean whole)
{
    char *end;
    if (whole)
        return g_ascii_string_to_signed(text, 10, G_MININT64, G_MAXINT64, NULL, NULL);
    double value = g_ascii_strtod(text, &end);
    return end != text && *end == '\0' && isfinite(value);
}

static gboolean is_boolean(const char *text)
{
    return g_str_equal(text, "true") || g_str_equal(text, "false");
}

/* Whether `value` could be an answer to `item`; the fault at `line` says what it must be. */
static gboolean check_value(Check *check, const FormItem *at, int line, const FormItem *item,
                            const char *value)
{
    switch (item->type) {
    case ITEM_BOOLEAN:
        return is_boolean(value) ||
               fault(check, at, line, _("The answer to “%s” is true or false, not “%s”."),
                     item->link_id, value);
    case ITEM_INTEGER:
        return is_number(value, TRUE) ||
               fault(check, at, line, _("The answer to “%s” is a whole number, not “%s”."),
                     item->link_id, value);
    case ITEM_DECIMAL:
        return is_number(value, FALSE) ||
               fault(check, at, line,
                     _("The answer to “%s” is a number with a decimal point, not “%s”."),
                     item->link_id, value);
    case ITEM_DATE:
        return date_parse(value) != DATE_NONE ||
               fault(check, at, line, _("The answer to “%s” is a date as 2026-01-31, not “%s”."),
                     item->link_id, value);
    case ITEM_TIME:
        return time_parse(value) >= 0 ||
               fault(check, at, line, _("The answer to “%s” is a time as 14:05, not “%s”."),
                     item->link_id, value);
    case ITEM_CHOICE:
        return form_option(item, value) != NULL ||
               fault(check, at, line,
                     _("“%s” is not the code of any option of “%s”. Use one of its codes."), value,
                     item->link_id);
    case ITEM_GROUP:
    case ITEM_DISPLAY:
    case ITEM_OPEN_CHOICE:
    case ITEM_STRING:
    case ITEM_TEXT:
        return TRUE;
    }
    return TRUE;
}

/* --- conditions --- */

static gboolean has_order(const FormItem *item)
{
    return item->type == ITEM_INTEGER || item->type == ITEM_DECIMAL || item->type == ITEM_DATE ||
           item->type == ITEM_TIME;
}

static gboolean check_when(Check *check, const FormItem *item, const FormWhen *when)
{
    const FormItem *asked = g_hash_table_lookup(check->above, when->question);
    if (g_str_equal(when->question, item->link_id))
        return fault(check, item, when->line,
                     _("The condition looks at the item itself. Let it look at an item above."));
    if (asked == NULL && form_item(check->form, when->question) != NULL)
        return fault(check, item, when->line,
                     _("The condition looks at “%s”, which comes later. Move that item above this "
                       "one, or choose another."),
                     when->question);
    if (asked == NULL)
        return fault(check, item, when->line,
                     _("The condition looks at “%s”, but no item has that linkId. Correct it."),
                     when->question);
    if (!is_question(asked))
        return fault(check, item, when->line,
                     _("The condition looks at “%s”, which nobody answers (it is a %s). Choose a "
                       "question."),
                     when->question, item_type_name(asked->type));
    if (when->operator== WHEN_EXISTS)
        return is_boolean(when->answer) ||
               fault(check, item, when->line,
                     _("With the operator “exists” the answer is true or false. Write one of the "
                       "two."));
    if (when->operator!= WHEN_EQ && when->operator!= WHEN_NE && !has_order(asked))
        return fault(check, item, when->line,
                     _("“%s” has no greater and smaller answers. Use the operator “=” or “!=”."),
                     when->question);
    return check_value(check, item, when->line, asked, when->answer);
}

/* --- rules --- */

/* Types whose answers can be held against each other. */
static gboolean are_alike(const FormItem *a, const FormItem *b)
{
    static const int FAMILY[] = {
        [ITEM_BOOLEAN] = 1, [ITEM_CHOICE] = 2,  [ITEM_OPEN_CHOICE] = 2,
        [ITEM_INTEGER] = 3, [ITEM_DECIMAL] = 3, [ITEM_DATE] = 4,
        [ITEM_TIME] = 5,    [ITEM_STRING] = 6,  [ITEM_TEXT] = 6,
    };
    return FAMILY[a->type] == FAMILY[b->type];
}

/* Whether each repeating group around `asked` is also around `item`: then there is one answer to
 * look at, not several. */
static gboolean has_one_answer(const FormItem *asked, const FormItem *item)
{
    for (const FormItem *around = asked->parent; around != NULL; around = around->parent) {
        const FormItem *same = item->parent;
        while (same != NULL && same != around)
            same = same->parent;
        if (around->repeats && same == NULL)
            return FALSE;
    }
    return TRUE;
}

static gboolean check_reference(Check *check, const FormItem *item, const FormRule *rule)
{
    int days;
    g_autofree char *link_id = form_rule_reference(rule->answer, &days);
    if (link_id == NULL)
        return fault(
            check, item, rule->line,
            _("“%s” is no rule. Write “=” and a linkId, and for a date perhaps “ + ” and a "
              "number of days."),
            rule->answer);
    const FormItem *asked = g_hash_table_lookup(check->above, link_id);
    if (asked == NULL)
        return fault(check, item, rule->line,
                     _("The rule looks at “%s”, but no item above has that linkId. Correct it, or "
                       "move that item up."),
                     link_id);
    if (!is_question(asked) || !are_alike(asked, item))
        return fault(check, item, rule->line,
                     _("The rule compares with “%s”, whose type is %s. Choose an item of the type "
                       "%s."),
                     link_id, item_type_name(asked->type), item_type_name(item->type));
    if (asked->repeats || !has_one_answer(asked, item))
        return fault(check, item, rule->line,
                     _("The rule compares with “%s”, which may have several answers. Choose an "
                       "item that has one."),
                     link_id);
    if (days != 0 && item->type != ITEM_DATE)
        return fault(check, item, rule->line,
                     _("Days can be added to a date only. Write “=%s” alone."), link_id);
    return TRUE;
}

static gboolean check_rule(Check *check, const FormItem *item, const FormRule *rule,
                           const char *field)
{
    if (!is_question(item))
        return fault(check, item, rule->line,
                     _("Nobody answers a %s, so “%s” has no meaning. Remove it."),
                     item_type_name(item->type), field);
    if (rule->operator!= WHEN_EQ && rule->operator!= WHEN_NE && !has_order(item))
        return fault(check, item, rule->line,
                     _("“%s” has no greater and smaller answers. Use the operator “=” or "
                       "“!=”."),
                     item->link_id);
    if (rule->answer[0] == '=')
        return check_reference(check, item, rule);
    gboolean is_day = item->type == ITEM_DATE && form_rule_day(rule->answer, 0) != DATE_NONE;
    return is_day || check_value(check, item, rule->line, item, rule->answer);
}

/* Whether to go on after a fault: while mending, it is told, and its part goes. */
static gboolean let_go(Check *check, const FormItem *item, const char *field)
{
    if (check->tell == NULL)
        return FALSE;
    check->tell(item, field, (*check->error)->message, check->data);
    g_clear_error(check->error);
    return TRUE;
}

static gboolean check_rules(Check *check, const FormItem *item, GPtrArray *rules, const char *field)
{
    for (guint i = 0; i < rules->len;) {
        if (check_rule(check, item, rules->pdata[i], field))
            i++;
        else if (let_go(check, item, field))
            g_ptr_array_remove_index(rules, i);
        else
            return FALSE;
    }
    return TRUE;
}

static gboolean check_whens(Check *check, FormItem *item)
{
    for (guint i = 0; i < item->enable_when->len;) {
        if (check_when(check, item, item->enable_when->pdata[i]))
            i++;
        else if (!let_go(check, item, "enableWhen"))
            return FALSE;
        else if (item->enable_any)
            g_ptr_array_set_size(item->enable_when, 0);
        else
            g_ptr_array_remove_index(item->enable_when, i);
    }
    return TRUE;
}

static gboolean check_beside(Check *check, FormItem *item)
{
    for (guint i = 0; i < item->beside->len;) {
        const char *link_id = item->beside->pdata[i];
        if (g_hash_table_contains(check->above, link_id)) {
            i++;
            continue;
        }
        fault(check, item, item->line,
              _("“beside” names “%s”, but no item above has that linkId. Correct it."), link_id);
        if (!let_go(check, item, "beside"))
            return FALSE;
        g_ptr_array_remove_index(item->beside, i);
    }
    return TRUE;
}

static gboolean is_initial(Check *check, const FormItem *item)
{
    if (!is_question(item))
        return fault(check, item, item->line,
                     _("Nobody answers a %s, so “%s” has no meaning. Remove it."),
                     item_type_name(item->type), "initial");
    if (form_initial_refers(item) && !g_hash_table_contains(check->above, item->initial + 1))
        return fault(check, item, item->line,
                     _("“initial” names “%s”, but no item above has that linkId. Correct it."),
                     item->initial + 1);
    return check_value(check, item, item->line, item, item->initial);
}

static gboolean check_initial(Check *check, FormItem *item)
{
    if (item->initial == NULL || is_initial(check, item))
        return TRUE;
    if (!let_go(check, item, "initial"))
        return FALSE;
    g_clear_pointer(&item->initial, g_free);
    return TRUE;
}

/* --- options --- */

/* `codes` and `keys` hold the options before this one. */
static gboolean check_code_and_key(Check *check, const FormItem *item, FormOption *option,
                                   GHashTable *codes, GHashTable *keys)
{
    const FormOption *other = g_hash_table_lookup(codes, option->code);
    if (other != NULL)
        return fault(check, item, option->line,
                     _("The code “%s” also stands on line %d. Give each option its own."),
                     option->code, other->line);
    g_hash_table_insert(codes, option->code, option);
    if (option->code[0] == '=')
        return fault(check, item, option->line,
                     _("A code does not begin with “=”, the mark of an answer in own words. Choose "
                       "another code."));
    if (option->exclusive && !item->repeats)
        return fault(check, item, option->line,
                     _("“exclusive” has a meaning only where several options may be chosen. Remove "
                       "it, or add “repeats: true” to the item."));
    if (option->key == 0)
        return TRUE;
    other = g_hash_table_lookup(keys, GUINT_TO_POINTER(option->key));
    if (other != NULL) {
        char key[7] = "";
        g_unichar_to_utf8(option->key, key);
        return fault(check, item, option->line,
                     _("The key “%s” already chooses “%s” (line %d). Choose another letter or "
                       "digit."),
                     key, other->code, other->line);
    }
    g_hash_table_insert(keys, GUINT_TO_POINTER(option->key), option);
    return TRUE;
}

/* Remembers a spelling; the option that has it already is returned when it is another one. */
static const FormOption *remember(FormItem *item, FormOption *option, const char *spelling)
{
    g_autofree char *folded = text_fold(spelling);
    const FormOption *other = g_hash_table_lookup(item->by_text, folded);
    if (other != NULL)
        return other == option ? NULL : other;
    if (folded[0] != '\0')
        g_hash_table_insert(item->by_text, g_steal_pointer(&folded), option);
    return NULL;
}

static gboolean remember_own(Check *check, FormItem *item, FormOption *option, const char *spelling)
{
    const FormOption *other = remember(item, option, spelling);
    return other == NULL ||
           fault(check, item, option->line,
                 _("“%s” reads the same as a spelling of “%s” (line %d), so a file read in could "
                   "mean either. Remove one of them."),
                 spelling, other->code, other->line);
}

/* Translations come after the file's own spellings: a unit's words always win. */
static void remember_translations(Check *check, FormItem *item)
{
    for (gsize l = 0; l < G_N_ELEMENTS(LANGUAGES); l++)
        for (guint i = 0; i < item->options->len; i++) {
            FormOption *option = g_ptr_array_index(item->options, i);
            const char *text = form_text_in(option->display, LANGUAGES[l]);
            const FormOption *other = remember(item, option, text);
            if (other != NULL && check->warnings != NULL)
                g_ptr_array_add(
                    check->warnings,
                    g_strdup_printf(_("%s, line %d: In the language “%s” the options “%s” and "
                                      "“%s” both read “%s”. Give them different translations."),
                                    check->file, option->line, LANGUAGES[l], other->code,
                                    option->code, text));
        }
}

static gboolean check_options(Check *check, FormItem *item)
{
    if (!is_choice(item) && item->options->len > 0)
        return fault(check, item, item->line,
                     _("Only a choice has options. Change the type to “choice”, or remove "
                       "“answerOption”."));
    if (!is_choice(item))
        return TRUE;
    if (item->options->len == 0)
        return fault(check, item, item->line,
                     _("A choice without options cannot be answered. Add “answerOption” with at "
                       "least one."));
    g_autoptr(GHashTable) codes = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) keys = g_hash_table_new(NULL, NULL);
    item->by_text = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < item->options->len; i++) {
        FormOption *option = g_ptr_array_index(item->options, i);
        if (!check_code_and_key(check, item, option, codes, keys) ||
            !remember_own(check, item, option, option->code) ||
            !remember_own(check, item, option, option->display))
            return FALSE;
        for (guint a = 0; a < option->alias->len; a++)
            if (!remember_own(check, item, option, g_ptr_array_index(option->alias, a)))
                return FALSE;
    }
    remember_translations(check, item);
    return TRUE;
}

/* --- mappings --- */

/* What an answer can be carried into (care/completion/completion.h, care/unit/cause.h). Another
 * name is no fault: a unit may keep its own for the files it writes. */
static const char *const MAPPED[] = {
    "action.due_on",
    "action.principal",
    "action.what",
    "action.who",
    "caller.name",
    "caller.phone",
    "caller.who",
    "client.address",
    "client.birth_date",
    "client.case_officer_id",
    "client.contact",
    "client.email",
    "client.id_kind",
    "client.id_number",
    "client.interpreter",
    "client.language",
    "client.name",
    "client.named_staff",
    "client.phone",
    "client.protection",
    "client.sex",
    "client.support_worker_id",
    "consent.actors",
    "consent.ends_on",
    "consent.exceptions",
    "consent.form",
    "consent.given",
    "consent.given_by",
    "consent.given_on",
    "consent.purpose",
    "consent.scope",
    "consent.withdrawn_on",
    "decision.asked_for",
    "decision.decided_by",
    "decision.decided_on",
    "decision.due_on",
    "decision.hours",
    "decision.inquiry_due_on",
    "decision.kind",
    "decision.law",
    "decision.outcome",
    "decision.purpose",
    "decision.received_on",
    "decision.support",
    "decision.valid_from",
    "decision.valid_to",
    "plan.hard",
    "plan.then",
    "series.form",
    "series.minutes",
    "series.rrule",
    "series.start",
    "series.starts_on",
    "sip.child",
    "sip.closed_on",
    "sip.consent_holds",
    "sip.guardians",
    "sip.meeting_on",
    "sip.who_consents",
    "task.call-back",
    "task.contact",
    "task.due_time",
    "task.follow-up",
    "task.note",
    "task.soon",
    "visit.alternative",
    "visit.alternative_taken",
    "visit.cancelled_by",
    "visit.cause",
    "visit.cause_further",
    "visit.cause_source",
    "visit.new_visit_id",
    "visit.notice_hours",
    "visit.outcome",
    "visit.told_by",
    "visit.words",
    NULL,
};

static void check_mapping(Check *check, const FormItem *item)
{
    if (item->maps_to == NULL || check->warnings == NULL || g_strv_contains(MAPPED, item->maps_to))
        return;
    g_ptr_array_add(check->warnings,
                    g_strdup_printf(_("%s, line %d: The program carries nothing into “%s”, so the "
                                      "answer to “%s” stays in the form alone. Correct “mapsTo”, "
                                      "or remove it."),
                                    check->file, item->line, item->maps_to, item->link_id));
}

/* --- translations --- */

static void check_translated(Check *check, int line, const char *text)
{
    const char *language = i18n_language();
    if (g_str_equal(language, "sv"))
        return;
    if (form_text_in(text, language) != text || !g_hash_table_add(check->told, (gpointer)text))
        return;
    g_ptr_array_add(check->warnings,
                    g_strdup_printf(_("%s, line %d: “%s” has no translation into the language "
                                      "“%s”; it is shown in Swedish."),
                                    check->file, line, text, language));
}

/* A brace that form_fill() leaves as it is was meant as a fill that does not exist. */
static void check_fills(Check *check, int line, const char *text)
{
    for (const char *at = strchr(text, '{'); at != NULL; at = strchr(at + 1, '{')) {
        gsize length = strcspn(at + 1, "{}") + 2;
        if (at[length - 1] != '}' || form_fill_length(at) > 0)
            continue;
        g_autofree char *fill = g_strndup(at, length);
        g_ptr_array_add(check->warnings,
                        g_strdup_printf(_("%s, line %d: “%s” is not filled in by the program and "
                                          "is shown as it stands. Correct it, or remove it."),
                                        check->file, line, fill));
    }
}

static void check_text(Check *check, int line, const char *text)
{
    if (text == NULL || check->warnings == NULL)
        return;
    check_translated(check, line, text);
    check_fills(check, line, text);
}

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
static gboolean is_known(Check *check, const FormItem *item)
{
    const FormItem *around = item->parent;
    while (around != NULL && !around->repeats)
        around = around->parent;
    if (!is_question(item) || around != NULL)
        return fault(check, item, item->line,
                     _("“known” stands on a question outside groups that repeat. Remove it."));
    if (g_strv_contains(KNOWN, item->known))
        return TRUE;
    g_autofree char *names = g_strjoinv(", ", (char **)KNOWN);
    return fault(check, item, item->line,
                 _("The program knows nothing that is called “%s”. Remove “known”, or write one of "
                   "these: %s."),
                 item->known, names);
}

static gboolean check_known(Check *check, FormItem *item)
{
    if (item->known == NULL || is_known(check, item))
        return TRUE;
    if (!let_go(check, item, "known"))
        return FALSE;
    g_clear_pointer(&item->known, g_free);
    return TRUE;
}

/* --- items --- */

static gboolean check_structure(Check *check, const FormItem *item)
{
    const FormItem *twin = g_hash_table_lookup(check->above, item->link_id);
    if (twin != NULL)
        return fault(check, item, item->line,
                     _("The linkId also stands on line %d. Give each item its own."), twin->line);
    if (item->type == ITEM_GROUP && item->items->len == 0)
        return fault(check, item, item->line,
                     _("The group is empty. Add items to it, or remove it."));
    if (item->type != ITEM_GROUP && item->items->len > 0)
        return fault(check, item, item->line,
                     _("Only a group has items inside it. Change the type to “group”, or move them "
                       "out."));
    if (item->type != ITEM_GROUP && item->text == NULL)
        return fault(check, item, item->line,
                     _("The item has no text. Add “text” with what is to be shown."));
    if (item->repeats && item->type != ITEM_GROUP && !is_choice(item))
        return fault(check, item, item->line,
                     _("Only a choice or a group repeats. Remove “repeats”, or put the item in a "
                       "group that repeats."));
    if (item->max > 0 && (!item->repeats || !is_choice(item)))
        return fault(
            check, item, item->line,
            _("“max” has a meaning only where several options may be chosen. Remove it, or "
              "add “repeats: true” to the choice."));
    return TRUE;
}

static gboolean check_maps_to(Check *check, FormItem *item)
{
    const char *dot = item->maps_to != NULL ? strchr(item->maps_to, '.') : NULL;
    if (item->maps_to == NULL || (dot != NULL && dot != item->maps_to && dot[1] != '\0'))
        return TRUE;
    fault(check, item, item->line,
          _("“mapsTo” is two names joined by a point, as “visit.cause”. Correct it."));
    if (!let_go(check, item, "mapsTo"))
        return FALSE;
    g_clear_pointer(&item->maps_to, g_free);
    return TRUE;
}

static void check_rule_texts(Check *check, const GPtrArray *rules)
{
    for (guint i = 0; i < rules->len; i++) {
        const FormRule *rule = g_ptr_array_index(rules, i);
        check_text(check, rule->line, rule->text);
    }
}

static gboolean check_items(Check *check, const GPtrArray *items);

static gboolean check_item(Check *check, FormItem *item)
{
    if (!check_structure(check, item) || !check_known(check, item) || !check_maps_to(check, item) ||
        !check_options(check, item))
        return FALSE;
    if (!check_whens(check, item) || !check_rules(check, item, item->constraints, "constraint") ||
        !check_rules(check, item, item->warnings, "warning") || !check_beside(check, item) ||
        !check_initial(check, item))
        return FALSE;

    check_mapping(check, item);
    check_text(check, item->line, item->text);
    check_text(check, item->line, item->help);
    check_rule_texts(check, item->constraints);
    check_rule_texts(check, item->warnings);
    for (guint i = 0; i < item->options->len; i++) {
        const FormOption *option = g_ptr_array_index(item->options, i);
        check_text(check, option->line, option->display);
    }
    g_hash_table_insert(check->above, item->link_id, item);
    check->questions += is_question(item);
    return check_items(check, item->items);
}

static gboolean check_items(Check *check, const GPtrArray *items)
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
    Check check = {.form = form, .above = above, .error = &error, .tell = tell, .data = data};
    check_items(&check, form->items);
}

gboolean form_check(Form *form, const char *file, int *questions, GPtrArray *warnings,
                    GError **error)
{
    g_autoptr(GHashTable) above = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) told = g_hash_table_new(g_str_hash, g_str_equal);
    Check check = {.form = form,
                   .file = file,
                   .above = above,
                   .told = told,
                   .warnings = warnings,
                   .error = error};
    if (form->items->len == 0)
        return form_fault(error, file, 0, NULL,
                          _("The form has no items. Add at least one question under “item”."));
    check_text(&check, 1, form->title);
    check_text(&check, 1, form->opening);
    check_text(&check, 1, form->opening_on_paper);
    check_text(&check, 1, form->closing);
    if (!check_items(&check, form->items))
        return FALSE;
    *questions = check.questions;
    return TRUE;
}
