/* form_equal.h: whether two forms are the same in every field but the lines and the bytes they came
 * from. */
#pragma once

#include "form/form.h"

#include <string.h>

/* What differs first, as "linkId: field"; NULL when nothing does. New. */
static inline char *form_difference(const Form *a, const Form *b);

#define DIFFERS(condition, where, what)                                                            \
    do {                                                                                           \
        if (condition)                                                                             \
            return g_strdup_printf("%s: %s", where, what);                                         \
    } while (0)
#define TEXT_DIFFERS(a, b, where, what)                                                            \
    do {                                                                                           \
        if (g_strcmp0(a, b) != 0)                                                                  \
            return g_strdup_printf("%s: %s “%s” “%s”", where, what, a, b);                         \
    } while (0)

static inline char *option_difference(const FormOption *a, const FormOption *b, const char *at)
{
    TEXT_DIFFERS(a->code, b->code, at, "code");
    TEXT_DIFFERS(a->display, b->display, at, "display");
    DIFFERS(a->key != b->key, at, "key");
    DIFFERS(a->offers_help != b->offers_help, at, "offersHelp");
    DIFFERS(a->unit_cause != b->unit_cause, at, "unitCause");
    DIFFERS(a->exclusive != b->exclusive, at, "exclusive");
    DIFFERS(a->alias->len != b->alias->len, at, "number of aliases");
    for (guint i = 0; i < a->alias->len; i++)
        TEXT_DIFFERS((char *)a->alias->pdata[i], (char *)b->alias->pdata[i], at, "alias");
    return NULL;
}

static inline char *rules_difference(const GPtrArray *a, const GPtrArray *b, const char *at)
{
    DIFFERS(a->len != b->len, at, "number of rules");
    for (guint i = 0; i < a->len; i++) {
        const FormRule *one = a->pdata[i], *other = b->pdata[i];
        DIFFERS(one->operator!= other->operator, at, "operator of a rule");
        TEXT_DIFFERS(one->answer, other->answer, at, "answer of a rule");
        TEXT_DIFFERS(one->text, other->text, at, "text of a rule");
    }
    return NULL;
}

static inline char *whens_difference(const GPtrArray *a, const GPtrArray *b, const char *at)
{
    DIFFERS(a->len != b->len, at, "number of conditions");
    for (guint i = 0; i < a->len; i++) {
        const FormWhen *one = a->pdata[i], *other = b->pdata[i];
        TEXT_DIFFERS(one->question, other->question, at, "question of a condition");
        DIFFERS(one->operator!= other->operator, at, "operator of a condition");
        TEXT_DIFFERS(one->answer, other->answer, at, "answer of a condition");
    }
    return NULL;
}

static inline char *items_difference(const GPtrArray *a, const GPtrArray *b, const char *at);

static inline char *item_difference(const FormItem *a, const FormItem *b, const char *at)
{
    TEXT_DIFFERS(a->link_id, b->link_id, at, "linkId");
    at = a->link_id;
    DIFFERS(a->type != b->type, at, "type");
    TEXT_DIFFERS(a->text, b->text, at, "text");
    TEXT_DIFFERS(a->help, b->help, at, "help");
    DIFFERS(a->required != b->required, at, "required");
    DIFFERS(a->statutory != b->statutory, at, "statutory");
    DIFFERS(a->follow_up != b->follow_up, at, "followUp");
    DIFFERS(a->repeats != b->repeats, at, "repeats");
    DIFFERS(a->own_words != b->own_words, at, "ownWords");
    DIFFERS(a->enable_any != b->enable_any, at, "enableBehavior");
    TEXT_DIFFERS(a->initial, b->initial, at, "initial");
    TEXT_DIFFERS(a->maps_to, b->maps_to, at, "mapsTo");
    TEXT_DIFFERS(a->known, b->known, at, "known");
    DIFFERS(a->max != b->max, at, "max");
    DIFFERS(a->beside->len != b->beside->len, at, "number of items beside");
    for (guint i = 0; i < a->beside->len; i++)
        TEXT_DIFFERS((const char *)a->beside->pdata[i], (const char *)b->beside->pdata[i], at,
                     "beside");
    DIFFERS(a->candidates->len != b->candidates->len, at, "number of candidates");
    for (guint i = 0; i < a->candidates->len; i++)
        TEXT_DIFFERS((const char *)a->candidates->pdata[i], (const char *)b->candidates->pdata[i],
                     at, "candidates");
    DIFFERS(a->options->len != b->options->len, at, "number of options");
    char *found = whens_difference(a->enable_when, b->enable_when, at);
    if (found == NULL)
        found = rules_difference(a->constraints, b->constraints, at);
    if (found == NULL)
        found = rules_difference(a->warnings, b->warnings, at);
    for (guint i = 0; found == NULL && i < a->options->len; i++)
        found = option_difference(a->options->pdata[i], b->options->pdata[i], at);
    return found != NULL ? found : items_difference(a->items, b->items, at);
}

static inline char *items_difference(const GPtrArray *a, const GPtrArray *b, const char *at)
{
    DIFFERS(a->len != b->len, at, "number of items");
    char *found = NULL;
    for (guint i = 0; found == NULL && i < a->len; i++)
        found = item_difference(a->pdata[i], b->pdata[i], at);
    return found;
}

static inline char *form_difference(const Form *a, const Form *b)
{
    TEXT_DIFFERS(a->name, b->name, "form", "name");
    TEXT_DIFFERS(a->version, b->version, "form", "version");
    TEXT_DIFFERS(a->title, b->title, "form", "title");
    TEXT_DIFFERS(a->source, b->source, "form", "source");
    TEXT_DIFFERS(a->respondent, b->respondent, "form", "respondent");
    TEXT_DIFFERS(a->opening, b->opening, "form", "opening");
    TEXT_DIFFERS(a->opening_on_paper, b->opening_on_paper, "form", "openingOnPaper");
    TEXT_DIFFERS(a->closing, b->closing, "form", "closing");
    DIFFERS(a->kind != b->kind, "form", "kind");
    DIFFERS(a->count != b->count, "form", "count");
    return items_difference(a->items, b->items, "form");
}
